/* The reviewed data that travels in the program: split rules, revenue accounts, holidays.  Read
 * once at start, before threads; never changed afterwards. */
#ifndef PNBP_REFERENCE_H
#define PNBP_REFERENCE_H

#include <stdbool.h>
#include <stddef.h>

#include "attr.h"
#include "embedded.h"
#include "err.h"
#include "inventory/base/calendar.h"
#include "pos/pnbp/split.h"
#include "when.h"

enum {
    REVENUE_ACCOUNTS_MAX = 64,
    REVENUE_CODE_MAX = 9,
    REVENUE_NAME_MAX = 160,
    FAMILIES_MAX = 64,
    FAMILY_TEXT_MAX = 64,
};

struct revenue_account {
    char code[REVENUE_CODE_MAX]; /* 6 digits */
    char name[REVENUE_NAME_MAX];
    struct day valid_from;
    bool ends;
    struct day valid_to;
};

struct revenue_accounts {
    struct revenue_account list[REVENUE_ACCOUNTS_MAX];
    size_t count;
};

struct family_name {
    char code[FAMILY_TEXT_MAX];
    char name[FAMILY_TEXT_MAX];
};

struct family_names {
    struct family_name list[FAMILIES_MAX];
    size_t count;
};

struct reference {
    struct family_names families;
    struct split_rules rules;
    struct revenue_accounts accounts;
    struct holidays holidays;
};

/* Reads the embedded files split_rules.csv, revenue_accounts.csv, holidays.csv and families.csv.
 * Call once at start; an error names file and line. */
NODISCARD enum err reference_start(struct why *why);
void reference_stop(void);
/* What was read; reference_start() must have been called (assert). */
const struct reference *reference(void);

NODISCARD enum err revenue_accounts_read(struct revenue_accounts *out, const char *bytes, size_t n,
                                         struct why *why);
/* Reads holidays.csv into one block of memory, to be freed with holidays_free(). */
NODISCARD enum err holidays_read(struct holidays *out, const char *bytes, size_t n,
                                 struct why *why);
void holidays_free(struct holidays *h);

NODISCARD enum err family_names_read(struct family_names *out, const char *bytes, size_t n,
                                     struct why *why);

/* Whether the code is an account valid on that day; `day` points to a struct day.  In the form that
 * an import asks for. */
bool revenue_account_known(void *day, const char *code);

/* The account valid on that day, NULL when there is none. */
const struct revenue_account *revenue_account_find(const struct revenue_accounts *accounts,
                                                   const char *code, struct day on);

#endif
