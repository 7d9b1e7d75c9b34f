/* The door to cairo and pango for bitmaps: measuring text, drawing a layout in whole dots. */
#include "receipts/raster.h"

#include <assert.h>
#include <fontconfig/fontconfig.h>
#include <pango/pangocairo.h>
#include <pthread.h>

#include "inventory/base/arena.h"
#include "inventory/base/refuse.h"
#include "lang.h"

#include "receipts/png_file.h"

enum { HEIGHTS_KEPT = 32, SETTERS_KEPT = 2, SCREEN_MARGIN_DOTS = 24, FRAME_DOTS = 2 };

/* A dash of a dashed rule, and the gap after it. */
enum { DASH_DOTS = 6, GAP_DOTS = 4 };

struct known_height {
    struct text_style style;
    int32_t height, baseline;
};

/* One way of drawing letters: in whole dots for paper, or smoothed for screens. */
struct voice {
    PangoContext *context;
    PangoLayout *line;
    PangoFontDescription *fonts[TYPEFACE_COUNT][2]; /* plain, bold */
    struct text_style style;                        /* that `line` has now */
};

struct typesetter {
    PangoFontMap *map;
    struct voice crisp, smooth;
    struct known_height heights[HEIGHTS_KEPT];
    size_t heights_count;
    struct typesetter *next;
};

static struct {
    pthread_mutex_t lock;
    struct typesetter *first;
    int32_t count;
    int32_t taken;
    bool ends_with_program;
} kept = {.lock = PTHREAD_MUTEX_INITIALIZER};

/* ---- letters ---- */

static void voice_init(struct voice *v, PangoFontMap *map, cairo_antialias_t antialias,
                       cairo_hint_style_t hints)
{
    static const char *const families[TYPEFACE_COUNT] = {"DejaVu Sans Condensed",
                                                         "DejaVu Sans Mono"};
    cairo_font_options_t *options = cairo_font_options_create();

    v->context = pango_font_map_create_context(map);
    cairo_font_options_set_antialias(options, antialias);
    cairo_font_options_set_hint_style(options, hints);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_ON);
    pango_cairo_context_set_font_options(v->context, options);
    cairo_font_options_destroy(options);
    v->line = pango_layout_new(v->context);
    pango_layout_set_single_paragraph_mode(v->line, TRUE);
    for (size_t face = 0; face < TYPEFACE_COUNT; face++) {
        for (size_t bold = 0; bold < 2; bold++) {
            PangoFontDescription *font = pango_font_description_new();
            pango_font_description_set_family_static(font, families[face]);
            pango_font_description_set_weight(font, bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
            v->fonts[face][bold] = font;
        }
    }
}

static void voice_done(struct voice *v)
{
    for (size_t face = 0; face < TYPEFACE_COUNT; face++) {
        pango_font_description_free(v->fonts[face][0]);
        pango_font_description_free(v->fonts[face][1]);
    }
    g_object_unref(v->line);
    g_object_unref(v->context);
}

static void setter_free(struct typesetter *t)
{
    voice_done(&t->crisp);
    voice_done(&t->smooth);
    g_object_unref(t->map);
    free(t);
}

/* fontconfig hides its pointers from leak checkers, so what is kept is freed at the end. */
static void free_kept(void)
{
    (void)pthread_mutex_lock(&kept.lock);
    for (struct typesetter *t = kept.first, *next = NULL; t; t = next) {
        next = t->next;
        setter_free(t);
    }
    kept.first = NULL;
    kept.count = 0;
    if (kept.taken == 0) {
        FcFini();
    }
    (void)pthread_mutex_unlock(&kept.lock);
}

struct typesetter *typesetter_take(void)
{
    (void)pthread_mutex_lock(&kept.lock);
    if (!kept.ends_with_program) {
        kept.ends_with_program = atexit(free_kept) == 0;
    }
    kept.taken++;
    struct typesetter *t = kept.first;
    if (t) {
        kept.first = t->next;
        kept.count--;
    }
    (void)pthread_mutex_unlock(&kept.lock);
    if (t) {
        t->next = NULL;
        return t;
    }
    t = mem_get(sizeof(*t));
    t->map = pango_cairo_font_map_new();
    voice_init(&t->crisp, t->map, CAIRO_ANTIALIAS_NONE, CAIRO_HINT_STYLE_FULL);
    voice_init(&t->smooth, t->map, CAIRO_ANTIALIAS_GRAY, CAIRO_HINT_STYLE_SLIGHT);
    return t;
}

void typesetter_give(struct typesetter *t)
{
    if (!t) {
        return;
    }
    (void)pthread_mutex_lock(&kept.lock);
    kept.taken--;
    bool keep = kept.count < SETTERS_KEPT;
    if (keep) {
        t->next = kept.first;
        kept.first = t;
        kept.count++;
    }
    (void)pthread_mutex_unlock(&kept.lock);
    if (!keep) {
        setter_free(t);
    }
}

static bool same_style(struct text_style a, struct text_style b)
{
    return a.face == b.face && a.bold == b.bold && a.size_dots == b.size_dots;
}

/* Shaping is what a receipt costs, so a text that stands there already is left alone. */
static PangoLayout *voice_set(struct voice *v, struct text_style style, const char *text)
{
    if (!same_style(v->style, style)) {
        PangoFontDescription *font = v->fonts[style.face][style.bold ? 1 : 0];
        pango_font_description_set_absolute_size(font, (double)style.size_dots * PANGO_SCALE);
        pango_layout_set_font_description(v->line, font);
        v->style = style;
    }
    if (strcmp(pango_layout_get_text(v->line), text) != 0) {
        pango_layout_set_text(v->line, text, -1);
    }
    return v->line;
}

enum err paper_fonts_ready(struct why *why)
{
    static const struct {
        const char *family;
        PangoStretch stretch;
        const char *shown;
        const char *package;
    } wanted[TYPEFACE_COUNT] = {
        {"DejaVu Sans", PANGO_STRETCH_SEMI_CONDENSED, "DejaVu Sans Condensed",
         "fonts-dejavu-extra"},
        {"DejaVu Sans Mono", PANGO_STRETCH_NORMAL, "DejaVu Sans Mono", "fonts-dejavu-core"},
    };
    struct typesetter *t = typesetter_take();
    enum err e = OK;

    for (size_t i = 0; i < LENGTH(wanted) * 2 && !e; i++) {
        struct text_style style = {
            .face = (enum typeface)(i / 2), .bold = i % 2 != 0, .size_dots = 20};
        (void)voice_set(&t->crisp, style, "0");
        PangoFont *font = pango_context_load_font(t->crisp.context,
                                                  pango_layout_get_font_description(t->crisp.line));
        PangoFontDescription *found = font ? pango_font_describe(font) : NULL;
        bool right = found &&
                     strcmp(pango_font_description_get_family(found), wanted[i / 2].family) == 0 &&
                     pango_font_description_get_stretch(found) == wanted[i / 2].stretch &&
                     pango_font_description_get_weight(found) ==
                         (style.bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
        if (!right) {
            e = why_say(why, ERR_NOT_FOUND, "font-missing",
                        _("Huruf %s%s tidak ada di komputer ini, jadi struk dan label tidak dapat "
                          "digambar dengan benar. Pasang paket %s, lalu jalankan lagi."),
                        wanted[i / 2].shown, style.bold ? " Bold" : "", wanted[i / 2].package);
        }
        pango_font_description_free(found);
        g_clear_object(&font);
    }
    typesetter_give(t);
    return e;
}

/* ---- measuring ---- */

/* The line height of a style, asked of the font once. */
static struct known_height style_height(struct typesetter *t, struct text_style style)
{
    for (size_t i = 0; i < t->heights_count; i++) {
        if (same_style(t->heights[i].style, style)) {
            return t->heights[i];
        }
    }
    int width = 0, height = 0;
    PangoLayout *line = voice_set(&t->crisp, style, "Hg");
    pango_layout_get_pixel_size(line, &width, &height);
    struct known_height h = {style, height, PANGO_PIXELS(pango_layout_get_baseline(line))};
    if (t->heights_count < HEIGHTS_KEPT) {
        t->heights[t->heights_count++] = h;
    }
    return h;
}

struct text_size text_measure(struct typesetter *t, struct text_style style, const char *text)
{
    struct known_height h = style_height(t, style);
    int width = 0, height = 0;

    pango_layout_get_pixel_size(voice_set(&t->crisp, style, text), &width, &height);
    return (struct text_size){.width = width, .height = h.height, .baseline = h.baseline};
}

size_t text_break(struct typesetter *t, struct text_style style, const char *text, int32_t width,
                  struct text_span *spans, size_t max)
{
    assert(max > 0);
    size_t whole = strlen(text);
    PangoLayout *line = voice_set(&t->crisp, style, text);

    pango_layout_set_wrap(line, PANGO_WRAP_WORD_CHAR);
    pango_layout_set_width(line, width * PANGO_SCALE);
    size_t lines = (size_t)pango_layout_get_line_count(line);
    size_t count = lines < max ? lines : max;
    for (size_t i = 0; i < count; i++) {
        const PangoLayoutLine *l = pango_layout_get_line_readonly(line, (int)i);
        spans[i].start = (size_t)l->start_index;
        spans[i].length = (i + 1 == max) ? whole - spans[i].start : (size_t)l->length;
        while (spans[i].length > 0 && text[spans[i].start + spans[i].length - 1] == ' ') {
            spans[i].length--;
        }
    }
    pango_layout_set_width(line, -1);
    return count;
}

/* ---- drawing ---- */

static void draw_text(cairo_t *cr, struct voice *v, const struct element *e)
{
    int width = 0, height = 0;
    PangoLayout *line = voice_set(v, e->style, e->text);
    int32_t x = e->x; /* whole dots */

    pango_layout_get_pixel_size(line, &width, &height);
    if (e->align == ALIGN_CENTRE) {
        x += (e->width - width) / 2;
    } else if (e->align == ALIGN_RIGHT) {
        x += e->width - width;
    }
    cairo_set_operator(cr, e->inverse ? CAIRO_OPERATOR_CLEAR : CAIRO_OPERATOR_OVER);
    cairo_move_to(cr, x, e->y + e->baseline);
    pango_cairo_show_layout_line(cr, pango_layout_get_line_readonly(line, 0));
    cairo_set_operator(cr, CAIRO_OPERATOR_OVER);
}

static void add_frame(cairo_t *cr, const struct element *e)
{
    const int f = FRAME_DOTS;

    cairo_rectangle(cr, e->x, e->y, e->width, f);
    cairo_rectangle(cr, e->x, e->y + e->height - f, e->width, f);
    cairo_rectangle(cr, e->x, e->y + f, f, e->height - 2 * f);
    cairo_rectangle(cr, e->x + e->width - f, e->y + f, f, e->height - 2 * f);
}

static void add_qr(cairo_t *cr, const struct element *e, const struct qr *qr)
{
    for (int32_t row = 0; row < qr->width; row++) {
        for (int32_t from = 0, to = 0; from < qr->width; from = to + 1) {
            for (to = from; to < qr->width && qr_black(qr, to, row); to++) {
            }
            if (to > from) {
                cairo_rectangle(cr, e->x + from * e->module_dots, e->y + row * e->module_dots,
                                (to - from) * e->module_dots, e->module_dots);
            }
        }
    }
}

static void draw(cairo_t *cr, struct voice *v, const struct layout *l)
{
    pango_cairo_update_context(cr, v->context);
    cairo_set_source_rgba(cr, 0, 0, 0, 1);
    cairo_set_antialias(cr, CAIRO_ANTIALIAS_NONE);
    for (size_t i = 0; i < l->count; i++) {
        const struct element *e = &l->elements[i];
        switch (e->kind) {
        case ELEMENT_TEXT: draw_text(cr, v, e); break;
        case ELEMENT_FILL: cairo_rectangle(cr, e->x, e->y, e->width, e->height); break;
        case ELEMENT_DASHES:
            for (int32_t x = 0; x < e->width; x += DASH_DOTS + GAP_DOTS) {
                int32_t dash = e->width - x < DASH_DOTS ? e->width - x : DASH_DOTS;
                cairo_rectangle(cr, e->x + x, e->y, dash, e->height);
            }
            break;
        case ELEMENT_FRAME: add_frame(cr, e); break;
        case ELEMENT_QR: add_qr(cr, e, &l->qr); break;
        }
        if (e->kind != ELEMENT_TEXT) {
            cairo_fill(cr);
        }
    }
}

/* A surface with the layout drawn on it; NULL with the sentence when it is too long. */
static cairo_surface_t *surface_of(const struct layout *l, cairo_format_t format, int32_t scale,
                                   struct why *why)
{
    if (l->height > LAYOUT_HEIGHT_MAX / scale) {
        (void)why_say(why, ERR_LIMIT, "paper-too-long",
                      _("Cetakan ini sepanjang %d mm, terlalu panjang untuk sekali cetak. Bagi "
                        "menjadi beberapa transaksi."),
                      (int)(l->height / DOTS_PER_MM));
        return NULL;
    }
    int32_t margin = scale > 0 && format == CAIRO_FORMAT_A8 ? SCREEN_MARGIN_DOTS : 0;
    cairo_surface_t *surface = cairo_image_surface_create(format, (l->width + 2 * margin) * scale,
                                                          (l->height + 2 * margin) * scale);
    cairo_t *cr = cairo_create(surface);
    struct typesetter *t = typesetter_take();

    cairo_scale(cr, scale, scale);
    cairo_translate(cr, margin, margin);
    draw(cr, format == CAIRO_FORMAT_A1 ? &t->crisp : &t->smooth, l);
    typesetter_give(t);
    /* Only memory can fail here, and without memory the program stops. */
    if (cairo_status(cr) != CAIRO_STATUS_SUCCESS) {
        abort();
    }
    cairo_destroy(cr);
    cairo_surface_flush(surface);
    return surface;
}

/* cairo packs the leftmost dot in the lowest bit on little-endian machines. */
static uint8_t leftmost_highest(uint8_t bits)
{
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    return (uint8_t)((bits * UINT64_C(0x0202020202) & UINT64_C(0x010884422010)) % 1023);
#else
    return bits;
#endif
}

enum err raster_draw(struct bitmap *out, const struct layout *l, struct why *why)
{
    *out = (struct bitmap){0};
    cairo_surface_t *surface = surface_of(l, CAIRO_FORMAT_A1, 1, why);
    if (!surface) {
        return ERR_LIMIT;
    }
    size_t from_stride = (size_t)cairo_image_surface_get_stride(surface);
    const uint8_t *from = cairo_image_surface_get_data(surface);
    uint8_t reversed[256];

    for (size_t i = 0; i < LENGTH(reversed); i++) {
        reversed[i] = leftmost_highest((uint8_t)i);
    }
    out->width = l->width;
    out->height = l->height;
    out->stride = (size_t)(l->width + 7) / 8;
    out->rows = mem_get(out->stride * (size_t)l->height + 1);
    uint8_t last = (uint8_t)(0xff << (8 * out->stride - (size_t)l->width));
    for (size_t y = 0; y < (size_t)l->height; y++) {
        uint8_t *row = out->rows + y * out->stride;
        for (size_t i = 0; i < out->stride; i++) {
            row[i] = reversed[from[y * from_stride + i]];
        }
        row[out->stride - 1] &= last;
    }
    cairo_surface_destroy(surface);
    return OK;
}

void bitmap_done(struct bitmap *b)
{
    free(b->rows);
    *b = (struct bitmap){0};
}

enum err raster_png(struct sbuf *out, const struct bitmap *b, int32_t dots_per_mm_milli,
                    struct why *why)
{
    size_t n = b->stride * (size_t)b->height;
    uint8_t *white = mem_get(n + 1); /* PNG's 1 is white, a printer's 1 is black */

    for (size_t i = 0; i < n; i++) {
        white[i] = (uint8_t)~b->rows[i];
    }
    struct png_rows rows = {.width = b->width,
                            .height = b->height,
                            .depth = 1,
                            .dots_per_mm_milli = dots_per_mm_milli,
                            .stride = b->stride,
                            .bytes = white};
    enum err e = png_file(out, &rows, why);
    free(white);
    return e;
}

enum err raster_screen_png(struct sbuf *out, const struct layout *l, int32_t scale, struct why *why)
{
    assert(scale >= 1 && scale <= 3);
    cairo_surface_t *surface = surface_of(l, CAIRO_FORMAT_A8, scale, why);
    if (!surface) {
        return ERR_LIMIT;
    }
    size_t n = (size_t)cairo_image_surface_get_stride(surface) *
               (size_t)cairo_image_surface_get_height(surface);
    uint8_t *pixels = cairo_image_surface_get_data(surface);
    for (size_t i = 0; i < n; i++) {
        pixels[i] = (uint8_t)~pixels[i]; /* ink is what was covered; paper is white */
    }
    struct png_rows rows = {.width = cairo_image_surface_get_width(surface),
                            .height = cairo_image_surface_get_height(surface),
                            .depth = 8,
                            .dots_per_mm_milli = scale * DOTS_PER_MM * 1000,
                            .stride = (size_t)cairo_image_surface_get_stride(surface),
                            .bytes = pixels};
    enum err e = png_file(out, &rows, why);
    cairo_surface_destroy(surface);
    return e;
}
