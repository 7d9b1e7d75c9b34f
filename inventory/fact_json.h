/* A fact as canonical JSON, and back: ["table",{"column":value,...}].
 *
 * `site` and `act_id` are not repeated: the line has them.  Absent values are left out.  Booleans
 * are 0 and 1, ids and digests lower-case hex, days the number of days since 1970-01-01. */
#ifndef FACT_JSON_H
#define FACT_JSON_H

#include "attr.h"
#include "err.h"
#include "inventory/base/json.h"
#include "inventory/base/sbuf.h"
#include "inventory/store/fact_table.h"

void fact_to_json(struct sbuf *out, const struct fact_table *table, const void *row);

/* Fills *row (table->row_size bytes); texts are borrowed from `object`.  ERR_CORRUPT when a value
 * is missing, of another type, or of a column that the table does not have. */
NODISCARD enum err fact_from_json(void *row, const struct fact_table *table,
                                  const struct json *object);

#endif
