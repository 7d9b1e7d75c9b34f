/* The working calendar with the holidays the program ships. */
#include <stdbool.h>

#include "inventory/base/calendar.h"
#include "inventory/base/csv.h"
#include "tests/base/cmocka_all.h"

enum { FILE_MAX = 1 << 16, DAYS_MAX = 200 };

static struct holiday days[DAYS_MAX];
static struct holidays list = {.days = days, .first_year = 2025, .last_full_year = 2026};

static struct day day_from(const char *iso)
{
    struct day d = DAY(0);

    assert_int_equal(day_parse(&d, iso), OK);
    return d;
}

static int read_holidays(void **state)
{
    static char bytes[FILE_MAX];
    FILE *f = fopen("../pos/data/holidays.csv", "rb");
    size_t n;
    struct csv csv;

    (void)state;
    assert_non_null(f);
    n = fread(bytes, 1, sizeof bytes, f);
    fclose(f);
    assert_int_equal(csv_open(&csv, bytes, n, NULL), OK);
    assert_int_equal(csv_next(&csv), CSV_ROW);
    assert_string_equal(csv.fields[0], "date");
    assert_string_equal(csv.fields[3], "known_since");
    while (csv_next(&csv) == CSV_ROW) {
        struct holiday *h = &days[list.count++];

        assert_true(list.count < DAYS_MAX);
        h->date = day_from(csv.fields[0]);
        h->joint_leave = strcmp(csv.fields[1], "joint_leave") == 0;
        h->always_known = csv.fields[3][0] == '\0';
        h->known_since = h->always_known ? DAY(0) : day_from(csv.fields[3]);
        assert_true(list.count < 2 || h[-1].date.since_1970 < h->date.since_1970);
    }
    csv_close(&csv);
    return 0;
}

static const struct {
    const char *received, *deadline, *as_of;
} deadlines[] = {
    {"2025-03-27", "2025-04-08", "2025-03-27"}, /* Nyepi, Lebaran and leave */
    {"2025-06-05", "2025-06-10", "2025-06-05"},
    {"2025-08-15", "2025-08-19", "2025-08-15"}, /* 18 August was added on the 7th */
    {"2025-08-15", "2025-08-19", "2025-08-07"},
    {"2025-08-15", "2025-08-18", "2025-08-06"},
    {"2025-12-31", "2026-01-02", "2025-12-31"},
    {"2026-02-13", "2026-02-18", "2026-02-13"},
    {"2026-03-17", "2026-03-25", "2026-03-17"},
    {"2026-03-21", "2026-03-25", "2026-03-21"},
    {"2026-05-26", "2026-05-29", "2026-05-26"},
    {"2026-11-20", "2026-11-23", "2026-11-20"},
    {"2026-11-22", "2026-11-23", "2026-11-22"},
    {"2026-12-31", "2027-01-04", "2026-12-31"}, /* 1 January needs no decree to be known */
};

static void the_next_working_day(void **state)
{
    (void)state;
    for (size_t i = 0; i < LENGTH(deadlines); i++) {
        char got[DATE_TEXT_MAX];

        day_iso(got, workday_next((struct workdays){&list, day_from(deadlines[i].as_of)},
                                  day_from(deadlines[i].received)));
        if (strcmp(got, deadlines[i].deadline) != 0) {
            fail_msg("%s as of %s: %s, not %s", deadlines[i].received, deadlines[i].as_of, got,
                     deadlines[i].deadline);
        }
    }
}

static void working_days_of_years_and_months(void **state)
{
    static const int32_t months[] = {20, 18, 17, 21, 16, 20, 23, 19, 22, 22, 21, 21};
    struct day late = day_of(2026, 12, 31);

    (void)state;
    assert_int_equal(workdays_between((struct workdays){&list, late}, day_of(2024, 12, 31),
                                      day_of(2025, 12, 31)),
                     237);
    assert_int_equal(workdays_between((struct workdays){&list, late}, day_of(2025, 12, 31),
                                      day_of(2026, 12, 31)),
                     240);
    for (int32_t m = 1; m <= 12; m++) {
        struct day before = DAY(day_of(2026, m, 1).since_1970 - 1);
        struct day last =
            DAY((m == 12 ? day_of(2027, 1, 1) : day_of(2026, m + 1, 1)).since_1970 - 1);

        assert_int_equal(workdays_between((struct workdays){&list, late}, before, last),
                         months[m - 1]);
    }
    /* Before the list was amended 2025 had one working day more. */
    assert_int_equal(workdays_between((struct workdays){&list, day_of(2025, 8, 6)},
                                      day_of(2024, 12, 31), day_of(2025, 12, 31)),
                     238);
}

static void working_days_between_edges(void **state)
{
    struct day friday = day_of(2026, 11, 20), monday = day_of(2026, 11, 23);

    (void)state;
    assert_int_equal(workdays_between((struct workdays){&list, friday}, friday, friday), 0);
    assert_int_equal(workdays_between((struct workdays){&list, friday}, monday, friday), 0);
    assert_int_equal(workdays_between((struct workdays){&list, friday}, friday, monday), 1);
    assert_int_equal(
        workdays_between((struct workdays){&list, friday}, DAY(friday.since_1970 - 1), friday), 1);
    assert_true(workday((struct workdays){&list, friday}, friday));
    assert_false(workday((struct workdays){&list, friday}, day_of(2026, 11, 21)));
    assert_false(workday((struct workdays){&list, friday}, day_of(2026, 11, 22)));
    assert_true(workday((struct workdays){&list, friday}, monday));
    assert_false(workday((struct workdays){&list, friday}, day_of(2026, 12, 24)));
    /* The reports of November and September are due on a working day and on a Saturday. */
    assert_true(workday((struct workdays){&list, friday}, day_of(2026, 12, 10)));
    assert_false(workday((struct workdays){&list, friday}, day_of(2026, 10, 10)));
}

static void years_the_list_covers(void **state)
{
    (void)state;
    assert_false(calendar_covers(&list, 2024));
    assert_true(calendar_covers(&list, 2025));
    assert_true(calendar_covers(&list, 2026));
    assert_false(calendar_covers(&list, 2027));
}

static void the_same_day_twice_in_the_list(void **state)
{
    const struct holiday two[] = {
        {.date = day_of(2026, 11, 23), .known_since = day_of(2026, 11, 20)},
        {.date = day_of(2026, 11, 23), .known_since = day_of(2026, 1, 1), .joint_leave = true},
    };
    struct holidays h = {.days = two, .count = 2, .first_year = 2026, .last_full_year = 2026};

    (void)state;
    assert_false(workday((struct workdays){&h, day_of(2026, 1, 1)}, day_of(2026, 11, 23)));
    assert_true(workday((struct workdays){&h, day_of(2025, 12, 31)}, day_of(2026, 11, 23)));
    h.count = 0;
    assert_true(workday((struct workdays){&h, day_of(2026, 11, 23)}, day_of(2026, 11, 23)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_next_working_day),
        cmocka_unit_test(working_days_of_years_and_months),
        cmocka_unit_test(working_days_between_edges),
        cmocka_unit_test(years_the_list_covers),
        cmocka_unit_test(the_same_day_twice_in_the_list),
    };

    return cmocka_run_group_tests(tests, read_holidays, NULL);
}
