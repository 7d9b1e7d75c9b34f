/* A piece and a lot followed through a story: moves, papers, sales, and the EPCIS document. */
#include "tests/story.h"

#include "inventory/fact.h"
#include "inventory/transfer.h"
#include "inventory/write_off.h"
#include "pos/epcis.h"
#include "pos/trace.h"

enum { DOCUMENT_MAX = 1024 * 1024 };

/* Two pieces and forty key rings go to the store and arrive; one piece is written off there, the
 * other is sold from the showroom. */
static struct received tell(struct story *s)
{
    struct received batik = story_j1_goods(s);
    struct transfer_made made;
    struct document_no number;
    struct sale sale;
    size_t missing;
    const struct take takes[] = {{batik.codes[0].text, {0}},
                                 {story_lot_code(s, "KRJ-001").text, {40000}}};
    const struct transfer_new sent = {.from = story_place(s, PLACE_SHOWROOM),
                                      .to = story_place(s, PLACE_STORE),
                                      .note = "",
                                      .takes = takes,
                                      .count = 2};
    const struct write_off_new off = {.kind = WRITE_OFF_DAMAGED,
                                      .place = sent.to,
                                      .reason = "terkena air",
                                      .takes = takes,
                                      .count = 1};

    story_wait(s, 60000);
    story_as(s, "bengkel", ROLE_WORKSHOP, "");
    STORY_OK(s, transfer_send(&made, &s->cx, &sent));
    story_wait(s, 60000);
    story_as(s, "gudang", ROLE_WORKSHOP, "");
    STORY_OK(s, transfer_receive(&missing, &s->cx, "SJ-2026-0001", takes, 2, ""));
    story_wait(s, 60000);
    STORY_OK(s, write_off_report(&number, &s->cx, &off));
    story_wait(s, 60000);
    story_as(s, "kasir", ROLE_CASHIER, "1");
    STORY_OK(s, story_sell(s, &sale, "a", batik.codes[1].text, QTY_WHOLE(1), 250000));
    STORY_OK(s, story_sell(s, &sale, "b", "KRJ-001", QTY_WHOLE(3), 45000));
    return batik;
}

static struct trace_of of(struct story *s, struct label_code code)
{
    struct label label;

    STORY_OK(s, label_find(&label, &s->cx, code));
    return (struct trace_of){.lot = label.lot, .unit = label.unit, .code = code};
}

static void test_a_piece_is_followed(void **state)
{
    struct trace_events events;
    struct trace_paper *papers;
    struct trace_sale *sales;
    struct trace_item *items;
    struct received batik;
    struct story s;
    size_t n;

    (void)state;
    story_open(&s, "KEP-1990");
    batik = tell(&s);
    STORY_OK(&s, trace_events(&events, &s.cx, of(&s, batik.codes[0])));
    static const enum place_kind path[] = {PLACE_WORKSHOP, PLACE_SHOWROOM, PLACE_TRANSIT,
                                           PLACE_STORE, PLACE_SCRAP};
    assert_int_equal(events.count, 4);
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(events.items[i].from.kind, path[i]);
        assert_int_equal(events.items[i].to.kind, path[i + 1]);
        assert_int_equal(events.items[i].code_count, 1);
        assert_string_equal(events.items[i].codes[0].text, batik.codes[0].text);
    }
    assert_string_equal(events.items[1].paper, "SJ-2026-0001");
    assert_string_equal(events.items[3].paper, "BA-2026-0001");
    assert_string_equal(events.items[1].actor, "bengkel");
    STORY_OK(&s, trace_papers(&papers, &n, &s.cx, of(&s, batik.codes[0])));
    assert_int_equal(n, 2);
    assert_string_equal(papers[0].number, "SJ-2026-0001");
    assert_string_equal(papers[1].number, "BA-2026-0001");
    STORY_OK(&s, trace_papers(&papers, &n, &s.cx, of(&s, batik.codes[1])));
    assert_int_equal(n, 0);
    /* The other piece: its sale, with the part that was frozen. */
    STORY_OK(&s, trace_sales(&sales, &n, &s.cx, of(&s, batik.codes[1])));
    assert_int_equal(n, 1);
    assert_int_equal(sales[0].total.rp, 250000);
    assert_int_equal(sales[0].pnbp.rp + sales[0].premi.rp + sales[0].fund.rp + sales[0].cost.rp,
                     250000);
    /* And from the receipt back. */
    STORY_OK(&s, trace_items(&items, &n, &s.cx, sales[0].number, true));
    assert_int_equal(n, 1);
    assert_string_equal(items[0].piece, batik.codes[1].text);
    assert_string_equal(items[0].lot, batik.lot_code.text);
    story_close(&s);
}

static void test_a_lot_goes_together(void **state)
{
    struct trace_events events;
    struct trace_paper paper;
    struct trace_item *items;
    struct received batik;
    struct trace_of whole;
    struct story s;
    size_t n;
    bool good;

    (void)state;
    story_open(&s, "KEP-1990");
    batik = tell(&s);
    whole = of(&s, batik.codes[0]);
    whole.unit = (struct unit_id){{0}};
    STORY_OK(&s, trace_events(&events, &s.cx, whole));
    /* Received together, then one out, in and off, and one sold. */
    assert_int_equal(events.count, 5);
    assert_int_equal(events.items[0].qty.milli, 3000);
    assert_int_equal(events.items[0].code_count, 3);
    assert_true(events.items[4].sale);
    STORY_OK(&s, trace_events(&events, &s.cx, of(&s, story_lot_code(&s, "KRJ-001"))));
    assert_int_equal(events.count, 4);
    assert_int_equal(events.items[1].qty.milli, 40000);
    assert_int_equal(events.items[1].code_count, 0);
    for (size_t i = 0; i < events.count; i++) {
        STORY_OK(&s, trace_chained(&good, &s.cx, events.items[i].seq));
        assert_true(good);
    }
    STORY_OK(&s, trace_chained(&good, &s.cx, 1));
    assert_true(good);
    STORY_OK(&s, trace_chained(&good, &s.cx, 1000));
    assert_false(good);
    STORY_OK(&s, trace_paper(&paper, &s.cx, "sj-2026-0001"));
    assert_string_equal(paper.number, "SJ-2026-0001");
    STORY_OK(&s, trace_items(&items, &n, &s.cx, paper.number, false));
    assert_int_equal(n, 2);
    static const char *const none[] = {"SJ-2026-0002", "SJ-2026", "SJ-2026-1-1",
                                       "-1-1",         "",        "SJ-99999999999-1"};
    for (size_t i = 0; i < LENGTH(none); i++) {
        assert_int_equal(trace_paper(&paper, &s.cx, none[i]), ERR_NOT_FOUND);
    }
    story_close(&s);
}

/* ---- EPCIS ---- */

/* With UPDATE_GOLDEN=1 the file is written anew; tests/epcis_check.py holds it against the
 * published schema. */
static void golden(const char *name, const struct sbuf *got)
{
    char path[128];
    struct sbuf want;
    char part[4096];
    size_t n;
    FILE *f;

    (void)snprintf(path, sizeof path, "pos/golden/%s", name);
    if (getenv("UPDATE_GOLDEN")) {
        f = fopen(path, "wb");
        assert_non_null(f);
        assert_int_equal(fwrite(got->bytes, 1, got->len, f), got->len);
        assert_int_equal(fclose(f), 0);
    }
    f = fopen(path, "rb");
    assert_non_null(f);
    sbuf_init(&want, DOCUMENT_MAX);
    while ((n = fread(part, 1, sizeof part, f)) > 0) {
        sbuf_add(&want, part, n);
    }
    assert_int_equal(fclose(f), 0);
    assert_string_equal(sbuf_str(got), sbuf_str(&want));
    sbuf_done(&want);
}

static void test_epcis_is_golden(void **state)
{
    struct received batik;
    struct label_code none = {"0000000000"};
    struct label_code codes[3];
    struct story s;

    (void)state;
    story_open(&s, "KEP-1990");
    batik = tell(&s);
    codes[0] = batik.codes[0];
    codes[1] = batik.lot_code;
    codes[2] = story_lot_code(&s, "KRJ-001");
    for (size_t i = 0; i < LENGTH(codes); i++) {
        static const char *const names[] = {"epcis-piece.jsonld", "epcis-pieces.jsonld",
                                            "epcis-lot.jsonld"};
        struct sbuf out;

        sbuf_init(&out, DOCUMENT_MAX);
        STORY_OK(&s, epcis_write(&out, &s.cx, codes[i]));
        golden(names[i], &out);
        sbuf_done(&out);
    }
    struct sbuf out;
    sbuf_init(&out, DOCUMENT_MAX);
    assert_int_equal(epcis_write(&out, &s.cx, none), ERR_NOT_FOUND);
    sbuf_done(&out);
    story_close(&s);
}

static void test_steps(void **state)
{
    (void)state;
    static const struct {
        enum place_kind from, to;
        const char *action, *step, *disposition;
    } steps[] = {
        {PLACE_WORKSHOP, PLACE_SHOWROOM, "ADD", "commissioning", "active"},
        {PLACE_SUPPLIER, PLACE_STORE, "ADD", "receiving", "active"},
        {PLACE_SHOWROOM, PLACE_CUSTOMER, "OBSERVE", "retail_selling", "retail_sold"},
        {PLACE_STORE, PLACE_TRANSIT, "OBSERVE", "shipping", "in_transit"},
        {PLACE_TRANSIT, PLACE_SHOWROOM, "OBSERVE", "receiving", "sellable_accessible"},
        {PLACE_TRANSIT, PLACE_STORE, "OBSERVE", "receiving", "sellable_not_accessible"},
        {PLACE_CUSTOMER, PLACE_SHOWROOM, "OBSERVE", "accepting", "returned"},
        {PLACE_SHOWROOM, PLACE_SCRAP, "DELETE", "decommissioning", "damaged"},
        {PLACE_STORE, PLACE_LOST, "DELETE", "decommissioning", "unavailable"},
        {PLACE_LOST, PLACE_SHOWROOM, "ADD", "stock_taking", "sellable_accessible"},
        {PLACE_STORE, PLACE_CONSUMED, "DELETE", "decommissioning", "inactive"},
    };

    for (size_t i = 0; i < LENGTH(steps); i++) {
        const struct epcis_step got = epcis_step(steps[i].from, steps[i].to);
        assert_string_equal(got.action, steps[i].action);
        assert_string_equal(got.step, steps[i].step);
        assert_string_equal(got.disposition, steps[i].disposition);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_piece_is_followed),
        cmocka_unit_test(test_a_lot_goes_together),
        cmocka_unit_test(test_epcis_is_golden),
        cmocka_unit_test(test_steps),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
