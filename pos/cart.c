/* The cart as it stands: read, opened, closed, undone. */
#include "pos/cart.h"

#include "inventory/base/arena.h"
#include "inventory/base/id.h"
#include "inventory/base/money_text.h"
#include "inventory/fact.h"
#include "pos/cart_state.h"
#include "sql_names.h"

enum { CARTS_KEPT_MS = 7 * 86400000, SCANS_KEPT_MS = 86400000 };

static const struct fact_col cart_event_cols[] = {
    FACT_COL(cart_event_row, "cart_id", cart),       FACT_COL(cart_event_row, "n", n),
    FACT_COL(cart_event_row, "what", what),          FACT_COL(cart_event_row, "sku", sku),
    FACT_COL_OPTIONAL(cart_event_row, "code", code), FACT_COL(cart_event_row, "qty_milli", qty),
    FACT_COL(cart_event_row, "amount_rp", amount),
};
const struct fact_table cart_event_table =
    FACT_TABLE("cart_event", cart_event_row, cart_event_cols);

/* ---- the head ---- */

static enum err head_fill(struct cart_head *out, struct stmt *st)
{
    enum err e = stmt_one(st);

    if (!e) {
        *out = (struct cart_head){
            .opened = col_instant(st, "opened_at_ms"),
            .newest = (int32_t)col_int(st, "newest_line"),
            .last_event = (int32_t)col_int(st, "last_event"),
        };
        col_id(st, "id", out->id.bytes);
        col_id(st, "key", out->key.bytes);
    }
    stmt_done(st);
    return e;
}

enum err cart_head_now(struct cart_head *out, struct ctx *cx)
{
    struct stmt *st = db_stmt(cx->db, SQL_CART_OPEN_OF);

    bind_text(st, ":site", cx->site->code);
    bind_text(st, ":login", cx->actor);
    bind_text(st, ":till", cx->till);
    return head_fill(out, st);
}

static enum err forget_one(struct ctx *cx, int sql_id, struct cart_id before)
{
    struct stmt *st = db_stmt(cx->db, sql_id);

    bind_text(st, ":site", cx->site->code);
    bind_id(st, ":before", before.bytes);
    return stmt_run(st);
}

/* Ids begin with their time, so "long ago" is a bound on the id. */
static enum err forget_old(struct ctx *cx)
{
    int64_t ms = act_at(cx).ms - CARTS_KEPT_MS;
    struct cart_id before = {{0}};
    struct stmt *st;
    enum err e;

    for (int i = 0; i < 6; i++) {
        before.bytes[i] = (uint8_t)(ms >> (8 * (5 - i)));
    }
    if ((e = forget_one(cx, SQL_CART_FORGET_LINES, before)) ||
        (e = forget_one(cx, SQL_CART_FORGET_UNDO, before)) ||
        (e = forget_one(cx, SQL_CART_FORGET, before))) {
        return e;
    }
    st = db_stmt(cx->db, SQL_CART_FORGET_SCANS);
    bind_text(st, ":site", cx->site->code);
    bind_int(st, ":before_ms", act_at(cx).ms - SCANS_KEPT_MS);
    return stmt_run(st);
}

enum err cart_head_open(struct cart_head *out, struct ctx *cx)
{
    struct stmt *st;
    enum err e = forget_old(cx);

    if (e) {
        return e;
    }
    *out = (struct cart_head){.id = cart_id_new(act_at(cx)), .opened = act_at(cx)};
    out->key = idem_id_new(act_at(cx));
    st = db_stmt(cx->db, SQL_CART_INSERT);
    bind_text(st, ":site", cx->site->code);
    bind_id(st, ":cart", out->id.bytes);
    bind_text(st, ":login", cx->actor);
    bind_text(st, ":till", cx->till);
    bind_id(st, ":key", out->key.bytes);
    bind_instant(st, ":at_ms", out->opened);
    if ((e = stmt_run(st))) {
        return e;
    }
    return cart_event_put(out, cx, &(struct cart_event_row){.what = "opened"});
}

enum err cart_head_keep(struct ctx *cx, const struct cart_head *h)
{
    struct stmt *st = db_stmt(cx->db, SQL_CART_MARKS);

    bind_text(st, ":site", cx->site->code);
    bind_id(st, ":cart", h->id.bytes);
    bind_int(st, ":newest", h->newest);
    bind_int(st, ":last_event", h->last_event);
    return stmt_run(st);
}

enum err cart_event_put(struct cart_head *h, struct ctx *cx, const struct cart_event_row *event)
{
    struct cart_event_row row = *event;

    row.cart = h->id;
    row.n = ++h->last_event;
    row.sku = row.sku ? row.sku : "";
    return fact_put(cx, &cart_event_table, &row);
}

/* ---- reading ---- */

static void line_fill(struct cart_line *l, struct ctx *cx, struct stmt *st)
{
    *l = (struct cart_line){
        .line = (int32_t)col_int(st, "line"),
        .sku = arena_text(cx->arena, col_text(st, "sku")),
        .name = arena_text(cx->arena, col_text(st, "name")),
        .unit_name = arena_text(cx->arena, col_text(st, "unit")),
        .code = arena_text(cx->arena, col_text(st, "code")),
        .tracking = TRACK_LOT,
        .qty = col_qty(st, "qty_milli"),
    };
    col_id(st, "product_id", l->product.bytes);
    col_id(st, "variant_id", l->variant.bytes);
    col_id(st, "lot_id", l->lot.bytes);
    col_id(st, "unit_id", l->unit.bytes);
    if (!tracking_from_name(&l->tracking, col_text(st, "tracking"))) {
        l->tracking = TRACK_LOT; /* the schema allows no other word */
    }
}

/* Prices are those in force now; the sale freezes them. */
static enum err line_price(struct cart_line *l, struct ctx *cx)
{
    struct instant at = cx->act ? act_at(cx) : clock_now(cx->clock);
    struct price price;
    enum err e = price_in_force(&price, cx, l->product, l->variant, at);

    if (e == ERR_NOT_FOUND) {
        return OK;
    }
    if (!e) {
        l->price = price.price;
        if (!rupiah_times_half_up(&l->total, l->price, l->qty.milli)) {
            l->total = RUPIAH(RUPIAH_MAX);
        }
    }
    return e;
}

static enum err undo_there(struct cart *out, struct ctx *cx)
{
    struct stmt *st = db_stmt(cx->db, SQL_CART_UNDO_LAST);
    enum err e;

    bind_text(st, ":site", cx->site->code);
    bind_id(st, ":cart", out->id.bytes);
    e = stmt_one(st);
    stmt_done(st);
    out->can_undo = !e;
    return e == ERR_NOT_FOUND ? OK : e;
}

enum err cart_read(struct cart *out, struct ctx *cx, const struct cart_head *h)
{
    struct stmt *st = db_stmt(cx->db, SQL_CART_LINES);
    enum err e = OK;

    *out = (struct cart){.id = h->id, .key = h->key, .opened = h->opened};
    out->lines = ARENA_ARRAY(cx->arena, struct cart_line, CART_LINES_MAX);
    bind_text(st, ":site", cx->site->code);
    bind_id(st, ":cart", h->id.bytes);
    while (out->count < CART_LINES_MAX && stmt_row(st, &e)) {
        line_fill(&out->lines[out->count++], cx, st);
    }
    stmt_done(st);
    for (size_t i = 0; i < out->count && !e; i++) {
        struct cart_line *l = &out->lines[i];

        e = line_price(l, cx);
        l->newest = l->line == h->newest;
        out->total.rp += l->total.rp; /* at most 200 times RUPIAH_MAX, which fits */
        out->pieces += qty_is_whole(l->qty) ? l->qty.milli / 1000 : 1;
    }
    return e ? e : undo_there(out, cx);
}

struct read_ask {
    struct cart *out;
    struct cart_id id;
};

static enum err now_work(struct ctx *cx, void *arg)
{
    struct read_ask *ask = arg;
    struct cart_head h;
    enum err e = cart_head_now(&h, cx);

    *ask->out = (struct cart){.count = 0};
    if (e) {
        return e == ERR_NOT_FOUND ? OK : e;
    }
    return cart_read(ask->out, cx, &h);
}

enum err cart_now(struct cart *out, struct ctx *cx)
{
    struct read_ask ask = {.out = out};

    return db_in_transaction(cx->db) ? now_work(cx, &ask) : read_run(cx, now_work, &ask);
}

static enum err by_id_work(struct ctx *cx, void *arg)
{
    struct read_ask *ask = arg;
    struct stmt *st = db_stmt(cx->db, SQL_CART_BY_ID);
    struct cart_head h;
    enum err e;

    bind_text(st, ":site", cx->site->code);
    bind_id(st, ":cart", ask->id.bytes);
    return (e = head_fill(&h, st)) ? e : cart_read(ask->out, cx, &h);
}

enum err cart_by_id(struct cart *out, struct ctx *cx, struct cart_id id)
{
    struct read_ask ask = {.out = out, .id = id};

    return db_in_transaction(cx->db) ? by_id_work(cx, &ask) : read_run(cx, by_id_work, &ask);
}

/* ---- closing ---- */

static enum err close_as(struct ctx *cx, struct cart_id id, const char *state)
{
    struct stmt *st = db_stmt(cx->db, SQL_CART_CLOSE);

    bind_text(st, ":site", cx->site->code);
    bind_id(st, ":cart", id.bytes);
    bind_text(st, ":state", state);
    return stmt_run(st);
}

enum err cart_close_sold(struct ctx *cx, struct cart_id id)
{
    return close_as(cx, id, "sold");
}

static enum err abandon_work(struct ctx *cx, void *arg)
{
    struct cart_head h;
    struct cart cart;
    enum err e = cart_head_now(&h, cx);

    (void)arg;
    if (e) {
        return e == ERR_NOT_FOUND ? OK : e;
    }
    if ((e = cart_read(&cart, cx, &h))) {
        return e;
    }
    if ((e = cart_event_put(&h, cx,
                            &(struct cart_event_row){
                                .what = "abandoned",
                                .qty = QTY_WHOLE(cart.pieces),
                                .amount = cart.total,
                            })) ||
        (e = cart_head_keep(cx, &h))) {
        return e;
    }
    return close_as(cx, h.id, "abandoned");
}

enum err cart_abandon(struct ctx *cx)
{
    return act_run(cx, "cart.event", 1, abandon_work, NULL);
}
