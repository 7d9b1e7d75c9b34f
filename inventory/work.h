/* Work orders (perintah kerja): planned, running, checked, finished or cancelled.
 *
 * A check says how many are grade A, grade B and reject; a reject never becomes stock.  Finishing a
 * check makes one lot in one act: pieces, codes, moves and costs.  An order may be finished in
 * parts. A finished order is not opened again; what was wrong is corrected by papers of the stock.
 */
#ifndef INVENTORY_WORK_H
#define INVENTORY_WORK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "attr.h"
#include "ctx.h"
#include "err.h"
#include "ids.h"
#include "inventory/document_no.h"
#include "inventory/goods.h"
#include "inventory/material.h"
#include "inventory/stock.h"
#include "qty.h"
#include "rupiah.h"
#include "when.h"

enum { WORKS_SHOWN = 200, WORK_NOTE_MAX = 1000, WORK_SHARES_MAX = 60, WORK_CHECKS_MAX = 60 };

enum work_state { WORK_PLANNED, WORK_RUNNING, WORK_CHECKED, WORK_FINISHED, WORK_CANCELLED };
const char *work_state_name(enum work_state state);

/* Whose money the material is: DIPA, KOPERASI, MITRA, MODAL_BERGULIR, HIBAH.  Ends with NULL. */
extern const char *const work_capitals[];

/* ---- planning ---- */

struct work_new {
    struct product_id product;
    struct variant_id variant; /* nil: none */
    struct place_id workshop;  /* nil: the product's own */
    struct qty planned;
    const char *capital;
    struct programme_id programme; /* nil: none */
    struct day due;                /* 0: not said */
    const char *note;
};
/* Act "work.planned".  product-unknown, work-product (a service or material), qty-zero,
 * qty-fraction, qty-limit, capital-wrong, programme-unknown, note-long. */
NODISCARD enum err work_plan(struct document_no *out, struct ctx *cx,
                             const struct work_new *wanted);
/* Act "work.started".  work-state says in which state it is. */
NODISCARD enum err work_start(struct ctx *cx, const char *number);

/* ---- who works on it ---- */

struct work_share {
    const char *maker;  /* code */
    struct qty hours;   /* when hours are given, all of them are */
    int32_t share_bps;  /* else shares, 10000 together */
    const char *reason; /* why somebody whose window has passed; "" otherwise */
};
/* Act "work.shares": a new revision.  shares-total says what they add up to; maker-unknown;
 * maker-passed: out, or with a reason; shares-twice; shares-none; work-state. */
NODISCARD enum err work_shares_put(struct ctx *cx, const char *number,
                                   const struct work_share *shares, size_t count);
/* Rule: shares by hours, 10000 together, the largest remainders first. */
void work_shares_of_hours(struct work_share *shares, size_t count);

/* ---- checking and finishing ---- */

struct work_check {
    struct qty grade_a, grade_b, reject;
    const char *note;
    const char *over_reason; /* why more than planned; "" */
};
/* Act "work.checked".  check-zero (nothing good), work-over (more than planned, without a reason),
 * qty-fraction, qty-limit, work-state. */
NODISCARD enum err work_check(int32_t *n, struct ctx *cx, const char *number,
                              const struct work_check *check);

struct work_finish {
    int32_t check; /* which one */
    struct rupiah overhead;
    bool last;          /* nothing more comes of this order */
    enum place_kind to; /* PLACE_SHOWROOM or PLACE_STORE */
    const char *over_reason;
};
struct work_finished {
    struct received received;
    bool cost_known;
    struct rupiah total, each, rounding;
};
/* Act "work.finished": the check becomes a lot.  work-done (who, when), check-unknown, shares-none,
 * check-waits (said to be the last, and another check waits), cost-bad, work-state. */
NODISCARD enum err work_finish(struct work_finished *out, struct ctx *cx, const char *number,
                               const struct work_finish *wanted);
/* Act "work.cancelled": what it still has of materials is lost.  When something came of it already
 * the rest is given up and the order is finished; material cost that no lot took is the loss of
 * the order.  note-missing, work-state; work-part: a check still waits to become a lot. */
NODISCARD enum err work_cancel(struct ctx *cx, const char *number, const char *reason);

/* ---- reading ---- */

struct work_checked {
    int32_t n;
    struct act_id id; /* photos are kept by it */
    struct qty grade_a, grade_b, reject;
    const char *note;
    const char *checker;
    struct instant at;
    bool finished;
    struct label_code lot; /* finished */
    bool cost_known;
    struct rupiah material, overhead, total;
    struct instant finished_at;
    const char *finisher;
};
struct work_order {
    struct work_order_id id;
    const char *number;
    struct product_id product;
    const char *sku;
    const char *name;
    const char *unit;
    enum tracking tracking;
    struct variant_id variant;
    struct place_id workshop;
    const char *workshop_name;
    struct qty planned;
    const char *capital;
    const char *programme; /* its code, "" */
    const char *programme_name;
    struct day due;
    const char *note;
    const char *planner;
    struct instant at;
    enum work_state state;
    const char *state_reason;
    struct instant state_at;
    struct qty good, reject; /* of all checks */
    /* work_get() only */
    struct work_checked checks[WORK_CHECKS_MAX];
    size_t check_count;
    struct work_share shares[WORK_SHARES_MAX];
    size_t share_count;
    struct work_materials materials;
    struct rupiah charged; /* material that went into lots already */
};
struct work_list {
    struct work_order *items;
    size_t count;
};
/* Open ones first, then the newest. */
NODISCARD enum err work_list(struct work_list *out, struct ctx *cx);
NODISCARD enum err work_get(struct work_order *out, struct ctx *cx, const char *number);

/* ---- inside another act ---- */

/* The order, when it is in one of these states (bits 1 << state); work-state otherwise. */
NODISCARD enum err work_open(struct work_order *out, struct ctx *cx, const char *number,
                             unsigned states);
NODISCARD enum err work_state_put(struct ctx *cx, struct work_order_id id, enum work_state state,
                                  const char *reason);

/* ---- fact rows ---- */

struct work_order_row {
    struct work_order_id id;
    const char *number;
    struct product_id product;
    struct variant_id variant;
    struct place_id workshop;
    struct qty planned;
    const char *capital;
    struct programme_id programme;
    struct day due;
    const char *note;
};

struct work_state_row {
    struct work_order_id work_order;
    int32_t n;
    const char *state;
    const char *reason;
};

struct work_share_row {
    struct work_order_id work_order;
    int32_t rev;
    int32_t line;
    const char *maker;
    struct qty hours;
    int32_t share_bps;
    const char *reason;
};

struct quality_check_row {
    struct work_order_id work_order;
    int32_t n;
    struct act_id id;
    struct qty grade_a;
    struct qty grade_b;
    struct qty reject;
    const char *note;
    const char *checker;
};

struct work_output_row {
    struct work_order_id work_order;
    int32_t n;
    struct lot_id lot;
    struct rupiah material;
    struct rupiah overhead;
    bool cost_known;
    struct rupiah total;
    const char *over_reason;
};

struct unit_grade_row {
    struct unit_id unit;
    const char *grade;
};
extern const struct fact_table work_order_table, work_state_table, work_share_table,
    quality_check_table, work_output_table, unit_grade_table;

#endif
