/* Files that were uploaded and checked, kept for a short while until the person says "save all": in
 * the store, so that any process may be asked to save.  Nothing of them is in the journal. */
#ifndef WEB_IMPORT_HOLD_H
#define WEB_IMPORT_HOLD_H

#include <stddef.h>

#include "attr.h"
#include "ctx.h"
#include "inventory/base/secret.h"

enum { HOLD_FILES = 3, HOLD_MINUTES = 30 };

/* Keeps the bytes for this person; the oldest files make room.  `token` gets their name. */
NODISCARD enum err import_hold_put(char token[TOKEN_TEXT_MAX], struct ctx *cx, const char *bytes,
                                   size_t n);
/* In the arena, ended by a NUL.  ERR_NOT_FOUND: there is no such file of that person any more. */
NODISCARD enum err import_hold_get(const char **bytes, size_t *n, struct ctx *cx,
                                   const char *token);
/* Forgets it, and what is too old; harmless when it is gone. */
NODISCARD enum err import_hold_drop(struct ctx *cx, const char *token);

#endif
