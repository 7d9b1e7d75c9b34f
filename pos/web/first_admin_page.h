/* The page of the first administrator, /mulai/{token}. */
#ifndef WEB_FIRST_ADMIN_PAGE_H
#define WEB_FIRST_ADMIN_PAGE_H

#include "err.h"
#include "pos/web/form.h"
#include "pos/web/tpl.h"

struct request;

extern const struct input first_admin_fields[];
extern const struct tpl_field first_admin_view_fields[];

enum err page_first_admin(struct request *rq);
enum err page_first_admin_make(struct request *rq);
enum err page_first_admin_again(struct request *rq);

#endif
