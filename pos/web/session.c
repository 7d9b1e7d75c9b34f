/* Sessions of browsers: finding, beginning, ending. */
#include "pos/web/session.h"

#include "inventory/base/arena.h"
#include "inventory/fact.h"
#include "pos/staff.h"
#include "pos/web/request.h"
#include "pos/web/respond.h"
#include "pos/web/session_parts.h"
#include "pos/web/web.h"
#include "pos/web/wire.h"
#include "sql_names.h"

/* The store hears of a session's use at most this often. */
enum { SEEN_EVERY_MS = 60 * 1000 };

enum { COOKIE_TEXT_MAX = 200 };

struct digest session_hash(const char *token)
{
    struct digest d;

    sha256_of(d.bytes, token, strlen(token));
    return d;
}

void session_copy_text(char *out, size_t room, const char *text)
{
    snprintf(out, room, "%s", text);
}

/* ---- reading and writing rows ---- */

static enum err load_work(struct ctx *cx, void *arg)
{
    struct session *s = arg;
    struct stmt *st = db_stmt(cx->db, SQL_SESSION_GET);
    struct staff staff;
    enum err e;

    bind_blob(st, ":hash", s->hash.bytes, sizeof s->hash.bytes);
    if ((e = stmt_one(st))) {
        return e;
    }
    col_id(st, "staff", s->staff.bytes);
    session_copy_text(s->actor, sizeof s->actor, col_text(st, "actor"));
    session_copy_text(s->person, sizeof s->person, col_text(st, "person"));
    session_copy_text(s->till, sizeof s->till, col_text(st, "till"));
    session_copy_text(s->csrf, sizeof s->csrf, col_text(st, "csrf"));
    s->role = (enum role)col_int(st, "role");
    s->lang = col_int(st, "lang") == LANG_EN ? LANG_EN : LANG_ID;
    s->created = col_instant(st, "created_ms");
    s->seen = col_instant(st, "seen_ms");
    stmt_done(st);
    /* Somebody may have been sent away, or given another role, since. */
    if ((e = staff_by_login(&staff, cx, s->actor))) {
        return e;
    }
    return staff.active && staff.role == s->role ? OK : ERR_NOT_FOUND;
}

static enum err put_work(struct ctx *cx, void *arg)
{
    const struct session *s = arg;
    struct stmt *st = db_stmt(cx->db, SQL_SESSION_DROP_ENDED);
    enum err e;

    bind_int(st, ":idle_since_ms", s->seen.ms - SESSION_IDLE_MS);
    bind_int(st, ":old_since_ms", s->seen.ms - SESSION_ABSOLUTE_MS);
    if ((e = stmt_run(st))) {
        return e;
    }
    st = db_stmt(cx->db, SQL_SESSION_PUT);
    bind_blob(st, ":hash", s->hash.bytes, sizeof s->hash.bytes);
    bind_id(st, ":staff", s->staff.bytes);
    bind_text(st, ":actor", s->actor);
    bind_text(st, ":person", s->person);
    bind_int(st, ":role", s->role);
    bind_int(st, ":lang", s->lang);
    bind_text(st, ":till", s->till);
    bind_text(st, ":csrf", s->csrf);
    bind_instant(st, ":created_ms", s->created);
    bind_instant(st, ":seen_ms", s->seen);
    return stmt_run(st);
}

static enum err drop_work(struct ctx *cx, void *arg)
{
    const struct digest *hash = arg;
    struct stmt *st = db_stmt(cx->db, SQL_SESSION_DROP);

    bind_blob(st, ":hash", hash->bytes, sizeof hash->bytes);
    return stmt_run(st);
}

static enum err seen_work(struct ctx *cx, void *arg)
{
    const struct session *s = arg;
    struct stmt *st = db_stmt(cx->db, SQL_SESSION_SEEN);
    enum err e;

    bind_blob(st, ":hash", s->hash.bytes, sizeof s->hash.bytes);
    bind_instant(st, ":seen_ms", s->seen);
    if ((e = stmt_run(st))) {
        return e;
    }
    return db_changes(cx->db) == 0 ? ERR_NOT_FOUND : OK;
}

static enum err change_work(struct ctx *cx, void *arg)
{
    const struct session *s = arg;
    struct stmt *st = db_stmt(cx->db, SQL_SESSION_CHANGE);
    enum err e;

    bind_blob(st, ":hash", s->hash.bytes, sizeof s->hash.bytes);
    bind_int(st, ":lang", s->lang);
    bind_text(st, ":till", s->till);
    if ((e = stmt_run(st))) {
        return e;
    }
    return db_changes(cx->db) == 0 ? ERR_NOT_FOUND : OK;
}

/* Runs local work on a connection of its own turn; one that was held stays held. */
static enum err store_local(struct request *rq, enum err (*work)(struct ctx *cx, void *arg),
                            void *arg)
{
    bool held = rq->cx.db != NULL;
    enum err e;

    request_db(rq);
    e = local_run(&rq->cx, work, arg);
    if (!held) {
        request_db_done(rq);
    }
    return e;
}

/* ---- finding ---- */

void session_use(struct request *rq, const struct session *s)
{
    struct session *copy = ARENA_NEW(rq->cx.arena, struct session);

    *copy = *s;
    rq->session = copy;
    rq->cx.role = s->role;
    rq->cx.lang = s->lang;
    session_copy_text(rq->cx.actor, sizeof rq->cx.actor, s->actor);
    session_copy_text(rq->cx.till, sizeof rq->cx.till, s->till);
}

static bool ended(const struct session *s, struct instant now)
{
    return now.ms - s->seen.ms >= SESSION_IDLE_MS || now.ms - s->created.ms >= SESSION_ABSOLUTE_MS;
}

static enum err forget(struct request *rq, const struct digest *hash)
{
    struct digest copy = *hash;

    session_cache_drop(rq->web->sessions, hash);
    rq->session_ended = true;
    return store_local(rq, drop_work, &copy);
}

/* What others may change is not remembered. */
static void remember(struct request *rq, const struct session *s)
{
    if (!rq->web->shared) {
        session_cache_put(rq->web->sessions, s, s->seen);
    }
}

static bool remembered(struct request *rq, struct session *s, struct instant *written)
{
    struct digest hash = s->hash;

    return !rq->web->shared && session_cache_get(rq->web->sessions, &hash, s, written);
}

static enum err load(struct request *rq, struct session *s)
{
    enum err e;

    request_db(rq);
    e = read_run(&rq->cx, load_work, s);
    request_db_done(rq);
    return e;
}

enum err session_find_browser(struct request *rq)
{
    char token[COOKIE_TEXT_MAX];
    struct session s = {.machine = false};
    struct instant written;
    enum err e = OK;

    if (!wire_cookie(token, sizeof token, rq->wire, SESSION_COOKIE)) {
        return OK;
    }
    s.hash = session_hash(token);
    if (remembered(rq, &s, &written)) {
        if (s.machine) { /* a machine's token is no cookie */
            return OK;
        }
    } else {
        if ((e = load(rq, &s))) {
            rq->session_ended = e == ERR_NOT_FOUND;
            return e == ERR_NOT_FOUND ? OK : e;
        }
        written = s.seen;
        remember(rq, &s);
    }
    if (ended(&s, rq->at)) {
        return forget(rq, &s.hash);
    }
    if (rq->at.ms > s.seen.ms) {
        s.seen = rq->at;
    }
    if (s.seen.ms - written.ms >= SEEN_EVERY_MS) {
        e = store_local(rq, seen_work, &s);
        if (e == ERR_NOT_FOUND) {
            return forget(rq, &s.hash);
        }
        /* A disk that takes no more must not keep people from looking. */
        written = e ? written : s.seen;
    }
    session_cache_seen(rq->web->sessions, &s, written);
    session_use(rq, &s);
    return OK;
}

/* ---- beginning and ending ---- */

static void set_cookie(struct request *rq, const char *value, const char *more)
{
    respond_header(rq, "Set-Cookie",
                   arena_format(rq->cx.arena,
                                SESSION_COOKIE "=%s; Path=/; HttpOnly; SameSite=Lax%s%s", value,
                                rq->web->https ? "; Secure" : "", more));
}

/* Ends the session the browser came with, whoever's it was: one planted by a stranger dies here. */
static enum err end_old(struct request *rq)
{
    char token[COOKIE_TEXT_MAX];
    struct digest hash;

    if (!wire_cookie(token, sizeof token, rq->wire, SESSION_COOKIE)) {
        return OK;
    }
    hash = session_hash(token);
    session_cache_drop(rq->web->sessions, &hash);
    return store_local(rq, drop_work, &hash);
}

enum err session_begin(struct request *rq, const struct session_who *who)
{
    char token[TOKEN_TEXT_MAX];
    struct session s = {.staff = who->staff, .role = who->role, .lang = rq->cx.lang};
    enum err e;

    token_make(token);
    token_make(s.csrf);
    s.hash = session_hash(token);
    s.created = s.seen = rq->at;
    session_copy_text(s.actor, sizeof s.actor, who->actor);
    session_copy_text(s.person, sizeof s.person, who->person);
    if ((e = end_old(rq)) || (e = store_local(rq, put_work, &s))) {
        return e;
    }
    remember(rq, &s);
    session_use(rq, &s);
    set_cookie(rq, token, "");
    return OK;
}

enum err session_end(struct request *rq)
{
    enum err e = end_old(rq);

    set_cookie(rq, "", "; Max-Age=0");
    rq->session = NULL;
    return e;
}

struct others {
    struct staff_id staff;
    struct digest keep;
};

static enum err others_work(struct ctx *cx, void *arg)
{
    const struct others *o = arg;
    struct stmt *st = db_stmt(cx->db, SQL_SESSION_DROP_OTHERS);

    bind_id(st, ":staff", o->staff.bytes);
    bind_blob(st, ":hash", o->keep.bytes, sizeof o->keep.bytes);
    return stmt_run(st);
}

enum err session_end_others(struct request *rq, struct staff_id staff)
{
    struct others o = {.staff = staff};

    if (rq->session) {
        o.keep = rq->session->hash;
    }
    session_cache_drop_staff(rq->web->sessions, staff, &o.keep);
    return store_local(rq, others_work, &o);
}

static enum err change(struct request *rq, const struct session *s)
{
    struct session copy = *s;
    enum err e = store_local(rq, change_work, &copy);

    if (e == ERR_NOT_FOUND) {
        session_cache_drop(rq->web->sessions, &s->hash);
        return refuse(&rq->cx, ERR_FORBIDDEN, "session-ended",
                      _("Sesi Anda sudah berakhir di tempat lain, jadi ini belum dicatat. Masuk "
                        "lagi, lalu ulangi langkah terakhir."));
    }
    if (!e) {
        remember(rq, s);
        session_use(rq, s);
    }
    return e;
}

enum err session_set_till(struct request *rq, const char *till)
{
    struct session s;

    if (!rq->session || rq->session->machine) {
        return OK;
    }
    s = *rq->session;
    session_copy_text(s.till, sizeof s.till, till);
    return change(rq, &s);
}

enum err session_set_lang(struct request *rq, enum lang lang)
{
    struct session s;

    respond_header(rq, "Set-Cookie",
                   arena_format(rq->cx.arena,
                                LANG_COOKIE "=%s; Path=/; SameSite=Lax; Max-Age=31536000%s",
                                lang == LANG_EN ? "en" : "id", rq->web->https ? "; Secure" : ""));
    rq->cx.lang = lang;
    if (!rq->session || rq->session->machine) {
        return OK;
    }
    s = *rq->session;
    s.lang = lang;
    return change(rq, &s);
}
