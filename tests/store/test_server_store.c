/* The store port on the server: cells, failures, transactions that meet, whole tables. */
#include "inventory/base/sbuf.h"
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

/* ---- cells ---- */

static void put_cells(int64_t id, const char *text, const void *bytes, size_t n, int64_t number)
{
    struct stmt *st;

    begin(db, DB_LOCAL);
    st = db_stmt(db, S_NOTE_PUT);
    bind_int(st, ":id", id);
    bind_text(st, ":text", text);
    bind_blob(st, ":bytes", bytes, n);
    bind_int(st, ":n", number);
    assert_int_equal(stmt_run(st), OK);
    assert_int_equal(db_commit(db), OK);
}

static void test_cells_come_back(void **state)
{
    static const uint8_t all[] = {0, 1, 0xFF, '\'', '\\', 0, '\n'};
    static const struct {
        const char *text;
        const void *bytes;
        size_t n;
        int64_t number;
    } cells[] = {
        {"kain", all, sizeof all, 0}, {"", "", 0, INT64_MAX},
        {NULL, NULL, 0, INT64_MIN},   {"Batik tulis ' \\ \" 北 🧵\t$1 :a", all, 1, -1},
        {"x", all, 2, 4294967296},
    };

    (void)state;
    for (size_t i = 0; i < LENGTH(cells); i++) {
        put_cells((int64_t)i, cells[i].text, cells[i].bytes, cells[i].n, cells[i].number);
    }
    begin(db, DB_READ);
    for (size_t i = 0; i < LENGTH(cells); i++) {
        struct stmt *st = db_stmt(db, S_NOTE_GET);
        size_t n;
        const void *bytes;

        bind_int(st, ":id", (int64_t)i);
        assert_int_equal(stmt_one(st), OK);
        assert_int_equal(col_int(st, "id"), (int64_t)i);
        assert_true(col_int(st, "n") == cells[i].number);
        assert_int_equal(col_null(st, "text"), cells[i].text == NULL);
        assert_string_equal(col_text(st, "text"), cells[i].text ? cells[i].text : "");
        bytes = col_blob(st, "bytes", &n);
        assert_int_equal(n, cells[i].n);
        assert_int_equal(bytes == NULL, cells[i].bytes == NULL);
        assert_true(n == 0 || memcmp(bytes, cells[i].bytes, n) == 0);
        stmt_done(st);
    }
    db_rollback(db);
}

static void test_what_is_bound_is_kept(void **state)
{
    char text[] = "kain";
    uint8_t bytes[] = {1, 2, 3};
    struct stmt *st = db_stmt(db, S_NOTE_PUT);
    const uint8_t *back;
    size_t n;

    (void)state;
    bind_int(st, ":id", 1);
    bind_text(st, ":text", text);
    bind_blob(st, ":bytes", bytes, sizeof bytes);
    bind_int(st, ":n", 1);
    memset(text, 'x', sizeof text - 1);
    memset(bytes, 9, sizeof bytes);
    assert_int_equal(stmt_run(st), OK);
    st = db_stmt(db, S_NOTE_GET);
    bind_int(st, ":id", 1);
    assert_int_equal(stmt_one(st), OK);
    assert_string_equal(col_text(st, "text"), "kain");
    back = col_blob(st, "bytes", &n);
    assert_true(n == 3 && back[0] == 1 && back[2] == 3);
    stmt_done(st);
    st = db_stmt(db, S_NOTE_GET); /* without its bind */
    assert_int_equal(stmt_one(st), ERR_NOT_FOUND);
}

static void test_the_catalogue_has_other_kinds(void **state)
{
    struct stmt *st = db_stmt(db, S_KINDS);

    (void)state;
    assert_int_equal(stmt_one(st), OK);
    assert_int_equal(col_int(st, "least"), INT32_MIN);
    assert_int_equal(col_int(st, "small"), -2);
    assert_true(col_bool(st, "yes"));
    assert_int_equal(col_int(st, "many"), 4000000000);
    assert_string_equal(col_text(st, "name"), "n");
    assert_string_equal(col_text(st, "letter"), "c");
    assert_string_equal(col_text(st, "small"), "-2");
    stmt_done(st);
}

static void test_a_null_number_is_zero(void **state)
{
    struct stmt *st;

    (void)state;
    psql("INSERT INTO etalase.note (id) VALUES (1)", NULL, 0);
    st = db_stmt(db, S_NOTE_GET);
    bind_int(st, ":id", 1);
    assert_int_equal(stmt_one(st), OK);
    assert_true(col_null(st, "n"));
    assert_int_equal(col_int(st, "n"), 0);
    stmt_done(st);
}

/* ---- failures ---- */

static void test_a_failure_comes_at_the_commit_at_the_latest(void **state)
{
    static const struct {
        int64_t rp;
        const char *complaint;
    } wrong[] = {
        {0, "violates check constraint"}, {7, "duplicate key"}, {1000000000, "thing: too dear"}};
    struct thing good = thing_of(1, 5);

    (void)state;
    assert_int_equal(put(db, &good), OK);
    for (size_t i = 0; i < LENGTH(wrong); i++) {
        struct thing t = thing_of(wrong[i].rp == 7 ? 1 : 2, wrong[i].rp);
        struct why why;

        begin(db, DB_WRITE);
        assert_int_equal(note_put(db, 1, "x", 1), OK);
        assert_int_equal(table_insert(db, &thing_table, "632331", (struct act_id){{9}}, &t), OK);
        assert_int_equal(note_put(db, 2, "x", 1), OK);
        assert_int_equal(db_commit(db), ERR_CONFLICT);
        assert_non_null(strstr(db_complaint(db), wrong[i].complaint));
        db_explain(db, ERR_CONFLICT, &why);
        assert_string_equal(why.slug, "store-refused");
        assert_int_equal(note_n(db, 1), -1);
    }
    assert_int_equal(total(db), 5);
}

static void test_a_failure_comes_with_the_next_read(void **state)
{
    struct stmt *st;
    enum err e;

    (void)state;
    begin(db, DB_LOCAL);
    assert_int_equal(note_put(db, 1, "x", 1), OK);
    assert_int_equal(note_put(db, 1, "x", 1), OK);
    st = db_stmt(db, S_NOTES);
    assert_false(stmt_row(st, &e));
    assert_int_equal(e, ERR_CONFLICT);
    assert_int_equal(note_put(db, 2, "x", 1), ERR_CONFLICT);
    assert_int_equal(db_commit(db), ERR_CONFLICT);
    assert_int_equal(note_n(db, 1), -1);
}

static void test_a_failure_of_the_commit_itself(void **state)
{
    struct stmt *st;

    (void)state;
    begin(db, DB_LOCAL);
    st = db_stmt(db, S_PAIR_PUT);
    bind_int(st, ":id", 1);
    bind_int(st, ":note", 77);
    assert_int_equal(stmt_run(st), OK);
    assert_int_equal(note_n(db, 77), -1);
    assert_int_equal(db_commit(db), ERR_CONFLICT);
    assert_non_null(strstr(db_complaint(db), "foreign key"));
    begin(db, DB_LOCAL);
    assert_int_equal(note_put(db, 77, "x", 7), OK);
    assert_int_equal(db_commit(db), OK);
    assert_int_equal(note_n(db, 77), 7);
}

static void test_facts_cannot_be_changed(void **state)
{
    struct thing t = thing_of(1, 5);

    (void)state;
    assert_int_equal(put(db, &t), OK);
    begin(db, DB_WRITE);
    assert_int_equal(stmt_run(db_stmt(db, S_THING_UPDATE)), OK);
    assert_int_equal(db_commit(db), ERR_FORBIDDEN);
    assert_int_equal(total(db), 5);
}

static void test_rolled_back_is_not_there(void **state)
{
    (void)state;
    begin(db, DB_LOCAL);
    assert_int_equal(note_put(db, 1, "x", 1), OK);
    db_rollback(db);
    begin(db, DB_LOCAL);
    assert_int_equal(note_put(db, 2, "x", 2), OK);
    assert_int_equal(note_n(db, 2), 2);
    db_rollback(db);
    begin(db, DB_LOCAL); /* nobody asks what became of it, and it does not stay open */
    assert_int_equal(note_put(db, 3, "x", 3), OK);
    assert_int_equal(note_put(db, 3, "x", 3), OK);
    db_rollback(db);
    begin(db, DB_READ); /* with nothing in it */
    assert_int_equal(db_commit(db), OK);
    assert_int_equal(note_n(db, 1), -1);
    assert_int_equal(note_n(db, 2), -1);
    assert_int_equal(note_n(db, 3), -1);
}

static void test_a_long_transaction(void **state)
{
    enum { NOTES = 2000 };

    (void)state;
    begin(db, DB_LOCAL);
    for (int64_t i = 0; i < NOTES; i++) {
        assert_int_equal(note_put(db, i, "catatan yang cukup panjang", i), OK);
    }
    assert_int_equal(note_set(db, 5, -5), OK);
    assert_int_equal(db_changes(db), 1);
    assert_int_equal(note_set(db, NOTES, 0), OK);
    assert_int_equal(db_changes(db), 0);
    assert_int_equal(db_commit(db), OK);
    assert_int_equal(note_n(db, NOTES - 1), NOTES - 1);
    assert_int_equal(note_n(db, 5), -5);
}

/* ---- two at once ---- */

static void test_the_second_writer_of_a_row_is_told(void **state)
{
    struct db *other = store_take(s);

    (void)state;
    begin(db, DB_LOCAL);
    assert_int_equal(note_put(db, 1, "x", 1), OK);
    assert_int_equal(db_commit(db), OK);
    begin(db, DB_LOCAL);
    begin(other, DB_LOCAL);
    assert_int_equal(note_n(db, 1), 1);
    assert_int_equal(note_n(other, 1), 1);
    assert_int_equal(note_set(db, 1, 2), OK);
    assert_int_equal(db_commit(db), OK);
    assert_int_equal(note_n(other, 1), 1); /* sees one moment until its end */
    assert_int_equal(note_set(other, 1, 3), OK);
    assert_int_equal(db_commit(other), ERR_BUSY);
    begin(other, DB_LOCAL);
    assert_int_equal(note_n(other, 1), 2);
    assert_int_equal(note_set(other, 1, 3), OK);
    assert_int_equal(db_commit(other), OK);
    assert_int_equal(note_n(db, 1), 3);
    store_give(s, other);
}

static void test_an_act_sees_what_was_committed_before_each_statement(void **state)
{
    struct db *other = store_take(s);

    (void)state;
    begin(other, DB_WRITE);
    assert_int_equal(note_n(other, 1), -1);
    begin(db, DB_LOCAL);
    assert_int_equal(note_put(db, 1, "x", 1), OK);
    assert_int_equal(db_commit(db), OK);
    assert_int_equal(note_n(other, 1), 1);
    assert_int_equal(note_set(other, 1, 2), OK);
    assert_int_equal(db_commit(other), OK);
    store_give(s, other);
}

/* It waits for the lock as long as a till can wait, and is told. */
static void test_a_lock_that_is_held(void **state)
{
    struct db *other = store_take(s);
    struct why why;

    (void)state;
    begin(db, DB_WRITE);
    assert_int_equal(note_put(db, 1, "x", 1), OK);
    assert_int_equal(note_n(db, 1), 1); /* so it is sent */
    begin(other, DB_WRITE);
    assert_int_equal(note_put(other, 1, "x", 1), OK);
    assert_int_equal(db_commit(other), ERR_BUSY);
    db_explain(other, ERR_BUSY, &why);
    assert_string_equal(why.slug, "store-busy");
    assert_int_equal(db_commit(db), OK);
    store_give(s, other);
}

/* ---- whole tables ---- */

static bool count_bytes(void *arg, const char *text, size_t n)
{
    struct sbuf *last = arg;

    sbuf_clear(last);
    sbuf_add(last, text, n);
    return true;
}

static void test_large_tables(void **state)
{
    struct table_compared same;
    struct db *other = store_take(s);
    struct sbuf last;

    (void)state;
    sbuf_init(&last, 4096);
    psql("INSERT INTO etalase.note (id, text, n) SELECT i, 'x', i % 7"
         " FROM generate_series(1, 1700) i",
         NULL, 0);
    begin(db, DB_READ);
    assert_int_equal(table_walk(db, "note", count_bytes, &last), OK);
    assert_string_equal(sbuf_str(&last), "id=1700 text='x' bytes=- n=6");
    assert_int_equal(table_walk(db, "note", count_bytes, &last), OK);
    assert_int_equal(table_compare(&same, db, db, "note"), OK); /* two cursors of one connection */
    assert_true(same.same);
    assert_int_equal(same.rows, 1700);
    psql("UPDATE etalase.note SET n = -1 WHERE id = 1600", NULL, 0);
    assert_int_equal(table_compare(&same, db, other, "note"), OK);
    assert_false(same.same);
    assert_int_equal(same.rows, 1599);
    assert_string_equal(same.theirs, "id=1600 text='x' bytes=- n=-1");
    assert_int_equal(db_commit(db), OK);
    sbuf_done(&last);
    store_give(s, other);
}

static void test_the_same_rows_as_in_a_file(void **state)
{
    static const int64_t amounts[] = {5, 7, 250000};
    static const char *const compared[] = {"thing", "thing_now"};
    struct store *file;
    struct db *fdb;
    struct table_compared same;
    int64_t rows;

    thing_set_up(state);
    file = opened();
    fdb = store_take(file);
    for (size_t i = 0; i < LENGTH(amounts); i++) {
        struct thing t = thing_of((uint8_t)(200 - i), amounts[i]);

        t.name = i == 1 ? NULL : "kain 'lurik'";
        assert_int_equal(put(fdb, &t), OK);
        if (i > 0) {
            assert_int_equal(put(db, &t), OK);
        }
    }
    assert_int_equal(table_compare(&same, db, fdb, "thing"), OK);
    assert_false(same.same);
    begin(db, DB_WRITE);
    psql("TRUNCATE etalase.thing, etalase.thing_now", NULL, 0);
    assert_int_equal(table_copy(&rows, db, fdb, "thing"), OK);
    assert_int_equal(rows, (int64_t)LENGTH(amounts));
    assert_int_equal(db_commit(db), OK);
    for (size_t i = 0; i < LENGTH(compared); i++) {
        assert_int_equal(table_compare(&same, db, fdb, compared[i]), OK);
        assert_true(same.same);
    }
    store_give(file, fdb);
    store_close(file);
    thing_tear_down(state);
}

/* ---- the rest ---- */

static void test_filling_then_serving(void **state)
{
    struct why why = {.code = OK};

    migrated_set_up(state);
    there.options.profile = STORE_FILLING;
    s = server_opened();
    db = store_take(s);
    begin(db, DB_LOCAL);
    assert_int_equal(note_put(db, 1, "x", 1), OK);
    assert_int_equal(db_commit(db), OK);
    store_give(s, db);
    if (store_settle(s, &why)) {
        fail_msg("%s", why.text);
    }
    db = store_take(s);
    assert_int_equal(note_n(db, 1), 1);
    close_one(state);
}

static void test_guards_and_health(void **state)
{
    struct table_compared found;
    struct why why = {.code = OK};

    (void)state;
    assert_int_equal(db_guards(&found, db, NULL), OK);
    assert_false(found.same); /* the small shop is not the program's schema */
    assert_string_not_equal(found.ours, found.theirs);
    assert_int_equal(db_integrity(db, &why), OK);
    assert_int_equal(db_copy_to(db, "/tmp/salinan", &why), ERR_REFUSED);
    assert_string_equal(why.slug, "server-no-copy");
    assert_non_null(strstr(why.text, "pg_dump"));
}

int main(void)
{
    static const struct CMUnitTest list[] = {
        WITH_ONE(test_cells_come_back),
        WITH_ONE(test_what_is_bound_is_kept),
        WITH_ONE(test_the_catalogue_has_other_kinds),
        WITH_ONE(test_a_null_number_is_zero),
        WITH_ONE(test_a_failure_comes_at_the_commit_at_the_latest),
        WITH_ONE(test_a_failure_comes_with_the_next_read),
        WITH_ONE(test_a_failure_of_the_commit_itself),
        WITH_ONE(test_facts_cannot_be_changed),
        WITH_ONE(test_rolled_back_is_not_there),
        WITH_ONE(test_a_long_transaction),
        WITH_ONE(test_the_second_writer_of_a_row_is_told),
        WITH_ONE(test_an_act_sees_what_was_committed_before_each_statement),
        WITH_ONE(test_a_lock_that_is_held),
        WITH_ONE(test_large_tables),
        WITH_ONE(test_the_same_rows_as_in_a_file),
        cmocka_unit_test(test_filling_then_serving),
        WITH_ONE(test_guards_and_health),
    };

    return cmocka_run_group_tests(list, NULL, NULL);
}
