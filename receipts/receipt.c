/* The sales receipt in its four forms. */
#include "receipts/receipt.h"

#include "inventory/base/calendar.h"
#include "inventory/base/refuse.h"
#include "inventory/base/sbuf.h"
#include "inventory/base/words.h"
#include "receipts/document.h"
#include "receipts/escpos.h"
#include "receipts/raster.h"

/* Rolls are 58 and 80 mm wide; heads print 48 and 72 mm of that. */
enum { PAGE_SIDE_58_UM = 5000, PAGE_SIDE_80_UM = 4000, PAGE_TOP_UM = 5000, UM_PER_DOT = 125 };

static enum err paint_dots(struct sbuf *out, const struct layout *l, enum receipt_form form,
                           struct why *why)
{
    struct bitmap dots;
    enum err e = raster_draw(&dots, l, why);

    if (!e && form == RECEIPT_PNG) {
        e = raster_png(out, &dots, DOTS_PER_MM * 1000, why);
    } else if (!e) {
        escpos_job(out, &dots, &escpos_default);
    }
    bitmap_done(&dots);
    return e;
}

static enum err paint_pdf(struct sbuf *out, const struct layout *l, const struct receipt *r,
                          struct why *why)
{
    int32_t side = l->width == PAPER_58_MM ? PAGE_SIDE_58_UM : PAGE_SIDE_80_UM;
    char made_at[DATE_TEXT_MAX], title[160];

    if (l->height > LAYOUT_HEIGHT_MAX) {
        return why_say(why, ERR_LIMIT, "paper-too-long",
                       _("Cetakan ini sepanjang %d mm, terlalu panjang untuk sekali cetak. Bagi "
                         "menjadi beberapa transaksi."),
                       (int)(l->height / DOTS_PER_MM));
    }
    instant_rfc3339(made_at, r->at, r->zone);
    (void)snprintf(title, sizeof(title), "%s %s", words(r->lang, _("Struk")),
                   r->number ? r->number : "");
    struct document *d = document_new(out, l->width * UM_PER_DOT + 2 * side,
                                      l->height * UM_PER_DOT + 2 * PAGE_TOP_UM);
    document_about(d, title, made_at);
    document_put(d, l, side, PAGE_TOP_UM);
    return document_close(d, why);
}

enum err receipt_paint(struct sbuf *out, const struct receipt *r, enum paper paper,
                       enum receipt_form form, struct why *why)
{
    struct layout l;
    enum err e = receipt_layout(&l, r, paper, why);

    if (!e) {
        switch (form) {
        case RECEIPT_ESCPOS:
        case RECEIPT_PNG: e = paint_dots(out, &l, form, why); break;
        case RECEIPT_SCREEN: e = raster_screen_png(out, &l, 1, why); break;
        case RECEIPT_PDF: e = paint_pdf(out, &l, r, why); break;
        }
    }
    layout_done(&l);
    if (!e && out->full) {
        e = why_say(why, ERR_LIMIT, "paper-too-large",
                    _("Gambar cetakan melebihi batas ukurannya (%zu bita)."), out->max);
    }
    return e;
}
