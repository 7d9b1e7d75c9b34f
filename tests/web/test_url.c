/* Links inside this program: what may be one, and how parts are added. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "attr.h"
#include "inventory/base/arena.h"
#include "pos/web/url.h"

/* ---- links ---- */

static const struct {
    const char *text;
    bool ok;
} links[] = {
    {"/", true},
    {"/kasir", true},
    {"/laporan/harian?tgl=2026-11-22&x=%20y#a", true},
    {"/P/A7K2M9QXP4", true},
    {"", false},
    {"kasir", false},
    {"//jahat.example", false},
    {"/\\jahat.example", false},
    {"\\/jahat", false},
    {"/\t/jahat", false},
    {"/\n/jahat", false},
    {" /x", false},
    {"/x y", false},
    {"/x\"y", false},
    {"/x'y", false},
    {"/<b>", false},
    {"/\x7f", false},
    {"/\xc3\xa9", false},
    {"/a/../b", false},
    {"/..", false},
    {"/a?b=/../c", true},
    {"/%", false},
    {"/%2", false},
    {"/%zz", false},
    {"/%0a", false},
    {"/%00", false},
    {"https://jahat.example/", false},
    {"javascript:alert(1)", false},
};

static void test_links(void **state)
{
    struct arena *a = arena_new(65536);
    char longest[URL_TEXT_MAX + 2];
    struct url url;

    (void)state;
    for (size_t i = 0; i < LENGTH(links); i++) {
        const bool ok = url_local(&url, a, links[i].text);
        if (ok != links[i].ok) {
            fail_msg("\"%s\" is%s taken", links[i].text, ok ? "" : " not");
        }
        assert_int_equal(url.local != NULL, ok);
    }
    assert_false(url_local(&url, a, NULL));
    memset(longest, 'a', sizeof(longest));
    longest[0] = '/';
    longest[URL_TEXT_MAX] = '\0';
    assert_false(url_local(&url, a, longest));
    longest[URL_TEXT_MAX - 1] = '\0';
    assert_true(url_local(&url, a, longest));
    assert_null(url_part(a, url, "a").local);
    arena_free(a);
}

static void test_link_parts(void **state)
{
    struct arena *a = arena_new(65536);
    struct url url = url_part(a, url_fixed("/struk"), "1/401234/2026/000412");

    (void)state;
    assert_string_equal(url.local, "/struk/1%2F401234%2F2026%2F000412");
    assert_string_equal(url_part(a, url_fixed("/"), "x").local, "/x");
    url = url_query(a, url, "q", "a b&c=\xc3\xa9\"");
    assert_string_equal(url.local, "/struk/1%2F401234%2F2026%2F000412?q=a%20b%26c%3D%C3%A9%22");
    url = url_query_int(a, url, "hal", -3);
    assert_non_null(strstr(url.local, "&hal=-3"));
    assert_string_equal(url_anchor(a, url_fixed("/a?b"), "c d").local, "/a?b#c%20d");
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_links),
        cmocka_unit_test(test_link_parts),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
