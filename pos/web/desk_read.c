/* Reads of the desk pages: rows of desk.sql as structs. */
#include "inventory/base/arena.h"
#include "inventory/fact.h"
#include "inventory/store/store.h"
#include "pos/web/desk.h"
#include "sql_names.h"

/* One read: which statement, how its rows become structs, and where they go. */
struct desk_read {
    struct stmt *st;
    size_t item_size;
    size_t limit;
    void (*take)(void *item, struct stmt *st, struct ctx *cx);
};

/* NOLINTNEXTLINE(bugprone-easily-swappable-parameters): a statement, then a count */
static struct stmt *desk_stmt(struct ctx *cx, int sql, size_t limit)
{
    struct stmt *st = db_stmt(cx->db, sql);

    bind_text(st, ":site", cx->site->code);
    bind_int(st, ":most", (int64_t)limit);
    return st;
}

static enum err desk_rows(void **out, size_t *count, struct ctx *cx, const struct desk_read *read)
{
    char *items = arena_array(cx->arena, read->limit, read->item_size);
    enum err e = OK;
    size_t n = 0;

    while (n < read->limit && stmt_row(read->st, &e)) {
        read->take(items + n * read->item_size, read->st, cx);
        n++;
    }
    stmt_done(read->st);
    *out = items;
    *count = e ? 0 : n;
    return e;
}

static const char *col_kept(struct stmt *st, const char *name, struct ctx *cx)
{
    return arena_text(cx->arena, col_text(st, name));
}

static struct label_code col_code(struct stmt *st)
{
    struct label_code code = {.text = ""};

    snprintf(code.text, sizeof(code.text), "%s", col_text(st, "code"));
    return code;
}

/* ---- prices ---- */

static void take_price(void *item, struct stmt *st, struct ctx *cx)
{
    struct desk_price *p = item;

    p->price = col_rupiah(st, "price_rp");
    p->cost_known = col_bool(st, "cost_known");
    p->cost = col_rupiah(st, "cost_rp");
    p->approver = col_kept(st, "approver", cx);
    p->valid_from = col_instant(st, "valid_from_ms");
}

enum err desk_prices(struct desk_price **out, size_t *count, struct ctx *cx,
                     struct product_id product, size_t limit)
{
    const struct desk_read read = {.st = desk_stmt(cx, SQL_DESK_PRICES, limit),
                                   .item_size = sizeof(**out),
                                   .limit = limit,
                                   .take = take_price};
    void *items;
    enum err e;

    bind_id(read.st, ":product", product.bytes);
    e = desk_rows(&items, count, cx, &read);
    *out = items;
    return e;
}

/* ---- lots ---- */

static void take_lot(void *item, struct stmt *st, struct ctx *cx)
{
    struct desk_lot *l = item;

    l->code = col_code(st);
    l->sku = col_kept(st, "sku", cx);
    l->name = col_kept(st, "name", cx);
    l->unit = col_kept(st, "unit", cx);
    l->made = col_day(st, "made_day");
    l->expires = col_bool(st, "expires");
    l->expiry = col_day(st, "expiry_day");
    l->qty = col_qty(st, "qty_milli");
    l->left = col_qty(st, "left_milli");
    l->cost_known = col_bool(st, "cost_known");
    l->cost = col_rupiah(st, "unit_cost_rp");
}

enum err desk_lots_of_product(struct desk_lot **out, size_t *count, struct ctx *cx,
                              struct product_id product, size_t limit)
{
    const struct desk_read read = {.st = desk_stmt(cx, SQL_DESK_LOTS_OF_PRODUCT, limit),
                                   .item_size = sizeof(**out),
                                   .limit = limit,
                                   .take = take_lot};
    void *items;
    enum err e;

    bind_id(read.st, ":product", product.bytes);
    e = desk_rows(&items, count, cx, &read);
    *out = items;
    return e;
}

enum err desk_lots_expiring(struct desk_lot **out, size_t *count, struct ctx *cx, struct day until,
                            size_t limit)
{
    const struct desk_read read = {.st = desk_stmt(cx, SQL_DESK_LOTS_EXPIRING, limit),
                                   .item_size = sizeof(**out),
                                   .limit = limit,
                                   .take = take_lot};
    void *items;
    enum err e;

    bind_day(read.st, ":until_day", until);
    e = desk_rows(&items, count, cx, &read);
    *out = items;
    return e;
}

/* ---- pieces ---- */

static void take_unit(void *item, struct stmt *st, struct ctx *cx)
{
    struct desk_unit *u = item;

    u->no = (int32_t)col_int(st, "no");
    u->code = col_code(st);
    u->place = col_kept(st, "name", cx);
    if (!place_kind_from_name(&u->kind, col_text(st, "kind"))) {
        u->kind = PLACE_LOST;
    }
}

/* Where to go on, then a count: NOLINTBEGIN(bugprone-easily-swappable-parameters) */
enum err desk_units(struct desk_unit **out, size_t *count, struct ctx *cx, struct lot_id lot,
                    int32_t after_no, size_t limit)
/* NOLINTEND(bugprone-easily-swappable-parameters) */
{
    const struct desk_read read = {.st = desk_stmt(cx, SQL_DESK_UNITS, limit),
                                   .item_size = sizeof(**out),
                                   .limit = limit,
                                   .take = take_unit};
    void *items;
    enum err e;

    bind_id(read.st, ":lot", lot.bytes);
    bind_int(read.st, ":after_no", after_no);
    e = desk_rows(&items, count, cx, &read);
    *out = items;
    return e;
}

/* ---- days ---- */

static void take_day_sum(void *item, struct stmt *st, struct ctx *cx)
{
    struct desk_day_sum *d = item;

    (void)cx;
    d->day = col_day(st, "business_day");
    d->gross = col_rupiah(st, "gross_rp");
    d->pnbp = col_rupiah(st, "pnbp_rp");
}

enum err desk_day_sums(struct desk_day_sum **out, size_t *count, struct ctx *cx,
                       const struct day range[2], size_t limit)
{
    const struct desk_read read = {.st = desk_stmt(cx, SQL_DESK_DAY_SUMS, limit),
                                   .item_size = sizeof(**out),
                                   .limit = limit,
                                   .take = take_day_sum};
    void *items;
    enum err e;

    bind_day(read.st, ":from_day", range[0]);
    bind_day(read.st, ":to_day", range[1]);
    e = desk_rows(&items, count, cx, &read);
    *out = items;
    return e;
}

/* ---- tokens ---- */

static void take_token(void *item, struct stmt *st, struct ctx *cx)
{
    struct desk_token *t = item;

    t->name = col_kept(st, "name", cx);
    t->role = (enum role)col_int(st, "role");
    t->made = col_instant(st, "created_ms");
    t->revoked = col_instant(st, "revoked_ms");
}

enum err desk_tokens(struct desk_token **out, size_t *count, struct ctx *cx, size_t limit)
{
    const struct desk_read read = {.st = db_stmt(cx->db, SQL_TOKEN_LIST),
                                   .item_size = sizeof(**out),
                                   .limit = limit,
                                   .take = take_token};
    void *items;
    const enum err e = desk_rows(&items, count, cx, &read);

    *out = items;
    return e;
}
