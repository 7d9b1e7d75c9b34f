/* Families, workshops and variants told as stories. */
#include "tests/story.h"

static void test_families_and_workshops(void **state)
{
    char name[FAMILY_NAME_LEN_MAX + 2];
    struct family_list list;
    struct place_list places;
    struct story s;
    int found = 0;

    (void)state;
    memset(name, 'a', sizeof name);
    name[sizeof name - 1] = '\0';
    story_open(&s, NULL);
    STORY_OK(&s, family_create(&s.cx, "Kulit-2", "Barang kulit"));
    STORY_REFUSED(&s, family_create(&s.cx, "kulit-2", "Lain"), ERR_CONFLICT, "family-taken");
    STORY_REFUSED(&s, family_create(&s.cx, "", "Lain"), ERR_INVALID, "family-bad");
    STORY_REFUSED(&s, family_create(&s.cx, "dua kata", "Lain"), ERR_INVALID, "family-bad");
    STORY_REFUSED(&s, family_create(&s.cx, "lain", ""), ERR_INVALID, "family-name");
    STORY_REFUSED(&s, family_create(&s.cx, "lain", name), ERR_INVALID, "family-name");
    STORY_OK(&s, family_create(&s.cx, "lain", name + 1));
    STORY_OK(&s, family_all(&list, &s.cx));
    for (size_t i = 0; i < list.count; i++) {
        found +=
            strcmp(list.items[i].code, "lain") == 0 || strcmp(list.items[i].code, "kulit-2") == 0;
    }
    assert_int_equal(found, 2);
    STORY_OK(&s, workshop_create(&s.cx, "Bengkel Contoh"));
    STORY_REFUSED(&s, workshop_create(&s.cx, "Bengkel Contoh"), ERR_CONFLICT, "workshop-taken");
    STORY_REFUSED(&s, workshop_create(&s.cx, ""), ERR_INVALID, "workshop-missing");
    STORY_REFUSED(&s, workshop_create(&s.cx, name), ERR_INVALID, "workshop-missing");
    STORY_OK(&s, place_all(&places, &s.cx, PLACE_WORKSHOP));
    assert_true(places.count > 0);
    story_close(&s);
}

/* A piece of a variant is sold at that variant's price. */
static void test_variants(void **state)
{
    struct variant_new w = {.code = "XL", .size = "XL", .colour = "", .motif = ""};
    struct price_new price = {.price = RUPIAH(275000), .cost_known = true, .cost = RUPIAH(1000)};
    struct goods_receive r = {.qty = QTY_WHOLE(1), .cost_known = true, .unit_cost = RUPIAH(1000)};
    struct received got;
    struct product_id product, other;
    struct variant_list list;
    struct variant_id id;
    struct sale sale;
    struct story s;

    (void)state;
    story_open(&s, "KEP-1990");
    product = story_product(&s, "BTK-001", "Batik", TRACK_PIECE, 250000, 1000);
    other = story_product(&s, "BTK-002", "Batik lain", TRACK_PIECE, 250000, 1000);
    w.product = r.product = price.product = product;
    STORY_OK(&s, variant_create(&id, &s.cx, &w));
    STORY_OK(&s, variants_of(&list, &s.cx, product));
    assert_int_equal(list.count, 1);
    assert_int_equal(list.items[0].price.rp, 250000);
    price.variant = r.variant = id;
    STORY_OK(&s, price_set(&s.cx, &price));
    STORY_OK(&s, variants_of(&list, &s.cx, product));
    assert_int_equal(list.items[0].price.rp, 275000);
    STORY_OK(&s, variants_of(&list, &s.cx, other));
    assert_int_equal(list.count, 0);
    STORY_OK(&s, goods_receive(&got, &s.cx, &r));
    STORY_OK(&s, story_sell(&s, &sale, "k1", got.codes[0].text, QTY_WHOLE(1), 300000));
    assert_int_equal(sale.head.total.rp, 275000);
    r.product = other;
    STORY_REFUSED(&s, goods_receive(&got, &s.cx, &r), ERR_INVALID, "variant-unknown");
    story_close(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_families_and_workshops),
        cmocka_unit_test(test_variants),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
