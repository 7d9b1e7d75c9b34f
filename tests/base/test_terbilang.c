/* Amounts in Indonesian words. */
#include <stdbool.h>

#include "inventory/base/money_text.h"
#include "tests/base/cmocka_all.h"

static const struct {
    int64_t n;
    const char *words;
} table[] = {
    {0, "nol"},
    {1, "satu"},
    {9, "sembilan"},
    {10, "sepuluh"},
    {11, "sebelas"},
    {12, "dua belas"},
    {19, "sembilan belas"},
    {20, "dua puluh"},
    {21, "dua puluh satu"},
    {42, "empat puluh dua"},
    {100, "seratus"},
    {101, "seratus satu"},
    {110, "seratus sepuluh"},
    {111, "seratus sebelas"},
    {119, "seratus sembilan belas"},
    {120, "seratus dua puluh"},
    {200, "dua ratus"},
    {999, "sembilan ratus sembilan puluh sembilan"},
    {1000, "seribu"},
    {1001, "seribu satu"},
    {1010, "seribu sepuluh"},
    {1011, "seribu sebelas"},
    {1100, "seribu seratus"},
    {1111, "seribu seratus sebelas"},
    {1999, "seribu sembilan ratus sembilan puluh sembilan"},
    {2000, "dua ribu"},
    {10000, "sepuluh ribu"},
    {11000, "sebelas ribu"},
    {12000, "dua belas ribu"},
    {19000, "sembilan belas ribu"},
    {21000, "dua puluh satu ribu"},
    {10001, "sepuluh ribu satu"},
    {11111, "sebelas ribu seratus sebelas"},
    {100000, "seratus ribu"},
    {100001, "seratus ribu satu"},
    {101000, "seratus satu ribu"},
    {124000, "seratus dua puluh empat ribu"},
    {1000000, "satu juta"},
    {1000001, "satu juta satu"},
    {1001000, "satu juta seribu"},
    {1001001, "satu juta seribu satu"},
    {5000000, "lima juta"},
    {12480600, "dua belas juta empat ratus delapan puluh ribu enam ratus"},
    {1000001000, "satu miliar seribu"},
    {2147483648, "dua miliar seratus empat puluh tujuh juta empat ratus delapan puluh tiga ribu "
                 "enam ratus empat puluh delapan"},
    {1001001001001, "satu triliun satu miliar satu juta seribu satu"},
    {999999999999999,
     "sembilan ratus sembilan puluh sembilan triliun sembilan ratus sembilan puluh sembilan miliar "
     "sembilan ratus sembilan puluh sembilan juta sembilan ratus sembilan puluh sembilan ribu "
     "sembilan ratus sembilan puluh sembilan"},
    {-15000, "minus lima belas ribu"},
    {-1, "minus satu"},
};

static void terbilang_by_table(void **state)
{
    char words[WORDS_TEXT_MAX];

    (void)state;
    for (size_t i = 0; i < LENGTH(table); i++) {
        terbilang(words, RUPIAH(table[i].n));
        assert_string_equal(words, table[i].words);
    }
}

/* Reads the words back, knowing only what each word means, as a person would add them up. */
struct reader {
    int64_t total, group, digit;
    int64_t last_scale;
};

static int64_t digit_of(const char *word)
{
    static const char *const digits[] = {"satu", "dua",   "tiga",    "empat",   "lima",
                                         "enam", "tujuh", "delapan", "sembilan"};

    for (size_t i = 0; i < LENGTH(digits); i++) {
        if (strcmp(word, digits[i]) == 0) {
            return (int64_t)i + 1;
        }
    }
    return 0;
}

static int64_t scale_of(const char *word)
{
    if (strcmp(word, "ribu") == 0) {
        return 1000;
    }
    if (strcmp(word, "juta") == 0) {
        return 1000000;
    }
    if (strcmp(word, "miliar") == 0) {
        return 1000000000;
    }
    return strcmp(word, "triliun") == 0 ? INT64_C(1000000000000) : 0;
}

static void close_group(struct reader *r, int64_t scale)
{
    int64_t count = r->group + r->digit;

    assert_true(count > 0 && count < 1000);
    assert_true(r->last_scale == 0 || scale < r->last_scale);
    assert_false(scale == 1000 && count == 1); /* "satu ribu" is "seribu" */
    r->total += count * scale;
    r->last_scale = scale;
    r->group = 0;
    r->digit = 0;
}

static void read_word(struct reader *r, const char *word)
{
    int64_t scale = scale_of(word);

    if (digit_of(word)) {
        assert_int_equal(r->digit, 0);
        r->digit = digit_of(word);
    } else if (scale) {
        close_group(r, scale);
    } else if (strcmp(word, "seribu") == 0) {
        assert_int_equal(r->group + r->digit, 0);
        r->total += 1000;
        r->last_scale = 1000;
    } else if (strcmp(word, "sepuluh") == 0 || strcmp(word, "sebelas") == 0) {
        r->group += word[3] == 'u' ? 10 : 11;
        assert_int_equal(r->digit, 0);
    } else if (strcmp(word, "seratus") == 0) {
        assert_int_equal(r->group + r->digit, 0);
        r->group = 100;
    } else {
        assert_true(r->digit > 1); /* never "satu ratus", "satu puluh", "satu belas" */
        if (strcmp(word, "belas") == 0) {
            r->group += 10 + r->digit;
        } else if (strcmp(word, "puluh") == 0) {
            r->group += r->digit * 10;
        } else if (strcmp(word, "ratus") == 0) {
            r->group += r->digit * 100;
        } else {
            fail_msg("unknown word \"%s\"", word);
        }
        r->digit = 0;
    }
}

static int64_t number_of(const char *words)
{
    struct reader r = {0};
    bool minus = strncmp(words, "minus ", 6) == 0;

    words += minus ? 6 : 0;
    if (strcmp(words, "nol") == 0) {
        return 0;
    }
    while (*words) {
        char word[16];
        size_t n = strcspn(words, " ");

        assert_true(n > 0 && n < sizeof word);
        memcpy(word, words, n);
        word[n] = '\0';
        read_word(&r, word);
        words += n;
        assert_true(*words == '\0' || words[1] != '\0');
        words += *words == ' ';
    }
    r.total += r.group + r.digit;
    return minus ? -r.total : r.total;
}

static void check_number(int64_t n)
{
    char words[WORDS_TEXT_MAX];

    terbilang(words, RUPIAH(n));
    if (number_of(words) != n) {
        fail_msg("%lld: %s", (long long)n, words);
    }
    assert_null(strstr(words, "seratus seribu"));
    assert_null(strstr(words, "nol "));
}

static void terbilang_can_be_read_back(void **state)
{
    uint64_t seed = 1;

    (void)state;
    for (int64_t n = -1100; n <= 12500; n++) {
        check_number(n);
    }
    for (int64_t n = 1; n < RUPIAH_MAX / 10; n *= 10) {
        for (int64_t k = 1; k < 10; k++) {
            check_number(n * k);
            check_number(n * k - 1);
            check_number(n * k + 1);
            check_number(n * k + n / 1000);
        }
    }
    for (int i = 0; i < 100000; i++) {
        check_number((int64_t)(pick(&seed) % (uint64_t)(RUPIAH_MAX + 1)) >> (i % 48));
    }
    check_number(RUPIAH_MAX);
    check_number(-RUPIAH_MAX);
}

static void the_longest_words_fit(void **state)
{
    char words[WORDS_TEXT_MAX];

    (void)state;
    memset(words, '#', sizeof words);
    terbilang(words, RUPIAH(-RUPIAH_MAX));
    assert_int_equal(words[strlen(words) - 1], 'n');
    assert_true(strlen(words) < WORDS_TEXT_MAX - 1);
    assert_int_equal(words[WORDS_TEXT_MAX - 1], '#');
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(terbilang_by_table),
        cmocka_unit_test(terbilang_can_be_read_back),
        cmocka_unit_test(the_longest_words_fit),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
