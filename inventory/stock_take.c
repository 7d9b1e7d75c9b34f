/* Things named by their label codes: found, checked against the book, and moved. */
#include "inventory/stock_take.h"

#include "inventory/base/arena.h"
#include "inventory/base/qty_text.h"
#include "inventory/fact.h"
#include "inventory/measure.h"
#include "inventory/stock_take_parts.h"
#include "sql_names.h"

void place_read(struct place *out, struct ctx *cx, struct stmt *st, const char *const names[4])
{
    *out = (struct place){
        .code = arena_text(cx->arena, col_text(st, names[2])),
        .name = arena_text(cx->arena, col_text(st, names[3])),
    };
    if (!place_kind_from_name(&out->kind, col_text(st, names[1]))) {
        out->kind = PLACE_LOST; /* the schema allows no other word */
    }
    col_id(st, names[0], out->id.bytes);
}

void taken_read(struct taken *out, struct ctx *cx, struct stmt *st)
{
    *out = (struct taken){
        .sku = arena_text(cx->arena, col_text(st, "sku")),
        .name = arena_text(cx->arena, col_text(st, "name")),
        .unit_name = arena_text(cx->arena, col_text(st, "unit")),
        .tracking = TRACK_LOT,
        .qty = col_qty(st, "qty_milli"),
        .cost_known = col_bool(st, "cost_known"),
    };
    snprintf(out->code.text, sizeof out->code.text, "%s", col_text(st, "code"));
    if (!tracking_from_name(&out->tracking, col_text(st, "tracking"))) {
        out->tracking = TRACK_LOT; /* the schema allows no other word */
    }
    col_id(st, "product_id", out->product.bytes);
    col_id(st, "lot_id", out->lot.bytes);
    taken_cost(out, col_rupiah(st, "unit_cost_rp"));
}

void taken_cost(struct taken *t, struct rupiah unit_cost)
{
    const int64_t whole = t->qty.milli / 1000, part = t->qty.milli % 1000;
    int64_t sum = 0;

    if (!t->cost_known || __builtin_mul_overflow(unit_cost.rp, whole, &sum) ||
        sum > RUPIAH_MAX - unit_cost.rp) {
        t->cost_known = false;
        t->cost = RUPIAH(0);
        return;
    }
    t->cost = RUPIAH(sum + unit_cost.rp / 1000 * part + unit_cost.rp % 1000 * part / 1000);
}

enum err place_by_id(struct place *out, struct ctx *cx, struct place_id id)
{
    struct stmt *st = db_stmt(cx->db, SQL_PLACE_BY_ID);
    enum err e;

    bind_text(st, ":site", cx->site->code);
    bind_id(st, ":id", id.bytes);
    if ((e = stmt_one(st))) {
        return e;
    }
    *out = (struct place){.id = id,
                          .code = arena_text(cx->arena, col_text(st, "code")),
                          .name = arena_text(cx->arena, col_text(st, "name"))};
    if (!place_kind_from_name(&out->kind, col_text(st, "kind"))) {
        out->kind = PLACE_LOST;
    }
    stmt_done(st);
    return OK;
}

bool place_is_own(enum place_kind kind)
{
    return kind == PLACE_SHOWROOM || kind == PLACE_STORE || kind == PLACE_WORKSHOP ||
           kind == PLACE_EXHIBITION;
}

enum err stock_at(struct qty *out, struct ctx *cx, struct place_id place, struct product_id product,
                  struct lot_id lot)
{
    struct stmt *st = db_stmt(cx->db, SQL_STOCK_AT);
    enum err e;

    bind_text(st, ":site", cx->site->code);
    bind_id(st, ":place", place.bytes);
    bind_id(st, ":product", product.bytes);
    bind_id(st, ":lot", lot.bytes);
    e = stmt_one(st);
    *out = e ? QTY(0) : col_qty(st, "qty_milli");
    stmt_done(st);
    return e == ERR_NOT_FOUND ? OK : e;
}

/* ---- by its code ---- */

enum err take_label(struct label *out, struct ctx *cx, const char *code)
{
    struct scanned scanned = scan_read(code, strlen(code));
    enum err e = OK;

    *out = (struct label){.state = LABEL_UNKNOWN, .code = scanned.code};
    if (scanned.kind == SCANNED_LABEL && (e = label_find(out, cx, scanned.code))) {
        return e;
    }
    if (out->state == LABEL_UNKNOWN) {
        return refuse_field(cx, ERR_NOT_FOUND, "label-unknown", "code",
                            _("\"%.40s\" bukan label yang dikenal. Pindai lagi, atau ketik 10 "
                              "huruf kode di bawah QR."),
                            code);
    }
    if (out->state == LABEL_VOID) {
        return refuse_field(cx, ERR_CONFLICT, "label-void", "code",
                            _("Label %s sudah dibatalkan; %s sekarang berlabel %s. Tempelkan label "
                              "baru itu, lalu pindai."),
                            out->code.text, out->product.name, out->now.text);
    }
    if (!out->is_piece && out->product.tracking == TRACK_PIECE) {
        return refuse_field(cx, ERR_INVALID, "label-of-lot", "code",
                            _("%s adalah kode lot %s. Setiap potongnya berlabel sendiri: pindai "
                              "label pada barangnya."),
                            out->code.text, out->product.name);
    }
    return OK;
}

/* A sentence that says where the piece is instead. */
static enum err refuse_elsewhere(struct ctx *cx, const struct label *l, const struct place *from)
{
    struct place there;
    enum err e = place_by_id(&there, cx, l->place);

    if (e) {
        return e;
    }
    return refuse_field(
        cx, ERR_CONFLICT, "label-elsewhere", "code",
        _("%s (%s) menurut buku ada di %s, bukan di %s. Keluarkan dari daftar, atau "
          "periksa labelnya."),
        l->code.text, l->product.name, there.name, from->name);
}

static enum err lot_qty(struct taken *t, struct ctx *cx, const struct take *take,
                        const struct taken_list *before, const struct place *from)
{
    int64_t asked = take->qty.milli, there;
    char have[QTY_TEXT_MAX];
    struct qty on_hand;
    enum err e;

    if (asked <= 0) {
        return refuse_field(cx, ERR_INVALID, "qty-zero", "qty",
                            _("%s dihitung per %s: tulis berapa banyak."), t->name, t->unit_name);
    }
    if (!qty_is_whole(take->qty) && !measure_divides(t->unit_name)) {
        return refuse_field(cx, ERR_INVALID, "qty-fraction", "qty",
                            _("%s dihitung per %s. Jumlahnya harus bulat."), t->name, t->unit_name);
    }
    if ((e = stock_at(&on_hand, cx, from->id, t->product, t->lot))) {
        return e;
    }
    there = on_hand.milli;
    for (size_t i = 0; i < before->count; i++) {
        if (lot_id_equal(before->items[i].lot, t->lot)) {
            there -= before->items[i].qty.milli;
        }
    }
    if (asked > there) {
        qty_text(have, QTY(there > 0 ? there : 0));
        return refuse_field(cx, ERR_REFUSED, "out-of-stock", "qty",
                            _("%s lot %s: di %s hanya ada %s %s. Kurangi jumlahnya."), t->name,
                            t->code.text, from->name, have, t->unit_name);
    }
    t->qty = take->qty;
    return OK;
}

static enum err piece_once(struct ctx *cx, const struct taken *t, const struct taken_list *before)
{
    for (size_t i = 0; i < before->count; i++) {
        if (unit_id_equal(before->items[i].unit, t->unit)) {
            return refuse_field(cx, ERR_INVALID, "label-twice", "code",
                                _("Label %s disebut dua kali. Hapus salah satu."), t->code.text);
        }
    }
    return OK;
}

void taken_of_label(struct taken *out, const struct label *l)
{
    *out = (struct taken){
        .code = l->code,
        .product = l->product.id,
        .sku = l->product.sku,
        .name = l->product.name,
        .unit_name = l->product.unit,
        .tracking = l->product.tracking,
        .lot = l->lot,
        .unit = l->unit,
        .qty = QTY_WHOLE(1),
        .cost_known = l->cost_known,
    };
}

static enum err take_one(struct taken_list *list, struct ctx *cx, const struct take *take,
                         const struct place *from)
{
    struct taken *t = &list->items[list->count];
    struct label label;
    enum err e = take_label(&label, cx, take->code);

    if (e) {
        return e;
    }
    taken_of_label(t, &label);
    if (label.is_piece) {
        e = place_id_equal(label.place, from->id) ? piece_once(cx, t, list)
                                                  : refuse_elsewhere(cx, &label, from);
    } else {
        e = lot_qty(t, cx, take, list, from);
    }
    taken_cost(t, label.unit_cost);
    list->count += e ? 0 : 1;
    return e;
}

enum err takes_find(struct taken_list *out, struct ctx *cx, const struct take *takes, size_t count,
                    const struct place *from)
{
    enum err e = OK;

    *out = (struct taken_list){.items = ARENA_ARRAY(cx->arena, struct taken, count + 1)};
    if (count > TAKES_MAX) {
        return refuse_field(cx, ERR_LIMIT, "takes-many", "code",
                            _("Paling banyak %d barang sekali catat. Bagi menjadi beberapa kali."),
                            TAKES_MAX);
    }
    for (size_t i = 0; i < count && !e; i++) {
        e = take_one(out, cx, &takes[i], from);
    }
    return e;
}

enum err taken_move(struct ctx *cx, int32_t *line, const struct taken *t, struct place_id from,
                    struct place_id to, const char *reason, int32_t doc_line)
{
    return fact_put(cx, &stock_move_table,
                    &(struct stock_move_row){.line = ++*line,
                                             .lot = t->lot,
                                             .unit = t->unit,
                                             .from = from,
                                             .to = to,
                                             .qty = t->qty,
                                             .reason = reason,
                                             .doc_line = doc_line});
}
