/* The door to zbar: what a symbol says, read from the very dots that go to paper. */
#ifndef RECEIPTS_QR_READ_H
#define RECEIPTS_QR_READ_H

#include <stddef.h>
#include <stdint.h>

#include "attr.h"
#include "err.h"
#include "receipts/qr.h"
#include "receipts/raster.h"

enum { QR_READ_MAX = 1024 };

/* Belongs to one thread. */
struct qr_reader;
struct qr_reader *qr_reader_new(void);
void qr_reader_free(struct qr_reader *r);

/* Paints the symbol with `module_dots` dots a module and its quiet zone, and reads it.
 * ERR_NOT_FOUND: there is no symbol to be read, or more than one. */
NODISCARD enum err qr_read_symbol(char out[QR_READ_MAX], struct qr_reader *r, const struct qr *qr,
                                  int32_t module_dots);
/* The one symbol of a whole picture. */
NODISCARD enum err qr_read_bitmap(char out[QR_READ_MAX], struct qr_reader *r,
                                  const struct bitmap *b);

#endif
