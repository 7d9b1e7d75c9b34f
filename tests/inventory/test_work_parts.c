/* Work orders that are made in parts, and closed before all is made. */
#include "tests/inventory/work_shop.h"

static const struct work_share two[] = {{"W-03", {0}, 6000, ""}, {"W-07", {0}, 4000, ""}};

/* Two checks wait: none of them takes the other's costs.  Then the rest is given up. */
static void test_waiting_and_closed(void **state)
{
    struct work_check check = {.grade_a = QTY_WHOLE(4),
                               .grade_b = QTY(0),
                               .reject = QTY(0),
                               .note = "",
                               .over_reason = ""};
    struct work_finish finish = {.check = 1, .last = true, .over_reason = ""};
    struct work_finished first, second;
    struct work_order work;
    struct document_no no;
    struct material_use w;
    struct work_shop h;
    struct story *s = &h.s;
    int32_t n;

    (void)state;
    work_shop_open(&h, __func__);
    no = work_shop_plan(&h, 10);
    w = work_shop_use(&h, no.text, 10000);
    STORY_OK(s, material_issue(&s->cx, &w));
    STORY_OK(s, work_shares_put(&s->cx, no.text, two, 2));
    STORY_OK(s, work_check(&n, &s->cx, no.text, &check));
    STORY_OK(s, work_check(&n, &s->cx, no.text, &check));
    STORY_REFUSED(s, work_finish(&first, &s->cx, no.text, &finish), ERR_REFUSED, "check-waits");
    finish.last = false;
    STORY_OK(s, work_finish(&first, &s->cx, no.text, &finish));
    STORY_REFUSED(s, work_cancel(&s->cx, no.text, "kain habis"), ERR_REFUSED, "work-part");
    finish.check = 2;
    STORY_OK(s, work_finish(&second, &s->cx, no.text, &finish));
    assert_true(second.total.rp >= first.total.rp && second.total.rp <= first.total.rp + 1);
    w.qty = QTY(2001);
    STORY_REFUSED(s, material_return(&s->cx, &w), ERR_REFUSED, "material-charged");
    w.qty = QTY(1500);
    STORY_OK(s, material_return(&s->cx, &w));
    STORY_REFUSED(s, material_return(&s->cx, &w), ERR_REFUSED, "material-charged");
    STORY_REFUSED(s, work_cancel(&s->cx, no.text, ""), ERR_INVALID, "note-missing");
    STORY_OK(s, work_cancel(&s->cx, no.text, "dua terakhir rusak"));
    STORY_OK(s, work_get(&work, &s->cx, no.text));
    assert_int_equal(work.state, WORK_FINISHED);
    assert_string_equal(work.state_reason, "dua terakhir rusak");
    assert_int_equal(work.charged.rp, first.total.rp + second.total.rp);
    assert_true(work.charged.rp < work.materials.cost.rp);
    story_close(s);
}

/* All that was planned waits in two checks: each takes its part, together all of it.  What was
 * given for nothing does not come back out of what was made of it either. */
static void test_all_waiting(void **state)
{
    struct work_check check = {.grade_a = QTY_WHOLE(3),
                               .grade_b = QTY(0),
                               .reject = QTY(0),
                               .note = "",
                               .over_reason = ""};
    struct work_finish finish = {.check = 1, .over_reason = ""};
    struct work_finished first, second;
    struct work_order work;
    struct document_no no;
    struct material_use w;
    struct work_shop h;
    struct story *s = &h.s;
    int32_t n;

    (void)state;
    work_shop_open(&h, __func__);
    STORY_OK(s, material_receive(&no, &s->cx,
                                 &(struct material_receive){.product = h.cloth,
                                                            .supplier = h.supplier,
                                                            .qty = QTY(5000),
                                                            .cost_known = true,
                                                            .total = RUPIAH(0),
                                                            .invoice_no = "",
                                                            .note = "hibah"}));
    no = work_shop_plan(&h, 5);
    w = work_shop_use(&h, no.text, 65000);
    STORY_OK(s, material_issue(&s->cx, &w));
    STORY_OK(s, work_shares_put(&s->cx, no.text, two, 2));
    STORY_OK(s, work_check(&n, &s->cx, no.text, &check));
    check.grade_a = QTY_WHOLE(2);
    STORY_OK(s, work_check(&n, &s->cx, no.text, &check));
    STORY_OK(s, work_finish(&first, &s->cx, no.text, &finish));
    STORY_OK(s, work_get(&work, &s->cx, no.text));
    assert_int_equal(work.state, WORK_CHECKED);
    w.qty = QTY(26001);
    STORY_REFUSED(s, material_lose(&s->cx, &w), ERR_REFUSED, "material-charged");
    finish.check = 2;
    STORY_OK(s, work_finish(&second, &s->cx, no.text, &finish));
    assert_int_equal(first.total.rp, work.materials.cost.rp * 3 / 5);
    assert_int_equal(first.total.rp + second.total.rp, work.materials.cost.rp);
    STORY_OK(s, work_get(&work, &s->cx, no.text));
    assert_int_equal(work.state, WORK_FINISHED);
    story_close(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_waiting_and_closed),
        cmocka_unit_test(test_all_waiting),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
