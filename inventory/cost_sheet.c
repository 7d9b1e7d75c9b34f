/* Cost sheets: what a thing costs to make, version by version. */
#include "inventory/base/arena.h"
#include "inventory/base/id.h"
#include "inventory/base/utf8.h"
#include "inventory/fact.h"
#include "inventory/price_proposal.h"
#include "sql_names.h"

static const struct fact_col cost_sheet_cols[] = {
    FACT_COL(cost_sheet_row, "id", id),
    FACT_COL(cost_sheet_row, "product_id", product),
    FACT_COL_OPTIONAL(cost_sheet_row, "variant_id", variant),
    FACT_COL(cost_sheet_row, "version", version),
    FACT_COL(cost_sheet_row, "material_rp", material),
    FACT_COL(cost_sheet_row, "overhead_rp", overhead),
    FACT_COL(cost_sheet_row, "note", note),
    FACT_COL(cost_sheet_row, "author", author),
};
const struct fact_table cost_sheet_table =
    FACT_TABLE("cost_sheet", cost_sheet_row, cost_sheet_cols);

static const struct fact_col cost_sheet_line_cols[] = {
    FACT_COL(cost_sheet_line_row, "sheet_id", sheet),   FACT_COL(cost_sheet_line_row, "line", line),
    FACT_COL(cost_sheet_line_row, "kind", kind),        FACT_COL(cost_sheet_line_row, "what", what),
    FACT_COL(cost_sheet_line_row, "amount_rp", amount),
};
const struct fact_table cost_sheet_line_table =
    FACT_TABLE("cost_sheet_line", cost_sheet_line_row, cost_sheet_line_cols);

struct sheet_ask {
    struct cost_sheet *out;
    const struct sheet_new *w;
};

static enum err check_lines(struct cost_sheet *out, struct ctx *cx, const struct sheet_new *w)
{
    if (w->line_count == 0) {
        return refuse_field(
            cx, ERR_INVALID, "sheet-empty", "lines",
            _("Lembar biaya masih kosong. Isi paling sedikit satu bahan atau ongkos."));
    }
    if (w->line_count > SHEET_LINES_MAX || utf8_count(w->note) > BASIS_MAX) {
        return refuse_field(cx, ERR_LIMIT, "sheet-many", "lines",
                            _("Paling banyak %d baris biaya. Gabungkan yang kecil."),
                            SHEET_LINES_MAX);
    }
    for (size_t i = 0; i < w->line_count; i++) {
        const struct sheet_line *l = &w->lines[i];
        const size_t n = utf8_count(l->what);
        struct rupiah *sum = l->overhead ? &out->overhead : &out->material;

        if (n == 0 || n > SHEET_TEXT_MAX || !utf8_valid(l->what, strlen(l->what)) ||
            l->amount.rp < 0 || l->amount.rp > RUPIAH_MAX || !rupiah_add(sum, *sum, l->amount) ||
            !rupiah_add(&out->total, out->total, l->amount) || out->total.rp > RUPIAH_MAX) {
            return refuse_field(cx, ERR_INVALID, "sheet-line", "lines",
                                _("Baris biaya ke-%zu: tulis namanya dan jumlah rupiahnya."),
                                i + 1);
        }
    }
    return OK;
}

static enum err put_lines(struct ctx *cx, const struct cost_sheet *s, const struct sheet_new *w)
{
    enum err e = OK;

    for (size_t i = 0; i < w->line_count && !e; i++) {
        e = fact_put(cx, &cost_sheet_line_table,
                     &(struct cost_sheet_line_row){
                         .sheet = s->id,
                         .line = (int32_t)i + 1,
                         .kind = w->lines[i].overhead ? "overhead" : "material",
                         .what = w->lines[i].what,
                         .amount = w->lines[i].amount,
                     });
    }
    return e;
}

static enum err sheet_work(struct ctx *cx, void *arg)
{
    struct sheet_ask *a = arg;
    struct cost_sheet *s = a->out;
    struct cost_sheet before;
    struct product product;
    enum err e;

    *s = (struct cost_sheet){.author = cx->actor, .note = a->w->note};
    e = product_by_id(&product, cx, a->w->product);
    if (e == ERR_NOT_FOUND) {
        return refuse(cx, e, "product-unknown",
                      _("Barang itu tidak ada. Muat ulang daftar barang."));
    }
    if (e || (e = check_lines(s, cx, a->w)) ||
        (e = cost_sheet_now(&before, cx, a->w->product, a->w->variant))) {
        return e;
    }
    s->id = cost_sheet_id_new(act_at(cx));
    s->version = before.version + 1;
    e = fact_put(cx, &cost_sheet_table,
                 &(struct cost_sheet_row){
                     .id = s->id,
                     .product = a->w->product,
                     .variant = a->w->variant,
                     .version = s->version,
                     .material = s->material,
                     .overhead = s->overhead,
                     .note = a->w->note,
                     .author = cx->actor,
                 });
    return e ? e : put_lines(cx, s, a->w);
}

enum err cost_sheet_put(struct cost_sheet *out, struct ctx *cx, const struct sheet_new *wanted)
{
    struct sheet_ask a = {.out = out, .w = wanted};

    return act_run(cx, "cost.sheet", 1, sheet_work, &a);
}

/* ---- reading ---- */

static enum err read_lines(struct cost_sheet *s, struct ctx *cx)
{
    struct stmt *st = db_stmt(cx->db, SQL_COST_SHEET_LINES);
    struct sheet_line *lines = ARENA_ARRAY(cx->arena, struct sheet_line, SHEET_LINES_MAX);
    enum err e = OK;

    bind_text(st, ":site", cx->site->code);
    bind_id(st, ":sheet", s->id.bytes);
    while (s->line_count < SHEET_LINES_MAX && stmt_row(st, &e)) {
        lines[s->line_count++] =
            (struct sheet_line){.overhead = strcmp(col_text(st, "kind"), "overhead") == 0,
                                .what = arena_text(cx->arena, col_text(st, "what")),
                                .amount = col_rupiah(st, "amount_rp")};
    }
    stmt_done(st);
    s->lines = lines;
    return e;
}

static void read_head(struct cost_sheet *out, struct ctx *cx, struct stmt *st)
{
    *out = (struct cost_sheet){.lines = NULL};
    out->version = (int32_t)col_int(st, "version");
    out->material = col_rupiah(st, "material_rp");
    out->overhead = col_rupiah(st, "overhead_rp");
    out->total = RUPIAH(out->material.rp + out->overhead.rp);
    out->note = arena_text(cx->arena, col_text(st, "note"));
    out->author = arena_text(cx->arena, col_text(st, "author"));
    out->at = col_instant(st, "at_ms");
    col_id(st, "id", out->id.bytes);
}

static enum err read_sheet(struct cost_sheet *out, struct ctx *cx, struct stmt *st)
{
    enum err e = stmt_one(st);

    *out = (struct cost_sheet){.note = "", .author = ""};
    if (e) {
        return e == ERR_NOT_FOUND ? OK : e;
    }
    read_head(out, cx, st);
    stmt_done(st);
    return read_lines(out, cx);
}

enum err cost_sheet_list(struct cost_sheet_list *out, struct ctx *cx, struct product_id product,
                         struct variant_id variant)
{
    struct stmt *st = db_stmt(cx->db, SQL_COST_SHEET_LIST);
    enum err e = OK;

    *out =
        (struct cost_sheet_list){.items = ARENA_ARRAY(cx->arena, struct cost_sheet, SHEETS_SHOWN)};
    bind_text(st, ":site", cx->site->code);
    bind_id(st, ":product", product.bytes);
    bind_id(st, ":variant", variant.bytes);
    bind_int(st, ":most", SHEETS_SHOWN);
    while (out->count < SHEETS_SHOWN && stmt_row(st, &e)) {
        read_head(&out->items[out->count++], cx, st);
    }
    stmt_done(st);
    return e;
}

enum err cost_sheet_now(struct cost_sheet *out, struct ctx *cx, struct product_id product,
                        struct variant_id variant)
{
    struct stmt *st = db_stmt(cx->db, SQL_COST_SHEET_NOW);

    bind_text(st, ":site", cx->site->code);
    bind_id(st, ":product", product.bytes);
    bind_id(st, ":variant", variant.bytes);
    return read_sheet(out, cx, st);
}

enum err cost_sheet_by_id(struct cost_sheet *out, struct ctx *cx, struct cost_sheet_id id)
{
    struct stmt *st = db_stmt(cx->db, SQL_COST_SHEET_GET);

    bind_text(st, ":site", cx->site->code);
    bind_id(st, ":id", id.bytes);
    return read_sheet(out, cx, st);
}
