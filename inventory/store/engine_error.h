/* The sentence for a failure of the engine or its file; the same words for every engine. */
#ifndef ENGINE_ERROR_H
#define ENGINE_ERROR_H

#include "err.h"

/* The complaint of a connection that was not to be had, because others held them all; it has a
 * sentence of its own. */
extern const char engine_pool_taken[];

/* Fills *why for e.  `what` is the file or address, `detail` the engine's own words (for the log
 * and the administrator). */
void engine_why(struct why *why, enum err e, const char *what, const char *detail);
/* The same on an engine that is shared: its sentences speak of the server. */
void engine_why_shared(struct why *why, enum err e, const char *what, const char *detail);

#endif
