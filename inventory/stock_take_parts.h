/* What the stock's documents share in reading their rows; inside this room only. */
#ifndef INVENTORY_STOCK_TAKE_PARTS_H
#define INVENTORY_STOCK_TAKE_PARTS_H

#include "inventory/stock_take.h"

/* Columns of a place by their names: id, kind, code, name. */
void place_read(struct place *out, struct ctx *cx, struct stmt *st, const char *const names[4]);
/* Columns sku, name, unit, tracking, qty_milli, cost_known, unit_cost_rp, code, product_id, lot_id;
 * the unit is not read, since not every row has one. */
void taken_read(struct taken *out, struct ctx *cx, struct stmt *st);
/* What the quantity costs; unknown when it is, or when it is beyond all sums. */
void taken_cost(struct taken *t, struct rupiah unit_cost);
void taken_of_label(struct taken *out, const struct label *l);

#endif
