/* Rupiah written, read, shared and multiplied. */
#include "inventory/base/money_text.h"
#include "qty.h"
#include "tests/base/cmocka_all.h"

__extension__ typedef __int128 wide;

static const struct {
    int64_t rp;
    const char *brief, *full, *figures;
} written[] = {
    {0, "Rp0", "Rp0,00", "0"},
    {5, "Rp5", "Rp5,00", "5"},
    {500, "Rp500", "Rp500,00", "500"},
    {999, "Rp999", "Rp999,00", "999"},
    {1000, "Rp1.000", "Rp1.000,00", "1.000"},
    {5000, "Rp5.000", "Rp5.000,00", "5.000"},
    {100000, "Rp100.000", "Rp100.000,00", "100.000"},
    {1234567, "Rp1.234.567", "Rp1.234.567,00", "1.234.567"},
    {12480600, "Rp12.480.600", "Rp12.480.600,00", "12.480.600"},
    {-15000, "-Rp15.000", "-Rp15.000,00", "-15.000"},
    {-1, "-Rp1", "-Rp1,00", "-1"},
    {RUPIAH_MAX, "Rp999.999.999.999.999", "Rp999.999.999.999.999,00", "999.999.999.999.999"},
    {INT64_MAX, "Rp9.223.372.036.854.775.807", "Rp9.223.372.036.854.775.807,00",
     "9.223.372.036.854.775.807"},
    {INT64_MIN, "-Rp9.223.372.036.854.775.808", "-Rp9.223.372.036.854.775.808,00",
     "-9.223.372.036.854.775.808"},
};

static void money_is_written(void **state)
{
    char text[MONEY_TEXT_MAX];

    (void)state;
    for (size_t i = 0; i < LENGTH(written); i++) {
        money_short(text, RUPIAH(written[i].rp));
        assert_string_equal(text, written[i].brief);
        money_long(text, RUPIAH(written[i].rp));
        assert_string_equal(text, written[i].full);
        money_figures(text, RUPIAH(written[i].rp));
        assert_string_equal(text, written[i].figures);
    }
}

static const struct {
    const char *text;
    int64_t rp;
} accepted[] = {
    {"Rp1.234.567,00", 1234567},
    {"1.234.567", 1234567},
    {"1234567", 1234567},
    {"Rp 1.234.567,-", 1234567},
    {"100.000 (IDR)", 100000},
    {"0", 0},
    {"Rp0", 0},
    {"Rp0,00", 0},
    {"5", 5},
    {"50.000", 50000},
    {"500", 500},
    {"1.000", 1000},
    {"  1.000  ", 1000},
    {"rp5000", 5000},
    {"RP 5000", 5000},
    {"Rp. 5.000", 5000},
    {"300000,00", 300000},
    {"5.000,-", 5000},
    {"Rp100.000,00 (IDR)", 100000},
    {"00500", 500},
    {"999.999.999.999.999", RUPIAH_MAX},
    {"999999999999999", RUPIAH_MAX},
    {"000000000000000000000000000000000000001", 1},
};

static const char *const rejected[] = {
    "1,234,567",
    "1.5",
    "12.34.567",
    "",
    " ",
    "Rp",
    "Rp ",
    "Rp.",
    "-5000",
    "-Rp5.000",
    "+5000",
    "1.234.56",
    "1.2345",
    "1234.567",
    "0.500",
    "00.500",
    "1..000",
    ".500",
    "1.000.",
    "1.000,",
    "1.000,5",
    "1.000,50",
    "1.000,0",
    "1.000,000",
    "1,5",
    "1,000",
    "1 000",
    "1 234 567",
    "5rb",
    "5k",
    "5 ribu",
    "abc",
    "Rp5.000x",
    "5.000 (USD)",
    "5.000 IDR",
    "$5",
    "1e6",
    "0x10",
    "５000",
    "1.000.000.000.000.000",
    "1000000000000000",
    "9223372036854775807",
    "9223372036854775808",
    "99999999999999999999999999",
    "5.000,-,-",
    "5.000,00,-",
    "5.000-",
    "RpRp5",
    "5 Rp",
    "1\n000",
    "5.000,00(",
    "(IDR)",
    "1.000.00,00",
    "1.000 .000",
    "1. 000",
    "1.000,-0",
    "1'000",
    "1_000",
};

static void money_is_read(void **state)
{
    (void)state;
    for (size_t i = 0; i < LENGTH(accepted); i++) {
        struct rupiah got = RUPIAH(-77);

        if (money_parse(&got, accepted[i].text) != OK || got.rp != accepted[i].rp) {
            fail_msg("\"%s\" gave %lld", accepted[i].text, (long long)got.rp);
        }
    }
}

static void money_that_is_none_is_refused(void **state)
{
    (void)state;
    for (size_t i = 0; i < LENGTH(rejected); i++) {
        struct rupiah got = RUPIAH(-77);

        if (money_parse(&got, rejected[i]) != ERR_INVALID || got.rp != -77) {
            fail_msg("\"%s\" gave %lld", rejected[i], (long long)got.rp);
        }
    }
}

static void money_reads_what_it_writes(void **state)
{
    uint64_t seed = 3;

    (void)state;
    for (int i = 0; i < 100000; i++) {
        int64_t rp = (int64_t)((pick(&seed) % (uint64_t)(RUPIAH_MAX + 1)) >> (i % 50));
        struct rupiah got;
        char text[MONEY_TEXT_MAX];

        money_short(text, RUPIAH(rp));
        assert_int_equal(money_parse(&got, text), OK);
        assert_int_equal(got.rp, rp);
        money_long(text, RUPIAH(rp));
        assert_int_equal(money_parse(&got, text), OK);
        assert_int_equal(got.rp, rp);
        money_figures(text, RUPIAH(rp));
        assert_int_equal(money_parse(&got, text), OK);
        assert_int_equal(got.rp, rp);
    }
}

/* domain practice: the reported splits tie to the rupiah. */
static const struct {
    int64_t total;
    int32_t bps;
    int64_t share;
} shares[] = {
    {83204000, 5000, 41602000},
    {83204000, 3500, 29121400},
    {83204000, 1500, 12480600},
    {38300000, 3500, 13405000},
    {23500000, 3500, 8225000},
    {12184100, 2500, 3046025},
    {99, 5000, 49},
    {99, 3500, 34},
    {99, 1500, 14},
    {99, 2500, 24},
    {1, 5000, 0},
    {1, 9999, 0},
    {1, 10000, 1},
    {0, 10000, 0},
    {33333, 1500, 4999},
    {RUPIAH_MAX, 10000, RUPIAH_MAX},
    {RUPIAH_MAX, 1, INT64_C(99999999999)},
    {-99, 5000, -49},
    {-1, 9999, 0},
    {-RUPIAH_MAX, 10000, -RUPIAH_MAX},
};

static void shares_are_rounded_down(void **state)
{
    (void)state;
    for (size_t i = 0; i < LENGTH(shares); i++) {
        assert_int_equal(rupiah_share_down(RUPIAH(shares[i].total), shares[i].bps).rp,
                         shares[i].share);
    }
}

static void shares_agree_with_wide_arithmetic(void **state)
{
    uint64_t seed = 5;

    (void)state;
    for (int i = 0; i < 500000; i++) {
        int64_t total = (int64_t)(pick(&seed) % (uint64_t)(RUPIAH_MAX + 1)) >> (i % 50);
        int32_t bps = (int32_t)(pick(&seed) % 10001);

        total = i % 3 == 0 ? -total : total;
        total = i % 1000 == 0 ? RUPIAH_MAX - i % 7 : total;
        if (rupiah_share_down(RUPIAH(total), bps).rp != (int64_t)((wide)total * bps / 10000)) {
            fail_msg("%lld x %d", (long long)total, (int)bps);
        }
    }
}

static const struct {
    int64_t price, milli;
    int fits;
    int64_t want;
} products[] = {
    {250000, 1000, 1, 250000},
    {15000, 2000, 1, 30000},
    {33333, 500, 1, 16667}, /* 16666.5 goes up */
    {1, 499, 1, 0},
    {1, 500, 1, 1},
    {-1, 500, 1, -1}, /* the reversal is its exact opposite */
    {-33333, 500, 1, -16667},
    {33333, -500, 1, -16667},
    {-5, -1000, 1, 5},
    {0, QTY_MAX_MILLI, 1, 0},
    {RUPIAH_MAX, 1000, 1, RUPIAH_MAX},
    {RUPIAH_MAX, 1001, 0, 0},
    {2 * RUPIAH_MAX + 1, 500, 0, 0}, /* only the rounding passes the maximum */
    {RUPIAH_MAX, 999, 1, INT64_C(999000000000000) - 1},
    {RUPIAH_MAX, QTY_MAX_MILLI, 0, 0},
    {RUPIAH_MAX, INT64_MAX, 0, 0},
    {INT64_MIN, INT64_MIN, 0, 0},
    {INT64_MIN, 1, 0, 0},
    {INT64_MAX, 0, 1, 0},
};

static void price_times_quantity(void **state)
{
    (void)state;
    for (size_t i = 0; i < LENGTH(products); i++) {
        struct rupiah got = RUPIAH(-77);
        int fits = rupiah_times_half_up(&got, RUPIAH(products[i].price), products[i].milli);

        assert_int_equal(fits, products[i].fits);
        assert_int_equal(got.rp, fits ? products[i].want : -77);
    }
}

static void price_times_quantity_agrees_with_wide_arithmetic(void **state)
{
    uint64_t seed = 11;

    (void)state;
    for (int i = 0; i < 500000; i++) {
        int64_t price = (int64_t)(pick(&seed) >> (14 + i % 49));
        int64_t milli = (int64_t)(pick(&seed) >> (24 + i % 39));
        wide want = ((wide)price * milli + 500) / 1000;
        struct rupiah got = RUPIAH(-77);
        int fits = rupiah_times_half_up(&got, RUPIAH(price), milli);

        if (fits != (want <= RUPIAH_MAX) || (fits && got.rp != (int64_t)want)) {
            fail_msg("%lld x %lld", (long long)price, (long long)milli);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(money_is_written),
        cmocka_unit_test(money_is_read),
        cmocka_unit_test(money_that_is_none_is_refused),
        cmocka_unit_test(money_reads_what_it_writes),
        cmocka_unit_test(shares_are_rounded_down),
        cmocka_unit_test(shares_agree_with_wide_arithmetic),
        cmocka_unit_test(price_times_quantity),
        cmocka_unit_test(price_times_quantity_agrees_with_wide_arithmetic),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
