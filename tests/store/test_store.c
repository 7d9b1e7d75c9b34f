/* The store port on the embedded engine: transactions, append-only, the log, whole tables. */
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "inventory/base/sbuf.h"
#include "tests/store/thing.h"

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
    assert_non_null(strstr(sbuf_str(&text), "amount_rp=7\nsite='"));
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

int main(void)
{
    static const struct CMUnitTest list[] = {
        STORE_TEST(test_facts_survive_reopening),
        STORE_TEST(test_a_refused_fact_leaves_nothing),
        STORE_TEST(test_facts_are_append_only),
        STORE_TEST(test_rollback_and_reads),
        STORE_TEST(test_a_full_disk),
        STORE_TEST(test_walk_and_copy),
        STORE_TEST(test_checkpoints),
        STORE_TEST(test_filling_then_settled),
    };

    return cmocka_run_group_tests(list, NULL, NULL);
}
