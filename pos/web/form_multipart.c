/* Decodes multipart/form-data with at most one file (RFC 7578), as browsers send it: no preamble,
 * CR LF line ends, one boundary. */
#include "pos/web/form_parts.h"

#include <assert.h>

#include "inventory/base/arena.h"
#include "inventory/base/utf8.h"

enum {
    BOUNDARY_MAX = 70, /* RFC 2046, 5.1.1 */
    HEADER_BYTES_MAX = 1024,
    FILENAME_BYTES_MAX = 200,
};

struct multipart {
    struct ctx *cx;
    struct form_builder fields;
    struct upload *file;
    char mark[BOUNDARY_MAX + 5]; /* CR LF "--" boundary */
    size_t mark_len;
    const char *at, *end;
};

/* One part: its headers and what it holds. */
struct part {
    const char *headers;
    size_t headers_len;
    const char *content;
    size_t content_len;
    char *name, *filename; /* in the arena; filename NULL: a plain field */
};

static char lower(char c)
{
    if (c >= 'A' && c <= 'Z') {
        return (char)(c - 'A' + 'a');
    }
    return c;
}

static bool starts_any_case(const char *text, size_t n, const char *with)
{
    size_t i;

    for (i = 0; with[i]; i++) {
        if (i >= n || lower(text[i]) != with[i]) {
            return false;
        }
    }
    return true;
}

static bool is_boundary_char(char c)
{
    return (lower(c) >= 'a' && lower(c) <= 'z') || (c >= '0' && c <= '9') ||
           (c != '\0' && strchr("'()+_,-./:=?", c) != NULL);
}

/* "multipart/form-data; boundary=X" or ="X"; nothing may follow. */
static bool read_boundary(struct multipart *m, const char *type)
{
    static const char media[] = "multipart/form-data;", key[] = "boundary=";
    const char *p = type;
    size_t n = 0;
    bool quoted = false;

    if (!starts_any_case(p, strlen(p), media)) {
        return false;
    }
    p += sizeof(media) - 1;
    p += strspn(p, " ");
    if (!starts_any_case(p, strlen(p), key)) {
        return false;
    }
    p += sizeof(key) - 1;
    quoted = *p == '"';
    p += quoted;
    while (is_boundary_char(p[n])) {
        n++;
    }
    if (n == 0 || n > BOUNDARY_MAX || (quoted && p[n] != '"') || p[n + quoted] != '\0') {
        return false;
    }
    snprintf(m->mark, sizeof(m->mark), "\r\n--%.*s", (int)n, p);
    m->mark_len = n + 4;
    return true;
}

/* Where `what` begins in [from, end); NULL: nowhere. */
static const char *find_bytes(const char *from, const char *end, const char *what, size_t n)
{
    while ((size_t)(end - from) >= n) {
        from = memchr(from, what[0], (size_t)(end - from) - n + 1);
        if (from == NULL || memcmp(from, what, n) == 0) {
            return from;
        }
        from++;
    }
    return NULL;
}

static bool is_token(const char *at, size_t n, const char *token)
{
    return strlen(token) == n && memcmp(at, token, n) == 0;
}

/* name="a"; filename="b".  Browsers write a quote inside as %22, so the next quote ends it. */
static bool read_parameters(struct multipart *m, struct part *part, const char *at, const char *end)
{
    while (at < end) {
        const char *equals = NULL, *quote = NULL;
        char **into = NULL;
        at += *at == ' ';
        equals = find_bytes(at, end, "=\"", 2);
        quote = equals ? memchr(equals + 2, '"', (size_t)(end - equals - 2)) : NULL;
        if (quote == NULL || (quote + 1 < end && quote[1] != ';')) {
            return false;
        }
        into = is_token(at, (size_t)(equals - at), "name")       ? &part->name
               : is_token(at, (size_t)(equals - at), "filename") ? &part->filename
                                                                 : NULL;
        if (into == NULL || *into != NULL) {
            return false;
        }
        *into = arena_text_n(m->cx->arena, equals + 2, (size_t)(quote - equals - 2));
        at = quote + 2;
    }
    return true;
}

static enum err read_line(struct multipart *m, struct part *part, const char *line, size_t n)
{
    static const char disposition[] = "content-disposition: form-data;", type[] = "content-type: ";

    if (starts_any_case(line, n, disposition)) {
        return read_parameters(m, part, line + sizeof(disposition) - 1, line + n)
                   ? OK
                   : form_malformed(m->cx);
    }
    if (starts_any_case(line, n, type)) {
        const size_t skip = sizeof(type) - 1;
        m->file->type = arena_text_n(m->cx->arena, line + skip, n - skip);
    }
    return OK;
}

static enum err read_headers(struct multipart *m, struct part *part)
{
    const char *line = part->headers;
    const char *const end = part->headers + part->headers_len;
    enum err e = memchr(line, '\0', part->headers_len) ? form_malformed(m->cx) : OK;

    while (e == OK && line < end) {
        const char *stop = find_bytes(line, end, "\r\n", 2);
        const size_t n = (size_t)((stop ? stop : end) - line);
        e = read_line(m, part, line, n);
        line += n + 2;
    }
    if (e == OK && part->name == NULL) {
        e = form_malformed(m->cx);
    }
    return e;
}

/* Only the last part of a path: some browsers send all of it. */
static const char *base_name(const char *path)
{
    const char *base = path;

    for (; *path; path++) {
        if (*path == '/' || *path == '\\') {
            base = path + 1;
        }
    }
    return base;
}

static enum err take_file(struct multipart *m, const struct part *part)
{
    const char *name = base_name(part->filename);
    const size_t n = strlen(name);

    assert(part->name);
    if (n == 0 && part->content_len == 0) {
        return OK; /* nothing was chosen */
    }
    if (m->file->field || strlen(part->name) > FORM_NAME_MAX || n > FILENAME_BYTES_MAX) {
        return form_too_large(m->cx);
    }
    if (!utf8_valid(name, n) || utf8_has_control(name) || strpbrk(name, "\n\t") ||
        !utf8_valid(part->name, strlen(part->name)) || utf8_has_control(part->name)) {
        return form_malformed(m->cx);
    }
    m->file->field = part->name;
    m->file->filename = name;
    m->file->bytes = part->content;
    m->file->n = part->content_len;
    return OK;
}

static enum err take_part(struct multipart *m, struct part *part)
{
    const char *type = m->file->type;
    char *value = NULL;
    enum err e = OK;

    m->file->type = "";
    e = read_headers(m, part);
    if (e) {
        return e;
    }
    assert(part->name);
    if (part->filename) {
        return take_file(m, part);
    }
    m->file->type = type;
    if (part->content_len > FORM_VALUE_MAX) {
        return form_too_large(m->cx);
    }
    value = arena_text_n(m->cx->arena, part->content, part->content_len);
    return form_put(&m->fields, part->name, strlen(part->name), value, part->content_len);
}

/* m->at stands behind a boundary's "CR LF". */
static enum err next_part(struct multipart *m)
{
    const size_t left = (size_t)(m->end - m->at);
    const char *limit = m->at + (left < HEADER_BYTES_MAX ? left : HEADER_BYTES_MAX);
    const char *blank = find_bytes(m->at, limit, "\r\n\r\n", 4);
    struct part part = {.headers = m->at};
    const char *stop = NULL;

    if (blank == NULL) {
        return form_malformed(m->cx);
    }
    part.headers_len = (size_t)(blank - m->at);
    part.content = blank + 4;
    /* An empty part: its boundary's CR LF is the one that ends the headers. */
    stop = find_bytes(blank + 2, m->end, m->mark, m->mark_len);
    if (stop == NULL) {
        return form_malformed(m->cx);
    }
    part.content_len = stop < part.content ? 0 : (size_t)(stop - part.content);
    m->at = stop + m->mark_len;
    return take_part(m, &part);
}

/* After a boundary: 1 another part follows, 0 the end, -1 neither. */
static int after_boundary(struct multipart *m)
{
    const size_t left = (size_t)(m->end - m->at);

    if (left >= 2 && memcmp(m->at, "\r\n", 2) == 0) {
        m->at += 2;
        return 1;
    }
    if (left == 2 || (left == 4 && memcmp(m->at + 2, "\r\n", 2) == 0)) {
        return memcmp(m->at, "--", 2) == 0 ? 0 : -1;
    }
    return -1;
}

enum err multipart_decode(struct form *fields, struct upload *file, struct ctx *cx,
                          const char *content_type, const char *body, size_t n)
{
    struct multipart m = {.cx = cx, .file = file, .at = body, .end = body + n};
    enum err e = OK;
    int more = 0;

    *fields = (struct form){NULL, 0};
    *file = (struct upload){.field = NULL, .filename = "", .type = "", .bytes = "", .n = 0};
    if (n > UPLOAD_BYTES_MAX) {
        return form_too_large(cx);
    }
    if (!read_boundary(&m, content_type) || n < m.mark_len ||
        memcmp(body, m.mark + 2, m.mark_len - 2) != 0) {
        return form_malformed(cx);
    }
    m.at += m.mark_len - 2;
    form_begin(&m.fields, cx, &form_limits_default, form_limits_default.fields);
    while (e == OK && (more = after_boundary(&m)) == 1) {
        e = next_part(&m);
    }
    if (e == OK && more < 0) {
        e = form_malformed(cx);
    }
    if (e == OK) {
        *fields = (struct form){m.fields.fields, m.fields.count};
    }
    return e;
}
