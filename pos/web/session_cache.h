/* Sessions seen lately, in memory, so that looking at a page writes nothing and mostly reads
 * nothing.  Safe for any number of threads.  Other processes on a shared store know nothing of it:
 * there only tokens of machines are looked up in it (session.h says for how long). */
#ifndef WEB_SESSION_CACHE_H
#define WEB_SESSION_CACHE_H

#include <stdbool.h>
#include <stddef.h>

#include "attr.h"
#include "pos/web/session.h"

enum { SESSION_CACHE_MAX = 512 };

struct session_cache;

/* Owned by the caller: session_cache_free(). */
struct session_cache *session_cache_new(void);
void session_cache_free(struct session_cache *c);

/* true: *out is a copy.  *written is when the store last heard of its use. */
NODISCARD bool session_cache_get(struct session_cache *c, const struct digest *hash,
                                 struct session *out, struct instant *written);
/* Puts or replaces; the one unused longest makes room. */
void session_cache_put(struct session_cache *c, const struct session *s, struct instant written);
/* Notes when a session was used and written.  What else it holds stays, and one that was dropped
 * stays dropped: another request may have changed or ended it since *s was copied. */
void session_cache_seen(struct session_cache *c, const struct session *s, struct instant written);
void session_cache_drop(struct session_cache *c, const struct digest *hash);
/* Every session of that person but `keep` (NULL: none is kept). */
void session_cache_drop_staff(struct session_cache *c, struct staff_id staff,
                              const struct digest *keep);
void session_cache_drop_actor(struct session_cache *c, const char *actor);

#endif
