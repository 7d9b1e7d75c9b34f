/* Statements of the server engine: prepared by name, bound by position, read in binary. */
#include <assert.h>

#include "inventory/base/arena.h"
#include "inventory/store/postgres_engine.h"
#include "inventory/store/postgres_sql.h"

enum { DOOMED_AT_ONCE = 8 };

/* ---- making and freeing ---- */

static struct pg_meta *meta_new(const struct sbuf *sql, const struct sql_params *params, bool large)
{
    struct pg_meta *m = mem_get(sizeof *m);

    m->sql = mem_text(sbuf_str(sql));
    m->large = large;
    m->param_count = params->count;
    m->names = mem_get(((size_t)params->count + 1) * sizeof *m->names);
    for (int i = 0; i < params->count; i++) {
        m->names[i] = params->names[i][0] ? mem_text(params->names[i]) : NULL;
    }
    return m;
}

static void meta_free(struct pg_meta *m)
{
    for (int i = 0; i < m->param_count; i++) {
        free(m->names[i]);
    }
    for (int i = 0; i < m->col_count; i++) {
        free(m->cols[i]);
    }
    free(m->names);
    free(m->cols);
    free(m->types);
    free(m->sql);
    free(m);
}

static struct pg_stmt *stmt_new(struct pg_db *d, struct pg_meta *meta)
{
    struct pg_stmt *st = mem_get(sizeof *st);
    size_t n = (size_t)meta->param_count + 1;

    st->base.db = &d->base;
    st->meta = meta;
    st->values = mem_get(n * sizeof *st->values);
    st->lengths = mem_get(n * sizeof *st->lengths);
    st->formats = mem_get(n * sizeof *st->formats);
    st->own = mem_get(n * sizeof *st->own);
    st->next = d->live;
    if (d->live) {
        d->live->prev = st;
    }
    d->live = st;
    return st;
}

static void stmt_free(struct pg_stmt *st)
{
    for (int i = 0; i < st->meta->param_count; i++) {
        free(st->own[i].bytes);
    }
    pg_clear(st->rows);
    free((void *)st->values);
    free(st->lengths);
    free(st->formats);
    free(st->own);
    if (st->owns_meta) {
        meta_free(st->meta);
    }
    free(st);
}

static void unlink_live(struct pg_db *d, struct pg_stmt *st)
{
    if (st->prev) {
        st->prev->next = st->next;
    } else {
        d->live = st->next;
    }
    if (st->next) {
        st->next->prev = st->prev;
    }
    st->prev = NULL;
    st->next = NULL;
}

void pg_free_doomed(struct pg_db *d)
{
    while (d->doomed) {
        struct pg_stmt *st = d->doomed;

        d->doomed = st->next;
        stmt_free(st);
    }
}

void pg_bury(struct pg_db *d)
{
    char sql[48];

    for (int i = 0; i < DOOMED_AT_ONCE && d->doomed && d->conn; i++) {
        struct pg_stmt *st = d->doomed;

        snprintf(sql, sizeof sql, "DEALLOCATE %s", st->name);
        if (!pg_send_text(d, sql)) {
            return; /* what was doomed went with the connection */
        }
        pg_queue(d, PENDING_IGNORED);
        d->doomed = st->next;
        stmt_free(st);
    }
    pg_sync(d);
}

void pg_release(struct stmt *base)
{
    struct pg_stmt *st = pg_stmt_of(base);
    struct pg_db *d;

    if (!st) {
        return;
    }
    d = pg_db_of(base->db);
    if (st->many) {
        pg_release(&st->many->base);
    }
    pg_reset(base, true);
    unlink_live(d, st);
    if (d->conn && st->name[0] == 't') {
        st->next = d->doomed;
        d->doomed = st;
    } else {
        stmt_free(st);
    }
}

static struct pg_stmt *twin(struct pg_db *to, const struct pg_stmt *of)
{
    struct pg_stmt *st = stmt_new(to, of->meta);

    memcpy(st->name, of->name, sizeof st->name);
    st->table = of->table;
    if (of->many) {
        st->many = twin(to, of->many);
    }
    return st;
}

void pg_clone(struct pg_db *to, const struct pg_db *from)
{
    size_t tables = from->base.store->table_count;

    to->base.queries = mem_get((from->base.query_count + 1) * sizeof(struct stmt *));
    to->base.inserts = mem_get((tables + 1) * sizeof(struct stmt *));
    to->base.query_count = from->base.query_count;
    for (size_t i = 0; i < from->base.query_count; i++) {
        to->base.queries[i] = &twin(to, pg_stmt_of(from->base.queries[i]))->base;
    }
    for (size_t i = 0; i < tables; i++) {
        to->base.inserts[i] = &twin(to, pg_stmt_of(from->base.inserts[i]))->base;
    }
}

/* ---- preparing ---- */

static const char *const frame_names[FRAMES] = {"f_read", "f_write", "f_local", "f_commit",
                                                "f_rollback"};
static const char *const frame_sql[FRAMES] = {
    "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
    "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE",
    "BEGIN ISOLATION LEVEL REPEATABLE READ READ WRITE",
    "COMMIT",
    "ROLLBACK",
};

bool pg_send_frame(struct pg_db *d, enum pg_frame frame)
{
    return pg_send_named(d, frame_names[frame]);
}

static bool send_one(struct pg_db *d, const struct pg_stmt *st)
{
    return pg_send_prepare(d, st->name, st->meta->sql) &&
           (st->meta->types || pg_send_describe(d, st->name));
}

/* What comes back for one message; the answer to a description goes to `meta`. */
static enum err answer(struct pg_db *d, struct pg_meta *meta)
{
    struct pg_result *result;
    enum pg_outcome outcome;
    int at = 0;

    while ((outcome = pg_next(d, &result)) != OUTCOME_END && outcome != OUTCOME_SYNC &&
           outcome != OUTCOME_LOST) {
        if (outcome == OUTCOME_FAILED) {
            pg_fail(d, pg_state(result), pg_err_of(pg_state(result)), pg_message(result));
        } else if (outcome == OUTCOME_DONE && meta && !pg_described(meta, result, &at)) {
            char text[128];

            snprintf(text, sizeof text, "column %.64s has a type that is not used here",
                     meta->cols[at]);
            pg_fail(d, NULL, ERR_IO, text);
        }
        pg_clear(result);
    }
    return d->failed;
}

static enum err answer_one(struct pg_db *d, const struct pg_stmt *st)
{
    bool asked = !st->meta->types;
    enum err e = answer(d, NULL);

    return asked && d->conn ? answer(d, st->meta) : e;
}

enum err pg_prepare_live(struct pg_db *d, const struct pg_stmt **which)
{
    const struct pg_stmt *st;

    *which = NULL;
    d->failed = OK;
    for (size_t i = 0; i < FRAMES; i++) {
        pg_send_prepare(d, frame_names[i], frame_sql[i]);
    }
    for (st = d->live; st; st = st->next) {
        send_one(d, st);
    }
    if (!pg_send_sync(d)) {
        return d->failed;
    }
    for (size_t i = 0; i < FRAMES && d->conn; i++) {
        answer(d, NULL);
    }
    for (st = d->live; st && d->conn; st = st->next) {
        if (answer_one(d, st) && !*which) {
            *which = st;
        }
    }
    answer(d, NULL);
    return d->failed;
}

static enum err prepare_now(struct pg_db *d, struct pg_stmt *st)
{
    snprintf(st->name, sizeof st->name, "t%u", d->next_name++);
    pg_collect(d);
    if (!d->failed && send_one(d, st) && pg_send_sync(d)) {
        answer_one(d, st);
        answer(d, NULL);
    }
    return d->failed;
}

enum err pg_prepare(struct stmt **out, struct db *db, const char *sql, size_t n, bool large)
{
    struct pg_db *d = pg_db_of(db);
    struct sql_params *params;
    struct sbuf text;
    enum err e;

    if (!d->gathering && (e = pg_ready(d))) {
        return e;
    }
    params = mem_get(sizeof *params);
    sbuf_init(&text, SQL_BYTES_MAX);
    if ((e = sql_translate(&text, params, sql, n))) {
        pg_fail(d, NULL, e, "the statement cannot be translated");
    } else {
        struct pg_stmt *st = stmt_new(d, meta_new(&text, params, large));

        st->owns_meta = true;
        *out = &st->base;
        if (!d->gathering && (e = prepare_now(d, st))) {
            unlink_live(d, st);
            stmt_free(st);
            *out = NULL;
        }
    }
    sbuf_done(&text);
    free(params);
    return e;
}

/* ---- binds ---- */

int pg_param_count(struct stmt *st)
{
    return pg_stmt_of(st)->meta->param_count;
}

const char *pg_param_name(struct stmt *st, int at)
{
    return pg_stmt_of(st)->meta->names[at - 1];
}

static char *own_room(struct pg_own *own, size_t n)
{
    if (own->room < n) {
        own->room = n < 32 ? 32 : n;
        own->bytes = mem_grow(own->bytes, own->room);
    }
    return own->bytes;
}

static void bind(struct pg_stmt *st, int at, const char *bytes, size_t n)
{
    assert(at >= 1 && at <= st->meta->param_count && n <= INT32_MAX);
    st->values[at - 1] = bytes;
    st->lengths[at - 1] = (int)n;
}

/* The signature is the port's. NOLINTNEXTLINE(bugprone-easily-swappable-parameters) */
void pg_bind_int(struct stmt *base, int at, int64_t value)
{
    struct pg_stmt *st = pg_stmt_of(base);
    char *digits = own_room(&st->own[at - 1], 32);

    snprintf(digits, 32, "%lld", (long long)value);
    st->formats[at - 1] = 0;
    bind(st, at, digits, strlen(digits));
}

void pg_bind_text(struct stmt *base, int at, const char *text, bool lasting)
{
    struct pg_stmt *st = pg_stmt_of(base);
    size_t n = text ? strlen(text) : 0;

    if (text && !lasting) {
        text = memcpy(own_room(&st->own[at - 1], n + 1), text, n + 1);
    }
    st->formats[at - 1] = 0;
    bind(st, at, text, n);
}

void pg_bind_blob(struct stmt *base, int at, const void *bytes, size_t n, bool lasting)
{
    struct pg_stmt *st = pg_stmt_of(base);

    if (bytes && !lasting) {
        bytes = memcpy(own_room(&st->own[at - 1], n), bytes, n);
    }
    st->formats[at - 1] = 1;
    bind(st, at, bytes, n);
}

/* ---- columns ---- */

int pg_col_count(struct stmt *st)
{
    return pg_stmt_of(st)->meta->col_count;
}

const char *pg_col_name(struct stmt *st, int at)
{
    return pg_stmt_of(st)->meta->cols[at];
}

enum cell pg_col_type(struct stmt *base, int at)
{
    const struct pg_stmt *st = pg_stmt_of(base);

    return pg_is_null(st, at) ? CELL_NULL : st->meta->types[at];
}

int64_t pg_col_int(struct stmt *base, int at)
{
    const struct pg_stmt *st = pg_stmt_of(base);

    assert(pg_is_null(st, at) || st->meta->types[at] == CELL_INT);
    return pg_is_null(st, at) ? 0 : pg_number(st, at);
}

const char *pg_col_text(struct stmt *base, int at, size_t *n)
{
    struct pg_stmt *st = pg_stmt_of(base);
    const char *text = "";
    size_t length = 0;

    if (!pg_is_null(st, at) && st->meta->types[at] == CELL_INT) {
        length =
            (size_t)snprintf(st->digits, sizeof st->digits, "%lld", (long long)pg_number(st, at));
        text = st->digits;
    } else if (!pg_is_null(st, at)) {
        text = pg_bytes(st, at, &length);
    }
    if (n) {
        *n = length;
    }
    return text;
}

const void *pg_col_blob(struct stmt *base, int at, size_t *n)
{
    const struct pg_stmt *st = pg_stmt_of(base);

    *n = 0;
    return pg_is_null(st, at) ? NULL : pg_bytes(st, at, n);
}
