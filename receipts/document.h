/* The door to cairo for PDF: text stays text, symbols are 1-bit stencils that nothing smooths. */
#ifndef RECEIPTS_DOCUMENT_H
#define RECEIPTS_DOCUMENT_H

#include <stdint.h>

#include "attr.h"
#include "err.h"
#include "receipts/layout.h"

struct document;
struct sbuf;

/* Lengths are thousandths of a millimetre (um), from the page's upper left corner. */
struct document *document_new(struct sbuf *out, int32_t width_um, int32_t height_um);
/* The title that readers show (left out when it is not UTF-8); `made_at` like
 * 2026-11-22T19:42:05+08:00, or NULL. */
void document_about(struct document *d, const char *title, const char *made_at);
/* Moves and stretches everything that is put from now on, for a printer that was measured. */
struct document_fit {
    int32_t offset_x_um, offset_y_um, scale_ppm; /* 1000000: true size */
};
void document_fit(struct document *d, struct document_fit fit);
/* Puts a layout of 8 dots a millimetre at that place of the page. */
void document_put(struct document *d, const struct layout *l, int32_t x_um, int32_t y_um);
/* The same of a layout for another head, at the nearest whole dot of it. */
struct document_place {
    int32_t x_um, y_um, dots_per_mm_milli;
};
void document_put_dots(struct document *d, const struct layout *l, struct document_place place);
struct hair_line {
    int32_t x_um, y_um, dx_um, dy_um;
};
/* Grey hair lines, for cutting marks; thinner than any rule that is part of a layout. */
void document_hair_lines(struct document *d, const struct hair_line *lines, size_t count);
void document_next_page(struct document *d);
/* Writes the rest and frees.  ERR_LIMIT when `out` is full. */
NODISCARD enum err document_close(struct document *d, struct why *why);

#endif
