/* Questions that were asked ahead, and rows that wait to be sent together: whatever happens in
 * between, an answer is that of the question, and of its moment. */
#include "tests/store/server.h"

static struct store *s;
static struct db *db, *other;

static int open_two(void **state)
{
    migrated_set_up(state);
    s = server_opened();
    db = store_take(s);
    other = store_take(s);
    return 0;
}

static int close_two(void **state)
{
    store_give(s, other);
    store_give(s, db);
    store_close(s);
    return server_tear_down(state);
}

#define WITH_TWO(name) cmocka_unit_test_setup_teardown(name, open_two, close_two)

static void begin(struct db *on, enum db_mode mode)
{
    assert_int_equal(db_begin(on, mode), OK);
}

static void commit(struct db *on)
{
    assert_int_equal(db_commit(on), OK);
}

static void ahead(int64_t id)
{
    struct stmt *st = db_stmt(db, S_NOTE_GET);

    bind_int(st, ":id", id);
    stmt_ahead(st);
}

static void ahead_of_total(void)
{
    struct stmt *st = db_stmt(db, S_TOTAL);

    bind_text(st, ":site", "1");
    stmt_ahead(st);
}

/* As put() and total() of the file's tests, for one site. */
static enum err put_thing(uint8_t mark, int64_t rp)
{
    struct thing t = thing_of(mark, rp);
    struct act_id act = {{1}};

    return table_insert(db, &thing_table, "1", act, &t);
}

static int64_t total_now(void)
{
    struct stmt *st = db_stmt(db, S_TOTAL);
    int64_t rp = 0;
    enum err e;

    bind_text(st, ":site", "1");
    if (stmt_row(st, &e)) {
        rp = col_int(st, "total_rp");
        stmt_done(st);
    }
    assert_int_equal(e, OK);
    return rp;
}

static void notes(int64_t first, int64_t last)
{
    begin(db, DB_LOCAL);
    for (int64_t id = first; id <= last; id++) {
        assert_int_equal(note_put(db, id, "x", 10 * id), OK);
    }
    commit(db);
}

/* ---- whose answer ---- */

static void test_answers_find_their_questions(void **state)
{
    (void)state;
    notes(1, 5);
    begin(db, DB_READ);
    for (int64_t id = 1; id <= 6; id++) {
        ahead(id);
    }
    ahead(3);
    for (int64_t id = 5; id >= 1; id--) { /* not in the order they were asked */
        assert_int_equal(note_n(db, id), 10 * id);
    }
    assert_int_equal(note_n(db, 6), -1);
    assert_int_equal(note_n(db, 3), 30);
    commit(db);
}

static void test_nothing_is_left_for_the_next(void **state)
{
    static const enum db_mode modes[] = {DB_READ, DB_WRITE, DB_LOCAL};

    (void)state;
    notes(1, 2);
    for (size_t i = 0; i < LENGTH(modes); i++) {
        for (int back = 0; back < 2; back++) {
            begin(db, modes[i]);
            ahead(1);
            if (i > 0) {
                assert_int_equal(note_set(db, 1, 10), OK);
            }
            ahead(2);
            if (back) {
                db_rollback(db);
            } else {
                commit(db);
            }
            begin(other, DB_LOCAL);
            assert_int_equal(note_set(other, 2, (int64_t)(100 * i) + back), OK);
            commit(other);
            begin(db, modes[i]);
            assert_int_equal(note_n(db, 2), (int64_t)(100 * i) + back);
            assert_int_equal(note_n(db, 1), 10);
            commit(db);
        }
    }
}

static void test_more_than_fit(void **state)
{
    (void)state;
    notes(1, 400);
    begin(db, DB_WRITE);
    for (int64_t id = 1; id <= 400; id++) {
        ahead(id);
    }
    for (int64_t id = 1; id <= 400; id++) {
        assert_int_equal(note_n(db, id), 10 * id);
        assert_int_equal(note_set(db, id, id), OK);
    }
    for (int64_t id = 1; id <= 400; id++) {
        assert_int_equal(note_n(db, id), id);
    }
    commit(db);
}

/* ---- of which moment ---- */

static void test_a_write_makes_it_stale(void **state)
{
    (void)state;
    notes(1, 1);
    begin(db, DB_WRITE);
    ahead(1);
    assert_int_equal(note_set(db, 1, 7), OK);
    assert_int_equal(note_n(db, 1), 7);
    ahead(1);
    assert_int_equal(note_n(db, 1), 7);
    ahead(2);
    assert_int_equal(note_put(db, 2, "x", 8), OK);
    ahead(2);
    assert_int_equal(note_n(db, 2), 8);
    commit(db);
}

/* In an act each statement sees what was committed before it: an answer is given once, and what is
 * asked again is asked anew. */
static void test_an_answer_is_given_once(void **state)
{
    (void)state;
    notes(1, 1);
    begin(db, DB_WRITE);
    ahead(1);
    assert_int_equal(note_n(db, 1), 10);
    begin(other, DB_LOCAL);
    assert_int_equal(note_set(other, 1, 11), OK);
    commit(other);
    assert_int_equal(note_n(db, 1), 11);
    commit(db);
}

static void test_rows_that_wait_are_seen(void **state)
{
    int64_t sum = 0;

    (void)state;
    begin(db, DB_WRITE);
    ahead_of_total();
    for (int i = 1; i <= 250; i++) {
        assert_int_equal(put_thing((uint8_t)i, i), OK);
        sum += i;
        if (i % 50 == 0) {
            ahead_of_total();
            assert_int_equal(total_now(), sum);
        } else if (i % 7 == 0) {
            ahead_of_total();
        }
    }
    commit(db);
    begin(db, DB_READ);
    assert_int_equal(total_now(), sum);
    commit(db);
}

/* ---- when something fails ---- */

static void test_a_refused_row_takes_all_with_it(void **state)
{
    (void)state;
    begin(db, DB_WRITE);
    assert_int_equal(put_thing(1, 5), OK);
    commit(db);
    for (int how = 0; how < 3; how++) {
        enum err e;

        begin(db, DB_WRITE);
        ahead(1);
        assert_int_equal(note_put(db, 1, "x", 1), OK);
        e = put_thing(2, 6);
        e = e ? e : put_thing((uint8_t)(how == 0 ? 1 : 3), how == 1 ? -1 : 7); /* key, rule */
        e = e || how < 2 ? e : put_thing(4, 1000000000);                       /* trigger */
        e = e ? e : put_thing(5, 8);
        assert_true(e == OK || e == ERR_CONFLICT);
        assert_int_equal(db_commit(db), ERR_CONFLICT);
        begin(db, DB_READ);
        assert_int_equal(total_now(), 5);
        assert_int_equal(note_n(db, 1), -1);
        commit(db);
    }
}

static void test_rows_that_wait_go_with_a_rollback(void **state)
{
    (void)state;
    begin(db, DB_WRITE);
    assert_int_equal(put_thing(1, 5), OK);
    assert_int_equal(put_thing(2, 5), OK);
    db_rollback(db);
    begin(db, DB_WRITE);
    assert_int_equal(put_thing(3, 1), OK);
    commit(db);
    begin(db, DB_READ);
    assert_int_equal(total_now(), 1);
    commit(db);
}

static const char hang_up[] = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
                              " WHERE datname = current_database() AND application_name ="
                              " 'etalase'";
static const char living[] = "SELECT count(*) FROM pg_stat_activity"
                             " WHERE datname = current_database() AND application_name = 'etalase'";

static void test_a_lost_connection_leaves_nothing(void **state)
{
    struct stmt *st;
    enum err e;

    (void)state;
    notes(1, 1);
    for (int asked = 0; asked < 2; asked++) {
        begin(db, DB_WRITE);
        assert_int_equal(note_n(db, 1), 10);
        ahead(1);
        assert_int_equal(put_thing(1, 5), OK);
        ahead(1);
        assert_int_equal(put_thing(2, 5), OK);
        psql(hang_up, NULL, 0);
        psql_until(living, "0");
        if (asked) {
            st = db_stmt(db, S_NOTE_GET);
            bind_int(st, ":id", 1);
            assert_false(stmt_row(st, &e));
            assert_int_equal(e, ERR_AWAY);
            assert_int_equal(put_thing(3, 5), ERR_AWAY);
        }
        assert_int_equal(db_commit(db), ERR_AWAY);
        begin(db, DB_WRITE);
        assert_int_equal(note_n(db, 1), 10);
        assert_int_equal(total_now(), 0);
        commit(db);
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        WITH_TWO(test_answers_find_their_questions),
        WITH_TWO(test_nothing_is_left_for_the_next),
        WITH_TWO(test_more_than_fit),
        WITH_TWO(test_a_write_makes_it_stale),
        WITH_TWO(test_an_answer_is_given_once),
        WITH_TWO(test_rows_that_wait_are_seen),
        WITH_TWO(test_a_refused_row_takes_all_with_it),
        WITH_TWO(test_rows_that_wait_go_with_a_rollback),
        WITH_TWO(test_a_lost_connection_leaves_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
