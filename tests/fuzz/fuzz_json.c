/* JSON bodies of strangers: what is accepted is written canonically, and that reads as itself. */
#include <stdint.h>

#include "inventory/base/json.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define CHECK(fact)                                                                                \
    do {                                                                                           \
        if (!(fact)) {                                                                             \
            abort();                                                                               \
        }                                                                                          \
    } while (0)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct json *first = NULL, *second = NULL;
    struct why why = {0};
    struct sbuf a, b;

    if (json_parse(&first, (const char *)data, size, &why) != OK) {
        CHECK(!first && why.text[0] != '\0');
        return 0;
    }
    sbuf_init(&a, size * 6 + 64);
    sbuf_init(&b, size * 6 + 64);
    json_write(&a, first);
    CHECK(!sbuf_full(&a));
    CHECK(json_parse(&second, a.bytes, a.len, NULL) == OK);
    json_write(&b, second);
    CHECK(a.len == b.len && memcmp(a.bytes, b.bytes, a.len) == 0);
    sbuf_done(&a);
    sbuf_done(&b);
    json_free(first);
    json_free(second);
    return 0;
}
