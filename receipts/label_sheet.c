/* Labels as PDF: A4 sheets with cutting marks and a ruler that proves the true size, or one label a
 * page for a roll. */
#include <assert.h>

#include "inventory/base/arena.h"
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
    MARKS_MAX = 192,
    FOOT_LEFT_MM = 5,
    FOOT_WIDTH_MM = 200,
    FOOT_TOP_UM = 280000,
    FOOT_SIZE = 22,
    RULER_TICK = 12, /* dots of the short ticks; tens are twice as long */
    RULER_RULE = 2,
    FOOT_GAP = 16,
};

static int32_t grid_x(const struct label_shape *s, int32_t column)
{
    return (s->left_mm + column * s->width_mm) * UM_PER_MM;
}

static int32_t grid_y(const struct label_shape *s, int32_t row)
{
    return (s->top_mm + row * s->height_mm) * UM_PER_MM;
}

/* Marks at the edge for the knife's ruler, small crosses at the corners for scissors.  None of them
 * enters a symbol's quiet zone: labels keep more than that free. */
static void put_marks(struct document *d, const struct label_shape *s)
{
    struct hair_line lines[MARKS_MAX];
    size_t n = 0;

    assert(2 * (s->columns + 1) * (s->rows + 2) <= MARKS_MAX);
    for (int32_t column = 0; column <= s->columns; column++) {
        int32_t x = grid_x(s, column);
        lines[n++] = (struct hair_line){x, grid_y(s, 0) - MARK_UM, 0, MARK_UM - CROSS_UM};
        lines[n++] = (struct hair_line){x, grid_y(s, s->rows) + CROSS_UM, 0, MARK_UM - CROSS_UM};
        for (int32_t row = 0; row <= s->rows; row++) {
            lines[n++] = (struct hair_line){x - CROSS_UM, grid_y(s, row), 2 * CROSS_UM, 0};
            lines[n++] = (struct hair_line){x, grid_y(s, row) - CROSS_UM, 0, 2 * CROSS_UM};
        }
    }
    document_hair_lines(d, lines, n);
}

int32_t label_put_ruler(struct layout *l, int32_t length_mm)
{
    for (int32_t mm = 0; mm <= length_mm; mm++) {
        struct element *e = layout_add(l, ELEMENT_FILL);
        e->x = mm * DOTS_PER_MM;
        e->width = RULER_RULE;
        e->height = mm % 10 == 0 ? 2 * RULER_TICK : mm % 5 == 0 ? RULER_TICK * 3 / 2 : RULER_TICK;
    }
    struct element *base = layout_add(l, ELEMENT_FILL);
    base->width = length_mm * DOTS_PER_MM + RULER_RULE;
    base->height = RULER_RULE;
    return 2 * RULER_TICK + RULER_RULE;
}

/* The ruler and what the sheet is, as wide as the paper allows. */
static void foot_layout(struct layout *l, struct typesetter *t, const struct label_job *job,
                        int32_t page, int32_t pages)
{
    const struct text_style style = {TYPEFACE_SANS, false, FOOT_SIZE};
    const int32_t ruler = SHEET_RULER_MM * DOTS_PER_MM + RULER_RULE;
    char text[256];

    layout_init(l, FOOT_WIDTH_MM * DOTS_PER_MM);
    int32_t below = label_put_ruler(l, SHEET_RULER_MM);
    struct text_area area = {.y = below, .width = 2 * ruler, .lines_max = 1};
    (void)snprintf(text, sizeof(text), "%d mm – %s", SHEET_RULER_MM,
                   words(job->lang, _("cetak pada ukuran 100%, lalu ukur garis ini")));
    (void)text_put(l, t, style, area, text);

    area = (struct text_area){.x = ruler + FOOT_GAP, .align = ALIGN_RIGHT, .lines_max = 1};
    area.width = l->width - area.x;
    (void)text_put(l, t, style, area, job->title ? job->title : "");
    area.y = below;
    area.x *= 2;
    area.width = l->width - area.x;
    (void)snprintf(text, sizeof(text), "%s %d / %d", words(job->lang, _("halaman")), (int)page,
                   (int)pages);
    (void)text_put(l, t, style, area, text);
}

static void put_foot(struct document *d, struct typesetter *t, const struct label_job *job,
                     int32_t page, int32_t pages)
{
    struct layout foot;

    foot_layout(&foot, t, job, page, pages);
    document_put(d, &foot, FOOT_LEFT_MM * UM_PER_MM, FOOT_TOP_UM);
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
           same_text(a->name, b->name) && same_text(a->variant, b->variant) &&
           same_text(a->workshop, b->workshop) && same_text(a->unit_name, b->unit_name);
}

/* What is being written, and the layout of the label before. */
struct writer {
    struct document *d;
    struct typesetter *t;
    const struct label_job *job;
    struct label_form form;
    struct layout l;
};

static void begin_page(struct writer *w, size_t i)
{
    const struct label_job *job = w->job;
    const size_t cells = (size_t)label_cells(job->size), skip = (size_t)job->skip_cells;

    if (job->medium == LABEL_ROLL) {
        if (i > 0) {
            document_next_page(w->d);
        }
    } else if (i == 0 || (skip + i) % cells == 0) {
        int32_t page = (int32_t)((skip + i) / cells);
        if (page > 0) {
            document_next_page(w->d);
        }
        put_marks(w->d, label_shape(job->size));
        put_foot(w->d, w->t, job, page + 1, (int32_t)((skip + job->count + cells - 1) / cells));
    }
}

static struct document_place place_of(const struct writer *w, size_t i)
{
    const struct label_shape *s = label_shape(w->job->size);
    struct document_place place = {.dots_per_mm_milli = label_dots_per_mm_milli(w->form.dpi)};

    if (w->job->medium == LABEL_SHEET) {
        int32_t cell =
            (int32_t)(((size_t)w->job->skip_cells + i) % (size_t)label_cells(w->job->size));
        place.x_um = grid_x(s, cell % s->columns);
        place.y_um = grid_y(s, cell / s->columns);
    }
    return place;
}

/* The pieces of a lot differ in their code alone: the rest of the layout is kept. */
static enum err put_one(struct writer *w, size_t i, struct qr *symbol, struct why *why)
{
    const struct label *label = &w->job->labels[i];

    if (i == 0 || !same_but_code(label - 1, label) || !label_layout_again(&w->l, label, symbol)) {
        layout_done(&w->l);
        enum err e = label_layout(&w->l, w->t, label, w->form, symbol, why);
        if (e) {
            return e;
        }
    }
    begin_page(w, i);
    document_put_dots(w->d, &w->l, place_of(w, i));
    return OK;
}

static enum err put_batch(struct writer *w, struct label_batch *b, struct why *why)
{
    enum err e = OK;

    for (size_t i = 0; i < b->count && !e; i++) {
        e = put_one(w, b->first + i, &b->symbols[i], why);
    }
    return e;
}

/* While one batch is drawn the next is made and read. */
static enum err put_labels(struct writer *w, struct why *why)
{
    struct label_batch *batches = mem_get(2 * sizeof(*batches));
    struct label_batch *now = &batches[0], *next = &batches[1];
    enum err e = OK;

    label_batch_begin(now, w->job, 0);
    while (now->count > 0) {
        size_t after = now->first + now->count;
        if (!e) {
            e = label_batch_end(now, why);
        }
        if (!e && after < w->job->count) {
            label_batch_begin(next, w->job, after);
        }
        if (!e) {
            e = put_batch(w, now, why);
        }
        label_batch_done(now);
        struct label_batch *drawn = now;
        now = next;
        next = drawn;
    }
    layout_done(&w->l);
    free(batches);
    return e;
}

static enum err check_job(const struct label_job *job, struct why *why)
{
    int32_t cells = job->medium == LABEL_SHEET ? label_cells(job->size) : 1;

    if (job->count == 0 || job->skip_cells < 0 || job->skip_cells >= cells) {
        return why_say(why, ERR_INVALID, "label-sheet-empty",
                       _("Lembar label perlu paling sedikit satu label, dan petak awal 1 sampai "
                         "%d. Pilih lot yang berisi barang atau ubah petak awalnya."),
                       (int)cells);
    }
    if (job->count > LABEL_JOB_MAX) {
        return why_say(why, ERR_LIMIT, "label-sheet-too-many",
                       _("%zu label terlalu banyak untuk satu berkas, paling banyak %d. Cetak "
                         "dalam beberapa bagian."),
                       job->count, LABEL_JOB_MAX);
    }
    return OK;
}

struct document *label_document(struct sbuf *out, const struct label_job *job)
{
    const struct label_shape *s = label_shape(job->size);
    bool sheet = job->medium == LABEL_SHEET;
    struct document *d = document_new(out, (sheet ? SHEET_WIDTH_MM : s->width_mm) * UM_PER_MM,
                                      (sheet ? SHEET_HEIGHT_MM : s->height_mm) * UM_PER_MM);
    const struct label_printer *p = &job->printer;
    char made_at[DATE_TEXT_MAX];

    instant_rfc3339(made_at, job->made_at, job->zone);
    document_about(d, job->title ? job->title : "", job->made_at.ms ? made_at : NULL);
    document_fit(d,
                 (struct document_fit){.offset_x_um = p->offset_x_um,
                                       .offset_y_um = p->offset_y_um,
                                       .scale_ppm = p->scale_ppm ? p->scale_ppm : LABEL_SCALE_ONE});
    return d;
}

enum err label_job_pdf(struct sbuf *out, const struct label_job *job, struct why *why)
{
    enum err e = check_job(job, why);

    if (e) {
        return e;
    }
    struct writer w = {.d = label_document(out, job),
                       .t = typesetter_take(),
                       .job = job,
                       .form = {job->size, job->printer.dpi ? job->printer.dpi : LABEL_203_DPI}};
    e = put_labels(&w, why);
    typesetter_give(w.t);
    enum err closed = document_close(w.d, e ? NULL : why);
    return e ? e : closed;
}
