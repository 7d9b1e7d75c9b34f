/* A counted lot of which a customer holds more than the book has. */
#include "inventory/base/arena.h"
#include "inventory/fact.h"
#include "inventory/measure.h"
#include "inventory/stock_case.h"
#include "inventory/stock_doc.h"
#include "inventory/stock_take_parts.h"
#include "sql_names.h"

struct override {
    struct document_no *number;
    const struct override_wanted *w;
    struct product product;
    struct taken item;
};

static enum err check(struct override *o, struct ctx *cx)
{
    const struct override_wanted *w = o->w;
    enum err e;

    if ((e = stock_may_approve(cx)) || (e = note_check(cx, w->reason, true))) {
        return e;
    }
    e = product_by_id(&o->product, cx, w->product);
    if (e == ERR_NOT_FOUND) {
        return refuse(cx, e, "product-unknown",
                      _("Barang itu tidak ada. Muat ulang halaman kasir."));
    }
    if (e) {
        return e;
    }
    if (o->product.tracking != TRACK_LOT) {
        return refuse(cx, ERR_REFUSED, "override-piece",
                      _("%s dihitung per potong: satu label, satu barang. Pindai label pada barang "
                        "yang dipegang pembeli."),
                      o->product.name);
    }
    if (w->qty.milli <= 0 || w->qty.milli > QTY_MAX_MILLI) {
        return refuse_field(cx, ERR_INVALID, "qty-zero", "qty", _("Tulis berapa yang kurang."));
    }
    if (!qty_is_whole(w->qty) && !measure_divides(o->product.unit)) {
        return refuse_field(cx, ERR_INVALID, "qty-fraction", "qty",
                            _("%s dihitung per %s. Jumlahnya harus bulat."), o->product.name,
                            o->product.unit);
    }
    return OK;
}

/* The lot that was scanned, or the newest: the one that is most likely on the shelf. */
static enum err choose_lot(struct override *o, struct ctx *cx)
{
    struct stmt *st = db_stmt(cx->db, SQL_LOT_FOR_OVERRIDE);
    enum err e;

    bind_text(st, ":site", cx->site->code);
    bind_id(st, ":product", o->product.id.bytes);
    bind_id(st, ":lot", o->w->lot.bytes);
    bind_bool(st, ":any", lot_id_is_nil(o->w->lot));
    e = stmt_one(st);
    if (e == ERR_NOT_FOUND) {
        return refuse(cx, ERR_REFUSED, "override-no-lot",
                      _("%s belum pernah diterima dari bengkel, jadi tidak ada lot yang dapat "
                        "dikoreksi. Catat penerimaannya dulu di Produksi."),
                      o->product.name);
    }
    if (e) {
        return e;
    }
    o->item = (struct taken){
        .product = o->product.id,
        .sku = o->product.sku,
        .name = o->product.name,
        .unit_name = o->product.unit,
        .tracking = TRACK_LOT,
        .qty = o->w->qty,
        .cost_known = col_bool(st, "cost_known"),
    };
    col_id(st, "id", o->item.lot.bytes);
    taken_cost(&o->item, col_rupiah(st, "unit_cost_rp"));
    stmt_done(st);
    return OK;
}

static enum err override_work(struct ctx *cx, void *arg)
{
    struct override *o = arg;
    struct place showroom;
    struct place_id corrections;
    int32_t line = 0;
    enum err e;

    if ((e = check(o, cx)) || (e = choose_lot(o, cx)) ||
        (e = place_of_kind(&showroom, cx, PLACE_SHOWROOM)) ||
        (e = place_need(&corrections, cx, PLACE_LOST, "selisih", "Selisih buku"))) {
        return e;
    }
    e = case_put(o->number, cx,
                 &(struct case_new){
                     .kind = CASE_NEGATIVE,
                     .item = &o->item,
                     .place = showroom.id,
                     .note = arena_format(cx->arena, "%s (%s)", o->w->reason, o->w->asked_by),
                 });
    return e ? e : taken_move(cx, &line, &o->item, corrections, showroom.id, "override", 0);
}

enum err stock_override(struct document_no *number, struct ctx *cx,
                        const struct override_wanted *wanted)
{
    struct override o = {.number = number, .w = wanted};

    return act_run(cx, "stock.override", 1, override_work, &o);
}
