/* Materials given to work orders, brought back, and lost. */
#include "inventory/base/arena.h"
#include "inventory/base/qty_text.h"
#include "inventory/base/utf8.h"
#include "inventory/cost_share.h"
#include "inventory/fact.h"
#include "inventory/material.h"
#include "inventory/measure.h"
#include "inventory/stock_take.h"
#include "inventory/work_parts.h"
#include "sql_names.h"

enum { LOTS_MAX = 500, NOTE_LEAST = 3 };

/* What is there of a material, lot by lot, with what it still costs. */
struct pile {
    struct lot_id lot;
    struct qty qty;
    bool cost_known;
    struct rupiah cost;
};
struct piles {
    struct pile *items;
    size_t count;
    int64_t milli;
};

struct use {
    const struct material_use *w;
    const char *what;
    struct product product;
    struct work_order work;
    struct piles piles;
    struct place_id from, to;
    int32_t line;
};

static enum err piles_read(struct piles *out, struct ctx *cx, struct stmt *st)
{
    enum err e = OK;

    *out = (struct piles){.items = ARENA_ARRAY(cx->arena, struct pile, LOTS_MAX)};
    while (out->count < LOTS_MAX && stmt_row(st, &e)) {
        struct pile *p = &out->items[out->count++];

        *p = (struct pile){.qty = col_qty(st, "qty_milli"),
                           .cost_known = col_bool(st, "cost_known"),
                           .cost = col_rupiah(st, "cost_rp")};
        col_id(st, "lot_id", p->lot.bytes);
        out->milli += p->qty.milli;
    }
    stmt_done(st);
    return e;
}

static enum err piles_in_store(struct use *u, struct ctx *cx, struct place_id store)
{
    struct stmt *st = db_stmt(cx->db, SQL_MATERIAL_LOTS);

    bind_text(st, ":site", cx->site->code);
    bind_id(st, ":place", store.bytes);
    bind_id(st, ":product", u->product.id.bytes);
    return piles_read(&u->piles, cx, st);
}

static enum err piles_of_work(struct piles *out, struct ctx *cx, struct work_order_id work,
                              struct product_id product)
{
    struct stmt *st = db_stmt(cx->db, SQL_WORK_LOTS);

    bind_text(st, ":site", cx->site->code);
    bind_id(st, ":work", work.bytes);
    bind_id(st, ":product", product.bytes);
    bind_bool(st, ":any", product_id_is_nil(product));
    return piles_read(out, cx, st);
}

/* ---- checks ---- */

static enum err check_use(struct use *u, struct ctx *cx, bool note_needed)
{
    const struct material_use *w = u->w;
    enum err e = product_by_id(&u->product, cx, w->product);

    if (e == ERR_NOT_FOUND || (!e && u->product.tracking != TRACK_MATERIAL)) {
        return refuse_field(cx, ERR_INVALID, "material-wrong", "product",
                            _("Pilih bahan dari daftar. Bahan baru ditambahkan di halaman Barang "
                              "dengan cara hitung bahan."));
    }
    if (e) {
        return e;
    }
    if (w->qty.milli <= 0 || w->qty.milli > QTY_MAX_MILLI) {
        return refuse_field(cx, ERR_INVALID, "qty-zero", "qty",
                            _("Jumlah harus lebih dari 0. Tulis berapa banyak."));
    }
    if (!qty_is_whole(w->qty) && !measure_divides(u->product.unit)) {
        return refuse_field(cx, ERR_INVALID, "qty-fraction", "qty",
                            _("%s dihitung per %s. Jumlahnya harus bulat."), u->product.name,
                            u->product.unit);
    }
    if (utf8_count(w->note) > MATERIAL_NOTE_MAX ||
        (note_needed && utf8_count(w->note) < NOTE_LEAST)) {
        return refuse_field(cx, ERR_INVALID, "note-missing", "note",
                            _("Tulis alasannya, 3 sampai %d huruf."), MATERIAL_NOTE_MAX);
    }
    return OK;
}

static enum err too_little(struct use *u, struct ctx *cx, bool in_store)
{
    char have[QTY_TEXT_MAX];

    qty_text(have, QTY(u->piles.milli));
    return in_store ? refuse_field(cx, ERR_REFUSED, "out-of-stock", "qty",
                                   _("%s di gudang hanya %s %s. Kurangi jumlahnya, atau catat "
                                     "pembeliannya dulu."),
                                   u->product.name, have, u->product.unit)
                    : refuse_field(cx, ERR_REFUSED, "material-more", "qty",
                                   _("%s pada perintah kerja ini hanya %s %s. Kurangi jumlahnya."),
                                   u->product.name, have, u->product.unit);
}

/* ---- writing ---- */

static enum err put_part(struct use *u, struct ctx *cx, const struct pile *p, struct qty qty)
{
    const struct taken t = {.lot = p->lot, .qty = qty};
    struct material_use_row row = {
        .work_order = u->work.id,
        .lot = p->lot,
        .qty = qty,
        .cost_known = p->cost_known,
        .cost = p->cost_known ? cost_share_down(p->cost, p->qty, qty) : RUPIAH(0),
        .what = u->what,
        .note = u->w->note,
    };
    enum err e = taken_move(cx, &u->line, &t, u->from, u->to, u->what, 0);

    row.line = u->line;
    return e ? e : fact_put(cx, &material_use_table, &row);
}

static enum err put_parts(struct use *u, struct ctx *cx)
{
    int64_t left = u->w->qty.milli;
    enum err e = OK;

    for (size_t i = 0; i < u->piles.count && left > 0 && !e; i++) {
        const struct pile *p = &u->piles.items[i];
        const int64_t part = p->qty.milli < left ? p->qty.milli : left;

        e = put_part(u, cx, p, QTY(part));
        left -= part;
    }
    return e;
}

/* How much of the material is in lots already: of what was there when the last of them was made,
 * the same part as of the plan, rounded up. */
static enum err used_up(int64_t *milli, struct use *u, struct ctx *cx)
{
    struct stmt *st = db_stmt(cx->db, SQL_WORK_HELD);
    const int64_t made = work_finished_milli(&u->work), planned = u->work.planned.milli;
    enum err e;

    bind_text(st, ":site", cx->site->code);
    bind_id(st, ":work", u->work.id.bytes);
    bind_id(st, ":product", u->product.id.bytes);
    if ((e = stmt_one(st))) {
        return e;
    }
    *milli = col_int(st, "qty_milli");
    stmt_done(st);
    if (made < planned) { /* a part of a quantity is taken as a part of a cost is */
        const struct rupiah left =
            cost_share_down(RUPIAH(*milli), QTY(planned), QTY(planned - made));

        *milli -= left.rp;
    }
    return OK;
}

/* What went into lots already cannot come back, neither the cloth nor its cost. */
static enum err not_charged(struct use *u, struct ctx *cx)
{
    int64_t left = u->w->qty.milli, cost = 0, used;
    enum err e = used_up(&used, u, cx);

    if (e) {
        return e;
    }
    for (size_t i = 0; i < u->piles.count && left > 0; i++) {
        const struct pile *p = &u->piles.items[i];
        const int64_t part = p->qty.milli < left ? p->qty.milli : left;

        cost += cost_share_down(p->cost, p->qty, QTY(part)).rp;
        left -= part;
    }
    if (cost > u->work.materials.cost.rp - u->work.charged.rp ||
        u->w->qty.milli > u->piles.milli - used) {
        return refuse_field(cx, ERR_REFUSED, "material-charged", "qty",
                            _("Sebagian bahan perintah kerja ini sudah masuk ke lot yang jadi. "
                              "Kurangi jumlahnya."));
    }
    return OK;
}

static enum err store_and_consumed(struct place_id *store, struct place_id *consumed,
                                   struct ctx *cx)
{
    struct place place;
    enum err e = place_of_kind(&place, cx, PLACE_STORE);

    if (e) {
        return e;
    }
    *store = place.id;
    return place_need(consumed, cx, PLACE_CONSUMED, "terpakai", "Habis terpakai");
}

#define STATE(s) (1U << (s))

static enum err issue_work(struct ctx *cx, void *arg)
{
    struct use *u = arg;
    enum err e;

    *u = (struct use){.w = u->w, .what = "issued"};
    if ((e = work_open(&u->work, cx, u->w->work_order,
                       STATE(WORK_PLANNED) | STATE(WORK_RUNNING) | STATE(WORK_CHECKED))) ||
        (e = check_use(u, cx, false)) || (e = store_and_consumed(&u->from, &u->to, cx)) ||
        (e = piles_in_store(u, cx, u->from))) {
        return e;
    }
    if (u->piles.milli < u->w->qty.milli) {
        return too_little(u, cx, true);
    }
    if (u->work.state == WORK_PLANNED && (e = work_state_put(cx, u->work.id, WORK_RUNNING, ""))) {
        return e;
    }
    return put_parts(u, cx);
}

enum err material_issue(struct ctx *cx, const struct material_use *wanted)
{
    struct use u = {.w = wanted};

    return act_run(cx, "material.issued", 1, issue_work, &u);
}

static enum err return_work(struct ctx *cx, void *arg)
{
    struct use *u = arg;
    enum err e;

    *u = (struct use){.w = u->w, .what = "returned"};
    if ((e = work_open(&u->work, cx, u->w->work_order,
                       STATE(WORK_RUNNING) | STATE(WORK_CHECKED))) ||
        (e = check_use(u, cx, false)) || (e = store_and_consumed(&u->to, &u->from, cx)) ||
        (e = piles_of_work(&u->piles, cx, u->work.id, u->product.id))) {
        return e;
    }
    if (u->piles.milli < u->w->qty.milli) {
        return too_little(u, cx, false);
    }
    return (e = not_charged(u, cx)) ? e : put_parts(u, cx);
}

enum err material_return(struct ctx *cx, const struct material_use *wanted)
{
    struct use u = {.w = wanted};

    return act_run(cx, "material.returned", 1, return_work, &u);
}

static enum err lose_work(struct ctx *cx, void *arg)
{
    struct use *u = arg;
    const bool in_store = !*u->w->work_order;
    struct place_id consumed;
    enum err e;

    *u = (struct use){.w = u->w, .what = "lost"};
    if ((!in_store && (e = work_open(&u->work, cx, u->w->work_order,
                                     STATE(WORK_RUNNING) | STATE(WORK_CHECKED)))) ||
        (e = check_use(u, cx, true)) || (e = store_and_consumed(&u->from, &consumed, cx)) ||
        (e = place_need(&u->to, cx, PLACE_LOST, "hilang", "Hilang"))) {
        return e;
    }
    e = in_store ? piles_in_store(u, cx, u->from)
                 : piles_of_work(&u->piles, cx, u->work.id, u->product.id);
    if (e) {
        return e;
    }
    u->from = in_store ? u->from : consumed;
    if (u->piles.milli < u->w->qty.milli) {
        return too_little(u, cx, in_store);
    }
    return !in_store && (e = not_charged(u, cx)) ? e : put_parts(u, cx);
}

enum err material_lose(struct ctx *cx, const struct material_use *wanted)
{
    struct use u = {.w = wanted};

    return act_run(cx, "material.lost", 1, lose_work, &u);
}

enum err material_lose_rest(struct ctx *cx, struct work_order_id id, const char *note)
{
    const struct material_use w = {.work_order = "", .note = note};
    struct use u = {.w = &w, .what = "lost", .work = {.id = id}};
    struct place_id store;
    enum err e;

    if ((e = piles_of_work(&u.piles, cx, id, (struct product_id){{0}})) ||
        (e = store_and_consumed(&store, &u.from, cx)) ||
        (e = place_need(&u.to, cx, PLACE_LOST, "hilang", "Hilang"))) {
        return e;
    }
    for (size_t i = 0; i < u.piles.count && !e; i++) {
        e = put_part(&u, cx, &u.piles.items[i], u.piles.items[i].qty);
    }
    return e;
}
