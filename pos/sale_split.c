/* The proceeds of a line, divided by the rule of its family that is in force on the day. */
#include "pos/pnbp/reference.h"
#include "pos/pnbp/split.h"
#include "pos/sale_plan.h"

static enum err check_account(struct sale_plan *plan, struct ctx *cx, const char *code)
{
    if (revenue_account_find(&reference()->accounts, code, plan->head.day)) {
        return OK;
    }
    return refuse(cx, ERR_REFUSED, "account-missing",
                  _("Akun pendapatan %.16s tidak berlaku hari ini. Minta admin membetulkan akun "
                    "barang ini."),
                  code);
}

enum err sale_plan_split(struct sale_plan *plan, struct ctx *cx, struct sale_line_row *line,
                         const struct product *product)
{
    const char *code = settings_split_rule(&plan->settings, product->family);
    const struct split_rule *rule = split_rule_find(&reference()->rules, code, plan->head.day);
    struct split split;

    if (!rule) {
        return refuse(cx, ERR_REFUSED, "rule-missing",
                      _("Aturan bagi hasil \"%.32s\" tidak berlaku hari ini. Minta admin memilih "
                        "aturan."),
                      code);
    }
    if (!split_divide(&split, rule, line->total, line->cost_known, line->cost_total)) {
        return refuse(
            cx, ERR_REFUSED, "cost-unknown",
            _("Harga pokok %s belum diketahui, jadi laba belum dapat dibagi. Minta bengkel "
              "mengisi harga pokoknya."),
            product->name);
    }
    line->rule = rule->code;
    line->rule_base = split_base_name(rule->base);
    line->pnbp_bps = rule->pnbp_bps;
    line->premi_bps = rule->premi_bps;
    line->fund_bps = rule->fund_bps;
    line->base = split.base;
    line->pnbp = split.pnbp;
    line->premi = split.premi;
    line->fund = split.fund;
    line->cost_back = split.cost_back;
    line->loss = split.loss;
    return check_account(plan, cx, line->revenue_account);
}
