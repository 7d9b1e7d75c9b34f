/* The door to libpng: rows of grey become a PNG file.
 *
 * cairo writes PNG too, but turns its 1-bit surfaces into 8 bits a pixel (1.16). */
#ifndef RECEIPTS_PNG_FILE_H
#define RECEIPTS_PNG_FILE_H

#include <stddef.h>
#include <stdint.h>

#include "attr.h"
#include "err.h"

struct sbuf;

struct png_rows {
    int32_t width, height;
    int32_t depth;             /* 1 or 8 bits a pixel; 0 is black */
    int32_t dots_per_mm_milli; /* written into the file, so that it prints in its true size */
    size_t stride;
    const uint8_t *bytes;
};

/* Appends the file to `out`.  ERR_LIMIT when `out` is full. */
NODISCARD enum err png_file(struct sbuf *out, const struct png_rows *rows, struct why *why);

#endif
