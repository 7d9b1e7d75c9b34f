/* The server's store when things go wrong: lost connections, commits without an answer, an empty
 * pool. */
#include <time.h>

#include "tests/store/server.h"

static struct store *s;
static struct db *db;

static int open_one(void **state)
{
    migrated_set_up(state);
    s = server_opened();
    db = store_take(s);
    return 0;
}

static int close_one(void **state)
{
    store_give(s, db);
    store_close(s);
    return server_tear_down(state);
}

#define WITH_ONE(name) cmocka_unit_test_setup_teardown(name, open_one, close_one)

static void begin(struct db *on, enum db_mode mode)
{
    assert_int_equal(db_begin(on, mode), OK);
}

/* ---- lost connections ---- */

static const char backends[] = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
                               " WHERE datname = current_database() AND application_name ="
                               " 'etalase'";
static const char living[] = "SELECT count(*) FROM pg_stat_activity"
                             " WHERE datname = current_database() AND application_name = 'etalase'";

static void hang_up(void)
{
    psql(backends, NULL, 0);
    psql_until(living, "0");
}

static void test_a_connection_lost_between_transactions(void **state)
{
    (void)state;
    begin(db, DB_LOCAL);
    assert_int_equal(note_put(db, 1, "x", 1), OK);
    assert_int_equal(db_commit(db), OK);
    hang_up();
    begin(db, DB_LOCAL);
    assert_int_equal(note_n(db, 1), 1);
    assert_int_equal(note_put(db, 2, "x", 2), OK);
    assert_int_equal(db_commit(db), OK);
    hang_up();
    store_idle(s);
    assert_int_equal(note_n(db, 2), 2);
}

static void test_a_connection_lost_before_the_commit(void **state)
{
    (void)state;
    for (int waited = 0; waited < 2; waited++) {
        begin(db, DB_WRITE);
        assert_int_equal(note_put(db, 1, "x", 1), OK);
        if (waited) {
            assert_int_equal(note_n(db, 1), 1);
            assert_int_equal(note_put(db, 2, "x", 1), OK);
        }
        hang_up();
        assert_int_equal(db_commit(db), ERR_AWAY);
        begin(db, DB_WRITE);
        assert_int_equal(note_n(db, 1), -1);
        assert_int_equal(db_commit(db), OK);
    }
}

static void test_a_connection_lost_in_the_middle(void **state)
{
    struct stmt *st;
    enum err e;

    (void)state;
    begin(db, DB_WRITE);
    assert_int_equal(note_put(db, 1, "x", 1), OK);
    assert_int_equal(note_n(db, 1), 1);
    hang_up();
    st = db_stmt(db, S_NOTES);
    assert_false(stmt_row(st, &e));
    assert_int_equal(e, ERR_AWAY);
    assert_int_equal(note_put(db, 2, "x", 1), ERR_AWAY);
    assert_int_equal(db_commit(db), ERR_AWAY);
    assert_int_equal(note_n(db, 1), -1);
}

/* ---- commits of which nobody knows ---- */

static void commit_through(struct wire *w, enum door door, int64_t id, enum err want)
{
    begin(db, DB_WRITE);
    assert_int_equal(note_put(db, id, "x", id), OK);
    assert_int_equal(note_n(db, id), id); /* so that the next answer is that of the commit */
    atomic_store(&w->door, door);
    assert_int_equal(db_commit(db), want);
    assert_int_equal(db_renew(db), OK);
}

static void test_a_commit_without_an_answer(void **state)
{
    char url[192];
    struct wire w;

    migrated_set_up(state);
    wire_open(&w);
    address(url, sizeof url, "etalase", w.port, there.database);
    there.options.where = url;
    s = server_opened();
    db = store_take(s);
    commit_through(&w, DOOR_OPEN, 1, OK);
    commit_through(&w, DOOR_KEEPS_ANSWER, 2, ERR_UNKNOWN);
    commit_through(&w, DOOR_KEEPS_COMMIT, 3, ERR_UNKNOWN);
    commit_through(&w, DOOR_SAYS_PANIC, 4, ERR_UNKNOWN);
    assert_int_equal(atomic_load(&w.cuts), 3);
    begin(db, DB_WRITE);
    assert_int_equal(note_n(db, 1), 1);
    assert_int_equal(note_n(db, 2), 2);
    assert_int_equal(note_n(db, 3), -1);
    assert_int_equal(note_n(db, 4), 4);
    assert_int_equal(db_commit(db), OK);
    close_one(state);
    wire_close(&w);
}

/* The first to notice waits for some seconds; who comes then is told at once; with the server back
 * all goes on. */
static void test_a_server_that_is_away(void **state)
{
    time_t until = time(NULL) + 30;
    char url[192];
    struct wire w;
    struct why why;
    enum err e;

    migrated_set_up(state);
    wire_open(&w);
    address(url, sizeof url, "etalase", w.port, there.database);
    there.options.where = url;
    s = server_opened();
    db = store_take(s);
    begin(db, DB_WRITE);
    assert_int_equal(note_put(db, 1, "x", 1), OK);
    assert_int_equal(note_n(db, 1), 1);
    atomic_store(&w.door, DOOR_SHUT);
    assert_int_equal(stmt_one(db_stmt(db, S_NOTES)), ERR_AWAY);
    assert_int_equal(db_commit(db), ERR_AWAY);
    assert_int_equal(db_begin(db, DB_READ), ERR_AWAY);
    assert_int_equal(db_begin(db, DB_READ), ERR_AWAY);
    assert_string_equal(db_complaint(db), "the server is away");
    db_explain(db, ERR_AWAY, &why);
    assert_string_equal(why.slug, "store-away");
    atomic_store(&w.door, DOOR_OPEN);
    while ((e = db_begin(db, DB_READ)) == ERR_AWAY && time(NULL) < until) {
    }
    assert_int_equal(e, OK);
    assert_int_equal(note_n(db, 1), -1);
    assert_int_equal(db_commit(db), OK);
    close_one(state);
    wire_close(&w);
}

static void *cancel_waiting(void *arg)
{
    (void)arg;
    psql_until("SELECT count(pg_cancel_backend(pid)) FROM pg_stat_activity"
               " WHERE datname = current_database() AND wait_event = 'SyncRep'",
               "1");
    return NULL;
}

/* A standby that does not answer, and somebody who ends the wait for it. */
static void test_a_commit_that_is_on_one_side_only(void **state)
{
    pthread_t thread;

    (void)state;
    psql("ALTER SYSTEM SET synchronous_standby_names = 'tidak_ada'", NULL, 0);
    psql("SELECT pg_reload_conf()", NULL, 0);
    psql_until("SHOW synchronous_standby_names", "tidak_ada");
    begin(db, DB_WRITE);
    assert_int_equal(note_put(db, 1, "x", 1), OK);
    assert_int_equal(note_n(db, 1), 1);
    assert_int_equal(pthread_create(&thread, NULL, cancel_waiting, NULL), 0);
    assert_int_equal(db_commit(db), ERR_UNKNOWN);
    pthread_join(thread, NULL);
    assert_non_null(strstr(db_complaint(db), "locally"));
    psql("ALTER SYSTEM RESET synchronous_standby_names", NULL, 0);
    psql("SELECT pg_reload_conf()", NULL, 0);
    psql_until("SHOW synchronous_standby_names", "");
    assert_int_equal(db_renew(db), OK);
    assert_int_equal(note_n(db, 1), 1);
}

/* ---- the pool ---- */

static void test_a_pool_that_is_empty(void **state)
{
    struct db *spare, *again;
    struct stmt *st;
    struct why why;
    enum err e;

    migrated_set_up(state);
    there.options.pool = 1;
    s = server_opened();
    db = store_take(s);
    spare = store_take(s);
    assert_true(spare != db);
    assert_int_equal(db_begin(spare, DB_WRITE), ERR_BUSY);
    db_explain(spare, ERR_BUSY, &why);
    assert_string_equal(why.slug, "store-busy-pool");
    st = db_stmt(spare, S_NOTE_GET);
    bind_int(st, ":id", 1);
    assert_false(stmt_row(st, &e));
    assert_int_equal(e, ERR_BUSY);
    assert_int_equal(note_put(spare, 1, "x", 1), ERR_BUSY);
    store_give(s, spare);
    store_give(s, db);
    again = store_take(s);
    assert_true(again == db);
    close_one(state);
}

enum { TAKERS = 8, TAKES = 40 };

static void *add_ones(void *arg)
{
    int *busy = arg;

    for (int i = 0; i < TAKES; i++) {
        struct db *mine = store_take(s);
        enum err e = ERR_BUSY;

        while (e == ERR_BUSY) {
            if (!(e = db_begin(mine, DB_LOCAL)) && !(e = note_set(mine, 1, note_n(mine, 1) + 1))) {
                e = db_commit(mine);
            } else {
                db_rollback(mine);
            }
            *busy += e == ERR_BUSY;
        }
        *busy += e ? 1000000 : 0;
        store_give(s, mine);
    }
    return NULL;
}

static void test_many_take_turns(void **state)
{
    pthread_t threads[TAKERS];
    int busy[TAKERS] = {0};

    migrated_set_up(state);
    there.options.pool = 3;
    s = server_opened();
    db = store_take(s);
    begin(db, DB_LOCAL);
    assert_int_equal(note_put(db, 1, "x", 0), OK);
    assert_int_equal(db_commit(db), OK);
    store_give(s, db);
    for (int i = 0; i < TAKERS; i++) {
        assert_int_equal(pthread_create(&threads[i], NULL, add_ones, &busy[i]), 0);
    }
    for (int i = 0; i < TAKERS; i++) {
        pthread_join(threads[i], NULL);
        assert_true(busy[i] < 1000000);
    }
    db = store_take(s);
    assert_int_equal(note_n(db, 1), TAKERS * TAKES);
    close_one(state);
}

int main(void)
{
    static const struct CMUnitTest list[] = {
        WITH_ONE(test_a_connection_lost_between_transactions),
        WITH_ONE(test_a_connection_lost_before_the_commit),
        WITH_ONE(test_a_connection_lost_in_the_middle),
        cmocka_unit_test(test_a_commit_without_an_answer),
        cmocka_unit_test(test_a_server_that_is_away),
        WITH_ONE(test_a_commit_that_is_on_one_side_only),
        cmocka_unit_test(test_a_pool_that_is_empty),
        cmocka_unit_test(test_many_take_turns),
    };

    return cmocka_run_group_tests(list, NULL, NULL);
}
