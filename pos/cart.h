/* The cart of a till: kept on the server, one open cart for each person and till (cx->actor,
 * cx->till), so it survives a reload, a new login and a restart.
 *
 * Working state is local; what matters to fraud (opened, line removed, quantity lowered, abandoned)
 * is a fact `cart_event`.  Every refusal leaves the cart as it was.  Results live in cx->arena. */
#ifndef POS_CART_H
#define POS_CART_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "attr.h"
#include "ctx.h"
#include "err.h"
#include "ids.h"
#include "inventory/goods.h"
#include "inventory/store/fact_table.h"
#include "qty.h"
#include "rupiah.h"
#include "when.h"

enum { CART_LINES_MAX = 200, CART_SCAN_TEXT_MAX = 256, CART_STREAM_LEN_MAX = 32 };
#define CART_QTY_MAX QTY_WHOLE(10000)

struct cart_line {
    int32_t line; /* its number, stable while the cart lives */
    struct product_id product;
    struct variant_id variant;
    struct lot_id lot;   /* nil: sold by SKU, lots are chosen at the sale */
    struct unit_id unit; /* nil: not a piece */
    const char *sku;
    const char *name;
    const char *unit_name;
    const char *code; /* label code or "" */
    enum tracking tracking;
    struct qty qty;
    struct rupiah price;
    struct rupiah total;
    bool newest; /* the line touched last */
};

struct cart {
    struct cart_id id;  /* nil: no cart is open, and no lines */
    struct idem_id key; /* of the sale this cart will become; echo it in the pay form */
    struct instant opened;
    struct cart_line *lines;
    size_t count;
    int64_t pieces; /* whole units; a measured line counts as one */
    struct rupiah total;
    bool can_undo;
};

NODISCARD enum err cart_now(struct cart *out, struct ctx *cx);
/* A cart by its id, open or not; ERR_NOT_FOUND. */
NODISCARD enum err cart_by_id(struct cart *out, struct ctx *cx, struct cart_id id);

enum cart_scan_kind {
    CART_NOTHING, /* empty text */
    CART_ADDED,   /* a line was added or grew */
    CART_QTY_SET, /* "3*" set the last line */
    CART_FOUND,   /* a search: see hits (may be none) */
    CART_SEEN,    /* this sequence number was handled before; nothing was done */
    CART_RECEIPT, /* the QR of a receipt: its number is in text */
};

struct cart_scanned {
    enum cart_scan_kind kind;
    int32_t line;     /* of CART_ADDED and CART_QTY_SET */
    struct qty qty;   /* of that line now */
    const char *name; /* of that line's product */
    const char *text; /* what was searched for, or the receipt's number */
    struct product_list hits;
};

/* A scan's place in the browser's queue: a name the page made for itself when it was loaded, and a
 * number that rises.  The same pair is handled once.  stream NULL or "": not numbered. */
struct scan_mark {
    const char *stream;
    int64_t seq;
};

/* What stands in the scan field: code or SKU -> add; "3*" before it -> three; "3*" alone -> the
 * last line becomes three; digits alone never change a line; letters -> search; empty -> nothing.
 * Opens a cart when none is open and something is added.
 * Slugs: code-unknown, code-check, code-foreign, unit-sold, unit-away, in-cart, no-price,
 * out-of-stock, qty-zero, qty-fraction, qty-piece, qty-limit, qty-bad, qty-alone, label-needed,
 * product-inactive, product-material, cart-full, cart-empty, seq-bad. */
NODISCARD enum err cart_scan(struct cart_scanned *out, struct ctx *cx, const char *text,
                             struct scan_mark mark);
/* A product picked from the search list; pieces without their label are refused (label-needed). */
NODISCARD enum err cart_add(struct cart_scanned *out, struct ctx *cx, struct product_id product,
                            struct qty qty);
/* The line's quantity becomes qty; 0 removes the line. */
NODISCARD enum err cart_line_set(struct ctx *cx, int32_t line, struct qty qty);
/* One more or one less; the last one less removes the line. */
NODISCARD enum err cart_line_more(struct ctx *cx, int32_t line);
NODISCARD enum err cart_line_less(struct ctx *cx, int32_t line);
NODISCARD enum err cart_line_remove(struct ctx *cx, int32_t line);
/* Takes back the last change; ERR_REFUSED (nothing-to-undo). */
NODISCARD enum err cart_undo(struct ctx *cx);
/* The cart is closed without a sale; OK when none is open. */
NODISCARD enum err cart_abandon(struct ctx *cx);

/* Inside the sale's act: the cart became a sale. */
NODISCARD enum err cart_close_sold(struct ctx *cx, struct cart_id id);

struct cart_event_row {
    struct cart_id cart;
    int32_t n;
    const char *what; /* "opened", "removed", "lowered", "abandoned" */
    const char *sku;  /* "" when the whole cart is meant */
    const char *code; /* label code, or absent */
    struct qty qty;   /* that left the cart */
    struct rupiah amount;
};
extern const struct fact_table cart_event_table;

#endif
