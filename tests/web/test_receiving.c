/* A delivery ticked off on a phone: what each scan says, and the list that travels in the address.
 */
#include "tests/story.h"

#include "inventory/transfer.h"
#include "pos/web/phone_receiving.h"

struct sent {
    struct received batik; /* three pieces; two of them are sent */
    const char *rings;     /* the lot of 100 key rings, of which 40 are sent */
};

static struct sent send(struct story *s)
{
    struct sent out = {.batik = story_j1_goods(s)};
    struct transfer_made made;
    struct take takes[3];
    struct transfer_new w = {.note = "", .takes = takes, .count = 3};

    out.rings = arena_text(s->cx.arena, story_lot_code(s, "KRJ-001").text);
    w.from = story_place(s, PLACE_SHOWROOM);
    w.to = story_place(s, PLACE_STORE);
    takes[0] = (struct take){out.batik.codes[0].text, {0}};
    takes[1] = (struct take){out.batik.codes[1].text, {0}};
    takes[2] = (struct take){out.rings, QTY_WHOLE(40)};
    STORY_OK(s, transfer_send(&made, &s->cx, &w));
    assert_string_equal(made.number.text, "SJ-2026-0001");
    return out;
}

static struct receiving load(struct story *s, const char *state)
{
    struct receiving r;

    STORY_OK(s, receiving_load(&r, &s->cx, "SJ-2026-0001", state));
    return r;
}

static enum receiving_answer add(struct story *s, struct receiving *r, const char *code,
                                 int64_t milli)
{
    enum receiving_answer answer;
    struct label label;

    STORY_OK(s, receiving_add(&answer, &label, r, &s->cx, code, QTY(milli)));
    return answer;
}

static void test_ticks(void **state)
{
    struct receiving r;
    const char *text;
    struct story s;
    struct sent sent;

    (void)state;
    story_open(&s, "KEP-1990");
    sent = send(&s);
    r = load(&s, "");
    assert_int_equal(receiving_sent(&r).milli, 42000);
    assert_int_equal(receiving_arrived(&r).milli, 0);
    assert_string_equal(receiving_state(&r, &s.cx), "");

    text = arena_format(s.cx.arena, "HTTPS://GALERI.EXAMPLE/P/%s", sent.batik.codes[0].text);
    assert_int_equal(add(&s, &r, text, -1), RECEIVING_TICKED);
    assert_int_equal(add(&s, &r, sent.batik.codes[0].text, -1), RECEIVING_AGAIN);
    assert_int_equal(add(&s, &r, sent.batik.codes[2].text, -1), RECEIVING_EXTRA);
    assert_int_equal(add(&s, &r, sent.batik.codes[2].text, -1), RECEIVING_AGAIN);
    assert_int_equal(add(&s, &r, sent.rings, -1), RECEIVING_ASK);
    assert_int_equal(add(&s, &r, sent.rings, 41000), RECEIVING_MORE);
    assert_int_equal(receiving_arrived(&r).milli, 1000);
    assert_int_equal(add(&s, &r, sent.rings, 12000), RECEIVING_TICKED);
    assert_int_equal(add(&s, &r, sent.rings, 38000), RECEIVING_TICKED); /* instead of, not beside */
    assert_int_equal(receiving_arrived(&r).milli, 39000);

    /* The list brings all of it back, and once more says the same. */
    text = receiving_state(&r, &s.cx);
    r = load(&s, text);
    assert_int_equal(r.count, 3);
    assert_int_equal(receiving_arrived(&r).milli, 39000);
    assert_true(r.scans[1].extra);
    assert_string_equal(r.scans[1].name, "Kain batik burung enggang");
    assert_string_equal(receiving_state(&r, &s.cx), text);
    story_close(&s);
}

/* What a stranger writes into the address is passed over. */
static void test_garbage(void **state)
{
    struct receiving r;
    enum receiving_answer answer;
    struct label label;
    struct story s;
    struct sent sent;

    (void)state;
    story_open(&s, NULL);
    sent = send(&s);
    {
        const char *code = sent.batik.codes[0].text;
        const char *lists[] = {
            "...",
            "A",
            "AAAAAAAAAA",
            "-1000",
            arena_format(s.cx.arena, "%s-", code),
            arena_format(s.cx.arena, "%s+12", code),
            arena_format(s.cx.arena, "%s-x", code),
            arena_format(s.cx.arena, "%s--5", code),
            arena_format(s.cx.arena, "%s-99999999999999999999", code),
            arena_format(s.cx.arena, "%s.%s", "' OR 1=1", "<script>"),
        };

        for (size_t i = 0; i < LENGTH(lists); i++) {
            r = load(&s, lists[i]);
            assert_int_equal(receiving_arrived(&r).milli, 0);
        }
        r = load(&s, arena_format(s.cx.arena, ".%s..%s.", code, code));
        assert_int_equal(r.count, 1);
        assert_int_equal(receiving_arrived(&r).milli, 1000);
    }
    r = load(&s, arena_format(s.cx.arena, "%s-99000", sent.rings));
    assert_int_equal(receiving_arrived(&r).milli, 40000); /* never more than was sent */
    r = load(&s, "");
    STORY_REFUSED(&s, receiving_add(&answer, &label, &r, &s.cx, "bukan label", QTY(-1)),
                  ERR_NOT_FOUND, "label-unknown");
    STORY_REFUSED(&s, receiving_load(&r, &s.cx, "SJ-2026-0009", ""), ERR_NOT_FOUND,
                  "transfer-unknown");
    story_close(&s);
}

/* An address holds so many; more is said, and nothing that stands on the list is lost. */
static void test_full(void **state)
{
    struct received many;
    struct receiving r;
    struct story s;

    (void)state;
    story_open(&s, NULL);
    send(&s);
    many = story_receive(&s, "BTK-001", QTY_WHOLE(RECEIVING_SCANS_MAX + 1), 160000);
    r = load(&s, "");
    for (size_t i = 0; i < RECEIVING_SCANS_MAX; i++) {
        assert_int_equal(add(&s, &r, many.codes[i].text, -1), RECEIVING_EXTRA);
    }
    assert_int_equal(add(&s, &r, many.codes[RECEIVING_SCANS_MAX].text, -1), RECEIVING_FULL);
    assert_int_equal(r.count, RECEIVING_SCANS_MAX);
    assert_true(strlen(receiving_state(&r, &s.cx)) < RECEIVING_STATE_MAX);
    r = load(&s, receiving_state(&r, &s.cx));
    assert_int_equal(r.count, RECEIVING_SCANS_MAX);
    story_close(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ticks),
        cmocka_unit_test(test_garbage),
        cmocka_unit_test(test_full),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
