/* Ids: made as UUIDv7 (RFC 9562), written as 32 lower-case hex digits. */
#include "inventory/base/id.h"

#include <pthread.h>

#include "inventory/base/secret.h"

enum { COUNTER_MAX = 0xFFF };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct {
    uint64_t seed, draw; /* seed 0: the system's randomness */
    uint64_t last_ms;
    uint32_t counter;
    bool made; /* last_ms means something */
} source;

static void draw_locked(void *out, size_t n)
{
    if (source.seed) {
        random_repeatable(out, n, (struct random_stream){source.seed, source.draw++});
    } else {
        random_bytes(out, n);
    }
}

void id_random(void *out, size_t n)
{
    pthread_mutex_lock(&lock);
    draw_locked(out, n);
    pthread_mutex_unlock(&lock);
}

void id_seed(uint64_t seed)
{
    pthread_mutex_lock(&lock);
    source.seed = seed;
    source.draw = 0;
    source.last_ms = 0;
    source.counter = 0;
    source.made = false;
    pthread_mutex_unlock(&lock);
}

/* Time and counter of the next id, always above those of the one before, even when the clock steps
 * back or 4096 ids were made in one millisecond. */
static void advance_locked(uint64_t now_ms)
{
    if (!source.made || now_ms > source.last_ms) {
        source.last_ms = now_ms;
        source.counter = 0;
        source.made = true;
    } else if (source.counter < COUNTER_MAX) {
        source.counter++;
    } else {
        source.last_ms++;
        source.counter = 0;
    }
}

void id_make(uint8_t bytes[ID_BYTES], struct instant now)
{
    uint64_t ms = now.ms > 0 ? (uint64_t)now.ms & UINT64_C(0xFFFFFFFFFFFF) : 0;

    pthread_mutex_lock(&lock);
    advance_locked(ms);
    for (int i = 0; i < 6; i++) {
        bytes[i] = (uint8_t)(source.last_ms >> (40 - 8 * i));
    }
    bytes[6] = (uint8_t)(0x70 | source.counter >> 8);
    bytes[7] = (uint8_t)source.counter;
    draw_locked(bytes + 8, 8);
    pthread_mutex_unlock(&lock);
    bytes[8] = (uint8_t)(0x80 | (bytes[8] & 0x3F));
}

void id_hex(char out[ID_HEX_MAX], const uint8_t bytes[ID_BYTES])
{
    static const char digits[] = "0123456789abcdef";

    for (size_t i = 0; i < ID_BYTES; i++) {
        out[2 * i] = digits[bytes[i] >> 4];
        out[2 * i + 1] = digits[bytes[i] & 15];
    }
    out[ID_HEX_MAX - 1] = '\0';
}

static int hex_value(char c)
{
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    if (c >= 'a' && c <= 'f') {
        return c - 'a' + 10;
    }
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

bool id_parse(uint8_t bytes[ID_BYTES], const char *text)
{
    uint8_t read[ID_BYTES];

    for (size_t i = 0; i < ID_BYTES; i++) {
        int high = hex_value(text[2 * i]);
        int low = high < 0 ? -1 : hex_value(text[2 * i + 1]);

        if (low < 0) {
            return false;
        }
        read[i] = (uint8_t)(high << 4 | low);
    }
    if (text[ID_HEX_MAX - 1] != '\0') {
        return false;
    }
    memcpy(bytes, read, sizeof read);
    return true;
}
