/* What is on its way to the server and back: a queue of what each result will be.  The first
 * failure of a transaction is kept; whatever stands behind it was not done. */
#include <assert.h>

#include "inventory/store/postgres_engine.h"

/* ---- failures ---- */

struct meaning {
    const char *state; /* or how it begins */
    enum err e;
};

/* In the order of the standard's classes. */
static const struct meaning meanings[] = {
    {"08", ERR_AWAY},
    {"0A000", ERR_AWAY}, /* "cached plan must not change result type": a migration went by */
    {"22", ERR_CONFLICT},
    {"23", ERR_CONFLICT},
    {"25006", ERR_AWAY}, /* read-only: it was the primary and is one no more */
    {"25P03", ERR_AWAY}, /* it hung up: nothing was asked for too long, or ... */
    {"25P04", ERR_AWAY}, /* ... the transaction took too long */
    {"26000", ERR_AWAY}, /* the server has forgotten our statements */
    {"28", ERR_FORBIDDEN},
    {"40001", ERR_BUSY},
    {"40P01", ERR_BUSY},
    {"42501", ERR_FORBIDDEN},
    {"53100", ERR_FULL},
    {"53300", ERR_BUSY},
    {"54", ERR_LIMIT},
    {"55P03", ERR_BUSY},
    {"57014", ERR_BUSY},
    {"57P", ERR_AWAY},
    {"P0001", ERR_CONFLICT}, /* raised by a trigger of ours */
    {"XX001", ERR_CORRUPT},
    {"XX002", ERR_CORRUPT},
};

static bool starts(const char *state, const char *with)
{
    return strncmp(state, with, strlen(with)) == 0;
}

enum err pg_err_of(const char *sqlstate)
{
    for (size_t i = 0; i < LENGTH(meanings); i++) {
        if (starts(sqlstate, meanings[i].state)) {
            return meanings[i].e;
        }
    }
    return ERR_IO;
}

static void copy_line(char *out, size_t room, const char *text)
{
    size_t n = strcspn(text, "\n");

    snprintf(out, room, "%.*s", (int)(n < room ? n : room - 1), text);
}

void pg_fail(struct pg_db *d, const char *sqlstate, enum err e, const char *message)
{
    if (d->failed) {
        return;
    }
    d->failed = e;
    snprintf(d->sqlstate, sizeof d->sqlstate, "%s", sqlstate ? sqlstate : "");
    copy_line(d->complaint, sizeof d->complaint, message);
}

/* ---- sending ---- */

void pg_sync(struct pg_db *d)
{
    if (d->unsynced && pg_send_sync(d)) {
        assert(d->queued < QUEUE_MAX);
        d->queue[d->queued++] = PENDING_SYNC;
    }
}

/* Leaves room for what ends a transaction. */
void pg_queue(struct pg_db *d, enum pg_pending what)
{
    if (!d->conn) {
        return;
    }
    assert(d->queued < QUEUE_MAX);
    d->queue[d->queued++] = what;
    if (d->queued >= QUEUE_MAX - QUEUE_SPARE && what == PENDING_RUN) {
        pg_collect(d);
    }
}

/* ---- collecting ---- */

static void note_failure(struct pg_db *d, enum pg_pending what, struct pg_result *result)
{
    const char *state = pg_state(result);
    enum err e = pg_err_of(state);

    if (what == PENDING_IGNORED) {
        return;
    }
    if (what == PENDING_COMMIT &&
        (pg_fatal(result) || starts(state, "57P") || starts(state, "08"))) {
        /* Whether it hung up before or after it had written the commit, only the data can tell: its
         * log was full, or could not be synced, and perhaps holds the commit all the same. */
        e = ERR_UNKNOWN;
    } else if (d->mode == DB_READ && starts(state, "25006")) {
        e = ERR_FORBIDDEN; /* a mistake of the program, no change of the server */
    }
    pg_fail(d, state, e, pg_message(result));
}

static void note_done(struct pg_db *d, enum pg_pending what, struct pg_result *result)
{
    if (what == PENDING_RUN) {
        d->changes = pg_touched(result);
    } else if (what == PENDING_COMMIT) {
        d->committed = strcmp(pg_tag(result), "COMMIT") == 0;
    }
}

/* The results of one command, up to its end. */
static bool collect_one(struct pg_db *d, enum pg_pending what)
{
    struct pg_result *result, *ahead = NULL;
    enum pg_outcome outcome;

    if (what == PENDING_COMMIT) {
        d->warned = false;
    }
    while ((outcome = pg_next(d, &result)) != OUTCOME_END && outcome != OUTCOME_SYNC &&
           outcome != OUTCOME_LOST) {
        if (outcome == OUTCOME_FAILED) {
            note_failure(d, what, result);
        } else if (outcome != OUTCOME_SKIPPED) {
            note_done(d, what, result);
        }
        if (outcome == OUTCOME_ROWS && what == PENDING_ROWS && !d->rows) {
            d->rows = result;
        } else if (outcome == OUTCOME_ROWS && what == PENDING_AHEAD && !ahead) {
            ahead = result;
        } else {
            pg_clear(result);
        }
    }
    if (what == PENDING_AHEAD) {
        pg_ahead_arrived(d, ahead);
    }
    if (outcome == OUTCOME_LOST) {
        return false;
    }
    assert((outcome == OUTCOME_SYNC) == (what == PENDING_SYNC));
    return true;
}

void pg_collect(struct pg_db *d)
{
    size_t n;

    pg_sync(d);
    n = d->queued;
    for (size_t i = 0; i < n && d->conn; i++) {
        if (!collect_one(d, d->queue[i])) {
            break;
        }
    }
    d->queued = 0;
}
