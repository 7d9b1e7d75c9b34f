/* Links inside this program.  Only a `struct url` may begin a link in a template, and only the
 * functions here make one, so no page can be made to point elsewhere or to run a script. */
#ifndef WEB_URL_H
#define WEB_URL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "attr.h"
#include "inventory/base/arena.h"
#include "inventory/base/sbuf.h"

enum { URL_TEXT_MAX = 2048 };

/* {NULL} is "no link": a flag section over it is not shown. */
struct url {
    const char *local; /* set by the functions below only */
};

/* Takes text from a stranger ("go back to").  False, and *out is {NULL}, unless it is an address
 * of this program: one leading '/', no second one after it, no backslash, no "..", no blank, quote,
 * control or non-ASCII byte, right percent codes, shorter than URL_TEXT_MAX.  Copied to `a`. */
NODISCARD bool url_local(struct url *out, struct arena *a, const char *text);

/* An address written in the source; asserts what url_local() checks.  Borrowed. */
struct url url_fixed(const char *literal);

/* base + '/' + part, percent-encoded: url_part(a, url_fixed("/struk"), number).  A part may hold
 * anything; "/" becomes %2F.  Asserts that base has no '?' or '#', and part is not "." or "..". */
struct url url_part(struct arena *a, struct url base, const char *part);
/* base + "?name=value", or "&name=value" when it has a query already; both percent-encoded. */
struct url url_query(struct arena *a, struct url base, const char *name, const char *value);
struct url url_query_int(struct arena *a, struct url base, const char *name, int64_t value);
/* base + '#' + anchor, percent-encoded. */
struct url url_anchor(struct arena *a, struct url base, const char *anchor);

/* Everything but A-Z a-z 0-9 - . _ ~ as %XX. */
void url_percent(struct sbuf *out, const char *text);

#endif
