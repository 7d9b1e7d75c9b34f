/* The state's money: what was earned today, what has not been deposited and until when it must be.
 * Three balances stand side by side and are never added up. */
#include "inventory/base/arena.h"
#include "inventory/base/calendar.h"
#include "inventory/fact.h"
#include "pos/pnbp/pnbp_today.h"
#include "pos/setting.h"
#include "pos/web/desk.h"
#include "pos/web/desk_pages.h"
#include "pos/web/pnbp_chart.h"
#include "pos/web/respond.h"

enum { DAYS_SHOWN = 10, MS_PER_DAY = 24 * 3600 * 1000 };

const struct input pnbp_inputs[] = {
    {.name = "tgl", .label = _("Tanggal"), .type = INPUT_DAY},
    INPUT_END,
};

struct line_view {
    const char *time;
    const char *number;
    struct url receipt;
    const char *name;
    struct qty qty;
    const char *unit;
    struct rupiah total;
    struct rupiah pnbp;
    const char *account;
    const char *rule;
    bool loss;
};

static const struct tpl_field line_fields[] = {
    TPL_FIELD(line_view, time),  TPL_FIELD(line_view, number), TPL_FIELD(line_view, receipt),
    TPL_FIELD(line_view, name),  TPL_FIELD(line_view, qty),    TPL_FIELD(line_view, unit),
    TPL_FIELD(line_view, total), TPL_FIELD(line_view, pnbp),   TPL_FIELD(line_view, account),
    TPL_FIELD(line_view, rule),  TPL_FIELD(line_view, loss),   TPL_FIELD_END,
};

struct account_view {
    const char *code;
    const char *name;
    int64_t lines;
    struct rupiah gross, pnbp, premi, fund, cost;
};

static const struct tpl_field account_fields[] = {
    TPL_FIELD(account_view, code),  TPL_FIELD(account_view, name), TPL_FIELD(account_view, lines),
    TPL_FIELD(account_view, gross), TPL_FIELD(account_view, pnbp), TPL_FIELD(account_view, premi),
    TPL_FIELD(account_view, fund),  TPL_FIELD(account_view, cost), TPL_FIELD_END,
};

struct due_view {
    const char *day;
    struct url url;
    struct rupiah undeposited;
    const char *deadline;
    const char *countdown;
    bool late;
    bool crosses;    /* lintas tahun anggaran */
    bool incomplete; /* the calendar of the deadline's year is not complete */
};

static const struct tpl_field due_fields[] = {
    TPL_FIELD(due_view, day),
    TPL_FIELD(due_view, url),
    TPL_FIELD(due_view, undeposited),
    TPL_FIELD(due_view, deadline),
    TPL_FIELD(due_view, countdown),
    TPL_FIELD(due_view, late),
    TPL_FIELD(due_view, crosses),
    TPL_FIELD(due_view, incomplete),
    TPL_FIELD_END,
};

struct pnbp_view {
    const char *day;
    const char *day_iso;
    bool today;
    struct url previous, next, now;
    const char *shown_at; /* the moment the countdown was made */

    bool due; /* something is not deposited */
    bool late, soon;
    const char *deadline;
    const char *countdown;
    const char *oldest;
    struct rupiah oldest_amount;

    struct rupiah gross, pnbp, day_premi, day_share, day_cost; /* of the day shown */
    struct rupiah day_fund;                                    /* share and cost together */
    struct rupiah undeposited, held_cashier, held_treasurer, premi_owed, fund;
    int64_t day_count, late_count;
    struct tpl_list days, more_days;
    int64_t more_count;
    bool has_more_days;
    bool crosses;
    bool incomplete;
    int32_t incomplete_year;

    struct tpl_list accounts;
    struct tpl_list lines;
    bool has_lines, more_lines;
    int64_t line_count;
    struct pnbp_chart chart;
};

const struct tpl_field pnbp_fields[] = {
    TPL_FIELD(pnbp_view, day),
    TPL_FIELD(pnbp_view, day_iso),
    TPL_FIELD(pnbp_view, today),
    TPL_FIELD(pnbp_view, previous),
    TPL_FIELD(pnbp_view, next),
    TPL_FIELD(pnbp_view, now),
    TPL_FIELD(pnbp_view, shown_at),
    TPL_FIELD(pnbp_view, due),
    TPL_FIELD(pnbp_view, late),
    TPL_FIELD(pnbp_view, soon),
    TPL_FIELD(pnbp_view, deadline),
    TPL_FIELD(pnbp_view, countdown),
    TPL_FIELD(pnbp_view, oldest),
    TPL_FIELD(pnbp_view, oldest_amount),
    TPL_FIELD(pnbp_view, gross),
    TPL_FIELD(pnbp_view, pnbp),
    TPL_FIELD(pnbp_view, day_premi),
    TPL_FIELD(pnbp_view, day_share),
    TPL_FIELD(pnbp_view, day_cost),
    TPL_FIELD(pnbp_view, day_fund),
    TPL_FIELD(pnbp_view, undeposited),
    TPL_FIELD(pnbp_view, held_cashier),
    TPL_FIELD(pnbp_view, held_treasurer),
    TPL_FIELD(pnbp_view, premi_owed),
    TPL_FIELD(pnbp_view, fund),
    TPL_FIELD(pnbp_view, day_count),
    TPL_FIELD(pnbp_view, late_count),
    TPL_FIELD_LIST(pnbp_view, days, due_view, due_fields),
    TPL_FIELD_LIST(pnbp_view, more_days, due_view, due_fields),
    TPL_FIELD(pnbp_view, more_count),
    TPL_FIELD(pnbp_view, has_more_days),
    TPL_FIELD(pnbp_view, crosses),
    TPL_FIELD(pnbp_view, incomplete),
    TPL_FIELD(pnbp_view, incomplete_year),
    TPL_FIELD_LIST(pnbp_view, accounts, account_view, account_fields),
    TPL_FIELD_LIST(pnbp_view, lines, line_view, line_fields),
    TPL_FIELD(pnbp_view, has_lines),
    TPL_FIELD(pnbp_view, more_lines),
    TPL_FIELD(pnbp_view, line_count),
    TPL_FIELD_NEST(pnbp_view, chart, pnbp_chart, pnbp_chart_fields),
    TPL_FIELD_END,
};

/* ---- filling ---- */

static const char *clock_text(struct request *rq, struct instant at)
{
    char text[DATE_TEXT_MAX];

    time_text(text, at, rq->cx.site->zone);
    return arena_text(rq->cx.arena, text);
}

static void fill_lines(struct pnbp_view *view, struct request *rq, const struct pnbp_today *pnbp)
{
    struct line_view *rows = ARENA_ARRAY(rq->cx.arena, struct line_view, pnbp->line_count + 1);

    for (size_t i = 0; i < pnbp->line_count; i++) {
        const struct pnbp_line *l = &pnbp->lines[i];

        rows[i] = (struct line_view){
            .time = clock_text(rq, l->at),
            .number = l->number,
            .receipt = url_part(rq->cx.arena, url_fixed("/struk"), l->number),
            .name = l->name,
            .qty = l->qty,
            .unit = l->unit_name,
            .total = l->total,
            .pnbp = l->pnbp,
            .account = l->revenue_account,
            .rule = l->rule,
            .loss = l->loss,
        };
    }
    view->lines = TPL_LIST(rows, pnbp->line_count);
    view->has_lines = pnbp->line_count > 0;
    view->more_lines = pnbp->more_lines;
}

static void fill_accounts(struct pnbp_view *view, struct request *rq, const struct pnbp_today *pnbp)
{
    struct account_view *rows =
        ARENA_ARRAY(rq->cx.arena, struct account_view, pnbp->account_count + 1);

    for (size_t i = 0; i < pnbp->account_count; i++) {
        const struct pnbp_account_sum *a = &pnbp->accounts[i];

        rows[i] = (struct account_view){.code = a->revenue_account,
                                        .name = a->name,
                                        .lines = a->lines,
                                        .gross = a->gross,
                                        .pnbp = a->pnbp,
                                        .premi = a->premi,
                                        .fund = a->fund,
                                        .cost = a->cost};
        view->line_count += a->lines;
        view->day_premi.rp += a->premi.rp;
        view->day_share.rp += a->fund.rp;
        view->day_cost.rp += a->cost.rp;
    }
    view->day_fund = RUPIAH(view->day_share.rp + view->day_cost.rp);
    view->accounts = TPL_LIST(rows, pnbp->account_count);
}

static struct url day_url(struct request *rq, struct day d)
{
    return url_query(rq->cx.arena, url_fixed("/pnbp"), "tgl", desk_day_iso(rq, d));
}

static void fill_days(struct pnbp_view *view, struct request *rq, const struct pnbp_today *pnbp)
{
    const size_t n = pnbp->day_count;
    const size_t first = n < DAYS_SHOWN ? n : DAYS_SHOWN;
    struct due_view *rows = ARENA_ARRAY(rq->cx.arena, struct due_view, n + 1);

    for (size_t i = 0; i < n; i++) {
        const struct pnbp_day *d = &pnbp->days[i];

        rows[i] = (struct due_view){.day = desk_day_long(rq, d->day),
                                    .url = day_url(rq, d->day),
                                    .undeposited = d->undeposited,
                                    .deadline = desk_moment(rq, d->closes),
                                    .countdown = d->countdown,
                                    .late = d->overdue_workdays > 0,
                                    .crosses = d->deadline.crosses_fiscal_year,
                                    .incomplete = d->deadline.calendar_incomplete};
        view->late_count += rows[i].late ? 1 : 0;
        view->crosses = view->crosses || rows[i].crosses;
    }
    view->days = TPL_LIST(rows, first);
    view->more_days = TPL_LIST(rows + first, n - first);
    view->more_count = (int64_t)(n - first);
    view->has_more_days = n > first;
    view->day_count = (int64_t)n;
}

/* The oldest money decides what the head of the page says. */
static void fill_warning(struct pnbp_view *view, struct request *rq, const struct pnbp_today *pnbp)
{
    const struct pnbp_day *oldest = pnbp->day_count > 0 ? &pnbp->days[0] : NULL;

    view->deadline = view->countdown = view->oldest = "";
    if (oldest == NULL) {
        return;
    }
    view->due = true;
    view->late = oldest->overdue_workdays > 0;
    view->soon = !view->late && oldest->closes.ms - rq->at.ms < MS_PER_DAY;
    view->deadline = arena_format(rq->cx.arena, "%s, %s",
                                  desk_day_long(rq, instant_day(oldest->closes, rq->cx.site->zone)),
                                  clock_text(rq, oldest->closes));
    view->countdown = oldest->countdown;
    view->oldest = desk_day(rq, oldest->day);
    view->oldest_amount = oldest->undeposited;
}

static struct pnbp_view pnbp_view(struct request *rq, const struct pnbp_today *pnbp)
{
    const struct day today = desk_today(rq);
    const bool is_today = pnbp->day.since_1970 == today.since_1970;
    const struct url none = {NULL};

    return (struct pnbp_view){
        .day = desk_day_long(rq, pnbp->day),
        .day_iso = desk_day_iso(rq, pnbp->day),
        .today = is_today,
        .previous = day_url(rq, DAY(pnbp->day.since_1970 - 1)),
        .next = pnbp->day.since_1970 < today.since_1970 ? day_url(rq, DAY(pnbp->day.since_1970 + 1))
                                                        : none,
        .now = is_today ? none : url_fixed("/pnbp"),
        .shown_at = clock_text(rq, rq->at),
        .gross = pnbp->gross,
        .pnbp = pnbp->pnbp,
        .undeposited = pnbp->undeposited,
        .held_cashier = pnbp->held_cashier,
        .held_treasurer = pnbp->held_treasurer,
        .premi_owed = pnbp->premi_owed,
        .fund = pnbp->fund,
        .incomplete = pnbp->calendar_incomplete,
        .incomplete_year = pnbp->calendar_year,
    };
}

static enum err load(struct pnbp_today *out, struct request *rq)
{
    struct pnbp_terms terms = {.rule.kind = DEADLINE_NEXT_WORKING_DAY};
    struct settings settings;
    struct day day = desk_today(rq);
    enum err e = settings_now(&settings, &rq->cx);

    if (e) {
        return e;
    }
    if (!deadline_kind_from_name(&terms.rule.kind, settings.deadline_rule)) {
        terms.rule.kind = DEADLINE_NEXT_WORKING_DAY;
    }
    terms.rule.days = settings.deadline_days;
    terms.closes_min = settings.deposit_close_min;
    if (input_given(&rq->in, "tgl")) {
        day = input_day(&rq->in, "tgl");
    }
    return pnbp_today(out, &rq->cx, day, terms);
}

enum err pnbp_page(struct request *rq)
{
    struct pnbp_today pnbp;
    struct pnbp_view view;
    enum err e;

    if ((e = load(&pnbp, rq))) {
        return e;
    }
    view = pnbp_view(rq, &pnbp);
    if ((e = pnbp_chart(&view.chart, rq, pnbp.day))) {
        return e;
    }
    fill_lines(&view, rq, &pnbp);
    fill_accounts(&view, rq, &pnbp);
    fill_days(&view, rq, &pnbp);
    fill_warning(&view, rq, &pnbp);
    respond_page(rq, 0, PAGE_PNBP, &view);
    return OK;
}
