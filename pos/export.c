/* The journal, the sales and the stock as files. */
#include "pos/export.h"

#include "inventory/base/calendar.h"
#include "inventory/base/csv.h"
#include "inventory/base/qty_text.h"
#include "inventory/journal.h"
#include "inventory/store/store.h"
#include "pos/export_ledger.h"
#include "sql_names.h"

/* A sale has at most 200 lines of some 200 bytes. */
enum { JOURNAL_BYTES_SLICE = 128 * 1024, SALES_A_SLICE = 4, STOCK_A_SLICE = 400 };

static const char *const names[] = {"journal.jsonl", "sales.csv", "stock.csv", "ledger.hledger"};

const char *export_name(enum export_kind kind)
{
    return names[kind];
}

bool export_kind_named(enum export_kind *out, const char *name)
{
    for (size_t i = 0; i < LENGTH(names); i++) {
        if (strcmp(names[i], name) == 0) {
            *out = (enum export_kind)i;
            return true;
        }
    }
    return false;
}

/* ---- the journal ---- */

struct journal_slice {
    struct export *x;
    struct sbuf *out;
    size_t began;
};

/* Stops once the slice is large enough: the rest comes with the next. */
static enum err journal_each(void *arg, const struct journal_line *line)
{
    struct journal_slice *s = arg;

    journal_jsonl(s->out, line);
    s->x->seq = line->seq;
    s->x->done = false;
    return s->out->len - s->began > JOURNAL_BYTES_SLICE ? ERR_LIMIT : OK;
}

static enum err journal_slice(struct export *x, struct ctx *cx, struct sbuf *out)
{
    struct journal_slice s = {.x = x, .out = out, .began = out->len};
    enum err e;

    x->done = true;
    e = journal_read(cx, x->seq, 500, journal_each, &s);
    return e == ERR_LIMIT ? OK : e;
}

/* ---- CSV ---- */

static void put_text(struct sbuf *out, const char *text)
{
    csv_put(out, text);
    sbuf_char(out, ',');
}

static void put_int(struct sbuf *out, int64_t value)
{
    sbuf_int(out, value);
    sbuf_char(out, ',');
}

static void put_qty(struct sbuf *out, struct qty q)
{
    char text[QTY_TEXT_MAX];

    qty_decimal(text, q);
    put_text(out, text);
}

static void put_day(struct sbuf *out, struct day d)
{
    char text[DATE_TEXT_MAX];

    day_iso(text, d);
    put_text(out, text);
}

static void put_instant(struct sbuf *out, struct instant at, struct zone zone)
{
    char text[DATE_TEXT_MAX];

    instant_rfc3339(text, at, zone);
    put_text(out, text);
}

static void sales_row(struct sbuf *out, struct stmt *st, struct zone zone)
{
    put_text(out, col_text(st, "number"));
    put_int(out, col_int(st, "journal_seq"));
    put_day(out, col_day(st, "business_day"));
    put_instant(out, col_instant(st, "at_ms"), zone);
    put_text(out, col_text(st, "till"));
    put_text(out, col_text(st, "cashier"));
    put_int(out, col_int(st, "line"));
    put_text(out, col_text(st, "sku"));
    put_text(out, col_text(st, "code"));
    put_text(out, col_text(st, "name"));
    put_qty(out, col_qty(st, "qty_milli"));
    put_text(out, col_text(st, "unit_name"));
    put_int(out, col_int(st, "price_rp"));
    put_int(out, col_int(st, "total_rp"));
    put_text(out, col_text(st, "revenue_account"));
    put_text(out, col_text(st, "rule"));
    put_text(out, col_text(st, "rule_base"));
    put_int(out, col_int(st, "base_rp"));
    put_int(out, col_int(st, "pnbp_rp"));
    put_int(out, col_int(st, "premi_rp"));
    put_int(out, col_int(st, "fund_rp"));
    sbuf_int(out, col_int(st, "cost_back_rp"));
    sbuf_char(out, '\n');
}

static enum err sales_slice(struct export *x, struct ctx *cx, struct sbuf *out)
{
    struct stmt *st = db_stmt(cx->db, SQL_EXPORT_SALES);
    enum err e;

    if (!x->begun) {
        sbuf_text(out,
                  "number,journal_seq,business_day,at,till,cashier,line,sku,code,name,qty,unit,"
                  "price_rp,total_rp,revenue_account,rule,rule_base,base_rp,pnbp_rp,premi_rp,"
                  "fund_rp,cost_back_rp\n");
    }
    bind_text(st, ":site", cx->site->code);
    bind_blob(st, ":after", x->after, sizeof x->after);
    bind_int(st, ":most", SALES_A_SLICE);
    x->done = true;
    while (stmt_row(st, &e)) {
        sales_row(out, st, cx->site->zone);
        col_id(st, "act_id", x->after);
        x->done = false;
    }
    return e;
}

static void stock_row(struct sbuf *out, struct stmt *st)
{
    put_text(out, col_text(st, "place_kind"));
    put_text(out, col_text(st, "place"));
    put_text(out, col_text(st, "sku"));
    put_text(out, col_text(st, "name"));
    put_text(out, col_text(st, "code"));
    put_day(out, col_day(st, "made_day"));
    if (col_bool(st, "expires")) {
        put_day(out, col_day(st, "expiry_day"));
    } else {
        sbuf_char(out, ',');
    }
    put_qty(out, col_qty(st, "qty_milli"));
    put_text(out, col_text(st, "unit"));
    if (col_bool(st, "cost_known")) {
        sbuf_int(out, col_int(st, "unit_cost_rp"));
    }
    sbuf_char(out, '\n');
}

static enum err stock_slice(struct export *x, struct ctx *cx, struct sbuf *out)
{
    struct stmt *st = db_stmt(cx->db, SQL_EXPORT_STOCK);
    enum err e;

    if (!x->begun) {
        sbuf_text(out, "place_kind,place,sku,name,lot,made_on,expires_on,qty,unit,unit_cost_rp\n");
    }
    bind_text(st, ":site", cx->site->code);
    bind_blob(st, ":after_place", x->after, sizeof x->after);
    bind_blob(st, ":after_product", x->after_2, sizeof x->after_2);
    bind_blob(st, ":after_lot", x->after_3, sizeof x->after_3);
    bind_int(st, ":most", STOCK_A_SLICE);
    x->done = true;
    while (stmt_row(st, &e)) {
        stock_row(out, st);
        col_id(st, "place_id", x->after);
        col_id(st, "product_id", x->after_2);
        col_id(st, "lot_id", x->after_3);
        x->done = false;
    }
    return e;
}

enum err export_slice(struct export *x, struct ctx *cx, struct sbuf *out)
{
    const struct export before = *x;
    enum err e = OK;

    switch (x->kind) {
    case EXPORT_JOURNAL: e = journal_slice(x, cx, out); break;
    case EXPORT_SALES: e = sales_slice(x, cx, out); break;
    case EXPORT_STOCK: e = stock_slice(x, cx, out); break;
    case EXPORT_LEDGER: e = ledger_slice(x, cx, out); break;
    }
    x->begun = true;
    if (e) {
        *x = before; /* the same slice may be asked for again */
    }
    return e;
}
