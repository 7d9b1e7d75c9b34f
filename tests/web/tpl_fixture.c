/* The view and the files that template tests share. */
#include "tests/web/tpl_fixture.h"

#include "attr.h"

static const struct tpl_field code_fields[] = {TPL_FIELD(code_view, code), TPL_FIELD_END};
static const struct tpl_field line_fields[] = {
    TPL_FIELD(line_view, name),
    TPL_FIELD(line_view, amount),
    TPL_FIELD(line_view, qty),
    TPL_FIELD(line_view, newest),
    TPL_FIELD_LIST(line_view, codes, code_view, code_fields),
    TPL_FIELD_END,
};
const struct tpl_field tpl_inner_fields[] = {
    TPL_FIELD(inner_view, word),
    TPL_FIELD(inner_view, ok),
    TPL_FIELD_END,
};
const struct tpl_field tpl_page_fields[] = {
    TPL_FIELD(page_view, text),
    TPL_FIELD(page_view, nothing),
    TPL_FIELD(page_view, yes),
    TPL_FIELD(page_view, no),
    TPL_FIELD(page_view, big),
    TPL_FIELD(page_view, small),
    TPL_FIELD(page_view, total),
    TPL_FIELD(page_view, qty),
    TPL_FIELD(page_view, back),
    TPL_FIELD(page_view, root),
    TPL_FIELD(page_view, nowhere),
    TPL_FIELD_NEST(page_view, inner, inner_view, tpl_inner_fields),
    TPL_FIELD_LIST(page_view, lines, line_view, line_fields),
    TPL_FIELD_LIST(page_view, empty, line_view, line_fields),
    TPL_FIELD_END,
};

static const struct code_view codes[] = {{"A1"}, {"B2"}};
static const struct line_view lines[] = {
    {.name = "Tas & <topi>",
     .amount = {185000},
     .qty = {1000},
     .newest = true,
     .codes = {codes, 2, sizeof(codes[0])}},
    {.name = "Kain", .amount = {-15000}, .qty = {26500}, .newest = false},
};

struct page_view tpl_page_view(void)
{
    return (struct page_view){
        .text = "<a \"b\" 'c' & d>",
        .yes = true,
        .big = INT64_C(-9000000000),
        .small = 7,
        .total = RUPIAH(914000),
        .qty = {2500},
        .back = url_fixed("/kasir?x=1&y=2"),
        .root = url_fixed("/"),
        .inner = {.word = "dalam", .ok = true},
        .lines = TPL_LIST(lines, LENGTH(lines)),
    };
}

static const char *asset(void *self, const char *name)
{
    (void)self;
    return strcmp(name, "app.css") == 0 ? "/s/3f9c/app.css" : NULL;
}

static const char part[] = "<i>{{text}}</i>{{#lines}}{{>deep}}{{/lines}}";
static const char deep[] = "<b>{{name}}</b>";
static const char crossing[] = "</p><p>";
static const char open_end[] = "<p>";
static const char closes[] = "{{/yes}}";
static const char again[] = "{{>again}}";

enum err tpl_text_compile(struct tpl **out, const char *html, enum lang lang, struct why *why)
{
    const struct embedded files[] = {
        {"t.html", html, strlen(html)},
        {"part.html", part, strlen(part)},
        {"deep.html", deep, strlen(deep)},
        {"crossing.html", crossing, strlen(crossing)},
        {"open_end.html", open_end, strlen(open_end)},
        {"closes.html", closes, strlen(closes)},
        {"again.html", again, strlen(again)},
        {NULL, NULL, 0},
    };
    const struct tpl_env env = {.files = files, .asset = asset};

    return tpl_compile(out, &env, "t.html", tpl_page_fields, lang, why);
}
