/* Goods on their way between places of our own. */
#include "inventory/transfer.h"

#include "inventory/base/arena.h"
#include "inventory/base/calendar.h"
#include "inventory/base/id.h"
#include "inventory/base/qty_text.h"
#include "inventory/fact.h"
#include "inventory/stock_case.h"
#include "inventory/stock_doc.h"
#include "inventory/stock_take_parts.h"
#include "sql_names.h"

static const char *const kinds[] = {
    [TRANSFER_PLAIN] = "transfer",
    [TRANSFER_EXHIBITION_OUT] = "exhibition_out",
    [TRANSFER_EXHIBITION_BACK] = "exhibition_back",
};

/* ---- sending ---- */

struct send {
    struct transfer_made *out;
    const struct transfer_new *w;
    struct place from, to, transit;
    struct taken_list items;
};

static enum transfer_kind kind_of(const struct send *s)
{
    if (s->to.kind == PLACE_EXHIBITION) {
        return TRANSFER_EXHIBITION_OUT;
    }
    return s->from.kind == PLACE_EXHIBITION ? TRANSFER_EXHIBITION_BACK : TRANSFER_PLAIN;
}

static enum err check_places(struct send *s, struct ctx *cx)
{
    enum err e;

    if ((e = own_place(&s->from, cx, s->w->from, "from")) ||
        (e = own_place(&s->to, cx, s->w->to, "to"))) {
        return e;
    }
    if (place_id_equal(s->from.id, s->to.id)) {
        return refuse_field(cx, ERR_INVALID, "place-same", "to",
                            _("Tempat tujuan sama dengan tempat asal. Pilih tujuan lain."));
    }
    return place_of_kind(&s->transit, cx, PLACE_TRANSIT);
}

static enum err put_lines(struct send *s, struct ctx *cx)
{
    int32_t moves = 0;
    enum err e = OK;

    for (size_t i = 0; i < s->items.count && !e; i++) {
        const struct taken *t = &s->items.items[i];
        const int32_t line = (int32_t)i + 1;

        e = fact_put(cx, &transfer_line_table,
                     &(struct transfer_line_row){
                         .transfer = s->out->id,
                         .line = line,
                         .lot = t->lot,
                         .unit = t->unit,
                         .qty = t->qty,
                     });
        e = e ? e : taken_move(cx, &moves, t, s->from.id, s->transit.id, "sent", line);
    }
    return e;
}

static enum err send_work(struct ctx *cx, void *arg)
{
    struct send *s = arg;
    const struct transfer_new *w = s->w;
    enum err e;

    *s = (struct send){.out = s->out, .w = w};
    if ((e = check_places(s, cx)) || (e = note_check(cx, w->note, false))) {
        return e;
    }
    if (w->count == 0) {
        return refuse_field(
            cx, ERR_INVALID, "transfer-empty", "code",
            _("Belum ada barang yang dikirim. Pindai atau ketik paling sedikit satu "
              "label."));
    }
    if ((e = takes_find(&s->items, cx, w->takes, w->count, &s->from)) ||
        (e = document_no_take(&s->out->number, cx, DOC_TRANSFER))) {
        return e;
    }
    s->out->id = transfer_id_new(act_at(cx));
    e = fact_put(cx, &transfer_table,
                 &(struct transfer_row){
                     .id = s->out->id,
                     .number = s->out->number.text,
                     .kind = kinds[kind_of(s)],
                     .from = s->from.id,
                     .to = s->to.id,
                     .note = w->note,
                     .due = w->due,
                 });
    return e ? e : put_lines(s, cx);
}

enum err transfer_send(struct transfer_made *out, struct ctx *cx, const struct transfer_new *wanted)
{
    struct send s = {.out = out, .w = wanted};

    return act_run(cx, "transfer.sent", 1, send_work, &s);
}

/* ---- reading ---- */

static void transfer_read(struct transfer *out, struct ctx *cx, struct stmt *st)
{
    static const char *const from[] = {"from_id", "from_kind", "from_code", "from_name"};
    static const char *const to[] = {"to_id", "to_kind", "to_code", "to_name"};
    const char *kind = col_text(st, "kind");

    *out = (struct transfer){
        .number = arena_text(cx->arena, col_text(st, "number")),
        .note = arena_text(cx->arena, col_text(st, "note")),
        .due = col_day(st, "due_day"),
        .sender = arena_text(cx->arena, col_text(st, "sender")),
        .sent_at = col_instant(st, "sent_at_ms"),
        .received = !col_null(st, "receiver"),
        .receiver = arena_text(cx->arena, col_text(st, "receiver")),
        .receipt_note = arena_text(cx->arena, col_text(st, "receipt_note")),
    };
    for (size_t i = 0; i < LENGTH(kinds); i++) {
        out->kind = strcmp(kinds[i], kind) == 0 ? (enum transfer_kind)i : out->kind;
    }
    if (out->received) {
        out->received_at = col_instant(st, "received_at_ms");
    }
    col_id(st, "id", out->id.bytes);
    place_read(&out->from, cx, st, from);
    place_read(&out->to, cx, st, to);
}

static enum err read_list(struct transfer_list *out, struct ctx *cx, const char *number, bool open,
                          size_t most)
{
    struct stmt *st = db_stmt(cx->db, SQL_TRANSFER_LIST);
    enum err e = OK;

    *out = (struct transfer_list){.items = ARENA_ARRAY(cx->arena, struct transfer, most)};
    bind_text(st, ":site", cx->site->code);
    bind_text(st, ":number", number);
    bind_bool(st, ":open", open);
    bind_int(st, ":most", (int64_t)most);
    while (out->count < most && stmt_row(st, &e)) {
        transfer_read(&out->items[out->count++], cx, st);
    }
    stmt_done(st);
    return e;
}

enum err transfer_list(struct transfer_list *out, struct ctx *cx, bool open)
{
    return read_list(out, cx, "", open, TRANSFERS_SHOWN);
}

static enum err read_lines(struct transfer *t, struct ctx *cx)
{
    struct stmt *st = db_stmt(cx->db, SQL_TRANSFER_LINES);
    struct transfer_line *lines = ARENA_ARRAY(cx->arena, struct transfer_line, TAKES_MAX);
    enum err e = OK;

    bind_text(st, ":site", cx->site->code);
    bind_id(st, ":transfer", t->id.bytes);
    while (t->line_count < TAKES_MAX && stmt_row(st, &e)) {
        struct transfer_line *l = &lines[t->line_count++];

        *l = (struct transfer_line){.line = (int32_t)col_int(st, "line"),
                                    .received_known = !col_null(st, "received_milli")};
        taken_read(&l->item, cx, st);
        col_id(st, "unit_id", l->item.unit.bytes);
        l->received = l->received_known ? col_qty(st, "received_milli") : QTY(0);
    }
    stmt_done(st);
    t->lines = lines;
    return e;
}

enum err transfer_get(struct transfer *out, struct ctx *cx, const char *number)
{
    struct transfer_list list;
    enum err e = read_list(&list, cx, number, false, 1);

    if (e) {
        return e;
    }
    if (list.count == 0 || !*number) {
        return refuse(cx, ERR_NOT_FOUND, "transfer-unknown",
                      _("Surat jalan %.30s tidak ada. Periksa nomornya di daftar kiriman."),
                      number);
    }
    *out = list.items[0];
    return read_lines(out, cx);
}

/* ---- receiving ---- */

struct receive {
    size_t *missing;
    const char *number, *note;
    const struct take *got;
    size_t count;
    struct transfer t;
    int64_t *arrived; /* thousandths, by line */
    struct place transit;
};

static enum err received_already(struct ctx *cx, const struct transfer *t)
{
    char when[DATE_TEXT_MAX];

    time_seconds(when, t->received_at, cx->site->zone);
    return refuse(cx, ERR_CONFLICT, "transfer-received",
                  _("%s sudah diterima oleh %s pada %s. Selisihnya, bila ada, tercatat sebagai "
                    "kasus."),
                  t->number, t->receiver, when);
}

/* The lines of a counted lot are filled one after the other. */
static enum err got_lot(struct receive *r, struct ctx *cx, const struct label *label,
                        struct qty qty)
{
    int64_t left = qty.milli;
    bool found = false;

    if (qty.milli < 0) {
        return refuse_field(cx, ERR_INVALID, "qty-zero", "qty",
                            _("%s dihitung per %s: tulis berapa banyak."), label->product.name,
                            label->product.unit);
    }

    for (size_t i = 0; i < r->t.line_count; i++) {
        const struct transfer_line *l = &r->t.lines[i];
        const int64_t room = l->item.qty.milli - r->arrived[i];
        const bool fits = lot_id_equal(l->item.lot, label->lot) && left > 0 && room > 0;

        found = found || lot_id_equal(l->item.lot, label->lot);
        if (fits) {
            r->arrived[i] += left < room ? left : room;
            left -= left < room ? left : room;
        }
    }
    if (!found) {
        return refuse_field(cx, ERR_REFUSED, "transfer-extra", "code",
                            _("Lot %s (%s) bukan bagian %s. Sisihkan, dan cari surat jalannya "
                              "sendiri."),
                            label->code.text, label->product.name, r->t.number);
    }
    if (left > 0) {
        return refuse_field(cx, ERR_REFUSED, "transfer-more", "qty",
                            _("Lot %s (%s): lebih banyak daripada yang dikirim. Hitung lagi; "
                              "kelebihan dicatat dengan kiriman tersendiri."),
                            label->code.text, label->product.name);
    }
    return OK;
}

static enum err got_one(struct receive *r, struct ctx *cx, const struct take *got)
{
    struct label label;
    enum err e = take_label(&label, cx, got->code);

    if (e) {
        return e;
    }
    if (!label.is_piece) {
        return got_lot(r, cx, &label, got->qty);
    }
    for (size_t i = 0; i < r->t.line_count; i++) {
        if (unit_id_equal(r->t.lines[i].item.unit, label.unit)) {
            r->arrived[i] = 1000; /* scanned twice is there once */
            return OK;
        }
    }
    return refuse_field(cx, ERR_REFUSED, "transfer-extra", "code",
                        _("Label %s (%s) bukan bagian %s. Sisihkan, dan cari surat jalannya "
                          "sendiri."),
                        label.code.text, label.product.name, r->t.number);
}

static enum err put_missing(struct receive *r, struct ctx *cx, const struct transfer_line *l,
                            int64_t milli)
{
    struct taken item = l->item;
    struct document_no number;

    item.qty = QTY(milli);
    ++*r->missing;
    return case_put(&number, cx,
                    &(struct case_new){
                        .kind = CASE_TRANSFER_SHORT,
                        .item = &item,
                        .place = r->transit.id,
                        .other = r->t.to.id,
                        .source = document_act_id(r->t.id.bytes),
                        .note = r->note,
                    });
}

static enum err put_received(struct receive *r, struct ctx *cx)
{
    int32_t moves = 0;
    enum err e = OK;

    for (size_t i = 0; i < r->t.line_count && !e; i++) {
        const struct transfer_line *l = &r->t.lines[i];
        struct taken item = l->item;

        item.qty = QTY(r->arrived[i]);
        e = fact_put(
            cx, &transfer_received_table,
            &(struct transfer_received_row){.transfer = r->t.id, .line = l->line, .qty = item.qty});
        if (!e && item.qty.milli > 0) {
            e = taken_move(cx, &moves, &item, r->transit.id, r->t.to.id, "received", l->line);
        }
        if (!e && item.qty.milli < l->item.qty.milli) {
            e = put_missing(r, cx, l, l->item.qty.milli - item.qty.milli);
        }
    }
    return e;
}

static enum err receive_work(struct ctx *cx, void *arg)
{
    struct receive *r = arg;
    enum err e;

    *r->missing = 0;
    if ((e = transfer_get(&r->t, cx, r->number)) || (e = note_check(cx, r->note, false)) ||
        (e = place_of_kind(&r->transit, cx, PLACE_TRANSIT))) {
        return e;
    }
    if (r->t.received) {
        return received_already(cx, &r->t);
    }
    if (strcmp(r->t.sender, cx->actor) == 0) {
        return refuse(cx, ERR_FORBIDDEN, "transfer-self",
                      _("Anda yang mengirim %s. Serah terima perlu orang kedua: minta penerima "
                        "masuk dengan namanya sendiri."),
                      r->t.number);
    }
    r->arrived = ARENA_ARRAY(cx->arena, int64_t, r->t.line_count + 1);
    memset(r->arrived, 0, (r->t.line_count + 1) * sizeof *r->arrived);
    for (size_t i = 0; i < r->count && !e; i++) {
        e = got_one(r, cx, &r->got[i]);
    }
    if (!e) {
        e = fact_put(cx, &transfer_receipt_table,
                     &(struct transfer_receipt_row){
                         .transfer = r->t.id, .receiver = cx->actor, .note = r->note});
    }
    return e ? e : put_received(r, cx);
}

enum err transfer_receive(size_t *missing, struct ctx *cx, const char *number,
                          const struct take *got, size_t count, const char *note)
{
    struct receive r = {
        .missing = missing, .number = number, .note = note, .got = got, .count = count};

    return act_run(cx, "transfer.received", 1, receive_work, &r);
}
