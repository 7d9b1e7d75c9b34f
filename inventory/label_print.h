/* Labels that are printed: each print is a fact with a number, a person and a reason, and a code
 * can be taken out of force.
 *
 * "Printed" here means that the dots were asked for; paper may still jam.  What a print said (name,
 * price, host) is kept with it, so that the same file can be made again.  Results live in
 * cx->arena. */
#ifndef INVENTORY_LABEL_PRINT_H
#define INVENTORY_LABEL_PRINT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "attr.h"
#include "ctx.h"
#include "err.h"
#include "ids.h"
#include "inventory/base/label_code.h"
#include "inventory/document_no.h"
#include "inventory/goods.h"
#include "inventory/stock.h"
#include "inventory/store/fact_table.h"
#include "qty.h"
#include "rupiah.h"
#include "when.h"

enum {
    LABEL_PRINT_MAX = 10000,
    LABEL_REASON_LEN_MAX = 200,
    LABEL_PRINTER_LEN_MAX = 40,
    LABEL_CELLS_MOST = 100,
};

/* ---- printing ---- */

struct label_print_new {
    struct lot_id lot;
    const char *size;    /* "40x30", "50x25", "70x40" */
    const char *medium;  /* "roll", "sheet" */
    const char *printer; /* a profile's name; "": none */
    int32_t start_cell;  /* from 1 */
    const char *host;    /* in the symbol */
    int32_t from, count; /* pieces: the from-th of the lot (from 1) and those after it; a counted
                            lot: so many alike, from is not looked at */
    const char *reason;  /* "" when none of them was printed before */
};
struct label_printed {
    struct label_print_id id;
    struct document_no number;
};
/* Act "label.printed".  Refuses with the field named: lot-unknown, label-none (the lot has no
 * pieces), label-range, label-size, label-cell, label-host, label-printer (no such profile), and
 * label-reason: one of them was printed before and no reason is given; it says which and when. */
NODISCARD enum err label_print(struct label_printed *out, struct ctx *cx,
                               const struct label_print_new *wanted);

/* Act "label.void": the codes of these pieces (from..from+count-1 of the lot; a counted lot: its
 * one code) are no longer in force; each gets a new one.  Refuses: lot-unknown, label-range,
 * label-reason (none given), label-sold (a piece that was sold keeps the code of its receipt). */
struct label_void_new {
    struct lot_id lot;
    int32_t from, count;
    const char *reason;
};
NODISCARD enum err label_void(int32_t *voided, struct ctx *cx, const struct label_void_new *wanted);

/* ---- reading ---- */

struct label_job {
    struct label_print_id id;
    const char *number;
    struct lot_id lot;
    struct label_code lot_code;
    const char *sku;
    const char *size, *medium, *printer, *host, *name, *variant, *reason;
    int32_t start_cell, count;
    bool priced;
    struct rupiah price;
    const char *by;
    struct instant at;
    int32_t copies; /* of its labels, the largest copy number */
};
/* By "LB-2026-0001", upper or lower case; ERR_NOT_FOUND without a sentence. */
NODISCARD enum err label_job_by_number(struct label_job *out, struct ctx *cx, const char *number);
/* The newest first; of one lot, or (nil) of all. */
NODISCARD enum err label_jobs(struct label_job **out, size_t *count, struct ctx *cx,
                              struct lot_id lot, size_t limit);

struct label_job_line {
    int32_t line;
    struct label_code code;
    int32_t copy_no;
    struct label_code now; /* the code in force when `code` is void; the same when not */
    int32_t no;            /* of the piece in its lot; 0: a counted lot */
};
NODISCARD enum err label_job_lines(struct label_job_line **out, size_t *count, struct ctx *cx,
                                   struct label_print_id id);

/* How often a code was printed; 0: never. */
NODISCARD enum err label_copies(int32_t *out, struct ctx *cx, struct label_code code);
/* Of the labels from..from+count-1 of a lot: the first that was printed before.  ERR_NOT_FOUND:
 * none was. */
struct label_before {
    int32_t no;
    struct label_code code;
    const char *number;
    int32_t copies;
};
NODISCARD enum err label_printed_before(struct label_before *out, struct ctx *cx, struct lot_id lot,
                                        int32_t from, int32_t count);

/* Goods in places of our own whose labels say another price than the one in force, or none; and
 * those that were never printed.  By lot, the newest first. */
struct label_due {
    struct label_code lot_code;
    const char *sku;
    const char *name;
    const char *unit;
    bool piece;
    struct day made;
    int32_t count; /* pieces; of a counted lot what is left, rounded up */
    bool old_known;
    struct rupiah old_price;
    struct rupiah price; /* in force; 0: none */
    int32_t from, to;    /* numbers of the first and the last of those pieces */
};
NODISCARD enum err label_due_again(struct label_due **out, size_t *count, struct ctx *cx,
                                   size_t limit);
NODISCARD enum err label_due_first(struct label_due **out, size_t *count, struct ctx *cx,
                                   size_t limit);
/* Printed labels that somebody may still scan: of pieces that were not sold or lost, and of lots of
 * which something is left. */
NODISCARD enum err label_circulating(int64_t *out, struct ctx *cx);

/* The lot's variant as a label says it: "L, merah"; "" for none. */
NODISCARD enum err label_lot_variant(const char **out, struct ctx *cx, struct lot_id lot);

/* ---- printers of this house (local, no facts) ---- */

struct label_printer_row {
    const char *name;
    int32_t dpi;
    int32_t offset_x_um, offset_y_um;
    int32_t scale_ppm; /* 1000000: true size */
};
NODISCARD enum err label_printers(struct label_printer_row **out, size_t *count, struct ctx *cx);
NODISCARD enum err label_printer_get(struct label_printer_row *out, struct ctx *cx,
                                     const char *name);
/* Refuses: printer-name, printer-dpi, printer-offset, printer-scale. */
NODISCARD enum err label_printer_save(struct ctx *cx, const struct label_printer_row *row);
NODISCARD enum err label_printer_drop(struct ctx *cx, const char *name);

/* ---- fact rows ---- */

struct label_print_row {
    struct label_print_id id;
    const char *number;
    struct lot_id lot;
    const char *size, *medium, *printer;
    int32_t start_cell;
    const char *host, *name, *variant;
    bool price_known;
    struct rupiah price;
    int32_t count;
    const char *reason;
};
struct label_print_line_row {
    struct label_print_id print;
    int32_t line;
    const char *code;
    int32_t copy_no;
};
struct label_void_row {
    const char *code;
    struct lot_id lot;
    int32_t unit_no;
    int32_t n;
    const char *new_code;
    const char *reason;
};
extern const struct fact_table label_print_table, label_print_line_table, label_void_table;

#endif
