/* What session.c, session_token.c and session_login.c share. */
#ifndef WEB_SESSION_PARTS_H
#define WEB_SESSION_PARTS_H

#include <stddef.h>

#include "attr.h"
#include "ctx.h"
#include "pos/web/session.h"

struct request;

struct digest session_hash(const char *token);
/* Cuts what does not fit. */
void session_copy_text(char *out, size_t room, const char *text);
/* From now on this request is that session's. */
void session_use(struct request *rq, const struct session *s);
NODISCARD enum err session_find_browser(struct request *rq);

#endif
