/* One request from its first line to its answer: everything that is decided before the body. */
#include "pos/web/web.h"

#include <arpa/inet.h>
#include <assert.h>

#include "inventory/base/arena.h"
#include "inventory/fact.h"
#include "pos/web/csrf.h"
#include "pos/web/error_page.h"
#include "pos/web/exchange_parts.h"
#include "pos/web/problem.h"

enum { REQUEST_ARENA_MAX = 64 * 1024 * 1024, MULTIPART_EXTRA = 64 * 1024 };

/* What an address that nobody answers is treated as. */
static const struct route no_page = {.kind = ROUTE_PAGE, .roles = ROUTE_PUBLIC};
static const struct route no_call = {.kind = ROUTE_JSON, .roles = ROUTE_PUBLIC};

static bool machine_path(const char *path)
{
    return strncmp(path, "/api/", 5) == 0;
}

static void answer(struct request *rq, const char *slug, int status, const char *text)
{
    struct why why = {.code = ERR_REFUSED};

    snprintf(why.slug, sizeof why.slug, "%s", slug);
    snprintf(why.text, sizeof why.text, "%s", request_words(rq, text));
    error_answer(rq, status, &why);
}

/* ---- headers of every answer ---- */

static const char *cache_text(const struct reply *reply)
{
    switch (reply->cache) {
    case CACHE_NEVER: return "no-store";
    case CACHE_MINUTE: return "public, max-age=60";
    case CACHE_FOREVER: return "public, max-age=31536000, immutable";
    }
    return "no-store";
}

static void finish_headers(struct request *rq)
{
    static const struct reply_header fixed[] = {
        {"Content-Security-Policy",
         "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self'; "
         "img-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; "
         "base-uri 'none'; frame-ancestors 'none'"},
        {"Permissions-Policy", "camera=(self), microphone=(), geolocation=()"},
        {"Referrer-Policy", "same-origin"},
        {"X-Content-Type-Options", "nosniff"},
        {"Cross-Origin-Opener-Policy", "same-origin"},
        {"Cross-Origin-Resource-Policy", "same-origin"},
    };

    told_send(rq);
    for (size_t i = 0; i < LENGTH(fixed); i++) {
        respond_header(rq, fixed[i].name, fixed[i].value);
    }
    /* What a session sees is for that session, whatever the handler thought. */
    if (rq->session && rq->reply->cache == CACHE_MINUTE) {
        rq->reply->cache = CACHE_NEVER;
    }
    respond_header(rq, "Cache-Control", cache_text(rq->reply));
    if (rq->reply->cache == CACHE_MINUTE) {
        respond_header(rq, "Vary", "Cookie");
    }
    if (rq->web->https) {
        respond_header(rq, "Strict-Transport-Security", "max-age=15552000");
    }
    if (rq->reply->hang_up) {
        respond_header(rq, "Connection", "close");
    }
}

/* ---- who and where ---- */

static bool loopback(const char *address)
{
    return strncmp(address, "127.", 4) == 0 || strcmp(address, "::1") == 0;
}

/* Behind our own proxy the other side is who the proxy says (its last word), else who it is. */
static const char *peer_of(struct request *rq)
{
    const char *said = wire_header(rq->wire, "X-Forwarded-For");
    const char *last = said ? strrchr(said, ',') : NULL;
    unsigned char address[16];

    if (!rq->web->options.public_url || !said || !loopback(rq->wire->peer)) {
        return rq->wire->peer;
    }
    last = last ? last + 1 : said;
    last = arena_text(rq->cx.arena, last + strspn(last, " \t"));
    return inet_pton(AF_INET, last, address) == 1 || inet_pton(AF_INET6, last, address) == 1
               ? last
               : rq->wire->peer;
}

/* People choose once, and a cookie remembers; a browser's own wish is mostly that of whoever set
 * the computer up.  Machines say it with each request. */
static enum lang lang_of(const struct wire_request *wire)
{
    const char *wish = wire_header(wire, "Accept-Language");
    char text[8];

    if (machine_path(wire->target)) {
        return wish && strncmp(wish, "en", 2) == 0 ? LANG_EN : LANG_ID;
    }
    return wire_cookie(text, sizeof text, wire, LANG_COOKIE) && strcmp(text, "en") == 0 ? LANG_EN
                                                                                        : LANG_ID;
}

static void start(struct exchange *x, struct web *web, const struct wire_request *wire)
{
    struct request *rq = &x->rq;

    x->web = web;
    x->wire = wire;
    sbuf_init(&x->reply.body, REPLY_BYTES_MAX);
    rq->web = web;
    rq->wire = wire;
    rq->reply = &x->reply;
    rq->route = &no_page;
    rq->method = strcmp(wire->method, "POST") == 0 ? METHOD_POST : METHOD_GET;
    rq->path = "/";
    rq->query = "";
    rq->secure = web->https;
    rq->at = clock_now(web->options.clock);
    rq->cx = (struct ctx){.clock = web->options.clock,
                          .arena = arena_new(REQUEST_ARENA_MAX),
                          .site = web->options.site,
                          .lang = lang_of(wire)};
    snprintf(rq->cx.actor, sizeof rq->cx.actor, "%s", "public");
    rq->peer = peer_of(rq);
}

static void split_target(struct request *rq, const char *target)
{
    size_t n = strcspn(target, "?");

    rq->path = arena_text_n(rq->cx.arena, target, n);
    rq->query = target[n] ? target + n + 1 : "";
}

/* ---- the guards, in this order; each says true when it has answered ---- */

static bool guard_wire(struct exchange *x, size_t *path_at)
{
    struct request *rq = &x->rq;
    const struct wire_verdict v = wire_check(x->wire, &x->web->hosts, path_at, &x->length);

    if (!v.status) {
        return false;
    }
    if (machine_path(x->wire->target)) {
        rq->route = &no_call;
    }
    x->reply.hang_up = v.hang_up;
    if (v.status == 421) {
        refuse(
            &rq->cx, ERR_REFUSED, v.slug,
            _("Program ini tidak melayani alamat %.200s. Buka alamat resmi tempat ini, atau minta "
              "pengelola menambahkan nama itu (--host)."),
            wire_header(x->wire, "Host"));
        error_answer(rq, v.status, &rq->cx.why);
    } else {
        answer(rq, v.slug, v.status, v.text);
    }
    return true;
}

static bool guard_route(struct request *rq)
{
    const struct web_options *o = &rq->web->options;

    rq->match = route_find(o->routes, o->route_count, rq->method, rq->path);
    if (rq->match.route) {
        rq->route = rq->match.route;
        return false;
    }
    rq->route = machine_path(rq->path) ? &no_call : &no_page;
    if (rq->match.other_method) {
        answer(rq, "method-not-allowed", 405,
               _("Alamat ini tidak dapat dibuka dengan cara itu. Kembali ke halaman sebelumnya, "
                 "lalu coba lagi."));
        respond_header(rq, "Allow", rq->method == METHOD_POST ? "GET, HEAD" : "POST");
    } else {
        answer(rq, "not-found", 404,
               _("Halaman itu tidak ada. Periksa alamatnya, atau mulai dari halaman awal."));
    }
    return true;
}

static bool guard_size(struct exchange *x)
{
    struct request *rq = &x->rq;
    uint64_t most = FORM_BYTES_MAX;

    if (rq->route->flags & ROUTE_UPLOAD) {
        most = UPLOAD_BYTES_MAX + MULTIPART_EXTRA;
    }
    if (x->length <= most) {
        return false;
    }
    answer(rq, "too-large", 413,
           rq->route->flags & ROUTE_UPLOAD
               ? _("Berkas terlalu besar; paling besar 16 MiB. Bagi menjadi beberapa berkas.")
               : _("Isian terlalu besar; paling besar 64 KiB. Kirim lebih sedikit sekaligus."));
    return true;
}

static bool type_is(const char *said, const char *type)
{
    size_t n = strlen(type);

    return said && strncmp(said, type, n) == 0 && (!said[n] || strchr("; \t", said[n]));
}

static bool guard_type(struct exchange *x)
{
    struct request *rq = &x->rq;
    const char *said = wire_header(x->wire, "Content-Type");
    const char *want = rq->route->kind == ROUTE_JSON     ? "application/json"
                       : rq->route->flags & ROUTE_UPLOAD ? "multipart/form-data"
                                                         : "application/x-www-form-urlencoded";

    if (x->length == 0 ||
        (type_is(said, want) && wire_header_count(x->wire, "Content-Type") == 1)) {
        return false;
    }
    answer(rq, "wrong-type", 415,
           _("Jenis isi kiriman tidak sesuai. Kirim lewat formulir pada halaman ini."));
    return true;
}

static bool guard_session(struct request *rq)
{
    enum err e;

    if (rq->route->flags & ROUTE_NO_SESSION) {
        return false;
    }
    e = session_find(rq);
    if ((e == ERR_AWAY || e == ERR_BUSY) && rq->method == METHOD_POST &&
        rq->route->kind == ROUTE_PAGE && !(rq->route->flags & ROUTE_UPLOAD)) {
        rq->unread = e;
        return false;
    }
    if (e) {
        respond_refusal(rq, e);
    }
    return e != OK;
}

static void ask_to_sign_in(struct request *rq)
{
    const char *here =
        rq->query[0] ? arena_format(rq->cx.arena, "%s?%s", rq->path, rq->query) : rq->path;
    struct url login = url_fixed("/masuk");
    struct url back;

    if (rq->route->kind == ROUTE_JSON) {
        answer(rq, "login-needed", 401,
               _("Kirim token yang berlaku: Authorization: Bearer TOKEN. Token dibuat di halaman "
                 "pengelola atau dengan etalase token."));
        respond_header(rq, "WWW-Authenticate", "Bearer");
    } else if (rq->method == METHOD_POST) {
        error_session_ended(rq);
    } else {
        if (url_local(&back, rq->cx.arena, here) && strcmp(here, "/") != 0) {
            login = url_query(rq->cx.arena, login, "lanjut", back.local);
        }
        respond_redirect(rq, login);
    }
}

static bool guard_role(struct request *rq)
{
    if ((rq->route->roles & ROUTE_PUBLIC) || rq->unread) {
        return false;
    }
    if (!rq->session) {
        ask_to_sign_in(rq);
        return true;
    }
    if (rq->route->roles & (unsigned)rq->session->role) {
        return false;
    }
    answer(rq, "role", 403,
           _("Halaman ini bukan untuk peran Anda. Minta bantuan penyelia, atau masuk dengan akun "
             "yang berhak."));
    return true;
}

static bool guard_origin(struct request *rq)
{
    if (rq->method != METHOD_POST || rq->route->kind == ROUTE_JSON || csrf_same_origin(rq->wire)) {
        return false;
    }
    answer(rq, "origin", 403,
           _("Kiriman ini tidak berasal dari halaman kami, jadi ditolak. Buka halamannya di sini, "
             "lalu kirim lagi."));
    return true;
}

/* ---- the life of an exchange ---- */

enum exchange_step exchange_begin(struct exchange **out, struct web *web,
                                  const struct wire_request *wire)
{
    struct exchange *x = mem_get(sizeof *x);
    struct request *rq = &x->rq;
    size_t path_at = 0;
    bool answered;

    *out = x;
    start(x, web, wire);
    answered = guard_wire(x, &path_at);
    if (!answered) {
        split_target(rq, wire->target + path_at);
        answered = guard_route(rq) || guard_size(x) || guard_type(x) || guard_session(rq) ||
                   guard_role(rq) || guard_origin(rq);
        /* Only now: finding the session may have noted when it was last seen. */
        rq->cx.reads_only = rq->method == METHOD_GET;
    }
    request_db_done(rq);
    if (!answered) {
        return EXCHANGE_WANT_BODY;
    }
    finish_headers(rq);
    return EXCHANGE_ANSWERED;
}

uint64_t exchange_body_length(const struct exchange *x)
{
    return x->length;
}

bool exchange_is_upload(const struct exchange *x)
{
    return x->rq.route->flags & ROUTE_UPLOAD;
}

void exchange_finish(struct exchange *x, const char *body, size_t n)
{
    struct request *rq = &x->rq;

    exchange_handle(rq, body, n);
    request_db_done(rq);
    if (rq->reply->status == 0) {
        assert(false && "the handler answered nothing");
        respond_refusal(rq, ERR_IO);
    }
    finish_headers(rq);
}

struct reply *exchange_reply(struct exchange *x)
{
    return &x->reply;
}

struct slice_work {
    struct reply *reply;
    struct sbuf *slice;
    enum stream_step step;
};

static enum err slice_work(struct ctx *cx, void *arg)
{
    struct slice_work *w = arg;

    w->step = w->reply->next(w->reply->arg, cx, w->slice);
    return OK;
}

enum stream_step exchange_next(struct exchange *x, struct sbuf *slice)
{
    struct slice_work w = {.reply = &x->reply, .slice = slice, .step = STREAM_FAILED};
    enum err e;

    request_db(&x->rq);
    e = read_run(&x->rq.cx, slice_work, &w);
    request_db_done(&x->rq);
    return e || slice->full ? STREAM_FAILED : w.step;
}

void exchange_free(struct exchange *x)
{
    if (!x) {
        return;
    }
    request_db_done(&x->rq);
    sbuf_done(&x->reply.body);
    json_free(x->rq.json_owned);
    arena_free(x->rq.cx.arena);
    free(x);
}
