/* One page to measure a label printer with: crosses at known places and a ruler. */
#include "inventory/base/sbuf.h"
#include "inventory/base/words.h"
#include "receipts/document.h"
#include "receipts/label_draw.h"
#include "receipts/typeset.h"

enum { UM_PER_MM = 1000, ARM_UM = 3000, ROLL_EDGE_MM = 3, ROLL_RULER_MM = 30, TEXT_SIZE = 24 };

static void put_cross(struct hair_line lines[2], int32_t x_um, int32_t y_um)
{
    lines[0] = (struct hair_line){x_um - ARM_UM, y_um, 2 * ARM_UM, 0};
    lines[1] = (struct hair_line){x_um, y_um - ARM_UM, 0, 2 * ARM_UM};
}

/* Four crosses, `left` and `top` from the edges, so far apart. */
static void put_crosses(struct document *d, const int32_t mm[4])
{
    struct hair_line lines[8];

    for (int32_t i = 0; i < 4; i++) {
        int32_t x = mm[0] + (i % 2) * mm[2], y = mm[1] + (i / 2) * mm[3];
        put_cross(&lines[2 * i], x * UM_PER_MM, y * UM_PER_MM);
    }
    document_hair_lines(d, lines, LENGTH(lines));
}

static void put_words(struct document *d, struct typesetter *t, const struct label_job *job,
                      bool sheet)
{
    const struct text_style style = {TYPEFACE_SANS, false, sheet ? TEXT_SIZE : TEXT_SIZE * 2 / 3};
    const int32_t ruler_mm = sheet ? SHEET_RULER_MM : ROLL_RULER_MM;
    struct text_area area = {.width = sheet ? 160 * DOTS_PER_MM : ruler_mm * DOTS_PER_MM};
    struct layout l;
    char text[400];

    layout_init(&l, area.width);
    area.y = label_put_ruler(&l, ruler_mm);
    area.lines_max = sheet ? 0 : 1;
    (void)snprintf(text, sizeof(text), "%d mm – %s", (int)ruler_mm, job->title ? job->title : "");
    area.y = text_put(&l, t, style, area, text);
    if (sheet) {
        (void)snprintf(
            text, sizeof(text), "%s",
            words(job->lang, _("Ukur jarak antara dua silang: 180 mm ke samping, 250 mm ke bawah. "
                               "Silang kiri atas seharusnya 15 mm dari tepi kiri dan 20 mm dari "
                               "tepi atas. Isi selisihnya pada pencetak ini.")));
        area.y = text_put(&l, t, style, area, text);
    }
    document_put(d, &l, (sheet ? 25 : ROLL_EDGE_MM + 2) * UM_PER_MM,
                 (sheet ? 140 : ROLL_EDGE_MM + 5) * UM_PER_MM);
    layout_done(&l);
}

enum err label_test_page_pdf(struct sbuf *out, const struct label_job *job, struct why *why)
{
    const struct label_shape *s = label_shape(job->size);
    const bool sheet = job->medium == LABEL_SHEET;
    const int32_t a4[4] = {15, 20, 180, 250};
    const int32_t roll[4] = {ROLL_EDGE_MM, ROLL_EDGE_MM, s->width_mm - 2 * ROLL_EDGE_MM,
                             s->height_mm - 2 * ROLL_EDGE_MM};
    struct document *d = label_document(out, job);
    struct typesetter *t = typesetter_take();

    put_crosses(d, sheet ? a4 : roll);
    put_words(d, t, job, sheet);
    typesetter_give(t);
    return document_close(d, why);
}
