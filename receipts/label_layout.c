/* Where everything stands on a label. */
#include "inventory/base/money_text.h"
#include "inventory/base/refuse.h"
#include "receipts/label_draw.h"
#include "receipts/typeset.h"

enum {
    NAME_LINES = 2,
    SYMBOL_GAP = 2 /* dots of 203 dpi beside the quiet zone */,
    CODE_CHARS = 10
};

/* What a label is being laid out with. */
struct setting {
    struct layout *l;
    struct typesetter *t;
    const struct label *label;
    const struct label_metrics *m;
    enum label_dpi dpi;
};

static int32_t dots(const struct setting *s, int32_t dots_203)
{
    return label_dots(s->dpi, dots_203);
}

static const char *code_text(struct layout *l, struct label_code code)
{
    char groups[LABEL_GROUPS_MAX];

    label_code_groups(groups, code);
    return layout_text(l, groups, sizeof(groups));
}

static struct text_style style_of(const struct setting *s, enum typeface face, bool bold,
                                  int32_t size)
{
    return (struct text_style){face, bold, dots(s, size)};
}

/* White letters on black. */
static void put_demo(const struct setting *s, struct text_area area)
{
    struct layout *l = s->l;
    size_t at = l->count;
    int32_t pad = dots(s, 1), top = area.y;

    (void)layout_add(l, ELEMENT_FILL);
    area.y += pad;
    area.inverse = true;
    area.align = ALIGN_CENTRE;
    int32_t below = text_put(l, s->t, style_of(s, TYPEFACE_SANS, true, s->m->demo), area, "DEMO");
    struct element *fill = &l->elements[at];
    fill->x = area.x;
    fill->y = top;
    fill->width = area.width;
    fill->height = below + pad - top;
}

/* On one line as large as it can be; else on two. */
static void put_name(const struct setting *s, int32_t x)
{
    struct text_style style = style_of(s, TYPEFACE_SANS, true, s->m->name_most);
    struct text_area area = {.x = x,
                             .y = dots(s, s->m->name_top),
                             .width = s->l->width - dots(s, s->m->margin) - x,
                             .lines_max = NAME_LINES};
    const char *name = layout_text(s->l, s->label->name, TEXT_POINTS_MAX);
    struct text_span lines[NAME_LINES + 1];

    style.size_dots = text_size_to_fit(s->t, style, dots(s, s->m->name_two), area.width, name);
    if (text_break(s->t, style, name, area.width, lines, LENGTH(lines)) > NAME_LINES) {
        style.size_dots = dots(s, s->m->name_least);
    }
    (void)text_put(s->l, s->t, style, area, name);
}

static bool said(const char *text)
{
    return text && text[0];
}

/* Beside the symbol: what people read and compare. */
static void put_column(const struct setting *s, struct text_area area)
{
    struct text_style code = style_of(s, TYPEFACE_MONO, true, s->m->code_most);
    struct text_style price = style_of(s, TYPEFACE_SANS, true, s->m->price_most);
    struct text_style place = style_of(s, TYPEFACE_SANS, false, s->m->place);
    const char *groups = code_text(s->l, s->label->code);
    int32_t lines = s->m->place_lines - (s->label->demo ? 1 : 0);
    char amount[MONEY_TEXT_MAX];

    code.size_dots = text_size_to_fit(s->t, code, dots(s, s->m->code_least), area.width, groups);
    area.lines_max = 1;
    area.y = text_put(s->l, s->t, code, area, groups);
    if (s->label->price.rp > 0) {
        money_short(amount, s->label->price);
        price.size_dots =
            text_size_to_fit(s->t, price, dots(s, s->m->price_least), area.width, amount);
        area.y = text_put(s->l, s->t, price, area, amount);
    }
    if (said(s->label->variant)) {
        area.y = text_put(s->l, s->t, place, area, s->label->variant);
        lines--;
    }
    area.lines_max = lines > 1 ? (size_t)lines : 1;
    area.y = text_put(s->l, s->t, place, area, s->label->workshop);
    if (s->label->demo) {
        area.y += dots(s, s->m->arrangement == LABEL_NAME_ABOVE ? 4 : 0);
        put_demo(s, area);
    }
}

/* Along the lower edge: whose it is. */
static void put_foot(const struct setting *s, int32_t x)
{
    struct text_style style = style_of(s, TYPEFACE_SANS, false, s->m->foot_most);
    struct text_area area = {.x = x,
                             .y = dots(s, s->m->foot_top),
                             .width = s->l->width - dots(s, s->m->margin) - x,
                             .lines_max = 1};
    const char *unit = layout_text(s->l, s->label->unit_name, TEXT_POINTS_MAX);

    style.size_dots = text_size_to_fit(s->t, style, dots(s, s->m->foot_least), area.width, unit);
    (void)text_put(s->l, s->t, style, area, unit);
}

/* From the highest letter to the lowest tail: DejaVu's ascenders are 0.76 em, its descenders 0.24.
 */
static int32_t ink_top(const struct element *e)
{
    return e->kind == ELEMENT_TEXT ? e->y + e->baseline - e->style.size_dots * 76 / 100 : e->y;
}

static int32_t ink_below(const struct element *e)
{
    return e->kind == ELEMENT_TEXT ? e->y + e->baseline + e->style.size_dots * 24 / 100
                                   : e->y + e->height;
}

/* Nothing but white may stand around the symbol, and all of it on the label. */
static enum err check_quiet(const struct layout *l, const struct element *code, struct why *why)
{
    const int32_t quiet = QR_QUIET_MODULES * code->module_dots;
    const int32_t left = code->x - quiet, top = code->y - quiet;
    const int32_t right = code->x + code->width + quiet, below = code->y + code->height + quiet;
    bool clear = left >= 0 && top >= 0 && right <= l->width && below <= l->height;

    for (size_t i = 0; i < l->count && clear; i++) {
        const struct element *e = &l->elements[i];
        clear = e->kind == ELEMENT_QR || e->x >= right || e->x + e->width <= left ||
                ink_top(e) >= below || ink_below(e) <= top;
    }
    return clear ? OK
                 : why_say(why, ERR_REFUSED, "label-quiet-zone",
                           _("Kode QR label tidak mendapat tepi putih %d titik di sekelilingnya. "
                             "Pakai ukuran label yang lebih besar."),
                           (int)quiet);
}

enum err label_layout(struct layout *out, struct typesetter *t, const struct label *label,
                      struct label_form form, struct qr *qr, struct why *why)
{
    const struct label_shape *shape = label_shape(form.size);
    struct setting s = {out, t, label, label_metrics(form.size), form.dpi};
    int32_t modules = qr->width + 2 * QR_QUIET_MODULES;
    int32_t most = dots(&s, s.m->module_most), room = dots(&s, s.m->body_height) / modules;

    layout_init(out, dots(&s, shape->width_mm * DOTS_PER_MM));
    out->height = dots(&s, shape->height_mm * DOTS_PER_MM);
    out->qr = *qr;
    *qr = (struct qr){0};
    struct element *code = layout_add(out, ELEMENT_QR);
    code->module_dots = room < most ? room : most;
    code->width = code->height = out->qr.width * code->module_dots;
    int32_t quiet = QR_QUIET_MODULES * code->module_dots, margin = dots(&s, s.m->margin);
    code->x = quiet > margin ? quiet : margin;
    code->y = dots(&s, s.m->body_top) + (dots(&s, s.m->body_height) - code->height) / 2;
    struct element symbol = *code; /* the list grows */
    struct text_area column = {.x = code->x + code->width + quiet + dots(&s, SYMBOL_GAP),
                               .y = dots(&s, s.m->column_top),
                               .align = ALIGN_LEFT};
    column.width = out->width - margin - column.x;
    bool beside = s.m->arrangement == LABEL_ALL_BESIDE;
    put_name(&s, beside ? column.x : margin);
    put_column(&s, column);
    put_foot(&s, beside ? column.x : margin);
    return check_quiet(out, &symbol, why);
}

bool label_layout_again(struct layout *l, const struct label *label, struct qr *qr)
{
    if (qr->width != l->qr.width) {
        return false;
    }
    for (size_t i = 0; i < l->count; i++) {
        struct element *text = &l->elements[i];
        if (text->kind == ELEMENT_TEXT && text->style.face == TYPEFACE_MONO) {
            text->text = code_text(l, label->code);
            qr_done(&l->qr);
            l->qr = *qr;
            *qr = (struct qr){0};
            return true;
        }
    }
    return false;
}
