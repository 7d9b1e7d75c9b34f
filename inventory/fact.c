/* The act: a write transaction whose facts become one journal line. */
#include "inventory/fact.h"

#include <assert.h>
#include <time.h>

#include "inventory/base/id.h"
#include "inventory/base/sbuf.h"
#include "inventory/base/secret.h"
#include "inventory/fact_json.h"
#include "inventory/journal.h"
#include "inventory/journal_row.h"
#include "sql_names.h"

/* How often a work is run again: when somebody else was first (local work, which nothing puts in a
 * row, gives way more often), and when the connection was lost under it. */
enum { BUSY_ACT_MAX = 5, BUSY_LOCAL_MAX = 8, LOST_MAX = 3 };
enum { COUNTER_MASK = 0xFFF }; /* of the count in an id */
enum { PAUSE_FIRST_US = 2000, PAUSE_DOUBLINGS = 5 };
/* How long the outcome of a commit is asked for, and how long a note of local work is kept. */
enum { ASK_MS = 30 * 1000, ASK_PAUSE_MS = 250, NOTES_KEPT_MS = 86400000 };

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

/* Ids of acts rise with their lines, whichever process writes them and whatever its clock says:
 * their time is that of the line, and where a process counts, the line's number stands.  Lists and
 * exports go on from an id. */
static void rise(struct act *act)
{
    int64_t seq = act->before.seq + 1;

    if (act->at.ms == act->before.at.ms && (seq & COUNTER_MASK) == 0) {
        act->at.ms++; /* the count begins anew */
    }
    act->id = act_id_new(act->at);
    for (int i = 0; i < 6; i++) {
        act->id.bytes[i] = (uint8_t)(act->at.ms >> (8 * (5 - i)));
    }
    act->id.bytes[6] = (uint8_t)(0x70 | (seq >> 8 & 0xF)); /* UUIDv7 */
    act->id.bytes[7] = (uint8_t)seq;
}

/* Time never goes backwards in the journal, whatever the computer's clock does. */
static enum err act_start(struct act *act, struct ctx *cx, bool local)
{
    struct instant now = clock_now(cx->clock);
    enum err e = OK;

    act->local = local;
    if (!local && (e = journal_take(&act->before, cx))) {
        return e;
    }
    act->at = now.ms > act->before.at.ms ? now : act->before.at;
    if (local) {
        act->id = act_id_new(act->at);
    } else {
        rise(act);
    }
    sbuf_init(&act->body, ACT_BODY_MAX);
    return OK;
}

/* ---- works without a line ---- */

static struct stmt *note_stmt(struct ctx *cx, int sql_id, const char *name, struct act_id id)
{
    struct stmt *st = db_stmt(cx->db, sql_id);

    bind_text(st, ":site", cx->site ? cx->site->code : "");
    bind_id(st, name, id.bytes);
    return st;
}

/* Ids begin with their time, so "long ago" is a bound on the id. */
static struct act_id id_from(int64_t ms)
{
    struct act_id id = {{0}};

    for (int i = 0; i < 6; i++) {
        id.bytes[i] = (uint8_t)(ms >> (8 * (5 - i)));
    }
    return id;
}

/* Nothing in the journal tells of this work, so that a note is what can be asked for.  One work in
 * 256, by chance, takes old notes away. */
static enum err note_work(const struct act *act, struct ctx *cx)
{
    enum err e = OK;

    if (act->id.bytes[ID_BYTES - 1] == 0) {
        e = stmt_run(
            note_stmt(cx, SQL_WORK_DONE_FORGET, ":before", id_from(act->at.ms - NOTES_KEPT_MS)));
    }
    return e ? e : stmt_run(note_stmt(cx, SQL_WORK_DONE_PUT, ":id", act->id));
}

/* ---- sealing ---- */

static enum err act_seal(struct act *act, struct ctx *cx, const char *kind, int32_t ver)
{
    struct journal_line line;

    if (act->facts == 0) {
        return db_shared(cx->db) ? note_work(act, cx) : OK;
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

/* ---- one try ---- */

struct work {
    const char *kind;
    int32_t ver;
    bool local;
    enum err (*run)(struct ctx *cx, void *arg);
    void *arg;
};

struct attempt {
    struct act act;
    bool begun; /* the connection stood when it began */
    bool sent;  /* the commit was: what it gave counts */
    bool final; /* the work itself refused */
};

static enum err run_work(struct ctx *cx, const struct work *w)
{
    struct act_mark *mark = w->local ? NULL : cx->mark;
    enum err e = mark && !mark->kept ? mark->keep(cx, mark->arg) : OK;

    return e ? e : w->run(cx, w->arg);
}

static enum err write_once(struct attempt *t, struct ctx *cx, const struct work *w)
{
    struct act *act = &t->act;
    enum err e = db_begin(cx->db, w->local ? DB_LOCAL : DB_WRITE);

    *t = (struct attempt){.begun = !e};
    if (e) {
        return explained(cx, e);
    }
    cx->why = (struct why){.code = OK};
    cx->act = act;
    if (!(e = act_start(act, cx, w->local)) && !(e = run_work(cx, w))) {
        e = act_seal(act, cx, w->kind, w->ver);
    }
    cx->act = NULL;
    t->final = e && cx->why.code == e;
    if (e) {
        explained(cx, e); /* before the rollback: it is the last complaint that is told */
        db_rollback(cx->db);
    } else {
        t->sent = true;
        e = explained(cx, db_commit(cx->db));
    }
    sbuf_done(&act->body);
    return e;
}

static void done(struct ctx *cx, const struct work *w, const struct act *act)
{
    if (act->facts > 0) {
        cx->last_seq = act->before.seq + 1;
    }
    if (cx->mark && !w->local) {
        cx->mark->kept = true;
    }
}

/* ---- a commit whose outcome is not known ---- */

static int64_t steady_ms(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void pause_us(int64_t us)
{
    struct timespec t = {.tv_sec = us / 1000000, .tv_nsec = us % 1000000 * 1000};

    nanosleep(&t, NULL);
}

/* The row of the stream is only given when the other transaction has ended: from then on, a line
 * that is not there will never be. */
static enum err look_for_line(bool *found, struct ctx *cx, const struct act *act)
{
    struct journal_head head;
    int64_t seq;
    enum err e;

    if (!(e = journal_take(&head, cx)) && !(e = journal_seq_of(&seq, cx, act->id))) {
        *found = seq != 0;
    }
    return e;
}

/* Without a line: the same row is put, which waits for the other transaction to end, and bars it
 * when it has not come that far. */
static enum err look_for_note(bool *found, struct ctx *cx, const struct act *act)
{
    struct stmt *st = note_stmt(cx, SQL_WORK_DONE_BAR, ":id", act->id);
    enum err e;

    if ((e = stmt_run(st)) ||
        (e = stmt_one(st = note_stmt(cx, SQL_WORK_DONE_GET, ":id", act->id)))) {
        return e;
    }
    *found = col_bool(st, "done");
    stmt_done(st);
    return OK;
}

/* A write transaction, with a commit that is acknowledged: what it saw is as safe as an act is. */
static enum err look(bool *found, struct ctx *cx, const struct act *act)
{
    enum err e = db_begin(cx->db, DB_WRITE);

    if (e) {
        return e;
    }
    e = act->facts > 0 ? look_for_line(found, cx, act) : look_for_note(found, cx, act);
    if (e) {
        db_rollback(cx->db);
        return e;
    }
    return db_commit(cx->db);
}

static bool may_pass(enum err e)
{
    return e == ERR_AWAY || e == ERR_BUSY || e == ERR_UNKNOWN;
}

static enum err say_unknown(struct ctx *cx)
{
    return refuse(cx, ERR_UNKNOWN, "commit-unknown",
                  _("Sambungan ke data putus saat menyimpan, jadi belum pasti apakah ini tercatat. "
                    "Jangan buat yang baru: kirim ulang yang sama, atau periksa daftarnya dulu."));
}

static void log_settled(const struct work *w, const char *how)
{
    fprintf(stderr, "etalase: commit-unknown: %s%s resolved: %s\n",
            w->local ? "local work" : "act ", w->kind, how);
}

/* Asks until there is an answer: OK it was done, ERR_BUSY it was not and may be run again,
 * ERR_UNKNOWN nobody can say (at once, when this engine cannot be asked while it is open). */
static enum err settle(struct ctx *cx, const struct work *w, const struct act *act)
{
    int64_t until = steady_ms() + ASK_MS;
    bool found = false;
    enum err e = db_renew(cx->db);

    if (e == ERR_UNKNOWN) {
        return e;
    }
    while (e || (e = look(&found, cx, act))) {
        if (!may_pass(e) || steady_ms() >= until) {
            log_settled(w, "not known");
            return say_unknown(cx);
        }
        pause_us((int64_t)ASK_PAUSE_MS * 1000);
        e = db_renew(cx->db);
    }
    log_settled(w, found ? "done" : "not done");
    cx->why = (struct why){.code = OK};
    return found ? OK : ERR_BUSY;
}

/* ---- until it is done or refused ---- */

/* Two that were in each other's way must not meet again. */
static void give_way(int times)
{
    uint32_t chance;
    int64_t us = (int64_t)PAUSE_FIRST_US << (times < PAUSE_DOUBLINGS ? times : PAUSE_DOUBLINGS);

    random_bytes(&chance, sizeof chance);
    pause_us(us / 2 + chance % us);
}

struct patience {
    int busy, lost; /* how often so far */
    int busy_max;
};

/* Whether a failure may be gone when the same is run once more. */
static bool once_more(struct patience *p, enum err e, bool begun)
{
    if (!begun) { /* for a connection, or a free one, was waited already */
        return false;
    }
    if (e == ERR_BUSY && ++p->busy < p->busy_max) {
        give_way(p->busy);
        return true;
    }
    return e == ERR_AWAY && ++p->lost < LOST_MAX;
}

static enum err say_busy(struct ctx *cx)
{
    return refuse(cx, ERR_BUSY, "busy",
                  _("Terlalu banyak yang menyimpan pada saat yang sama, jadi ini belum tercatat. "
                    "Tunggu sebentar, lalu coba lagi."));
}

static enum err write_run(struct ctx *cx, const struct work *w)
{
    struct patience patience = {.busy_max = w->local ? BUSY_LOCAL_MAX : BUSY_ACT_MAX};
    struct attempt t;
    bool taken = false; /* a key was there already */
    enum err e;

    assert(!cx->act && cx->db);
    assert(!cx->reads_only);
    if (cx->reads_only) {
        return refuse(cx, ERR_FORBIDDEN, "reads-only", _("Halaman ini hanya untuk dibaca."));
    }
    do {
        e = write_once(&t, cx, w);
        if (e == ERR_UNKNOWN && t.sent) {
            e = settle(cx, w, &t.act);
        }
        /* Somebody else has put it first: now it can be seen. */
        taken = e == ERR_CONFLICT && w->local && !t.final;
        if (taken) {
            e = ERR_BUSY;
        }
    } while (once_more(&patience, e, t.begun));
    if (!e) {
        done(cx, w, &t.act);
    }
    if (taken && e) {
        return ERR_CONFLICT; /* and it is no race: cx->why says what is wrong */
    }
    return e == ERR_BUSY && t.begun ? say_busy(cx) : e;
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
    struct patience patience = {.busy_max = BUSY_ACT_MAX};
    bool begun;
    enum err e;

    assert(!cx->act && cx->db);
    do {
        e = db_begin(cx->db, DB_READ);
        if ((begun = !e)) {
            cx->why = (struct why){.code = OK};
            e = work(cx, arg);
        }
        explained(cx, e);
        db_rollback(cx->db); /* nothing was written: this only ends the moment */
    } while (once_more(&patience, e, begun));
    return e;
}
