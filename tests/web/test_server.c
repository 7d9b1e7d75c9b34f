/* The server over real sockets: headers, addresses, static files, exports, starting, stopping. */
#include <assert.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <pthread.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

#include "inventory/base/arena.h"
#include "inventory/base/refuse.h"
#include "inventory/store/store.h"
#include "pos/web/request.h"
#include "pos/web/respond.h"
#include "pos/web/static_files.h"
#include "pos/web/watch.h"
#include "pos/web/web.h"
#include "web_fixture.h"

static const struct file_about text_file = {.type = "text/plain"};

static enum err echo_param(struct request *rq)
{
    const char *no = request_param(rq, "no");

    respond_bytes(rq, 200, &text_file, no, strlen(no));
    return OK;
}

static enum err echo_form(struct request *rq)
{
    const char *text = input_text(&rq->in, "isi");

    respond_bytes(rq, 200, &text_file, text, strlen(text));
    return OK;
}

static enum err json_back(struct request *rq)
{
    struct json *j = json_object();

    json_set_int(j, "fields", (int64_t)json_count(rq->json));
    respond_json(rq, 201, j);
    return OK;
}

static enum err conflict(struct request *rq)
{
    return refuse(&rq->cx, ERR_CONFLICT, "unit-sold", _("Label sudah terjual. Periksa labelnya."));
}

static enum err silent(struct request *rq)
{
    (void)rq;
    return ERR_NOT_FOUND;
}

static enum err slow(struct request *rq)
{
    nanosleep(&(struct timespec){.tv_nsec = 400000000}, NULL);
    return echo_form(rq);
}

struct counting {
    int slice;
};

static enum stream_step count_slices(void *arg, struct ctx *cx, struct sbuf *slice)
{
    struct counting *c = arg;

    assert(cx->db && db_in_transaction(cx->db));
    for (int i = 0; i < 1000; i++) {
        sbuf_format(slice, "baris %d %d\n", c->slice, i);
    }
    return ++c->slice < 50 ? STREAM_MORE : STREAM_END;
}

static enum err export_lines(struct request *rq)
{
    respond_stream(rq, &(struct file_about){.type = "text/csv", .filename = "baris.csv"},
                   count_slices, ARENA_NEW(rq->cx.arena, struct counting));
    return OK;
}

static enum stream_step fail_soon(void *arg, struct ctx *cx, struct sbuf *slice)
{
    struct counting *c = arg;

    (void)cx;
    sbuf_text(slice, "awal\n");
    return c->slice++ == 0 ? STREAM_MORE : STREAM_FAILED;
}

static enum err export_broken(struct request *rq)
{
    respond_stream(rq, &text_file, fail_soon, ARENA_NEW(rq->cx.arena, struct counting));
    return OK;
}

static enum err cached(struct request *rq)
{
    respond_bytes(rq, 200, &(struct file_about){.type = "text/plain", .cache = CACHE_MINUTE}, "x",
                  1);
    return OK;
}

static const struct input isi[] = {
    {.name = "isi", .label = "Isi", .type = INPUT_TEXT, .max = 100000},
    INPUT_END,
};

enum { QUIET = ROUTE_NO_SESSION };

static const struct route table[] = {
    {METHOD_GET, "/struk/{no}", ROUTE_PUBLIC, ROUTE_FILE, QUIET, NULL, echo_param, NULL},
    {METHOD_GET, "/isi", ROUTE_PUBLIC, ROUTE_FILE, QUIET, isi, echo_form, NULL},
    {METHOD_POST, "/isi", ROUTE_PUBLIC, ROUTE_FILE, 0, isi, echo_form, NULL},
    {METHOD_POST, "/lambat", ROUTE_PUBLIC, ROUTE_FILE, 0, isi, slow, NULL},
    {METHOD_POST, "/api/v1/uji", ROUTE_PUBLIC, ROUTE_JSON, 0, NULL, json_back, NULL},
    {METHOD_GET, "/api/v1/bentrok", ROUTE_PUBLIC, ROUTE_JSON, 0, NULL, conflict, NULL},
    {METHOD_GET, "/bentrok", ROUTE_PUBLIC, ROUTE_PAGE, 0, NULL, conflict, NULL},
    {METHOD_GET, "/diam", ROUTE_PUBLIC, ROUTE_PAGE, 0, NULL, silent, NULL},
    {METHOD_GET, "/ekspor", ROUTE_PUBLIC, ROUTE_FILE, QUIET, NULL, export_lines, NULL},
    {METHOD_GET, "/rusak", ROUTE_PUBLIC, ROUTE_FILE, QUIET, NULL, export_broken, NULL},
    {METHOD_GET, "/umum", ROUTE_PUBLIC, ROUTE_FILE, 0, NULL, cached, NULL},
    {METHOD_GET, "/s/{hash}/{name}", ROUTE_PUBLIC, ROUTE_FILE, QUIET, NULL, static_file, NULL},
};

static struct shop shop;

static int open_shop(void **state)
{
    (void)state;
    shop_open(&shop, table, LENGTH(table), NULL);
    return 0;
}

static int close_shop(void **state)
{
    (void)state;
    shop_close(&shop);
    return 0;
}

#define OWN "Sec-Fetch-Site: same-origin\r\n"

static void every_answer_has_the_headers(void **state)
{
    static const char *const lines[] = {"GET /umum",  "GET /tidak-ada", "GET /bentrok",
                                        "POST /umum", "GET /api/v1/x",  "HEAD /umum",
                                        "PUT /umum",  "GET /s/x/y",     "GET /struk/%zz"};
    static const char *const wanted[] = {
        "Content-Security-Policy: default-src 'none'; script-src 'self'; worker-src 'self'; "
        "style-src 'self'; img-src 'self'; connect-src 'self'; manifest-src 'self'; form-action "
        "'self'; base-uri 'none'; frame-ancestors 'none'\r\n",
        "Permissions-Policy: camera=(self), microphone=(), geolocation=()\r\n",
        "Referrer-Policy: same-origin\r\n",
        "X-Content-Type-Options: nosniff\r\n",
        "Cross-Origin-Opener-Policy: same-origin\r\n",
        "Cache-Control: ",
    };

    (void)state;
    for (size_t i = 0; i < LENGTH(lines); i++) {
        struct answer a = ask(&shop, lines[i], "", NULL);

        for (size_t k = 0; k < LENGTH(wanted); k++) {
            if (!strstr(a.text, wanted[k])) {
                fail_msg("%s lacks %s\n%s", lines[i], wanted[k], a.text);
            }
        }
        assert_null(strstr(a.text, "Strict-Transport-Security"));
        answer_done(&a);
    }
}

static void addresses_are_answered(void **state)
{
    static const struct {
        const char *line, *headers;
        int status;
        const char *part;
    } cases[] = {
        {"GET /struk/1%2F632331%2F2026%2F000001", "", 200, "\r\n\r\n1/632331/2026/000001"},
        {"GET /isi?isi=a%20b%2Bc+d", "", 200, "\r\n\r\na b+c d"},
        {"GET /isi?isi=%ff", "", 422, "data-slug="},
        {"GET /tidak-ada", "", 404, "Halaman itu tidak ada"},
        {"GET /tidak-ada", "Cookie: etalase_lang=en\r\n", 404, "<html lang=\"en\">"},
        {"GET /struk/../isi", "", 404, NULL},
        {"GET /struk/..%2fisi", "", 200, "../isi"},
        {"GET /lambat", "", 405, "Allow: POST\r\n"},
        {"POST /ekspor", "", 405, "Allow: GET, HEAD\r\n"},
        {"DELETE /isi", "", 405, NULL},
        {"GET /bentrok", "", 409, "Label sudah terjual. Periksa labelnya."},
        {"GET /bentrok", "", 409, "data-slug=\"unit-sold\""},
        {"GET /diam", "", 404, "Yang dicari tidak ada"},
        {"GET /api/v1/bentrok", "", 409, "Content-Type: application/problem+json"},
        {"GET /api/v1/bentrok", "", 409, "\"type\":\"/masalah/unit-sold\""},
        {"GET /api/v1/tidak-ada", "", 404, "\"type\":\"/masalah/not-found\""},
        {"POST /api/v1/bentrok", "", 405, "\"type\":\"/masalah/method-not-allowed\""},
        {"GET /umum", "", 200, "Cache-Control: public, max-age=60\r\n"},
        {"GET /isi", "", 200, "Cache-Control: no-store\r\n"},
    };

    (void)state;
    for (size_t i = 0; i < LENGTH(cases); i++) {
        struct answer a = ask(&shop, cases[i].line, cases[i].headers, NULL);

        expect(&a, cases[i].status, cases[i].part);
        answer_done(&a);
    }
}

static void json_is_read(void **state)
{
    static const struct {
        const char *headers, *body;
        int status;
        const char *part;
    } cases[] = {
        {"Content-Type: application/json\r\n", "{\"a\":1,\"b\":[]}", 201, "{\"fields\":2}"},
        {"Content-Type: application/json; charset=utf-8\r\n", "{}", 201, "{\"fields\":0}"},
        {"Content-Type: text/plain\r\n", "{}", 415, "/masalah/wrong-type"},
        {"Content-Type: application/json\r\n", "[1]", 400, "/masalah/body-not-object"},
        {"Content-Type: application/json\r\n", "{\"a\":1.5}", 400, "application/problem+json"},
        {"Content-Type: application/json\r\n", "{\"a\":1", 400, "\"status\":400"},
        {"Content-Type: application/json\r\n", "", 400, "\"detail\":"},
    };

    (void)state;
    for (size_t i = 0; i < LENGTH(cases); i++) {
        struct answer a = ask(&shop, "POST /api/v1/uji", cases[i].headers, cases[i].body);

        expect(&a, cases[i].status, cases[i].part);
        answer_done(&a);
    }
}

static void head_has_no_body(void **state)
{
    struct answer get = ask(&shop, "GET /struk/123", "", NULL);
    struct answer head = ask(&shop, "HEAD /struk/123", "", NULL);

    (void)state;
    expect(&get, 200, "Content-Length: 3\r\n");
    expect(&head, 200, "Content-Length: 3\r\n");
    assert_string_equal(get.body, "123");
    assert_string_equal(head.body, "");
    answer_done(&get);
    answer_done(&head);
}

static void other_hosts_are_refused(void **state)
{
    static const char text[] = "GET /isi HTTP/1.1\r\nHost: jahat.example\r\n\r\n";
    struct answer a = ask_raw(&shop, text, sizeof text - 1);

    (void)state;
    expect(&a, 421, "jahat.example");
    expect(&a, 421, "Connection: close");
    answer_done(&a);
}

static void strange_posts_are_refused(void **state)
{
    static const struct {
        const char *headers;
        int status;
    } cases[] = {
        {OWN, 200},
        {"Origin: http://localhost\r\n", 403},
        {"Origin: https://jahat.example\r\n", 403},
        {"Origin: null\r\n", 403},
        {"Sec-Fetch-Site: cross-site\r\n", 403},
        {"", 403},
        {OWN "Content-Type: text/plain\r\n", 415},
        {OWN "Content-Type: multipart/form-data; boundary=x\r\n", 415},
        {OWN "Content-Type: application/json\r\n", 415},
    };

    (void)state;
    for (size_t i = 0; i < LENGTH(cases); i++) {
        struct answer a = ask(&shop, "POST /isi", cases[i].headers, "isi=1");

        expect(&a, cases[i].status, NULL);
        answer_done(&a);
    }
}

/* ---- static files ---- */

static void static_files_are_kept(void **state)
{
    struct static_set *set = static_set_new(static_files);
    const char *address = static_address(set, "app.css");
    char line[200], headers[200], etag[80], type[80], length[40];
    struct answer a;

    (void)state;
    assert_non_null(address);
    snprintf(line, sizeof line, "GET %s", address);
    a = ask(&shop, line, "", NULL);
    expect(&a, 200, "Cache-Control: public, max-age=31536000, immutable\r\n");
    expect(&a, 200, "Content-Type: text/css; charset=utf-8\r\n");
    expect(&a, 200, "Vary: Accept-Encoding\r\n");
    assert_null(strstr(a.text, "Content-Encoding"));
    assert_true(answer_header(&a, "ETag", etag, sizeof etag));
    assert_true(answer_header(&a, "Content-Length", length, sizeof length));
    assert_int_equal(strtol(length, NULL, 10), a.n - (size_t)(a.body - a.text));
    answer_done(&a);

    snprintf(headers, sizeof headers, "If-None-Match: %s\r\n", etag);
    a = ask(&shop, line, headers, NULL);
    expect(&a, 304, etag);
    assert_string_equal(a.body, "");
    answer_done(&a);

    a = ask(&shop, line, "Accept-Encoding: br, gzip\r\n", NULL);
    expect(&a, 200, "Content-Encoding: gzip\r\n");
    assert_memory_equal(a.body, "\x1f\x8b", 2);
    answer_done(&a);
    a = ask(&shop, line, "Accept-Encoding: gzip;q=0\r\n", NULL);
    assert_null(strstr(a.text, "Content-Encoding"));
    answer_done(&a);

    snprintf(line, sizeof line, "GET %s", static_address(set, "icon.svg"));
    a = ask(&shop, line, "", NULL);
    assert_true(answer_header(&a, "Content-Type", type, sizeof type));
    assert_string_equal(type, "image/svg+xml");
    answer_done(&a);
    /* The page of an older program: the file, but not for good. */
    a = ask(&shop, "GET /s/0000000000000000/app.css", "", NULL);
    expect(&a, 200, "Cache-Control: no-store\r\n");
    answer_done(&a);
    static_set_free(set);
}

static void nothing_else_is_a_static_file(void **state)
{
    static const char *const names[] = {"passwd",          "..%2fapp.css", "%2e%2e%2fapp.css",
                                        "app.css%00",      "app.css.gz",   "APP.CSS",
                                        "%2fetc%2fpasswd", "..%5capp.css", "app.css%20",
                                        "app.css.",        "C:%5capp.css", "%252e%252e"};

    (void)state;
    for (size_t i = 0; i < LENGTH(names); i++) {
        char line[100];
        struct answer a;

        snprintf(line, sizeof line, "GET /s/x/%s", names[i]);
        a = ask(&shop, line, "", NULL);
        expect(&a, 404, NULL);
        answer_done(&a);
    }
}

/* ---- exports ---- */

static void exports_come_in_slices(void **state)
{
    struct answer a = ask(&shop, "GET /ekspor", "", NULL);
    size_t lines = 0;

    (void)state;
    expect(&a, 200, "Content-Disposition: attachment; filename=\"baris.csv\"\r\n");
    for (const char *p = a.body; (p = strstr(p, "baris ")); p++) {
        lines++;
    }
    assert_int_equal(lines, 50000);
    assert_non_null(strstr(a.body, "baris 49 999\n"));
    answer_done(&a);
    /* A broken one does not end like a whole one: the last, empty chunk is missing. */
    a = ask(&shop, "GET /rusak", "", NULL);
    expect(&a, 200, "awal\n");
    assert_null(strstr(a.body, "0\r\n\r\n"));
    answer_done(&a);
}

/* ---- starting and stopping ---- */

static bool hung_up(int fd, int ms)
{
    char byte;
    struct answer a = read_answer(fd, ms);
    bool ended = recv(fd, &byte, 1, MSG_DONTWAIT) == 0;

    answer_done(&a);
    return ended;
}

static void *stop_server(void *arg)
{
    server_stop(arg);
    return NULL;
}

static void requests_are_finished_before_the_end(void **state)
{
    static const char post[] = "POST /lambat HTTP/1.1\r\nHost: localhost\r\n" OWN
                               "Content-Type: application/x-www-form-urlencoded\r\n"
                               "Content-Length: 9\r\n\r\nisi=utuh!";
    struct shop small;
    pthread_t stopper;
    struct answer a;
    int fd, idle;

    (void)state;
    shop_open(&small, table, LENGTH(table), NULL);
    idle = dial(&small);
    fd = dial(&small);
    assert_true(send_bytes(fd, post, sizeof post - 1));
    nanosleep(&(struct timespec){.tv_nsec = 100000000}, NULL);
    assert_int_equal(pthread_create(&stopper, NULL, stop_server, small.server), 0);
    a = read_answer(fd, 15000);
    expect(&a, 200, "utuh!");
    answer_done(&a);
    pthread_join(stopper, NULL);
    assert_true(hung_up(idle, 15000));
    close(fd);
    close(idle);
    small.server = NULL;
    shop_close(&small);
}

static void a_bad_start_is_told(void **state)
{
    char taken[40];
    const struct {
        const char *listen, *hosts, *cert, *key;
        enum err e;
        const char *part;
    } cases[] = {
        {taken, NULL, NULL, NULL, ERR_BUSY, "sudah dipakai"},
        {"127.0.0.1:x", NULL, NULL, NULL, ERR_INVALID, "127.0.0.1:x"},
        {"192.0.2.1:0", NULL, NULL, NULL, ERR_INVALID, "192.0.2.1"},
        {"127.0.0.1:0", "a b/c", NULL, NULL, ERR_INVALID, "b/c"},
        {"127.0.0.1:0", NULL, "/tidak/ada.pem", "/tidak/ada.pem", ERR_FORBIDDEN, "ada.pem"},
        {"127.0.0.1:0", NULL, "/tidak/ada.pem", NULL, ERR_INVALID, "--tls-key"},
    };

    (void)state;
    snprintf(taken, sizeof taken, "127.0.0.1:%u", shop.port);
    for (size_t i = 0; i < LENGTH(cases); i++) {
        struct server_options options = {.web = {.store = shop.store,
                                                 .clock = &shop.clock,
                                                 .site = &shop.site,
                                                 .version = "0",
                                                 .hosts = cases[i].hosts},
                                         .listen = cases[i].listen,
                                         .tls_cert = cases[i].cert,
                                         .tls_key = cases[i].key};
        struct why why = {.code = OK};
        struct server *server = NULL;

        assert_int_equal(server_start(&server, &options, &why), cases[i].e);
        assert_null(server);
        if (!strstr(why.text, cases[i].part)) {
            fail_msg("%s: %s", cases[i].listen, why.text);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_answer_has_the_headers),
        cmocka_unit_test(addresses_are_answered),
        cmocka_unit_test(json_is_read),
        cmocka_unit_test(head_has_no_body),
        cmocka_unit_test(other_hosts_are_refused),
        cmocka_unit_test(strange_posts_are_refused),
        cmocka_unit_test(static_files_are_kept),
        cmocka_unit_test(nothing_else_is_a_static_file),
        cmocka_unit_test(exports_come_in_slices),
        cmocka_unit_test(requests_are_finished_before_the_end),
        cmocka_unit_test(a_bad_start_is_told),
    };

    return cmocka_run_group_tests(tests, open_shop, close_shop);
}
