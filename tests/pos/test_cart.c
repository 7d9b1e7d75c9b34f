/* The cart of a till: the grammar of the scan field, each refusal, undo, and what is kept as fact.
 */
#include "tests/story.h"

#include "inventory/material.h"

#include "inventory/journal.h"
#include "pos/cart.h"

static const struct scan_mark unnumbered = {NULL, 0};

static struct cart_scanned scan(struct story *s, const char *text)
{
    struct cart_scanned out;

    STORY_OK(s, cart_scan(&out, &s->cx, text, unnumbered));
    return out;
}

static void assert_refused(struct story *s, const char *text, enum err want, const char *slug)
{
    struct cart before, after;
    struct cart_scanned out;

    STORY_OK(s, cart_now(&before, &s->cx));
    STORY_REFUSED(s, cart_scan(&out, &s->cx, text, unnumbered), want, slug);
    STORY_OK(s, cart_now(&after, &s->cx));
    assert_int_equal(before.count, after.count);
    assert_int_equal(before.total.rp, after.total.rp);
}

static struct received open_till(struct story *s)
{
    struct received batik;

    story_open(s, "KEP-1990");
    batik = story_j1_goods(s);
    story_as(s, "kasir", ROLE_CASHIER, "1");
    return batik;
}

static void test_j1_at_the_till(void **state)
{
    struct tender cash = {TENDER_CASH, RUPIAH(300000)};
    struct sale_wanted wanted = {.tenders = &cash, .tender_count = 1};
    struct received batik;
    struct cart cart;
    struct sale sale;
    struct story s;
    char url[64];
    bool again;

    (void)state;
    batik = open_till(&s);
    STORY_OK(&s, cart_now(&cart, &s.cx));
    assert_true(cart_id_is_nil(cart.id));
    snprintf(url, sizeof url, "https://galeri.example/p/%s", batik.codes[0].text);
    assert_int_equal(scan(&s, url).kind, CART_ADDED);
    assert_int_equal(scan(&s, " 2*krj-001 ").qty.milli, 2000);
    STORY_OK(&s, cart_now(&cart, &s.cx));
    assert_int_equal(cart.count, 2);
    assert_int_equal(cart.total.rp, 280000);
    assert_int_equal(cart.pieces, 3);
    assert_false(cart.lines[0].newest);
    assert_true(cart.lines[1].newest);

    /* The cart is there after a restart and a new login. */
    story_reopen(&s);
    STORY_OK(&s, cart_now(&cart, &s.cx));
    assert_int_equal(cart.total.rp, 280000);

    wanted.key = cart.key;
    wanted.cart = cart.id;
    wanted.total_seen_given = true;
    wanted.total_seen = RUPIAH(280000);
    STORY_OK(&s, sale_commit(&sale, &again, &s.cx, &wanted));
    assert_int_equal(sale.head.change.rp, 20000);
    assert_int_equal(sale.head.pnbp.rp, 15300);
    STORY_OK(&s, cart_now(&cart, &s.cx));
    assert_true(cart_id_is_nil(cart.id));

    /* Pressed again: the same receipt; with other money: refused. */
    STORY_OK(&s, sale_commit(&sale, &again, &s.cx, &wanted));
    assert_true(again);
    cash.amount = RUPIAH(290000);
    STORY_REFUSED(&s, sale_commit(&sale, &again, &s.cx, &wanted), ERR_CONFLICT, "key-reused");
    wanted.key = story_key("lain");
    STORY_REFUSED(&s, sale_commit(&sale, &again, &s.cx, &wanted), ERR_CONFLICT, "cart-gone");
    assert_refused(&s, batik.codes[0].text, ERR_CONFLICT, "unit-sold");
    story_close(&s);
}

static void test_grammar(void **state)
{
    struct received batik;
    struct cart_scanned out;
    struct story s;
    struct cart cart;

    (void)state;
    batik = open_till(&s);
    assert_refused(&s, "3*", ERR_REFUSED, "cart-empty");
    assert_int_equal(scan(&s, "").kind, CART_NOTHING);
    assert_int_equal(scan(&s, "  ").kind, CART_NOTHING);
    assert_int_equal(scan(&s, "KRJ-001").kind, CART_ADDED);
    out = scan(&s, "5*");
    assert_int_equal(out.kind, CART_QTY_SET);
    assert_int_equal(out.qty.milli, 5000);
    assert_string_equal(out.name, "Gantungan kunci korek api");
    /* Digits after a scan never change a line. */
    assert_refused(&s, "7", ERR_INVALID, "qty-alone");
    assert_refused(&s, "12345", ERR_INVALID, "qty-alone");
    assert_refused(&s, "8991234567890", ERR_NOT_FOUND, "code-unknown");
    /* A second scan of the same goods makes the line grow. */
    assert_int_equal(scan(&s, "krj-001").qty.milli, 6000);
    assert_int_equal(scan(&s, " 2 * KRJ-001").qty.milli, 8000);
    out = scan(&s, "gantungan");
    assert_int_equal(out.kind, CART_FOUND);
    assert_int_equal(out.hits.count, 1);
    assert_string_equal(out.hits.items[0].sku, "KRJ-001");
    out = scan(&s, "korek kunci");
    assert_int_equal(out.hits.count, 1);
    out = scan(&s, "sepatu");
    assert_int_equal(out.kind, CART_FOUND);
    assert_int_equal(out.hits.count, 0);
    assert_refused(&s, "XYZ-999", ERR_NOT_FOUND, "code-unknown");
    assert_refused(&s, "0*KRJ-001", ERR_INVALID, "qty-zero");
    assert_refused(&s, "0,0*", ERR_INVALID, "qty-zero");
    assert_refused(&s, "1,2,3*KRJ-001", ERR_INVALID, "qty-bad");
    assert_refused(&s, "10001*KRJ-001", ERR_LIMIT, "qty-limit");
    assert_refused(&s, "93*KRJ-001", ERR_REFUSED, "out-of-stock");
    assert_refused(&s, "BTK-001", ERR_REFUSED, "label-needed");
    assert_int_equal(scan(&s, batik.codes[2].text).kind, CART_ADDED);
    assert_refused(&s, batik.codes[2].text, ERR_CONFLICT, "in-cart");
    assert_refused(&s, "3*", ERR_INVALID, "qty-piece");
    assert_refused(&s, "2,5*", ERR_INVALID, "qty-fraction");
    STORY_OK(&s, cart_now(&cart, &s.cx));
    assert_int_equal(cart.count, 2);
    assert_int_equal(cart.total.rp, 8 * 15000 + 250000);
    story_close(&s);
}

static void test_labels(void **state)
{
    struct received batik;
    struct label_code broken;
    char two[32];
    struct story s;

    (void)state;
    batik = open_till(&s);
    broken = batik.codes[0];
    broken.text[5] = broken.text[5] == '2' ? '3' : '2';
    assert_refused(&s, broken.text, ERR_INVALID, "code-check");
    assert_refused(&s, label_code_new().text, ERR_NOT_FOUND, "code-foreign");
    snprintf(two, sizeof two, "2*%s", batik.codes[0].text);
    assert_refused(&s, two, ERR_INVALID, "qty-piece");
    snprintf(two, sizeof two, "2.5*%s", batik.codes[0].text);
    assert_refused(&s, two, ERR_INVALID, "qty-fraction");
    assert_refused(&s, batik.lot_code.text, ERR_REFUSED, "label-needed");
    story_product(&s, "TNP-001", "Tanpa harga", TRACK_LOT, 0, 0);
    assert_refused(&s, "TNP-001", ERR_REFUSED, "no-price");
    story_close(&s);
}

static void test_queue(void **state)
{
    struct cart_scanned out;
    struct story s;
    struct cart cart;

    (void)state;
    open_till(&s);
    for (int64_t i = 0; i < 6; i++) {
        STORY_OK(&s, cart_scan(&out, &s.cx, "KRJ-001", (struct scan_mark){"hal-1", i / 2}));
        assert_int_equal(out.kind, i % 2 ? CART_SEEN : CART_ADDED);
    }
    /* Another page begins to count anew. */
    STORY_OK(&s, cart_scan(&out, &s.cx, "KRJ-001", (struct scan_mark){"hal-2", 0}));
    assert_int_equal(out.kind, CART_ADDED);
    STORY_OK(&s, cart_now(&cart, &s.cx));
    assert_int_equal(cart.lines[0].qty.milli, 4000);
    /* What was refused may be sent again. */
    STORY_REFUSED(&s, cart_scan(&out, &s.cx, "ZZZ-9", (struct scan_mark){"hal-2", 1}),
                  ERR_NOT_FOUND, "code-unknown");
    STORY_REFUSED(&s, cart_scan(&out, &s.cx, "ZZZ-9", (struct scan_mark){"hal-2", 1}),
                  ERR_NOT_FOUND, "code-unknown");
    STORY_REFUSED(&s, cart_scan(&out, &s.cx, "KRJ-001", (struct scan_mark){"hal-2", -1}),
                  ERR_INVALID, "seq-bad");
    story_close(&s);
}

static void test_lines_and_undo(void **state)
{
    struct received batik;
    struct story s;
    struct cart cart;

    (void)state;
    batik = open_till(&s);
    STORY_REFUSED(&s, cart_undo(&s.cx), ERR_REFUSED, "nothing-to-undo");
    STORY_REFUSED(&s, cart_line_more(&s.cx, 1), ERR_NOT_FOUND, "line-gone");
    scan(&s, batik.codes[0].text);
    scan(&s, "2*KRJ-001");
    STORY_OK(&s, cart_line_more(&s.cx, 2));
    STORY_OK(&s, cart_line_less(&s.cx, 2));
    STORY_OK(&s, cart_line_set(&s.cx, 2, QTY_WHOLE(9)));
    STORY_REFUSED(&s, cart_line_more(&s.cx, 1), ERR_INVALID, "qty-piece");
    STORY_REFUSED(&s, cart_line_set(&s.cx, 2, QTY_WHOLE(101)), ERR_REFUSED, "out-of-stock");
    STORY_REFUSED(&s, cart_line_set(&s.cx, 2, QTY_WHOLE(-1)), ERR_INVALID, "qty-zero");
    STORY_REFUSED(&s, cart_line_remove(&s.cx, 3), ERR_NOT_FOUND, "line-gone");
    STORY_OK(&s, cart_line_less(&s.cx, 1)); /* the only one: the line goes */
    STORY_REFUSED(&s, cart_line_less(&s.cx, 1), ERR_NOT_FOUND, "line-gone");
    STORY_OK(&s, cart_now(&cart, &s.cx));
    assert_int_equal(cart.count, 1);
    assert_int_equal(cart.total.rp, 9 * 15000);
    STORY_OK(&s, cart_undo(&s.cx)); /* the batik is back, in its place */
    STORY_OK(&s, cart_now(&cart, &s.cx));
    assert_int_equal(cart.count, 2);
    assert_string_equal(cart.lines[0].code, batik.codes[0].text);
    assert_true(cart.can_undo);
    for (int i = 0; i < 5; i++) {
        STORY_OK(&s, cart_undo(&s.cx));
    }
    STORY_OK(&s, cart_now(&cart, &s.cx));
    assert_int_equal(cart.count, 0);
    assert_false(cart.can_undo);
    STORY_REFUSED(&s, cart_undo(&s.cx), ERR_REFUSED, "nothing-to-undo");
    /* An empty cart cannot be sold. */
    {
        struct tender cash = {TENDER_CASH, RUPIAH(1000)};
        struct sale_wanted wanted = {
            .key = cart.key, .cart = cart.id, .tenders = &cash, .tender_count = 1};
        struct sale sale;
        bool again;

        STORY_REFUSED(&s, sale_commit(&sale, &again, &s.cx, &wanted), ERR_REFUSED, "cart-empty");
    }
    story_close(&s);
}

static void test_carts_are_apart(void **state)
{
    struct story s;
    struct cart first, second;

    (void)state;
    open_till(&s);
    scan(&s, "KRJ-001");
    STORY_OK(&s, cart_now(&first, &s.cx));
    story_as(&s, "kasir", ROLE_CASHIER, "2");
    STORY_OK(&s, cart_now(&second, &s.cx));
    assert_true(cart_id_is_nil(second.id));
    story_as(&s, "rina", ROLE_CASHIER, "1");
    scan(&s, "2*KRJ-001");
    STORY_OK(&s, cart_now(&second, &s.cx));
    assert_false(cart_id_equal(first.id, second.id));
    STORY_OK(&s, cart_abandon(&s.cx));
    STORY_OK(&s, cart_abandon(&s.cx)); /* none is open: harmless */
    story_as(&s, "kasir", ROLE_CASHIER, "1");
    STORY_OK(&s, cart_now(&first, &s.cx));
    assert_int_equal(first.count, 1);
    /* Somebody else's cart cannot be sold here. */
    {
        struct tender cash = {TENDER_CASH, RUPIAH(15000)};
        struct sale_wanted wanted = {
            .key = first.key, .cart = second.id, .tenders = &cash, .tender_count = 1};
        struct sale sale;
        bool again;

        STORY_REFUSED(&s, sale_commit(&sale, &again, &s.cx, &wanted), ERR_CONFLICT, "cart-gone");
    }
    /* Weeks later what was closed is forgotten, what is open is not. */
    story_wait(&s, INT64_C(20) * 86400000);
    story_as(&s, "rina", ROLE_CASHIER, "1");
    scan(&s, "KRJ-001");
    assert_int_equal(cart_by_id(&second, &s.cx, second.id), ERR_NOT_FOUND);
    STORY_OK(&s, cart_by_id(&first, &s.cx, first.id));
    assert_int_equal(first.count, 1);
    story_close(&s);
}

struct events {
    int opened, removed, lowered, abandoned;
};

static int times(const char *body, const char *word)
{
    int n = 0;

    for (const char *at = strstr(body, word); at; at = strstr(at + 1, word)) {
        n++;
    }
    return n;
}

static enum err count_events(void *arg, const struct journal_line *line)
{
    struct events *n = arg;

    if (strcmp(line->kind, "cart.event") == 0) {
        n->opened += times(line->body, "\"what\":\"opened\"");
        n->removed += times(line->body, "\"what\":\"removed\"");
        n->lowered += times(line->body, "\"what\":\"lowered\"");
        n->abandoned += times(line->body, "\"what\":\"abandoned\"");
    }
    return OK;
}

static void test_facts_for_fraud(void **state)
{
    struct events n = {0};
    struct story s;

    (void)state;
    open_till(&s);
    scan(&s, "5*KRJ-001");
    scan(&s, "3*");
    STORY_OK(&s, cart_line_remove(&s.cx, 1));
    STORY_OK(&s, cart_undo(&s.cx));
    STORY_OK(&s, cart_undo(&s.cx));
    STORY_OK(&s, cart_undo(&s.cx)); /* takes the goods out: a removal */
    scan(&s, "KRJ-001");
    STORY_OK(&s, cart_abandon(&s.cx));
    STORY_OK(&s, journal_read(&s.cx, 0, 1000, count_events, &n));
    assert_int_equal(n.opened, 1);
    assert_int_equal(n.lowered, 1);
    assert_int_equal(n.removed, 2);
    assert_int_equal(n.abandoned, 1);
    story_close(&s);
}

static void test_picked_from_the_list(void **state)
{
    struct product_id rings, service;
    struct cart_scanned out;
    struct product p;
    struct story s;

    (void)state;
    open_till(&s);
    STORY_OK(&s, product_by_sku(&p, &s.cx, "KRJ-001"));
    rings = p.id;
    service = story_product(&s, "JSA-001", "Cuci motor", TRACK_SERVICE, 15000, 4000);
    STORY_OK(&s, cart_add(&out, &s.cx, rings, QTY_WHOLE(4)));
    assert_int_equal(out.qty.milli, 4000);
    STORY_OK(&s, cart_add(&out, &s.cx, service, QTY_WHOLE(1)));
    STORY_OK(&s, product_by_sku(&p, &s.cx, "BTK-001"));
    STORY_REFUSED(&s, cart_add(&out, &s.cx, p.id, QTY_WHOLE(1)), ERR_REFUSED, "label-needed");
    STORY_REFUSED(&s, cart_add(&out, &s.cx, (struct product_id){{9}}, QTY_WHOLE(1)), ERR_NOT_FOUND,
                  "product-unknown");
    STORY_REFUSED(&s, cart_add(&out, &s.cx, rings, QTY_WHOLE(0)), ERR_INVALID, "qty-zero");
    story_close(&s);
}

/* What is not sold any more is not sold by its label either; nor is what a workshop uses up. */
static void buy_material(struct story *s, const char *sku)
{
    struct material_receive w = {.qty = QTY_WHOLE(10), .invoice_no = "", .note = ""};
    struct document_no number;
    struct product p;

    STORY_OK(s, product_by_sku(&p, &s->cx, sku));
    w.product = p.id;
    STORY_OK(s, supplier_create(&w.supplier, &s->cx, "Toko Kain Contoh"));
    STORY_OK(s, material_receive(&number, &s->cx, &w));
}

static void test_labels_of_what_is_not_sold(void **state)
{
    struct product_change change;
    struct received batik;
    struct product p;
    struct story s;

    (void)state;
    story_open(&s, "KEP-1990");
    batik = story_j1_goods(&s);
    story_product(&s, "KIN-001", "Kain mori", TRACK_MATERIAL, 20000, 15000);
    buy_material(&s, "KIN-001");
    STORY_OK(&s, product_by_sku(&p, &s.cx, "BTK-001"));
    change = (struct product_change){
        .name = p.name,
        .family = p.family,
        .workshop = p.workshop_name,
        .revenue_account = p.revenue_account,
        .shelf_life_days = p.shelf_life_days,
        .motif = p.motif,
        .technique = p.technique,
        .active = false,
    };
    STORY_OK(&s, product_revise(&s.cx, p.id, &change));
    story_as(&s, "kasir", ROLE_CASHIER, "1");
    assert_refused(&s, batik.codes[0].text, ERR_REFUSED, "product-inactive");
    assert_refused(&s, story_lot_code(&s, "KIN-001").text, ERR_REFUSED, "product-material");
    story_close(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_j1_at_the_till),
        cmocka_unit_test(test_grammar),
        cmocka_unit_test(test_labels),
        cmocka_unit_test(test_queue),
        cmocka_unit_test(test_labels_of_what_is_not_sold),
        cmocka_unit_test(test_lines_and_undo),
        cmocka_unit_test(test_carts_are_apart),
        cmocka_unit_test(test_facts_for_fraud),
        cmocka_unit_test(test_picked_from_the_list),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
