/* Accounts and the money that moves between them.
 *
 * `from` gives (credit), `to` receives (debit): an account's balance is what it received less what
 * it gave.  What is owed stands as a negative balance.  Sales clearing is zero after every act. */
#ifndef POS_LEDGER_H
#define POS_LEDGER_H

#include <stddef.h>
#include <stdint.h>

#include "attr.h"
#include "ctx.h"
#include "err.h"
#include "ids.h"
#include "inventory/store/fact_table.h"
#include "rupiah.h"

/* Kinds are text, because sites and the centre add to them: */
#define ACCOUNT_TILL_DRAWER     "till_drawer" /* code: the till */
#define ACCOUNT_TREASURER_CASH  "treasurer_cash"
#define ACCOUNT_SALES_CLEARING  "sales_clearing"
#define ACCOUNT_PNBP_OWED       "pnbp_owed" /* code: the revenue account */
#define ACCOUNT_PREMI_OWED      "premi_owed"
#define ACCOUNT_PRODUCTION_FUND "production_fund"

struct account {
    struct account_id id;
    const char *kind;
    const char *code;
    const char *name;
    struct rupiah balance;
};
struct account_list {
    struct account *items;
    size_t count;
};

/* ERR_NOT_FOUND with a sentence (account-missing). */
NODISCARD enum err account_find(struct account *out, struct ctx *cx, const char *kind,
                                const char *code);
NODISCARD enum err account_all(struct account_list *out, struct ctx *cx);
void account_all_ahead(struct ctx *cx); /* it will be read, soon (store.h, stmt_ahead) */

/* ---- inside an act ---- */

NODISCARD enum err account_put(struct ctx *cx, const char *kind, const char *code,
                               const char *name);

/* NULL after a sentence (account-missing). */
const struct account *account_in(const struct account_list *list, struct ctx *cx, const char *kind,
                                 const char *code);

/* The moves of one act, numbered in the order they are made.  Money goes through an account that
 * must end as it began: `left` is what the moves so far leave in it. */
struct ledger {
    struct account_id through;
    struct rupiah left;
    int32_t lines;
};
/* Nothing is written for an amount of zero; a negative amount is a programmer's mistake. */
NODISCARD enum err ledger_move(struct ledger *l, struct ctx *cx, struct account_id from,
                               struct account_id to, struct rupiah amount, const char *reason);

struct account_row {
    struct account_id id;
    const char *kind;
    const char *code;
    const char *name;
};
/* A child of the act: key (site, act_id, line). */
struct money_move_row {
    int32_t line;
    struct account_id from;
    struct account_id to;
    struct rupiah amount;
    const char *reason; /* "tender", "pnbp", "premi", "fund_share", "cost_back" */
};
extern const struct fact_table account_table, money_move_table;

#endif
