/* Ids: made as UUIDv7 (RFC 9562), written as 32 lower-case hex digits. */
#ifndef BASE_ID_H
#define BASE_ID_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "attr.h"
#include "ids.h"
#include "when.h"

/* Fills a new id: 48 bits of milliseconds, then random.  Two ids of one process made in the same
 * millisecond still rise (a 12-bit counter), so that facts keep the order they were written in. */
void id_make(uint8_t bytes[ID_BYTES], struct instant now);

/* From now on the random part comes from this seed, for tests, demo and fixed journals; 0 turns
 * back to the system's randomness. */
void id_seed(uint64_t seed);

/* Random bytes from that source, for label codes.  Never for secrets: random_bytes() is. */
void id_random(void *out, size_t n);

void id_hex(char out[ID_HEX_MAX], const uint8_t bytes[ID_BYTES]);
/* false unless text is exactly 32 hex digits (either case). */
NODISCARD bool id_parse(uint8_t bytes[ID_BYTES], const char *text);

#define ID_DECLARE(kind)                                                                           \
    static inline struct kind##_id kind##_id_new(struct instant now)                               \
    {                                                                                              \
        struct kind##_id id = {{0}};                                                               \
        id_make(id.bytes, now);                                                                    \
        return id;                                                                                 \
    }
ID_KINDS(ID_DECLARE)
#undef ID_DECLARE

#endif
