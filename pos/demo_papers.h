/* The demo's papers: what a showroom has besides sales, so that no page of it is empty. */
#ifndef POS_DEMO_PAPERS_H
#define POS_DEMO_PAPERS_H

#include "attr.h"
#include "ctx.h"
#include "err.h"
#include "when.h"

struct demo_stage {
    struct ctx *cx;
    struct instant *at; /* the demo's clock; moved on between the acts */
};
void demo_as(struct demo_stage *s, const char *actor, enum role role);

/* A transfer that fell short and one on its way, a count with a difference and one that goes on,
 * goods reported as damaged.  After the last day of sales: what is taken here is not sold any more.
 */
NODISCARD enum err demo_stock_papers(struct demo_stage *s);

/* Materials, makers by codes, and work orders that are finished, checked and running. */
NODISCARD enum err demo_workshop(struct demo_stage *s);

#endif
