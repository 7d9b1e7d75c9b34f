/* One request from its body to its answer: inputs, token, key, handler. */
#include <assert.h>
#include <time.h>

#include "inventory/base/arena.h"
#include "inventory/base/secret.h"
#include "inventory/fact.h"
#include "inventory/journal.h"
#include "pos/idem.h"
#include "pos/sale.h"
#include "pos/web/csrf.h"
#include "pos/web/error_page.h"
#include "pos/web/exchange_parts.h"

#define KEY_FIELD "kunci"

enum { READS_MAX = 3, ANSWER_PAUSES = 20, ANSWER_PAUSE_MS = 50 };

/* ---- reading ---- */

static enum err read_json(struct request *rq, const char *body, size_t n)
{
    struct json *j = NULL;
    enum err e = json_parse(&j, body, n, &rq->cx.why);

    rq->json = rq->json_owned = j;
    if (!e && !json_is_object(j)) {
        return refuse(&rq->cx, ERR_INVALID, "body-not-object",
                      _("Isi kiriman harus satu objek JSON."));
    }
    return e;
}

static enum err read_form(struct request *rq, const char *bytes, size_t n)
{
    return form_decode(&rq->form, &rq->cx, bytes ? bytes : "", n, &form_limits_default);
}

static enum err read_all(struct request *rq, const char *body, size_t n)
{
    enum err e;

    if (rq->method == METHOD_GET) {
        return read_form(rq, rq->query, strlen(rq->query));
    }
    if (rq->route->kind == ROUTE_JSON) {
        e = read_form(rq, rq->query, strlen(rq->query));
        return e ? e : read_json(rq, body ? body : "", n);
    }
    if (rq->route->flags & ROUTE_UPLOAD) {
        const char *type = wire_header(rq->wire, "Content-Type");

        return multipart_decode(&rq->form, &rq->file, &rq->cx, type ? type : "", body ? body : "",
                                n);
    }
    return read_form(rq, body, n);
}

/* ---- token and key ---- */

static enum err check_token(struct request *rq)
{
    if (rq->method != METHOD_POST || rq->route->kind == ROUTE_JSON || !rq->session ||
        csrf_token_right(rq->session, &rq->form)) {
        return OK;
    }
    return refuse(&rq->cx, ERR_FORBIDDEN, "csrf",
                  _("Formulir ini dibuka sebelum Anda masuk, atau bukan dari halaman kami. Muat "
                    "ulang halamannya, lalu kirim lagi."));
}

static void add_text(struct sha256 *h, const char *text)
{
    sha256_add(h, text, strlen(text) + 1);
}

/* Fingerprints are kept for days: nobody shall guess a password by one. */
static bool is_password(const struct request *rq, const char *name)
{
    for (const struct input *i = rq->route->fields; i && i->name; i++) {
        if (strcmp(i->name, name) == 0) {
            return i->type == INPUT_PASSWORD;
        }
    }
    return false;
}

/* Of who asks, where, and all that is sent, but not of what changes with each showing of a form,
 * nor of passwords. */
static void take_fingerprint(struct request *rq)
{
    struct sha256 h;

    sha256_begin(&h);
    add_text(&h, rq->cx.actor);
    add_text(&h, rq->path);
    for (size_t i = 0; i < rq->form.count; i++) {
        const struct form_field *f = &rq->form.fields[i];

        if (strcmp(f->name, CSRF_FIELD) != 0 && strcmp(f->name, KEY_FIELD) != 0 &&
            !is_password(rq, f->name)) {
            add_text(&h, f->name);
            add_text(&h, f->value);
        }
    }
    if (rq->json) {
        struct sbuf text;

        sbuf_init(&text, (size_t)2 * FORM_BYTES_MAX);
        json_write(&text, rq->json);
        sha256_add(&h, sbuf_str(&text), text.len);
        sbuf_done(&text);
    }
    if (rq->file.field) {
        sha256_add(&h, rq->file.bytes, rq->file.n);
    }
    sha256_end(&h, rq->fingerprint.bytes);
}

static enum err read_key(struct request *rq)
{
    const char *text = rq->route->kind == ROUTE_JSON ? wire_header(rq->wire, "Idempotency-Key")
                                                     : form_get(&rq->form, KEY_FIELD);

    if (!(rq->route->flags & ROUTE_KEYED)) {
        return OK;
    }
    if (!text || !*text || wire_header_count(rq->wire, "Idempotency-Key") > 1) {
        return refuse(
            &rq->cx, ERR_INVALID, "key-missing",
            rq->route->kind == ROUTE_JSON
                ? _("Kirim Idempotency-Key: kunci yang dibuat sebelum percobaan pertama "
                    "dan sama pada setiap pengulangan.")
                : _("Formulir ini tidak lengkap. Muat ulang halamannya, lalu kirim lagi."));
    }
    take_fingerprint(rq);
    return idem_read(&rq->key, &rq->cx, text);
}

/* ---- answering ---- */

/* Shows the form again with what was typed and why it was refused. */
static void show_again(struct request *rq, enum err e)
{
    enum err again;

    if (rq->in.error_count == 0) {
        input_add_why(&rq->in, &rq->cx);
    }
    rq->refused = e;
    rq->refused_status = refusal_status(e, &rq->cx.why, rq->route->kind);
    if (rq->route->flags & ROUTE_DB) {
        request_db(rq);
    }
    if ((again = rq->route->again(rq))) {
        respond_refusal(rq, again);
    }
}

/* What a person can mend in the form itself; the rest needs another page. */
static bool mendable(enum err e)
{
    return e == ERR_INVALID || e == ERR_REFUSED || e == ERR_CONFLICT || e == ERR_LIMIT ||
           e == ERR_NOT_FOUND || e == ERR_FORBIDDEN;
}

static void refuse_request(struct request *rq, enum err e)
{
    if (rq->route->again && rq->in.table && mendable(e) && !refusal_of_store(rq, e)) {
        show_again(rq, e);
    } else {
        respond_refusal(rq, e);
    }
}

/* Whether the store answers, on a connection that is made again when it was lost. */
static enum err head_work(struct ctx *cx, void *arg)
{
    return journal_head(arg, cx);
}

static bool reached(struct request *rq)
{
    struct journal_head head;

    request_db(rq);
    return !read_run(&rq->cx, head_work, &head);
}

/* A page that only reads is made again when its connection turns out to be lost: that of a server
 * which was started again is found out by using it. */
static enum err call_handler(struct request *rq)
{
    enum err e = ERR_AWAY;

    for (int i = 0; i < READS_MAX && e == ERR_AWAY; i++) {
        if (rq->route->flags & ROUTE_DB) {
            request_db(rq);
        }
        e = rq->route->handle(rq);
        if (e != ERR_AWAY || !rq->cx.reads_only || !reached(rq)) {
            break;
        }
    }
    return e;
}

static void handle(struct request *rq)
{
    enum err e = call_handler(rq);

    if (e) {
        refuse_request(rq, e);
    }
}

/* ---- the first answer, kept and given again ---- */

struct kept {
    struct request *rq;
    struct idem_answer answer;
};

static enum err find_work(struct ctx *cx, void *arg)
{
    struct kept *k = arg;

    return idem_find(&k->answer, cx, k->rq->key, &k->rq->fingerprint);
}

static enum err find(struct kept *k)
{
    enum err e;

    request_db(k->rq);
    e = read_run(&k->rq->cx, find_work, k);
    request_db_done(k->rq);
    return e;
}

static bool unanswered(const struct kept *k)
{
    return k->answer.found && k->answer.status == 0;
}

/* Another process is perhaps just about to keep the answer of what it did. */
static enum err find_answer(struct kept *k)
{
    const struct timespec pause = {.tv_nsec = ANSWER_PAUSE_MS * 1000000L};
    enum err e = find(k);

    for (int i = 0; i < ANSWER_PAUSES && !e && unanswered(k); i++) {
        nanosleep(&pause, NULL);
        e = find(k);
    }
    return e;
}

static enum err mark_work(struct ctx *cx, void *arg)
{
    const struct request *rq = arg;

    return idem_mark(cx, rq->key, &rq->fingerprint);
}

static enum err keep_work(struct ctx *cx, void *arg)
{
    struct kept *k = arg;

    return idem_keep(cx, k->rq->key, &k->rq->fingerprint, &k->answer);
}

/* It was done, and what was answered then is lost. */
static void say_done(struct request *rq)
{
    static const char text[] = _("Kiriman ini sudah tercatat sebelumnya. Periksa hasilnya; jangan "
                                 "kirim yang baru.");

    if (rq->route->kind == ROUTE_JSON) {
        respond_refusal(rq, refuse(&rq->cx, ERR_CONFLICT, IDEM_DONE_SLUG, text));
    } else {
        request_tell(rq, "warn", request_words(rq, text));
        respond_redirect(rq, error_form_page(rq));
    }
}

static void give_again(struct request *rq, const struct idem_answer *a)
{
    struct url to;

    if (a->status == 0) {
        say_done(rq);
        return;
    }
    if (a->status == 303 &&
        url_local(&to, rq->cx.arena, arena_text_n(rq->cx.arena, a->body, a->n))) {
        respond_redirect(rq, to);
    } else {
        respond_bytes(rq, a->status == 201 ? 200 : a->status,
                      &(struct file_about){.type = "application/json"}, a->body, a->n);
    }
}

static const char *location(const struct reply *reply)
{
    for (size_t i = 0; i < reply->header_count; i++) {
        if (strcmp(reply->headers[i].name, "Location") == 0) {
            return reply->headers[i].value;
        }
    }
    return "";
}

/* Only what was done is kept: a refusal may be tried again under the same key.  Pages answer with
 * "go there", machines with JSON; anything else is made anew. */
static enum err keep(struct request *rq)
{
    struct reply *reply = rq->reply;
    struct kept k = {.rq = rq, .answer = {.found = true, .status = reply->status}};
    enum err e;

    if (reply->status != 303 && (rq->route->kind != ROUTE_JSON || reply->status == 0 ||
                                 reply->status >= 400 || reply->body.len == 0)) {
        return OK;
    }
    k.answer.body = reply->status == 303 ? location(reply) : sbuf_str(&reply->body);
    k.answer.n = reply->status == 303 ? strlen(k.answer.body) : reply->body.len;
    if (k.answer.n > IDEM_ANSWER_MAX) {
        return OK;
    }
    request_db(rq);
    e = local_run(&rq->cx, keep_work, &k);
    request_db_done(rq);
    return e;
}

/* The key is put together with the first act, so that a request that was done is not done again
 * even when the program ended before its answer was kept.  true: it had been done already. */
static bool handle_marked(struct request *rq)
{
    struct act_mark mark = {.keep = mark_work, .arg = rq};
    enum err e;

    rq->cx.mark = &mark;
    e = call_handler(rq);
    rq->cx.mark = NULL;
    if (e == ERR_CONFLICT && strcmp(rq->cx.why.slug, IDEM_DONE_SLUG) == 0) {
        return true;
    }
    if (e) {
        refuse_request(rq, e);
    }
    request_db_done(rq);
    /* The act is done; that its answer could not be kept must not unsay it. */
    (void)!keep(rq);
    return false;
}

static void handle_kept(struct request *rq)
{
    struct kept k = {.rq = rq};
    enum err e;

    key_gate_enter(rq->web->keys, rq->key);
    e = find_answer(&k);
    if (e || k.answer.found || handle_marked(rq)) {
        if (!e && !k.answer.found) {
            e = find_answer(&k);
        }
        if (e) {
            refuse_request(rq, e);
        } else {
            give_again(rq, &k.answer);
        }
    }
    key_gate_leave(rq->web->keys, rq->key);
}

void exchange_handle(struct request *rq, const char *body, size_t n)
{
    static const struct input nothing[] = {INPUT_END};
    const struct input *fields = rq->route->fields ? rq->route->fields : nothing;
    enum err e;

    if (rq->unread) {
        /* Nothing was checked, and nothing is done: only given back. */
        (void)!read_all(rq, body, n);
        respond_refusal(rq, rq->unread);
        return;
    }
    if ((e = read_all(rq, body, n)) || (e = check_token(rq)) || (e = read_key(rq))) {
        respond_refusal(rq, e);
        return;
    }
    if ((e = input_check(&rq->in, &rq->cx, fields, &rq->form))) {
        refuse_request(rq, e);
        return;
    }
    if ((rq->route->flags & (ROUTE_KEYED | ROUTE_KEY_KEPT)) == ROUTE_KEYED) {
        handle_kept(rq);
    } else {
        handle(rq);
    }
}
