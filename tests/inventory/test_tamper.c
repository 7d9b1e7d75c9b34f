/* Whatever is rewritten behind the journal's back is found and named.  On the file engine: the file
 * is opened by hand. */
#include "tests/story.h"

#include <sqlite3.h>

#include "inventory/journal.h"
#include "pos/facts.h"

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
    {"the guards of the tables", "UPDATE site_here SET code = code", "Penjaga data"},
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
    assert_int_equal(sqlite3_open(s->home.where, &db), SQLITE_OK);
    drop_triggers(db);
    must(db, sql);
    assert_true(sqlite3_total_changes(db) > 0);
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
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
    s.store = NULL;
    story_reopen(&s);
    snprintf(path, sizeof path, "%s/verify.db", s.folder);
    scratch = program_store(path, STORE_SCRATCH);
    if (journal_verify(&report, &s.cx, &scratch, &program_facts) != ERR_CORRUPT) {
        fail_msg("%s: not found", t->what);
    }
    if (!strstr(s.cx.why.text, t->named)) {
        fail_msg("%s: \"%s\" does not name \"%s\"", t->what, s.cx.why.text, t->named);
    }
    store_give(s.store, s.cx.db);
    store_close(s.store);
    assert_int_equal(rename(good, s.home.where), 0);
    s.store = NULL;
    story_reopen(&s);
    story_close(&s);
}

static void test_whatever_is_rewritten_is_named(void **state)
{
    (void)state;
    for (size_t i = 0; i < LENGTH(tampers); i++) {
        find_tampering(&tampers[i]);
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_whatever_is_rewritten_is_named),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
