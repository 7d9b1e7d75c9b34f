/* Work over whole tables, the same on every engine: walk, compare, copy. */
#include <assert.h>

#include "inventory/base/arena.h"
#include "inventory/store/engine.h"
#include "inventory/store/fact_sql.h"

enum { ROW_TEXT_MAX = 64 * 1024 * 1024, COLUMNS_MAX = 64 };

/* ---- one row as text ---- */

/* In quotes, those inside doubled: no text can look like the end of its column. */
static void add_quoted(struct sbuf *out, const char *text, size_t n)
{
    const char *quote;

    sbuf_char(out, '\'');
    while (n > 0 && (quote = memchr(text, '\'', n))) {
        size_t part = (size_t)(quote - text) + 1;

        sbuf_add(out, text, part);
        sbuf_char(out, '\'');
        text += part;
        n -= part;
    }
    sbuf_add(out, text, n);
    sbuf_char(out, '\'');
}

static void add_cell(struct sbuf *out, struct stmt *st, int at)
{
    const struct engine *engine = st->db->engine;
    const void *bytes;
    size_t n;

    switch (engine->col_type(st, at)) {
    case CELL_NULL: sbuf_char(out, '-'); break;
    case CELL_INT: sbuf_int(out, engine->col_int(st, at)); break;
    case CELL_TEXT:
        bytes = engine->col_text(st, at, &n);
        add_quoted(out, bytes, n);
        break;
    case CELL_BYTES:
        bytes = engine->col_blob(st, at, &n);
        sbuf_hex(out, bytes, n);
        break;
    }
}

/* "name=value" of the row that stands ready, fields joined by a blank; texts in quotes, blobs as
 * hex, NULL as -.  Two rows that differ never give the same text. */
static void add_row(struct sbuf *out, struct stmt *st)
{
    const struct engine *engine = st->db->engine;

    for (int i = 0, n = engine->col_count(st); i < n; i++) {
        sbuf_text(out, i ? " " : "");
        sbuf_text(out, engine->col_name(st, i));
        sbuf_char(out, '=');
        add_cell(out, st, i);
    }
}

/* ---- the names of a table's columns ---- */

struct names {
    char text[COLUMNS_MAX][TABLE_NAME_MAX];
    const char *list[COLUMNS_MAX];
    size_t n;
};

/* NOLINTNEXTLINE(bugprone-easily-swappable-parameters): a statement, then a name */
static enum err names_read(struct names *out, struct db *db, const char *sql, const char *table)
{
    struct stmt *st = NULL;
    enum err e = db->engine->prepare(&st, db, sql, strlen(sql), false);

    out->n = 0;
    if (!e) {
        db->engine->bind_text(st, 1, table, true);
    }
    while (!e && out->n < COLUMNS_MAX && stmt_row(st, &e)) {
        size_t length;

        snprintf(out->text[out->n], TABLE_NAME_MAX, "%s", db->engine->col_text(st, 0, &length));
        out->list[out->n] = out->text[out->n];
        out->n++;
    }
    db->engine->release(st);
    assert(e || out->n > 0);
    return e;
}

/* ---- a walk ---- */

struct walk {
    struct db *db;
    struct stmt *st;
    struct sbuf text; /* of the row that stands ready; empty: there is none */
    bool own;         /* the transaction was begun for this walk */
};

/* Begins a transaction unless there is one; then the walk ends it. */
static enum err walk_begin(struct walk *w, struct db *db)
{
    *w = (struct walk){.db = db, .own = !db->in_transaction};
    sbuf_init(&w->text, ROW_TEXT_MAX);
    return w->own ? db_begin(db, DB_READ) : OK;
}

static enum err walk_sql(struct walk *w, struct db *db, const char *sql)
{
    enum err e = walk_begin(w, db);

    return e ? e : db->engine->prepare(&w->st, db, sql, strlen(sql), true);
}

static enum err walk_open(struct walk *w, struct db *db, const char *table)
{
    struct names *keys = mem_get(sizeof *keys);
    enum err e = walk_begin(w, db);

    if (!e && !(e = names_read(keys, db, db->engine->keys_sql, table))) {
        table_walk_sql(&w->text, table, keys->list, keys->n);
        e = db->engine->prepare(&w->st, db, w->text.bytes, w->text.len, true);
    }
    free(keys);
    return e;
}

static enum err walk_next(struct walk *w)
{
    enum err e;

    sbuf_clear(&w->text);
    if (stmt_row(w->st, &e)) {
        add_row(&w->text, w->st);
    }
    return e;
}

static void walk_close(struct walk *w)
{
    if (!w->db) {
        return;
    }
    w->db->engine->release(w->st);
    if (w->own) {
        db_rollback(w->db);
    }
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

static enum err compare(struct table_compared *out, struct walk *a, struct walk *b)
{
    bool more = true;
    enum err e = OK;

    *out = (struct table_compared){.same = true};
    while (more && !(e = walk_next(a)) && !(e = walk_next(b))) {
        out->same = same_row(a, b);
        more = out->same && a->text.len > 0;
        out->rows += more ? 1 : 0;
    }
    if (!e && !out->same) {
        snprintf(out->ours, sizeof out->ours, "%s", sbuf_str(&a->text));
        snprintf(out->theirs, sizeof out->theirs, "%s", sbuf_str(&b->text));
    }
    return e;
}

enum err table_compare(struct table_compared *out, struct db *ours, struct db *theirs,
                       const char *table)
{
    struct walk a, b = {.db = NULL};
    enum err e;

    if (!(e = walk_open(&a, ours, table)) && !(e = walk_open(&b, theirs, table))) {
        e = compare(out, &a, &b);
    }
    walk_close(&a);
    walk_close(&b);
    return e;
}

enum err engine_compare(struct table_compared *out, struct db *ours, struct db *theirs,
                        const char *sql)
{
    struct walk a, b = {.db = NULL};
    enum err e;

    if (!(e = walk_sql(&a, ours, sql)) && !(e = walk_sql(&b, theirs, sql))) {
        e = compare(out, &a, &b);
    }
    walk_close(&a);
    walk_close(&b);
    return e;
}

/* ---- a copy ---- */

static void copy_cell(struct stmt *to, struct stmt *from, int at)
{
    const struct engine *in = from->db->engine, *out = to->db->engine;
    const void *bytes;
    size_t n;

    switch (in->col_type(from, at)) {
    case CELL_NULL: out->bind_text(to, at + 1, NULL, true); break;
    case CELL_INT: out->bind_int(to, at + 1, in->col_int(from, at)); break;
    case CELL_TEXT:
        bytes = in->col_text(from, at, &n);
        out->bind_text(to, at + 1, bytes, true);
        break;
    case CELL_BYTES:
        bytes = in->col_blob(from, at, &n);
        out->bind_blob(to, at + 1, bytes, n, true);
        break;
    }
}

static enum err copy_row(struct stmt *to, struct stmt *from)
{
    const struct engine *in = from->db->engine;

    to->db->engine->reset(to, true);
    for (int i = 0, n = in->col_count(from); i < n; i++) {
        copy_cell(to, from, i);
    }
    return stmt_run(to);
}

static enum err prepare_copy(struct stmt **out, struct db *to, const char *table,
                             const struct names *columns)
{
    struct sbuf sql;
    enum err e;

    sbuf_init(&sql, SQL_BYTES_MAX);
    table_insert_sql(&sql, table, columns->list, columns->n);
    e = to->engine->prepare(out, to, sql.bytes, sql.len, false);
    sbuf_done(&sql);
    return e;
}

enum err table_copy(int64_t *rows, struct db *to, struct db *from, const char *table)
{
    struct names *columns = mem_get(sizeof *columns);
    struct stmt *insert = NULL;
    struct walk w = {.db = NULL};
    enum err e;

    *rows = 0;
    if (!(e = names_read(columns, from, from->engine->columns_sql, table)) &&
        !(e = prepare_copy(&insert, to, table, columns))) {
        e = walk_open(&w, from, table);
    }
    while (!e && stmt_row(w.st, &e)) {
        if (!(e = copy_row(insert, w.st))) {
            *rows += 1;
        }
    }
    walk_close(&w);
    to->engine->release(insert);
    free(columns);
    return e;
}
