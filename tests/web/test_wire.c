/* Rules of the wire, of names and addresses, of routes: tables, no socket. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "pos/web/csrf.h"
#include "pos/web/route.h"
#include "pos/web/session.h"
#include "pos/web/static_files.h"
#include "pos/web/wire.h"

static struct hosts known(void)
{
    struct hosts hosts = {.count = 0};
    struct why why;

    assert_int_equal(hosts_add_list(&hosts, "toko.example, Galeri.Example:8443", &why), OK);
    assert_int_equal(hosts.count, 2);
    return hosts;
}

static void hosts_are_read(void **state)
{
    static const struct {
        const char *text;
        bool ok;
        const char *name, *port;
    } cases[] = {
        {"toko.example", true, "toko.example", ""},
        {"TOKO.Example:8080", true, "toko.example", "8080"},
        {"toko.example.", true, "toko.example", ""},
        {"192.0.2.1:80", true, "192.0.2.1", "80"},
        {"[::1]:8080", true, "::1", "8080"},
        {"[2001:DB8::7]", true, "2001:db8::7", ""},
        {"", false, "", ""},
        {":80", false, "", ""},
        {"toko.example:", false, "", ""},
        {"toko.example:80a", false, "", ""},
        {"toko.example:99999", false, "", ""},
        {"toko.example:-1", false, "", ""},
        {"toko example", false, "", ""},
        {"toko.example/x", false, "", ""},
        {"user@toko.example", false, "", ""},
        {"[::1", false, "", ""},
        {"::1", false, "", ""},
        {"[toko]", false, "", ""},
        {"a,b", false, "", ""},
        {".example", false, "", ""},
    };

    (void)state;
    for (size_t i = 0; i < LENGTH(cases); i++) {
        struct host_port h;
        bool ok = host_parse(&h, cases[i].text, strlen(cases[i].text));

        if (ok != cases[i].ok) {
            fail_msg("%s", cases[i].text);
        }
        if (ok) {
            assert_string_equal(h.name, cases[i].name);
            assert_string_equal(h.port, cases[i].port);
        }
    }
}

static void only_known_names_are_served(void **state)
{
    static const struct {
        const char *host;
        bool ok;
    } cases[] = {
        {"toko.example", true},        {"TOKO.EXAMPLE:9999", true}, {"galeri.example", true},
        {"localhost:8080", true},      {"127.0.0.1", true},         {"[::1]:80", true},
        {"192.0.2.9:8080", true},      {"192.0.2.8:8080", false},   {"jahat.example", false},
        {"toko.example.jahat", false}, {"xtoko.example", false},    {"localhost.jahat", false},
    };
    struct hosts hosts = known();

    (void)state;
    for (size_t i = 0; i < LENGTH(cases); i++) {
        struct host_port h;

        assert_true(host_parse(&h, cases[i].host, strlen(cases[i].host)));
        if (hosts_allow(&hosts, &h, "192.0.2.9") != cases[i].ok) {
            fail_msg("%s", cases[i].host);
        }
    }
}

static void listen_addresses_are_read(void **state)
{
    static const struct {
        const char *text;
        enum err e;
        const char *name, *port;
    } cases[] = {
        {"127.0.0.1:8080", OK, "127.0.0.1", "8080"},
        {"[::]:80", OK, "::", "80"},
        {":8080", OK, "", "8080"},
        {"8080", OK, "", "8080"},
        {"toko.example:1", OK, "toko.example", "1"},
        {"127.0.0.1", ERR_INVALID, "", ""},
        {"127.0.0.1:", ERR_INVALID, "", ""},
        {"127.0.0.1:http", ERR_INVALID, "", ""},
        {"127.0.0.1:70000", ERR_INVALID, "", ""},
        {"::1:80", ERR_INVALID, "", ""},
        {"a b:80", ERR_INVALID, "", ""},
        {"", ERR_INVALID, "", ""},
    };

    (void)state;
    for (size_t i = 0; i < LENGTH(cases); i++) {
        struct listen_at at;
        struct why why = {.code = OK};
        enum err e = listen_parse(&at, cases[i].text, &why);

        if (e != cases[i].e) {
            fail_msg("%s: %d", cases[i].text, (int)e);
        }
        if (e) {
            assert_true(strlen(why.text) > 20);
        } else {
            assert_string_equal(at.name, cases[i].name);
            assert_string_equal(at.port, cases[i].port);
        }
    }
}

static struct wire_request request(const char *method, const char *target)
{
    return (struct wire_request){.method = method,
                                 .target = target,
                                 .version = "HTTP/1.1",
                                 .headers = {{"Host", "toko.example"}},
                                 .header_count = 1,
                                 .header_bytes = 100};
}

static void header(struct wire_request *w, const char *name, const char *value)
{
    w->headers[w->header_count++] = (struct wire_header){name, value};
}

static const struct {
    const char *method, *target, *name, *value, *name2, *value2;
    int status;
} wires[] = {
    {"GET", "/", NULL, NULL, NULL, NULL, 0},
    {"HEAD", "/kasir?x=1", NULL, NULL, NULL, NULL, 0},
    {"POST", "/kasir", "Content-Length", "5", NULL, NULL, 0},
    {"POST", "/kasir", "Content-Length", "0", "Expect", "100-Continue", 0},
    {"GET", "http://toko.example/x", NULL, NULL, NULL, NULL, 0},
    {"GET", "HTTP://TOKO.example:80/x", NULL, NULL, NULL, NULL, 0},
    {"GET", "http://jahat.example/x", NULL, NULL, NULL, NULL, 400},
    {"GET", "http://localhost/x", NULL, NULL, NULL, NULL, 400}, /* not the Host */
    {"GET", "http://toko.example", NULL, NULL, NULL, NULL, 400},
    {"GET", "ftp://toko.example/", NULL, NULL, NULL, NULL, 400},
    {"GET", "kasir", NULL, NULL, NULL, NULL, 400},
    {"GET", "*", NULL, NULL, NULL, NULL, 400},
    {"GET", "", NULL, NULL, NULL, NULL, 400},
    {"GET", "/x#y", NULL, NULL, NULL, NULL, 400},
    {"GET", "/x\"y", NULL, NULL, NULL, NULL, 400},
    {"GET", "/\xc3\xa9", NULL, NULL, NULL, NULL, 400},
    {"GET", "/", "Host", "toko.example", NULL, NULL, 400},
    {"GET", "/", "Content-Length", "5", NULL, NULL, 400},
    {"POST", "/", "Content-Length", "5", "Content-Length", "5", 400},
    {"POST", "/", "Content-Length", "5", "content-length", "6", 400},
    {"POST", "/", "Content-Length", "+5", NULL, NULL, 400},
    {"POST", "/", "Content-Length", "5, 5", NULL, NULL, 400},
    {"POST", "/", "Content-Length", "0x5", NULL, NULL, 400},
    {"POST", "/", "Content-Length", "", NULL, NULL, 400},
    {"POST", "/", "Content-Length", "99999999999999999999999", NULL, NULL, 400},
    {"POST", "/", "Content-Length", "5", "Transfer-Encoding", "chunked", 400},
    {"POST", "/", "Transfer-Encoding", "chunked", "Transfer-Encoding", "chunked", 400},
    {"POST", "/", "Transfer-Encoding", "xchunked", NULL, NULL, 400},
    {"POST", "/", "Transfer-Encoding", "gzip, chunked", NULL, NULL, 400},
    {"POST", "/", "Transfer-Encoding", "chunked", NULL, NULL, 411},
    {"GET", "/", "Expect", "200-ok", NULL, NULL, 417},
    {"POST", "/", "Content-Length", "5", "Content-Encoding", "gzip", 415},
    {"GET", "/", "X Y", "1", NULL, NULL, 400},
    {"GET", "/", "X:", "1", NULL, NULL, 400},
    {"GET", "/", "", "1", NULL, NULL, 400},
    {"GET", "/", "X", "a\rb", NULL, NULL, 400},
    {"GET", "/", "X", "a\x01", NULL, NULL, 400},
    {"GET", "/", "X", "a\x7f", NULL, NULL, 400},
    {"GET", "/", "X", "a\tb", NULL, NULL, 0},
    {"PUT", "/", NULL, NULL, NULL, NULL, 405},
    {"OPTIONS", "/", NULL, NULL, NULL, NULL, 405},
    {"BREW", "/", NULL, NULL, NULL, NULL, 501},
    {"get", "/", NULL, NULL, NULL, NULL, 501},
};

static void the_wire_is_checked(void **state)
{
    struct hosts hosts = known();

    (void)state;
    for (size_t i = 0; i < LENGTH(wires); i++) {
        struct wire_request w = request(wires[i].method, wires[i].target);
        struct wire_verdict v;
        size_t path_at;
        uint64_t length;

        if (wires[i].name) {
            header(&w, wires[i].name, wires[i].value);
        }
        if (wires[i].name2) {
            header(&w, wires[i].name2, wires[i].value2);
        }
        v = wire_check(&w, &hosts, &path_at, &length);
        if (v.status != wires[i].status) {
            fail_msg("%s %s, %s: %s: %d, not %d", wires[i].method, wires[i].target,
                     wires[i].name ? wires[i].name : "-", wires[i].value ? wires[i].value : "-",
                     v.status, wires[i].status);
        }
        assert_true(v.status == 0 || v.hang_up);
        assert_true(v.status == 0 || v.slug);
    }
}

static void the_whole_is_checked(void **state)
{
    struct hosts hosts = known();
    struct wire_request w;
    size_t path_at;
    uint64_t length;
    char target[WIRE_TARGET_MAX + 2];

    (void)state;
    w = request("GET", "http://toko.example/struk/1");
    assert_int_equal(wire_check(&w, &hosts, &path_at, &length).status, 0);
    assert_string_equal(w.target + path_at, "/struk/1");
    w = request("POST", "/");
    header(&w, "Content-Length", "0012");
    assert_int_equal(wire_check(&w, &hosts, &path_at, &length).status, 0);
    assert_int_equal(length, 12);
    w = request("GET", "/");
    w.unclear = true;
    assert_int_equal(wire_check(&w, &hosts, &path_at, &length).status, 400);
    w = request("GET", "/");
    w.too_many = true;
    assert_int_equal(wire_check(&w, &hosts, &path_at, &length).status, 431);
    w = request("GET", "/");
    w.header_bytes = WIRE_HEADER_BYTES_MAX + 1;
    assert_int_equal(wire_check(&w, &hosts, &path_at, &length).status, 431);
    w = request("GET", "/");
    w.version = "HTTP/1.2";
    assert_int_equal(wire_check(&w, &hosts, &path_at, &length).status, 505);
    w = request("GET", "/");
    w.header_count = 0;
    assert_int_equal(wire_check(&w, &hosts, &path_at, &length).status, 400);
    w.headers[w.header_count++] = (struct wire_header){"Host", "jahat.example"};
    assert_int_equal(wire_check(&w, &hosts, &path_at, &length).status, 421);
    memset(target, 'a', sizeof target);
    target[0] = '/';
    target[sizeof target - 1] = '\0';
    w = request("GET", target);
    assert_int_equal(wire_check(&w, &hosts, &path_at, &length).status, 414);
    target[sizeof target - 2] = '\0';
    assert_int_equal(wire_check(&w, &hosts, &path_at, &length).status, 0);
}

static void cookies_are_found(void **state)
{
    static const struct {
        const char *value;
        bool ok;
        const char *found;
    } cases[] = {
        {"s=abc", true, "abc"},
        {"a=1; s=abc; b=2", true, "abc"},
        {"a=1;s=abc", true, "abc"},
        {"s=", true, ""},
        {"xs=abc", false, ""},
        {"S=abc", false, ""},
        {"s=a; s=b", false, ""},
        {"s", false, ""},
        {"", false, ""},
        {"s=12345678", false, ""},
        {"a=s=abc", false, ""},
        {"; ; s=q", true, "q"},
    };

    (void)state;
    for (size_t i = 0; i < LENGTH(cases); i++) {
        struct wire_request w = request("GET", "/");
        char out[8];
        bool ok;

        header(&w, "Cookie", cases[i].value);
        ok = wire_cookie(out, sizeof out, &w, "s");
        if (ok != cases[i].ok || (ok && strcmp(out, cases[i].found) != 0)) {
            fail_msg("%s", cases[i].value);
        }
    }
}

static void origins_are_checked(void **state)
{
    static const struct {
        const char *host, *origin, *site;
        bool ok;
    } cases[] = {
        {"toko.example", "https://toko.example", NULL, true},
        {"toko.example:8080", "http://toko.example:8080", "same-origin", true},
        {"toko.example", "https://toko.example:443", NULL, true},
        {"TOKO.example", NULL, "same-origin", true},
        {"toko.example", NULL, NULL, false},
        {"toko.example", "null", NULL, false},
        {"toko.example", "null", "same-origin", false},
        {"toko.example", "https://jahat.example", NULL, false},
        {"toko.example", "https://jahat.example", "same-origin", false},
        {"toko.example", "https://toko.example", "cross-site", false},
        {"toko.example", "https://toko.example", "same-site", false},
        {"toko.example", NULL, "none", false},
        {"toko.example:8080", "http://toko.example:8081", NULL, false},
        {"toko.example", "https://toko.example.jahat.example", NULL, false},
        {"toko.example", "https://toko.example/x", NULL, false},
        {"toko.example", "", NULL, false},
    };

    (void)state;
    for (size_t i = 0; i < LENGTH(cases); i++) {
        struct wire_request w = request("POST", "/");

        w.headers[0].value = cases[i].host;
        if (cases[i].origin) {
            header(&w, "Origin", cases[i].origin);
        }
        if (cases[i].site) {
            header(&w, "Sec-Fetch-Site", cases[i].site);
        }
        if (csrf_same_origin(&w) != cases[i].ok) {
            fail_msg("%s %s", cases[i].origin ? cases[i].origin : "-",
                     cases[i].site ? cases[i].site : "-");
        }
    }
}

static const struct route table[] = {
    {.method = METHOD_GET, .path = "/"},
    {.method = METHOD_GET, .path = "/struk/{no}.png"},
    {.method = METHOD_GET, .path = "/struk/{no}"},
    {.method = METHOD_POST, .path = "/struk/{no}/cetak"},
    {.method = METHOD_GET, .path = "/P/{kode}", .flags = ROUTE_ANY_CASE},
    {.method = METHOD_GET, .path = "/a/{x}/{y}"},
};

static void routes_are_found(void **state)
{
    static const struct {
        enum method method;
        const char *path;
        int row; /* -1: none, -2: another method */
        const char *first;
    } cases[] = {
        {METHOD_GET, "/", 0, NULL},
        {METHOD_GET, "/struk/12", 2, "12"},
        {METHOD_GET, "/struk/12.png", 1, "12"},
        {METHOD_GET, "/struk/1%2F632331%2F2026%2F000001", 2, "1/632331/2026/000001"},
        {METHOD_GET, "/struk/1%2f632331%2f2026%2f000001.png", 1, "1/632331/2026/000001"},
        {METHOD_GET, "/struk/1/632331/2026/000001", -1, NULL},
        {METHOD_GET, "/str%75k/12", 2, "12"},
        {METHOD_GET, "/STRUK/12", -1, NULL},
        {METHOD_GET, "/P/A7K2M9QXP4", 4, "A7K2M9QXP4"},
        {METHOD_GET, "/p/a7k2m9qxp4", 4, "a7k2m9qxp4"},
        {METHOD_POST, "/struk/12/cetak", 3, "12"},
        {METHOD_GET, "/struk/12/cetak", -2, NULL},
        {METHOD_POST, "/struk/12", -2, NULL},
        {METHOD_GET, "/struk/", -1, NULL},
        {METHOD_GET, "/struk", -1, NULL},
        {METHOD_GET, "/struk/.png", 2, ".png"},
        {METHOD_GET, "//", -1, NULL},
        {METHOD_GET, "/struk//12", -1, NULL},
        {METHOD_GET, "/struk/12/", -1, NULL},
        {METHOD_GET, "", -1, NULL},
        {METHOD_GET, "struk/12", -1, NULL},
        {METHOD_GET, "/struk/..", -1, NULL},
        {METHOD_GET, "/struk/%2e%2e", -1, NULL},
        {METHOD_GET, "/struk/.", -1, NULL},
        {METHOD_GET, "/struk/%2e", -1, NULL},
        {METHOD_GET, "/struk/../P/x", -1, NULL},
        {METHOD_GET, "/struk/%00", -1, NULL},
        {METHOD_GET, "/struk/a%00b", -1, NULL},
        {METHOD_GET, "/struk/%0a", -1, NULL},
        {METHOD_GET, "/struk/%7f", -1, NULL},
        {METHOD_GET, "/struk/%", -1, NULL},
        {METHOD_GET, "/struk/%2", -1, NULL},
        {METHOD_GET, "/struk/%zz", -1, NULL},
        {METHOD_GET, "/struk/%ff", -1, NULL},
        {METHOD_GET, "/struk/%c0%af", -1, NULL},
        {METHOD_GET, "/struk/%ed%a0%80", -1, NULL},
        {METHOD_GET, "/struk/%c3%a9", 2, "\xc3\xa9"},
        {METHOD_GET, "/struk/%252e", 2, "%2e"},
        {METHOD_GET, "/a/1/2", 5, "1"},
        {METHOD_GET, "/a/1/2/3", -1, NULL},
        {METHOD_GET, "/1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16/17", -1, NULL},
    };

    (void)state;
    for (size_t i = 0; i < LENGTH(cases); i++) {
        struct route_match m = route_find(table, LENGTH(table), cases[i].method, cases[i].path);
        int row = m.route ? (int)(m.route - table) : m.other_method ? -2 : -1;

        if (row != cases[i].row) {
            fail_msg("%s: row %d, not %d", cases[i].path, row, cases[i].row);
        }
        if (cases[i].first) {
            assert_true(m.count > 0);
            assert_string_equal(m.params[0].value, cases[i].first);
        }
    }
}

static void long_parts_match_nothing(void **state)
{
    char path[600] = "/struk/";
    size_t base = strlen(path);

    (void)state;
    memset(path + base, '1', ROUTE_PARAM_MAX - 1);
    assert_non_null(route_find(table, LENGTH(table), METHOD_GET, path).route);
    memset(path + base, '1', ROUTE_PARAM_MAX);
    assert_null(route_find(table, LENGTH(table), METHOD_GET, path).route);
}

static void encodings_are_read(void **state)
{
    static const struct {
        const char *text;
        bool gzip;
    } cases[] = {
        {NULL, false},
        {"", false},
        {"gzip", true},
        {"gzip, deflate, br, zstd", true},
        {"br;q=1.0, gzip;q=0.8", true},
        {"GZIP", true},
        {"gzip;q=0", false},
        {"gzip; q=0.000, br", false},
        {"deflate", false},
        {"xgzip", false},
        {"gzipx", false},
        {"identity;q=1, gzip;q=0.5", true},
    };

    (void)state;
    for (size_t i = 0; i < LENGTH(cases); i++) {
        if (accepts_gzip(cases[i].text) != cases[i].gzip) {
            fail_msg("%s", cases[i].text ? cases[i].text : "NULL");
        }
    }
    assert_string_equal(mime_type("icon.svg"), "image/svg+xml");
    assert_string_equal(mime_type("a.b.js"), "text/javascript; charset=utf-8");
    assert_string_equal(mime_type("x"), "application/octet-stream");
}

static void the_wait_grows(void **state)
{
    static const struct {
        int64_t failures, after_ms, wait_ms;
    } cases[] = {
        {0, 0, 0},         {3, 0, 0},         {4, 0, 2000},     {4, 1500, 500},  {4, 2000, 0},
        {5, 0, 4000},      {6, 0, 8000},      {12, 0, 512000},  {13, 0, 900000}, {1000, 0, 900000},
        {1000, 899999, 1}, {1000, 900000, 0}, {4, -5000, 2000}, /* the clock was set back */
    };

    (void)state;
    for (size_t i = 0; i < LENGTH(cases); i++) {
        assert_int_equal(login_wait_ms(cases[i].failures, INSTANT(1000000),
                                       INSTANT(1000000 + cases[i].after_ms)),
                         cases[i].wait_ms);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hosts_are_read),
        cmocka_unit_test(only_known_names_are_served),
        cmocka_unit_test(listen_addresses_are_read),
        cmocka_unit_test(the_wire_is_checked),
        cmocka_unit_test(the_whole_is_checked),
        cmocka_unit_test(cookies_are_found),
        cmocka_unit_test(origins_are_checked),
        cmocka_unit_test(routes_are_found),
        cmocka_unit_test(long_parts_match_nothing),
        cmocka_unit_test(encodings_are_read),
        cmocka_unit_test(the_wait_grows),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
