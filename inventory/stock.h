/* Stock: places, lots, pieces, and the moves between places.
 *
 * On hand is the sum of the moves.  A guarded place (showroom, store) never goes below zero: the
 * act checks it with a sentence, the schema without one. */
#ifndef INVENTORY_STOCK_H
#define INVENTORY_STOCK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "attr.h"
#include "ctx.h"
#include "err.h"
#include "ids.h"
#include "inventory/base/label_code.h"
#include "inventory/goods.h"
#include "inventory/store/fact_table.h"
#include "qty.h"
#include "rupiah.h"
#include "when.h"

enum { PLACE_NAME_LEN_MAX = 60, RECEIVE_PIECES_MAX = 2000 };

enum place_kind {
    PLACE_WORKSHOP,
    PLACE_STORE,
    PLACE_SHOWROOM,
    PLACE_TRANSIT,
    PLACE_PARTNER,
    PLACE_EXHIBITION,
    PLACE_CUSTOMER,
    PLACE_SCRAP,
    PLACE_LOST,
    PLACE_SUPPLIER,
    PLACE_CONSUMED,
};

const char *place_kind_name(enum place_kind kind); /* "showroom" ... */
NODISCARD bool place_kind_from_name(enum place_kind *out, const char *name);

struct place {
    struct place_id id;
    enum place_kind kind;
    const char *code; /* unique within its kind, a machine's name */
    const char *name;
};
struct place_list {
    struct place *items;
    size_t count;
};

/* The place of that kind and code; ERR_NOT_FOUND without a sentence. */
NODISCARD enum err place_by_code(struct place *out, struct ctx *cx, enum place_kind kind,
                                 const char *code);
/* The showroom, the customers' place ...: the first place of that kind. */
NODISCARD enum err place_of_kind(struct place *out, struct ctx *cx, enum place_kind kind);
/* The first place of each of two kinds, asked for at once. */
NODISCARD enum err place_two_kinds(struct place *first, enum place_kind first_kind,
                                   struct place *second, enum place_kind second_kind,
                                   struct ctx *cx);
void place_two_kinds_ahead(struct ctx *cx, enum place_kind first, enum place_kind second);
NODISCARD enum err place_all(struct place_list *out, struct ctx *cx, enum place_kind kind);

/* ---- received from the workshop ---- */

struct goods_receive {
    struct idem_id key; /* nil: not asked for by a browser or machine */
    struct product_id product;
    struct variant_id variant; /* nil: none */
    struct qty qty;
    bool cost_known;
    struct rupiah unit_cost;
    struct place_id workshop; /* nil: the product's own */
    struct place_id to;       /* nil: the showroom */
    bool made_given;
    struct day made; /* not given: today */
    bool expires_given;
    struct day expiry; /* not given: made + shelf life, if the product has one */
};

struct received {
    struct lot_id lot;
    struct label_code lot_code;     /* printed on every label of a lot-tracked product */
    const struct label_code *codes; /* one a piece; NULL for lot-tracked products */
    size_t piece_count;             /* pieces; 0 for lot-tracked products */
    bool again;                     /* the key was known: this is the stored answer */
};

/* Act "goods.received": lot, pieces with label codes, moves workshop -> showroom.  Refuses services
 * (receive-service), fractions of a piece (qty-fraction), more than RECEIVE_PIECES_MAX pieces
 * (qty-limit), a date in the future, the same key with other content (key-reused). */
NODISCARD enum err goods_receive(struct received *out, struct ctx *cx,
                                 const struct goods_receive *wanted);

/* ---- reading ---- */

struct lot {
    struct lot_id id;
    struct product product;
    struct label_code code;  /* it was made with, and its address */
    struct label_code label; /* in force, on labels of a counted lot */
    struct place_id workshop;
    const char *workshop_name;
    struct day made;
    bool expires;
    struct day expiry;
    struct qty qty; /* as received */
    bool cost_known;
    struct rupiah unit_cost;
};
NODISCARD enum err lot_by_id(struct lot *out, struct ctx *cx, struct lot_id id);
NODISCARD enum err lot_by_code(struct lot *out, struct ctx *cx, struct label_code code);
/* The codes of the lot's pieces in the order they were made. */
NODISCARD enum err lot_units(const struct label_code **codes, size_t *count, struct ctx *cx,
                             struct lot_id id);
struct lot_brief {
    struct lot_id id;
    struct label_code code;
    const char *sku;
    const char *name;
    const char *unit;
    enum tracking tracking;
    struct qty qty;
    struct day made;
};
/* The newest lots first, for "received lately"; before nil: from the newest. */
NODISCARD enum err lot_newest(struct lot_brief **out, size_t *count, struct ctx *cx,
                              struct lot_id before, size_t limit);

struct stock_row {
    const char *sku;
    const char *name;
    const char *unit;
    enum tracking tracking;
    struct product_id product;
    struct place_id place;
    const char *place_code;
    const char *place_name;
    struct qty qty;
};
struct stock_list {
    struct stock_row *items;
    size_t count;
    bool more;
};
/* On hand by product in one place (nil: the showroom), in SKU order after `after_sku`. */
NODISCARD enum err stock_page(struct stock_list *out, struct ctx *cx, struct place_id place,
                              const char *after_sku, size_t limit);
/* On hand of one product, place by place (own places only: not customers or the workshop). */
NODISCARD enum err stock_of_product(struct stock_list *out, struct ctx *cx,
                                    struct product_id product);
/* Label codes of the pieces of a product that stand in a place. */
NODISCARD enum err stock_codes(const struct label_code **codes, size_t *count, struct ctx *cx,
                               struct product_id product, struct place_id place, size_t limit);

struct stock_part { /* what is taken of one lot for a line of a document */
    int32_t doc_line;
    struct lot_id lot;
    struct unit_id unit; /* nil: not a piece */
    struct qty qty;
    bool cost_known;
    struct rupiah unit_cost;
};
struct stock_parts { /* of a whole document; grows in cx->arena */
    struct stock_part *items;
    size_t count, room;
};
struct stock_want {
    int32_t doc_line;
    struct qty qty;
    struct lot_id only; /* nil: any lot */
};
/* Adds the lots of the place that give `want.qty` of the product: first expired first, then oldest.
 * What the parts hold already is no longer there, and what is past its day is not given.
 * ERR_REFUSED (out-of-stock, expired) says what is. */
NODISCARD enum err stock_pick(struct stock_parts *parts, struct ctx *cx,
                              const struct product *product, struct place_id place,
                              const struct stock_want *want);
/* What it will read, soon, in the same transaction. */
void stock_ahead(struct ctx *cx, struct product_id product, struct place_id place,
                 struct lot_id only);
void stock_parts_add(struct stock_parts *parts, struct ctx *cx, const struct stock_part *part);

/* ---- inside another act ---- */

NODISCARD enum err place_put(struct place_id *out, struct ctx *cx, enum place_kind kind,
                             const char *code, const char *name);
/* The place of that kind and code, made with that name when there is none: a showroom that was set
 * up by an earlier version lacks the newer places. */
NODISCARD enum err place_need(struct place_id *out, struct ctx *cx, enum place_kind kind,
                              const char *code, const char *name);
/* The workshop of that name, made when there is none. */
NODISCARD enum err workshop_put(struct place_id *out, struct ctx *cx, const char *name);

/* ---- fact rows ---- */

struct place_row {
    struct place_id id;
    const char *kind;
    const char *code;
    const char *name;
    bool guarded; /* never below zero */
};
struct lot_row {
    struct lot_id id;
    struct product_id product;
    struct variant_id variant;
    const char *code;
    struct place_id workshop;
    struct day made;
    bool expires;
    struct day expiry; /* 0 when it does not expire */
    struct qty qty;
    bool cost_known;
    struct rupiah unit_cost;
    struct idem_id key;
};
struct unit_row {
    struct lot_id lot;
    int32_t no; /* from 1 within the lot */
    struct unit_id id;
    const char *code;
};
/* Children of the act: key (site, act_id, line). */
struct stock_move_row {
    int32_t line;
    struct lot_id lot;
    struct unit_id unit; /* nil: lot-tracked */
    struct place_id from;
    struct place_id to;
    struct qty qty;
    const char *reason; /* "received", "sold" */
    int32_t doc_line;   /* line of the document (sale line) it belongs to; 0: none */
};
extern const struct fact_table place_table, lot_table, unit_table, stock_move_table;

#endif
