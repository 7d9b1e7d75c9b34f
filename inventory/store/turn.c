/* A ticket lock: nobody is overtaken, so the slowest sale waits for those before it and no others.
 */
#include "inventory/store/turn.h"

#include <assert.h>

void turn_init(struct turn *t)
{
    *t = (struct turn){.next_ticket = 0};
    pthread_mutex_init(&t->mutex, NULL);
    pthread_cond_init(&t->moved, NULL);
}

void turn_done(struct turn *t)
{
    pthread_cond_destroy(&t->moved);
    pthread_mutex_destroy(&t->mutex);
}

void turn_take(struct turn *t)
{
    uint64_t mine;

    pthread_mutex_lock(&t->mutex);
    mine = t->next_ticket++;
    while (t->now_serving != mine) {
        pthread_cond_wait(&t->moved, &t->mutex);
    }
    pthread_mutex_unlock(&t->mutex);
}

bool turn_try(struct turn *t)
{
    bool mine;

    pthread_mutex_lock(&t->mutex);
    mine = t->now_serving == t->next_ticket;
    if (mine) {
        t->next_ticket++;
    }
    pthread_mutex_unlock(&t->mutex);
    return mine;
}

void turn_give(struct turn *t)
{
    pthread_mutex_lock(&t->mutex);
    assert(t->now_serving < t->next_ticket);
    t->now_serving++;
    pthread_cond_broadcast(&t->moved);
    pthread_mutex_unlock(&t->mutex);
}
