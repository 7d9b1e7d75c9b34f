/* A sale while it is being worked out: everything is judged and divided before the first fact is
 * written. */
#ifndef POS_SALE_PLAN_H
#define POS_SALE_PLAN_H

#include <stddef.h>

#include "attr.h"
#include "ctx.h"
#include "err.h"
#include "inventory/stock.h"
#include "pos/item.h"
#include "pos/sale.h"
#include "pos/setting.h"

struct sale_plan {
    const struct sale_wanted *wanted;
    struct settings settings;
    struct place showroom;
    struct place customer;
    struct sale_row head;
    struct sale_line_row *lines; /* room for SALE_LINES_MAX */
    size_t line_count;
    struct stock_parts parts;
    struct payment_row payments[TENDERS_MAX];
    size_t payment_count;
};

/* Asks ahead for what sale_plan_make() will read. */
void sale_plan_ahead(struct ctx *cx, const struct sale_wanted *wanted);
/* Till, day, places, lines (from the cart or the list), stock, split, sums, payment; not yet the
 * number. */
NODISCARD enum err sale_plan_make(struct sale_plan *plan, struct ctx *cx);
/* One more line of this item; a service has no parts. */
NODISCARD enum err sale_plan_line(struct sale_plan *plan, struct ctx *cx, const struct item *item,
                                  struct qty qty);
/* What sale_plan_line() does with the proceeds: the rule in force, frozen on the line. */
NODISCARD enum err sale_plan_split(struct sale_plan *plan, struct ctx *cx,
                                   struct sale_line_row *line, const struct product *product);

#endif
