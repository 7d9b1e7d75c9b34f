/* Goods: products and their revisions, families, workshops, variants, prices, and what a label is.
 *
 * A product's SKU, tracking and unit of measure never change; everything else about it is a
 * revision.  Nothing is sold without an approved price.  Results of reads live in cx->arena. */
#ifndef INVENTORY_GOODS_H
#define INVENTORY_GOODS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "attr.h"
#include "ctx.h"
#include "err.h"
#include "ids.h"
#include "inventory/base/label_code.h"
#include "inventory/store/fact_table.h"
#include "qty.h"
#include "rupiah.h"
#include "when.h"

enum {
    SKU_LEN_MAX = 32,
    PRODUCT_NAME_LEN_MAX = 120,
    FAMILY_CODE_LEN_MAX = 24,
    UNIT_NAME_LEN_MAX = 16,
    GOODS_SEARCH_LIMIT = 20,
    VARIANTS_SHOWN = 100,
    FAMILY_NAME_LEN_MAX = 60,
    SHELF_LIFE_DAYS_MAX = 3650,
};

/* How a product is followed: each piece by its own code, counted by lot, a service without stock,
 * or material that is bought and consumed. */
enum tracking { TRACK_PIECE, TRACK_LOT, TRACK_SERVICE, TRACK_MATERIAL };

const char *tracking_name(enum tracking t);                              /* "piece" ... */
NODISCARD bool tracking_from_name(enum tracking *out, const char *name); /* false: unknown */

/* ---- reading ---- */

struct product {
    struct product_id id;
    const char *sku;
    const char *name;
    const char *family;
    const char *family_name;
    struct place_id workshop;
    const char *workshop_name;
    enum tracking tracking;
    const char *unit; /* "potong", "meter" */
    const char *revenue_account;
    int32_t shelf_life_days; /* 0: does not expire */
    const char *motif;
    const char *technique;
    bool active;
    int32_t rev;
    bool priced; /* an approved price is in force now */
    struct price_id price_id;
    struct rupiah price;
    bool cost_known; /* the cost basis of that price */
    struct rupiah cost;
    struct qty on_hand; /* in the showroom; 0 for services */
};

struct product_list {
    struct product *items;
    size_t count;
    bool more; /* there are further ones; go on after the last SKU */
};

/* ERR_NOT_FOUND (no sentence) when there is none. */
NODISCARD enum err product_by_id(struct product *out, struct ctx *cx, struct product_id id);
/* By SKU, upper or lower case. */
NODISCARD enum err product_by_sku(struct product *out, struct ctx *cx, const char *sku);
/* They will be read soon in the same transaction (store.h, stmt_ahead). */
void product_ahead(struct ctx *cx, struct product_id id);
void product_sku_ahead(struct ctx *cx, const char *sku);
/* What a person typed: names and SKUs that begin with it first, then those that contain it; at most
 * GOODS_SEARCH_LIMIT, active products only. */
NODISCARD enum err product_search(struct product_list *out, struct ctx *cx, const char *text);
/* All products in SKU order after `after_sku` (NULL: from the first); family NULL or "": any. */
NODISCARD enum err product_page(struct product_list *out, struct ctx *cx, const char *after_sku,
                                const char *family, size_t limit);

struct family {
    const char *code;
    const char *name;
};
struct family_list {
    struct family *items;
    size_t count;
};
NODISCARD enum err family_all(struct family_list *out, struct ctx *cx);

struct variant {
    struct variant_id id;
    const char *code;
    const char *size; /* the three may be "" */
    const char *colour;
    const char *motif;
    bool priced; /* the price in force, its own or the product's */
    struct rupiah price;
};
struct variant_list {
    struct variant *items;
    size_t count;
};
/* In the order of their codes, at most VARIANTS_SHOWN. */
NODISCARD enum err variants_of(struct variant_list *out, struct ctx *cx, struct product_id product);

/* ---- what a label is ---- */

enum label_state {
    LABEL_UNKNOWN,   /* no such label here */
    LABEL_AVAILABLE, /* stands in the showroom (a lot: some of it does) */
    LABEL_STORED,    /* made, but not in the showroom: workshop, store, transit, partner */
    LABEL_SOLD,      /* a piece with a customer */
    LABEL_GONE,      /* scrapped, lost, consumed; or a lot of which nothing is left */
    LABEL_VOID,      /* was a code of ours and was taken out of force; `now` is the one that is */
};

struct label {
    enum label_state state;
    bool is_piece;          /* false: the code of a whole lot */
    struct label_code code; /* that was asked for */
    struct label_code now;  /* in force: the same unless LABEL_VOID */
    struct unit_id unit;    /* nil for a lot */
    struct lot_id lot;
    struct variant_id variant; /* nil: none */
    struct product product;
    struct place_id place;  /* where the piece stands; nil for a lot */
    struct act_id last_act; /* the act that moved the piece last; of a sold piece, its sale */
    struct instant moved_at;
    struct day made;
    bool expires;
    struct day expiry;
    struct qty on_hand; /* of the piece (0 or 1) or the lot, in the showroom */
    bool cost_known;
    struct rupiah unit_cost;
};

/* Always fills *out; LABEL_UNKNOWN when the code is not ours (that is no error). */
NODISCARD enum err label_find(struct label *out, struct ctx *cx, struct label_code code);
void label_ahead(struct ctx *cx, struct label_code code); /* it will be, soon */
/* Inside an act: a code that no label has or had. */
NODISCARD enum err label_code_take(struct label_code *out, struct ctx *cx);

/* ---- writing ---- */

struct product_new {
    const char *sku; /* letters, digits and . - _ / ; kept in upper case */
    const char *name;
    const char *family;   /* a family code that exists */
    const char *workshop; /* name; a new workshop is made when there is none of that name */
    enum tracking tracking;
    const char *unit;
    const char *revenue_account;
    int32_t shelf_life_days;
    const char *motif;     /* may be "" */
    const char *technique; /* may be "" */
    bool priced;           /* set a price at once (who may: as price_set) */
    struct rupiah price;
    bool cost_known;
    struct rupiah cost;
};

/* Act "product.create".  Refuses with the field named: sku-taken, sku-bad, name-missing,
 * family-unknown ... */
NODISCARD enum err product_create(struct product_id *out, struct ctx *cx,
                                  const struct product_new *wanted);

struct product_change {
    const char *name;
    const char *family;
    const char *workshop;
    const char *revenue_account;
    int32_t shelf_life_days;
    const char *motif;
    const char *technique;
    bool active;
};
/* The change that makes a product as it would be if it were new. */
struct product_change product_change_of(const struct product_new *wanted);
/* Act "product.revise": a new revision when anything differs; OK and nothing written when not. */
NODISCARD enum err product_revise(struct ctx *cx, struct product_id id,
                                  const struct product_change *change);

/* Act "family.create"; the code is kept in small letters.  Refuses: family-bad, family-name,
 * family-taken. */
NODISCARD enum err family_create(struct ctx *cx, const char *code, const char *name);
/* Act "workshop.create".  Refuses: workshop-missing, workshop-taken. */
NODISCARD enum err workshop_create(struct ctx *cx, const char *name);

struct variant_new {
    struct product_id product;
    const char *code; /* "L", "MERAH"; unique within the product */
    const char *size;
    const char *colour;
    const char *motif;
};
/* Act "variant.create". */
NODISCARD enum err variant_create(struct variant_id *out, struct ctx *cx,
                                  const struct variant_new *wanted);

struct price_new {
    struct product_id product;
    struct variant_id variant; /* nil: the product's own price */
    struct rupiah price;       /* above zero */
    bool cost_known;
    struct rupiah cost;        /* basis of the price */
    struct instant valid_from; /* 0: from now */
};
/* Act "price.set".  Supervisor or administrator only (ERR_FORBIDDEN, price-approval); the actor is
 * kept as approver. */
NODISCARD enum err price_set(struct ctx *cx, const struct price_new *wanted);

struct price {
    struct price_id id;
    struct rupiah price;
    bool cost_known;
    struct rupiah cost;
};
/* The price in force at that instant; a variant's own price goes before the product's.
 * ERR_NOT_FOUND without a sentence: none is approved. */
NODISCARD enum err price_in_force(struct price *out, struct ctx *cx, struct product_id product,
                                  struct variant_id variant, struct instant at);

/* ---- inside another act: the same work without opening an act of its own ---- */

NODISCARD enum err family_put(struct ctx *cx, const char *code, const char *name);
/* What the rows before found: the next one mostly has the same workshop.  All zero at the beginning
 * of an act; the text is borrowed until its end. */
struct goods_known {
    const char *workshop;
    struct place_id workshop_id;
};
/* For a product that product_check() has passed in this act and whose SKU is not there. */
NODISCARD enum err product_put_checked(struct product_id *out, struct ctx *cx,
                                       const struct product_new *wanted, struct goods_known *known);
NODISCARD enum err product_put_change(struct ctx *cx, const struct product *now,
                                      const struct product_change *change, bool *changed);
NODISCARD enum err price_put(struct ctx *cx, const struct price_new *wanted);
/* ERR_FORBIDDEN unless cx->role may approve prices. */
NODISCARD enum err price_may_approve(struct ctx *cx);
/* Checks a product's values without writing; the first wrong field is named in cx->why. */
NODISCARD enum err product_check(struct ctx *cx, const struct product_new *wanted);

/* ---- fact rows ---- */

struct family_row {
    const char *code;
    const char *name;
};
struct product_row {
    struct product_id id;
    const char *sku;
    const char *tracking;
    const char *unit;
};
struct product_rev_row {
    struct product_id product;
    int32_t rev; /* from 1 */
    const char *name;
    const char *family;
    struct place_id workshop;
    const char *revenue_account;
    int32_t shelf_life_days;
    const char *motif;
    const char *technique;
    bool active;
};
struct variant_row {
    struct variant_id id;
    struct product_id product;
    const char *code;
    const char *size;
    const char *colour;
    const char *motif;
};
struct price_row {
    struct price_id id;
    struct product_id product;
    struct variant_id variant;
    struct rupiah price;
    bool cost_known;
    struct rupiah cost;
    const char *approver;
    struct instant valid_from;
};
extern const struct fact_table family_table, product_table, product_rev_table, variant_table,
    price_table;

#endif
