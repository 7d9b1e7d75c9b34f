/* What the customer pays with: suggested sums and the notes of the change.  Rules only. */
#ifndef POS_TENDER_H
#define POS_TENDER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "rupiah.h"

enum tender_kind { TENDER_CASH };

struct tender {
    enum tender_kind kind;
    struct rupiah amount;
};

const char *tender_kind_name(enum tender_kind kind); /* "cash" */
NODISCARD bool tender_kind_from_name(enum tender_kind *out, const char *name);

enum { QUICK_SUMS_MAX = 4 };

/* The exact sum first, then the total rounded up to 10, 20, 50 and 100 thousand without repeats, at
 * most three beyond the exact one.  Nothing for a total of zero or less. */
struct quick_sums {
    struct rupiah sums[QUICK_SUMS_MAX];
    size_t count;
};
struct quick_sums quick_sums(struct rupiah total);

enum { CHANGE_NOTES_MAX = 10 };

struct change_note {
    struct rupiah note; /* 100.000 ... 100 */
    int64_t count;
};
/* Largest notes first; notes and rest together are the amount.  The rest is below 100 rupiah, for
 * which there is no coin. */
struct change_notes {
    struct change_note notes[CHANGE_NOTES_MAX];
    size_t count;
    struct rupiah rest;
};
struct change_notes change_notes(struct rupiah amount);

#endif
