/* Pages: HTML files with holes, filled from plain structs.
 *
 * A template is HTML with
 *
 *     {{field}}                 the field's text, escaped for the place where it stands
 *     {{form.field}}            a field of a struct inside the view
 *     {{#list}} .. {{/list}}    once for each item; names are looked up in the item, then outside
 *     {{?field}} .. {{/field}}  shown when the flag is true, the text, list or link is not empty
 *     {{^field}} .. {{/field}}  shown when it is not
 *     {{_ Bayar}}               text in the person's language, bound when compiled
 *     {{_ %s dari %s|done|all}} the same with fields, escaped, in place of each %s
 *     {{@app.css}}              begins a link: the address of a static file, with its content hash
 *     {{>cart}}                 the file cart.html, as if it stood here (same names)
 *     {{>body}}                 in a frame: where the page goes
 *     {{! note }}               nothing
 *
 * There is no way to emit raw text.  The compiler follows the HTML and refuses, with file and line,
 * whatever it cannot follow or could run a script:
 *   - an unknown field; a list or flag used as text; sections left open or crossing tags;
 *   - a field anywhere but in text or in a double-quoted value;
 *   - a field in an attribute that is not on the short list (tpl_html.c); numbers only for the
 *     geometry of drawings;
 *   - on..., style and srcdoc attributes, a non-empty script, any style element, comments;
 *   - a link (href, src, action, formaction ...) that does not begin with '/', '?', '#' or
 *     "https://" written in the template, {{@file}} or a struct url; fields after that are
 *     percent-encoded, and may not follow "https://";
 *   - single quotes or '<' inside a tag, a quote not preceded by '=', unquoted values;
 *   - elements that are not closed, or closed in another order (void elements are known).
 * Inside a tag a section must hold whole attributes: {{?late}}aria-invalid="true"{{/late}}, and
 * must stand between blanks (or before '>').  Inside a value it must hold a part of that value.
 *
 * Compiled templates never change; any number of threads may render them. */
#ifndef WEB_TPL_H
#define WEB_TPL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "attr.h"
#include "embedded.h"
#include "err.h"
#include "inventory/base/sbuf.h"
#include "lang.h"
#include "pos/web/url.h"
#include "qty.h"
#include "rupiah.h"

/* ---- views ---- */

/* Items are an array of the struct named in TPL_FIELD_LIST.  Make it with TPL_LIST(). */
struct tpl_list {
    const void *items;
    size_t count;
    size_t item_size; /* asserted when it is rendered; TPL_LIST sets it */
};

#define TPL_LIST(array, n)                                                                         \
    ((struct tpl_list){.items = (array), .count = (n), .item_size = sizeof((array)[0])})

enum tpl_kind {
    TPL_TEXT, /* const char *, UTF-8; NULL prints nothing */
    TPL_FLAG,
    TPL_INT64,
    TPL_INT32,
    TPL_RUPIAH, /* "Rp914.000" */
    TPL_QTY,    /* "26,5" */
    TPL_URL,
    TPL_ITEMS,
    TPL_NEST,
};

struct tpl_field {
    const char *name;
    enum tpl_kind kind;
    size_t offset;
    const struct tpl_field *fields; /* TPL_ITEMS, TPL_NEST */
    size_t item_size;               /* TPL_ITEMS */
};

/* The kind comes from the C type, so that table and struct cannot disagree. */
#define TPL_KIND(view, member)                                                                     \
    _Generic(((struct view *)0)->member,                                                           \
             const char *: TPL_TEXT,                                                               \
             bool: TPL_FLAG,                                                                       \
             int64_t: TPL_INT64,                                                                   \
             int32_t: TPL_INT32,                                                                   \
             struct rupiah: TPL_RUPIAH,                                                            \
             struct qty: TPL_QTY,                                                                  \
             struct url: TPL_URL)

#define TPL_FIELD(view, member)                                                                    \
    {                                                                                              \
        .name = #member, .kind = TPL_KIND(view, member), .offset = offsetof(struct view, member)   \
    }
/* `item` is the struct tag of one item, `item_fields` its table. */
#define TPL_FIELD_LIST(view, member, item, item_table)                                             \
    {                                                                                              \
        .name = #member,                                                                           \
        .kind = _Generic(((struct view *)0)->member, struct tpl_list                               \
                         : TPL_ITEMS),                                                             \
        .offset = offsetof(struct view, member), .fields = (item_table),                           \
        .item_size = sizeof(struct item)                                                           \
    }
/* A struct inside the struct (not a pointer): {{member.name}}. */
#define TPL_FIELD_NEST(view, member, inner, inner_table)                                           \
    {                                                                                              \
        .name = #member,                                                                           \
        .kind = _Generic(((struct view *)0)->member, struct inner                                  \
                         : TPL_NEST),                                                              \
        .offset = offsetof(struct view, member), .fields = (inner_table)                           \
    }
#define TPL_FIELD_END                                                                              \
    {                                                                                              \
        .name = NULL                                                                               \
    }

/* ---- compiling ---- */

struct tpl; /* opaque */

/* What templates are compiled from. */
struct tpl_env {
    const struct embedded *files; /* ends with an all-NULL row */
    /* Address of a static file ("/s/3f9c/app.css"), borrowed for as long as the environment; NULL
     * when there is no such file.  NULL function: {{@..}} is refused. */
    const char *(*asset)(void *self, const char *name);
    void *self;
};

/* Compiles the file `name` (as embedded: "till.html") against a view's table for one language.
 * ERR_INVALID: why->text is "till.html:12: ...", in English, for the developer.
 * Owned by the caller, to be given to tpl_free(). */
NODISCARD enum err tpl_compile(struct tpl **out, const struct tpl_env *env, const char *name,
                               const struct tpl_field *fields, enum lang lang, struct why *why);
void tpl_free(struct tpl *t);

/* ---- every page of the program ---- */

struct tpl_page {
    const char *name; /* "till.html" */
    const struct tpl_field *fields;
};

struct tpl_set; /* opaque */

/* Compiles each page in each language; the first that is refused ends it. */
NODISCARD enum err tpl_set_compile(struct tpl_set **out, const struct tpl_page pages[], size_t n,
                                   const struct tpl_env *env, struct why *why);
/* The page's place in `pages` and its language; never NULL.  Borrowed from the set. */
const struct tpl *tpl_get(const struct tpl_set *set, size_t page, enum lang lang);
void tpl_set_free(struct tpl_set *set);

/* ---- rendering ---- */

/* `view` is the struct whose table the template was compiled with.  A page larger than `out` allows
 * leaves sbuf full (sticky); nothing else can fail. */
void tpl_render(struct sbuf *out, const struct tpl *t, const void *view);
/* The frame, with the body at its {{>body}}. */
void tpl_render_framed(struct sbuf *out, const struct tpl *frame, const void *frame_view,
                       const struct tpl *body, const void *body_view);

/* ---- texts, for the tests of the catalogue ---- */

/* Calls `found` for each {{_ ..}} of the files: blanks folded to one, fields cut off. */
void tpl_each_text(const struct embedded *files,
                   void (*found)(void *self, const char *file, int line, const char *text),
                   void *self);
/* Appends "file:line: text" and a line feed for each text that words_find() does not know in
 * `lang`; how many they are. */
size_t tpl_untranslated(struct sbuf *out, const struct embedded *files, enum lang lang);

#endif
