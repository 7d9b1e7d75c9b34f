/* Until when received PNBP must be deposited, and how long that is from now. */
#ifndef PNBP_DEADLINE_H
#define PNBP_DEADLINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "attr.h"
#include "inventory/base/calendar.h"
#include "lang.h"
#include "when.h"

enum deadline_kind {
    DEADLINE_SAME_DAY,         /* PMK 3/PMK.02/2013 Pasal 4(1) */
    DEADLINE_NEXT_WORKING_DAY, /* Pasal 4(2); the default */
    DEADLINE_AFTER_NOON_NEXT,  /* Pasal 5: after 12.00 local time the next working day */
    DEADLINE_PERIODIC,         /* Pasal 6: every n days with the leave of the Kanwil DJPb */
};

NODISCARD bool deadline_kind_from_name(enum deadline_kind *out, const char *name);

struct deadline_rule {
    enum deadline_kind kind;
    int32_t days; /* of PERIODIC: calendar days after the receipt, then the next working day */
};

struct deadline {
    struct day day;
    bool crosses_fiscal_year; /* falls in the year after the receipt: "lintas tahun anggaran" */
    bool calendar_incomplete; /* the list of that year is not complete: only weekends and fixed days
                               */
};

/* For money received at that instant; the calendar is read as it was known on `as_of`. */
struct deadline deadline_of(struct deadline_rule rule, const struct holidays *h,
                            struct instant received, struct zone zone, struct day as_of);
/* The same for a business day (as if received at its noon). */
struct deadline deadline_of_day(struct deadline_rule rule, struct workdays known, struct day day);

/* Working days that have begun since the deadline passed; 0 while it has not. */
int32_t deadline_overdue(const struct holidays *h, struct day deadline, struct instant closes,
                         struct instant now, struct zone zone);

enum { COUNTDOWN_TEXT_MAX = 96 };
/* "sisa 19 jam 18 menit", "sisa 3 hari 2 jam", "Terlambat 1 hari kerja". */
void deadline_countdown(char out[COUNTDOWN_TEXT_MAX], struct instant closes, struct instant now,
                        int32_t overdue_workdays, enum lang lang);

/* The LPJ of a month is due on the 10th of the next; *holiday says that this is no working day. */
struct day lpj_due(const struct holidays *h, int32_t year, int32_t month, bool *holiday);

#endif
