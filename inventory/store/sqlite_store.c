/* The embedded store as a whole: open, close, settle, and work over whole tables. */
#include <assert.h>

#include "inventory/base/arena.h"
#include "inventory/store/engine_error.h"
#include "inventory/store/fact_sql.h"
#include "inventory/store/sqlite_engine.h"

enum { ROW_TEXT_MAX = 64 * 1024 * 1024, KEYS_MAX = 8 };

enum err store_open(struct store **out, const struct store_options *options, struct why *why)
{
    struct store *s = mem_get(sizeof *s);
    enum err e;

    s->path = mem_text(options->path);
    s->profile = options->profile;
    turn_init(&s->turn);
    if ((e = setup_run(s, options, why))) {
        if (e == ERR_BUSY) {
            s->schema = 0; /* the note of the holder is not ours to remove */
        }
        store_close(s);
        return e;
    }
    *out = s;
    return OK;
}

void store_close(struct store *s)
{
    if (!s) {
        return;
    }
    setup_undo(s);
    turn_done(&s->turn);
    free(s->path);
    free(s);
}

struct db *store_take(struct store *s)
{
    turn_take(&s->turn);
    return &s->db;
}

void store_give(struct store *s, struct db *db)
{
    assert(db == &s->db && !db_in_transaction(db));
    (void)db;
    turn_give(&s->turn);
}

void store_idle(struct store *s)
{
    if (s->profile == STORE_SCRATCH || !turn_try(&s->turn)) {
        return;
    }
    if (s->db.wal_pages > 0 && engine_checkpoint(&s->db, false) == OK) {
        s->db.wal_pages = 0;
    }
    turn_give(&s->turn);
}

enum err store_settle(struct store *s, struct why *why)
{
    struct db *db = store_take(s);
    enum err e = engine_exec(db, "PRAGMA synchronous=FULL");

    if (!e) {
        e = engine_checkpoint(db, true);
    }
    if (e) {
        db_explain(db, e, why);
    } else {
        s->profile = STORE_SERVING;
    }
    store_give(s, db);
    return e;
}

const char *const *store_compared(const struct store *s)
{
    return (const char *const *)s->compared;
}

/* The key columns of a table, in their order. */
static enum err key_columns(struct db *db, const char *table, char keys[KEYS_MAX][TABLE_NAME_MAX],
                            size_t *n)
{
    static const char sql[] = "SELECT name FROM pragma_table_info(?1) WHERE pk > 0 ORDER BY pk";
    struct stmt st = {.st = NULL};
    enum err e = engine_prepare(&st, db, sql, sizeof sql - 1);

    *n = 0;
    if (!e) {
        bind_text(&st, "?1", table);
    }
    while (!e && *n < KEYS_MAX && stmt_row(&st, &e)) {
        snprintf(keys[(*n)++], TABLE_NAME_MAX, "%s", engine_text(&st, 0));
    }
    engine_release(&st);
    assert(e || *n > 0);
    return e;
}

/* What the engine keeps for itself (its own indexes, figures of ANALYZE) is left out. */
static enum err walk_sql(struct sbuf *out, struct db *db, const char *table)
{
    char keys[KEYS_MAX][TABLE_NAME_MAX];
    const char *names[KEYS_MAX];
    size_t n;
    enum err e;

    if (strcmp(table, SCHEMA_TABLE) == 0) {
        sbuf_text(out, "SELECT type, name, tbl_name, sql FROM sqlite_schema "
                       "WHERE name NOT GLOB 'sqlite_*' ORDER BY type, name");
        return OK;
    }
    if ((e = key_columns(db, table, keys, &n))) {
        return e;
    }
    for (size_t i = 0; i < n; i++) {
        names[i] = keys[i];
    }
    table_walk_sql(out, table, names, n);
    return OK;
}

struct walk {
    struct stmt st;
    struct sbuf text; /* of the row that stands ready; empty: there is none */
};

static enum err walk_open(struct walk *w, struct db *db, const char *table)
{
    enum err e;

    memset(w, 0, sizeof *w);
    sbuf_init(&w->text, ROW_TEXT_MAX);
    if (!(e = walk_sql(&w->text, db, table))) {
        e = engine_prepare(&w->st, db, w->text.bytes, w->text.len);
    }
    return e;
}

static enum err walk_next(struct walk *w)
{
    enum err e;

    sbuf_clear(&w->text);
    if (stmt_row(&w->st, &e)) {
        engine_row_text(&w->text, &w->st);
    }
    return e;
}

static void walk_close(struct walk *w)
{
    engine_release(&w->st);
    sbuf_done(&w->text);
}

enum err table_walk(struct db *db, const char *table,
                    bool (*row)(void *arg, const char *text, size_t n), void *arg)
{
    struct walk w;
    enum err e = walk_open(&w, db, table);

    while (!e && !(e = walk_next(&w)) && w.text.len > 0) {
        if (!row(arg, sbuf_str(&w.text), w.text.len)) {
            break;
        }
    }
    walk_close(&w);
    return e;
}

static bool same_row(const struct walk *a, const struct walk *b)
{
    return a->text.len == b->text.len &&
           memcmp(sbuf_str(&a->text), sbuf_str(&b->text), a->text.len) == 0;
}

enum err table_compare(struct table_compared *out, struct db *ours, struct db *theirs,
                       const char *table)
{
    struct walk a, b = {.st = {.st = NULL}};
    bool more = true;
    enum err e;

    *out = (struct table_compared){.same = true};
    if (!(e = walk_open(&a, ours, table))) {
        e = walk_open(&b, theirs, table);
    }
    while (!e && more && !(e = walk_next(&a)) && !(e = walk_next(&b))) {
        out->same = same_row(&a, &b);
        more = out->same && a.text.len > 0;
        out->rows += more ? 1 : 0;
    }
    if (!e && !out->same) {
        snprintf(out->ours, sizeof out->ours, "%s", sbuf_str(&a.text));
        snprintf(out->theirs, sizeof out->theirs, "%s", sbuf_str(&b.text));
    }
    walk_close(&a);
    walk_close(&b);
    return e;
}

enum err db_integrity(struct db *db, struct why *why)
{
    static const char sql[] = "PRAGMA integrity_check(1)";
    struct stmt st = {.st = NULL};
    enum err e = engine_prepare(&st, db, sql, sizeof sql - 1);

    if (!e && stmt_row(&st, &e) && strcmp(engine_text(&st, 0), "ok") != 0) {
        engine_why(why, ERR_CORRUPT, db->path, engine_text(&st, 0));
        e = ERR_CORRUPT;
    } else if (e) {
        db_explain(db, e, why);
    }
    engine_release(&st);
    return e;
}
