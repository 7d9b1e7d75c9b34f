/* The journal: its lines and its chain. */
#include "inventory/fact.h"
#include "inventory/journal.h"
#include "tests/story.h"

struct walk {
    int64_t lines;
    struct instant last;
    struct digest prev;
};

static enum err look(void *arg, const struct journal_line *line)
{
    struct walk *w = arg;
    struct digest hash = journal_hash(line);

    assert_int_equal(line->seq, ++w->lines);
    assert_true(line->at.ms >= w->last.ms);
    assert_memory_equal(line->prev_hash.bytes, w->prev.bytes, sizeof hash.bytes);
    assert_memory_equal(line->hash.bytes, hash.bytes, sizeof hash.bytes);
    w->last = line->at;
    w->prev = line->hash;
    return OK;
}

static void test_lines_are_numbered_and_chained(void **state)
{
    struct walk walk = {.lines = 0};
    struct journal_head head;
    struct story s;

    (void)state;
    story_open(&s, "KEP-1990");
    story_j1_goods(&s);
    STORY_OK(&s, journal_read(&s.cx, 0, 1000, look, &walk));
    STORY_OK(&s, journal_head(&head, &s.cx));
    assert_true(walk.lines > 3);
    assert_int_equal(head.seq, walk.lines);
    assert_memory_equal(head.hash.bytes, walk.prev.bytes, sizeof head.hash.bytes);
    story_close(&s);
}

/* A clock that was set back: the journal's time stands still until it has caught up. */
static void test_time_never_goes_back(void **state)
{
    struct walk walk = {.lines = 0};
    struct journal_head before, after;
    struct story s;

    (void)state;
    story_open(&s, "KEP-1990");
    story_j1_goods(&s);
    STORY_OK(&s, journal_head(&before, &s.cx));
    story_wait(&s, -3600 * 1000);
    STORY_OK(&s, setting_set(&s.cx, "receipt.footer", "Terima kasih."));
    STORY_OK(&s, journal_head(&after, &s.cx));
    assert_int_equal(after.seq, before.seq + 1);
    assert_int_equal(after.at.ms, before.at.ms);
    STORY_OK(&s, journal_read(&s.cx, 0, 1000, look, &walk));
    story_close(&s);
}

static enum err put_then_refuse(struct ctx *cx, void *arg)
{
    struct setting_row row = {
        .name = "receipt.footer", .value = "tidak jadi", .valid_from = act_at(cx)};
    enum err e = fact_put(cx, &setting_table, &row);

    (void)arg;
    return e ? e : refuse(cx, ERR_REFUSED, "changed-mind", _("Tidak jadi."));
}

static void test_a_refused_act_writes_nothing(void **state)
{
    struct journal_head before, after;
    const char *footer;
    struct story s;

    (void)state;
    story_open(&s, "KEP-1990");
    STORY_OK(&s, journal_head(&before, &s.cx));
    STORY_REFUSED(&s, act_run(&s.cx, "test", 1, put_then_refuse, NULL), ERR_REFUSED,
                  "changed-mind");
    STORY_OK(&s, journal_head(&after, &s.cx));
    assert_int_equal(after.seq, before.seq);
    STORY_OK(&s, setting_get(&footer, &s.cx, "receipt.footer"));
    assert_string_not_equal(footer, "tidak jadi");
    story_close(&s);
}

/* Two different shops, the same acts: the same ids from the same seed, the same journal. */
static void test_the_same_acts_give_the_same_journal(void **state)
{
    struct journal_head first, second;
    struct story s;

    (void)state;
    story_open(&s, "KEP-1990");
    story_j1_goods(&s);
    STORY_OK(&s, journal_head(&first, &s.cx));
    story_close(&s);
    story_open(&s, "KEP-1990");
    story_j1_goods(&s);
    STORY_OK(&s, journal_head(&second, &s.cx));
    story_close(&s);
    assert_int_equal(first.seq, second.seq);
    assert_memory_equal(first.hash.bytes, second.hash.bytes, sizeof first.hash.bytes);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lines_are_numbered_and_chained),
        cmocka_unit_test(test_time_never_goes_back),
        cmocka_unit_test(test_a_refused_act_writes_nothing),
        cmocka_unit_test(test_the_same_acts_give_the_same_journal),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
