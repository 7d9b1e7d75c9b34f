/* The one door to libsodium: hashes, passwords, randomness. */
#ifndef BASE_SECRET_H
#define BASE_SECRET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "attr.h"

enum { SHA256_BYTES = 32, SHA256_HEX_MAX = 65, PASSWORD_HASH_MAX = 128, TOKEN_TEXT_MAX = 44 };

/* Once at start, before any other call; stops the program if the system has no randomness. */
void secret_start(void);

struct sha256 { /* a running hash; no pointer inside, may be copied */
    _Alignas(8) uint8_t opaque[128];
};
void sha256_begin(struct sha256 *h);
void sha256_add(struct sha256 *h, const void *bytes, size_t n);
void sha256_end(struct sha256 *h, uint8_t out[SHA256_BYTES]);
void sha256_of(uint8_t out[SHA256_BYTES], const void *bytes, size_t n);

void random_bytes(void *out, size_t n);
/* Bytes that look random and depend on seed and draw only: for tests and the demo, never a secret.
 */
struct random_stream {
    uint64_t seed, draw;
};
void random_repeatable(void *out, size_t n, struct random_stream from);
/* Equal in time that does not depend on where they differ. */
bool secret_equal(const void *a, const void *b, size_t n);

/* argon2id (m = 19 MiB, t = 2: OWASP 2023).  About 30 ms: call it outside the store. */
NODISCARD bool password_hash(char out[PASSWORD_HASH_MAX], const char *password);
bool password_right(const char *hash, const char *password);

/* 32 random bytes as 43 characters of base64url: session cookies, tokens, one-time links. */
void token_make(char out[TOKEN_TEXT_MAX]);

#endif
