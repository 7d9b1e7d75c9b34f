/* Where everything stands on a piece of paper, in printer dots, before any ink. */
#include "receipts/layout.h"

#include <assert.h>

#include "inventory/base/arena.h"
#include "inventory/base/utf8.h"

enum { LAYOUT_BYTES_MAX = 32 * 1024 * 1024, LAYOUT_FIRST_ROOM = 64 };

void layout_init(struct layout *l, int32_t width)
{
    assert(width > 0);
    *l = (struct layout){.width = width, .arena = arena_new(LAYOUT_BYTES_MAX)};
}

void layout_done(struct layout *l)
{
    qr_done(&l->qr);
    free(l->elements);
    arena_free(l->arena);
    *l = (struct layout){0};
}

struct element *layout_add(struct layout *l, enum element_kind kind)
{
    if (l->count == l->room) {
        l->room = l->room ? l->room * 2 : LAYOUT_FIRST_ROOM;
        l->elements = mem_grow(l->elements, l->room * sizeof(*l->elements));
    }
    struct element *e = &l->elements[l->count++];
    *e = (struct element){.kind = kind};
    return e;
}

const char *layout_text(struct layout *l, const char *text, size_t points)
{
    if (!text) {
        return "";
    }
    size_t n = strlen(text);
    bool whole = utf8_valid(text, n);
    if (whole) {
        n = utf8_prefix(text, points);
    } else if (n > points) {
        n = points;
    }
    char *copy = arena_text_n(l->arena, text, n);
    for (size_t i = 0; i < n; i++) {
        unsigned char c = (unsigned char)copy[i];
        if (c < 0x20 || c == 0x7f) {
            copy[i] = ' ';
        } else if (c >= 0x80 && !whole) {
            copy[i] = '?';
        }
    }
    return copy;
}
