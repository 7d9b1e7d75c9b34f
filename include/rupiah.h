/* Money: whole rupiah.  There is no smaller unit and no floating point anywhere. */
#ifndef RUPIAH_H
#define RUPIAH_H

#include <stdbool.h>
#include <stdint.h>

#include "attr.h"

struct rupiah {
    int64_t rp;
};

#define RUPIAH(value) ((struct rupiah){.rp = (value)})

/* Amounts on paper and in the store stay below this (10^15), far above any budget line. */
#define RUPIAH_MAX INT64_C(999999999999999)

NODISCARD static inline bool rupiah_add(struct rupiah *out, struct rupiah a, struct rupiah b)
{
    return !__builtin_add_overflow(a.rp, b.rp, &out->rp);
}

NODISCARD static inline bool rupiah_sub(struct rupiah *out, struct rupiah a, struct rupiah b)
{
    return !__builtin_sub_overflow(a.rp, b.rp, &out->rp);
}

#endif
