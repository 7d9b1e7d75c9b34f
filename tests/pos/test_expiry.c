/* Goods with a day after which they are not sold. */
#include "tests/story.h"

#include "inventory/stock_case.h"
#include "inventory/write_off.h"
#include "pos/cart.h"

enum { DAY_MS = 24 * 60 * 60 * 1000 };

static struct received crisps(struct story *s, struct product_id product, int64_t qty, bool expires,
                              struct day expiry)
{
    struct received r;

    STORY_OK(s, goods_receive(&r, &s->cx,
                              &(struct goods_receive){.product = product,
                                                      .qty = QTY_WHOLE(qty),
                                                      .cost_known = true,
                                                      .unit_cost = RUPIAH(5000),
                                                      .expires_given = expires,
                                                      .expiry = expiry}));
    return r;
}

/* Good until the end of its day; then the lot without a date gives, and nothing of the old one. */
static void test_past_its_day(void **state)
{
    struct write_off_new report = {.kind = WRITE_OFF_EXPIRED, .reason = "lewat tanggal"};
    struct cart_scanned scanned;
    struct document_no number;
    struct product_id product;
    struct received old;
    struct take take;
    struct sale sale;
    struct story s;

    (void)state;
    story_open(&s, "KEP-1990");
    product = story_product(&s, "OLH-009", "Keripik Contoh", TRACK_LOT, 10000, 5000);
    (void)crisps(&s, product, 2, false, DAY(0));
    old = crisps(&s, product, 3, true, day_of(2026, 11, 23));
    story_as(&s, "kasir", ROLE_CASHIER, "1");
    STORY_OK(&s, story_sell(&s, &sale, "a", "OLH-009", QTY_WHOLE(1), 10000));
    assert_int_equal(story_on_hand(&s, "OLH-009").milli, 4000);
    story_wait(&s, DAY_MS); /* the last day */
    STORY_OK(&s, story_sell(&s, &sale, "b", old.lot_code.text, QTY_WHOLE(1), 10000));
    story_wait(&s, DAY_MS); /* one day late: two good ones without a date, one old */
    STORY_REFUSED(&s, story_sell(&s, &sale, "c", old.lot_code.text, QTY_WHOLE(1), 10000),
                  ERR_REFUSED, "expired");
    STORY_REFUSED(&s, cart_scan(&scanned, &s.cx, old.lot_code.text, (struct scan_mark){0}),
                  ERR_REFUSED, "expired");
    STORY_REFUSED(&s, story_sell(&s, &sale, "d", "OLH-009", QTY_WHOLE(3), 30000), ERR_REFUSED,
                  "expired");
    STORY_OK(&s, story_sell(&s, &sale, "e", "OLH-009", QTY_WHOLE(2), 20000));
    /* Reported, it is out of the book of the showroom, and the refusal is another one. */
    story_as(&s, "gudang", ROLE_WORKSHOP, "");
    report.place = story_place(&s, PLACE_SHOWROOM);
    take = (struct take){old.lot_code.text, QTY_WHOLE(1)};
    report.takes = &take;
    report.count = 1;
    STORY_OK(&s, write_off_report(&number, &s.cx, &report));
    story_as(&s, "kasir", ROLE_CASHIER, "1");
    STORY_REFUSED(&s, story_sell(&s, &sale, "f", "OLH-009", QTY_WHOLE(1), 10000), ERR_CONFLICT,
                  "out-of-stock");
    story_close(&s);
}

/* The lot whose label was scanned gets the missing one, not the newest. */
static void test_leave_for_a_lot(void **state)
{
    struct override_wanted w = {.qty = QTY(1000), .reason = "di rak", .asked_by = "kasir"};
    struct document_no number;
    struct received first;
    struct stock_case c;
    struct sale sale;
    struct lot lot;
    struct story s;

    (void)state;
    story_open(&s, "KEP-1990");
    w.product = story_product(&s, "OLH-009", "Keripik Contoh", TRACK_LOT, 10000, 5000);
    first = crisps(&s, w.product, 1, false, DAY(0));
    (void)crisps(&s, w.product, 1, false, DAY(0));
    story_as(&s, "kasir", ROLE_CASHIER, "1");
    STORY_REFUSED(&s, story_sell(&s, &sale, "a", first.lot_code.text, QTY_WHOLE(2), 20000),
                  ERR_CONFLICT, "out-of-stock");
    story_as(&s, "kepala", ROLE_SUPERVISOR, "1");
    STORY_OK(&s, lot_by_code(&lot, &s.cx, first.lot_code));
    w.lot = lot.id;
    STORY_OK(&s, stock_override(&number, &s.cx, &w));
    STORY_OK(&s, case_get(&c, &s.cx, number.text));
    assert_true(lot_id_equal(c.item.lot, lot.id));
    assert_string_equal(c.opener, "kepala");
    story_as(&s, "kasir", ROLE_CASHIER, "1");
    STORY_OK(&s, story_sell(&s, &sale, "b", first.lot_code.text, QTY_WHOLE(2), 20000));
    story_close(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_past_its_day),
        cmocka_unit_test(test_leave_for_a_lot),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
