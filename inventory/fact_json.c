/* Facts between their C structs and canonical JSON. */
#include "inventory/fact_json.h"

#include <assert.h>

#include "inventory/base/json.h"

static bool all_zero(const char *bytes, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (bytes[i]) {
            return false;
        }
    }
    return true;
}

static int64_t member_int(const struct fact_col *col, const char *member)
{
    int32_t narrow;
    int64_t wide;
    bool flag;

    switch (col->type) {
    case COL_INT64:
    case COL_RUPIAH:
    case COL_QTY:
    case COL_INSTANT: memcpy(&wide, member, sizeof wide); return wide;
    case COL_INT32:
    case COL_DAY: memcpy(&narrow, member, sizeof narrow); return narrow;
    case COL_BOOL: memcpy(&flag, member, sizeof flag); return flag ? 1 : 0;
    case COL_TEXT:
    case COL_ID:
    case COL_DIGEST: break;
    }
    assert(false && "not a number");
    return 0;
}

static bool absent(const struct fact_col *col, const char *member)
{
    const char *text;

    if (col->type == COL_TEXT) {
        memcpy(&text, member, sizeof text);
        assert(text || col->optional);
        return !text;
    }
    return col->type == COL_ID && col->optional && all_zero(member, ID_BYTES);
}

static void write_hex(struct sbuf *out, const char *bytes, size_t n)
{
    sbuf_char(out, '"');
    sbuf_hex(out, (const uint8_t *)bytes, n);
    sbuf_char(out, '"');
}

static void write_member(struct sbuf *out, const struct fact_col *col, const char *member)
{
    const char *text;

    switch (col->type) {
    case COL_TEXT:
        memcpy(&text, member, sizeof text);
        json_write_text(out, text);
        break;
    case COL_ID: write_hex(out, member, ID_BYTES); break;
    case COL_DIGEST: write_hex(out, member, sizeof(struct digest)); break;
    case COL_INT64:
    case COL_INT32:
    case COL_BOOL:
    case COL_RUPIAH:
    case COL_QTY:
    case COL_INSTANT:
    case COL_DAY: sbuf_int(out, member_int(col, member)); break;
    }
}

void fact_sort_cols(const struct fact_col *sorted[FACT_COLS_MAX], const struct fact_table *table)
{
    assert(table->col_count <= FACT_COLS_MAX);
    for (size_t i = 0; i < table->col_count; i++) {
        const struct fact_col *col = &table->cols[i];
        size_t at = i;

        for (; at > 0 && strcmp(sorted[at - 1]->name, col->name) > 0; at--) {
            sorted[at] = sorted[at - 1];
        }
        sorted[at] = col;
    }
}

/* Written straight from the struct: a sale of four lines has some two hundred values, and making
 * JSON values of them first costs as much as storing them. */
void fact_to_json(struct sbuf *out, const struct fact_table *table, const void *row)
{
    const struct fact_col *sorted[FACT_COLS_MAX];
    const char *comma = "\"";

    fact_sort_cols(sorted, table);
    sbuf_text(out, "[\"");
    sbuf_text(out, table->name);
    sbuf_text(out, "\",{");
    for (size_t i = 0; i < table->col_count; i++) {
        const char *member = (const char *)row + sorted[i]->offset;

        if (!absent(sorted[i], member)) {
            sbuf_text(out, comma);
            sbuf_text(out, sorted[i]->name);
            sbuf_text(out, "\":");
            write_member(out, sorted[i], member);
            comma = ",\"";
        }
    }
    sbuf_text(out, "}]");
}
