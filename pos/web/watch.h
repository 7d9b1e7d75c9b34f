/* Absolute deadlines of connections: when one is over, its socket is shut down, and the thread that
 * waits on it ends. */
#ifndef WEB_WATCH_H
#define WEB_WATCH_H

#include <stdbool.h>
#include <stdint.h>

struct watch;

/* Part of the connection it watches; fields belong to watch.c. */
struct watched {
    struct watched *prev, *next;
    int fd;
    int64_t deadline_ms; /* on watch_now()'s clock; 0: none */
};

/* Starts its thread.  Owned by the caller: watch_stop(). */
struct watch *watch_start(void);
void watch_stop(struct watch *w);

/* Milliseconds on a clock that is never set. */
int64_t watch_now(void);

void watch_add(struct watch *w, struct watched *c, int fd, int64_t within_ms);
/* The socket must not be closed before. */
void watch_remove(struct watch *w, struct watched *c);
/* within_ms from now; 0: no deadline. */
void watch_set(struct watch *w, struct watched *c, int64_t within_ms);

#endif
