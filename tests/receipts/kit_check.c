/* Checks that every receipt of the tests must stand. */
#include "kit.h"

void kit_paint(struct sbuf *out, const struct receipt *r, enum paper paper, enum receipt_form form)
{
    struct why why = {0};

    sbuf_init(out, KIT_BYTES_MAX);
    if (receipt_paint(out, r, paper, form, &why)) {
        fail_msg("%s: %s", why.slug, why.text);
    }
    assert_true(out->len > 0);
}

const struct element *kit_find(const struct layout *l, const char *text)
{
    for (size_t i = 0; i < l->count; i++) {
        if (l->elements[i].kind == ELEMENT_TEXT && strcmp(l->elements[i].text, text) == 0) {
            return &l->elements[i];
        }
    }
    return NULL;
}

void kit_lay(struct layout *out, const struct receipt *r, enum paper paper)
{
    struct why why = {0};

    if (receipt_layout(out, r, paper, &why)) {
        fail_msg("%s: %s", why.slug, why.text);
    }
}

bool kit_row_blank(const struct bitmap *b, int32_t y)
{
    for (size_t i = 0; i < b->stride; i++) {
        if (b->rows[(size_t)y * b->stride + i]) {
            return false;
        }
    }
    return true;
}

void kit_check_dots(const struct receipt *r, enum paper paper, const char *golden)
{
    struct sbuf job, file;
    struct kit_job printed;
    struct kit_png png;

    kit_paint(&job, r, paper, RECEIPT_ESCPOS);
    kit_paint(&file, r, paper, RECEIPT_PNG);
    kit_decode(&printed, &job);
    kit_png_read(&png, file.bytes, file.len);
    assert_int_equal(png.depth, 1);
    assert_int_equal(png.dots_per_metre, 8000);
    assert_int_equal(printed.dots.width, (int)paper);
    kit_same_dots(&png.dots, &printed.dots);
    assert_true(printed.reset && printed.cut && !printed.drawer && !printed.guard);
    assert_int_equal(printed.fed_lines, 3);
    if (golden) {
        kit_golden(golden, &printed.dots);
    }
    for (size_t i = 0, y = 0; i < printed.bands_count; i++) {
        y += (size_t)printed.bands[i];
        assert_in_range(printed.bands[i], 1, 255);
        if (i + 1 < printed.bands_count) {
            assert_true(kit_row_blank(&printed.dots, (int32_t)y - 1));
        }
    }
    bitmap_done(&png.dots);
    bitmap_done(&printed.dots);
    sbuf_done(&file);
    sbuf_done(&job);
}

void kit_check_places(const struct receipt *r, enum paper paper)
{
    struct layout l;
    struct typesetter *t = typesetter_take();

    kit_lay(&l, r, paper);
    for (size_t i = 0; i < l.count; i++) {
        const struct element *e = &l.elements[i];
        assert_true(e->x >= 0 && e->x + e->width <= (int32_t)paper);
        assert_true(e->y >= 0 && e->y + e->height <= l.height);
        if (e->kind != ELEMENT_TEXT) {
            continue;
        }
        assert_true(e->text[0] != '\0');
        assert_true(text_measure(t, e->style, e->text).width <= e->width);
        if (e->align == ALIGN_RIGHT) {
            assert_int_equal(e->x + e->width, (int)paper);
        }
    }
    typesetter_give(t);
    layout_done(&l);
}
