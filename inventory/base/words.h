/* Texts in the person's language, from a standard gettext catalogue (.po) bound once at start. */
#ifndef BASE_WORDS_H
#define BASE_WORDS_H

#include <stdbool.h>
#include <stddef.h>

#include "attr.h"
#include "err.h"
#include "lang.h"

/* Reads a .po file's bytes as the catalogue of `lang`.  ERR_INVALID names the line.  Fuzzy and
 * empty entries count as untranslated.  Call before threads start. */
NODISCARD enum err words_load(enum lang lang, const char *po, size_t n, struct why *why);

/* The text in that language; the Indonesian itself when there is no translation.  Never NULL. */
const char *words(enum lang lang, const char *text);
/* For the test that lists what is missing. */
const char *words_find(enum lang lang, const char *text); /* NULL: not translated */

/* true when b may stand for a in printf: the same conversions of the same types in the same order.
 * Numbered arguments (%1$s) and %n are never the same. */
bool words_same_format(const char *a, const char *b);

#endif
