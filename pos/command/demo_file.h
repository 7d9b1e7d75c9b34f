/* DIR/demo.json: where the demo is and who may sign in, readable by its owner only. */
#ifndef COMMAND_DEMO_FILE_H
#define COMMAND_DEMO_FILE_H

#include "attr.h"
#include "err.h"
#include "pos/command/shop.h"

/* Fills an empty showroom with the demo and writes the file, still without an address. */
NODISCARD enum err demo_make(const struct place *place, int32_t days, struct instant now,
                             struct why *why);
/* Writes the address into the file, and tells standard output the address and the logins. */
NODISCARD enum err demo_tell(const char *folder, const char *url, struct why *why);

#endif
