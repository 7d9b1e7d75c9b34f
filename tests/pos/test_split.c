/* The division of proceeds: rules by table, and what must hold for every sum. */
#include "tests/base/cmocka_all.h"

#include <string.h>

#include "embedded.h"
#include "inventory/base/calendar.h"
#include "inventory/base/money_text.h"
#include "pos/pnbp/reference.h"
#include "pos/pnbp/split.h"

static struct split_rule rule_of(enum split_base base, int32_t pnbp, int32_t premi, int32_t fund)
{
    return (struct split_rule){
        .base = base, .pnbp_bps = pnbp, .premi_bps = premi, .fund_bps = fund};
}

static void test_table(void **state)
{
    /* Rule A: premi 50, modal 35, PNBP 15.  B: PNBP 50, premi 35, program 15.  C: PNBP 25, premi
     * 15, usaha 60. */
    static const struct {
        int64_t base;
        int64_t a[3]; /* premi, fund, pnbp */
        int64_t b[3]; /* pnbp, premi, fund */
        int64_t c[3]; /* pnbp, premi, fund */
    } rows[] = {
        {83204000,
         {41602000, 29121400, 12480600},
         {41602000, 29121400, 12480600},
         {20801000, 12480600, 49922400}},
        {38300000,
         {19150000, 13405000, 5745000},
         {19150000, 13405000, 5745000},
         {9575000, 5745000, 22980000}},
        {23500000,
         {11750000, 8225000, 3525000},
         {11750000, 8225000, 3525000},
         {5875000, 3525000, 14100000}},
        {12184100,
         {6092050, 4264435, 1827615},
         {6092050, 4264435, 1827615},
         {3046025, 1827615, 7310460}},
        {99, {49, 34, 16}, {51, 34, 14}, {26, 14, 59}},
        {1, {0, 0, 1}, {1, 0, 0}, {1, 0, 0}},
        {0, {0, 0, 0}, {0, 0, 0}, {0, 0, 0}},
    };
    const struct split_rule a = rule_of(SPLIT_GROSS_SALES, 1500, 5000, 3500);
    const struct split_rule b = rule_of(SPLIT_GROSS_SALES, 5000, 3500, 1500);
    const struct split_rule c = rule_of(SPLIT_GROSS_SALES, 2500, 1500, 6000);

    (void)state;
    for (size_t i = 0; i < LENGTH(rows); i++) {
        struct rupiah total = RUPIAH(rows[i].base);
        struct split s;

        assert_true(split_divide(&s, &a, total, false, RUPIAH(0)));
        assert_int_equal(s.premi.rp, rows[i].a[0]);
        assert_int_equal(s.fund.rp, rows[i].a[1]);
        assert_int_equal(s.pnbp.rp, rows[i].a[2]);
        assert_true(split_divide(&s, &b, total, false, RUPIAH(0)));
        assert_int_equal(s.pnbp.rp, rows[i].b[0]);
        assert_int_equal(s.premi.rp, rows[i].b[1]);
        assert_int_equal(s.fund.rp, rows[i].b[2]);
        assert_true(split_divide(&s, &c, total, false, RUPIAH(0)));
        assert_int_equal(s.pnbp.rp, rows[i].c[0]);
        assert_int_equal(s.premi.rp, rows[i].c[1]);
        assert_int_equal(s.fund.rp, rows[i].c[2]);
    }
}

static void test_profit(void **state)
{
    const struct split_rule a = rule_of(SPLIT_PROFIT, 1500, 5000, 3500);
    struct split s;

    (void)state;
    assert_true(split_divide(&s, &a, RUPIAH(150000), true, RUPIAH(90000)));
    assert_int_equal(s.base.rp, 60000);
    assert_int_equal(s.premi.rp, 30000);
    assert_int_equal(s.fund.rp, 21000);
    assert_int_equal(s.pnbp.rp, 9000);
    assert_int_equal(s.cost_back.rp, 90000);
    assert_false(s.loss);

    /* Below cost: no shares, everything goes back, flagged. */
    assert_true(split_divide(&s, &a, RUPIAH(80000), true, RUPIAH(90000)));
    assert_int_equal(s.base.rp, 0);
    assert_int_equal(s.premi.rp + s.fund.rp + s.pnbp.rp, 0);
    assert_int_equal(s.cost_back.rp, 80000);
    assert_true(s.loss);

    /* At cost: nothing to share, but no loss. */
    assert_true(split_divide(&s, &a, RUPIAH(90000), true, RUPIAH(90000)));
    assert_false(s.loss);
    assert_int_equal(s.cost_back.rp, 90000);

    assert_false(split_divide(&s, &a, RUPIAH(150000), false, RUPIAH(0)));
}

static void test_sums_always(void **state)
{
    uint64_t seed = 7;

    (void)state;
    for (int i = 0; i < 200000; i++) {
        int32_t premi = (int32_t)(pick(&seed) % 10001);
        int32_t fund = (int32_t)(pick(&seed) % (uint64_t)(10001 - premi));
        enum split_base base = pick(&seed) % 2 ? SPLIT_PROFIT : SPLIT_GROSS_SALES;
        struct split_rule rule = rule_of(base, 10000 - premi - fund, premi, fund);
        int64_t most = pick(&seed) % 2 ? RUPIAH_MAX : 1000000;
        struct rupiah total = RUPIAH((int64_t)(pick(&seed) % (uint64_t)(most + 1)));
        struct rupiah cost = RUPIAH((int64_t)(pick(&seed) % (uint64_t)(most + 1)));
        struct split s;

        assert_true(split_divide(&s, &rule, total, true, cost));
        assert_int_equal(s.pnbp.rp + s.premi.rp + s.fund.rp + s.cost_back.rp, total.rp);
        assert_true(s.pnbp.rp >= 0 && s.premi.rp >= 0 && s.fund.rp >= 0 && s.cost_back.rp >= 0);
        /* Rounding is never to the state's harm, and by less than two rupiah. */
        assert_true(s.pnbp.rp >= rupiah_share_down(s.base, rule.pnbp_bps).rp);
        assert_true(s.pnbp.rp <= rupiah_share_down(s.base, rule.pnbp_bps).rp + 2);
    }
}

static void test_rules_of_the_program(void **state)
{
    const struct split_rules *rules;
    struct why why;

    (void)state;
    assert_int_equal(reference_start(&why), OK);
    rules = &reference()->rules;
    assert_non_null(split_rule_find(rules, "SETOR-PENUH", day_of(2026, 11, 22)));
    assert_null(split_rule_find(rules, "SETOR-PENUH", day_of(2024, 12, 17)));
    assert_non_null(split_rule_find(rules, "SETOR-PENUH", day_of(2024, 12, 18)));
    assert_int_equal(split_rule_find(rules, "KEP-1990", day_of(2026, 1, 1))->base, SPLIT_PROFIT);
    assert_null(split_rule_find(rules, "BUKAN-ATURAN", day_of(2026, 1, 1)));
    assert_int_equal(reference()->families.count, 8);
    reference_stop();
}

static const char heading[] = "code,name,valid_from,valid_to,base,commission_in_base,pnbp_bps,"
                              "premi_bps,fund_bps,fund_name,citation,confidence\n";

static void test_dated_and_bad_rows(void **state)
{
    static const char *const bad[] = {
        "X,x,2020-01-01,,PROFIT,no,1500,5000,3499,f,c,d\n", /* does not sum to 10000 */
        "X,x,2020-01-01,,NETTO,no,1500,5000,3500,f,c,d\n",
        "X,x,2020-13-01,,PROFIT,no,1500,5000,3500,f,c,d\n",
        "X,x,2020-01-01,,PROFIT,no,15.5,5000,3500,f,c,d\n",
        ",x,2020-01-01,,PROFIT,no,1500,5000,3500,f,c,d\n",
        "X,x,2020-01-01,,PROFIT,no,1500,5000\n",
    };
    struct split_rules rules;
    char text[1024];
    struct why why;

    (void)state;
    snprintf(text, sizeof text, "%s%s%s", heading,
             "X,x,2020-01-01,2022-12-31,PROFIT,no,1500,5000,3500,f,c,d\n",
             "X,x,2023-01-01,,GROSS_SALES,no,10000,0,0,,c,d\n");
    assert_int_equal(split_rules_read(&rules, text, strlen(text), &why), OK);
    assert_null(split_rule_find(&rules, "X", day_of(2019, 12, 31)));
    assert_int_equal(split_rule_find(&rules, "X", day_of(2022, 12, 31))->base, SPLIT_PROFIT);
    assert_int_equal(split_rule_find(&rules, "X", day_of(2023, 1, 1))->base, SPLIT_GROSS_SALES);
    for (size_t i = 0; i < LENGTH(bad); i++) {
        snprintf(text, sizeof text, "%s%s", heading, bad[i]);
        assert_int_equal(split_rules_read(&rules, text, strlen(text), &why), ERR_INVALID);
        assert_non_null(strstr(why.text, "baris 2"));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_table),
        cmocka_unit_test(test_profit),
        cmocka_unit_test(test_sums_always),
        cmocka_unit_test(test_rules_of_the_program),
        cmocka_unit_test(test_dated_and_bad_rows),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
