/* The port itself: which engine, names of parameters and columns, the frame of a transaction. */
#include "inventory/store/store.h"

#include <assert.h>

#include "inventory/store/engine.h"
#include "inventory/store/engine_error.h"

static const struct engine *const engines[] = {&server_engine, &file_engine};

static const struct engine *engine_of(const char *where)
{
    size_t i = 0;

    while (i + 1 < LENGTH(engines) && !engines[i]->knows(where)) {
        i++;
    }
    return engines[i]; /* what no other engine knows is a file */
}

bool store_is_server(const char *where)
{
    return engine_of(where)->shared;
}

/* ---- the store ---- */

enum err store_open(struct store **out, const struct store_options *options, struct why *why)
{
    return engine_of(options->where)->open(out, options, why);
}

void store_close(struct store *s)
{
    if (s) {
        s->engine->close(s);
    }
}

enum err store_settle(struct store *s, struct why *why)
{
    return s->engine->settle(s, why);
}

struct store_about store_about(const struct store *s)
{
    return (struct store_about){
        .engine = s->engine->name,
        .title = s->engine->title,
        .version = s->engine->version(s),
        .where = s->where,
        .fixed = s->engine->fixed(s),
        .shared = s->engine->shared,
        .connections = s->connections,
        .schema = s->schema,
        .schema_was = s->schema_was,
    };
}

struct db *store_take(struct store *s)
{
    return s->engine->take(s);
}

void store_give(struct store *s, struct db *db)
{
    assert(!db->in_transaction);
    s->engine->give(s, db);
}

void store_idle(struct store *s)
{
    s->engine->idle(s);
}

const char *const *store_compared(const struct store *s)
{
    return (const char *const *)s->compared;
}

const char *const *store_locals(const struct store *s)
{
    return (const char *const *)s->locals;
}

/* ---- transactions ---- */

enum err db_begin(struct db *db, enum db_mode mode)
{
    enum err e;

    assert(!db->in_transaction);
    if (!(e = db->engine->begin(db, mode))) {
        db->in_transaction = true;
        db->reading = mode == DB_READ;
    }
    return e;
}

static void ended(struct db *db)
{
    db->in_transaction = false;
    db->reading = false;
}

enum err db_commit(struct db *db)
{
    enum err e;

    assert(db->in_transaction);
    e = db->engine->commit(db);
    ended(db);
    return e;
}

void db_rollback(struct db *db)
{
    if (db->in_transaction) {
        db->engine->rollback(db);
        ended(db);
    }
}

bool db_in_transaction(const struct db *db)
{
    return db->in_transaction;
}

bool db_shared(const struct db *db)
{
    return db->engine->shared;
}

enum err db_renew(struct db *db)
{
    assert(!db->in_transaction);
    return db->engine->renew ? db->engine->renew(db) : ERR_UNKNOWN;
}

const char *db_complaint(struct db *db)
{
    return db->engine->complaint(db);
}

void db_explain(struct db *db, enum err e, struct why *why)
{
    if (db->engine->shared) {
        engine_why_shared(why, e, db->store->where, db_complaint(db));
    } else {
        engine_why(why, e, db->store->where, db_complaint(db));
    }
}

enum err db_guards(struct table_compared *out, struct db *db, struct db *fresh)
{
    *out = (struct table_compared){.same = true};
    return db->engine->guards(out, db, fresh);
}

enum err db_integrity(struct db *db, struct why *why)
{
    return db->engine->integrity(db, why);
}

enum err db_copy_to(struct db *db, const char *path, struct why *why)
{
    return db->engine->copy_to(db, path, why);
}

/* ---- statements ---- */

struct stmt *db_stmt(struct db *db, int sql_id)
{
    struct stmt *st;

    assert(sql_id >= 0 && (size_t)sql_id < db->query_count);
    st = db->queries[sql_id];
    db->engine->reset(st, true);
    st->next_param = 0;
    st->next_col = 0;
    return st;
}

static int param(struct stmt *st, const char *name)
{
    const struct engine *engine = st->db->engine;

    for (int i = 0, n = engine->param_count(st); i < n; i++) {
        int at = (st->next_param + i) % n + 1;
        const char *known = engine->param_name(st, at);

        if (known && strcmp(known, name) == 0) {
            st->next_param = at;
            return at;
        }
    }
    assert(false && "the statement has no such parameter");
    return 1;
}

void bind_int(struct stmt *st, const char *name, int64_t value)
{
    st->db->engine->bind_int(st, param(st, name), value);
}

void bind_text(struct stmt *st, const char *name, const char *text)
{
    st->db->engine->bind_text(st, param(st, name), text, false);
}

void bind_blob(struct stmt *st, const char *name, const void *bytes, size_t n)
{
    st->db->engine->bind_blob(st, param(st, name), bytes, n, false);
}

void bind_null(struct stmt *st, const char *name)
{
    st->db->engine->bind_text(st, param(st, name), NULL, false);
}

void bind_id(struct stmt *st, const char *name, const uint8_t bytes[ID_BYTES])
{
    static const uint8_t nil[ID_BYTES];

    if (memcmp(bytes, nil, ID_BYTES) == 0) {
        bind_null(st, name);
    } else {
        bind_blob(st, name, bytes, ID_BYTES);
    }
}

void stmt_ahead(struct stmt *st)
{
    if (st->db->engine->ahead) {
        st->db->engine->ahead(st);
    }
}

bool stmt_row(struct stmt *st, enum err *e)
{
    if (st->db->engine->row(st, e)) {
        return true;
    }
    st->db->engine->reset(st, false);
    return false;
}

enum err stmt_run(struct stmt *st)
{
    return st->db->engine->run(st);
}

enum err stmt_one(struct stmt *st)
{
    enum err e;

    if (stmt_row(st, &e)) {
        return OK;
    }
    return e ? e : ERR_NOT_FOUND;
}

void stmt_done(struct stmt *st)
{
    st->db->engine->reset(st, false);
}

int64_t db_changes(struct db *db)
{
    return db->engine->changes(db);
}

/* ---- columns ---- */

static int column(struct stmt *st, const char *name)
{
    const struct engine *engine = st->db->engine;

    for (int i = 0, n = engine->col_count(st); i < n; i++) {
        int at = (st->next_col + i) % n;

        if (strcmp(engine->col_name(st, at), name) == 0) {
            st->next_col = at + 1;
            return at;
        }
    }
    assert(false && "the statement has no such column");
    return 0;
}

int64_t col_int(struct stmt *st, const char *name)
{
    return st->db->engine->col_int(st, column(st, name));
}

const char *col_text(struct stmt *st, const char *name)
{
    return st->db->engine->col_text(st, column(st, name), NULL);
}

const void *col_blob(struct stmt *st, const char *name, size_t *n)
{
    return st->db->engine->col_blob(st, column(st, name), n);
}

bool col_null(struct stmt *st, const char *name)
{
    return st->db->engine->col_type(st, column(st, name)) == CELL_NULL;
}

void col_id(struct stmt *st, const char *name, uint8_t out[ID_BYTES])
{
    size_t n;
    const void *bytes = col_blob(st, name, &n);

    memset(out, 0, ID_BYTES);
    if (bytes && n == ID_BYTES) {
        memcpy(out, bytes, ID_BYTES);
    }
}
