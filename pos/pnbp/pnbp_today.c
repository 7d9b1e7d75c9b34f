/* The state's money of a day, and what has not been deposited. */
#include "pos/pnbp/pnbp_today.h"

#include "inventory/base/arena.h"
#include "inventory/base/calendar.h"
#include "inventory/fact.h"
#include "pos/pnbp/reference.h"
#include "sql_names.h"

enum { MS_A_MINUTE = 60000, MS_A_DAY = 86400000 };

/* A shift may run past midnight or be closed late: a business day's sales were made within a day
 * and a half of its noon. */
enum { DAY_MARGIN_MS = MS_A_DAY };

static void id_bound(uint8_t bytes[ID_BYTES], int64_t ms)
{
    memset(bytes, 0, ID_BYTES);
    for (int i = 0; i < 6; i++) {
        bytes[i] = (uint8_t)(ms >> (8 * (5 - i)));
    }
}

static enum err read_lines(struct pnbp_today *out, struct ctx *cx)
{
    struct stmt *st = db_stmt(cx->db, SQL_PNBP_LINES);
    int64_t begins = day_begins(out->day, cx->site->zone).ms;
    uint8_t from[ID_BYTES], to[ID_BYTES];
    enum err e;

    id_bound(from, begins - DAY_MARGIN_MS);
    id_bound(to, begins + MS_A_DAY + DAY_MARGIN_MS);
    bind_text(st, ":site", cx->site->code);
    bind_id(st, ":from_id", from);
    bind_id(st, ":to_id", to);
    bind_day(st, ":day", out->day);
    bind_int(st, ":most", PNBP_LINES_LIMIT + 1);
    out->lines = ARENA_ARRAY(cx->arena, struct pnbp_line, PNBP_LINES_LIMIT);
    while (stmt_row(st, &e)) {
        if (out->line_count == PNBP_LINES_LIMIT) {
            out->more_lines = true;
            stmt_done(st);
            return OK;
        }
        out->lines[out->line_count++] = (struct pnbp_line){
            .number = arena_text(cx->arena, col_text(st, "number")),
            .at = col_instant(st, "at_ms"),
            .name = arena_text(cx->arena, col_text(st, "name")),
            .qty = col_qty(st, "qty_milli"),
            .unit_name = arena_text(cx->arena, col_text(st, "unit_name")),
            .total = col_rupiah(st, "total_rp"),
            .pnbp = col_rupiah(st, "pnbp_rp"),
            .revenue_account = arena_text(cx->arena, col_text(st, "revenue_account")),
            .rule = arena_text(cx->arena, col_text(st, "rule")),
            .loss = col_bool(st, "loss"),
        };
    }
    return e;
}

static const char *account_name(struct ctx *cx, const char *code, struct day on)
{
    const struct revenue_account *a = revenue_account_find(&reference()->accounts, code, on);

    return arena_text(cx->arena, a ? a->name : "");
}

static enum err read_accounts(struct pnbp_today *out, struct ctx *cx)
{
    struct stmt *st = db_stmt(cx->db, SQL_PNBP_DAY_ACCOUNTS);
    enum err e;

    bind_text(st, ":site", cx->site->code);
    bind_day(st, ":day", out->day);
    out->accounts = ARENA_ARRAY(cx->arena, struct pnbp_account_sum, REVENUE_ACCOUNTS_MAX);
    while (stmt_row(st, &e)) {
        struct pnbp_account_sum *a;

        if (out->account_count == REVENUE_ACCOUNTS_MAX) {
            stmt_done(st);
            return OK;
        }
        a = &out->accounts[out->account_count++];
        *a = (struct pnbp_account_sum){
            .revenue_account = arena_text(cx->arena, col_text(st, "revenue_account")),
            .lines = col_int(st, "lines"),
            .gross = col_rupiah(st, "gross_rp"),
            .pnbp = col_rupiah(st, "pnbp_rp"),
            .premi = col_rupiah(st, "premi_rp"),
            .fund = col_rupiah(st, "fund_rp"),
            .cost = col_rupiah(st, "cost_rp"),
        };
        a->name = account_name(cx, a->revenue_account, out->day);
        out->gross.rp += a->gross.rp;
        out->pnbp.rp += a->pnbp.rp;
    }
    return e;
}

/* What is owed stands as a negative balance. */
static enum err read_balances(struct pnbp_today *out, struct ctx *cx)
{
    struct stmt *st = db_stmt(cx->db, SQL_PNBP_BALANCES);
    int64_t treasurer = 0;
    enum err e;

    bind_text(st, ":site", cx->site->code);
    while (stmt_row(st, &e)) {
        const char *kind = col_text(st, "kind");
        int64_t balance = col_int(st, "balance_rp");

        if (strcmp(kind, "pnbp_owed") == 0) {
            out->undeposited = RUPIAH(-balance);
        } else if (strcmp(kind, "premi_owed") == 0) {
            out->premi_owed = RUPIAH(-balance);
        } else if (strcmp(kind, "production_fund") == 0) {
            out->fund = RUPIAH(-balance);
        } else {
            treasurer = balance;
        }
    }
    out->held_treasurer =
        treasurer < out->undeposited.rp ? RUPIAH(treasurer > 0 ? treasurer : 0) : out->undeposited;
    out->held_cashier = RUPIAH(out->undeposited.rp - out->held_treasurer.rp);
    return e;
}

/* What was deposited counts against the oldest days, so what is owed falls on the newest. */
static enum err read_days(struct pnbp_today *out, struct ctx *cx)
{
    struct stmt *st = db_stmt(cx->db, SQL_PNBP_DAYS);
    int64_t left = out->undeposited.rp;
    enum err e = OK;

    bind_text(st, ":site", cx->site->code);
    bind_int(st, ":most", PNBP_DAYS_LIMIT);
    out->days = ARENA_ARRAY(cx->arena, struct pnbp_day, PNBP_DAYS_LIMIT);
    while (left > 0 && stmt_row(st, &e)) {
        int64_t pnbp = col_int(st, "pnbp_rp");
        int64_t part = pnbp < left ? pnbp : left;

        if (part > 0) {
            out->days[out->day_count++] = (struct pnbp_day){
                .day = col_day(st, "business_day"),
                .undeposited = RUPIAH(part),
            };
        }
        left -= part;
    }
    stmt_done(st);
    for (size_t i = 0; i < out->day_count / 2; i++) { /* oldest first */
        struct pnbp_day swap = out->days[i];

        out->days[i] = out->days[out->day_count - 1 - i];
        out->days[out->day_count - 1 - i] = swap;
    }
    return e;
}

static void note_gap(struct pnbp_today *out, int32_t year)
{
    if (!out->calendar_incomplete && !calendar_covers(&reference()->holidays, year)) {
        out->calendar_incomplete = true;
        out->calendar_year = year;
    }
}

static void set_deadlines(struct pnbp_today *out, struct ctx *cx, struct pnbp_terms terms)
{
    const struct holidays *h = &reference()->holidays;
    struct instant now = clock_now(cx->clock);
    struct zone zone = cx->site->zone;

    note_gap(out, day_civil(instant_day(now, zone)).year);
    for (size_t i = 0; i < out->day_count; i++) {
        struct pnbp_day *d = &out->days[i];
        char text[COUNTDOWN_TEXT_MAX];

        /* The calendar as it was known on the day of the receipt. */
        d->deadline = deadline_of_day(terms.rule, (struct workdays){h, d->day}, d->day);
        d->closes =
            INSTANT(day_begins(d->deadline.day, zone).ms + (int64_t)terms.closes_min * MS_A_MINUTE);
        d->overdue_workdays = deadline_overdue(h, d->deadline.day, d->closes, now, zone);
        deadline_countdown(text, d->closes, now, d->overdue_workdays, cx->lang);
        d->countdown = arena_text(cx->arena, text);
        note_gap(out, day_civil(d->deadline.day).year);
    }
}

struct today_ask {
    struct pnbp_today *out;
    struct day day;
    struct pnbp_terms terms;
};

static enum err today_work(struct ctx *cx, void *arg)
{
    struct today_ask *ask = arg;
    enum err e;

    *ask->out = (struct pnbp_today){.day = ask->day};
    if ((e = read_lines(ask->out, cx)) || (e = read_accounts(ask->out, cx)) ||
        (e = read_balances(ask->out, cx)) || (e = read_days(ask->out, cx))) {
        return e;
    }
    set_deadlines(ask->out, cx, ask->terms);
    return OK;
}

enum err pnbp_today(struct pnbp_today *out, struct ctx *cx, struct day day, struct pnbp_terms terms)
{
    struct today_ask ask = {.out = out, .day = day, .terms = terms};

    return read_run(cx, today_work, &ask);
}
