/* Puts running text into a layout, line by line. */
#ifndef RECEIPTS_TYPESET_H
#define RECEIPTS_TYPESET_H

#include "receipts/layout.h"
#include "receipts/raster.h"

enum { TEXT_POINTS_MAX = 500, TEXT_LINES_MAX = 40 };

struct text_area {
    int32_t x, y, width;
    enum align align;
    size_t lines_max; /* 0: TEXT_LINES_MAX; the last line is cut with an ellipsis */
    bool inverse;
};

/* The text in as many lines as it needs; returns the y below it.  Empty text takes no room. */
int32_t text_put(struct layout *l, struct typesetter *t, struct text_style style,
                 struct text_area area, const char *text);

/* The largest size from `most` down to `least` dots at which the text is at most `width` wide;
 * `least` when none is. */
int32_t text_size_to_fit(struct typesetter *t, struct text_style most, int32_t least, int32_t width,
                         const char *text);

#endif
