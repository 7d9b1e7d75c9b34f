/* Deposit deadlines by rule and working calendar. */
#include "pos/pnbp/deadline.h"

#include "inventory/base/words.h"

enum { NOON_HOUR = 12, LPJ_MDAY = 10, MS_A_MINUTE = 60000, MINUTES_A_HOUR = 60, HOURS_A_DAY = 24 };

bool deadline_kind_from_name(enum deadline_kind *out, const char *name)
{
    static const struct {
        const char *name;
        enum deadline_kind kind;
    } kinds[] = {
        {"SAME_DAY", DEADLINE_SAME_DAY},
        {"NEXT_WORKING_DAY", DEADLINE_NEXT_WORKING_DAY},
        {"AFTER_NOON_NEXT", DEADLINE_AFTER_NOON_NEXT},
        {"PERIODIC", DEADLINE_PERIODIC},
    };

    for (size_t i = 0; i < LENGTH(kinds); i++) {
        if (strcmp(kinds[i].name, name) == 0) {
            *out = kinds[i].kind;
            return true;
        }
    }
    return false;
}

static struct day same_or_next(const struct holidays *h, struct day d, struct day as_of)
{
    return workday((struct workdays){h, as_of}, d) ? d
                                                   : workday_next((struct workdays){h, as_of}, d);
}

/* "Setelah pukul 12.00": exactly 12.00 still counts for the same day. */
static bool after_noon(struct instant t, struct day d, struct zone zone)
{
    return t.ms > day_begins(d, zone).ms + (int64_t)NOON_HOUR * MINUTES_A_HOUR * MS_A_MINUTE;
}

struct deadline deadline_of(struct deadline_rule rule, const struct holidays *h,
                            struct instant received, struct zone zone, struct day as_of)
{
    struct day on = instant_day(received, zone);
    struct deadline out = {.day = on};

    switch (rule.kind) {
    case DEADLINE_SAME_DAY: out.day = same_or_next(h, on, as_of); break;
    case DEADLINE_NEXT_WORKING_DAY: out.day = workday_next((struct workdays){h, as_of}, on); break;
    case DEADLINE_AFTER_NOON_NEXT:
        out.day = after_noon(received, on, zone) ? workday_next((struct workdays){h, as_of}, on)
                                                 : same_or_next(h, on, as_of);
        break;
    case DEADLINE_PERIODIC: out.day = same_or_next(h, DAY(on.since_1970 + rule.days), as_of); break;
    }
    out.crosses_fiscal_year = day_civil(out.day).year != day_civil(on).year;
    out.calendar_incomplete = !calendar_covers(h, day_civil(out.day).year);
    return out;
}

struct deadline deadline_of_day(struct deadline_rule rule, struct workdays known, struct day day)
{
    struct zone zone = {0};
    struct instant noon = {day_begins(day, zone).ms +
                           (int64_t)NOON_HOUR * MINUTES_A_HOUR * MS_A_MINUTE};

    return deadline_of(rule, known.holidays, noon, zone, known.as_of);
}

int32_t deadline_overdue(const struct holidays *h, struct day deadline, struct instant closes,
                         struct instant now, struct zone zone)
{
    struct day today = instant_day(now, zone);
    int32_t days;

    if (now.ms <= closes.ms) {
        return 0;
    }
    days = workdays_between((struct workdays){h, today}, deadline, today);
    return days > 0 ? days : 1;
}

/* The format may be a translation that takes the same arguments. */
static void say_left(char out[COUNTDOWN_TEXT_MAX], int64_t minutes, enum lang lang)
{
    int64_t hours = minutes / MINUTES_A_HOUR;
    int64_t days = hours / HOURS_A_DAY;
    const char *left = words(lang, _("sisa"));

    if (days > 0) {
        snprintf(out, COUNTDOWN_TEXT_MAX, "%s %lld %s %lld %s", left, (long long)days,
                 words(lang, _("hari")), (long long)(hours % HOURS_A_DAY), words(lang, _("jam")));
    } else if (hours > 0) {
        snprintf(out, COUNTDOWN_TEXT_MAX, "%s %lld %s %lld %s", left, (long long)hours,
                 words(lang, _("jam")), (long long)(minutes % MINUTES_A_HOUR),
                 words(lang, _("menit")));
    } else {
        snprintf(out, COUNTDOWN_TEXT_MAX, "%s %lld %s", left, (long long)minutes,
                 words(lang, _("menit")));
    }
}

void deadline_countdown(char out[COUNTDOWN_TEXT_MAX], struct instant closes, struct instant now,
                        int32_t overdue_workdays, enum lang lang)
{
    if (overdue_workdays > 0) {
        snprintf(out, COUNTDOWN_TEXT_MAX, "%s %d %s", words(lang, _("Terlambat")),
                 (int)overdue_workdays, words(lang, _("hari kerja")));
        return;
    }
    say_left(out, closes.ms > now.ms ? (closes.ms - now.ms) / MS_A_MINUTE : 0, lang);
}

struct day lpj_due(const struct holidays *h, int32_t year, int32_t month, bool *holiday)
{
    struct day due =
        month == 12 ? day_of(year + 1, 1, LPJ_MDAY) : day_of(year, month + 1, LPJ_MDAY);

    *holiday = !workday((struct workdays){h, due}, due);
    return due;
}
