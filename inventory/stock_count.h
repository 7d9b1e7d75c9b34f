/* Stocktake while the shop sells.
 *
 * Every counted thing is stamped with what the book said at that very moment, so that a sale during
 * the count makes no false difference.  Finishing opens a case for each true one. */
#ifndef INVENTORY_STOCK_COUNT_H
#define INVENTORY_STOCK_COUNT_H

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

enum { COUNT_SCANS_MAX = 200, COUNTS_SHOWN = 50, COUNT_LINES_SHOWN = 500 };

/* Act "count.started".  place-wrong (not a place of our own), count-open (one is open there). */
NODISCARD enum err count_start(struct document_no *out, struct ctx *cx, struct place_id place,
                               const char *note);

struct count_scan {
    const char *code;
    struct qty qty; /* of a counted lot: all that is there, it replaces an earlier figure */
};
enum count_answer {
    COUNTED,
    COUNTED_AGAIN,     /* the piece was counted before: not twice */
    COUNTED_ELSEWHERE, /* counted; by the book it stands somewhere else */
    COUNT_SOLD,        /* the book has it with a customer: noted as found, a case will say so */
    COUNT_VOID,        /* the label is void: not counted */
    COUNT_UNKNOWN,     /* no label of ours: not counted */
    COUNT_NEEDS_QTY,   /* a counted lot: say how many */
    COUNT_NO_STOCK,    /* a service, or the code of a lot whose pieces have their own */
};
struct count_added {
    enum count_answer answer;
    struct label_code code;
    const char *name;  /* "" when unknown */
    const char *where; /* COUNTED_ELSEWHERE, COUNT_SOLD: place of the book */
    struct qty qty;
};
/* Act "count.added": the scans in their order, an answer for each; only what is counted is written.
 * count-finished, count-unknown, count-many (more than COUNT_SCANS_MAX). */
NODISCARD enum err count_add(struct count_added *out, struct ctx *cx, const char *number,
                             const struct count_scan *scans, size_t n);

struct stock_count {
    struct stock_count_id id;
    const char *number;
    struct place place;
    const char *note;
    const char *counter;
    struct instant at;
    int64_t pieces; /* counted so far */
    int64_t lots;   /* counted lots with a figure */
    bool finished;
    const char *approver; /* who finished it */
    struct instant finished_at;
    int32_t cases;
};
struct stock_count_list {
    struct stock_count *items;
    size_t count;
};
NODISCARD enum err count_list(struct stock_count_list *out, struct ctx *cx, bool open);
NODISCARD enum err count_get(struct stock_count *out, struct ctx *cx, const char *number);

/* What was counted, the newest first. */
struct counted {
    int32_t n;
    struct taken item; /* its quantity is what was counted */
    struct qty ledger;
    bool elsewhere;
    const char *ledger_place;
    struct instant at;
    const char *counter;
};
struct counted_list {
    struct counted *items;
    size_t count;
};
NODISCARD enum err count_lines(struct counted_list *out, struct ctx *cx, struct stock_count_id id,
                               size_t limit);

/* What would be a case if the count were finished now. */
enum variance_kind { VARIANCE_SHORT, VARIANCE_OVER, VARIANCE_ELSEWHERE };
struct variance {
    enum variance_kind kind;
    struct taken item; /* its quantity is the difference */
    struct qty counted, ledger;
    struct place other; /* VARIANCE_ELSEWHERE: where the book has it */
};
struct variance_list {
    struct variance *items;
    size_t count;
};
NODISCARD enum err count_variances(struct variance_list *out, struct ctx *cx,
                                   const struct stock_count *count);
/* Act "count.finished".  *cases: how many were opened.  count-empty unless `empty_too`,
 * count-finished. */
NODISCARD enum err count_finish(size_t *cases, struct ctx *cx, const char *number, const char *note,
                                bool empty_too);

/* ---- fact rows ---- */

struct stock_count_row {
    struct stock_count_id id;
    const char *number;
    struct place_id place;
    const char *note;
    const char *counter;
    struct instant at;
};

struct count_line_row {
    struct stock_count_id count;
    int32_t n;
    struct lot_id lot;
    struct unit_id unit;
    struct qty counted;
    struct qty ledger;
    struct place_id ledger_place;
    struct instant at;
};

struct count_finish_row {
    struct stock_count_id count;
    const char *note;
    const char *approver;
    int32_t counted;
    int32_t cases;
};
extern const struct fact_table stock_count_table, count_line_table, count_finish_table;

#endif
