/* The sentence of a refusal where there is no context yet: readers of files and bodies. */
#ifndef BASE_REFUSE_H
#define BASE_REFUSE_H

#include "attr.h"
#include "err.h"

/* Writes the sentence as it stands (Indonesian) and returns `e`; `why` may be NULL.  A sentence
 * that is too long is cut between characters. */
enum err why_say(struct why *why, enum err e, const char *slug, const char *format, ...)
    PRINTF_LIKE(4, 5);

#endif
