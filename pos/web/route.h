/* The route table: which address, who may, what it reads, who answers.
 *
 * Everything that guards a page is said here and checked by the router before any handler runs:
 * role, session, token of the form, origin, size of the body, input table, idempotency key.  A
 * handler of a GET gets a context that cannot write. */
#ifndef WEB_ROUTE_H
#define WEB_ROUTE_H

#include <stdbool.h>
#include <stddef.h>

#include "attr.h"
#include "err.h"
#include "pos/web/form.h"
#include "role.h"

struct request;

enum method {
    METHOD_GET, /* HEAD is answered like it, without the body */
    METHOD_POST,
};

/* What a refusal looks like, and what the body of a POST is. */
enum route_kind {
    ROUTE_PAGE, /* forms in, pages out; guarded by session, token and origin */
    ROUTE_FILE, /* the same, but answers a file: a receipt's picture, a table */
    ROUTE_JSON, /* the machine interface: JSON in and out, bearer token, problem+json */
};

enum {
    /* Sets of roles.  ROUTE_PUBLIC: nobody needs to be signed in. */
    ROUTE_ANY_USER = ROLE_CASHIER | ROLE_WORKSHOP | ROLE_PARTNER | ROLE_TREASURER |
                     ROLE_SUPERVISOR | ROLE_AUDITOR | ROLE_ADMIN,
    ROUTE_PUBLIC = 1 << 16,
};

enum {
    ROUTE_DB = 1 << 0,         /* rq->cx.db stands ready when the handler begins */
    ROUTE_KEYED = 1 << 1,      /* POST that must carry an idempotency key: field `kunci`, or header
                                  Idempotency-Key; the first answer is kept and given again */
    ROUTE_KEY_KEPT = 1 << 2,   /* with ROUTE_KEYED: the act keeps rq->key in its own transaction and
                                  finds its first result by it; the router keeps no answer */
    ROUTE_UPLOAD = 1 << 3,     /* multipart with one file, up to UPLOAD_BYTES_MAX */
    ROUTE_NO_SESSION = 1 << 5, /* nobody is looked for: static files, health */
    ROUTE_ANY_CASE = 1 << 4,   /* literal parts of the path match in any case: /P/CODE, /p/code */
};

struct route {
    enum method method;
    /* "/struk/{no}", "/struk/{no}.png".  A {name} takes one segment, percent-decoded, so that a
     * number with slashes travels as %2F.  The first row that matches wins: write the one with
     * the suffix first. */
    const char *path;
    unsigned roles; /* ROLE_... bits, ROUTE_ANY_USER or ROUTE_PUBLIC */
    enum route_kind kind;
    unsigned flags;
    /* Query string of a GET, form of a POST; ended by INPUT_END.  NULL: reads nothing.  ROUTE_JSON
     * checks its query string by it; the body of a POST is rq->json. */
    const struct input *fields;
    /* Answers with one of respond.h and returns OK; or returns the error that an act gave, with the
     * sentence in rq->cx.why, and the router makes the page or problem of it. */
    enum err (*handle)(struct request *rq);
    /* POST pages: shows the form again when an input is wrong or the act refused; usually the
     * handler of the GET.  request_typed() and request_error() tell what stood in it,
     * respond_page() uses the right status by itself.  NULL: the error page. */
    enum err (*again)(struct request *rq);
};

/* Every address of the program.  Ends with a row without path. */
extern const struct route routes[];
extern const size_t routes_count; /* without the last */

/* ---- matching (rules; routes given, so that tests have their own) ---- */

enum { ROUTE_PARAMS_MAX = 4, ROUTE_PARAM_MAX = 256, ROUTE_SEGMENTS_MAX = 16 };

struct route_param {
    char name[24];
    char value[ROUTE_PARAM_MAX];
};

struct route_match {
    const struct route *route; /* NULL: none */
    struct route_param params[ROUTE_PARAMS_MAX];
    size_t count;
    bool other_method; /* the path is known, but not with this method: 405 */
};

/* `path` is the path as sent (still encoded, without query).  Total: a bad percent code, a NUL, a
 * control character, what is not UTF-8, or a segment "." or ".." (plain or encoded) matches
 * nothing.
 */
struct route_match route_find(const struct route table[], size_t count, enum method method,
                              const char *path);

#endif
