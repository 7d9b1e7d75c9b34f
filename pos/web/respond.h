/* What a handler answers.  Each of these gives the store's connection back first, so that drawing
 * and sending hold up nobody; the last one called counts. */
#ifndef WEB_RESPOND_H
#define WEB_RESPOND_H

#include <stdbool.h>
#include <stddef.h>

#include "attr.h"
#include "embedded.h"
#include "err.h"
#include "inventory/base/sbuf.h"
#include "pos/web/pages.h"
#include "pos/web/request.h"
#include "pos/web/url.h"

enum { REPLY_BYTES_MAX = 32 * 1024 * 1024 };

/* A page in its frame.  `view` is the struct of the page's table; it is read at once and may stand
 * on the stack.  status 200, or 0 for "as things are": 200, or the refusal's when the form is shown
 * again. */
void respond_page(struct request *rq, int status, enum page page, const void *view);

/* 303: after a POST that did something. */
void respond_redirect(struct request *rq, struct url to);

/* Takes `j`. */
void respond_json(struct request *rq, int status, struct json *j);

enum cache {
    CACHE_NEVER,   /* no-store: everything that a session sees */
    CACHE_MINUTE,  /* public pages: max-age=60 */
    CACHE_FOREVER, /* addresses with a content hash */
};

struct file_about {
    const char *type;     /* "image/png" */
    const char *filename; /* NULL: shown, not saved; asserts letters, digits, - _ and . */
    enum cache cache;
};

/* Copies the bytes. */
void respond_bytes(struct request *rq, int status, const struct file_about *about,
                   const void *bytes, size_t n);

/* Bytes that live as long as the program: not copied. */
void respond_lent(struct request *rq, const struct file_about *about, const struct embedded *file);

/* An export of any length, written in slices.  `next` is called again and again with a connection
 * in cx->db and a read transaction open, and adds at most SLICE_BYTES_MAX to `slice`; between two
 * calls others have their turn.  `arg` and all it points to must live in the request's arena. */
/* Aim at a quarter of a mebibyte; a single journal line may be as large as an act. */
enum { SLICE_BYTES_MAX = 72 * 1024 * 1024 };
enum stream_step { STREAM_MORE, STREAM_END, STREAM_FAILED };
void respond_stream(struct request *rq, const struct file_about *about,
                    enum stream_step (*next)(void *arg, struct ctx *cx, struct sbuf *slice),
                    void *arg);

/* The page (or problem+json) of a refusal, by rq->cx.why: what, why, what next.  What the router
 * does with an error that a handler returns. */
void respond_refusal(struct request *rq, enum err e);
/* Whether the store itself refused, and its words (where the server is, what it is called, what it
 * complained of) are for who runs it: they go to the log, and everybody is told the kind alone. */
bool refusal_of_store(const struct request *rq, enum err e);
int refusal_status(enum err e, const struct why *why, enum route_kind kind);

/* The HTTP status of an error. */
int err_status(enum err e, enum route_kind kind);

/* A header of this answer; asserts printable ASCII.  Borrowed until the request ends. */
void respond_header(struct request *rq, const char *name, const char *value);

#endif
