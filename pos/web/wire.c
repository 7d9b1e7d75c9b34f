/* The rules a request must keep before anything in it is believed. */
#include "pos/web/wire.h"

#include <strings.h>

#include "lang.h"

static const struct wire_verdict fine = {.status = 0};

static struct wire_verdict refused(int status, const char *slug, const char *text)
{
    return (struct wire_verdict){.status = status, .slug = slug, .text = text, .hang_up = true};
}

static struct wire_verdict unclear(void)
{
    return refused(400, "request-unclear",
                   _("Permintaan ditolak karena dapat dibaca dengan lebih dari satu cara. Muat "
                     "ulang halaman; bila terulang, periksa perantara (proxy) jaringan."));
}

const char *wire_header(const struct wire_request *w, const char *name)
{
    for (size_t i = 0; i < w->header_count; i++) {
        if (strcasecmp(w->headers[i].name, name) == 0) {
            return w->headers[i].value;
        }
    }
    return NULL;
}

size_t wire_header_count(const struct wire_request *w, const char *name)
{
    size_t count = 0;

    for (size_t i = 0; i < w->header_count; i++) {
        count += strcasecmp(w->headers[i].name, name) == 0;
    }
    return count;
}

/* One header's cookies; how many of that name, the last copied to out when it fits. */
static size_t cookies_in(char *out, size_t room, const char *value, const char *name)
{
    size_t name_len = strlen(name);
    size_t count = 0;

    while (*value) {
        size_t n = strcspn(value, ";");

        if (n > name_len && memcmp(value, name, name_len) == 0 && value[name_len] == '=') {
            size_t len = n - name_len - 1;

            count += len < room ? 1 : 2;
            memcpy(out, value + name_len + 1, len < room ? len : 0);
            out[len < room ? len : 0] = '\0';
        }
        value += n;
        value += strspn(value, "; \t");
    }
    return count;
}

bool wire_cookie(char *out, size_t room, const struct wire_request *w, const char *name)
{
    size_t count = 0;

    for (size_t i = 0; i < w->header_count; i++) {
        if (strcasecmp(w->headers[i].name, "Cookie") == 0) {
            count += cookies_in(out, room, w->headers[i].value, name);
        }
    }
    return count == 1;
}

/* ---- the rules ---- */

static bool token_char(unsigned char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
           (c && strchr("!#$%&'*+-.^_`|~", c));
}

static bool header_clear(const struct wire_header *h)
{
    const unsigned char *p = (const unsigned char *)h->name;

    if (!*p) {
        return false;
    }
    for (; *p; p++) {
        if (!token_char(*p)) {
            return false;
        }
    }
    for (p = (const unsigned char *)h->value; *p; p++) {
        if ((*p < 0x20 && *p != '\t') || *p == 0x7f) {
            return false;
        }
    }
    return true;
}

static struct wire_verdict check_lines(const struct wire_request *w)
{
    const struct wire_verdict long_headers = refused(
        431, "headers-too-large",
        _("Kepala permintaan terlalu besar. Hapus cookie untuk alamat ini, lalu coba lagi."));

    if (strlen(w->target) > WIRE_TARGET_MAX) {
        return refused(414, "address-too-long", _("Alamat halaman terlalu panjang."));
    }
    if (w->too_many || w->header_bytes > WIRE_HEADER_BYTES_MAX) {
        return long_headers;
    }
    if (w->unclear) {
        return unclear();
    }
    for (size_t i = 0; i < w->header_count; i++) {
        if (!header_clear(&w->headers[i])) {
            return unclear();
        }
    }
    if (strcmp(w->version, "HTTP/1.1") != 0 && strcmp(w->version, "HTTP/1.0") != 0) {
        return refused(505, "http-version", _("Versi HTTP itu tidak dikenal; pakai HTTP/1.1."));
    }
    return fine;
}

static struct wire_verdict check_method(const struct wire_request *w)
{
    static const char *const known[] = {"PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "CONNECT"};
    struct wire_verdict v = fine;

    if (strcmp(w->method, "GET") == 0 || strcmp(w->method, "HEAD") == 0 ||
        strcmp(w->method, "POST") == 0) {
        return fine;
    }
    v = refused(501, "method-unknown", _("Cara meminta itu tidak dikenal; pakai GET atau POST."));
    for (size_t i = 0; i < LENGTH(known); i++) {
        if (strcmp(w->method, known[i]) == 0) {
            v.status = 405;
            v.slug = "method-not-allowed";
        }
    }
    return v;
}

static struct wire_verdict check_host(const struct wire_request *w, const struct hosts *hosts,
                                      struct host_port *host)
{
    const char *text = wire_header(w, "Host");

    if (wire_header_count(w, "Host") != 1 || !text || !host_parse(host, text, strlen(text))) {
        return unclear();
    }
    if (!hosts_allow(hosts, host, w->local)) {
        return refused(421, "host-unknown", "");
    }
    return fine;
}

/* "http://host/path": where the path begins, when the host is the one of the Host header. */
static bool absolute_path(size_t *path_at, const char *target, const struct host_port *host)
{
    size_t scheme = strncasecmp(target, "http://", 7) == 0    ? 7
                    : strncasecmp(target, "https://", 8) == 0 ? 8
                                                              : 0;
    size_t n = strcspn(target + scheme, "/?#");
    struct host_port said;

    *path_at = scheme + n;
    return scheme > 0 && target[*path_at] == '/' && host_parse(&said, target + scheme, n) &&
           strcmp(said.name, host->name) == 0;
}

static struct wire_verdict check_target(const struct wire_request *w, const struct host_port *host,
                                        size_t *path_at)
{
    *path_at = 0;
    for (const char *p = w->target; *p; p++) {
        if (*p <= ' ' || *p > '~' || *p == '#' || *p == '"' || *p == '<' || *p == '>') {
            return unclear();
        }
    }
    if (w->target[0] != '/' && !absolute_path(path_at, w->target, host)) {
        return unclear();
    }
    return fine;
}

static bool read_length(uint64_t *out, const char *text)
{
    size_t n = strspn(text, "0123456789");

    *out = 0;
    if (n == 0 || text[n]) {
        return false;
    }
    for (; *text; text++) {
        if (*out > UINT64_MAX / 10 - 1) {
            return false;
        }
        *out = *out * 10 + (uint64_t)(*text - '0');
    }
    return true;
}

static struct wire_verdict check_body(const struct wire_request *w, uint64_t *length)
{
    const char *te = wire_header(w, "Transfer-Encoding");
    const char *cl = wire_header(w, "Content-Length");
    const char *expect = wire_header(w, "Expect");

    *length = 0;
    if (te) {
        if (cl || wire_header_count(w, "Transfer-Encoding") > 1 || strcasecmp(te, "chunked") != 0) {
            return unclear();
        }
        return refused(411, "length-required",
                       _("Kirim panjang isi (Content-Length); kiriman bertahap tidak diterima."));
    }
    if (wire_header_count(w, "Content-Length") > 1 || (cl && !read_length(length, cl)) ||
        (*length > 0 && strcmp(w->method, "POST") != 0)) {
        return unclear();
    }
    if (expect && strcasecmp(expect, "100-continue") != 0) {
        return refused(417, "expectation", _("Permintaan itu menunggu hal yang tidak dikenal."));
    }
    if (*length > 0 && wire_header(w, "Content-Encoding")) {
        return refused(415, "content-encoding", _("Isi yang dimampatkan tidak diterima."));
    }
    return fine;
}

struct wire_verdict wire_check(const struct wire_request *w, const struct hosts *hosts,
                               size_t *path_at, uint64_t *length)
{
    struct host_port host = {.name = ""};
    struct wire_verdict v;

    *path_at = 0;
    *length = 0;
    if ((v = check_lines(w)).status || (v = check_host(w, hosts, &host)).status ||
        (v = check_target(w, &host, path_at)).status || (v = check_body(w, length)).status ||
        (v = check_method(w)).status) {
        return v;
    }
    return fine;
}
