/* Inside of the labels: the layout of one label, which the single label and the sheet share. */
#ifndef RECEIPTS_LABEL_DRAW_H
#define RECEIPTS_LABEL_DRAW_H

#include "receipts/label.h"
#include "receipts/layout.h"
#include "receipts/raster.h"

/* Fills `out` with everything; layout_done() after success and failure. */
NODISCARD enum err label_layout(struct layout *out, struct typesetter *t, const struct label *label,
                                enum label_dpi dpi, struct why *why);

/* The code in groups, in the layout's memory; the layout's first text in TYPEFACE_MONO shows it. */
const char *label_code_text(struct layout *l, struct label_code code);

#endif
