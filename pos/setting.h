/* Settings of the unit: values over time, and the first facts of a site.  Results live in
 * cx->arena.
 */
#ifndef POS_SETTING_H
#define POS_SETTING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "attr.h"
#include "ctx.h"
#include "err.h"
#include "inventory/store/fact_table.h"
#include "when.h"

enum { SETTING_VALUE_LEN_MAX = 400, TILLS_MAX = 32 };

struct setting_pair {
    const char *name;
    const char *value;
};

/* What is in force now. */
struct settings {
    const char *unit_name; /* "Galeri Lapas Contoh" */
    const char *unit_address;
    const char *unit_city;
    const char *satker;         /* 6 digits */
    const char *label_host;     /* "GALERI.EXAMPLE"; never taken from a request */
    const char *split_rule;     /* code in split_rules.csv */
    const char *receipt_format; /* "{till}/{satker}/{year}/{epoch}{no}" */
    const char *receipt_footer;
    const char *deadline_rule; /* "NEXT_WORKING_DAY" ... */
    int32_t deadline_days;     /* of PERIODIC */
    int32_t deposit_close_min; /* minutes of the local day at which the deposit day ends */
    struct zone zone;
    int32_t tills;
    bool demo;
    const struct setting_pair *others; /* every value in force, in the order of names */
    size_t other_count;
};
NODISCARD enum err settings_now(struct settings *out, struct ctx *cx);
void settings_ahead(struct ctx *cx); /* they will be read, soon (store.h, stmt_ahead) */

/* The split rule of a product family: "split.rule.FAMILY" when it is set, else split_rule. */
const char *settings_split_rule(const struct settings *s, const char *family);

/* One value by its name, "" when it was never set. */
NODISCARD enum err setting_get(const char **out, struct ctx *cx, const char *name);
/* Act "setting.set".  Refuses an unknown name or a value that the name does not allow. */
NODISCARD enum err setting_set(struct ctx *cx, const char *name, const char *value);

/* ---- the site ---- */

/* NULL members take the defaults said here. */
struct site_new {
    const char *unit_name;      /* needed */
    const char *unit_address;   /* "" */
    const char *unit_city;      /* "" */
    const char *satker;         /* the site's code */
    const char *label_host;     /* "LABEL.INVALID" */
    const char *split_rule;     /* "SETOR-PENUH" */
    const char *receipt_format; /* "{till}/{satker}/{year}/{epoch}{no}" */
    const char *receipt_footer; /* "Terima kasih." and its fellows */
    int32_t tills;              /* 0: one */
    bool demo;
};

/* Which site this store belongs to; works with cx->site NULL.  ERR_NOT_FOUND: a new, empty store.
 */
NODISCARD enum err site_load(struct site *out, struct ctx *cx);
/* Act "site.init": the places, accounts, families and settings a showroom begins with; cx->site
 * says code, epoch and zone.  ERR_CONFLICT (site-exists) when it was done already. */
NODISCARD enum err site_init(struct ctx *cx, const struct site_new *wanted);

/* Says in a store that was rebuilt from a journal which stream it holds: that of cx->site.
 * ERR_CONFLICT (site-exists) when it says so already. */
NODISCARD enum err site_adopt(struct ctx *cx);

struct setting_row {
    const char *name;
    const char *value;
    struct instant valid_from;
};
extern const struct fact_table setting_table;

#endif
