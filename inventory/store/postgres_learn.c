/* The planner's figures.
 *
 * Tables that were empty when a plan was made look all the same to it, and every key begins with
 * the same site: without figures it may take an index of which only the site helps, and read
 * everything again for each row.  The server's own housekeeping mends that within minutes; a copy
 * of a hundred thousand acts, or a fair on the first day, does not wait.  So figures are taken
 * whenever as many rows have been written as there were before, the first time early. */
#include "inventory/store/postgres_engine.h"

static const char learn_sql[] = "SELECT etalase.statistics_take()";

/* Outside of a transaction, or in the midst of one that writes much: the figures then count its own
 * rows too.  A failure changes nothing but the speed. */
static void learn(struct pg_db *d, enum pg_pending what)
{
    if (d->conn && pg_send_text(d, learn_sql)) {
        pg_queue(d, what);
    }
}

/* Whether as much was written as there was before; with the mutex held. */
static bool due(struct pg_store *s, int64_t more)
{
    bool yes = s->written + more >= s->learn_at && s->learn_at <= LEARN_LAST_ROWS;

    if (yes) {
        s->learn_at = 2 * (s->written + more);
    }
    return yes;
}

void pg_learn_amid(struct pg_db *d)
{
    struct pg_store *s = pg_store_of(d->base.store);
    bool now;

    pthread_mutex_lock(&s->mutex);
    now = due(s, d->runs);
    pthread_mutex_unlock(&s->mutex);
    if (now) {
        pg_batch_send(d);
        learn(d, PENDING_COMMAND);
    }
}

void pg_learn_written(struct pg_db *d)
{
    struct pg_store *s = pg_store_of(d->base.store);
    bool now;

    pthread_mutex_lock(&s->mutex);
    s->written += d->runs;
    /* While it is filled nobody waits for an answer; a sale's answer is not held up. */
    now = s->base.profile == STORE_FILLING && due(s, 0);
    pthread_mutex_unlock(&s->mutex);
    d->runs = 0;
    if (now) {
        learn(d, PENDING_IGNORED);
        pg_collect(d);
    }
}

void pg_learn_idle(struct pg_store *s)
{
    struct pg_db *d = NULL;

    pthread_mutex_lock(&s->mutex);
    if (s->free && s->free->conn && due(s, 0)) {
        d = s->free;
        s->free = d->next_free;
    }
    pthread_mutex_unlock(&s->mutex);
    if (d) {
        learn(d, PENDING_IGNORED);
        pg_collect(d);
        pg_give(&s->base, &d->base);
    }
}
