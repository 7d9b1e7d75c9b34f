/* What can be put on a line: a piece by its label, a lot by its label, a product by its SKU.  Cart
 * and sale judge it by the same rules. */
#ifndef POS_ITEM_H
#define POS_ITEM_H

#include <stdbool.h>

#include "attr.h"
#include "ctx.h"
#include "err.h"
#include "inventory/base/label_code.h"
#include "inventory/goods.h"
#include "qty.h"

struct item {
    struct product product;
    struct variant_id variant;
    struct lot_id lot;      /* nil: any lot */
    struct unit_id unit;    /* nil: not a piece, or not known which */
    struct label_code code; /* "" when it has none */
    struct price price;     /* in force now */
    bool cost_known;        /* of a piece: what it cost itself */
    struct rupiah unit_cost;
};

/* A label code whose check character is right.  Slugs: code-foreign, unit-sold (ERR_CONFLICT, with
 * day, hour and receipt), unit-away, label-void (ERR_CONFLICT), label-needed, product-inactive,
 * product-material, no-price. */
NODISCARD enum err item_of_label(struct item *out, struct ctx *cx, struct label_code code);
/* Slugs: product-inactive, product-material, no-price. */
NODISCARD enum err item_of_product(struct item *out, struct ctx *cx, const struct product *p);
/* Slugs: qty-zero, qty-fraction, qty-limit, qty-piece (one label is one piece). */
NODISCARD enum err item_check_qty(struct ctx *cx, const struct item *item, struct qty qty);
/* price * qty; ERR_LIMIT (qty-limit) when it is more than the books can hold. */
NODISCARD enum err item_total(struct rupiah *out, struct ctx *cx, const struct item *item,
                              struct qty qty);

#endif
