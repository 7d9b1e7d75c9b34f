/* What sells: made, sold and left, days on the shelf and proceeds, by workshop, product, motif,
 * family or month.  Read in slices; between two slices others may use the store.
 *
 *   made      lots made in the period;       sold, proceeds   sales of the period
 *   left      what stands in places of our own now
 *   share     goods sold / (goods sold + left); not for services, and not for months, because what
 *             is left is of no month
 *   days      from the day of making to the sale, median and mean over what was sold
 *   age       the same median over what is left, until today
 *
 * Materials are in none of it. */
#ifndef POS_SELLS_H
#define POS_SELLS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "attr.h"
#include "ctx.h"
#include "err.h"
#include "qty.h"
#include "rupiah.h"
#include "when.h"

enum sells_by { SELLS_WORKSHOP, SELLS_PRODUCT, SELLS_MOTIF, SELLS_FAMILY, SELLS_MONTH };

struct sells_ask {
    struct day from, to, today;
    const char *workshop; /* its name; "": all */
    enum sells_by by;
};

struct sells_row {
    const char *key;  /* SKU, "2026-11", or the name; "": none is given */
    const char *name; /* the same, or the product's name */
    struct qty made, sold, left;
    struct qty taken; /* of what was sold: goods, not services */
    struct rupiah proceeds;
    int32_t days_median, days_mean, age_median; /* below 0: nothing to reckon with */
    int32_t share_tt;                           /* ten-thousandths; below 0: none */
};

struct sells; /* the work, on the heap */
struct sells *sells_new(struct sells_ask ask);
void sells_free(struct sells *w);
/* One slice; *done after the last. */
NODISCARD enum err sells_slice(bool *done, struct sells *w, struct ctx *cx);
/* After the last slice: rows by proceeds (months in order), then *total.  Borrowed from the work.
 */
void sells_rows(const struct sells_row **rows, size_t *count, struct sells_row *total,
                struct sells *w);

#endif
