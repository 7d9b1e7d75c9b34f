/* The one door to libmicrohttpd: sockets, limits and deadlines.
 *
 * One thread a connection: a slow phone or a long report holds up nobody else.  Every request has
 * an absolute deadline to arrive and another to be taken away (the library's own timeout is for
 * inactivity only, so that somebody who drips one byte a second would keep a place for ever). */
#ifndef WEB_SERVER_H
#define WEB_SERVER_H

#include <stdbool.h>

#include "attr.h"
#include "err.h"
#include "pos/web/web.h"

struct server_limits {    /* 0: the default */
    unsigned connections; /* 256 */
    unsigned per_address; /* 64 */
    unsigned idle_ms;     /* 15000: a connection without a request */
    unsigned receive_ms;  /* 8000: a request that arrives */
    unsigned upload_ms;   /* 60000: a file that arrives */
    unsigned answer_ms;   /* 30000: an answer that is made and taken away; exports 600000 */
    unsigned stop_ms;     /* 10000: requests under way when the program is asked to stop */
};

struct server_options {
    struct web_options web;
    const char *listen;   /* "127.0.0.1:8080" */
    const char *tls_cert; /* PEM files; both or neither */
    const char *tls_key;
    bool log; /* one line a request on stderr */
    struct server_limits limits;
    /* Called once, when the shop is open; may be NULL.  `url` is where to look: "http://..." */
    void (*ready)(void *arg, const char *url);
    void *arg;
};

struct server;

/* Starts and returns; the requests run on threads of their own.  Refuses with one sentence: port in
 * use, bad address, unreadable certificate, template that does not compile.  Owned by the caller:
 * server_stop(). */
NODISCARD enum err server_start(struct server **out, const struct server_options *options,
                                struct why *why);
unsigned server_port(const struct server *s);
const char *server_url(const struct server *s);
/* No new connections; requests under way are finished (up to stop_ms), then all ends. */
void server_stop(struct server *s);

/* Serves until SIGTERM or SIGINT, then stops as above and returns OK.  Does the store's
 * housekeeping while it waits.  The caller closes the store. */
NODISCARD enum err server_run(const struct server_options *options, struct why *why);

#endif
