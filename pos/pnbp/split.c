/* Split rules: read from data, found by day, applied to a line. */
#include "pos/pnbp/split.h"

#include <assert.h>

#include "inventory/base/calendar.h"
#include "inventory/base/money_text.h"
#include "pos/pnbp/table_file.h"

enum { BPS_WHOLE = 10000 };

enum {
    COL_CODE,
    COL_NAME,
    COL_FROM,
    COL_TO,
    COL_BASE,
    COL_COMMISSION,
    COL_PNBP,
    COL_PREMI,
    COL_FUND,
    COL_FUND_NAME,
    COL_CITATION,
    COL_CONFIDENCE,
};
static const char *const columns[] = {
    "code",     "name",      "valid_from", "valid_to",  "base",     "commission_in_base",
    "pnbp_bps", "premi_bps", "fund_bps",   "fund_name", "citation", "confidence",
};

const char *split_base_name(enum split_base base)
{
    switch (base) {
    case SPLIT_GROSS_SALES: return "GROSS_SALES";
    case SPLIT_PROFIT: return "PROFIT";
    }
    return "";
}

static bool base_from_name(enum split_base *out, const char *name)
{
    if (strcmp(name, "GROSS_SALES") == 0) {
        *out = SPLIT_GROSS_SALES;
        return true;
    }
    *out = SPLIT_PROFIT;
    return strcmp(name, "PROFIT") == 0;
}

static bool read_row(struct split_rule *rule, const char *const f[])
{
    bool shares = table_int(&rule->pnbp_bps, f[COL_PNBP], BPS_WHOLE) &&
                  table_int(&rule->premi_bps, f[COL_PREMI], BPS_WHOLE) &&
                  table_int(&rule->fund_bps, f[COL_FUND], BPS_WHOLE) &&
                  rule->pnbp_bps + rule->premi_bps + rule->fund_bps == BPS_WHOLE;

    rule->commission_in_base = strcmp(f[COL_COMMISSION], "yes") == 0;
    return shares && table_text(rule->code, sizeof rule->code, f[COL_CODE]) &&
           table_text(rule->name, sizeof rule->name, f[COL_NAME]) &&
           day_parse(&rule->valid_from, f[COL_FROM]) == OK &&
           table_day_optional(&rule->valid_to, &rule->ends, f[COL_TO]) &&
           base_from_name(&rule->base, f[COL_BASE]) &&
           snprintf(rule->fund_name, sizeof rule->fund_name, "%s", f[COL_FUND_NAME]) <
               (int)sizeof rule->fund_name &&
           table_text(rule->citation, sizeof rule->citation, f[COL_CITATION]);
}

static bool add_row(void *arg, const char *const fields[])
{
    struct split_rules *rules = arg;

    if (rules->count == SPLIT_RULES_MAX || !read_row(&rules->rules[rules->count], fields)) {
        return false;
    }
    rules->count++;
    return true;
}

enum err split_rules_read(struct split_rules *out, const char *bytes, size_t n, struct why *why)
{
    const struct table_file file = {"split_rules.csv", columns, LENGTH(columns), add_row, out};

    *out = (struct split_rules){.count = 0};
    return table_file_read(&file, bytes, n, why);
}

const struct split_rule *split_rule_find(const struct split_rules *rules, const char *code,
                                         struct day on)
{
    const struct split_rule *best = NULL;

    for (size_t i = 0; i < rules->count; i++) {
        const struct split_rule *rule = &rules->rules[i];
        bool in_force = rule->valid_from.since_1970 <= on.since_1970 &&
                        (!rule->ends || on.since_1970 <= rule->valid_to.since_1970);

        if (in_force && strcmp(rule->code, code) == 0 &&
            (!best || best->valid_from.since_1970 < rule->valid_from.since_1970)) {
            best = rule;
        }
    }
    return best;
}

bool split_divide(struct split *out, const struct split_rule *rule, struct rupiah total,
                  bool cost_known, struct rupiah cost)
{
    bool profit = rule->base == SPLIT_PROFIT;
    int64_t back = profit ? cost.rp : 0;

    assert(total.rp >= 0 && cost.rp >= 0);
    assert(rule->pnbp_bps + rule->premi_bps + rule->fund_bps == BPS_WHOLE);
    if (profit && !cost_known) {
        return false;
    }
    *out = (struct split){.loss = back > total.rp};
    out->cost_back = RUPIAH(out->loss ? total.rp : back);
    out->base = RUPIAH(total.rp - out->cost_back.rp);
    out->premi = rupiah_share_down(out->base, rule->premi_bps);
    out->fund = rupiah_share_down(out->base, rule->fund_bps);
    out->pnbp = RUPIAH(out->base.rp - out->premi.rp - out->fund.rp);
    return true;
}
