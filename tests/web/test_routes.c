/* The route table: every address for every role, guarded as its row says. */
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

static const struct route table[] = {
    {METHOD_GET, "/masuk", ROUTE_PUBLIC, ROUTE_PAGE, 0, login_query_inputs, login_show, NULL},
    {METHOD_POST, "/masuk", ROUTE_PUBLIC, ROUTE_PAGE, 0, login_inputs, login_do, login_show},
    {METHOD_GET, "/siapa", ROUTE_ANY_USER, ROUTE_PAGE, 0, NULL, answer_who, NULL},
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

/* An address of that pattern. */
static void sample(char *out, size_t room, const struct route *r)
{
    size_t n = 0;

    n += (size_t)snprintf(out, room, "%s ", r->method == METHOD_POST ? "POST" : "GET");
    for (const char *p = r->path; *p && n + 1 < room; p++) {
        if (*p == '{') {
            p += strcspn(p, "}");
            out[n++] = '1';
        } else {
            out[n++] = *p;
        }
    }
    out[n] = '\0';
}

static int expected(const struct route *r, enum role role)
{
    if (r->roles & ROUTE_PUBLIC) {
        return 200;
    }
    if (role == ROLE_NONE) {
        return r->kind == ROUTE_JSON || r->method == METHOD_POST ? 401 : 303;
    }
    return r->roles & (unsigned)role ? 200 : 403;
}

static void check_route(const struct route *r, enum role role, const char *headers,
                        const char *csrf)
{
    char line[300], body[100];
    struct answer a;

    sample(line, sizeof line, r);
    snprintf(body, sizeof body, "csrf=%s", csrf);
    if (r->kind == ROUTE_JSON) {
        snprintf(body, sizeof body, "{}");
    }
    a = ask(&shop, line, headers, r->method == METHOD_POST ? body : NULL);
    if (a.status != expected(r, role)) {
        fail_msg("%s as role %d: %d, not %d", line, (int)role, a.status, expected(r, role));
    }
    if (a.status == 303) {
        assert_non_null(strstr(a.text, "Location: /masuk"));
    }
    answer_done(&a);
}

/* The guards of the program's own table; what stands behind them is replaced. */
static void every_route_for_every_role(void **state)
{
    struct route *copy = test_calloc(routes_count + 2, sizeof *copy);
    char headers[400], token[TOKEN_TEXT_MAX];
    static const char json[] = "Content-Type: application/json\r\n";

    (void)state;
    for (size_t i = 0; i < routes_count; i++) {
        copy[i] = routes[i];
        copy[i].flags &= ROUTE_NO_SESSION | ROUTE_ANY_CASE;
        copy[i].fields = NULL;
        copy[i].handle = answer_who;
        copy[i].again = NULL;
    }
    for (size_t k = 0; k <= PEOPLE; k++) {
        struct browser b = {.headers = OWN};
        enum role role = ROLE_NONE;

        token[0] = '\0';
        if (k < PEOPLE) {
            role = people[k].role;
            b = sign_in(&shop, people[k].login);
            shop_take(&shop);
            assert_int_equal(token_create(&shop.cx, token, people[k].login, role), OK);
            shop_give(&shop);
        }
        shop_restart(&shop, copy, routes_count);
        for (size_t i = 0; i < routes_count; i++) {
            if (routes[i].kind == ROUTE_JSON) {
                snprintf(headers, sizeof headers, "%s%s%s\r\n", json,
                         token[0] ? "Authorization: Bearer " : "X: ", token);
            } else {
                snprintf(headers, sizeof headers, "%s", b.headers);
            }
            check_route(&routes[i], role, headers, b.csrf);
        }
        shop_restart(&shop, table, LENGTH(table));
    }
    print_message("%zu routes x %d\n", routes_count, PEOPLE + 1);
    test_free(copy);
}

/* A row that an earlier one hides would be guarded by the wrong line. */
static void no_route_hides_another(void **state)
{
    char line[300];

    (void)state;
    for (size_t i = 0; i < routes_count; i++) {
        struct route_match m;

        sample(line, sizeof line, &routes[i]);
        m = route_find(routes, routes_count, routes[i].method, strchr(line, ' ') + 1);
        if (m.route != &routes[i]) {
            fail_msg("%s is hidden", routes[i].path);
        }
    }
}

/* What changes something is POST, is guarded, and machines carry keys. */
static void the_table_keeps_its_rules(void **state)
{
    (void)state;
    for (size_t i = 0; i < routes_count; i++) {
        const struct route *r = &routes[i];
        bool machine = strncmp(r->path, "/api/", 5) == 0;

        if (!r->handle || !r->roles || (r->roles & ~(unsigned)(ROUTE_ANY_USER | ROUTE_PUBLIC)) ||
            (machine && r->kind != ROUTE_JSON) ||
            (machine && r->method == METHOD_POST && !(r->flags & ROUTE_KEYED)) ||
            (r->method == METHOD_GET && (r->flags & (ROUTE_KEYED | ROUTE_UPLOAD))) ||
            (r->kind == ROUTE_JSON && r->method == METHOD_POST && (r->roles & ROUTE_PUBLIC))) {
            fail_msg("%s", r->path);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_route_for_every_role),
        cmocka_unit_test(no_route_hides_another),
        cmocka_unit_test(the_table_keeps_its_rules),
    };

    return cmocka_run_group_tests(tests, open_shop, close_shop);
}
