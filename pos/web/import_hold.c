/* Uploaded files waiting for "save all". */
#include "pos/web/import_hold.h"

#include "inventory/base/arena.h"
#include "inventory/fact.h"
#include "sql_names.h"

#define HOLD_MS (INT64_C(60000) * HOLD_MINUTES)

struct held {
    const char *token;
    const char *bytes;
    size_t n;
};

static enum err forget(struct ctx *cx, const char *token)
{
    struct stmt *st = db_stmt(cx->db, SQL_IMPORT_FILE_FORGET);

    bind_text(st, ":site", cx->site->code);
    bind_text(st, ":token", token);
    bind_int(st, ":before_ms", clock_now(cx->clock).ms - HOLD_MS);
    return stmt_run(st);
}

/* All but the newest, which leave room for one more. */
static enum err make_room(struct ctx *cx)
{
    struct stmt *st = db_stmt(cx->db, SQL_IMPORT_FILE_OLDEST);

    bind_text(st, ":site", cx->site->code);
    bind_int(st, ":kept", HOLD_FILES - 1);
    return stmt_run(st);
}

static enum err put_work(struct ctx *cx, void *arg)
{
    const struct held *h = arg;
    struct stmt *st;
    enum err e;

    if ((e = forget(cx, "")) || (e = make_room(cx))) {
        return e;
    }
    st = db_stmt(cx->db, SQL_IMPORT_FILE_PUT);
    bind_text(st, ":site", cx->site->code);
    bind_text(st, ":token", h->token);
    bind_text(st, ":actor", cx->actor);
    bind_instant(st, ":at_ms", clock_now(cx->clock));
    bind_blob(st, ":bytes", h->bytes, h->n);
    return stmt_run(st);
}

/* NOLINTNEXTLINE(readability-non-const-parameter): token_make fills it */
enum err import_hold_put(char token[TOKEN_TEXT_MAX], struct ctx *cx, const char *bytes, size_t n)
{
    struct held h = {.token = token, .bytes = bytes, .n = n};

    token_make(token);
    return local_run(cx, put_work, &h);
}

static enum err get_work(struct ctx *cx, void *arg)
{
    struct held *h = arg;
    struct stmt *st = db_stmt(cx->db, SQL_IMPORT_FILE_GET);
    const void *bytes;
    enum err e;

    bind_text(st, ":site", cx->site->code);
    bind_text(st, ":token", h->token);
    bind_text(st, ":actor", cx->actor);
    bind_int(st, ":since_ms", clock_now(cx->clock).ms - HOLD_MS);
    if ((e = stmt_one(st))) {
        return e;
    }
    bytes = col_blob(st, "bytes", &h->n);
    h->bytes = arena_text_n(cx->arena, bytes ? bytes : "", h->n);
    stmt_done(st);
    return OK;
}

enum err import_hold_get(const char **bytes, size_t *n, struct ctx *cx, const char *token)
{
    struct held h = {.token = token};
    enum err e = read_run(cx, get_work, &h);

    *bytes = h.bytes;
    *n = h.n;
    return e;
}

static enum err drop_work(struct ctx *cx, void *arg)
{
    const struct held *h = arg;

    return forget(cx, h->token);
}

enum err import_hold_drop(struct ctx *cx, const char *token)
{
    struct held h = {.token = token};

    return local_run(cx, drop_work, &h);
}
