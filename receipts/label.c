/* One label of 40 x 30 mm. */
#include "receipts/label.h"

#include <ctype.h>

#include "inventory/base/money_text.h"
#include "inventory/base/refuse.h"
#include "inventory/base/sbuf.h"
#include "receipts/label_draw.h"
#include "receipts/typeset.h"

/* In dots of 203 dpi; other heads get them scaled.  The symbol's module is whole dots of the head
 * itself: 0.5 mm where there is room, which a cheap phone reads from a hand's breadth. */
enum {
    MARGIN = 16, /* 2 mm: what a crooked cut or a printer's edge may take */
    NAME_TOP = 8,
    NAME_SIZE_MOST = 34,  /* of a name on one line */
    NAME_SIZE = 24,       /* on two lines, */
    NAME_SIZE_LEAST = 21, /* also when that cuts it */
    NAME_LINES = 2,
    BODY_TOP = 63, /* symbol, with its quiet zone, and column */
    BODY_HEIGHT = 151,
    COLUMN_TOP = 68,
    CODE_SIZE = 26,
    CODE_SIZE_LEAST = 15,
    PRICE_SIZE = 36,
    PRICE_SIZE_LEAST = 18,
    PLACE_SIZE = 18,
    FOOT_TOP = 211,
    FOOT_SIZE = 18,
    FOOT_SIZE_LEAST = 14,
    DEMO_SIZE = 18,
    MODULE_DOTS = 4,
    SYMBOL_GAP = 2, /* beside the quiet zone */
    LAYOUT_WIDTH = LABEL_WIDTH_MM * DOTS_PER_MM,
    LAYOUT_HEIGHT = LABEL_HEIGHT_MM * DOTS_PER_MM,
};

/* 300 dpi heads have 11.811 dots to the millimetre. */
static int32_t dots(enum label_dpi dpi, int32_t dots_203)
{
    return dpi == LABEL_203_DPI ? dots_203 : (dots_203 * 11811 + DOTS_PER_MM * 500) / 8000;
}

static int32_t dots_per_mm_milli(enum label_dpi dpi)
{
    return dpi == LABEL_203_DPI ? DOTS_PER_MM * 1000 : 11811;
}

static bool host_char(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == ':';
}

bool label_url(char out[LABEL_URL_MAX], const char *host, struct label_code code)
{
    size_t n = host ? strlen(host) : 0;
    char upper[LABEL_HOST_MAX + 1];

    out[0] = '\0';
    if (n == 0 || n > LABEL_HOST_MAX) {
        return false;
    }
    for (size_t i = 0; i < n; i++) {
        upper[i] = (char)toupper((unsigned char)host[i]);
        if (!host_char(upper[i])) {
            return false;
        }
    }
    upper[n] = '\0';
    (void)snprintf(out, LABEL_URL_MAX, "HTTPS://%s/P/%s", upper, code.text);
    return true;
}

/* The symbol of the label, and how many dots of this head a module gets. */
static enum err symbol(struct qr *qr, struct label_fit *fit, const struct label *label,
                       enum label_dpi dpi, struct why *why)
{
    char url[LABEL_URL_MAX];

    *fit = (struct label_fit){0};
    *qr = (struct qr){0};
    if (!label_url(url, label->host, label->code)) {
        return why_say(why, ERR_INVALID, "label-host",
                       _("Alamat label \"%.40s\" bukan nama host. Isi nama host tanpa https:// dan "
                         "tanpa garis miring, misalnya galeri.example, di pengaturan."),
                       label->host ? label->host : "");
    }
    enum err e = qr_encode(qr, url, why);
    if (e) {
        return e;
    }
    /* What a 203 dpi head can do decides, so that a label is good on every printer of the shop. */
    int32_t modules = qr->width + 2 * QR_QUIET_MODULES;
    int32_t coarse = BODY_HEIGHT / modules;
    if (coarse < LABEL_MODULE_DOTS_MIN) {
        return why_say(why, ERR_REFUSED, "label-qr-too-dense",
                       _("Alamat label sepanjang %zu huruf membuat kode QR versi %d: satu modul "
                         "hanya %d titik pada 203 dpi, paling sedikit %d titik (0,375 mm). Pakai "
                         "nama host yang lebih pendek; sampai 17 huruf adalah yang terbaik."),
                       strlen(label->host), (int)qr->version, (int)coarse, LABEL_MODULE_DOTS_MIN);
    }
    int32_t most = dots(dpi, MODULE_DOTS);
    int32_t room = dots(dpi, BODY_HEIGHT) / modules;
    fit->qr_version = qr->version;
    fit->module_dots = room < most ? room : most;
    fit->module_um = fit->module_dots * 1000000 / dots_per_mm_milli(dpi);
    return OK;
}

enum err label_check(struct label_fit *out, const struct label *label, enum label_dpi dpi,
                     struct why *why)
{
    struct qr qr;
    enum err e = symbol(&qr, out, label, dpi, why);

    qr_done(&qr);
    return e;
}

const char *label_code_text(struct layout *l, struct label_code code)
{
    char groups[LABEL_GROUPS_MAX];

    label_code_groups(groups, code);
    return layout_text(l, groups, sizeof(groups));
}

static struct text_style style_of(enum label_dpi dpi, enum typeface face, bool bold, int32_t size)
{
    return (struct text_style){face, bold, dots(dpi, size)};
}

/* White letters on black. */
static void put_demo(struct layout *l, struct typesetter *t, struct text_area area,
                     enum label_dpi dpi)
{
    size_t at = l->count;
    int32_t pad = dots(dpi, 1), top = area.y;

    (void)layout_add(l, ELEMENT_FILL);
    area.y += pad;
    area.inverse = true;
    area.align = ALIGN_CENTRE;
    int32_t below = text_put(l, t, style_of(dpi, TYPEFACE_SANS, true, DEMO_SIZE), area, "DEMO");
    struct element *fill = &l->elements[at];
    fill->x = area.x;
    fill->y = top;
    fill->width = area.width;
    fill->height = below + pad - top;
}

/* On one line as large as it can be; else on two. */
static void put_name(struct layout *l, struct typesetter *t, const char *text, enum label_dpi dpi)
{
    struct text_style style = style_of(dpi, TYPEFACE_SANS, true, NAME_SIZE_MOST);
    int32_t margin = dots(dpi, MARGIN);
    struct text_area area = {.x = margin,
                             .y = dots(dpi, NAME_TOP),
                             .width = l->width - 2 * margin,
                             .lines_max = NAME_LINES};
    const char *name = layout_text(l, text, TEXT_POINTS_MAX);
    struct text_span lines[NAME_LINES + 1];

    style.size_dots = text_size_to_fit(t, style, dots(dpi, NAME_SIZE), area.width, name);
    if (text_break(t, style, name, area.width, lines, LENGTH(lines)) > NAME_LINES) {
        style.size_dots = dots(dpi, NAME_SIZE_LEAST);
    }
    (void)text_put(l, t, style, area, name);
}

/* Beside the symbol: what people read and compare. */
static void put_column(struct layout *l, struct typesetter *t, const struct label *label,
                       enum label_dpi dpi, struct text_area area)
{
    struct text_style code = style_of(dpi, TYPEFACE_MONO, true, CODE_SIZE);
    struct text_style price = style_of(dpi, TYPEFACE_SANS, true, PRICE_SIZE);
    const char *groups = label_code_text(l, label->code);
    char amount[MONEY_TEXT_MAX];

    code.size_dots = text_size_to_fit(t, code, dots(dpi, CODE_SIZE_LEAST), area.width, groups);
    area.lines_max = 1;
    area.y = text_put(l, t, code, area, groups);
    if (label->price.rp > 0) {
        money_short(amount, label->price);
        price.size_dots =
            text_size_to_fit(t, price, dots(dpi, PRICE_SIZE_LEAST), area.width, amount);
        area.y = text_put(l, t, price, area, amount);
    }
    area.lines_max = label->demo ? 1 : 2;
    area.y = text_put(l, t, style_of(dpi, TYPEFACE_SANS, false, PLACE_SIZE), area, label->workshop);
    if (label->demo) {
        area.y += dots(dpi, 4);
        put_demo(l, t, area, dpi);
    }
}

/* Along the lower edge: whose it is. */
static void put_foot(struct layout *l, struct typesetter *t, const char *text, enum label_dpi dpi)
{
    struct text_style style = style_of(dpi, TYPEFACE_SANS, false, FOOT_SIZE);
    int32_t margin = dots(dpi, MARGIN);
    struct text_area area = {
        .x = margin, .y = dots(dpi, FOOT_TOP), .width = l->width - 2 * margin, .lines_max = 1};
    const char *unit = layout_text(l, text, TEXT_POINTS_MAX);

    style.size_dots = text_size_to_fit(t, style, dots(dpi, FOOT_SIZE_LEAST), area.width, unit);
    (void)text_put(l, t, style, area, unit);
}

enum err label_layout(struct layout *out, struct typesetter *t, const struct label *label,
                      enum label_dpi dpi, struct why *why)
{
    struct label_fit fit;

    layout_init(out, dots(dpi, LAYOUT_WIDTH));
    out->height = dots(dpi, LAYOUT_HEIGHT);
    enum err e = symbol(&out->qr, &fit, label, dpi, why);
    if (e) {
        return e;
    }
    int32_t quiet = QR_QUIET_MODULES * fit.module_dots, margin = dots(dpi, MARGIN);
    struct element *code = layout_add(out, ELEMENT_QR);
    code->module_dots = fit.module_dots;
    code->width = code->height = out->qr.width * fit.module_dots;
    code->x = quiet > margin ? quiet : margin;
    code->y = dots(dpi, BODY_TOP) + (dots(dpi, BODY_HEIGHT) - code->height) / 2;
    struct text_area column = {.x = code->x + code->width + quiet + dots(dpi, SYMBOL_GAP),
                               .y = dots(dpi, COLUMN_TOP),
                               .align = ALIGN_LEFT};
    column.width = out->width - margin - column.x;
    put_name(out, t, label->name, dpi);
    put_column(out, t, label, dpi, column);
    put_foot(out, t, label->unit_name, dpi);
    return OK;
}

enum err label_bitmap(struct bitmap *out, const struct label *label, enum label_dpi dpi,
                      struct why *why)
{
    struct typesetter *t = typesetter_take();
    struct layout l;
    enum err e = label_layout(&l, t, label, dpi, why);

    typesetter_give(t);
    *out = (struct bitmap){0};
    if (!e) {
        e = raster_draw(out, &l, why);
    }
    layout_done(&l);
    return e;
}

enum err label_png(struct sbuf *out, const struct label *label, enum label_dpi dpi, struct why *why)
{
    struct bitmap b;
    enum err e = label_bitmap(&b, label, dpi, why);

    if (!e) {
        e = raster_png(out, &b, dots_per_mm_milli(dpi), why);
    }
    bitmap_done(&b);
    return e;
}
