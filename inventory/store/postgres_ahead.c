/* Questions that were sent before their answer was asked for.
 *
 * Several are sent one behind the other and come back together, which spares journeys.  An answer
 * is given to the statement that asks the same with the same binds, as long as the transaction has
 * not written in between. */
#include "inventory/base/arena.h"
#include "inventory/base/sbuf.h"
#include "inventory/store/postgres_engine.h"

enum { KEY_BYTES_MAX = 4096, AHEAD_MAX = QUEUE_MAX / 2 };

struct pg_ahead {
    const struct pg_stmt *st;
    struct sbuf binds;
    struct pg_result *rows; /* owned */
    bool arrived, stale;
    struct pg_ahead *next;
};

static void binds_of(struct sbuf *out, const struct pg_stmt *st)
{
    sbuf_init(out, KEY_BYTES_MAX);
    for (int i = 0; i < st->meta->param_count; i++) {
        if (st->values[i]) {
            sbuf_format(out, "%d:", st->lengths[i]);
            sbuf_add(out, st->values[i], (size_t)st->lengths[i]);
        } else {
            sbuf_char(out, '-');
        }
    }
}

static bool same(const struct pg_ahead *a, const struct pg_stmt *st, const struct sbuf *binds)
{
    return !a->stale && a->st == st && a->binds.len == binds->len &&
           memcmp(sbuf_str(&a->binds), sbuf_str(binds), binds->len) == 0;
}

static struct pg_ahead *find(const struct pg_db *d, const struct pg_stmt *st,
                             const struct sbuf *binds)
{
    for (struct pg_ahead *a = d->ahead; a; a = a->next) {
        if (same(a, st, binds)) {
            return a;
        }
    }
    return NULL;
}

static void ahead_free(struct pg_ahead *a)
{
    pg_clear(a->rows);
    sbuf_done(&a->binds);
    free(a);
}

static void append(struct pg_db *d, const struct pg_ahead *wanted)
{
    struct pg_ahead **last = &d->ahead, *a = mem_get(sizeof *a);

    while (*last) {
        last = &(*last)->next;
    }
    *a = *wanted;
    *last = a;
}

void pg_ahead(struct stmt *base)
{
    struct pg_stmt *st = pg_stmt_of(base);
    struct pg_db *d = pg_db_of(base->db);
    struct pg_ahead wanted = {.st = st};

    if (!d->open || st->meta->large || d->queued >= AHEAD_MAX || pg_ready(d)) {
        return; /* it will be asked when its rows are wanted, and a failure told then */
    }
    binds_of(&wanted.binds, st);
    if (wanted.binds.full || find(d, st, &wanted.binds) || !pg_send_stmt(d, st)) {
        sbuf_done(&wanted.binds);
        return;
    }
    pg_queue(d, PENDING_AHEAD);
    append(d, &wanted);
}

void pg_ahead_arrived(struct pg_db *d, struct pg_result *rows)
{
    struct pg_ahead *a = d->ahead;

    while (a && a->arrived) {
        a = a->next;
    }
    if (!a) { /* of a transaction that has ended */
        pg_clear(rows);
        return;
    }
    a->rows = rows;
    a->arrived = true;
}

/* What has come and is of no more use goes; what is still on its way must keep its place. */
static void sweep(struct pg_db *d)
{
    struct pg_ahead **at = &d->ahead;

    while (*at) {
        struct pg_ahead *a = *at;

        if (a->arrived && a->stale) {
            *at = a->next;
            ahead_free(a);
        } else {
            at = &a->next;
        }
    }
}

bool pg_ahead_take(struct pg_db *d, const struct pg_stmt *st)
{
    struct sbuf binds;
    struct pg_ahead *a = NULL;

    if (d->ahead) {
        binds_of(&binds, st);
        a = find(d, st, &binds);
        sbuf_done(&binds);
    }
    if (!a) {
        return false;
    }
    if (!a->arrived) {
        pg_collect(d);
    }
    d->rows = a->rows;
    a->rows = NULL;
    a->stale = true; /* given once */
    sweep(d);
    return true;
}

void pg_ahead_stale(struct pg_db *d)
{
    for (struct pg_ahead *a = d->ahead; a; a = a->next) {
        a->stale = true;
    }
    sweep(d);
}

void pg_ahead_forget(struct pg_db *d)
{
    while (d->ahead) {
        struct pg_ahead *a = d->ahead;

        d->ahead = a->next;
        ahead_free(a);
    }
}
