/* Label codes and their check character.
 *
 * The 32 characters stand for the elements of GF(32), the polynomials over GF(2) modulo
 * x^5 + x^2 + 1, in which x generates all 31 elements that are not zero.  Ten characters v0 .. v9
 * are a code when v0 x^9 + v1 x^8 + .. + v9 = 0.  The ten weights are distinct and none is zero, so
 * that a wrong character (difference d at weight w adds w d, not 0) and a swap of any two unequal
 * characters (adds (w1 + w2)(a + b), not 0) are always seen. */
#include "inventory/base/label_code.h"

#include <stdint.h>

#include "inventory/base/id.h"

static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

enum { LETTERS = 22, FIRST_LETTER = 10, FIELD = 32, MODULUS = 0x25 /* x^5 + x^2 + 1 */ };

static int value_of(char c)
{
    const char *at = c ? strchr(alphabet, c) : NULL;

    return at ? (int)(at - alphabet) : -1;
}

static unsigned times_x(unsigned v)
{
    v <<= 1;
    return v & FIELD ? v ^ MODULUS : v;
}

/* A letter, each as likely as the other. */
static char random_letter(void)
{
    uint8_t byte;

    do {
        id_random(&byte, 1);
    } while (byte >= 256 / LETTERS * LETTERS);
    return alphabet[FIRST_LETTER + byte % LETTERS];
}

struct label_code label_code_new(void)
{
    struct label_code code = {{0}};
    uint8_t random[LABEL_CODE_LEN - 2];
    unsigned sum;

    code.text[0] = random_letter();
    id_random(random, sizeof random);
    sum = (unsigned)value_of(code.text[0]);
    for (size_t i = 0; i < sizeof random; i++) {
        code.text[1 + i] = alphabet[random[i] % FIELD];
        sum = times_x(sum) ^ random[i] % FIELD;
    }
    code.text[LABEL_CODE_LEN - 1] = alphabet[times_x(sum)];
    return code;
}

bool label_code_valid(const char *text)
{
    unsigned sum = 0;

    for (size_t i = 0; i < LABEL_CODE_LEN; i++) {
        int v = value_of(text[i]);

        if (v < 0 || (i == 0 && v < FIRST_LETTER)) {
            return false;
        }
        sum = times_x(sum) ^ (unsigned)v;
    }
    return sum == 0 && text[LABEL_CODE_LEN] == '\0';
}

void label_code_groups(char out[LABEL_GROUPS_MAX], struct label_code code)
{
    snprintf(out, LABEL_GROUPS_MAX, "%.4s %.3s %.3s", code.text, code.text + 4, code.text + 7);
}
