/* Goods received from the workshop: a lot, its pieces with label codes, and the moves. */
#include "inventory/measure.h"
#include "inventory/stock.h"

#include "inventory/base/arena.h"
#include "inventory/base/calendar.h"
#include "inventory/base/id.h"
#include "inventory/fact.h"
#include "inventory/lot_make.h"
#include "sql_names.h"

struct receive {
    struct received *out;
    const struct goods_receive *w;
    struct product product;
    struct lot_row lot;
    struct place_id to;
};

/* ---- the same request again ---- */

static bool same_content(const struct receive *r, const struct lot *lot)
{
    const struct goods_receive *w = r->w;

    return product_id_equal(w->product, lot->product.id) && w->qty.milli == lot->qty.milli &&
           w->cost_known == lot->cost_known &&
           (!w->cost_known || w->unit_cost.rp == lot->unit_cost.rp) &&
           (!w->made_given || w->made.since_1970 == lot->made.since_1970) &&
           (!w->expires_given || w->expiry.since_1970 == lot->expiry.since_1970) &&
           (place_id_is_nil(w->workshop) || place_id_equal(w->workshop, lot->workshop));
}

static enum err stored_answer(struct receive *r, struct ctx *cx, struct lot_id id)
{
    struct received *out = r->out;
    struct lot lot;
    enum err e;

    if ((e = lot_by_id(&lot, cx, id))) {
        return e;
    }
    if (!same_content(r, &lot)) {
        return refuse(cx, ERR_CONFLICT, "key-reused",
                      _("Formulir ini sudah pernah disimpan dengan isi lain. Buka formulir baru."));
    }
    *out = (struct received){.lot = id, .lot_code = lot.code, .again = true};
    return lot.product.tracking == TRACK_PIECE ? lot_units(&out->codes, &out->piece_count, cx, id)
                                               : OK;
}

/* ERR_NOT_FOUND: this key is new. */
static enum err find_again(struct receive *r, struct ctx *cx)
{
    struct stmt *st;
    struct lot_id id;
    enum err e;

    if (idem_id_is_nil(r->w->key)) {
        return ERR_NOT_FOUND;
    }
    st = db_stmt(cx->db, SQL_LOT_ID_BY_KEY);
    bind_text(st, ":site", cx->site->code);
    bind_id(st, ":key", r->w->key.bytes);
    if ((e = stmt_one(st))) {
        return e;
    }
    col_id(st, "id", id.bytes);
    stmt_done(st);
    return stored_answer(r, cx, id);
}

/* ---- checks ---- */

static enum err check_qty(struct ctx *cx, const struct product *p, struct qty qty)
{
    if (p->tracking == TRACK_SERVICE) {
        return refuse_field(
            cx, ERR_REFUSED, "receive-service", "product",
            _("%s adalah jasa dan tidak punya stok. Jasa dijual langsung di kasir."), p->name);
    }
    if (p->tracking == TRACK_MATERIAL) {
        return refuse_field(cx, ERR_REFUSED, "receive-material", "product",
                            _("%s adalah bahan. Catat pembeliannya di halaman Bahan."), p->name);
    }
    if (qty.milli <= 0) {
        return refuse_field(cx, ERR_INVALID, "qty-zero", "qty",
                            _("Jumlah harus lebih dari 0. Tulis berapa yang diterima."));
    }
    if (!qty_is_whole(qty) && (p->tracking == TRACK_PIECE || !measure_divides(p->unit))) {
        return refuse_field(cx, ERR_INVALID, "qty-fraction", "qty",
                            _("%s dihitung per %s. Jumlahnya harus bulat."), p->name, p->unit);
    }
    if (p->tracking != TRACK_PIECE) {
        return qty.milli <= QTY_MAX_MILLI
                   ? OK
                   : refuse_field(cx, ERR_LIMIT, "qty-limit", "qty", _("Jumlah terlalu besar."));
    }
    if (qty.milli > QTY_WHOLE(RECEIVE_PIECES_MAX).milli) {
        return refuse_field(cx, ERR_LIMIT, "qty-limit", "qty",
                            _("Paling banyak %d buah sekali terima. Bagi menjadi beberapa kali."),
                            RECEIVE_PIECES_MAX);
    }
    return OK;
}

static enum err set_days(struct receive *r, struct ctx *cx)
{
    struct day today = instant_day(act_at(cx), cx->site->zone);
    const struct goods_receive *w = r->w;

    r->lot.made = w->made_given ? w->made : today;
    if (r->lot.made.since_1970 > today.since_1970 || r->lot.made.since_1970 <= 0) {
        return refuse_field(cx, ERR_INVALID, "made-future", "made",
                            _("Tanggal selesai tidak boleh setelah hari ini."));
    }
    r->lot.expires = w->expires_given || r->product.shelf_life_days > 0;
    if (w->expires_given) {
        r->lot.expiry = w->expiry;
    } else if (r->lot.expires) {
        r->lot.expiry = DAY(r->lot.made.since_1970 + r->product.shelf_life_days);
    }
    if (r->lot.expires && r->lot.expiry.since_1970 < r->lot.made.since_1970) {
        return refuse_field(cx, ERR_INVALID, "expiry-early", "expiry",
                            _("Tanggal kedaluwarsa tidak boleh sebelum tanggal selesai."));
    }
    return OK;
}

static enum err set_places(struct receive *r, struct ctx *cx)
{
    struct place showroom;
    enum err e = OK;

    r->lot.workshop = place_id_is_nil(r->w->workshop) ? r->product.workshop : r->w->workshop;
    r->to = r->w->to;
    if (place_id_is_nil(r->to) && !(e = place_of_kind(&showroom, cx, PLACE_SHOWROOM))) {
        r->to = showroom.id;
    }
    return e;
}

/* A variant of another product would be sold at that one's price. */
static enum err check_variant(struct ctx *cx, const struct goods_receive *w)
{
    struct variant_list list = {.count = 0};
    enum err e = OK;

    if (variant_id_is_nil(w->variant) || (e = variants_of(&list, cx, w->product))) {
        return e;
    }
    for (size_t i = 0; i < list.count; i++) {
        if (variant_id_equal(list.items[i].id, w->variant)) {
            return OK;
        }
    }
    return refuse_field(cx, ERR_INVALID, "variant-unknown", "variant",
                        _("Varian itu bukan varian barang ini. Pilih lagi variannya."));
}

static enum err check(struct receive *r, struct ctx *cx)
{
    const struct goods_receive *w = r->w;
    enum err e = product_by_id(&r->product, cx, w->product);

    if (e == ERR_NOT_FOUND) {
        return refuse_field(cx, e, "product-unknown", "product",
                            _("Barang itu tidak ada. Pilih barang dari daftar."));
    }
    if (e || (e = check_variant(cx, w)) || (e = check_qty(cx, &r->product, w->qty))) {
        return e;
    }
    if (w->cost_known && (w->unit_cost.rp < 0 || w->unit_cost.rp > RUPIAH_MAX)) {
        return refuse_field(cx, ERR_INVALID, "cost-bad", "cost",
                            _("Harga pokok tidak boleh kurang dari Rp0."));
    }
    return (e = set_days(r, cx)) ? e : set_places(r, cx);
}

/* ---- writing ---- */

static enum err put_all(struct receive *r, struct ctx *cx)
{
    r->lot.product = r->product.id;
    r->lot.variant = r->w->variant;
    r->lot.qty = r->w->qty;
    r->lot.cost_known = r->w->cost_known;
    r->lot.unit_cost = r->w->cost_known ? r->w->unit_cost : RUPIAH(0);
    r->lot.key = r->w->key;
    return lot_make(r->out, NULL, cx, &r->lot,
                    &(struct lot_way){.pieces = r->product.tracking == TRACK_PIECE,
                                      .from = r->lot.workshop,
                                      .to = r->to,
                                      .reason = "received"});
}

static enum err receive_work(struct ctx *cx, void *arg)
{
    struct receive *r = arg;
    enum err e;

    *r = (struct receive){.out = r->out, .w = r->w};
    *r->out = (struct received){.again = false};
    if ((e = find_again(r, cx)) != ERR_NOT_FOUND) {
        return e;
    }
    return (e = check(r, cx)) ? e : put_all(r, cx);
}

enum err goods_receive(struct received *out, struct ctx *cx, const struct goods_receive *wanted)
{
    struct receive r = {.out = out, .w = wanted};

    return act_run(cx, "goods.received", 1, receive_work, &r);
}
