/* One request as a handler sees it: checked, typed, with everything an act needs. */
#ifndef WEB_REQUEST_H
#define WEB_REQUEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "attr.h"
#include "ctx.h"
#include "inventory/base/json.h"
#include "pos/web/form.h"
#include "pos/web/route.h"
#include "pos/web/session.h"
#include "pos/web/told.h"
#include "pos/web/url.h"

struct frame_state;
struct reply;
struct web;
struct wire_request;

struct request {
    struct web *web;
    const struct route *route;
    enum method method;
    const char *path;  /* as sent, still encoded, without query: for links back to this page */
    const char *query; /* as sent, without '?'; "" when there is none */
    const char *peer;  /* address of the other side, for the log and the login delay */
    struct instant at; /* when the request came, from the clock */
    bool secure;       /* came over HTTPS (our own, or a proxy's by public_url) */

    /* arena, clock, site, lang, role, actor and till are filled; db is NULL outside
     * request_db() .. request_db_done(). */
    struct ctx cx;

    const struct session *session; /* NULL: nobody is signed in */
    bool session_ended;            /* the browser came with a session that is over */
    enum err unread;               /* who asks could not be read, the store is away: a form is taken
                                      in all the same, to be given back */
    struct inputs in;              /* by route->fields: input_text(&rq->in, "nama") */
    struct form form;              /* the same undecided: every field that came */
    struct upload file;            /* ROUTE_UPLOAD */
    const struct json *json;       /* body of a ROUTE_JSON POST; NULL otherwise */
    struct json *json_owned;       /* the same; freed with the request */
    struct idem_id key;            /* ROUTE_KEYED */
    struct digest fingerprint;     /* ROUTE_KEYED: of who, where and all that was sent */

    /* OK, or why the form is shown again (route->again). */
    enum err refused;
    int refused_status;
    const char *title; /* of the page, instead of the one in its table (pages.h); may be set */

    const struct wire_request *wire;  /* its headers: wire_header(rq->wire, "Accept") */
    const struct frame_state *states; /* words at the right of the bar; may be set */
    size_t state_count;
    const char *shift; /* "Shift 1, 22 November 2026"; may be set */
    struct told told;  /* request_tell() */

    struct reply *reply; /* respond.h fills it */
    struct route_match match;
};

/* A part of the path by name; asserts that the route has it. */
const char *request_param(const struct request *rq, const char *name);

/* What was typed into a field of the form that is shown again; "" on its first showing. */
const char *request_typed(const struct request *rq, const char *name);
/* The same with something to begin with. */
const char *request_typed_or(const struct request *rq, const char *name, const char *first);
/* The sentence beside a field; NULL: none. */
const char *request_error(const struct request *rq, const char *field);

/* Takes a connection into rq->cx.db, waiting its turn; harmless when it is held.  ROUTE_DB does it
 * before the handler.  Hash passwords and draw before taking it or after giving it back. */
void request_db(struct request *rq);
/* Gives it back; harmless when none is held.  Every respond_...() begins with it. */
void request_db_done(struct request *rq);

/* A sentence for the status line of the next page of this session ("Struk 000412 dicetak").
 * `tone` is "", "ok", "warn" or "bad".  Lost when nobody is signed in. */
void request_tell(struct request *rq, const char *tone, const char *sentence);

/* A text in the person's language: request_words(rq, _("Bayar")). */
const char *request_words(const struct request *rq, const char *text);

/* A fresh idempotency key for a form that will be posted: 32 hex digits, in the arena. */
const char *request_new_key(struct request *rq);

#endif
