/* Two tills want the last piece at the same moment: one gets it, the other is told. */
#include "tests/story.h"

#include <pthread.h>

#include "inventory/journal.h"
#include "pos/cart.h"
#include "pos/print_job.h"
#include "pos/staff.h"

enum { ROUNDS = 20, SALES_EACH = 25 };

struct till {
    struct story *story;
    struct ctx cx;
    const char *code;
    char key[32];
    enum err outcome;
    char slug[WHY_SLUG_MAX];
};

static enum err sell(struct till *t, const char *key)
{
    struct sale_line_wanted line = {t->code, QTY_WHOLE(1)};
    struct tender cash = {TENDER_CASH, RUPIAH(250000)};
    struct sale_wanted wanted = {.key = story_key(key),
                                 .lines = &line,
                                 .line_count = 1,
                                 .tenders = &cash,
                                 .tender_count = 1};
    struct sale sale;
    bool again;
    enum err e;

    t->cx.db = store_take(t->story->store);
    e = sale_commit(&sale, &again, &t->cx, &wanted);
    store_give(t->story->store, t->cx.db);
    return e;
}

static void *sell_one(void *arg)
{
    struct till *t = arg;

    t->outcome = sell(t, t->key);
    snprintf(t->slug, sizeof t->slug, "%s", t->cx.why.slug);
    return NULL;
}

static void *sell_many(void *arg)
{
    struct till *t = arg;

    for (int i = 0; i < SALES_EACH && !t->outcome; i++) {
        char key[48];

        snprintf(key, sizeof key, "%s-%d", t->key, i);
        t->outcome = sell(t, key);
    }
    return NULL;
}

static void till_open(struct till *t, struct story *s, const char *number, const char *code)
{
    *t = (struct till){.story = s, .cx = s->cx, .code = code};
    t->cx.arena = arena_new(64 * 1024 * 1024);
    t->cx.db = NULL;
    snprintf(t->cx.till, sizeof t->cx.till, "%s", number);
}

static void both(struct till tills[2], void *(*work)(void *))
{
    pthread_t threads[2];

    store_give(tills[0].story->store, tills[0].story->cx.db);
    for (int i = 0; i < 2; i++) {
        assert_int_equal(pthread_create(&threads[i], NULL, work, &tills[i]), 0);
    }
    for (int i = 0; i < 2; i++) {
        assert_int_equal(pthread_join(threads[i], NULL), 0);
        arena_free(tills[i].cx.arena);
    }
    tills[0].story->cx.db = store_take(tills[0].story->store);
}

static void test_last_piece(void **state)
{
    struct received batik;
    struct till tills[2];
    struct story s;

    (void)state;
    story_open(&s, "KEP-1990");
    story_product(&s, "BTK-001", "Kain batik burung enggang", TRACK_PIECE, 250000, 160000);
    batik = story_receive(&s, "BTK-001", QTY_WHOLE(ROUNDS), 160000);
    for (int round = 0; round < ROUNDS; round++) {
        int winner;

        for (int i = 0; i < 2; i++) {
            till_open(&tills[i], &s, i ? "2" : "1", batik.codes[round].text);
            snprintf(tills[i].key, sizeof tills[i].key, "%d-%d", round, i);
        }
        both(tills, sell_one);
        winner = tills[0].outcome == OK ? 0 : 1;
        assert_int_equal(tills[winner].outcome, OK);
        assert_int_equal(tills[1 - winner].outcome, ERR_CONFLICT);
        assert_string_equal(tills[1 - winner].slug, "unit-sold");
    }
    assert_int_equal(story_on_hand(&s, "BTK-001").milli, 0);
    story_close(&s);
}

static void test_last_of_a_lot(void **state)
{
    struct till tills[2];
    struct story s;

    (void)state;
    story_open(&s, "KEP-1990");
    story_product(&s, "KRJ-001", "Gantungan kunci korek api", TRACK_LOT, 15000, 9000);
    for (int round = 0; round < ROUNDS; round++) {
        story_receive(&s, "KRJ-001", QTY_WHOLE(1), 9000);
        for (int i = 0; i < 2; i++) {
            till_open(&tills[i], &s, i ? "2" : "1", "KRJ-001");
            snprintf(tills[i].key, sizeof tills[i].key, "%d-%d", round, i);
        }
        both(tills, sell_one);
        assert_true((tills[0].outcome == OK) != (tills[1].outcome == OK));
        assert_string_equal(tills[tills[0].outcome == OK].slug, "out-of-stock");
        assert_int_equal(tills[tills[0].outcome == OK].outcome, ERR_CONFLICT);
    }
    story_close(&s);
}

static void test_numbers_of_two_tills(void **state)
{
    struct till tills[2];
    struct story s;
    struct sale sale;

    (void)state;
    story_open(&s, "KEP-1990");
    story_product(&s, "KRJ-001", "Gantungan kunci korek api", TRACK_LOT, 15000, 9000);
    story_receive(&s, "KRJ-001", QTY_WHOLE(2 * SALES_EACH), 9000);
    for (int i = 0; i < 2; i++) {
        till_open(&tills[i], &s, "1", "KRJ-001"); /* both at till 1 */
        snprintf(tills[i].key, sizeof tills[i].key, "t%d", i);
    }
    both(tills, sell_many);
    assert_int_equal(tills[0].outcome, OK);
    assert_int_equal(tills[1].outcome, OK);
    for (int i = 1; i <= 2 * SALES_EACH; i++) {
        char number[64];

        snprintf(number, sizeof number, "1/632331/2026/%06d", i);
        STORY_OK(&s, sale_by_number(&sale, &s.cx, number));
    }
    assert_int_equal(story_on_hand(&s, "KRJ-001").milli, 0);
    story_close(&s);
}

/* ---- working state ---- */

enum { HANDS = 4, EACH = 12 };

struct hand {
    pthread_t thread;
    struct story *story;
    struct ctx cx;
    struct sale_id sale;
    int64_t numbers[EACH];
    int64_t pieces; /* put into the cart, or sold out of it */
    int failed;
};

static void hands_begin(struct hand *hands, size_t n, struct story *s)
{
    store_give(s->store, s->cx.db);
    for (size_t i = 0; i < n; i++) {
        hands[i] = (struct hand){.story = s, .cx = s->cx};
        hands[i].cx.arena = arena_new(64 * 1024 * 1024);
        hands[i].cx.db = NULL;
    }
}

static void hands_end(struct hand *hands, size_t n, struct story *s)
{
    for (size_t i = 0; i < n; i++) {
        assert_int_equal(pthread_join(hands[i].thread, NULL), 0);
        arena_free(hands[i].cx.arena);
        assert_int_equal(hands[i].failed, 0);
    }
    s->cx.db = store_take(s->store);
}

static void *print_many(void *arg)
{
    struct hand *h = arg;

    for (int i = 0; i < EACH; i++) {
        struct print_job job;
        bool taken;

        h->cx.db = store_take(h->story->store);
        h->failed += print_job_add(&job, &h->cx, h->sale, 0, "file") != OK;
        h->failed += print_job_take(&taken, &h->cx, job.id) != OK || taken;
        h->failed += staff_login_note(&h->cx, "kasir", false) != OK;
        store_give(h->story->store, h->cx.db);
        h->numbers[i] = job.number;
    }
    return NULL;
}

/* Each job has a number of its own and none is left out; each wrong password counts. */
static void test_numbers_of_papers(void **state)
{
    bool seen[HANDS * EACH + 1] = {false};
    struct hand hands[HANDS];
    struct staff_login login;
    struct sale sale;
    struct story s;

    (void)state;
    story_open(&s, "KEP-1990");
    story_j1_goods(&s);
    STORY_OK(&s, story_sell(&s, &sale, "a", "KRJ-001", QTY_WHOLE(1), 15000));
    hands_begin(hands, HANDS, &s);
    for (size_t i = 0; i < HANDS; i++) {
        hands[i].sale = sale.id;
        assert_int_equal(pthread_create(&hands[i].thread, NULL, print_many, &hands[i]), 0);
    }
    hands_end(hands, HANDS, &s);
    for (size_t i = 0; i < HANDS * EACH; i++) {
        int64_t number = hands[i / EACH].numbers[i % EACH];

        assert_true(number >= 1 && number <= HANDS * EACH && !seen[number]);
        seen[number] = true;
    }
    STORY_OK(&s, staff_login(&login, &s.cx, "kasir"));
    assert_int_equal(login.wait_until.ms - s.now.ms, 300000); /* the longest */
    story_close(&s);
}

static void *scan_many(void *arg)
{
    struct hand *h = arg;

    for (int i = 0; i < 3 * EACH; i++) {
        struct cart_scanned scanned;

        h->cx.db = store_take(h->story->store);
        h->failed += cart_scan(&scanned, &h->cx, "KRJ-001", (struct scan_mark){NULL, 0}) != OK;
        store_give(h->story->store, h->cx.db);
        h->pieces++;
    }
    return NULL;
}

/* Whatever stands in the cart at that moment. */
static enum err pay_now(struct hand *h)
{
    struct tender cash = {TENDER_CASH, RUPIAH(10000000)};
    struct cart cart;
    struct sale sale;
    bool again;
    enum err e = cart_now(&cart, &h->cx);

    if (e || cart.count == 0) {
        return e;
    }
    e = sale_commit(&sale, &again, &h->cx,
                    &(struct sale_wanted){
                        .key = cart.key, .cart = cart.id, .tenders = &cash, .tender_count = 1});
    if (!e) {
        assert_false(again);
        h->pieces += sale.lines[0].qty.milli / 1000;
    }
    return e;
}

static void *pay_many(void *arg)
{
    struct hand *h = arg;

    for (int i = 0; i < EACH; i++) {
        h->cx.db = store_take(h->story->store);
        h->failed += pay_now(h) != OK;
        store_give(h->story->store, h->cx.db);
    }
    return NULL;
}

/* What is scanned while somebody presses "pay" is in that sale or in the next cart, never between.
 */
static void test_scanned_while_paying(void **state)
{
    struct hand hands[2];
    struct cart cart;
    struct story s;

    (void)state;
    story_open(&s, "KEP-1990");
    story_j1_goods(&s);
    hands_begin(hands, 2, &s);
    assert_int_equal(pthread_create(&hands[0].thread, NULL, scan_many, &hands[0]), 0);
    assert_int_equal(pthread_create(&hands[1].thread, NULL, pay_many, &hands[1]), 0);
    hands_end(hands, 2, &s);
    STORY_OK(&s, cart_now(&cart, &s.cx));
    assert_int_equal(hands[0].pieces, hands[1].pieces + cart.pieces);
    assert_int_equal(story_on_hand(&s, "KRJ-001").milli, (100 - hands[1].pieces) * 1000);
    story_close(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_last_piece),           cmocka_unit_test(test_last_of_a_lot),
        cmocka_unit_test(test_numbers_of_two_tills), cmocka_unit_test(test_numbers_of_papers),
        cmocka_unit_test(test_scanned_while_paying),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
