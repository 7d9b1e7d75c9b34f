/* The act of selling. */
#include "pos/sale.h"

#include <assert.h>

#include "inventory/base/arena.h"
#include "inventory/base/calendar.h"
#include "inventory/base/id.h"
#include "inventory/base/secret.h"
#include "inventory/fact.h"
#include "pos/cart.h"
#include "pos/ledger.h"
#include "pos/sale_number.h"
#include "pos/sale_plan.h"
#include "sql_names.h"

/* ---- the same request again ---- */

static void add_text(struct sha256 *h, const char *name, const char *value)
{
    char head[64];
    int n = snprintf(head, sizeof head, "%s %zu:", name, strlen(value));

    sha256_add(h, head, (size_t)n);
    sha256_add(h, value, strlen(value));
}

static void add_int(struct sha256 *h, const char *name, int64_t value)
{
    char text[32];

    snprintf(text, sizeof text, "%lld", (long long)value);
    add_text(h, name, text);
}

/* What the request asks for; a cart's lines cannot change once it is sold. */
static struct digest content_of(const struct sale_wanted *w, const char *till)
{
    char cart[ID_HEX_MAX];
    struct digest out;
    struct sha256 h;

    id_hex(cart, w->cart.bytes);
    sha256_begin(&h);
    add_text(&h, "till", till);
    add_text(&h, "cart", cart);
    for (size_t i = 0; i < w->line_count; i++) {
        add_text(&h, "code", w->lines[i].code);
        add_int(&h, "qty", w->lines[i].qty.milli);
    }
    for (size_t i = 0; i < w->tender_count; i++) {
        add_text(&h, "tender", tender_kind_name(w->tenders[i].kind));
        add_int(&h, "amount", w->tenders[i].amount.rp);
    }
    sha256_end(&h, out.bytes);
    return out;
}

/* ERR_NOT_FOUND: the key is new. */
static enum err find_again(struct sale *out, struct ctx *cx, struct idem_id key,
                           const struct digest *content)
{
    enum err e = sale_by_key(out, cx, key);

    if (!e && memcmp(out->head.content.bytes, content->bytes, sizeof content->bytes) != 0) {
        e = refuse(
            cx, ERR_CONFLICT, "key-reused",
            _("Penjualan dengan kunci ini sudah tersimpan sebagai struk %s, dengan isi lain. "
              "Mulai penjualan baru."),
            out->head.number);
    }
    return e;
}

/* ---- writing ---- */

static struct stmt *last_no_ask(struct ctx *cx)
{
    struct stmt *st = db_stmt(cx->db, SQL_SALE_LAST_NO);
    struct day day = instant_day(act_at(cx), cx->site->zone);

    bind_text(st, ":site", cx->site->code);
    bind_text(st, ":epoch", cx->site->epoch);
    bind_int(st, ":year", day_civil(day).year);
    bind_text(st, ":till", cx->till);
    return st;
}

static enum err take_number(struct sale_plan *plan, struct ctx *cx)
{
    struct stmt *st = last_no_ask(cx);
    struct sale_row *h = &plan->head;
    char number[SALE_NUMBER_LEN_MAX + 1];
    enum err e;

    e = stmt_one(st);
    if (e && e != ERR_NOT_FOUND) {
        return e;
    }
    h->no = (e ? 0 : col_int(st, "last_no")) + 1;
    stmt_done(st);
    if (!sale_number_write(
            number, plan->settings.receipt_format,
            &(struct sale_number){h->till, plan->settings.satker, h->epoch, h->year, h->no})) {
        return refuse(cx, ERR_LIMIT, "number-long",
                      _("Nomor struk terlalu panjang. Minta admin memendekkan formatnya."));
    }
    h->number = arena_text(cx->arena, number);
    return OK;
}

static enum err put_document(struct sale_plan *plan, struct ctx *cx,
                             const struct account_list *accounts)
{
    const struct account *drawer = account_in(accounts, cx, ACCOUNT_TILL_DRAWER, cx->till);
    enum err e;

    if (!drawer) {
        return cx->why.code;
    }
    e = fact_put(cx, &sale_table, &plan->head);
    for (size_t i = 0; i < plan->line_count && !e; i++) {
        e = fact_put(cx, &sale_line_table, &plan->lines[i]);
    }
    for (size_t i = 0; i < plan->payment_count && !e; i++) {
        plan->payments[i].account = drawer->id;
        e = fact_put(cx, &payment_table, &plan->payments[i]);
    }
    return e;
}

static enum err put_stock_moves(struct sale_plan *plan, struct ctx *cx)
{
    enum err e = OK;

    for (size_t i = 0; i < plan->parts.count && !e; i++) {
        const struct stock_part *part = &plan->parts.items[i];

        e = fact_put(cx, &stock_move_table,
                     &(struct stock_move_row){
                         .line = (int32_t)i + 1,
                         .lot = part->lot,
                         .unit = part->unit,
                         .from = plan->showroom.id,
                         .to = plan->customer.id,
                         .qty = part->qty,
                         .reason = "sold",
                         .doc_line = part->doc_line,
                     });
    }
    return e;
}

struct books {
    struct ledger ledger;
    const struct account_list *accounts;
};

/* What is owed, or given back, out of the clearing. */
static enum err move_from(struct books *b, struct ctx *cx, const char *kind, const char *code,
                          struct rupiah amount, const char *reason)
{
    const struct account *account;

    if (amount.rp == 0) {
        return OK;
    }
    account = account_in(b->accounts, cx, kind, code);
    return account ? ledger_move(&b->ledger, cx, account->id, b->ledger.through, amount, reason)
                   : cx->why.code;
}

/* One move for each revenue account, in the order of the lines. */
static enum err move_pnbp(struct books *b, struct ctx *cx, const struct sale_plan *plan)
{
    enum err e = OK;

    for (size_t i = 0; i < plan->line_count && !e; i++) {
        const char *code = plan->lines[i].revenue_account;
        struct rupiah sum = RUPIAH(0);
        bool first = true;

        for (size_t j = 0; j < plan->line_count; j++) {
            if (strcmp(plan->lines[j].revenue_account, code) == 0) {
                first = first && j >= i;
                sum.rp += plan->lines[j].pnbp.rp; /* below the total, which was checked */
            }
        }
        if (first) {
            e = move_from(b, cx, ACCOUNT_PNBP_OWED, code, sum, "pnbp");
        }
    }
    return e;
}

static enum err put_money_moves(struct sale_plan *plan, struct ctx *cx,
                                const struct account_list *accounts)
{
    const struct account *clearing = account_in(accounts, cx, ACCOUNT_SALES_CLEARING, "1");
    struct books b = {.accounts = accounts};
    enum err e = OK;

    if (!clearing) {
        return cx->why.code;
    }
    b.ledger.through = clearing->id;
    for (size_t i = 0; i < plan->payment_count && !e; i++) {
        e = ledger_move(&b.ledger, cx, clearing->id, plan->payments[i].account,
                        plan->payments[i].amount, "tender");
    }
    if (e || (e = move_pnbp(&b, cx, plan)) ||
        (e = move_from(&b, cx, ACCOUNT_PREMI_OWED, "1", plan->head.premi, "premi")) ||
        (e = move_from(&b, cx, ACCOUNT_PRODUCTION_FUND, "1", plan->head.fund, "fund_share")) ||
        (e = move_from(&b, cx, ACCOUNT_PRODUCTION_FUND, "1", plan->head.cost, "cost_back"))) {
        return e;
    }
    if (clearing->balance.rp + b.ledger.left.rp != 0) {
        return refuse(cx, ERR_CORRUPT, "clearing-open",
                      _("Pembagian uang penjualan tidak habis. Penjualan tidak disimpan; laporkan "
                        "kepada admin."));
    }
    return OK;
}

struct sale_ask {
    struct sale *out;
    bool *again;
    const struct sale_wanted *wanted;
};

static void stored_as(struct sale *out, struct ctx *cx, const struct sale_plan *plan)
{
    struct act_id act = act_id(cx);

    *out = (struct sale){
        .head = plan->head,
        .lines = plan->lines,
        .line_count = plan->line_count,
        .payments = ARENA_ARRAY(cx->arena, struct payment_row, TENDERS_MAX),
        .payment_count = plan->payment_count,
    };
    memcpy(out->id.bytes, act.bytes, sizeof out->id.bytes);
    memcpy(out->payments, plan->payments, sizeof plan->payments);
}

static enum err sale_work(struct ctx *cx, void *arg)
{
    struct sale_ask *ask = arg;
    struct sale_plan plan = {.wanted = ask->wanted};
    struct digest content = content_of(ask->wanted, cx->till);
    struct account_list accounts;
    enum err e;

    *ask->again = false;
    if (db_shared(cx->db)) {
        sale_key_ahead(cx, ask->wanted->key);
        stmt_ahead(last_no_ask(cx));
        sale_plan_ahead(cx, ask->wanted);
    }
    if ((e = find_again(ask->out, cx, ask->wanted->key, &content)) != ERR_NOT_FOUND) {
        *ask->again = !e;
        return e;
    }
    cx->why = (struct why){.code = OK};
    if ((e = sale_plan_make(&plan, cx)) || (e = take_number(&plan, cx)) ||
        (e = account_all(&accounts, cx))) {
        return e;
    }
    plan.head.content = content;
    if ((e = put_document(&plan, cx, &accounts)) || (e = put_stock_moves(&plan, cx)) ||
        (e = put_money_moves(&plan, cx, &accounts))) {
        return e;
    }
    if (!cart_id_is_nil(ask->wanted->cart) && (e = cart_close_sold(cx, ask->wanted->cart))) {
        return e;
    }
    stored_as(ask->out, cx, &plan);
    return OK;
}

/* NOLINTNEXTLINE(readability-non-const-parameter): sale_work fills it */
enum err sale_commit(struct sale *out, bool *again, struct ctx *cx,
                     const struct sale_wanted *wanted)
{
    struct sale_ask ask = {.out = out, .again = again, .wanted = wanted};

    assert(!idem_id_is_nil(wanted->key));
    return act_run(cx, "sale", 1, sale_work, &ask);
}
