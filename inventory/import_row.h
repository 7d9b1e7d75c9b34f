/* One row of a product list: read from its text, judged before anything is written. */
#ifndef INVENTORY_IMPORT_ROW_H
#define INVENTORY_IMPORT_ROW_H

#include <stdbool.h>
#include <stddef.h>

#include "ctx.h"
#include "inventory/base/csv.h"
#include "inventory/goods.h"
#include "inventory/import.h"

enum import_col {
    IMPORT_SKU,
    IMPORT_NAME,
    IMPORT_FAMILY,
    IMPORT_WORKSHOP,
    IMPORT_TRACKING,
    IMPORT_UNIT,
    IMPORT_PRICE,
    IMPORT_COST,
    IMPORT_ACCOUNT,
    IMPORT_SHELF_LIFE,
    IMPORT_MOTIF,
    IMPORT_TECHNIQUE,
    IMPORT_COLS,
};

extern const char *const import_col_names[IMPORT_COLS];

/* Which field of the file holds each column; -1: the file has no such column. */
struct import_heading {
    int at[IMPORT_COLS];
};

/* ERR_INVALID names the column that is missing, unknown or there twice. */
NODISCARD enum err import_heading_read(struct import_heading *out, struct ctx *cx,
                                       const struct csv *csv);

/* ERR_INVALID: cx->why says what is wrong, cx->why.field in which column.  Texts of *out live in
 * cx->arena. */
NODISCARD enum err import_row_read(struct product_new *out, struct ctx *cx, const struct csv *csv,
                                   const struct import_heading *heading,
                                   const struct import_options *options);

#endif
