/* Signing in and out, and the switch of language. */
#ifndef WEB_LOGIN_PAGE_H
#define WEB_LOGIN_PAGE_H

#include "err.h"
#include "pos/web/form.h"
#include "pos/web/tpl.h"

struct request;

struct login_view {
    const char *login; /* as typed */
    const char *error; /* NULL: none */
    struct url next;   /* where signing in leads; {NULL}: the first page of the role */
};
extern const struct tpl_field login_fields[];

extern const struct input login_query_inputs[]; /* GET /masuk: lanjut */
extern const struct input login_inputs[];       /* POST /masuk: nama, sandi, lanjut */
extern const struct input lang_inputs[];        /* POST /bahasa: lang, lanjut */

enum err login_show(struct request *rq);
enum err login_do(struct request *rq);
enum err logout_do(struct request *rq);
enum err lang_do(struct request *rq);

#endif
