/* One thread that looks at the deadlines of all connections a few times a second. */
#include "pos/web/watch.h"

#include <pthread.h>
#include <sys/socket.h>

#include "inventory/base/arena.h"

enum { LOOK_EVERY_MS = 100 };

struct watch {
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t stopping;
    bool stop;
    struct watched head; /* of a ring */
};

int64_t watch_now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void cut_late(struct watch *w)
{
    int64_t now = watch_now();

    for (struct watched *c = w->head.next; c != &w->head; c = c->next) {
        if (c->deadline_ms && c->deadline_ms <= now) {
            shutdown(c->fd, SHUT_RDWR);
            c->deadline_ms = 0;
        }
    }
}

static void *look(void *arg)
{
    struct watch *w = arg;

    pthread_mutex_lock(&w->lock);
    while (!w->stop) {
        struct timespec until;

        clock_gettime(CLOCK_MONOTONIC, &until);
        until.tv_nsec += LOOK_EVERY_MS * 1000000L;
        if (until.tv_nsec >= 1000000000L) {
            until.tv_nsec -= 1000000000L;
            until.tv_sec++;
        }
        pthread_cond_timedwait(&w->stopping, &w->lock, &until);
        cut_late(w);
    }
    pthread_mutex_unlock(&w->lock);
    return NULL;
}

struct watch *watch_start(void)
{
    struct watch *w = mem_get(sizeof *w);
    pthread_condattr_t attr;

    w->head.prev = w->head.next = &w->head;
    pthread_mutex_init(&w->lock, NULL);
    pthread_condattr_init(&attr);
    pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
    pthread_cond_init(&w->stopping, &attr);
    pthread_condattr_destroy(&attr);
    if (pthread_create(&w->thread, NULL, look, w)) {
        fputs("etalase: the computer allows no more threads\n", stderr);
        abort();
    }
    return w;
}

void watch_stop(struct watch *w)
{
    if (!w) {
        return;
    }
    pthread_mutex_lock(&w->lock);
    w->stop = true;
    pthread_cond_signal(&w->stopping);
    pthread_mutex_unlock(&w->lock);
    pthread_join(w->thread, NULL);
    pthread_mutex_destroy(&w->lock);
    pthread_cond_destroy(&w->stopping);
    free(w);
}

static int64_t deadline(int64_t within_ms)
{
    return within_ms ? watch_now() + within_ms : 0;
}

void watch_add(struct watch *w, struct watched *c, int fd, int64_t within_ms)
{
    pthread_mutex_lock(&w->lock);
    *c = (struct watched){.fd = fd, .deadline_ms = deadline(within_ms)};
    c->prev = &w->head;
    c->next = w->head.next;
    c->next->prev = c;
    w->head.next = c;
    pthread_mutex_unlock(&w->lock);
}

void watch_remove(struct watch *w, struct watched *c)
{
    pthread_mutex_lock(&w->lock);
    c->prev->next = c->next;
    c->next->prev = c->prev;
    pthread_mutex_unlock(&w->lock);
}

void watch_set(struct watch *w, struct watched *c, int64_t within_ms)
{
    pthread_mutex_lock(&w->lock);
    c->deadline_ms = deadline(within_ms);
    pthread_mutex_unlock(&w->lock);
}
