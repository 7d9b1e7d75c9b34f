/* Answers kept by the key of their request, for acts that have no key of their own in the facts:
 * the same request asked twice gets the first answer. */
#ifndef POS_IDEM_H
#define POS_IDEM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "attr.h"
#include "ctx.h"
#include "err.h"
#include "ids.h"

enum { IDEM_ANSWER_MAX = 64 * 1024, IDEM_KEPT_DAYS = 30 };

/* The refusal of idem_mark(): ask idem_find() again. */
#define IDEM_DONE_SLUG "key-done"

struct idem_answer {
    bool found;
    int32_t status;   /* HTTP; 0: it was done, but its answer was not kept (yet) */
    const char *body; /* in cx->arena */
    size_t n;
};
/* ERR_CONFLICT (key-reused): the key was used with other content. */
NODISCARD enum err idem_find(struct idem_answer *out, struct ctx *cx, struct idem_id key,
                             const struct digest *content);
/* Inside act_run (cx->mark): the key is put with the first act, so that a request that was done is
 * known even when its answer was lost.  ERR_CONFLICT: it is there already (IDEM_DONE_SLUG, or
 * key-reused). */
NODISCARD enum err idem_mark(struct ctx *cx, struct idem_id key, const struct digest *content);
/* Inside local_run: the answer of a key, marked or not. */
NODISCARD enum err idem_keep(struct ctx *cx, struct idem_id key, const struct digest *content,
                             const struct idem_answer *answer);

#endif
