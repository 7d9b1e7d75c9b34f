/* The card of a place: what stands there, what it cost, what came and went. */
#ifndef INVENTORY_PLACE_CARD_H
#define INVENTORY_PLACE_CARD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "attr.h"
#include "ctx.h"
#include "err.h"
#include "inventory/stock.h"
#include "inventory/stock_take.h"

/* Moves are looked for among the newest of all places. */
enum { PLACE_MOVES_SHOWN = 30, PLACE_MOVES_READ = 5000 };

struct place_sum {
    struct rupiah cost; /* of the lots whose cost is known */
    int64_t unknown;    /* lots whose cost is not */
    int64_t products;
};
NODISCARD enum err place_card_sum(struct place_sum *out, struct ctx *cx, struct place_id place);

struct place_goods {
    const char *sku, *name, *unit;
    struct qty qty;
    struct rupiah cost;
    int64_t unknown;
};
/* In SKU order after `after_sku`; at most `limit`. */
NODISCARD enum err place_card_goods(struct place_goods **out, size_t *count, struct ctx *cx,
                                    struct place_id place, const char *after_sku, size_t limit);

struct place_move {
    struct taken item;
    bool in; /* it came here */
    const char *other;
    const char *reason;
    const char *actor;
    struct instant at;
};
NODISCARD enum err place_card_moves(struct place_move **out, size_t *count, struct ctx *cx,
                                    struct place_id place);

#endif
