/* Signing in: one answer and one duration for every wrong guess, and a growing wait. */
#include "inventory/base/arena.h"
#include "inventory/fact.h"
#include "pos/setting.h"
#include "pos/staff.h"
#include "pos/web/request.h"
#include "pos/web/session.h"
#include "pos/web/session_parts.h"
#include "pos/web/web.h"
#include "sql_names.h"

#include <pthread.h>
#include <semaphore.h>

/* argon2id of a password nobody has: guessing a login that does not exist costs the same time. */
static char nobody_hash[PASSWORD_HASH_MAX];
static sem_t hash_places;
static pthread_once_t nobody_once = PTHREAD_ONCE_INIT;

enum { FREE_FAILURES = 3, WAIT_FIRST_MS = 2000, FORGET_DAYS = 2, HASHES_AT_ONCE = 2 };
#define WAIT_MOST_MS (INT64_C(15) * 60 * 1000)

int64_t login_wait_ms(int64_t failures, struct instant last, struct instant now)
{
    int64_t wait = WAIT_FIRST_MS;

    if (failures <= FREE_FAILURES) {
        return 0;
    }
    for (int64_t i = FREE_FAILURES + 1; i < failures && wait < WAIT_MOST_MS; i++) {
        wait *= 2;
    }
    wait = wait < WAIT_MOST_MS ? wait : WAIT_MOST_MS;
    /* A clock set back must not lock anybody out for longer. */
    return now.ms < last.ms ? wait : last.ms + wait > now.ms ? last.ms + wait - now.ms : 0;
}

static void make_nobody(void)
{
    char password[TOKEN_TEXT_MAX];

    sem_init(&hash_places, 0, HASHES_AT_ONCE);
    token_make(password);
    if (!password_hash(nobody_hash, password)) {
        fputs("etalase: the computer has no memory for passwords\n", stderr);
        abort();
    }
}

/* Each hash takes 19 MiB: two at once, the others wait their turn. */
static bool right_password(const char *hash, const char *password)
{
    bool right;

    while (sem_wait(&hash_places)) {
    }
    right = password_right(hash, password);
    sem_post(&hash_places);
    return right;
}

struct attempt {
    const char *address, *login;
    struct instant at;
    int64_t wait_ms;
    bool right;
    struct staff_login found;
};

static enum err look_address(struct ctx *cx, void *arg)
{
    struct attempt *a = arg;
    struct stmt *st = db_stmt(cx->db, SQL_ADDRESS_FAILURES);
    enum err e;

    a->wait_ms = 0;
    bind_text(st, ":address", a->address);
    e = stmt_one(st);
    if (!e) {
        a->wait_ms = login_wait_ms(col_int(st, "failures"), col_instant(st, "last_ms"), a->at);
        stmt_done(st);
    }
    return e == ERR_NOT_FOUND ? OK : e;
}

static enum err note_address(struct ctx *cx, void *arg)
{
    const struct attempt *a = arg;
    struct stmt *st = db_stmt(cx->db, SQL_ADDRESS_FORGET_OLD);
    enum err e;

    bind_int(st, ":before_ms", a->at.ms - INT64_C(86400000) * FORGET_DAYS);
    if ((e = stmt_run(st))) {
        return e;
    }
    st = db_stmt(cx->db, a->right ? SQL_ADDRESS_FORGIVE : SQL_ADDRESS_FAILED);
    bind_text(st, ":address", a->address);
    if (!a->right) {
        bind_instant(st, ":last_ms", a->at);
    }
    return stmt_run(st);
}

static enum err must_wait(struct request *rq, int64_t wait_ms)
{
    int64_t seconds = (wait_ms + 999) / 1000;

    if (seconds < 120) {
        return refuse(&rq->cx, ERR_LIMIT, "login-wait",
                      _("Terlalu banyak percobaan gagal. Tunggu %d detik, lalu coba lagi."),
                      (int)seconds);
    }
    return refuse(&rq->cx, ERR_LIMIT, "login-wait",
                  _("Terlalu banyak percobaan gagal. Tunggu %d menit, lalu coba lagi."),
                  (int)((seconds + 59) / 60));
}

static enum err look(struct request *rq, struct attempt *a)
{
    enum err e;

    request_db(rq);
    e = read_run(&rq->cx, look_address, a);
    if (!e) {
        e = staff_login(&a->found, &rq->cx, a->login);
    }
    request_db_done(rq);
    return e;
}

static enum err note(struct request *rq, struct attempt *a)
{
    enum err e;

    request_db(rq);
    e = local_run(&rq->cx, note_address, a);
    if (!e) {
        e = staff_login_note(&rq->cx, a->login, a->right);
    }
    request_db_done(rq);
    return e;
}

/* Where there is one till, there is nothing to choose. */
static enum err stand_at_the_only_till(struct request *rq)
{
    struct settings settings;
    enum err e;

    request_db(rq);
    e = settings_now(&settings, &rq->cx);
    request_db_done(rq);
    return !e && settings.tills == 1 ? session_set_till(rq, "1") : e;
}

enum err session_check(struct staff *out, struct request *rq, const struct credentials *said)
{
    struct attempt a = {.address = rq->peer, .login = said->login, .at = rq->at};
    enum err e;

    pthread_once(&nobody_once, make_nobody);
    if ((e = look(rq, &a))) {
        return e;
    }
    if (a.found.wait_until.ms - a.at.ms > a.wait_ms) {
        a.wait_ms = a.found.wait_until.ms - a.at.ms;
    }
    if (a.wait_ms > 0) {
        return must_wait(rq, a.wait_ms);
    }
    a.right = right_password(a.found.known ? a.found.hash : nobody_hash, said->password);
    a.right = a.right && a.found.known;
    if ((e = note(rq, &a))) {
        return e;
    }
    if (!a.right) {
        return refuse(
            &rq->cx, ERR_FORBIDDEN, "login-wrong",
            _("Nama pengguna atau kata sandi tidak cocok. Periksa keduanya, lalu coba lagi."));
    }
    *out = a.found.staff;
    return OK;
}

enum err session_login(struct request *rq, const struct credentials *said)
{
    struct staff staff;
    enum err e = session_check(&staff, rq, said);

    e = e ? e
          : session_begin(rq, &(struct session_who){.staff = staff.id,
                                                    .actor = staff.login,
                                                    .person = staff.name,
                                                    .role = staff.role});
    if (e) {
        return e;
    }
    return staff.role == ROLE_CASHIER ? stand_at_the_only_till(rq) : OK;
}
