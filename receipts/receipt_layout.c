/* Where everything stands on a sales receipt. */
#include <assert.h>
#include <ctype.h>

#include "inventory/base/arena.h"
#include "inventory/base/calendar.h"
#include "inventory/base/money_text.h"
#include "inventory/base/refuse.h"
#include "inventory/base/words.h"
#include "receipts/receipt.h"
#include "receipts/typeset.h"

/* Sizes in dots, for the two widths of paper. */
struct sizes {
    int32_t title, subtitle, body, small, code, total;
    int32_t gap;    /* between blocks */
    int32_t module; /* of the symbol: 0.5 mm, 0.625 mm on wide paper */
};

static const struct sizes sizes_58 = {32, 22, 22, 19, 20, 42, 10, 4};
static const struct sizes sizes_80 = {42, 26, 25, 22, 20, 54, 14, 5};

enum { RULE_DOTS = 2, COLUMN_GAP = 16, MODULE_DOTS_MIN = 3, HEIGHT_LEAST = 16 };

/* The receipt in the making: y is where the next thing goes. */
struct galley {
    struct layout *l;
    struct typesetter *t;
    const struct receipt *r;
    const struct sizes *size;
    int32_t y;
};

static struct text_style sans(int32_t size)
{
    return (struct text_style){TYPEFACE_SANS, false, size};
}

static struct text_style bold(int32_t size)
{
    return (struct text_style){TYPEFACE_SANS, true, size};
}

static struct text_style mono(int32_t size)
{
    return (struct text_style){TYPEFACE_MONO, false, size};
}

static bool given(const char *text)
{
    return text && text[0];
}

static const char *say(const struct galley *g, const char *text)
{
    return words(g->r->lang, text);
}

static void centred(struct galley *g, struct text_style style, const char *text)
{
    struct text_area area = {.y = g->y, .width = g->l->width, .align = ALIGN_CENTRE};
    g->y = text_put(g->l, g->t, style, area, text);
}

/* Left and right on one line; what is left is broken when both do not fit side by side, and the
 * right stands beside its last line, where the eye ends. */
static void row(struct galley *g, struct text_style left_style, const char *left_text,
                struct text_style right_style, const char *right_text)
{
    const char *left = layout_text(g->l, left_text, TEXT_POINTS_MAX);
    const char *right = layout_text(g->l, right_text, TEXT_POINTS_MAX);
    struct text_size size = text_measure(g->t, right_style, right);
    struct text_size left_size = text_measure(g->t, left_style, left);
    int32_t room = g->l->width - size.width - (right[0] ? COLUMN_GAP : 0);
    struct text_area at_left = {.y = g->y, .width = room, .align = ALIGN_LEFT};

    if (room < left_size.width &&
        room < g->l->width / 4) { /* an amount as wide as the paper gets its own line */
        at_left.width = g->l->width;
        g->y = at_left.y = text_put(g->l, g->t, left_style, at_left, left);
        left = "";
    }
    int32_t below = text_put(g->l, g->t, left_style, at_left, left);
    /* Both stand on one base line, whatever their sizes. */
    int32_t last_top = left[0] ? below - left_size.height : g->y;
    int32_t drop = left[0] ? left_size.baseline - size.baseline : 0;
    if (drop < 0) { /* the right is larger: the left moves down to it */
        for (size_t i = g->l->count; i > 0 && g->l->elements[i - 1].y >= g->y; i--) {
            g->l->elements[i - 1].y -= drop;
        }
        below -= drop;
        last_top -= drop;
    }
    struct text_area at_right = {.y = last_top + drop, .width = g->l->width, .align = ALIGN_RIGHT};
    int32_t right_below = text_put(g->l, g->t, right_style, at_right, right);
    g->y = below > right_below ? below : right_below;
}

static void rule(struct galley *g, enum element_kind kind)
{
    g->y += g->size->gap;
    struct element *e = layout_add(g->l, kind);
    e->y = g->y;
    e->width = g->l->width;
    e->height = RULE_DOTS;
    g->y += RULE_DOTS + g->size->gap;
}

/* White on black across the paper: can be neither missed nor cut off. */
static void bar(struct galley *g, const char *text)
{
    size_t at = g->l->count;
    int32_t pad = g->size->gap / 2;

    (void)layout_add(g->l, ELEMENT_FILL);
    struct text_area area = {.x = pad,
                             .y = g->y + pad,
                             .width = g->l->width - 2 * pad,
                             .align = ALIGN_CENTRE,
                             .inverse = true};
    int32_t below = text_put(g->l, g->t, bold(g->size->body), area, text) + pad;
    struct element *fill = &g->l->elements[at];
    fill->y = g->y;
    fill->width = g->l->width;
    fill->height = below - g->y;
    g->y = below + g->size->gap;
}

/* Centred lines in a box as wide as they need. */
static void box(struct galley *g, struct text_style style, const char *const *lines, size_t count)
{
    int32_t pad = g->size->gap, width = 0;
    size_t at = g->l->count;

    for (size_t i = 0; i < count; i++) {
        int32_t w = text_measure(g->t, i ? sans(g->size->small) : style, lines[i]).width;
        width = w > width ? w : width;
    }
    width = width + 4 * pad < g->l->width ? width + 4 * pad : g->l->width;
    (void)layout_add(g->l, ELEMENT_FRAME);
    int32_t top = g->y, y = top + pad;
    for (size_t i = 0; i < count; i++) {
        struct text_area area = {.x = (g->l->width - width) / 2 + pad,
                                 .y = y,
                                 .width = width - 2 * pad,
                                 .align = ALIGN_CENTRE};
        y = text_put(g->l, g->t, i ? sans(g->size->small) : style, area, lines[i]);
    }
    struct element *frame = &g->l->elements[at];
    frame->x = (g->l->width - width) / 2;
    frame->y = top;
    frame->width = width;
    frame->height = y + pad - top;
    g->y = y + pad + g->size->gap;
}

/* ---- the blocks, from the top of the paper down ---- */

static void head(struct galley *g)
{
    const struct receipt *r = g->r;

    if (r->demo) {
        bar(g, say(g, _("DEMO – BUKAN BUKTI PEMBAYARAN")));
    }
    if (r->copy > 0) {
        const char *const mark =
            arena_format(g->l->arena, "%s %d", say(g, _("SALINAN")), (int)r->copy);
        box(g, bold(g->size->subtitle), &mark, 1);
    }
    centred(g, bold(g->size->title), given(r->shop_name) ? r->shop_name : r->unit_name);
    if (given(r->shop_name)) {
        centred(g, sans(g->size->subtitle), r->unit_name);
    }
    for (size_t i = 0; i < r->address_count; i++) {
        centred(g, sans(g->size->small), r->address[i]);
    }
}

static void about(struct galley *g)
{
    const struct receipt *r = g->r;
    struct text_style small = sans(g->size->small);
    struct day date = instant_day(r->at, r->zone);
    char day[DATE_TEXT_MAX], time[DATE_TEXT_MAX];

    rule(g, ELEMENT_DASHES);
    if (given(r->number)) {
        row(g, small, say(g, _("No. struk")), mono(g->size->code), r->number);
    }
    day_long(day, date, r->lang);
    time_text(time, r->at, r->zone);
    row(g, small, day, small, time);
    if (date.since_1970 != r->day.since_1970) {
        day_text(day, r->day, r->lang);
        row(g, small, say(g, _("Hari buku")), small, day);
    }
    const char *cashier = "", *till = "";
    if (given(r->cashier)) {
        cashier = arena_format(g->l->arena, "%s: %s", say(g, _("Kasir")), r->cashier);
    }
    if (given(r->till)) {
        till = arena_format(g->l->arena, "%s %s", say(g, _("Meja kasir")), r->till);
    }
    if (cashier[0] || till[0]) {
        row(g, small, cashier, small, till);
    }
}

static void goods(struct galley *g, const struct receipt_line *line)
{
    struct text_style body = sans(g->size->body), code = mono(g->size->code);
    char price[MONEY_TEXT_MAX], total[MONEY_TEXT_MAX];
    struct text_area area = {.y = g->y, .width = g->l->width, .align = ALIGN_LEFT};

    area.y = text_put(g->l, g->t, body, area, line->name);
    if (given(line->code)) {
        area.y = text_put(g->l, g->t, code, area, line->code);
    }
    g->y = area.y;
    money_figures(price, line->price);
    money_figures(total, line->total);
    bool has_unit = given(line->unit);
    const char *count =
        arena_format(g->l->arena, "%s%s%s × %s", given(line->qty_text) ? line->qty_text : "1",
                     has_unit ? " " : "", has_unit ? line->unit : "", price);
    row(g, body, count, body, total);
    if (given(line->note)) {
        area.y = g->y;
        g->y = text_put(g->l, g->t, sans(g->size->small), area, line->note);
    }
}

static void money_row(struct galley *g, struct text_style style, const char *what,
                      struct rupiah amount)
{
    char text[MONEY_TEXT_MAX];

    money_figures(text, amount);
    row(g, style, what, style, text);
}

static void in_words(struct galley *g)
{
    char text[WORDS_TEXT_MAX];

    terbilang(text, g->r->total);
    text[0] = (char)toupper((unsigned char)text[0]);
    struct text_area area = {.y = g->y, .width = g->l->width, .align = ALIGN_RIGHT};
    g->y = text_put(g->l, g->t, sans(g->size->small), area,
                    arena_format(g->l->arena, "(%s rupiah)", text));
}

/* As large as fits on one line, because this is what the customer looks for. */
static void put_total(struct galley *g, const char *what, const char *amount)
{
    struct text_style left = bold(g->size->subtitle + 4), right = bold(g->size->total);
    int32_t room = g->l->width - text_measure(g->t, left, what).width - COLUMN_GAP;

    right.size_dots = text_size_to_fit(g->t, right, left.size_dots, room, amount);
    row(g, left, what, right, amount);
}

static void payment(struct galley *g)
{
    const struct receipt *r = g->r;
    char text[MONEY_TEXT_MAX];
    struct text_style body = sans(g->size->body);

    rule(g, ELEMENT_FILL);
    money_short(text, r->total);
    put_total(g, say(g, _("TOTAL")), text);
    if (r->total_in_words) {
        in_words(g);
    }
    g->y += g->size->gap / 2;
    for (size_t i = 0; i < r->tenders_count; i++) {
        const struct receipt_tender *tender = &r->tenders[i];
        money_row(g, body, say(g, tender->name), tender->amount);
        if (given(tender->reference)) {
            struct text_area area = {.y = g->y, .width = g->l->width, .align = ALIGN_LEFT};
            g->y = text_put(g->l, g->t, mono(g->size->code), area, tender->reference);
        }
    }
    if (r->change_shown) {
        money_row(g, bold(g->size->body), say(g, _("Kembali")), r->change);
    }
    if (r->pnbp_shown) {
        rule(g, ELEMENT_DASHES);
        money_row(g, sans(g->size->small), say(g, _("PNBP tercatat")), r->pnbp);
    }
}

static void stamp(struct galley *g)
{
    if (!g->r->stamp_reminder || g->r->total.rp <= RECEIPT_STAMP_ABOVE_RP) {
        return;
    }
    const char *const lines[] = {say(g, _("Tempat meterai Rp10.000")),
                                 say(g, _("untuk jumlah di atas Rp5.000.000")),
                                 say(g, _("bila diwajibkan (UU 10/2020)"))};
    g->y += g->size->gap;
    box(g, bold(g->size->body), lines, LENGTH(lines));
}

static enum err symbol(struct galley *g, struct why *why)
{
    if (!given(g->r->qr_url)) {
        return OK;
    }
    enum err e = qr_encode(&g->l->qr, g->r->qr_url, why);
    if (e) {
        return e;
    }
    int32_t modules = g->l->qr.width + 2 * QR_QUIET_MODULES;
    int32_t dots = g->l->width / modules;
    dots = dots < g->size->module ? dots : g->size->module;
    if (dots < MODULE_DOTS_MIN) {
        return why_say(why, ERR_REFUSED, "qr-too-dense",
                       _("Alamat struk sepanjang %zu huruf terlalu panjang untuk kode QR di kertas "
                         "ini: satu modul hanya %d titik, paling sedikit %d. Pendekkan alamat "
                         "laman toko."),
                       strlen(g->r->qr_url), (int)dots, MODULE_DOTS_MIN);
    }
    struct element *code = layout_add(g->l, ELEMENT_QR);
    code->module_dots = dots;
    code->width = code->height = g->l->qr.width * dots;
    code->x = (g->l->width - code->width) / 2;
    code->y = g->y + QR_QUIET_MODULES * dots;
    g->y += modules * dots;
    centred(g, sans(g->size->small), say(g, _("Pindai untuk memeriksa struk ini")));
    g->y += g->size->gap;
    return OK;
}

enum err receipt_layout(struct layout *out, const struct receipt *r, enum paper paper,
                        struct why *why)
{
    assert(paper == PAPER_58_MM || paper == PAPER_80_MM);
    layout_init(out, (int32_t)paper);
    if (r->lines_count > RECEIPT_LINES_MAX) {
        return why_say(why, ERR_LIMIT, "receipt-too-many-lines",
                       _("Struk ini berisi %zu baris, paling banyak %d. Bagi menjadi beberapa "
                         "transaksi."),
                       r->lines_count, RECEIPT_LINES_MAX);
    }
    struct galley g = {.l = out,
                       .t = typesetter_take(),
                       .r = r,
                       .size = paper == PAPER_58_MM ? &sizes_58 : &sizes_80};
    head(&g);
    about(&g);
    rule(&g, ELEMENT_DASHES);
    for (size_t i = 0; i < r->lines_count; i++) {
        g.y += i ? g.size->gap / 2 : 0;
        goods(&g, &r->lines[i]);
    }
    payment(&g);
    stamp(&g);
    enum err e = symbol(&g, why);
    if (!given(r->qr_url)) {
        g.y += g.size->gap;
    }
    for (size_t i = 0; i < r->footer_count && !e; i++) {
        centred(&g, sans(g.size->small), r->footer[i]);
    }
    out->height = g.y > HEIGHT_LEAST ? g.y : HEIGHT_LEAST;
    typesetter_give(g.t);
    return e;
}
