/* The lines of the open cart: grown, lowered, removed, brought back. */
#include "inventory/base/arena.h"
#include "inventory/base/money_text.h"
#include "inventory/fact.h"
#include "inventory/measure.h"
#include "inventory/stock.h"
#include "pos/cart_state.h"
#include "sql_names.h"

/* ---- one line ---- */

struct line_state {
    struct qty qty;
    const char *code;
    const char *sku;
    struct product_id product;
    struct variant_id variant;
};

static enum err no_line(struct ctx *cx)
{
    return refuse(cx, ERR_NOT_FOUND, "line-gone",
                  _("Baris itu sudah tidak ada di keranjang. Muat ulang halaman."));
}

static enum err line_get(struct line_state *out, struct ctx *cx, const struct cart_head *h,
                         int32_t line)
{
    struct stmt *st = db_stmt(cx->db, SQL_CART_LINE_GET);
    enum err e;

    bind_text(st, ":site", cx->site->code);
    bind_id(st, ":cart", h->id.bytes);
    bind_int(st, ":line", line);
    e = stmt_one(st);
    if (!e) {
        *out = (struct line_state){
            .qty = col_qty(st, "qty_milli"),
            .code = arena_text(cx->arena, col_text(st, "code")),
            .sku = arena_text(cx->arena, col_text(st, "sku")),
        };
        col_id(st, "product_id", out->product.bytes);
        col_id(st, "variant_id", out->variant.bytes);
    }
    stmt_done(st);
    return e == ERR_NOT_FOUND ? no_line(cx) : e;
}

static enum err undo_push(struct ctx *cx, const struct cart_head *h, int32_t line,
                          struct qty before)
{
    struct stmt *st = db_stmt(cx->db, SQL_CART_UNDO_LAST);
    int64_t n;
    enum err e;

    bind_text(st, ":site", cx->site->code);
    bind_id(st, ":cart", h->id.bytes);
    e = stmt_one(st);
    n = e ? 0 : col_int(st, "n");
    stmt_done(st);
    if (e && e != ERR_NOT_FOUND) {
        return e;
    }
    st = db_stmt(cx->db, SQL_CART_UNDO_INSERT);
    bind_text(st, ":site", cx->site->code);
    bind_id(st, ":cart", h->id.bytes);
    bind_int(st, ":n", n + 1);
    bind_int(st, ":line", line);
    bind_qty(st, ":qty_milli", before);
    bind_int(st, ":newest", h->newest);
    return stmt_run(st);
}

/* What leaves the cart is a fact, valued at the price in force. */
static enum err left_cart(struct cart_head *h, struct ctx *cx, const struct line_state *l,
                          struct qty now)
{
    struct cart_event_row row = {
        .what = now.milli == 0 ? "removed" : "lowered",
        .sku = l->sku,
        .code = l->code[0] ? l->code : NULL,
        .qty = QTY(l->qty.milli - now.milli),
    };
    struct price price;
    enum err e = price_in_force(&price, cx, l->product, l->variant, act_at(cx));

    if (e && e != ERR_NOT_FOUND) {
        return e;
    }
    if (!e && !rupiah_times_half_up(&row.amount, price.price, row.qty.milli)) {
        row.amount = RUPIAH(RUPIAH_MAX);
    }
    return cart_event_put(h, cx, &row);
}

enum err cart_line_write(struct cart_head *h, struct ctx *cx, int32_t line, struct qty qty,
                         bool undo)
{
    struct line_state l = {.sku = "", .code = ""};
    struct stmt *st;
    enum err e;

    if ((e = line_get(&l, cx, h, line)) || (undo && (e = undo_push(cx, h, line, l.qty))) ||
        (qty.milli < l.qty.milli && (e = left_cart(h, cx, &l, qty)))) {
        return e;
    }
    st = db_stmt(cx->db, SQL_CART_LINE_QTY);
    bind_text(st, ":site", cx->site->code);
    bind_id(st, ":cart", h->id.bytes);
    bind_int(st, ":line", line);
    bind_qty(st, ":qty_milli", qty);
    if ((e = stmt_run(st))) {
        return e;
    }
    if (undo) {
        h->newest = line;
    }
    return cart_head_keep(cx, h);
}

/* ---- an item on a line ---- */

static bool same_thing(const struct cart_line *l, const struct item *item)
{
    return product_id_equal(l->product, item->product.id) && lot_id_equal(l->lot, item->lot) &&
           unit_id_equal(l->unit, item->unit) && strcmp(l->code, item->code.text) == 0;
}

/* The goods of all lines of this product, the line in question last, must be there together. */
static enum err check_stock(struct ctx *cx, const struct cart *cart, const struct item *item,
                            int32_t line, struct qty qty)
{
    struct stock_parts parts = {.count = 0};
    struct stock_want want = {.doc_line = line, .qty = qty, .only = item->lot};
    struct place showroom;
    enum err e;

    if (item->product.tracking != TRACK_LOT) {
        return OK; /* a service has no stock; a piece was found standing in the showroom */
    }
    if ((e = place_of_kind(&showroom, cx, PLACE_SHOWROOM))) {
        return e;
    }
    for (size_t i = 0; i < cart->count && !e; i++) {
        const struct cart_line *l = &cart->lines[i];
        struct stock_want other = {.doc_line = l->line, .qty = l->qty, .only = l->lot};

        if (l->line != line && product_id_equal(l->product, item->product.id)) {
            e = stock_pick(&parts, cx, &item->product, showroom.id, &other);
        }
    }
    return e ? e : stock_pick(&parts, cx, &item->product, showroom.id, &want);
}

static enum err line_new(struct cart_head *h, struct ctx *cx, const struct item *item,
                         int32_t *line)
{
    struct stmt *st = db_stmt(cx->db, SQL_CART_LINE_LAST);
    enum err e;

    bind_text(st, ":site", cx->site->code);
    bind_id(st, ":cart", h->id.bytes);
    if ((e = stmt_one(st))) {
        return e;
    }
    *line = (int32_t)col_int(st, "line") + 1;
    stmt_done(st);
    st = db_stmt(cx->db, SQL_CART_LINE_INSERT);
    bind_text(st, ":site", cx->site->code);
    bind_id(st, ":cart", h->id.bytes);
    bind_int(st, ":line", *line);
    bind_id(st, ":product", item->product.id.bytes);
    bind_id(st, ":variant", item->variant.bytes);
    bind_id(st, ":lot", item->lot.bytes);
    bind_id(st, ":unit", item->unit.bytes);
    bind_text(st, ":code", item->code.text);
    bind_int(st, ":qty_milli", 0);
    return stmt_run(st);
}

static enum err in_cart(struct ctx *cx, const struct item *item)
{
    char groups[LABEL_GROUPS_MAX];

    label_code_groups(groups, item->code);
    return refuse(cx, ERR_CONFLICT, "in-cart",
                  _("Label %s sudah ada di keranjang. Setiap label hanya untuk satu barang."),
                  groups);
}

static enum err cart_full(struct ctx *cx)
{
    return refuse(cx, ERR_LIMIT, "cart-full",
                  _("Paling banyak %d baris dalam satu keranjang. Selesaikan dulu yang ini."),
                  CART_LINES_MAX);
}

enum err cart_put_item(struct cart_head *h, struct ctx *cx, const struct item *item, int32_t *line,
                       struct qty *qty)
{
    const struct cart_line *same = NULL;
    struct cart cart;
    struct rupiah total;
    enum err e = cart_read(&cart, cx, h);

    for (size_t i = 0; i < cart.count && !e; i++) {
        same = same_thing(&cart.lines[i], item) ? &cart.lines[i] : same;
    }
    if (e) {
        return e;
    }
    if (same && !unit_id_is_nil(item->unit)) {
        return in_cart(cx, item);
    }
    if (!same && cart.count == CART_LINES_MAX) {
        return cart_full(cx);
    }
    if ((e = item_check_qty(cx, item, *qty))) {
        return e;
    }
    *line = same ? same->line : 0;
    *qty = QTY(qty->milli + (same ? same->qty.milli : 0));
    if ((e = item_check_qty(cx, item, *qty)) || (e = item_total(&total, cx, item, *qty)) ||
        (e = check_stock(cx, &cart, item, *line, *qty)) ||
        (!same && (e = line_new(h, cx, item, line)))) {
        return e;
    }
    return cart_line_write(h, cx, *line, *qty, true);
}

/* The thing on a line, judged again. */
static enum err item_of_line(struct item *out, struct ctx *cx, const struct cart_line *l)
{
    struct label_code code = {""};
    struct product p;
    enum err e;

    if (l->code[0]) {
        snprintf(code.text, sizeof code.text, "%s", l->code);
        return item_of_label(out, cx, code);
    }
    return (e = product_by_id(&p, cx, l->product)) ? e : item_of_product(out, cx, &p);
}

enum err cart_set_qty(struct cart_head *h, struct ctx *cx, int32_t line, struct qty qty)
{
    const struct cart_line *l = NULL;
    struct item item;
    struct cart cart;
    struct rupiah total;
    enum err e = cart_read(&cart, cx, h);

    for (size_t i = 0; i < cart.count && !e; i++) {
        l = cart.lines[i].line == line ? &cart.lines[i] : l;
    }
    if (e) {
        return e;
    }
    if (!l) {
        return no_line(cx);
    }
    if (qty.milli > l->qty.milli &&
        ((e = item_of_line(&item, cx, l)) || (e = item_check_qty(cx, &item, qty)) ||
         (e = item_total(&total, cx, &item, qty)) ||
         (e = check_stock(cx, &cart, &item, line, qty)))) {
        return e;
    }
    if (qty.milli < l->qty.milli && !qty_is_whole(qty) &&
        (l->tracking == TRACK_PIECE || !measure_divides(l->unit_name))) {
        return refuse_field(cx, ERR_INVALID, "qty-fraction", "qty",
                            _("%s dijual per %s. Jumlahnya harus bulat."), l->name, l->unit_name);
    }
    return qty.milli == l->qty.milli ? OK : cart_line_write(h, cx, line, qty, true);
}

/* ---- acts on lines ---- */

struct line_ask {
    int32_t line;
    struct qty qty;  /* the wanted quantity ... */
    struct qty more; /* ... or the change, when it is not zero */
};

static enum err open_head(struct cart_head *h, struct ctx *cx)
{
    enum err e = cart_head_now(h, cx);

    return e == ERR_NOT_FOUND ? no_line(cx) : e;
}

static enum err set_work(struct ctx *cx, void *arg)
{
    const struct line_ask *ask = arg;
    struct cart_head h = {.newest = 0};
    struct line_state l = {.sku = "", .code = ""};
    int64_t milli = ask->qty.milli;
    enum err e;

    if ((e = open_head(&h, cx)) || (e = line_get(&l, cx, &h, ask->line))) {
        return e;
    }
    if (ask->more.milli != 0) {
        milli = l.qty.milli + ask->more.milli;
        milli = milli < 0 ? 0 : milli;
    }
    return cart_set_qty(&h, cx, ask->line, QTY(milli));
}

static enum err run_set(struct ctx *cx, struct line_ask ask)
{
    return act_run(cx, "cart.event", 1, set_work, &ask);
}

enum err cart_line_set(struct ctx *cx, int32_t line, struct qty qty)
{
    if (qty.milli < 0) {
        return refuse_field(cx, ERR_INVALID, "qty-zero", "qty",
                            _("Jumlah tidak boleh kurang dari 0."));
    }
    return run_set(cx, (struct line_ask){.line = line, .qty = qty});
}

enum err cart_line_more(struct ctx *cx, int32_t line)
{
    return run_set(cx, (struct line_ask){.line = line, .more = QTY_WHOLE(1)});
}

enum err cart_line_less(struct ctx *cx, int32_t line)
{
    return run_set(cx, (struct line_ask){.line = line, .more = QTY_WHOLE(-1)});
}

enum err cart_line_remove(struct ctx *cx, int32_t line)
{
    return run_set(cx, (struct line_ask){.line = line});
}

/* ---- undo ---- */

static enum err nothing_to_undo(struct ctx *cx)
{
    return refuse(cx, ERR_REFUSED, "nothing-to-undo", _("Tidak ada yang dapat diurungkan."));
}

static enum err undo_work(struct ctx *cx, void *arg)
{
    struct cart_head h = {.newest = 0};
    struct stmt *st;
    struct qty before;
    int32_t line, newest;
    int64_t n;
    enum err e = cart_head_now(&h, cx);

    (void)arg;
    if (e) {
        return e == ERR_NOT_FOUND ? nothing_to_undo(cx) : e;
    }
    st = db_stmt(cx->db, SQL_CART_UNDO_LAST);
    bind_text(st, ":site", cx->site->code);
    bind_id(st, ":cart", h.id.bytes);
    if ((e = stmt_one(st))) {
        stmt_done(st);
        return e == ERR_NOT_FOUND ? nothing_to_undo(cx) : e;
    }
    n = col_int(st, "n");
    line = (int32_t)col_int(st, "line");
    before = col_qty(st, "qty_milli");
    newest = (int32_t)col_int(st, "newest");
    stmt_done(st);
    st = db_stmt(cx->db, SQL_CART_UNDO_DROP);
    bind_text(st, ":site", cx->site->code);
    bind_id(st, ":cart", h.id.bytes);
    bind_int(st, ":n", n);
    if ((e = stmt_run(st))) {
        return e;
    }
    h.newest = newest;
    return cart_line_write(&h, cx, line, before, false);
}

enum err cart_undo(struct ctx *cx)
{
    return act_run(cx, "cart.event", 1, undo_work, NULL);
}
