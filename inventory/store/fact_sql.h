/* The few statements that follow from a table's description or name.  The only SQL that is put
 * together; its parts are constants of this program, never anything a person typed. */
#ifndef FACT_SQL_H
#define FACT_SQL_H

#include "inventory/base/sbuf.h"
#include "inventory/store/fact_table.h"

/* INSERT INTO t (site, act_id, a, b ...) VALUES (?1, ?2, ...). */
void fact_insert_sql(struct sbuf *out, const struct fact_table *table);
/* INSERT INTO t (columns) VALUES (?1, ?2, ...). */
void table_insert_sql(struct sbuf *out, const char *table, const char *const columns[], size_t n);
/* SELECT * FROM t ORDER BY its key columns; `keys` are their names. */
void table_walk_sql(struct sbuf *out, const char *table, const char *const keys[], size_t n);

#endif
