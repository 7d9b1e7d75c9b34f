/* The page of the state's money: a day's lines, what is held, what is late, and gaps said aloud. */
#include "tests/story.h"

#include "pos/pnbp/pnbp_today.h"

static void test_pnbp_page(void **state)
{
    const struct pnbp_terms terms = {{DEADLINE_NEXT_WORKING_DAY, 0}, 15 * 60};
    struct pnbp_today today;
    struct story s;
    struct sale sale;

    (void)state;
    story_open(&s, "KEP-1990");
    story_j1_goods(&s);
    STORY_OK(&s, story_sell(&s, &sale, "a", "BTK-001", QTY_WHOLE(1), 250000));
    story_wait(&s, 86400000); /* Monday */
    STORY_OK(&s, story_sell(&s, &sale, "b", "KRJ-001", QTY_WHOLE(2), 30000));
    story_wait(&s, INT64_C(6) * 3600000); /* 15.41: Sunday's money is late */
    STORY_OK(&s, pnbp_today(&today, &s.cx, day_of(2026, 11, 23), terms));
    assert_int_equal(today.line_count, 1);
    assert_string_equal(today.lines[0].number, "1/632331/2026/000002");
    assert_int_equal(today.pnbp.rp, 1800);
    assert_int_equal(today.gross.rp, 30000);
    assert_int_equal(today.account_count, 1);
    assert_string_equal(today.accounts[0].revenue_account, "425119");
    assert_int_equal(today.undeposited.rp, 15300);
    assert_int_equal(today.held_cashier.rp, 15300);
    assert_int_equal(today.held_treasurer.rp, 0);
    assert_int_equal(today.premi_owed.rp, 51000);
    assert_int_equal(today.day_count, 2);
    assert_int_equal(today.days[0].undeposited.rp, 13500);
    assert_int_equal(today.days[0].overdue_workdays, 1);
    assert_string_equal(today.days[0].countdown, "Terlambat 1 hari kerja");
    assert_int_equal(today.days[1].undeposited.rp, 1800);
    assert_string_equal(today.days[1].countdown, "sisa 23 jam 19 menit");
    assert_false(today.calendar_incomplete);
    /* A year of which the list is not known. */
    story_wait(&s, INT64_C(38) * 86400000);
    STORY_OK(&s, story_sell(&s, &sale, "c", "KRJ-001", QTY_WHOLE(1), 15000));
    STORY_OK(&s, pnbp_today(&today, &s.cx, day_of(2026, 12, 31), terms));
    assert_true(today.calendar_incomplete);
    assert_int_equal(today.calendar_year, 2027);
    assert_true(today.days[2].deadline.crosses_fiscal_year);
    story_close(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pnbp_page),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
