/* What can be put on a line, and why not. */
#include "pos/item.h"
#include "inventory/measure.h"

#include "inventory/base/arena.h"
#include "inventory/base/calendar.h"
#include "inventory/base/money_text.h"
#include "inventory/base/qty_text.h"
#include "inventory/fact.h"
#include "pos/cart.h"
#include "pos/sale.h"
#include "sql_names.h"

static const char *groups(struct ctx *cx, struct label_code code)
{
    char text[LABEL_GROUPS_MAX];

    label_code_groups(text, code);
    return arena_text(cx->arena, text);
}

static enum err foreign(struct ctx *cx, struct label_code code)
{
    return refuse(
        cx, ERR_NOT_FOUND, "code-foreign",
        _("Label %s tidak tercatat di galeri ini. Mungkin barang dari lapas lain; pisahkan "
          "barangnya dan tanya bengkel."),
        groups(cx, code));
}

/* A piece is sold by its sale, which is the act that moved it last. */
static enum err sold(struct ctx *cx, const struct label *label)
{
    struct stmt *st = db_stmt(cx->db, SQL_SALE_NUMBER_OF);
    struct local_time at;
    char day[DATE_TEXT_MAX];
    const char *number;
    enum err e;

    bind_text(st, ":site", cx->site->code);
    bind_id(st, ":sale", label->last_act.bytes);
    e = stmt_one(st);
    if (e) {
        stmt_done(st);
        return e != ERR_NOT_FOUND ? e
                                  : refuse(cx, ERR_CONFLICT, "unit-sold",
                                           _("Label %s sudah terjual. Periksa label pada barang."),
                                           groups(cx, label->code));
    }
    at = instant_local(col_instant(st, "at_ms"), cx->site->zone);
    number = arena_text(cx->arena, col_text(st, "number"));
    stmt_done(st);
    day_text(day, at.day, cx->lang);
    return refuse(cx, ERR_CONFLICT, "unit-sold",
                  _("Label %s sudah terjual %s %02d.%02d, struk %s. Periksa label pada barang."),
                  groups(cx, label->code), day, (int)at.hour, (int)at.minute, number);
}

static enum err away(struct ctx *cx, const struct label *label)
{
    return refuse(cx, ERR_REFUSED, "unit-away",
                  _("%s dengan label %s tidak tercatat di galeri. Catat penerimaannya dulu."),
                  label->product.name, groups(cx, label->code));
}

/* Somebody took this code out of force: its label was to be thrown away. */
static enum err voided(struct ctx *cx, const struct label *label)
{
    return refuse(cx, ERR_CONFLICT, "label-void",
                  _("Label %s sudah dibatalkan. %s ini sekarang berlabel %s; tempelkan label baru "
                    "itu, lalu pindai lagi."),
                  groups(cx, label->code), label->product.name, groups(cx, label->now));
}

static enum err no_price(struct ctx *cx, const struct product *p)
{
    return refuse(cx, ERR_REFUSED, "no-price",
                  _("%s: harga belum disetujui. Ajukan usulan harga di halaman barangnya, dan "
                    "minta penyelia memutuskannya."),
                  p->name);
}

static enum err check_sold_here(struct ctx *cx, const struct product *p)
{
    if (!p->active) {
        return refuse(cx, ERR_REFUSED, "product-inactive",
                      _("%s sudah tidak dijual. Minta admin mengaktifkannya kembali."), p->name);
    }
    if (p->tracking == TRACK_MATERIAL) {
        return refuse(cx, ERR_REFUSED, "product-material",
                      _("%s adalah bahan, bukan barang jualan."), p->name);
    }
    return OK;
}

/* The product was read with the price that is in force; a variant may have its own. */
static enum err set_price(struct item *item, struct ctx *cx)
{
    const struct product *p = &item->product;
    struct instant at = cx->act ? act_at(cx) : clock_now(cx->clock);
    enum err e;

    if (variant_id_is_nil(item->variant)) {
        item->price = (struct price){p->price_id, p->price, p->cost_known, p->cost};
        return p->priced ? OK : no_price(cx, p);
    }
    e = price_in_force(&item->price, cx, p->id, item->variant, at);
    return e == ERR_NOT_FOUND ? no_price(cx, p) : e;
}

enum err item_of_label(struct item *out, struct ctx *cx, struct label_code code)
{
    struct label label;
    enum err e = label_find(&label, cx, code);

    if (e) {
        return e;
    }
    switch (label.state) {
    case LABEL_UNKNOWN: return foreign(cx, code);
    case LABEL_SOLD: return sold(cx, &label);
    case LABEL_VOID: return voided(cx, &label);
    case LABEL_AVAILABLE: break;
    case LABEL_STORED:
    case LABEL_GONE:
        if (label.is_piece) {
            return away(cx, &label);
        }
        break; /* a lot that is used up is out of stock, and the sentence for that is better */
    }
    *out = (struct item){
        .product = label.product,
        .variant = label.variant,
        .lot = label.lot,
        .unit = label.unit,
        .code = code,
        .cost_known = label.cost_known,
        .unit_cost = label.unit_cost,
    };
    if (out->product.tracking == TRACK_PIECE && !label.is_piece) {
        return refuse(cx, ERR_REFUSED, "label-needed",
                      _("%s adalah nomor satu batch. Pindai label pada barangnya."),
                      groups(cx, code));
    }
    return (e = check_sold_here(cx, &out->product)) ? e : set_price(out, cx);
}

enum err item_of_product(struct item *out, struct ctx *cx, const struct product *p)
{
    enum err e = check_sold_here(cx, p);

    *out = (struct item){.product = *p};
    return e ? e : set_price(out, cx);
}

enum err item_check_qty(struct ctx *cx, const struct item *item, struct qty qty)
{
    const struct product *p = &item->product;

    if (qty.milli <= 0) {
        return refuse_field(cx, ERR_INVALID, "qty-zero", "qty",
                            _("Jumlah harus lebih dari 0. Untuk menghapus barang, tekan Hapus."));
    }
    if (!qty_is_whole(qty) && (p->tracking == TRACK_PIECE || !measure_divides(p->unit))) {
        return refuse_field(cx, ERR_INVALID, "qty-fraction", "qty",
                            _("%s dijual per %s. Jumlahnya harus bulat."), p->name, p->unit);
    }
    if (!unit_id_is_nil(item->unit) && qty.milli != QTY_WHOLE(1).milli) {
        return refuse_field(cx, ERR_INVALID, "qty-piece", "qty",
                            _("Satu label hanya untuk satu barang. Pindai label barang lainnya."));
    }
    if (qty.milli > CART_QTY_MAX.milli) {
        char most[QTY_TEXT_MAX];

        qty_text(most, CART_QTY_MAX);
        return refuse_field(cx, ERR_LIMIT, "qty-limit", "qty",
                            _("Jumlah paling banyak %s untuk satu baris. Periksa ketikan."), most);
    }
    return OK;
}

enum err item_total(struct rupiah *out, struct ctx *cx, const struct item *item, struct qty qty)
{
    if (rupiah_times_half_up(out, item->price.price, qty.milli)) {
        return OK;
    }
    return refuse_field(cx, ERR_LIMIT, "qty-limit", "qty",
                        _("Nilai baris ini terlalu besar. Kurangi jumlahnya."));
}
