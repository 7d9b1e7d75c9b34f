/* UTF-8: checking and trimming what strangers send. */
#include "inventory/base/utf8.h"

#include <stdint.h>

static bool is_tail(unsigned char c)
{
    return (c & 0xC0) == 0x80;
}

/* Bytes of the well-formed sequence that begins at p, 0 when there is none (Unicode table 3-7). */
static size_t sequence(const unsigned char *p, size_t n)
{
    unsigned char low = 0x80;
    unsigned char high = 0xBF;
    size_t len;

    if (p[0] < 0x80) {
        return p[0] != 0;
    }
    if (p[0] >= 0xC2 && p[0] <= 0xDF) {
        len = 2;
    } else if ((p[0] & 0xF0) == 0xE0) {
        len = 3;
        low = p[0] == 0xE0 ? 0xA0 : low;
        high = p[0] == 0xED ? 0x9F : high;
    } else if (p[0] >= 0xF0 && p[0] <= 0xF4) {
        len = 4;
        low = p[0] == 0xF0 ? 0x90 : low;
        high = p[0] == 0xF4 ? 0x8F : high;
    } else {
        return 0;
    }
    if (n < len || p[1] < low || p[1] > high) {
        return 0;
    }
    for (size_t i = 2; i < len; i++) {
        if (!is_tail(p[i])) {
            return 0;
        }
    }
    return len;
}

size_t utf8_step(const char *bytes, size_t n)
{
    return n > 0 ? sequence((const unsigned char *)bytes, n) : 0;
}

bool utf8_valid(const char *bytes, size_t n)
{
    size_t at = 0;

    while (at < n) {
        size_t len = utf8_step(bytes + at, n - at);

        if (len == 0) {
            return false;
        }
        at += len;
    }
    return true;
}

size_t utf8_count(const char *text)
{
    size_t count = 0;

    for (; *text; text++) {
        count += !is_tail((unsigned char)*text);
    }
    return count;
}

size_t utf8_prefix(const char *text, size_t points)
{
    size_t at = 0;
    size_t seen = 0;

    for (; text[at]; at++) {
        if (!is_tail((unsigned char)text[at]) && seen++ == points) {
            break;
        }
    }
    return at;
}

bool utf8_has_control(const char *text)
{
    const unsigned char *p = (const unsigned char *)text;

    for (; *p; p++) {
        bool c0 = *p < 0x20 && *p != '\t' && *p != '\n';
        bool c1 = *p == 0xC2 && p[1] >= 0x80 && p[1] <= 0x9F;

        if (c0 || c1 || *p == 0x7F) {
            return true;
        }
    }
    return false;
}
