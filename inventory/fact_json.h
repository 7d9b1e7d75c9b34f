/* A fact as canonical JSON: ["table",{"column":value,...}].
 *
 * `site` and `act_id` are not repeated: the line has them.  Absent values are left out.  Booleans
 * are 0 and 1, ids and digests lower-case hex, days the number of days since 1970-01-01. */
#ifndef FACT_JSON_H
#define FACT_JSON_H

#include "inventory/base/sbuf.h"
#include "inventory/store/fact_table.h"

void fact_to_json(struct sbuf *out, const struct fact_table *table, const void *row);

/* The columns in the order in which they stand there: by the bytes of their names. */
void fact_sort_cols(const struct fact_col *sorted[FACT_COLS_MAX], const struct fact_table *table);

#endif
