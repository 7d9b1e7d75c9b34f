/* A4 sheets of labels as PDF, with cutting marks and a ruler that proves the true size. */
#include <assert.h>

#include "inventory/base/calendar.h"
#include "inventory/base/refuse.h"
#include "inventory/base/sbuf.h"
#include "inventory/base/words.h"
#include "receipts/document.h"
#include "receipts/label_draw.h"
#include "receipts/typeset.h"

enum {
    UM_PER_MM = 1000,
    MARK_UM = 4000,  /* length of a cutting mark outside of the grid, */
    CROSS_UM = 1000, /* and of an arm of the crosses inside of it */
    FOOT_TOP_UM = 280000,
    FOOT_SIZE = 22,
    RULER_TICK = 12, /* dots of the short ticks; tens are twice as long */
    RULER_RULE = 2,
    FOOT_GAP = 16,
};

static int32_t grid_x(int32_t column)
{
    return (SHEET_LEFT_MM + column * LABEL_WIDTH_MM) * UM_PER_MM;
}

static int32_t grid_y(int32_t row)
{
    return (SHEET_TOP_MM + row * LABEL_HEIGHT_MM) * UM_PER_MM;
}

/* Marks at the edge for the knife's ruler, small crosses at the corners for scissors.  None of them
 * enters a symbol's quiet zone: labels keep 2 mm free. */
static void put_marks(struct document *d)
{
    struct hair_line lines[2 * (SHEET_COLUMNS + 1) * (SHEET_ROWS + 2)];
    size_t n = 0;

    for (int32_t column = 0; column <= SHEET_COLUMNS; column++) {
        int32_t x = grid_x(column);
        lines[n++] = (struct hair_line){x, grid_y(0) - MARK_UM, 0, MARK_UM - CROSS_UM};
        lines[n++] = (struct hair_line){x, grid_y(SHEET_ROWS) + CROSS_UM, 0, MARK_UM - CROSS_UM};
        for (int32_t row = 0; row <= SHEET_ROWS; row++) {
            lines[n++] = (struct hair_line){x - CROSS_UM, grid_y(row), 2 * CROSS_UM, 0};
            lines[n++] = (struct hair_line){x, grid_y(row) - CROSS_UM, 0, 2 * CROSS_UM};
        }
    }
    assert(n == LENGTH(lines));
    document_hair_lines(d, lines, n);
}

static void tick(struct layout *l, int32_t mm)
{
    struct element *e = layout_add(l, ELEMENT_FILL);

    e->x = mm * DOTS_PER_MM;
    e->width = RULER_RULE;
    e->height = mm % 10 == 0 ? 2 * RULER_TICK : mm % 5 == 0 ? RULER_TICK * 3 / 2 : RULER_TICK;
}

/* The ruler and what the sheet is, as wide as the grid. */
static void foot_layout(struct layout *l, struct typesetter *t, const struct label_sheet *sheet,
                        int32_t page, int32_t pages)
{
    const struct text_style style = {TYPEFACE_SANS, false, FOOT_SIZE};
    const int32_t ruler = SHEET_RULER_MM * DOTS_PER_MM + RULER_RULE;
    char text[256];

    layout_init(l, SHEET_COLUMNS * LABEL_WIDTH_MM * DOTS_PER_MM);
    for (int32_t mm = 0; mm <= SHEET_RULER_MM; mm++) {
        tick(l, mm);
    }
    struct element *base = layout_add(l, ELEMENT_FILL);
    base->width = ruler;
    base->height = RULER_RULE;
    struct text_area area = {.y = 2 * RULER_TICK + RULER_RULE, .width = 2 * ruler, .lines_max = 1};
    (void)snprintf(text, sizeof(text), "%d mm – %s", SHEET_RULER_MM,
                   words(sheet->lang, _("cetak pada ukuran 100%, lalu ukur garis ini")));
    (void)text_put(l, t, style, area, text);

    area = (struct text_area){.x = ruler + FOOT_GAP, .align = ALIGN_RIGHT, .lines_max = 1};
    area.width = l->width - area.x;
    (void)text_put(l, t, style, area, sheet->title ? sheet->title : "");
    area.y = 2 * RULER_TICK + RULER_RULE;
    area.x *= 2;
    area.width = l->width - area.x;
    (void)snprintf(text, sizeof(text), "%s %d / %d", words(sheet->lang, _("halaman")), (int)page,
                   (int)pages);
    (void)text_put(l, t, style, area, text);
}

static void put_foot(struct document *d, struct typesetter *t, const struct label_sheet *sheet,
                     int32_t page, int32_t pages)
{
    struct layout foot;

    foot_layout(&foot, t, sheet, page, pages);
    document_put(d, &foot, SHEET_LEFT_MM * UM_PER_MM, FOOT_TOP_UM);
    layout_done(&foot);
}

/* ---- labels ---- */

static bool same_text(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

static bool same_but_code(const struct label *a, const struct label *b)
{
    return a->price.rp == b->price.rp && a->demo == b->demo && same_text(a->host, b->host) &&
           same_text(a->name, b->name) && same_text(a->workshop, b->workshop) &&
           same_text(a->unit_name, b->unit_name);
}

/* The pieces of a lot differ in their code alone: all the rest of the layout is kept, because codes
 * are all of one length and one width.  ERR_NOT_FOUND when it can not be kept. */
static enum err relay(struct layout *l, const struct label *label, struct why *why)
{
    char url[LABEL_URL_MAX];
    struct qr qr;

    if (!label_url(url, label->host, label->code)) {
        return ERR_NOT_FOUND;
    }
    enum err e = qr_encode(&qr, url, why);
    if (e || qr.width != l->qr.width) {
        qr_done(&qr);
        return e ? e : ERR_NOT_FOUND;
    }
    qr_done(&l->qr);
    l->qr = qr;
    for (size_t i = 0; i < l->count; i++) {
        struct element *text = &l->elements[i];
        if (text->kind == ELEMENT_TEXT && text->style.face == TYPEFACE_MONO) {
            text->text = label_code_text(l, label->code);
            return OK;
        }
    }
    return ERR_NOT_FOUND;
}

static enum err put_labels(struct document *d, struct typesetter *t,
                           const struct label_sheet *sheet, struct why *why)
{
    struct layout l = {0};
    size_t skip = (size_t)sheet->skip_cells;
    int32_t pages = (int32_t)((skip + sheet->count + SHEET_CELLS - 1) / SHEET_CELLS);
    enum err e = OK;

    for (size_t i = 0; i < sheet->count && !e; i++) {
        const struct label *label = &sheet->labels[i];
        int32_t cell = (int32_t)((skip + i) % SHEET_CELLS);
        bool kept = i > 0 && same_but_code(label - 1, label) && relay(&l, label, why) == OK;
        if (!kept) {
            layout_done(&l);
            e = label_layout(&l, t, label, LABEL_203_DPI, why);
        }
        if (e) {
            break;
        }
        if (i == 0 || cell == 0) {
            int32_t page = (int32_t)((skip + i) / SHEET_CELLS);
            if (page > 0) {
                document_next_page(d);
            }
            put_marks(d);
            put_foot(d, t, sheet, page + 1, pages);
        }
        document_put(d, &l, grid_x(cell % SHEET_COLUMNS), grid_y(cell / SHEET_COLUMNS));
    }
    layout_done(&l);
    return e;
}

enum err label_sheet_pdf(struct sbuf *out, const struct label_sheet *sheet, struct why *why)
{
    char made_at[DATE_TEXT_MAX];

    if (sheet->count == 0 || sheet->skip_cells < 0 || sheet->skip_cells >= SHEET_CELLS) {
        return why_say(why, ERR_INVALID, "label-sheet-empty",
                       _("Lembar label perlu paling sedikit satu label, dan petak awal 1 sampai "
                         "%d. Pilih lot yang berisi barang atau ubah petak awalnya."),
                       SHEET_CELLS);
    }
    if (sheet->count > SHEET_LABELS_MAX) {
        return why_say(why, ERR_LIMIT, "label-sheet-too-many",
                       _("%zu label terlalu banyak untuk satu berkas, paling banyak %d. Cetak "
                         "dalam beberapa bagian."),
                       sheet->count, SHEET_LABELS_MAX);
    }
    instant_rfc3339(made_at, sheet->made_at, sheet->zone);
    struct document *d = document_new(out, SHEET_WIDTH_MM * UM_PER_MM, SHEET_HEIGHT_MM * UM_PER_MM);
    struct typesetter *t = typesetter_take();
    document_about(d, sheet->title ? sheet->title : "", sheet->made_at.ms ? made_at : NULL);
    enum err e = put_labels(d, t, sheet, why);
    typesetter_give(t);
    enum err closed = document_close(d, e ? NULL : why);
    return e ? e : closed;
}
