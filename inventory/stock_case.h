/* Cases: where book and shelf do not agree, until somebody decides.
 *
 * Nothing is adjusted silently: a case says what differs, closing it makes the moves. */
#ifndef INVENTORY_STOCK_CASE_H
#define INVENTORY_STOCK_CASE_H

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

enum case_kind {
    CASE_TRANSFER_SHORT,  /* sent and not arrived: it stands in transit */
    CASE_COUNT_SHORT,     /* in the book of the place, not found there */
    CASE_COUNT_OVER,      /* more of a counted lot than the book has */
    CASE_COUNT_ELSEWHERE, /* a piece that the book has in another place */
    CASE_NEGATIVE,        /* sold beyond the book, with a supervisor's leave */
    CASE_FINDING,         /* found, and not in any book */
};
enum case_choice {
    CHOICE_ARRIVED, /* it came after all: to where it was sent */
    CHOICE_BACK,    /* it is where it was sent from */
    CHOICE_LOST,    /* to the lost goods */
    CHOICE_DAMAGED, /* to the damaged goods */
    CHOICE_MOVED,   /* the book follows: the piece stands where it was found */
    CHOICE_BOOKED,  /* the book follows: the quantity is as it was counted */
    CHOICE_STAYS,   /* the book was right; nothing moves */
};
const char *case_kind_name(enum case_kind kind);
const char *case_choice_name(enum case_choice choice);
NODISCARD bool case_choice_from_name(enum case_choice *out, const char *name);
/* Whether a case of that kind may be closed so. */
bool case_choice_fits(enum case_kind kind, enum case_choice choice);

struct stock_case {
    struct stock_case_id id;
    const char *number;
    enum case_kind kind;
    struct taken item; /* its quantity is the difference */
    struct place place;
    bool has_other;
    struct place other; /* where it was sent to, or where the book has it */
    const char *opener;
    const char *note;
    struct instant opened_at;
    bool closed;
    enum case_choice choice;
    const char *approver;
    const char *close_note;
    struct instant closed_at;
};
struct stock_case_list {
    struct stock_case *items;
    size_t count;
};
enum { CASES_SHOWN = 200 };
/* The open ones, the oldest first; or the newest closed ones. */
NODISCARD enum err case_list(struct stock_case_list *out, struct ctx *cx, bool open);
/* Of one count or transfer. */
NODISCARD enum err case_list_of(struct stock_case_list *out, struct ctx *cx, struct act_id source);
NODISCARD enum err case_get(struct stock_case *out, struct ctx *cx, const char *number);
NODISCARD enum err case_open_count(int64_t *out, struct ctx *cx);

/* Act "case.closed".  Supervisor or administrator (case-approval), another person than the one who
 * opened it (case-own); case-closed (who, when), choice-wrong, note-missing; case-changed when the
 * thing stands elsewhere by now. */
NODISCARD enum err case_close(struct ctx *cx, const char *number, enum case_choice choice,
                              const char *note);

/* Act "stock.override": a counted lot has more on the shelf than in the book and a customer holds
 * it. Moves `qty` from the corrections into the showroom and opens a case.  `asked_by` is who
 * stands at the till; cx->actor and cx->role are the approver's.  override-piece, override-role,
 * note-missing, qty-zero. */
struct override_wanted {
    struct product_id product;
    struct lot_id lot; /* whose label was scanned; nil: the newest of the product */
    struct qty qty;
    const char *reason;
    const char *asked_by;
};
NODISCARD enum err stock_override(struct document_no *number, struct ctx *cx,
                                  const struct override_wanted *wanted);

/* ---- inside another act ---- */

struct case_new {
    enum case_kind kind;
    const struct taken *item;
    struct place_id place;
    struct place_id other; /* nil: none */
    struct act_id source;  /* nil: none */
    const char *note;
};
NODISCARD enum err case_put(struct document_no *number, struct ctx *cx, const struct case_new *w);
/* Supervisor or administrator; `what` is a `_()` sentence for the others. */
NODISCARD enum err stock_may_approve(struct ctx *cx);

/* ---- fact rows ---- */

struct stock_case_row {
    struct stock_case_id id;
    const char *number;
    const char *kind;
    struct lot_id lot;
    struct unit_id unit;
    struct place_id place;
    struct place_id other_place;
    struct qty qty;
    struct act_id source;
    const char *opener;
    const char *note;
};

struct case_close_row {
    struct stock_case_id stock_case;
    const char *choice;
    const char *note;
    const char *approver;
};
extern const struct fact_table stock_case_table, case_close_table;

#endif
