/* Materials: bought from a supplier, kept in the store by fractions of their unit, given to work
 * orders, brought back, or lost.
 *
 * A receipt is a lot with its whole price.  Each use takes its part of what the lot still costs
 * (cost_share.h), so that all that goes out costs what came in, to the rupiah. */
#ifndef INVENTORY_MATERIAL_H
#define INVENTORY_MATERIAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "attr.h"
#include "ctx.h"
#include "err.h"
#include "ids.h"
#include "inventory/document_no.h"
#include "inventory/goods.h"
#include "inventory/stock.h"
#include "qty.h"
#include "rupiah.h"
#include "when.h"

enum { MATERIALS_SHOWN = 300, MATERIAL_NOTE_MAX = 200 };

/* Act "supplier.created": a place of its own.  supplier-name, supplier-taken. */
NODISCARD enum err supplier_create(struct place_id *out, struct ctx *cx, const char *name);

struct material_receive {
    struct product_id product; /* tracking: material */
    struct place_id supplier;
    struct qty qty;
    bool cost_known;
    struct rupiah total; /* what the invoice says for all of it */
    const char *invoice_no;
    const char *note;
};
/* Act "material.received", into the store.  material-wrong (no material), qty-zero, qty-fraction,
 * cost-bad, supplier-unknown, note-long. */
NODISCARD enum err material_receive(struct document_no *out, struct ctx *cx,
                                    const struct material_receive *wanted);

struct material_use {
    const char *work_order; /* number; "" for a loss in the store */
    struct product_id product;
    struct qty qty;
    const char *note;
};
/* Act "material.issued": out of the store, the oldest lot first, to a work order that is planned or
 * running.  out-of-stock says what is there. */
NODISCARD enum err material_issue(struct ctx *cx, const struct material_use *wanted);
/* Act "material.returned": back into the store, what a work order still has.  material-more;
 * material-charged when that went into a lot already. */
NODISCARD enum err material_return(struct ctx *cx, const struct material_use *wanted);
/* Act "material.lost": out of the store, or of what a work order has; needs a note. */
NODISCARD enum err material_lose(struct ctx *cx, const struct material_use *wanted);

struct material {
    struct product_id product;
    const char *sku;
    const char *name;
    const char *unit;
    struct qty on_hand; /* in the store */
    bool cost_known;
    struct rupiah cost; /* of what is on hand */
};
struct material_list {
    struct material *items;
    size_t count;
};
NODISCARD enum err material_all(struct material_list *out, struct ctx *cx);

struct material_receipt {
    const char *number;
    const char *supplier;
    const char *invoice_no;
    const char *name;
    const char *unit;
    struct qty qty;
    bool cost_known;
    struct rupiah total;
    struct instant at;
    const char *actor;
};
struct material_receipts {
    struct material_receipt *items;
    size_t count;
};
NODISCARD enum err material_receipts(struct material_receipts *out, struct ctx *cx);

/* What a work order has of each lot of a material: issued less returned and lost. */
struct work_material {
    struct product_id product;
    struct label_code lot;
    const char *receipt, *supplier; /* "TB-2026-0001" and who brought it; "" */
    const char *sku;
    const char *name;
    const char *unit;
    struct qty qty;
    bool cost_known;
    struct rupiah cost;
};
struct work_materials {
    struct work_material *items;
    size_t count;
    bool cost_known; /* of all */
    struct rupiah cost;
};
NODISCARD enum err work_materials(struct work_materials *out, struct ctx *cx,
                                  struct work_order_id id);

/* ---- inside another act ---- */

/* All that the work order still has is lost; for its cancellation. */
NODISCARD enum err material_lose_rest(struct ctx *cx, struct work_order_id id, const char *note);

/* ---- fact rows ---- */

struct lot_cost_row {
    struct lot_id lot;
    struct rupiah total;
    struct rupiah rounding;
};

struct material_receipt_row {
    struct lot_id lot;
    const char *number;
    struct place_id supplier;
    const char *invoice_no;
    const char *note;
};

struct material_use_row {
    int32_t line;
    struct work_order_id work_order;
    struct lot_id lot;
    struct qty qty;
    bool cost_known;
    struct rupiah cost;
    const char *what;
    const char *note;
};
extern const struct fact_table lot_cost_table, material_receipt_table, material_use_table;

#endif
