/* Transactions and running statements on the server.
 *
 * BEGIN goes out with the first statement of a transaction, statements without rows go out with the
 * next one that has some, or with COMMIT: an act costs two round trips.  The end of a transaction
 * that only read is not waited for. */
#include <assert.h>

#include "inventory/base/sbuf.h"
#include "inventory/store/engine_error.h"
#include "inventory/store/postgres_engine.h"

enum { FETCH_ROWS = 500 };

/* ---- transactions ---- */

const char *pg_complaint(struct db *db)
{
    const struct pg_db *d = pg_db_of(db);

    return d->spare ? engine_pool_taken : d->complaint;
}

/* What the connection said last may be the end of a transaction that nobody waited for. */
static enum err stand(struct pg_db *d)
{
    pg_collect(d);
    d->failed = OK;
    return pg_alive(d) ? OK : pg_reconnect(d, RECONNECT_WAIT_MS, false);
}

enum err pg_begin(struct db *db, enum db_mode mode)
{
    struct pg_db *d = pg_db_of(db);
    enum err e;

    assert(!d->open);
    if (d->spare) {
        return ERR_BUSY;
    }
    if ((e = stand(d))) {
        return e;
    }
    pg_bury(d);
    d->open = true;
    d->begun = false;
    d->mode = mode;
    d->committed = false;
    return OK;
}

static enum pg_frame frame_of(enum db_mode mode)
{
    switch (mode) {
    case DB_READ: return FRAME_READ;
    case DB_WRITE: return FRAME_WRITE;
    case DB_LOCAL: break;
    }
    return FRAME_LOCAL;
}

/* Connected, and BEGIN sent when a transaction is open. */
static enum err start(struct pg_db *d)
{
    if (d->spare) {
        return ERR_BUSY;
    }
    if (!d->open) {
        return stand(d);
    }
    if (!d->conn) {
        pg_fail(d, NULL, ERR_AWAY, "the connection was lost");
    }
    if (!d->failed && !d->begun) {
        d->begun = true;
        if (pg_send_frame(d, frame_of(d->mode))) {
            pg_queue(d, PENDING_COMMAND);
        }
    }
    return d->failed;
}

enum err pg_ready(struct pg_db *d)
{
    enum err e = start(d);

    if (!e && d->batch.rows > 0) {
        pg_batch_send(d);
        e = d->failed;
    }
    return e;
}

/* Sends the end without waiting; the sync before it lets it through when something failed. */
static void send_end(struct pg_db *d, enum pg_frame frame)
{
    pg_sync(d);
    if (d->conn && pg_send_frame(d, frame)) {
        pg_queue(d, PENDING_IGNORED);
        pg_sync(d);
    }
}

static void forget(struct pg_db *d)
{
    d->open = false;
    d->begun = false;
    pg_ahead_forget(d);
    pg_batch_forget(d);
    for (struct pg_stmt *st = d->live; st; st = st->next) {
        st->cursor = false;
    }
    if (d->failed == ERR_AWAY) {
        pg_drop(d);
    }
}

void pg_rollback(struct db *db)
{
    struct pg_db *d = pg_db_of(db);

    if (d->spare) {
        return;
    }
    if (d->begun && d->conn) {
        send_end(d, FRAME_ROLLBACK);
    }
    forget(d);
}

/* What the results of the commit say. */
static enum err outcome(struct pg_db *d)
{
    if (d->committed && !d->warned) {
        return OK;
    }
    if (d->committed) {
        d->failed = OK;
        pg_fail(d, "01000", ERR_UNKNOWN, "committed locally, but perhaps not on the standby");
        return ERR_UNKNOWN;
    }
    if (d->failed && (d->sqlstate[0] || d->conn)) {
        return d->failed;
    }
    return d->conn ? ERR_IO : ERR_UNKNOWN;
}

static enum err commit_writes(struct pg_db *d)
{
    enum err e;

    if (!pg_alive(d)) {
        pg_fail(d, NULL, ERR_AWAY, "the connection was lost");
        return ERR_AWAY;
    }
    pg_batch_send(d);
    if (pg_send_frame(d, FRAME_COMMIT)) {
        pg_queue(d, PENDING_COMMIT);
    }
    pg_collect(d);
    e = outcome(d);
    if (!d->committed && d->conn) {
        send_end(d, FRAME_ROLLBACK);
    }
    return e;
}

enum err pg_commit(struct db *db)
{
    struct pg_db *d = pg_db_of(db);
    enum err e;

    assert(d->open);
    if (!d->begun || d->failed) {
        e = d->failed;
        pg_rollback(db);
        return e;
    }
    if (d->mode == DB_READ) {
        send_end(d, FRAME_COMMIT);
        e = OK;
    } else {
        e = commit_writes(d);
    }
    forget(d);
    if (d->runs > 0) {
        pg_learn_written(d);
    }
    return e;
}

enum err pg_renew(struct db *db)
{
    struct pg_db *d = pg_db_of(db);

    assert(!d->open);
    if (d->spare) {
        return ERR_BUSY;
    }
    pg_drop(d);
    return pg_reconnect(d, RENEW_WAIT_MS, true);
}

/* ---- running ---- */

static enum err run_now(struct pg_db *d, const struct pg_stmt *st)
{
    enum err e = pg_ready(d);

    if (e) {
        return e;
    }
    if (pg_send_stmt(d, st)) {
        pg_queue(d, PENDING_RUN);
    }
    if (!d->open) {
        pg_collect(d);
    }
    return d->failed;
}

enum err pg_run(struct stmt *base)
{
    struct pg_stmt *st = pg_stmt_of(base);
    struct pg_db *d = pg_db_of(base->db);
    enum err e = start(d);

    assert(!base->db->reading);
    if (e) {
        return e;
    }
    d->changes = 0;
    d->runs++;
    pg_ahead_stale(d);
    if (d->open && d->runs >= LEARN_FIRST_ROWS && d->runs % LEARN_STEP_ROWS == 0) {
        pg_learn_amid(d);
    }
    if (st->many && d->open) {
        pg_batch_add(d, st);
        return d->failed;
    }
    return run_now(d, st);
}

int64_t pg_changes(struct db *db)
{
    struct pg_db *d = pg_db_of(db);

    if (!d->spare) {
        pg_batch_send(d);
        pg_collect(d);
    }
    return d->spare || d->failed ? -1 : d->changes;
}

static void take_rows(struct pg_db *d, struct pg_stmt *st)
{
    pg_clear(st->rows);
    st->rows = d->rows;
    d->rows = NULL;
    st->row = -1;
    st->row_count = st->rows ? pg_rows(st->rows) : 0;
}

/* Whoever reads that much may pause in between: paper runs out, a pipe is full. */
static const char patience[] = "SET LOCAL idle_in_transaction_session_timeout = 0";

static bool declare(struct pg_db *d, struct pg_stmt *st)
{
    struct sbuf sql;
    bool done;

    if (!pg_send_text(d, patience)) {
        return false;
    }
    pg_queue(d, PENDING_COMMAND);
    sbuf_init(&sql, SQL_BYTES_MAX + 64);
    sbuf_format(&sql, "DECLARE c_%s NO SCROLL CURSOR FOR ", st->name);
    sbuf_text(&sql, st->meta->sql);
    done = pg_send_cursor(d, sbuf_str(&sql), st);
    sbuf_done(&sql);
    if (done) {
        pg_queue(d, PENDING_COMMAND);
        st->cursor = true;
    }
    return done;
}

static bool send_fetch(struct pg_db *d, const struct pg_stmt *st)
{
    char sql[64];

    snprintf(sql, sizeof sql, "FETCH %d FROM c_%s", FETCH_ROWS, st->name);
    return pg_send_text(d, sql);
}

/* The first rows, or all of them; with them the results of everything queued before. */
static enum err fetch(struct pg_db *d, struct pg_stmt *st)
{
    enum err e = pg_ready(d);
    bool asked;

    if (e) {
        return e;
    }
    if (pg_ahead_take(d, st)) {
        take_rows(d, st);
        return d->failed;
    }
    if (st->meta->large) {
        assert(d->open);
        asked = (st->cursor || declare(d, st)) && send_fetch(d, st);
    } else {
        asked = pg_send_stmt(d, st);
    }
    if (asked) {
        pg_queue(d, PENDING_ROWS);
    }
    pg_collect(d);
    take_rows(d, st);
    return d->failed;
}

bool pg_row(struct stmt *base, enum err *e)
{
    struct pg_stmt *st = pg_stmt_of(base);
    bool more = !st->running || (st->meta->large && st->row + 1 == FETCH_ROWS);

    *e = OK;
    if (more && (st->row + 1 == st->row_count || !st->running)) {
        if ((*e = fetch(pg_db_of(base->db), st))) {
            return false;
        }
        st->running = true;
    }
    if (st->row + 1 < st->row_count) {
        st->row++;
        return true;
    }
    pg_reset(base, false);
    return false;
}

void pg_reset(struct stmt *base, bool clear)
{
    struct pg_stmt *st = pg_stmt_of(base);
    struct pg_db *d = pg_db_of(base->db);
    char sql[48];

    if (st->cursor && d->conn && d->begun && !d->failed) {
        snprintf(sql, sizeof sql, "CLOSE c_%s", st->name);
        if (pg_send_text(d, sql)) {
            pg_queue(d, PENDING_COMMAND);
        }
    }
    st->cursor = false;
    st->running = false;
    pg_clear(st->rows);
    st->rows = NULL;
    st->row = -1;
    st->row_count = 0;
    for (int i = 0; clear && i < st->meta->param_count; i++) {
        st->values[i] = NULL;
        st->formats[i] = 0;
    }
}
