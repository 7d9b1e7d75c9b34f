/* What every engine does while it opens: statements, inserts, columns, lists of tables. */
#include "inventory/base/arena.h"
#include "inventory/base/refuse.h"
#include "inventory/store/engine.h"
#include "inventory/store/engine_error.h"
#include "inventory/store/fact_sql.h"
#include "inventory/store/fact_table.h"
#include "inventory/store/sql_split.h"

/* ---- statements ---- */

/* The common text of each statement, or the engine's own where it has one. */
static enum err pieces_of(struct sql_piece pieces[], const struct store_options *o,
                          const struct store_sql *sql, struct why *why)
{
    struct sql_piece *own = mem_get((o->query_count + 1) * sizeof *own);
    enum err e;

    if (!(e = sql_split(pieces, o->query_names, o->query_count, o->queries, o->query_files, why))) {
        e = sql_split_some(own, o->query_names, o->query_count, sql->overrides, sql->override_files,
                           why);
    }
    for (size_t i = 0; i < o->query_count && !e; i++) {
        if (own[i].sql) {
            pieces[i] = own[i];
        }
    }
    free(own);
    return e;
}

static enum err prepare_queries(struct db *db, const struct store_options *o,
                                const struct store_sql *sql, struct why *why)
{
    struct sql_piece *pieces = mem_get((o->query_count + 1) * sizeof *pieces);
    enum err e = pieces_of(pieces, o, sql, why);

    db->queries = mem_get((o->query_count + 1) * sizeof(struct stmt *));
    db->query_count = o->query_count;
    for (size_t i = 0; i < o->query_count && !e; i++) {
        if ((e = db->engine->prepare(&db->queries[i], db, pieces[i].sql, pieces[i].n, false))) {
            engine_why(why, e, o->query_names[i], db_complaint(db));
        }
    }
    free(pieces);
    return e;
}

static enum err prepare_inserts(struct db *db, const struct store_options *o, struct why *why)
{
    struct sbuf sql;
    enum err e = OK;

    db->inserts = mem_get((o->table_count + 1) * sizeof(struct stmt *));
    sbuf_init(&sql, SQL_BYTES_MAX);
    for (size_t i = 0; i < o->table_count && !e; i++) {
        sbuf_clear(&sql);
        fact_insert_sql(&sql, o->tables[i]);
        if ((e = db->engine->prepare(&db->inserts[i], db, sql.bytes, sql.len, false))) {
            engine_why(why, e, o->tables[i]->name, db_complaint(db));
        }
    }
    sbuf_done(&sql);
    return e;
}

enum err engine_prepare_all(struct db *db, const struct store_options *options,
                            const struct store_sql *sql, struct why *why)
{
    enum err e = prepare_queries(db, options, sql, why);

    return e ? e : prepare_inserts(db, options, why);
}

void engine_release_all(struct db *db)
{
    for (size_t i = 0; i < db->query_count; i++) {
        db->engine->release(db->queries[i]);
    }
    for (size_t i = 0; db->inserts && i < db->store->table_count; i++) {
        db->engine->release(db->inserts[i]);
    }
    free(db->queries);
    free(db->inserts);
    db->queries = NULL;
    db->inserts = NULL;
    db->query_count = 0;
}

/* ---- the columns of the fact tables ---- */

static const char *wanted(const struct fact_table *table, size_t i)
{
    if (i < 2) {
        return i == 0 ? "site" : "act_id";
    }
    return i - 2 < table->col_count ? table->cols[i - 2].name : "";
}

static enum err check_table(struct db *db, const struct fact_table *table, struct why *why)
{
    struct stmt *st = NULL;
    const char *sql = db->engine->columns_sql;
    enum err e = db->engine->prepare(&st, db, sql, strlen(sql), false);
    size_t i = 0, n;

    if (!e) {
        db->engine->bind_text(st, 1, table->name, true);
    }
    while (!e && stmt_row(st, &e)) {
        if (strcmp(wanted(table, i), db->engine->col_text(st, 0, &n)) != 0) {
            e = ERR_CORRUPT;
        } else {
            i++;
        }
    }
    if (!e && i != table->col_count + 2) {
        e = ERR_CORRUPT;
    }
    db->engine->release(st);
    if (e) {
        char column[32];

        snprintf(column, sizeof column, "column %zu", i + 1);
        engine_why(why, e, table->name, column);
    }
    return e;
}

enum err engine_check_columns(struct db *db, const struct store_options *options, struct why *why)
{
    enum err e = OK;

    for (size_t i = 0; i < options->table_count && !e; i++) {
        e = check_table(db, options->tables[i], why);
    }
    return e;
}

/* ---- lists of tables ---- */

static bool ends_with(const char *text, const char *end)
{
    size_t n = strlen(text), m = strlen(end);

    return n >= m && strcmp(text + n - m, end) == 0;
}

static bool is_fact(const struct store *s, const char *name)
{
    for (size_t i = 0; i < s->table_count; i++) {
        if (strcmp(s->tables[i]->name, name) == 0) {
            return true;
        }
    }
    return false;
}

/* Where each table belongs follows from its name: a cache ends with _now or _daily. */
enum err engine_list_tables(struct db *db, const char *tables_sql)
{
    struct store *s = db->store;
    struct stmt *st = NULL;
    size_t compared = 0, locals = 0;
    enum err e;

    for (; compared < s->table_count && compared < TABLES_MAX; compared++) {
        s->compared[compared] = mem_text(s->tables[compared]->name);
    }
    e = db->engine->prepare(&st, db, tables_sql, strlen(tables_sql), false);
    while (!e && compared < TABLES_MAX && locals < TABLES_MAX && stmt_row(st, &e)) {
        size_t n;
        const char *name = db->engine->col_text(st, 0, &n);

        if (ends_with(name, "_now") || ends_with(name, "_daily")) {
            s->compared[compared++] = mem_text(name);
        } else if (!is_fact(s, name) && strcmp(name, "journal") != 0) {
            s->locals[locals++] = mem_text(name);
        }
    }
    db->engine->release(st);
    return e;
}

void engine_forget_lists(struct store *s)
{
    for (size_t i = 0; s->compared[i]; i++) {
        free(s->compared[i]);
    }
    for (size_t i = 0; s->locals[i]; i++) {
        free(s->locals[i]);
    }
    free(s->where);
}

/* ---- small help ---- */

enum err engine_value(struct db *db, const char *sql, char *out, size_t room)
{
    struct stmt *st = NULL;
    enum err e = db->engine->prepare(&st, db, sql, strlen(sql), false);
    size_t n;

    out[0] = '\0';
    if (!e && stmt_row(st, &e)) {
        snprintf(out, room, "%s", db->engine->col_text(st, 0, &n));
    }
    db->engine->release(st);
    return e;
}

enum err engine_newer(struct why *why, const char *where, int64_t schema, size_t known)
{
    return why_say(
        why, ERR_CONFLICT, "store-newer",
        "Data di %s ditulis oleh Etalase yang lebih baru (skema %lld, program ini mengenal "
        "sampai %zu). Pasang versi terbaru; data tidak diubah.",
        where, (long long)schema, known);
}
