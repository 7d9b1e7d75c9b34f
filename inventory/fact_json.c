/* Facts between their C structs and canonical JSON. */
#include "inventory/fact_json.h"

#include <assert.h>

#include "inventory/base/id.h"

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

/* The columns in the order of their names' bytes. */
static void sort_by_name(const struct fact_col *sorted[], const struct fact_table *table)
{
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
    const char *comma = "";

    assert(table->col_count <= FACT_COLS_MAX);
    sort_by_name(sorted, table);
    sbuf_text(out, "[\"");
    sbuf_text(out, table->name);
    sbuf_text(out, "\",{");
    for (size_t i = 0; i < table->col_count; i++) {
        const char *member = (const char *)row + sorted[i]->offset;

        if (!absent(sorted[i], member)) {
            sbuf_text(out, comma);
            json_write_text(out, sorted[i]->name);
            sbuf_char(out, ':');
            write_member(out, sorted[i], member);
            comma = ",";
        }
    }
    sbuf_text(out, "}]");
}

/* ---- and back ---- */

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static enum err hex_to_bytes(char *out, size_t n, const char *text)
{
    if (strlen(text) != 2 * n) {
        return ERR_CORRUPT;
    }
    for (size_t i = 0; i < n; i++) {
        int high = hex_digit(text[2 * i]);
        int low = hex_digit(text[2 * i + 1]);

        if (high < 0 || low < 0) {
            return ERR_CORRUPT;
        }
        out[i] = (char)(high * 16 + low);
    }
    return OK;
}

static enum err int_to_member(char *member, const struct fact_col *col, int64_t value)
{
    int32_t narrow = (int32_t)value;
    bool flag = value != 0;

    switch (col->type) {
    case COL_INT64:
    case COL_RUPIAH:
    case COL_QTY:
    case COL_INSTANT: memcpy(member, &value, sizeof value); return OK;
    case COL_INT32:
    case COL_DAY:
        if (value != narrow) {
            return ERR_CORRUPT;
        }
        memcpy(member, &narrow, sizeof narrow);
        return OK;
    case COL_BOOL:
        if (value != 0 && value != 1) {
            return ERR_CORRUPT;
        }
        memcpy(member, &flag, sizeof flag);
        return OK;
    case COL_TEXT:
    case COL_ID:
    case COL_DIGEST: break;
    }
    return ERR_CORRUPT;
}

static enum err text_to_member(char *member, const struct fact_col *col, const char *text)
{
    switch (col->type) {
    case COL_TEXT: memcpy(member, &text, sizeof text); return OK;
    case COL_ID: return hex_to_bytes(member, ID_BYTES, text);
    case COL_DIGEST: return hex_to_bytes(member, sizeof(struct digest), text);
    case COL_INT64:
    case COL_INT32:
    case COL_BOOL:
    case COL_RUPIAH:
    case COL_QTY:
    case COL_INSTANT:
    case COL_DAY: break;
    }
    return ERR_CORRUPT;
}

enum err fact_from_json(void *row, const struct fact_table *table, const struct json *object)
{
    size_t found = 0;

    if (!json_is_object(object)) {
        return ERR_CORRUPT;
    }
    memset(row, 0, table->row_size);
    for (size_t i = 0; i < table->col_count; i++) {
        const struct fact_col *col = &table->cols[i];
        const struct json *value = json_get(object, col->name);
        char *member = (char *)row + col->offset;
        enum err e = ERR_CORRUPT;

        if (!value && col->optional) {
            continue;
        }
        if (value && json_is_int(value)) {
            e = int_to_member(member, col, json_int_of(value));
        } else if (value && json_is_text(value)) {
            e = text_to_member(member, col, json_text_of(value));
        }
        if (e) {
            return e;
        }
        found++;
    }
    return found == json_count(object) ? OK : ERR_CORRUPT;
}
