/* Logging in: the hash to compare, the wait after failures, the first administrator's link. */
#include "inventory/base/arena.h"
#include "inventory/fact.h"
#include "pos/staff_put.h"
#include "sql_names.h"

enum { FAILURES_FREE = 3, WAIT_MAX_MS = 300000, FORGET_MS = 86400000, TOKEN_MS = 86400000 };

/* ---- waits ---- */

static int64_t wait_ms(int64_t failures)
{
    int64_t ms = 1000;

    if (failures < FAILURES_FREE) {
        return 0;
    }
    for (int64_t i = FAILURES_FREE; i < failures && ms < WAIT_MAX_MS; i++) {
        ms *= 2;
    }
    return ms < WAIT_MAX_MS ? ms : WAIT_MAX_MS;
}

static enum err read_wait(struct staff_login *out, struct ctx *cx, const char *login)
{
    struct stmt *st = db_stmt(cx->db, SQL_LOGIN_FAILURE_GET);
    enum err e;

    bind_text(st, ":site", cx->site->code);
    bind_text(st, ":login", login);
    e = stmt_one(st);
    if (!e) {
        int64_t wait = wait_ms(col_int(st, "failures"));

        out->wait_until = INSTANT(wait ? col_int(st, "failed_at_ms") + wait : 0);
    }
    stmt_done(st);
    return e == ERR_NOT_FOUND ? OK : e;
}

static enum err read_secret(struct staff_login *out, struct ctx *cx, const char *login)
{
    struct stmt *st = db_stmt(cx->db, SQL_STAFF_SECRET_GET);
    enum err e;

    bind_text(st, ":site", cx->site->code);
    bind_text(st, ":login", login);
    e = stmt_one(st);
    if (!e) {
        snprintf(out->hash, sizeof out->hash, "%s", col_text(st, "password_hash"));
    }
    stmt_done(st);
    return e;
}

struct login_ask {
    struct staff_login *out;
    const char *login;
    bool right;
};

static enum err login_work(struct ctx *cx, void *arg)
{
    const struct login_ask *ask = arg;
    struct staff_login *out = ask->out;
    enum err e;

    *out = (struct staff_login){.known = false};
    if ((e = read_wait(out, cx, ask->login))) {
        return e;
    }
    e = staff_by_login(&out->staff, cx, ask->login);
    if (!e && out->staff.active) {
        e = read_secret(out, cx, ask->login);
        out->known = !e;
    }
    return e == ERR_NOT_FOUND ? OK : e;
}

enum err staff_login(struct staff_login *out, struct ctx *cx, const char *login)
{
    struct login_ask ask = {.out = out, .login = login};

    return read_run(cx, login_work, &ask);
}

static enum err note_work(struct ctx *cx, void *arg)
{
    const struct login_ask *ask = arg;
    struct stmt *st = db_stmt(cx->db, SQL_LOGIN_FAILURE_CLEAR);
    enum err e;

    /* Old failures of any name are forgotten here, so that the table stays small. */
    bind_text(st, ":site", cx->site->code);
    bind_text(st, ":login", ask->right ? ask->login : "");
    bind_int(st, ":before_ms", act_at(cx).ms - FORGET_MS);
    if ((e = stmt_run(st)) || ask->right) {
        return e;
    }
    st = db_stmt(cx->db, SQL_LOGIN_FAILURE_PUT);
    bind_text(st, ":site", cx->site->code);
    bind_text(st, ":login", ask->login);
    bind_instant(st, ":at_ms", act_at(cx));
    return stmt_run(st);
}

enum err staff_login_note(struct ctx *cx, const char *login, bool right)
{
    char cut[LOGIN_LEN_MAX + 1];
    struct login_ask ask = {.login = cut, .right = right};

    snprintf(cut, sizeof cut, "%s", login);
    return local_run(cx, note_work, &ask);
}

/* ---- the first administrator ---- */

static struct digest token_hash(const char *token)
{
    struct digest d;

    sha256_of(d.bytes, token, strlen(token));
    return d;
}

static enum err no_admin_yet(struct ctx *cx)
{
    int64_t admins = 0;
    enum err e = staff_admins(&admins, cx);

    if (!e && admins > 0) {
        e = refuse(cx, ERR_CONFLICT, "admin-exists",
                   _("Sudah ada admin. Masuk dengan akun itu untuk menambah orang."));
    }
    return e;
}

static enum err token_work(struct ctx *cx, void *arg)
{
    const struct digest *hash = arg;
    struct stmt *st;
    enum err e = no_admin_yet(cx);

    if (e) {
        return e;
    }
    st = db_stmt(cx->db, SQL_FIRST_ADMIN_PUT);
    bind_text(st, ":site", cx->site->code);
    bind_blob(st, ":hash", hash->bytes, sizeof hash->bytes);
    bind_int(st, ":ends_at_ms", act_at(cx).ms + TOKEN_MS);
    return stmt_run(st);
}

enum err first_admin_token(char token[TOKEN_TEXT_MAX], struct ctx *cx)
{
    struct digest hash;

    token_make(token);
    hash = token_hash(token);
    return local_run(cx, token_work, &hash);
}

static enum err token_check(bool *right, struct ctx *cx, const char *token, struct instant now)
{
    struct stmt *st = db_stmt(cx->db, SQL_FIRST_ADMIN_GET);
    struct digest hash = token_hash(token);
    const void *kept;
    size_t n;
    enum err e;

    *right = false;
    bind_text(st, ":site", cx->site->code);
    e = stmt_one(st);
    if (!e) {
        kept = col_blob(st, "token_hash", &n);
        *right = n == sizeof hash.bytes && secret_equal(kept, hash.bytes, n) &&
                 now.ms < col_int(st, "ends_at_ms");
    }
    stmt_done(st);
    return e == ERR_NOT_FOUND ? OK : e;
}

struct open_ask {
    bool *open;
    const char *token;
};

static enum err open_work(struct ctx *cx, void *arg)
{
    const struct open_ask *ask = arg;

    return token_check(ask->open, cx, ask->token, clock_now(cx->clock));
}

enum err first_admin_open(bool *open, struct ctx *cx, const char *token)
{
    struct open_ask ask = {open, token};

    *open = false;
    return read_run(cx, open_work, &ask);
}

struct admin_ask {
    struct staff_id id;
    const char *token;
    struct staff_new wanted;
};

static enum err admin_work(struct ctx *cx, void *arg)
{
    struct admin_ask *ask = arg;
    struct stmt *st;
    bool right;
    enum err e;

    if ((e = no_admin_yet(cx)) || (e = token_check(&right, cx, ask->token, act_at(cx)))) {
        return e;
    }
    if (!right) {
        return refuse(
            cx, ERR_FORBIDDEN, "token-bad",
            _("Tautan admin pertama salah atau sudah lewat 24 jam. Jalankan ulang program "
              "untuk mendapat tautan baru."));
    }
    ask->wanted.role = ROLE_ADMIN;
    if ((e = staff_put(&ask->id, cx, &ask->wanted))) {
        return e;
    }
    st = db_stmt(cx->db, SQL_FIRST_ADMIN_DROP);
    bind_text(st, ":site", cx->site->code);
    return stmt_run(st);
}

enum err first_admin_create(struct staff_id *out, struct ctx *cx, const char *token,
                            const struct staff_new *wanted)
{
    struct admin_ask ask = {.token = token, .wanted = *wanted};
    enum err e = act_run(cx, "staff.create", 1, admin_work, &ask);

    *out = ask.id;
    return e;
}
