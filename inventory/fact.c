/* The act: a write transaction whose facts become one journal line. */
#include "inventory/fact.h"

#include <assert.h>

#include "inventory/base/id.h"
#include "inventory/base/sbuf.h"
#include "inventory/fact_json.h"
#include "inventory/journal.h"
#include "inventory/journal_row.h"

enum { REPEATS_MAX = 5 };

struct act {
    struct act_id id;
    struct instant at;
    struct journal_head before;
    struct sbuf body;
    size_t facts;
    bool local; /* no fact may be put */
};

struct act_id act_id(const struct ctx *cx)
{
    assert(cx->act);
    return cx->act->id;
}

struct instant act_at(const struct ctx *cx)
{
    assert(cx->act);
    return cx->act->at;
}

int64_t act_seq(const struct ctx *cx)
{
    return cx->act ? cx->act->before.seq + 1 : cx->last_seq;
}

/* A sentence for a failure of the engine, unless the work has said something better. */
static enum err explained(struct ctx *cx, enum err e)
{
    if (e && cx->why.code != e) {
        db_explain(cx->db, e, &cx->why);
    }
    return e;
}

enum err fact_put(struct ctx *cx, const struct fact_table *table, const void *row)
{
    struct act *act = cx->act;
    enum err e;

    assert(act && !act->local);
    e = table_insert(cx->db, table, cx->site->code, act->id, row);
    if (e) {
        db_explain(cx->db, e, &cx->why);
        return e;
    }
    sbuf_char(&act->body, act->facts++ ? ',' : '[');
    fact_to_json(&act->body, table, row);
    return OK;
}

/* Time never goes backwards in the journal, whatever the computer's clock does. */
static enum err act_start(struct act *act, struct ctx *cx, bool local)
{
    struct instant now = clock_now(cx->clock);
    enum err e = OK;

    act->local = local;
    if (!local && (e = journal_head(&act->before, cx))) {
        return e;
    }
    act->at = now.ms > act->before.at.ms ? now : act->before.at;
    act->id = act_id_new(act->at);
    sbuf_init(&act->body, ACT_BODY_MAX);
    return OK;
}

static enum err act_seal(struct act *act, struct ctx *cx, const char *kind, int32_t ver)
{
    struct journal_line line;

    if (act->facts == 0) {
        return OK;
    }
    sbuf_char(&act->body, ']');
    if (act->body.full) {
        return refuse(cx, ERR_LIMIT, "act-too-large",
                      _("Catatan terlalu besar untuk satu kali simpan. Bagi menjadi beberapa."));
    }
    line = (struct journal_line){
        .site = cx->site->code,
        .epoch = cx->site->epoch,
        .seq = act->before.seq + 1,
        .id = act->id,
        .kind = kind,
        .ver = ver,
        .at = act->at,
        .actor = cx->actor,
        .till = cx->till,
        .body = sbuf_str(&act->body),
        .body_len = act->body.len,
        .prev_hash = act->before.hash,
    };
    line.hash = journal_hash(&line);
    return journal_row_put(cx->db, &line);
}

struct work {
    const char *kind;
    int32_t ver;
    bool local;
    enum err (*run)(struct ctx *cx, void *arg);
    void *arg;
};

static enum err write_once(struct ctx *cx, const struct work *w)
{
    struct act act = {.facts = 0};
    enum err e = db_begin(cx->db, DB_WRITE);

    if (e) {
        return explained(cx, e);
    }
    cx->why = (struct why){.code = OK};
    cx->act = &act;
    if (!(e = act_start(&act, cx, w->local)) && !(e = w->run(cx, w->arg))) {
        e = act_seal(&act, cx, w->kind, w->ver);
    }
    explained(cx, e);
    cx->act = NULL;
    if (e) {
        db_rollback(cx->db);
    } else if (!(e = explained(cx, db_commit(cx->db))) && act.facts > 0) {
        cx->last_seq = act.before.seq + 1;
    }
    sbuf_done(&act.body);
    return e;
}

/* An engine that is shared may ask for the work to be done again; the embedded one never does. */
static enum err write_run(struct ctx *cx, const struct work *w)
{
    enum err e = ERR_BUSY;

    assert(!cx->act && cx->db);
    assert(!cx->reads_only);
    if (cx->reads_only) {
        return refuse(cx, ERR_FORBIDDEN, "reads-only", _("Halaman ini hanya untuk dibaca."));
    }
    for (int i = 0; i < REPEATS_MAX && e == ERR_BUSY; i++) {
        e = write_once(cx, w);
    }
    return e;
}

enum err act_run(struct ctx *cx, const char *kind, int32_t ver,
                 enum err (*work)(struct ctx *cx, void *arg), void *arg)
{
    return write_run(cx, &(struct work){.kind = kind, .ver = ver, .run = work, .arg = arg});
}

enum err local_run(struct ctx *cx, enum err (*work)(struct ctx *cx, void *arg), void *arg)
{
    return write_run(cx, &(struct work){.kind = "", .local = true, .run = work, .arg = arg});
}

enum err read_run(struct ctx *cx, enum err (*work)(struct ctx *cx, void *arg), void *arg)
{
    enum err e;

    assert(!cx->act && cx->db);
    if ((e = db_begin(cx->db, DB_READ))) {
        return explained(cx, e);
    }
    cx->why = (struct why){.code = OK};
    e = explained(cx, work(cx, arg));
    db_rollback(cx->db); /* nothing was written: this only ends the moment */
    return e;
}
