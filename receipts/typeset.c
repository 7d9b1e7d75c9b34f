/* Puts running text into a layout, line by line. */
#include "receipts/typeset.h"

#include <string.h>

#include "inventory/base/arena.h"

/* The longest beginning of `text` that fits with an ellipsis behind it. */
static const char *cut_to_fit(struct layout *l, struct typesetter *t, struct text_style style,
                              int32_t width, const char *text)
{
    size_t n = strlen(text);

    while (n > 0) {
        do {
            n--;
        } while (n > 0 && ((unsigned char)text[n] & 0xc0U) == 0x80U);
        while (n > 0 && text[n - 1] == ' ') {
            n--;
        }
        const char *cut = arena_format(l->arena, "%.*s…", (int)n, text);
        if (text_measure(t, style, cut).width <= width) {
            return cut;
        }
    }
    return "";
}

int32_t text_put(struct layout *l, struct typesetter *t, struct text_style style,
                 struct text_area area, const char *text)
{
    const char *clean = layout_text(l, text, TEXT_POINTS_MAX);
    struct text_span spans[TEXT_LINES_MAX];
    size_t max = area.lines_max ? area.lines_max : TEXT_LINES_MAX;

    if (!clean[strspn(clean, " ")]) {
        return area.y;
    }
    struct text_size size = text_measure(t, style, clean);
    size_t lines = 1;
    spans[0] = (struct text_span){0, strlen(clean)};
    if (size.width > area.width) {
        lines = text_break(t, style, clean, area.width, spans, max);
    }
    for (size_t i = 0; i < lines; i++) {
        const char *line = arena_text_n(l->arena, clean + spans[i].start, spans[i].length);
        if (i + 1 == max && text_measure(t, style, line).width > area.width) {
            line = cut_to_fit(l, t, style, area.width, line);
        }
        struct element *e = layout_add(l, ELEMENT_TEXT);
        e->x = area.x;
        e->y = area.y + (int32_t)i * size.height;
        e->width = area.width;
        e->height = size.height;
        e->style = style;
        e->align = area.align;
        e->inverse = area.inverse;
        e->baseline = size.baseline;
        e->text = line;
    }
    return area.y + (int32_t)lines * size.height;
}

int32_t text_size_to_fit(struct typesetter *t, struct text_style most, int32_t least, int32_t width,
                         const char *text)
{
    while (most.size_dots > least && text_measure(t, most, text).width > width) {
        most.size_dots--;
    }
    return most.size_dots;
}
