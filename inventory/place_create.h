/* Further places of our own, made as data: exhibitions and stores. */
#ifndef INVENTORY_PLACE_CREATE_H
#define INVENTORY_PLACE_CREATE_H

#include "attr.h"
#include "ctx.h"
#include "err.h"
#include "inventory/stock.h"

enum { PLACE_NAME_MAX = 60 };

/* Act "place.created".  Only exhibitions and stores; place-name, and place-exists when one of that
 * kind is called so. */
NODISCARD enum err place_create(struct place *out, struct ctx *cx, enum place_kind kind,
                                const char *name);

#endif
