/* The store port on the embedded engine: opening, refusing, transactions, append-only, whole
 * tables. */
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "attr.h"
#include "inventory/base/sbuf.h"
#include "inventory/store/fact_table.h"
#include "inventory/store/sql_split.h"
#include "inventory/store/store.h"

#define FILE_OF(file_name, text)                                                                   \
    {                                                                                              \
        .name = (file_name), .bytes = (text), .n = sizeof(text) - 1                                \
    }

static const struct embedded migrations[] = {
    FILE_OF("0001_thing.sql",
            "CREATE TABLE thing (site TEXT NOT NULL, act_id BLOB NOT NULL, id BLOB NOT NULL,"
            " name TEXT, amount_rp INTEGER NOT NULL CHECK (amount_rp > 0), PRIMARY KEY (site, id))"
            " STRICT, WITHOUT ROWID;"
            "CREATE TABLE thing_now (site TEXT NOT NULL PRIMARY KEY, total_rp INTEGER NOT NULL)"
            " STRICT;"
            "CREATE TRIGGER thing_final_u BEFORE UPDATE ON thing BEGIN"
            " SELECT RAISE(ABORT, 'thing is append-only'); END;"
            "CREATE TRIGGER thing_final_d BEFORE DELETE ON thing BEGIN"
            " SELECT RAISE(ABORT, 'thing is append-only'); END;"
            "CREATE TRIGGER thing_sum AFTER INSERT ON thing BEGIN"
            " INSERT INTO thing_now (site, total_rp) VALUES (NEW.site, NEW.amount_rp)"
            " ON CONFLICT (site) DO UPDATE SET total_rp = total_rp + NEW.amount_rp; END;"),
    FILE_OF("0002_note.sql", "CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT) STRICT;"),
};

enum { Q_TOTAL, Q_NOTE_PUT, Q_NOTES, Q_REPLACE, Q_UPDATE, Q_DELETE, Q_COUNT };

static const char *const names[] = {"total",         "note_put",     "notes",
                                    "thing_replace", "thing_update", "thing_delete"};

static const struct embedded queries[] = {
    FILE_OF("thing.sql", "-- name: total\nSELECT total_rp FROM thing_now WHERE site = :site;\n"
                         "-- name: thing_replace\nREPLACE INTO thing (site, act_id, id, name,"
                         " amount_rp) VALUES (:site, :id, :id, 'x', 1);\n"
                         "-- name: thing_update\nUPDATE thing SET amount_rp = 2;\n"
                         "-- name: thing_delete\nDELETE FROM thing;\n"),
    FILE_OF("note.sql", "-- a comment\n-- name: note_put\nINSERT INTO note (text) VALUES (:text);\n"
                        "-- name: notes\nSELECT id, text FROM note ORDER BY id;\n"),
};

struct thing {
    struct product_id id;
    const char *name;
    struct rupiah amount;
};

static const struct fact_col thing_cols[] = {
    FACT_COL(thing, "id", id),
    FACT_COL_OPTIONAL(thing, "name", name),
    FACT_COL(thing, "amount_rp", amount),
};
static const struct fact_table thing_table = FACT_TABLE("thing", thing, thing_cols);
static const struct fact_table *const tables[] = {&thing_table};

struct place {
    char folder[64];
    char path[128];
    struct store_options options;
};

static struct place here;

static int set_up(void **state)
{
    (void)state;
    snprintf(here.folder, sizeof here.folder, "/tmp/etalase-store-XXXXXX");
    if (!mkdtemp(here.folder)) {
        return -1;
    }
    snprintf(here.path, sizeof here.path, "%s/shop.db", here.folder);
    here.options = (struct store_options){.path = here.path,
                                          .profile = STORE_SERVING,
                                          .queries = queries,
                                          .query_files = LENGTH(queries),
                                          .query_names = names,
                                          .query_count = Q_COUNT,
                                          .migrations = migrations,
                                          .migration_count = LENGTH(migrations),
                                          .tables = tables,
                                          .table_count = LENGTH(tables)};
    return 0;
}

static int tear_down(void **state)
{
    char path[256];
    static const char *const ends[] = {"", "-wal", "-journal", "-shm", ".holder", ".copy"};

    (void)state;
    for (size_t i = 0; i < LENGTH(ends); i++) {
        snprintf(path, sizeof path, "%s%s", here.path, ends[i]);
        unlink(path);
    }
    return rmdir(here.folder);
}

static struct store *opened(void)
{
    struct store *s = NULL;
    struct why why = {.code = OK};

    if (store_open(&s, &here.options, &why)) {
        fail_msg("%s", why.text);
    }
    return s;
}

static struct thing thing_of(uint8_t mark, int64_t rp)
{
    struct thing t = {.name = "kain", .amount = RUPIAH(rp)};

    memset(t.id.bytes, mark, sizeof t.id.bytes);
    return t;
}

static const struct act_id act = {{1, 2, 3}};

static enum err put(struct db *db, const struct thing *t)
{
    enum err e = db_begin(db, DB_WRITE);

    if (!e && !(e = table_insert(db, &thing_table, "632331", act, t))) {
        return db_commit(db);
    }
    db_rollback(db);
    return e;
}

static int64_t total(struct db *db)
{
    struct stmt *st = db_stmt(db, Q_TOTAL);
    int64_t rp = 0;

    bind_text(st, ":site", "632331");
    if (stmt_one(st) == OK) {
        rp = col_int(st, "total_rp");
        stmt_done(st);
    }
    return rp;
}

static void test_facts_survive_reopening(void **state)
{
    struct store *s = opened();
    struct db *db = store_take(s);
    struct thing a = thing_of(7, 250000), b = thing_of(8, 30000);

    (void)state;
    b.name = NULL;
    assert_int_equal(put(db, &a), OK);
    assert_int_equal(put(db, &b), OK);
    store_give(s, db);
    store_close(s);

    s = opened();
    db = store_take(s);
    assert_int_equal(total(db), 280000);
    assert_int_equal(store_about(s).schema, 2);
    assert_string_equal(store_about(s).engine, "sqlite");
    store_give(s, db);
    store_close(s);
}

static void test_a_refused_fact_leaves_nothing(void **state)
{
    struct store *s = opened();
    struct db *db = store_take(s);
    struct thing good = thing_of(1, 5), zero = thing_of(2, 0);
    struct why why;

    (void)state;
    assert_int_equal(put(db, &good), OK);
    assert_int_equal(put(db, &zero), ERR_CONFLICT);
    assert_int_equal(put(db, &good), ERR_CONFLICT);
    db_explain(db, ERR_CONFLICT, &why);
    assert_non_null(strstr(why.text, "bertentangan"));
    assert_int_equal(total(db), 5);
    store_give(s, db);
    store_close(s);
}

static void test_facts_are_append_only(void **state)
{
    static const int writes[] = {Q_REPLACE, Q_UPDATE, Q_DELETE};
    struct store *s = opened();
    struct db *db = store_take(s);
    struct thing a = thing_of(1, 5);

    (void)state;
    assert_int_equal(put(db, &a), OK);
    for (size_t i = 0; i < LENGTH(writes); i++) {
        struct stmt *st;

        assert_int_equal(db_begin(db, DB_WRITE), OK);
        st = db_stmt(db, writes[i]);
        if (writes[i] == Q_REPLACE) {
            bind_text(st, ":site", "632331");
            bind_id(st, ":id", a.id.bytes);
        }
        assert_int_equal(stmt_run(st), ERR_CONFLICT);
        assert_non_null(strstr(db_complaint(db), "append-only"));
        db_rollback(db);
    }
    assert_int_equal(total(db), 5);
    store_give(s, db);
    store_close(s);
}

static void test_rollback_and_reads(void **state)
{
    struct store *s = opened();
    struct db *db = store_take(s);
    struct stmt *st;
    enum err e;

    (void)state;
    assert_int_equal(db_begin(db, DB_WRITE), OK);
    st = db_stmt(db, Q_NOTE_PUT);
    bind_text(st, ":text", "satu");
    assert_int_equal(stmt_run(st), OK);
    db_rollback(db);
    assert_false(db_in_transaction(db));
    assert_int_equal(db_begin(db, DB_READ), OK);
    st = db_stmt(db, Q_NOTES);
    assert_false(stmt_row(st, &e));
    assert_int_equal(e, OK);
    db_rollback(db);
    store_give(s, db);
    store_close(s);
}

static void test_a_second_process_is_told_who_holds_it(void **state)
{
    struct store *s = opened();
    pid_t child = fork();
    int status;

    (void)state;
    if (child == 0) {
        struct store *second = NULL;
        struct why why = {.code = OK};
        char mine[32];

        snprintf(mine, sizeof mine, "nomor %ld", (long)getppid());
        _exit(store_open(&second, &here.options, &why) == ERR_BUSY && strstr(why.text, mine) ? 0
                                                                                             : 1);
    }
    waitpid(child, &status, 0);
    assert_int_equal(status, 0);
    store_close(s);
}

static void expect_refused(enum err want, const char *words)
{
    struct store *s = NULL;
    struct why why = {.code = OK};

    assert_int_equal(store_open(&s, &here.options, &why), want);
    assert_null(s);
    if (!strstr(why.text, words)) {
        fail_msg("\"%s\" does not say \"%s\"", why.text, words);
    }
}

static void test_a_newer_file_is_left_alone(void **state)
{
    store_close(opened());
    (void)state;
    here.options.migration_count = 1;
    expect_refused(ERR_CONFLICT, "lebih baru");
    here.options.migration_count = 2;
    store_close(opened());
}

static void test_an_older_file_is_migrated(void **state)
{
    struct store *s;

    (void)state;
    here.options.migration_count = 1;
    here.options.query_files = 1; /* only the queries of the first schema */
    here.options.query_count = 0;
    here.options.query_files = 0;
    store_close(opened());
    here.options.migration_count = 2;
    here.options.query_files = LENGTH(queries);
    here.options.query_count = Q_COUNT;
    s = opened();
    assert_int_equal(store_about(s).schema, 2);
    store_close(s);
}

static void write_file(const char *bytes, size_t n)
{
    FILE *f = fopen(here.path, "wb");

    assert_non_null(f);
    assert_int_equal(fwrite(bytes, 1, n, f), n);
    fclose(f);
}

static void test_a_damaged_file_is_refused(void **state)
{
    char junk[8192];

    (void)state;
    memset(junk, 'x', sizeof junk);
    write_file(junk, sizeof junk);
    expect_refused(ERR_CORRUPT, "rusak");
}

static void test_a_folder_that_is_not_there(void **state)
{
    (void)state;
    here.options.path = "/tmp/etalase-tidak-ada/shop.db";
    expect_refused(ERR_FORBIDDEN, "tidak dapat ditulis");
}

static void test_a_wrong_description_stops_the_start(void **state)
{
    static const struct fact_col wrong_cols[] = {FACT_COL(thing, "id", id),
                                                 FACT_COL(thing, "amount", amount)};
    static const struct fact_table wrong = FACT_TABLE("thing", thing, wrong_cols);
    static const struct fact_table *const list[] = {&wrong};

    (void)state;
    here.options.tables = list;
    expect_refused(ERR_CORRUPT, "thing");
}

/* A full disk in the middle of a sale: the sentence says so, nothing is half written, and after
 * room is made the same store goes on. */
static void test_a_full_disk(void **state)
{
    struct store *s = opened();
    struct db *db = store_take(s);
    struct rlimit was, small;
    struct thing a = thing_of(1, 5), b = thing_of(2, 7);
    char *long_name = malloc(600001);
    enum err e;

    (void)state;
    assert_non_null(long_name);
    memset(long_name, 'n', 600000);
    long_name[600000] = '\0';
    assert_int_equal(put(db, &a), OK);
    getrlimit(RLIMIT_FSIZE, &was);
    small = (struct rlimit){.rlim_cur = 256 * 1024, .rlim_max = was.rlim_max};
    signal(SIGXFSZ, SIG_IGN);
    setrlimit(RLIMIT_FSIZE, &small);
    b.name = long_name;
    e = put(db, &b);
    setrlimit(RLIMIT_FSIZE, &was);
    assert_true(e == ERR_FULL || e == ERR_IO || e == ERR_UNKNOWN);
    assert_false(db_in_transaction(db));
    assert_int_equal(total(db), 5);
    assert_int_equal(put(db, &b), OK);
    assert_int_equal(total(db), 12);
    free(long_name);
    store_give(s, db);
    store_close(s);
}

static bool collect(void *arg, const char *text, size_t n)
{
    sbuf_add(arg, text, n);
    sbuf_char(arg, '\n');
    return true;
}

static void test_walk_and_copy(void **state)
{
    struct store *s = opened();
    struct db *db = store_take(s);
    struct thing a = thing_of(2, 5), b = thing_of(1, 7);
    char copy[256];
    struct why why;
    struct sbuf text;

    (void)state;
    sbuf_init(&text, 4096);
    assert_int_equal(put(db, &a), OK);
    assert_int_equal(put(db, &b), OK);
    assert_int_equal(table_walk(db, "thing", collect, &text), OK);
    assert_non_null(strstr(sbuf_str(&text), "amount_rp=7\nsite="));
    assert_string_equal(store_compared(s)[0], "thing");
    assert_string_equal(store_compared(s)[1], "thing_now");
    assert_null(store_compared(s)[2]);
    assert_int_equal(db_integrity(db, &why), OK);
    snprintf(copy, sizeof copy, "%s.copy", here.path);
    assert_int_equal(db_copy_to(db, copy, &why), OK);
    assert_int_equal(db_copy_to(db, copy, &why), ERR_CONFLICT);
    sbuf_done(&text);
    store_give(s, db);
    store_idle(s);
    store_close(s);
    unlink(here.path);
    assert_int_equal(rename(copy, here.path), 0);
    s = opened();
    db = store_take(s);
    assert_int_equal(total(db), 12);
    store_give(s, db);
    store_close(s);
}

static int64_t file_bytes(void)
{
    struct stat st;

    assert_int_equal(stat(here.path, &st), 0);
    return st.st_size;
}

/* The log goes into the file when nobody waits, and at once when it has grown past its limit. */
static void test_checkpoints(void **state)
{
    struct store *s = opened();
    struct db *db = store_take(s);
    struct thing a = thing_of(1, 5), big = thing_of(2, 7);
    char *name = malloc(12 * 1024 * 1024 + 1);
    int64_t empty = file_bytes(), after_idle;

    (void)state;
    assert_non_null(name);
    assert_int_equal(put(db, &a), OK);
    assert_int_equal(file_bytes(), empty);
    store_idle(s); /* held: nothing happens */
    assert_int_equal(file_bytes(), empty);
    store_give(s, db);
    store_idle(s);
    after_idle = file_bytes();
    assert_true(after_idle > empty);
    memset(name, 'n', 12 * 1024 * 1024);
    name[12 * 1024 * 1024] = '\0';
    big.name = name;
    db = store_take(s);
    assert_int_equal(put(db, &big), OK);
    assert_true(file_bytes() > after_idle + 12 * 1024 * 1024 - 65536);
    free(name);
    store_give(s, db);
    store_close(s);
}

static void test_filling_then_settled(void **state)
{
    struct store *s;
    struct db *db;
    struct why why;
    struct thing a = thing_of(2, 5);

    (void)state;
    here.options.profile = STORE_FILLING;
    s = opened();
    db = store_take(s);
    assert_int_equal(put(db, &a), OK);
    store_give(s, db);
    assert_int_equal(store_settle(s, &why), OK);
    db = store_take(s);
    assert_int_equal(total(db), 5);
    store_give(s, db);
    store_close(s);
}

static void test_split_refuses(void **state)
{
    static const char *const two[] = {"a", "b"};
    static const struct embedded missing[] = {FILE_OF("x.sql", "-- name: a\nSELECT 1;\n")};
    static const struct embedded twice[] = {
        FILE_OF("x.sql", "-- name: a\nSELECT 1;\n-- name: b\nSELECT 2;\n-- name: a\nSELECT 3;\n")};
    static const struct embedded extra[] = {
        FILE_OF("x.sql", "-- name: a\nSELECT 1;\n-- name: b\nSELECT 2;\n-- name: c\nSELECT 3;\n")};
    struct sql_piece pieces[2];
    struct why why;

    (void)state;
    assert_int_equal(sql_split(pieces, two, 2, missing, 1, &why), ERR_CORRUPT);
    assert_non_null(strstr(why.text, "b"));
    assert_int_equal(sql_split(pieces, two, 2, twice, 1, &why), ERR_CORRUPT);
    assert_int_equal(sql_split(pieces, two, 2, extra, 1, &why), ERR_CORRUPT);
}

#define STORE_TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    static const struct CMUnitTest list[] = {
        STORE_TEST(test_facts_survive_reopening),
        STORE_TEST(test_a_refused_fact_leaves_nothing),
        STORE_TEST(test_facts_are_append_only),
        STORE_TEST(test_rollback_and_reads),
        STORE_TEST(test_a_second_process_is_told_who_holds_it),
        STORE_TEST(test_a_newer_file_is_left_alone),
        STORE_TEST(test_an_older_file_is_migrated),
        STORE_TEST(test_a_damaged_file_is_refused),
        STORE_TEST(test_a_folder_that_is_not_there),
        STORE_TEST(test_a_wrong_description_stops_the_start),
        STORE_TEST(test_a_full_disk),
        STORE_TEST(test_walk_and_copy),
        STORE_TEST(test_checkpoints),
        STORE_TEST(test_filling_then_settled),
        cmocka_unit_test(test_split_refuses),
    };

    return cmocka_run_group_tests(list, NULL, NULL);
}
