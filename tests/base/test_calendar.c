/* Days, local time, words of both, clocks. */
#include <stdbool.h>

#include "inventory/base/calendar.h"
#include "tests/base/cmocka_all.h"

static const struct zone wib = {420}, wita = {480}, wit = {540};

static bool leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

/* Counts every day from 1900 to 9999 by hand, the slow way. */
static void every_day_there_and_back(void **state)
{
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int32_t n = -25567; /* 1 January 1900, a Monday */
    int32_t weekday = 0;

    (void)state;
    for (int year = 1900; year <= 9999; year++) {
        for (int month = 1; month <= 12; month++) {
            int last = lengths[month - 1] + (month == 2 && leap(year));

            for (int mday = 1; mday <= last; mday++, n++) {
                struct civil c = day_civil(DAY(n));

                if (c.year != year || c.month != month || c.mday != mday ||
                    day_of(year, month, mday).since_1970 != n || day_weekday(DAY(n)) != weekday) {
                    fail_msg("%04d-%02d-%02d", year, month, mday);
                }
                weekday = (weekday + 1) % 7;
            }
        }
    }
    assert_int_equal(day_of(1970, 1, 1).since_1970, 0);
}

static const struct {
    int32_t year, month, mday;
    bool real;
} dates[] = {
    {2026, 11, 22, true},     {2024, 2, 29, true},         {2025, 2, 29, false},
    {1900, 2, 29, false},     {2000, 2, 29, true},         {2026, 4, 31, false},
    {2026, 0, 1, false},      {2026, 13, 1, false},        {2026, 1, 0, false},
    {1899, 12, 31, false},    {10000, 1, 1, false},        {1900, 1, 1, true},
    {9999, 12, 31, true},     {2026, -1, 1, false},        {2026, 1, 32, false},
    {INT32_MAX, 1, 1, false}, {2026, INT32_MIN, 1, false}, {2026, 1, INT32_MAX, false},
};

static void only_real_dates(void **state)
{
    (void)state;
    for (size_t i = 0; i < LENGTH(dates); i++) {
        struct day d = DAY(-77);

        assert_int_equal(day_try(&d, dates[i].year, dates[i].month, dates[i].mday), dates[i].real);
        assert_int_equal(d.since_1970 == -77, !dates[i].real);
    }
}

static const struct {
    const char *text, *iso; /* iso NULL: refused */
} texts[] = {
    {"2026-11-22", "2026-11-22"},
    {"22-11-2026", "2026-11-22"},
    {"2024-02-29", "2024-02-29"},
    {"29-02-2024", "2024-02-29"},
    {"2025-02-29", NULL},
    {"29-02-2025", NULL},
    {"2026-11-2", NULL},
    {"2-11-2026", NULL},
    {"2026/11/22", NULL},
    {"22/11/2026", NULL},
    {"2026-11-22 ", NULL},
    {" 2026-11-22", NULL},
    {"", NULL},
    {"20261122", NULL},
    {"2026-13-01", NULL},
    {"22-11-26", NULL},
    {"2026-1a-01", NULL},
    {"aaaa-bb-cc", NULL},
    {"2026-11-22T00:00", NULL},
    {"----------", NULL},
    {"1899-12-31", NULL},
    {"11-22-2026", NULL},
    {"2026--1-01", NULL},
};

static void days_are_read(void **state)
{
    (void)state;
    for (size_t i = 0; i < LENGTH(texts); i++) {
        struct day d = DAY(-77);
        char iso[DATE_TEXT_MAX];

        if ((day_parse(&d, texts[i].text) == OK) != (texts[i].iso != NULL)) {
            fail_msg("\"%s\"", texts[i].text);
        }
        if (texts[i].iso) {
            day_iso(iso, d);
            assert_string_equal(iso, texts[i].iso);
        } else {
            assert_int_equal(d.since_1970, -77);
        }
    }
}

static const struct {
    int32_t year, month, mday;
    const char *id, *en, *long_id, *long_en;
} words_of_days[] = {
    {2026, 11, 22, "22 November 2026", "22 November 2026", "Minggu, 22 November 2026",
     "Sunday, 22 November 2026"},
    {2023, 3, 6, "6 Maret 2023", "6 March 2023", "Senin, 6 Maret 2023", "Monday, 6 March 2023"},
    {2026, 8, 18, "18 Agustus 2026", "18 August 2026", "Selasa, 18 Agustus 2026",
     "Tuesday, 18 August 2026"},
    {2024, 2, 29, "29 Februari 2024", "29 February 2024", "Kamis, 29 Februari 2024",
     "Thursday, 29 February 2024"},
    {2026, 5, 1, "1 Mei 2026", "1 May 2026", "Jumat, 1 Mei 2026", "Friday, 1 May 2026"},
    {2026, 12, 5, "5 Desember 2026", "5 December 2026", "Sabtu, 5 Desember 2026",
     "Saturday, 5 December 2026"},
    {2026, 10, 7, "7 Oktober 2026", "7 October 2026", "Rabu, 7 Oktober 2026",
     "Wednesday, 7 October 2026"},
};

static void days_in_words(void **state)
{
    (void)state;
    for (size_t i = 0; i < LENGTH(words_of_days); i++) {
        struct day d = day_of(words_of_days[i].year, words_of_days[i].month, words_of_days[i].mday);
        char text[DATE_TEXT_MAX];

        day_text(text, d, LANG_ID);
        assert_string_equal(text, words_of_days[i].id);
        day_text(text, d, LANG_EN);
        assert_string_equal(text, words_of_days[i].en);
        day_long(text, d, LANG_ID);
        assert_string_equal(text, words_of_days[i].long_id);
        day_long(text, d, LANG_EN);
        assert_string_equal(text, words_of_days[i].long_en);
    }
}

static void zones_have_names(void **state)
{
    struct zone z = {-1};

    (void)state;
    assert_string_equal(zone_name(wib), "WIB");
    assert_string_equal(zone_name(wita), "WITA");
    assert_string_equal(zone_name(wit), "WIT");
    assert_string_equal(zone_name((struct zone){330}), "");
    assert_true(zone_from_name(&z, "WITA"));
    assert_int_equal(z.offset_min, 480);
    assert_true(zone_from_name(&z, "WIT"));
    assert_int_equal(z.offset_min, 540);
    assert_true(zone_from_name(&z, "WIB"));
    assert_int_equal(z.offset_min, 420);
    assert_false(zone_from_name(&z, "wib"));
    assert_false(zone_from_name(&z, ""));
    assert_false(zone_from_name(&z, "UTC"));
    assert_int_equal(z.offset_min, 420);
}

/* 2026-12-31T16:30Z is still the old year in WIB and already the new one in WITA. */
static void the_year_turns_zone_by_zone(void **state)
{
    struct instant t = INSTANT(INT64_C(1798734600000));
    char text[DATE_TEXT_MAX];

    (void)state;
    instant_rfc3339(text, t, (struct zone){0});
    assert_string_equal(text, "2026-12-31T16:30:00.000+00:00");
    assert_int_equal(instant_day(t, wib).since_1970, day_of(2026, 12, 31).since_1970);
    assert_int_equal(instant_day(t, wita).since_1970, day_of(2027, 1, 1).since_1970);
    assert_int_equal(instant_day(t, wit).since_1970, day_of(2027, 1, 1).since_1970);
    time_text(text, t, wib);
    assert_string_equal(text, "23.30 WIB");
    time_text(text, t, wita);
    assert_string_equal(text, "00.30 WITA");
    time_text(text, t, wit);
    assert_string_equal(text, "01.30 WIT");
    time_seconds(text, t, wib);
    assert_string_equal(text, "31-12-2026 23:30:00");
    instant_rfc3339(text, t, wita);
    assert_string_equal(text, "2027-01-01T00:30:00.000+08:00");
}

static void local_time_in_all_its_forms(void **state)
{
    struct instant t = INSTANT(day_begins(day_of(2026, 11, 22), wita).ms +
                               ((19 * 60 + 42) * 60 + 5) * INT64_C(1000) + 123);
    struct local_time at = instant_local(t, wita);
    char text[DATE_TEXT_MAX];

    (void)state;
    assert_int_equal(at.day.since_1970, day_of(2026, 11, 22).since_1970);
    assert_int_equal(at.hour, 19);
    assert_int_equal(at.minute, 42);
    assert_int_equal(at.second, 5);
    time_text(text, t, wita);
    assert_string_equal(text, "19.42 WITA");
    time_seconds(text, t, wita);
    assert_string_equal(text, "22-11-2026 19:42:05");
    instant_rfc3339(text, t, wita);
    assert_string_equal(text, "2026-11-22T19:42:05.123+08:00");
    instant_rfc3339(text, t, (struct zone){-570});
    assert_string_equal(text, "2026-11-22T02:12:05.123-09:30");
}

static void time_before_1970_and_beyond_all_years(void **state)
{
    char text[DATE_TEXT_MAX];

    (void)state;
    instant_rfc3339(text, INSTANT(-1), (struct zone){0});
    assert_string_equal(text, "1969-12-31T23:59:59.999+00:00");
    time_seconds(text, INSTANT(INT64_MAX), wib);
    assert_string_equal(text, "31-12-9999 23:59:59");
    time_seconds(text, INSTANT(INT64_MIN), wib);
    assert_string_equal(text, "01-01-1900 00:00:00");
}

static void a_day_begins_where_it_becomes_that_day(void **state)
{
    const struct zone zones[] = {wib, wita, wit};

    (void)state;
    for (size_t i = 0; i < LENGTH(zones); i++) {
        for (int32_t d = -400; d < 40000; d += 13) {
            struct instant begin = day_begins(DAY(d), zones[i]);

            assert_int_equal(instant_day(begin, zones[i]).since_1970, d);
            assert_int_equal(instant_day(INSTANT(begin.ms - 1), zones[i]).since_1970, d - 1);
        }
    }
}

static void clocks_show_time(void **state)
{
    struct instant at = INSTANT(1000);
    struct clock fixed = clock_fixed(&at);
    struct clock real = clock_real();

    (void)state;
    assert_int_equal(clock_now(&fixed).ms, 1000);
    at.ms = 2000;
    assert_int_equal(clock_now(&fixed).ms, 2000);
    assert_true(clock_now(&real).ms / 1000 - (int64_t)time(NULL) <= 1);
    assert_true((int64_t)time(NULL) - clock_now(&real).ms / 1000 <= 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_day_there_and_back),
        cmocka_unit_test(only_real_dates),
        cmocka_unit_test(days_are_read),
        cmocka_unit_test(days_in_words),
        cmocka_unit_test(zones_have_names),
        cmocka_unit_test(the_year_turns_zone_by_zone),
        cmocka_unit_test(local_time_in_all_its_forms),
        cmocka_unit_test(time_before_1970_and_beyond_all_years),
        cmocka_unit_test(a_day_begins_where_it_becomes_that_day),
        cmocka_unit_test(clocks_show_time),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
