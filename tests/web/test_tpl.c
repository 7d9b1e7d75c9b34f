/* Templates: what is printed, in both languages, and the frame. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "attr.h"
#include "inventory/base/words.h"
#include "pos/web/frame.h"
#include "tests/web/tpl_fixture.h"

/* ---- what is printed ---- */

static const struct {
    const char *html, *want;
} printed[] = {
    {"<p>{{text}}</p>", "<p>&lt;a &#34;b&#34; &#39;c&#39; &amp; d&gt;</p>"},
    {"<p title=\"{{text}}\"></p>", "<p title=\"&lt;a &#34;b&#34; &#39;c&#39; &amp; d&gt;\"></p>"},
    {"{{nothing}}|{{big}}|{{small}}|{{total}}|{{qty}}", "|-9000000000|7|Rp914.000|2,5"},
    {"{{ total }}{{! a note\n}}!", "Rp914.000!"},
    {"{{inner.word}}{{?inner.ok}}+{{/inner.ok}}", "dalam+"},
    {"{{?yes}}a{{/yes}}{{?no}}b{{/no}}{{^no}}c{{/no}}{{^yes}}d{{/yes}}", "ac"},
    {"{{?text}}a{{/text}}{{?nothing}}b{{/nothing}}{{^nothing}}c{{/nothing}}", "ac"},
    {"{{?back}}a{{/back}}{{?nowhere}}b{{/nowhere}}{{?lines}}c{{/lines}}{{?empty}}d{{/empty}}",
     "ac"},
    {"<ul>{{#lines}}<li>{{name}} {{amount}} {{qty}}</li>{{/lines}}</ul>",
     "<ul><li>Tas &amp; &lt;topi&gt; Rp185.000 1</li><li>Kain -Rp15.000 26,5</li></ul>"},
    {"{{#lines}}{{?newest}}{{name}}/{{total}}{{/newest}}{{/lines}}",
     "Tas &amp; &lt;topi&gt;/Rp914.000"},
    {"{{#lines}}[{{#codes}}{{code}}{{qty}}{{small}};{{/codes}}]{{/lines}}", "[A117;B217;][]"},
    {"{{#empty}}never{{/empty}}{{^empty}}none{{/empty}}", "none"},
    {"{{#lines}} x{{/lines}}", " x x"},
    /* links */
    {"<a href=\"{{back}}\">x</a>", "<a href=\"/kasir?x=1&amp;y=2\">x</a>"},
    {"<a href=\"{{nowhere}}\">x</a>", "<a href=\"\">x</a>"},
    {"<a href=\"/P/{{text}}\">x</a>", "<a href=\"/P/%3Ca%20%22b%22%20%27c%27%20%26%20d%3E\">x</a>"},
    {"<a href=\"/struk?no={{small}}&amp;ke={{back}}#a\">x</a>",
     "<a href=\"/struk?no=7&amp;ke=%2Fkasir%3Fx%3D1%26y%3D2#a\">x</a>"},
    {"<a href=\"{{root}}?q={{text}}\">x</a>",
     "<a href=\"/?q=%3Ca%20%22b%22%20%27c%27%20%26%20d%3E\">x</a>"},
    {"<a href=\"{{root}}{{?yes}}?q={{small}}{{/yes}}\">x</a>", "<a href=\"/?q=7\">x</a>"},
    {"<a href=\"?hal={{small}}\">x</a><a href=\"#l{{small}}\">y</a><a href=\"/\">z</a>",
     "<a href=\"?hal=7\">x</a><a href=\"#l7\">y</a><a href=\"/\">z</a>"},
    {"<a href=\"https://example.go.id/a\">x</a>", "<a href=\"https://example.go.id/a\">x</a>"},
    {"<link rel=\"stylesheet\" href=\"{{@app.css}}\">",
     "<link rel=\"stylesheet\" href=\"/s/3f9c/app.css\">"},
    {"<svg><use href=\"{{@app.css}}#x\"/></svg>", "<svg><use href=\"/s/3f9c/app.css#x\"/></svg>"},
    {"<script src=\"{{@app.css}}\" defer></script>",
     "<script src=\"/s/3f9c/app.css\" defer></script>"},
    /* attributes */
    {"<input {{?yes}}checked{{/yes}} {{?no}}disabled{{/no}}>", "<input checked >"},
    {"<a {{?yes}}aria-current=\"page\"{{/yes}} href=\"/x\">x</a>",
     "<a aria-current=\"page\" href=\"/x\">x</a>"},
    {"<input {{?text}}aria-label=\"{{text}}\" required{{/text}}/>",
     "<input aria-label=\"&lt;a &#34;b&#34; &#39;c&#39; &amp; d&gt;\" required/>"},
    {"<p class=\"line{{?yes}} line--new{{/yes}}{{?no}} old{{/no}}\"></p>",
     "<p class=\"line line--new\"></p>"},
    {"<svg><rect x=\"{{small}}\" y=\"1\" width=\"{{big}}\" height=\"2\"/></svg>",
     "<svg><rect x=\"7\" y=\"1\" width=\"-9000000000\" height=\"2\"/></svg>"},
    {"<svg><polyline points=\"{{#lines}}{{small}},1 {{/lines}}\"></polyline></svg>",
     "<svg><polyline points=\"7,1 7,1 \"></polyline></svg>"},
    {"<textarea name=\"n\">\n{{text}}</textarea>",
     "<textarea name=\"n\">\n&lt;a &#34;b&#34; &#39;c&#39; &amp; d&gt;</textarea>"},
    {"<button form=\"f\" formaction=\"{{back}}\" value=\"{{total}}\">x</button>",
     "<button form=\"f\" formaction=\"/kasir?x=1&amp;y=2\" value=\"Rp914.000\">x</button>"},
    /* words */
    {"{{_ Bayar}} {{_\n  Cari   &\n pindai }}", "Bayar Cari &amp; pindai"},
    {"<input placeholder=\"{{_ Ketik \"kode\"}}\">",
     "<input placeholder=\"Ketik &#34;kode&#34;\">"},
    {"{{_ Ada %s barang, %s (100%%)|small| text }}",
     "Ada 7 barang, &lt;a &#34;b&#34; &#39;c&#39; &amp; d&gt; (100%)"},
    {"{{_ Diskon 10%}}", "Diskon 10%"},
    {"{{#lines}}{{_ %s dari %s|name|total}};{{/lines}}",
     "Tas &amp; &lt;topi&gt; dari Rp914.000;Kain dari Rp914.000;"},
    /* files */
    {"<p>{{>part}}</p>", "<p><i>&lt;a &#34;b&#34; &#39;c&#39; &amp; d&gt;</i>"
                         "<b>Tas &amp; &lt;topi&gt;</b><b>Kain</b></p>"},
    {"<p>{{>body}}</p>", "<p></p>"},
    /* blanks */
    {"\n <!doctype html>\n\n  <p\n   class=\"a  b\"   id=\"c\">  x   y\n\n z </p>\n",
     "<!doctype html>\n<p\nclass=\"a  b\" id=\"c\"> x y\nz </p>\n"},
    {"<pre>a  b\n\n c</pre>", "<pre>a  b\n\n c</pre>"},
    {"a &amp; b &lt; { } }} c", "a &amp; b &lt; { } }} c"},
};

static void test_printed(void **state)
{
    const struct page_view view = tpl_page_view();

    (void)state;
    for (size_t i = 0; i < LENGTH(printed); i++) {
        struct tpl *t = NULL;
        struct why why = {0};
        struct sbuf out;
        if (tpl_text_compile(&t, printed[i].html, LANG_ID, &why)) {
            fail_msg("%s\n  refused: %s", printed[i].html, why.text);
        }
        sbuf_init(&out, 4096);
        tpl_render(&out, t, &view);
        assert_string_equal(sbuf_str(&out), printed[i].want);
        sbuf_done(&out);
        tpl_free(t);
    }
}

/* ---- languages, frame, set ---- */

static const char po[] = "msgid \"\"\nmsgstr \"Content-Type: text/plain; charset=UTF-8\\n\"\n\n"
                         "msgid \"Bayar\"\nmsgstr \"Pay <now>\"\n\n"
                         "msgid \"Ada %s barang\"\nmsgstr \"There are %s goods\"\n";

static void test_languages(void **state)
{
    const struct page_view view = tpl_page_view();
    struct tpl *t = NULL;
    struct why why = {0};
    struct sbuf out;

    (void)state;
    assert_int_equal(words_load(LANG_EN, po, sizeof(po) - 1, &why), OK);
    sbuf_init(&out, 4096);
    assert_int_equal(
        tpl_text_compile(&t, "<p title=\"{{_ Bayar}}\">{{_ Ada\n%s barang|small}}{{_ Lain}}</p>",
                         LANG_EN, &why),
        OK);
    tpl_render(&out, t, &view);
    assert_string_equal(sbuf_str(&out), "<p title=\"Pay &lt;now&gt;\">There are 7 goodsLain</p>");
    tpl_free(t);
    sbuf_done(&out);
}

static void test_untranslated(void **state)
{
    static const char a[] = "{{_ Bayar}}\n{{_ Tahan\n dulu}}\n{{_ Ada %s barang|small}}{{_ B}}";
    const struct embedded files[] = {{"a.html", a, sizeof(a) - 1}, {NULL, NULL, 0}};
    struct why why = {0};
    struct sbuf out;

    (void)state;
    assert_int_equal(words_load(LANG_EN, po, sizeof(po) - 1, &why), OK);
    sbuf_init(&out, 4096);
    assert_int_equal(tpl_untranslated(&out, files, LANG_EN), 2);
    assert_string_equal(sbuf_str(&out), "a.html:2: Tahan dulu\na.html:4: B\n");
    sbuf_done(&out);
}

static void test_frame_and_set(void **state)
{
    static const char outer[] = "<main>{{text}}{{>body}}!</main>";
    static const char inside[] = "<p>{{word}}</p>";
    const struct embedded files[] = {{"outer.html", outer, sizeof(outer) - 1},
                                     {"inside.html", inside, sizeof(inside) - 1},
                                     {NULL, NULL, 0}};
    const struct tpl_env env = {.files = files};
    const struct tpl_page pages[] = {{"outer.html", tpl_page_fields},
                                     {"inside.html", tpl_inner_fields}};
    const struct tpl_page wrong[] = {{"outer.html", tpl_page_fields},
                                     {"inside.html", tpl_page_fields}};
    const struct inner_view inner = {.word = "isi"};
    struct page_view view = tpl_page_view();
    struct tpl_set *set = NULL;
    struct why why = {0};
    struct sbuf out;

    (void)state;
    view.text = "A";
    assert_int_equal(tpl_set_compile(&set, pages, 2, &env, &why), OK);
    sbuf_init(&out, 4096);
    for (int lang = LANG_ID; lang < LANG_COUNT; lang++) {
        sbuf_clear(&out);
        tpl_render_framed(&out, tpl_get(set, 0, (enum lang)lang), &view,
                          tpl_get(set, 1, (enum lang)lang), &inner);
        assert_string_equal(sbuf_str(&out), "<main>A<p>isi</p>!</main>");
    }
    sbuf_done(&out);
    tpl_set_free(set);
    assert_int_equal(tpl_set_compile(&set, wrong, 2, &env, &why), ERR_INVALID);
    assert_null(set);
    assert_non_null(strstr(why.text, "inside.html:1: the view has no field \"word\""));
}

/* ---- the frame as it stands ---- */

static const char *any_asset(void *self, const char *name)
{
    (void)self;
    return name[0] ? "/s/3f9c/file" : NULL;
}

static void render_frame(struct sbuf *out, const struct frame_view *view)
{
    static const char inside[] = "<h1>{{word}}</h1>";
    const struct inner_view inner = {.word = "Isi"};
    struct embedded files[3] = {{"inside.html", inside, sizeof(inside) - 1}};
    const struct tpl_env env = {.files = files, .asset = any_asset};
    struct tpl *frame = NULL, *body = NULL;
    struct why why = {0};

    for (size_t i = 0; i < template_files_count; i++) {
        if (strcmp(template_files[i].name, "frame.html") == 0) {
            files[1] = template_files[i];
        }
    }
    if (tpl_compile(&frame, &env, "frame.html", frame_fields, LANG_ID, &why)) {
        fail_msg("%s", why.text);
    }
    assert_int_equal(tpl_compile(&body, &env, "inside.html", tpl_inner_fields, LANG_ID, &why), OK);
    sbuf_clear(out);
    tpl_render_framed(out, frame, view, body, &inner);
    assert_false(out->full);
    tpl_free(frame);
    tpl_free(body);
}

static void test_real_frame(void **state)
{
    const struct frame_area areas[] = {{"Kasir", url_fixed("/kasir"), true},
                                       {"Barang", url_fixed("/barang"), false}};
    struct frame_view view = {
        .lang = "id",
        .other_lang = "en",
        .other_name = "English",
        .title = "Kasir",
        .page_class = "page-till",
        .csrf = "token",
        .person = "Rina",
        .till = "Kasir 1",
        .status = "Tersimpan.",
        .status_tone = "ok",
        .home = url_fixed("/"),
        .here = url_fixed("/kasir?x=1"),
        .areas = TPL_LIST(areas, LENGTH(areas)),
    };
    struct sbuf out;

    (void)state;
    sbuf_init(&out, 65536);
    render_frame(&out, &view);
    assert_non_null(strstr(out.bytes, "<!doctype html>\n<html lang=\"id\">"));
    assert_non_null(strstr(out.bytes, "<title>Kasir \xc2\xb7 Etalase</title>"));
    assert_non_null(strstr(out.bytes, "<a href=\"/kasir\" aria-current=\"page\">Kasir</a>"));
    assert_non_null(strstr(out.bytes, "<a href=\"/barang\" >Barang</a>"));
    assert_non_null(strstr(out.bytes, "name=\"lanjut\" value=\"/kasir?x=1\""));
    assert_non_null(strstr(out.bytes, "role=\"status\">Tersimpan.</p>"));
    assert_non_null(strstr(out.bytes, "action=\"/keluar\""));
    assert_non_null(strstr(out.bytes, "<h1>Isi</h1>"));
    assert_null(strstr(out.bytes, "DEMO"));
    view.demo = view.wrong = view.bare = true;
    view.person = view.status = NULL;
    render_frame(&out, &view);
    assert_non_null(strstr(out.bytes, "<title>Kesalahan: Kasir \xc2\xb7 Etalase (DEMO)</title>"));
    assert_non_null(strstr(out.bytes, "<strong>DEMO</strong>"));
    assert_non_null(strstr(out.bytes, "role=\"status\"></p>"));
    assert_null(strstr(out.bytes, "action=\"/keluar\""));
    assert_null(strstr(out.bytes, "<nav"));
    sbuf_done(&out);
}

static void test_all_translated(void **state)
{
    struct why why = {0};
    struct sbuf missing;

    (void)state;
    for (size_t i = 0; i < catalogue_files_count; i++) {
        if (strcmp(catalogue_files[i].name, "en.po") == 0) {
            assert_int_equal(
                words_load(LANG_EN, catalogue_files[i].bytes, catalogue_files[i].n, &why), OK);
        }
    }
    sbuf_init(&missing, 65536);
    if (tpl_untranslated(&missing, template_files, LANG_EN) > 0) {
        fail_msg("not translated:\n%s", sbuf_str(&missing));
    }
    sbuf_done(&missing);
}

static void test_too_large_page(void **state)
{
    const struct page_view view = tpl_page_view();
    struct tpl *t = NULL;
    struct why why = {0};
    struct sbuf out;

    (void)state;
    assert_int_equal(tpl_text_compile(&t, "{{#lines}}{{text}}{{/lines}}", LANG_ID, &why), OK);
    sbuf_init(&out, 20);
    tpl_render(&out, t, &view);
    assert_true(out.full);
    sbuf_done(&out);
    tpl_free(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_printed),        cmocka_unit_test(test_languages),
        cmocka_unit_test(test_untranslated),   cmocka_unit_test(test_frame_and_set),
        cmocka_unit_test(test_real_frame),     cmocka_unit_test(test_all_translated),
        cmocka_unit_test(test_too_large_page),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
