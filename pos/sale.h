/* The sale: one act that writes the receipt, its lines with the frozen rule, the payment, the
 * goods' moves and the money's, and takes the next number without a gap.
 *
 * A sale is its act: the bytes of its sale_id are those of the act_id.  Results live in cx->arena.
 */
#ifndef POS_SALE_H
#define POS_SALE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "attr.h"
#include "ctx.h"
#include "err.h"
#include "ids.h"
#include "inventory/store/fact_table.h"
#include "pos/tender.h"
#include "qty.h"
#include "rupiah.h"
#include "when.h"

enum { SALE_LINES_MAX = 200, SALE_NUMBER_LEN_MAX = 60, IDEM_KEY_LEN_MAX = 128, TENDERS_MAX = 4 };

/* ---- fact rows; the receipt, the machine interface and the exports read them too ---- */

struct sale_row {
    const char *number; /* "1/632331/2026/000001" */
    const char *epoch;
    int32_t year;
    const char *till;
    int64_t no; /* within epoch, year and till; from 1 */
    struct day day;
    struct instant at;
    const char *cashier;   /* login */
    struct idem_id key;    /* of the request */
    struct digest content; /* of the request, to tell a repeat from a different one */
    int64_t journal_seq;
    int32_t line_count;
    struct rupiah total;
    struct rupiah tendered;
    struct rupiah change;
    struct rupiah pnbp;
    struct rupiah premi;
    struct rupiah fund; /* the fund's share, without the cost that goes back to it */
    struct rupiah cost; /* cost that goes back to the production fund */
};

struct sale_line_row {
    int32_t line;
    struct product_id product;
    struct variant_id variant;
    struct unit_id unit; /* nil: not a piece */
    const char *code;    /* label scanned; absent when sold by SKU */
    const char *sku;
    const char *name;      /* as it was called on that day */
    const char *unit_name; /* "potong" */
    struct qty qty;
    struct price_id price_id;
    struct rupiah price;
    struct rupiah total;
    bool cost_known;
    struct rupiah cost_total; /* what the goods cost; 0 when not known */
    const char *revenue_account;
    const char *rule;      /* frozen: code ... */
    const char *rule_base; /* "PROFIT" or "GROSS_SALES" ... */
    int32_t pnbp_bps;      /* ... shares ... */
    int32_t premi_bps;
    int32_t fund_bps;
    struct rupiah base; /* ... and amounts */
    struct rupiah pnbp;
    struct rupiah premi;
    struct rupiah fund;
    struct rupiah cost_back;
    bool loss; /* sold below cost under a PROFIT rule */
};

struct payment_row {
    int32_t line;
    const char *kind; /* "cash" */
    struct account_id account;
    struct rupiah tendered;
    struct rupiah change;
    struct rupiah amount; /* tendered - change */
};

/* ---- reading ---- */

struct sale {
    struct sale_id id;
    struct sale_row head;
    struct sale_line_row *lines;
    size_t line_count;
    struct payment_row *payments;
    size_t payment_count;
};

/* ERR_NOT_FOUND (sale-unknown) with a sentence. */
NODISCARD enum err sale_by_id(struct sale *out, struct ctx *cx, struct sale_id id);
NODISCARD enum err sale_by_number(struct sale *out, struct ctx *cx, const char *number);
/* ERR_NOT_FOUND: nothing was committed under this key, definitely. */
NODISCARD enum err sale_by_key(struct sale *out, struct ctx *cx, struct idem_id key);
void sale_key_ahead(struct ctx *cx, struct idem_id key); /* it will be asked, soon */

struct sale_brief {
    struct sale_id id;
    const char *number;
    struct instant at;
    const char *till;
    const char *cashier;
    int32_t line_count;
    struct rupiah total;
    struct rupiah pnbp;
};
/* The newest first, before `before` (nil: from the newest). */
NODISCARD enum err sale_newest(struct sale_brief **out, size_t *count, struct ctx *cx,
                               struct sale_id before, size_t limit);

/* ---- selling ---- */

struct sale_line_wanted {
    const char *code; /* label code, label address or SKU */
    struct qty qty;
};

struct sale_wanted {
    struct idem_id key;  /* of the request; never nil */
    struct cart_id cart; /* not nil: sell this cart, `lines` is empty; its till is cx->till */
    const struct sale_line_wanted *lines;
    size_t line_count;
    const struct tender *tenders;
    size_t tender_count;
    bool total_seen_given; /* the sum the person saw when pressing the button */
    struct rupiah total_seen;
};

/* Act "sale".  *again: the key was known with the same content, and *out is the stored sale.
 * Slugs: key-reused (409), till-unknown, cart-empty, cart-gone, total-changed, no-tender,
 * tender-short, and those of cart_scan about lines (unit-sold and out-of-stock are 409 here),
 * cost-unknown, rule-missing, account-missing, label-needed, in-cart.
 * ERR_UNKNOWN: ask sale_by_key() until there is a definite answer. */
NODISCARD enum err sale_commit(struct sale *out, bool *again, struct ctx *cx,
                               const struct sale_wanted *wanted);

/* The 16 bytes of a key given as text: 32 hex digits are those bytes, other text is hashed.
 * ERR_INVALID (key-bad) when empty or longer than IDEM_KEY_LEN_MAX. */
NODISCARD enum err idem_read(struct idem_id *out, struct ctx *cx, const char *text);

/* ---- copies ---- */

/* Act "receipt.copy": a further copy of the receipt is made; *copy_no is 1 for the first copy. */
NODISCARD enum err receipt_copy(int32_t *copy_no, struct ctx *cx, struct sale_id id);

struct receipt_copy_row {
    struct sale_id sale;
    int32_t copy_no; /* from 1 */
    struct instant at;
};
extern const struct fact_table sale_table, sale_line_table, payment_table, receipt_copy_table;

#endif
