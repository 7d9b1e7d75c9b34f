/* Staff: who may log in, with which role.  Names, roles and whether active are facts; password
 * hashes and the first administrator's link are local.  Hashes are computed outside the store. */
#ifndef POS_STAFF_H
#define POS_STAFF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "attr.h"
#include "ctx.h"
#include "err.h"
#include "ids.h"
#include "inventory/base/secret.h"
#include "inventory/store/fact_table.h"
#include "role.h"
#include "when.h"

enum { LOGIN_LEN_MAX = 32, STAFF_NAME_LEN_MAX = 80 };

const char *role_name(enum role role); /* "cashier" ...; "" for ROLE_NONE */
NODISCARD bool role_from_name(enum role *out, const char *name);

struct staff {
    struct staff_id id;
    const char *login;
    const char *name;
    enum role role;
    bool active;
    int32_t rev;
};
struct staff_list {
    struct staff *items;
    size_t count;
};

/* Twelve characters with letters and digits (BSSN 4/2021).  ERR_INVALID (password-weak) names
 * `field`. */
enum { PASSWORD_LEN_MIN = 12, PASSWORD_LEN_MAX = 200 };
NODISCARD enum err password_check(struct ctx *cx, const char *field, const char *password);

struct staff_new {
    const char *login; /* small letters, digits, . - _ ; 2 to LOGIN_LEN_MAX */
    const char *name;
    enum role role;
    const char *password_hash; /* of password_hash() */
};
/* Act "staff.create".  login-bad, login-taken, name-missing, role-bad. */
NODISCARD enum err staff_create(struct staff_id *out, struct ctx *cx,
                                const struct staff_new *wanted);
/* Act "staff.revise".  The last active administrator stays one (last-admin). */
NODISCARD enum err staff_revise(struct ctx *cx, const char *login, const char *name, enum role role,
                                bool active);
NODISCARD enum err staff_set_password(struct ctx *cx, const char *login, const char *password_hash);

/* ERR_NOT_FOUND without a sentence. */
NODISCARD enum err staff_by_login(struct staff *out, struct ctx *cx, const char *login);
NODISCARD enum err staff_all(struct staff_list *out, struct ctx *cx);

/* What a login needs: the person, the hash to compare outside the store, and until when the answer
 * must wait after failures.  For an unknown or inactive login `known` is false and `hash` is "". */
struct staff_login {
    bool known;
    struct staff staff;
    char hash[PASSWORD_HASH_MAX];
    struct instant wait_until; /* 0: need not wait */
};
NODISCARD enum err staff_login(struct staff_login *out, struct ctx *cx, const char *login);
/* Notes the outcome; each failure after the third doubles the wait, up to five minutes. */
NODISCARD enum err staff_login_note(struct ctx *cx, const char *login, bool right);

/* ---- the first administrator ---- */

/* A new one-time token, when there is no administrator; ERR_CONFLICT (admin-exists) otherwise. Only
 * its hash is kept; it ends after 24 hours. */
NODISCARD enum err first_admin_token(char token[TOKEN_TEXT_MAX], struct ctx *cx);
/* true: the token may still be used. */
NODISCARD enum err first_admin_open(bool *open, struct ctx *cx, const char *token);
/* Uses the token up and creates the administrator; ERR_FORBIDDEN (token-bad). */
NODISCARD enum err first_admin_create(struct staff_id *out, struct ctx *cx, const char *token,
                                      const struct staff_new *wanted);

struct staff_row {
    struct staff_id id;
    const char *login;
};
struct staff_rev_row {
    struct staff_id staff;
    int32_t rev;
    const char *name;
    const char *role;
    bool active;
};
extern const struct fact_table staff_table, staff_rev_table;

#endif
