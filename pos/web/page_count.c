/* Stocktake while the shop sells: /hitung. */
#include "inventory/base/arena.h"
#include "inventory/stock_case.h"
#include "inventory/stock_count.h"
#include "inventory/transfer.h"
#include "pos/web/desk.h"
#include "pos/web/letter_paper.h"
#include "pos/web/phone.h"
#include "pos/web/respond.h"
#include "pos/web/stock_pages.h"

enum { LINES_SHOWN = 100, PROBLEMS_MAX = 600 };

const struct input count_start_inputs[] = {
    {.name = "tempat", .label = _("Tempat"), .type = INPUT_ID, .required = true},
    {.name = "catatan", .label = _("Catatan"), .type = INPUT_TEXT, .max = STOCK_NOTE_MAX},
    INPUT_END,
};
const struct input count_add_inputs[] = {
    {.name = "kode",
     .label = _("Yang ada di rak"),
     .type = INPUT_TEXT,
     .required = true,
     .max = TAKES_TEXT_MAX},
    INPUT_END,
};
const struct input count_finish_inputs[] = {
    {.name = "catatan", .label = _("Catatan"), .type = INPUT_TEXT, .max = STOCK_NOTE_MAX},
    {.name = "kosong", .label = _("Tempat ini memang kosong"), .type = INPUT_FLAG},
    INPUT_END,
};

static struct url count_url(struct request *rq, const char *number)
{
    return url_part(rq->cx.arena, url_fixed("/hitung"), number);
}

static void put_start(struct board *b, struct request *rq, enum err *e)
{
    struct board_form *f =
        board_form(b, _("Mulai menghitung"), url_fixed("/hitung"), _("Mulai hitungan"));

    *e = places_input(f, rq, "tempat", _("Tempat"), PLACE_SHOWROOM);
    board_input(f, BOARD_LINE, "catatan", _("Catatan"), "");
}

enum err counts_page(struct request *rq)
{
    static const char *const heads[] = {_("Nomor"), _("Tempat"),  _("Dimulai"), _("Potong"),
                                        _("Lot"),   _("Keadaan"), NULL};
    struct stock_count_list list;
    struct board_table *t;
    struct board *b;
    enum err e;

    request_db(rq);
    b = board_new(rq, request_words(rq, _("Hitung stok")));
    if ((e = count_list(&list, &rq->cx, false))) {
        return e;
    }
    t = board_table(b, _("Hitungan"), heads,
                    _("Belum pernah dihitung. Galeri boleh tetap berjualan selama dihitung."));
    board_right(t, "34");
    for (size_t i = 0; i < list.count; i++) {
        const struct stock_count *c = &list.items[i];

        board_cell_url(t, c->number, count_url(rq, c->number));
        board_cell(t, c->place.name);
        board_cell(t, desk_moment(rq, c->at));
        board_cell(t, arena_format(rq->cx.arena, "%lld", (long long)c->pieces));
        board_cell(t, arena_format(rq->cx.arena, "%lld", (long long)c->lots));
        board_cell_badge(t, c->finished ? c->cases ? "warn" : "ok" : "info",
                         !c->finished ? request_words(rq, _("sedang dihitung"))
                         : c->cases   ? desk_say(rq, _("selesai, %d selisih"), (int)c->cases)
                                      : request_words(rq, _("selesai, cocok")));
    }
    board_cut(t, list.count == COUNTS_SHOWN);
    if (desk_may(rq, DESK_MAKERS)) {
        put_start(b, rq, &e);
    }
    board_show(b);
    return e;
}

enum err count_begin(struct request *rq)
{
    struct document_no number;
    enum err e =
        count_start(&number, &rq->cx, place_given(rq, "tempat"), input_text(&rq->in, "catatan"));

    if (e) {
        return stock_refused(rq, e);
    }
    respond_redirect(rq, count_url(rq, number.text));
    return OK;
}

/* ---- one of them ---- */

static void put_facts(struct board *b, struct request *rq, const struct stock_count *c)
{
    board_facts(b, NULL);
    board_fact(b, _("Tempat"), c->place.name);
    board_fact(b, _("Dimulai"), desk_say(rq, _("%s, oleh %s"), desk_moment(rq, c->at), c->counter));
    board_fact(b, _("Sudah dihitung"),
               desk_say(rq, _("%lld potong, %lld lot"), (long long)c->pieces, (long long)c->lots));
    if (*c->note) {
        board_fact(b, _("Catatan"), c->note);
    }
    if (c->finished) {
        board_fact(b, _("Diselesaikan"),
                   desk_say(rq, _("%s, oleh %s"), desk_moment(rq, c->finished_at), c->approver));
    }
}

static const char *variance_text(struct request *rq, const struct variance *v)
{
    switch (v->kind) {
    case VARIANCE_SHORT: return request_words(rq, _("tidak ditemukan"));
    case VARIANCE_OVER: return request_words(rq, _("lebih"));
    case VARIANCE_ELSEWHERE: return desk_say(rq, _("menurut buku di %s"), v->other.name);
    }
    return "";
}

static enum err put_variances(struct board *b, struct request *rq, const struct stock_count *c)
{
    static const char *const heads[] = {_("Barang"), _("Label"), _("Selisih"), _("Apa"), NULL};
    struct variance_list list;
    struct board_table *t;
    enum err e = count_variances(&list, &rq->cx, c);

    if (e) {
        return e;
    }
    t = board_table(b, _("Selisih bila diselesaikan sekarang"), heads,
                    _("Tidak ada selisih: rak dan buku cocok."));
    board_right(t, "2");
    for (size_t i = 0; i < list.count && i < BOARD_ROWS_MAX; i++) {
        board_cell(t, list.items[i].item.name);
        board_cell(t, taken_code(rq, &list.items[i].item));
        board_cell(t, taken_qty(rq, &list.items[i].item));
        board_cell_badge(t, "warn", variance_text(rq, &list.items[i]));
    }
    board_cut(t, list.count > BOARD_ROWS_MAX);
    return OK;
}

static enum err put_counted(struct board *b, struct request *rq, const struct stock_count *c)
{
    static const char *const heads[] = {_("Barang"), _("Label"), _("Dihitung"), _("Buku saat itu"),
                                        _("Pukul"),  _("Oleh"),  NULL};
    struct counted_list list;
    struct board_table *t;
    enum err e = count_lines(&list, &rq->cx, c->id, LINES_SHOWN);

    if (e) {
        return e;
    }
    t = board_table(b, _("Yang dihitung, terbaru di atas"), heads, _("Belum ada yang dihitung."));
    board_right(t, "23");
    for (size_t i = 0; i < list.count; i++) {
        const struct counted *x = &list.items[i];

        board_cell(t, x->item.name);
        board_cell(t, taken_code(rq, &x->item));
        board_cell(t, taken_qty(rq, &x->item));
        board_cell(t, x->elsewhere ? x->ledger_place : desk_qty(rq, x->ledger));
        board_cell(t, desk_moment(rq, x->at));
        board_cell(t, x->counter);
    }
    board_cut(t, list.count == LINES_SHOWN);
    return OK;
}

static void put_forms(struct board *b, struct request *rq, const struct stock_count *c)
{
    struct arena *a = rq->cx.arena;
    struct board_form *f =
        board_form(b, _("Tambah hitungan"), url_part(a, count_url(rq, c->number), "tambah"),
                   _("Catat hitungan"));
    struct board_input *i = board_input(f, BOARD_AREA, "kode", _("Yang ada di rak"), "");

    board_hint(i, _("Satu label satu baris. Barang yang dihitung per lot: kode, spasi, jumlah "
                    "seluruhnya; angka terakhir yang berlaku."));
    board_need(i);
    f = board_form(b, _("Selesaikan hitungan"), url_part(a, count_url(rq, c->number), "selesai"),
                   _("Selesaikan"));
    board_input(f, BOARD_LINE, "catatan", _("Catatan"), "");
    board_input(f, BOARD_CHECK, "kosong", _("Tempat ini memang kosong"), "");
}

static enum err put_result(struct board *b, struct request *rq, const struct stock_count *c)
{
    struct stock_case_list list;
    struct act_id source;
    enum err e;

    memcpy(source.bytes, c->id.bytes, ID_BYTES);
    if (!(e = case_list_of(&list, &rq->cx, source))) {
        cases_table(b, rq, _("Selisih hitungan ini"), &list);
    }
    return e;
}

enum err count_page(struct request *rq)
{
    struct stock_count c;
    struct board *b;
    enum err e;

    request_db(rq);
    if ((e = count_get(&c, &rq->cx, number_of(rq)))) {
        return e;
    }
    b = board_new(rq, c.number);
    board_crumb(b, _("Hitung"), url_fixed("/hitung"));
    if (!c.finished && desk_may(rq, DESK_MAKERS)) {
        board_action(b, _("Hitung dengan ponsel"),
                     url_part(rq->cx.arena, url_fixed("/m/hitung"), c.number), false);
    }
    board_action(b, _("Berita acara (PDF)"),
                 url_part(rq->cx.arena, url_fixed("/hitung"),
                          arena_format(rq->cx.arena, "%s.pdf", c.number)),
                 c.finished);
    put_facts(b, rq, &c);
    if (!c.finished && desk_may(rq, DESK_MAKERS)) {
        phone_invite(b, rq, url_part(rq->cx.arena, url_fixed("/m/hitung"), c.number));
        put_forms(b, rq, &c);
    }
    if ((e = c.finished ? put_result(b, rq, &c) : put_variances(b, rq, &c)) ||
        (e = put_counted(b, rq, &c))) {
        return e;
    }
    board_show(b);
    return OK;
}

/* ---- counting ---- */

static const char *answer_text(struct request *rq, const struct count_added *a)
{
    switch (a->answer) {
    case COUNTED: return NULL;
    case COUNTED_AGAIN: return request_words(rq, _("sudah dihitung"));
    case COUNTED_ELSEWHERE:
    case COUNT_SOLD: return desk_say(rq, _("menurut buku di %s"), a->where);
    case COUNT_VOID: return request_words(rq, _("label batal"));
    case COUNT_UNKNOWN: return request_words(rq, _("bukan label kita"));
    case COUNT_NEEDS_QTY: return request_words(rq, _("tulis jumlahnya"));
    case COUNT_NO_STOCK: return request_words(rq, _("kode lot, pindai tiap potong"));
    }
    return NULL;
}

/* What came of the scans, in a sentence: how many were counted, and the first that need a look. */
static void tell_added(struct request *rq, const struct take *scans,
                       const struct count_added *added, size_t n)
{
    struct sbuf text;
    size_t counted = 0, odd = 0;

    sbuf_init(&text, PROBLEMS_MAX);
    for (size_t i = 0; i < n; i++) {
        const char *why = answer_text(rq, &added[i]);
        const bool written = added[i].answer == COUNTED || added[i].answer == COUNTED_ELSEWHERE ||
                             added[i].answer == COUNT_SOLD;

        counted += written ? 1 : 0;
        if (why && odd++ < 5) {
            sbuf_format(&text, " %.40s: %s.",
                        *added[i].code.text ? added[i].code.text : scans[i].code, why);
        }
    }
    request_tell(rq, odd ? "warn" : "ok",
                 desk_say(rq, _("%zu dihitung.%s"), counted, sbuf_str(&text)));
    sbuf_done(&text);
}

enum err count_more(struct request *rq)
{
    struct count_added *added;
    struct count_scan *scans;
    struct take *takes;
    size_t n;
    enum err e;

    takes_read(&takes, &n, rq, input_text(&rq->in, "kode"));
    scans = ARENA_ARRAY(rq->cx.arena, struct count_scan, n + 1);
    added = ARENA_ARRAY(rq->cx.arena, struct count_added, n + 1);
    for (size_t i = 0; i < n; i++) {
        scans[i] = (struct count_scan){.code = takes[i].code, .qty = takes[i].qty};
    }
    if ((e = count_add(added, &rq->cx, number_of(rq), scans, n))) {
        return stock_refused(rq, e);
    }
    tell_added(rq, takes, added, n);
    respond_redirect(rq, count_url(rq, number_of(rq)));
    return OK;
}

enum err count_end(struct request *rq)
{
    size_t cases;
    enum err e = count_finish(&cases, &rq->cx, number_of(rq), input_text(&rq->in, "catatan"),
                              input_flag(&rq->in, "kosong"));

    if (e) {
        return stock_refused(rq, e);
    }
    request_tell(rq, cases ? "warn" : "ok",
                 cases ? desk_say(rq, _("Hitungan selesai: %zu selisih menjadi kasus."), cases)
                       : request_words(rq, _("Hitungan selesai: rak dan buku cocok.")));
    respond_redirect(rq, count_url(rq, number_of(rq)));
    return OK;
}

/* ---- the minutes ---- */

static const char *const *paper_cells(struct request *rq, const struct stock_case_list *list)
{
    const char **cells = ARENA_ARRAY(rq->cx.arena, const char *, list->count * 5 + 1);

    for (size_t i = 0; i < list->count; i++) {
        const struct stock_case *c = &list->items[i];

        cells[i * 5] = c->number;
        cells[i * 5 + 1] = c->item.name;
        cells[i * 5 + 2] = taken_code(rq, &c->item);
        cells[i * 5 + 3] = taken_qty(rq, &c->item);
        cells[i * 5 + 4] = case_text(rq, c);
    }
    return cells;
}

static enum err show_paper(struct request *rq, const struct stock_count *c,
                           const struct stock_case_list *cases)
{
    const struct letter_column columns[] = {{request_words(rq, _("Kasus")), 3, false},
                                            {request_words(rq, _("Barang")), 5, false},
                                            {request_words(rq, _("Label")), 3, false},
                                            {request_words(rq, _("Selisih")), 2, true},
                                            {request_words(rq, _("Keputusan")), 5, false}};
    const struct letter_fact facts[] = {
        {request_words(rq, _("Tempat")), c->place.name},
        {request_words(rq, _("Dimulai")), desk_moment(rq, c->at)},
        {request_words(rq, _("Diselesaikan")),
         c->finished ? desk_moment(rq, c->finished_at) : request_words(rq, _("belum"))},
        {request_words(rq, _("Sudah dihitung")),
         desk_say(rq, _("%lld potong, %lld lot"), (long long)c->pieces, (long long)c->lots)},
        {request_words(rq, _("Selisih")), desk_say(rq, _("%zu kasus"), cases->count)},
    };
    const struct letter_signature signs[] = {
        {request_words(rq, _("Yang menghitung")), c->counter},
        {request_words(rq, _("Yang menyelesaikan")), c->finished ? c->approver : ""},
        {request_words(rq, _("Mengetahui, penyelia")), ""},
    };
    struct letter letter = {
        .title = request_words(rq, _("Berita acara stok opname")),
        .number = c->number,
        .date = desk_day(rq, desk_today(rq)),
        .facts = facts,
        .fact_count = LENGTH(facts),
        .text = request_words(rq, _("Tiap barang dibandingkan dengan buku pada saat dihitung; "
                                    "penjualan selama hitungan tidak menjadi selisih.")),
        .columns = columns,
        .column_count = LENGTH(columns),
        .cells = paper_cells(rq, cases),
        .row_count = cases->count,
        .signatures = signs,
        .signature_count = LENGTH(signs),
    };

    return letter_show(rq, &letter);
}

enum err count_paper(struct request *rq)
{
    struct stock_case_list cases;
    struct stock_count c;
    struct act_id source;
    enum err e = count_get(&c, &rq->cx, number_of(rq));

    if (e) {
        return e;
    }
    memcpy(source.bytes, c.id.bytes, ID_BYTES);
    if ((e = case_list_of(&cases, &rq->cx, source))) {
        return e;
    }
    return show_paper(rq, &c, &cases);
}
