/* Days, local time, the clocks and the working calendar. */
#include "inventory/base/calendar.h"

#include <assert.h>

enum { YEAR_MIN = 1900, YEAR_MAX = 9999, DAYS_IN_ERA = 146097 };

#define MS_A_DAY (INT64_C(24) * 60 * 60 * 1000)

static bool is_leap(int32_t year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static int32_t days_in_month(int32_t year, int32_t month)
{
    static const int32_t days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    return days[month - 1] + (month == 2 && is_leap(year));
}

/* Days and years are counted from 1 March of a year that begins an era of 400 years, so that the
 * leap day is the last of its year (Howard Hinnant, "chrono-compatible low-level date algorithms").
 */
struct civil day_civil(struct day d)
{
    int32_t z = d.since_1970 + 719468;
    int32_t era = (z >= 0 ? z : z - (DAYS_IN_ERA - 1)) / DAYS_IN_ERA;
    int32_t in_era = z - era * DAYS_IN_ERA;
    int32_t years = (in_era - in_era / 1460 + in_era / 36524 - in_era / 146096) / 365;
    int32_t in_year = in_era - (365 * years + years / 4 - years / 100);
    int32_t march = (5 * in_year + 2) / 153;
    int32_t month = march < 10 ? march + 3 : march - 9;

    return (struct civil){.year = years + era * 400 + (month <= 2),
                          .month = month,
                          .mday = in_year - (153 * march + 2) / 5 + 1};
}

bool day_try(struct day *out, int32_t year, int32_t month, int32_t mday)
{
    int32_t y;
    int32_t era;
    int32_t in_era_year;
    int32_t in_year;

    if (year < YEAR_MIN || year > YEAR_MAX || month < 1 || month > 12 || mday < 1 ||
        mday > days_in_month(year, month)) {
        return false;
    }
    y = year - (month <= 2);
    era = y / 400;
    in_era_year = y - era * 400;
    in_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + mday - 1;
    *out = DAY(era * DAYS_IN_ERA + in_era_year * 365 + in_era_year / 4 - in_era_year / 100 +
               in_year - 719468);
    return true;
}

struct day day_of(int32_t year, int32_t month, int32_t mday)
{
    struct day d = {0};
    bool real = day_try(&d, year, month, mday);

    assert(real);
    (void)real;
    return d;
}

int32_t day_weekday(struct day d)
{
    /* 1 January 1970 was a Thursday. */
    return ((d.since_1970 % 7) + 7 + 3) % 7;
}

/* ---- local time ---- */

/* Milliseconds of local time since local 1 January 1970, kept within the years we can write. */
static int64_t local_ms(struct instant t, struct zone zone)
{
    int64_t first = day_of(YEAR_MIN, 1, 1).since_1970 * MS_A_DAY;
    int64_t last = (day_of(YEAR_MAX, 12, 31).since_1970 + 1) * MS_A_DAY - 1;
    int64_t offset = (int64_t)zone.offset_min * 60000;

    if (t.ms < first - offset) {
        return first;
    }
    return t.ms > last - offset ? last : t.ms + offset;
}

struct local_time instant_local(struct instant t, struct zone zone)
{
    int64_t ms = local_ms(t, zone);
    int64_t days = (ms >= 0 ? ms : ms - (MS_A_DAY - 1)) / MS_A_DAY;
    int32_t second = (int32_t)((ms - days * MS_A_DAY) / 1000);

    return (struct local_time){.day = DAY((int32_t)days),
                               .hour = second / 3600,
                               .minute = second / 60 % 60,
                               .second = second % 60};
}

struct day instant_day(struct instant t, struct zone zone)
{
    return instant_local(t, zone).day;
}

struct instant day_begins(struct day d, struct zone zone)
{
    return INSTANT(d.since_1970 * MS_A_DAY - (int64_t)zone.offset_min * 60000);
}

/* ---- clocks ---- */

static struct instant real_now(void *self)
{
    struct timespec now = {0};

    (void)self;
    clock_gettime(CLOCK_REALTIME, &now);
    return INSTANT((int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000);
}

struct clock clock_real(void)
{
    return (struct clock){.now = real_now};
}

static struct instant fixed_now(void *self)
{
    const struct instant *at = self;

    return INSTANT(__atomic_load_n(&at->ms, __ATOMIC_RELAXED));
}

struct clock clock_fixed(struct instant *at)
{
    return (struct clock){.now = fixed_now, .self = at};
}

/* ---- the working calendar ---- */

static bool was_known(const struct holiday *holiday, struct day as_of)
{
    return holiday->always_known || holiday->known_since.since_1970 <= as_of.since_1970;
}

/* The first row of the list that is not before d. */
static size_t holiday_lower(const struct holidays *h, struct day d)
{
    size_t low = 0;
    size_t high = h->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (h->days[middle].date.since_1970 < d.since_1970) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

bool workday(struct workdays w, struct day d)
{
    if (day_weekday(d) > 4) {
        return false;
    }
    for (size_t i = holiday_lower(w.holidays, d);
         i < w.holidays->count && w.holidays->days[i].date.since_1970 == d.since_1970; i++) {
        if (was_known(&w.holidays->days[i], w.as_of)) {
            return false;
        }
    }
    return true;
}

struct day workday_next(struct workdays w, struct day d)
{
    do {
        d.since_1970++;
    } while (!workday(w, d));
    return d;
}

int32_t workdays_between(struct workdays w, struct day from, struct day to)
{
    int32_t count = 0;

    for (int32_t d = from.since_1970; d < to.since_1970; d++) {
        count += workday(w, DAY(d + 1));
    }
    return count;
}

bool calendar_covers(const struct holidays *h, int32_t year)
{
    return year >= h->first_year && year <= h->last_full_year;
}
