/* Goods sent between places of our own, handed over by two sides.
 *
 * Sending moves them into transit, where nobody can sell them.  Receiving moves what arrived on;
 * what did not arrive stays in transit and opens a case.  There is one receipt a transfer. */
#ifndef INVENTORY_TRANSFER_H
#define INVENTORY_TRANSFER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "attr.h"
#include "ctx.h"
#include "err.h"
#include "ids.h"
#include "inventory/document_no.h"
#include "inventory/stock_take.h"
#include "when.h"

enum transfer_kind { TRANSFER_PLAIN, TRANSFER_EXHIBITION_OUT, TRANSFER_EXHIBITION_BACK };

enum { TRANSFERS_SHOWN = 100, STOCK_NOTE_MAX = 1000 };

struct transfer_new {
    struct place_id from, to;
    const char *note; /* may be "" */
    struct day due;   /* expected; 0: not said */
    const struct take *takes;
    size_t count;
};
struct transfer_made {
    struct transfer_id id;
    struct document_no number;
};
/* Act "transfer.sent".  Whether it is an exhibition follows from the places.  place-same,
 * place-wrong, transfer-empty, and what takes_find() refuses. */
NODISCARD enum err transfer_send(struct transfer_made *out, struct ctx *cx,
                                 const struct transfer_new *wanted);

struct transfer_line {
    int32_t line;
    struct taken item;
    bool received_known;
    struct qty received;
};
struct transfer {
    struct transfer_id id;
    const char *number;
    enum transfer_kind kind;
    struct place from, to;
    const char *note;
    struct day due;
    const char *sender;
    struct instant sent_at;
    bool received;
    const char *receiver;
    struct instant received_at;
    const char *receipt_note;
    const struct transfer_line *lines; /* transfer_get() only */
    size_t line_count;
};
struct transfer_list {
    struct transfer *items;
    size_t count;
};
/* The newest first; only those on their way when `open`. */
NODISCARD enum err transfer_list(struct transfer_list *out, struct ctx *cx, bool open);
/* ERR_NOT_FOUND (transfer-unknown). */
NODISCARD enum err transfer_get(struct transfer *out, struct ctx *cx, const char *number);

/* Act "transfer.received": what arrived; what is not named did not.  A code that is not part of the
 * transfer is refused (transfer-extra), so is more than was sent (transfer-more), a transfer that
 * was received already (transfer-received: who, when), and a receiver who sent it (transfer-self)
 * unless nobody else may.  *missing: how many lines fell short; each opened a case. */
NODISCARD enum err transfer_receive(size_t *missing, struct ctx *cx, const char *number,
                                    const struct take *got, size_t count, const char *note);

/* ---- fact rows ---- */

struct transfer_row {
    struct transfer_id id;
    const char *number;
    const char *kind;
    struct place_id from;
    struct place_id to;
    const char *note;
    struct day due;
};

struct transfer_line_row {
    struct transfer_id transfer;
    int32_t line;
    struct lot_id lot;
    struct unit_id unit;
    struct qty qty;
};

struct transfer_receipt_row {
    struct transfer_id transfer;
    const char *receiver;
    const char *note;
};

struct transfer_received_row {
    struct transfer_id transfer;
    int32_t line;
    struct qty qty;
};
extern const struct fact_table transfer_table, transfer_line_table, transfer_receipt_table,
    transfer_received_table;

#endif
