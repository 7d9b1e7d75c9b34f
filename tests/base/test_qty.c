/* Quantities as text. */
#include "inventory/base/qty_text.h"
#include "tests/base/cmocka_all.h"

static const struct {
    int64_t milli;
    const char *screen, *machine;
} written[] = {
    {0, "0", "0"},
    {1, "0,001", "0.001"},
    {10, "0,01", "0.01"},
    {500, "0,5", "0.5"},
    {1000, "1", "1"},
    {10000, "10", "10"},
    {26500, "26,5", "26.5"},
    {1000000, "1000", "1000"},
    {12345678, "12345,678", "12345.678"},
    {-500, "-0,5", "-0.5"},
    {-3000, "-3", "-3"},
    {QTY_MAX_MILLI, "999999999,999", "999999999.999"},
    {INT64_MIN, "-9223372036854775,808", "-9223372036854775.808"},
};

static void qty_is_written(void **state)
{
    char text[QTY_TEXT_MAX];

    (void)state;
    for (size_t i = 0; i < LENGTH(written); i++) {
        qty_text(text, QTY(written[i].milli));
        assert_string_equal(text, written[i].screen);
        qty_decimal(text, QTY(written[i].milli));
        assert_string_equal(text, written[i].machine);
    }
}

static const struct {
    const char *text;
    int64_t milli;
} accepted[] = {
    {"3", 3000},
    {"26,5", 26500},
    {"26.5", 26500},
    {"1.000", 1000},
    {"0,001", 1},
    {"0.5", 500},
    {"007", 7000},
    {" 2 ", 2000},
    {"2,50", 2500},
    {"2,500", 2500},
    {"999999999", 999999999000},
    {"999999999,999", QTY_MAX_MILLI},
};

static const char *const rejected[] = {
    "",    " ",   "0",   "0,000", "-1",    "+1",        "1,2345",     "1.0000",
    ",5",  ".5",  "5,",  "5.",    "1,5,5", "1.000.000", "abc",        "1x",
    "1 2", "1e3", "１",  "0x1",   "1,-5",  "--",        "1000000000", "9999999999999999999999999",
    "1/2", "NaN", "inf",
};

static void qty_is_read(void **state)
{
    (void)state;
    for (size_t i = 0; i < LENGTH(accepted); i++) {
        struct qty got = QTY(-77);

        if (qty_parse(&got, accepted[i].text) != OK || got.milli != accepted[i].milli) {
            fail_msg("\"%s\" gave %lld", accepted[i].text, (long long)got.milli);
        }
    }
    for (size_t i = 0; i < LENGTH(rejected); i++) {
        struct qty got = QTY(-77);

        if (qty_parse(&got, rejected[i]) != ERR_INVALID || got.milli != -77) {
            fail_msg("\"%s\" gave %lld", rejected[i], (long long)got.milli);
        }
    }
}

static void qty_reads_what_it_writes(void **state)
{
    uint64_t seed = 17;

    (void)state;
    for (int i = 0; i < 100000; i++) {
        int64_t milli = 1 + (int64_t)((pick(&seed) % (uint64_t)QTY_MAX_MILLI) >> (i % 40));
        struct qty got;
        char text[QTY_TEXT_MAX];

        qty_text(text, QTY(milli));
        assert_int_equal(qty_parse(&got, text), OK);
        assert_int_equal(got.milli, milli);
        qty_decimal(text, QTY(milli));
        assert_int_equal(qty_parse(&got, text), OK);
        assert_int_equal(got.milli, milli);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(qty_is_written),
        cmocka_unit_test(qty_is_read),
        cmocka_unit_test(qty_reads_what_it_writes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
