/* Reading facts back from their canonical form. */
#include "inventory/fact_read.h"

#include "inventory/base/utf8.h"
#include "inventory/fact_json.h"

/* ---- the parts of the form ---- */

static bool take(struct fact_reader *r, char c)
{
    if (r->bad || *r->at != c) {
        r->bad = true;
        return false;
    }
    r->at++;
    return true;
}

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* What stands behind a backslash; 0: not the shortest form of anything.  *at is moved behind it. */
static char unescaped(const char **at)
{
    static const char letters[] = "\"\\bfnrt";
    static const char means[] = "\"\\\b\f\n\r\t";
    const char *c = *at;
    const char *found = *c ? strchr(letters, *c) : NULL;
    int high, low;

    if (found) {
        *at = c + 1;
        return means[found - letters];
    }
    if (strncmp(c, "u00", 3) != 0 || (high = hex_digit(c[3])) < 0 || (low = hex_digit(c[4])) < 0 ||
        high > 1 || strchr("\b\f\n\r\t", high * 16 + low)) {
        return '\0';
    }
    *at = c + 5;
    return (char)(high * 16 + low);
}

/* A text, without its quotes and escapes; it takes their place in the body.  NULL: there is none.
 */
static char *take_text(struct fact_reader *r)
{
    char *begin = r->at + 1, *to = begin;
    const char *from = begin;
    unsigned char seen = 0;

    if (!take(r, '"')) {
        return NULL;
    }
    while (*from != '"') {
        char c = *from++;

        if (c == '\\') {
            c = unescaped(&from);
        } else if ((unsigned char)c < ' ') { /* the body's end among them */
            c = '\0';
        }
        if (!c) {
            r->bad = true;
            return NULL;
        }
        seen |= (unsigned char)c;
        *to++ = c;
    }
    r->at = begin + (from - begin) + 1;
    *to = '\0';
    if (seen >= 0x80 && !utf8_valid(begin, (size_t)(to - begin))) {
        r->bad = true;
        return NULL;
    }
    return begin;
}

static bool take_int(int64_t *out, struct fact_reader *r)
{
    bool negative = *r->at == '-';
    const char *digits = r->at + (negative ? 1 : 0);
    int64_t value = 0;
    size_t n = 0;

    for (; digits[n] >= '0' && digits[n] <= '9'; n++) {
        int digit = digits[n] - '0';

        if (__builtin_mul_overflow(value, 10, &value) ||
            __builtin_sub_overflow(value, digit,
                                   &value)) { /* below zero there is room for one more */
            return false;
        }
    }
    if (n == 0 || (digits[0] == '0' && (n > 1 || negative)) || (!negative && value == INT64_MIN)) {
        return false;
    }
    *out = negative ? value : -value;
    r->at += n + (negative ? 1 : 0);
    return true;
}

/* ---- into a struct ---- */

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

static enum err take_member(char *row, const struct fact_col *col, struct fact_reader *r)
{
    char *member = row + col->offset;
    const char *text;
    int64_t value;

    if (*r->at == '"') {
        return (text = take_text(r)) ? text_to_member(member, col, text) : ERR_CORRUPT;
    }
    return take_int(&value, r) ? int_to_member(member, col, value) : ERR_CORRUPT;
}

/* The column of that name, at or behind *next; those that are passed over must be optional. */
static const struct fact_col *column_named(struct fact_reader *r, size_t *next, const char *name)
{
    while (*next < r->table->col_count) {
        const struct fact_col *col = r->sorted[(*next)++];

        if (strcmp(col->name, name) == 0) {
            return col;
        }
        if (!col->optional) {
            break;
        }
    }
    return NULL;
}

static enum err take_members(char *row, struct fact_reader *r)
{
    size_t next = 0;

    while (*r->at != '}') {
        const struct fact_col *col;
        const char *name;

        if ((next > 0 && !take(r, ',')) || !(name = take_text(r)) ||
            !(col = column_named(r, &next, name)) || !take(r, ':') || take_member(row, col, r)) {
            return ERR_CORRUPT;
        }
    }
    for (; next < r->table->col_count; next++) {
        if (!r->sorted[next]->optional) {
            return ERR_CORRUPT;
        }
    }
    return OK;
}

/* ---- the body ---- */

void fact_read_begin(struct fact_reader *r, char *body)
{
    r->at = body;
    r->begun = false;
    r->bad = false;
    r->table = NULL;
    take(r, '[');
}

bool fact_read_more(struct fact_reader *r)
{
    if (r->bad || *r->at == ']') {
        return false;
    }
    if (r->begun && !take(r, ',')) {
        return false;
    }
    r->begun = true;
    return take(r, '[');
}

const char *fact_read_name(struct fact_reader *r)
{
    const char *name = take_text(r);

    return name && take(r, ',') ? name : "";
}

enum err fact_read_row(void *row, const struct fact_table *table, struct fact_reader *r)
{
    enum err e = ERR_CORRUPT;

    if (r->table != table) {
        fact_sort_cols(r->sorted, table);
        r->table = table;
    }
    memset(row, 0, table->row_size);
    if (take(r, '{') && !(e = take_members(row, r)) && !(take(r, '}') && take(r, ']'))) {
        e = ERR_CORRUPT;
    }
    if (e) {
        r->bad = true;
    }
    return e;
}

bool fact_read_ended(struct fact_reader *r)
{
    return take(r, ']') && *r->at == '\0';
}
