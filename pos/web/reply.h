/* What goes back over the wire, made by respond.h and sent by the server. */
#ifndef WEB_REPLY_H
#define WEB_REPLY_H

#include <stdbool.h>
#include <stddef.h>

#include "inventory/base/sbuf.h"
#include "pos/web/respond.h"

enum { REPLY_HEADERS_MAX = 24 };

struct reply_header {
    const char *name, *value; /* in the request's arena, or literals */
};

struct reply {
    int status; /* 0: nothing has been answered yet */
    struct reply_header headers[REPLY_HEADERS_MAX];
    size_t header_count;
    enum cache cache;
    struct sbuf body;
    const char *lent; /* instead of body: bytes that outlive every request (static files) */
    size_t lent_len;
    enum stream_step (*next)(void *arg, struct ctx *cx, struct sbuf *slice);
    void *arg;
    bool hang_up; /* the connection ends with this answer */
};

#endif
