/* What exchange.c (before the body) and exchange_body.c (after it) share. */
#ifndef WEB_EXCHANGE_PARTS_H
#define WEB_EXCHANGE_PARTS_H

#include <stdbool.h>
#include <stdint.h>

#include "pos/web/reply.h"
#include "pos/web/request.h"
#include "pos/web/web.h"

struct exchange {
    struct web *web;
    const struct wire_request *wire;
    struct request rq;
    struct reply reply;
    uint64_t length;
};

/* Reads the body, checks what the table says, and lets the handler answer. */
void exchange_handle(struct request *rq, const char *body, size_t n);

#endif
