/* Stocktake: opened, filled scan by scan while the shop sells. */
#include "inventory/stock_count.h"

#include "inventory/base/arena.h"
#include "inventory/base/calendar.h"
#include "inventory/base/id.h"
#include "inventory/fact.h"
#include "inventory/measure.h"
#include "inventory/stock_doc.h"
#include "inventory/stock_take_parts.h"
#include "sql_names.h"

/* ---- opening ---- */

struct start {
    struct document_no *out;
    struct place_id place;
    const char *note;
};

static enum err none_open(struct ctx *cx, const struct place *place)
{
    struct stmt *st = db_stmt(cx->db, SQL_COUNT_OPEN_AT);
    const char *number;
    enum err e;

    bind_text(st, ":site", cx->site->code);
    bind_id(st, ":place", place->id.bytes);
    if ((e = stmt_one(st))) {
        return e == ERR_NOT_FOUND ? OK : e;
    }
    number = arena_text(cx->arena, col_text(st, "number"));
    stmt_done(st);
    return refuse_field(cx, ERR_CONFLICT, "count-open", "place",
                        _("%s sedang dihitung dalam %s. Ikut menghitung di situ, atau selesaikan "
                          "dulu."),
                        place->name, number);
}

static enum err start_work(struct ctx *cx, void *arg)
{
    struct start *s = arg;
    struct place place;
    enum err e;

    if ((e = own_place(&place, cx, s->place, "place")) || (e = note_check(cx, s->note, false)) ||
        (e = none_open(cx, &place)) || (e = document_no_take(s->out, cx, DOC_COUNT))) {
        return e;
    }
    return fact_put(cx, &stock_count_table,
                    &(struct stock_count_row){
                        .id = stock_count_id_new(act_at(cx)),
                        .number = s->out->text,
                        .place = place.id,
                        .note = s->note,
                        .counter = cx->actor,
                        .at = act_at(cx),
                    });
}

enum err count_start(struct document_no *out, struct ctx *cx, struct place_id place,
                     const char *note)
{
    struct start s = {.out = out, .place = place, .note = note};

    return act_run(cx, "count.started", 1, start_work, &s);
}

/* ---- reading ---- */

static void count_read(struct stock_count *out, struct ctx *cx, struct stmt *st)
{
    static const char *const place[] = {"place_id", "place_kind", "place_code", "place_name"};

    *out = (struct stock_count){
        .number = arena_text(cx->arena, col_text(st, "number")),
        .note = arena_text(cx->arena, col_text(st, "note")),
        .counter = arena_text(cx->arena, col_text(st, "counter")),
        .at = col_instant(st, "at_ms"),
        .pieces = col_int(st, "pieces"),
        .lots = col_int(st, "lots"),
        .finished = !col_null(st, "approver"),
        .approver = arena_text(cx->arena, col_text(st, "approver")),
    };
    if (out->finished) {
        out->finished_at = col_instant(st, "finished_at_ms");
        out->cases = (int32_t)col_int(st, "cases");
    }
    col_id(st, "id", out->id.bytes);
    place_read(&out->place, cx, st, place);
}

static enum err read_list(struct stock_count_list *out, struct ctx *cx, const char *number,
                          bool open)
{
    struct stmt *st = db_stmt(cx->db, SQL_COUNT_LIST);
    enum err e = OK;

    *out = (struct stock_count_list){.items =
                                         ARENA_ARRAY(cx->arena, struct stock_count, COUNTS_SHOWN)};
    bind_text(st, ":site", cx->site->code);
    bind_text(st, ":number", number);
    bind_bool(st, ":open", open);
    bind_int(st, ":most", COUNTS_SHOWN);
    while (out->count < COUNTS_SHOWN && stmt_row(st, &e)) {
        count_read(&out->items[out->count++], cx, st);
    }
    stmt_done(st);
    return e;
}

enum err count_list(struct stock_count_list *out, struct ctx *cx, bool open)
{
    return read_list(out, cx, "", open);
}

enum err count_get(struct stock_count *out, struct ctx *cx, const char *number)
{
    struct stock_count_list list;
    enum err e = read_list(&list, cx, number, false);

    if (e) {
        return e;
    }
    if (list.count != 1) {
        return refuse(cx, ERR_NOT_FOUND, "count-unknown",
                      _("Hitungan %.30s tidak ada. Periksa nomornya di daftar hitungan."), number);
    }
    *out = list.items[0];
    return OK;
}

/* ---- counting ---- */

struct add {
    struct count_added *out;
    const char *number;
    const struct count_scan *scans;
    size_t n;
    struct stock_count count;
    int32_t line;
};

static enum err last_n(int32_t *out, struct ctx *cx, struct stock_count_id id)
{
    struct stmt *st = db_stmt(cx->db, SQL_COUNT_LAST_N);
    enum err e;

    bind_text(st, ":site", cx->site->code);
    bind_id(st, ":count", id.bytes);
    e = stmt_one(st);
    *out = e ? 0 : (int32_t)col_int(st, "n");
    stmt_done(st);
    return e == ERR_NOT_FOUND ? OK : e;
}

static enum err counted_before(bool *out, struct ctx *cx, struct stock_count_id id,
                               struct unit_id unit)
{
    struct stmt *st = db_stmt(cx->db, SQL_COUNT_HAS_UNIT);
    enum err e;

    bind_text(st, ":site", cx->site->code);
    bind_id(st, ":count", id.bytes);
    bind_id(st, ":unit", unit.bytes);
    e = stmt_one(st);
    *out = !e;
    stmt_done(st);
    return e == ERR_NOT_FOUND ? OK : e;
}

static enum err put_line(struct add *a, struct ctx *cx, const struct label *label,
                         struct count_line_row row)
{
    row.count = a->count.id;
    row.n = ++a->line;
    row.lot = label->lot;
    row.unit = label->unit;
    row.at = act_at(cx);
    return fact_put(cx, &count_line_table, &row);
}

static enum err add_piece(struct add *a, struct ctx *cx, struct count_added *out,
                          const struct label *label)
{
    const bool here = place_id_equal(label->place, a->count.place.id);
    struct count_line_row row = {.counted = QTY_WHOLE(1), .ledger = here ? QTY_WHOLE(1) : QTY(0)};
    struct place there;
    bool again;
    enum err e = counted_before(&again, cx, a->count.id, label->unit);

    out->qty = QTY_WHOLE(1);
    if (e || again) {
        out->answer = COUNTED_AGAIN;
        return e;
    }
    out->answer = COUNTED;
    if (!here) {
        if ((e = place_by_id(&there, cx, label->place))) {
            return e;
        }
        row.ledger_place = there.id;
        out->where = there.name;
        out->answer = there.kind == PLACE_CUSTOMER ? COUNT_SOLD : COUNTED_ELSEWHERE;
    }
    return put_line(a, cx, label, row);
}

static enum err add_lot(struct add *a, struct ctx *cx, struct count_added *out,
                        const struct label *label, struct qty qty)
{
    struct count_line_row row = {.counted = qty};
    enum err e;

    if (label->product.tracking == TRACK_PIECE || label->product.tracking == TRACK_SERVICE) {
        out->answer = COUNT_NO_STOCK;
        return OK;
    }
    if (qty.milli < 0 || qty.milli > QTY_MAX_MILLI ||
        (!qty_is_whole(qty) && !measure_divides(label->product.unit))) {
        out->answer = COUNT_NEEDS_QTY;
        return OK;
    }
    if ((e = stock_at(&row.ledger, cx, a->count.place.id, label->product.id, label->lot))) {
        return e;
    }
    row.ledger = row.ledger.milli < 0 ? QTY(0) : row.ledger; /* a workshop gives without having */
    out->qty = qty;
    out->answer = COUNTED;
    return put_line(a, cx, label, row);
}

static enum err add_one(struct add *a, struct ctx *cx, struct count_added *out,
                        const struct count_scan *scan)
{
    const struct scanned scanned = scan_read(scan->code, strlen(scan->code));
    struct label label = {.state = LABEL_UNKNOWN};
    enum err e = OK;

    *out = (struct count_added){
        .answer = COUNT_UNKNOWN, .code = scanned.code, .name = "", .where = ""};
    if (scanned.kind == SCANNED_LABEL && (e = label_find(&label, cx, scanned.code))) {
        return e;
    }
    if (label.state == LABEL_UNKNOWN) {
        return OK;
    }
    out->name = label.product.name;
    if (label.state == LABEL_VOID) {
        out->answer = COUNT_VOID;
        return OK;
    }
    return label.is_piece ? add_piece(a, cx, out, &label) : add_lot(a, cx, out, &label, scan->qty);
}

static enum err count_is_open(struct ctx *cx, const struct stock_count *c)
{
    char when[DATE_TEXT_MAX];

    if (!c->finished) {
        return OK;
    }
    time_seconds(when, c->finished_at, cx->site->zone);
    return refuse(cx, ERR_CONFLICT, "count-finished",
                  _("%s sudah diselesaikan %s pada %s. Mulai hitungan baru bila perlu."), c->number,
                  c->approver, when);
}

static enum err add_work(struct ctx *cx, void *arg)
{
    struct add *a = arg;
    enum err e;

    if ((e = count_get(&a->count, cx, a->number)) || (e = count_is_open(cx, &a->count)) ||
        (e = last_n(&a->line, cx, a->count.id))) {
        return e;
    }
    for (size_t i = 0; i < a->n && !e; i++) {
        e = add_one(a, cx, &a->out[i], &a->scans[i]);
    }
    return e;
}

enum err count_add(struct count_added *out, struct ctx *cx, const char *number,
                   const struct count_scan *scans, size_t n)
{
    struct add a = {.out = out, .number = number, .scans = scans, .n = n};

    if (n > COUNT_SCANS_MAX) {
        return refuse(cx, ERR_LIMIT, "count-many",
                      _("Paling banyak %d pindaian sekali kirim. Kirim dalam beberapa bagian."),
                      COUNT_SCANS_MAX);
    }
    return act_run(cx, "count.added", 1, add_work, &a);
}

enum err count_lines(struct counted_list *out, struct ctx *cx, struct stock_count_id id,
                     size_t limit)
{
    struct stmt *st = db_stmt(cx->db, SQL_COUNT_LINES);
    enum err e = OK;

    *out = (struct counted_list){.items = ARENA_ARRAY(cx->arena, struct counted, limit + 1)};
    bind_text(st, ":site", cx->site->code);
    bind_id(st, ":count", id.bytes);
    bind_int(st, ":most", (int64_t)limit);
    while (out->count < limit && stmt_row(st, &e)) {
        struct counted *c = &out->items[out->count++];

        *c = (struct counted){
            .n = (int32_t)col_int(st, "n"),
            .ledger = col_qty(st, "ledger_milli"),
            .elsewhere = !col_null(st, "ledger_place"),
            .ledger_place = arena_text(cx->arena, col_text(st, "ledger_place")),
            .at = col_instant(st, "at_ms"),
            .counter = arena_text(cx->arena, col_text(st, "counter")),
        };
        taken_read(&c->item, cx, st);
        col_id(st, "unit_id", c->item.unit.bytes);
    }
    stmt_done(st);
    return e;
}
