/* Import of a product list (CSV in the form of pos/data/products.csv).
 *
 * First every row is judged and reported; only when none is refused, and it is not a dry run, all
 * are written in one act "product.import": all or nothing. */
#ifndef INVENTORY_IMPORT_H
#define INVENTORY_IMPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "attr.h"
#include "ctx.h"
#include "err.h"

enum { IMPORT_BYTES_MAX = 32 * 1024 * 1024, IMPORT_ROWS_MAX = 50000, IMPORT_PROBLEMS_MAX = 200 };

struct import_problem {
    int line;           /* line of the file, the heading is 1 */
    const char *sku;    /* "" when it could not be read */
    const char *column; /* "" for the whole row */
    const char *why;    /* sentence in cx->lang */
};

struct import_report {
    int64_t rows; /* rows read, without the heading */
    int64_t created;
    int64_t changed; /* a new revision or price */
    int64_t unchanged;
    int64_t refused;
    struct import_problem *problems; /* the first IMPORT_PROBLEMS_MAX, in the order of the file */
    size_t problem_count;
    bool written; /* false: dry run, or something was refused */
};

struct import_options {
    bool dry_run;
    /* true when this revenue account code exists on the day of the import */
    bool (*account_known)(void *arg, const char *code);
    void *arg;
    /* NULL, or called between the slices of a dry run, in no transaction: lets others at the store
     */
    void (*let_others)(void *others_arg);
    void *others_arg;
};

/* OK: judged, see the report (written says whether anything was).  ERR_REFUSED (import-refused): at
 * least one row was refused, nothing written.  ERR_INVALID: the file as a whole is wrong (encoding,
 * NUL, columns).  ERR_LIMIT: too large.  ERR_FORBIDDEN: may not approve prices. */
NODISCARD enum err import_products(struct import_report *out, struct ctx *cx, const char *bytes,
                                   size_t n, const struct import_options *options);

#endif
