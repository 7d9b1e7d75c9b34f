/* Several programs on one store: what was done at one is so at the other, and what is said when the
 * store is away. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <pthread.h>

#include <cmocka.h>

#include "inventory/base/arena.h"
#include "inventory/fact.h"
#include "inventory/goods.h"
#include "people.h"
#include "pos/web/health.h"
#include "pos/web/import_hold.h"
#include "pos/web/login_page.h"
#include "pos/web/request.h"
#include "pos/web/respond.h"
#include "pos/web/session.h"
#include "tests/faulty.h"

enum { ROUNDS = 10 };

/* ---- pages ---- */

static int fails; /* how often the next pages find the store away */
static int reads;
static struct shop here, there;

static enum err read_page(struct request *rq)
{
    reads++;
    return fails-- > 0 ? ERR_AWAY : answer_who(rq);
}

/* The store itself refuses. */
static enum err broken_page(struct request *rq)
{
    static const enum err all[] = {ERR_BUSY, ERR_AWAY,     ERR_FORBIDDEN, ERR_IO,
                                   ERR_FULL, ERR_CONFLICT, ERR_CORRUPT};
    enum err e = all[strtoul(request_param(rq, "nomor"), NULL, 10)];

    db_explain(rq->cx.db, e, &rq->cx.why);
    assert_non_null(strstr(rq->cx.why.text, store_about(here.store).where));
    return e;
}

static enum err take_till(struct request *rq)
{
    enum err e = session_set_till(rq, "2");

    request_tell(rq, "ok", "Kasir 2 dipilih.");
    respond_redirect(rq, url_fixed("/bingkai"));
    return e;
}

static enum err show_frame(struct request *rq)
{
    return refuse(&rq->cx, ERR_REFUSED, "frame", _("Hanya bingkai."));
}

static enum err put_family(struct ctx *cx, void *arg)
{
    return family_put(cx, arg, "Kelompok uji");
}

/* An act that nothing but the request's key keeps from being done twice. */
static enum err do_act(struct request *rq)
{
    const char *key = request_new_key(rq);
    char code[40];
    enum err e;

    snprintf(code, sizeof code, "uji-%s", key + ID_HEX_MAX - 1 - 8);
    if (!(e = act_run(&rq->cx, "family.put", 1, put_family, code))) {
        respond_redirect(rq, url_fixed("/jadi"));
    }
    return e;
}

/* The answer is lost: the program ends between the act and its answer. */
static enum err do_and_forget(struct request *rq)
{
    enum err e = do_act(rq);

    if (!e) {
        respond_bytes(rq, 200, &(struct file_about){.type = "text/plain"}, "", 0);
    }
    return e;
}

static enum err hold_file(struct request *rq)
{
    const char *name = input_text(&rq->in, "isi");
    char token[TOKEN_TEXT_MAX];
    enum err e = import_hold_put(token, &rq->cx, name, strlen(name));

    if (!e) {
        respond_bytes(rq, 200, &(struct file_about){.type = "text/plain"}, token, strlen(token));
    }
    return e;
}

static enum err held_file(struct request *rq)
{
    const char *bytes;
    size_t n;
    enum err e = import_hold_get(&bytes, &n, &rq->cx, input_text(&rq->in, "token"));

    if (!e) {
        respond_bytes(rq, 200, &(struct file_about){.type = "text/plain"}, bytes, n);
    }
    return e;
}

static const struct input act_inputs[] = {
    {.name = "kunci", .label = "Kunci", .type = INPUT_KEY, .required = true},
    INPUT_END,
};

static const struct input sale_inputs[] = {
    {.name = "uang", .label = "Uang", .type = INPUT_LINE},
    INPUT_END,
};

static const struct input hold_inputs[] = {
    {.name = "isi", .label = "Isi", .type = INPUT_LINE},
    INPUT_END,
};

static const struct input held_inputs[] = {
    {.name = "token", .label = "Token", .type = INPUT_LINE},
    INPUT_END,
};

enum { KEYED = ROUTE_DB | ROUTE_KEYED };

static const struct route table[] = {
    {METHOD_GET, "/masuk", ROUTE_PUBLIC, ROUTE_PAGE, 0, login_query_inputs, login_show, NULL},
    {METHOD_POST, "/masuk", ROUTE_PUBLIC, ROUTE_PAGE, 0, login_inputs, login_do, login_show},
    {METHOD_POST, "/keluar", ROUTE_PUBLIC, ROUTE_PAGE, 0, NULL, logout_do, NULL},
    {METHOD_GET, "/siapa", ROUTE_ANY_USER, ROUTE_PAGE, 0, NULL, answer_who, NULL},
    {METHOD_GET, "/baca", ROUTE_ANY_USER, ROUTE_PAGE, ROUTE_DB, NULL, read_page, NULL},
    {METHOD_POST, "/baca", ROUTE_ANY_USER, ROUTE_PAGE, ROUTE_DB, sale_inputs, read_page, NULL},
    {METHOD_GET, "/rusak/{nomor}", ROUTE_PUBLIC, ROUTE_PAGE, ROUTE_DB, NULL, broken_page, NULL},
    {METHOD_GET, "/bingkai", ROUTE_ANY_USER, ROUTE_PAGE, 0, NULL, show_frame, NULL},
    {METHOD_POST, "/kasir2", ROUTE_ANY_USER, ROUTE_PAGE, 0, NULL, take_till, NULL},
    {METHOD_POST, "/tindak", ROUTE_ANY_USER, ROUTE_PAGE, KEYED, act_inputs, do_act, NULL},
    {METHOD_POST, "/lupa", ROUTE_ANY_USER, ROUTE_PAGE, KEYED, act_inputs, do_and_forget, NULL},
    {METHOD_POST, "/titip", ROUTE_ANY_USER, ROUTE_PAGE, ROUTE_DB, hold_inputs, hold_file, NULL},
    {METHOD_GET, "/titip", ROUTE_ANY_USER, ROUTE_PAGE, ROUTE_DB, held_inputs, held_file, NULL},
    {METHOD_GET, "/healthz", ROUTE_PUBLIC, ROUTE_JSON, ROUTE_NO_SESSION, NULL, health_json, NULL},
};

static int open_both(void **state)
{
    (void)state;
    shop_open(&here, table, LENGTH(table), NULL);
    make_people(&here);
    faulty_share(here.store);
    shop_restart(&here, table, LENGTH(table));
    shop_beside(&there, &here, table, LENGTH(table));
    return 0;
}

static int close_both(void **state)
{
    (void)state;
    server_stop(there.server);
    shop_close(&here);
    return 0;
}

static int64_t acts(void)
{
    struct family_list families;

    shop_take(&here);
    assert_int_equal(family_all(&families, &here.cx), OK);
    shop_give(&here);
    return (int64_t)families.count;
}

/* ---- sessions ---- */

static void sessions_are_shared(void **state)
{
    struct browser b = sign_in(&here, "kasir");

    (void)state;
    assert_int_equal(status_of(&there, "GET /siapa", b.headers, NULL), 200);
    assert_int_equal(status_of(&here, "GET /siapa", b.headers, NULL), 200);
    assert_int_equal(post(&there, &b, "/keluar", ""), 303);
    assert_int_equal(status_of(&here, "GET /siapa", b.headers, NULL), 303);
    assert_int_equal(post(&here, &b, "/kasir2", ""), 401);
}

static void till_and_words_are_shared(void **state)
{
    struct browser b = sign_in(&here, "kasir");
    char body[100], cookie[700], headers[1100];
    struct answer a;

    (void)state;
    assert_int_equal(status_of(&there, "GET /bingkai", b.headers, NULL), 422);
    snprintf(body, sizeof body, "csrf=%s", b.csrf);
    a = ask(&here, "POST /kasir2", b.headers, body);
    assert_int_equal(a.status, 303);
    answer_cookie(&a, cookie, sizeof cookie);
    answer_done(&a);
    snprintf(headers, sizeof headers, "%.*s; %s\r\n", (int)strlen(b.headers) - 2, b.headers,
             cookie);
    a = ask(&there, "GET /bingkai", headers, NULL);
    expect(&a, 422, "Kasir 2 · Orang Rekaan");
    expect(&a, 422, "Kasir 2 dipilih.");
    answer_done(&a);
}

struct looker {
    pthread_t thread;
    const struct shop *shop;
    const struct browser *browser;
    int status;
};

static void *look(void *arg)
{
    struct looker *l = arg;

    l->status = status_of(l->shop, "GET /siapa", l->browser->headers, NULL);
    return NULL;
}

/* A page and what it loads come at once, and each of them says that the session is still used. */
static void a_session_used_by_many_at_once(void **state)
{
    struct browser b = sign_in(&here, "kasir");

    (void)state;
    for (int round = 0; round < ROUNDS; round++) {
        struct looker l[6];

        here.now.ms += 2 * 60 * 1000;
        for (size_t i = 0; i < LENGTH(l); i++) {
            l[i] = (struct looker){.shop = i % 2 ? &there : &here, .browser = &b};
            assert_int_equal(pthread_create(&l[i].thread, NULL, look, &l[i]), 0);
        }
        for (size_t i = 0; i < LENGTH(l); i++) {
            assert_int_equal(pthread_join(l[i].thread, NULL), 0);
            assert_int_equal(l[i].status, 200);
        }
    }
}

/* ---- keys ---- */

struct sender {
    pthread_t thread;
    const struct shop *shop;
    const struct browser *browser;
    const char *more;
    int status;
};

static void *send_act(void *arg)
{
    struct sender *s = arg;

    s->status = post(s->shop, s->browser, "/tindak", s->more);
    return NULL;
}

static void one_key_at_two(void **state)
{
    struct browser b = sign_in(&here, "pengelola");
    int64_t before = acts();

    (void)state;
    for (int round = 0; round < ROUNDS; round++) {
        char more[60];
        struct sender s[2] = {{.shop = &here}, {.shop = &there}};

        snprintf(more, sizeof more, "&kunci=%032d", round + 1);
        for (size_t i = 0; i < 2; i++) {
            s[i].browser = &b;
            s[i].more = more;
            assert_int_equal(pthread_create(&s[i].thread, NULL, send_act, &s[i]), 0);
        }
        for (size_t i = 0; i < 2; i++) {
            assert_int_equal(pthread_join(s[i].thread, NULL), 0);
            assert_int_equal(s[i].status, 303);
        }
        assert_int_equal(acts(), before + round + 1);
    }
}

static void a_lost_answer_is_not_a_second_act(void **state)
{
    struct browser b = sign_in(&here, "pengelola");
    char body[200], headers[500];
    int64_t before = acts();
    struct answer a;

    (void)state;
    snprintf(body, sizeof body, "csrf=%s&kunci=%032d", b.csrf, 9001);
    snprintf(headers, sizeof headers, "%sReferer: http://127.0.0.1:%u/siapa\r\n", b.headers,
             here.port);
    a = ask(&here, "POST /lupa", headers, body);
    expect(&a, 200, NULL);
    answer_done(&a);
    assert_int_equal(acts(), before + 1);
    a = ask(&here, "POST /lupa", headers, body);
    expect(&a, 303, "Set-Cookie: etalase_kabar=");
    answer_done(&a);
    assert_int_equal(acts(), before + 1);
}

/* ---- files between "check" and "save all" ---- */

static void hold(char token[TOKEN_TEXT_MAX], const struct browser *b, const char *text)
{
    char body[200];
    struct answer a;

    snprintf(body, sizeof body, "csrf=%s&isi=%s", b->csrf, text);
    a = ask(&here, "POST /titip", b->headers, body);
    expect(&a, 200, NULL);
    snprintf(token, TOKEN_TEXT_MAX, "%s", a.body);
    answer_done(&a);
}

static int held(const struct browser *b, const char *token, const char *text)
{
    char line[100];
    struct answer a;
    int status;

    snprintf(line, sizeof line, "GET /titip?token=%s", token);
    a = ask(&there, line, b->headers, NULL);
    status = a.status;
    assert_true(status != 200 || strcmp(a.body, text) == 0);
    answer_done(&a);
    return status;
}

static void held_files_are_shared(void **state)
{
    struct browser b = sign_in(&here, "pengelola"), other = sign_in(&here, "penyelia");
    char tokens[HOLD_FILES + 1][TOKEN_TEXT_MAX];

    (void)state;
    hold(tokens[0], &b, "satu");
    assert_int_equal(held(&b, tokens[0], "satu"), 200);
    assert_int_equal(held(&other, tokens[0], ""), 404);
    for (int i = 1; i <= HOLD_FILES; i++) {
        here.now.ms += 1000;
        hold(tokens[i], &b, "lain");
    }
    assert_int_equal(held(&b, tokens[0], ""), 404); /* made room */
    assert_int_equal(held(&b, tokens[1], "lain"), 200);
    here.now.ms += (int64_t)HOLD_MINUTES * 60000 - 1000;
    assert_int_equal(held(&b, tokens[1], ""), 404); /* too old */
    assert_int_equal(held(&b, tokens[HOLD_FILES], "lain"), 200);
}

/* ---- the store is away ---- */

static void a_page_is_read_again(void **state)
{
    struct browser b = sign_in(&here, "kasir");

    (void)state;
    reads = 0;
    fails = 1;
    assert_int_equal(status_of(&here, "GET /baca", b.headers, NULL), 200);
    assert_int_equal(reads, 2);
    reads = 0;
    fails = 100;
    assert_int_equal(status_of(&here, "GET /baca", b.headers, NULL), 503);
    assert_int_equal(reads, 3);
    /* What may have written is not done again. */
    reads = 0;
    assert_int_equal(post(&here, &b, "/baca", ""), 503);
    assert_int_equal(reads, 1);
    fails = 0;
}

/* What was typed stands in a form that sends it again: whether the session could be read or not. */
static void away_keeps_the_form(const struct browser *b)
{
    char body[200], csrf[200];
    struct answer a;

    snprintf(body, sizeof body, "csrf=%s&uang=150.000%%22%%3C", b->csrf);
    snprintf(csrf, sizeof csrf, "name=\"csrf\" value=\"%s\"", b->csrf);
    a = ask(&here, "POST /baca", b->headers, body);
    expect(&a, 503, "Retry-After: ");
    expect(&a, 503, "store-away");
    expect(&a, 503, "action=\"/baca\"");
    expect(&a, 503, "name=\"uang\" value=\"150.000&#34;&lt;\"");
    expect(&a, 503, csrf);
    answer_done(&a);
}

static void away_is_said(void **state)
{
    struct browser b = sign_in(&here, "kasir");
    struct answer a;
    struct db *db;

    (void)state;
    fails = 100;
    away_keeps_the_form(&b);
    fails = 0;
    if (home_is_server(&here.home)) {
        return; /* it has more than the one connection that fails here */
    }
    db = store_take(here.store);
    faulty_begin(db);
    faulty_arm(FAULT_AWAY, 1000);
    store_give(here.store, db);
    a = ask(&here, "GET /bingkai", b.headers, NULL);
    expect(&a, 503, "Retry-After: ");
    expect(&a, 503, "store-away");
    assert_null(strstr(a.text, "etalase.db")); /* where it is, is not for everybody */
    answer_done(&a);
    away_keeps_the_form(&b);
    a = ask(&here, "POST /masuk", OWN, "nama=kasir&sandi=" PASSWORD);
    expect(&a, 503, "store-away");
    assert_null(strstr(a.text, PASSWORD));
    answer_done(&a);
    a = ask(&here, "GET /healthz", "", NULL);
    expect(&a, 503, "Content-Type: application/problem+json");
    expect(&a, 503, "/masalah/store-away");
    answer_done(&a);
    db = store_take(here.store);
    faulty_end(db);
    store_give(here.store, db);
    assert_int_equal(status_of(&here, "GET /siapa", b.headers, NULL), 200);
    assert_int_equal(status_of(&here, "GET /healthz", "", NULL), 200);
}

/* Where the server is, and what it complained of, is for who runs it. */
static void where_is_not_said(void **state)
{
    static const int statuses[] = {503, 503, 403, 500, 507, 409, 500};
    const char *where = store_about(here.store).where;

    (void)state;
    for (size_t i = 0; i < LENGTH(statuses); i++) {
        char line[40];
        struct answer a;

        snprintf(line, sizeof line, "GET /rusak/%zu", i);
        a = ask(&here, line, "", NULL);
        expect(&a, statuses[i], "<h1>");
        assert_null(strstr(a.text, where));
        assert_null(strstr(a.text, "peran"));
        answer_done(&a);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sessions_are_shared),
        cmocka_unit_test(till_and_words_are_shared),
        cmocka_unit_test(a_session_used_by_many_at_once),
        cmocka_unit_test(one_key_at_two),
        cmocka_unit_test(a_lost_answer_is_not_a_second_act),
        cmocka_unit_test(held_files_are_shared),
        cmocka_unit_test(a_page_is_read_again),
        cmocka_unit_test(away_is_said),
        cmocka_unit_test(where_is_not_said),
    };

    return cmocka_run_group_tests(tests, open_both, close_both);
}
