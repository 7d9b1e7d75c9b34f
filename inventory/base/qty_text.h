/* Quantities as text: "26,5" on the screen, "26.5" on the machine interface. */
#ifndef BASE_QTY_TEXT_H
#define BASE_QTY_TEXT_H

#include "attr.h"
#include "err.h"
#include "qty.h"

enum { QTY_TEXT_MAX = 24 };

void qty_text(char out[QTY_TEXT_MAX], struct qty q);    /* "26,5", no trailing zeros */
void qty_decimal(char out[QTY_TEXT_MAX], struct qty q); /* "26.5" */
/* Accepts "3", "26,5", "26.5" with at most three decimals, 0 < value <= QTY_MAX_MILLI.
 * ERR_INVALID otherwise; "1.000" is read as one (three decimals). */
NODISCARD enum err qty_parse(struct qty *out, const char *text);

#endif
