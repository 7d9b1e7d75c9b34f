/* Deposit deadlines: every row of the test vectors, every rule, the countdown and the LPJ. */
#include "tests/base/cmocka_all.h"

#include <string.h>

#include "pos/pnbp/deadline.h"
#include "pos/pnbp/reference.h"

static const struct zone wita = {480};
static const struct zone wib = {420};

static struct day iso(const char *text)
{
    struct day d;

    assert_int_equal(day_parse(&d, text), OK);
    return d;
}

static void assert_day(struct day got, const char *want)
{
    char text[DATE_TEXT_MAX];

    day_iso(text, got);
    assert_string_equal(text, want);
}

static const struct holidays *days(void)
{
    return &reference()->holidays;
}

static void test_next_working_day(void **state)
{
    static const struct {
        const char *received, *as_of, *want;
        bool year, gap;
    } rows[] = {
        {"2025-03-27", "2025-03-27", "2025-04-08", false, false},
        {"2025-06-05", "2025-06-05", "2025-06-10", false, false},
        {"2025-08-15", "2025-08-15", "2025-08-19", false, false},
        {"2025-08-15", "2025-08-01", "2025-08-18", false, false}, /* before the amendment */
        {"2025-12-31", "2025-12-31", "2026-01-02", true, false},
        {"2026-02-13", "2026-02-13", "2026-02-18", false, false},
        {"2026-03-17", "2026-03-17", "2026-03-25", false, false},
        {"2026-03-21", "2026-03-21", "2026-03-25", false, false},
        {"2026-05-26", "2026-05-26", "2026-05-29", false, false},
        {"2026-11-20", "2026-11-20", "2026-11-23", false, false},
        {"2026-11-22", "2026-11-22", "2026-11-23", false, false},
        {"2026-12-31", "2026-12-31", "2027-01-04", true, true},
    };
    const struct deadline_rule rule = {DEADLINE_NEXT_WORKING_DAY, 0};

    (void)state;
    for (size_t i = 0; i < LENGTH(rows); i++) {
        struct deadline d = deadline_of_day(rule, (struct workdays){days(), iso(rows[i].as_of)},
                                            iso(rows[i].received));

        assert_day(d.day, rows[i].want);
        assert_int_equal(d.crosses_fiscal_year, rows[i].year);
        assert_int_equal(d.calendar_incomplete, rows[i].gap);
    }
}

static struct instant at(const char *day, struct zone zone, int hour, int minute)
{
    return INSTANT(day_begins(iso(day), zone).ms + ((int64_t)hour * 60 + minute) * 60000);
}

static void test_other_rules(void **state)
{
    static const struct {
        struct deadline_rule rule;
        const char *day;
        int hour, minute;
        const char *want;
    } rows[] = {
        {{DEADLINE_SAME_DAY, 0}, "2026-11-20", 16, 59, "2026-11-20"},
        {{DEADLINE_SAME_DAY, 0}, "2026-11-22", 9, 41, "2026-11-23"},
        {{DEADLINE_SAME_DAY, 0}, "2026-03-21", 10, 0, "2026-03-25"},
        {{DEADLINE_AFTER_NOON_NEXT, 0}, "2026-11-20", 11, 59, "2026-11-20"},
        {{DEADLINE_AFTER_NOON_NEXT, 0}, "2026-11-20", 12, 0, "2026-11-20"},
        {{DEADLINE_AFTER_NOON_NEXT, 0}, "2026-11-20", 12, 1, "2026-11-23"},
        {{DEADLINE_AFTER_NOON_NEXT, 0}, "2026-11-22", 9, 0, "2026-11-23"},
        {{DEADLINE_PERIODIC, 7}, "2026-11-13", 9, 0, "2026-11-20"},
        {{DEADLINE_PERIODIC, 7}, "2026-11-14", 9, 0, "2026-11-23"},
    };

    (void)state;
    for (size_t i = 0; i < LENGTH(rows); i++) {
        struct instant t = at(rows[i].day, wita, rows[i].hour, rows[i].minute);
        struct deadline d = deadline_of(rows[i].rule, days(), t, wita, iso(rows[i].day));

        assert_day(d.day, rows[i].want);
    }
}

static void test_zone(void **state)
{
    /* 2026-12-31T16:30Z is still the 31st in WIB and already the next year in WITA. */
    struct instant t = INSTANT(day_begins(iso("2026-12-31"), (struct zone){0}).ms +
                               (16 * 60 + 30) * INT64_C(60000));
    const struct deadline_rule rule = {DEADLINE_NEXT_WORKING_DAY, 0};
    struct deadline west = deadline_of(rule, days(), t, wib, iso("2026-12-31"));
    struct deadline middle = deadline_of(rule, days(), t, wita, iso("2027-01-01"));

    (void)state;
    assert_day(west.day, "2027-01-04");
    assert_true(west.crosses_fiscal_year);
    assert_day(middle.day, "2027-01-04");
    assert_false(middle.crosses_fiscal_year);
}

static void test_countdown(void **state)
{
    struct day deadline = iso("2026-11-23");
    struct instant closes = at("2026-11-23", wita, 15, 0);
    static const struct {
        const char *day;
        int hour, minute;
        int32_t overdue;
        const char *text;
    } rows[] = {
        {"2026-11-22", 19, 42, 0, "sisa 19 jam 18 menit"},
        {"2026-11-20", 13, 0, 0, "sisa 3 hari 2 jam"},
        {"2026-11-23", 14, 15, 0, "sisa 45 menit"},
        {"2026-11-23", 15, 0, 0, "sisa 0 menit"},
        {"2026-11-23", 15, 1, 1, "Terlambat 1 hari kerja"},
        {"2026-11-24", 8, 0, 1, "Terlambat 1 hari kerja"},
        {"2026-11-30", 8, 0, 5, "Terlambat 5 hari kerja"},
    };

    (void)state;
    for (size_t i = 0; i < LENGTH(rows); i++) {
        struct instant now = at(rows[i].day, wita, rows[i].hour, rows[i].minute);
        int32_t overdue = deadline_overdue(days(), deadline, closes, now, wita);
        char text[COUNTDOWN_TEXT_MAX];

        assert_int_equal(overdue, rows[i].overdue);
        deadline_countdown(text, closes, now, overdue, LANG_ID);
        assert_string_equal(text, rows[i].text);
    }
}

static void test_lpj(void **state)
{
    bool holiday;

    (void)state;
    assert_day(lpj_due(days(), 2026, 11, &holiday), "2026-12-10");
    assert_false(holiday);
    assert_day(lpj_due(days(), 2026, 9, &holiday), "2026-10-10");
    assert_true(holiday);
    assert_day(lpj_due(days(), 2026, 12, &holiday), "2027-01-10");
    assert_true(holiday);
}

static void test_working_days_of_a_year(void **state)
{
    static const int32_t months[] = {20, 18, 17, 21, 16, 20, 23, 19, 22, 22, 21, 21};
    struct day known = iso("2026-12-31");

    (void)state;
    assert_int_equal(
        workdays_between((struct workdays){days(), known}, iso("2024-12-31"), iso("2025-12-31")),
        237);
    assert_int_equal(
        workdays_between((struct workdays){days(), known}, iso("2025-12-31"), iso("2026-12-31")),
        240);
    for (int32_t m = 1; m <= 12; m++) {
        struct day first = day_of(2026, m, 1);
        struct day next = m == 12 ? day_of(2027, 1, 1) : day_of(2026, m + 1, 1);

        assert_int_equal(workdays_between((struct workdays){days(), known},
                                          DAY(first.since_1970 - 1), DAY(next.since_1970 - 1)),
                         months[m - 1]);
    }
}

static void test_bad_calendar(void **state)
{
    static const char *const bad[] = {
        "date,kind,source,known_since\n2026-01-02,national,x,\n2026-01-01,national,x,\n",
        "date,kind,source,known_since\n2026-01-01,cuti,x,\n",
        "date,kind,source,known_since\n2026-02-30,national,x,\n",
        "date,kind\n2026-01-01,national\n",
        "",
    };
    struct holidays h;
    struct why why;

    (void)state;
    for (size_t i = 0; i < LENGTH(bad); i++) {
        assert_int_equal(holidays_read(&h, bad[i], strlen(bad[i]), &why), ERR_INVALID);
    }
}

static int begin(void **state)
{
    struct why why;

    (void)state;
    return reference_start(&why) == OK ? 0 : -1;
}

static int end(void **state)
{
    (void)state;
    reference_stop();
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_next_working_day),
        cmocka_unit_test(test_other_rules),
        cmocka_unit_test(test_zone),
        cmocka_unit_test(test_countdown),
        cmocka_unit_test(test_lpj),
        cmocka_unit_test(test_working_days_of_a_year),
        cmocka_unit_test(test_bad_calendar),
    };

    return cmocka_run_group_tests(tests, begin, end);
}
