/* Serving until somebody asks the program to stop. */
#include <errno.h>
#include <pthread.h>
#include <signal.h>

#include "inventory/store/store.h"
#include "pos/web/server.h"

/* Waits for SIGTERM or SIGINT; about once a second the store does its housekeeping. */
static void wait_to_stop(const sigset_t *stop, struct store *store)
{
    const struct timespec second = {.tv_sec = 1};

    while (sigtimedwait(stop, NULL, &second) < 0) {
        if (errno == EAGAIN && store) {
            store_idle(store);
        }
    }
}

enum err server_run(const struct server_options *options, struct why *why)
{
    struct server *s;
    sigset_t stop, before;
    enum err e;

    /* Blocked before any thread begins, so that only the wait below ever sees them. */
    sigemptyset(&stop);
    sigaddset(&stop, SIGTERM);
    sigaddset(&stop, SIGINT);
    pthread_sigmask(SIG_BLOCK, &stop, &before);
    signal(SIGPIPE, SIG_IGN);
    if (!(e = server_start(&s, options, why))) {
        if (options->ready) {
            options->ready(options->arg, server_url(s));
        }
        wait_to_stop(&stop, options->web.store);
        server_stop(s);
    }
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return e;
}
