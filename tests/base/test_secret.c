/* Hashes, passwords, randomness. */
#include <pthread.h>

#include "inventory/base/secret.h"
#include "tests/base/cmocka_all.h"

static void hex_of(char out[SHA256_HEX_MAX], const uint8_t hash[SHA256_BYTES])
{
    for (size_t i = 0; i < SHA256_BYTES; i++) {
        snprintf(out + 2 * i, 3, "%02x", hash[i]);
    }
}

/* FIPS 180-4 examples and the empty text. */
static const struct {
    const char *text, *hash;
} hashes[] = {
    {"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
    {"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
    {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
     "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
};

static void sha256_knows_its_examples(void **state)
{
    (void)state;
    for (size_t i = 0; i < LENGTH(hashes); i++) {
        uint8_t hash[SHA256_BYTES];
        char hex[SHA256_HEX_MAX];

        sha256_of(hash, hashes[i].text, strlen(hashes[i].text));
        hex_of(hex, hash);
        assert_string_equal(hex, hashes[i].hash);
    }
}

static void sha256_running_may_be_copied(void **state)
{
    struct sha256 whole, copy;
    uint8_t a[SHA256_BYTES], b[SHA256_BYTES], c[SHA256_BYTES];
    char text[1000];

    (void)state;
    memset(text, 'q', sizeof text);
    sha256_of(c, text, sizeof text);
    sha256_begin(&whole);
    sha256_add(&whole, text, 333);
    copy = whole;
    sha256_add(&whole, text, 667);
    sha256_add(&whole, NULL, 0);
    sha256_end(&whole, a);
    sha256_add(&copy, text, 600);
    sha256_add(&copy, text, 67);
    sha256_end(&copy, b);
    assert_memory_equal(a, c, sizeof a);
    assert_memory_equal(b, c, sizeof b);
}

static void password_is_kept_as_argon2id(void **state)
{
    char hash[PASSWORD_HASH_MAX], again[PASSWORD_HASH_MAX];

    (void)state;
    assert_true(password_hash(hash, "rahasia toko 7"));
    assert_memory_equal(hash, "$argon2id$v=19$m=19456,t=2,p=1$", 31);
    assert_true(password_hash(again, "rahasia toko 7"));
    assert_string_not_equal(hash, again);
    assert_true(password_right(hash, "rahasia toko 7"));
    assert_true(password_right(again, "rahasia toko 7"));
    assert_false(password_right(hash, "rahasia toko 8"));
    assert_false(password_right(hash, ""));
    assert_false(password_right("", "rahasia toko 7"));
    assert_false(password_right("$argon2id$v=19$rusak", "rahasia toko 7"));
    assert_true(password_hash(hash, ""));
    assert_true(password_right(hash, ""));
}

static void token_is_43_characters_of_base64url(void **state)
{
    char token[TOKEN_TEXT_MAX], other[TOKEN_TEXT_MAX];

    (void)state;
    for (int i = 0; i < 100; i++) {
        token_make(token);
        token_make(other);
        assert_int_equal(strlen(token), TOKEN_TEXT_MAX - 1);
        assert_int_equal(strspn(token, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                                       "0123456789-_"),
                         TOKEN_TEXT_MAX - 1);
        assert_string_not_equal(token, other);
    }
}

static void equal_or_not(void **state)
{
    (void)state;
    assert_true(secret_equal("abc", "abc", 3));
    assert_true(secret_equal("abc", "abd", 2));
    assert_false(secret_equal("abc", "abd", 3));
    assert_true(secret_equal("", "x", 0));
}

static void repeatable_depends_on_seed_and_draw(void **state)
{
    uint8_t a[40], b[40], shorter[10];

    (void)state;
    random_repeatable(a, sizeof a, (struct random_stream){5, 0});
    random_repeatable(b, sizeof b, (struct random_stream){5, 0});
    assert_memory_equal(a, b, sizeof a);
    random_repeatable(shorter, sizeof shorter, (struct random_stream){5, 0});
    assert_memory_equal(a, shorter, sizeof shorter);
    random_repeatable(b, sizeof b, (struct random_stream){5, 1});
    assert_memory_not_equal(a, b, sizeof a);
    random_repeatable(b, sizeof b, (struct random_stream){6, 0});
    assert_memory_not_equal(a, b, sizeof a);
}

static void *start_and_draw(void *arg)
{
    secret_start();
    random_bytes(arg, 16);
    return NULL;
}

static void many_threads_start_at_once(void **state)
{
    pthread_t threads[8];
    uint8_t drawn[8][16] = {{0}};

    (void)state;
    for (int i = 0; i < 8; i++) {
        assert_int_equal(pthread_create(&threads[i], NULL, start_and_draw, drawn[i]), 0);
    }
    for (int i = 0; i < 8; i++) {
        assert_int_equal(pthread_join(threads[i], NULL), 0);
    }
    for (int i = 1; i < 8; i++) {
        assert_memory_not_equal(drawn[i - 1], drawn[i], 16);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(many_threads_start_at_once),
        cmocka_unit_test(sha256_knows_its_examples),
        cmocka_unit_test(sha256_running_may_be_copied),
        cmocka_unit_test(password_is_kept_as_argon2id),
        cmocka_unit_test(token_is_43_characters_of_base64url),
        cmocka_unit_test(equal_or_not),
        cmocka_unit_test(repeatable_depends_on_seed_and_draw),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
