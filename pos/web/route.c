/* Finding the row of the table that answers an address. */
#include "pos/web/route.h"

#include <strings.h>

#include "inventory/base/utf8.h"

/* The parts of a path, decoded. */
struct segments {
    char text[ROUTE_SEGMENTS_MAX][ROUTE_PARAM_MAX];
    size_t count;
};

static int hex_digit(char c)
{
    static const char digits[] = "0123456789abcdef";
    const char *at = c ? strchr(digits, c >= 'A' && c <= 'F' ? c - 'A' + 'a' : c) : NULL;

    return at ? (int)(at - digits) : -1;
}

/* Decodes up to the next '/' or the end; how many bytes were read, -1 for what no address of ours
 * may hold. */
static long decode_segment(char out[ROUTE_PARAM_MAX], const char *path)
{
    size_t len = 0;
    long i = 0;

    while (path[i] && path[i] != '/') {
        char c = path[i++];

        if (c == '%') {
            int high = hex_digit(path[i]);
            int low = high < 0 ? -1 : hex_digit(path[i + 1]);

            if (low < 0) {
                return -1;
            }
            c = (char)(high * 16 + low);
            i += 2;
        }
        if (len + 1 >= ROUTE_PARAM_MAX || (unsigned char)c < 0x20 || c == 0x7f) {
            return -1;
        }
        out[len++] = c;
    }
    out[len] = '\0';
    if (!utf8_valid(out, len) || utf8_has_control(out) || strcmp(out, ".") == 0 ||
        strcmp(out, "..") == 0) {
        return -1;
    }
    return i;
}

static bool split(struct segments *s, const char *path)
{
    s->count = 0;
    while (*path == '/') {
        long n;

        if (s->count == ROUTE_SEGMENTS_MAX) {
            return false;
        }
        n = decode_segment(s->text[s->count], ++path);
        if (n < 0 || (n == 0 && (s->count > 0 || *path))) {
            return false;
        }
        s->count++;
        path += n;
    }
    return *path == '\0' && s->count > 0;
}

static bool literal_equal(const char *a, const char *b, size_t n, bool any_case)
{
    return strlen(b) == n && (any_case ? strncasecmp(a, b, n) : strncmp(a, b, n)) == 0;
}

/* "{no}.png" against "12.png"; adds the parameter. */
static bool match_param(struct route_match *m, const char *pattern, size_t n, const char *text)
{
    const char *close = memchr(pattern, '}', n);
    size_t name_len, suffix_len, text_len = strlen(text);
    struct route_param *param;

    if (!close || m->count == ROUTE_PARAMS_MAX) {
        return false;
    }
    name_len = (size_t)(close - pattern) - 1;
    suffix_len = n - name_len - 2;
    if (text_len <= suffix_len ||
        memcmp(text + text_len - suffix_len, close + 1, suffix_len) != 0) {
        return false;
    }
    param = &m->params[m->count++];
    if (name_len >= sizeof param->name) {
        return false;
    }
    memcpy(param->name, pattern + 1, name_len);
    param->name[name_len] = '\0';
    memcpy(param->value, text, text_len - suffix_len);
    param->value[text_len - suffix_len] = '\0';
    return true;
}

static bool matches(struct route_match *m, const struct route *route, const struct segments *s)
{
    const char *pattern = route->path;

    m->count = 0;
    for (size_t i = 0; i < s->count; i++) {
        size_t n;

        if (*pattern != '/') {
            return false;
        }
        n = strcspn(++pattern, "/");
        if (*pattern == '{'
                ? !match_param(m, pattern, n, s->text[i])
                : !literal_equal(pattern, s->text[i], n, (route->flags & ROUTE_ANY_CASE) != 0)) {
            return false;
        }
        pattern += n;
    }
    return *pattern == '\0';
}

/* NOLINTNEXTLINE(bugprone-easily-swappable-parameters): a method is written by its name */
struct route_match route_find(const struct route table[], size_t count, enum method method,
                              const char *path)
{
    struct route_match m = {.route = NULL};
    struct segments s;
    bool known = false;

    if (!split(&s, path)) {
        return m;
    }
    for (size_t i = 0; i < count; i++) {
        if (!matches(&m, &table[i], &s)) {
            continue;
        }
        if (table[i].method == method) {
            m.route = &table[i];
            return m;
        }
        known = true;
    }
    m.count = 0;
    m.other_method = known;
    return m;
}
