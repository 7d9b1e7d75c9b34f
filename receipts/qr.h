/* The door to libqrencode: a text becomes a square of black and white modules. */
#ifndef RECEIPTS_QR_H
#define RECEIPTS_QR_H

#include <stdbool.h>
#include <stdint.h>

#include "attr.h"
#include "err.h"

enum { QR_QUIET_MODULES = 4 /* white on every side: ISO/IEC 18004 */ };

struct qr {
    int32_t version;  /* 1..40 */
    int32_t width;    /* modules on a side, without the quiet zone: 17 + 4 * version */
    uint8_t *modules; /* owned: width * width bytes, row by row, 1 is black */
};

/* Error correction M; digits and capitals take the shorter modes by themselves, so addresses in
 * capitals give smaller symbols.  May be called from several threads at once.  ERR_LIMIT when the
 * text is empty or longer than a symbol can hold, with the sentence in `why`. */
NODISCARD enum err qr_encode(struct qr *out, const char *text, struct why *why);
void qr_done(struct qr *q);

static inline bool qr_black(const struct qr *q, int32_t x, int32_t y)
{
    return q->modules[y * q->width + x] != 0;
}

#endif
