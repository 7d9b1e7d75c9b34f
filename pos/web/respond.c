/* Making the answer. */
#include "pos/web/respond.h"

#include <assert.h>
#include <stdatomic.h>
#include <strings.h>
#include <time.h>

#include "inventory/base/arena.h"
#include "pos/web/error_page.h"
#include "pos/web/frame_fill.h"
#include "pos/web/problem.h"
#include "pos/web/reply.h"
#include "pos/web/web.h"

enum { LOGGED_EVERY_S = 10 };

static bool clean_header(const char *value)
{
    for (; *value; value++) {
        if (*value < ' ' || *value > '~') {
            return false;
        }
    }
    return true;
}

void respond_header(struct request *rq, const char *name, const char *value)
{
    struct reply *reply = rq->reply;
    bool one = strcmp(name, "Set-Cookie") != 0;

    assert(clean_header(name) && clean_header(value));
    for (size_t i = 0; one && i < reply->header_count; i++) {
        if (strcasecmp(reply->headers[i].name, name) == 0) {
            reply->headers[i].value = value;
            return;
        }
    }
    assert(reply->header_count < REPLY_HEADERS_MAX);
    reply->headers[reply->header_count++] = (struct reply_header){name, value};
}

static void drop_header(struct reply *reply, const char *name)
{
    size_t kept = 0;

    for (size_t i = 0; i < reply->header_count; i++) {
        if (strcasecmp(reply->headers[i].name, name) != 0) {
            reply->headers[kept++] = reply->headers[i];
        }
    }
    reply->header_count = kept;
}

/* Every answer begins here: the connection goes back, and what was answered before is forgotten. */
static struct reply *begin(struct request *rq, int status, const char *type, enum cache cache)
{
    struct reply *reply = rq->reply;

    request_db_done(rq);
    reply->status = status;
    reply->cache = cache;
    reply->lent = NULL;
    reply->lent_len = 0;
    reply->next = NULL;
    sbuf_clear(&reply->body);
    drop_header(reply, "Location");
    drop_header(reply, "Content-Disposition");
    drop_header(reply, "Content-Encoding");
    drop_header(reply, "Content-Type");
    if (type) {
        respond_header(rq, "Content-Type", type);
    }
    return reply;
}

static void too_large(struct request *rq)
{
    respond_refusal(rq, refuse(&rq->cx, ERR_LIMIT, "answer-too-large",
                               _("Jawabannya terlalu besar. Persempit pilihan, lalu coba lagi.")));
}

/* NOLINTNEXTLINE(bugprone-easily-swappable-parameters): a status is written as a number */
void respond_page(struct request *rq, int status, enum page page, const void *view)
{
    const struct web *web = rq->web;
    int right = status ? status : rq->refused ? rq->refused_status : 200;
    struct reply *reply = begin(rq, right, "text/html; charset=utf-8", CACHE_NEVER);
    struct frame_view frame;

    assert(page > PAGE_FRAME && page < PAGE_COUNT);
    frame_fill(&frame, rq, page);
    tpl_render_framed(&reply->body, tpl_get(web->pages, PAGE_FRAME, rq->cx.lang), &frame,
                      tpl_get(web->pages, (size_t)page, rq->cx.lang), view);
    respond_header(rq, "Content-Language", rq->cx.lang == LANG_EN ? "en" : "id");
    if (reply->body.full) {
        too_large(rq);
    }
}

void respond_redirect(struct request *rq, struct url to)
{
    assert(to.local);
    begin(rq, 303, NULL, CACHE_NEVER);
    respond_header(rq, "Location", to.local);
}

void respond_json(struct request *rq, int status, struct json *j)
{
    struct reply *reply = begin(rq, status, "application/json", CACHE_NEVER);

    json_write(&reply->body, j);
    sbuf_char(&reply->body, '\n');
    json_free(j);
    if (reply->body.full) {
        too_large(rq);
    }
}

static bool good_filename(const char *name)
{
    static const char good[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.";

    return *name && !name[strspn(name, good)];
}

static struct reply *begin_file(struct request *rq, int status, const struct file_about *about)
{
    struct reply *reply = begin(rq, status, about->type, about->cache);

    if (about->filename) {
        assert(good_filename(about->filename));
        respond_header(rq, "Content-Disposition",
                       arena_format(rq->cx.arena, "attachment; filename=\"%s\"", about->filename));
    }
    return reply;
}

void respond_bytes(struct request *rq, int status, const struct file_about *about,
                   const void *bytes, size_t n)
{
    struct reply *reply = begin_file(rq, status, about);

    sbuf_add(&reply->body, bytes, n);
    if (reply->body.full) {
        too_large(rq);
    }
}

void respond_lent(struct request *rq, const struct file_about *about, const struct embedded *file)
{
    struct reply *reply = begin_file(rq, 200, about);

    reply->lent = file->bytes;
    reply->lent_len = file->n;
}

void respond_stream(struct request *rq, const struct file_about *about,
                    enum stream_step (*next)(void *arg, struct ctx *cx, struct sbuf *slice),
                    void *arg)
{
    struct reply *reply = begin_file(rq, 200, about);

    reply->next = next;
    reply->arg = arg;
}

int err_status(enum err e, enum route_kind kind)
{
    switch (e) {
    case OK: return 200;
    case ERR_INVALID: return kind == ROUTE_JSON ? 400 : 422;
    case ERR_REFUSED: return 422;
    case ERR_NOT_FOUND: return 404;
    case ERR_CONFLICT: return 409;
    case ERR_FORBIDDEN: return 403;
    case ERR_LIMIT: return 413;
    case ERR_BUSY: return 503;
    case ERR_FULL: return 507;
    case ERR_IO:
    case ERR_CORRUPT: return 500;
    case ERR_AWAY:
    case ERR_UNKNOWN: return 503;
    }
    return 500;
}

/* Somebody who must wait is not somebody who sent too much. */
int refusal_status(enum err e, const struct why *why, enum route_kind kind)
{
    return e == ERR_LIMIT && strcmp(why->slug, "login-wait") == 0 ? 429 : err_status(e, kind);
}

bool refusal_of_store(const struct request *rq, enum err e)
{
    const struct why *why = &rq->cx.why;
    bool says = strncmp(why->slug, "store-", 6) == 0 || strcmp(why->slug, "disk-full") == 0;

    return e == ERR_AWAY || (why->code == e && says && (e == ERR_BUSY || rq->web->shared));
}

/* While a server is away or full every page fails: one line now and then says so. */
static bool said_lately(void)
{
    static _Atomic int64_t last_s;
    struct timespec now;
    int64_t before = atomic_load(&last_s);

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (before != 0 && now.tv_sec - before < LOGGED_EVERY_S) ||
           !atomic_compare_exchange_strong(&last_s, &before, now.tv_sec);
}

static void log_for_operator(const struct why *why)
{
    bool passes = why->code == ERR_AWAY || why->code == ERR_BUSY;

    if (!passes || !said_lately()) {
        fprintf(stderr, "etalase: %s: %s\n", why->slug, why->text);
    }
}

/* What is said in the place of the store's own words. */
static void say_for_all(struct request *rq, enum err e)
{
    struct why *why = &rq->cx.why;
    enum err sentence = e;

    if (why->text[0] && why->code == e) {
        log_for_operator(why);
        /* The rights of the program's role on the server are not those of who asks. */
        sentence = e == ERR_FORBIDDEN ? ERR_IO : e;
    }
    *why = (struct why){.code = e};
    snprintf(why->slug, sizeof why->slug, "%s", e == ERR_AWAY ? "store-away" : "");
    snprintf(why->text, sizeof why->text, "%s", request_words(rq, error_sentence(sentence)));
}

void respond_refusal(struct request *rq, enum err e)
{
    struct why *why = &rq->cx.why;
    enum route_kind kind = rq->route ? rq->route->kind : ROUTE_PAGE;

    if (!why->text[0] || why->code != e || refusal_of_store(rq, e)) {
        say_for_all(rq, e);
    }
    error_answer(rq, refusal_status(e, why, kind), why);
}
