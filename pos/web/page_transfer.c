/* Goods sent between places of our own: /kirim. */
#include "inventory/base/arena.h"
#include "inventory/stock_case.h"
#include "inventory/transfer.h"
#include "pos/web/desk.h"
#include "pos/web/letter_paper.h"
#include "pos/web/phone.h"
#include "pos/web/respond.h"
#include "pos/web/stock_pages.h"

const struct input transfer_inputs[] = {
    {.name = "asal", .label = _("Dari"), .type = INPUT_ID, .required = true},
    {.name = "tujuan", .label = _("Ke"), .type = INPUT_ID, .required = true},
    {.name = "kode", .label = _("Barang"), .type = INPUT_TEXT, .max = TAKES_TEXT_MAX},
    {.name = "kembali", .label = _("Perkiraan tiba atau kembali"), .type = INPUT_DAY},
    {.name = "catatan", .label = _("Catatan"), .type = INPUT_TEXT, .max = STOCK_NOTE_MAX},
    INPUT_END,
};

const struct input transfer_receive_inputs[] = {
    {.name = "kode", .label = _("Barang yang tiba"), .type = INPUT_TEXT, .max = TAKES_TEXT_MAX},
    {.name = "semua", .label = _("Semua tiba"), .type = INPUT_FLAG},
    {.name = "catatan", .label = _("Catatan"), .type = INPUT_TEXT, .max = STOCK_NOTE_MAX},
    INPUT_END,
};

static struct url transfer_url(struct request *rq, const char *number)
{
    return url_part(rq->cx.arena, url_fixed("/kirim"), number);
}

static const char *kind_text(struct request *rq, enum transfer_kind kind)
{
    switch (kind) {
    case TRANSFER_PLAIN: return request_words(rq, _("Kiriman"));
    case TRANSFER_EXHIBITION_OUT: return request_words(rq, _("Ke pameran"));
    case TRANSFER_EXHIBITION_BACK: return request_words(rq, _("Kembali dari pameran"));
    }
    return "";
}

static void state_cell(struct board_table *t, struct request *rq, const struct transfer *x)
{
    board_cell_badge(t, x->received ? "ok" : "warn",
                     x->received ? request_words(rq, _("diterima"))
                                 : request_words(rq, _("dalam perjalanan")));
}

enum err transfers_page(struct request *rq)
{
    static const char *const heads[] = {_("Nomor"),   _("Jenis"),   _("Dari"), _("Ke"),
                                        _("Dikirim"), _("Keadaan"), NULL};
    struct board *b = board_new(rq, request_words(rq, _("Kirim barang antar tempat")));
    struct transfer_list list;
    struct board_table *t;
    enum err e = transfer_list(&list, &rq->cx, false);

    if (e) {
        return e;
    }
    if (desk_may(rq, DESK_MAKERS)) {
        board_action(b, _("Kirim barang"), url_fixed("/kirim/baru"), true);
        board_action(b, _("Tempat baru"), url_fixed("/stok/tempat/baru"), false);
    }
    t = board_table(
        b, _("Kiriman terbaru"), heads,
        _("Belum ada kiriman. Barang yang pindah tempat dikirim dari sini, lalu diterima "
          "orang kedua."));
    for (size_t i = 0; i < list.count; i++) {
        const struct transfer *x = &list.items[i];

        board_cell_url(t, x->number, transfer_url(rq, x->number));
        board_cell(t, kind_text(rq, x->kind));
        board_cell(t, x->from.name);
        board_cell(t, x->to.name);
        board_cell(t, desk_moment(rq, x->sent_at));
        state_cell(t, rq, x);
    }
    board_cut(t, list.count == TRANSFERS_SHOWN);
    board_show(b);
    return OK;
}

enum err transfer_form(struct request *rq)
{
    struct board *b;
    struct board_form *f;
    struct board_input *i;
    enum err e;

    request_db(rq);
    b = board_new(rq, request_words(rq, _("Kirim barang")));
    board_crumb(b, _("Kirim"), url_fixed("/kirim"));
    f = board_form(b, NULL, url_fixed("/kirim/baru"), _("Kirim"));
    if ((e = places_input(f, rq, "asal", _("Dari"), PLACE_SHOWROOM)) ||
        (e = places_input(f, rq, "tujuan", _("Ke"), PLACE_STORE))) {
        return e;
    }
    i = board_input(f, BOARD_AREA, "kode", _("Barang"), "");
    board_hint(i,
               _("Satu barang satu baris: pindai atau ketik kode label. Barang yang dihitung per "
                 "lot: kode, spasi, jumlah, misalnya B5P8K2M9QX 40."));
    board_need(i);
    board_short(board_input(f, BOARD_DAY, "kembali", _("Perkiraan tiba atau kembali"), ""));
    board_input(f, BOARD_AREA, "catatan", _("Catatan"), "");
    board_show(b);
    return OK;
}

enum err transfer_make(struct request *rq)
{
    struct transfer_new w = {
        .note = input_text(&rq->in, "catatan"),
        .due = input_day(&rq->in, "kembali"),
        .from = place_given(rq, "asal"),
        .to = place_given(rq, "tujuan"),
    };
    struct transfer_made made;
    struct take *takes;
    enum err e;

    takes_read(&takes, &w.count, rq, input_text(&rq->in, "kode"));
    w.takes = takes;
    if ((e = transfer_send(&made, &rq->cx, &w))) {
        return stock_refused(rq, e);
    }
    request_tell(rq, "ok",
                 desk_say(rq,
                          _("%s dikirim: %zu baris. Cetak surat jalannya, lalu penerima "
                            "menghitungnya."),
                          made.number.text, w.count));
    respond_redirect(rq, transfer_url(rq, made.number.text));
    return OK;
}

/* ---- one of them ---- */

static void put_facts(struct board *b, struct request *rq, const struct transfer *x)
{
    board_facts(b, NULL);
    board_fact(b, _("Jenis"), kind_text(rq, x->kind));
    board_fact_url(b, _("Dari"), x->from.name, place_url(rq, x->from.kind, x->from.code));
    board_fact_url(b, _("Ke"), x->to.name, place_url(rq, x->to.kind, x->to.code));
    board_fact(b, _("Dikirim"),
               desk_say(rq, _("%s, oleh %s"), desk_moment(rq, x->sent_at), x->sender));
    if (x->due.since_1970 > 0) {
        board_fact(b, _("Perkiraan"), desk_day(rq, x->due));
    }
    if (*x->note) {
        board_fact(b, _("Catatan"), x->note);
    }
    if (x->received) {
        board_fact(b, _("Diterima"),
                   desk_say(rq, _("%s, oleh %s"), desk_moment(rq, x->received_at), x->receiver));
        if (*x->receipt_note) {
            board_fact(b, _("Catatan penerima"), x->receipt_note);
        }
    }
}

static void put_lines(struct board *b, struct request *rq, const struct transfer *x)
{
    static const char *const heads[] = {_("Barang"), _("Label"), _("Dikirim"), _("Diterima"), NULL};
    struct board_table *t = board_table(b, _("Isi kiriman"), heads, _("Kiriman ini kosong."));
    board_right(t, "23");

    for (size_t i = 0; i < x->line_count; i++) {
        const struct transfer_line *l = &x->lines[i];

        board_cell_url(t, l->item.name, url_part(rq->cx.arena, url_fixed("/barang"), l->item.sku));
        board_cell(t, taken_code(rq, &l->item));
        board_cell(t, taken_qty(rq, &l->item));
        if (x->received && l->received.milli < l->item.qty.milli) {
            board_cell_badge(t, "bad", desk_qty(rq, l->received));
        } else {
            board_cell(t, x->received ? desk_qty(rq, l->received) : "–");
        }
    }
}

static enum err put_cases(struct board *b, struct request *rq, const struct transfer *x)
{
    struct stock_case_list list;
    struct act_id source;
    enum err e;

    memcpy(source.bytes, x->id.bytes, ID_BYTES);
    e = case_list_of(&list, &rq->cx, source);
    if (!e && list.count > 0) {
        cases_table(b, rq, _("Selisih kiriman"), &list);
    }
    return e;
}

static void put_receive(struct board *b, struct request *rq, const struct transfer *x)
{
    struct board_form *f = board_form(b, _("Terima kiriman ini"),
                                      url_part(rq->cx.arena, transfer_url(rq, x->number), "terima"),
                                      _("Simpan penerimaan"));
    struct board_input *i = board_input(f, BOARD_AREA, "kode", _("Barang yang tiba"), "");

    board_hint(i,
               _("Hitung barangnya, bukan kertasnya: pindai tiap label yang benar-benar ada. Yang "
                 "tidak disebut dianggap tidak tiba dan menjadi kasus."));
    board_input(f, BOARD_AREA, "catatan", _("Catatan"), "");
    board_submit_also(f, "semua", "1", _("Semua tiba lengkap"));
}

enum err transfer_page(struct request *rq)
{
    struct transfer x;
    struct board *b;
    enum err e;

    request_db(rq);
    if ((e = transfer_get(&x, &rq->cx, number_of(rq)))) {
        return e;
    }
    b = board_new(rq, x.number);
    board_crumb(b, _("Kirim"), url_fixed("/kirim"));
    if (!x.received && desk_may(rq, DESK_MAKERS)) {
        board_action(b, _("Terima dengan ponsel"),
                     url_part(rq->cx.arena, url_fixed("/m/terima"), x.number), false);
    }
    board_action(
        b, _("Surat jalan (PDF)"),
        url_part(rq->cx.arena, url_fixed("/kirim"), arena_format(rq->cx.arena, "%s.pdf", x.number)),
        !x.received);
    if (!x.received) {
        board_say(b, "warn",
                  request_words(rq, _("Dalam perjalanan: belum dapat dijual di mana pun.")));
    }
    put_facts(b, rq, &x);
    if (!x.received && desk_may(rq, DESK_MAKERS)) {
        phone_invite(b, rq, url_part(rq->cx.arena, url_fixed("/m/terima"), x.number));
        put_receive(b, rq, &x);
    }
    put_lines(b, rq, &x);
    if ((e = put_cases(b, rq, &x))) {
        return e;
    }
    board_show(b);
    return OK;
}

/* What was sent, as if it had been scanned one by one. */
static struct take *all_of(struct request *rq, const struct transfer *x)
{
    struct take *all = ARENA_ARRAY(rq->cx.arena, struct take, x->line_count + 1);

    for (size_t i = 0; i < x->line_count; i++) {
        all[i] = (struct take){.code = x->lines[i].item.code.text, .qty = x->lines[i].item.qty};
    }
    return all;
}

enum err transfer_got(struct request *rq)
{
    const char *number = number_of(rq);
    struct transfer x;
    struct take *got;
    size_t count, missing;
    enum err e;

    if (input_flag(&rq->in, "semua")) {
        if ((e = transfer_get(&x, &rq->cx, number))) {
            return e;
        }
        got = all_of(rq, &x);
        count = x.line_count;
    } else {
        takes_read(&got, &count, rq, input_text(&rq->in, "kode"));
    }
    if ((e = transfer_receive(&missing, &rq->cx, number, got, count,
                              input_text(&rq->in, "catatan")))) {
        return stock_refused(rq, e);
    }
    request_tell(rq, missing ? "warn" : "ok",
                 missing ? desk_say(rq, _("%s diterima; %zu baris kurang dan menjadi kasus."),
                                    number, missing)
                         : desk_say(rq, _("%s diterima lengkap."), number));
    respond_redirect(rq, transfer_url(rq, number));
    return OK;
}

/* ---- its paper ---- */

static const char *const *paper_cells(struct request *rq, const struct transfer *x)
{
    const char **cells = ARENA_ARRAY(rq->cx.arena, const char *, x->line_count * 5 + 1);

    for (size_t i = 0; i < x->line_count; i++) {
        const struct transfer_line *l = &x->lines[i];

        cells[i * 5] = arena_format(rq->cx.arena, "%zu", i + 1);
        cells[i * 5 + 1] = l->item.name;
        cells[i * 5 + 2] = taken_code(rq, &l->item);
        cells[i * 5 + 3] = taken_qty(rq, &l->item);
        cells[i * 5 + 4] = x->received ? desk_qty(rq, l->received) : "";
    }
    return cells;
}

enum err transfer_paper(struct request *rq)
{
    struct letter_column columns[] = {{request_words(rq, _("No.")), 1, false},
                                      {request_words(rq, _("Barang")), 6, false},
                                      {request_words(rq, _("Label")), 4, false},
                                      {request_words(rq, _("Dikirim")), 3, true},
                                      {request_words(rq, _("Diterima")), 2, true}};
    struct transfer x;
    enum err e = transfer_get(&x, &rq->cx, number_of(rq));

    if (e) {
        return e;
    }
    {
        const struct letter_fact facts[] = {
            {request_words(rq, _("Dari")), x.from.name},
            {request_words(rq, _("Ke")), x.to.name},
            {request_words(rq, _("Dikirim")), desk_moment(rq, x.sent_at)},
            {request_words(rq, _("Catatan")), *x.note ? x.note : "–"},
        };
        const struct letter_signature signs[] = {
            {request_words(rq, _("Yang menyerahkan")), x.sender},
            {request_words(rq, _("Yang menerima")), x.received ? x.receiver : ""},
        };
        struct letter letter = {
            .title = request_words(rq, _("Surat jalan")),
            .number = x.number,
            .date = desk_day(rq, desk_today(rq)),
            .facts = facts,
            .fact_count = LENGTH(facts),
            .columns = columns,
            .column_count = LENGTH(columns),
            .cells = paper_cells(rq, &x),
            .row_count = x.line_count,
            .signatures = signs,
            .signature_count = LENGTH(signs),
        };

        return letter_show(rq, &letter);
    }
}
