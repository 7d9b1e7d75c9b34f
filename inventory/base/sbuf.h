/* A buffer of bytes that is born with its maximum.
 *
 * Full is sticky: writes past the maximum are dropped whole, and sbuf_full() says so at the end.
 * The bytes are always followed by a NUL that does not count. */
#ifndef BASE_SBUF_H
#define BASE_SBUF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "attr.h"

struct sbuf {
    char *bytes; /* owned; NULL until the first write */
    size_t len;
    size_t room;
    size_t max;
    bool full;
};

void sbuf_init(struct sbuf *b, size_t max);
void sbuf_done(struct sbuf *b);
void sbuf_clear(struct sbuf *b); /* empty again, keeps its memory, forgets full */

void sbuf_add(struct sbuf *b, const void *bytes, size_t n);
void sbuf_text(struct sbuf *b, const char *text);
void sbuf_char(struct sbuf *b, char c);
void sbuf_int(struct sbuf *b, int64_t value);                  /* decimal digits */
void sbuf_hex(struct sbuf *b, const uint8_t *bytes, size_t n); /* lower-case */
void sbuf_format(struct sbuf *b, const char *format, ...) PRINTF_LIKE(2, 3);

/* Something was dropped: what the buffer holds is only the beginning. */
static inline bool sbuf_full(const struct sbuf *b)
{
    return b->full;
}

static inline const char *sbuf_str(const struct sbuf *b)
{
    return b->bytes ? b->bytes : "";
}

#endif
