/* Whether a POST comes from a page of ours. */
#ifndef WEB_CSRF_H
#define WEB_CSRF_H

#include <stdbool.h>

#include "attr.h"
#include "pos/web/form.h"
#include "pos/web/wire.h"

struct session;

#define CSRF_FIELD "csrf"

/* By what the browser itself says: Sec-Fetch-Site must be "same-origin" when it is sent, Origin
 * must be the Host when it is sent, and one of the two must be. */
NODISCARD bool csrf_same_origin(const struct wire_request *w);

/* The form carries this session's token, once. */
NODISCARD bool csrf_token_right(const struct session *s, const struct form *form);

#endif
