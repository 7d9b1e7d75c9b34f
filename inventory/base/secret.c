/* The one door to libsodium: hashes, passwords, randomness. */
#include "inventory/base/secret.h"

#include <assert.h>
#include <pthread.h>
#include <sodium.h>

enum { PASSWORD_PASSES = 2, PASSWORD_MEMORY = 19 * 1024 * 1024, TOKEN_BYTES = 32 };

static_assert(sizeof(crypto_hash_sha256_state) <= sizeof(struct sha256), "room for the state");
static_assert(crypto_hash_sha256_BYTES == SHA256_BYTES, "a SHA-256 is 32 bytes");
static_assert(crypto_pwhash_STRBYTES <= PASSWORD_HASH_MAX, "room for the password hash");
static_assert(sodium_base64_ENCODED_LEN(TOKEN_BYTES, sodium_base64_VARIANT_URLSAFE_NO_PADDING) ==
                  TOKEN_TEXT_MAX,
              "room for the token");

static void start(void)
{
    if (sodium_init() < 0) {
        fputs("etalase: this computer gives no random numbers, so nothing can be kept secret\n",
              stderr);
        abort();
    }
}

void secret_start(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;

    pthread_once(&once, start);
}

static crypto_hash_sha256_state *state_of(struct sha256 *h)
{
    return (crypto_hash_sha256_state *)(void *)h->opaque;
}

void sha256_begin(struct sha256 *h)
{
    memset(h, 0, sizeof *h);
    crypto_hash_sha256_init(state_of(h));
}

void sha256_add(struct sha256 *h, const void *bytes, size_t n)
{
    if (n > 0) {
        crypto_hash_sha256_update(state_of(h), bytes, n);
    }
}

void sha256_end(struct sha256 *h, uint8_t out[SHA256_BYTES])
{
    crypto_hash_sha256_final(state_of(h), out);
}

void sha256_of(uint8_t out[SHA256_BYTES], const void *bytes, size_t n)
{
    struct sha256 h;

    sha256_begin(&h);
    sha256_add(&h, bytes, n);
    sha256_end(&h, out);
}

void random_bytes(void *out, size_t n)
{
    secret_start();
    randombytes_buf(out, n);
}

void random_repeatable(void *out, size_t n, struct random_stream from)
{
    uint8_t key[randombytes_SEEDBYTES] = {0};

    for (size_t i = 0; i < 8; i++) {
        key[i] = (uint8_t)(from.seed >> (8 * i));
        key[8 + i] = (uint8_t)(from.draw >> (8 * i));
    }
    secret_start();
    randombytes_buf_deterministic(out, n, key);
}

bool secret_equal(const void *a, const void *b, size_t n)
{
    return n == 0 || sodium_memcmp(a, b, n) == 0;
}

bool password_hash(char out[PASSWORD_HASH_MAX], const char *password)
{
    secret_start();
    return crypto_pwhash_str(out, password, strlen(password), PASSWORD_PASSES, PASSWORD_MEMORY) ==
           0;
}

bool password_right(const char *hash, const char *password)
{
    secret_start();
    return crypto_pwhash_str_verify(hash, password, strlen(password)) == 0;
}

void token_make(char out[TOKEN_TEXT_MAX])
{
    uint8_t bytes[TOKEN_BYTES];

    random_bytes(bytes, sizeof bytes);
    sodium_bin2base64(out, TOKEN_TEXT_MAX, bytes, sizeof bytes,
                      sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    sodium_memzero(bytes, sizeof bytes);
}
