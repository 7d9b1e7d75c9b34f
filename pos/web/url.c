/* Links inside this program: what may be one, and how parts are added. */
#include "pos/web/url.h"

#include <assert.h>

static bool is_hex(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F') || (c >= 'a' && c <= 'f');
}

static bool is_unreserved(unsigned char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '.' || c == '_' || c == '~';
}

/* What may stand in an address as it is.  No blank, quote, angle bracket, backslash or control:
 * browsers drop tabs and line feeds and read '\' as '/', so that "/\t/host" would leave us. */
static bool is_address_char(unsigned char c)
{
    return is_unreserved(c) || (c != '\0' && strchr("/?#&=%+,:;@!$()*", c) != NULL);
}

/* A percent code at p of a character that could be read as a separator or a control. */
static bool is_bad_code(const char *p)
{
    return !is_hex(p[1]) || !is_hex(p[2]) || p[1] == '0' || p[1] == '1';
}

static bool is_local(const char *text)
{
    const size_t n = strlen(text);
    bool in_path = true;

    if (n == 0 || n >= URL_TEXT_MAX || text[0] != '/' || text[1] == '/') {
        return false;
    }
    for (const char *p = text; *p; p++) {
        if (!is_address_char((unsigned char)*p) || (*p == '%' && is_bad_code(p))) {
            return false;
        }
        if (*p == '?' || *p == '#') {
            in_path = false;
        }
        if (in_path && p[0] == '/' && p[1] == '.' && p[2] == '.') {
            return false;
        }
    }
    return true;
}

bool url_local(struct url *out, struct arena *a, const char *text)
{
    out->local = NULL;
    if (text == NULL || !is_local(text)) {
        return false;
    }
    out->local = arena_text(a, text);
    return true;
}

struct url url_fixed(const char *literal)
{
    assert(is_local(literal));
    return (struct url){.local = literal};
}

void url_percent(struct sbuf *out, const char *text)
{
    static const char digits[] = "0123456789ABCDEF";

    for (; *text; text++) {
        const unsigned char c = (unsigned char)*text;
        if (is_unreserved(c)) {
            sbuf_char(out, *text);
        } else {
            const char code[] = {'%', digits[c >> 4], digits[c & 15]};
            sbuf_add(out, code, sizeof(code));
        }
    }
}

/* What is added to an address: separator, "name=" unless NULL, text percent-encoded. */
struct addition {
    char separator;
    const char *name, *text;
};

/* What does not fit makes "no link", so that a page never shows half an address. */
static struct url joined(struct arena *a, struct url base, struct addition more)
{
    struct url url = {NULL};
    struct sbuf out;

    assert(base.local);
    sbuf_init(&out, URL_TEXT_MAX - 1);
    sbuf_text(&out, base.local);
    sbuf_char(&out, more.separator);
    if (more.name) {
        url_percent(&out, more.name);
        sbuf_char(&out, '=');
    }
    url_percent(&out, more.text ? more.text : "");
    if (!out.full) {
        url.local = arena_text(a, sbuf_str(&out));
    }
    sbuf_done(&out);
    return url;
}

struct url url_part(struct arena *a, struct url base, const char *part)
{
    assert(base.local && !strpbrk(base.local, "?#"));
    assert(strcmp(part, ".") != 0 && strcmp(part, "..") != 0);
    if (strcmp(base.local, "/") == 0) {
        base.local = "";
    }
    return joined(a, base, (struct addition){'/', NULL, part});
}

struct url url_query(struct arena *a, struct url base, const char *name, const char *value)
{
    assert(base.local && !strchr(base.local, '#'));
    return strchr(base.local, '?') ? joined(a, base, (struct addition){'&', name, value})
                                   : joined(a, base, (struct addition){'?', name, value});
}

struct url url_query_int(struct arena *a, struct url base, const char *name, int64_t value)
{
    char text[24];

    snprintf(text, sizeof(text), "%lld", (long long)value);
    return url_query(a, base, name, text);
}

struct url url_anchor(struct arena *a, struct url base, const char *anchor)
{
    assert(base.local && !strchr(base.local, '#'));
    return joined(a, base, (struct addition){'#', NULL, anchor});
}
