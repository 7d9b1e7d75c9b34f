/* One description of a fact table, from which come its INSERT, its canonical JSON, the reader of a
 * journal line, the CSV export and the start-up check of the columns.
 *
 * Every fact table begins with the columns `site` and `act_id`, which are not described: the
 * journal line has them.  The column type follows from the C type of the member by _Generic, so
 * description and struct cannot disagree. */
#ifndef FACT_TABLE_H
#define FACT_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ids.h"
#include "qty.h"
#include "rupiah.h"
#include "when.h"

enum col_type {
    COL_INT64,
    COL_INT32,
    COL_BOOL,
    COL_TEXT,   /* const char *; NULL is absent */
    COL_ID,     /* any id struct; nil is absent */
    COL_DIGEST, /* struct digest; 32 bytes */
    COL_RUPIAH,
    COL_QTY,
    COL_INSTANT,
    COL_DAY,
};

struct fact_col {
    const char *name; /* with its unit: "total_rp", "qty_milli", "at_ms", "valid_from_day" */
    enum col_type type;
    size_t offset;
    bool optional; /* absent values: NULL text, nil id; other types cannot be absent */
};

struct fact_table {
    const char *name;
    const struct fact_col *cols;
    size_t col_count;
    size_t row_size;
};

enum { FACT_COLS_MAX = 40 };

/* Ids are told apart from other structs by the list in ids.h. */
#define FACT_ID_CASE(kind) struct kind##_id : COL_ID,
#define FACT_TYPE(value)                                                                           \
    _Generic((value), ID_KINDS(FACT_ID_CASE) int64_t : COL_INT64, int32_t : COL_INT32,             \
             bool : COL_BOOL, const char * : COL_TEXT, struct digest : COL_DIGEST,                 \
             struct rupiah : COL_RUPIAH, struct qty : COL_QTY, struct instant : COL_INSTANT,       \
             struct day : COL_DAY)

#define FACT_COL(row, column, member)                                                              \
    {                                                                                              \
        .name = (column), .type = FACT_TYPE(((struct row *)0)->member),                            \
        .offset = offsetof(struct row, member), .optional = false                                  \
    }
#define FACT_COL_OPTIONAL(row, column, member)                                                     \
    {                                                                                              \
        .name = (column), .type = FACT_TYPE(((struct row *)0)->member),                            \
        .offset = offsetof(struct row, member), .optional = true                                   \
    }
/* static const struct fact_table sale_table = FACT_TABLE("sale", sale, sale_cols); */
#define FACT_TABLE(table_name, row, columns)                                                       \
    {                                                                                              \
        .name = (table_name), .cols = (columns),                                                   \
        .col_count = sizeof(columns) / sizeof(*(columns)), .row_size = sizeof(struct row)          \
    }

#endif
