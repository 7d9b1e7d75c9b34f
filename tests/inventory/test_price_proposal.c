/* Prices that two people stand for, told as stories. */
#include "tests/story.h"

#include "inventory/price_proposal.h"

static const struct sheet_line j5[] = {{false, "kain dan malam", {110000}},
                                       {true, "listrik dan alat", {50000}}};

/* J5: cost sheet 110.000 + 50.000, not saleable, proposed, approved at 250.000, saleable. */
static void test_to_a_price(void **state)
{
    struct proposal_new w = {.price = RUPIAH(250000), .basis = "harga pasar batik tulis"};
    struct document_no number;
    struct cost_sheet sheet;
    struct proposal_list list;
    struct received batik;
    struct proposal p;
    struct product product;
    struct sale sale;
    struct story s;

    (void)state;
    story_open(&s, "KEP-1990");
    w.product = story_product(&s, "BTK-001", "Kain batik enggang", TRACK_PIECE, 0, 0);
    batik = story_receive(&s, "BTK-001", QTY_WHOLE(2), 160000);
    story_as(&s, "bengkel", ROLE_WORKSHOP, "1");
    STORY_REFUSED(&s, story_sell(&s, &sale, "a", batik.codes[0].text, QTY_WHOLE(1), 250000),
                  ERR_REFUSED, "no-price");
    STORY_OK(&s, cost_sheet_put(
                     &sheet, &s.cx,
                     &(struct sheet_new){
                         .product = w.product, .lines = j5, .line_count = LENGTH(j5), .note = ""}));
    assert_int_equal(sheet.version, 1);
    assert_int_equal(sheet.total.rp, 160000);
    STORY_OK(&s, price_propose(&number, &s.cx, &w));
    assert_string_equal(number.text, "UH-2026-0001");
    STORY_REFUSED(&s, price_propose(&number, &s.cx, &w), ERR_CONFLICT, "proposal-open");
    STORY_REFUSED(&s, price_decide(&s.cx, "UH-2026-0001", true, ""), ERR_FORBIDDEN,
                  "price-approval");
    story_as(&s, "bengkel", ROLE_SUPERVISOR, "");
    STORY_REFUSED(&s, price_decide(&s.cx, "UH-2026-0001", true, ""), ERR_FORBIDDEN, "proposal-own");
    story_as(&s, "kepala", ROLE_SUPERVISOR, "");
    STORY_REFUSED(&s, price_decide(&s.cx, "UH-2026-0001", false, ""), ERR_INVALID,
                  "reason-missing");
    STORY_REFUSED(&s, price_decide(&s.cx, "UH-2026-0008", true, ""), ERR_NOT_FOUND,
                  "proposal-unknown");
    STORY_OK(&s, price_decide(&s.cx, "UH-2026-0001", true, ""));
    STORY_REFUSED(&s, price_decide(&s.cx, "UH-2026-0001", true, ""), ERR_CONFLICT,
                  "proposal-decided");
    STORY_OK(&s, proposal_get(&p, &s.cx, "UH-2026-0001"));
    assert_true(p.decided && p.approved && p.cost_known && p.has_sheet);
    assert_string_equal(p.decider, "kepala");
    assert_int_equal(p.cost.rp, 160000);
    STORY_OK(&s, cost_sheet_by_id(&sheet, &s.cx, p.sheet));
    assert_int_equal(sheet.line_count, 2);
    assert_true(sheet.lines[1].overhead);
    STORY_OK(&s, product_by_sku(&product, &s.cx, "BTK-001"));
    assert_int_equal(product.price.rp, 250000);
    assert_int_equal(product.cost.rp, 160000);
    story_as(&s, "kasir", ROLE_CASHIER, "1");
    STORY_OK(&s, story_sell(&s, &sale, "b", batik.codes[0].text, QTY_WHOLE(1), 250000));
    STORY_OK(&s, proposal_of_product(&list, &s.cx, w.product));
    assert_int_equal(list.count, 1);
    story_close(&s);
}

/* A price of tomorrow is not one of today; a refused proposal changes nothing. */
static void test_later_and_refused(void **state)
{
    struct proposal_new w = {
        .price = RUPIAH(18000), .basis = "bahan naik", .cost_known = true, .cost = RUPIAH(9500)};
    struct document_no number;
    struct proposal_list list;
    struct product p;
    struct story s;

    (void)state;
    story_open(&s, NULL);
    w.product = story_product(&s, "KRJ-001", "Gantungan kunci", TRACK_LOT, 15000, 9000);
    w.valid_from = INSTANT(s.now.ms + INT64_C(86400000));
    story_as(&s, "bengkel", ROLE_WORKSHOP, "");
    STORY_OK(&s, price_propose(&number, &s.cx, &w));
    story_as(&s, "kepala", ROLE_SUPERVISOR, "");
    STORY_OK(&s, price_decide(&s.cx, number.text, true, "setuju"));
    STORY_OK(&s, product_by_sku(&p, &s.cx, "KRJ-001"));
    assert_int_equal(p.price.rp, 15000);
    story_wait(&s, INT64_C(86400000));
    STORY_OK(&s, product_by_sku(&p, &s.cx, "KRJ-001"));
    assert_int_equal(p.price.rp, 18000);
    w.valid_from = INSTANT(0);
    w.price = RUPIAH(99000);
    STORY_OK(&s, price_propose(&number, &s.cx, &w));
    story_as(&s, "admin", ROLE_ADMIN, "");
    STORY_OK(&s, price_decide(&s.cx, number.text, false, "terlalu mahal"));
    STORY_OK(&s, product_by_sku(&p, &s.cx, "KRJ-001"));
    assert_int_equal(p.price.rp, 18000);
    STORY_OK(&s, proposal_list(&list, &s.cx));
    assert_int_equal(list.count, 2);
    {
        const struct {
            struct proposal_new w;
            enum err want;
            const char *slug;
        } rows[] = {
            {{.product = w.product, .price = {0}, .basis = "pasar"}, ERR_INVALID, "price-bad"},
            {{.product = w.product, .price = {5000}, .basis = ""}, ERR_INVALID, "basis-missing"},
            {{.product = {{9}}, .price = {5000}, .basis = "pasar"},
             ERR_NOT_FOUND,
             "product-unknown"},
            {{.product = w.product, .price = {5000}, .basis = "pasar", .valid_from = {1}},
             ERR_INVALID,
             "valid-past"},
            {{.product = w.product,
              .price = {5000},
              .basis = "pasar",
              .cost_known = true,
              .cost = {-1}},
             ERR_INVALID,
             "cost-bad"},
        };

        for (size_t i = 0; i < LENGTH(rows); i++) {
            STORY_REFUSED(&s, price_propose(&number, &s.cx, &rows[i].w), rows[i].want,
                          rows[i].slug);
        }
    }
    story_close(&s);
}

static void test_bad_sheets(void **state)
{
    const struct sheet_line no_name = {false, "", {1}}, minus = {true, "x", {-1}},
                            most = {true, "x", {RUPIAH_MAX}};
    const struct sheet_line twice[] = {most, most};
    struct cost_sheet sheet;
    struct product_id id;
    struct story s;

    (void)state;
    story_open(&s, NULL);
    id = story_product(&s, "KRJ-001", "Gantungan kunci", TRACK_LOT, 0, 0);
    {
        const struct {
            struct sheet_new w;
            enum err want;
            const char *slug;
        } rows[] = {
            {{.product = id, .note = ""}, ERR_INVALID, "sheet-empty"},
            {{.product = id, .note = "", .lines = &no_name, .line_count = 1},
             ERR_INVALID,
             "sheet-line"},
            {{.product = id, .note = "", .lines = &minus, .line_count = 1},
             ERR_INVALID,
             "sheet-line"},
            {{.product = id, .note = "", .lines = twice, .line_count = 2},
             ERR_INVALID,
             "sheet-line"},
            {{.product = id, .note = "", .lines = twice, .line_count = SHEET_LINES_MAX + 1},
             ERR_LIMIT,
             "sheet-many"},
            {{.product = {{9}}, .note = "", .lines = &most, .line_count = 1},
             ERR_NOT_FOUND,
             "product-unknown"},
        };

        for (size_t i = 0; i < LENGTH(rows); i++) {
            STORY_REFUSED(&s, cost_sheet_put(&sheet, &s.cx, &rows[i].w), rows[i].want,
                          rows[i].slug);
        }
    }
    STORY_OK(&s, cost_sheet_now(&sheet, &s.cx, id, (struct variant_id){{0}}));
    assert_int_equal(sheet.version, 0);
    story_close(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_to_a_price),
        cmocka_unit_test(test_later_and_refused),
        cmocka_unit_test(test_bad_sheets),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
