/* Suggested sums and the notes of the change. */
#include "pos/tender.h"

#include <string.h>

const char *tender_kind_name(enum tender_kind kind)
{
    switch (kind) {
    case TENDER_CASH: return "cash";
    }
    return "";
}

bool tender_kind_from_name(enum tender_kind *out, const char *name)
{
    *out = TENDER_CASH;
    return strcmp(name, "cash") == 0;
}

struct quick_sums quick_sums(struct rupiah total)
{
    static const int64_t steps[] = {10000, 20000, 50000, 100000};
    struct quick_sums out = {.count = 0};

    if (total.rp <= 0 || total.rp > RUPIAH_MAX) {
        return out;
    }
    out.sums[out.count++] = total;
    for (size_t i = 0; i < LENGTH(steps) && out.count < QUICK_SUMS_MAX; i++) {
        int64_t sum = (total.rp + steps[i] - 1) / steps[i] * steps[i];

        /* What is below the sum before it (50 after 60 thousand) was suggested already. */
        if (sum > out.sums[out.count - 1].rp) {
            out.sums[out.count++] = RUPIAH(sum);
        }
    }
    return out;
}

struct change_notes change_notes(struct rupiah amount)
{
    static const int64_t notes[CHANGE_NOTES_MAX] = {100000, 50000, 20000, 10000, 5000,
                                                    2000,   1000,  500,   200,   100};
    struct change_notes out = {.rest = amount};

    for (size_t i = 0; i < LENGTH(notes) && out.rest.rp > 0; i++) {
        int64_t count = out.rest.rp / notes[i];

        if (count > 0) {
            out.notes[out.count++] = (struct change_note){RUPIAH(notes[i]), count};
            out.rest.rp -= count * notes[i];
        }
    }
    return out;
}
