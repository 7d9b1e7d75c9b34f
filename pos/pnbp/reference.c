/* The reviewed data that travels in the program. */
#include "pos/pnbp/reference.h"

#include <assert.h>

#include "inventory/base/arena.h"
#include "inventory/base/refuse.h"
#include "lang.h"
#include "pos/pnbp/table_file.h"

static struct reference *loaded;

/* ---- revenue accounts ---- */

enum { ACCOUNT_CODE, ACCOUNT_NAME, ACCOUNT_USE, ACCOUNT_FROM, ACCOUNT_TO, ACCOUNT_CONFIDENCE };
static const char *const account_columns[] = {"code",       "name_id",  "use",
                                              "valid_from", "valid_to", "confidence"};

static bool code_right(const char *code)
{
    return strlen(code) == 6 && strspn(code, "0123456789") == 6;
}

static bool add_account(void *arg, const char *const f[])
{
    struct revenue_accounts *all = arg;
    struct revenue_account *a;

    if (all->count == REVENUE_ACCOUNTS_MAX || !code_right(f[ACCOUNT_CODE])) {
        return false;
    }
    a = &all->list[all->count++];
    return table_text(a->code, sizeof a->code, f[ACCOUNT_CODE]) &&
           table_text(a->name, sizeof a->name, f[ACCOUNT_NAME]) &&
           day_parse(&a->valid_from, f[ACCOUNT_FROM]) == OK &&
           table_day_optional(&a->valid_to, &a->ends, f[ACCOUNT_TO]);
}

enum err revenue_accounts_read(struct revenue_accounts *out, const char *bytes, size_t n,
                               struct why *why)
{
    const struct table_file file = {"revenue_accounts.csv", account_columns,
                                    LENGTH(account_columns), add_account, out};

    *out = (struct revenue_accounts){.count = 0};
    return table_file_read(&file, bytes, n, why);
}

const struct revenue_account *revenue_account_find(const struct revenue_accounts *accounts,
                                                   const char *code, struct day on)
{
    for (size_t i = 0; i < accounts->count; i++) {
        const struct revenue_account *a = &accounts->list[i];

        if (strcmp(a->code, code) == 0 && a->valid_from.since_1970 <= on.since_1970 &&
            (!a->ends || on.since_1970 <= a->valid_to.since_1970)) {
            return a;
        }
    }
    return NULL;
}

/* ---- families ---- */

static const char *const family_columns[] = {"code", "name_id"};

static bool add_family(void *arg, const char *const f[])
{
    struct family_names *all = arg;
    struct family_name *family;

    if (all->count == FAMILIES_MAX) {
        return false;
    }
    family = &all->list[all->count++];
    return table_text(family->code, sizeof family->code, f[0]) &&
           table_text(family->name, sizeof family->name, f[1]);
}

enum err family_names_read(struct family_names *out, const char *bytes, size_t n, struct why *why)
{
    const struct table_file file = {"families.csv", family_columns, LENGTH(family_columns),
                                    add_family, out};

    *out = (struct family_names){.count = 0};
    return table_file_read(&file, bytes, n, why);
}

/* ---- holidays ---- */

enum { HOLIDAY_DATE, HOLIDAY_KIND, HOLIDAY_SOURCE, HOLIDAY_KNOWN };
static const char *const holiday_columns[] = {"date", "kind", "source", "known_since"};

/* A year without a decree has its fixed days only; joint leave comes with the decree. */
enum { HOLIDAYS_MAX = 2000 };

struct holiday_list {
    struct holiday *days;
    size_t count;
};

static bool add_holiday(void *arg, const char *const f[])
{
    struct holiday_list *list = arg;
    struct holiday *h = &list->days[list->count];
    bool known;

    if (list->count == HOLIDAYS_MAX || day_parse(&h->date, f[HOLIDAY_DATE]) ||
        !table_day_optional(&h->known_since, &known, f[HOLIDAY_KNOWN])) {
        return false;
    }
    h->always_known = !known;
    h->joint_leave = strcmp(f[HOLIDAY_KIND], "joint_leave") == 0;
    if (!h->joint_leave && strcmp(f[HOLIDAY_KIND], "national") != 0) {
        return false;
    }
    list->count++;
    return list->count == 1 || h[-1].date.since_1970 < h->date.since_1970;
}

/* A year is complete when its days come from a decree. */
static void set_years(struct holidays *out)
{
    out->first_year = out->last_full_year = 0;
    for (size_t i = 0; i < out->count; i++) {
        int32_t year = day_civil(out->days[i].date).year;

        if (!out->days[i].always_known) {
            out->first_year = out->first_year ? out->first_year : year;
            out->last_full_year = year;
        }
    }
}

enum err holidays_read(struct holidays *out, const char *bytes, size_t n, struct why *why)
{
    struct holiday_list list = {.days = mem_get(HOLIDAYS_MAX * sizeof *list.days)};
    const struct table_file file = {"holidays.csv", holiday_columns, LENGTH(holiday_columns),
                                    add_holiday, &list};
    enum err e = table_file_read(&file, bytes, n, why);

    if (e) {
        free(list.days);
        return e;
    }
    *out = (struct holidays){.days = list.days, .count = list.count};
    set_years(out);
    return OK;
}

void holidays_free(struct holidays *h)
{
    union {
        const struct holiday *given;
        void *owned;
    } days = {h->days}; /* holidays_read() allocated it; the rules only read it */

    free(days.owned);
    *h = (struct holidays){.count = 0};
}

/* ---- what travels in the program ---- */

static const struct embedded *file_named(const char *name)
{
    for (size_t i = 0; i < data_files_count; i++) {
        if (strcmp(data_files[i].name, name) == 0) {
            return &data_files[i];
        }
    }
    return NULL;
}

enum err reference_start(struct why *why)
{
    const struct embedded *rules = file_named("split_rules.csv");
    const struct embedded *accounts = file_named("revenue_accounts.csv");
    const struct embedded *days = file_named("holidays.csv");
    const struct embedded *families = file_named("families.csv");
    struct reference *r;
    enum err e;

    if (loaded) {
        return OK;
    }
    if (!rules || !accounts || !days || !families) {
        return why_say(why, ERR_CORRUPT, "data-file",
                       _("Berkas data di dalam program tidak lengkap. Pasang ulang program."));
    }
    r = mem_get(sizeof *r);
    if ((e = split_rules_read(&r->rules, rules->bytes, rules->n, why)) ||
        (e = revenue_accounts_read(&r->accounts, accounts->bytes, accounts->n, why)) ||
        (e = family_names_read(&r->families, families->bytes, families->n, why)) ||
        (e = holidays_read(&r->holidays, days->bytes, days->n, why))) {
        free(r);
        return e;
    }
    loaded = r;
    return OK;
}

void reference_stop(void)
{
    if (loaded) {
        holidays_free(&loaded->holidays);
        free(loaded);
        loaded = NULL;
    }
}

const struct reference *reference(void)
{
    assert(loaded);
    return loaded;
}

bool revenue_account_known(void *day, const char *code)
{
    const struct day *on = day;

    return revenue_account_find(&reference()->accounts, code, *on) != NULL;
}
