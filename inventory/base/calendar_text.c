/* Days and local time in words and figures. */
#include <assert.h>
#include <inttypes.h>

#include "inventory/base/calendar.h"

static const char *const months[LANG_COUNT][12] = {
    {"Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September",
     "Oktober", "November", "Desember"},
    {"January", "February", "March", "April", "May", "June", "July", "August", "September",
     "October", "November", "December"},
};

static const char *const weekdays[LANG_COUNT][7] = {
    {"Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"},
    {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"},
};

static const struct {
    int32_t offset_min;
    const char *name;
} zones[] = {{420, "WIB"}, {480, "WITA"}, {540, "WIT"}, {0, "UTC"}};

const char *zone_name(struct zone zone)
{
    for (size_t i = 0; i < LENGTH(zones); i++) {
        if (zones[i].offset_min == zone.offset_min) {
            return zones[i].name;
        }
    }
    return "";
}

bool zone_from_name(struct zone *out, const char *name)
{
    for (size_t i = 0; i < 3; i++) {
        if (strcmp(zones[i].name, name) == 0) {
            out->offset_min = zones[i].offset_min;
            return true;
        }
    }
    return false;
}

void day_iso(char out[DATE_TEXT_MAX], struct day d)
{
    struct civil c = day_civil(d);

    snprintf(out, DATE_TEXT_MAX, "%04" PRId32 "-%02" PRId32 "-%02" PRId32, c.year, c.month, c.mday);
}

/* Reads exactly n digits. */
static bool read_digits(int32_t *out, const char **at, int n)
{
    int32_t value = 0;

    for (; n > 0; n--, (*at)++) {
        if (**at < '0' || **at > '9') {
            return false;
        }
        value = value * 10 + (**at - '0');
    }
    *out = value;
    return true;
}

static bool read_dash(const char **at)
{
    return *(*at)++ == '-';
}

enum err day_parse(struct day *out, const char *text)
{
    size_t n = strlen(text);
    bool year_first = n == 10 && text[4] == '-';
    int32_t first;
    int32_t month;
    int32_t last;

    if (n != 10 || !read_digits(&first, &text, year_first ? 4 : 2) || !read_dash(&text) ||
        !read_digits(&month, &text, 2) || !read_dash(&text) ||
        !read_digits(&last, &text, year_first ? 2 : 4)) {
        return ERR_INVALID;
    }
    return day_try(out, year_first ? first : last, month, year_first ? last : first) ? OK
                                                                                     : ERR_INVALID;
}

void day_text(char out[DATE_TEXT_MAX], struct day d, enum lang lang)
{
    struct civil c = day_civil(d);

    assert(lang < LANG_COUNT);
    snprintf(out, DATE_TEXT_MAX, "%" PRId32 " %s %" PRId32, c.mday, months[lang][c.month - 1],
             c.year);
}

void day_long(char out[DATE_TEXT_MAX], struct day d, enum lang lang)
{
    char date[DATE_TEXT_MAX - 12];
    struct civil c = day_civil(d);

    assert(lang < LANG_COUNT);
    snprintf(date, sizeof date, "%" PRId32 " %s %" PRId32, c.mday, months[lang][c.month - 1],
             c.year);
    snprintf(out, DATE_TEXT_MAX, "%s, %s", weekdays[lang][day_weekday(d)], date);
}

void time_text(char out[DATE_TEXT_MAX], struct instant t, struct zone z)
{
    struct local_time at = instant_local(t, z);

    snprintf(out, DATE_TEXT_MAX, "%02" PRId32 ".%02" PRId32 " %s", at.hour, at.minute,
             zone_name(z));
}

void time_seconds(char out[DATE_TEXT_MAX], struct instant t, struct zone z)
{
    struct local_time at = instant_local(t, z);
    struct civil c = day_civil(at.day);

    snprintf(out, DATE_TEXT_MAX,
             "%02" PRId32 "-%02" PRId32 "-%04" PRId32 " %02" PRId32 ":%02" PRId32 ":%02" PRId32,
             c.mday, c.month, c.year, at.hour, at.minute, at.second);
}

void instant_rfc3339(char out[DATE_TEXT_MAX], struct instant t, struct zone z)
{
    struct local_time at = instant_local(t, z);
    int64_t ms = t.ms % 1000 + (t.ms % 1000 < 0 ? 1000 : 0);
    int32_t off = z.offset_min < 0 ? -z.offset_min : z.offset_min;
    char date[DATE_TEXT_MAX];

    day_iso(date, at.day);
    snprintf(
        out, DATE_TEXT_MAX,
        "%.10sT%02" PRId32 ":%02" PRId32 ":%02" PRId32 ".%03" PRId64 "%c%02" PRId32 ":%02" PRId32,
        date, at.hour, at.minute, at.second, ms, z.offset_min < 0 ? '-' : '+', off / 60, off % 60);
}
