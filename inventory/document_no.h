/* Numbers of the papers that the inventory makes: "PK-2026-0001", gapless within kind and year,
 * taken in the act that writes the document. */
#ifndef INVENTORY_DOCUMENT_NO_H
#define INVENTORY_DOCUMENT_NO_H

#include <stdint.h>

#include "attr.h"
#include "ctx.h"
#include "err.h"

#define DOC_WORK_ORDER  "PK" /* perintah kerja */
#define DOC_TRANSFER    "SJ" /* surat jalan */
#define DOC_COUNT       "SO" /* stok opname */
#define DOC_CASE        "KS" /* kasus selisih */
#define DOC_WRITE_OFF   "BA" /* berita acara penghapusan */
#define DOC_PROPOSAL    "UH" /* usulan harga */
#define DOC_MATERIAL    "TB" /* terima bahan */
#define DOC_LABEL_PRINT "LB" /* cetak label */

enum { DOCUMENT_NO_MAX = 24, DOCUMENT_KIND_MAX = 4 };

struct document_no {
    char text[DOCUMENT_NO_MAX]; /* for people and addresses: no slash */
    int32_t year;               /* local, of the act */
    int32_t no;                 /* from 1 */
};

/* Inside act_run only: takes the next number of that kind and writes its fact.  The schema refuses
 * a number that is not the next one. */
NODISCARD enum err document_no_take(struct document_no *out, struct ctx *cx, const char *kind);

/* ---- fact row ---- */

struct document_no_row {
    const char *kind;
    int32_t year;
    int32_t no;
    const char *number;
};
extern const struct fact_table document_no_table;

#endif
