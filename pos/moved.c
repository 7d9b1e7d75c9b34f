/* The mark of a showroom that moved. */
#include "pos/moved.h"

#include "inventory/base/words.h"
#include "inventory/fact.h"
#include "sql_names.h"

enum err moved_read(struct moved *out, struct ctx *cx)
{
    struct stmt *st = db_stmt(cx->db, SQL_MOVED_READ);
    enum err e = stmt_one(st);

    *out = (struct moved){.to = ""};
    if (e) {
        return e == ERR_NOT_FOUND ? OK : e;
    }
    snprintf(out->to, sizeof out->to, "%s", col_text(st, "destination"));
    out->at = col_instant(st, "at_ms");
    stmt_done(st);
    return OK;
}

struct mark {
    const char *to;
    int64_t seq;
};

/* Runs as an act, which puts no fact: it is alone in the stream, so nothing can be written between
 * the look at the last line and the mark. */
static enum err mark_work(struct ctx *cx, void *arg)
{
    const struct mark *mark = arg;
    struct stmt *st;

    if (act_seq(cx) != mark->seq + 1) {
        return refuse(cx, ERR_CONFLICT, "site-went-on",
                      _("Etalase asal masih dipakai: jurnalnya bertambah selama disalin. Hentikan "
                        "semua program yang melayaninya, lalu ulangi; yang sudah disalin "
                        "dilanjutkan."));
    }
    st = db_stmt(cx->db, SQL_MOVED_PUT);
    bind_text(st, ":destination", mark->to);
    bind_instant(st, ":at_ms", act_at(cx));
    return stmt_run(st);
}

enum err moved_mark(struct ctx *cx, const char *to, int64_t seq)
{
    struct mark mark = {to, seq};

    return act_run(cx, "site.moved", 1, mark_work, &mark);
}

static enum err undo_work(struct ctx *cx, void *arg)
{
    (void)arg;
    return stmt_run(db_stmt(cx->db, SQL_MOVED_UNDO));
}

enum err moved_undo(struct ctx *cx)
{
    return local_run(cx, undo_work, NULL);
}
