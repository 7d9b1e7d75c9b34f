/* Places told as a story: an exhibition is made, goods go there, and its card says so. */
#include "tests/story.h"

#include "inventory/place_card.h"
#include "inventory/place_create.h"
#include "inventory/transfer.h"

static void test_exhibition(void **state)
{
    struct transfer_new w = {.note = "", .due = {0}};
    struct place_goods *goods;
    struct place_move *moves;
    struct transfer_made made;
    struct received batik;
    struct place_sum sum;
    struct transfer t;
    struct take takes[2];
    struct place fair, again;
    struct story s;
    size_t n, missing;

    (void)state;
    story_open(&s, "KEP-1990");
    batik = story_j1_goods(&s);
    story_as(&s, "gudang", ROLE_WORKSHOP, "");
    STORY_REFUSED(&s, place_create(&fair, &s.cx, PLACE_EXHIBITION, "ab"), ERR_INVALID,
                  "place-name");
    STORY_REFUSED(&s, place_create(&fair, &s.cx, PLACE_EXHIBITION, "---"), ERR_INVALID,
                  "place-name");
    STORY_OK(&s, place_create(&fair, &s.cx, PLACE_EXHIBITION, "Pameran Harkitnas 2027"));
    assert_string_equal(fair.code, "pameran-harkitnas-2027");
    STORY_REFUSED(&s, place_create(&again, &s.cx, PLACE_EXHIBITION, "Pameran  harkitnas 2027!"),
                  ERR_CONFLICT, "place-exists");

    w.from = story_place(&s, PLACE_SHOWROOM);
    w.to = fair.id;
    takes[0] = (struct take){batik.codes[0].text, {0}};
    takes[1] = (struct take){story_lot_code(&s, "KRJ-001").text, QTY_WHOLE(40)};
    w.takes = takes;
    w.count = 2;
    STORY_OK(&s, transfer_send(&made, &s.cx, &w));
    story_as(&s, "galeri", ROLE_WORKSHOP, "");
    /* A counted lot needs its figure; nothing is received by half. */
    takes[1].qty = QTY(-1);
    STORY_REFUSED(&s, transfer_receive(&missing, &s.cx, made.number.text, takes, 2, ""),
                  ERR_INVALID, "qty-zero");
    takes[1].qty = QTY_WHOLE(40);
    STORY_OK(&s, transfer_receive(&missing, &s.cx, made.number.text, takes, 2, ""));
    assert_int_equal(missing, 0);
    STORY_OK(&s, transfer_get(&t, &s.cx, made.number.text));
    assert_int_equal(t.kind, TRANSFER_EXHIBITION_OUT);

    STORY_OK(&s, place_card_sum(&sum, &s.cx, fair.id));
    assert_int_equal(sum.products, 2);
    assert_int_equal(sum.unknown, 0);
    STORY_OK(&s, place_card_goods(&goods, &n, &s.cx, fair.id, "", 10));
    assert_int_equal(n, 2);
    assert_string_equal(goods[1].sku, "KRJ-001");
    assert_int_equal(goods[1].qty.milli, 40000);
    assert_int_equal(goods[0].cost.rp + goods[1].cost.rp, sum.cost.rp);
    STORY_OK(&s, place_card_moves(&moves, &n, &s.cx, fair.id));
    assert_int_equal(n, 2);
    assert_true(moves[0].in);
    assert_string_equal(moves[0].reason, "received");
    assert_string_equal(moves[0].actor, "galeri");
    story_close(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_exhibition)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
