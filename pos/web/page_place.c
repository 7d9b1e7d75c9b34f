/* The card of a place: what stands there by product, what came and went; and new places. */
#include "inventory/base/arena.h"
#include "inventory/place_card.h"
#include "inventory/place_create.h"
#include "pos/web/desk.h"
#include "pos/web/respond.h"
#include "pos/web/stock_pages.h"

const struct input place_inputs[] = {
    {.name = "sesudah", .label = _("Sesudah"), .type = INPUT_LINE, .max = SKU_LEN_MAX},
    INPUT_END,
};

static const char *const made_kinds[] = {"exhibition", "store", NULL};

const struct input place_new_inputs[] = {
    {.name = "jenis",
     .label = _("Jenis"),
     .type = INPUT_CHOICE,
     .required = true,
     .choices = made_kinds},
    {.name = "nama",
     .label = _("Nama"),
     .type = INPUT_LINE,
     .required = true,
     .max = PLACE_NAME_MAX},
    INPUT_END,
};

struct url place_url(struct request *rq, enum place_kind kind, const char *code)
{
    struct arena *a = rq->cx.arena;

    return url_part(a, url_part(a, url_fixed("/stok/tempat"), place_kind_name(kind)), code);
}

const char *place_kind_text(const struct request *rq, enum place_kind kind)
{
    static const char *const words[] = {
        [PLACE_WORKSHOP] = _("Bengkel"),
        [PLACE_STORE] = _("Gudang"),
        [PLACE_SHOWROOM] = _("Ruang pamer"),
        [PLACE_TRANSIT] = _("Dalam perjalanan"),
        [PLACE_PARTNER] = _("Mitra"),
        [PLACE_EXHIBITION] = _("Pameran"),
        [PLACE_CUSTOMER] = _("Pembeli"),
        [PLACE_SCRAP] = _("Rusak"),
        [PLACE_LOST] = _("Hilang"),
        [PLACE_SUPPLIER] = _("Pemasok"),
        [PLACE_CONSUMED] = _("Habis terpakai"),
    };

    return request_words(rq, words[kind]);
}

/* What the journal calls a move; what is not known here is shown as it stands. */
static const char *reason_text(const struct request *rq, const char *reason)
{
    static const struct {
        const char *reason, *words;
    } words[] = {
        {"received", _("diterima")},  {"sold", _("dijual")},
        {"sent", _("dikirim")},       {"override", _("izin jual melebihi buku")},
        {"case", _("kasus ditutup")}, {"reported", _("dilaporkan")},
        {"decided", _("diputuskan")},
    };

    for (size_t i = 0; i < LENGTH(words); i++) {
        if (strcmp(words[i].reason, reason) == 0) {
            return request_words(rq, words[i].words);
        }
    }
    return reason;
}

/* ---- the card ---- */

static enum err place_of_path(struct place *out, struct request *rq)
{
    enum place_kind kind;
    enum err e = ERR_NOT_FOUND;

    if (place_kind_from_name(&kind, request_param(rq, "jenis"))) {
        e = place_by_code(out, &rq->cx, kind, request_param(rq, "kode"));
    }
    return e == ERR_NOT_FOUND
               ? refuse(&rq->cx, e, "place-unknown",
                        _("Tempat itu tidak ada. Pilih salah satu dari halaman Stok."))
               : e;
}

static enum err put_sum(struct board *b, struct request *rq, const struct place *place)
{
    struct place_sum sum;
    enum err e = place_card_sum(&sum, &rq->cx, place->id);

    if (e) {
        return e;
    }
    board_facts(b, NULL);
    board_fact(b, _("Jenis"), place_kind_text(rq, place->kind));
    board_fact(b, _("Macam barang"), desk_qty(rq, QTY_WHOLE(sum.products)));
    if (desk_may(rq, DESK_COSTS)) {
        board_fact(b, _("Nilai pokok"), cost_text(rq, true, sum.cost));
    }
    if (desk_may(rq, DESK_COSTS) && sum.unknown > 0) {
        board_fact(b, _("Biaya belum diketahui"), desk_say(rq, _("%d lot"), (int)sum.unknown));
    }
    return OK;
}

static enum err put_goods(struct board *b, struct request *rq, const struct place *place)
{
    static const char *const with_cost[] = {_("Barang"), _("Kode barang"), _("Jumlah"),
                                            _("Nilai pokok"), NULL};
    static const char *const without[] = {_("Barang"), _("Kode barang"), _("Jumlah"), NULL};
    const bool sees = desk_may(rq, DESK_COSTS);
    struct place_goods *goods;
    struct board_table *t;
    size_t n;
    enum err e = place_card_goods(&goods, &n, &rq->cx, place->id, input_text(&rq->in, "sesudah"),
                                  DESK_ROWS + 1);

    if (e) {
        return e;
    }
    t = board_table(b, _("Yang ada di sini"), sees ? with_cost : without,
                    _("Tidak ada barang di sini."));
    board_right(t, "23");
    for (size_t i = 0; i < n && i < DESK_ROWS; i++) {
        const struct place_goods *g = &goods[i];

        board_cell_url(t, g->name, url_part(rq->cx.arena, url_fixed("/barang"), g->sku));
        board_cell(t, g->sku);
        board_cell(t, arena_format(rq->cx.arena, "%s %s", desk_qty(rq, g->qty), g->unit));
        if (sees) {
            board_cell(t, cost_text(rq, g->unknown == 0, g->cost));
        }
    }
    if (n > DESK_ROWS) {
        board_action(b, _("Barang berikutnya"),
                     url_query(rq->cx.arena, place_url(rq, place->kind, place->code), "sesudah",
                               goods[DESK_ROWS - 1].sku),
                     false);
    }
    return OK;
}

static enum err put_moves(struct board *b, struct request *rq, const struct place *place)
{
    static const char *const heads[] = {_("Waktu"), _("Barang"), _("Label"),   _("Jumlah"),
                                        _("Arah"),  _("Sebab"),  _("Petugas"), NULL};
    struct place_move *moves;
    struct board_table *t;
    size_t n;
    enum err e = place_card_moves(&moves, &n, &rq->cx, place->id);

    if (e) {
        return e;
    }
    t = board_table(b, _("Gerakan terakhir"), heads, _("Belum ada gerakan akhir-akhir ini."));
    board_right(t, "3");
    for (size_t i = 0; i < n; i++) {
        const struct place_move *m = &moves[i];

        board_cell(t, desk_moment(rq, m->at));
        board_cell(t, m->item.name);
        board_cell_url(t, taken_code(rq, &m->item),
                       url_part(rq->cx.arena, url_fixed("/P"), m->item.code.text));
        board_cell(t, taken_qty(rq, &m->item));
        board_cell(t, desk_say(rq, m->in ? _("masuk dari %s") : _("keluar ke %s"), m->other));
        board_cell(t, reason_text(rq, m->reason));
        board_cell(t, m->actor);
    }
    board_cut(t, n == PLACE_MOVES_SHOWN);
    return OK;
}

enum err place_page(struct request *rq)
{
    struct place place;
    struct board *b;
    enum err e = place_of_path(&place, rq);

    if (e) {
        return e;
    }
    b = board_new(rq, place.name);
    board_crumb(b, _("Stok"), url_fixed("/stok"));
    if (place_is_own(place.kind) && desk_may(rq, DESK_MAKERS)) {
        board_action(b, _("Kirim barang"), url_fixed("/kirim/baru"), false);
        board_action(b, _("Hitung"), url_fixed("/hitung"), false);
    }
    if ((e = put_sum(b, rq, &place)) || (e = put_goods(b, rq, &place)) ||
        (e = put_moves(b, rq, &place))) {
        return e;
    }
    board_show(b);
    return OK;
}

/* ---- a new one ---- */

enum err place_new_form(struct request *rq)
{
    struct board *b;
    struct board_form *f;
    struct board_input *i;

    request_db(rq);
    b = board_new(rq, request_words(rq, _("Tempat baru")));
    board_crumb(b, _("Stok"), url_fixed("/stok"));
    f = board_form(b, NULL, url_fixed("/stok/tempat/baru"), _("Tambah tempat"));
    i = board_input(f, BOARD_CHOICE, "jenis", _("Jenis"), "exhibition");
    board_option(i, "exhibition", place_kind_text(rq, PLACE_EXHIBITION));
    board_option(i, "store", place_kind_text(rq, PLACE_STORE));
    i = board_input(f, BOARD_LINE, "nama", _("Nama"), "");
    board_hint(i, _("Misalnya Pameran Harkitnas 2027. Tempat tidak dapat dihapus lagi."));
    board_need(i);
    board_show(b);
    return OK;
}

enum err place_new(struct request *rq)
{
    const enum place_kind kind =
        input_choice(&rq->in, "jenis") == 0 ? PLACE_EXHIBITION : PLACE_STORE;
    struct place made;
    enum err e = place_create(&made, &rq->cx, kind, input_text(&rq->in, "nama"));

    if (e) {
        return desk_refused(rq, e);
    }
    request_tell(
        rq, "ok",
        desk_say(rq, _("%s sekarang sebuah tempat: barang dapat dikirim ke sana."), made.name));
    respond_redirect(rq, place_url(rq, made.kind, made.code));
    return OK;
}
