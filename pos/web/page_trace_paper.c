/* Where a thing has been: receipts, papers, and all lots of a product. */
#include "inventory/base/arena.h"
#include "inventory/document_no.h"
#include "inventory/fact.h"
#include "pos/sale.h"
#include "pos/trace.h"
#include "pos/web/areas.h"
#include "pos/web/desk.h"
#include "pos/web/respond.h"
#include "pos/web/trace_pages.h"

enum { LOTS_SHOWN = 300 };

static enum err put_items(struct board *b, struct request *rq, const char *number, bool sale)
{
    static const char *const heads[] = {_("Label atau lot"), _("Barang"), _("Jumlah"), _("Lot"),
                                        NULL};
    struct board_table *t = board_table(b, _("Barang yang disebut"), heads,
                                        _("Surat ini tidak menyebut lot atau label."));
    struct trace_item *items;
    size_t n;
    enum err e = trace_items(&items, &n, &rq->cx, number, sale);

    board_right(t, "2");
    for (size_t i = 0; !e && i < n; i++) {
        const struct trace_item *m = &items[i];
        const char *code = *m->piece ? m->piece : m->lot;

        if (*code) {
            board_cell_url(t, code, trace_label_url(rq, code));
        } else {
            board_cell(t, "–"); /* a service */
        }
        board_cell_url(t, m->name, url_part(rq->cx.arena, url_fixed("/jejak/barang"), m->sku));
        board_cell(t, arena_format(rq->cx.arena, "%s %s", desk_qty(rq, m->qty), m->unit));
        if (*m->lot) {
            board_cell_url(t, m->lot, trace_label_url(rq, m->lot));
        } else {
            board_cell(t, "–");
        }
    }
    board_cut(t, n == TRACE_ROWS_MAX);
    return e;
}

static enum err put_journal(struct board *b, struct request *rq, int64_t seq)
{
    static const char *const heads[] = {_("Baris jurnal"), _("Rantai"), NULL};
    struct board_table *t = board_table(b, _("Jurnal"), heads, "");

    board_cell(t, arena_format(rq->cx.arena, "%lld", (long long)seq));
    return trace_seq_cell(t, rq, seq);
}

enum err trace_receipt(struct request *rq)
{
    const char *number = request_param(rq, "no");
    struct board *b;
    struct sale sale;
    enum err e = sale_by_number(&sale, &rq->cx, number);

    if (e == ERR_NOT_FOUND) {
        return refuse(&rq->cx, e, "receipt-unknown", _("Tidak ada struk \"%s\". Periksa nomornya."),
                      number);
    }
    if (e) {
        return e;
    }
    b = board_new(rq, desk_say(rq, _("Jejak struk %s"), sale.head.number));
    board_crumb(b, _("Jejak"), url_fixed("/jejak"));
    board_action(b, _("Buka struk"), url_part(rq->cx.arena, url_fixed("/struk"), sale.head.number),
                 false);
    board_facts(b, NULL);
    board_fact(b, _("Waktu"), desk_moment(rq, sale.head.at));
    board_fact(b, _("Kasir"), sale.head.cashier);
    if ((e = put_items(b, rq, sale.head.number, true)) ||
        (e = put_journal(b, rq, sale.head.journal_seq))) {
        return e;
    }
    board_show(b);
    return OK;
}

/* Papers with a page of their own. */
static const struct {
    const char *kind, *path;
} own[] = {
    {DOC_TRANSFER, "/kirim"},
    {DOC_COUNT, "/hitung"},
    {DOC_CASE, "/kasus"},
    {DOC_WRITE_OFF, "/hapus"},
    {DOC_LABEL_PRINT, "/label/cetak"},
    {DOC_PROPOSAL, "/harga"},
    {DOC_WORK_ORDER, "/perintah"},
};

struct url trace_own_page(struct request *rq, const char *number)
{
    for (size_t i = 0; i < LENGTH(own); i++) {
        const struct url page = url_part(rq->cx.arena, url_fixed(own[i].path), number);
        if (strncmp(own[i].kind, number, strlen(own[i].kind)) == 0 &&
            areas_may_see(rq, page.local)) {
            return page;
        }
    }
    return (struct url){NULL};
}

enum err trace_document(struct request *rq)
{
    const char *number = request_param(rq, "no");
    struct trace_paper paper;
    struct board *b;
    enum err e = trace_paper(&paper, &rq->cx, number);

    if (e == ERR_NOT_FOUND) {
        return refuse(&rq->cx, e, "paper-unknown",
                      _("Tidak ada surat bernomor \"%s\". Periksa nomornya."), number);
    }
    if (e) {
        return e;
    }
    b = board_new(rq, desk_say(rq, _("Jejak surat %s"), paper.number));
    board_crumb(b, _("Jejak"), url_fixed("/jejak"));
    const struct url page = trace_own_page(rq, paper.number);
    if (page.local) {
        board_action(b, _("Buka surat"), page, false);
    }
    board_facts(b, NULL);
    board_fact(b, _("Waktu"), desk_moment(rq, paper.at));
    board_fact(b, _("Siapa"), paper.actor);
    if ((e = put_items(b, rq, paper.number, false)) || (e = put_journal(b, rq, paper.seq))) {
        return e;
    }
    board_show(b);
    return OK;
}

enum err trace_goods(struct request *rq)
{
    static const char *const heads[] = {_("Lot"), _("Dibuat"), _("Jumlah"), _("Sisa"), NULL};
    struct board_table *t;
    struct product product;
    struct desk_lot *lots;
    struct board *b;
    size_t n;
    enum err e = desk_product_of_path(&product, rq);

    if (e || (e = desk_lots_of_product(&lots, &n, &rq->cx, product.id, LOTS_SHOWN))) {
        return e;
    }
    b = board_new(rq, desk_say(rq, _("Jejak %s"), product.name));
    board_crumb(b, _("Jejak"), url_fixed("/jejak"));
    board_action(b, _("Buka barang"), url_part(rq->cx.arena, url_fixed("/barang"), product.sku),
                 false);
    t = board_table(b, _("Lot barang ini"), heads, _("Belum ada lot."));
    board_right(t, "23");
    for (size_t i = 0; i < n; i++) {
        board_cell_url(t, desk_code_groups(rq, lots[i].code),
                       trace_label_url(rq, lots[i].code.text));
        board_cell(t, desk_day(rq, lots[i].made));
        board_cell(t, arena_format(rq->cx.arena, "%s %s", desk_qty(rq, lots[i].qty), product.unit));
        board_cell(t,
                   arena_format(rq->cx.arena, "%s %s", desk_qty(rq, lots[i].left), product.unit));
    }
    board_cut(t, n == LOTS_SHOWN);
    board_show(b);
    return OK;
}
