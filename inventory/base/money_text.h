/* Rupiah as people write them, and what is made of what they type. */
#ifndef BASE_MONEY_TEXT_H
#define BASE_MONEY_TEXT_H

#include <stddef.h>

#include "attr.h"
#include "err.h"
#include "rupiah.h"

enum { MONEY_TEXT_MAX = 40, WORDS_TEXT_MAX = 256 };

/* "Rp1.234.567", "-Rp15.000" for a reversal, "Rp0".  PUEBI: no blank and no stop after Rp. */
void money_short(char out[MONEY_TEXT_MAX], struct rupiah amount);
/* "Rp1.234.567,00", the long form of a kuitansi. */
void money_long(char out[MONEY_TEXT_MAX], struct rupiah amount);
/* "1.234.567", without Rp, for columns of figures. */
void money_figures(char out[MONEY_TEXT_MAX], struct rupiah amount);

/* Reads what a person typed: "1.234.567", "1234567", "Rp 1.234.567,-", "Rp1.234.567,00",
 * "100.000 (IDR)".  ERR_INVALID for what is ambiguous or no amount: "1,234,567", "1.5",
 * "12.34.567", more than RUPIAH_MAX, empty.  Negative amounts are refused.  `*out` is untouched on
 * error. */
NODISCARD enum err money_parse(struct rupiah *out, const char *text);

/* The amount in Indonesian words without the last "rupiah": 1.001.000 -> "satu juta seribu".
 * Negative begins with "minus ".  Range: |amount| <= RUPIAH_MAX. */
void terbilang(char out[WORDS_TEXT_MAX], struct rupiah amount);

/* total * bps / 10000, the fraction dropped; no overflow for |total| <= RUPIAH_MAX and
 * 0 <= bps <= 10000. */
struct rupiah rupiah_share_down(struct rupiah total, int32_t bps);

/* price * quantity in thousandths, rounded half up to the whole rupiah; false when it overflows
 * RUPIAH_MAX.  The rounding is announced on the line (Permendag 35/M-DAG/PER/7/2013). */
NODISCARD bool rupiah_times_half_up(struct rupiah *out, struct rupiah price, int64_t qty_milli);

#endif
