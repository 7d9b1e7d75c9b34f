/* How often work is run again, what is said when that is in vain, and the key that is kept with the
 * first act of a request. */
#include "tests/story.h"

#include "inventory/base/id.h"
#include "inventory/fact.h"
#include "inventory/journal.h"
#include "pos/idem.h"
#include "sql_names.h"
#include "tests/faulty.h"

/* ---- how often, and what is said ---- */

struct counted {
    int runs;
    enum err gives[4]; /* by the work itself, run by run */
};

static enum err counted_work(struct ctx *cx, void *arg)
{
    struct counted *c = arg;
    enum err e = c->gives[c->runs < 4 ? c->runs : 3];

    (void)cx;
    c->runs++;
    return e;
}

static enum err counted_act(struct ctx *cx, void *arg)
{
    struct counted *c = arg;

    c->runs++;
    return family_put(cx, "uji", "Uji");
}

static void test_patience(void **state)
{
    struct counted c = {.runs = 0};
    struct story s;

    (void)state;
    story_open(&s, NULL);
    faulty_begin(s.cx.db);
    faulty_arm(FAULT_BUSY, 100);
    STORY_REFUSED(&s, act_run(&s.cx, "family.put", 1, counted_act, &c), ERR_BUSY, "busy");
    assert_int_equal(c.runs, 5);
    c = (struct counted){.runs = 0};
    STORY_REFUSED(&s, local_run(&s.cx, counted_work, &c), ERR_BUSY, "busy");
    assert_int_equal(c.runs, 8);
    c = (struct counted){.runs = 0};
    faulty_arm(FAULT_LOST, 100);
    STORY_REFUSED(&s, act_run(&s.cx, "family.put", 1, counted_act, &c), ERR_AWAY, "store-away");
    assert_int_equal(c.runs, 3);
    c = (struct counted){.runs = 0};
    faulty_arm(FAULT_AWAY, 100);
    STORY_REFUSED(&s, act_run(&s.cx, "family.put", 1, counted_act, &c), ERR_AWAY, "store-away");
    assert_int_equal(c.runs, 0);
    assert_int_equal(faulty_left(), 99);
    faulty_arm(FAULT_NONE, 0);
    c = (struct counted){.gives = {ERR_AWAY, ERR_BUSY, OK}};
    STORY_OK(&s, read_run(&s.cx, counted_work, &c));
    assert_int_equal(c.runs, 3);
    faulty_end(s.cx.db);
    story_close(&s);
}

/* Puts a key that is there, and the next time another. */
static enum err taken_key(struct ctx *cx, void *arg)
{
    struct counted *c = arg;
    struct stmt *st = db_stmt(cx->db, SQL_WORK_DONE_PUT);
    uint8_t id[ID_BYTES] = {1};

    id[1] = (uint8_t)c->runs++;
    bind_text(st, ":site", cx->site->code);
    bind_id(st, ":id", id);
    return stmt_run(st);
}

static enum err said_conflict(struct ctx *cx, void *arg)
{
    struct counted *c = arg;

    c->runs++;
    return refuse(cx, ERR_CONFLICT, "taken", _("Sudah ada."));
}

static void test_conflicts(void **state)
{
    struct counted c = {.runs = 0};
    struct story s;

    (void)state;
    story_open(&s, NULL);
    STORY_OK(&s, local_run(&s.cx, taken_key, &c));
    c.runs = 0;
    STORY_OK(&s, local_run(&s.cx, taken_key, &c));
    assert_int_equal(c.runs, 2);
    c.runs = 0;
    STORY_REFUSED(&s, local_run(&s.cx, said_conflict, &c), ERR_CONFLICT, "taken");
    assert_int_equal(c.runs, 1);
    story_close(&s);
}

static void test_unknown_for_good(void **state)
{
    struct idem_id key = story_key("a");
    struct story s;
    struct sale sale;

    (void)state;
    story_open(&s, "KEP-1990");
    story_j1_goods(&s);
    faulty_begin(s.cx.db);
    /* An engine that cannot be asked: whoever has the key may ask later. */
    faulty_renewals(-1);
    faulty_arm(FAULT_UNKNOWN_DONE, 1);
    STORY_REFUSED(&s, story_sell(&s, &sale, "a", "KRJ-001", QTY_WHOLE(1), 20000), ERR_UNKNOWN,
                  "commit-unknown");
    STORY_OK(&s, sale_by_key(&sale, &s.cx, key));
    /* One that answers after a while. */
    faulty_renewals(2);
    faulty_arm(FAULT_UNKNOWN_NOT, 1);
    STORY_OK(&s, story_sell(&s, &sale, "b", "KRJ-001", QTY_WHOLE(1), 20000));
    assert_int_equal(sale.head.no, 2);
    /* The first question is lost as well. */
    faulty_arm(FAULT_UNKNOWN_DONE, 2);
    STORY_OK(&s, story_sell(&s, &sale, "c", "KRJ-001", QTY_WHOLE(1), 20000));
    assert_int_equal(sale.head.no, 3);
    assert_int_equal(act_seq(&s.cx), sale.head.journal_seq);
    faulty_end(s.cx.db);
    assert_int_equal(story_on_hand(&s, "KRJ-001").milli, 97000);
    story_close(&s);
}

/* Local work whose question is lost too: the bar that was put is not taken for the work. */
static void test_local_unknown_twice(void **state)
{
    struct counted c = {.runs = 0};
    struct story s;

    (void)state;
    story_open(&s, NULL);
    faulty_begin(s.cx.db);
    faulty_arm(FAULT_UNKNOWN_NOT, 2);
    STORY_OK(&s, local_run(&s.cx, counted_work, &c));
    assert_int_equal(c.runs, 2);
    c.runs = 0;
    faulty_arm(FAULT_UNKNOWN_DONE, 2);
    STORY_OK(&s, local_run(&s.cx, counted_work, &c));
    assert_int_equal(c.runs, 1);
    faulty_end(s.cx.db);
    story_close(&s);
}

/* ---- the key of a request, put with its first act ---- */

static enum err mark(struct ctx *cx, void *arg)
{
    static const struct digest content = {{7}};

    return idem_mark(cx, story_key(arg), &content);
}

static enum err marked_price(struct story *s, struct product_id id, const char *key)
{
    char text[ID_BYTES + 1];
    struct act_mark m = {.keep = mark, .arg = text};
    enum err e;

    snprintf(text, sizeof text, "%s", key);
    s->cx.mark = &m;
    e = price_set(&s->cx, &(struct price_new){.product = id, .price = RUPIAH(1000)});
    assert_int_equal(m.kept, e == OK);
    if (!e) { /* a second act of the same request is not the request sent again */
        e = price_set(&s->cx, &(struct price_new){.product = id, .price = RUPIAH(2000)});
    }
    s->cx.mark = NULL;
    return e;
}

static void test_marks(void **state)
{
    struct digest content = {{7}}, other = {{8}};
    struct idem_answer answer;
    struct product_id id;
    struct story s;
    int64_t seq;

    (void)state;
    story_open(&s, NULL);
    id = story_product(&s, "KRJ-001", "Gantungan kunci", TRACK_LOT, 15000, 9000);
    faulty_begin(s.cx.db);
    faulty_arm(FAULT_UNKNOWN_NOT, 1);
    STORY_OK(&s, marked_price(&s, id, "a"));
    seq = act_seq(&s.cx);
    STORY_REFUSED(&s, marked_price(&s, id, "a"), ERR_CONFLICT, IDEM_DONE_SLUG);
    assert_int_equal(act_seq(&s.cx), seq);
    STORY_OK(&s, idem_find(&answer, &s.cx, story_key("a"), &content));
    assert_true(answer.found);
    assert_int_equal(answer.status, 0);
    STORY_REFUSED(&s, idem_find(&answer, &s.cx, story_key("a"), &other), ERR_CONFLICT,
                  "key-reused");
    /* What was refused may be tried again under its key. */
    faulty_arm(FAULT_BUSY, 5);
    STORY_REFUSED(&s, marked_price(&s, id, "b"), ERR_BUSY, "busy");
    STORY_OK(&s, marked_price(&s, id, "b"));
    faulty_end(s.cx.db);
    story_close(&s);
}

/* ---- several processes write one stream ---- */

static enum err put_code(struct ctx *cx, void *arg)
{
    return family_put(cx, arg, "Kelompok uji");
}

static enum err rising(void *arg, const struct journal_line *line)
{
    struct act_id *last = arg;

    assert_true(memcmp(line->id.bytes, last->bytes, ID_BYTES) > 0);
    *last = line->id;
    return OK;
}

static enum err rising_work(struct ctx *cx, void *arg)
{
    return journal_read(cx, 0, 1000, rising, arg);
}

/* Each act by a process that knows no id of the others, with a clock that is before or behind. */
static void test_ids_rise(void **state)
{
    static const int64_t clocks[] = {0, 40, -30, 41, 41, -5000, 42, 0, 0};
    struct act_id last = {{0}};
    struct story s;

    (void)state;
    story_open(&s, NULL);
    for (int i = 0; i < 45; i++) {
        char code[16];

        s.now = INSTANT(STORY_START_MS + clocks[(size_t)i % LENGTH(clocks)]);
        id_seed(1000 + (uint64_t)i);
        snprintf(code, sizeof code, "uji-%d", i);
        STORY_OK(&s, act_run(&s.cx, "family.put", 1, put_code, code));
    }
    STORY_OK(&s, read_run(&s.cx, rising_work, &last));
    story_close(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_patience),
        cmocka_unit_test(test_conflicts),
        cmocka_unit_test(test_unknown_for_good),
        cmocka_unit_test(test_local_unknown_twice),
        cmocka_unit_test(test_marks),
        cmocka_unit_test(test_ids_rise),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
