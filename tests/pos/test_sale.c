/* Selling, told as stories: journey J1 to the rupiah, each refusal, the same request again. */
#include "tests/story.h"

#include "inventory/journal.h"
#include "pos/ledger.h"

static struct sale_wanted wanted_of(const char *key, const struct sale_line_wanted *lines, size_t n,
                                    const struct tender *tender)
{
    return (struct sale_wanted){
        .key = story_key(key),
        .lines = lines,
        .line_count = n,
        .tenders = tender,
        .tender_count = 1,
    };
}

static void assert_conserved(const struct sale *sale)
{
    struct rupiah sum = RUPIAH(0);

    for (size_t i = 0; i < sale->line_count; i++) {
        const struct sale_line_row *l = &sale->lines[i];

        assert_int_equal(l->pnbp.rp + l->premi.rp + l->fund.rp + l->cost_back.rp, l->total.rp);
        sum.rp += l->total.rp;
    }
    assert_int_equal(sum.rp, sale->head.total.rp);
}

static void test_j1(void **state)
{
    struct tender cash = {TENDER_CASH, RUPIAH(300000)};
    struct sale_line_wanted lines[2] = {{NULL, QTY_WHOLE(1)}, {"KRJ-001", QTY_WHOLE(2)}};
    struct sale_wanted wanted = wanted_of("j1", lines, 2, &cash);
    struct journal_head before, after;
    struct received batik;
    struct sale sale, stored;
    struct story s;
    bool again;

    (void)state;
    story_open(&s, "KEP-1990");
    batik = story_j1_goods(&s);
    lines[0].code = batik.codes[0].text;
    story_as(&s, "kasir", ROLE_CASHIER, "1");
    STORY_OK(&s, journal_head(&before, &s.cx));
    STORY_OK(&s, sale_commit(&sale, &again, &s.cx, &wanted));
    STORY_OK(&s, journal_head(&after, &s.cx));
    assert_int_equal(after.seq, before.seq + 1);
    assert_int_equal(sale.head.journal_seq, after.seq);
    assert_int_equal(s.cx.last_seq, after.seq);
    assert_false(again);
    assert_string_equal(sale.head.number, "1/632331/2026/000001");
    assert_int_equal(sale.head.total.rp, 280000);
    assert_int_equal(sale.head.change.rp, 20000);
    assert_int_equal(sale.head.pnbp.rp, 15300);
    assert_int_equal(sale.head.premi.rp, 51000);
    assert_int_equal(sale.head.fund.rp, 35700);
    assert_int_equal(sale.head.cost.rp, 178000);
    assert_int_equal(sale.lines[0].pnbp.rp, 13500);
    assert_int_equal(sale.lines[1].pnbp.rp, 1800);
    assert_string_equal(sale.lines[1].rule, "KEP-1990");
    assert_conserved(&sale);

    assert_int_equal(story_balance(&s, ACCOUNT_TILL_DRAWER, "1"), 280000);
    assert_int_equal(story_balance(&s, ACCOUNT_SALES_CLEARING, "1"), 0);
    assert_int_equal(story_balance(&s, ACCOUNT_PNBP_OWED, "425119"), -15300);
    assert_int_equal(story_balance(&s, ACCOUNT_PREMI_OWED, "1"), -51000);
    assert_int_equal(story_balance(&s, ACCOUNT_PRODUCTION_FUND, "1"), -(35700 + 178000));
    assert_int_equal(story_on_hand(&s, "BTK-001").milli, 2000);
    assert_int_equal(story_on_hand(&s, "KRJ-001").milli, 98000);

    STORY_OK(&s, sale_by_number(&stored, &s.cx, "1/632331/2026/000001"));
    assert_true(sale_id_equal(stored.id, sale.id));
    assert_int_equal(stored.line_count, 2);
    assert_int_equal(stored.payment_count, 1);
    assert_int_equal(stored.payments[0].change.rp, 20000);
    assert_string_equal(stored.lines[0].code, batik.codes[0].text);
    assert_null(stored.lines[1].code);

    /* The same batik again: refused with day, hour and receipt. */
    story_wait(&s, 60000);
    STORY_REFUSED(&s, story_sell(&s, &sale, "j1-2", batik.codes[0].text, QTY_WHOLE(1), 250000),
                  ERR_CONFLICT, "unit-sold");
    assert_non_null(strstr(s.cx.why.text, "22 November 2026 09.41, struk 1/632331/2026/000001"));
    story_close(&s);
}

static void test_full_deposit(void **state)
{
    struct received batik;
    struct story s;
    struct sale sale;

    (void)state;
    story_open(&s, NULL); /* a fresh install: SETOR-PENUH */
    batik = story_j1_goods(&s);
    STORY_OK(&s, story_sell(&s, &sale, "a", batik.codes[1].text, QTY_WHOLE(1), 250000));
    assert_int_equal(sale.head.pnbp.rp, 250000);
    assert_int_equal(sale.head.premi.rp + sale.head.fund.rp + sale.head.cost.rp, 0);
    assert_string_equal(sale.lines[0].rule, "SETOR-PENUH");
    assert_int_equal(story_balance(&s, ACCOUNT_PNBP_OWED, "425119"), -250000);
    assert_int_equal(story_balance(&s, ACCOUNT_PREMI_OWED, "1"), 0);
    assert_int_equal(story_balance(&s, ACCOUNT_PRODUCTION_FUND, "1"), 0);
    story_close(&s);
}

static void test_rule_change_keeps_old_sales(void **state)
{
    struct story s;
    struct sale first, second, stored;

    (void)state;
    story_open(&s, "KEP-1990");
    story_j1_goods(&s);
    STORY_OK(&s, story_sell(&s, &first, "a", "KRJ-001", QTY_WHOLE(1), 15000));
    story_wait(&s, 1000);
    STORY_OK(&s, setting_set(&s.cx, "split.rule.kerajinan", "OMZET-50"));
    STORY_OK(&s, story_sell(&s, &second, "b", "KRJ-001", QTY_WHOLE(1), 15000));
    assert_string_equal(second.lines[0].rule, "OMZET-50");
    assert_int_equal(second.head.pnbp.rp, 7500);
    STORY_OK(&s, sale_by_id(&stored, &s.cx, first.id));
    assert_string_equal(stored.lines[0].rule, "KEP-1990");
    assert_int_equal(stored.head.pnbp.rp, 900);
    STORY_REFUSED(&s, setting_set(&s.cx, "split.rule", "KARANGAN"), ERR_INVALID, "setting-bad");
    story_close(&s);
}

static void test_same_request_again(void **state)
{
    struct tender cash = {TENDER_CASH, RUPIAH(50000)};
    struct sale_line_wanted line = {"KRJ-001", QTY_WHOLE(2)};
    struct sale_wanted wanted = wanted_of("kunci", &line, 1, &cash);
    struct story s;
    struct sale first, second;
    bool again;

    (void)state;
    story_open(&s, "KEP-1990");
    story_j1_goods(&s);
    STORY_OK(&s, sale_commit(&first, &again, &s.cx, &wanted));
    assert_false(again);
    story_wait(&s, 5000);
    STORY_OK(&s, sale_commit(&second, &again, &s.cx, &wanted));
    assert_true(again);
    assert_string_equal(first.head.number, second.head.number);
    assert_int_equal(second.head.at.ms, first.head.at.ms);
    assert_int_equal(story_on_hand(&s, "KRJ-001").milli, 98000);

    line.qty = QTY_WHOLE(3);
    STORY_REFUSED(&s, sale_commit(&second, &again, &s.cx, &wanted), ERR_CONFLICT, "key-reused");
    line.qty = QTY_WHOLE(2);
    cash.amount = RUPIAH(60000);
    STORY_REFUSED(&s, sale_commit(&second, &again, &s.cx, &wanted), ERR_CONFLICT, "key-reused");
    cash.amount = RUPIAH(50000);
    story_as(&s, "kasir", ROLE_CASHIER, "2");
    STORY_REFUSED(&s, sale_commit(&second, &again, &s.cx, &wanted), ERR_CONFLICT, "key-reused");

    story_reopen(&s);
    story_as(&s, "kasir", ROLE_CASHIER, "1");
    STORY_OK(&s, sale_commit(&second, &again, &s.cx, &wanted));
    assert_true(again);
    STORY_OK(&s, sale_by_key(&second, &s.cx, wanted.key));
    STORY_REFUSED(&s, sale_by_key(&second, &s.cx, story_key("lain")), ERR_NOT_FOUND,
                  "sale-unknown");
    story_close(&s);
}

static void test_numbers(void **state)
{
    static const struct {
        const char *till;
        int64_t wait_ms;
        const char *want;
    } rows[] = {
        {"1", 1000, "1/632331/2026/000001"},
        {"2", 1000, "2/632331/2026/000001"},
        {"1", 1000, "1/632331/2026/000002"},
        {"1", INT64_C(39) * 86400000, "1/632331/2026/000003"}, /* 31 December */
        {"1", INT64_C(86400000), "1/632331/2027/000001"},
        {"2", 1000, "2/632331/2027/000001"},
    };
    struct story s;
    struct sale sale;

    (void)state;
    story_open(&s, "KEP-1990");
    story_j1_goods(&s);
    for (size_t i = 0; i < LENGTH(rows); i++) {
        char key[8];

        snprintf(key, sizeof key, "n%zu", i);
        story_wait(&s, rows[i].wait_ms);
        story_as(&s, "kasir", ROLE_CASHIER, rows[i].till);
        STORY_OK(&s, story_sell(&s, &sale, key, "KRJ-001", QTY_WHOLE(1), 15000));
        assert_string_equal(sale.head.number, rows[i].want);
        /* A refused sale takes no number. */
        STORY_REFUSED(&s, story_sell(&s, &sale, "x", "KRJ-001", QTY_WHOLE(1), 14999), ERR_REFUSED,
                      "tender-short");
    }
    story_close(&s);
}

static void test_refusals(void **state)
{
    struct received batik;
    struct story s;
    struct sale sale;

    (void)state;
    story_open(&s, "KEP-1990");
    batik = story_j1_goods(&s);
    story_product(&s, "TNP-001", "Barang tanpa harga", TRACK_LOT, 0, 0);
    story_receive(&s, "TNP-001", QTY_WHOLE(5), 1000);
    story_product(&s, "HBS-001", "Barang habis", TRACK_LOT, 10000, 5000);
    story_as(&s, "kasir", ROLE_CASHIER, "1");
    {
        const struct {
            const char *code;
            struct qty qty;
            int64_t cash;
            enum err want;
            const char *slug;
        } rows[] = {
            {"TIDAK-ADA-1", QTY_WHOLE(1), 1000, ERR_NOT_FOUND, "code-unknown"},
            {"", QTY_WHOLE(1), 1000, ERR_NOT_FOUND, "code-unknown"},
            {"TNP-001", QTY_WHOLE(1), 1000, ERR_REFUSED, "no-price"},
            {"HBS-001", QTY_WHOLE(1), 10000, ERR_CONFLICT, "out-of-stock"},
            {"KRJ-001", QTY_WHOLE(101), 9999999, ERR_CONFLICT, "out-of-stock"},
            {"KRJ-001", QTY_WHOLE(0), 15000, ERR_INVALID, "qty-zero"},
            {"KRJ-001", QTY_WHOLE(-1), 15000, ERR_INVALID, "qty-zero"},
            {"KRJ-001", QTY_WHOLE(10001), 15000, ERR_LIMIT, "qty-limit"},
            {"KRJ-001", QTY_WHOLE(1), 14999, ERR_REFUSED, "tender-short"},
            {"KRJ-001", QTY_WHOLE(1), 0, ERR_INVALID, "no-tender"},
            {"KRJ-001", QTY_WHOLE(1), -1, ERR_INVALID, "no-tender"},
            {"BTK-001", QTY(2500), 999999, ERR_INVALID, "qty-fraction"},
            {"BTK-001", QTY_WHOLE(4), 9999999, ERR_CONFLICT, "out-of-stock"},
            {batik.codes[0].text, QTY_WHOLE(2), 999999, ERR_INVALID, "qty-piece"},
            {batik.codes[0].text, QTY(2500), 999999, ERR_INVALID, "qty-fraction"},
            {batik.lot_code.text, QTY_WHOLE(1), 999999, ERR_REFUSED, "label-needed"},
        };

        for (size_t i = 0; i < LENGTH(rows); i++) {
            STORY_REFUSED(&s, story_sell(&s, &sale, "r", rows[i].code, rows[i].qty, rows[i].cash),
                          rows[i].want, rows[i].slug);
        }
    }
    story_as(&s, "kasir", ROLE_CASHIER, "4");
    STORY_REFUSED(&s, story_sell(&s, &sale, "r", "KRJ-001", QTY_WHOLE(1), 15000), ERR_INVALID,
                  "till-unknown");
    story_as(&s, "kasir", ROLE_CASHIER, "");
    STORY_REFUSED(&s, story_sell(&s, &sale, "r", "KRJ-001", QTY_WHOLE(1), 15000), ERR_INVALID,
                  "till-unknown");
    STORY_REFUSED(&s, sale_by_number(&sale, &s.cx, "1/632331/2026/000001"), ERR_NOT_FOUND,
                  "sale-unknown");
    story_close(&s);
}

static void test_other_codes(void **state)
{
    struct label_code foreign = label_code_new();
    struct label_code broken;
    struct story s;
    struct sale sale;

    (void)state;
    story_open(&s, "KEP-1990");
    story_j1_goods(&s);
    broken = foreign;
    broken.text[4] = broken.text[4] == '7' ? '8' : '7';
    STORY_REFUSED(&s, story_sell(&s, &sale, "f", foreign.text, QTY_WHOLE(1), 250000), ERR_NOT_FOUND,
                  "code-foreign");
    STORY_REFUSED(&s, story_sell(&s, &sale, "f", broken.text, QTY_WHOLE(1), 250000), ERR_INVALID,
                  "code-check");
    story_close(&s);
}

static void test_lines_of_one_stock(void **state)
{
    struct tender cash = {TENDER_CASH, RUPIAH(10000000)};
    struct sale_line_wanted lines[2] = {{"KRJ-001", QTY_WHOLE(60)}, {"KRJ-001", QTY_WHOLE(41)}};
    struct sale_wanted wanted = wanted_of("k", lines, 2, &cash);
    struct received batik;
    struct story s;
    struct sale sale;
    bool again;

    (void)state;
    story_open(&s, "KEP-1990");
    batik = story_j1_goods(&s);
    STORY_REFUSED(&s, sale_commit(&sale, &again, &s.cx, &wanted), ERR_CONFLICT, "out-of-stock");
    lines[1].qty = QTY_WHOLE(40);
    STORY_OK(&s, sale_commit(&sale, &again, &s.cx, &wanted));
    assert_int_equal(story_on_hand(&s, "KRJ-001").milli, 0);
    lines[0] = lines[1] = (struct sale_line_wanted){batik.codes[0].text, QTY_WHOLE(1)};
    wanted.key = story_key("twice");
    STORY_REFUSED(&s, sale_commit(&sale, &again, &s.cx, &wanted), ERR_INVALID, "in-cart");
    /* By SKU: the oldest pieces, one line each, never the one already on a line. */
    lines[1] = (struct sale_line_wanted){"btk-001", QTY_WHOLE(2)};
    wanted.key = story_key("pieces");
    STORY_OK(&s, sale_commit(&sale, &again, &s.cx, &wanted));
    assert_int_equal(sale.line_count, 3);
    assert_string_equal(sale.lines[1].code, batik.codes[1].text);
    assert_string_equal(sale.lines[2].code, batik.codes[2].text);
    story_close(&s);
}

static void test_lots_first_expired(void **state)
{
    struct product_id coffee;
    struct received old, fresh;
    struct label label;
    struct story s;
    struct sale sale;

    (void)state;
    story_open(&s, "KEP-1990");
    coffee = story_product(&s, "OLH-001", "Kopi bubuk 200 g", TRACK_LOT, 38000, 24000);
    STORY_OK(&s, goods_receive(&fresh, &s.cx,
                               &(struct goods_receive){.product = coffee,
                                                       .qty = QTY_WHOLE(10),
                                                       .cost_known = true,
                                                       .unit_cost = RUPIAH(24000),
                                                       .expires_given = true,
                                                       .expiry = day_of(2027, 5, 1)}));
    STORY_OK(&s, goods_receive(&old, &s.cx,
                               &(struct goods_receive){.product = coffee,
                                                       .qty = QTY_WHOLE(3),
                                                       .cost_known = true,
                                                       .unit_cost = RUPIAH(20000),
                                                       .expires_given = true,
                                                       .expiry = day_of(2026, 12, 1)}));
    /* Five by SKU: three of the lot that expires first at 20.000, two at 24.000. */
    STORY_OK(&s, story_sell(&s, &sale, "a", "OLH-001", QTY_WHOLE(5), 190000));
    assert_int_equal(sale.lines[0].cost_total.rp, 3 * 20000 + 2 * 24000);
    STORY_OK(&s, label_find(&label, &s.cx, old.lot_code));
    assert_int_equal(label.state, LABEL_GONE);
    STORY_OK(&s, label_find(&label, &s.cx, fresh.lot_code));
    assert_int_equal(label.on_hand.milli, 8000);
    /* By the code of a lot: from that lot only. */
    STORY_OK(&s, story_sell(&s, &sale, "b", fresh.lot_code.text, QTY_WHOLE(2), 76000));
    assert_string_equal(sale.lines[0].code, fresh.lot_code.text);
    STORY_REFUSED(&s, story_sell(&s, &sale, "c", old.lot_code.text, QTY_WHOLE(1), 38000),
                  ERR_CONFLICT, "out-of-stock");
    STORY_OK(&s, label_find(&label, &s.cx, fresh.lot_code));
    assert_int_equal(label.on_hand.milli, 6000);
    story_close(&s);
}

static void test_measured_goods_and_services(void **state)
{
    struct story s;
    struct sale sale;

    (void)state;
    story_open(&s, "KEP-1990");
    story_product(&s, "LAS-001", "Pagar stainless per meter", TRACK_LOT, 850001, 610000);
    story_receive(&s, "LAS-001", QTY(26500), 610000);
    STORY_OK(&s, story_sell(&s, &sale, "a", "LAS-001", QTY(2500), 3000000));
    assert_int_equal(sale.head.total.rp, 2125003); /* 2125002,5 rounded half up */
    assert_int_equal(sale.lines[0].cost_total.rp, 1525000);
    assert_conserved(&sale);
    assert_int_equal(story_on_hand(&s, "LAS-001").milli, 24000);

    story_product(&s, "JSA-001", "Cuci motor", TRACK_SERVICE, 15000, 4000);
    STORY_OK(&s, story_sell(&s, &sale, "b", "JSA-001", QTY_WHOLE(1), 15000));
    assert_string_equal(sale.lines[0].revenue_account, "425699");
    assert_int_equal(sale.head.pnbp.rp, 1650);
    assert_int_equal(sale.head.cost.rp, 4000);
    assert_int_equal(story_balance(&s, ACCOUNT_PNBP_OWED, "425699"), -1650);
    story_close(&s);
}

static void test_loss_and_unknown_cost(void **state)
{
    struct story s;
    struct sale sale;

    (void)state;
    story_open(&s, "KEP-1990");
    story_product(&s, "RUG-001", "Dijual rugi", TRACK_LOT, 10000, 8000);
    story_receive(&s, "RUG-001", QTY_WHOLE(5), 12000);
    STORY_OK(&s, story_sell(&s, &sale, "a", "RUG-001", QTY_WHOLE(2), 20000));
    assert_true(sale.lines[0].loss);
    assert_int_equal(sale.head.pnbp.rp + sale.head.premi.rp + sale.head.fund.rp, 0);
    assert_int_equal(sale.head.cost.rp, 20000);
    story_product(&s, "TAK-001", "Harga pokok belum diketahui", TRACK_LOT, 10000, -1);
    story_receive(&s, "TAK-001", QTY_WHOLE(5), -1);
    STORY_REFUSED(&s, story_sell(&s, &sale, "b", "TAK-001", QTY_WHOLE(1), 10000), ERR_REFUSED,
                  "cost-unknown");
    /* A rule on gross sales does not need the cost. */
    STORY_OK(&s, setting_set(&s.cx, "split.rule", "SETOR-PENUH"));
    STORY_OK(&s, story_sell(&s, &sale, "c", "TAK-001", QTY_WHOLE(1), 10000));
    assert_false(sale.lines[0].cost_known);
    assert_int_equal(sale.head.pnbp.rp, 10000);
    story_close(&s);
}

static void test_several_tenders(void **state)
{
    const struct tender tenders[] = {{TENDER_CASH, RUPIAH(100000)}, {TENDER_CASH, RUPIAH(100000)}};
    struct sale_line_wanted line = {"KRJ-001", QTY_WHOLE(8)};
    struct sale_wanted wanted = wanted_of("t", &line, 1, tenders);
    struct story s;
    struct sale sale;
    bool again;

    (void)state;
    story_open(&s, "KEP-1990");
    story_j1_goods(&s);
    wanted.tender_count = 2;
    wanted.total_seen_given = true;
    wanted.total_seen = RUPIAH(115000);
    STORY_REFUSED(&s, sale_commit(&sale, &again, &s.cx, &wanted), ERR_CONFLICT, "total-changed");
    wanted.total_seen = RUPIAH(120000);
    STORY_OK(&s, sale_commit(&sale, &again, &s.cx, &wanted));
    assert_int_equal(sale.payment_count, 2);
    assert_int_equal(sale.payments[0].change.rp, 0);
    assert_int_equal(sale.payments[1].change.rp, 80000);
    assert_int_equal(sale.head.change.rp, 80000);
    assert_int_equal(story_balance(&s, ACCOUNT_TILL_DRAWER, "1"), 120000);
    story_close(&s);
}

static void test_copies(void **state)
{
    struct story s;
    struct sale sale;
    int32_t copy;

    (void)state;
    story_open(&s, "KEP-1990");
    story_j1_goods(&s);
    STORY_OK(&s, story_sell(&s, &sale, "a", "KRJ-001", QTY_WHOLE(1), 15000));
    STORY_OK(&s, receipt_copy(&copy, &s.cx, sale.id));
    assert_int_equal(copy, 1);
    STORY_OK(&s, receipt_copy(&copy, &s.cx, sale.id));
    assert_int_equal(copy, 2);
    STORY_REFUSED(&s, receipt_copy(&copy, &s.cx, (struct sale_id){{1}}), ERR_NOT_FOUND,
                  "sale-unknown");
    story_close(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_j1),
        cmocka_unit_test(test_full_deposit),
        cmocka_unit_test(test_rule_change_keeps_old_sales),
        cmocka_unit_test(test_same_request_again),
        cmocka_unit_test(test_numbers),
        cmocka_unit_test(test_refusals),
        cmocka_unit_test(test_other_codes),
        cmocka_unit_test(test_lines_of_one_stock),
        cmocka_unit_test(test_lots_first_expired),
        cmocka_unit_test(test_measured_goods_and_services),
        cmocka_unit_test(test_loss_and_unknown_cost),
        cmocka_unit_test(test_several_tenders),
        cmocka_unit_test(test_copies),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
