/* A buffer of bytes that is born with its maximum. */
#include "inventory/base/sbuf.h"

#include <assert.h>
#include <stdarg.h>
#include <stdint.h>

#include "inventory/base/arena.h"

enum { ROOM_FIRST = 64 };

void sbuf_init(struct sbuf *b, size_t max)
{
    *b = (struct sbuf){.max = max};
}

void sbuf_done(struct sbuf *b)
{
    free(b->bytes);
    *b = (struct sbuf){.max = b->max};
}

void sbuf_clear(struct sbuf *b)
{
    b->len = 0;
    b->full = false;
    if (b->bytes) {
        b->bytes[0] = '\0';
    }
}

/* Most pieces are short and find room. */
static inline bool has_room(const struct sbuf *b, size_t n)
{
    return !b->full && n < b->room - b->len && n <= b->max - b->len;
}

/* Makes place for n bytes and the NUL; false when that would pass the maximum. */
static bool reserve(struct sbuf *b, size_t n)
{
    size_t room = b->room ? b->room : ROOM_FIRST;

    if (has_room(b, n)) {
        return true;
    }
    if (b->full || n > b->max - b->len) {
        b->full = true;
        return false;
    }
    while (room < b->len + n + 1) {
        room = room > SIZE_MAX / 2 ? b->len + n + 1 : room * 2;
    }
    if (!b->bytes || room != b->room) {
        b->bytes = mem_grow(b->bytes, room);
        b->room = room;
    }
    return true;
}

void sbuf_add(struct sbuf *b, const void *bytes, size_t n)
{
    if (!reserve(b, n)) {
        return;
    }
    if (n > 0) {
        memcpy(b->bytes + b->len, bytes, n);
    }
    b->len += n;
    b->bytes[b->len] = '\0';
}

void sbuf_text(struct sbuf *b, const char *text)
{
    sbuf_add(b, text, strlen(text));
}

void sbuf_char(struct sbuf *b, char c)
{
    if (reserve(b, 1)) {
        b->bytes[b->len++] = c;
        b->bytes[b->len] = '\0';
    }
}

void sbuf_int(struct sbuf *b, int64_t value)
{
    char digits[24];
    size_t at = sizeof digits;
    uint64_t rest = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;

    do {
        digits[--at] = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest > 0);
    if (value < 0) {
        digits[--at] = '-';
    }
    sbuf_add(b, digits + at, sizeof digits - at);
}

void sbuf_hex(struct sbuf *b, const uint8_t *bytes, size_t n)
{
    static const char digits[] = "0123456789abcdef";

    if (n > SIZE_MAX / 2 || !reserve(b, n * 2)) {
        b->full = true;
        return;
    }
    for (size_t i = 0; i < n; i++) {
        b->bytes[b->len++] = digits[bytes[i] >> 4];
        b->bytes[b->len++] = digits[bytes[i] & 15];
    }
    b->bytes[b->len] = '\0';
}

void sbuf_format(struct sbuf *b, const char *format, ...)
{
    va_list args;
    int n;

    va_start(args, format);
    n = vsnprintf(NULL, 0, format, args);
    va_end(args);
    assert(n >= 0);
    if (!reserve(b, (size_t)n)) {
        return;
    }
    va_start(args, format);
    vsnprintf(b->bytes + b->len, (size_t)n + 1, format, args);
    va_end(args);
    b->len += (size_t)n;
}
