/* A table for other programs: CSV in two flavours, and a workbook.
 *
 * "mesin" is RFC 4180: commas, UTF-8 without a mark, names of columns for machines, integers, ISO
 * days.  "excel" opens right in Indonesia: semicolons, a byte order mark, titles, decimal commas,
 * dd/mm/yyyy, and codes of digits keep their leading zeros.  Text that a spreadsheet would take for
 * a formula is led by an apostrophe in both. */
#ifndef POS_SHEET_H
#define POS_SHEET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "attr.h"
#include "err.h"
#include "inventory/base/sbuf.h"

enum sheet_kind {
    SHEET_TEXT,
    SHEET_INT,
    SHEET_RUPIAH,
    SHEET_QTY,   /* thousandths; machines: 26.5 */
    SHEET_SHARE, /* ten-thousandths; machines: the integer, people: percent */
    SHEET_DAY,   /* since 1970 */
};

struct sheet_column {
    const char *key;   /* for machines: "sold" */
    const char *title; /* in the person's language */
    enum sheet_kind kind;
};

struct sheet_cell {
    bool known; /* false: empty */
    const char *text;
    int64_t value;
};

struct sheet {
    const char *title;
    const struct sheet_column *columns;
    size_t column_count;
    const struct sheet_cell *cells; /* row after row */
    size_t row_count;
};

enum sheet_style { SHEET_MACHINE, SHEET_EXCEL };
void sheet_csv(struct sbuf *out, const struct sheet *s, enum sheet_style style);
/* One cell as people read it, with a decimal comma; "" when it is empty.  `room` is at least
 * SHEET_CELL_MAX; texts are not copied but given back. */
enum { SHEET_CELL_MAX = 64 };
const char *sheet_cell_text(char room[SHEET_CELL_MAX], const struct sheet_column *column,
                            const struct sheet_cell *cell);

/* export_xlsx.c: the same as a workbook with real types.  ERR_LIMIT: `out` is full.  ERR_FULL: no
 * room on the disk for the file it is made in. */
NODISCARD enum err sheet_xlsx(struct sbuf *out, const struct sheet *s, struct why *why);

#endif
