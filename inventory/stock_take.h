/* What people name by a label code, taken from a place: found, checked, and moved.
 *
 * Shared by transfers, write-offs, cases and counts. */
#ifndef INVENTORY_STOCK_TAKE_H
#define INVENTORY_STOCK_TAKE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "attr.h"
#include "ctx.h"
#include "err.h"
#include "ids.h"
#include "inventory/goods.h"
#include "inventory/stock.h"

enum { TAKES_MAX = 2000 };

/* A thing as it was named: the code of a piece, or the code of a counted lot and how much of it. */
struct take {
    const char *code; /* whatever a scanner, a phone or a hand gave */
    struct qty qty;   /* of a counted lot, below zero when it was not said; a piece is one */
};

/* The same, found. */
struct taken {
    struct label_code code;
    struct product_id product;
    const char *sku;
    const char *name;
    const char *unit_name;
    enum tracking tracking;
    struct lot_id lot;
    struct unit_id unit; /* nil: of a counted lot */
    struct qty qty;
    bool cost_known;
    struct rupiah cost; /* of the whole quantity; 0 when unknown */
};
struct taken_list {
    struct taken *items;
    size_t count;
};

NODISCARD enum err place_by_id(struct place *out, struct ctx *cx, struct place_id id);
/* Own places, where goods can be sent from and to, or counted: showroom, store, workshop,
 * exhibition. */
bool place_is_own(enum place_kind kind);
/* How much of the lot stands in the place; 0 when nothing does. */
NODISCARD enum err stock_at(struct qty *out, struct ctx *cx, struct place_id place,
                            struct product_id product, struct lot_id lot);

/* What the text names: label-unknown, label-void, not a lot's code when its pieces have their own
 * (label-of-lot).  The label is filled whenever the code is known. */
NODISCARD enum err take_label(struct label *out, struct ctx *cx, const char *code);
/* All of it stands in `from` now, or the first that does not is named with the place where it is:
 * label-elsewhere, label-twice, out-of-stock, qty-zero, qty-fraction.  *out lives in the arena. */
NODISCARD enum err takes_find(struct taken_list *out, struct ctx *cx, const struct take *takes,
                              size_t count, const struct place *from);

/* Inside an act: a move of the thing.  *line counts the moves of the act. */
NODISCARD enum err taken_move(struct ctx *cx, int32_t *line, const struct taken *t,
                              struct place_id from, struct place_id to, const char *reason,
                              int32_t doc_line);

#endif
