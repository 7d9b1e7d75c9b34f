/* What a stocktake found: the differences, and a case for each. */
#include "inventory/base/arena.h"
#include "inventory/base/calendar.h"
#include "inventory/fact.h"
#include "inventory/stock_case.h"
#include "inventory/stock_count.h"
#include "inventory/stock_doc.h"
#include "inventory/stock_take_parts.h"
#include "sql_names.h"

enum { VARIANCES_MAX = 5000 };

static struct variance *variance_add(struct variance_list *list)
{
    return list->count < VARIANCES_MAX ? &list->items[list->count++]
                                       : &list->items[VARIANCES_MAX - 1];
}

/* Both questions about what was not found: they give the same columns, one the unit besides. */
static enum err read_short(struct variance_list *out, struct ctx *cx, struct stmt *st,
                           const struct stock_count *c, bool pieces)
{
    enum err e = OK;

    bind_text(st, ":site", cx->site->code);
    bind_id(st, ":place", c->place.id.bytes);
    bind_id(st, ":count", c->id.bytes);
    bind_instant(st, ":at_ms", c->at);
    while (stmt_row(st, &e)) {
        struct variance *v = variance_add(out);

        *v = (struct variance){.kind = VARIANCE_SHORT};
        taken_read(&v->item, cx, st);
        v->ledger = v->item.qty;
        if (pieces) {
            col_id(st, "unit_id", v->item.unit.bytes);
        }
    }
    stmt_done(st);
    return e;
}

static enum err fill_elsewhere(struct variance *v, struct ctx *cx, struct place_id there)
{
    v->kind = VARIANCE_ELSEWHERE;
    return place_by_id(&v->other, cx, there);
}

static enum err read_different(struct variance_list *out, struct ctx *cx,
                               const struct stock_count *c)
{
    struct stmt *st = db_stmt(cx->db, SQL_COUNT_DIFFERENT);
    struct place_id *there = ARENA_ARRAY(cx->arena, struct place_id, VARIANCES_MAX);
    const size_t first = out->count;
    enum err e = OK;

    bind_text(st, ":site", cx->site->code);
    bind_id(st, ":count", c->id.bytes);
    while (stmt_row(st, &e)) {
        struct variance *v = variance_add(out);

        *v = (struct variance){.ledger = col_qty(st, "ledger_milli")};
        taken_read(&v->item, cx, st);
        col_id(st, "unit_id", v->item.unit.bytes);
        col_id(st, "ledger_place_id", there[out->count - 1].bytes);
        v->counted = v->item.qty;
        if (v->counted.milli != v->ledger.milli && unit_id_is_nil(v->item.unit)) {
            v->kind = v->counted.milli > v->ledger.milli ? VARIANCE_OVER : VARIANCE_SHORT;
            v->item.qty =
                QTY(v->counted.milli > v->ledger.milli ? v->counted.milli - v->ledger.milli
                                                       : v->ledger.milli - v->counted.milli);
        }
    }
    stmt_done(st);
    for (size_t i = first; i < out->count && !e; i++) {
        e = place_id_is_nil(there[i]) ? OK : fill_elsewhere(&out->items[i], cx, there[i]);
    }
    return e;
}

enum err count_variances(struct variance_list *out, struct ctx *cx, const struct stock_count *c)
{
    enum err e;

    *out = (struct variance_list){.items = ARENA_ARRAY(cx->arena, struct variance, VARIANCES_MAX)};
    if ((e = read_short(out, cx, db_stmt(cx->db, SQL_COUNT_SHORT_UNITS), c, true)) ||
        (e = read_short(out, cx, db_stmt(cx->db, SQL_COUNT_SHORT_LOTS), c, false))) {
        return e;
    }
    return read_different(out, cx, c);
}

/* ---- the act ---- */

struct finish {
    size_t *cases;
    const char *number, *note;
    bool empty_too;
    struct stock_count count;
    struct variance_list found;
};

static enum err put_case(struct finish *f, struct ctx *cx, const struct variance *v)
{
    static const enum case_kind kinds[] = {
        [VARIANCE_SHORT] = CASE_COUNT_SHORT,
        [VARIANCE_OVER] = CASE_COUNT_OVER,
        [VARIANCE_ELSEWHERE] = CASE_COUNT_ELSEWHERE,
    };
    struct case_new w = {
        .kind = kinds[v->kind],
        .item = &v->item,
        .place = f->count.place.id,
        .source = document_act_id(f->count.id.bytes),
        .note = f->number,
    };
    struct document_no number;

    if (v->kind == VARIANCE_ELSEWHERE) {
        w.other = v->other.id;
    }
    return case_put(&number, cx, &w);
}

static enum err check_finish(struct finish *f, struct ctx *cx)
{
    char when[DATE_TEXT_MAX];
    enum err e;

    if ((e = count_get(&f->count, cx, f->number)) || (e = note_check(cx, f->note, false))) {
        return e;
    }
    if (f->count.finished) {
        time_seconds(when, f->count.finished_at, cx->site->zone);
        return refuse(cx, ERR_CONFLICT, "count-finished",
                      _("%s sudah diselesaikan %s pada %s. Mulai hitungan baru bila perlu."),
                      f->number, f->count.approver, when);
    }
    if (f->count.pieces + f->count.lots == 0 && !f->empty_too) {
        return refuse(cx, ERR_REFUSED, "count-empty",
                      _("Belum ada yang dihitung dalam %s. Bila tempat itu memang kosong, centang "
                        "\"memang kosong\" lalu selesaikan; semua isinya menjadi kasus."),
                      f->number);
    }
    return OK;
}

static enum err finish_work(struct ctx *cx, void *arg)
{
    struct finish *f = arg;
    enum err e;

    *f->cases = 0;
    if ((e = check_finish(f, cx)) || (e = count_variances(&f->found, cx, &f->count))) {
        return e;
    }
    if (f->found.count >= VARIANCES_MAX) {
        return refuse(cx, ERR_LIMIT, "count-cases",
                      _("Lebih dari %d selisih: periksa apakah tempat yang dihitung benar."),
                      VARIANCES_MAX);
    }
    e = fact_put(cx, &count_finish_table,
                 &(struct count_finish_row){
                     .count = f->count.id,
                     .note = f->note,
                     .approver = cx->actor,
                     .counted = (int32_t)(f->count.pieces + f->count.lots),
                     .cases = (int32_t)f->found.count,
                 });
    for (size_t i = 0; i < f->found.count && !e; i++) {
        e = put_case(f, cx, &f->found.items[i]);
    }
    *f->cases = f->found.count;
    return e;
}

enum err count_finish(size_t *cases, struct ctx *cx, const char *number, const char *note,
                      bool empty_too)
{
    struct finish f = {.cases = cases, .number = number, .note = note, .empty_too = empty_too};

    return act_run(cx, "count.finished", 1, finish_work, &f);
}
