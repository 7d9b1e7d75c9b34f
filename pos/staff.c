/* Staff: persons, roles, passwords kept aside. */
#include "pos/staff.h"

#include "inventory/base/arena.h"
#include "inventory/base/id.h"
#include "inventory/base/utf8.h"
#include "inventory/fact.h"
#include "pos/staff_put.h"
#include "sql_names.h"

enum { STAFF_MAX = 1000 };

static const struct fact_col staff_cols[] = {
    FACT_COL(staff_row, "id", id),
    FACT_COL(staff_row, "login", login),
};
const struct fact_table staff_table = FACT_TABLE("staff", staff_row, staff_cols);

static const struct fact_col staff_rev_cols[] = {
    FACT_COL(staff_rev_row, "staff_id", staff), FACT_COL(staff_rev_row, "rev", rev),
    FACT_COL(staff_rev_row, "name", name),      FACT_COL(staff_rev_row, "role", role),
    FACT_COL(staff_rev_row, "active", active),
};
const struct fact_table staff_rev_table = FACT_TABLE("staff_rev", staff_rev_row, staff_rev_cols);

static const struct {
    enum role role;
    const char *name;
} roles[] = {
    {ROLE_CASHIER, "cashier"},     {ROLE_WORKSHOP, "workshop"},     {ROLE_PARTNER, "partner"},
    {ROLE_TREASURER, "treasurer"}, {ROLE_SUPERVISOR, "supervisor"}, {ROLE_AUDITOR, "auditor"},
    {ROLE_ADMIN, "admin"},
};

const char *role_name(enum role role)
{
    for (size_t i = 0; i < LENGTH(roles); i++) {
        if (roles[i].role == role) {
            return roles[i].name;
        }
    }
    return "";
}

bool role_from_name(enum role *out, const char *name)
{
    for (size_t i = 0; i < LENGTH(roles); i++) {
        if (strcmp(roles[i].name, name) == 0) {
            *out = roles[i].role;
            return true;
        }
    }
    return false;
}

/* ---- reading ---- */

static void staff_fill(struct staff *out, struct ctx *cx, struct stmt *st)
{
    *out = (struct staff){
        .login = arena_text(cx->arena, col_text(st, "login")),
        .name = arena_text(cx->arena, col_text(st, "name")),
        .role = ROLE_NONE,
        .active = col_bool(st, "active"),
        .rev = (int32_t)col_int(st, "rev"),
    };
    col_id(st, "staff_id", out->id.bytes);
    if (!role_from_name(&out->role, col_text(st, "role"))) {
        out->role = ROLE_NONE; /* a newer program's role may do nothing here */
    }
}

enum err staff_by_login(struct staff *out, struct ctx *cx, const char *login)
{
    struct stmt *st = db_stmt(cx->db, SQL_STAFF_BY_LOGIN);
    enum err e;

    bind_text(st, ":site", cx->site->code);
    bind_text(st, ":login", login);
    if (!(e = stmt_one(st))) {
        staff_fill(out, cx, st);
        stmt_done(st);
    }
    return e;
}

enum err staff_all(struct staff_list *out, struct ctx *cx)
{
    struct stmt *st = db_stmt(cx->db, SQL_STAFF_ALL);
    enum err e = OK;

    *out = (struct staff_list){.items = ARENA_ARRAY(cx->arena, struct staff, STAFF_MAX)};
    bind_text(st, ":site", cx->site->code);
    while (out->count < STAFF_MAX && stmt_row(st, &e)) {
        staff_fill(&out->items[out->count++], cx, st);
    }
    stmt_done(st);
    return e;
}

enum err staff_admins(int64_t *n, struct ctx *cx)
{
    struct stmt *st = db_stmt(cx->db, SQL_STAFF_ACTIVE_ADMINS);
    enum err e;

    bind_text(st, ":site", cx->site->code);
    if (!(e = stmt_one(st))) {
        *n = col_int(st, "n");
        stmt_done(st);
    }
    return e;
}

/* ---- writing ---- */

static bool login_right(const char *login)
{
    size_t n = strlen(login);

    return n >= 2 && n <= LOGIN_LEN_MAX && login[0] >= 'a' && login[0] <= 'z' &&
           strspn(login, "abcdefghijklmnopqrstuvwxyz0123456789._-") == n;
}

static enum err check_person(struct ctx *cx, const char *name, enum role role)
{
    size_t points = utf8_valid(name, strlen(name)) ? utf8_count(name) : 0;

    if (points < 1 || points > STAFF_NAME_LEN_MAX || utf8_has_control(name) || strchr(name, '\n')) {
        return refuse_field(cx, ERR_INVALID, "name-missing", "name",
                            _("Nama harus 1 sampai %d huruf, dalam satu baris."),
                            STAFF_NAME_LEN_MAX);
    }
    if (role_name(role)[0] == '\0') {
        return refuse_field(cx, ERR_INVALID, "role-bad", "role",
                            _("Pilih satu peran untuk orang ini."));
    }
    return OK;
}

static enum err secret_put(struct ctx *cx, const char *login, const char *hash)
{
    struct stmt *st = db_stmt(cx->db, SQL_STAFF_SECRET_PUT);

    bind_text(st, ":site", cx->site->code);
    bind_text(st, ":login", login);
    bind_text(st, ":hash", hash);
    bind_instant(st, ":at_ms", act_at(cx));
    return stmt_run(st);
}

static enum err rev_put(struct ctx *cx, struct staff_id id, int32_t rev, const char *name,
                        enum role role, bool active)
{
    return fact_put(cx, &staff_rev_table,
                    &(struct staff_rev_row){
                        .staff = id,
                        .rev = rev,
                        .name = name,
                        .role = role_name(role),
                        .active = active,
                    });
}

enum err staff_put(struct staff_id *out, struct ctx *cx, const struct staff_new *w)
{
    struct staff_row row = {.id = staff_id_new(act_at(cx)), .login = w->login};
    struct staff there;
    enum err e;

    if (!login_right(w->login)) {
        return refuse_field(cx, ERR_INVALID, "login-bad", "login",
                            _("Nama masuk harus 2 sampai %d huruf kecil atau angka dan dimulai "
                              "dengan huruf."),
                            LOGIN_LEN_MAX);
    }
    if ((e = check_person(cx, w->name, w->role))) {
        return e;
    }
    if ((e = staff_by_login(&there, cx, w->login)) != ERR_NOT_FOUND) {
        return e ? e
                 : refuse_field(cx, ERR_CONFLICT, "login-taken", "login",
                                _("Nama masuk %s sudah dipakai. Pilih nama lain."), w->login);
    }
    *out = row.id;
    if ((e = fact_put(cx, &staff_table, &row)) ||
        (e = rev_put(cx, row.id, 1, w->name, w->role, true))) {
        return e;
    }
    return secret_put(cx, w->login, w->password_hash);
}

struct staff_ask {
    struct staff_id id;
    const struct staff_new *wanted;
    bool active;
};

static enum err create_work(struct ctx *cx, void *arg)
{
    struct staff_ask *ask = arg;

    return staff_put(&ask->id, cx, ask->wanted);
}

enum err staff_create(struct staff_id *out, struct ctx *cx, const struct staff_new *wanted)
{
    struct staff_ask ask = {.wanted = wanted};
    enum err e = act_run(cx, "staff.create", 1, create_work, &ask);

    *out = ask.id;
    return e;
}

static enum err find_or_say(struct staff *out, struct ctx *cx, const char *login)
{
    enum err e = staff_by_login(out, cx, login);

    return e != ERR_NOT_FOUND ? e
                              : refuse(cx, e, "login-unknown",
                                       _("Tidak ada orang dengan nama masuk %.32s."), login);
}

/* Somebody must be able to let others in. */
static enum err check_last_admin(struct ctx *cx, const struct staff *now, enum role role,
                                 bool active)
{
    int64_t admins = 0;
    enum err e;

    if (now->role != ROLE_ADMIN || !now->active || (role == ROLE_ADMIN && active)) {
        return OK;
    }
    if ((e = staff_admins(&admins, cx)) || admins > 1) {
        return e;
    }
    return refuse(cx, ERR_REFUSED, "last-admin",
                  _("Ini admin terakhir yang aktif. Angkat admin lain dulu."));
}

static enum err revise_work(struct ctx *cx, void *arg)
{
    const struct staff_ask *ask = arg;
    const struct staff_new *w = ask->wanted;
    struct staff now = {.login = "", .name = ""};
    enum err e;

    if ((e = find_or_say(&now, cx, w->login)) || (e = check_person(cx, w->name, w->role)) ||
        (e = check_last_admin(cx, &now, w->role, ask->active))) {
        return e;
    }
    if (strcmp(now.name, w->name) == 0 && now.role == w->role && now.active == ask->active) {
        return OK;
    }
    return rev_put(cx, now.id, now.rev + 1, w->name, w->role, ask->active);
}

enum err staff_revise(struct ctx *cx, const char *login, const char *name, enum role role,
                      bool active)
{
    struct staff_new wanted = {.login = login, .name = name, .role = role};
    struct staff_ask ask = {.wanted = &wanted, .active = active};

    return act_run(cx, "staff.revise", 1, revise_work, &ask);
}

static enum err password_work(struct ctx *cx, void *arg)
{
    const struct staff_ask *ask = arg;
    struct staff now;
    enum err e = find_or_say(&now, cx, ask->wanted->login);

    return e ? e : secret_put(cx, ask->wanted->login, ask->wanted->password_hash);
}

enum err staff_set_password(struct ctx *cx, const char *login, const char *password_hash)
{
    struct staff_new wanted = {.login = login, .password_hash = password_hash};
    struct staff_ask ask = {.wanted = &wanted};

    return local_run(cx, password_work, &ask);
}

/* NOLINTNEXTLINE(bugprone-easily-swappable-parameters): the name of a field, and a secret */
enum err password_check(struct ctx *cx, const char *field, const char *password)
{
    bool letter = false, digit = false;
    size_t length = utf8_count(password);

    for (const char *p = password; *p; p++) {
        letter = letter || (*p >= 'a' && *p <= 'z') || (*p >= 'A' && *p <= 'Z');
        digit = digit || (*p >= '0' && *p <= '9');
    }
    if (length < PASSWORD_LEN_MIN || length > PASSWORD_LEN_MAX || !letter || !digit) {
        return refuse_field(cx, ERR_INVALID, "password-weak", field,
                            _("Kata sandi belum cukup kuat. Pakai sedikitnya %d karakter dengan "
                              "huruf dan angka."),
                            (int)PASSWORD_LEN_MIN);
    }
    return OK;
}
