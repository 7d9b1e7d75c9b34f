/* Requests that two programs on one line could read in two ways: each is refused, or the connection
 * ends, and what hides behind it is never answered. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <unistd.h>

#include <cmocka.h>

#include "pos/web/request.h"
#include "pos/web/respond.h"
#include "web_fixture.h"

static int hidden; /* how often the hidden request was answered */

static enum err plain(struct request *rq)
{
    static const struct file_about text = {.type = "text/plain"};

    respond_bytes(rq, 200, &text, "fine", 4);
    return OK;
}

static enum err secret(struct request *rq)
{
    hidden++;
    return plain(rq);
}

enum { QUIET = ROUTE_NO_SESSION };

static const struct route table[] = {
    {METHOD_GET, "/", ROUTE_PUBLIC, ROUTE_FILE, QUIET, NULL, plain, NULL},
    {METHOD_POST, "/", ROUTE_PUBLIC, ROUTE_JSON, QUIET, NULL, plain, NULL},
    {METHOD_GET, "/rahasia", ROUTE_PUBLIC, ROUTE_FILE, QUIET, NULL, secret, NULL},
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

#define H      "Host: localhost\r\n"
#define HIDDEN "GET /rahasia HTTP/1.1\r\nHost: localhost\r\n\r\n"
#define JSON   "Content-Type: application/json\r\n"
#define RAW(text)                                                                                  \
    {                                                                                              \
        text, sizeof(text) - 1                                                                     \
    }

/* Every one must not be answered 200, and must not reveal what stands behind it. */
static const struct {
    const char *bytes;
    size_t n;
} forms[] = {
    /* both lengths */
    RAW("POST / HTTP/1.1\r\n" H JSON "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n"
        "0\r\n\r\n" HIDDEN),
    RAW("POST / HTTP/1.1\r\n" H JSON "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n"
        "0\r\n\r\n" HIDDEN),
    RAW("POST / HTTP/1.1\r\n" H JSON "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n"
        "\r\n0\r\n\r\n" HIDDEN),
    RAW("POST / HTTP/1.1\r\n" H JSON "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n" HIDDEN),
    RAW("POST / HTTP/1.1\r\n" H JSON
        "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n" HIDDEN),
    RAW("POST / HTTP/1.1\r\n" H JSON "Transfer-Encoding: \x0b"
        "chunked\r\n\r\n0\r\n\r\n" HIDDEN),
    RAW("POST / HTTP/1.1\r\n" H JSON "Transfer-Encoding : chunked\r\nContent-Length: 5\r\n\r\n"
        "0\r\n\r\n" HIDDEN),
    RAW("POST / HTTP/1.1\r\n" H JSON "Transfer-Encoding\t: chunked\r\nContent-Length: 5\r\n\r\n"
        "0\r\n\r\n" HIDDEN),
    RAW("POST / HTTP/1.1\r\n" H JSON "Content-Length: 5\r\nTransfer-Encoding:\r\n chunked\r\n\r\n"
        "0\r\n\r\n" HIDDEN),
    RAW("POST / HTTP/1.1\r\n" H JSON "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n" HIDDEN),
    /* two lengths */
    RAW("POST / HTTP/1.1\r\n" H JSON "Content-Length: 0\r\nContent-Length: 46\r\n\r\n" HIDDEN),
    RAW("POST / HTTP/1.1\r\n" H JSON "Content-Length: 46\r\nContent-Length: 0\r\n\r\n" HIDDEN),
    RAW("POST / HTTP/1.1\r\n" H JSON "Content-Length: 2\r\nContent-Length: 2\r\n\r\n{}"),
    RAW("POST / HTTP/1.1\r\n" H JSON "Content-Length: 2, 2\r\n\r\n{}"),
    RAW("POST / HTTP/1.1\r\n" H JSON "Content-Length: +2\r\n\r\n{}"),
    RAW("POST / HTTP/1.1\r\n" H JSON "Content-Length: -2\r\n\r\n{}"),
    RAW("POST / HTTP/1.1\r\n" H JSON "Content-Length: 0x2\r\n\r\n{}"),
    RAW("POST / HTTP/1.1\r\n" H JSON "Content-Length: 2 \r\n\r\n{}"),
    RAW("POST / HTTP/1.1\r\n" H JSON "Content-Length: \r\n\r\n{}"),
    RAW("POST / HTTP/1.1\r\n" H JSON "Content-Length: 99999999999999999999\r\n\r\n{}"),
    RAW("POST / HTTP/1.1\r\n" H JSON "Content-Length : 2\r\n\r\n{}"),
    RAW("GET / HTTP/1.1\r\n" H "Content-Length: 46\r\n\r\n" HIDDEN),
    /* line ends */
    RAW("GET / HTTP/1.1\nHost: localhost\n\n"),
    RAW("GET / HTTP/1.1\nHost: localhost\r\n\r\n"),
    RAW("GET / HTTP/1.1\r\nHost: localhost\nX: 1\r\n\r\n"),
    RAW("GET / HTTP/1.1\r\nHost: localhost\nX:  1\r\n\r\n"),
    RAW("GET / HTTP/1.1\r\nX: 1\r\nHost: localhost\n\r\n"),
    RAW("GET / HTTP/1.1\r\nX: 1\r\nHost: localhost\r\n\n"),
    RAW("POST / HTTP/1.1\r\n" H JSON "X: y\nContent-Length: 46\r\n\r\n" HIDDEN),
    RAW("GET / HTTP/1.1\r\n" H "X: a\rTransfer-Encoding: chunked\r\n\r\n"),
    RAW("GET / HTTP/1.1\r\n" H "X: a\r\r\n\r\n"),
    RAW("GET / HTTP/1.1\rHost: localhost\r\n\r\n"),
    /* folded lines */
    RAW("GET / HTTP/1.1\r\n" H "X: a\r\n b\r\n\r\n"),
    RAW("GET / HTTP/1.1\r\n" H "X: a\r\n\tb\r\n\r\n"),
    RAW("GET / HTTP/1.1\r\n X: a\r\n" H "\r\n"),
    RAW("GET / HTTP/1.1\r\nHost:\r\n localhost\r\n\r\n"),
    /* NUL and other bytes */
    RAW("GET / HTTP/1.1\r\n" H "X: a\0b\r\n\r\n"),
    RAW("GET / HTTP/1.1\r\n" H "X\0Y: a\r\n\r\n"),
    RAW("GET / HTTP/1.1\r\n" H "X: a\0\r\n\r\n"),
    RAW("GET /\0x HTTP/1.1\r\n" H "\r\n"),
    RAW("GET / HTTP/1.1\0\r\n" H "\r\n"),
    RAW("GET / HTTP/1.1\r\n" H "X: a\x01\r\n\r\n"),
    RAW("GET / HTTP/1.1\r\n" H "X Y: a\r\n\r\n"),
    RAW("GET / HTTP/1.1\r\n" H ": a\r\n\r\n"),
    RAW("GET / HTTP/1.1\r\n" H "no colon\r\n\r\n"),
    /* Host */
    RAW("GET / HTTP/1.1\r\n\r\n"),
    RAW("GET / HTTP/1.0\r\n\r\n"),
    RAW("GET / HTTP/1.1\r\nHost:\r\n\r\n"),
    RAW("GET / HTTP/1.1\r\n" H H "\r\n"),
    RAW("GET / HTTP/1.1\r\n" H "Host: jahat.example\r\n\r\n"),
    RAW("GET / HTTP/1.1\r\nHost: localhost, jahat.example\r\n\r\n"),
    RAW("GET / HTTP/1.1\r\nHost: localhost/x\r\n\r\n"),
    RAW("GET / HTTP/1.1\r\nHost: a@localhost\r\n\r\n"),
    RAW("GET / HTTP/1.1\r\nHost: localhost:80:80\r\n\r\n"),
    RAW("GET / HTTP/1.1\r\nHost: jahat.example\r\n\r\n"),
    RAW("GET http://jahat.example/ HTTP/1.1\r\n" H "\r\n"),
    RAW("GET http://localhost@jahat.example/ HTTP/1.1\r\n" H "\r\n"),
    RAW("CONNECT jahat.example:443 HTTP/1.1\r\n" H "\r\n"),
    /* request line */
    RAW("GET  / HTTP/1.1\r\n" H "\r\n"),
    RAW("GET /  HTTP/1.1\r\n" H "\r\n"),
    RAW("GET / HTTP/1.1 \r\n" H "\r\n"),
    RAW("GET\t/ HTTP/1.1\r\n" H "\r\n"),
    RAW("GET / x HTTP/1.1\r\n" H "\r\n"),
    RAW("GET /\r\n" H "\r\n"),
    RAW("GET\r\n" H "\r\n"),
    RAW("GET / HTTP/1.2\r\n" H "\r\n"),
    RAW("GET / HTTP/2.0\r\n" H "\r\n"),
    RAW("GET / HTTP/0.9\r\n" H "\r\n"),
    RAW("GET / http/1.1\r\n" H "\r\n"),
    RAW("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
    RAW("G\xc3\x89T / HTTP/1.1\r\n" H "\r\n"),
    RAW("GET /#x HTTP/1.1\r\n" H "\r\n"),
    RAW("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n"),
};

static void doubtful_requests_are_refused(void **state)
{
    (void)state;
    for (size_t i = 0; i < LENGTH(forms); i++) {
        struct answer a = ask_raw(&shop, forms[i].bytes, forms[i].n);

        if (a.status != 0 && (a.status < 400 || a.status >= 600)) {
            fail_msg("form %zu was answered %d:\n%.*s", i, a.status, (int)forms[i].n,
                     forms[i].bytes);
        }
        if (strstr(a.text, "HTTP/1.1 2") || strstr(a.text, "fine")) {
            fail_msg("form %zu or what follows it was served:\n%s", i, a.text);
        }
        if (hidden) {
            fail_msg("form %zu reached the hidden request", i);
        }
        answer_done(&a);
    }
    print_message("%zu forms\n", LENGTH(forms));
}

/* The same bytes, come in two parts cut anywhere, are judged the same. */
static void cut_anywhere(void **state)
{
    static const char good[] = "GET / HTTP/1.1\r\nHost: localhost\r\nX: y\r\n\r\n";
    static const char bad[] = "GET / HTTP/1.1\r\nHost: localhost\nX:  y\r\n\r\n";

    (void)state;
    for (size_t cut = 1; cut < sizeof good - 1; cut += 3) {
        for (int k = 0; k < 2; k++) {
            const char *bytes = k ? bad : good;
            size_t n = strlen(bytes);
            int fd = dial(&shop);
            struct answer a;

            assert_true(send_bytes(fd, bytes, cut));
            nanosleep(&(struct timespec){.tv_nsec = 3000000}, NULL);
            (void)!send_bytes(fd, bytes + cut, n - cut);
            a = read_answer(fd, 120);
            if (a.status != (k ? 400 : 200)) {
                fail_msg("cut at %zu: %d", cut, a.status);
            }
            answer_done(&a);
            close(fd);
        }
    }
}

/* What honest clients send, with all their habits, is served; two in one go are two. */
static void honest_requests_are_served(void **state)
{
    static const char *const good[] = {
        "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
        "GET / HTTP/1.0\r\nHost: localhost\r\n\r\n",
        "GET / HTTP/1.1\r\nHost:localhost:8080\r\nConnection:close\r\n\r\n",
        "GET / HTTP/1.1\r\nHost:   toko.example\r\nConnection: close\r\n\r\n",
        "GET / HTTP/1.1\r\nConnection: close\r\nHost: TOKO.EXAMPLE\r\nX-Empty:\r\n\r\n",
        "GET /?a=b&c=%20d HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
        "GET http://localhost/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: localhost\r\nCookie: a=1; b=\"2\"\r\nConnection: close\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: localhost\r\nAccept: */*\r\nAccept: text/html\r\nConnection: "
        "close\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: "
        "2\r\nConnection: close\r\n\r\n{}",
    };
    struct answer a;
    const char *second;

    (void)state;
    for (size_t i = 0; i < LENGTH(good); i++) {
        a = ask_raw(&shop, good[i], strlen(good[i]));
        if (a.status != 200) {
            fail_msg("%d: %s", a.status, good[i]);
        }
        answer_done(&a);
    }
    a = ask_raw(&shop, HIDDEN "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
                sizeof(HIDDEN "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n") -
                    1);
    assert_int_equal(a.status, 200);
    second = strstr(a.body, "HTTP/1.1 200");
    assert_non_null(second);
    assert_int_equal(hidden, 1);
    answer_done(&a);
    hidden = 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(doubtful_requests_are_refused),
        cmocka_unit_test(cut_anywhere),
        cmocka_unit_test(honest_requests_are_served),
    };

    return cmocka_run_group_tests(tests, open_shop, close_shop);
}
