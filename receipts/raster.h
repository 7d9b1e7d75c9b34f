/* The door to cairo and pango for bitmaps: measuring text, drawing a layout in whole dots, writing
 * PNG files.
 *
 * Text is never smoothed on paper: a thermal head knows black and white only, and a threshold over
 * grey text leaves speckled stems. */
#ifndef RECEIPTS_RASTER_H
#define RECEIPTS_RASTER_H

#include <stddef.h>
#include <stdint.h>

#include "attr.h"
#include "err.h"
#include "receipts/layout.h"

struct sbuf;

/* Rows of whole bytes, leftmost dot in the highest bit, 1 is black: what printers take. */
struct bitmap {
    int32_t width, height;
    size_t stride; /* bytes a row: (width + 7) / 8; the spare bits are 0 */
    uint8_t *rows; /* owned */
};

void bitmap_done(struct bitmap *b);
static inline bool bitmap_black(const struct bitmap *b, int32_t x, int32_t y)
{
    return (b->rows[(size_t)y * b->stride + (size_t)x / 8] >> (7 - x % 8) & 1) != 0;
}

/* Once at start: the two typefaces must be the ones asked for, because a missing font silently
 * becomes another one with other widths.  ERR_NOT_FOUND names the missing one and its package. */
NODISCARD enum err paper_fonts_ready(struct why *why);

/* Fonts and one line of text in the making.  Belongs to one thread while it is taken; taking one
 * that was given back is cheap, because its fonts are warm. */
struct typesetter;
struct typesetter *typesetter_take(void);
void typesetter_give(struct typesetter *t);

struct text_size {
    int32_t width;
    int32_t height;   /* of the line, the same for every text of a style */
    int32_t baseline; /* below the line's top */
};
struct text_size text_measure(struct typesetter *t, struct text_style style, const char *text);

struct text_span {
    size_t start, length; /* bytes */
};
/* Breaks `text` at words (inside a word when it alone is too wide) into lines of at most `width`
 * dots.  Returns how many there are; the last of `max` spans takes all the rest. */
size_t text_break(struct typesetter *t, struct text_style style, const char *text, int32_t width,
                  struct text_span *spans, size_t max);

/* Draws in black and white.  ERR_LIMIT when it is longer than LAYOUT_HEIGHT_MAX. */
NODISCARD enum err raster_draw(struct bitmap *out, const struct layout *l, struct why *why);
/* A 1-bit grey PNG of exactly these dots; `dots_per_mm_milli` (8000 at 203 dpi) is its true size.
 */
NODISCARD enum err raster_png(struct sbuf *out, const struct bitmap *b, int32_t dots_per_mm_milli,
                              struct why *why);
/* An 8-bit grey, smoothed PNG for eyes: `scale` (1..3) pixels a dot, a white margin around. */
NODISCARD enum err raster_screen_png(struct sbuf *out, const struct layout *l, int32_t scale,
                                     struct why *why);

#endif
