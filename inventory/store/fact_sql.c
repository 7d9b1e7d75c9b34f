/* Puts together INSERT and walk statements from table descriptions. */
#include "inventory/store/fact_sql.h"

void fact_insert_sql(struct sbuf *out, const struct fact_table *table)
{
    sbuf_format(out, "INSERT INTO %s (site, act_id", table->name);
    for (size_t i = 0; i < table->col_count; i++) {
        sbuf_format(out, ", %s", table->cols[i].name);
    }
    sbuf_text(out, ") VALUES (?1, ?2");
    for (size_t i = 0; i < table->col_count; i++) {
        sbuf_format(out, ", ?%zu", i + 3);
    }
    sbuf_text(out, ")");
}

void table_insert_sql(struct sbuf *out, const char *table, const char *const columns[], size_t n)
{
    sbuf_format(out, "INSERT INTO %s (", table);
    for (size_t i = 0; i < n; i++) {
        sbuf_format(out, "%s%s", i ? ", " : "", columns[i]);
    }
    sbuf_text(out, ") VALUES (");
    for (size_t i = 0; i < n; i++) {
        sbuf_format(out, "%s?%zu", i ? ", " : "", i + 1);
    }
    sbuf_text(out, ")");
}

void table_walk_sql(struct sbuf *out, const char *table, const char *const keys[], size_t n)
{
    sbuf_format(out, "SELECT * FROM %s ORDER BY ", table);
    for (size_t i = 0; i < n; i++) {
        sbuf_format(out, "%s%s", i ? ", " : "", keys[i]);
    }
}
