/* Identifiers: UUIDv7 in 16 bytes, one struct type a kind, so that a lot can never be passed for a
 * place.  All zero bytes is nil: "there is none". */
#ifndef IDS_H
#define IDS_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

enum { ID_BYTES = 16, ID_HEX_MAX = 33 /* 32 digits and NUL */ };

/* Every kind of id there is.  X(kind) */
#define ID_KINDS(X)                                                                                \
    X(act)                                                                                         \
    X(product)                                                                                     \
    X(variant)                                                                                     \
    X(lot)                                                                                         \
    X(unit)                                                                                        \
    X(place)                                                                                       \
    X(price)                                                                                       \
    X(account)                                                                                     \
    X(staff)                                                                                       \
    X(cart)                                                                                        \
    X(sale)                                                                                        \
    X(print_job)                                                                                   \
    X(idem)                                                                                        \
    X(photo)                                                                                       \
    X(cost_sheet)                                                                                  \
    X(proposal)                                                                                    \
    X(programme)                                                                                   \
    X(work_order)                                                                                  \
    X(transfer)                                                                                    \
    X(stock_case)                                                                                  \
    X(write_off)                                                                                   \
    X(stock_count)                                                                                 \
    X(label_print)

#define ID_DEFINE(kind)                                                                            \
    struct kind##_id {                                                                             \
        uint8_t bytes[ID_BYTES];                                                                   \
    };                                                                                             \
    static inline bool kind##_id_equal(struct kind##_id a, struct kind##_id b)                     \
    {                                                                                              \
        return memcmp(a.bytes, b.bytes, ID_BYTES) == 0;                                            \
    }                                                                                              \
    static inline bool kind##_id_is_nil(struct kind##_id a)                                        \
    {                                                                                              \
        static const uint8_t nil[ID_BYTES];                                                        \
        return memcmp(a.bytes, nil, ID_BYTES) == 0;                                                \
    }
ID_KINDS(ID_DEFINE)
#undef ID_DEFINE

/* SHA-256 of something. */
struct digest {
    uint8_t bytes[32];
};

#endif
