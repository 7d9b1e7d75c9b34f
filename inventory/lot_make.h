/* A new lot with its pieces, their label codes, and the moves that bring them in; inside an act. */
#ifndef INVENTORY_LOT_MAKE_H
#define INVENTORY_LOT_MAKE_H

#include "attr.h"
#include "ctx.h"
#include "err.h"
#include "inventory/stock.h"

struct lot_way {
    bool pieces; /* each piece is a unit with a code of its own */
    struct place_id from, to;
    const char *reason;
};
/* Writes *lot, whose id and code are made here, and what belongs to it.  Fills out->lot, lot_code,
 * codes and piece_count.  `units` may be NULL; else *units are the pieces' ids in their order. */
NODISCARD enum err lot_make(struct received *out, const struct unit_id **units, struct ctx *cx,
                            struct lot_row *lot, const struct lot_way *way);

#endif
