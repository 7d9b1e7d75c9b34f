/* The mark of a showroom whose data went on to live elsewhere: since then its store takes no act,
 * or the same numbers would be given out twice. */
#ifndef POS_MOVED_H
#define POS_MOVED_H

#include "attr.h"
#include "ctx.h"
#include "err.h"
#include "when.h"

enum { MOVED_TO_MAX = 512 };

struct moved {
    char to[MOVED_TO_MAX]; /* where; empty: it did not move */
    struct instant at;
};

/* Works with cx->site NULL. */
NODISCARD enum err moved_read(struct moved *out, struct ctx *cx);
/* Marks the store.  ERR_CONFLICT (site-went-on) when its journal is no longer at `seq`, the last
 * line that was copied. */
NODISCARD enum err moved_mark(struct ctx *cx, const char *to, int64_t seq);
/* Takes the mark away; harmless when there is none. */
NODISCARD enum err moved_undo(struct ctx *cx);

#endif
