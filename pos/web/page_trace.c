/* Where a thing has been: the search, and the card of a piece or lot. */
#include "inventory/base/arena.h"
#include "inventory/base/money_text.h"
#include "inventory/fact.h"
#include "pos/epcis.h"
#include "pos/sale.h"
#include "pos/trace.h"
#include "pos/web/desk.h"
#include "pos/web/respond.h"
#include "pos/web/trace_pages.h"

enum { EVENTS_SHOWN = 300, UNITS_SHOWN = 300, FILE_BYTES_MAX = 16 * 1024 * 1024 };

const struct input trace_inputs[] = {
    {.name = "cari", .label = _("Cari"), .type = INPUT_LINE},
    INPUT_END,
};

struct trace_view {
    const char *asked;
    bool unknown;
};

const struct tpl_field trace_fields[] = {
    TPL_FIELD(trace_view, asked),
    TPL_FIELD(trace_view, unknown),
    TPL_FIELD_END,
};

/* ---- the search ---- */

/* The page of what was asked for; ERR_NOT_FOUND when nothing has that name. */
static enum err find(struct url *out, struct request *rq, const char *asked)
{
    const struct scanned scanned = scan_read(asked, strlen(asked));
    struct trace_paper paper;
    struct label label;
    struct product product;
    struct sale sale;
    enum err e;

    if (scanned.kind == SCANNED_LABEL) {
        if ((e = label_find(&label, &rq->cx, scanned.code))) {
            return e;
        }
        if (label.state != LABEL_UNKNOWN) {
            *out = trace_label_url(rq, scanned.code.text);
            return OK;
        }
    }
    e = trace_paper(&paper, &rq->cx, asked);
    if (e != ERR_NOT_FOUND) {
        *out = e ? (struct url){NULL} : trace_paper_url(rq, paper.number, false);
        return e;
    }
    e = sale_by_number(&sale, &rq->cx, scanned.kind == SCANNED_RECEIPT ? scanned.rest : asked);
    if (e != ERR_NOT_FOUND) {
        *out = e ? (struct url){NULL} : trace_paper_url(rq, sale.head.number, true);
        return e;
    }
    if ((e = product_by_sku(&product, &rq->cx, scanned.rest))) {
        return e;
    }
    *out = url_part(rq->cx.arena, url_fixed("/jejak/barang"), product.sku);
    return OK;
}

enum err trace_search(struct request *rq)
{
    struct trace_view view = {.asked = input_text(&rq->in, "cari")};
    struct url to;

    if (*view.asked) {
        enum err e = find(&to, rq, view.asked);
        if (!e) {
            respond_redirect(rq, to);
            return OK;
        }
        if (e != ERR_NOT_FOUND) {
            return e;
        }
        view.unknown = true;
    }
    respond_page(rq, view.unknown ? 404 : 0, PAGE_TRACE, &view);
    return OK;
}

/* ---- pieces of the cards ---- */

struct url trace_label_url(struct request *rq, const char *code)
{
    return url_part(rq->cx.arena, url_fixed("/jejak/label"), code);
}

struct url trace_paper_url(struct request *rq, const char *number, bool sale)
{
    return url_part(rq->cx.arena, url_fixed(sale ? "/jejak/struk" : "/jejak/dokumen"), number);
}

enum err trace_seq_cell(struct board_table *t, struct request *rq, int64_t seq)
{
    bool good;
    enum err e = trace_chained(&good, &rq->cx, seq);

    if (!e) {
        board_cell_badge(t, good ? "ok" : "bad",
                         good ? desk_say(rq, _("%lld ✓ utuh"), (long long)seq)
                              : desk_say(rq, _("%lld ✗ putus"), (long long)seq));
    }
    return e;
}

static const char *event_text(struct request *rq, const struct trace_event *e)
{
    switch (e->to.kind) {
    case PLACE_CUSTOMER: return request_words(rq, _("terjual"));
    case PLACE_SCRAP: return request_words(rq, _("dihapus karena rusak"));
    case PLACE_LOST: return request_words(rq, _("dinyatakan hilang"));
    case PLACE_CONSUMED: return request_words(rq, _("dipakai"));
    case PLACE_TRANSIT: return request_words(rq, _("dikirim"));
    case PLACE_WORKSHOP:
    case PLACE_STORE:
    case PLACE_SHOWROOM:
    case PLACE_PARTNER:
    case PLACE_EXHIBITION:
    case PLACE_SUPPLIER: break;
    }
    return e->from.kind == PLACE_WORKSHOP  ? request_words(rq, _("diterima dari bengkel"))
           : e->from.kind == PLACE_TRANSIT ? request_words(rq, _("kiriman diterima"))
                                           : request_words(rq, _("dipindahkan"));
}

static enum err put_events(struct board *b, struct request *rq, const struct trace_events *events,
                           const char *unit)
{
    static const char *const heads[] = {_("Waktu"), _("Perbuatan"), _("Dari"),
                                        _("Ke"),    _("Jumlah"),    _("Siapa"),
                                        _("Surat"), _("Jurnal"),    NULL};
    struct board_table *t = board_table(b, _("Perjalanan"), heads, _("Belum pernah berpindah."));
    enum err e = OK;

    board_right(t, "4");
    for (size_t i = 0; i < events->count && i < EVENTS_SHOWN && !e; i++) {
        const struct trace_event *v = &events->items[i];

        board_cell(t, desk_moment(rq, v->at));
        board_cell(t, event_text(rq, v));
        board_cell(t, v->from.name);
        board_cell(t, v->to.name);
        board_cell(t, arena_format(rq->cx.arena, "%s %s", desk_qty(rq, v->qty), unit));
        board_cell(t, v->actor);
        if (*v->paper) {
            board_cell_url(t, v->paper, trace_paper_url(rq, v->paper, v->sale));
        } else {
            board_cell(t, "–");
        }
        e = trace_seq_cell(t, rq, v->seq);
    }
    board_cut(t, events->more || events->count > EVENTS_SHOWN);
    return e;
}

static const char *money(struct request *rq, struct rupiah amount)
{
    char text[MONEY_TEXT_MAX];

    money_short(text, amount);
    return arena_text(rq->cx.arena, text);
}

static enum err put_sales(struct board *b, struct request *rq, struct trace_of of)
{
    static const char *const heads[] = {_("Struk"),           _("Waktu"),       _("Jumlah"),
                                        _("Penjualan"),       _("PNBP"),        _("Premi"),
                                        _("Akun dan aturan"), _("Dasar harga"), NULL};
    struct board_table *t;
    struct trace_sale *sales;
    size_t n;
    enum err e = trace_sales(&sales, &n, &rq->cx, of);

    if (e || n == 0) {
        return e;
    }
    t = board_table(b, _("Penjualan, dengan bagian yang dibekukan saat dijual"), heads, "");
    board_right(t, "2345");
    for (size_t i = 0; i < n; i++) {
        const struct trace_sale *s = &sales[i];

        board_cell_url(t, s->number, trace_paper_url(rq, s->number, true));
        board_cell(t, desk_moment(rq, s->at));
        board_cell(t, desk_qty(rq, s->qty));
        board_cell(t, money(rq, s->total));
        board_cell(t, money(rq, s->pnbp));
        board_cell(t, money(rq, s->premi));
        board_cell(t, arena_format(rq->cx.arena, "%s, %s", s->revenue_account, s->rule));
        if (*s->proposal) {
            board_cell_url(t, s->proposal, trace_paper_url(rq, s->proposal, false));
        } else {
            board_cell(t, money(rq, s->price));
        }
    }
    board_cut(t, n == TRACE_ROWS_MAX);
    return OK;
}

static const char *paper_text(struct request *rq, const char *kind)
{
    static const struct {
        const char *kind, *text;
    } kinds[] = {
        {"transfer", _("Surat jalan")},       {"write_off", _("Berita acara penghapusan")},
        {"case", _("Kasus selisih")},         {"count", _("Stok opname")},
        {"label", _("Cetak label")},          {"work", _("Perintah kerja")},
        {"material", _("Terima bahan")},      {"issued", _("Dikeluarkan untuk")},
        {"returned", _("Dikembalikan dari")}, {"loss", _("Bahan hilang")},
    };

    for (size_t i = 0; i < LENGTH(kinds); i++) {
        if (strcmp(kinds[i].kind, kind) == 0) {
            return request_words(rq, kinds[i].text);
        }
    }
    return kind;
}

static enum err put_papers(struct board *b, struct request *rq, struct trace_of of)
{
    static const char *const heads[] = {_("Nomor"), _("Surat"),  _("Jumlah"), _("Waktu"),
                                        _("Siapa"), _("Jurnal"), NULL};
    struct board_table *t;
    struct trace_paper *papers;
    size_t n;
    enum err e = trace_papers(&papers, &n, &rq->cx, of);

    if (e || n == 0) {
        return e;
    }
    t = board_table(b, _("Surat yang menyebutnya"), heads, "");
    board_right(t, "2");
    for (size_t i = 0; i < n && !e; i++) {
        const struct trace_paper *p = &papers[i];

        const bool order =
            strcmp(p->kind, "work") == 0; /* whose page names materials and suppliers */
        const struct url page = order ? trace_own_page(rq, p->number) : (struct url){NULL};

        if (*p->number) {
            board_cell_url(t, p->number, page.local ? page : trace_paper_url(rq, p->number, false));
        } else {
            board_cell(t, "–");
        }
        board_cell(t, paper_text(rq, p->kind));
        board_cell(t, desk_qty(rq, p->qty));
        board_cell(t, desk_moment(rq, p->at));
        board_cell(t, p->actor);
        e = trace_seq_cell(t, rq, p->seq);
    }
    board_cut(t, n == TRACE_ROWS_MAX);
    return e;
}

static enum err put_pieces(struct board *b, struct request *rq, struct lot_id lot)
{
    static const char *const heads[] = {_("Label"), _("Nomor"), _("Tempat"), NULL};
    struct board_table *t = board_table(b, _("Potong dalam lot ini"), heads, "");
    struct desk_unit *units;
    size_t n;
    enum err e = desk_units(&units, &n, &rq->cx, lot, 0, UNITS_SHOWN);

    board_right(t, "1");
    for (size_t i = 0; !e && i < n; i++) {
        board_cell_url(t, desk_code_groups(rq, units[i].code),
                       trace_label_url(rq, units[i].code.text));
        board_cell(t, arena_format(rq->cx.arena, "%d", (int)units[i].no));
        board_cell(t, units[i].place);
    }
    board_cut(t, n == UNITS_SHOWN);
    return e;
}

/* ---- the card of a piece or a lot ---- */

static const char *state_text(struct request *rq, const struct label *l)
{
    switch (l->state) {
    case LABEL_AVAILABLE: return request_words(rq, _("ada di ruang pamer"));
    case LABEL_STORED: return request_words(rq, _("di luar ruang pamer"));
    case LABEL_SOLD: return request_words(rq, _("terjual"));
    case LABEL_GONE: return request_words(rq, _("tidak ada lagi"));
    case LABEL_VOID: return request_words(rq, _("label sudah diganti"));
    case LABEL_UNKNOWN: break;
    }
    return "";
}

static void put_label(struct board *b, struct request *rq, const struct label *l,
                      const struct lot *lot)
{
    struct arena *a = rq->cx.arena;

    board_facts(b, NULL);
    board_fact_url(b, _("Barang"), l->product.name,
                   url_part(a, url_fixed("/jejak/barang"), l->product.sku));
    board_fact(b, _("Keadaan"), state_text(rq, l));
    if (l->state == LABEL_VOID) {
        board_fact_url(b, _("Label yang berlaku"), desk_code_groups(rq, l->now),
                       trace_label_url(rq, l->now.text));
    }
    if (l->is_piece) {
        board_fact_url(b, _("Lot"), desk_code_groups(rq, lot->code),
                       trace_label_url(rq, lot->code.text));
    } else {
        board_fact_url(b, _("Lot"), desk_code_groups(rq, lot->code),
                       url_part(a, url_fixed("/produksi"), lot->code.text));
        board_fact(b, _("Jumlah dibuat"),
                   arena_format(a, "%s %s", desk_qty(rq, lot->qty), l->product.unit));
    }
    board_fact(b, _("Bengkel"), lot->workshop_name);
    board_fact(b, _("Dibuat"), desk_day(rq, lot->made));
    if (lot->expires) {
        board_fact(b, _("Kedaluwarsa"), desk_day(rq, lot->expiry));
    }
}

static enum err label_of_path(struct label *out, struct lot *lot, struct request *rq)
{
    const char *asked = request_param(rq, "kode");
    const struct scanned scanned = scan_read(asked, strlen(asked));
    enum err e;

    *out = (struct label){.state = LABEL_UNKNOWN};
    if (scanned.kind == SCANNED_LABEL && (e = label_find(out, &rq->cx, scanned.code))) {
        return e;
    }
    if (out->state == LABEL_UNKNOWN) {
        return refuse(&rq->cx, ERR_NOT_FOUND, "label-unknown",
                      _("Tidak ada label atau lot \"%s\". Periksa kodenya, atau pindai lagi."),
                      asked);
    }
    return lot_by_id(lot, &rq->cx, out->lot);
}

enum err trace_label(struct request *rq)
{
    struct trace_events events;
    struct label label;
    struct board *b;
    struct lot lot;
    enum err e;

    if ((e = label_of_path(&label, &lot, rq))) {
        return e;
    }
    const struct trace_of of = {.lot = label.lot, .unit = label.unit, .code = label.now};
    if ((e = trace_events(&events, &rq->cx, of))) {
        return e;
    }
    b = board_new(rq, desk_say(rq, label.is_piece ? _("Jejak label %s") : _("Jejak lot %s"),
                               desk_code_groups(rq, label.code)));
    board_crumb(b, _("Jejak"), url_fixed("/jejak"));
    board_action(b, _("Unduh EPCIS"),
                 url_part(rq->cx.arena, url_fixed("/jejak/label"),
                          arena_format(rq->cx.arena, "%s.jsonld", label.code.text)),
                 false);
    put_label(b, rq, &label, &lot);
    if ((e = put_events(b, rq, &events, label.product.unit)) || (e = put_sales(b, rq, of)) ||
        (e = put_papers(b, rq, of))) {
        return e;
    }
    if (!label.is_piece && label.product.tracking == TRACK_PIECE &&
        (e = put_pieces(b, rq, label.lot))) {
        return e;
    }
    board_show(b);
    return OK;
}

/* ---- the file ---- */

enum err trace_file(struct request *rq)
{
    struct file_about about = {.type = "application/ld+json", .cache = CACHE_NEVER};
    struct label label;
    struct sbuf out;
    struct lot lot;
    enum err e;

    if ((e = label_of_path(&label, &lot, rq))) {
        return e;
    }
    sbuf_init(&out, FILE_BYTES_MAX);
    e = epcis_write(&out, &rq->cx, label.code);
    if (!e && sbuf_full(&out)) {
        e = refuse(&rq->cx, ERR_LIMIT, "trace-too-long",
                   _("Jejak lot ini terlalu panjang untuk satu berkas. Ambil per label."));
    }
    if (!e) {
        about.filename = arena_format(rq->cx.arena, "jejak-%s.jsonld", label.code.text);
        respond_bytes(rq, 200, &about, sbuf_str(&out), out.len);
    }
    sbuf_done(&out);
    return e;
}
