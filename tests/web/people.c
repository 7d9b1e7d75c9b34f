/* The people of a showroom, and their browsers. */
#include "people.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "inventory/base/arena.h"
#include "inventory/base/secret.h"
#include "pos/pnbp/reference.h"
#include "pos/setting.h"
#include "pos/staff.h"
#include "pos/web/request.h"
#include "pos/web/respond.h"

const struct person people[PEOPLE] = {
    {"kasir", ROLE_CASHIER},       {"bengkel", ROLE_WORKSHOP},    {"mitra", ROLE_PARTNER},
    {"bendahara", ROLE_TREASURER}, {"penyelia", ROLE_SUPERVISOR}, {"auditor", ROLE_AUDITOR},
    {"pengelola", ROLE_ADMIN},
};

enum err answer_who(struct request *rq)
{
    static const struct file_about text = {.type = "text/plain"};
    const char *who = arena_format(rq->cx.arena, "%s %d %s", rq->cx.actor, (int)rq->cx.role,
                                   rq->session ? rq->session->csrf : "-");

    respond_bytes(rq, 200, &text, who, strlen(who));
    return OK;
}

void make_people(struct shop *shop)
{
    char hash[PASSWORD_HASH_MAX];
    struct why why = {.code = OK};

    assert_int_equal(reference_start(&why), OK);
    assert_true(password_hash(hash, PASSWORD));
    shop_take(shop);
    if (site_init(&shop->cx, &(struct site_new){.unit_name = "Galeri Uji"})) {
        fail_msg("%s", shop->cx.why.text);
    }
    for (size_t i = 0; i < LENGTH(people); i++) {
        struct staff_id id;

        if (staff_create(&id, &shop->cx,
                         &(struct staff_new){.login = people[i].login,
                                             .name = "Orang Rekaan",
                                             .role = people[i].role,
                                             .password_hash = hash})) {
            fail_msg("%s", shop->cx.why.text);
        }
    }
    shop_give(shop);
}

int status_of(const struct shop *shop, const char *line, const char *headers, const char *body)
{
    struct answer a = ask(shop, line, headers, body);
    int status = a.status;

    answer_done(&a);
    return status;
}

struct browser sign_in(const struct shop *shop, const char *login)
{
    struct browser b;
    char body[200], cookie[160];
    struct answer a;

    snprintf(body, sizeof body, "nama=%s&sandi=" PASSWORD, login);
    a = ask(shop, "POST /masuk", OWN, body);
    expect(&a, 303, "Location: /\r\n");
    answer_cookie(&a, cookie, sizeof cookie);
    answer_done(&a);
    snprintf(b.headers, sizeof b.headers, OWN "Cookie: %s\r\n", cookie);
    a = ask(shop, "GET /siapa", b.headers, NULL);
    expect(&a, 200, login);
    snprintf(b.csrf, sizeof b.csrf, "%s", strrchr(a.body, ' ') + 1);
    assert_int_equal(strlen(b.csrf), 43);
    answer_done(&a);
    return b;
}

int post(const struct shop *shop, const struct browser *b, const char *path, const char *more)
{
    char body[300], line[100];

    snprintf(line, sizeof line, "POST %s", path);
    snprintf(body, sizeof body, "csrf=%s%s", b->csrf, more);
    return status_of(shop, line, b->headers, body);
}
