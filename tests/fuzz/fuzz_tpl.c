/* Fuzzes the template compiler: whatever it accepts, filled with hostile text, must read for a
 * browser as harmless HTML.  The reader below follows the HTML standard's tokenizer and shares
 * nothing with the compiler. */
#include <stddef.h>
#include <stdint.h>

#include "pos/web/tpl.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct item_view {
    const char *text;
    bool yes, no;
};

struct fuzz_view {
    const char *text, *nothing;
    bool yes, no;
    int64_t n;
    struct rupiah rp;
    struct url u, root, none;
    struct tpl_list l;
};

static const struct tpl_field item_fields[] = {
    TPL_FIELD(item_view, text),
    TPL_FIELD(item_view, yes),
    TPL_FIELD(item_view, no),
    TPL_FIELD_END,
};

static const struct tpl_field fuzz_fields[] = {
    TPL_FIELD(fuzz_view, text),
    TPL_FIELD(fuzz_view, nothing),
    TPL_FIELD(fuzz_view, yes),
    TPL_FIELD(fuzz_view, no),
    TPL_FIELD(fuzz_view, n),
    TPL_FIELD(fuzz_view, rp),
    TPL_FIELD(fuzz_view, u),
    TPL_FIELD(fuzz_view, root),
    TPL_FIELD(fuzz_view, none),
    TPL_FIELD_LIST(fuzz_view, l, item_view, item_fields),
    TPL_FIELD_END,
};

/* ---- a browser's reader ---- */

struct reader {
    const char *at, *end;
    char tag[32], attr[32];
    bool closes;
};

static bool is_space(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\f' || c == '\r';
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static void must(bool holds, const char *what)
{
    if (!holds) {
        fprintf(stderr, "unsafe output: %s\n", what);
        abort();
    }
}

static void read_name(struct reader *r, char out[32], const char *stops)
{
    size_t n = 0;

    while (r->at < r->end && !is_space(*r->at) && !strchr(stops, *r->at)) {
        if (n < 31) {
            out[n++] = lower(*r->at);
        }
        r->at++;
    }
    out[n] = '\0';
}

static bool is_link(const char *attr)
{
    static const char *const links[] = {"href", "src", "action", "formaction", "xlink:href"};

    for (size_t i = 0; i < LENGTH(links); i++) {
        if (strcmp(attr, links[i]) == 0) {
            return true;
        }
    }
    return false;
}

/* Browsers skip blanks at the start and drop tabs and line feeds; references become characters. */
static void check_link(const char *value, size_t n)
{
    if (n == 0 || *value == '?' || *value == '#') {
        return;
    }
    if (n >= 8 && memcmp(value, "https://", 8) == 0) {
        for (size_t i = 8; i < n; i++) {
            must(memcmp(value + i, "hostile", i + 7 <= n ? 7 : 0) != 0 || i + 7 > n,
                 "hostile text in a link to another host");
        }
        return;
    }
    if (*value != '/' && n >= 3 && *value == '%') {
        return; /* an empty url and an encoded part: relative, no scheme */
    }
    if (*value != '/') {
        /* An empty url followed by a number or an encoded text. */
        must(memchr(value, ':', n) == NULL || *value == '-', "a scheme in a link");
        return;
    }
    must(n == 1 || (value[1] != '/' && value[1] != '\\' && value[1] != '&'), "link to a host");
    for (size_t i = 0; i < n; i++) {
        must(value[i] != '\t' && value[i] != '\n' && value[i] != '\r' && value[i] != '\\',
             "blank or backslash in a link");
    }
}

static void read_value(struct reader *r)
{
    const char *value = r->at;

    must(r->at < r->end && *r->at == '"', "a value without double quotes");
    value = ++r->at;
    while (r->at < r->end && *r->at != '"') {
        must(*r->at != '<' && *r->at != '\'', "'<' or a single quote in a value");
        r->at++;
    }
    must(r->at < r->end, "a value that does not end");
    if (is_link(r->attr)) {
        check_link(value, (size_t)(r->at - value));
    }
    r->at++;
}

static void read_attrs(struct reader *r)
{
    while (r->at < r->end) {
        while (r->at < r->end && (is_space(*r->at) || *r->at == '/')) {
            r->at++;
        }
        if (r->at < r->end && *r->at == '>') {
            r->at++;
            return;
        }
        read_name(r, r->attr, "/>=");
        must(r->attr[0] != '\0' && !strpbrk(r->attr, "\"'<"), "an attribute's name");
        must(strncmp(r->attr, "on", 2) != 0, "a script in an attribute");
        must(strcmp(r->attr, "style") != 0 && strcmp(r->attr, "srcdoc") != 0, "style or srcdoc");
        if (r->at < r->end && *r->at == '=') {
            r->at++;
            read_value(r);
        }
    }
    must(false, "a tag that does not end");
}

static void read_html(const char *html, size_t n)
{
    struct reader r = {.at = html, .end = html + n};

    while ((r.at = memchr(r.at, '<', (size_t)(r.end - r.at))) != NULL) {
        r.at++;
        r.closes = r.at < r.end && *r.at == '/';
        r.at += r.closes;
        must(r.at < r.end, "'<' at the end");
        if (*r.at == '!') {
            must(!r.closes && r.end - r.at >= 14, "a comment");
            must(lower(r.at[1]) == 'd', "a comment");
            r.at = memchr(r.at, '>', (size_t)(r.end - r.at));
            must(r.at != NULL, "a doctype that does not end");
            continue;
        }
        must(lower(*r.at) >= 'a' && lower(*r.at) <= 'z', "'<' without a tag");
        read_name(&r, r.tag, "/>");
        read_attrs(&r);
        if (strcmp(r.tag, "script") == 0 && !r.closes) {
            must(r.end - r.at >= 9 && memcmp(r.at, "</", 2) == 0, "a script");
        }
        must(strcmp(r.tag, "style") != 0, "a style");
    }
}

static const char *asset(void *self, const char *name)
{
    (void)self;
    return strcmp(name, "app.css") == 0 ? "/s/1/app.css" : NULL;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char hostile[] = "hostile\"'><script>x</script>&#34;/../javascript:x\n//x";
    static const char part[] = "<b title=\"{{text}}\">{{text}}</b>";
    const struct item_view items[] = {{hostile, true, false}, {"", false, true}};
    const struct fuzz_view views[] = {
        {.text = hostile,
         .yes = true,
         .n = -1,
         .rp = {-1},
         .u = url_fixed("/a?b=c&d"),
         .root = url_fixed("/"),
         .l = TPL_LIST(items, 2)},
        {.text = "/", .no = true, .root = url_fixed("/"), .l = TPL_LIST(items, 1)},
        {.text = "javascript:hostile", .yes = true, .no = true, .u = url_fixed("/")},
    };
    const struct embedded files[] = {
        {"t.html", (const char *)data, size}, {"p.html", part, sizeof(part) - 1}, {NULL, NULL, 0}};
    const struct tpl_env env = {.files = files, .asset = asset};
    struct tpl *t = NULL;
    struct why why;
    struct sbuf out;

    if (tpl_compile(&t, &env, "t.html", fuzz_fields, LANG_EN, &why)) {
        return 0;
    }
    sbuf_init(&out, 1 << 20);
    for (size_t i = 0; i < LENGTH(views); i++) {
        sbuf_clear(&out);
        tpl_render(&out, t, &views[i]);
        if (!out.full) {
            read_html(sbuf_str(&out), out.len);
        }
    }
    sbuf_done(&out);
    tpl_free(t);
    return 0;
}
