/* Cost sheets, and prices that two people stand for: one proposes with a basis, another approves.
 *
 * price_set() (goods.h) stays for the set-up of a showroom and for lists that are imported. */
#ifndef INVENTORY_PRICE_PROPOSAL_H
#define INVENTORY_PRICE_PROPOSAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "attr.h"
#include "ctx.h"
#include "err.h"
#include "ids.h"
#include "inventory/document_no.h"
#include "inventory/goods.h"
#include "rupiah.h"
#include "when.h"

enum {
    SHEET_LINES_MAX = 40,
    SHEET_TEXT_MAX = 120,
    BASIS_MAX = 1000,
    PROPOSALS_SHOWN = 200,
    SHEETS_SHOWN = 50
};

/* ---- what a thing costs to make ---- */

struct sheet_line {
    bool overhead; /* false: material */
    const char *what;
    struct rupiah amount;
};
struct sheet_new {
    struct product_id product;
    struct variant_id variant; /* nil: the product */
    const struct sheet_line *lines;
    size_t line_count;
    const char *note;
};
struct cost_sheet {
    struct cost_sheet_id id;
    int32_t version; /* 0: there is none */
    struct rupiah material, overhead, total;
    const char *note;
    const char *author;
    struct instant at;
    const struct sheet_line *lines;
    size_t line_count;
};
/* Act "cost.sheet": a new version.  sheet-empty, sheet-line (no name, or an amount that is none),
 * sheet-many, product-unknown. */
NODISCARD enum err cost_sheet_put(struct cost_sheet *out, struct ctx *cx,
                                  const struct sheet_new *wanted);
/* The newest version; `version` 0 when there is none. */
NODISCARD enum err cost_sheet_now(struct cost_sheet *out, struct ctx *cx, struct product_id product,
                                  struct variant_id variant);
NODISCARD enum err cost_sheet_by_id(struct cost_sheet *out, struct ctx *cx,
                                    struct cost_sheet_id id);

struct cost_sheet_list {
    struct cost_sheet *items; /* without their lines */
    size_t count;
};
/* Every version, the newest first, at most SHEETS_SHOWN. */
NODISCARD enum err cost_sheet_list(struct cost_sheet_list *out, struct ctx *cx,
                                   struct product_id product, struct variant_id variant);

/* ---- proposing and deciding ---- */

struct proposal_new {
    struct product_id product;
    struct variant_id variant;
    struct rupiah price;
    bool cost_known; /* taken from the newest cost sheet when there is one */
    struct rupiah cost;
    const char *basis;         /* why this price: the market, how hard it is to make */
    struct instant valid_from; /* 0: from the approval */
};
/* Act "price.proposed".  price-bad, basis-missing, product-unknown, proposal-open (one waits for
 * the same thing already), valid-past. */
NODISCARD enum err price_propose(struct document_no *out, struct ctx *cx,
                                 const struct proposal_new *wanted);
/* Act "price.decided".  Supervisor or administrator (price-approval), not the proposer
 * (proposal-own); proposal-decided (who, when); a refusal wants a reason (reason-missing).  An
 * approved price is in force from its day, and no earlier than now. */
NODISCARD enum err price_decide(struct ctx *cx, const char *number, bool approved,
                                const char *reason);

struct proposal {
    struct proposal_id id;
    const char *number;
    struct product_id product;
    const char *sku;
    const char *name;
    const char *unit;
    struct variant_id variant_id; /* nil: the product itself */
    const char *variant;          /* its code, "" */
    bool has_sheet;
    struct cost_sheet_id sheet;
    struct rupiah price;
    bool cost_known;
    struct rupiah cost;
    const char *basis;
    struct instant valid_from; /* 0: from the approval */
    const char *proposer;
    struct instant at;
    bool decided, approved;
    const char *decider;
    const char *reason;
    struct instant decided_at;
};
struct proposal_list {
    struct proposal *items;
    size_t count;
};
/* Those that wait first, the oldest first; then the newest decided ones. */
NODISCARD enum err proposal_list(struct proposal_list *out, struct ctx *cx);
NODISCARD enum err proposal_of_product(struct proposal_list *out, struct ctx *cx,
                                       struct product_id product);
NODISCARD enum err proposal_get(struct proposal *out, struct ctx *cx, const char *number);

/* ---- fact rows ---- */

struct cost_sheet_row {
    struct cost_sheet_id id;
    struct product_id product;
    struct variant_id variant;
    int32_t version;
    struct rupiah material;
    struct rupiah overhead;
    const char *note;
    const char *author;
};

struct cost_sheet_line_row {
    struct cost_sheet_id sheet;
    int32_t line;
    const char *kind;
    const char *what;
    struct rupiah amount;
};

struct price_proposal_row {
    struct proposal_id id;
    const char *number;
    struct product_id product;
    struct variant_id variant;
    struct cost_sheet_id sheet;
    struct rupiah price;
    bool cost_known;
    struct rupiah cost;
    const char *basis;
    struct instant valid_from;
    const char *proposer;
};

struct price_decision_row {
    struct proposal_id proposal;
    bool approved;
    const char *reason;
    const char *decider;
    struct price_id price;
};
extern const struct fact_table cost_sheet_table, cost_sheet_line_table, price_proposal_table,
    price_decision_table;

#endif
