/* Labels that are printed, and codes that are taken out of force. */
#include "inventory/label_print.h"

#include "inventory/base/arena.h"
#include "inventory/base/id.h"
#include "inventory/base/utf8.h"
#include "inventory/fact.h"
#include "inventory/label_print_parts.h"
#include "sql_names.h"

static const struct fact_col label_print_cols[] = {
    FACT_COL(label_print_row, "id", id),
    FACT_COL(label_print_row, "number", number),
    FACT_COL(label_print_row, "lot_id", lot),
    FACT_COL(label_print_row, "size", size),
    FACT_COL(label_print_row, "medium", medium),
    FACT_COL(label_print_row, "printer", printer),
    FACT_COL(label_print_row, "start_cell", start_cell),
    FACT_COL(label_print_row, "host", host),
    FACT_COL(label_print_row, "name", name),
    FACT_COL(label_print_row, "variant", variant),
    FACT_COL(label_print_row, "price_known", price_known),
    FACT_COL(label_print_row, "price_rp", price),
    FACT_COL(label_print_row, "count", count),
    FACT_COL(label_print_row, "reason", reason),
};
const struct fact_table label_print_table =
    FACT_TABLE("label_print", label_print_row, label_print_cols);

static const struct fact_col label_print_line_cols[] = {
    FACT_COL(label_print_line_row, "print_id", print),
    FACT_COL(label_print_line_row, "line", line),
    FACT_COL(label_print_line_row, "code", code),
    FACT_COL(label_print_line_row, "copy_no", copy_no),
};
const struct fact_table label_print_line_table =
    FACT_TABLE("label_print_line", label_print_line_row, label_print_line_cols);

static const struct fact_col label_void_cols[] = {
    FACT_COL(label_void_row, "code", code),         FACT_COL(label_void_row, "lot_id", lot),
    FACT_COL(label_void_row, "unit_no", unit_no),   FACT_COL(label_void_row, "n", n),
    FACT_COL(label_void_row, "new_code", new_code), FACT_COL(label_void_row, "reason", reason),
};
const struct fact_table label_void_table =
    FACT_TABLE("label_void", label_void_row, label_void_cols);

/* ---- the labels of a lot ---- */

enum err label_things(struct label_things *out, struct ctx *cx, struct lot_id id, int32_t from,
                      int32_t count)
{
    enum err e = lot_by_id(&out->lot, cx, id);
    struct stmt *st;

    out->count = 0;
    if (e) {
        return e == ERR_NOT_FOUND
                   ? refuse_field(cx, e, "lot-unknown", "lot", _("Lot itu tidak ada."))
                   : e;
    }
    out->piece = out->lot.product.tracking == TRACK_PIECE;
    if (!out->piece) {
        out->items = ARENA_ARRAY(cx->arena, struct label_thing, 1);
        out->items[0] = (struct label_thing){.code = out->lot.label};
        out->count = 1;
        return label_copies(&out->items[0].copies, cx, out->lot.label);
    }
    out->items = ARENA_ARRAY(cx->arena, struct label_thing, (size_t)count);
    st = db_stmt(cx->db, SQL_LABEL_CODES);
    bind_text(st, ":site", cx->site->code);
    bind_id(st, ":lot", id.bytes);
    bind_int(st, ":from_no", from);
    bind_int(st, ":to_no", (int64_t)from + count - 1);
    while (out->count < (size_t)count && stmt_row(st, &e)) {
        struct label_thing *t = &out->items[out->count++];

        *t = (struct label_thing){
            .no = (int32_t)col_int(st, "no"),
            .copies = (int32_t)col_int(st, "copies"),
            .sold = strcmp(col_text(st, "kind"), "customer") == 0,
        };
        (void)snprintf(t->code.text, sizeof t->code.text, "%s", col_text(st, "code"));
    }
    stmt_done(st);
    return e;
}

static const char *groups(struct ctx *cx, struct label_code code)
{
    char text[LABEL_GROUPS_MAX];

    label_code_groups(text, code);
    return arena_text(cx->arena, text);
}

static enum err check_range(struct label_things *things, struct ctx *cx, struct lot_id lot,
                            int32_t from, int32_t count)
{
    enum err e;

    if (from < 1 || count < 1 || count > LABEL_PRINT_MAX) {
        return refuse_field(cx, ERR_INVALID, "label-range", "count",
                            _("Jumlah label 1 sampai %d, dan label pertama paling kecil 1."),
                            LABEL_PRINT_MAX);
    }
    if ((e = label_things(things, cx, lot, from, count))) {
        return e;
    }
    if (things->piece && things->count < (size_t)count) {
        return refuse_field(cx, ERR_INVALID, "label-range", "count",
                            _("Lot ini berisi %d potong: tidak ada label ke-%d sampai ke-%d. "
                              "Kurangi jumlahnya."),
                            (int)(things->lot.qty.milli / 1000), (int)from,
                            (int)(from + count - 1));
    }
    return OK;
}

static enum err check_reason(struct ctx *cx, const char *reason)
{
    size_t n = strlen(reason);

    if (!utf8_valid(reason, n) || utf8_count(reason) > LABEL_REASON_LEN_MAX ||
        utf8_has_control(reason) || strchr(reason, '\n')) {
        return refuse_field(cx, ERR_INVALID, "label-reason", "reason",
                            _("Alasan paling panjang %d huruf, dalam satu baris."),
                            LABEL_REASON_LEN_MAX);
    }
    return OK;
}

/* ---- printing ---- */

struct printing {
    struct label_printed *out;
    const struct label_print_new *w;
    struct label_things things;
    bool priced;
    struct rupiah price;
    const char *variant;
};

static bool one_of(const char *text, const char *const *words, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (strcmp(text, words[i]) == 0) {
            return true;
        }
    }
    return false;
}

static enum err check_paper(struct ctx *cx, const struct label_print_new *w)
{
    static const char *const sizes[] = {"40x30", "50x25", "70x40"};
    static const char *const media[] = {"roll", "sheet"};
    struct label_printer_row printer;
    size_t n = strlen(w->host);

    if (!one_of(w->size, sizes, LENGTH(sizes)) || !one_of(w->medium, media, LENGTH(media))) {
        return refuse_field(cx, ERR_INVALID, "label-size", "size",
                            _("Ukuran label itu tidak ada. Pilih dari daftar."));
    }
    if (w->start_cell < 1 || w->start_cell > LABEL_CELLS_MOST) {
        return refuse_field(cx, ERR_INVALID, "label-cell", "cell",
                            _("Petak awal 1 sampai banyaknya petak pada lembar."));
    }
    if (n == 0 || n > 200) {
        return refuse_field(cx, ERR_REFUSED, "label-host", "host",
                            _("Alamat label belum diatur. Minta admin mengisi nama host label di "
                              "halaman Atur."));
    }
    if (w->printer[0]) {
        enum err e = label_printer_get(&printer, cx, w->printer);
        return e == ERR_NOT_FOUND
                   ? refuse_field(cx, e, "label-printer", "printer",
                                  _("Pencetak \"%.40s\" belum dicatat. Pilih dari daftar atau "
                                    "catat dulu."),
                                  w->printer)
                   : e;
    }
    return OK;
}

/* The first that was printed before wants a reason. */
static enum err check_again(struct printing *p, struct ctx *cx)
{
    for (size_t i = 0; i < p->things.count && !p->w->reason[0]; i++) {
        const struct label_thing *t = &p->things.items[i];
        const char *number;

        if (t->copies > 0) {
            enum err e = label_last_number(&number, cx, t->code);
            if (e) {
                return e;
            }
            return refuse_field(
                cx, ERR_INVALID, "label-reason", "reason",
                _("Label %s sudah %d kali dicetak, terakhir dengan %s. Tulis alasan "
                  "mencetak lagi, misalnya \"label rusak\" atau \"kertas macet\"."),
                groups(cx, t->code), (int)t->copies, number);
        }
    }
    return OK;
}

static enum err price_now(struct printing *p, struct ctx *cx)
{
    struct variant_id variant;
    struct price price;
    enum err e = label_variant_of(&variant, &p->variant, cx, p->w->lot);

    if (e) {
        return e;
    }
    e = price_in_force(&price, cx, p->things.lot.product.id, variant, act_at(cx));
    p->priced = e == OK;
    p->price = e ? RUPIAH(0) : price.price;
    return e == ERR_NOT_FOUND ? OK : e;
}

static enum err put_print(struct printing *p, struct ctx *cx)
{
    const struct label_print_new *w = p->w;
    enum err e = document_no_take(&p->out->number, cx, DOC_LABEL_PRINT);

    if (e) {
        return e;
    }
    p->out->id = label_print_id_new(act_at(cx));
    e = fact_put(cx, &label_print_table,
                 &(struct label_print_row){
                     .id = p->out->id,
                     .number = p->out->number.text,
                     .lot = w->lot,
                     .size = w->size,
                     .medium = w->medium,
                     .printer = w->printer,
                     .start_cell = w->start_cell,
                     .host = w->host,
                     .name = p->things.lot.product.name,
                     .variant = p->variant,
                     .price_known = p->priced,
                     .price = p->price,
                     .count = w->count,
                     .reason = w->reason,
                 });
    for (size_t i = 0; i < p->things.count && !e; i++) {
        e = fact_put(cx, &label_print_line_table,
                     &(struct label_print_line_row){
                         .print = p->out->id,
                         .line = (int32_t)i + 1,
                         .code = p->things.items[i].code.text,
                         .copy_no = p->things.items[i].copies + 1,
                     });
    }
    return e;
}

static enum err print_work(struct ctx *cx, void *arg)
{
    struct printing *p = arg;
    const struct label_print_new *w = p->w;
    enum err e;

    *p = (struct printing){.out = p->out, .w = w, .variant = ""};
    if ((e = check_paper(cx, w)) || (e = check_reason(cx, w->reason)) ||
        (e = check_range(&p->things, cx, w->lot, w->from, w->count)) || (e = check_again(p, cx)) ||
        (e = price_now(p, cx))) {
        return e;
    }
    return put_print(p, cx);
}

enum err label_print(struct label_printed *out, struct ctx *cx,
                     const struct label_print_new *wanted)
{
    struct printing p = {.out = out, .w = wanted};

    return act_run(cx, "label.printed", 1, print_work, &p);
}

/* ---- codes out of force ---- */

struct voiding {
    const struct label_void_new *w;
    struct label_things things;
};

static enum err last_void(int32_t *n, struct ctx *cx, struct lot_id lot, int32_t no)
{
    struct stmt *st = db_stmt(cx->db, SQL_LABEL_VOID_LAST);
    enum err e;

    bind_text(st, ":site", cx->site->code);
    bind_id(st, ":lot", lot.bytes);
    bind_int(st, ":no", no);
    e = stmt_one(st);
    *n = e ? 0 : (int32_t)col_int(st, "n");
    stmt_done(st);
    return e == ERR_NOT_FOUND ? OK : e;
}

static enum err void_one(struct voiding *v, struct ctx *cx, const struct label_thing *t)
{
    struct label_void_row row = {
        .code = t->code.text, .lot = v->w->lot, .unit_no = t->no, .reason = v->w->reason};
    struct label_code code;
    enum err e;

    if (t->sold) {
        return refuse_field(cx, ERR_REFUSED, "label-sold", "count",
                            _("Label %s sudah terjual; kodenya ada pada struk, jadi tidak dapat "
                              "dibatalkan."),
                            groups(cx, t->code));
    }
    if ((e = last_void(&row.n, cx, v->w->lot, t->no)) || (e = label_code_take(&code, cx))) {
        return e;
    }
    row.n++;
    row.new_code = code.text;
    return fact_put(cx, &label_void_table, &row);
}

static enum err void_work(struct ctx *cx, void *arg)
{
    struct voiding *v = arg;
    enum err e;

    *v = (struct voiding){.w = v->w};
    if (!v->w->reason[0]) {
        return refuse_field(cx, ERR_INVALID, "label-reason", "reason",
                            _("Tulis alasan membatalkan label, misalnya \"kertas macet\"."));
    }
    if ((e = check_reason(cx, v->w->reason)) ||
        (e = check_range(&v->things, cx, v->w->lot, v->w->from, v->w->count))) {
        return e;
    }
    for (size_t i = 0; i < v->things.count && !e; i++) {
        e = void_one(v, cx, &v->things.items[i]);
    }
    return e;
}

enum err label_void(int32_t *voided, struct ctx *cx, const struct label_void_new *wanted)
{
    struct voiding v = {.w = wanted};
    enum err e = act_run(cx, "label.void", 1, void_work, &v);

    *voided = e ? 0 : (int32_t)v.things.count;
    return e;
}
