/* Receipt numbers: a format with places for till, satker, year, epoch and number. */
#ifndef POS_SALE_NUMBER_H
#define POS_SALE_NUMBER_H

#include <stddef.h>
#include <stdint.h>

#include "attr.h"
#include "pos/sale.h"

struct sale_number {
    const char *till;
    const char *satker;
    const char *epoch; /* the first series, "A", is not written */
    int32_t year;
    int64_t no; /* at least six digits */
};

/* false when it would be longer than SALE_NUMBER_LEN_MAX. */
NODISCARD bool sale_number_write(char out[SALE_NUMBER_LEN_MAX + 1], const char *format,
                                 const struct sale_number *number);

#endif
