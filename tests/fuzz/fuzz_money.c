/* Amounts and quantities typed by strangers: what is accepted is in range and survives writing. */
#include <stdint.h>

#include "inventory/base/money_text.h"
#include "inventory/base/qty_text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { INPUT_MAX = 256 };

#define CHECK(fact)                                                                                \
    do {                                                                                           \
        if (!(fact)) {                                                                             \
            abort();                                                                               \
        }                                                                                          \
    } while (0)

static void money(const char *text)
{
    struct rupiah amount = RUPIAH(-77), again = RUPIAH(-77);
    char written[MONEY_TEXT_MAX], words[WORDS_TEXT_MAX];

    if (money_parse(&amount, text) != OK) {
        CHECK(amount.rp == -77);
        return;
    }
    CHECK(amount.rp >= 0 && amount.rp <= RUPIAH_MAX);
    money_long(written, amount);
    CHECK(money_parse(&again, written) == OK && again.rp == amount.rp);
    terbilang(words, amount);
    CHECK(words[0] != '\0' && words[strlen(words) - 1] != ' ');
    CHECK(rupiah_share_down(amount, 10000).rp == amount.rp);
}

static void quantity(const char *text)
{
    struct qty qty = QTY(-77), again = QTY(-77);
    char written[QTY_TEXT_MAX];

    if (qty_parse(&qty, text) != OK) {
        CHECK(qty.milli == -77);
        return;
    }
    CHECK(qty.milli > 0 && qty.milli <= QTY_MAX_MILLI);
    qty_text(written, qty);
    CHECK(qty_parse(&again, written) == OK && again.milli == qty.milli);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char text[INPUT_MAX + 1];

    if (size > INPUT_MAX) {
        return 0;
    }
    memcpy(text, data, size);
    text[size] = '\0';
    money(text);
    quantity(text);
    return 0;
}
