/* Who is signed in: sessions of browsers and tokens of machines.
 *
 * The cookie holds 32 random bytes; the store holds only their SHA-256.  A session ends after 8
 * hours without use, and 16 hours after it began, whatever happens.
 *
 * Where this process is the only one, sessions seen lately are kept in memory.  On a store that is
 * shared the row is read with every request: a session that ended at another process has ended here
 * too, and the till chosen there is the till here.  A token that was revoked is known everywhere
 * within five seconds. */
#ifndef WEB_SESSION_H
#define WEB_SESSION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "attr.h"
#include "ctx.h"
#include "ids.h"
#include "inventory/base/secret.h"

struct request;

#define SESSION_COOKIE "etalase_s"
#define LANG_COOKIE    "etalase_lang"

enum { PERSON_NAME_MAX = 81 };
#define SESSION_IDLE_MS     (INT64_C(8) * 3600 * 1000)
#define SESSION_ABSOLUTE_MS (INT64_C(16) * 3600 * 1000)

struct session {
    struct digest hash;    /* of the cookie or token */
    struct staff_id staff; /* nil for a token */
    char actor[ACTOR_MAX]; /* login name; "token:NAME" for a machine */
    char person[PERSON_NAME_MAX];
    enum role role;
    enum lang lang;
    char till[TILL_MAX];
    char csrf[TOKEN_TEXT_MAX];
    struct instant created, seen;
    bool machine; /* a bearer token, not a browser */
};

/* Who has just proved who he is. */
struct session_who {
    struct staff_id staff;
    const char *actor, *person;
    enum role role;
};

/* Who asks, by cookie or (ROUTE_JSON) bearer token: fills rq->session and rq->cx; NULL when nobody
 * is signed in or the session has ended.  The router's work; takes a connection only when it must.
 */
NODISCARD enum err session_find(struct request *rq);

/* Begins a session under a new token, sets its cookie, and ends the one the browser came with. */
NODISCARD enum err session_begin(struct request *rq, const struct session_who *who);
/* Ends this session, here and in the store, and takes the cookie back.  Harmless without one. */
NODISCARD enum err session_end(struct request *rq);
/* Ends every session of that person (new password, role taken away), but not this one. */
NODISCARD enum err session_end_others(struct request *rq, struct staff_id staff);
/* The till this browser stands at ("1"); "" for none. */
NODISCARD enum err session_set_till(struct request *rq, const char *till);
/* The language: in the session when there is one, and in a cookie. */
NODISCARD enum err session_set_lang(struct request *rq, enum lang lang);

/* ---- signing in ---- */

struct credentials {
    const char *login, *password;
};
/* Checks them and begins a session.  Refuses with ERR_FORBIDDEN (login-wrong) without saying which
 * of the two is wrong, and in the same time; with ERR_LIMIT (login-wait), and a sentence that says
 * how long, after failures in a row of that login (staff.h) or from this address (from the fourth
 * on: 2, 4, 8 s ... 15 minutes).  Must be called without a connection in cx.db. */
NODISCARD enum err session_login(struct request *rq, const struct credentials *said);
/* The same check, with its waits, and no session begun: who said so. */
struct staff;
NODISCARD enum err session_check(struct staff *out, struct request *rq,
                                 const struct credentials *said);

/* How long an address must still wait. */
int64_t login_wait_ms(int64_t failures, struct instant last, struct instant now);

/* ---- tokens of machines ---- */

/* Makes a token; its text is given here once and never again.  ERR_CONFLICT: the name is taken. */
NODISCARD enum err token_create(struct ctx *cx, char out[TOKEN_TEXT_MAX], const char *name,
                                enum role role);
/* ERR_NOT_FOUND (token-unknown).  A running program hears of it within five seconds. */
NODISCARD enum err token_revoke(struct ctx *cx, const char *name);
struct token_about {
    const char *name;
    enum role role;
    struct instant created, revoked; /* revoked: 0 when it is not */
};
/* In cx->arena, by name. */
NODISCARD enum err token_list(struct token_about **out, size_t *count, struct ctx *cx);
/* Keeps a token whose text is known already: the demo's, which is the same at every start. */
NODISCARD enum err token_keep(struct ctx *cx, const char *text, const char *name, enum role role);

#endif
