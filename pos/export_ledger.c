/* The money's moves as a plain-text double-entry journal that `hledger check` accepts.  Its last
 * entry asserts the balance of every account, so that the checker compares the program's own
 * balances. */
#include "pos/export_ledger.h"

#include "attr.h"
#include "inventory/base/calendar.h"
#include "inventory/store/store.h"
#include "pos/ledger.h"
#include "sql_names.h"

enum { ACTS_A_SLICE = 100, ACCOUNT_NAME_MAX = 96 };

/* Where an account stands in the chart: what it is in the field's words, for any reader of books.
 */
static const struct {
    const char *kind, *name;
} chart[] = {
    {ACCOUNT_TILL_DRAWER, "assets:cash:till"},
    {ACCOUNT_TREASURER_CASH, "assets:cash:treasurer"},
    {ACCOUNT_SALES_CLEARING, "equity:sales clearing"},
    {ACCOUNT_PNBP_OWED, "liabilities:pnbp owed"},
    {ACCOUNT_PREMI_OWED, "liabilities:premi owed"},
    {ACCOUNT_PRODUCTION_FUND, "liabilities:production fund"},
};

static void account_name(char out[ACCOUNT_NAME_MAX], const char *kind, const char *code)
{
    const char *name = NULL;

    for (size_t i = 0; i < LENGTH(chart); i++) {
        if (strcmp(chart[i].kind, kind) == 0) {
            name = chart[i].name;
        }
    }
    snprintf(out, ACCOUNT_NAME_MAX, "%s%s:%s", name ? name : "equity:", name ? "" : kind, code);
}

static void heading(struct sbuf *out, const struct site *site)
{
    sbuf_format(out,
                "; Etalase %s, epoch %s.  Whole rupiah; what is owed is negative.\n"
                "decimal-mark .\ncommodity 1000. IDR\n\n",
                site->code, site->epoch);
}

static void declare(struct sbuf *out, struct stmt *st)
{
    char name[ACCOUNT_NAME_MAX];

    account_name(name, col_text(st, "kind"), col_text(st, "code"));
    sbuf_format(out, "account %s\n", name);
}

static enum err each_account(struct ctx *cx, struct sbuf *out,
                             void (*each)(struct sbuf *out, struct stmt *st))
{
    struct stmt *st = db_stmt(cx->db, SQL_EXPORT_BALANCES);
    enum err e;

    bind_text(st, ":site", cx->site->code);
    while (stmt_row(st, &e)) {
        each(out, st);
    }
    return e;
}

static void assert_balance(struct sbuf *out, struct stmt *st)
{
    char name[ACCOUNT_NAME_MAX];

    account_name(name, col_text(st, "kind"), col_text(st, "code"));
    sbuf_format(out, "    %s  0 IDR = %lld IDR\n", name, (long long)col_int(st, "balance_rp"));
}

static void act_heading(struct sbuf *out, struct stmt *st, struct zone zone)
{
    char day[DATE_TEXT_MAX];
    const char *number = col_text(st, "number");

    day_iso(day, instant_day(col_instant(st, "at_ms"), zone));
    sbuf_format(out, "\n%s (%lld) %s%s%s\n", day, (long long)col_int(st, "seq"),
                col_text(st, "kind"), *number ? " " : "", number);
}

static void move(struct sbuf *out, struct stmt *st)
{
    char from[ACCOUNT_NAME_MAX], to[ACCOUNT_NAME_MAX];
    long long amount = (long long)col_int(st, "amount_rp");

    account_name(from, col_text(st, "from_kind"), col_text(st, "from_code"));
    account_name(to, col_text(st, "to_kind"), col_text(st, "to_code"));
    sbuf_format(out, "    %s  %lld IDR  ; %s\n    %s  -%lld IDR\n", to, amount,
                col_text(st, "reason"), from, amount);
}

static enum err moves_slice(struct export *x, struct ctx *cx, struct sbuf *out)
{
    struct stmt *st = db_stmt(cx->db, SQL_EXPORT_MONEY);
    enum err e;

    bind_text(st, ":site", cx->site->code);
    bind_blob(st, ":after", x->after, sizeof x->after);
    bind_int(st, ":most", ACTS_A_SLICE);
    x->done = true;
    while (stmt_row(st, &e)) {
        uint8_t act[ID_BYTES];

        col_id(st, "act_id", act);
        if (memcmp(act, x->after, sizeof act) != 0) {
            memcpy(x->after, act, sizeof act);
            x->last_at = col_instant(st, "at_ms");
            act_heading(out, st, cx->site->zone);
        }
        move(out, st);
        x->done = false;
    }
    return e;
}

/* Only when the last slice was empty: then these balances are of the same moment as the moves. */
static enum err closing(struct export *x, struct ctx *cx, struct sbuf *out)
{
    char day[DATE_TEXT_MAX];

    if (x->last_at.ms == 0) {
        return OK;
    }
    day_iso(day, instant_day(x->last_at, cx->site->zone));
    sbuf_format(out, "\n%s balances as kept by the program\n", day);
    return each_account(cx, out, assert_balance);
}

enum err ledger_slice(struct export *x, struct ctx *cx, struct sbuf *out)
{
    enum err e = OK;

    if (!x->begun) {
        heading(out, cx->site);
        e = each_account(cx, out, declare);
    }
    if (!e) {
        e = moves_slice(x, cx, out);
    }
    return !e && x->done ? closing(x, cx, out) : e;
}
