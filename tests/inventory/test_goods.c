/* Goods told as stories: products, prices, batches and labels, places. */
#include "tests/story.h"

static struct product_new batik(void)
{
    return (struct product_new){
        .sku = "BTK-001",
        .name = "Kain batik tulis burung enggang",
        .family = "batik",
        .workshop = "Bengkel Batik",
        .tracking = TRACK_PIECE,
        .unit = "potong",
        .revenue_account = "425119",
        .motif = "Burung Enggang",
        .technique = "batik tulis",
        .priced = true,
        .price = RUPIAH(250000),
        .cost_known = true,
        .cost = RUPIAH(160000),
    };
}

static void test_product(void **state)
{
    struct product_new wanted = batik();
    struct product_id id;
    struct product p;
    struct story s;

    (void)state;
    story_open(&s, NULL);
    wanted.sku = "btk-001";
    STORY_OK(&s, product_create(&id, &s.cx, &wanted));
    STORY_OK(&s, product_by_sku(&p, &s.cx, "Btk-001"));
    assert_true(product_id_equal(p.id, id));
    assert_string_equal(p.sku, "BTK-001");
    assert_string_equal(p.family_name, "Batik");
    assert_string_equal(p.workshop_name, "Bengkel Batik");
    assert_int_equal(p.price.rp, 250000);
    assert_int_equal(p.rev, 1);
    STORY_REFUSED(&s, product_create(&id, &s.cx, &wanted), ERR_CONFLICT, "sku-taken");
    {
        struct product_change change = {p.name, p.family,   p.workshop_name, p.revenue_account,
                                        0,      "Enggang2", p.technique,     true};

        STORY_OK(&s, product_revise(&s.cx, p.id, &change));
        STORY_OK(&s, product_revise(&s.cx, p.id, &change)); /* the same: nothing written */
        STORY_OK(&s, product_by_id(&p, &s.cx, p.id));
        assert_int_equal(p.rev, 2);
        assert_string_equal(p.motif, "Enggang2");
        change.family = "tidak-ada";
        STORY_REFUSED(&s, product_revise(&s.cx, p.id, &change), ERR_INVALID, "family-unknown");
        change.family = "batik";
        STORY_REFUSED(&s, product_revise(&s.cx, (struct product_id){{1}}, &change), ERR_NOT_FOUND,
                      "product-unknown");
    }
    assert_int_equal(product_by_sku(&p, &s.cx, "ADA-000"), ERR_NOT_FOUND);
    story_close(&s);
}

static void test_bad_products(void **state)
{
    struct story s;
    struct product_id id;
    char long_name[200];

    (void)state;
    story_open(&s, NULL);
    memset(long_name, 'a', sizeof long_name);
    long_name[121] = '\0';
    for (int i = 0; i < 11; i++) {
        static const char *const slugs[] = {"sku-bad",        "sku-bad",        "name-missing",
                                            "name-missing",   "family-unknown", "price-bad",
                                            "shelf-life-bad", "unit-missing",   "workshop-missing",
                                            "sku-bad",        "name-missing"};
        struct product_new w = batik();

        switch (i) {
        case 0: w.sku = ""; break;
        case 1: w.sku = "ADA SPASI"; break;
        case 2: w.name = ""; break;
        case 3: w.name = long_name; break;
        case 4: w.family = "X"; break;
        case 5: w.price = RUPIAH(0); break;
        case 6: w.shelf_life_days = -1; break;
        case 7: w.unit = ""; break;
        case 8: w.workshop = ""; break;
        case 9: w.sku = ".."; break;
        default: w.name = "rusak\xFF"; break;
        }
        STORY_REFUSED(&s, product_create(&id, &s.cx, &w), ERR_INVALID, slugs[i]);
    }
    story_close(&s);
}

static void test_prices(void **state)
{
    struct product_id id;
    struct variant_id large;
    struct price price;
    struct story s;

    (void)state;
    story_open(&s, NULL);
    id = story_product(&s, "KRJ-001", "Gantungan kunci", TRACK_LOT, 0, 0);
    assert_int_equal(price_in_force(&price, &s.cx, id, (struct variant_id){{0}}, s.now),
                     ERR_NOT_FOUND);
    story_as(&s, "kasir", ROLE_CASHIER, "1");
    STORY_REFUSED(&s, price_set(&s.cx, &(struct price_new){.product = id, .price = RUPIAH(1)}),
                  ERR_FORBIDDEN, "price-approval");
    story_as(&s, "penyelia", ROLE_SUPERVISOR, "");
    STORY_OK(&s, price_set(&s.cx, &(struct price_new){.product = id, .price = RUPIAH(15000)}));
    /* Two prices in the same moment: the later one counts. */
    STORY_OK(&s, price_set(&s.cx, &(struct price_new){.product = id, .price = RUPIAH(16000)}));
    STORY_OK(&s, price_set(&s.cx, &(struct price_new){.product = id,
                                                      .price = RUPIAH(20000),
                                                      .valid_from = INSTANT(s.now.ms + 5000)}));
    STORY_OK(&s, price_in_force(&price, &s.cx, id, (struct variant_id){{0}}, s.now));
    assert_int_equal(price.price.rp, 16000);
    STORY_OK(&s,
             price_in_force(&price, &s.cx, id, (struct variant_id){{0}}, INSTANT(s.now.ms + 5000)));
    assert_int_equal(price.price.rp, 20000);
    STORY_OK(&s, variant_create(
                     &large, &s.cx,
                     &(struct variant_new){
                         .product = id, .code = "L", .size = "L", .colour = "", .motif = ""}));
    STORY_OK(&s, price_set(&s.cx, &(struct price_new){
                                      .product = id, .variant = large, .price = RUPIAH(18000)}));
    STORY_OK(&s, price_in_force(&price, &s.cx, id, large, s.now));
    assert_int_equal(price.price.rp, 18000);
    STORY_OK(&s, price_in_force(&price, &s.cx, id, (struct variant_id){{0}}, s.now));
    assert_int_equal(price.price.rp, 16000);
    STORY_REFUSED(
        &s,
        variant_create(&large, &s.cx,
                       &(struct variant_new){
                           .product = id, .code = "L", .size = "", .colour = "", .motif = ""}),
        ERR_CONFLICT, "variant-taken");
    STORY_REFUSED(&s, price_set(&s.cx, &(struct price_new){.product = id, .price = RUPIAH(-5)}),
                  ERR_INVALID, "price-bad");
    story_close(&s);
}

static void test_received_pieces(void **state)
{
    struct goods_receive w = {.key = story_key("terima"), .qty = QTY_WHOLE(24), .cost_known = true};
    const struct label_code *codes;
    struct received first, second;
    struct stock_list stock;
    struct label label;
    struct place showroom;
    struct lot lot;
    struct story s;
    size_t n;

    (void)state;
    story_open(&s, NULL);
    w.product = story_product(&s, "BTK-001", "Kain batik", TRACK_PIECE, 250000, 160000);
    w.unit_cost = RUPIAH(160000);
    STORY_OK(&s, goods_receive(&first, &s.cx, &w));
    assert_false(first.again);
    assert_int_equal(first.piece_count, 24);
    for (size_t i = 0; i < first.piece_count; i++) {
        assert_true(label_code_valid(first.codes[i].text));
        STORY_OK(&s, label_find(&label, &s.cx, first.codes[i]));
        assert_int_equal(label.state, LABEL_AVAILABLE);
        assert_true(label.is_piece && label.on_hand.milli == 1000);
        assert_int_equal(label.unit_cost.rp, 160000);
        assert_int_equal(label.moved_at.ms, s.now.ms);
    }
    /* Sent again: the same answer; with another number: refused. */
    STORY_OK(&s, goods_receive(&second, &s.cx, &w));
    assert_true(second.again);
    assert_int_equal(second.piece_count, 24);
    assert_string_equal(second.codes[23].text, first.codes[23].text);
    w.qty = QTY_WHOLE(25);
    STORY_REFUSED(&s, goods_receive(&second, &s.cx, &w), ERR_CONFLICT, "key-reused");
    assert_int_equal(story_on_hand(&s, "BTK-001").milli, 24000);
    STORY_OK(&s, place_of_kind(&showroom, &s.cx, PLACE_SHOWROOM));
    STORY_OK(&s, stock_codes(&codes, &n, &s.cx, w.product, showroom.id, 100));
    assert_int_equal(n, 24);
    assert_string_equal(codes[0].text, first.codes[0].text);
    STORY_OK(&s, lot_by_code(&lot, &s.cx, first.lot_code));
    assert_true(lot_id_equal(lot.id, first.lot));
    assert_int_equal(lot.qty.milli, 24000);
    STORY_OK(&s, stock_of_product(&stock, &s.cx, w.product));
    assert_int_equal(stock.count, 1); /* the workshop's minus is no stock */
    story_close(&s);
}

static void test_refused_batches(void **state)
{
    struct product_id piece, lot, service;
    struct received out;
    struct story s;

    (void)state;
    story_open(&s, NULL);
    piece = story_product(&s, "BTK-001", "Kain batik", TRACK_PIECE, 250000, 160000);
    lot = story_product(&s, "KRJ-001", "Gantungan kunci", TRACK_LOT, 15000, 9000);
    service = story_product(&s, "JSA-001", "Cuci motor", TRACK_SERVICE, 15000, 4000);
    {
        const struct {
            struct goods_receive w;
            enum err want;
            const char *slug;
        } rows[] = {
            {{.product = service, .qty = QTY_WHOLE(1)}, ERR_REFUSED, "receive-service"},
            {{.product = piece, .qty = QTY_WHOLE(0)}, ERR_INVALID, "qty-zero"},
            {{.product = piece, .qty = QTY(2500)}, ERR_INVALID, "qty-fraction"},
            {{.product = piece, .qty = QTY_WHOLE(RECEIVE_PIECES_MAX + 1)}, ERR_LIMIT, "qty-limit"},
            {{.product = lot, .qty = QTY(QTY_MAX_MILLI + 1)}, ERR_LIMIT, "qty-limit"},
            {{.product = {{7}}, .qty = QTY_WHOLE(1)}, ERR_NOT_FOUND, "product-unknown"},
            {{.product = lot, .qty = QTY_WHOLE(1), .cost_known = true, .unit_cost = {-1}},
             ERR_INVALID,
             "cost-bad"},
            {{.product = lot,
              .qty = QTY_WHOLE(1),
              .made_given = true,
              .made = day_of(2026, 11, 23)},
             ERR_INVALID,
             "made-future"},
            {{.product = lot,
              .qty = QTY_WHOLE(1),
              .made_given = true,
              .made = day_of(2026, 11, 20),
              .expires_given = true,
              .expiry = day_of(2026, 11, 19)},
             ERR_INVALID,
             "expiry-early"},
        };

        for (size_t i = 0; i < LENGTH(rows); i++) {
            STORY_REFUSED(&s, goods_receive(&out, &s.cx, &rows[i].w), rows[i].want, rows[i].slug);
        }
    }
    assert_int_equal(story_on_hand(&s, "BTK-001").milli, 0);
    story_close(&s);
}

static void test_lists(void **state)
{
    struct product_list list;
    struct stock_list stock;
    struct lot_brief *lots;
    struct story s;
    char sku[16];
    size_t n, pages = 0, seen = 0;
    const char *after = NULL;

    (void)state;
    story_open(&s, NULL);
    for (int i = 0; i < 45; i++) {
        snprintf(sku, sizeof sku, "KRJ-%03d", i);
        story_product(&s, sku, i % 3 ? "Gelang benang" : "Tas anyaman 100% pandan", TRACK_LOT, 5000,
                      1800);
        story_receive(&s, sku, QTY_WHOLE(i + 1), 1800);
    }
    do {
        STORY_OK(&s, product_page(&list, &s.cx, after, NULL, 20));
        seen += list.count;
        after = list.items[list.count - 1].sku;
        pages++;
    } while (list.more);
    assert_int_equal(seen, 45);
    assert_int_equal(pages, 3);
    STORY_OK(&s, product_page(&list, &s.cx, NULL, "batik", 20));
    assert_int_equal(list.count, 0);
    STORY_OK(&s, product_search(&list, &s.cx, "  PANDAN   tas "));
    assert_int_equal(list.count, 15);
    STORY_OK(&s, product_search(&list, &s.cx, "gelang"));
    assert_int_equal(list.count, GOODS_SEARCH_LIMIT);
    assert_true(list.more);
    STORY_OK(&s, product_search(&list, &s.cx, "100%"));
    assert_int_equal(list.count, 15);
    STORY_OK(&s, product_search(&list, &s.cx, "%"));
    assert_int_equal(list.count, 15);
    STORY_OK(&s, product_search(&list, &s.cx, "_"));
    assert_int_equal(list.count, 0);
    STORY_OK(&s, product_search(&list, &s.cx, "krj-044"));
    assert_int_equal(list.count, 1);
    STORY_OK(&s, product_search(&list, &s.cx, "\xC3"));
    assert_int_equal(list.count, 0);
    STORY_OK(&s, stock_page(&stock, &s.cx, (struct place_id){{0}}, "KRJ-040", 3));
    assert_int_equal(stock.count, 3);
    assert_true(stock.more);
    assert_int_equal(stock.items[0].qty.milli, 42000);
    STORY_OK(&s, lot_newest(&lots, &n, &s.cx, (struct lot_id){{0}}, 10));
    assert_int_equal(n, 10);
    assert_string_equal(lots[0].sku, "KRJ-044");
    STORY_OK(&s, lot_newest(&lots, &n, &s.cx, lots[9].id, 10));
    assert_string_equal(lots[0].sku, "KRJ-034");
    story_close(&s);
}

static void test_five_hundred_labels(void **state)
{
    struct received out;
    struct label label;
    struct story s;

    (void)state;
    story_open(&s, NULL);
    story_product(&s, "BTK-001", "Kain batik", TRACK_PIECE, 250000, 160000);
    out = story_receive(&s, "BTK-001", QTY_WHOLE(500), -1);
    assert_int_equal(out.piece_count, 500);
    STORY_OK(&s, label_find(&label, &s.cx, out.codes[499]));
    assert_false(label.cost_known);
    STORY_OK(&s, label_find(&label, &s.cx, label_code_new()));
    assert_int_equal(label.state, LABEL_UNKNOWN);
    story_close(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_product),
        cmocka_unit_test(test_bad_products),
        cmocka_unit_test(test_prices),
        cmocka_unit_test(test_received_pieces),
        cmocka_unit_test(test_refused_batches),
        cmocka_unit_test(test_lists),
        cmocka_unit_test(test_five_hundred_labels),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
