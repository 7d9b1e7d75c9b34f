/* Accounts and money moves. */
#include "pos/ledger.h"

#include <assert.h>

#include "inventory/base/arena.h"
#include "inventory/base/id.h"
#include "inventory/fact.h"
#include "sql_names.h"

enum { ACCOUNTS_MAX = 1000 };

static const struct fact_col account_cols[] = {
    FACT_COL(account_row, "id", id),
    FACT_COL(account_row, "kind", kind),
    FACT_COL(account_row, "code", code),
    FACT_COL(account_row, "name", name),
};
const struct fact_table account_table = FACT_TABLE("account", account_row, account_cols);

static const struct fact_col money_move_cols[] = {
    FACT_COL(money_move_row, "line", line),     FACT_COL(money_move_row, "from_id", from),
    FACT_COL(money_move_row, "to_id", to),      FACT_COL(money_move_row, "amount_rp", amount),
    FACT_COL(money_move_row, "reason", reason),
};
const struct fact_table money_move_table =
    FACT_TABLE("money_move", money_move_row, money_move_cols);

static void account_fill(struct account *out, struct ctx *cx, struct stmt *st)
{
    *out = (struct account){
        .kind = arena_text(cx->arena, col_text(st, "kind")),
        .code = arena_text(cx->arena, col_text(st, "code")),
        .name = arena_text(cx->arena, col_text(st, "name")),
        .balance = col_rupiah(st, "balance_rp"),
    };
    col_id(st, "id", out->id.bytes);
}

static enum err missing(struct ctx *cx, const char *kind, const char *code)
{
    return refuse(cx, ERR_NOT_FOUND, "account-missing",
                  _("Akun %s %s belum ada di pembukuan. Minta admin memeriksa pengaturan."), kind,
                  code);
}

enum err account_find(struct account *out, struct ctx *cx, const char *kind, const char *code)
{
    struct stmt *st = db_stmt(cx->db, SQL_ACCOUNT_FIND);
    enum err e;

    bind_text(st, ":site", cx->site->code);
    bind_text(st, ":kind", kind);
    bind_text(st, ":code", code);
    e = stmt_one(st);
    if (!e) {
        account_fill(out, cx, st);
        stmt_done(st);
    }
    return e == ERR_NOT_FOUND ? missing(cx, kind, code) : e;
}

const struct account *account_in(const struct account_list *list, struct ctx *cx, const char *kind,
                                 const char *code)
{
    for (size_t i = 0; i < list->count; i++) {
        const struct account *a = &list->items[i];

        if (strcmp(a->kind, kind) == 0 && strcmp(a->code, code) == 0) {
            return a;
        }
    }
    (void)missing(cx, kind, code);
    return NULL;
}

static struct stmt *all_ask(struct ctx *cx)
{
    struct stmt *st = db_stmt(cx->db, SQL_ACCOUNT_ALL);

    bind_text(st, ":site", cx->site->code);
    return st;
}

void account_all_ahead(struct ctx *cx)
{
    stmt_ahead(all_ask(cx));
}

enum err account_all(struct account_list *out, struct ctx *cx)
{
    struct stmt *st = all_ask(cx);
    enum err e = OK;

    *out = (struct account_list){.items = ARENA_ARRAY(cx->arena, struct account, ACCOUNTS_MAX)};
    while (out->count < ACCOUNTS_MAX && stmt_row(st, &e)) {
        account_fill(&out->items[out->count++], cx, st);
    }
    stmt_done(st);
    return e;
}

enum err account_put(struct ctx *cx, const char *kind, const char *code, const char *name)
{
    return fact_put(cx, &account_table,
                    &(struct account_row){
                        .id = account_id_new(act_at(cx)),
                        .kind = kind,
                        .code = code,
                        .name = name,
                    });
}

enum err ledger_move(struct ledger *l, struct ctx *cx, struct account_id from, struct account_id to,
                     struct rupiah amount, const char *reason)
{
    assert(amount.rp >= 0);
    if (amount.rp == 0) {
        return OK;
    }
    l->left.rp += account_id_equal(to, l->through) ? amount.rp : 0;
    l->left.rp -= account_id_equal(from, l->through) ? amount.rp : 0;
    return fact_put(cx, &money_move_table,
                    &(struct money_move_row){
                        .line = ++l->lines,
                        .from = from,
                        .to = to,
                        .amount = amount,
                        .reason = reason,
                    });
}
