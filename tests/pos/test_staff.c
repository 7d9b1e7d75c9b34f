/* People, settings, the site's first facts, kept answers. */
#include "tests/story.h"

#include "inventory/base/secret.h"
#include "inventory/fact.h"
#include "pos/idem.h"
#include "pos/ledger.h"
#include "pos/staff.h"

static struct staff_new person(const char *login, enum role role)
{
    return (struct staff_new){
        .login = login, .name = "Rina Contoh", .role = role, .password_hash = "$hash$"};
}

static void test_first_admin(void **state)
{
    struct staff_new admin = person("admin", ROLE_NONE);
    char token[TOKEN_TEXT_MAX], newer[TOKEN_TEXT_MAX];
    struct staff_id id;
    struct staff who;
    struct story s;
    bool open;

    (void)state;
    story_open(&s, "KEP-1990");
    STORY_OK(&s, first_admin_token(token, &s.cx));
    STORY_OK(&s, first_admin_open(&open, &s.cx, token));
    assert_true(open);
    STORY_OK(&s, first_admin_token(newer, &s.cx)); /* a second start: the first link is void */
    STORY_OK(&s, first_admin_open(&open, &s.cx, token));
    assert_false(open);
    STORY_REFUSED(&s, first_admin_create(&id, &s.cx, token, &admin), ERR_FORBIDDEN, "token-bad");
    story_wait(&s, INT64_C(25) * 3600000);
    STORY_REFUSED(&s, first_admin_create(&id, &s.cx, newer, &admin), ERR_FORBIDDEN, "token-bad");
    STORY_OK(&s, first_admin_token(newer, &s.cx));
    STORY_OK(&s, first_admin_create(&id, &s.cx, newer, &admin));
    STORY_OK(&s, staff_by_login(&who, &s.cx, "admin"));
    assert_int_equal(who.role, ROLE_ADMIN);
    STORY_REFUSED(&s, first_admin_create(&id, &s.cx, newer, &admin), ERR_CONFLICT, "admin-exists");
    STORY_REFUSED(&s, first_admin_token(newer, &s.cx), ERR_CONFLICT, "admin-exists");
    STORY_REFUSED(&s, staff_revise(&s.cx, "admin", "Rina", ROLE_CASHIER, true), ERR_REFUSED,
                  "last-admin");
    STORY_REFUSED(&s, staff_revise(&s.cx, "admin", "Rina", ROLE_ADMIN, false), ERR_REFUSED,
                  "last-admin");
    story_close(&s);
}

static void test_people(void **state)
{
    static const struct {
        const char *login, *name;
        enum role role;
        enum err want;
        const char *slug;
    } bad[] = {
        {"R", "Rina", ROLE_CASHIER, ERR_INVALID, "login-bad"},
        {"Rina", "Rina", ROLE_CASHIER, ERR_INVALID, "login-bad"},
        {"1rina", "Rina", ROLE_CASHIER, ERR_INVALID, "login-bad"},
        {"ri na", "Rina", ROLE_CASHIER, ERR_INVALID, "login-bad"},
        {"rina", "", ROLE_CASHIER, ERR_INVALID, "name-missing"},
        {"rina", "Rina\nBaru", ROLE_CASHIER, ERR_INVALID, "name-missing"},
        {"rina", "Rina", ROLE_NONE, ERR_INVALID, "role-bad"},
        {"kasir", "Rina", ROLE_CASHIER, ERR_CONFLICT, "login-taken"},
    };
    struct staff_new kasir = person("kasir", ROLE_CASHIER);
    struct staff_list all;
    struct staff_login login;
    struct staff_id id;
    struct story s;

    (void)state;
    story_open(&s, "KEP-1990");
    STORY_OK(&s, staff_create(&id, &s.cx, &kasir));
    for (size_t i = 0; i < LENGTH(bad); i++) {
        struct staff_new w = person(bad[i].login, bad[i].role);

        w.name = bad[i].name;
        STORY_REFUSED(&s, staff_create(&id, &s.cx, &w), bad[i].want, bad[i].slug);
    }
    STORY_OK(&s, staff_login(&login, &s.cx, "kasir"));
    assert_true(login.known);
    assert_string_equal(login.hash, "$hash$");
    STORY_OK(&s, staff_set_password(&s.cx, "kasir", "$lain$"));
    STORY_OK(&s, staff_login(&login, &s.cx, "kasir"));
    assert_string_equal(login.hash, "$lain$");
    STORY_REFUSED(&s, staff_set_password(&s.cx, "siapa", "$x$"), ERR_NOT_FOUND, "login-unknown");
    STORY_OK(&s, staff_revise(&s.cx, "kasir", "Rina Baru", ROLE_SUPERVISOR, false));
    STORY_OK(&s, staff_revise(&s.cx, "kasir", "Rina Baru", ROLE_SUPERVISOR, false)); /* nothing */
    STORY_OK(&s, staff_login(&login, &s.cx, "kasir"));
    assert_false(login.known);
    STORY_OK(&s, staff_login(&login, &s.cx, "tidak-ada"));
    assert_false(login.known);
    STORY_OK(&s, staff_all(&all, &s.cx));
    assert_int_equal(all.count, 1);
    assert_int_equal(all.items[0].rev, 2);
    story_close(&s);
}

static void test_waits(void **state)
{
    static const int64_t waits_ms[] = {0, 0, 1000, 2000, 4000, 8000};
    struct staff_login login;
    struct story s;

    (void)state;
    story_open(&s, "KEP-1990");
    for (size_t i = 0; i < LENGTH(waits_ms); i++) {
        STORY_OK(&s, staff_login_note(&s.cx, "kasir", false));
        STORY_OK(&s, staff_login(&login, &s.cx, "kasir"));
        assert_int_equal(login.wait_until.ms, waits_ms[i] ? s.now.ms + waits_ms[i] : 0);
    }
    for (int i = 0; i < 20; i++) {
        STORY_OK(&s, staff_login_note(&s.cx, "kasir", false));
    }
    STORY_OK(&s, staff_login(&login, &s.cx, "kasir"));
    assert_int_equal(login.wait_until.ms, s.now.ms + 300000);
    STORY_OK(&s, staff_login_note(&s.cx, "kasir", true));
    STORY_OK(&s, staff_login(&login, &s.cx, "kasir"));
    assert_int_equal(login.wait_until.ms, 0);
    story_close(&s);
}

static void test_settings(void **state)
{
    static const struct {
        const char *name, *value;
        enum err want;
    } rows[] = {
        {"unit.name", "Galeri Baru", OK},
        {"unit.name", "", ERR_INVALID},
        {"unit.name", "dua\nbaris", ERR_INVALID},
        {"tills", "0", ERR_INVALID},
        {"tills", "33", ERR_INVALID},
        {"tills", "2x", ERR_INVALID},
        {"label.host", "galeri.example", ERR_INVALID}, /* capitals, as on the label */
        {"label.host", "GALERI.EXAMPLE/X", ERR_INVALID},
        {"label.host", "GALERI.GO.ID", OK},
        {"receipt.format", "{no}", ERR_INVALID},
        {"receipt.format", "{year}-{till}-{epoch}{no}", OK},
        {"deadline.rule", "SAME_DAY", OK},
        {"deadline.rule", "BESOK", ERR_INVALID},
        {"split.rule.batik", "OMZET-25", OK},
        {"split.rule.batik", "", ERR_INVALID},
        {"warna", "biru", ERR_NOT_FOUND},
    };
    struct settings now;
    const char *value;
    struct story s;

    (void)state;
    story_open(&s, "KEP-1990");
    for (size_t i = 0; i < LENGTH(rows); i++) {
        assert_int_equal(setting_set(&s.cx, rows[i].name, rows[i].value), rows[i].want);
    }
    STORY_OK(&s, settings_now(&now, &s.cx));
    assert_string_equal(now.unit_name, "Galeri Baru");
    assert_string_equal(now.label_host, "GALERI.GO.ID");
    assert_string_equal(now.satker, "632331");
    assert_string_equal(settings_split_rule(&now, "batik"), "OMZET-25");
    assert_string_equal(settings_split_rule(&now, "mebel"), "KEP-1990");
    assert_int_equal(now.tills, 3);
    assert_int_equal(now.deposit_close_min, 900);
    assert_false(now.demo);
    STORY_OK(&s, setting_get(&value, &s.cx, "unit.city"));
    assert_string_equal(value, "Tarakan");
    STORY_OK(&s, setting_get(&value, &s.cx, "tidak.ada"));
    assert_string_equal(value, "");
    story_close(&s);
}

static void test_site(void **state)
{
    struct account_list accounts;
    struct site found;
    struct place p;
    struct story s;

    (void)state;
    story_open(&s, NULL);
    STORY_REFUSED(&s, site_init(&s.cx, &(struct site_new){.unit_name = "Lagi"}), ERR_CONFLICT,
                  "site-exists");
    STORY_OK(&s, site_load(&found, &s.cx));
    assert_string_equal(found.code, "632331");
    assert_int_equal(found.zone.offset_min, 480);
    STORY_OK(&s, place_of_kind(&p, &s.cx, PLACE_SHOWROOM));
    STORY_OK(&s, account_all(&accounts, &s.cx));
    assert_int_equal(accounts.count, 3 + 4 + 4); /* drawers, own accounts, revenue accounts */
    for (size_t i = 0; i < accounts.count; i++) {
        assert_int_equal(accounts.items[i].balance.rp, 0);
    }
    story_close(&s);
}

struct keep {
    struct idem_id key;
    struct digest content;
};

static enum err keep_work(struct ctx *cx, void *arg)
{
    const struct keep *k = arg;

    return idem_keep(cx, k->key, &k->content,
                     &(struct idem_answer){.status = 201, .body = "{\"ok\":true}", .n = 11});
}

static void test_answers(void **state)
{
    struct keep k = {.key = story_key("kunci"), .content = {{1}}};
    struct digest other = {{2}};
    struct idem_answer answer;
    struct idem_id a, b;
    struct story s;

    (void)state;
    story_open(&s, "KEP-1990");
    STORY_OK(&s, idem_find(&answer, &s.cx, k.key, &k.content));
    assert_false(answer.found);
    STORY_OK(&s, local_run(&s.cx, keep_work, &k));
    STORY_OK(&s, idem_find(&answer, &s.cx, k.key, &k.content));
    assert_true(answer.found);
    assert_int_equal(answer.status, 201);
    assert_string_equal(answer.body, "{\"ok\":true}");
    STORY_REFUSED(&s, idem_find(&answer, &s.cx, k.key, &other), ERR_CONFLICT, "key-reused");

    STORY_OK(&s, idem_read(&a, &s.cx, "00112233445566778899aabbccddeeff"));
    assert_int_equal(a.bytes[1], 0x11);
    STORY_OK(&s, idem_read(&a, &s.cx, "penjualan-1"));
    STORY_OK(&s, idem_read(&b, &s.cx, "penjualan-2"));
    assert_false(idem_id_equal(a, b));
    STORY_REFUSED(&s, idem_read(&a, &s.cx, ""), ERR_INVALID, "key-bad");
    STORY_OK(&s, idem_read(&a, &s.cx, "00000000000000000000000000000000"));
    assert_false(idem_id_is_nil(a));
    story_close(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_first_admin), cmocka_unit_test(test_people),
        cmocka_unit_test(test_waits),       cmocka_unit_test(test_settings),
        cmocka_unit_test(test_site),        cmocka_unit_test(test_answers),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
