/* Damaged, lost and expired goods: /hapus. */
#include "inventory/base/arena.h"
#include "inventory/transfer.h"
#include "inventory/write_off.h"
#include "pos/web/desk.h"
#include "pos/web/letter_paper.h"
#include "pos/web/respond.h"
#include "pos/web/stock_pages.h"

static const char *const kinds[] = {"damaged", "lost", "expired", NULL};

const struct input write_off_asked[] = {
    {.name = "jenis", .label = _("Jenis"), .type = INPUT_CHOICE, .choices = kinds},
    {.name = "kode", .label = _("Barang"), .type = INPUT_LINE, .max = 200},
    INPUT_END,
};
const struct input write_off_inputs[] = {
    {.name = "jenis",
     .label = _("Jenis"),
     .type = INPUT_CHOICE,
     .required = true,
     .choices = kinds},
    {.name = "tempat", .label = _("Tempat"), .type = INPUT_ID, .required = true},
    {.name = "kode", .label = _("Barang"), .type = INPUT_TEXT, .max = TAKES_TEXT_MAX},
    {.name = "alasan", .label = _("Alasan"), .type = INPUT_TEXT, .max = STOCK_NOTE_MAX},
    INPUT_END,
};
const struct input write_off_decide_inputs[] = {
    {.name = "setuju", .label = _("Setuju"), .type = INPUT_FLAG},
    {.name = "catatan", .label = _("Catatan"), .type = INPUT_TEXT, .max = STOCK_NOTE_MAX},
    INPUT_END,
};

static const char *kind_text(struct request *rq, enum write_off_kind kind)
{
    switch (kind) {
    case WRITE_OFF_DAMAGED: return request_words(rq, _("rusak"));
    case WRITE_OFF_LOST: return request_words(rq, _("hilang"));
    case WRITE_OFF_EXPIRED: return request_words(rq, _("kedaluwarsa"));
    }
    return "";
}

static struct url paper_url(struct request *rq, const char *number)
{
    return url_part(rq->cx.arena, url_fixed("/hapus"), number);
}

static const char *state_text(struct request *rq, const struct write_off *w)
{
    return !w->decided   ? request_words(rq, _("menunggu keputusan"))
           : w->approved ? request_words(rq, _("dihapus"))
                         : request_words(rq, _("dikembalikan"));
}

enum err write_offs_page(struct request *rq)
{
    static const char *const heads[] = {_("Nomor"), _("Jenis"),   _("Tempat"), _("Dilaporkan"),
                                        _("Nilai"), _("Keadaan"), NULL};
    struct board *b = board_new(rq, request_words(rq, _("Rusak, hilang, kedaluwarsa")));
    struct write_off_list list;
    struct board_table *t;
    enum err e = write_off_list(&list, &rq->cx);

    if (e) {
        return e;
    }
    if (desk_may(rq, DESK_MAKERS)) {
        board_action(b, _("Laporkan barang"), url_fixed("/hapus/baru"), true);
    }
    t = board_table(b, _("Laporan"), heads, _("Belum ada yang dilaporkan."));
    board_right(t, "4");
    for (size_t i = 0; i < list.count; i++) {
        const struct write_off *w = &list.items[i];

        board_cell_url(t, w->number, paper_url(rq, w->number));
        board_cell(t, kind_text(rq, w->kind));
        board_cell(t, w->place.name);
        board_cell(t, desk_moment(rq, w->at));
        board_cell(t, desk_may(rq, DESK_COSTS) ? cost_text(rq, w->cost_known, w->cost) : "–");
        board_cell_badge(t, !w->decided ? "warn" : w->approved ? "bad" : "ok", state_text(rq, w));
    }
    board_cut(t, list.count == WRITE_OFFS_SHOWN);
    board_show(b);
    return OK;
}

enum err write_off_form(struct request *rq)
{
    struct board *b;
    struct board_form *f;
    struct board_input *i;
    enum err e;

    request_db(rq);
    b = board_new(rq, request_words(rq, _("Laporkan barang rusak atau hilang")));
    board_crumb(b, _("Penghapusan"), url_fixed("/hapus"));
    board_say(b, "info",
              request_words(rq, _("Barang langsung keluar dari jualan dan menunggu keputusan orang "
                                  "lain.")));
    f = board_form(b, NULL, url_fixed("/hapus/baru"), _("Laporkan"));
    i = board_input(f, BOARD_CHOICE, "jenis", _("Jenis"), desk_asked(rq, "jenis"));
    for (size_t k = 0; kinds[k]; k++) {
        board_option(i, kinds[k], kind_text(rq, (enum write_off_kind)k));
    }
    if ((e = places_input(f, rq, "tempat", _("Tempat"), PLACE_SHOWROOM))) {
        return e;
    }
    i = board_input(f, BOARD_AREA, "kode", _("Barang"), desk_asked(rq, "kode"));
    board_hint(i,
               _("Satu barang satu baris: pindai atau ketik kode label. Barang yang dihitung per "
                 "lot: kode, spasi, jumlah, misalnya B5P8K2M9QX 40."));
    board_need(i);
    i = board_input(f, BOARD_AREA, "alasan", _("Alasan"), "");
    board_need(i);
    board_show(b);
    return OK;
}

enum err write_off_make(struct request *rq)
{
    struct write_off_new w = {.place = place_given(rq, "tempat"),
                              .reason = input_text(&rq->in, "alasan")};
    struct document_no number;
    struct take *takes;
    enum err e;

    if (!write_off_kind_from_name(&w.kind, input_text(&rq->in, "jenis"))) {
        return ERR_INVALID;
    }
    takes_read(&takes, &w.count, rq, input_text(&rq->in, "kode"));
    w.takes = takes;
    if ((e = write_off_report(&number, &rq->cx, &w))) {
        return stock_refused(rq, e);
    }
    request_tell(rq, "ok",
                 desk_say(rq, _("%s dicatat; barangnya tidak dapat dijual lagi."), number.text));
    respond_redirect(rq, paper_url(rq, number.text));
    return OK;
}

/* ---- one of them ---- */

static void put_facts(struct board *b, struct request *rq, const struct write_off *w)
{
    board_facts(b, NULL);
    board_fact(b, _("Jenis"), kind_text(rq, w->kind));
    board_fact(b, _("Tempat"), w->place.name);
    board_fact(b, _("Alasan"), w->reason);
    board_fact(b, _("Dilaporkan"),
               desk_say(rq, _("%s, oleh %s"), desk_moment(rq, w->at), w->reporter));
    if (desk_may(rq, DESK_COSTS)) {
        board_fact(b, _("Nilai"), cost_text(rq, w->cost_known, w->cost));
    }
    board_fact(b, _("Keadaan"), state_text(rq, w));
    if (w->decided) {
        board_fact(b, _("Diputuskan"),
                   desk_say(rq, _("%s, oleh %s"), desk_moment(rq, w->decided_at), w->approver));
        board_fact(b, _("Catatan"), *w->note ? w->note : "–");
    }
}

static void put_items(struct board *b, struct request *rq, const struct write_off *w)
{
    static const char *const heads[] = {_("Barang"), _("Label"), _("Jumlah"), NULL};
    struct board_table *t = board_table(b, _("Barang yang dilaporkan"), heads, _("Tidak ada."));
    board_right(t, "2");

    for (size_t i = 0; i < w->count; i++) {
        board_cell_url(t, w->items[i].name,
                       url_part(rq->cx.arena, url_fixed("/barang"), w->items[i].sku));
        board_cell(t, taken_code(rq, &w->items[i]));
        board_cell(t, taken_qty(rq, &w->items[i]));
    }
}

enum err write_off_page(struct request *rq)
{
    struct write_off w;
    struct board *b;
    enum err e;

    request_db(rq);
    if ((e = write_off_get(&w, &rq->cx, number_of(rq)))) {
        return e;
    }
    b = board_new(rq, w.number);
    board_crumb(b, _("Penghapusan"), url_fixed("/hapus"));
    board_action(
        b, _("Berita acara (PDF)"),
        url_part(rq->cx.arena, url_fixed("/hapus"), arena_format(rq->cx.arena, "%s.pdf", w.number)),
        w.decided);
    put_facts(b, rq, &w);
    put_items(b, rq, &w);
    if (!w.decided && desk_may(rq, DESK_PRICERS)) {
        struct board_form *f = board_form(b, _("Keputusan"), paper_url(rq, w.number),
                                          _("Tolak: kembalikan ke tempatnya"));
        board_input(f, BOARD_AREA, "catatan", _("Catatan"), "");
        board_submit_also(f, "setuju", "1", _("Setujui penghapusan"));
    } else if (!w.decided) {
        board_say(b, "info", request_words(rq, _("Menunggu keputusan penyelia atau admin.")));
    }
    board_show(b);
    return OK;
}

enum err write_off_decided(struct request *rq)
{
    const bool approved = input_flag(&rq->in, "setuju");
    enum err e = write_off_decide(&rq->cx, number_of(rq), approved, input_text(&rq->in, "catatan"));

    if (e) {
        return stock_refused(rq, e);
    }
    request_tell(rq, "ok",
                 approved
                     ? desk_say(rq, _("%s disetujui."), number_of(rq))
                     : desk_say(rq, _("%s ditolak; barang kembali ke tempatnya."), number_of(rq)));
    respond_redirect(rq, paper_url(rq, number_of(rq)));
    return OK;
}

/* ---- the minutes ---- */

static const char *const *paper_cells(struct request *rq, const struct write_off *w)
{
    const char **cells = ARENA_ARRAY(rq->cx.arena, const char *, w->count * 5 + 1);

    for (size_t i = 0; i < w->count; i++) {
        const struct taken *t = &w->items[i];

        cells[i * 5] = arena_format(rq->cx.arena, "%zu", i + 1);
        cells[i * 5 + 1] = t->name;
        cells[i * 5 + 2] = taken_code(rq, t);
        cells[i * 5 + 3] = taken_qty(rq, t);
        cells[i * 5 + 4] = cost_text(rq, t->cost_known, t->cost);
    }
    return cells;
}

static enum err show_paper(struct request *rq, const struct write_off *w)
{
    const struct letter_column columns[] = {{request_words(rq, _("No.")), 1, false},
                                            {request_words(rq, _("Barang")), 6, false},
                                            {request_words(rq, _("Label")), 4, false},
                                            {request_words(rq, _("Jumlah")), 3, true},
                                            {request_words(rq, _("Nilai")), 3, true}};
    const struct letter_fact facts[] = {
        {request_words(rq, _("Jenis")), kind_text(rq, w->kind)},
        {request_words(rq, _("Tempat")), w->place.name},
        {request_words(rq, _("Alasan")), w->reason},
        {request_words(rq, _("Dilaporkan")), desk_moment(rq, w->at)},
        {request_words(rq, _("Nilai")), cost_text(rq, w->cost_known, w->cost)},
        {request_words(rq, _("Keadaan")), state_text(rq, w)},
        {request_words(rq, _("Catatan")), w->decided && *w->note ? w->note : "–"},
    };
    const struct letter_signature signs[] = {
        {request_words(rq, _("Yang melaporkan")), w->reporter},
        {request_words(rq, _("Yang memutuskan")), w->decided ? w->approver : ""},
        {request_words(rq, _("Saksi")), ""},
    };
    struct letter letter = {
        .title = request_words(rq, _("Berita acara penghapusan barang")),
        .number = w->number,
        .date = desk_day(rq, desk_today(rq)),
        .facts = facts,
        .fact_count = LENGTH(facts),
        .columns = columns,
        .column_count = LENGTH(columns),
        .cells = paper_cells(rq, w),
        .row_count = w->count,
        .signatures = signs,
        .signature_count = LENGTH(signs),
    };

    return letter_show(rq, &letter);
}

enum err write_off_paper(struct request *rq)
{
    struct write_off w;
    enum err e = write_off_get(&w, &rq->cx, number_of(rq));

    return e ? e : show_paper(rq, &w);
}
