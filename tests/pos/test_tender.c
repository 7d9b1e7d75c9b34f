/* Suggested sums, the notes of the change, receipt numbers: rules by table. */
#include "tests/base/cmocka_all.h"

#include <string.h>

#include "pos/sale_number.h"
#include "pos/tender.h"

static void test_quick_sums(void **state)
{
    static const struct {
        int64_t total;
        size_t count;
        int64_t sums[QUICK_SUMS_MAX];
    } rows[] = {
        {914000, 4, {914000, 920000, 950000, 1000000}},
        {37500, 4, {37500, 40000, 50000, 100000}},
        {280000, 2, {280000, 300000}},
        {100000, 1, {100000}},
        {1, 4, {1, 10000, 20000, 50000}},
        {41000, 4, {41000, 50000, 60000, 100000}},
        {95000, 2, {95000, 100000}},
        {0, 0, {0}},
        {-5000, 0, {0}},
    };

    (void)state;
    for (size_t i = 0; i < LENGTH(rows); i++) {
        struct quick_sums q = quick_sums(RUPIAH(rows[i].total));

        assert_int_equal(q.count, rows[i].count);
        for (size_t j = 0; j < q.count; j++) {
            assert_int_equal(q.sums[j].rp, rows[i].sums[j]);
        }
    }
}

static void test_quick_sums_always(void **state)
{
    uint64_t seed = 3;

    (void)state;
    for (int i = 0; i < 100000; i++) {
        int64_t total = (int64_t)(pick(&seed) % 20000000) + 1;
        struct quick_sums q = quick_sums(RUPIAH(total));

        assert_int_equal(q.sums[0].rp, total);
        for (size_t j = 1; j < q.count; j++) {
            assert_true(q.sums[j].rp > q.sums[j - 1].rp);
            assert_int_equal(q.sums[j].rp % 10000, 0);
            assert_true(q.sums[j].rp - total < 100000);
        }
    }
}

static void test_change(void **state)
{
    struct change_notes c = change_notes(RUPIAH(86000));
    static const int64_t want[] = {50000, 20000, 10000, 5000, 1000};

    (void)state;
    assert_int_equal(c.count, LENGTH(want));
    for (size_t i = 0; i < c.count; i++) {
        assert_int_equal(c.notes[i].note.rp, want[i]);
        assert_int_equal(c.notes[i].count, 1);
    }
    assert_int_equal(c.rest.rp, 0);
    assert_int_equal(change_notes(RUPIAH(0)).count, 0);
    assert_int_equal(change_notes(RUPIAH(99)).rest.rp, 99);
}

static void test_change_adds_up(void **state)
{
    uint64_t seed = 11;

    (void)state;
    for (int i = 0; i < 100000; i++) {
        int64_t amount = (int64_t)(pick(&seed) % (i % 2 ? 1000000 : (uint64_t)RUPIAH_MAX));
        struct change_notes c = change_notes(RUPIAH(amount));
        int64_t sum = c.rest.rp;

        for (size_t j = 0; j < c.count; j++) {
            assert_true(c.notes[j].count > 0);
            assert_true(j == 0 || c.notes[j].note.rp < c.notes[j - 1].note.rp);
            assert_true(j == 0 || c.notes[j].count * c.notes[j].note.rp < c.notes[j - 1].note.rp);
            sum += c.notes[j].note.rp * c.notes[j].count;
        }
        assert_int_equal(sum, amount);
        assert_true(c.rest.rp >= 0 && c.rest.rp < 100);
    }
}

static void test_number(void **state)
{
    static const struct {
        const char *format, *epoch;
        int64_t no;
        const char *want;
    } rows[] = {
        {"{till}/{satker}/{year}/{epoch}{no}", "A", 1, "2/632331/2026/000001"},
        {"{till}/{satker}/{year}/{epoch}{no}", "B", 12, "2/632331/2026/B000012"},
        {"{satker}-{year}-{till}-{epoch}-{no}", "A", 1234567, "632331-2026-2--1234567"},
        {"K{till} {no} {lain} {", "A", 7, "K2 000007 {lain} {"},
    };
    char out[SALE_NUMBER_LEN_MAX + 1];
    struct sale_number number = {.till = "2", .satker = "632331", .year = 2026};

    (void)state;
    for (size_t i = 0; i < LENGTH(rows); i++) {
        number.epoch = rows[i].epoch;
        number.no = rows[i].no;
        assert_true(sale_number_write(out, rows[i].format, &number));
        assert_string_equal(out, rows[i].want);
    }
    assert_false(sale_number_write(
        out, "{satker}{satker}{satker}{satker}{satker}{satker}{satker}{satker}{satker}{satker}{no}",
        &number));
    assert_false(sale_number_write(out, "", &number));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_quick_sums), cmocka_unit_test(test_quick_sums_always),
        cmocka_unit_test(test_change),     cmocka_unit_test(test_change_adds_up),
        cmocka_unit_test(test_number),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
