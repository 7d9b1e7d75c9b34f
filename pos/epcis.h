/* The history of a lot or piece as an EPCIS 2.0 document (JSON-LD), for others to read.
 *
 * Things and places are named by addresses under the label host; names of steps and states are
 * those of the CBV.  No maker is in it. */
#ifndef POS_EPCIS_H
#define POS_EPCIS_H

#include "attr.h"
#include "ctx.h"
#include "err.h"
#include "inventory/base/sbuf.h"
#include "inventory/goods.h"
#include "inventory/stock.h"

/* What a move between two kinds of place is called; `action` is ADD, OBSERVE or DELETE. */
struct epcis_step {
    const char *action, *step, *disposition;
};
struct epcis_step epcis_step(enum place_kind from, enum place_kind to);

/* Appends the document of a lot, or (piece code) of one piece.  ERR_NOT_FOUND without a sentence:
 * no such label. */
NODISCARD enum err epcis_write(struct sbuf *out, struct ctx *cx, struct label_code code);

#endif
