/* The street side as one thing: what is shared by all requests, and the life of one request
 * between the server (which knows sockets) and the handlers (which know none). */
#ifndef WEB_WEB_H
#define WEB_WEB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "attr.h"
#include "ctx.h"
#include "inventory/base/sbuf.h"
#include "inventory/store/store.h"
#include "pos/web/host.h"
#include "pos/web/key_gate.h"
#include "pos/web/reply.h"
#include "pos/web/route.h"
#include "pos/web/session_cache.h"
#include "pos/web/static_files.h"
#include "pos/web/tpl.h"
#include "pos/web/wire.h"

struct exchange;

struct web_options {
    struct store *store;       /* borrowed */
    const struct clock *clock; /* borrowed */
    const struct site *site;   /* borrowed */
    const char *unit;          /* name of the showroom, for the frame; NULL: none */
    const char *prints_dir;    /* folder of the file device, for receipts */
    const char *version;
    const char *hosts;      /* further names it may be called by: "a.example, b.example"; or NULL */
    const char *public_url; /* "https://toko.example" when a proxy stands before it; or NULL */
    bool tls;               /* our own TLS */
    bool demo;
    const struct route *routes; /* NULL: the program's */
    size_t route_count;
};

struct web {
    struct web_options options;
    struct hosts hosts;
    struct static_set *files;
    struct tpl_set *pages;
    struct session_cache *sessions;
    struct key_gate *keys;
    bool https;  /* pages are seen over HTTPS: cookies are Secure */
    bool shared; /* other processes serve the same store: nothing of it may be kept in memory */
};

/* Compiles every page and prepares what requests share; a template that is refused, or a host name
 * that is none, ends it.  Owned by the caller: web_close(). */
NODISCARD enum err web_open(struct web **out, const struct web_options *options, struct why *why);
void web_close(struct web *web);

/* ---- one request ---- */

enum exchange_step {
    EXCHANGE_ANSWERED,  /* exchange_reply() stands ready; no body is wanted */
    EXCHANGE_WANT_BODY, /* exchange_body_length() bytes, then exchange_finish() */
};

/* Looks at the request line and headers: rules of the wire, route, session, role, origin, size.
 * `wire` must outlive the exchange.  *out is owned by the caller: exchange_free(). */
enum exchange_step exchange_begin(struct exchange **out, struct web *web,
                                  const struct wire_request *wire);
uint64_t exchange_body_length(const struct exchange *x);
bool exchange_is_upload(const struct exchange *x);
/* The rest: token of the form, inputs, key, handler.  The body is borrowed until exchange_free().
 */
void exchange_finish(struct exchange *x, const char *body, size_t n);
/* Never NULL after EXCHANGE_ANSWERED or exchange_finish(). */
struct reply *exchange_reply(struct exchange *x);
/* The next slice of a streamed answer. */
enum stream_step exchange_next(struct exchange *x, struct sbuf *slice);
void exchange_free(struct exchange *x);

#endif
