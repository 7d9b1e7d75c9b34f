/* Materials: receipts, what is there, and the uses by work orders. */
#include "inventory/material.h"

#include "inventory/base/arena.h"
#include "inventory/base/calendar.h"
#include "inventory/base/id.h"
#include "inventory/base/utf8.h"
#include "inventory/cost_share.h"
#include "inventory/fact.h"
#include "inventory/lot_make.h"
#include "inventory/measure.h"
#include "inventory/stock_take.h"
#include "sql_names.h"

/* ---- suppliers ---- */

struct supplier_ask {
    struct place_id id;
    const char *name;
};

static enum err supplier_work(struct ctx *cx, void *arg)
{
    struct supplier_ask *a = arg;
    struct stmt *st = db_stmt(cx->db, SQL_SUPPLIER_BY_NAME);
    const size_t n = utf8_count(a->name);
    enum err e;

    if (n == 0 || n > PLACE_NAME_LEN_MAX || !utf8_valid(a->name, strlen(a->name))) {
        return refuse_field(cx, ERR_INVALID, "supplier-name", "name",
                            _("Nama pemasok harus 1 sampai %d huruf."), PLACE_NAME_LEN_MAX);
    }
    bind_text(st, ":site", cx->site->code);
    bind_text(st, ":name", a->name);
    e = stmt_one(st);
    stmt_done(st);
    if (!e) {
        return refuse_field(cx, ERR_CONFLICT, "supplier-taken", "name",
                            _("Pemasok %s sudah ada di daftar."), a->name);
    }
    return e == ERR_NOT_FOUND ? place_put(&a->id, cx, PLACE_SUPPLIER, a->name, a->name) : e;
}

enum err supplier_create(struct place_id *out, struct ctx *cx, const char *name)
{
    struct supplier_ask a = {.name = name};
    enum err e = act_run(cx, "supplier.created", 1, supplier_work, &a);

    *out = a.id;
    return e;
}

/* ---- receipts ---- */

struct receive {
    struct document_no *out;
    const struct material_receive *w;
    struct product product;
    struct place supplier, store;
};

static enum err check_receipt(struct receive *r, struct ctx *cx)
{
    const struct material_receive *w = r->w;
    enum err e = product_by_id(&r->product, cx, w->product);

    if (e == ERR_NOT_FOUND || (!e && r->product.tracking != TRACK_MATERIAL)) {
        return refuse_field(cx, ERR_INVALID, "material-wrong", "product",
                            _("Pilih bahan dari daftar. Bahan baru ditambahkan di halaman Barang "
                              "dengan cara hitung bahan."));
    }
    if (e || (e = place_by_id(&r->supplier, cx, w->supplier)) == ERR_NOT_FOUND ||
        (!e && r->supplier.kind != PLACE_SUPPLIER)) {
        return e && e != ERR_NOT_FOUND
                   ? e
                   : refuse_field(cx, ERR_INVALID, "supplier-unknown", "supplier",
                                  _("Pilih pemasok dari daftar, atau tambahkan dulu."));
    }
    if (w->qty.milli <= 0 || w->qty.milli > QTY_MAX_MILLI) {
        return refuse_field(cx, ERR_INVALID, "qty-zero", "qty",
                            _("Jumlah harus lebih dari 0. Tulis berapa yang diterima."));
    }
    if (!qty_is_whole(w->qty) && !measure_divides(r->product.unit)) {
        return refuse_field(cx, ERR_INVALID, "qty-fraction", "qty",
                            _("%s dihitung per %s. Jumlahnya harus bulat."), r->product.name,
                            r->product.unit);
    }
    if (w->cost_known && (w->total.rp < 0 || w->total.rp > RUPIAH_MAX)) {
        return refuse_field(cx, ERR_INVALID, "cost-bad", "cost",
                            _("Harga pokok tidak boleh kurang dari Rp0."));
    }
    if (utf8_count(w->invoice_no) > MATERIAL_NOTE_MAX || utf8_count(w->note) > MATERIAL_NOTE_MAX) {
        return refuse_field(cx, ERR_INVALID, "note-long", "note",
                            _("Catatan paling banyak %d huruf."), MATERIAL_NOTE_MAX);
    }
    return place_of_kind(&r->store, cx, PLACE_STORE);
}

static enum err receive_work(struct ctx *cx, void *arg)
{
    struct receive *r = arg;
    const struct material_receive *w = r->w;
    struct received made = {.again = false};
    struct lot_row lot;
    enum err e;

    if ((e = check_receipt(r, cx)) || (e = document_no_take(r->out, cx, DOC_MATERIAL))) {
        return e;
    }
    lot = (struct lot_row){
        .product = w->product,
        .workshop = w->supplier,
        .made = instant_day(act_at(cx), cx->site->zone),
        .qty = w->qty,
        .cost_known = w->cost_known,
    };
    if (w->cost_known) {
        /* For a unit, rounded down: for eyes only; the whole is in lot_cost. */
        lot.unit_cost = cost_share_down(w->total, w->qty, QTY_WHOLE(1));
    }
    e = lot_make(&made, NULL, cx, &lot,
                 &(struct lot_way){.from = w->supplier, .to = r->store.id, .reason = "bought"});
    if (!e && w->cost_known) {
        e = fact_put(cx, &lot_cost_table, &(struct lot_cost_row){.lot = lot.id, .total = w->total});
    }
    return e ? e
             : fact_put(cx, &material_receipt_table,
                        &(struct material_receipt_row){.lot = lot.id,
                                                       .number = r->out->text,
                                                       .supplier = w->supplier,
                                                       .invoice_no = w->invoice_no,
                                                       .note = w->note});
}

enum err material_receive(struct document_no *out, struct ctx *cx,
                          const struct material_receive *wanted)
{
    struct receive r = {.out = out, .w = wanted};

    return act_run(cx, "material.received", 1, receive_work, &r);
}

/* ---- reading ---- */

static enum err sum_lots(struct material *m, struct ctx *cx, struct place_id store)
{
    struct stmt *st = db_stmt(cx->db, SQL_MATERIAL_LOTS);
    enum err e = OK;

    m->cost_known = true;
    bind_text(st, ":site", cx->site->code);
    bind_id(st, ":place", store.bytes);
    bind_id(st, ":product", m->product.bytes);
    while (stmt_row(st, &e)) {
        m->on_hand.milli += col_int(st, "qty_milli");
        m->cost.rp += col_int(st, "cost_rp");
        m->cost_known = m->cost_known && col_bool(st, "cost_known");
    }
    stmt_done(st);
    return e;
}

enum err material_all(struct material_list *out, struct ctx *cx)
{
    struct stmt *st = db_stmt(cx->db, SQL_MATERIAL_ALL);
    struct place store;
    enum err e = OK;

    *out =
        (struct material_list){.items = ARENA_ARRAY(cx->arena, struct material, MATERIALS_SHOWN)};
    bind_text(st, ":site", cx->site->code);
    bind_int(st, ":most", MATERIALS_SHOWN);
    while (out->count < MATERIALS_SHOWN && stmt_row(st, &e)) {
        struct material *m = &out->items[out->count++];

        *m = (struct material){.sku = arena_text(cx->arena, col_text(st, "sku")),
                               .name = arena_text(cx->arena, col_text(st, "name")),
                               .unit = arena_text(cx->arena, col_text(st, "unit"))};
        col_id(st, "product_id", m->product.bytes);
    }
    stmt_done(st);
    if (!e) {
        e = place_of_kind(&store, cx, PLACE_STORE);
    }
    for (size_t i = 0; i < out->count && !e; i++) {
        e = sum_lots(&out->items[i], cx, store.id);
    }
    return e;
}

enum err material_receipts(struct material_receipts *out, struct ctx *cx)
{
    struct stmt *st = db_stmt(cx->db, SQL_MATERIAL_RECEIPTS);
    enum err e = OK;

    *out = (struct material_receipts){
        .items = ARENA_ARRAY(cx->arena, struct material_receipt, MATERIALS_SHOWN)};
    bind_text(st, ":site", cx->site->code);
    bind_int(st, ":most", MATERIALS_SHOWN);
    while (out->count < MATERIALS_SHOWN && stmt_row(st, &e)) {
        out->items[out->count++] = (struct material_receipt){
            .number = arena_text(cx->arena, col_text(st, "number")),
            .supplier = arena_text(cx->arena, col_text(st, "supplier")),
            .invoice_no = arena_text(cx->arena, col_text(st, "invoice_no")),
            .name = arena_text(cx->arena, col_text(st, "name")),
            .unit = arena_text(cx->arena, col_text(st, "unit")),
            .qty = col_qty(st, "qty_milli"),
            .cost_known = col_bool(st, "cost_known"),
            .total = col_rupiah(st, "total_rp"),
            .at = col_instant(st, "at_ms"),
            .actor = arena_text(cx->arena, col_text(st, "actor"))};
    }
    stmt_done(st);
    return e;
}

enum err work_materials(struct work_materials *out, struct ctx *cx, struct work_order_id id)
{
    struct stmt *st = db_stmt(cx->db, SQL_WORK_MATERIALS);
    enum err e = OK;

    *out = (struct work_materials){
        .items = ARENA_ARRAY(cx->arena, struct work_material, MATERIALS_SHOWN), .cost_known = true};
    bind_text(st, ":site", cx->site->code);
    bind_id(st, ":work", id.bytes);
    while (out->count < MATERIALS_SHOWN && stmt_row(st, &e)) {
        struct work_material *m = &out->items[out->count++];

        *m = (struct work_material){.sku = arena_text(cx->arena, col_text(st, "sku")),
                                    .name = arena_text(cx->arena, col_text(st, "name")),
                                    .unit = arena_text(cx->arena, col_text(st, "unit")),
                                    .qty = col_qty(st, "qty_milli"),
                                    .cost_known = col_bool(st, "cost_known"),
                                    .cost = col_rupiah(st, "cost_rp"),
                                    .receipt = arena_text(cx->arena, col_text(st, "receipt")),
                                    .supplier = arena_text(cx->arena, col_text(st, "supplier"))};
        snprintf(m->lot.text, sizeof m->lot.text, "%s", col_text(st, "code"));
        col_id(st, "product_id", m->product.bytes);
        out->cost_known = out->cost_known && m->cost_known;
        out->cost.rp += m->cost.rp;
    }
    stmt_done(st);
    return e;
}
