/* The page that says what went wrong, why, and what to do next. */
#ifndef WEB_ERROR_PAGE_H
#define WEB_ERROR_PAGE_H

#include "err.h"
#include "pos/web/tpl.h"

struct request;

struct error_view {
    const char *heading;
    const char *text;
    const char *slug;
    struct url back; /* where to go on; never {NULL} */
    const char *back_label;
    bool sign_in;         /* its form stands on the page */
    const char *login;    /* "" */
    struct url next;      /* where signing in leads */
    struct tpl_list sent; /* what a form held that could not be taken now; empty: no form */
    struct url sent_to;
};
extern const struct tpl_field error_fields[];

/* A page, or a problem for machines: as the route is. */
void error_answer(struct request *rq, int status, const struct why *why);
/* The page the form of this request stood on, by Referer when it is ours; the form's own address
 * may be for POST only. */
struct url error_form_page(struct request *rq);
/* The session is over in the middle of a form: 401, nothing is lost, sign in here. */
void error_session_ended(struct request *rq);

/* The sentence of an error that came without one; Indonesian source text. */
const char *error_sentence(enum err e);

#endif
