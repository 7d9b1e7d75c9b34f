/* The ledger of an export: its next slice; for export.c only. */
#ifndef POS_EXPORT_LEDGER_H
#define POS_EXPORT_LEDGER_H

#include "pos/export.h"

NODISCARD enum err ledger_slice(struct export *x, struct ctx *cx, struct sbuf *out);

#endif
