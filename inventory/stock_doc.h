/* What the papers of the stock (transfers, cases, write-offs, counts) have in common. */
#ifndef INVENTORY_STOCK_DOC_H
#define INVENTORY_STOCK_DOC_H

#include <stdbool.h>

#include "attr.h"
#include "ctx.h"
#include "err.h"
#include "ids.h"
#include "inventory/stock.h"

/* The place of that id when it is one of ours; place-wrong, with the input field named. */
NODISCARD enum err own_place(struct place *out, struct ctx *cx, struct place_id id,
                             const char *field);
/* At most STOCK_NOTE_MAX letters; at least 3 when it is needed (note-missing). */
NODISCARD enum err note_check(struct ctx *cx, const char *note, bool needed);
/* The id of a document where a fact speaks of any kind of document. */
struct act_id document_act_id(const uint8_t bytes[ID_BYTES]);

#endif
