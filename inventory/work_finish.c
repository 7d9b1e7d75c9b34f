/* Checking what was made, and making a lot of it. */
#include "inventory/base/arena.h"
#include "inventory/base/calendar.h"
#include "inventory/base/id.h"
#include "inventory/base/utf8.h"
#include "inventory/cost_share.h"
#include "inventory/fact.h"
#include "inventory/lot_make.h"
#include "inventory/work_parts.h"
#include "sql_names.h"

enum { REASON_LEAST = 3 };

static int64_t made_milli(const struct work_order *w)
{
    return w->good.milli + w->reject.milli;
}

/* ---- checking ---- */

struct checking {
    int32_t *n;
    const char *number;
    const struct work_check *c;
    struct work_order work;
};

static enum err check_figures(struct checking *k, struct ctx *cx)
{
    const struct work_order *w = &k->work;
    const struct work_check *c = k->c;
    const int64_t good = c->grade_a.milli + c->grade_b.milli, all = good + c->reject.milli;
    enum err e;

    if (c->grade_a.milli < 0 || c->grade_b.milli < 0 || c->reject.milli < 0 || good <= 0) {
        return refuse_field(
            cx, ERR_INVALID, "check-zero", "grade_a",
            _("Belum ada yang jadi: isi mutu A atau B. Bila semuanya rusak, batalkan "
              "perintah kerja dengan alasannya."));
    }
    if ((e = work_qty_check(cx, w->name, w->unit, w->tracking, c->grade_a)) ||
        (e = work_qty_check(cx, w->name, w->unit, w->tracking, c->grade_b)) ||
        (e = work_qty_check(cx, w->name, w->unit, w->tracking, c->reject)) ||
        (e = work_qty_check(cx, w->name, w->unit, w->tracking, QTY(good)))) {
        return e;
    }
    if (made_milli(w) + all > w->planned.milli && utf8_count(c->over_reason) < REASON_LEAST) {
        return refuse_field(
            cx, ERR_REFUSED, "work-over", "over",
            _("Lebih banyak daripada rencana. Periksa hitungannya; bila benar, tulis "
              "mengapa, lalu simpan lagi."));
    }
    if (w->check_count >= WORK_CHECKS_MAX || utf8_count(c->note) > WORK_NOTE_MAX) {
        return refuse_field(cx, ERR_LIMIT, "note-long", "note",
                            _("Catatan paling banyak %d huruf."), WORK_NOTE_MAX);
    }
    return OK;
}

static enum err check_work(struct ctx *cx, void *arg)
{
    struct checking *k = arg;
    const struct work_check *c = k->c;
    enum err e =
        work_open(&k->work, cx, k->number, WORK_STATE(WORK_RUNNING) | WORK_STATE(WORK_CHECKED));

    if (e || (e = check_figures(k, cx))) {
        return e;
    }
    *k->n = (int32_t)k->work.check_count + 1;
    e = fact_put(cx, &quality_check_table,
                 &(struct quality_check_row){
                     .work_order = k->work.id,
                     .n = *k->n,
                     .id = act_id(cx),
                     .grade_a = c->grade_a,
                     .grade_b = c->grade_b,
                     .reject = c->reject,
                     .note = *c->over_reason
                                 ? arena_format(cx->arena, "%s [%s]", c->note, c->over_reason)
                                 : c->note,
                     .checker = cx->actor,
                 });
    return e || k->work.state == WORK_CHECKED ? e
                                              : work_state_put(cx, k->work.id, WORK_CHECKED, "");
}

enum err work_check(int32_t *n, struct ctx *cx, const char *number, const struct work_check *check)
{
    struct checking *k = ARENA_ARRAY(cx->arena, struct checking, 1);

    k->n = n;
    k->number = number;
    k->c = check;
    return act_run(cx, "work.checked", 1, check_work, k);
}

/* ---- finishing ---- */

struct finishing {
    struct work_finished *out;
    const char *number;
    const struct work_finish *w;
    struct work_order work;
    struct work_checked *check;
    struct product product;
    struct rupiah material;
    struct lot_row lot;
    struct place to;
    const struct unit_id *units;
};

static enum err find_check(struct finishing *f, struct ctx *cx)
{
    char when[DATE_TEXT_MAX];

    for (size_t i = 0; i < f->work.check_count; i++) {
        if (f->work.checks[i].n == f->w->check) {
            f->check = &f->work.checks[i];
        }
    }
    if (!f->check) {
        return refuse(cx, ERR_NOT_FOUND, "check-unknown",
                      _("Pemeriksaan itu tidak ada. Muat ulang halaman %s."), f->number);
    }
    if (f->check->finished) {
        time_seconds(when, f->check->finished_at, cx->site->zone);
        return refuse(cx, ERR_CONFLICT, "work-done",
                      _("Pemeriksaan ini sudah diselesaikan %s pada %s menjadi lot %s."),
                      f->check->finisher, when, f->check->lot.text);
    }
    return OK;
}

/* The work order's page says who finished it even when all of it is closed by now. */
static enum err find_work(struct finishing *f, struct ctx *cx)
{
    enum err e = work_get(&f->work, cx, f->number);

    if (e || (e = find_check(f, cx))) {
        return e;
    }
    return f->work.state == WORK_CHECKED
               ? OK
               : work_open(&f->work, cx, f->number, WORK_STATE(WORK_CHECKED));
}

static int64_t check_milli(const struct work_checked *c)
{
    return c->grade_a.milli + c->grade_b.milli + c->reject.milli;
}

int64_t work_finished_milli(const struct work_order *w)
{
    int64_t sum = 0;

    for (size_t i = 0; i < w->check_count; i++) {
        sum += w->checks[i].finished ? check_milli(&w->checks[i]) : 0;
    }
    return sum;
}

int64_t work_waiting_milli(const struct work_order *w)
{
    return made_milli(w) - work_finished_milli(w);
}

static bool others_wait(const struct finishing *f)
{
    return work_waiting_milli(&f->work) > check_milli(f->check);
}

/* Nothing more is expected: asked for, or all that was planned is made, and no other check waits
 * for its part of the costs. */
static bool is_last(const struct finishing *f)
{
    return !others_wait(f) &&
           (f->w->last ||
            work_finished_milli(&f->work) + check_milli(f->check) >= f->work.planned.milli);
}

/* What shares the material that is not charged yet: the rest of the plan, or all that waits. */
static struct qty rest_of(const struct finishing *f)
{
    const int64_t planned = f->work.planned.milli - work_finished_milli(&f->work),
                  waiting = work_waiting_milli(&f->work);

    return QTY(planned > waiting ? planned : waiting);
}

static enum err set_costs(struct finishing *f, struct ctx *cx)
{
    struct work_finished *out = f->out;
    const struct rupiah open = RUPIAH(f->work.materials.cost.rp - f->work.charged.rp);
    const int64_t good = f->check->grade_a.milli + f->check->grade_b.milli;

    if (f->w->overhead.rp < 0 || f->w->overhead.rp > RUPIAH_MAX) {
        return refuse_field(cx, ERR_INVALID, "cost-bad", "overhead",
                            _("Ongkos tidak boleh kurang dari Rp0."));
    }
    f->material = is_last(f) ? open : cost_share_down(open, rest_of(f), QTY(check_milli(f->check)));
    out->cost_known = f->work.materials.cost_known;
    if (!out->cost_known) {
        return OK;
    }
    if (!rupiah_add(&out->total, f->material, f->w->overhead) || out->total.rp > RUPIAH_MAX) {
        return refuse_field(cx, ERR_LIMIT, "cost-bad", "overhead", _("Biaya terlalu besar."));
    }
    out->each = f->product.tracking == TRACK_PIECE || good % 1000 == 0
                    ? cost_each_down(&out->rounding, out->total, good / 1000)
                    : cost_share_down(out->total, QTY(good), QTY_WHOLE(1));
    return OK;
}

static void set_lot(struct finishing *f, struct ctx *cx)
{
    const struct day today = instant_day(act_at(cx), cx->site->zone);

    f->lot = (struct lot_row){
        .product = f->work.product,
        .variant = f->work.variant,
        .workshop = f->work.workshop,
        .made = today,
        .expires = f->product.shelf_life_days > 0,
        .qty = QTY(f->check->grade_a.milli + f->check->grade_b.milli),
        .cost_known = f->out->cost_known,
        .unit_cost = f->out->cost_known ? f->out->each : RUPIAH(0),
    };
    if (f->lot.expires) {
        f->lot.expiry = DAY(today.since_1970 + f->product.shelf_life_days);
    }
}

/* Grade A is what is usual; the pieces of grade B come last. */
static enum err put_grades(struct finishing *f, struct ctx *cx)
{
    const int64_t first = f->check->grade_a.milli / 1000;
    enum err e = OK;

    for (size_t i = (size_t)first; i < f->out->received.piece_count && !e; i++) {
        e = fact_put(cx, &unit_grade_table,
                     &(struct unit_grade_row){.unit = f->units[i], .grade = "B"});
    }
    return e;
}

static enum err put_output(struct finishing *f, struct ctx *cx)
{
    const struct work_finished *out = f->out;
    enum err e = fact_put(cx, &work_output_table,
                          &(struct work_output_row){
                              .work_order = f->work.id,
                              .n = f->check->n,
                              .lot = out->received.lot,
                              .material = out->cost_known ? f->material : RUPIAH(0),
                              .overhead = f->w->overhead,
                              .cost_known = out->cost_known,
                              .total = out->cost_known ? out->total : RUPIAH(0),
                              .over_reason = f->w->over_reason,
                          });

    if (!e && out->cost_known) {
        e = fact_put(cx, &lot_cost_table,
                     &(struct lot_cost_row){
                         .lot = out->received.lot, .total = out->total, .rounding = out->rounding});
    }
    return e;
}

static enum err put_state(struct finishing *f, struct ctx *cx)
{
    if (others_wait(f)) {
        return OK; /* it stays checked */
    }
    return work_state_put(cx, f->work.id, is_last(f) ? WORK_FINISHED : WORK_RUNNING, "");
}

/* Who works on it is known, and what is said to be the last is. */
static enum err check_finish(struct finishing *f, struct ctx *cx)
{
    if (f->work.share_count == 0) {
        return refuse(cx, ERR_REFUSED, "shares-none",
                      _("Catat dulu siapa yang mengerjakan %s: kode perajin dan bagiannya, bersama "
                        "100 %%."),
                      f->number);
    }
    if (f->w->last && others_wait(f)) {
        return refuse_field(
            cx, ERR_REFUSED, "check-waits", "last",
            _("Masih ada pemeriksaan lain yang menunggu. Hilangkan tanda bahwa tidak "
              "ada lagi yang akan jadi; tandai pada pemeriksaan yang terakhir."));
    }
    return OK;
}

static enum err finish_work(struct ctx *cx, void *arg)
{
    struct finishing *f = arg;
    const struct work_finish *w = f->w;
    enum err e;

    *f = (struct finishing){.out = f->out, .number = f->number, .w = w};
    *f->out = (struct work_finished){.cost_known = false};
    if ((e = find_work(f, cx)) || (e = product_by_id(&f->product, cx, f->work.product)) ||
        (e = place_of_kind(&f->to, cx, w->to == PLACE_STORE ? PLACE_STORE : PLACE_SHOWROOM))) {
        return e;
    }
    if ((e = check_finish(f, cx)) || (e = set_costs(f, cx))) {
        return e;
    }
    set_lot(f, cx);
    e = lot_make(&f->out->received, &f->units, cx, &f->lot,
                 &(struct lot_way){.pieces = f->work.tracking == TRACK_PIECE,
                                   .from = f->work.workshop,
                                   .to = f->to.id,
                                   .reason = "made"});
    return e || (e = put_output(f, cx)) || (e = put_grades(f, cx)) ? e : put_state(f, cx);
}

enum err work_finish(struct work_finished *out, struct ctx *cx, const char *number,
                     const struct work_finish *wanted)
{
    struct finishing *f = ARENA_ARRAY(cx->arena, struct finishing, 1);

    f->out = out;
    f->number = number;
    f->w = wanted;
    return act_run(cx, "work.finished", 1, finish_work, f);
}
