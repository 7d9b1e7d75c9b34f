/* Where everything stands on a piece of paper, in printer dots, before any ink.
 *
 * One layout has many outputs (bitmap, picture for the screen, PDF), so what the printer prints and
 * what the page shows can not differ.  Text is broken into lines already: each text element is one
 * line. */
#ifndef RECEIPTS_LAYOUT_H
#define RECEIPTS_LAYOUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "receipts/qr.h"

struct arena;

/* 203 dpi heads have eight dots to the millimetre. */
enum { DOTS_PER_MM = 8, LAYOUT_HEIGHT_MAX = 32000 /* cairo's surfaces end at 32767 */ };

enum typeface {
    TYPEFACE_SANS =
        0,         /* DejaVu Sans Condensed: names, words, amounts (its digits are of one width) */
    TYPEFACE_MONO, /* DejaVu Sans Mono: codes and numbers that people compare */
    TYPEFACE_COUNT,
};

struct text_style {
    enum typeface face;
    bool bold;
    int32_t size_dots; /* the em */
};

enum align { ALIGN_LEFT = 0, ALIGN_CENTRE, ALIGN_RIGHT };

enum element_kind {
    ELEMENT_TEXT,
    ELEMENT_FILL,   /* a black rectangle: rules and bars */
    ELEMENT_DASHES, /* a dashed rule */
    ELEMENT_FRAME,  /* the outline of a box, two dots thick */
    ELEMENT_QR,     /* the layout's symbol, without its quiet zone */
};

struct element {
    enum element_kind kind;
    int32_t x, y, width, height;
    /* of texts only */
    struct text_style style;
    enum align align;
    bool inverse;     /* white, upon a black bar drawn before */
    int32_t baseline; /* below y */
    const char *text; /* lives in the layout's arena */
    /* of the symbol only */
    int32_t module_dots;
};

struct layout {
    int32_t width, height;
    struct element *elements; /* in the arena, drawn in this order */
    size_t count, room;
    struct qr qr;        /* owned; width 0: there is none */
    struct arena *arena; /* owned */
};

void layout_init(struct layout *l, int32_t width);
void layout_done(struct layout *l);
/* Room for one more; the caller fills it in. Valid until the next call. */
struct element *layout_add(struct layout *l, enum element_kind kind);
/* A copy in the arena that is fit to draw: valid UTF-8, control characters turned into blanks, at
 * most `points` code points.  NULL gives "". */
const char *layout_text(struct layout *l, const char *text, size_t points);

#endif
