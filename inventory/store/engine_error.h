/* The sentence for a failure of the engine or its file; the same words for every engine. */
#ifndef ENGINE_ERROR_H
#define ENGINE_ERROR_H

#include "err.h"

/* Fills *why for e.  `what` is the file or address, `detail` the engine's own words (for the log
 * and the administrator). */
void engine_why(struct why *why, enum err e, const char *what, const char *detail);

#endif
