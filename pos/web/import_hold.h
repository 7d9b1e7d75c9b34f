/* Files that were uploaded and checked, kept in memory for a short while until the person says
 * "save all": nothing of a file that was only looked at stays behind. */
#ifndef WEB_IMPORT_HOLD_H
#define WEB_IMPORT_HOLD_H

#include <stddef.h>

#include "attr.h"
#include "inventory/base/secret.h"
#include "when.h"

enum { HOLD_FILES = 3, HOLD_MINUTES = 30 };

/* Keeps a copy for that person; the oldest file makes room.  `token` gets its name. */
void import_hold_put(char token[TOKEN_TEXT_MAX], const char *actor, const char *bytes, size_t n,
                     struct instant now);
/* A copy, owned by the caller (free()).  NULL: there is no such file of that person any more. */
NODISCARD char *import_hold_get(size_t *n, const char *token, const char *actor,
                                struct instant now);
/* Forgets it; harmless when it is gone. */
void import_hold_drop(const char *token);

#endif
