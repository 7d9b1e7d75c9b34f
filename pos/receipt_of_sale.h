/* From a sale to its paper, and to the address of its public page. */
#ifndef POS_RECEIPT_OF_SALE_H
#define POS_RECEIPT_OF_SALE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "attr.h"
#include "ctx.h"
#include "err.h"
#include "pos/sale.h"
#include "receipts/receipt.h"

struct arena;
struct sbuf;

/* Fills the receipt from what the sale froze and from the unit's settings; copy 0 is the first
 * print.  Everything lives in cx->arena; paper is always Indonesian. */
NODISCARD enum err receipt_of_sale(struct receipt *out, struct ctx *cx, const struct sale *sale,
                                   int32_t copy);

/* receipt_paint(), without the symbol when its address is too long to be printed large enough: a
 * receipt without a symbol is better than none. */
NODISCARD enum err receipt_paint_fitting(struct sbuf *out, const struct receipt *receipt,
                                         enum paper paper, enum receipt_form form, struct why *why);

enum { RECEIPT_CHECK_LEN = 8, RECEIPT_CHECK_MAX = 9 };

/* Numbers run on, so a stranger could try them all.  The public page therefore wants the last eight
 * hex digits of the sale's id behind the number: 32 random bits, unlike the first digits, which are
 * the time. */
void receipt_check(char out[RECEIPT_CHECK_MAX], struct sale_id id); /* capitals */

/* What stands behind /S/ before it is percent-encoded: "1/632331/2026/000001-1A2B3C4D". */
struct receipt_tag {
    char number[SALE_NUMBER_LEN_MAX + 1];
    char check[RECEIPT_CHECK_MAX]; /* capitals */
};
const char *receipt_tag_text(struct arena *a, const struct sale *sale);
/* Parts such a text; false when it has no check. */
NODISCARD bool receipt_tag_read(struct receipt_tag *out, const char *text);
/* The number in what was scanned from a receipt or typed: with the check behind it, or without. */
const char *receipt_number_said(struct arena *a, const char *text);
/* "HTTPS://HOST/S/1%2F632331%2F2026%2F000001-1A2B3C4D"; capitals make the smaller symbol. */
const char *receipt_url(struct arena *a, const struct sale *sale, const char *host);

#endif
