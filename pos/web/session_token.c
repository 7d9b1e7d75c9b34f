/* Tokens of machines: the text is shown once, the store keeps its hash. */
#include "inventory/base/arena.h"
#include "inventory/fact.h"
#include "pos/web/request.h"
#include "pos/web/session.h"
#include "pos/web/session_parts.h"
#include "pos/web/web.h"
#include "pos/web/wire.h"
#include "sql_names.h"

#include <strings.h>

/* A revoked token is found out by reading it again after this long. */
enum { TOKEN_CACHED_MS = 5 * 1000, TOKEN_NAME_LEN_MAX = 24 };

/* ---- finding ---- */

static enum err load_work(struct ctx *cx, void *arg)
{
    struct session *s = arg;
    struct stmt *st = db_stmt(cx->db, SQL_TOKEN_GET);
    enum err e;

    bind_blob(st, ":hash", s->hash.bytes, sizeof s->hash.bytes);
    if ((e = stmt_one(st))) {
        return e;
    }
    snprintf(s->actor, sizeof s->actor, "token:%.24s", col_text(st, "name"));
    session_copy_text(s->person, sizeof s->person, col_text(st, "name"));
    s->role = (enum role)col_int(st, "role");
    s->created = col_instant(st, "created_ms");
    s->machine = true;
    stmt_done(st);
    return OK;
}

static enum err find_token(struct request *rq, const char *token)
{
    struct session s = {.machine = true, .lang = rq->cx.lang};
    struct instant read_at;
    struct digest hash = session_hash(token);
    enum err e;

    if (!session_cache_get(rq->web->sessions, &hash, &s, &read_at) || !s.machine ||
        rq->at.ms - read_at.ms >= TOKEN_CACHED_MS) {
        s = (struct session){.machine = true, .lang = rq->cx.lang, .hash = hash};
        request_db(rq);
        e = read_run(&rq->cx, load_work, &s);
        request_db_done(rq);
        if (e) {
            session_cache_drop(rq->web->sessions, &hash);
            return e == ERR_NOT_FOUND ? OK : e;
        }
        session_cache_put(rq->web->sessions, &s, rq->at);
    }
    s.lang = rq->cx.lang;
    session_use(rq, &s);
    return OK;
}

enum err session_find(struct request *rq)
{
    const char *said;

    if (rq->route->kind != ROUTE_JSON) {
        return session_find_browser(rq);
    }
    said = wire_header(rq->wire, "Authorization");
    if (!said || strncasecmp(said, "Bearer ", 7) != 0) {
        return OK;
    }
    said += 7;
    return find_token(rq, said + strspn(said, " "));
}

/* ---- making ---- */

struct making {
    struct digest hash;
    const char *name;
    enum role role;
};

static bool good_name(const char *name)
{
    size_t n = strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789.-_");

    return n > 0 && n <= TOKEN_NAME_LEN_MAX && !name[n];
}

static enum err put_work(struct ctx *cx, void *arg)
{
    const struct making *m = arg;
    struct stmt *st = db_stmt(cx->db, SQL_TOKEN_NAMED);
    enum err e;

    /* Asked for, because a name that is taken may be heard of at the commit only. */
    bind_text(st, ":name", m->name);
    e = stmt_one(st);
    stmt_done(st);
    if (!e) {
        return refuse_field(cx, ERR_CONFLICT, "token-taken", "nama",
                            _("Token bernama %s sudah pernah dibuat. Pilih nama lain."), m->name);
    }
    if (e != ERR_NOT_FOUND) {
        return e;
    }
    st = db_stmt(cx->db, SQL_TOKEN_PUT);
    bind_text(st, ":name", m->name);
    bind_blob(st, ":hash", m->hash.bytes, sizeof m->hash.bytes);
    bind_int(st, ":role", m->role);
    bind_instant(st, ":created_ms", clock_now(cx->clock));
    return stmt_run(st);
}

enum err token_keep(struct ctx *cx, const char *text, const char *name, enum role role)
{
    struct making m = {.hash = session_hash(text), .name = name, .role = role};

    if (!good_name(name)) {
        return refuse_field(
            cx, ERR_INVALID, "token-name", "nama",
            _("Nama token terdiri dari 1 sampai 24 huruf kecil, angka, titik, garis "
              "bawah atau tanda hubung."));
    }
    return local_run(cx, put_work, &m);
}

enum err token_create(struct ctx *cx, char out[TOKEN_TEXT_MAX], const char *name, enum role role)
{
    token_make(out);
    return token_keep(cx, out, name, role);
}

static enum err revoke_work(struct ctx *cx, void *arg)
{
    const char *name = arg;
    struct stmt *st = db_stmt(cx->db, SQL_TOKEN_REVOKE);
    enum err e;

    bind_text(st, ":name", name);
    bind_instant(st, ":revoked_ms", clock_now(cx->clock));
    if ((e = stmt_run(st))) {
        return e;
    }
    if (db_changes(cx->db) == 0) {
        return refuse(cx, ERR_NOT_FOUND, "token-unknown",
                      _("Tidak ada token aktif bernama %s. Lihat daftarnya dengan etalase token."),
                      name);
    }
    return OK;
}

enum err token_revoke(struct ctx *cx, const char *name)
{
    return local_run(cx, revoke_work, arena_text(cx->arena, name));
}

struct listing {
    struct token_about *items;
    size_t count, room;
};

static enum err list_work(struct ctx *cx, void *arg)
{
    struct listing *l = arg;
    struct stmt *st = db_stmt(cx->db, SQL_TOKEN_LIST);
    enum err e;

    l->count = 0;
    while (stmt_row(st, &e)) {
        if (l->count == l->room) {
            struct token_about *more;

            l->room = l->room ? 2 * l->room : 16;
            more = ARENA_ARRAY(cx->arena, struct token_about, l->room);
            memcpy(more, l->items ? l->items : more, l->count * sizeof *more);
            l->items = more;
        }
        l->items[l->count++] = (struct token_about){
            .name = arena_text(cx->arena, col_text(st, "name")),
            .role = (enum role)col_int(st, "role"),
            .created = col_instant(st, "created_ms"),
            .revoked = col_instant(st, "revoked_ms"),
        };
    }
    return e;
}

enum err token_list(struct token_about **out, size_t *count, struct ctx *cx)
{
    struct listing l = {.items = NULL};
    enum err e = read_run(cx, list_work, &l);

    *out = l.items;
    *count = l.count;
    return e;
}
