/* The journal: its lines, its chain, and that whatever is rewritten behind its back is found and
 * named. */
#include <sqlite3.h>

#include "inventory/base/sbuf.h"
#include "inventory/base/secret.h"
#include "inventory/fact.h"
#include "inventory/journal.h"
#include "pos/facts.h"
#include "tests/story.h"

/* ---- lines ---- */

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

/* ---- tampering ---- */

/* What somebody with the file and another tool would do.  The triggers are dropped first. */
static const struct tamper {
    const char *what;
    const char *sql;
    const char *named; /* must stand in the sentence */
} tampers[] = {
    {"a byte of a body",
     "UPDATE journal SET body = replace(body, '250000', '250001') "
     "WHERE seq = (SELECT min(seq) FROM journal WHERE body LIKE '%250000%')",
     "baris 2"},
    {"the time of a line", "UPDATE journal SET at_ms = at_ms + 1 WHERE seq = 3", "baris 3"},
    {"the actor of a line", "UPDATE journal SET actor = 'orang lain' WHERE seq = 3", "baris 3"},
    {"a line taken out", "DELETE FROM journal WHERE seq = 4", "baris 4"},
    {"two lines swapped",
     "UPDATE journal SET seq = 900 WHERE seq = 3; UPDATE journal SET seq = 3 WHERE seq = 4; "
     "UPDATE journal SET seq = 4 WHERE seq = 900",
     "baris 3"},
    {"the last line taken away", "DELETE FROM journal WHERE seq = (SELECT max(seq) FROM journal)",
     "tidak sama dengan jurnal"},
    {"a price", "UPDATE price SET price_rp = 1 WHERE price_rp = 250000", "Tabel price"},
    {"a move of goods", "DELETE FROM stock_move WHERE line = 2", "Tabel stock_move"},
    {"a fact that no act wrote",
     "INSERT INTO family SELECT site, act_id, 'gelap', 'Gelap' FROM family LIMIT 1",
     "Tabel family"},
    {"letters that went from one column to the next",
     "UPDATE product_rev SET motif = 'kawung', technique = 'cap technique=' "
     "WHERE motif = 'kawung technique=cap'",
     "Tabel product_rev"},
    {"a line of a stream that is not ours",
     "INSERT INTO journal SELECT site, 'B', seq, zeroblob(16), kind, ver, at_ms, actor, till, "
     "body, "
     "prev_hash, hash FROM journal WHERE seq = 1",
     "Tabel journal"},
    {"something hidden behind the end of a body",
     "UPDATE journal SET body = body || char(0) || 'x' WHERE seq = 3", "Tabel journal"},
    {"the guards of the tables", "UPDATE site_here SET code = code", "Tabel sqlite_schema"},
    {"a byte that is no character",
     "UPDATE setting SET value = CAST(x'47616c657269ff01' AS TEXT) WHERE name = 'unit.name'",
     "value='Galeri?"
     "?'"},
    {"a level of stock", "UPDATE stock_now SET qty_milli = qty_milli + 1000", "Tabel stock_now"},
    {"where a piece stands", "UPDATE unit_now SET act_id = zeroblob(16)", "Tabel unit_now"},
};

static void must(sqlite3 *db, const char *sql)
{
    char *complaint = NULL;

    if (sqlite3_exec(db, sql, NULL, NULL, &complaint)) {
        fail_msg("%s: %s", sql, complaint);
    }
}

/* One name after another: a trigger cannot be dropped while a statement runs over the schema. */
static void drop_triggers(sqlite3 *db)
{
    for (;;) {
        sqlite3_stmt *st = NULL;
        char drop[256] = "";

        assert_int_equal(
            sqlite3_prepare_v2(db, "SELECT name FROM sqlite_schema WHERE type = 'trigger' LIMIT 1",
                               -1, &st, NULL),
            SQLITE_OK);
        if (sqlite3_step(st) == SQLITE_ROW) {
            snprintf(drop, sizeof drop, "DROP TRIGGER %s",
                     (const char *)sqlite3_column_text(st, 0));
        }
        sqlite3_finalize(st);
        if (!*drop) {
            return;
        }
        must(db, drop);
    }
}

static void tamper(struct story *s, const char *sql)
{
    sqlite3 *db = NULL;

    store_give(s->store, s->cx.db);
    store_close(s->store);
    assert_int_equal(sqlite3_open(s->file, &db), SQLITE_OK);
    drop_triggers(db);
    must(db, sql);
    assert_true(sqlite3_total_changes(db) > 0);
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

static void reopen(struct story *s)
{
    struct store_options options = program_store(s->file, STORE_SERVING);
    struct why why;

    if (store_open(&s->store, &options, &why)) {
        fail_msg("store: %s", why.text);
    }
    s->cx.db = store_take(s->store);
}

/* A motif that looks like two columns. */
static void odd_product(struct story *s)
{
    struct product_id id;

    STORY_OK(s, product_create(&id, &s->cx,
                               &(struct product_new){.sku = "BTK-009",
                                                     .name = "Syal",
                                                     .family = "kerajinan",
                                                     .workshop = "Bengkel Kerajinan",
                                                     .tracking = TRACK_LOT,
                                                     .unit = "lembar",
                                                     .price = RUPIAH(90000),
                                                     .revenue_account = "425119",
                                                     .motif = "kawung technique=cap",
                                                     .technique = ""}));
}

static void find_tampering(const struct tamper *t)
{
    struct verify_report report;
    struct store_options scratch;
    char good[128], path[128];
    struct story s;
    struct why why;

    story_open(&s, "KEP-1990");
    story_j1_goods(&s);
    odd_product(&s);
    snprintf(good, sizeof good, "%s/good.db", s.folder);
    assert_int_equal(db_copy_to(s.cx.db, good, &why), OK);
    tamper(&s, t->sql);
    reopen(&s);
    snprintf(path, sizeof path, "%s/verify.db", s.folder);
    scratch = program_store(path, STORE_SCRATCH);
    if (journal_verify(&report, &s.cx, s.store, &scratch, &program_facts) != ERR_CORRUPT) {
        fail_msg("%s: not found", t->what);
    }
    if (!strstr(s.cx.why.text, t->named)) {
        fail_msg("%s: \"%s\" does not name \"%s\"", t->what, s.cx.why.text, t->named);
    }
    store_give(s.store, s.cx.db);
    store_close(s.store);
    assert_int_equal(rename(good, s.file), 0);
    reopen(&s);
    story_close(&s);
}

static void test_whatever_is_rewritten_is_named(void **state)
{
    (void)state;
    for (size_t i = 0; i < LENGTH(tampers); i++) {
        find_tampering(&tampers[i]);
    }
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
        cmocka_unit_test(test_whatever_is_rewritten_is_named),
        cmocka_unit_test(test_the_same_acts_give_the_same_journal),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
