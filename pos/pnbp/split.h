/* How the proceeds of a line are divided: a named, dated rule with a base and shares that sum to
 * 10 000.  Each share is rounded down and the remainder goes to PNBP. */
#ifndef PNBP_SPLIT_H
#define PNBP_SPLIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "attr.h"
#include "err.h"
#include "rupiah.h"
#include "when.h"

enum { SPLIT_RULES_MAX = 64, SPLIT_CODE_MAX = 33, SPLIT_TEXT_MAX = 160 };

enum split_base { SPLIT_GROSS_SALES, SPLIT_PROFIT };

const char *split_base_name(enum split_base base); /* "GROSS_SALES", "PROFIT" */

struct split_rule {
    char code[SPLIT_CODE_MAX];
    char name[SPLIT_TEXT_MAX];
    struct day valid_from;
    bool ends;
    struct day valid_to; /* the last day, when it ends */
    enum split_base base;
    bool commission_in_base;
    int32_t pnbp_bps, premi_bps, fund_bps;
    char fund_name[SPLIT_TEXT_MAX];
    char citation[SPLIT_TEXT_MAX];
};

struct split_rules {
    struct split_rule rules[SPLIT_RULES_MAX];
    size_t count;
};

/* Reads split_rules.csv.  ERR_INVALID names the line. */
NODISCARD enum err split_rules_read(struct split_rules *out, const char *bytes, size_t n,
                                    struct why *why);
/* The rule of that code in force on that day, NULL when there is none. */
const struct split_rule *split_rule_find(const struct split_rules *rules, const char *code,
                                         struct day on);

struct split {
    struct rupiah base;
    struct rupiah pnbp;
    struct rupiah premi;
    struct rupiah fund;
    struct rupiah cost_back; /* to the production fund; 0 unless the base is PROFIT */
    bool loss;               /* cost above the sale: no shares, everything goes back, flagged */
};

/* pnbp + premi + fund + cost_back is the total, always.  false: the base is PROFIT and the cost is
 * not known, so nothing can be divided.  total and cost are 0..RUPIAH_MAX. */
NODISCARD bool split_divide(struct split *out, const struct split_rule *rule, struct rupiah total,
                            bool cost_known, struct rupiah cost);

#endif
