/* Quantities as text: "26,5" on the screen, "26.5" on the machine interface. */
#include "inventory/base/qty_text.h"

static void write_qty(char out[QTY_TEXT_MAX], struct qty q, char point)
{
    uint64_t milli = q.milli < 0 ? -(uint64_t)q.milli : (uint64_t)q.milli;
    int n = snprintf(out, QTY_TEXT_MAX, "%s%ju%c%03u", q.milli < 0 ? "-" : "",
                     (uintmax_t)(milli / 1000), point, (unsigned)(milli % 1000));

    while (n > 0 && out[n - 1] == '0') {
        n--;
    }
    if (n > 0 && out[n - 1] == point) {
        n--;
    }
    out[n] = '\0';
}

void qty_text(char out[QTY_TEXT_MAX], struct qty q)
{
    write_qty(out, q, ',');
}

void qty_decimal(char out[QTY_TEXT_MAX], struct qty q)
{
    write_qty(out, q, '.');
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

enum err qty_parse(struct qty *out, const char *text)
{
    int64_t milli = 0;
    int64_t unit = 1000;

    while (*text == ' ' || *text == '\t') {
        text++;
    }
    if (!is_digit(*text)) {
        return ERR_INVALID;
    }
    for (; is_digit(*text); text++) {
        milli = milli * 10 + (*text - '0') * INT64_C(1000);
        if (milli > QTY_MAX_MILLI) {
            return ERR_INVALID;
        }
    }
    if (*text == ',' || *text == '.') {
        if (!is_digit(*++text)) {
            return ERR_INVALID;
        }
        for (; is_digit(*text) && unit > 1; text++) {
            unit /= 10;
            milli += (*text - '0') * unit;
        }
    }
    while (*text == ' ' || *text == '\t') {
        text++;
    }
    if (*text != '\0' || milli <= 0 || milli > QTY_MAX_MILLI) {
        return ERR_INVALID;
    }
    *out = QTY(milli);
    return OK;
}
