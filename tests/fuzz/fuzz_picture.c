/* Photos of strangers: reading ends, what comes out is small, a refusal has a sentence. */
#include <stdint.h>

#include "inventory/base/picture.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define CHECK(fact)                                                                                \
    do {                                                                                           \
        if (!(fact)) {                                                                             \
            abort();                                                                               \
        }                                                                                          \
    } while (0)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct picture p;
    struct why why = {.code = OK};

    if (picture_take(&p, data, size, &why) != OK) {
        CHECK(why.text[0] != '\0' && p.large.bytes == NULL && p.small.bytes == NULL);
        return 0;
    }
    CHECK(p.large.n > 0 && p.small.n > 0);
    CHECK(p.large.width > 0 && p.large.width <= PICTURE_LARGE_PX);
    CHECK(p.large.height > 0 && p.large.height <= PICTURE_LARGE_PX);
    CHECK(p.small.width <= PICTURE_SMALL_PX && p.small.height <= PICTURE_SMALL_PX);
    picture_done(&p);
    return 0;
}
