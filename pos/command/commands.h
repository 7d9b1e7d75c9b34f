/* What `etalase` can be told to do.  Each returns the exit status: 0 done, 1 refused or found
 * something wrong (said in one sentence on stderr), 2 wrong usage. */
#ifndef COMMANDS_H
#define COMMANDS_H

#include "pos/command/args.h"

int command_serve(const struct args *args);
int command_init(const struct args *args);
int command_migrate(const struct args *args);
int command_import(const struct args *args);
int command_export(const struct args *args);
int command_verify(const struct args *args);
int command_rebuild(const struct args *args);
int command_copy(const struct args *args);
int command_user(const struct args *args);
int command_token(const struct args *args);
int command_routes(const struct args *args);

#endif
