/* The small shop that the tests of the store open. */
#include "tests/store/thing.h"

#include <unistd.h>

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

static const char *const names[] = {"total",         "note_put",     "notes",
                                    "thing_replace", "thing_update", "thing_delete"};

const struct embedded thing_queries[THING_QUERY_FILES] = {
    FILE_OF("thing.sql", "-- name: total\nSELECT total_rp FROM thing_now WHERE site = :site;\n"
                         "-- name: thing_replace\nREPLACE INTO thing (site, act_id, id, name,"
                         " amount_rp) VALUES (:site, :id, :id, 'x', 1);\n"
                         "-- name: thing_update\nUPDATE thing SET amount_rp = 2;\n"
                         "-- name: thing_delete\nDELETE FROM thing;\n"),
    FILE_OF("note.sql", "-- a comment\n-- name: note_put\nINSERT INTO note (text) VALUES (:text);\n"
                        "-- name: notes\nSELECT id, text FROM note ORDER BY id;\n"),
};

static const struct fact_col thing_cols[] = {
    FACT_COL(thing, "id", id),
    FACT_COL_OPTIONAL(thing, "name", name),
    FACT_COL(thing, "amount_rp", amount),
};
const struct fact_table thing_table = FACT_TABLE("thing", thing, thing_cols);
static const struct fact_table *const tables[] = {&thing_table};

struct here here;

int thing_set_up(void **state)
{
    (void)state;
    snprintf(here.folder, sizeof here.folder, "/tmp/etalase-store-XXXXXX");
    if (!mkdtemp(here.folder)) {
        return -1;
    }
    snprintf(here.path, sizeof here.path, "%s/shop.db", here.folder);
    here.options = (struct store_options){
        .where = here.path,
        .profile = STORE_SERVING,
        .queries = thing_queries,
        .query_files = THING_QUERY_FILES,
        .query_names = names,
        .query_count = Q_COUNT,
        .file = {.migrations = migrations, .migration_count = LENGTH(migrations)},
        .tables = tables,
        .table_count = LENGTH(tables)};
    return 0;
}

int thing_tear_down(void **state)
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

struct store *opened(void)
{
    struct store *s = NULL;
    struct why why = {.code = OK};

    if (store_open(&s, &here.options, &why)) {
        fail_msg("%s", why.text);
    }
    return s;
}

struct thing thing_of(uint8_t mark, int64_t rp)
{
    struct thing t = {.name = "kain", .amount = RUPIAH(rp)};

    memset(t.id.bytes, mark, sizeof t.id.bytes);
    return t;
}

static const struct act_id act = {{1, 2, 3}};

enum err put(struct db *db, const struct thing *t)
{
    enum err e = db_begin(db, DB_WRITE);

    if (!e && !(e = table_insert(db, &thing_table, "632331", act, t))) {
        return db_commit(db);
    }
    db_rollback(db);
    return e;
}

int64_t total(struct db *db)
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
