/* Programmes: with whom the workshop trains and works (a memorandum, a training centre, an office),
 * and what came of it. */
#ifndef INVENTORY_PROGRAMME_H
#define INVENTORY_PROGRAMME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "attr.h"
#include "ctx.h"
#include "err.h"
#include "ids.h"
#include "inventory/store/fact_table.h"
#include "qty.h"
#include "rupiah.h"
#include "when.h"

enum { PROGRAMMES_SHOWN = 200 };

/* "MOU", "LLK", "DINAS", "OTHER"; ends with NULL. */
extern const char *const programme_kinds[];

struct programme_new {
    const char *code; /* "MOU-PEMKOT"; capitals, digits and - */
    const char *name;
    const char *kind;
    const char *partner;
    struct day from, to; /* 0: open */
};
/* Act "programme.created".  programme-code, programme-taken, programme-name, programme-days. */
NODISCARD enum err programme_create(struct programme_id *out, struct ctx *cx,
                                    const struct programme_new *wanted);

struct programme {
    struct programme_id id;
    const char *code;
    const char *name;
    const char *kind;
    const char *partner;
    struct day from, to;
};
struct programme_list {
    struct programme *items;
    size_t count;
};
NODISCARD enum err programme_all(struct programme_list *out, struct ctx *cx);
NODISCARD enum err programme_get(struct programme *out, struct ctx *cx, const char *code);

/* One row a product: what was made for the programme, and what was earned with it since. */
struct programme_row_out {
    const char *sku;
    const char *name;
    const char *unit;
    struct qty good, reject, sold;
    struct rupiah revenue, pnbp, premi;
};
struct programme_report {
    struct programme_row_out *items;
    size_t count;
    struct rupiah revenue, pnbp, premi; /* of all */
};
NODISCARD enum err programme_report(struct programme_report *out, struct ctx *cx,
                                    struct programme_id id);

/* ---- fact rows ---- */

struct programme_row {
    struct programme_id id;
    const char *code;
    const char *name;
    const char *kind;
    const char *partner;
    struct day from;
    struct day to;
};
extern const struct fact_table programme_table;

#endif
