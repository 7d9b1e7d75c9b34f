/* Label codes: every single wrong character and every swap is seen. */
#include <stdbool.h>

#include "inventory/base/id.h"
#include "inventory/base/label_code.h"
#include "tests/base/cmocka_all.h"

enum { CODES = 3000, FIELD = 32 };

static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

static void codes_have_their_form(void **state)
{
    (void)state;
    id_seed(0);
    for (int i = 0; i < 20000; i++) {
        struct label_code code = label_code_new();

        assert_int_equal(strlen(code.text), LABEL_CODE_LEN);
        assert_int_equal(strspn(code.text, alphabet), LABEL_CODE_LEN);
        assert_true(code.text[0] >= 'A' && code.text[0] <= 'Z');
        assert_true(label_code_valid(code.text));
    }
}

static void codes_use_the_whole_alphabet(void **state)
{
    int first[128] = {0}, inside[128] = {0};

    (void)state;
    id_seed(77);
    for (int i = 0; i < 20000; i++) {
        struct label_code code = label_code_new();

        first[(int)code.text[0]]++;
        inside[(int)code.text[5]]++;
    }
    for (int i = 0; i < FIELD; i++) {
        /* Expected 909 and 625; six sigma away would be 730 and 477. */
        assert_true(i < 10 ? first[(int)alphabet[i]] == 0 : first[(int)alphabet[i]] > 730);
        assert_true(inside[(int)alphabet[i]] > 477);
    }
}

static void a_seed_repeats_its_codes(void **state)
{
    struct label_code a, b;

    (void)state;
    id_seed(5);
    a = label_code_new();
    b = label_code_new();
    assert_string_not_equal(a.text, b.text);
    id_seed(5);
    b = label_code_new();
    assert_string_equal(a.text, b.text);
}

static void every_wrong_character_is_seen(void **state)
{
    (void)state;
    id_seed(2);
    for (int i = 0; i < CODES; i++) {
        struct label_code code = label_code_new();

        for (size_t at = 0; at < LABEL_CODE_LEN; at++) {
            struct label_code wrong = code;

            for (size_t c = 0; c < FIELD; c++) {
                wrong.text[at] = alphabet[c];
                if (label_code_valid(wrong.text) != (alphabet[c] == code.text[at])) {
                    fail_msg("%s and %s", code.text, wrong.text);
                }
            }
        }
    }
}

static void every_swap_is_seen(void **state)
{
    (void)state;
    id_seed(3);
    for (int i = 0; i < CODES; i++) {
        struct label_code code = label_code_new();

        /* Not of neighbours only: of any two. */
        for (size_t a = 0; a < LABEL_CODE_LEN; a++) {
            for (size_t b = a + 1; b < LABEL_CODE_LEN; b++) {
                struct label_code wrong = code;

                wrong.text[a] = code.text[b];
                wrong.text[b] = code.text[a];
                if (code.text[a] != code.text[b] && label_code_valid(wrong.text)) {
                    fail_msg("%s and %s", code.text, wrong.text);
                }
            }
        }
    }
}

/* ---- why it must be so: the algebra, computed another way ---- */

/* Product in GF(2)[x] modulo x^5 + x^2 + 1, by long multiplication and division. */
static unsigned times(unsigned a, unsigned b)
{
    unsigned product = 0;

    for (unsigned i = 0; i < 5; i++) {
        product ^= (b >> i & 1) * (a << i);
    }
    for (unsigned bit = 9; bit >= 5; bit--) {
        product ^= (product >> bit & 1) * (0x25U << (bit - 5));
    }
    return product;
}

static void weight_table(unsigned weights[LABEL_CODE_LEN])
{
    unsigned w = 1;

    for (size_t i = LABEL_CODE_LEN; i-- > 0; w = times(w, 2)) {
        weights[i] = w;
    }
}

/* No product of two elements that are not zero is zero: the 32 characters are a field. */
static void the_characters_are_a_field(void **state)
{
    (void)state;
    for (unsigned a = 1; a < FIELD; a++) {
        bool has_inverse = false;

        for (unsigned b = 1; b < FIELD; b++) {
            assert_true(times(a, b) != 0 && times(a, b) < FIELD);
            has_inverse = has_inverse || times(a, b) == 1;
        }
        assert_true(has_inverse);
    }
}

/* In a field these two are the whole proof: w d != 0 for a wrong character, (w1 + w2)(a + b) != 0
 * for a swap. */
static void the_weights_are_distinct_and_not_zero(void **state)
{
    unsigned weights[LABEL_CODE_LEN];

    (void)state;
    weight_table(weights);
    for (size_t i = 0; i < LABEL_CODE_LEN; i++) {
        assert_int_not_equal(weights[i], 0);
        for (size_t k = 0; k < i; k++) {
            assert_int_not_equal(weights[i], weights[k]);
        }
    }
}

static void codes_are_the_zeros_of_the_weighted_sum(void **state)
{
    unsigned weights[LABEL_CODE_LEN];
    uint64_t seed = 8;
    int valid = 0;

    (void)state;
    weight_table(weights);
    for (int i = 0; i < 200000; i++) {
        char text[LABEL_CODE_MAX] = {0};
        unsigned sum = 0;

        for (size_t k = 0; k < LABEL_CODE_LEN; k++) {
            unsigned v = (unsigned)(pick(&seed) % FIELD);

            text[k] = alphabet[v];
            sum ^= times(weights[k], v);
        }
        if (label_code_valid(text) != (sum == 0 && text[0] >= 'A')) {
            fail_msg("%s", text);
        }
        valid += label_code_valid(text);
    }
    assert_true(valid > 3000);
}

static const struct {
    const char *text;
    bool valid;
} codes[] = {
    {"A7K2M9QXP2", true},    {"B0T1K00013", true},   {"ZZZZZZZZZX", true},
    {"A00000000Z", true},    {"A7K2M9QXP3", false},  {"a7k2m9qxp2", false},
    {"A7K2M9QXP", false},    {"A7K2M9QXP22", false}, {"", false},
    {"0000000000", false},   {"A7K2M9QXO2", false},  {"A7K2M9QX 2", false},
    {"A7K2 M9Q XP2", false},
};

static void codes_by_table(void **state)
{
    (void)state;
    for (size_t i = 0; i < LENGTH(codes); i++) {
        if (label_code_valid(codes[i].text) != codes[i].valid) {
            fail_msg("%s", codes[i].text);
        }
    }
}

static void groups_for_people(void **state)
{
    char groups[LABEL_GROUPS_MAX];

    (void)state;
    label_code_groups(groups, (struct label_code){"A7K2M9QXP2"});
    assert_string_equal(groups, "A7K2 M9Q XP2");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(codes_have_their_form),
        cmocka_unit_test(codes_use_the_whole_alphabet),
        cmocka_unit_test(a_seed_repeats_its_codes),
        cmocka_unit_test(every_wrong_character_is_seen),
        cmocka_unit_test(every_swap_is_seen),
        cmocka_unit_test(the_characters_are_a_field),
        cmocka_unit_test(the_weights_are_distinct_and_not_zero),
        cmocka_unit_test(codes_are_the_zeros_of_the_weighted_sum),
        cmocka_unit_test(codes_by_table),
        cmocka_unit_test(groups_for_people),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
