/* Materials: what is there, what was bought, who sells it: /bahan. */
#include "inventory/base/arena.h"
#include "inventory/base/id.h"
#include "inventory/base/money_text.h"
#include "inventory/material.h"
#include "pos/web/desk.h"
#include "pos/web/respond.h"
#include "pos/web/stock_pages.h"
#include "pos/web/work_pages.h"

const struct input material_inputs[] = {
    {.name = "bahan", .label = _("Bahan"), .type = INPUT_CODE, .required = true},
    {.name = "pemasok", .label = _("Pemasok"), .type = INPUT_ID, .required = true},
    {.name = "jumlah", .label = _("Jumlah"), .type = INPUT_QTY, .required = true},
    {.name = "total", .label = _("Harga seluruhnya"), .type = INPUT_RUPIAH},
    {.name = "belum", .label = _("Harganya belum diketahui"), .type = INPUT_FLAG},
    {.name = "nota", .label = _("Nomor nota"), .type = INPUT_LINE, .max = MATERIAL_NOTE_MAX},
    {.name = "catatan", .label = _("Catatan"), .type = INPUT_LINE, .max = MATERIAL_NOTE_MAX},
    INPUT_END,
};
const struct input supplier_inputs[] = {
    {.name = "nama",
     .label = _("Nama pemasok"),
     .type = INPUT_LINE,
     .required = true,
     .max = PLACE_NAME_LEN_MAX},
    INPUT_END,
};
const struct input material_loss_inputs[] = {
    {.name = "bahan", .label = _("Bahan"), .type = INPUT_CODE, .required = true},
    {.name = "jumlah", .label = _("Jumlah"), .type = INPUT_QTY, .required = true},
    {.name = "catatan", .label = _("Alasan"), .type = INPUT_LINE, .max = MATERIAL_NOTE_MAX},
    INPUT_END,
};

/* ---- shared with the work orders ---- */

enum err materials_input(struct board_form *f, struct request *rq)
{
    struct board_input *i = board_input(f, BOARD_CHOICE, "bahan", _("Bahan"), "");
    struct material_list list;
    enum err e = material_all(&list, &rq->cx);

    for (size_t k = 0; !e && k < list.count; k++) {
        const struct material *m = &list.items[k];

        board_option(
            i, m->sku,
            desk_say(rq, _("%s (di gudang %s %s)"), m->name, desk_qty(rq, m->on_hand), m->unit));
    }
    board_need(i);
    return e;
}

enum err product_given(struct product_id *out, struct request *rq, const char *name)
{
    struct product p;
    enum err e = product_by_sku(&p, &rq->cx, input_text(&rq->in, name));

    if (e == ERR_NOT_FOUND) {
        return refuse_field(&rq->cx, ERR_INVALID, "product-unknown", name,
                            _("Barang itu tidak ada. Pilih barang dari daftar."));
    }
    *out = p.id;
    return e;
}

enum err work_refused(struct request *rq, enum err e)
{
    static const struct {
        const char *act, *form;
    } names[] = {
        {"product", "bahan"}, {"qty", "jumlah"},       {"cost", "total"},
        {"note", "catatan"},  {"supplier", "pemasok"}, {"capital", "modal"},
        {"shares", "pelaku"}, {"reason", "alasan"},    {"grade_a", "mutu_a"},
        {"over", "lebih"},    {"overhead", "ongkos"},  {"code", "kode"},
        {"name", "nama"},     {"to", "sampai"},        {"workshop", "bengkel"},
    };
    struct why *why = &rq->cx.why;

    for (size_t i = 0; e && i < LENGTH(names); i++) {
        if (strcmp(why->field, names[i].act) == 0) {
            snprintf(why->field, sizeof(why->field), "%s", names[i].form);
            break;
        }
    }
    return e;
}

const char *rupiah_text(struct request *rq, struct rupiah amount)
{
    char text[MONEY_TEXT_MAX];

    money_short(text, amount);
    return arena_text(rq->cx.arena, text);
}

/* ---- the page ---- */

static enum err put_stock(struct board *b, struct request *rq)
{
    static const char *const heads[] = {_("Bahan"), _("Kode barang"), _("Di gudang"), _("Nilai"),
                                        NULL};
    struct material_list list;
    struct board_table *t;
    enum err e = material_all(&list, &rq->cx);

    if (e) {
        return e;
    }
    t = board_table(b, _("Persediaan bahan"), heads,
                    _("Belum ada bahan. Tambahkan di Barang dengan cara hitung bahan, lalu catat "
                      "pembeliannya."));
    board_right(t, "23");
    for (size_t i = 0; i < list.count; i++) {
        const struct material *m = &list.items[i];

        board_cell_url(t, m->name, url_part(rq->cx.arena, url_fixed("/barang"), m->sku));
        board_cell(t, m->sku);
        board_cell(t, arena_format(rq->cx.arena, "%s %s", desk_qty(rq, m->on_hand), m->unit));
        board_cell(t, cost_text(rq, m->cost_known, m->cost));
    }
    return OK;
}

static enum err put_receipts(struct board *b, struct request *rq)
{
    static const char *const heads[] = {_("Nomor"), _("Bahan"), _("Pemasok"), _("Jumlah"),
                                        _("Harga"), _("Nota"),  _("Dicatat"), NULL};
    struct material_receipts list;
    struct board_table *t;
    enum err e = material_receipts(&list, &rq->cx);

    if (e) {
        return e;
    }
    t = board_table(b, _("Pembelian"), heads, _("Belum ada pembelian."));
    board_right(t, "34");
    for (size_t i = 0; i < list.count; i++) {
        const struct material_receipt *r = &list.items[i];

        board_cell(t, r->number);
        board_cell(t, r->name);
        board_cell(t, r->supplier);
        board_cell(t, arena_format(rq->cx.arena, "%s %s", desk_qty(rq, r->qty), r->unit));
        board_cell(t, cost_text(rq, r->cost_known, r->total));
        board_cell(t, *r->invoice_no ? r->invoice_no : "–");
        board_cell(t, desk_say(rq, _("%s, oleh %s"), desk_moment(rq, r->at), r->actor));
    }
    board_cut(t, list.count == MATERIALS_SHOWN);
    return OK;
}

static enum err put_loss(struct board *b, struct request *rq)
{
    struct board_form *f = board_form(b, _("Bahan hilang atau rusak di gudang"),
                                      url_fixed("/bahan/hilang"), _("Catat kehilangan"));
    enum err e = materials_input(f, rq);

    board_short(board_input(f, BOARD_NUMBER, "jumlah", _("Jumlah"), ""));
    board_input(f, BOARD_LINE, "catatan", _("Alasan"), "");
    return e;
}

enum err materials_page(struct request *rq)
{
    struct board *b;
    enum err e;

    request_db(rq);
    b = board_new(rq, request_words(rq, _("Bahan")));
    if (desk_may(rq, DESK_MAKERS)) {
        board_action(b, _("Catat pembelian"), url_fixed("/bahan/terima"), true);
    }
    if ((e = put_stock(b, rq)) || (e = put_receipts(b, rq)) ||
        (desk_may(rq, DESK_MAKERS) && (e = put_loss(b, rq)))) {
        return e;
    }
    board_show(b);
    return OK;
}

static enum err suppliers_input(struct board_form *f, struct request *rq)
{
    struct board_input *i = board_input(f, BOARD_CHOICE, "pemasok", _("Pemasok"), "");
    struct place_list list;
    char hex[ID_HEX_MAX];
    enum err e = place_all(&list, &rq->cx, PLACE_SUPPLIER);

    for (size_t k = 0; !e && k < list.count; k++) {
        id_hex(hex, list.items[k].id.bytes);
        board_option(i, arena_text(rq->cx.arena, hex), list.items[k].name);
    }
    return e;
}

enum err material_buy_form(struct request *rq)
{
    struct board_form *f;
    struct board_input *i;
    struct board *b;
    enum err e;

    request_db(rq);
    b = board_new(rq, request_words(rq, _("Catat pembelian bahan")));
    board_crumb(b, _("Bahan"), url_fixed("/bahan"));
    f = board_form(b, NULL, url_fixed("/bahan/terima"), _("Simpan pembelian"));
    if ((e = materials_input(f, rq)) || (e = suppliers_input(f, rq))) {
        return e;
    }
    i = board_input(f, BOARD_NUMBER, "jumlah", _("Jumlah"), "");
    board_hint(i, _("Boleh pecahan untuk satuan seperti meter, misalnya 26,5."));
    board_short(i);
    board_need(i);
    i = board_input(f, BOARD_NUMBER, "total", _("Harga seluruhnya"), "");
    board_hint(i,
               _("Seperti pada nota, untuk seluruh jumlah itu; tidak ada rupiah yang hilang karena "
                 "pembulatan."));
    board_short(i);
    board_input(f, BOARD_CHECK, "belum", _("Harganya belum diketahui"), "");
    board_short(board_input(f, BOARD_LINE, "nota", _("Nomor nota"), ""));
    board_input(f, BOARD_LINE, "catatan", _("Catatan"), "");
    f = board_form(b, _("Pemasok baru"), url_fixed("/bahan/pemasok"), _("Tambah pemasok"));
    board_input(f, BOARD_LINE, "nama", _("Nama pemasok"), "");
    board_show(b);
    return OK;
}

enum err material_buy(struct request *rq)
{
    const struct inputs *in = &rq->in;
    struct material_receive w = {
        .qty = input_qty(in, "jumlah"),
        .cost_known = input_given(in, "total"),
        .total = input_rupiah(in, "total"),
        .invoice_no = input_text(in, "nota"),
        .note = input_text(in, "catatan"),
        .supplier = place_given(rq, "pemasok"),
    };
    struct document_no number;
    enum err e = product_given(&w.product, rq, "bahan");

    if (e) {
        return e;
    }
    if (w.cost_known == input_flag(in, "belum")) {
        return refuse_field(&rq->cx, ERR_INVALID, "cost-missing", "total",
                            _("Isi harga seluruhnya, atau tandai belum diketahui; salah satu."));
    }
    if ((e = material_receive(&number, &rq->cx, &w))) {
        return work_refused(rq, e);
    }
    request_tell(rq, "ok", desk_say(rq, _("%s dicatat; stok bahan bertambah."), number.text));
    respond_redirect(rq, url_fixed("/bahan"));
    return OK;
}

enum err supplier_add(struct request *rq)
{
    struct place_id id;
    enum err e = supplier_create(&id, &rq->cx, input_text(&rq->in, "nama"));

    if (e) {
        return work_refused(rq, e);
    }
    request_tell(rq, "ok", desk_say(rq, _("Pemasok %s ditambahkan."), input_text(&rq->in, "nama")));
    respond_redirect(rq, url_fixed("/bahan/terima"));
    return OK;
}

enum err material_loss(struct request *rq)
{
    struct material_use w = {.work_order = "",
                             .qty = input_qty(&rq->in, "jumlah"),
                             .note = input_text(&rq->in, "catatan")};
    enum err e = product_given(&w.product, rq, "bahan");

    if (e || (e = material_lose(&rq->cx, &w))) {
        return work_refused(rq, e);
    }
    request_tell(rq, "ok", request_words(rq, _("Kehilangan bahan dicatat.")));
    respond_redirect(rq, url_fixed("/bahan"));
    return OK;
}
