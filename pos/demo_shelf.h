/* What stands on the demo's shelves: which labels are left, and what a customer takes next. */
#ifndef POS_DEMO_SHELF_H
#define POS_DEMO_SHELF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "attr.h"
#include "ctx.h"
#include "err.h"
#include "inventory/goods.h"
#include "pos/sale.h"
#include "rupiah.h"

/* A small generator whose stream is the same everywhere (splitmix64). */
struct random {
    uint64_t state;
};
/* 0 <= result < n; n > 0. */
int32_t random_below(struct random *r, int32_t n);

enum { SHELF_ITEMS_MAX = 256, SHELF_CODES_MAX = 64 };

struct shelf_item {
    struct product_id product;
    char sku[SKU_LEN_MAX + 1];
    enum tracking tracking;
    bool measured; /* sold by the metre or kilogram */
    struct rupiah price, cost;
    int32_t shelf_life_days;
    int32_t weight;                           /* how often it is bought */
    int64_t left;                             /* whole units on hand */
    struct label_code codes[SHELF_CODES_MAX]; /* of the pieces, `left` of them */
};

struct shelf {
    struct shelf_item *items; /* owned */
    size_t count;
    int32_t weights;
};

NODISCARD enum err shelf_load(struct shelf *s, struct ctx *cx);
void shelf_free(struct shelf *s);
bool shelf_is_low(const struct shelf_item *item);
/* Act "goods.received": enough for some days. */
NODISCARD enum err shelf_receive(struct shelf_item *item, struct ctx *cx, struct random *r);
/* Takes goods for one line of a sale; false when what the customer wanted is gone. */
NODISCARD bool shelf_take(struct sale_line_wanted *line, struct rupiah *total, struct shelf *s,
                          struct random *r);

#endif
