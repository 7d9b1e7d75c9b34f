/* Writing a receipt number by its format. */
#include "pos/sale_number.h"

#include "inventory/base/sbuf.h"

static bool place(struct sbuf *b, const char *name, size_t n, const struct sale_number *number)
{
    if (n == 4 && memcmp(name, "till", n) == 0) {
        sbuf_text(b, number->till);
    } else if (n == 6 && memcmp(name, "satker", n) == 0) {
        sbuf_text(b, number->satker);
    } else if (n == 4 && memcmp(name, "year", n) == 0) {
        sbuf_int(b, number->year);
    } else if (n == 5 && memcmp(name, "epoch", n) == 0) {
        sbuf_text(b, strcmp(number->epoch, "A") == 0 ? "" : number->epoch);
    } else if (n == 2 && memcmp(name, "no", n) == 0) {
        sbuf_format(b, "%06lld", (long long)number->no);
    } else {
        return false;
    }
    return true;
}

bool sale_number_write(char out[SALE_NUMBER_LEN_MAX + 1], const char *format,
                       const struct sale_number *number)
{
    struct sbuf b;
    bool fits;

    sbuf_init(&b, SALE_NUMBER_LEN_MAX);
    while (*format) {
        const char *end = *format == '{' ? strchr(format, '}') : NULL;

        if (end && place(&b, format + 1, (size_t)(end - format) - 1, number)) {
            format = end + 1;
        } else {
            sbuf_char(&b, *format++);
        }
    }
    fits = !b.full && b.len > 0;
    if (fits) {
        memcpy(out, b.bytes, b.len + 1);
    }
    sbuf_done(&b);
    return fits;
}
