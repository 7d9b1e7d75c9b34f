/* Papers of the stock told as stories: transfers, cases, write-offs, overrides. */
#include "tests/story.h"

#include "inventory/fact.h"
#include "inventory/stock_case.h"
#include "inventory/transfer.h"
#include "inventory/write_off.h"

/* One came back to the showroom, two key rings are gone. */
static void close_both(struct story *s, struct label_code back)
{
    STORY_REFUSED(s, case_close(&s->cx, "KS-2026-0001", CHOICE_BACK, "ketemu"), ERR_FORBIDDEN,
                  "stock-approval");
    story_as(s, "gudang", ROLE_SUPERVISOR, "");
    STORY_REFUSED(s, case_close(&s->cx, "KS-2026-0001", CHOICE_BACK, "ketemu"), ERR_FORBIDDEN,
                  "case-own");
    story_as(s, "kepala", ROLE_SUPERVISOR, "");
    STORY_REFUSED(s, case_close(&s->cx, "KS-2026-0001", CHOICE_BOOKED, "ketemu"), ERR_INVALID,
                  "choice-wrong");
    STORY_REFUSED(s, case_close(&s->cx, "KS-2026-0001", CHOICE_BACK, " "), ERR_INVALID,
                  "note-missing");
    STORY_OK(s, case_close(&s->cx, "KS-2026-0001", CHOICE_BACK, "tertinggal di galeri"));
    assert_int_equal(story_label_state(s, back), LABEL_AVAILABLE);
    STORY_REFUSED(s, case_close(&s->cx, "KS-2026-0001", CHOICE_LOST, "ketemu"), ERR_CONFLICT,
                  "case-closed");
    STORY_OK(s, case_close(&s->cx, "KS-2026-0002", CHOICE_LOST, "jatuh di jalan"));
    STORY_REFUSED(s, case_close(&s->cx, "KS-2026-0007", CHOICE_LOST, "tidak ada"), ERR_NOT_FOUND,
                  "case-unknown");
}

static void test_transfer(void **state)
{
    struct transfer_new w = {.note = ""};
    struct transfer_made made;
    struct stock_case_list cases;
    struct transfer_list open;
    struct received batik;
    struct take takes[3], got[2];
    struct transfer t;
    struct sale sale;
    struct story s;
    size_t missing;

    (void)state;
    story_open(&s, "KEP-1990");
    batik = story_j1_goods(&s);
    w.from = story_place(&s, PLACE_SHOWROOM);
    w.to = story_place(&s, PLACE_STORE);
    takes[0] = (struct take){batik.codes[0].text, {0}};
    takes[1] = (struct take){batik.codes[1].text, {0}};
    takes[2] = (struct take){story_lot_code(&s, "KRJ-001").text, QTY_WHOLE(40)};
    w.takes = takes;
    w.count = 3;
    story_as(&s, "bengkel", ROLE_WORKSHOP, "");
    STORY_OK(&s, transfer_send(&made, &s.cx, &w));
    assert_string_equal(made.number.text, "SJ-2026-0001");
    assert_int_equal(story_label_state(&s, batik.codes[0]), LABEL_STORED);
    assert_int_equal(story_on_hand(&s, "KRJ-001").milli, 60000);
    /* What is on its way cannot be sold, and cannot be sent again. */
    story_as(&s, "kasir", ROLE_CASHIER, "1");
    assert_int_not_equal(story_sell(&s, &sale, "a", batik.codes[0].text, QTY_WHOLE(1), 250000), OK);
    story_as(&s, "bengkel", ROLE_WORKSHOP, "");
    STORY_REFUSED(&s, transfer_send(&made, &s.cx, &w), ERR_CONFLICT, "label-elsewhere");
    /* A hand-over has two sides. */
    STORY_REFUSED(&s, transfer_receive(&missing, &s.cx, "SJ-2026-0001", NULL, 0, ""), ERR_FORBIDDEN,
                  "transfer-self");
    story_as(&s, "gudang", ROLE_WORKSHOP, "");
    got[0] = takes[0];
    got[1] = (struct take){takes[2].code, QTY_WHOLE(41)};
    STORY_REFUSED(&s, transfer_receive(&missing, &s.cx, "SJ-2026-0001", got, 2, ""), ERR_REFUSED,
                  "transfer-more");
    got[1] = (struct take){batik.codes[2].text, {0}};
    STORY_REFUSED(&s, transfer_receive(&missing, &s.cx, "SJ-2026-0001", got, 2, ""), ERR_REFUSED,
                  "transfer-extra");
    got[1] = (struct take){takes[2].code, QTY_WHOLE(38)};
    STORY_OK(&s, transfer_receive(&missing, &s.cx, "SJ-2026-0001", got, 2, "satu basah"));
    assert_int_equal(missing, 2);
    STORY_REFUSED(&s, transfer_receive(&missing, &s.cx, "SJ-2026-0001", got, 2, ""), ERR_CONFLICT,
                  "transfer-received");
    STORY_REFUSED(&s, transfer_get(&t, &s.cx, "SJ-2026-0009"), ERR_NOT_FOUND, "transfer-unknown");
    STORY_OK(&s, transfer_get(&t, &s.cx, "SJ-2026-0001"));
    assert_int_equal(t.line_count, 3);
    assert_int_equal(t.lines[0].received.milli, 1000);
    assert_int_equal(t.lines[1].received.milli, 0);
    assert_int_equal(t.lines[2].received.milli, 38000);
    assert_string_equal(t.receiver, "gudang");
    STORY_OK(&s, transfer_list(&open, &s.cx, true));
    assert_int_equal(open.count, 0);
    STORY_OK(&s, case_list_of(&cases, &s.cx, (struct act_id){{0}}));
    assert_int_equal(cases.count, 2);
    assert_int_equal(cases.items[0].kind, CASE_TRANSFER_SHORT);
    close_both(&s, batik.codes[1]);
    story_close(&s);
}

static void test_refused_transfers(void **state)
{
    struct received batik;
    struct transfer_made made;
    struct story s;

    (void)state;
    story_open(&s, NULL);
    batik = story_j1_goods(&s);
    {
        const struct place_id showroom = story_place(&s, PLACE_SHOWROOM),
                              store = story_place(&s, PLACE_STORE),
                              customer = story_place(&s, PLACE_CUSTOMER);
        const char *key_rings = story_lot_code(&s, "KRJ-001").text;
        const char *batik_lot = batik.lot_code.text;
        const struct {
            struct place_id from, to;
            struct take take[2];
            size_t n;
            enum err want;
            const char *slug;
        } rows[] = {
            {showroom, showroom, {{key_rings, {1000}}}, 1, ERR_INVALID, "place-same"},
            {showroom, customer, {{key_rings, {1000}}}, 1, ERR_INVALID, "place-wrong"},
            {{{9}}, store, {{key_rings, {1000}}}, 1, ERR_INVALID, "place-wrong"},
            {showroom, store, {{key_rings, {0}}}, 0, ERR_INVALID, "transfer-empty"},
            {showroom, store, {{key_rings, {0}}}, 1, ERR_INVALID, "qty-zero"},
            {showroom, store, {{key_rings, {1500}}}, 1, ERR_INVALID, "qty-fraction"},
            {showroom, store, {{key_rings, {100001000}}}, 1, ERR_REFUSED, "out-of-stock"},
            {showroom,
             store,
             {{key_rings, {60000}}, {key_rings, {41000}}},
             2,
             ERR_REFUSED,
             "out-of-stock"},
            {showroom,
             store,
             {{batik.codes[0].text, {0}}, {batik.codes[0].text, {0}}},
             2,
             ERR_INVALID,
             "label-twice"},
            {showroom, store, {{"A234567890", {0}}}, 1, ERR_NOT_FOUND, "label-unknown"},
            {showroom, store, {{batik_lot, {1000}}}, 1, ERR_INVALID, "label-of-lot"},
            {store, showroom, {{batik.codes[0].text, {0}}}, 1, ERR_CONFLICT, "label-elsewhere"},
        };

        for (size_t i = 0; i < LENGTH(rows); i++) {
            const struct transfer_new w = {.from = rows[i].from,
                                           .to = rows[i].to,
                                           .note = "",
                                           .takes = rows[i].take,
                                           .count = rows[i].n};

            STORY_REFUSED(&s, transfer_send(&made, &s.cx, &w), rows[i].want, rows[i].slug);
        }
    }
    story_close(&s);
}

static void test_write_off(void **state)
{
    struct write_off_new w = {.kind = WRITE_OFF_DAMAGED, .reason = "sobek terkena paku"};
    struct write_off_list list;
    struct document_no number;
    struct write_off found;
    struct received batik;
    struct take takes[2];
    struct story s;

    (void)state;
    story_open(&s, NULL);
    batik = story_j1_goods(&s);
    takes[0] = (struct take){batik.codes[0].text, {0}};
    takes[1] = (struct take){story_lot_code(&s, "KRJ-001").text, QTY_WHOLE(3)};
    w.place = story_place(&s, PLACE_SHOWROOM);
    w.takes = takes;
    w.count = 2;
    story_as(&s, "kepala", ROLE_SUPERVISOR, "");
    STORY_OK(&s, write_off_report(&number, &s.cx, &w));
    assert_string_equal(number.text, "BA-2026-0001");
    assert_int_equal(story_label_state(&s, batik.codes[0]), LABEL_GONE);
    assert_int_equal(story_on_hand(&s, "KRJ-001").milli, 97000);
    STORY_REFUSED(&s, write_off_decide(&s.cx, number.text, true, ""), ERR_FORBIDDEN,
                  "write-off-own");
    STORY_OK(&s, write_off_get(&found, &s.cx, number.text));
    assert_int_equal(found.count, 2);
    assert_true(found.cost_known);
    assert_int_equal(found.cost.rp, 160000 + 3 * 9000);
    story_as(&s, "bengkel", ROLE_WORKSHOP, "");
    STORY_REFUSED(&s, write_off_decide(&s.cx, number.text, true, ""), ERR_FORBIDDEN,
                  "stock-approval");
    story_as(&s, "admin", ROLE_ADMIN, "");
    STORY_REFUSED(&s, write_off_decide(&s.cx, number.text, false, ""), ERR_INVALID, "note-missing");
    STORY_OK(&s, write_off_decide(&s.cx, number.text, false, "masih bisa dijual"));
    assert_int_equal(story_label_state(&s, batik.codes[0]), LABEL_AVAILABLE);
    assert_int_equal(story_on_hand(&s, "KRJ-001").milli, 100000);
    STORY_REFUSED(&s, write_off_decide(&s.cx, number.text, true, ""), ERR_CONFLICT,
                  "write-off-decided");
    w.kind = WRITE_OFF_LOST;
    story_as(&s, "bengkel", ROLE_WORKSHOP, "");
    STORY_OK(&s, write_off_report(&number, &s.cx, &w));
    story_as(&s, "admin", ROLE_ADMIN, "");
    STORY_OK(&s, write_off_decide(&s.cx, number.text, true, ""));
    assert_int_equal(story_label_state(&s, batik.codes[0]), LABEL_GONE);
    w.reason = "";
    STORY_REFUSED(&s, write_off_report(&number, &s.cx, &w), ERR_INVALID, "note-missing");
    w.reason = "hilang";
    STORY_REFUSED(&s, write_off_report(&number, &s.cx, &w), ERR_CONFLICT, "label-elsewhere");
    w.count = 0;
    STORY_REFUSED(&s, write_off_report(&number, &s.cx, &w), ERR_INVALID, "write-off-empty");
    STORY_REFUSED(&s, write_off_get(&found, &s.cx, "BA-2026-0099"), ERR_NOT_FOUND,
                  "write-off-unknown");
    STORY_OK(&s, write_off_list(&list, &s.cx));
    assert_int_equal(list.count, 2);
    story_close(&s);
}

static void test_override(void **state)
{
    struct override_wanted w = {
        .qty = QTY_WHOLE(2), .reason = "di rak ada lebih", .asked_by = "kasir"};
    struct document_no number;
    struct stock_case c;
    struct product p;
    struct sale sale;
    struct story s;

    (void)state;
    story_open(&s, "KEP-1990");
    story_j1_goods(&s);
    STORY_OK(&s, product_by_sku(&p, &s.cx, "KRJ-001"));
    w.product = p.id;
    STORY_REFUSED(&s, story_sell(&s, &sale, "a", "KRJ-001", QTY_WHOLE(102), 1530000), ERR_CONFLICT,
                  "out-of-stock");
    story_as(&s, "kasir", ROLE_CASHIER, "1");
    STORY_REFUSED(&s, stock_override(&number, &s.cx, &w), ERR_FORBIDDEN, "stock-approval");
    story_as(&s, "kepala", ROLE_SUPERVISOR, "1");
    STORY_OK(&s, stock_override(&number, &s.cx, &w));
    story_as(&s, "kasir", ROLE_CASHIER, "1");
    STORY_OK(&s, story_sell(&s, &sale, "b", "KRJ-001", QTY_WHOLE(102), 1530000));
    assert_int_equal(story_on_hand(&s, "KRJ-001").milli, 0);
    STORY_OK(&s, case_get(&c, &s.cx, number.text));
    assert_int_equal(c.kind, CASE_NEGATIVE);
    assert_int_equal(c.item.qty.milli, 2000);
    assert_string_equal(c.note, "di rak ada lebih (kasir)");
    story_as(&s, "kepala", ROLE_SUPERVISOR, "1");
    STORY_REFUSED(&s, case_close(&s.cx, number.text, CHOICE_BOOKED, "sudah dicek"), ERR_FORBIDDEN,
                  "case-own");
    w.reason = "";
    STORY_REFUSED(&s, stock_override(&number, &s.cx, &w), ERR_INVALID, "note-missing");
    w = (struct override_wanted){
        .qty = QTY(0), .reason = "di rak", .asked_by = "", .product = p.id};
    STORY_REFUSED(&s, stock_override(&number, &s.cx, &w), ERR_INVALID, "qty-zero");
    STORY_OK(&s, product_by_sku(&p, &s.cx, "BTK-001"));
    w.product = p.id;
    STORY_REFUSED(&s, stock_override(&number, &s.cx, &w), ERR_REFUSED, "override-piece");
    story_as(&s, "admin", ROLE_ADMIN, "");
    STORY_OK(&s, case_close(&s.cx, c.number, CHOICE_BOOKED, "salah catat saat terima"));
    story_close(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_transfer),
        cmocka_unit_test(test_refused_transfers),
        cmocka_unit_test(test_write_off),
        cmocka_unit_test(test_override),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
