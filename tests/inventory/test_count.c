/* Counts told as stories, while the shop sells. */
#include "tests/story.h"

#include "inventory/fact.h"
#include "inventory/stock_case.h"
#include "inventory/stock_count.h"

struct shop_partner {
    struct place_id id;
};

static enum err partner_work(struct ctx *cx, void *arg)
{
    struct shop_partner *p = arg;

    return place_need(&p->id, cx, PLACE_PARTNER, "sinar", "Toko Sinar");
}

static struct place_id partner(struct story *s)
{
    struct shop_partner p;

    STORY_OK(s, act_run(&s->cx, "place.create", 1, partner_work, &p));
    return p.id;
}

struct by_hand {
    struct label label;
    struct place_id to;
};

static enum err by_hand_work(struct ctx *cx, void *arg)
{
    struct by_hand *h = arg;
    int32_t line = 0;
    const struct taken t = {.lot = h->label.lot, .unit = h->label.unit, .qty = QTY_WHOLE(1)};

    return taken_move(cx, &line, &t, h->label.place, h->to, "lent", 0);
}

static void move_by_hand(struct story *s, struct label_code code, struct place_id to)
{
    struct by_hand h = {.to = to};

    STORY_OK(s, label_find(&h.label, &s->cx, code));
    STORY_OK(s, act_run(&s->cx, "goods.lent", 1, by_hand_work, &h));
}

static void close_found(struct story *s, struct label_code lent)
{
    struct stock_case_list cases;

    STORY_OK(s, case_list(&cases, &s->cx, true));
    assert_int_equal(cases.count, 2);
    assert_int_equal(cases.items[0].kind, CASE_COUNT_ELSEWHERE);
    assert_string_equal(cases.items[0].other.name, "Toko Sinar");
    assert_int_equal(cases.items[1].kind, CASE_COUNT_SHORT);
    assert_int_equal(cases.items[1].item.qty.milli, 1000);
    story_as(s, "kepala", ROLE_SUPERVISOR, "");
    STORY_OK(s, case_close(&s->cx, cases.items[0].number, CHOICE_MOVED, "dikembalikan mitra"));
    STORY_OK(s, case_close(&s->cx, cases.items[1].number, CHOICE_LOST, "tidak ditemukan"));
    assert_int_equal(story_label_state(s, lent), LABEL_AVAILABLE);
    assert_int_equal(story_on_hand(s, "KRJ-001").milli, 97000);
}

/* J7: a count of the showroom while the cashier sells. */
static void test_count_while_selling(void **state)
{
    struct received batik, lent;
    struct variance_list found;
    struct count_added added[6];
    struct document_no number;
    struct stock_count count;
    struct label_code rings;
    struct sale sale;
    struct story s;
    size_t n;

    (void)state;
    story_open(&s, "KEP-1990");
    batik = story_j1_goods(&s);
    lent = story_receive(&s, "BTK-001", QTY_WHOLE(1), 160000);
    move_by_hand(&s, lent.codes[0], partner(&s));
    rings = story_lot_code(&s, "KRJ-001");
    story_wait(&s, 60000);
    story_as(&s, "bengkel", ROLE_WORKSHOP, "");
    STORY_OK(&s, count_start(&number, &s.cx, story_place(&s, PLACE_SHOWROOM), "akhir bulan"));
    assert_string_equal(number.text, "SO-2026-0001");
    STORY_REFUSED(&s, count_start(&number, &s.cx, story_place(&s, PLACE_SHOWROOM), ""),
                  ERR_CONFLICT, "count-open");
    STORY_REFUSED(&s, count_finish(&n, &s.cx, "SO-2026-0001", "", false), ERR_REFUSED,
                  "count-empty");
    story_wait(&s, 60000);
    {
        const struct count_scan scans[] = {
            {batik.codes[0].text, {0}}, {batik.codes[1].text, {0}}, {batik.codes[0].text, {0}},
            {rings.text, {99000}},      {lent.codes[0].text, {0}},  {"bukan label", {0}},
        };

        STORY_OK(&s, count_add(added, &s.cx, "SO-2026-0001", scans, LENGTH(scans)));
    }
    assert_int_equal(added[0].answer, COUNTED);
    assert_int_equal(added[2].answer, COUNTED_AGAIN);
    assert_int_equal(added[3].answer, COUNTED);
    assert_int_equal(added[4].answer, COUNTED_ELSEWHERE);
    assert_string_equal(added[4].where, "Toko Sinar");
    assert_int_equal(added[5].answer, COUNT_UNKNOWN);
    /* Meanwhile one counted batik and two key rings are sold: no false shortage. */
    story_wait(&s, 60000);
    story_as(&s, "kasir", ROLE_CASHIER, "1");
    STORY_OK(&s, story_sell(&s, &sale, "a", batik.codes[0].text, QTY_WHOLE(1), 250000));
    STORY_OK(&s, story_sell(&s, &sale, "b", "KRJ-001", QTY_WHOLE(2), 30000));
    story_as(&s, "bengkel", ROLE_WORKSHOP, "");
    /* What comes in after the count began is not missing. */
    story_receive(&s, "BTK-001", QTY_WHOLE(2), 160000);
    {
        const struct count_scan last = {batik.codes[2].text, {0}};

        STORY_OK(&s, count_add(added, &s.cx, "SO-2026-0001", &last, 1));
    }
    STORY_OK(&s, count_get(&count, &s.cx, "SO-2026-0001"));
    assert_int_equal(count.pieces, 4);
    assert_int_equal(count.lots, 1);
    STORY_OK(&s, count_variances(&found, &s.cx, &count));
    assert_int_equal(found.count, 2);
    STORY_OK(&s, count_finish(&n, &s.cx, "SO-2026-0001", "selesai", false));
    assert_int_equal(n, 2);
    STORY_REFUSED(&s, count_finish(&n, &s.cx, "SO-2026-0001", "", false), ERR_CONFLICT,
                  "count-finished");
    STORY_REFUSED(&s, count_add(added, &s.cx, "SO-2026-0001", NULL, 0), ERR_CONFLICT,
                  "count-finished");
    close_found(&s, lent.codes[0]);
    story_close(&s);
}

static void close_all(struct story *s, const struct stock_case_list *cases)
{
    for (size_t i = 0; i < cases->count; i++) {
        const struct stock_case *c = &cases->items[i];

        if (c->kind == CASE_COUNT_OVER) {
            assert_int_equal(c->item.qty.milli, 3000);
            STORY_OK(s, case_close(&s->cx, c->number, CHOICE_BOOKED, "lupa dicatat"));
        } else if (c->kind == CASE_COUNT_ELSEWHERE) {
            STORY_REFUSED(s, case_close(&s->cx, c->number, CHOICE_MOVED, "ada"), ERR_REFUSED,
                          "case-sold");
            STORY_OK(s, case_close(&s->cx, c->number, CHOICE_STAYS, "label tertukar"));
        } else {
            STORY_OK(s, case_close(&s->cx, c->number, CHOICE_DAMAGED, "rusak"));
        }
    }
}

static void test_other_counts(void **state)
{
    struct received batik;
    struct count_added added[4];
    struct stock_case_list cases;
    struct document_no number;
    struct stock_count count;
    struct label_code rings;
    struct counted_list lines;
    struct sale sale;
    struct story s;
    size_t n;

    (void)state;
    story_open(&s, "KEP-1990");
    batik = story_j1_goods(&s);
    rings = story_lot_code(&s, "KRJ-001");
    STORY_OK(&s, story_sell(&s, &sale, "a", batik.codes[0].text, QTY_WHOLE(1), 250000));
    STORY_REFUSED(&s, count_start(&number, &s.cx, partner(&s), ""), ERR_INVALID, "place-wrong");
    story_wait(&s, 1000);
    STORY_OK(&s, count_start(&number, &s.cx, story_place(&s, PLACE_SHOWROOM), ""));
    {
        const struct count_scan scans[] = {
            {rings.text, {98000}}, /* then said again: the later figure counts */
            {rings.text, {103000}},
            {batik.codes[0].text, {0}}, /* sold by the book */
            {batik.lot_code.text, {1000}},
        };

        STORY_OK(&s, count_add(added, &s.cx, number.text, scans, LENGTH(scans)));
    }
    assert_int_equal(added[2].answer, COUNT_SOLD);
    assert_int_equal(added[3].answer, COUNT_NO_STOCK);
    {
        const struct count_scan half = {rings.text, {500}};

        STORY_OK(&s, count_add(added, &s.cx, number.text, &half, 1));
        assert_int_equal(added[0].answer, COUNT_NEEDS_QTY);
    }
    STORY_REFUSED(&s, count_add(added, &s.cx, "SO-2026-0044", NULL, 0), ERR_NOT_FOUND,
                  "count-unknown");
    STORY_REFUSED(&s, count_add(added, &s.cx, number.text, NULL, COUNT_SCANS_MAX + 1), ERR_LIMIT,
                  "count-many");
    STORY_OK(&s, count_get(&count, &s.cx, number.text));
    STORY_OK(&s, count_lines(&lines, &s.cx, count.id, 10));
    assert_int_equal(lines.count, 3);
    STORY_OK(&s, count_finish(&n, &s.cx, number.text, "", false));
    assert_int_equal(n, 4); /* two batik short, the sold one found, three rings too many */
    STORY_OK(&s, case_list(&cases, &s.cx, true));
    story_as(&s, "kepala", ROLE_SUPERVISOR, "");
    close_all(&s, &cases);
    assert_int_equal(story_on_hand(&s, "KRJ-001").milli, 103000);
    assert_int_equal(story_on_hand(&s, "BTK-001").milli, 0);
    /* A place that is empty. */
    STORY_OK(&s, count_start(&number, &s.cx, story_place(&s, PLACE_STORE), ""));
    STORY_OK(&s, count_finish(&n, &s.cx, number.text, "", true));
    assert_int_equal(n, 0);
    story_close(&s);
}

/* A case of a piece that was sold before the decision. */
static void test_case_overtaken(void **state)
{
    struct stock_case_list cases;
    struct received batik;
    struct document_no number;
    struct count_added added;
    struct sale sale;
    struct story s;
    size_t n;

    (void)state;
    story_open(&s, "KEP-1990");
    batik = story_j1_goods(&s);
    story_wait(&s, 1000);
    STORY_OK(&s, count_start(&number, &s.cx, story_place(&s, PLACE_SHOWROOM), ""));
    {
        const struct count_scan scan = {batik.codes[0].text, {0}};

        STORY_OK(&s, count_add(&added, &s.cx, number.text, &scan, 1));
    }
    STORY_OK(&s, count_finish(&n, &s.cx, number.text, "", false));
    STORY_OK(&s, story_sell(&s, &sale, "a", batik.codes[1].text, QTY_WHOLE(1), 250000));
    STORY_OK(&s, case_list(&cases, &s.cx, true));
    assert_int_equal(cases.count, 3);
    story_as(&s, "kepala", ROLE_SUPERVISOR, "");
    STORY_REFUSED(&s, case_close(&s.cx, cases.items[0].number, CHOICE_LOST, "hilang"), ERR_CONFLICT,
                  "case-changed");
    STORY_OK(&s, case_close(&s.cx, cases.items[0].number, CHOICE_STAYS, "ternyata terjual"));
    story_close(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_count_while_selling),
        cmocka_unit_test(test_other_counts),
        cmocka_unit_test(test_case_overtaken),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
