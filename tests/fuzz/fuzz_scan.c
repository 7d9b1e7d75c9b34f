/* Scanned text: reading is total, and what comes out is safe to look up and to show. */
#include <stdint.h>

#include "inventory/base/label_code.h"
#include "inventory/base/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define CHECK(fact)                                                                                \
    do {                                                                                           \
        if (!(fact)) {                                                                             \
            abort();                                                                               \
        }                                                                                          \
    } while (0)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct scanned got = scan_read((const char *)data, size);
    struct scanned again;
    size_t n = strnlen(got.rest, sizeof got.rest);

    CHECK(n < sizeof got.rest && utf8_valid(got.rest, n) && !utf8_has_control(got.rest));
    CHECK(!strchr(got.rest, '\t') && !strchr(got.rest, '\n'));
    CHECK((got.kind == SCANNED_LABEL) == label_code_valid(got.code.text));
    CHECK((got.kind == SCANNED_NOTHING) == (n == 0));
    if (got.kind == SCANNED_LABEL) {
        again = scan_read(got.code.text, LABEL_CODE_LEN);
        CHECK(again.kind == SCANNED_LABEL && strcmp(again.code.text, got.code.text) == 0);
    }
    return 0;
}
