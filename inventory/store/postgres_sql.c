/* Translates the parameters of a statement text; knows what is a quote and what is a comment. */
#include "inventory/store/postgres_sql.h"

#include <stdbool.h>

struct reader {
    const char *at, *begin, *end;
    struct sbuf *out;
    struct sql_params *params;
    bool anything; /* more than blanks and comments was seen */
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_name_start(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static bool is_name(char c)
{
    return is_name_start(c) || is_digit(c);
}

static char peek(const struct reader *r, size_t ahead)
{
    if ((size_t)(r->end - r->at) > ahead) {
        return r->at[ahead];
    }
    return '\0';
}

static void pass(struct reader *r, size_t n)
{
    sbuf_add(r->out, r->at, n);
    r->at += n;
}

/* E'...' has escapes by backslash; the E belongs to no longer name. */
static bool has_escapes(const struct reader *r)
{
    const char *at = r->at;

    return at > r->begin && (at[-1] == 'E' || at[-1] == 'e') &&
           (at - 1 == r->begin || !is_name(at[-2]));
}

static enum err pass_quoted(struct reader *r)
{
    char quote = *r->at;
    bool escapes = quote == '\'' && has_escapes(r);

    pass(r, 1);
    while (r->at < r->end) {
        if ((escapes && *r->at == '\\' && r->end - r->at > 1) ||
            (*r->at == quote && peek(r, 1) == quote)) {
            pass(r, 2);
        } else if (*r->at == quote) {
            pass(r, 1);
            return OK;
        } else {
            pass(r, 1);
        }
    }
    return ERR_IO;
}

static void pass_line(struct reader *r)
{
    while (r->at < r->end && *r->at != '\n') {
        pass(r, 1);
    }
}

/* Comments between slash and star stand inside each other on the server. */
static enum err pass_comment(struct reader *r)
{
    int depth = 0;

    while (r->at < r->end) {
        if (*r->at == '/' && peek(r, 1) == '*') {
            depth++;
            pass(r, 2);
        } else if (*r->at == '*' && peek(r, 1) == '/') {
            pass(r, 2);
            if (--depth == 0) {
                return OK;
            }
        } else {
            pass(r, 1);
        }
    }
    return ERR_IO;
}

/* The length of `$tag$` at this place; 0: there is none. */
static size_t dollar_tag(const struct reader *r)
{
    size_t n = 1;

    if (r->at > r->begin && is_name(r->at[-1])) {
        return 0;
    }
    if (is_name_start(peek(r, 1))) {
        while (is_name(peek(r, n))) {
            n++;
        }
    }
    return peek(r, n) == '$' ? n + 1 : 0;
}

static enum err pass_dollar(struct reader *r, size_t tag)
{
    const char *open = r->at;

    pass(r, tag);
    while ((size_t)(r->end - r->at) >= tag) {
        if (memcmp(r->at, open, tag) == 0) {
            pass(r, tag);
            return OK;
        }
        pass(r, 1);
    }
    return ERR_IO;
}

static enum err pass_named(struct reader *r)
{
    struct sql_params *p = r->params;
    size_t n = 1;
    int i = 0;

    while (is_name(peek(r, n))) {
        n++;
    }
    if (n >= SQL_PARAM_NAME_MAX) {
        return ERR_LIMIT;
    }
    while (i < p->count && (strlen(p->names[i]) != n || memcmp(p->names[i], r->at, n) != 0)) {
        i++;
    }
    if (i == p->count) {
        if (p->count == SQL_PARAMS_MAX) {
            return ERR_LIMIT;
        }
        memcpy(p->names[i], r->at, n);
        p->names[i][n] = '\0';
        p->count++;
    }
    r->at += n;
    sbuf_format(r->out, "$%d", i + 1);
    return OK;
}

static enum err pass_numbered(struct reader *r)
{
    int number = 0;

    r->at++;
    while (is_digit(peek(r, 0)) && number <= SQL_PARAMS_MAX) {
        number = number * 10 + (*r->at++ - '0');
    }
    if (number < 1 || number > SQL_PARAMS_MAX) {
        return ERR_LIMIT;
    }
    if (number > r->params->count) {
        r->params->count = number;
    }
    sbuf_format(r->out, "$%d", number);
    return OK;
}

static enum err pass_colon(struct reader *r)
{
    if (peek(r, 1) == ':' || peek(r, 1) == '=') {
        pass(r, 2);
        return OK;
    }
    if (is_name_start(peek(r, 1))) {
        return pass_named(r);
    }
    pass(r, 1);
    return OK;
}

static enum err pass_next(struct reader *r)
{
    char c = *r->at;
    size_t tag;

    if (c == '-' && peek(r, 1) == '-') {
        pass_line(r);
        return OK;
    }
    if (c == '/' && peek(r, 1) == '*') {
        return pass_comment(r);
    }
    r->anything = r->anything || !strchr(" \t\r\n;", c);
    if (c == '\'' || c == '"') {
        return pass_quoted(r);
    }
    if (c == '$' && (tag = dollar_tag(r)) > 0) {
        return pass_dollar(r, tag);
    }
    if (c == ':') {
        return pass_colon(r);
    }
    if (c == '?' && is_digit(peek(r, 1))) {
        return pass_numbered(r);
    }
    pass(r, 1);
    return OK;
}

enum err sql_translate(struct sbuf *out, struct sql_params *params, const char *sql, size_t n)
{
    struct reader r = {.at = sql, .begin = sql, .end = sql + n, .out = out, .params = params};
    enum err e = OK;

    memset(params, 0, sizeof *params);
    while (!e && r.at < r.end) {
        e = pass_next(&r);
    }
    if (!e && !r.anything) {
        e = ERR_IO;
    }
    return !e && sbuf_full(out) ? ERR_LIMIT : e;
}
