/* Sessions of browsers: tokens of forms, cookies, ends, the frame that knows the person. */
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
#include "pos/web/session_cache.h"

static int done; /* how often the handler behind the guards was reached */

static enum err reached(struct request *rq)
{
    done++;
    return answer_who(rq);
}

static enum err take_till(struct request *rq)
{
    enum err e = session_set_till(rq, "2");

    request_tell(rq, "ok", "Kasir 2 dipilih.");
    respond_redirect(rq, url_fixed("/masuk"));
    return e;
}

static enum err show_frame(struct request *rq)
{
    return refuse(&rq->cx, ERR_REFUSED, "frame", _("Hanya bingkai."));
}

static const struct route table[] = {
    {METHOD_GET, "/masuk", ROUTE_PUBLIC, ROUTE_PAGE, 0, login_query_inputs, login_show, NULL},
    {METHOD_POST, "/masuk", ROUTE_PUBLIC, ROUTE_PAGE, 0, login_inputs, login_do, login_show},
    {METHOD_GET, "/siapa", ROUTE_ANY_USER, ROUTE_PAGE, 0, NULL, answer_who, NULL},
    {METHOD_POST, "/keluar", ROUTE_PUBLIC, ROUTE_PAGE, 0, NULL, logout_do, NULL},
    {METHOD_POST, "/bahasa", ROUTE_PUBLIC, ROUTE_PAGE, 0, lang_inputs, lang_do, NULL},
    {METHOD_GET, "/bingkai", ROUTE_ANY_USER, ROUTE_PAGE, 0, NULL, show_frame, NULL},
    {METHOD_POST, "/ubah", ROUTE_ANY_USER, ROUTE_PAGE, 0, NULL, reached, reached},
    {METHOD_POST, "/kasir2", ROUTE_ANY_USER, ROUTE_PAGE, 0, NULL, take_till, NULL},
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

/* ---- tokens of forms ---- */

static void forms_need_their_token(void **state)
{
    struct browser rina = sign_in(&shop, "kasir"), sari = sign_in(&shop, "penyelia");
    char twice[200];

    (void)state;
    done = 0;
    assert_int_equal(status_of(&shop, "POST /ubah", rina.headers, ""), 403);
    assert_int_equal(status_of(&shop, "POST /ubah", rina.headers, "csrf="), 403);
    assert_int_equal(status_of(&shop, "POST /ubah", rina.headers, "csrf=salah"), 403);
    snprintf(twice, sizeof twice, "csrf=%s", sari.csrf);
    assert_int_equal(status_of(&shop, "POST /ubah", rina.headers, twice), 403);
    snprintf(twice, sizeof twice, "csrf=%s&csrf=%s", rina.csrf, rina.csrf);
    assert_int_equal(status_of(&shop, "POST /ubah", rina.headers, twice), 403);
    snprintf(twice, sizeof twice, "csrf=%.42s", rina.csrf);
    assert_int_equal(status_of(&shop, "POST /ubah", rina.headers, twice), 403);
    assert_int_equal(status_of(&shop, "POST /keluar", rina.headers, ""), 403);
    assert_int_equal(done, 0);
    assert_int_equal(post(&shop, &rina, "/ubah", ""), 200);
    assert_int_equal(done, 1);
}

static void forms_need_our_origin(void **state)
{
    static const struct {
        const char *headers;
        int status;
    } cases[] = {
        {"", 403},
        {"Origin: null\r\n", 403},
        {"Origin: https://jahat.example\r\n", 403},
        {"Sec-Fetch-Site: cross-site\r\n", 403},
        {"Sec-Fetch-Site: same-site\r\n", 403},
        {"Sec-Fetch-Site: same-origin\r\nOrigin: https://jahat.example\r\n", 403},
        {"Sec-Fetch-Site: same-origin\r\n", 200},
    };
    struct browser b = sign_in(&shop, "kasir");

    (void)state;
    for (size_t i = 0; i < LENGTH(cases); i++) {
        char headers[500], body[100];

        snprintf(headers, sizeof headers, "%s%s", cases[i].headers, b.headers + strlen(OWN));
        snprintf(body, sizeof body, "csrf=%s", b.csrf);
        assert_int_equal(status_of(&shop, "POST /ubah", headers, body), cases[i].status);
    }
}

/* ---- sessions ---- */

static void the_cookie_is_guarded(void **state)
{
    struct answer a = ask(&shop, "POST /masuk", OWN, "nama=kasir&sandi=" PASSWORD "&lanjut=/siapa");
    char cookie[300];

    (void)state;
    expect(&a, 303, "Location: /siapa\r\n");
    assert_true(answer_header(&a, "Set-Cookie", cookie, sizeof cookie));
    assert_non_null(strstr(cookie, "; Path=/"));
    assert_non_null(strstr(cookie, "; HttpOnly"));
    assert_non_null(strstr(cookie, "; SameSite=Lax"));
    assert_null(strstr(cookie, "Domain"));
    answer_done(&a);
}

static void signing_in_leads_only_home(void **state)
{
    static const char *const strange[] = {"https://jahat.example/", "//jahat.example", "/%5cjahat",
                                          "javascript:alert(1)",    "%2f%2fjahat",     "\\jahat"};

    (void)state;
    for (size_t i = 0; i < LENGTH(strange); i++) {
        char body[300];
        struct answer a;

        snprintf(body, sizeof body, "nama=kasir&sandi=" PASSWORD "&lanjut=%s", strange[i]);
        a = ask(&shop, "POST /masuk", OWN, body);
        assert_null(strstr(a.text, "Location: //"));
        assert_null(strstr(a.text, "Location: http"));
        assert_null(strstr(a.text, "Location: j"));
        assert_non_null(strstr(a.text, "Location: /"));
        answer_done(&a);
    }
}

static void a_planted_cookie_dies(void **state)
{
    static const char planted[] =
        OWN "Cookie: etalase_s=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\r\n";
    struct browser first = sign_in(&shop, "kasir");
    struct answer a = ask(&shop, "POST /masuk", planted, "nama=kasir&sandi=" PASSWORD);
    char cookie[200];

    (void)state;
    expect(&a, 303, NULL);
    answer_cookie(&a, cookie, sizeof cookie);
    assert_null(strstr(cookie, "AAAAAAAAAAAAAAAA"));
    answer_done(&a);
    assert_int_equal(status_of(&shop, "GET /siapa", planted, NULL), 303);
    assert_int_equal(status_of(&shop, "GET /siapa", first.headers, NULL),
                     200); /* two at once are fine */
    /* Signing in again ends the session the browser came with. */
    {
        char body[200];

        snprintf(body, sizeof body, "nama=penyelia&sandi=" PASSWORD "&csrf=%s", first.csrf);
        assert_int_equal(status_of(&shop, "POST /masuk", first.headers, body), 303);
        assert_int_equal(status_of(&shop, "GET /siapa", first.headers, NULL), 303);
    }
}

static void signing_out_ends_it(void **state)
{
    struct browser b = sign_in(&shop, "kasir");
    char body[100];
    struct answer a;

    (void)state;
    snprintf(body, sizeof body, "csrf=%s", b.csrf);
    a = ask(&shop, "POST /keluar", b.headers, body);
    expect(&a, 303, "Set-Cookie: etalase_s=; ");
    expect(&a, 303, "Max-Age=0");
    answer_done(&a);
    assert_int_equal(status_of(&shop, "GET /siapa", b.headers, NULL), 303);
    shop_restart(&shop, table, LENGTH(table));
    assert_int_equal(status_of(&shop, "GET /siapa", b.headers, NULL), 303);
}

static void sessions_survive_a_restart(void **state)
{
    struct browser b = sign_in(&shop, "kasir");

    (void)state;
    assert_int_equal(post(&shop, &b, "/kasir2", ""), 303);
    shop_restart(&shop, table, LENGTH(table));
    assert_int_equal(status_of(&shop, "GET /siapa", b.headers, NULL), 200);
    assert_int_equal(post(&shop, &b, "/ubah", ""), 200);
}

static void idle_sessions_end(void **state)
{
    struct browser b = sign_in(&shop, "kasir");
    struct instant began = shop.now;

    (void)state;
    shop.now.ms = began.ms + SESSION_IDLE_MS - 1;
    assert_int_equal(status_of(&shop, "GET /siapa", b.headers, NULL), 200);
    shop.now.ms += SESSION_IDLE_MS;
    assert_int_equal(status_of(&shop, "GET /siapa", b.headers, NULL), 303);
    shop.now.ms = began.ms;
    assert_int_equal(status_of(&shop, "GET /siapa", b.headers, NULL), 303); /* ended for good */
    shop.now.ms = began.ms + 3 * SESSION_ABSOLUTE_MS;
}

static void busy_sessions_end_too(void **state)
{
    struct browser b = sign_in(&shop, "kasir");
    struct instant began = shop.now;
    int64_t hour = 3600000;

    (void)state;
    for (int64_t h = 1; h < 16; h++) {
        shop.now.ms = began.ms + h * hour;
        assert_int_equal(status_of(&shop, "GET /siapa", b.headers, NULL), 200);
        if (h == 10) { /* what the store knows of its use is enough */
            shop_restart(&shop, table, LENGTH(table));
        }
    }
    shop.now.ms = began.ms + 16 * hour;
    assert_int_equal(status_of(&shop, "GET /siapa", b.headers, NULL), 303);
}

/* The session ends in the middle of a form: nothing is lost, and signing in leads back. */
static void an_ended_session_leads_back(void **state)
{
    struct browser b = sign_in(&shop, "kasir");
    char headers[500], body[100];
    struct answer a;

    (void)state;
    shop.now.ms += SESSION_ABSOLUTE_MS;
    a = ask(&shop, "GET /siapa?a=1&b=2", b.headers, NULL);
    expect(&a, 303, "Location: /masuk?lanjut=%2Fsiapa%3Fa%3D1%26b%3D2\r\n");
    answer_done(&a);
    snprintf(headers, sizeof headers, "%sReferer: http://127.0.0.1:%u/siapa?x=1\r\n", b.headers,
             shop.port);
    snprintf(body, sizeof body, "csrf=%s", b.csrf);
    done = 0;
    a = ask(&shop, "POST /ubah", headers, body);
    expect(&a, 401, "Tidak ada yang hilang");
    expect(&a, 401, "name=\"lanjut\" value=\"/siapa?x=1\"");
    expect(&a, 401, "action=\"/masuk\"");
    assert_int_equal(done, 0);
    answer_done(&a);
    snprintf(headers, sizeof headers, "%sReferer: http://jahat.example/siapa\r\n", b.headers);
    a = ask(&shop, "POST /ubah", headers, body);
    expect(&a, 401, "name=\"lanjut\" value=\"/ubah\"");
    answer_done(&a);
}

static void somebody_sent_away_is_out(void **state)
{
    struct browser b = sign_in(&shop, "bengkel");

    (void)state;
    shop_take(&shop);
    assert_int_equal(staff_revise(&shop.cx, "bengkel", "Orang Rekaan", ROLE_WORKSHOP, false), OK);
    shop_give(&shop);
    shop_restart(&shop, table, LENGTH(table));
    assert_int_equal(status_of(&shop, "GET /siapa", b.headers, NULL), 303);
    shop_take(&shop);
    assert_int_equal(staff_revise(&shop.cx, "bengkel", "Orang Rekaan", ROLE_WORKSHOP, true), OK);
    shop_give(&shop);
}

/* The browser's headers with the cookie that came with a redirect, and the same in another's. */
static void tell(char headers[1000], char foreign[1000], const struct browser *b,
                 const struct browser *other)
{
    char body[100], cookie[700];
    struct answer a;

    snprintf(body, sizeof body, "csrf=%s", b->csrf);
    a = ask(&shop, "POST /kasir2", b->headers, body);
    assert_int_equal(a.status, 303);
    answer_cookie(&a, cookie, sizeof cookie);
    answer_done(&a);
    assert_int_equal(strncmp(cookie, "etalase_kabar=", 14), 0);
    snprintf(headers, 1000, "%.*s; %s\r\n", (int)strlen(b->headers) - 2, b->headers, cookie);
    snprintf(foreign, 1000, "%.*s; %s\r\n", (int)strlen(other->headers) - 2, other->headers,
             cookie);
}

/* Every digit changed, one after the other; and all kinds of ends. */
static void damaged_words_are_not_said(const struct browser *b, const char *headers)
{
    const size_t from = strlen(b->headers) - 2 + strlen("; etalase_kabar=");
    const size_t end = strlen(headers) - 2;
    char changed[1000];
    struct answer a;

    for (size_t at = from; at <= end; at += at < from + 40 || at + 6 > end ? 1 : 7) {
        snprintf(changed, sizeof changed, "%s", headers);
        if (at < end) {
            changed[at] = changed[at] == '0' ? '1' : '0';
        } else {
            snprintf(changed + end - 2, sizeof changed - end + 2, "\r\n");
        }
        a = ask(&shop, "GET /bingkai", changed, NULL);
        assert_int_equal(a.status, 422);
        assert_null(strstr(a.text, "dipilih"));
        answer_done(&a);
    }
}

static void the_frame_knows_the_person(void **state)
{
    struct browser b = sign_in(&shop, "kasir");
    struct browser other = sign_in(&shop, "kasir");
    char headers[1000], foreign[1000];
    struct answer a;

    (void)state;
    tell(headers, foreign, &b, &other);
    a = ask(&shop, "GET /bingkai", foreign, NULL);
    assert_null(strstr(a.text, "Kasir 2 dipilih.")); /* not said to this session */
    answer_done(&a);
    a = ask(&shop, "GET /bingkai", headers, NULL);
    expect(&a, 422, "Orang Rekaan");
    expect(&a, 422, "Kasir 2");
    expect(&a, 422, "Kasir 2 dipilih.");
    expect(&a, 422, b.csrf);
    expect(&a, 422, "Cache-Control: no-store\r\n");
    expect(&a, 422, "Set-Cookie: etalase_kabar=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0\r\n");
    answer_done(&a);
    a = ask(&shop, "GET /bingkai", b.headers, NULL);
    assert_null(strstr(a.text, "Kasir 2 dipilih.")); /* said once: the cookie was taken back */
    answer_done(&a);
    damaged_words_are_not_said(&b, headers);
}

static void the_language_is_kept(void **state)
{
    struct browser b = sign_in(&shop, "kasir");
    char body[100];
    struct answer a;

    (void)state;
    snprintf(body, sizeof body, "csrf=%s&lang=en&lanjut=/bingkai?a=1", b.csrf);
    a = ask(&shop, "POST /bahasa", b.headers, body);
    expect(&a, 303, "Location: /bingkai?a=1\r\n");
    expect(&a, 303, "Set-Cookie: etalase_lang=en; ");
    answer_done(&a);
    shop_restart(&shop, table, LENGTH(table));
    a = ask(&shop, "GET /bingkai", b.headers, NULL);
    expect(&a, 422, "<html lang=\"en\">");
    answer_done(&a);
    a = ask(&shop, "POST /bahasa", OWN, "lang=xx");
    expect(&a, 422, NULL);
    answer_done(&a);
}

/* A slow request notes its use after another one has changed the till, or ended the session. */
static void a_slow_request_undoes_nothing(void **state)
{
    struct session_cache *c = session_cache_new();
    struct session first = {.hash = {{1}}, .till = "1", .seen = {1000}}, slow, now;
    struct instant written;

    (void)state;
    session_cache_put(c, &first, INSTANT(1000));
    assert_true(session_cache_get(c, &first.hash, &slow, &written));
    snprintf(first.till, sizeof first.till, "2");
    session_cache_put(c, &first, INSTANT(1000));
    slow.seen = INSTANT(2000);
    session_cache_seen(c, &slow, INSTANT(2000));
    assert_true(session_cache_get(c, &first.hash, &now, &written));
    assert_string_equal(now.till, "2");
    assert_int_equal(now.seen.ms, 2000);
    assert_int_equal(written.ms, 2000);
    session_cache_drop(c, &first.hash);
    session_cache_seen(c, &slow, INSTANT(3000));
    assert_false(session_cache_get(c, &first.hash, &now, &written));
    session_cache_free(c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(forms_need_their_token),
        cmocka_unit_test(forms_need_our_origin),
        cmocka_unit_test(the_cookie_is_guarded),
        cmocka_unit_test(signing_in_leads_only_home),
        cmocka_unit_test(a_planted_cookie_dies),
        cmocka_unit_test(signing_out_ends_it),
        cmocka_unit_test(sessions_survive_a_restart),
        cmocka_unit_test(idle_sessions_end),
        cmocka_unit_test(busy_sessions_end_too),
        cmocka_unit_test(an_ended_session_leads_back),
        cmocka_unit_test(somebody_sent_away_is_out),
        cmocka_unit_test(the_frame_knows_the_person),
        cmocka_unit_test(the_language_is_kept),
        cmocka_unit_test(a_slow_request_undoes_nothing),
    };

    return cmocka_run_group_tests(tests, open_shop, close_shop);
}
