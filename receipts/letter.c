/* A4 papers with the office's head. */
#include "receipts/letter.h"

#include <assert.h>

#include "inventory/base/arena.h"
#include "inventory/base/calendar.h"
#include "inventory/base/refuse.h"
#include "inventory/base/sbuf.h"
#include "inventory/base/words.h"
#include "receipts/document.h"
#include "receipts/typeset.h"

/* In dots of an eighth of a millimetre. */
enum {
    UM_PER_MM = 1000,
    PAGE_WIDTH_MM = 210,
    PAGE_HEIGHT_MM = 297,
    MARGIN_MM = 18,
    WIDTH = (PAGE_WIDTH_MM - 2 * MARGIN_MM) * DOTS_PER_MM,
    HEIGHT = (PAGE_HEIGHT_MM - 2 * MARGIN_MM) * DOTS_PER_MM,
    FOOT = 40, /* of that, for the page's number */
    OFFICE_SIZE = 38,
    ADDRESS_SIZE = 24,
    TITLE_SIZE = 36,
    BODY_SIZE = 26,
    SMALL_SIZE = 22,
    RULE = 3,
    THIN = 1,
    LABEL_WIDTH = 45 * DOTS_PER_MM,
    CELL_PAD = 8,
    SIGN_ROOM = 150, /* between a role and its name */
};

struct press {
    const struct letter *letter;
    struct document *d;
    struct typesetter *t;
    struct layout page;
    int32_t y;
    int32_t number; /* of the page */
};

static struct text_style style(bool bold, int32_t size)
{
    return (struct text_style){TYPEFACE_SANS, bold, size};
}

static void put_rule(struct press *p, int32_t thickness)
{
    struct element *e = layout_add(&p->page, ELEMENT_FILL);

    e->y = p->y;
    e->width = WIDTH;
    e->height = thickness;
    p->y += thickness;
}

static int32_t put_text(struct press *p, struct text_style s, struct text_area area,
                        const char *text)
{
    return text_put(&p->page, p->t, s, area, text);
}

/* ---- pages ---- */

static void page_begin(struct press *p)
{
    layout_init(&p->page, WIDTH);
    p->y = 0;
    p->number++;
}

static void page_end(struct press *p)
{
    struct text_area area = {.y = HEIGHT - FOOT / 2, .width = WIDTH, .lines_max = 1};
    char text[160];

    (void)snprintf(text, sizeof text, "%.100s%s", p->letter->number,
                   p->letter->demo ? " · DEMO" : "");
    (void)put_text(p, style(false, SMALL_SIZE), area, text);
    area.align = ALIGN_RIGHT;
    (void)snprintf(text, sizeof text, "%s %d", words(p->letter->lang, _("halaman")),
                   (int)p->number);
    (void)put_text(p, style(false, SMALL_SIZE), area, text);
    document_put(p->d, &p->page, MARGIN_MM * UM_PER_MM, MARGIN_MM * UM_PER_MM);
    layout_done(&p->page);
}

static bool fits(const struct press *p, int32_t height)
{
    return p->y + height <= HEIGHT - FOOT;
}

static void page_turn(struct press *p)
{
    page_end(p);
    document_next_page(p->d);
    page_begin(p);
}

/* ---- head and facts ---- */

static void put_head(struct press *p)
{
    const struct letter *l = p->letter;
    struct text_area area = {.width = WIDTH, .align = ALIGN_CENTRE, .lines_max = 2};

    if (l->demo) {
        area.y = p->y;
        p->y = put_text(p, style(true, ADDRESS_SIZE), area,
                        words(l->lang, _("DEMO - semua isi rekaan")));
    }
    area.y = p->y;
    p->y = put_text(p, style(true, OFFICE_SIZE), area, l->office);
    area.y = p->y;
    p->y = put_text(p, style(false, ADDRESS_SIZE), area, l->address) + 10;
    put_rule(p, RULE);
    p->y += 26;
    area.y = p->y;
    p->y = put_text(p, style(true, TITLE_SIZE), area, l->title);
    area.y = p->y;
    p->y = put_text(p, style(false, BODY_SIZE), area, l->number) + 20;
}

static void put_facts(struct press *p)
{
    for (size_t i = 0; i < p->letter->fact_count; i++) {
        const struct letter_fact *f = &p->letter->facts[i];
        struct text_area label = {.y = p->y, .width = LABEL_WIDTH - 12, .lines_max = 2};
        struct text_area text = {
            .x = LABEL_WIDTH, .y = p->y, .width = WIDTH - LABEL_WIDTH, .lines_max = 6};
        int32_t a = put_text(p, style(false, BODY_SIZE), label, f->label);
        int32_t b = put_text(p, style(true, BODY_SIZE), text, f->text);

        p->y = (a > b ? a : b) + 4;
    }
    p->y += 12;
}

static void put_paragraph(struct press *p, const char *text)
{
    struct text_area area = {.y = p->y, .width = WIDTH};

    if (text && *text) {
        p->y = put_text(p, style(false, BODY_SIZE), area, text) + 16;
    }
}

/* ---- the table ---- */

static void column_area(struct text_area *area, const struct letter *l, size_t column)
{
    int32_t all = 0, before = 0;

    for (size_t i = 0; i < l->column_count; i++) {
        all += l->columns[i].share;
        before += i < column ? l->columns[i].share : 0;
    }
    area->x = before * WIDTH / all + CELL_PAD / 2;
    area->width = l->columns[column].share * WIDTH / all - CELL_PAD;
    area->align = l->columns[column].right ? ALIGN_RIGHT : ALIGN_LEFT;
}

/* One row; returns the y below it.  Cells take up to three lines. */
static int32_t put_row(struct press *p, const char *const *cells, bool head)
{
    const struct letter *l = p->letter;
    int32_t below = p->y;

    for (size_t c = 0; c < l->column_count; c++) {
        struct text_area area = {.y = p->y, .lines_max = 3};
        int32_t y;

        column_area(&area, l, c);
        y = put_text(p, style(head, SMALL_SIZE + 2), area, cells[c]);
        below = y > below ? y : below;
    }
    return below;
}

static void put_heads(struct press *p)
{
    const char *heads[LETTER_COLUMNS_MAX];

    for (size_t c = 0; c < p->letter->column_count; c++) {
        heads[c] = p->letter->columns[c].head;
    }
    put_rule(p, RULE);
    p->y += 4;
    p->y = put_row(p, heads, true) + 4;
    put_rule(p, RULE);
    p->y += 4;
}

enum { ROW_HEIGHT_MOST = 3 * 34 + 8 };

static void put_table(struct press *p)
{
    const struct letter *l = p->letter;

    if (l->column_count == 0) {
        return;
    }
    put_heads(p);
    for (size_t r = 0; r < l->row_count; r++) {
        if (!fits(p, ROW_HEIGHT_MOST)) {
            page_turn(p);
            put_heads(p);
        }
        p->y = put_row(p, l->cells + r * l->column_count, false) + 4;
        put_rule(p, THIN);
        p->y += 4;
    }
    p->y += 20;
}

/* ---- signatures ---- */

static void put_signatures(struct press *p)
{
    const struct letter *l = p->letter;
    const int32_t n = (int32_t)l->signature_count;
    int32_t top, below;
    char place[160];

    if (n == 0) {
        return;
    }
    if (!fits(p, SIGN_ROOM + 5 * BODY_SIZE)) {
        page_turn(p);
    }
    (void)snprintf(place, sizeof place, "%.60s%s%.60s", l->city, *l->city ? ", " : "", l->date);
    p->y = put_text(p, style(false, BODY_SIZE),
                    (struct text_area){.y = p->y, .width = WIDTH, .align = ALIGN_RIGHT}, place) +
           16;
    top = p->y;
    for (int32_t i = 0; i < n; i++) {
        struct text_area area = {.x = i * WIDTH / n + CELL_PAD,
                                 .y = top,
                                 .width = WIDTH / n - 2 * CELL_PAD,
                                 .align = ALIGN_CENTRE,
                                 .lines_max = 2};
        struct element *line;

        (void)put_text(p, style(false, BODY_SIZE), area, l->signatures[i].role);
        line = layout_add(&p->page, ELEMENT_FILL);
        line->x = area.x;
        line->y = top + SIGN_ROOM + BODY_SIZE;
        line->width = area.width;
        line->height = THIN;
        area.y = line->y + 6;
        below = put_text(p, style(true, BODY_SIZE), area, l->signatures[i].name);
        p->y = below > p->y ? below : p->y;
    }
}

enum err letter_pdf(struct sbuf *out, const struct letter *letter, struct why *why)
{
    struct press p = {.letter = letter};
    char made_at[DATE_TEXT_MAX];
    enum err e;

    assert(letter->column_count <= LETTER_COLUMNS_MAX &&
           letter->signature_count <= LETTER_SIGNATURES_MAX);
    if (letter->row_count > LETTER_ROWS_MAX) {
        return why_say(why, ERR_LIMIT, "letter-rows",
                       _("%zu baris terlalu banyak untuk satu berkas, paling banyak %d. Persempit "
                         "pilihannya."),
                       letter->row_count, LETTER_ROWS_MAX);
    }
    instant_rfc3339(made_at, letter->made_at, letter->zone);
    p.d = document_new(out, PAGE_WIDTH_MM * UM_PER_MM, PAGE_HEIGHT_MM * UM_PER_MM);
    p.t = typesetter_take();
    document_about(p.d, letter->title, letter->made_at.ms ? made_at : NULL);
    page_begin(&p);
    put_head(&p);
    put_facts(&p);
    put_paragraph(&p, letter->text);
    put_table(&p);
    put_paragraph(&p, letter->closing);
    put_signatures(&p);
    page_end(&p);
    typesetter_give(p.t);
    e = document_close(p.d, why);
    return e;
}
