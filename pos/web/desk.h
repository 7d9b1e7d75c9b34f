/* What the desk pages share: small pieces of their views, and reads of their own (desk.sql).
 *
 * Results live in the request's arena. */
#ifndef WEB_DESK_H
#define WEB_DESK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "attr.h"
#include "inventory/goods.h"
#include "inventory/stock.h"
#include "pos/web/request.h"
#include "pos/web/tpl.h"

enum {
    /* Who works at a desk and reads goods and stock. */
    DESK_STAFF =
        ROLE_CASHIER | ROLE_WORKSHOP | ROLE_TREASURER | ROLE_SUPERVISOR | ROLE_AUDITOR | ROLE_ADMIN,
    DESK_MAKERS = ROLE_WORKSHOP | ROLE_SUPERVISOR | ROLE_ADMIN, /* goods and labels */
    DESK_PRICERS = ROLE_SUPERVISOR | ROLE_ADMIN,                /* prices and imports */
    DESK_MONEY = ROLE_TREASURER | ROLE_SUPERVISOR | ROLE_AUDITOR | ROLE_ADMIN,
    DESK_COSTS = DESK_MONEY | ROLE_WORKSHOP,                 /* may see what goods cost */
    DESK_LOTS = DESK_MAKERS | ROLE_TREASURER | ROLE_AUDITOR, /* may read lots and labels */
    DESK_NAMES = ROLE_WORKSHOP | ROLE_SUPERVISOR,            /* files of makers, and nobody else */
    DESK_ADMIN = ROLE_AUDITOR | ROLE_ADMIN,
    DESK_ROWS = 50, /* rows of one page of a list */
};

/* ---- pieces of views ---- */

/* One field of a form: what stood in it, and the sentence beside it. */
struct desk_field {
    const char *value;
    const char *error; /* NULL: none */
};
extern const struct tpl_field desk_field_fields[];
struct desk_field desk_field(const struct request *rq, const char *name, const char *first);

struct desk_option {
    const char *value;
    const char *label;
    bool selected;
};
extern const struct tpl_field desk_option_fields[];
/* Marks the one that was chosen before, or `first` on the first showing. */
void desk_choose(struct desk_option *options, size_t n, const char *chosen);

/* Every role by its name, for input tables, and as a choice in the person's language. */
extern const char *const desk_roles[];
struct tpl_list desk_role_options(struct request *rq, const char *chosen);

/* A line of the error summary; its link goes to the field of that name. */
struct desk_error {
    const char *field; /* "" when it speaks of none */
    const char *text;
};
/* What stands in every page with forms: {{form.csrf}}, {{form.key}}, {{#form.errors}}. */
struct desk_form {
    const char *csrf;
    const char *key; /* a fresh one; the one that was sent while its outcome is unknown */
    struct tpl_list errors;
};
extern const struct tpl_field desk_form_fields[];
struct desk_form desk_form(struct request *rq);

/* What an act refused speaks of its own field ("qty"); from here on of the form's ("jumlah"), so
 * that the sentence stands beside it.  Returns `e`. */
NODISCARD enum err desk_refused(struct request *rq, enum err e);

bool desk_may(const struct request *rq, unsigned roles);
/* What a GET asked for; "" when a form is shown again, whose table is another one. */
const char *desk_asked(const struct request *rq, const char *name);

/* ---- texts ---- */

/* A sentence in the person's language; `format` is a `_()` text. */
const char *desk_say(struct request *rq, const char *format, ...) PRINTF_LIKE(2, 3);

const char *desk_day(struct request *rq, struct day d);         /* 22 November 2026 */
const char *desk_day_long(struct request *rq, struct day d);    /* Minggu, 22 November 2026 */
const char *desk_day_iso(struct request *rq, struct day d);     /* 2026-11-22 */
const char *desk_month(struct request *rq, struct day d);       /* November 2026 */
const char *desk_moment(struct request *rq, struct instant at); /* 22 November 2026, 19.42 WITA */
const char *desk_qty(struct request *rq, struct qty q);         /* 26,5 */
struct day desk_today(const struct request *rq);
const char *desk_tracking(const struct request *rq, enum tracking t); /* per potong */
const char *desk_tracking_long(const struct request *rq, enum tracking t);
const char *desk_role(const struct request *rq, enum role role);
const char *desk_code_groups(struct request *rq, struct label_code code);

/* The page of a lot; no link for those who may not read it. */
struct url desk_lot_url(struct request *rq, struct label_code code);

/* The lot named in the path by its label code, in any case.  ERR_NOT_FOUND with a sentence. */
NODISCARD enum err desk_lot_of_path(struct lot *out, struct request *rq);
/* The product named in the path by its SKU.  ERR_NOT_FOUND with a sentence. */
NODISCARD enum err desk_product_of_path(struct product *out, struct request *rq);

/* ---- reads that no room below offers ---- */

struct desk_price {
    struct rupiah price;
    bool cost_known;
    struct rupiah cost;
    const char *approver;
    struct instant valid_from;
};
/* Every price of a product, the newest first, at most `limit`. */
NODISCARD enum err desk_prices(struct desk_price **out, size_t *count, struct ctx *cx,
                               struct product_id product, size_t limit);

/* A lot with what is left of it in places of our own. */
struct desk_lot {
    struct label_code code;
    const char *sku;
    const char *name;
    const char *unit;
    struct day made;
    bool expires;
    struct day expiry;
    struct qty qty;
    struct qty left;
    bool cost_known;
    struct rupiah cost;
};
/* The newest lots of a product. */
NODISCARD enum err desk_lots_of_product(struct desk_lot **out, size_t *count, struct ctx *cx,
                                        struct product_id product, size_t limit);
/* Lots of which something is left and whose expiry is not after `until`, the earliest first. */
NODISCARD enum err desk_lots_expiring(struct desk_lot **out, size_t *count, struct ctx *cx,
                                      struct day until, size_t limit);

/* A piece of a lot and where it stands. */
struct desk_unit {
    int32_t no;
    struct label_code code;
    enum place_kind kind;
    const char *place;
};
NODISCARD enum err desk_units(struct desk_unit **out, size_t *count, struct ctx *cx,
                              struct lot_id lot, int32_t after_no, size_t limit);

struct desk_day_sum {
    struct day day;
    struct rupiah gross;
    struct rupiah pnbp;
};
/* Sums of the business days from..to that have sales, in order; at most `limit`. */
NODISCARD enum err desk_day_sums(struct desk_day_sum **out, size_t *count, struct ctx *cx,
                                 const struct day range[2], size_t limit);

struct desk_token {
    const char *name;
    enum role role;
    struct instant made;
    struct instant revoked; /* 0: in use */
};
NODISCARD enum err desk_tokens(struct desk_token **out, size_t *count, struct ctx *cx,
                               size_t limit);

#endif
