/* Uploaded files waiting for "save all". */
#include "pos/web/import_hold.h"

#include "ctx.h"
#include "inventory/base/arena.h"

#include <pthread.h>

struct held {
    char token[TOKEN_TEXT_MAX]; /* "": free */
    char actor[ACTOR_MAX];
    char *bytes; /* owned */
    size_t n;
    struct instant since;
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct held files[HOLD_FILES];

static void forget(struct held *h)
{
    free(h->bytes);
    *h = (struct held){.bytes = NULL};
}

static void forget_old(struct instant now)
{
    for (size_t i = 0; i < HOLD_FILES; i++) {
        if (files[i].token[0] && now.ms - files[i].since.ms > INT64_C(60000) * HOLD_MINUTES) {
            forget(&files[i]);
        }
    }
}

static struct held *find(const char *token)
{
    for (size_t i = 0; i < HOLD_FILES; i++) {
        if (files[i].token[0] && strcmp(files[i].token, token) == 0) {
            return &files[i];
        }
    }
    return NULL;
}

/* A free place, or the oldest one's. */
static struct held *place(void)
{
    struct held *oldest = &files[0];

    for (size_t i = 0; i < HOLD_FILES; i++) {
        if (files[i].token[0] == '\0') {
            return &files[i];
        }
        if (files[i].since.ms < oldest->since.ms) {
            oldest = &files[i];
        }
    }
    forget(oldest);
    return oldest;
}

/* NOLINTNEXTLINE(bugprone-easily-swappable-parameters): whose, then what */
void import_hold_put(char token[TOKEN_TEXT_MAX], const char *actor, const char *bytes, size_t n,
                     struct instant now)
{
    struct held *h;

    token_make(token);
    pthread_mutex_lock(&lock);
    forget_old(now);
    h = place();
    *h = (struct held){.bytes = mem_get(n + 1), .n = n, .since = now};
    memcpy(h->bytes, bytes, n);
    snprintf(h->token, sizeof(h->token), "%s", token);
    snprintf(h->actor, sizeof(h->actor), "%s", actor);
    pthread_mutex_unlock(&lock);
}

/* NOLINTNEXTLINE(bugprone-easily-swappable-parameters): a secret, then whose */
char *import_hold_get(size_t *n, const char *token, const char *actor, struct instant now)
{
    const struct held *h;
    char *copy = NULL;

    pthread_mutex_lock(&lock);
    forget_old(now);
    h = find(token);
    if (h && strcmp(h->actor, actor) == 0) {
        copy = mem_get(h->n + 1);
        memcpy(copy, h->bytes, h->n);
        *n = h->n;
    }
    pthread_mutex_unlock(&lock);
    return copy;
}

void import_hold_drop(const char *token)
{
    struct held *h;

    pthread_mutex_lock(&lock);
    h = find(token);
    if (h) {
        forget(h);
    }
    pthread_mutex_unlock(&lock);
}
