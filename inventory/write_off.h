/* Goods that are damaged, lost or past their day: taken out of sale at once, decided by another
 * person.
 *
 * Reporting moves them to a waiting place; the decision moves them on for good, or back. */
#ifndef INVENTORY_WRITE_OFF_H
#define INVENTORY_WRITE_OFF_H

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

enum write_off_kind { WRITE_OFF_DAMAGED, WRITE_OFF_LOST, WRITE_OFF_EXPIRED };
const char *write_off_kind_name(enum write_off_kind kind);
NODISCARD bool write_off_kind_from_name(enum write_off_kind *out, const char *name);

struct write_off_new {
    enum write_off_kind kind;
    struct place_id place; /* where the goods stand by the book */
    const char *reason;
    const struct take *takes;
    size_t count;
};
/* Act "write_off.reported".  write-off-empty, place-wrong, note-missing, and what takes_find()
 * refuses. */
NODISCARD enum err write_off_report(struct document_no *out, struct ctx *cx,
                                    const struct write_off_new *wanted);

struct write_off {
    struct write_off_id id;
    const char *number;
    enum write_off_kind kind;
    struct place place;
    const char *reason;
    const char *reporter;
    struct instant at;
    bool decided, approved;
    const char *approver;
    const char *note;
    struct instant decided_at;
    const struct taken *items; /* write_off_get() only */
    size_t count;
    bool cost_known;
    struct rupiah cost; /* of all */
};
struct write_off_list {
    struct write_off *items;
    size_t count;
};
enum { WRITE_OFFS_SHOWN = 100 };
/* Those that wait first, then the newest. */
NODISCARD enum err write_off_list(struct write_off_list *out, struct ctx *cx);
NODISCARD enum err write_off_get(struct write_off *out, struct ctx *cx, const char *number);

/* Act "write_off.decided".  Supervisor or administrator, another person than the reporter
 * (write-off-own); write-off-decided (who, when); a refusal wants a note (note-missing). */
NODISCARD enum err write_off_decide(struct ctx *cx, const char *number, bool approved,
                                    const char *note);

/* ---- fact rows ---- */

struct write_off_row {
    struct write_off_id id;
    const char *number;
    const char *kind;
    struct place_id place;
    const char *reason;
    const char *reporter;
};

struct write_off_line_row {
    struct write_off_id write_off;
    int32_t line;
    struct lot_id lot;
    struct unit_id unit;
    struct qty qty;
    bool cost_known;
    struct rupiah cost;
};

struct write_off_decision_row {
    struct write_off_id write_off;
    bool approved;
    const char *note;
    const char *approver;
};
extern const struct fact_table write_off_table, write_off_line_table, write_off_decision_table;

#endif
