/* Decodes forms and query strings, with limits. */
#include "pos/web/form_parts.h"

#include "inventory/base/arena.h"
#include "inventory/base/utf8.h"

const struct form_limits form_limits_default = {
    .bytes = FORM_BYTES_MAX,
    .fields = FORM_FIELDS_MAX,
    .name = FORM_NAME_MAX,
    .value = FORM_VALUE_MAX,
    .repeats = true,
};

enum err form_too_large(struct ctx *cx)
{
    return refuse(cx, ERR_LIMIT, "form-too-large",
                  _("Kiriman ini terlalu besar atau terlalu banyak isinya, jadi tidak diproses. "
                    "Persingkat isinya lalu kirim lagi."));
}

enum err form_malformed(struct ctx *cx)
{
    return refuse(cx, ERR_INVALID, "form-malformed",
                  _("Kiriman ini rusak di jalan, jadi tidak diproses. "
                    "Muat ulang halaman lalu kirim lagi."));
}

void form_begin(struct form_builder *b, struct ctx *cx, const struct form_limits *limits,
                size_t room)
{
    *b = (struct form_builder){.cx = cx, .limits = limits};
    b->fields = ARENA_ARRAY(cx->arena, struct form_field, room ? room : 1);
}

/* CR LF and a lone CR become LF; the new length. */
static size_t fold_line_ends(char *text, size_t n)
{
    size_t to = 0;

    for (size_t from = 0; from < n; from++) {
        if (text[from] == '\r') {
            text[to++] = '\n';
            from += from + 1 < n && text[from + 1] == '\n';
        } else {
            text[to++] = text[from];
        }
    }
    text[to] = '\0';
    return to;
}

static bool is_clean(const char *text, size_t n)
{
    return utf8_valid(text, n) && !utf8_has_control(text);
}

static bool is_repeated(const struct form_builder *b, const char *name)
{
    const struct form form = {b->fields, b->count};

    return form_get(&form, name) != NULL;
}

enum err form_put(struct form_builder *b, char *name, size_t name_len, char *value,
                  size_t value_len)
{
    if (name_len > b->limits->name || value_len > b->limits->value ||
        b->count == b->limits->fields) {
        return form_too_large(b->cx);
    }
    value_len = fold_line_ends(value, value_len);
    if (name_len == 0 || !is_clean(name, name_len) || !is_clean(value, value_len) ||
        strchr(name, '\n') || (!b->limits->repeats && is_repeated(b, name))) {
        return form_malformed(b->cx);
    }
    b->fields[b->count++] = (struct form_field){name, value};
    return OK;
}

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    if (c >= 'a' && c <= 'f') {
        return c - 'a' + 10;
    }
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* Decodes in place and ends with NUL; false for a bad percent code. */
static bool unescape(char *text, size_t *n)
{
    size_t to = 0;

    for (size_t from = 0; from < *n; from++) {
        char c = text[from];
        if (c == '+') {
            c = ' ';
        } else if (c == '%') {
            const int high = from + 2 < *n ? hex_digit(text[from + 1]) : -1;
            const int low = from + 2 < *n ? hex_digit(text[from + 2]) : -1;
            if (high < 0 || low < 0) {
                return false;
            }
            c = (char)(high * 16 + low);
            from += 2;
        }
        text[to++] = c;
    }
    text[to] = '\0';
    *n = to;
    return true;
}

/* One "name=value"; bytes[n] may be overwritten. */
static enum err decode_pair(struct form_builder *b, char *bytes, size_t n)
{
    char *equals = memchr(bytes, '=', n);
    size_t name_len = equals ? (size_t)(equals - bytes) : n;
    char *value = equals ? equals + 1 : bytes + n;
    size_t value_len = equals ? n - name_len - 1 : 0;

    if (!unescape(value, &value_len) || !unescape(bytes, &name_len)) {
        return form_malformed(b->cx);
    }
    return form_put(b, bytes, name_len, value, value_len);
}

static size_t pairs_in(const char *bytes, size_t n)
{
    size_t pairs = 1;

    for (size_t i = 0; i < n; i++) {
        pairs += bytes[i] == '&';
    }
    return pairs;
}

enum err form_decode(struct form *out, struct ctx *cx, const char *bytes, size_t n,
                     const struct form_limits *limits)
{
    struct form_builder b;
    char *copy = NULL;
    enum err e = OK;
    size_t at = 0, pairs = 0;

    *out = (struct form){NULL, 0};
    limits = limits ? limits : &form_limits_default;
    if (n > limits->bytes) {
        return form_too_large(cx);
    }
    pairs = n ? pairs_in(bytes, n) : 0;
    form_begin(&b, cx, limits, pairs < limits->fields ? pairs : limits->fields);
    copy = arena_get(cx->arena, n + 1);
    if (n) {
        memcpy(copy, bytes, n);
    }
    while (e == OK && at < n) {
        const char *and = memchr(copy + at, '&', n - at);
        const size_t len = and? (size_t)(and-copy) - at : n - at;
        if (len > 0) {
            e = decode_pair(&b, copy + at, len);
        }
        at += len + 1;
    }
    if (e == OK) {
        *out = (struct form){b.fields, b.count};
    }
    return e;
}

const char *form_nth(const struct form *form, const char *name, size_t i)
{
    for (size_t f = 0; f < form->count; f++) {
        if (strcmp(form->fields[f].name, name) == 0 && i-- == 0) {
            return form->fields[f].value;
        }
    }
    return NULL;
}

const char *form_get(const struct form *form, const char *name)
{
    return form_nth(form, name, 0);
}
