/* Materials and work orders told as stories. */
#include "inventory/cost_share.h"
#include "tests/inventory/work_shop.h"

static const struct work_share two[] = {{"W-03", {0}, 6000, ""}, {"W-07", {0}, 4000, ""}};

/* J6: 24 cloths planned, 22 A, 1 B, 1 reject: 23 pieces, and not a rupiah lost. */
static void check_pieces(struct story *s, const struct work_finished *out)
{
    int64_t sum = 0;

    for (size_t i = 0; i < out->received.piece_count; i++) {
        struct label label;

        STORY_OK(s, label_find(&label, &s->cx, out->received.codes[i]));
        assert_int_equal(label.state, LABEL_AVAILABLE);
        sum += label.unit_cost.rp;
    }
    assert_int_equal(sum, out->total.rp);
}

static void test_j6(void **state)
{
    const struct work_share with_eleven[] = {
        {"W-03", {0}, 6000, ""}, {"W-07", {0}, 3000, ""}, {"W-11", {0}, 1000, ""}};
    const struct work_share ninety[] = {{"W-03", {0}, 6000, ""}, {"W-07", {0}, 3000, ""}};
    struct work_check check = {.grade_a = QTY_WHOLE(22),
                               .grade_b = QTY_WHOLE(1),
                               .reject = QTY_WHOLE(1),
                               .note = "",
                               .over_reason = ""};
    struct work_finish finish = {.check = 1, .overhead = RUPIAH(600000), .over_reason = ""};
    struct programme_report report;
    struct material_list materials;
    struct work_finished out, again;
    struct work_order work;
    struct document_no no;
    struct material_use w;
    struct sale sale;
    struct work_shop h;
    struct story *s = &h.s;
    int32_t n;

    (void)state;
    work_shop_open(&h, __func__);
    no = work_shop_plan(&h, 24);
    w = work_shop_use(&h, no.text, 26500);
    STORY_OK(s, material_issue(&s->cx, &w));
    STORY_OK(s, work_get(&work, &s->cx, no.text));
    assert_int_equal(work.state, WORK_RUNNING);
    assert_int_equal(work.materials.cost.rp, 2500001 * INT64_C(26500) / 60500);
    STORY_OK(s, material_all(&materials, &s->cx));
    assert_int_equal(materials.items[0].on_hand.milli, 34000);
    assert_int_equal(materials.items[0].cost.rp + work.materials.cost.rp, 2500001);
    STORY_REFUSED(s, work_shares_put(&s->cx, no.text, with_eleven, 3), ERR_REFUSED, "maker-passed");
    assert_non_null(strstr(s->cx.why.text, "W-11"));
    STORY_REFUSED(s, work_shares_put(&s->cx, no.text, ninety, 2), ERR_INVALID, "shares-total");
    assert_non_null(strstr(s->cx.why.text, "90,00 %"));
    STORY_OK(s, work_shares_put(&s->cx, no.text, two, 2));
    STORY_OK(s, work_check(&n, &s->cx, no.text, &check));
    STORY_OK(s, work_finish(&out, &s->cx, no.text, &finish));
    assert_int_equal(out.received.piece_count, 23);
    assert_int_equal(out.total.rp, work.materials.cost.rp + 600000);
    assert_int_equal(out.each.rp * 23 + out.rounding.rp, out.total.rp);
    check_pieces(s, &out);
    STORY_OK(s, work_get(&work, &s->cx, no.text));
    assert_int_equal(work.state, WORK_FINISHED);
    story_as(s, "bengkel2", ROLE_WORKSHOP, "");
    STORY_REFUSED(s, work_finish(&again, &s->cx, no.text, &finish), ERR_CONFLICT, "work-done");
    assert_non_null(strstr(s->cx.why.text, "bengkel"));
    story_as(s, "kasir", ROLE_CASHIER, "1");
    STORY_OK(s, story_sell(s, &sale, "a", out.received.codes[0].text, QTY_WHOLE(1), 250000));
    STORY_OK(s, programme_report(&report, &s->cx, h.programme));
    assert_int_equal(report.count, 1);
    assert_int_equal(report.items[0].good.milli, 23000);
    assert_int_equal(report.items[0].reject.milli, 1000);
    assert_int_equal(report.items[0].sold.milli, 1000);
    assert_int_equal(report.revenue.rp, 250000);
    story_close(s);
}

/* In parts, by hours, with something brought back; the last part takes what is left. */
static void test_in_parts(void **state)
{
    const struct work_share hours[] = {
        {"W-03", {1000}, 0, ""}, {"W-07", {1000}, 0, ""}, {"W-11", {1000}, 0, "diawasi langsung"}};
    struct work_check check = {.grade_a = QTY_WHOLE(5),
                               .grade_b = QTY(0),
                               .reject = QTY(0),
                               .note = "",
                               .over_reason = ""};
    struct work_finish finish = {.check = 1, .to = PLACE_STORE, .over_reason = ""};
    struct work_finished first, second;
    struct work_order work;
    struct document_no no;
    struct material_use w;
    struct work_shop h;
    struct story *s = &h.s;
    int64_t charged;
    int32_t n;

    (void)state;
    work_shop_open(&h, __func__);
    no = work_shop_plan(&h, 12);
    STORY_OK(s, work_start(&s->cx, no.text));
    STORY_REFUSED(s, work_start(&s->cx, no.text), ERR_CONFLICT, "work-state");
    w = work_shop_use(&h, no.text, 12000);
    STORY_OK(s, material_issue(&s->cx, &w));
    STORY_OK(s, work_check(&n, &s->cx, no.text, &check));
    STORY_REFUSED(s, work_finish(&first, &s->cx, no.text, &finish), ERR_REFUSED, "shares-none");
    STORY_OK(s, work_shares_put(&s->cx, no.text, hours, 3));
    STORY_OK(s, work_get(&work, &s->cx, no.text));
    assert_int_equal(work.shares[0].share_bps + work.shares[1].share_bps + work.shares[2].share_bps,
                     10000);
    assert_int_equal(work.shares[0].share_bps, 3334);
    charged = work.materials.cost.rp * 5 / 12;
    STORY_OK(s, work_finish(&first, &s->cx, no.text, &finish));
    assert_int_equal(first.total.rp, charged);
    STORY_REFUSED(s, material_return(&s->cx, &w), ERR_REFUSED, "material-charged");
    w.qty = QTY(2000);
    STORY_OK(s, material_return(&s->cx, &w));
    w.qty = QTY(500);
    STORY_OK(s, material_lose(&s->cx, &w));
    w.qty = QTY(50000);
    STORY_REFUSED(s, material_return(&s->cx, &w), ERR_REFUSED, "material-more");
    check.grade_a = QTY_WHOLE(8);
    STORY_REFUSED(s, work_check(&n, &s->cx, no.text, &check), ERR_REFUSED, "work-over");
    check.over_reason = "sisa kain cukup";
    STORY_OK(s, work_check(&n, &s->cx, no.text, &check));
    assert_int_equal(n, 2);
    finish.check = 2;
    STORY_OK(s, work_get(&work, &s->cx, no.text));
    STORY_OK(s, work_finish(&second, &s->cx, no.text, &finish));
    assert_int_equal(first.total.rp + second.total.rp, work.materials.cost.rp);
    STORY_OK(s, work_get(&work, &s->cx, no.text));
    assert_int_equal(work.state, WORK_FINISHED);
    STORY_REFUSED(s, work_cancel(&s->cx, no.text, "salah"), ERR_CONFLICT, "work-state");
    story_close(s);
}

static void test_cancelled(void **state)
{
    struct material_list materials;
    struct work_order work;
    struct document_no no;
    struct material_use w;
    struct work_list list;
    struct work_shop h;
    struct story *s = &h.s;

    (void)state;
    work_shop_open(&h, __func__);
    no = work_shop_plan(&h, 10);
    w = work_shop_use(&h, no.text, 10000);
    STORY_OK(s, material_issue(&s->cx, &w));
    STORY_REFUSED(s, work_cancel(&s->cx, no.text, ""), ERR_INVALID, "note-missing");
    STORY_OK(s, work_cancel(&s->cx, no.text, "bahan cacat"));
    STORY_OK(s, work_get(&work, &s->cx, no.text));
    assert_int_equal(work.state, WORK_CANCELLED);
    assert_int_equal(work.materials.cost.rp, 0);
    STORY_REFUSED(s, material_issue(&s->cx, &w), ERR_CONFLICT, "work-state");
    w.work_order = "";
    w.qty = QTY(500);
    STORY_OK(s, material_lose(&s->cx, &w));
    w.note = "";
    STORY_REFUSED(s, material_lose(&s->cx, &w), ERR_INVALID, "note-missing");
    STORY_OK(s, material_all(&materials, &s->cx));
    assert_int_equal(materials.items[0].on_hand.milli, 50000);
    STORY_REFUSED(s, work_get(&work, &s->cx, "PK-2026-0077"), ERR_NOT_FOUND, "work-unknown");
    STORY_OK(s, work_list(&list, &s->cx));
    assert_int_equal(list.count, 1);
    story_close(s);
}

/* Material of unknown cost makes goods of unknown cost, and says so. */
static void test_unknown_cost(void **state)
{
    struct work_check check = {.grade_a = QTY_WHOLE(2),
                               .grade_b = QTY(0),
                               .reject = QTY(0),
                               .note = "",
                               .over_reason = ""};
    struct work_finish finish = {
        .check = 1, .last = true, .overhead = RUPIAH(5000), .over_reason = ""};
    struct work_finished out;
    struct document_no no;
    struct material_use w;
    struct label label;
    struct work_shop h;
    struct story *s = &h.s;
    int32_t n;

    (void)state;
    work_shop_open(&h, __func__);
    STORY_OK(s, material_receive(&no, &s->cx,
                                 &(struct material_receive){.product = h.cloth,
                                                            .supplier = h.supplier,
                                                            .qty = QTY(5000),
                                                            .invoice_no = "",
                                                            .note = "hibah"}));
    no = work_shop_plan(&h, 3);
    w = work_shop_use(&h, no.text, 65000);
    STORY_OK(s, material_issue(&s->cx, &w));
    STORY_OK(s, work_shares_put(&s->cx, no.text, two, 2));
    STORY_OK(s, work_check(&n, &s->cx, no.text, &check));
    STORY_OK(s, work_finish(&out, &s->cx, no.text, &finish));
    assert_false(out.cost_known);
    STORY_OK(s, label_find(&label, &s->cx, out.received.codes[0]));
    assert_false(label.cost_known);
    story_close(s);
}

static void test_refused(void **state)
{
    struct document_no no;
    struct work_shop h;
    struct story *s = &h.s;
    int32_t n;

    (void)state;
    work_shop_open(&h, __func__);
    {
        const struct {
            struct work_new w;
            enum err want;
            const char *slug;
        } rows[] = {
            {{.product = {{9}}, .planned = {1000}, .capital = "DIPA", .note = ""},
             ERR_NOT_FOUND,
             "product-unknown"},
            {{.product = h.cloth, .planned = {1000}, .capital = "DIPA", .note = ""},
             ERR_REFUSED,
             "work-product"},
            {{.product = h.batik, .planned = {0}, .capital = "DIPA", .note = ""},
             ERR_INVALID,
             "qty-zero"},
            {{.product = h.batik, .planned = {1500}, .capital = "DIPA", .note = ""},
             ERR_INVALID,
             "qty-fraction"},
            {{.product = h.batik, .planned = {3000000}, .capital = "DIPA", .note = ""},
             ERR_LIMIT,
             "qty-limit"},
            {{.product = h.batik, .planned = {1000}, .capital = "UTANG", .note = ""},
             ERR_INVALID,
             "capital-wrong"},
        };

        for (size_t i = 0; i < LENGTH(rows); i++) {
            STORY_REFUSED(s, work_plan(&no, &s->cx, &rows[i].w), rows[i].want, rows[i].slug);
        }
    }
    no = work_shop_plan(&h, 5);
    {
        const struct work_check zero = {.reject = QTY_WHOLE(5), .note = "", .over_reason = ""};
        const struct work_share unknown = {"W-99", {0}, 10000, ""};
        const struct work_share twice[] = {{"W-03", {0}, 5000, ""}, {"W-03", {0}, 5000, ""}};
        struct material_use w = work_shop_use(&h, no.text, 99000);

        STORY_REFUSED(s, material_issue(&s->cx, &w), ERR_REFUSED, "out-of-stock");
        w.qty = QTY(0);
        STORY_REFUSED(s, material_issue(&s->cx, &w), ERR_INVALID, "qty-zero");
        w.product = h.batik;
        STORY_REFUSED(s, material_issue(&s->cx, &w), ERR_INVALID, "material-wrong");
        STORY_REFUSED(s, work_check(&n, &s->cx, no.text, &zero), ERR_CONFLICT, "work-state");
        STORY_OK(s, work_start(&s->cx, no.text));
        STORY_REFUSED(s, work_check(&n, &s->cx, no.text, &zero), ERR_INVALID, "check-zero");
        STORY_REFUSED(s, work_shares_put(&s->cx, no.text, &unknown, 1), ERR_INVALID,
                      "maker-unknown");
        STORY_REFUSED(s, work_shares_put(&s->cx, no.text, twice, 2), ERR_INVALID, "shares-twice");
        STORY_REFUSED(s, work_shares_put(&s->cx, no.text, NULL, 0), ERR_INVALID, "shares-none");
    }
    story_close(s);
}

static void test_refused_papers(void **state)
{
    struct programme_id id;
    struct place_id place;
    struct document_no no;
    struct programme p;
    struct work_shop h;
    struct story *s = &h.s;

    (void)state;
    work_shop_open(&h, __func__);
    for (int i = 0; i < 5; i++) {
        static const char *const slugs[] = {"programme-code", "programme-taken", "programme-name",
                                            "programme-days", "programme-name"};
        struct programme_new w = {
            .code = "LLK-1", .name = "Pelatihan", .kind = "LLK", .partner = "LLK Contoh"};

        switch (i) {
        case 0: w.code = "mou"; break;
        case 1: w.code = "MOU-PEMKOT"; break;
        case 2: w.name = ""; break;
        case 3:
            w.from = DAY(20000);
            w.to = DAY(19999);
            break;
        default: w.kind = "X"; break;
        }
        STORY_REFUSED(s, programme_create(&id, &s->cx, &w), i == 1 ? ERR_CONFLICT : ERR_INVALID,
                      slugs[i]);
    }
    STORY_REFUSED(s, programme_get(&p, &s->cx, "TIDAK-ADA"), ERR_NOT_FOUND, "programme-unknown");
    STORY_REFUSED(s, supplier_create(&place, &s->cx, ""), ERR_INVALID, "supplier-name");
    STORY_REFUSED(s, supplier_create(&place, &s->cx, "Toko Kain Contoh"), ERR_CONFLICT,
                  "supplier-taken");
    {
        const struct {
            struct material_receive w;
            const char *slug;
        } rows[] = {
            {{.product = h.batik, .supplier = h.supplier, .qty = {1000}}, "material-wrong"},
            {{.product = h.cloth, .supplier = {{9}}, .qty = {1000}}, "supplier-unknown"},
            {{.product = h.cloth, .supplier = h.supplier, .qty = {0}}, "qty-zero"},
            {{.product = h.cloth,
              .supplier = h.supplier,
              .qty = {1},
              .cost_known = true,
              .total = {-1}},
             "cost-bad"},
        };

        for (size_t i = 0; i < LENGTH(rows); i++) {
            struct material_receive w = rows[i].w;

            w.invoice_no = w.note = "";
            STORY_REFUSED(s, material_receive(&no, &s->cx, &w), ERR_INVALID, rows[i].slug);
        }
    }
    {
        const struct goods_receive w = {.product = h.cloth, .qty = QTY_WHOLE(1)};
        struct received out;

        STORY_REFUSED(s, goods_receive(&out, &s->cx, &w), ERR_REFUSED, "receive-material");
    }
    story_close(s);
}

/* Whatever is taken, in whatever parts: all parts together are the whole. */
static void test_cost_parts(void **state)
{
    uint64_t x = 88172645463325252U;

    (void)state;
    for (int round = 0; round < 20000; round++) {
        int64_t cost, qty, sum = 0, whole, left_rp;
        struct rupiah left;

        x ^= x << 13;
        x ^= x >> 7;
        x ^= x << 17;
        cost = whole = (int64_t)(x % 1000000000000000U);
        qty = (int64_t)(x / 7 % 999999999999U) + 1;
        while (qty > 0) {
            const int64_t part = (int64_t)(x % (uint64_t)qty) + 1;
            const struct rupiah c = cost_share_down(RUPIAH(cost), QTY(qty), QTY(part));

            assert_true(c.rp >= 0 && c.rp <= cost);
            sum += c.rp;
            cost -= c.rp;
            qty -= part;
            x = x * 6364136223846793005U + 1442695040888963407U;
        }
        assert_int_equal(sum, whole);
        left_rp = cost_each_down(&left, RUPIAH(whole), 23).rp * 23 + left.rp;
        assert_int_equal(left_rp, whole);
        assert_true(left.rp >= 0 && left.rp < 23);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_j6),         cmocka_unit_test(test_in_parts),
        cmocka_unit_test(test_cancelled),  cmocka_unit_test(test_unknown_cost),
        cmocka_unit_test(test_refused),    cmocka_unit_test(test_refused_papers),
        cmocka_unit_test(test_cost_parts),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
