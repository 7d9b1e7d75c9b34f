/* Days, local time and its words, and the working calendar.
 * Words: domain practice "22 November 2026", "19.42 WITA". */
#ifndef BASE_CALENDAR_H
#define BASE_CALENDAR_H

#include <stdbool.h>
#include <stddef.h>

#include "attr.h"
#include "err.h"
#include "lang.h"
#include "when.h"

enum { DATE_TEXT_MAX = 48 };

struct civil {
    int32_t year;
    int32_t month; /* 1..12 */
    int32_t mday;  /* 1..31 */
};

struct local_time {
    struct day day;
    int32_t hour, minute, second;
};

/* Proleptic Gregorian; years 1900..9999. */
struct civil day_civil(struct day d);
struct day day_of(int32_t year, int32_t month, int32_t mday); /* asserts a real date */
NODISCARD bool day_try(struct day *out, int32_t year, int32_t month, int32_t mday);
int32_t day_weekday(struct day d); /* 0 = Monday .. 6 = Sunday */

struct local_time instant_local(struct instant t, struct zone zone);
struct day instant_day(struct instant t, struct zone zone);
/* The instant at which the local day begins. */
struct instant day_begins(struct day d, struct zone zone);

const char *zone_name(struct zone zone); /* "WIB", "WITA", "WIT" */
NODISCARD bool zone_from_name(struct zone *out, const char *name);

void day_iso(char out[DATE_TEXT_MAX], struct day d);                  /* 2026-11-22 */
NODISCARD enum err day_parse(struct day *out, const char *text);      /* 2026-11-22 or 22-11-2026 */
void day_text(char out[DATE_TEXT_MAX], struct day d, enum lang lang); /* 22 November 2026 */
void day_long(char out[DATE_TEXT_MAX], struct day d, enum lang lang); /* Minggu, 22 November 2026 */
void time_text(char out[DATE_TEXT_MAX], struct instant t, struct zone z); /* 19.42 WITA */
void time_seconds(char out[DATE_TEXT_MAX], struct instant t,
                  struct zone z); /* 22-11-2026 19:42:05 */
void instant_rfc3339(char out[DATE_TEXT_MAX], struct instant t,
                     struct zone z); /* 2026-11-22T19:42:05.123+08:00 */

/* The computer's clock. */
struct clock clock_real(void);
/* A clock that shows *at until it is moved. */
struct clock clock_fixed(struct instant *at);

/* ---- the working calendar ---- */

struct holiday {
    struct day date;
    struct day known_since; /* the day from which it could be known */
    bool always_known;      /* a fixed day without a decree yet */
    bool joint_leave;
};

struct holidays {
    const struct holiday *days; /* sorted by date */
    size_t count;
    int32_t first_year, last_full_year; /* years whose list is complete */
};

/* The working calendar as it was known on a day: a decree of August changes no deadline of July. */
struct workdays {
    const struct holidays *holidays; /* borrowed */
    struct day as_of;
};

/* Monday to Friday and not a holiday that was known then. */
bool workday(struct workdays w, struct day d);
/* The first working day after d. */
struct day workday_next(struct workdays w, struct day d);
/* Working days in (from, to]; 0 when to <= from. */
int32_t workdays_between(struct workdays w, struct day from, struct day to);
/* true when the list of that year is complete. */
bool calendar_covers(const struct holidays *h, int32_t year);

#endif
