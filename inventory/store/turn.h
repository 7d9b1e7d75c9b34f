/* A lock that is given in the order it was asked for. */
#ifndef TURN_H
#define TURN_H

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

struct turn {
    pthread_mutex_t mutex;
    pthread_cond_t moved;
    uint64_t next_ticket;
    uint64_t now_serving;
};

void turn_init(struct turn *t);
void turn_done(struct turn *t);
void turn_take(struct turn *t);
bool turn_try(struct turn *t); /* only when nobody holds it and nobody waits */
void turn_give(struct turn *t);

#endif
