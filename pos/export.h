/* The books as files: the journal, the sales, the stock, and a plain-text double-entry ledger.
 *
 * Written in slices; between two slices others may use the store.  What is sold meanwhile may
 * appear at the end: an export is complete up to the moment it finished. */
#ifndef POS_EXPORT_H
#define POS_EXPORT_H

#include <stdbool.h>
#include <stdint.h>

#include "attr.h"
#include "ctx.h"
#include "err.h"
#include "inventory/base/sbuf.h"

enum export_kind { EXPORT_JOURNAL, EXPORT_SALES, EXPORT_STOCK, EXPORT_LEDGER };

/* "journal.jsonl", "sales.csv", "stock.csv", "ledger.hledger". */
const char *export_name(enum export_kind kind);
NODISCARD bool export_kind_named(enum export_kind *out, const char *name);

struct export
{
    enum export_kind kind;
    bool begun, done;
    int64_t seq;                                /* last journal line written */
    uint8_t after[ID_BYTES], after_2[ID_BYTES]; /* key of the last row written */
    uint8_t after_3[ID_BYTES];
    struct instant last_at; /* of the last transaction in the ledger */
};

/* {.kind = ...} begins one.  Adds the next slice (under 200 KiB) to out; x->done after the last.
 * After an error *x is as it was, and what was added counts for nothing. */
NODISCARD enum err export_slice(struct export *x, struct ctx *cx, struct sbuf *out);

#endif
