/* The state's money of a business day and what has not been deposited: for the page /pnbp.
 *
 * While there are no deposits in the facts, everything owed is held by the cashier or the
 * treasurer. What was deposited counts against the oldest days first. */
#ifndef PNBP_TODAY_H
#define PNBP_TODAY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "attr.h"
#include "ctx.h"
#include "err.h"
#include "pos/pnbp/deadline.h"
#include "qty.h"
#include "rupiah.h"
#include "when.h"

enum { PNBP_LINES_LIMIT = 200, PNBP_DAYS_LIMIT = 400 };

struct pnbp_line {
    const char *number; /* of the receipt */
    struct instant at;
    const char *name;
    struct qty qty;
    const char *unit_name;
    struct rupiah total;
    struct rupiah pnbp;
    const char *revenue_account;
    const char *rule;
    bool loss;
};

struct pnbp_account_sum {
    const char *revenue_account;
    const char *name;
    int64_t lines;
    struct rupiah gross;
    struct rupiah pnbp;
    struct rupiah premi;
    struct rupiah fund;
    struct rupiah cost;
};

struct pnbp_day { /* a day with money not yet deposited */
    struct day day;
    struct rupiah undeposited;
    struct deadline deadline;
    struct instant closes; /* the moment the deadline passes */
    int32_t overdue_workdays;
    const char *countdown; /* "sisa 19 jam 18 menit" or "Terlambat 1 hari kerja" */
};

struct pnbp_today {
    struct day day;
    struct pnbp_line *lines; /* newest first, at most PNBP_LINES_LIMIT */
    size_t line_count;
    bool more_lines;
    struct pnbp_account_sum *accounts;
    size_t account_count;
    struct rupiah gross; /* of the day */
    struct rupiah pnbp;
    struct rupiah undeposited; /* all of it */
    struct rupiah held_cashier;
    struct rupiah held_treasurer;
    struct rupiah premi_owed;
    struct rupiah fund;    /* production fund's balance owed to it */
    struct pnbp_day *days; /* oldest first */
    size_t day_count;
    bool calendar_incomplete; /* this year's or a deadline's calendar: say so on screen */
    int32_t calendar_year;    /* the year that is incomplete */
};

struct pnbp_terms { /* from the settings */
    struct deadline_rule rule;
    int32_t closes_min; /* minutes of the local day */
};

/* day: which business day is shown (instant_day of now for today). */
NODISCARD enum err pnbp_today(struct pnbp_today *out, struct ctx *cx, struct day day,
                              struct pnbp_terms terms);

#endif
