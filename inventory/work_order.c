/* Work orders: planned, started, cancelled, and read. */
#include "inventory/work.h"

#include "inventory/base/arena.h"
#include "inventory/base/calendar.h"
#include "inventory/base/id.h"
#include "inventory/base/utf8.h"
#include "inventory/fact.h"
#include "inventory/measure.h"
#include "inventory/programme.h"
#include "inventory/stock_take.h"
#include "inventory/work_parts.h"
#include "sql_names.h"

static const char *const state_names[] = {
    [WORK_PLANNED] = "planned",   [WORK_RUNNING] = "running",     [WORK_CHECKED] = "checked",
    [WORK_FINISHED] = "finished", [WORK_CANCELLED] = "cancelled",
};

const char *const work_capitals[] = {"DIPA", "KOPERASI", "MITRA", "MODAL_BERGULIR", "HIBAH", NULL};

const char *work_state_name(enum work_state state)
{
    return state_names[state];
}

/* ---- planning ---- */

struct plan {
    struct document_no *out;
    const struct work_new *w;
    struct product product;
    struct place_id workshop;
};

static bool capital_right(const char *capital)
{
    for (size_t i = 0; work_capitals[i]; i++) {
        if (strcmp(work_capitals[i], capital) == 0) {
            return true;
        }
    }
    return false;
}

enum err work_qty_check(struct ctx *cx, const char *name, const char *unit, enum tracking tracking,
                        struct qty qty)
{
    if (!qty_is_whole(qty) && (tracking == TRACK_PIECE || !measure_divides(unit))) {
        return refuse_field(cx, ERR_INVALID, "qty-fraction", "qty",
                            _("%s dihitung per %s. Jumlahnya harus bulat."), name, unit);
    }
    if (qty.milli >
        (tracking == TRACK_PIECE ? QTY_WHOLE(RECEIVE_PIECES_MAX).milli : QTY_MAX_MILLI)) {
        return refuse_field(cx, ERR_LIMIT, "qty-limit", "qty",
                            _("Paling banyak %d buah sekali terima. Bagi menjadi beberapa kali."),
                            RECEIVE_PIECES_MAX);
    }
    return OK;
}

static enum err check_workshop(struct plan *p, struct ctx *cx)
{
    struct place place;
    enum err e = OK;

    p->workshop = p->product.workshop;
    if (!place_id_is_nil(p->w->workshop)) {
        e = place_by_id(&place, cx, p->w->workshop);
        if (e == ERR_NOT_FOUND || (!e && place.kind != PLACE_WORKSHOP)) {
            return refuse_field(cx, ERR_INVALID, "place-wrong", "workshop",
                                _("Pilih bengkel dari daftar."));
        }
        p->workshop = p->w->workshop;
    }
    return e;
}

static enum err check_plan(struct plan *p, struct ctx *cx)
{
    const struct work_new *w = p->w;
    enum err e = product_by_id(&p->product, cx, w->product);

    if (e == ERR_NOT_FOUND) {
        return refuse_field(cx, e, "product-unknown", "product",
                            _("Barang itu tidak ada. Pilih barang dari daftar."));
    }
    if (e) {
        return e;
    }
    if (p->product.tracking == TRACK_SERVICE || p->product.tracking == TRACK_MATERIAL) {
        return refuse_field(cx, ERR_REFUSED, "work-product", "product",
                            _("%s tidak dibuat menjadi stok. Pilih barang yang dihitung per potong "
                              "atau per lot."),
                            p->product.name);
    }
    if (w->planned.milli <= 0) {
        return refuse_field(cx, ERR_INVALID, "qty-zero", "qty",
                            _("Jumlah harus lebih dari 0. Tulis berapa banyak."));
    }
    if ((e = work_qty_check(cx, p->product.name, p->product.unit, p->product.tracking,
                            w->planned))) {
        return e;
    }
    if (!capital_right(w->capital)) {
        return refuse_field(cx, ERR_INVALID, "capital-wrong", "capital",
                            _("Pilih sumber modal: DIPA, koperasi, mitra, modal bergulir, atau "
                              "hibah."));
    }
    if (utf8_count(w->note) > WORK_NOTE_MAX) {
        return refuse_field(cx, ERR_INVALID, "note-long", "note",
                            _("Catatan paling banyak %d huruf."), WORK_NOTE_MAX);
    }
    return check_workshop(p, cx);
}

static enum err plan_work(struct ctx *cx, void *arg)
{
    struct plan *p = arg;
    const struct work_new *w = p->w;
    struct work_order_row row;
    enum err e;

    if ((e = check_plan(p, cx)) || (e = document_no_take(p->out, cx, DOC_WORK_ORDER))) {
        return e;
    }
    row = (struct work_order_row){
        .id = work_order_id_new(act_at(cx)),
        .number = p->out->text,
        .product = w->product,
        .variant = w->variant,
        .workshop = p->workshop,
        .planned = w->planned,
        .capital = w->capital,
        .programme = w->programme,
        .due = w->due,
        .note = w->note,
    };
    e = fact_put(cx, &work_order_table, &row);
    return e ? e : work_state_put(cx, row.id, WORK_PLANNED, "");
}

enum err work_plan(struct document_no *out, struct ctx *cx, const struct work_new *wanted)
{
    struct plan p = {.out = out, .w = wanted};

    return act_run(cx, "work.planned", 1, plan_work, &p);
}

/* ---- states ---- */

enum err work_state_put(struct ctx *cx, struct work_order_id id, enum work_state state,
                        const char *reason)
{
    struct stmt *st = db_stmt(cx->db, SQL_WORK_STATE_LAST);
    int32_t last;
    enum err e;

    bind_text(st, ":site", cx->site->code);
    bind_id(st, ":work", id.bytes);
    e = stmt_one(st);
    last = e ? 0 : (int32_t)col_int(st, "n");
    stmt_done(st);
    if (e && e != ERR_NOT_FOUND) {
        return e;
    }
    return fact_put(
        cx, &work_state_table,
        &(struct work_state_row){
            .work_order = id, .n = last + 1, .state = state_names[state], .reason = reason});
}

enum err work_open(struct work_order *out, struct ctx *cx, const char *number, unsigned states)
{
    char when[DATE_TEXT_MAX];
    enum err e = work_get(out, cx, number);

    if (e || (states & WORK_STATE(out->state))) {
        return e;
    }
    time_seconds(when, out->state_at, cx->site->zone);
    switch (out->state) {
    case WORK_FINISHED:
        return refuse(cx, ERR_CONFLICT, "work-state",
                      _("%s sudah selesai sejak %s dan tidak dibuka lagi. Kekeliruan dibetulkan "
                        "dengan kasus atau penghapusan."),
                      number, when);
    case WORK_CANCELLED:
        return refuse(cx, ERR_CONFLICT, "work-state", _("%s sudah dibatalkan pada %s."), number,
                      when);
    case WORK_PLANNED:
    case WORK_RUNNING:
    case WORK_CHECKED: break;
    }
    return refuse(cx, ERR_CONFLICT, "work-state",
                  _("%s belum sampai ke tahap itu. Ikuti langkah di halamannya."), number);
}

struct step {
    const char *number, *reason;
    struct work_order work;
};

static enum err start_work(struct ctx *cx, void *arg)
{
    struct step *s = arg;
    enum err e = work_open(&s->work, cx, s->number, WORK_STATE(WORK_PLANNED));

    return e ? e : work_state_put(cx, s->work.id, WORK_RUNNING, "");
}

enum err work_start(struct ctx *cx, const char *number)
{
    struct step *s = ARENA_ARRAY(cx->arena, struct step, 1);

    s->number = number;
    return act_run(cx, "work.started", 1, start_work, s);
}

static enum err cancel_work(struct ctx *cx, void *arg)
{
    struct step *s = arg;
    bool part; /* something came of it: only the rest is given up */
    enum err e =
        work_open(&s->work, cx, s->number,
                  WORK_STATE(WORK_PLANNED) | WORK_STATE(WORK_RUNNING) | WORK_STATE(WORK_CHECKED));

    if (e) {
        return e;
    }
    part = work_finished_milli(&s->work) > 0;
    if (part && work_waiting_milli(&s->work) > 0) {
        return refuse(cx, ERR_REFUSED, "work-part",
                      _("Sebagian %s sudah menjadi lot dan satu pemeriksaan masih menunggu. "
                        "Selesaikan pemeriksaan itu dulu, lalu tutup perintah kerjanya."),
                      s->number);
    }
    if (utf8_count(s->reason) < 3 || utf8_count(s->reason) > WORK_NOTE_MAX) {
        return refuse_field(cx, ERR_INVALID, "note-missing", "reason",
                            _("Tulis alasannya, 3 sampai %d huruf."), WORK_NOTE_MAX);
    }
    if (part) {
        return work_state_put(cx, s->work.id, WORK_FINISHED, s->reason);
    }
    e = material_lose_rest(cx, s->work.id, s->number);
    return e ? e : work_state_put(cx, s->work.id, WORK_CANCELLED, s->reason);
}

enum err work_cancel(struct ctx *cx, const char *number, const char *reason)
{
    struct step *s = ARENA_ARRAY(cx->arena, struct step, 1);

    s->number = number;
    s->reason = reason;
    return act_run(cx, "work.cancelled", 1, cancel_work, s);
}

/* ---- reading ---- */

static void read_one(struct work_order *out, struct ctx *cx, struct stmt *st)
{
    const char *state = col_text(st, "state");

    *out = (struct work_order){
        .number = arena_text(cx->arena, col_text(st, "number")),
        .sku = arena_text(cx->arena, col_text(st, "sku")),
        .name = arena_text(cx->arena, col_text(st, "name")),
        .unit = arena_text(cx->arena, col_text(st, "unit")),
        .tracking = TRACK_LOT,
        .workshop_name = arena_text(cx->arena, col_text(st, "workshop")),
        .planned = col_qty(st, "planned_milli"),
        .capital = arena_text(cx->arena, col_text(st, "capital")),
        .programme = arena_text(cx->arena, col_text(st, "programme")),
        .programme_name = arena_text(cx->arena, col_text(st, "programme_name")),
        .due = col_day(st, "due_day"),
        .note = arena_text(cx->arena, col_text(st, "note")),
        .planner = arena_text(cx->arena, col_text(st, "planner")),
        .at = col_instant(st, "at_ms"),
        .state_reason = arena_text(cx->arena, col_text(st, "state_reason")),
        .state_at = col_instant(st, "state_at_ms"),
        .good = col_qty(st, "good_milli"),
        .reject = col_qty(st, "reject_milli"),
    };
    if (!tracking_from_name(&out->tracking, col_text(st, "tracking"))) {
        out->tracking = TRACK_LOT; /* the schema allows no other word */
    }
    for (size_t i = 0; i < LENGTH(state_names); i++) {
        out->state = strcmp(state_names[i], state) == 0 ? (enum work_state)i : out->state;
    }
    col_id(st, "id", out->id.bytes);
    col_id(st, "product_id", out->product.bytes);
    col_id(st, "variant_id", out->variant.bytes);
    col_id(st, "workshop_id", out->workshop.bytes);
}

static enum err read_list(struct work_list *out, struct ctx *cx, const char *number, size_t most)
{
    struct stmt *st = db_stmt(cx->db, SQL_WORK_LIST);
    enum err e = OK;

    *out = (struct work_list){.items = ARENA_ARRAY(cx->arena, struct work_order, most)};
    bind_text(st, ":site", cx->site->code);
    bind_text(st, ":number", number);
    bind_int(st, ":most", (int64_t)most);
    while (out->count < most && stmt_row(st, &e)) {
        read_one(&out->items[out->count++], cx, st);
    }
    stmt_done(st);
    return e;
}

enum err work_list(struct work_list *out, struct ctx *cx)
{
    return read_list(out, cx, "", WORKS_SHOWN);
}

static enum err read_checks(struct work_order *out, struct ctx *cx)
{
    struct stmt *st = db_stmt(cx->db, SQL_WORK_CHECKS);
    enum err e = OK;

    bind_text(st, ":site", cx->site->code);
    bind_id(st, ":work", out->id.bytes);
    while (out->check_count < WORK_CHECKS_MAX && stmt_row(st, &e)) {
        struct work_checked *c = &out->checks[out->check_count++];

        *c = (struct work_checked){
            .n = (int32_t)col_int(st, "n"),
            .grade_a = col_qty(st, "grade_a_milli"),
            .grade_b = col_qty(st, "grade_b_milli"),
            .reject = col_qty(st, "reject_milli"),
            .note = arena_text(cx->arena, col_text(st, "note")),
            .checker = arena_text(cx->arena, col_text(st, "checker")),
            .at = col_instant(st, "at_ms"),
            .finished = !col_null(st, "code"),
            .finisher = arena_text(cx->arena, col_text(st, "finisher")),
        };
        col_id(st, "id", c->id.bytes);
        if (c->finished) {
            snprintf(c->lot.text, sizeof c->lot.text, "%s", col_text(st, "code"));
            c->cost_known = col_bool(st, "cost_known");
            c->material = col_rupiah(st, "material_rp");
            c->overhead = col_rupiah(st, "overhead_rp");
            c->total = col_rupiah(st, "total_rp");
            c->finished_at = col_instant(st, "finished_at_ms");
            out->charged.rp += c->material.rp;
        }
    }
    stmt_done(st);
    return e;
}

static enum err read_shares(struct work_order *out, struct ctx *cx)
{
    struct stmt *st = db_stmt(cx->db, SQL_WORK_SHARES);
    enum err e = OK;

    bind_text(st, ":site", cx->site->code);
    bind_id(st, ":work", out->id.bytes);
    while (out->share_count < WORK_SHARES_MAX && stmt_row(st, &e)) {
        out->shares[out->share_count++] =
            (struct work_share){.maker = arena_text(cx->arena, col_text(st, "maker")),
                                .hours = col_qty(st, "hours_milli"),
                                .share_bps = (int32_t)col_int(st, "share_bps"),
                                .reason = arena_text(cx->arena, col_text(st, "reason"))};
    }
    stmt_done(st);
    return e;
}

enum err work_get(struct work_order *out, struct ctx *cx, const char *number)
{
    struct work_list list;
    enum err e = read_list(&list, cx, number, 1);

    if (e) {
        return e;
    }
    if (list.count == 0 || !*number) {
        return refuse(cx, ERR_NOT_FOUND, "work-unknown",
                      _("Perintah kerja %.30s tidak ada. Periksa nomornya di daftar."), number);
    }
    *out = list.items[0];
    return (e = read_checks(out, cx)) || (e = read_shares(out, cx)) ||
                   (e = work_materials(&out->materials, cx, out->id))
               ? e
               : OK;
}
