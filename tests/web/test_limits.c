/* How much, how many, how long: nobody takes more than his place, or keeps it for ever. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

#include "inventory/base/arena.h"
#include "pos/web/request.h"
#include "pos/web/respond.h"
#include "pos/web/watch.h"
#include "web_fixture.h"

static const struct file_about text_file = {.type = "text/plain"};

static enum err echo_form(struct request *rq)
{
    const char *text = input_text(&rq->in, "isi");

    respond_bytes(rq, 200, &text_file, text, strlen(text));
    return OK;
}

static enum err upload_size(struct request *rq)
{
    const char *line = arena_format(rq->cx.arena, "%zu %s", rq->file.n, rq->file.filename);

    respond_bytes(rq, 200, &text_file, line, strlen(line));
    return OK;
}

static const struct input isi[] = {
    {.name = "isi", .label = "Isi", .type = INPUT_TEXT, .max = 100000},
    INPUT_END,
};

enum { QUIET = ROUTE_NO_SESSION };

static const struct route table[] = {
    {METHOD_GET, "/isi", ROUTE_PUBLIC, ROUTE_FILE, QUIET, isi, echo_form, NULL},
    {METHOD_POST, "/isi", ROUTE_PUBLIC, ROUTE_FILE, 0, isi, echo_form, NULL},
    {METHOD_POST, "/unggah", ROUTE_PUBLIC, ROUTE_FILE, ROUTE_UPLOAD, NULL, upload_size, NULL},
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

static char *filled(const char *begin, size_t n, const char *end)
{
    size_t b = strlen(begin), e = strlen(end);
    char *text = test_malloc(b + n + e + 1);

    memcpy(text, begin, b);
    memset(text + b, 'x', n);
    memcpy(text + b + n, end, e + 1);
    return text;
}

static void limits_are_kept(void **state)
{
    static const struct {
        const char *line;
        size_t line_x, header_x, body_x;
        int status;
    } cases[] = {
        {"GET /isi?isi=", 4000, 0, 0, 200},
        {"GET /isi?isi=", 4096, 0, 0, 414},
        {"GET /isi?isi=", 30000, 0, 0, 414},
        {"GET /isi?isi=", 100000, 0, 0, 414},
        {"GET /isi", 0, 15000, 0, 200},
        {"GET /isi", 0, 17000, 0, 431},
        {"GET /isi", 0, 100000, 0, 431},
        {"POST /isi", 0, 0, 8000, 200},
        {"POST /isi", 0, 0, 65 * 1024, 413},
        {"POST /isi", 0, 0, 3 * 1024 * 1024, 413},
        {"POST /isi", 0, 0, 40 * 1024 * 1024, 413},
    };

    (void)state;
    for (size_t i = 0; i < LENGTH(cases); i++) {
        char *line = filled(cases[i].line, cases[i].line_x, "");
        char *headers =
            cases[i].header_x ? filled(OWN "X: ", cases[i].header_x, "\r\n") : filled(OWN, 0, "");
        char *body = cases[i].body_x ? filled("isi=", cases[i].body_x, "") : NULL;
        int64_t began = watch_now();
        struct answer a = ask(&shop, line, headers, body);

        /* An answer to what is far too large may be lost when the connection ends under it. */
        if (a.status != cases[i].status && !(a.status == 0 && cases[i].body_x > 33554432)) {
            fail_msg("case %zu: %d, not %d", i, a.status, cases[i].status);
        }
        assert_true(watch_now() - began < 3000);
        answer_done(&a);
        test_free(line);
        test_free(headers);
        if (body) {
            test_free(body);
        }
    }
}

static void many_headers_are_too_many(void **state)
{
    struct sbuf headers;
    struct answer a;

    (void)state;
    sbuf_init(&headers, 8192);
    for (int i = 0; i < 70; i++) {
        sbuf_format(&headers, "X-%d: 1\r\n", i);
    }
    a = ask(&shop, "GET /isi", headers.bytes, NULL);
    expect(&a, 431, NULL);
    answer_done(&a);
    sbuf_done(&headers);
}

static void files_are_uploaded(void **state)
{
    static const char type[] = OWN "Content-Type: multipart/form-data; boundary=BATAS\r\n";
    char *body = filled("--BATAS\r\nContent-Disposition: form-data; name=\"berkas\"; "
                        "filename=\"a.csv\"\r\nContent-Type: text/csv\r\n\r\n",
                        3000000, "\r\n--BATAS--\r\n");
    struct answer a = ask(&shop, "POST /unggah", type, body);

    (void)state;
    expect(&a, 200, "\r\n\r\n3000000 a.csv");
    answer_done(&a);
    test_free(body);
    body = filled("", 17 * 1024 * 1024, "");
    a = ask(&shop, "POST /unggah", type, body);
    expect(&a, 413, "16 MiB");
    answer_done(&a);
    test_free(body);
}

/* ---- deadlines and places ---- */

static bool hung_up(int fd, int ms)
{
    char byte;
    struct answer a = read_answer(fd, ms);
    bool ended = recv(fd, &byte, 1, MSG_DONTWAIT) == 0;

    answer_done(&a);
    return ended;
}

/* Four who send a byte now and then hold all places, but not for long. */
static void drips_free_their_places(void **state)
{
    static const struct server_limits narrow = {
        .connections = 4, .per_address = 4, .receive_ms = 700, .idle_ms = 900};
    static const char *const begins[] = {"", "GET /i", "GET /isi HTTP/1.1\r\nX-",
                                         "POST /isi HTTP/1.1\r\nHost: localhost\r\n" OWN
                                         "Content-Type: application/x-www-form-urlencoded\r\n"
                                         "Content-Length: 5000\r\n\r\nisi="};
    struct shop small;
    int fds[LENGTH(begins)];
    struct answer a;
    int64_t began = watch_now();

    (void)state;
    shop_open(&small, table, LENGTH(table), &narrow);
    for (size_t i = 0; i < LENGTH(begins); i++) {
        fds[i] = dial(&small);
        assert_true(send_bytes(fds[i], begins[i], strlen(begins[i])));
    }
    nanosleep(&(struct timespec){.tv_nsec = 100000000}, NULL);
    a = ask(&small, "GET /isi", "", NULL);
    assert_int_equal(a.status, 0); /* no place */
    answer_done(&a);
    while (watch_now() - began < 1500) {
        for (size_t i = 0; i < LENGTH(fds); i++) {
            (void)!send_bytes(fds[i], "x", 1);
        }
        nanosleep(&(struct timespec){.tv_nsec = 50000000}, NULL);
    }
    a = ask(&small, "GET /isi", "", NULL);
    assert_int_equal(a.status, 200);
    answer_done(&a);
    for (size_t i = 0; i < LENGTH(fds); i++) {
        close(fds[i]);
    }
    shop_close(&small);
}

/* A second request on a kept connection has its own deadline. */
static void kept_connections_end(void **state)
{
    static const struct server_limits narrow = {.receive_ms = 500, .idle_ms = 800};
    static const char get[] = "GET /isi HTTP/1.1\r\nHost: localhost\r\n\r\n";
    struct shop small;
    struct answer a;
    int fd;

    (void)state;
    shop_open(&small, table, LENGTH(table), &narrow);
    fd = dial(&small);
    for (int i = 0; i < 3; i++) {
        assert_true(send_bytes(fd, get, sizeof get - 1));
        a = read_answer(fd, 150);
        assert_int_equal(a.status, 200);
        answer_done(&a);
    }
    assert_true(send_bytes(fd, get, 20));
    assert_true(hung_up(fd, 15000));
    close(fd);
    shop_close(&small);
}

static void one_address_cannot_take_all(void **state)
{
    static const struct server_limits narrow = {.connections = 32, .per_address = 3};
    struct shop small;
    int fds[3];
    struct answer a;

    (void)state;
    shop_open(&small, table, LENGTH(table), &narrow);
    for (size_t i = 0; i < LENGTH(fds); i++) {
        fds[i] = dial(&small);
    }
    a = ask(&small, "GET /isi", "", NULL);
    assert_int_equal(a.status, 0);
    answer_done(&a);
    close(fds[0]);
    nanosleep(&(struct timespec){.tv_nsec = 200000000}, NULL);
    a = ask(&small, "GET /isi", "", NULL);
    assert_int_equal(a.status, 200);
    answer_done(&a);
    close(fds[1]);
    close(fds[2]);
    shop_close(&small);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(limits_are_kept),      cmocka_unit_test(many_headers_are_too_many),
        cmocka_unit_test(files_are_uploaded),   cmocka_unit_test(drips_free_their_places),
        cmocka_unit_test(kept_connections_end), cmocka_unit_test(one_address_cannot_take_all),
    };

    return cmocka_run_group_tests(tests, open_shop, close_shop);
}
