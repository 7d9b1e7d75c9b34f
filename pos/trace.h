/* Where a thing has been and what speaks of it, in both directions.  Reads only; results live in
 * cx->arena.  Makers are never in it. */
#ifndef POS_TRACE_H
#define POS_TRACE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "attr.h"
#include "ctx.h"
#include "err.h"
#include "inventory/goods.h"
#include "inventory/stock.h"
#include "qty.h"
#include "rupiah.h"
#include "when.h"

enum { TRACE_MOVES_MAX = 20000, TRACE_ROWS_MAX = 500 };

/* A lot, or one piece of it. */
struct trace_of {
    struct lot_id lot;
    struct unit_id unit;    /* nil: the whole lot */
    struct label_code code; /* of the piece */
};

struct trace_place {
    enum place_kind kind;
    const char *code, *name;
};

/* What one act moved from one place to another; the pieces of a lot go together. */
struct trace_event {
    struct act_id act;
    int64_t seq;  /* of the journal */
    int32_t line; /* of the first move among those of the act */
    struct instant at;
    const char *actor, *till;
    struct trace_place from, to;
    struct qty qty;
    const char *paper; /* "SJ-2026-0001", or the receipt's number; "" */
    bool sale;
    const struct label_code *codes; /* as the pieces were born with; 0: counted goods */
    size_t code_count;
};
struct trace_events {
    struct trace_event *items; /* oldest first */
    size_t count;
    bool more; /* there are moves beyond TRACE_MOVES_MAX */
};
NODISCARD enum err trace_events(struct trace_events *out, struct ctx *cx, struct trace_of of);

/* A sale line as it was frozen. */
struct trace_sale {
    const char *number;
    struct instant at;
    struct qty qty;
    struct rupiah price, total, pnbp, premi, fund, cost;
    const char *revenue_account, *rule;
    const char *proposal; /* "UH-2026-0001": who stood for the price; "": set at once */
};
NODISCARD enum err trace_sales(struct trace_sale **out, size_t *count, struct ctx *cx,
                               struct trace_of of);

/* A paper, and by how much it speaks of the thing. */
struct trace_paper {
    /* "transfer", "write_off", "case", "count", "label", "work": the order it came of; of a
     * material: "material": its receipt, "issued" to or "returned" from an order, "loss" */
    const char *kind;
    const char *number; /* "": a loss outside any order */
    struct qty qty;
    int64_t seq;
    struct instant at;
    const char *actor;
};
NODISCARD enum err trace_papers(struct trace_paper **out, size_t *count, struct ctx *cx,
                                struct trace_of of);
/* By number, in any case; ERR_NOT_FOUND without a sentence.  `kind` is of the journal. */
NODISCARD enum err trace_paper(struct trace_paper *out, struct ctx *cx, const char *number);

/* What a paper or a receipt names. */
struct trace_item {
    const char *lot, *piece; /* codes; "" */
    const char *sku, *name, *unit;
    struct qty qty;
};
NODISCARD enum err trace_items(struct trace_item **out, size_t *count, struct ctx *cx,
                               const char *number, bool sale);

/* Whether this line of the journal is as it was written and follows the one before it. */
NODISCARD enum err trace_chained(bool *out, struct ctx *cx, int64_t seq);

#endif
