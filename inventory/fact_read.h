/* The body of a journal line, fact by fact: [["table",{"column":value,...}],...].
 *
 * Only the canonical form is read, the very bytes that fact_to_json() writes: what is not canonical
 * was not written here.  A store of a hundred thousand sales has two million facts, so that nothing
 * is made of them on the way to their structs. */
#ifndef FACT_READ_H
#define FACT_READ_H

#include <stdbool.h>

#include "attr.h"
#include "err.h"
#include "inventory/store/fact_table.h"

struct fact_reader {
    char *at;   /* in the body, which is changed while it is read */
    bool begun; /* a fact was read: a comma or the end follows */
    bool bad;
    const struct fact_table *table; /* whose columns are sorted */
    const struct fact_col *sorted[FACT_COLS_MAX];
};

/* The body ends with a NUL and lives as long as the texts that are read from it. */
void fact_read_begin(struct fact_reader *r, char *body);
/* Whether a fact follows; false too when the body is not canonical. */
bool fact_read_more(struct fact_reader *r);
/* Its table's name, borrowed; "" when there is none. */
const char *fact_read_name(struct fact_reader *r);
/* Fills *row (table->row_size bytes); texts are borrowed from the body.  ERR_CORRUPT when a value
 * is missing, of another type, or of a column that the table does not have. */
NODISCARD enum err fact_read_row(void *row, const struct fact_table *table, struct fact_reader *r);
/* After the last fact: nothing was wrong, and nothing follows. */
bool fact_read_ended(struct fact_reader *r);

#endif
