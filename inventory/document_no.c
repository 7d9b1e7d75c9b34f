/* The numbers of the inventory's papers. */
#include "inventory/document_no.h"

#include "inventory/base/calendar.h"
#include "inventory/fact.h"
#include "sql_names.h"

static const struct fact_col document_no_cols[] = {
    FACT_COL(document_no_row, "kind", kind),
    FACT_COL(document_no_row, "year", year),
    FACT_COL(document_no_row, "no", no),
    FACT_COL(document_no_row, "number", number),
};
const struct fact_table document_no_table =
    FACT_TABLE("document_no", document_no_row, document_no_cols);

static enum err last_no(int32_t *out, struct ctx *cx, const char *kind, int32_t year)
{
    struct stmt *st = db_stmt(cx->db, SQL_DOCUMENT_NO_LAST);
    enum err e;

    bind_text(st, ":site", cx->site->code);
    bind_text(st, ":kind", kind);
    bind_int(st, ":year", year);
    e = stmt_one(st);
    *out = e ? 0 : (int32_t)col_int(st, "no");
    stmt_done(st);
    return e == ERR_NOT_FOUND ? OK : e;
}

enum err document_no_take(struct document_no *out, struct ctx *cx, const char *kind)
{
    struct civil today = day_civil(instant_day(act_at(cx), cx->site->zone));
    int32_t last;
    enum err e = last_no(&last, cx, kind, today.year);

    if (e) {
        return e;
    }
    *out = (struct document_no){.year = today.year, .no = last + 1};
    (void)snprintf(out->text, sizeof out->text, "%s-%04d-%04d", kind, (int)out->year, (int)out->no);
    return fact_put(cx, &document_no_table,
                    &(struct document_no_row){
                        .kind = kind, .year = out->year, .no = out->no, .number = out->text});
}
