/* A workshop with cloth from a supplier, a programme, and makers of whom W-11's window has passed.
 */
#ifndef TESTS_INVENTORY_WORK_SHOP_H
#define TESTS_INVENTORY_WORK_SHOP_H

#include "tests/story.h"

#include "inventory/maker.h"
#include "inventory/material.h"
#include "inventory/programme.h"
#include "inventory/work.h"

struct work_shop {
    struct story s;
    struct product_id batik, cloth;
    struct place_id supplier;
    struct programme_id programme;
};

/* 60,5 m of cloth for Rp2.500.001 are in the store. */
void work_shop_open(struct work_shop *h, const char *name);
/* An order of so many cloths for the programme. */
struct document_no work_shop_plan(struct work_shop *h, int64_t pieces);
/* So much of the cloth for an order; with a reason, should one be needed. */
struct material_use work_shop_use(const struct work_shop *h, const char *work, int64_t milli);

#endif
