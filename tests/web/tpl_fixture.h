/* A view with a field of each kind, and the compiling of one template text against it. */
#ifndef TESTS_WEB_TPL_FIXTURE_H
#define TESTS_WEB_TPL_FIXTURE_H

#include "pos/web/tpl.h"

struct line_view {
    const char *name;
    struct rupiah amount;
    struct qty qty;
    bool newest;
    struct tpl_list codes;
};

struct code_view {
    const char *code;
};

struct inner_view {
    const char *word;
    bool ok;
};

struct page_view {
    const char *text;
    const char *nothing;
    bool yes, no;
    int64_t big;
    int32_t small;
    struct rupiah total;
    struct qty qty;
    struct url back, root, nowhere;
    struct inner_view inner;
    struct tpl_list lines, empty;
};

extern const struct tpl_field tpl_inner_fields[];
extern const struct tpl_field tpl_page_fields[];

struct page_view tpl_page_view(void);

/* Compiles `html` as t.html, beside part.html, deep.html and a few files that are wrong. */
enum err tpl_text_compile(struct tpl **out, const char *html, enum lang lang, struct why *why);

#endif
