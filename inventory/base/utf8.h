/* UTF-8: checking and trimming what strangers send. */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>

/* Well-formed, no NUL, no surrogates, no overlong forms. */
bool utf8_valid(const char *bytes, size_t n);
/* Bytes of the well-formed character that begins there (NUL is none); 0 when there is none. */
size_t utf8_step(const char *bytes, size_t n);
/* Number of code points. */
size_t utf8_count(const char *text);
/* Bytes of the longest prefix with at most `points` code points. */
size_t utf8_prefix(const char *text, size_t points);
/* true if it holds a control character other than tab and line feed. */
bool utf8_has_control(const char *text);

#endif
