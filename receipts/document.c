/* The door to cairo for PDF: text stays text, symbols are 1-bit stencils that nothing smooths. */
#include "receipts/document.h"

#include <cairo-pdf.h>
#include <pango/pangocairo.h>

#include "inventory/base/arena.h"
#include "inventory/base/refuse.h"
#include "inventory/base/sbuf.h"
#include "inventory/base/utf8.h"
#include "lang.h"

/* Lines of text that come again on many labels are shaped once. */
enum { LINES_KEPT = 64 };

enum { DASH_DOTS = 6, GAP_DOTS = 4, FRAME_DOTS = 2 };

static const double points_per_um = 72.0 / 25400.0;

struct kept_line {
    char *text; /* owned; NULL: free */
    struct text_style style;
    PangoLayout *line;
    int width; /* pango units */
};

struct document {
    struct sbuf *out;
    cairo_surface_t *surface;
    cairo_t *cr;
    PangoFontMap *map;
    PangoContext *context;
    struct kept_line lines[LINES_KEPT];
};

static cairo_status_t take(void *closure, const unsigned char *bytes, unsigned int n)
{
    struct sbuf *out = closure;

    sbuf_add(out, bytes, n);
    return out->full ? CAIRO_STATUS_WRITE_ERROR : CAIRO_STATUS_SUCCESS;
}

struct document *document_new(struct sbuf *out, int32_t width_um, int32_t height_um)
{
    struct document *d = mem_get(sizeof(*d));
    cairo_font_options_t *options = cairo_font_options_create();

    d->out = out;
    d->surface = cairo_pdf_surface_create_for_stream(take, out, width_um * points_per_um,
                                                     height_um * points_per_um);
    cairo_pdf_surface_set_metadata(d->surface, CAIRO_PDF_METADATA_CREATOR, "Etalase");
    d->cr = cairo_create(d->surface);
    d->map = pango_cairo_font_map_new();
    d->context = pango_font_map_create_context(d->map);
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    pango_cairo_context_set_font_options(d->context, options);
    pango_context_set_round_glyph_positions(d->context, FALSE);
    cairo_font_options_destroy(options);
    pango_cairo_update_context(d->cr, d->context);
    return d;
}

void document_about(struct document *d, const char *title, const char *made_at)
{
    if (utf8_valid(title, strlen(title))) {
        cairo_pdf_surface_set_metadata(d->surface, CAIRO_PDF_METADATA_TITLE, title);
    }
    if (made_at) {
        /* The file's dates have no thousandths: 2026-11-22T19:42:05.123+08:00. */
        const char *point = strchr(made_at, '.');
        const char *zone = point ? point + strspn(point, ".0123456789") : "";
        char whole[64];
        (void)snprintf(whole, sizeof(whole), "%.*s%s",
                       point ? (int)(point - made_at) : (int)strlen(made_at), made_at, zone);
        cairo_pdf_surface_set_metadata(d->surface, CAIRO_PDF_METADATA_CREATE_DATE, whole);
    }
}

/* ---- text ---- */

static void line_free(struct kept_line *k)
{
    if (k->text) {
        free(k->text);
        g_object_unref(k->line);
        *k = (struct kept_line){0};
    }
}

static void line_shape(struct document *d, struct kept_line *k, const struct element *e)
{
    PangoFontDescription *font = pango_font_description_new();

    k->text = mem_text(e->text);
    k->style = e->style;
    k->line = pango_layout_new(d->context);
    pango_font_description_set_family_static(
        font, e->style.face == TYPEFACE_MONO ? "DejaVu Sans Mono" : "DejaVu Sans Condensed");
    pango_font_description_set_weight(font,
                                      e->style.bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
    pango_font_description_set_absolute_size(font, e->style.size_dots * PANGO_SCALE);
    pango_layout_set_font_description(k->line, font);
    pango_font_description_free(font);
    pango_layout_set_single_paragraph_mode(k->line, TRUE);
    pango_layout_set_text(k->line, e->text, -1);
    pango_layout_get_size(k->line, &k->width, NULL);
}

static struct kept_line *line_of(struct document *d, const struct element *e)
{
    uint32_t hash = (uint32_t)e->style.size_dots * 4 + (uint32_t)e->style.face * 2 + e->style.bold;

    for (const char *c = e->text; *c; c++) {
        hash = (hash ^ (uint8_t)*c) * UINT32_C(16777619);
    }
    struct kept_line *k = &d->lines[(hash >> 16) % LINES_KEPT];
    if (!k->text || k->style.size_dots != e->style.size_dots || k->style.face != e->style.face ||
        k->style.bold != e->style.bold || strcmp(k->text, e->text) != 0) {
        line_free(k);
        line_shape(d, k, e);
    }
    return k;
}

static void put_text(struct document *d, const struct element *e)
{
    const struct kept_line *k = line_of(d, e);
    double width = (double)k->width / PANGO_SCALE;
    /* The lines were broken with the widths of whole-dot letters, which differ a little. */
    double squeeze = width > e->width ? e->width / width : 1.0;
    double x = e->x;

    if (e->align == ALIGN_CENTRE) {
        x += (e->width - width * squeeze) / 2;
    } else if (e->align == ALIGN_RIGHT) {
        x += e->width - width * squeeze;
    }
    if (e->inverse) {
        cairo_set_source_rgb(d->cr, 1, 1, 1);
    }
    PangoLayoutLine *line = pango_layout_get_line_readonly(k->line, 0);
    if (squeeze < 1.0) {
        cairo_save(d->cr);
        cairo_translate(d->cr, x, e->y + e->baseline);
        cairo_scale(d->cr, squeeze, 1);
        cairo_move_to(d->cr, 0, 0);
        pango_cairo_show_layout_line(d->cr, line);
        cairo_restore(d->cr);
    } else {
        cairo_move_to(d->cr, x, e->y + e->baseline);
        pango_cairo_show_layout_line(d->cr, line);
    }
    if (e->inverse) {
        cairo_set_source_rgb(d->cr, 0, 0, 0);
    }
}

/* ---- the rest ---- */

/* One pixel a module, drawn as a stencil of nearest pixels: ten times faster and seven times
 * smaller than rectangles, and no viewer or printer smooths it. */
static void put_qr(struct document *d, const struct element *e, const struct qr *qr)
{
    cairo_surface_t *stencil = cairo_image_surface_create(CAIRO_FORMAT_A1, qr->width, qr->width);
    size_t stride = (size_t)cairo_image_surface_get_stride(stencil);
    uint8_t *bits = cairo_image_surface_get_data(stencil);

    cairo_surface_flush(stencil);
    for (int32_t y = 0; y < qr->width; y++) {
        uint8_t *row = bits + (size_t)y * stride;
        for (int32_t x = 0; x < qr->width; x++) {
            if (qr_black(qr, x, y)) {
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
                row[x / 8] |= (uint8_t)(1U << (x % 8));
#else
                row[x / 8] |= (uint8_t)(0x80U >> (x % 8));
#endif
            }
        }
    }
    cairo_surface_mark_dirty(stencil);
    cairo_pattern_t *pattern = cairo_pattern_create_for_surface(stencil);
    cairo_pattern_set_filter(pattern, CAIRO_FILTER_NEAREST);
    cairo_save(d->cr);
    cairo_translate(d->cr, e->x, e->y);
    cairo_scale(d->cr, e->module_dots, e->module_dots);
    cairo_mask(d->cr, pattern);
    cairo_restore(d->cr);
    cairo_pattern_destroy(pattern);
    cairo_surface_destroy(stencil);
}

static void put_frame(cairo_t *cr, const struct element *e)
{
    const double half = FRAME_DOTS / 2.0;

    cairo_rectangle(cr, e->x + half, e->y + half, e->width - FRAME_DOTS, e->height - FRAME_DOTS);
    cairo_set_line_width(cr, FRAME_DOTS);
    cairo_stroke(cr);
}

static void put_dashes(cairo_t *cr, const struct element *e)
{
    static const double dashes[] = {DASH_DOTS, GAP_DOTS};

    cairo_set_dash(cr, dashes, LENGTH(dashes), 0);
    cairo_set_line_width(cr, e->height);
    cairo_move_to(cr, e->x, e->y + e->height / 2.0);
    cairo_rel_line_to(cr, e->width, 0);
    cairo_stroke(cr);
    cairo_set_dash(cr, NULL, 0, 0);
}

void document_fit(struct document *d, struct document_fit fit)
{
    const double scale = fit.scale_ppm / 1000000.0;

    cairo_translate(d->cr, fit.offset_x_um * points_per_um, fit.offset_y_um * points_per_um);
    cairo_scale(d->cr, scale, scale);
}

static int64_t whole_dots(int32_t um, int32_t dots_per_mm_milli)
{
    return ((int64_t)um * dots_per_mm_milli + 500000) / 1000000;
}

static void put_elements(struct document *d, const struct layout *l);

void document_put_dots(struct document *d, const struct layout *l, struct document_place place)
{
    const double points_per_dot = 72.0 / 25.4 * 1000.0 / place.dots_per_mm_milli;

    cairo_save(d->cr);
    cairo_scale(d->cr, points_per_dot, points_per_dot);
    cairo_translate(d->cr, (double)whole_dots(place.x_um, place.dots_per_mm_milli),
                    (double)whole_dots(place.y_um, place.dots_per_mm_milli));
    put_elements(d, l);
    cairo_restore(d->cr);
}

void document_put(struct document *d, const struct layout *l, int32_t x_um, int32_t y_um)
{
    const double points_per_dot = 72.0 / 25.4 / DOTS_PER_MM;

    cairo_save(d->cr);
    cairo_translate(d->cr, x_um * points_per_um, y_um * points_per_um);
    cairo_scale(d->cr, points_per_dot, points_per_dot);
    put_elements(d, l);
    cairo_restore(d->cr);
}

static void put_elements(struct document *d, const struct layout *l)
{
    cairo_set_source_rgb(d->cr, 0, 0, 0);
    for (size_t i = 0; i < l->count; i++) {
        const struct element *e = &l->elements[i];
        switch (e->kind) {
        case ELEMENT_TEXT: put_text(d, e); break;
        case ELEMENT_FILL:
            cairo_rectangle(d->cr, e->x, e->y, e->width, e->height);
            if (i + 1 == l->count || l->elements[i + 1].kind != ELEMENT_FILL) {
                cairo_fill(d->cr); /* a ruler's ticks in one stroke */
            }
            break;
        case ELEMENT_DASHES: put_dashes(d->cr, e); break;
        case ELEMENT_FRAME: put_frame(d->cr, e); break;
        case ELEMENT_QR: put_qr(d, e, &l->qr); break;
        }
    }
}

void document_hair_lines(struct document *d, const struct hair_line *lines, size_t count)
{
    cairo_save(d->cr);
    cairo_set_source_rgb(d->cr, 0.6, 0.6, 0.6);
    cairo_set_line_width(d->cr, 100 * points_per_um);
    for (size_t i = 0; i < count; i++) {
        cairo_move_to(d->cr, lines[i].x_um * points_per_um, lines[i].y_um * points_per_um);
        cairo_rel_line_to(d->cr, lines[i].dx_um * points_per_um, lines[i].dy_um * points_per_um);
    }
    cairo_stroke(d->cr);
    cairo_restore(d->cr);
}

void document_next_page(struct document *d)
{
    cairo_show_page(d->cr);
}

enum err document_close(struct document *d, struct why *why)
{
    struct sbuf *out = d->out;

    cairo_destroy(d->cr);
    cairo_surface_finish(d->surface);
    cairo_status_t status = cairo_surface_status(d->surface);
    cairo_surface_destroy(d->surface);
    for (size_t i = 0; i < LINES_KEPT; i++) {
        line_free(&d->lines[i]);
    }
    g_object_unref(d->context);
    g_object_unref(d->map);
    free(d);
    if (out->full) {
        return why_say(why, ERR_LIMIT, "paper-too-large",
                       _("Gambar cetakan melebihi batas ukurannya (%zu bita)."), out->max);
    }
    /* Texts are checked before and the sink fails only when full: what is left is memory. */
    if (status != CAIRO_STATUS_SUCCESS) {
        abort();
    }
    return OK;
}
