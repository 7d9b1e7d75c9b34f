/* Rupiah as people write them, and what is made of what they type. */
#include "inventory/base/money_text.h"

#include <assert.h>

#include "inventory/base/sbuf.h"

static uint64_t magnitude(int64_t value)
{
    return value < 0 ? -(uint64_t)value : (uint64_t)value;
}

static void write_grouped(char out[MONEY_TEXT_MAX], struct rupiah amount, const char *unit,
                          const char *cents)
{
    char digits[24];
    char grouped[32];
    int n = snprintf(digits, sizeof digits, "%ju", (uintmax_t)magnitude(amount.rp));
    int at = 0;

    for (int i = 0; i < n; i++) {
        if (i > 0 && (n - i) % 3 == 0) {
            grouped[at++] = '.';
        }
        grouped[at++] = digits[i];
    }
    grouped[at] = '\0';
    snprintf(out, MONEY_TEXT_MAX, "%s%s%s%s", amount.rp < 0 ? "-" : "", unit, grouped, cents);
}

void money_short(char out[MONEY_TEXT_MAX], struct rupiah amount)
{
    write_grouped(out, amount, "Rp", "");
}

void money_long(char out[MONEY_TEXT_MAX], struct rupiah amount)
{
    write_grouped(out, amount, "Rp", ",00");
}

void money_figures(char out[MONEY_TEXT_MAX], struct rupiah amount)
{
    write_grouped(out, amount, "", "");
}

/* ---- reading ---- */

static void skip_blanks(const char **at)
{
    while (**at == ' ' || **at == '\t') {
        (*at)++;
    }
}

static bool skip_text(const char **at, const char *text)
{
    size_t n = strlen(text);

    if (strncmp(*at, text, n) != 0) {
        return false;
    }
    *at += n;
    return true;
}

/* Reads a run of digits; its length, or -1 when the value so far is above RUPIAH_MAX. */
static int read_run(int64_t *value, const char **at)
{
    int n = 0;

    for (; **at >= '0' && **at <= '9'; (*at)++) {
        *value = *value * 10 + (**at - '0');
        if (*value > RUPIAH_MAX) {
            return -1;
        }
        n += n < 100;
    }
    return n;
}

/* Digits without stops, or in groups of three behind a first group of one to three. */
static bool read_grouped(int64_t *value, const char **at)
{
    bool leading_zero = **at == '0';
    int first = read_run(value, at);

    if (first <= 0) {
        return false;
    }
    if (**at != '.') {
        return true;
    }
    if (first > 3 || leading_zero) {
        return false;
    }
    while (**at == '.') {
        (*at)++;
        if (read_run(value, at) != 3) {
            return false;
        }
    }
    return true;
}

enum err money_parse(struct rupiah *out, const char *text)
{
    int64_t value = 0;

    skip_blanks(&text);
    if (skip_text(&text, "Rp") || skip_text(&text, "rp") || skip_text(&text, "RP")) {
        (void)skip_text(&text, ".");
        skip_blanks(&text);
    }
    if (!read_grouped(&value, &text)) {
        return ERR_INVALID;
    }
    if (!skip_text(&text, ",00")) {
        (void)skip_text(&text, ",-");
    }
    skip_blanks(&text);
    (void)skip_text(&text, "(IDR)");
    skip_blanks(&text);
    if (*text != '\0') {
        return ERR_INVALID;
    }
    *out = RUPIAH(value);
    return OK;
}

/* ---- words ---- */

static void add_word(struct sbuf *out, const char *word)
{
    if (out->len > 0) {
        sbuf_char(out, ' ');
    }
    sbuf_text(out, word);
}

/* 1 to 999. */
static void add_hundreds(struct sbuf *out, unsigned n)
{
    static const char *const small[] = {"",        "satu",     "dua",     "tiga",
                                        "empat",   "lima",     "enam",    "tujuh",
                                        "delapan", "sembilan", "sepuluh", "sebelas"};

    if (n >= 200) {
        add_word(out, small[n / 100]);
        add_word(out, "ratus");
    } else if (n >= 100) {
        add_word(out, "seratus");
    }
    n %= 100;
    if (n >= 20) {
        add_word(out, small[n / 10]);
        add_word(out, "puluh");
        n %= 10;
    } else if (n >= 12) {
        add_word(out, small[n - 10]);
        add_word(out, "belas");
        n = 0;
    }
    if (n > 0) {
        add_word(out, small[n]);
    }
}

void terbilang(char out[WORDS_TEXT_MAX], struct rupiah amount)
{
    static const struct {
        int64_t value;
        const char *name;
    } scales[] = {{INT64_C(1000000000000), "triliun"},
                  {1000000000, "miliar"},
                  {1000000, "juta"},
                  {1000, "ribu"}};
    int64_t rest = amount.rp < 0 ? -amount.rp : amount.rp;
    struct sbuf text;

    assert(-RUPIAH_MAX <= amount.rp && amount.rp <= RUPIAH_MAX);
    sbuf_init(&text, WORDS_TEXT_MAX - 1);
    if (amount.rp < 0) {
        add_word(&text, "minus");
    }
    for (size_t i = 0; i < LENGTH(scales); i++) {
        int64_t count = rest / scales[i].value;

        rest %= scales[i].value;
        if (count == 1 && scales[i].value == 1000) {
            add_word(&text, "seribu");
        } else if (count > 0) {
            add_hundreds(&text, (unsigned)count);
            add_word(&text, scales[i].name);
        }
    }
    if (rest > 0) {
        add_hundreds(&text, (unsigned)rest);
    } else if (amount.rp == 0) {
        add_word(&text, "nol");
    }
    snprintf(out, WORDS_TEXT_MAX, "%s", sbuf_str(&text));
    sbuf_done(&text);
}

/* ---- shares and products ---- */

struct rupiah rupiah_share_down(struct rupiah total, int32_t bps)
{
    assert(bps >= 0 && bps <= 10000);
    return RUPIAH(total.rp / 10000 * bps + total.rp % 10000 * bps / 10000);
}

bool rupiah_times_half_up(struct rupiah *out, struct rupiah price, int64_t qty_milli)
{
    bool negative = (price.rp < 0) != (qty_milli < 0);
    uint64_t product;
    int64_t rounded;

    /* A reversal is the exact opposite of its sale, so half goes away from zero. */
    if (__builtin_mul_overflow(magnitude(price.rp), magnitude(qty_milli), &product) ||
        product / 1000 > (uint64_t)RUPIAH_MAX) {
        return false;
    }
    rounded = (int64_t)((product + 500) / 1000);
    if (rounded > RUPIAH_MAX) {
        return false;
    }
    *out = RUPIAH(negative ? -rounded : rounded);
    return true;
}
