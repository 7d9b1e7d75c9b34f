/* Quantity: thousandths of the product's unit (26.5 m of cloth is 26500). */
#ifndef QTY_H
#define QTY_H

#include <stdbool.h>
#include <stdint.h>

#include "attr.h"

struct qty {
    int64_t milli;
};

#define QTY(value_milli) ((struct qty){.milli = (value_milli)})
#define QTY_WHOLE(count) ((struct qty){.milli = (int64_t)(count)*1000})
#define QTY_MAX_MILLI    INT64_C(999999999999)

static inline bool qty_is_whole(struct qty q)
{
    return q.milli % 1000 == 0;
}

#endif
