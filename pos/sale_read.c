/* A stored sale, as it was written. */
#include "inventory/base/arena.h"
#include "inventory/base/id.h"
#include "inventory/base/secret.h"
#include "inventory/fact.h"
#include "pos/sale.h"
#include "sql_names.h"

static const char *text(struct ctx *cx, struct stmt *st, const char *name)
{
    return arena_text(cx->arena, col_text(st, name));
}

static void fill_head(struct sale_row *h, struct ctx *cx, struct stmt *st)
{
    const void *content;
    size_t n;

    *h = (struct sale_row){
        .number = text(cx, st, "number"),
        .epoch = text(cx, st, "epoch"),
        .year = (int32_t)col_int(st, "year"),
        .till = text(cx, st, "till"),
        .no = col_int(st, "no"),
        .day = col_day(st, "business_day"),
        .at = col_instant(st, "at_ms"),
        .cashier = text(cx, st, "cashier"),
        .journal_seq = col_int(st, "journal_seq"),
        .line_count = (int32_t)col_int(st, "line_count"),
        .total = col_rupiah(st, "total_rp"),
        .tendered = col_rupiah(st, "tendered_rp"),
        .change = col_rupiah(st, "change_rp"),
        .pnbp = col_rupiah(st, "pnbp_rp"),
        .premi = col_rupiah(st, "premi_rp"),
        .fund = col_rupiah(st, "fund_rp"),
        .cost = col_rupiah(st, "cost_rp"),
    };
    col_id(st, "key", h->key.bytes);
    content = col_blob(st, "content", &n);
    if (n == sizeof h->content.bytes) {
        memcpy(h->content.bytes, content, n);
    }
}

static void fill_line(struct sale_line_row *l, struct ctx *cx, struct stmt *st)
{
    *l = (struct sale_line_row){
        .line = (int32_t)col_int(st, "line"),
        .code = col_null(st, "code") ? NULL : text(cx, st, "code"),
        .sku = text(cx, st, "sku"),
        .name = text(cx, st, "name"),
        .unit_name = text(cx, st, "unit_name"),
        .qty = col_qty(st, "qty_milli"),
        .price = col_rupiah(st, "price_rp"),
        .total = col_rupiah(st, "total_rp"),
        .cost_known = col_bool(st, "cost_known"),
        .cost_total = col_rupiah(st, "cost_total_rp"),
        .revenue_account = text(cx, st, "revenue_account"),
        .rule = text(cx, st, "rule"),
        .rule_base = text(cx, st, "rule_base"),
        .pnbp_bps = (int32_t)col_int(st, "pnbp_bps"),
        .premi_bps = (int32_t)col_int(st, "premi_bps"),
        .fund_bps = (int32_t)col_int(st, "fund_bps"),
        .base = col_rupiah(st, "base_rp"),
        .pnbp = col_rupiah(st, "pnbp_rp"),
        .premi = col_rupiah(st, "premi_rp"),
        .fund = col_rupiah(st, "fund_rp"),
        .cost_back = col_rupiah(st, "cost_back_rp"),
        .loss = col_bool(st, "loss"),
    };
    col_id(st, "product_id", l->product.bytes);
    col_id(st, "variant_id", l->variant.bytes);
    col_id(st, "unit_id", l->unit.bytes);
    col_id(st, "price_id", l->price_id.bytes);
}

static struct stmt *of_sale(struct ctx *cx, int sql_id, struct sale_id id)
{
    struct stmt *st = db_stmt(cx->db, sql_id);

    bind_text(st, ":site", cx->site->code);
    bind_id(st, ":sale", id.bytes);
    return st;
}

static enum err read_head(struct sale *out, struct ctx *cx)
{
    struct stmt *st = of_sale(cx, SQL_SALE_BY_ID, out->id);
    enum err e = stmt_one(st);

    if (!e) {
        fill_head(&out->head, cx, st);
    }
    stmt_done(st);
    return e;
}

static enum err read_lines(struct sale *out, struct ctx *cx)
{
    struct stmt *st = of_sale(cx, SQL_SALE_LINES, out->id);
    size_t most = (size_t)out->head.line_count;
    enum err e = OK;

    out->lines = ARENA_ARRAY(cx->arena, struct sale_line_row, most);
    while (out->line_count < most && stmt_row(st, &e)) {
        fill_line(&out->lines[out->line_count++], cx, st);
    }
    stmt_done(st);
    return e;
}

static enum err read_payments(struct sale *out, struct ctx *cx)
{
    struct stmt *st = of_sale(cx, SQL_SALE_PAYMENTS, out->id);
    enum err e = OK;

    out->payments = ARENA_ARRAY(cx->arena, struct payment_row, TENDERS_MAX);
    while (out->payment_count < TENDERS_MAX && stmt_row(st, &e)) {
        struct payment_row *p = &out->payments[out->payment_count++];

        *p = (struct payment_row){
            .line = (int32_t)col_int(st, "line"),
            .kind = text(cx, st, "kind"),
            .tendered = col_rupiah(st, "tendered_rp"),
            .change = col_rupiah(st, "change_rp"),
            .amount = col_rupiah(st, "amount_rp"),
        };
        col_id(st, "account_id", p->account.bytes);
    }
    stmt_done(st);
    return e;
}

static enum err unknown(struct ctx *cx)
{
    return refuse(cx, ERR_NOT_FOUND, "sale-unknown",
                  _("Struk itu tidak ada. Periksa nomornya, misalnya 1/632331/2026/000001."));
}

enum err sale_by_id(struct sale *out, struct ctx *cx, struct sale_id id)
{
    enum err e;

    *out = (struct sale){.id = id};
    if ((e = read_head(out, cx))) {
        return e == ERR_NOT_FOUND ? unknown(cx) : e;
    }
    return (e = read_lines(out, cx)) ? e : read_payments(out, cx);
}

/* The statement gives act_id in one row, or none. */
static enum err by_statement(struct sale *out, struct ctx *cx, struct stmt *st)
{
    struct sale_id id;
    enum err e = stmt_one(st);

    if (e) {
        stmt_done(st);
        return e == ERR_NOT_FOUND ? unknown(cx) : e;
    }
    col_id(st, "act_id", id.bytes);
    stmt_done(st);
    return sale_by_id(out, cx, id);
}

enum err sale_by_number(struct sale *out, struct ctx *cx, const char *number)
{
    struct stmt *st = db_stmt(cx->db, SQL_SALE_ID_BY_NUMBER);

    bind_text(st, ":site", cx->site->code);
    bind_text(st, ":number", number);
    return by_statement(out, cx, st);
}

static struct stmt *key_ask(struct ctx *cx, struct idem_id key)
{
    struct stmt *st = db_stmt(cx->db, SQL_SALE_ID_BY_KEY);

    bind_text(st, ":site", cx->site->code);
    bind_id(st, ":key", key.bytes);
    return st;
}

void sale_key_ahead(struct ctx *cx, struct idem_id key)
{
    stmt_ahead(key_ask(cx, key));
}

enum err sale_by_key(struct sale *out, struct ctx *cx, struct idem_id key)
{
    return by_statement(out, cx, key_ask(cx, key));
}

enum err sale_newest(struct sale_brief **out, size_t *count, struct ctx *cx, struct sale_id before,
                     size_t limit)
{
    struct stmt *st = db_stmt(cx->db, SQL_SALE_NEWEST);
    enum err e = OK;

    if (sale_id_is_nil(before)) {
        memset(before.bytes, 0xFF, sizeof before.bytes);
    }
    *count = 0;
    *out = ARENA_ARRAY(cx->arena, struct sale_brief, limit);
    bind_text(st, ":site", cx->site->code);
    bind_id(st, ":before", before.bytes);
    bind_int(st, ":most", (int64_t)limit);
    while (*count < limit && stmt_row(st, &e)) {
        struct sale_brief *b = &(*out)[(*count)++];

        *b = (struct sale_brief){
            .number = text(cx, st, "number"),
            .at = col_instant(st, "at_ms"),
            .till = text(cx, st, "till"),
            .cashier = text(cx, st, "cashier"),
            .line_count = (int32_t)col_int(st, "line_count"),
            .total = col_rupiah(st, "total_rp"),
            .pnbp = col_rupiah(st, "pnbp_rp"),
        };
        col_id(st, "act_id", b->id.bytes);
    }
    stmt_done(st);
    return e;
}

enum err idem_read(struct idem_id *out, struct ctx *cx, const char *key)
{
    uint8_t hash[SHA256_BYTES];
    size_t n = strlen(key);

    if (n == 0 || n > IDEM_KEY_LEN_MAX) {
        return refuse_field(cx, ERR_INVALID, "key-bad", "key",
                            _("Kunci permintaan harus 1 sampai %d huruf."), IDEM_KEY_LEN_MAX);
    }
    if (!id_parse(out->bytes, key) || idem_id_is_nil(*out)) {
        sha256_of(hash, key, n);
        memcpy(out->bytes, hash, ID_BYTES);
    }
    return OK;
}

/* ---- copies ---- */

struct copy_ask {
    struct sale_id id;
    int32_t copy_no;
};

static enum err copy_work(struct ctx *cx, void *arg)
{
    struct copy_ask *ask = arg;
    struct sale sale;
    struct stmt *st;
    enum err e = sale_by_id(&sale, cx, ask->id);

    if (e) {
        return e;
    }
    st = of_sale(cx, SQL_RECEIPT_COPY_LAST, ask->id);
    if ((e = stmt_one(st))) {
        return e;
    }
    ask->copy_no = (int32_t)col_int(st, "copy_no") + 1;
    stmt_done(st);
    return fact_put(
        cx, &receipt_copy_table,
        &(struct receipt_copy_row){.sale = ask->id, .copy_no = ask->copy_no, .at = act_at(cx)});
}

enum err receipt_copy(int32_t *copy_no, struct ctx *cx, struct sale_id id)
{
    struct copy_ask ask = {.id = id};
    enum err e = act_run(cx, "receipt.copy", 1, copy_work, &ask);

    *copy_no = ask.copy_no;
    return e;
}
