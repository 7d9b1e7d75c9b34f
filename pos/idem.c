/* Answers kept by the key of their request. */
#include "pos/idem.h"

#include <assert.h>

#include "inventory/base/arena.h"
#include "inventory/fact.h"
#include "sql_names.h"

#define KEPT_MS ((int64_t)IDEM_KEPT_DAYS * 86400000)

enum err idem_find(struct idem_answer *out, struct ctx *cx, struct idem_id key,
                   const struct digest *content)
{
    struct stmt *st = db_stmt(cx->db, SQL_IDEM_GET);
    const char *body;
    enum err e;

    *out = (struct idem_answer){.found = false};
    bind_text(st, ":site", cx->site->code);
    bind_id(st, ":key", key.bytes);
    e = stmt_one(st);
    if (!e) {
        size_t n;
        const void *kept = col_blob(st, "content", &n);

        if (n != sizeof content->bytes || memcmp(kept, content->bytes, n) != 0) {
            e = refuse(cx, ERR_CONFLICT, "key-reused",
                       _("Kunci permintaan ini sudah dipakai untuk isi lain. Buat kunci baru."));
        } else {
            body = col_text(st, "body");
            out->found = true;
            out->status = (int32_t)col_int(st, "status");
            out->body = arena_text(cx->arena, body);
            out->n = strlen(out->body);
        }
    }
    stmt_done(st);
    return e == ERR_NOT_FOUND ? OK : e;
}

static struct stmt *put_stmt(struct ctx *cx, struct idem_id key, const struct digest *content)
{
    struct stmt *st = db_stmt(cx->db, SQL_IDEM_PUT);

    bind_text(st, ":site", cx->site->code);
    bind_id(st, ":key", key.bytes);
    bind_blob(st, ":content", content->bytes, sizeof content->bytes);
    bind_instant(st, ":at_ms", act_at(cx));
    return st;
}

enum err idem_mark(struct ctx *cx, struct idem_id key, const struct digest *content)
{
    struct idem_answer there;
    struct stmt *st;
    enum err e = idem_find(&there, cx, key, content);

    if (e) {
        return e;
    }
    if (there.found) {
        return refuse(cx, ERR_CONFLICT, IDEM_DONE_SLUG,
                      _("Kiriman ini sudah tercatat sebelumnya. Periksa hasilnya; jangan kirim "
                        "yang baru."));
    }
    st = put_stmt(cx, key, content);
    bind_int(st, ":status", 0);
    bind_text(st, ":body", "");
    return stmt_run(st);
}

enum err idem_keep(struct ctx *cx, struct idem_id key, const struct digest *content,
                   const struct idem_answer *answer)
{
    struct stmt *st = db_stmt(cx->db, SQL_IDEM_FORGET);
    enum err e;

    assert(answer->n <= IDEM_ANSWER_MAX && answer->body[answer->n] == '\0');
    bind_text(st, ":site", cx->site->code);
    bind_int(st, ":before_ms", act_at(cx).ms - KEPT_MS);
    if ((e = stmt_run(st))) {
        return e;
    }
    st = put_stmt(cx, key, content);
    bind_int(st, ":status", answer->status);
    bind_text(st, ":body", answer->body);
    return stmt_run(st);
}
