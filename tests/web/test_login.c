/* Signing in and guessing, tokens of machines, keys that make an act count once. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <pthread.h>

#include <cmocka.h>

#include "inventory/base/arena.h"
#include "people.h"
#include "pos/staff.h"
#include "pos/web/login_page.h"
#include "pos/web/request.h"
#include "pos/web/respond.h"
#include "pos/web/session.h"

static int done; /* how often the handler behind the guards was reached */

static enum err count_json(struct request *rq)
{
    struct json *j = json_object();

    json_set_int(j, "n", ++done);
    respond_json(rq, 201, j);
    return OK;
}

static enum err go_on(struct request *rq)
{
    done++;
    respond_redirect(rq, url_query_int(rq->cx.arena, url_fixed("/siapa"), "n", done));
    return OK;
}

static enum err refuse_once(struct request *rq)
{
    return ++done == 1 ? refuse(&rq->cx, ERR_REFUSED, "not-yet", _("Belum bisa. Coba lagi."))
                       : count_json(rq);
}

static const struct route table[] = {
    {METHOD_GET, "/masuk", ROUTE_PUBLIC, ROUTE_PAGE, 0, login_query_inputs, login_show, NULL},
    {METHOD_POST, "/masuk", ROUTE_PUBLIC, ROUTE_PAGE, 0, login_inputs, login_do, login_show},
    {METHOD_GET, "/siapa", ROUTE_ANY_USER, ROUTE_PAGE, 0, NULL, answer_who, NULL},
    {METHOD_POST, "/sekali", ROUTE_ANY_USER, ROUTE_PAGE, ROUTE_KEYED, NULL, go_on, NULL},
    {METHOD_GET, "/api/v1/siapa", ROUTE_ANY_USER, ROUTE_JSON, 0, NULL, answer_who, NULL},
    {METHOD_POST, "/api/v1/sekali", ROUTE_ANY_USER, ROUTE_JSON, ROUTE_KEYED, NULL, count_json,
     NULL},
    {METHOD_POST, "/api/v1/nanti", ROUTE_ANY_USER, ROUTE_JSON, ROUTE_KEYED, NULL, refuse_once,
     NULL},
};

static struct shop shop;

static int open_shop(void **state)
{
    (void)state;
    shop_open(&shop, table, LENGTH(table), NULL);
    make_people(&shop);
    return 0;
}

static int close_shop(void **state)
{
    (void)state;
    shop_close(&shop);
    return 0;
}

/* ---- signing in ---- */

static void a_wrong_password_is_told(void **state)
{
    struct answer wrong, unknown, empty;

    (void)state;
    wrong = ask(&shop, "POST /masuk", OWN, "nama=auditor&sandi=salah&lanjut=/siapa");
    unknown = ask(&shop, "POST /masuk", OWN, "nama=tiada&sandi=salah&lanjut=/siapa");
    expect(&wrong, 403, "Nama pengguna atau kata sandi tidak cocok");
    expect(&unknown, 403, "Nama pengguna atau kata sandi tidak cocok");
    expect(&wrong, 403, "name=\"nama\" type=\"text\" value=\"auditor\""); /* what was typed stays */
    expect(&wrong, 403, "name=\"lanjut\" value=\"/siapa\"");
    assert_null(strstr(wrong.text, "salah\"")); /* but never the password */
    assert_null(strstr(wrong.text, "Set-Cookie"));
    answer_done(&wrong);
    answer_done(&unknown);
    empty = ask(&shop, "POST /masuk", OWN, "nama=auditor&sandi=");
    expect(&empty, 422, "value=\"auditor\"");
    answer_done(&empty);
}

static void guessing_must_wait(void **state)
{
    struct answer a;
    int waits = 0;

    (void)state;
    shop.now.ms += 3 * INT64_C(86400000); /* what failed before is forgotten */
    for (int i = 0; i < 12; i++) {
        a = ask(&shop, "POST /masuk", OWN, "nama=mitra&sandi=salah");
        if (a.status == 429) {
            waits++;
            expect(&a, 429, "Tunggu ");
        } else {
            expect(&a, 403, NULL);
        }
        answer_done(&a);
    }
    assert_true(waits >= 8);
    /* The right password must wait too, and is taken afterwards. */
    assert_int_equal(status_of(&shop, "POST /masuk", OWN, "nama=mitra&sandi=" PASSWORD), 429);
    shop.now.ms += 16 * 60000;
    assert_int_equal(status_of(&shop, "POST /masuk", OWN, "nama=mitra&sandi=" PASSWORD), 303);
    assert_int_equal(status_of(&shop, "POST /masuk", OWN, "nama=mitra&sandi=salah"), 403);
    assert_int_equal(status_of(&shop, "POST /masuk", OWN, "nama=mitra&sandi=" PASSWORD), 303);
}

/* ---- machines ---- */

static void machines_need_their_token(void **state)
{
    char token[TOKEN_TEXT_MAX], headers[200];
    struct browser b = sign_in(&shop, "kasir");
    struct answer a;

    (void)state;
    shop_take(&shop);
    assert_int_equal(token_create(&shop.cx, token, "mesin-1", ROLE_CASHIER), OK);
    assert_int_equal(token_create(&shop.cx, headers, "mesin-1", ROLE_CASHIER), ERR_CONFLICT);
    assert_int_equal(token_create(&shop.cx, headers, "Mesin Besar", ROLE_CASHIER), ERR_INVALID);
    shop_give(&shop);
    a = ask(&shop, "GET /api/v1/siapa", "", NULL);
    expect(&a, 401, "WWW-Authenticate: Bearer\r\n");
    expect(&a, 401, "\"type\":\"/masalah/login-needed\"");
    answer_done(&a);
    /* A cookie is no token, and a token no cookie. */
    assert_int_equal(status_of(&shop, "GET /api/v1/siapa", b.headers, NULL), 401);
    snprintf(headers, sizeof headers, "Cookie: etalase_s=%s\r\n", token);
    assert_int_equal(status_of(&shop, "GET /siapa", headers, NULL), 303);
    snprintf(headers, sizeof headers, "Authorization: Bearer %s\r\n", token);
    a = ask(&shop, "GET /api/v1/siapa", headers, NULL);
    expect(&a, 200, "token:mesin-1 1 ");
    answer_done(&a);
    snprintf(headers, sizeof headers, "Authorization: Bearer %.42sx\r\n", token);
    assert_int_equal(status_of(&shop, "GET /api/v1/siapa", headers, NULL), 401);
    snprintf(headers, sizeof headers, "Authorization: Basic %s\r\n", token);
    assert_int_equal(status_of(&shop, "GET /api/v1/siapa", headers, NULL), 401);
    shop_take(&shop);
    assert_int_equal(token_revoke(&shop.cx, "mesin-1"), OK);
    assert_int_equal(token_revoke(&shop.cx, "mesin-1"), ERR_NOT_FOUND);
    shop_give(&shop);
    shop.now.ms += 61000;
    snprintf(headers, sizeof headers, "Authorization: Bearer %s\r\n", token);
    assert_int_equal(status_of(&shop, "GET /api/v1/siapa", headers, NULL), 401);
}

/* ---- keys ---- */

static void a_key_is_answered_once(void **state)
{
    char token[TOKEN_TEXT_MAX], headers[300], with_key[500];
    struct answer first, again;

    (void)state;
    shop_take(&shop);
    assert_int_equal(token_create(&shop.cx, token, "mesin-2", ROLE_CASHIER), OK);
    shop_give(&shop);
    done = 0;
    snprintf(headers, sizeof headers,
             "Content-Type: application/json\r\nAuthorization: Bearer %s\r\n", token);
    first = ask(&shop, "POST /api/v1/sekali", headers, "{\"a\":1}");
    expect(&first, 400, "/masalah/key-missing");
    answer_done(&first);
    snprintf(with_key, sizeof with_key, "%sIdempotency-Key: kunci-1\r\n", headers);
    first = ask(&shop, "POST /api/v1/sekali", with_key, "{\"a\":1}");
    again = ask(&shop, "POST /api/v1/sekali", with_key, "{ \"a\" : 1 }");
    expect(&first, 201, "{\"n\":1}");
    expect(&again, 200, "Content-Type: application/json\r\n");
    assert_string_equal(first.body, again.body);
    answer_done(&first);
    answer_done(&again);
    again = ask(&shop, "POST /api/v1/sekali", with_key, "{\"a\":2}");
    expect(&again, 409, "/masalah/key-reused");
    answer_done(&again);
    assert_int_equal(done, 1);
    /* A refusal is not kept: the same key may succeed later. */
    done = 0;
    snprintf(with_key, sizeof with_key, "%sIdempotency-Key: kunci-2\r\n", headers);
    assert_int_equal(status_of(&shop, "POST /api/v1/nanti", with_key, "{}"), 422);
    assert_int_equal(status_of(&shop, "POST /api/v1/nanti", with_key, "{}"), 201);
    assert_int_equal(status_of(&shop, "POST /api/v1/nanti", with_key, "{}"), 200);
}

static void a_form_sent_twice_counts_once(void **state)
{
    static const char key[] = "&kunci=0123456789abcdef0123456789abcdef";
    struct browser b = sign_in(&shop, "kasir");
    char body[300];
    struct answer a;

    (void)state;
    done = 0;
    assert_int_equal(post(&shop, &b, "/sekali", ""), 422);
    for (int i = 0; i < 3; i++) {
        snprintf(body, sizeof body, "csrf=%s%s&x=1", b.csrf, key);
        a = ask(&shop, "POST /sekali", b.headers, body);
        expect(&a, 303, "Location: /siapa?n=1\r\n");
        answer_done(&a);
    }
    assert_int_equal(done, 1);
    snprintf(body, sizeof body, "%s&x=2", key);
    assert_int_equal(post(&shop, &b, "/sekali", body), 409);
    /* Somebody else's key is no way to see his answer. */
    b = sign_in(&shop, "penyelia");
    done = 0;
    snprintf(body, sizeof body, "%s&x=1", key);
    assert_int_equal(post(&shop, &b, "/sekali", body), 409);
    assert_int_equal(done, 0);
}

struct twin {
    const char *headers, *body;
    int status;
};

static void *send_twin(void *arg)
{
    struct twin *t = arg;

    t->status = status_of(&shop, "POST /sekali", t->headers, t->body);
    return NULL;
}

/* Eight impatient presses at the same moment. */
static void twins_count_once(void **state)
{
    struct browser b = sign_in(&shop, "kasir");
    struct twin twins[8];
    pthread_t threads[LENGTH(twins)];
    char body[200];

    (void)state;
    done = 0;
    snprintf(body, sizeof body, "csrf=%s&kunci=ffffffffffffffffffffffffffffffff", b.csrf);
    for (size_t i = 0; i < LENGTH(twins); i++) {
        twins[i] = (struct twin){.headers = b.headers, .body = body};
        assert_int_equal(pthread_create(&threads[i], NULL, send_twin, &twins[i]), 0);
    }
    for (size_t i = 0; i < LENGTH(twins); i++) {
        pthread_join(threads[i], NULL);
        assert_int_equal(twins[i].status, 303);
    }
    assert_int_equal(done, 1);
}

/* Behind a proxy that speaks HTTPS: cookies are Secure, and the proxy's word says who asks. */
static void behind_a_proxy(void **state)
{
    struct server_options options = {.web = {.store = shop.store,
                                             .clock = &shop.clock,
                                             .site = &shop.site,
                                             .version = "0",
                                             .public_url = "https://galeri.example",
                                             .routes = table,
                                             .route_count = LENGTH(table)},
                                     .listen = "127.0.0.1:0"};
    struct why why = {.code = OK};
    struct server *usual = shop.server;
    unsigned port = shop.port;
    struct answer a;

    (void)state;
    shop.now.ms += 3 * INT64_C(86400000);
    assert_int_equal(server_start(&shop.server, &options, &why), OK);
    assert_string_equal(server_url(shop.server), "https://galeri.example");
    shop.port = server_port(shop.server);
    a = ask(&shop, "POST /masuk", OWN "X-Forwarded-For: 192.0.2.1\r\n",
            "nama=kasir&sandi=" PASSWORD);
    expect(&a, 303, "; Secure");
    expect(&a, 303, "Strict-Transport-Security: ");
    answer_done(&a);
    for (int i = 0; i < 8; i++) { /* a different name each time: only the address is slowed */
        char body[60];

        snprintf(body, sizeof body, "nama=siapa%d&sandi=salah", i);
        a = ask(&shop, "POST /masuk", OWN "X-Forwarded-For: 198.51.100.9, 192.0.2.66\r\n", body);
        assert_int_equal(a.status, i < 4 ? 403 : 429);
        answer_done(&a);
    }
    assert_int_equal(status_of(&shop, "POST /masuk", OWN "X-Forwarded-For: 192.0.2.67\r\n",
                               "nama=kasir&sandi=" PASSWORD),
                     303);
    server_stop(shop.server);
    shop.server = usual;
    shop.port = port;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_wrong_password_is_told),
        cmocka_unit_test(guessing_must_wait),
        cmocka_unit_test(machines_need_their_token),
        cmocka_unit_test(a_key_is_answered_once),
        cmocka_unit_test(a_form_sent_twice_counts_once),
        cmocka_unit_test(twins_count_once),
        cmocka_unit_test(behind_a_proxy),
    };

    return cmocka_run_group_tests(tests, open_shop, close_shop);
}
