/* The pool: connections are made when they are first needed, and given first come, first served. */
#include <assert.h>
#include <errno.h>
#include <time.h>

#include "inventory/base/arena.h"
#include "inventory/store/postgres_engine.h"

static void dress(struct pg_store *s, struct pg_db *d)
{
    d->base.engine = &server_engine;
    d->base.store = &s->base;
}

void pg_pool_init(struct pg_store *s)
{
    pthread_mutex_init(&s->mutex, NULL);
    s->last = &s->first;
    s->learn_at = LEARN_FIRST_ROWS;
    s->count = (size_t)s->base.connections;
    for (size_t i = s->count; i-- > 0;) {
        dress(s, &s->dbs[i]);
        s->dbs[i].next_free = s->free;
        s->free = &s->dbs[i];
    }
}

static void undress(struct pg_db *d)
{
    pg_drop(d);
    engine_release_all(&d->base);
    pg_batch_free(d);
    pg_clear(d->rows);
}

/* The first one last: the others' statements are described by its own. */
void pg_pool_done(struct pg_store *s)
{
    for (size_t i = s->count; i-- > 0;) {
        undress(&s->dbs[i]);
    }
    pthread_mutex_destroy(&s->mutex);
}

/* ---- waiting ---- */

static struct timespec deadline(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    t.tv_sec += TAKE_WAIT_MS / 1000;
    return t;
}

static void stand_in_line(struct pg_store *s, struct pg_waiter *w)
{
    pthread_condattr_t how;

    pthread_condattr_init(&how);
    pthread_condattr_setclock(&how, CLOCK_MONOTONIC);
    pthread_cond_init(&w->moved, &how);
    pthread_condattr_destroy(&how);
    *s->last = w;
    s->last = &w->next;
}

static void leave_line(struct pg_store *s, struct pg_waiter *w)
{
    struct pg_waiter **at = &s->first;

    while (*at != w) {
        at = &(*at)->next;
    }
    *at = w->next;
    if (s->last == &w->next) {
        s->last = at;
    }
}

/* With the mutex held.  NULL: nothing was given in time. */
static struct pg_db *wait_turn(struct pg_store *s)
{
    struct timespec until = deadline();
    struct pg_waiter w = {.next = NULL};
    int late = 0;

    stand_in_line(s, &w);
    while (!w.given && late != ETIMEDOUT) {
        late = pthread_cond_timedwait(&w.moved, &s->mutex, &until);
    }
    if (!w.given) {
        leave_line(s, &w);
    }
    pthread_cond_destroy(&w.moved);
    return w.given;
}

/* A connection that is none, for one taker alone: what is written to it is nobody else's. */
static struct pg_db *spare_new(struct pg_store *s)
{
    struct pg_db *d = mem_get(sizeof *d);

    dress(s, d);
    d->spare = true;
    pg_clone(d, &s->dbs[0]);
    return d;
}

struct db *pg_take(struct store *base)
{
    struct pg_store *s = pg_store_of(base);
    struct pg_db *d;

    pthread_mutex_lock(&s->mutex);
    if ((d = s->free) && !s->first) {
        s->free = d->next_free;
    } else {
        d = wait_turn(s);
    }
    pthread_mutex_unlock(&s->mutex);
    if (!d) {
        d = spare_new(s);
    } else if (!d->base.queries) {
        pg_clone(d, &s->dbs[0]);
    }
    return &d->base;
}

void pg_give(struct store *base, struct db *db)
{
    struct pg_store *s = pg_store_of(base);
    struct pg_db *d = pg_db_of(db);
    struct pg_waiter *w;

    assert(!d->open);
    if (d->spare) {
        undress(d);
        free(d);
        return;
    }
    pthread_mutex_lock(&s->mutex);
    if ((w = s->first)) {
        s->first = w->next;
        if (!s->first) {
            s->last = &s->first;
        }
        w->given = d;
        pthread_cond_signal(&w->moved);
    } else {
        d->next_free = s->free;
        s->free = d;
    }
    pthread_mutex_unlock(&s->mutex);
}

/* ---- housekeeping ---- */

/* Closes what the server has closed, so that the next till does not find out in mid-sale. */
void pg_idle(struct store *base)
{
    struct pg_store *s = pg_store_of(base);

    pthread_mutex_lock(&s->mutex);
    for (struct pg_db *d = s->free; d; d = d->next_free) {
        if (d->conn) {
            (void)pg_alive(d);
        }
    }
    pthread_mutex_unlock(&s->mutex);
    pg_learn_idle(s);
}

void pg_pool_drop_idle(struct pg_store *s)
{
    pthread_mutex_lock(&s->mutex);
    for (struct pg_db *d = s->free; d; d = d->next_free) {
        pg_drop(d);
    }
    pthread_mutex_unlock(&s->mutex);
}
