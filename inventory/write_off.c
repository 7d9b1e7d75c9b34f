/* Goods taken out of sale: reported by one person, decided by another. */
#include "inventory/write_off.h"

#include "inventory/base/arena.h"
#include "inventory/base/calendar.h"
#include "inventory/base/id.h"
#include "inventory/fact.h"
#include "inventory/stock_case.h"
#include "inventory/stock_doc.h"
#include "inventory/stock_take_parts.h"
#include "sql_names.h"

static const char *const kinds[] = {
    [WRITE_OFF_DAMAGED] = "damaged", [WRITE_OFF_LOST] = "lost", [WRITE_OFF_EXPIRED] = "expired"};

const char *write_off_kind_name(enum write_off_kind kind)
{
    return kinds[kind];
}

bool write_off_kind_from_name(enum write_off_kind *out, const char *name)
{
    for (size_t i = 0; i < LENGTH(kinds); i++) {
        if (strcmp(kinds[i], name) == 0) {
            *out = (enum write_off_kind)i;
            return true;
        }
    }
    return false;
}

/* Where the goods wait for the decision. */
static enum err waiting_place(struct place_id *out, struct ctx *cx, enum write_off_kind kind)
{
    return kind == WRITE_OFF_LOST
               ? place_need(out, cx, PLACE_LOST, "dicari", "Hilang, sedang dicari")
               : place_need(out, cx, PLACE_SCRAP, "periksa", "Rusak, menunggu keputusan");
}

static enum err final_place(struct place_id *out, struct ctx *cx, enum write_off_kind kind)
{
    return kind == WRITE_OFF_LOST ? place_need(out, cx, PLACE_LOST, "hilang", "Hilang")
                                  : place_need(out, cx, PLACE_SCRAP, "rusak", "Rusak");
}

/* ---- reporting ---- */

struct report {
    struct document_no *out;
    const struct write_off_new *w;
    struct write_off_id id;
    struct place place;
    struct taken_list items;
};

static enum err put_lines(struct report *r, struct ctx *cx)
{
    struct place_id waiting;
    int32_t moves = 0;
    enum err e = waiting_place(&waiting, cx, r->w->kind);

    for (size_t i = 0; i < r->items.count && !e; i++) {
        const struct taken *t = &r->items.items[i];
        const int32_t line = (int32_t)i + 1;

        e = fact_put(cx, &write_off_line_table,
                     &(struct write_off_line_row){
                         .write_off = r->id,
                         .line = line,
                         .lot = t->lot,
                         .unit = t->unit,
                         .qty = t->qty,
                         .cost_known = t->cost_known,
                         .cost = t->cost,
                     });
        e = e ? e : taken_move(cx, &moves, t, r->place.id, waiting, kinds[r->w->kind], line);
    }
    return e;
}

static enum err report_work(struct ctx *cx, void *arg)
{
    struct report *r = arg;
    const struct write_off_new *w = r->w;
    enum err e;

    *r = (struct report){.out = r->out, .w = w};
    if ((e = own_place(&r->place, cx, w->place, "place")) ||
        (e = note_check(cx, w->reason, true))) {
        return e;
    }
    if (w->count == 0) {
        return refuse_field(cx, ERR_INVALID, "write-off-empty", "code",
                            _("Belum ada barang yang dilaporkan. Pindai atau ketik paling sedikit "
                              "satu label."));
    }
    if ((e = takes_find(&r->items, cx, w->takes, w->count, &r->place)) ||
        (e = document_no_take(r->out, cx, DOC_WRITE_OFF))) {
        return e;
    }
    r->id = write_off_id_new(act_at(cx));
    e = fact_put(cx, &write_off_table,
                 &(struct write_off_row){
                     .id = r->id,
                     .number = r->out->text,
                     .kind = kinds[w->kind],
                     .place = r->place.id,
                     .reason = w->reason,
                     .reporter = cx->actor,
                 });
    return e ? e : put_lines(r, cx);
}

enum err write_off_report(struct document_no *out, struct ctx *cx,
                          const struct write_off_new *wanted)
{
    struct report r = {.out = out, .w = wanted};

    return act_run(cx, "write_off.reported", 1, report_work, &r);
}

/* ---- reading ---- */

static void write_off_read(struct write_off *out, struct ctx *cx, struct stmt *st)
{
    static const char *const place[] = {"place_id", "place_kind", "place_code", "place_name"};

    *out = (struct write_off){
        .number = arena_text(cx->arena, col_text(st, "number")),
        .reason = arena_text(cx->arena, col_text(st, "reason")),
        .reporter = arena_text(cx->arena, col_text(st, "reporter")),
        .at = col_instant(st, "at_ms"),
        .decided = !col_null(st, "approved"),
        .approver = arena_text(cx->arena, col_text(st, "approver")),
        .note = arena_text(cx->arena, col_text(st, "note")),
        .cost_known = col_int(st, "unknown") == 0,
        .cost = col_rupiah(st, "cost_rp"),
    };
    col_id(st, "id", out->id.bytes);
    if (!write_off_kind_from_name(&out->kind, col_text(st, "kind"))) {
        out->kind = WRITE_OFF_DAMAGED; /* the schema allows no other word */
    }
    if (out->decided) {
        out->approved = col_bool(st, "approved");
        out->decided_at = col_instant(st, "decided_at_ms");
    }
    place_read(&out->place, cx, st, place);
}

static enum err read_list(struct write_off_list *out, struct ctx *cx, const char *number)
{
    struct stmt *st = db_stmt(cx->db, SQL_WRITE_OFF_LIST);
    enum err e = OK;

    *out = (struct write_off_list){.items =
                                       ARENA_ARRAY(cx->arena, struct write_off, WRITE_OFFS_SHOWN)};
    bind_text(st, ":site", cx->site->code);
    bind_text(st, ":number", number);
    bind_int(st, ":most", WRITE_OFFS_SHOWN);
    while (out->count < WRITE_OFFS_SHOWN && stmt_row(st, &e)) {
        write_off_read(&out->items[out->count++], cx, st);
    }
    stmt_done(st);
    return e;
}

enum err write_off_list(struct write_off_list *out, struct ctx *cx)
{
    return read_list(out, cx, "");
}

static enum err read_lines(struct write_off *w, struct ctx *cx)
{
    struct stmt *st = db_stmt(cx->db, SQL_WRITE_OFF_LINES);
    struct taken *items = ARENA_ARRAY(cx->arena, struct taken, TAKES_MAX);
    enum err e = OK;

    bind_text(st, ":site", cx->site->code);
    bind_id(st, ":write_off", w->id.bytes);
    while (w->count < TAKES_MAX && stmt_row(st, &e)) {
        taken_read(&items[w->count], cx, st);
        col_id(st, "unit_id", items[w->count++].unit.bytes);
    }
    stmt_done(st);
    w->items = items;
    return e;
}

enum err write_off_get(struct write_off *out, struct ctx *cx, const char *number)
{
    struct write_off_list list;
    enum err e = read_list(&list, cx, number);

    if (e) {
        return e;
    }
    if (list.count != 1) {
        return refuse(cx, ERR_NOT_FOUND, "write-off-unknown",
                      _("Berita acara %.30s tidak ada. Periksa nomornya di daftar."), number);
    }
    *out = list.items[0];
    return read_lines(out, cx);
}

/* ---- deciding ---- */

struct decide {
    const char *number, *note;
    bool approved;
    struct write_off w;
};

static enum err check_decision(struct decide *d, struct ctx *cx)
{
    char when[DATE_TEXT_MAX];
    enum err e;

    if ((e = stock_may_approve(cx)) || (e = write_off_get(&d->w, cx, d->number))) {
        return e;
    }
    if (d->w.decided) {
        time_seconds(when, d->w.decided_at, cx->site->zone);
        return refuse(cx, ERR_CONFLICT, "write-off-decided", _("%s sudah diputuskan %s pada %s."),
                      d->number, d->w.approver, when);
    }
    if (strcmp(d->w.reporter, cx->actor) == 0) {
        return refuse(cx, ERR_FORBIDDEN, "write-off-own",
                      _("Anda yang melaporkan %s. Keputusannya harus diambil orang lain."),
                      d->number);
    }
    return note_check(cx, d->note, !d->approved);
}

static enum err decide_work(struct ctx *cx, void *arg)
{
    struct decide *d = arg;
    struct place_id from, to;
    int32_t moves = 0;
    enum err e;

    if ((e = check_decision(d, cx)) || (e = waiting_place(&from, cx, d->w.kind)) ||
        (e = final_place(&to, cx, d->w.kind))) {
        return e;
    }
    to = d->approved ? to : d->w.place.id;
    e = fact_put(cx, &write_off_decision_table,
                 &(struct write_off_decision_row){
                     .write_off = d->w.id,
                     .approved = d->approved,
                     .note = d->note,
                     .approver = cx->actor,
                 });
    for (size_t i = 0; i < d->w.count && !e; i++) {
        e = taken_move(cx, &moves, &d->w.items[i], from, to, "decided", (int32_t)i + 1);
    }
    return e;
}

enum err write_off_decide(struct ctx *cx, const char *number, bool approved, const char *note)
{
    struct decide d = {.number = number, .note = note, .approved = approved};

    return act_run(cx, "write_off.decided", 1, decide_work, &d);
}
