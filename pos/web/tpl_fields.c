/* What stands in holes: fields, static files, translated texts. */
#include <assert.h>
#include <stdarg.h>

#include "inventory/base/arena.h"
#include "inventory/base/words.h"
#include "pos/web/tpl_compiler.h"

enum err compiler_wrong(struct compiler *c, const char *format, ...)
{
    struct why *why = c->why;
    const struct html *h = &c->html;
    char what[WHY_TEXT_MAX / 2];
    va_list args;

    va_start(args, format);
    vsnprintf(what, sizeof(what), format, args);
    va_end(args);
    *why = (struct why){.code = ERR_INVALID, .slug = "template"};
    if (h->place == HTML_TEXT) {
        snprintf(why->text, sizeof(why->text), "%s:%d: %s", c->source->name, c->source->line, what);
    } else {
        snprintf(why->text, sizeof(why->text), "%s:%d: %s (in <%s %s)", c->source->name,
                 c->source->line, what, h->element, h->attr);
    }
    return ERR_INVALID;
}

/* ---- what is emitted ---- */

struct tpl_op *compiler_emit(struct compiler *c, enum tpl_code code)
{
    struct tpl *t = c->t;

    if (t->count == t->room) {
        t->room = t->room ? t->room * 2 : 64;
        t->ops = mem_grow(t->ops, t->room * sizeof(*t->ops));
    }
    assert(t->ops);
    t->ops[t->count] = (struct tpl_op){.code = code};
    return &t->ops[t->count++];
}

void compiler_literal(struct compiler *c, const char *bytes, size_t n)
{
    struct tpl *t = c->t;
    struct tpl_op *last = t->count ? &t->ops[t->count - 1] : NULL;

    if (n == 0) {
        return;
    }
    if (last == NULL || last->code != CODE_LITERAL) {
        last = compiler_emit(c, CODE_LITERAL);
        last->at = t->literals.len;
    }
    sbuf_add(&t->literals, bytes, n);
    last->n += n;
}

static void emit_field(struct compiler *c, const struct found *f, enum html_escape how)
{
    struct tpl_op *op = compiler_emit(c, how == ESCAPE_HTML ? CODE_HTML : CODE_PERCENT);

    op->kind = f->field->kind;
    op->at = f->offset;
    op->scope = f->scope;
    c->blank = false;
}

/* ---- names ---- */

static const struct tpl_field *field_named(const struct tpl_field *table, const char *name,
                                           size_t n)
{
    for (; table && table->name; table++) {
        if (strlen(table->name) == n && memcmp(table->name, name, n) == 0) {
            return table;
        }
    }
    return NULL;
}

/* "a.b" goes into the struct `a` of the table. */
static bool find_in(struct found *out, const struct tpl_field *table, const char *name)
{
    const size_t n = strcspn(name, ".");

    out->field = field_named(table, name, n);
    if (out->field == NULL) {
        return false;
    }
    out->offset += out->field->offset;
    if (name[n] == '\0') {
        return true;
    }
    return out->field->kind == TPL_NEST && find_in(out, out->field->fields, name + n + 1);
}

enum err compiler_find(struct found *out, struct compiler *c, const char *name)
{
    for (size_t i = c->scope_count; i > 0; i--) {
        *out = (struct found){.scope = i - 1};
        if (find_in(out, c->scopes[i - 1], name)) {
            return OK;
        }
    }
    return compiler_wrong(c, "the view has no field \"%s\"", name);
}

bool compiler_is_name(const char *name)
{
    return *name != '\0' && strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_.") == strlen(name);
}

bool compiler_blank(char c)
{
    return c == ' ' || c == '\n' || c == '\t';
}

/* What stands in [from, from + n) without the blanks around it; "" when it is too long. */
void compiler_name(char out[NAME_BYTES_MAX], const char *from, size_t n)
{
    while (n > 0 && compiler_blank(*from)) {
        from++;
        n--;
    }
    while (n > 0 && compiler_blank(from[n - 1])) {
        n--;
    }
    snprintf(out, NAME_BYTES_MAX, "%.*s", n < NAME_BYTES_MAX ? (int)n : 0, from);
}

/* ---- holes ---- */

enum err compiler_field(struct compiler *c, const char *name)
{
    const char *complaint = NULL;
    enum html_escape how = ESCAPE_HTML;
    struct found f = {NULL, 0, 0};

    if (!compiler_is_name(name)) {
        return compiler_wrong(c, "\"%s\" is no field's name", name);
    }
    if (compiler_find(&f, c, name)) {
        return ERR_INVALID;
    }
    assert(f.field);
    complaint = html_field(&c->html, f.field->kind, &how);
    if (complaint) {
        return compiler_wrong(c, "%s", complaint);
    }
    emit_field(c, &f, how);
    return OK;
}

enum err compiler_asset(struct compiler *c, const char *name)
{
    const char *address = c->env->asset ? c->env->asset(c->env->self, name) : NULL;
    const char *complaint = html_asset(&c->html);
    struct sbuf text;

    if (complaint) {
        return compiler_wrong(c, "%s", complaint);
    }
    if (address == NULL || address[0] != '/') {
        return compiler_wrong(c, "there is no static file \"%s\"", name);
    }
    sbuf_init(&text, URL_TEXT_MAX);
    tpl_escape(&text, address);
    compiler_literal(c, sbuf_str(&text), text.len);
    sbuf_done(&text);
    return OK;
}

static void put_escaped(struct compiler *c, const char *text, size_t n)
{
    struct sbuf copy, safe;

    sbuf_init(&copy, WORDS_MAX);
    sbuf_init(&safe, (size_t)WORDS_MAX * 5);
    sbuf_add(&copy, text, n);
    tpl_escape(&safe, sbuf_str(&copy));
    compiler_literal(c, sbuf_str(&safe), safe.len);
    sbuf_done(&copy);
    sbuf_done(&safe);
    c->blank = false;
}

/* A translated text with the fields that go into it. */
struct phrase {
    char names[WORD_FIELDS_MAX][NAME_BYTES_MAX];
    size_t count;
};

/* Emits the text with a field in place of each %s, in order. */
static enum err put_phrase(struct compiler *c, const struct phrase *phrase, const char *text)
{
    size_t next = 0;

    while (*text) {
        const size_t plain = strcspn(text, "%");
        put_escaped(c, text, plain);
        text += plain;
        if (*text == '\0') {
            break;
        }
        if (text[1] == '%') {
            put_escaped(c, "%", 1);
        } else if (text[1] != 's' || next == phrase->count) {
            return compiler_wrong(c, "the text has a %% that is no %%s of its fields: %s", text);
        } else if (compiler_field(c, phrase->names[next++])) {
            return ERR_INVALID;
        }
        text += 2;
    }
    return next == phrase->count ? OK : compiler_wrong(c, "the text has fewer %%s than fields");
}

static enum err take_names(struct phrase *phrase, struct compiler *c, const char *from, size_t n)
{
    const char *const end = from + n;

    phrase->count = 0;
    while (from < end) {
        const char *bar = memchr(from, '|', (size_t)(end - from));
        const char *stop = bar ? bar : end;
        if (phrase->count == WORD_FIELDS_MAX) {
            return compiler_wrong(c, "the text has too many fields");
        }
        compiler_name(phrase->names[phrase->count++], from, (size_t)(stop - from));
        from = stop + 1;
    }
    return OK;
}

/* {{_ text|field|field}} without the braces and the underscore. */
enum err compiler_words(struct compiler *c, const char *from, size_t n)
{
    const char *complaint = html_words(&c->html);
    const char *bound = NULL;
    struct phrase phrase;
    struct sbuf text;
    enum err e = OK;
    size_t names = 0;

    if (complaint || n == 0 || !compiler_blank(*from)) {
        return compiler_wrong(c, "%s", complaint ? complaint : "a blank must follow {{_");
    }
    sbuf_init(&text, WORDS_MAX);
    names = tpl_hole_text(&text, from, n);
    bound = words(c->lang, sbuf_str(&text));
    e = take_names(&phrase, c, from + names, n - names);
    if (e == OK && (text.len == 0 || text.full)) {
        e = compiler_wrong(c, "{{_ }} holds no text, or too much");
    } else if (e == OK && phrase.count > 0) {
        e = put_phrase(c, &phrase, bound);
    } else if (e == OK) {
        put_escaped(c, bound, strlen(bound));
    }
    sbuf_done(&text);
    return e;
}
