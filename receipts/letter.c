/* Letters on A4 with the unit's head, page after page. */
#include "receipts/letter.h"

#include <assert.h>

#include "inventory/base/arena.h"
#include "inventory/base/calendar.h"
#include "inventory/base/refuse.h"
#include "inventory/base/sbuf.h"
#include "inventory/base/words.h"
#include "receipts/document.h"
#include "receipts/typeset.h"

enum {
    PAGE_WIDTH = 210 * DOTS_PER_MM,
    PAGE_HEIGHT = 297 * DOTS_PER_MM,
    LEFT = 20 * DOTS_PER_MM,
    WIDTH = 170 * DOTS_PER_MM,
    TOP = 15 * DOTS_PER_MM,
    BOTTOM = PAGE_HEIGHT - 22 * DOTS_PER_MM, /* of what is said */
    FOOT_TOP = PAGE_HEIGHT - 17 * DOTS_PER_MM,
    BODY_DOTS = 29, /* about 10 points */
    SMALL_DOTS = 24,
    CELL_DOTS = 26,
    TITLE_DOTS = 38,
    UNIT_DOTS = 42,
    GAP = 24, /* between blocks */
    CELL_PAD = 8,
    ROW_PAD = 5,
    RULE = 2,
    HEAD_RULE = 5,
    SIGN_ROOM = 18 * DOTS_PER_MM,
    FACT_WIDTH = 45 * DOTS_PER_MM,
    PARAGRAPH_POINTS_MAX = 8000,
    PARAGRAPH_LINES_MAX = 400,
};

/* The letter in the making: what comes next stands at y of the last page. */
struct galley {
    struct letter_pages *out;
    struct typesetter *t;
    const struct letter *letter;
    int32_t y;
};

static struct text_style sans(int32_t size, bool bold)
{
    return (struct text_style){TYPEFACE_SANS, bold, size};
}

static bool given(const char *text)
{
    return text && text[strspn(text, " ")];
}

static struct layout *page_of(struct galley *g)
{
    return &g->out->pages[g->out->count - 1];
}

static void rule(struct layout *l, int32_t y, int32_t height)
{
    struct element *e = layout_add(l, ELEMENT_FILL);

    e->x = LEFT;
    e->y = y;
    e->width = WIDTH;
    e->height = height;
}

static void demo_bar(struct galley *g)
{
    const struct text_style style = sans(SMALL_DOTS, true);
    struct layout *l = page_of(g);
    const char *text = words(g->letter->lang, _("DEMO - semua isi rekaan"));
    const int32_t height = text_measure(g->t, style, text).height;
    struct element *e = layout_add(l, ELEMENT_FILL);

    e->x = LEFT;
    e->y = g->y;
    e->width = WIDTH;
    e->height = height + 2 * ROW_PAD;
    (void)text_put(l, g->t, style,
                   (struct text_area){.x = LEFT,
                                      .y = g->y + ROW_PAD,
                                      .width = WIDTH,
                                      .align = ALIGN_CENTRE,
                                      .lines_max = 1,
                                      .inverse = true},
                   text);
    g->y += height + 2 * ROW_PAD + GAP / 2;
}

static void next_page(struct galley *g)
{
    struct letter_pages *p = g->out;

    p->pages = mem_grow(p->pages, (p->count + 1) * sizeof(*p->pages));
    layout_init(&p->pages[p->count++], PAGE_WIDTH);
    page_of(g)->height = PAGE_HEIGHT;
    g->y = TOP;
    if (g->letter->demo) {
        demo_bar(g);
    }
}

static void line_put(struct galley *g, struct text_style style, enum align align, const char *text)
{
    g->y = text_put(page_of(g), g->t, style,
                    (struct text_area){.x = LEFT, .y = g->y, .width = WIDTH, .align = align}, text);
}

static void head_put(struct galley *g)
{
    const struct letter *letter = g->letter;

    line_put(g, sans(UNIT_DOTS, true), ALIGN_CENTRE, letter->office);
    line_put(g, sans(SMALL_DOTS, false), ALIGN_CENTRE, letter->address);
    line_put(g, sans(SMALL_DOTS, false), ALIGN_CENTRE, letter->city);
    g->y += GAP / 2;
    rule(page_of(g), g->y, HEAD_RULE);
    rule(page_of(g), g->y + HEAD_RULE + RULE, RULE);
    g->y += HEAD_RULE + GAP * 3 / 2;
    line_put(g, sans(TITLE_DOTS, true), ALIGN_CENTRE, letter->title);
    if (given(letter->number)) {
        line_put(g, sans(BODY_DOTS, false), ALIGN_CENTRE, letter->number);
    }
    g->y += GAP;
}

/* ---- blocks ---- */

static void paragraph_put(struct galley *g, const char *text)
{
    const struct text_style style = sans(BODY_DOTS, false);
    const char *clean = layout_text(page_of(g), text, PARAGRAPH_POINTS_MAX);
    struct text_span *spans = mem_get(PARAGRAPH_LINES_MAX * sizeof(*spans));
    const int32_t height = text_measure(g->t, style, "X").height;
    size_t lines =
        given(clean) ? text_break(g->t, style, clean, WIDTH, spans, PARAGRAPH_LINES_MAX) : 0;

    for (size_t i = 0; i < lines; i++) {
        if (g->y + height > BOTTOM) {
            next_page(g);
        }
        const char *line = arena_text_n(page_of(g)->arena, clean + spans[i].start, spans[i].length);
        (void)text_put(page_of(g), g->t, style,
                       (struct text_area){.x = LEFT, .y = g->y, .width = WIDTH, .lines_max = 1},
                       line);
        g->y += height;
    }
    free(spans);
    g->y += lines ? GAP : 0;
}

static int32_t fact_put(struct galley *g, const struct letter_fact *f)
{
    const struct text_style style = sans(BODY_DOTS, false);
    struct text_area area = {.x = LEFT, .y = g->y, .width = FACT_WIDTH - CELL_PAD};
    int32_t what = text_put(page_of(g), g->t, style, area, f->label);

    area.x = LEFT + FACT_WIDTH;
    area.width = WIDTH - FACT_WIDTH;
    int32_t value = text_put(page_of(g), g->t, style, area, given(f->text) ? f->text : "–");
    return what > value ? what : value;
}

static void facts_put(struct galley *g)
{
    const struct letter *l = g->letter;

    for (size_t i = 0; i < l->fact_count; i++) {
        const size_t before = page_of(g)->count;
        int32_t below = fact_put(g, &l->facts[i]);
        if (below > BOTTOM) {
            page_of(g)->count = before;
            next_page(g);
            below = fact_put(g, &l->facts[i]);
        }
        g->y = below + 2;
    }
    g->y += l->fact_count ? GAP : 0;
}

/* ---- tables ---- */

struct columns {
    int32_t x[LETTER_COLUMNS_MAX], width[LETTER_COLUMNS_MAX];
};

static struct columns columns_of(const struct letter *table)
{
    struct columns out;
    int32_t all = 0, before = 0;

    for (size_t i = 0; i < table->column_count; i++) {
        all += table->columns[i].share;
    }
    for (size_t i = 0; i < table->column_count; i++) {
        out.x[i] = LEFT + before * WIDTH / all;
        before += table->columns[i].share;
        out.width[i] = LEFT + before * WIDTH / all - out.x[i];
    }
    return out;
}

/* One row with the rule below it; the y below both.  cells NULL: the header. */
static int32_t row_put(struct galley *g, const struct letter *table, const struct columns *c,
                       const char *const *cells, bool bold)
{
    int32_t below = g->y + ROW_PAD + CELL_DOTS;

    for (size_t i = 0; i < table->column_count; i++) {
        const struct text_area area = {.x = c->x[i] + CELL_PAD,
                                       .y = g->y + ROW_PAD,
                                       .width = c->width[i] - 2 * CELL_PAD,
                                       .align = table->columns[i].right ? ALIGN_RIGHT : ALIGN_LEFT};
        int32_t y = text_put(page_of(g), g->t, sans(CELL_DOTS, bold || !cells), area,
                             cells ? cells[i] : table->columns[i].head);
        below = y > below ? y : below;
    }
    below += ROW_PAD;
    rule(page_of(g), below, cells ? 1 : RULE * 2);
    return below + (cells ? 1 : RULE * 2);
}

static void table_head(struct galley *g, const struct letter *table, const struct columns *c)
{
    rule(page_of(g), g->y, RULE);
    g->y += RULE;
    g->y = row_put(g, table, c, NULL, true);
}

static void table_put(struct galley *g)
{
    const struct letter *table = g->letter;

    if (table->column_count == 0) {
        return;
    }
    const struct columns c = columns_of(table);
    if (g->y + 4 * CELL_DOTS > BOTTOM) {
        next_page(g);
    }
    table_head(g, table, &c);
    for (size_t i = 0; i < table->row_count; i++) {
        const char *const *cells = table->cells + i * table->column_count;
        const bool sum = table->total && i + 1 == table->row_count;
        const size_t before = page_of(g)->count;
        int32_t below = row_put(g, table, &c, cells, sum);
        if (below > BOTTOM) {
            page_of(g)->count = before;
            next_page(g);
            table_head(g, table, &c);
            below = row_put(g, table, &c, cells, sum);
        }
        g->y = below;
    }
    g->y += GAP;
}

/* ---- signatures and foot ---- */

static int32_t sign_put(struct galley *g, const struct letter_signature *s, int32_t x)
{
    struct text_area area = {.x = x, .y = g->y, .width = WIDTH / 2 - GAP, .align = ALIGN_CENTRE};

    area.y = text_put(page_of(g), g->t, sans(BODY_DOTS, false), area, s->role) + SIGN_ROOM;
    if (given(s->name)) {
        return text_put(page_of(g), g->t, sans(BODY_DOTS, true), area, s->name);
    }
    return text_put(page_of(g), g->t, sans(BODY_DOTS, false), area, "(…………………………………………)");
}

static void signs_lay(struct galley *g)
{
    const struct letter *letter = g->letter;

    g->y += GAP;
    if (given(letter->date)) {
        char text[256];
        (void)snprintf(text, sizeof(text), "%s%s%s", letter->city ? letter->city : "",
                       given(letter->city) ? ", " : "", letter->date);
        line_put(g, sans(BODY_DOTS, false), ALIGN_RIGHT, text);
        g->y += GAP / 2;
    }
    for (size_t i = 0; i < letter->signature_count; i += 2) {
        int32_t left = sign_put(g, &letter->signatures[i], LEFT), right = 0;
        if (i + 1 < letter->signature_count) {
            right = sign_put(g, &letter->signatures[i + 1], LEFT + WIDTH / 2 + GAP);
        }
        g->y = (left > right ? left : right) + GAP;
    }
}

static void signs_put(struct galley *g)
{
    const size_t before = page_of(g)->count;
    const int32_t y = g->y;

    assert(g->letter->signature_count <= LETTER_SIGNATURES_MAX);
    if (!g->letter->signature_count) {
        return;
    }
    signs_lay(g);
    if (g->y - GAP > BOTTOM && y > TOP + GAP * 3) {
        page_of(g)->count = before;
        next_page(g);
        signs_lay(g);
    }
}

static void foot_put(struct galley *g, struct layout *l, size_t page)
{
    const struct letter *letter = g->letter;
    struct text_area area = {.x = LEFT, .y = FOOT_TOP, .width = WIDTH * 3 / 4, .lines_max = 1};
    char text[256];

    (void)snprintf(text, sizeof(text), "%s%s%s", letter->title ? letter->title : "",
                   given(letter->number) ? " " : "", given(letter->number) ? letter->number : "");
    (void)text_put(l, g->t, sans(SMALL_DOTS, false), area, text);
    (void)snprintf(text, sizeof(text), "%s %zu / %zu", words(letter->lang, _("halaman")), page,
                   g->out->count);
    area.x = LEFT + WIDTH * 3 / 4;
    area.width = WIDTH / 4;
    area.align = ALIGN_RIGHT;
    (void)text_put(l, g->t, sans(SMALL_DOTS, false), area, text);
}

enum err letter_lay(struct letter_pages *out, const struct letter *letter, struct why *why)
{
    struct galley g = {.out = out, .letter = letter};

    *out = (struct letter_pages){0};
    assert(letter->column_count <= LETTER_COLUMNS_MAX);
    if (letter->row_count > LETTER_ROWS_MAX) {
        return why_say(why, ERR_LIMIT, "letter-rows",
                       _("%zu baris terlalu banyak untuk satu berkas, paling banyak %d. Persempit "
                         "pilihannya."),
                       letter->row_count, LETTER_ROWS_MAX);
    }
    g.t = typesetter_take();
    next_page(&g);
    head_put(&g);
    facts_put(&g);
    paragraph_put(&g, letter->text);
    table_put(&g);
    paragraph_put(&g, letter->closing);
    signs_put(&g);
    for (size_t i = 0; i < out->count; i++) {
        foot_put(&g, &out->pages[i], i + 1);
    }
    typesetter_give(g.t);
    return OK;
}

void letter_pages_done(struct letter_pages *pages)
{
    for (size_t i = 0; i < pages->count; i++) {
        layout_done(&pages->pages[i]);
    }
    free(pages->pages);
    *pages = (struct letter_pages){0};
}

enum err letter_pdf(struct sbuf *out, const struct letter *letter, struct why *why)
{
    struct letter_pages pages;
    char title[256], made_at[DATE_TEXT_MAX];
    enum err e = letter_lay(&pages, letter, why);

    if (e) {
        return e;
    }
    struct document *d = document_new(out, 210000, 297000);
    (void)snprintf(title, sizeof(title), "%s %s", letter->title ? letter->title : "",
                   letter->number ? letter->number : "");
    instant_rfc3339(made_at, letter->made_at, letter->zone);
    document_about(d, title, letter->made_at.ms ? made_at : NULL);
    for (size_t i = 0; i < pages.count; i++) {
        if (i > 0) {
            document_next_page(d);
        }
        document_put(d, &pages.pages[i], 0, 0);
    }
    letter_pages_done(&pages);
    return document_close(d, why);
}
