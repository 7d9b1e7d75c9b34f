/* Templates: everything that must be refused at start-up, and the sentence for the developer. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "attr.h"
#include "tests/web/tpl_fixture.h"

/* ---- what is refused ---- */

static const struct {
    const char *html, *because;
} refused[] = {
    /* names and holes */
    {"{{unknown}}", "no field \"unknown\""},
    {"{{Text}}", "is no field's name"},
    {"{{inner.unknown}}", "no field"},
    {"{{text.word}}", "no field"},
    {"{{}}", "is no field's name"},
    {"{{name}}", "no field \"name\""},
    {"{{#lines}}{{/lines}}{{name}}", "no field \"name\""},
    {"{{text", "not closed"},
    {"{{text}", "not closed"},
    {"{{{text}}}", "not closed"},
    {"{{! a { b }}", "holds a brace"},
    {"{{yes}}", "is no text"},
    {"{{lines}}", "is no text"},
    {"{{inner}}", "is no text"},
    {"\n\n<p>{{unknown}}</p>", "t.html:3: "},
    {"{{! \n\n }}{{unknown}}", "t.html:3: "},
    /* where a field stands */
    {"<{{text}}>", "may stand only in text"},
    {"<p{{text}}>", "may stand only in text"},
    {"<p {{text}}>", "may stand only in text"},
    {"<p {{text}}=\"x\">", "may stand only in text"},
    {"<p title={{text}}>", "may stand only in text"},
    {"<p title=\"x\"{{text}}>", "may stand only in text"},
    {"<p></{{text}}>", "may stand only in text"},
    {"<p></p{{text}}>", "may stand only in text"},
    {"<!{{text}}>", "may stand only in text"},
    {"<p title='{{text}}'>", "double quotes"},
    {"<p title=x{{text}}>", "double quotes"},
    {"&{{text}};", "unfinished &"},
    {"<p title=\"&#{{small}};\">", "unfinished &"},
    {"<a href=\"/x?&#{{small}};\">", "unfinished &"},
    {"&a{{?yes}};{{/yes}}", "inside &"},
    /* the short list */
    {"<p style=\"{{text}}\">", "attribute is refused"},
    {"<p style=\"color:red\">", "attribute is refused"},
    {"<p STYLE=\"color:red\">", "attribute is refused"},
    {"<p onclick=\"{{text}}\">", "attribute is refused"},
    {"<p onclick=\"x()\">", "attribute is refused"},
    {"<p OnClick=\"x()\">", "attribute is refused"},
    {"<p onclick>", "attribute is refused"},
    {"<p {{?yes}}onclick{{/yes}}>", "attribute is refused"},
    {"<img srcset=\"/a.png 2x\">", "attribute is refused"},
    {"<p srcdoc=\"x\">", "attribute is refused"},
    {"<input type=\"{{text}}\">", "short list"},
    {"<meta http-equiv=\"refresh\" content=\"{{text}}\">", "short list"},
    {"<meta content=\"{{_ Bayar}}\">", "short list"},
    {"<a rel=\"{{text}}\">", "short list"},
    {"<a target=\"{{text}}\">", "short list"},
    {"<form method=\"{{text}}\">", "short list"},
    {"<svg><rect width=\"{{text}}\"/></svg>", "whole numbers"},
    {"<svg><rect x=\"{{total}}\"/></svg>", "whole numbers"},
    /* links */
    {"<a href=\"{{text}}\">", "only a struct url may begin"},
    {"<a href=\"{{small}}\">", "only a struct url may begin"},
    {"<a HREF=\"{{text}}\">", "only a struct url may begin"},
    {"<form action=\"{{text}}\">", "only a struct url may begin"},
    {"<button formaction=\"{{text}}\">", "only a struct url may begin"},
    {"<img src=\"{{text}}\">", "only a struct url may begin"},
    {"<svg><use xlink:href=\"{{text}}\"/></svg>", "only a struct url may begin"},
    {"<a href=\"javascript:f({{small}})\">", "a link must begin"},
    {"<a href=\"javascript:f()\">", "a link must begin"},
    {"<a href=\" javascript:f()\">", "no blank"},
    {"<a href=\"&#106;avascript:f()\">", "a link must begin"},
    {"<a href=\"data:text/html,x\">", "a link must begin"},
    {"<a href=\"http://x\">", "a link must begin"},
    {"<a href=\"https:/x\">", "a link must begin"},
    {"<a href=\"https://{{text}}\">", "another host"},
    {"<a href=\"https://x/{{text}}\">", "another host"},
    {"<a href=\"https\">", "ends too early"},
    {"<a href=\"x\">", "a link must begin"},
    {"<a href=\"//x\">", "leaves this host"},
    {"<a href=\"/&#47;x\">", "leaves this host"},
    {"<a href=\"/\\x\">", "no blank and no backslash"},
    {"<a href=\"/\t/x\">", "no blank and no backslash"},
    {"<a href=\"/{{text}}\">", "write a word after"},
    {"<a href=\"/{{nothing}}/{{text}}\">", "write a word after"},
    {"<a href=\"/{{?no}}a{{/no}}/x\">", "beginning of a link"},
    {"<a href=\"{{?no}}/a{{/no}}{{text}}\">", "beginning of a link"},
    {"<a href=\"{{back}}/{{text}}\">", "after a struct url"},
    {"<a href=\"{{root}}&#47;x\">", "after a struct url"},
    {"<a href=\"{{root}}{{?no}}?{{/no}}/x\">", "after a struct url"},
    {"<a href=\"{{root}}{{nothing}}/x\">", "after a struct url"},
    {"<a href=\"/x?{{total}}\">", "in a link only"},
    {"<a href=\"/x?{{_ Bayar}}\">", "translated text"},
    {"<a href=\"{{@none.css}}\">", "no static file"},
    {"<a href=\"/x{{@app.css}}\">", "only begin a link"},
    {"<p title=\"{{@app.css}}\">", "only begin a link"},
    {"{{@app.css}}", "only begin a link"},
    /* scripts, styles, comments, elements */
    {"<script>alert(1)</script>", "must be empty"},
    {"<script>{{text}}</script>", "must be empty"},
    {"<script> </script>", "must be empty"},
    {"<script>{{?yes}}{{/yes}}</script>", "must be empty"},
    {"<script><p></p></script>", "may hold no tags"},
    {"<script/>", "only void elements"},
    {"<style>p{}</style>", "element is refused"},
    {"<style></style>", "element is refused"},
    {"<STYLE>{{text}}</STYLE>", "element is refused"},
    {"<iframe src=\"/x\"></iframe>", "element is refused"},
    {"<object data=\"/x\"></object>", "element is refused"},
    {"<base href=\"/x\">", "element is refused"},
    {"<plaintext>", "element is refused"},
    {"<svg><set/></svg>", "element is refused"},
    {"<svg><foreignObject></foreignObject></svg>", "element is refused"},
    {"<p><!-- {{text}} --></p>", "comments are refused"},
    {"<!-- x -->", "comments are refused"},
    {"<p></p><!doctype html>", "comments are refused"},
    {"<!doctype htm>", "only <!doctype html>"},
    {"<?php x ?>", "must begin a tag"},
    {"a < b", "must begin a tag"},
    {"<![CDATA[x]]>", "only <!doctype html>"},
    {"<title><b>x</b></title>", "may hold no tags"},
    {"<textarea><b>{{text}}</b></textarea>", "may hold no tags"},
    {"<title>{{>part}}</title>", "between tags"},
    /* quotes: the two lessons first */
    {"<a href='javascript:f(\"{{text}}\")'>", "double quotes"},
    {"<a title=x\"{{text}}\">", "double quotes"},
    {"<a \"{{text}}\">", "no quote without '='"},
    {"<a title\"{{text}}\">", "blank must stand between attributes"},
    {"<a title=\"x\"\"{{text}}\">", "blank must stand between attributes"},
    {"<a title=\"x\"class=\"y\">", "blank must stand between attributes"},
    {"<a title = \"x\">", "only attributes may stand"},
    {"<a title= \"x\">", "double quotes"},
    {"<a title=\"it's\">", "single quotes"},
    {"<a title=\"<b>\">", "'<' are refused"},
    {"<a <b>", "no '<'"},
    {"<a/b>", "must be followed by '>'"},
    {"<a =\"x\">", "only attributes may stand"},
    {"<a title=`x`>", "double quotes"},
    {"<p \x01>", "control characters"},
    {"<p title=\"\r\">", "control characters"},
    {"\xff", "not UTF-8"},
    /* sections */
    {"{{?yes}}", "of line 1 is not closed"},
    {"{{/yes}}", "not open"},
    {"{{?yes}}{{/no}}", "closes {{yes}} of line 1"},
    {"{{?yes}}{{#lines}}{{/yes}}{{/lines}}", "closes {{lines}} of line 1"},
    {"{{#yes}}{{/yes}}", "it is no list"},
    {"{{#text}}{{/text}}", "it is no list"},
    {"{{?total}}{{/total}}", "no flag, text, link or list"},
    {"{{?small}}{{/small}}", "no flag, text, link or list"},
    {"{{^inner}}{{/inner}}", "no flag, text, link or list"},
    {"{{?unknown}}{{/unknown}}", "no field"},
    {"<p>{{?yes}}</p>{{/yes}}", "opened before it"},
    {"<p>{{?yes}}</p><p>{{/yes}}</p>", "opened before it"},
    {"{{?yes}}<p>{{/yes}}</p>", "where it began"},
    {"{{?yes}}<p {{/yes}}>", "where it began"},
    {"<p {{?yes}}>{{/yes}}</p>", "whole attributes"},
    {"<br {{?yes}}><br {{/yes}}>", "whole attributes"},
    {"<p {{?yes}}title=\"{{/yes}}\">", "whole attributes"},
    {"<p {{?yes}}title={{/yes}}\"x\">", "whole attributes"},
    {"<p{{?yes}} title=\"x\"{{/yes}}>", "after a blank"},
    {"<p {{?yes}}title{{/yes}}=\"x\">", "blank must stand between attributes"},
    {"<p {{?yes}}title{{/yes}}class=\"x\">", "blank must stand between attributes"},
    {"<p {{#lines}}title{{/lines}}>", "may not make attributes"},
    {"<p title={{?yes}}\"x\"{{/yes}}>", "after a blank"},
    {"<p title=\"{{?yes}}\" class=\"{{/yes}}\">", "in the value where it began"},
    {"<p title=\"{{?yes}}\">{{/yes}}</p>", "where it began"},
    {"<title>{{?yes}}</title>{{/yes}}", "opened before it"},
    /* words */
    {"{{_Bayar}}", "a blank must follow"},
    {"{{_ }}", "holds no text"},
    {"{{_}}", "a blank must follow"},
    {"<p {{_ Bayar}}>", "only in text or in a value"},
    {"<a href=\"{{_ Bayar}}\">", "only in text or in a value"},
    {"{{_ a %s|small|text}}", "fewer %s than fields"},
    {"{{_ a %s %s|small}}", "no %s of its fields"},
    {"{{_ a %d|small}}", "no %s of its fields"},
    {"{{_ a %s|unknown}}", "no field \"unknown\""},
    {"{{_ a %s|yes}}", "is no text"},
    {"<script>{{_ Bayar}}</script>", "must be empty"},
    /* files */
    {"{{>none}}", "t.html:1: there is no template \"none.html\""},
    {"<p title=\"{{>part}}\">", "between tags"},
    {"<p>{{>crossing}}</p>", "crossing.html:1: "},
    {"<p>{{>open_end}}</p>", "{{>open_end}}: "},
    {"{{?yes}}{{>closes}}", "closes.html:1: "},
    {"{{>again}}", "too deep"},
    {"{{>body}}{{>body}}", "stands twice"},
    /* the file as a whole */
    {"<p>", "before every element is closed"},
    {"<p", "ends inside a tag"},
    {"<p title=\"x", "ends inside a tag"},
    {"</p>", "opened before it"},
    {"<b><i></b></i>", "opened last"},
    {"<p/>", "only void elements"},
    {"<p></p >", "end tag holds its name"},
    {"<abcdefghijklmnopqrstuvwxyzabcdefghijklmnop>", "too long"},
};

static void test_refused(void **state)
{
    (void)state;
    for (size_t i = 0; i < LENGTH(refused); i++) {
        struct tpl *t = NULL;
        struct why why = {0};
        if (tpl_text_compile(&t, refused[i].html, LANG_ID, &why) == OK) {
            fail_msg("not refused: %s", refused[i].html);
        }
        assert_null(t);
        assert_int_equal(why.code, ERR_INVALID);
        if (!strstr(why.text, refused[i].because)) {
            fail_msg("%s\n  said: %s\n  not:  %s", refused[i].html, why.text, refused[i].because);
        }
    }
}

static void test_missing_file(void **state)
{
    const struct embedded none[] = {{NULL, NULL, 0}};
    const struct tpl_env env = {.files = none};
    struct tpl *t = NULL;
    struct why why = {0};

    (void)state;
    assert_int_equal(tpl_compile(&t, &env, "t.html", tpl_page_fields, LANG_ID, &why), ERR_INVALID);
    assert_non_null(strstr(why.text, "there is no template \"t.html\""));
}

static void test_deep(void **state)
{
    char html[4096] = "";
    struct tpl *t = NULL;
    struct why why = {0};
    size_t n = 0;

    (void)state;
    for (int i = 0; i < 70; i++) {
        n += (size_t)snprintf(html + n, sizeof(html) - n, "<b>");
    }
    assert_int_equal(tpl_text_compile(&t, html, LANG_ID, &why), ERR_INVALID);
    assert_non_null(strstr(why.text, "elements stand too deep"));
    n = 0;
    for (int i = 0; i < 40; i++) {
        n += (size_t)snprintf(html + n, sizeof(html) - n, "{{?yes}}");
    }
    assert_int_equal(tpl_text_compile(&t, html, LANG_ID, &why), ERR_INVALID);
    assert_non_null(strstr(why.text, "sections stand too deep"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_refused),
        cmocka_unit_test(test_missing_file),
        cmocka_unit_test(test_deep),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
