/* A small table of sessions behind one lock; a showroom has a dozen, the table holds some hundred.
 */
#include "pos/web/session_cache.h"

#include <pthread.h>

#include "inventory/base/arena.h"

struct entry {
    bool used;
    struct session session;
    struct instant written, touched;
};

struct session_cache {
    pthread_mutex_t lock;
    int64_t turn; /* rises with every touch: the lowest is the one unused longest */
    struct entry entries[SESSION_CACHE_MAX];
};

struct session_cache *session_cache_new(void)
{
    struct session_cache *c = mem_get(sizeof *c);

    pthread_mutex_init(&c->lock, NULL);
    return c;
}

void session_cache_free(struct session_cache *c)
{
    if (c) {
        pthread_mutex_destroy(&c->lock);
        free(c);
    }
}

/* The hash is of a secret that only its owner has, so the time this takes tells nobody anything. */
static struct entry *find(struct session_cache *c, const struct digest *hash)
{
    for (size_t i = 0; i < SESSION_CACHE_MAX; i++) {
        struct entry *e = &c->entries[i];

        if (e->used && memcmp(e->session.hash.bytes, hash->bytes, sizeof hash->bytes) == 0) {
            e->touched.ms = ++c->turn;
            return e;
        }
    }
    return NULL;
}

bool session_cache_get(struct session_cache *c, const struct digest *hash, struct session *out,
                       struct instant *written)
{
    const struct entry *e;

    pthread_mutex_lock(&c->lock);
    if ((e = find(c, hash))) {
        *out = e->session;
        *written = e->written;
    }
    pthread_mutex_unlock(&c->lock);
    return e != NULL;
}

static struct entry *make_room(struct session_cache *c)
{
    struct entry *oldest = &c->entries[0];

    for (size_t i = 0; i < SESSION_CACHE_MAX; i++) {
        struct entry *e = &c->entries[i];

        if (!e->used) {
            return e;
        }
        if (e->touched.ms < oldest->touched.ms) {
            oldest = e;
        }
    }
    return oldest;
}

void session_cache_put(struct session_cache *c, const struct session *s, struct instant written)
{
    struct entry *e;

    pthread_mutex_lock(&c->lock);
    if (!(e = find(c, &s->hash))) {
        e = make_room(c);
        *e = (struct entry){.used = true};
        e->touched.ms = ++c->turn;
    }
    e->session = *s;
    e->written = written;
    pthread_mutex_unlock(&c->lock);
}

void session_cache_seen(struct session_cache *c, const struct session *s, struct instant written)
{
    struct entry *e;

    pthread_mutex_lock(&c->lock);
    if ((e = find(c, &s->hash))) {
        e->session.seen = s->seen;
        e->written = written;
    }
    pthread_mutex_unlock(&c->lock);
}

void session_cache_drop(struct session_cache *c, const struct digest *hash)
{
    struct entry *e;

    pthread_mutex_lock(&c->lock);
    if ((e = find(c, hash))) {
        *e = (struct entry){.used = false};
    }
    pthread_mutex_unlock(&c->lock);
}

void session_cache_drop_staff(struct session_cache *c, struct staff_id staff,
                              const struct digest *keep)
{
    pthread_mutex_lock(&c->lock);
    for (size_t i = 0; i < SESSION_CACHE_MAX; i++) {
        struct entry *e = &c->entries[i];

        if (e->used && staff_id_equal(e->session.staff, staff) &&
            !(keep && memcmp(e->session.hash.bytes, keep->bytes, sizeof keep->bytes) == 0)) {
            *e = (struct entry){.used = false};
        }
    }
    pthread_mutex_unlock(&c->lock);
}

void session_cache_drop_actor(struct session_cache *c, const char *actor)
{
    pthread_mutex_lock(&c->lock);
    for (size_t i = 0; i < SESSION_CACHE_MAX; i++) {
        struct entry *e = &c->entries[i];

        if (e->used && strcmp(e->session.actor, actor) == 0) {
            *e = (struct entry){.used = false};
        }
    }
    pthread_mutex_unlock(&c->lock);
}
