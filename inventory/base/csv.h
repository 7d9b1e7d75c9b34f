/* CSV (RFC 4180) row by row: quotes, doubled quotes, CRLF or LF, an optional UTF-8 BOM.  A quote
 * inside a field that does not begin with one is taken as it stands. */
#ifndef BASE_CSV_H
#define BASE_CSV_H

#include <stddef.h>

#include "attr.h"
#include "err.h"
#include "inventory/base/sbuf.h"

enum { CSV_FIELDS_MAX = 64 };

struct csv {
    const char *bytes; /* borrowed */
    size_t n, at;
    int line;      /* line number where the row last read begins, from 1 */
    int next_line; /* of the byte at `at` */
    struct sbuf scratch;
    const char
        *fields[CSV_FIELDS_MAX]; /* of the row last read; NUL-terminated, borrowed until next */
    size_t count;
};

/* ERR_INVALID when the bytes are not UTF-8, hold a NUL, or are UTF-16; why says which and where. */
NODISCARD enum err csv_open(struct csv *csv, const char *bytes, size_t n, struct why *why);
void csv_close(struct csv *csv);

enum csv_step { CSV_ROW, CSV_END, CSV_BAD /* unclosed quote, text behind one, too many fields */ };
/* Blank lines are skipped.  After CSV_BAD the next call goes on with the line behind. */
enum csv_step csv_next(struct csv *csv);

/* Writes one field, quoted when it must be; text that a spreadsheet would take for a formula
 * (= + - @ tab) is led by an apostrophe. */
void csv_put(struct sbuf *out, const char *text);

#endif
