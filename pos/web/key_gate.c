/* Keys of the requests under way. */
#include "pos/web/key_gate.h"

#include <pthread.h>
#include <stddef.h>

#include "inventory/base/arena.h"

enum { KEYS_MAX = 64 };

struct key_gate {
    pthread_mutex_t lock;
    pthread_cond_t left;
    struct idem_id keys[KEYS_MAX]; /* nil: a free place */
};

struct key_gate *key_gate_new(void)
{
    struct key_gate *gate = mem_get(sizeof *gate);

    pthread_mutex_init(&gate->lock, NULL);
    pthread_cond_init(&gate->left, NULL);
    return gate;
}

void key_gate_free(struct key_gate *gate)
{
    if (gate) {
        pthread_mutex_destroy(&gate->lock);
        pthread_cond_destroy(&gate->left);
        free(gate);
    }
}

/* A free place, unless the key is there already or all are taken. */
static struct idem_id *place(struct key_gate *gate, struct idem_id key)
{
    struct idem_id *found = NULL;

    for (size_t i = 0; i < KEYS_MAX; i++) {
        if (idem_id_equal(gate->keys[i], key)) {
            return NULL;
        }
        if (idem_id_is_nil(gate->keys[i])) {
            found = &gate->keys[i];
        }
    }
    return found;
}

void key_gate_enter(struct key_gate *gate, struct idem_id key)
{
    struct idem_id *at;

    pthread_mutex_lock(&gate->lock);
    while (!(at = place(gate, key))) {
        pthread_cond_wait(&gate->left, &gate->lock);
    }
    *at = key;
    pthread_mutex_unlock(&gate->lock);
}

void key_gate_leave(struct key_gate *gate, struct idem_id key)
{
    pthread_mutex_lock(&gate->lock);
    for (size_t i = 0; i < KEYS_MAX; i++) {
        if (idem_id_equal(gate->keys[i], key)) {
            gate->keys[i] = (struct idem_id){{0}};
        }
    }
    pthread_cond_broadcast(&gate->left);
    pthread_mutex_unlock(&gate->lock);
}
