/* Compiles a template: follows its HTML and its sections, refuses what is unsafe or unknown. */
#include "inventory/base/arena.h"
#include "inventory/base/utf8.h"
#include "pos/web/tpl_compiler.h"

/* ---- sections ---- */

static bool can_be_empty(enum tpl_kind kind)
{
    return kind == TPL_FLAG || kind == TPL_TEXT || kind == TPL_URL || kind == TPL_ITEMS;
}

static enum err section_check(struct compiler *c, char sign, const struct found *f)
{
    if (c->section_count == SECTIONS_MAX || c->scope_count == TPL_SCOPES_MAX) {
        return compiler_wrong(c, "sections stand too deep");
    }
    if (sign == '#' && f->field->kind != TPL_ITEMS) {
        return compiler_wrong(c, "{{#%s}}: it is no list", f->field->name);
    }
    if (sign != '#' && !can_be_empty(f->field->kind)) {
        return compiler_wrong(c, "{{%c%s}}: it is no flag, text, link or list", sign,
                              f->field->name);
    }
    return OK;
}

static enum err open_section(struct compiler *c, char sign, const char *name)
{
    const bool list = sign == '#';
    const char *complaint = NULL;
    struct section *s = NULL;
    struct tpl_op *op = NULL;
    struct found f;

    if (!compiler_is_name(name)) {
        return compiler_wrong(c, "\"%s\" is no field's name", name);
    }
    if (compiler_find(&f, c, name) || section_check(c, sign, &f)) {
        return ERR_INVALID;
    }
    s = &c->sections[c->section_count];
    complaint = html_section(&c->html, list, &s->mark);
    if (complaint) {
        return compiler_wrong(c, "%s", complaint);
    }
    memcpy(s->name, name, NAME_BYTES_MAX);
    s->line = c->source->line;
    s->list = list;
    s->op = c->t->count;
    op = compiler_emit(c, list ? CODE_LIST : sign == '?' ? CODE_IF : CODE_UNLESS);
    op->kind = f.field->kind;
    op->at = f.offset;
    op->scope = f.scope;
    if (list) {
        op->n = f.field->item_size;
        op->inner = c->scope_count;
        c->scopes[c->scope_count++] = f.field->fields;
    }
    c->section_count++;
    c->blank = false;
    return OK;
}

static enum err close_section(struct compiler *c, const char *name)
{
    const char *complaint = NULL;
    struct section *s = NULL;

    if (c->section_count == c->source->sections) {
        return compiler_wrong(c, "{{/%s}} closes a section that is not open in this file", name);
    }
    s = &c->sections[c->section_count - 1];
    if (strcmp(s->name, name) != 0) {
        return compiler_wrong(c, "{{/%s}} closes {{%s}} of line %d", name, s->name, s->line);
    }
    complaint = html_section_end(&c->html, &s->mark);
    if (complaint) {
        return compiler_wrong(c, "%s", complaint);
    }
    compiler_emit(c, CODE_NEXT);
    if (s->list) {
        c->scope_count--;
    }
    c->t->ops[s->op].jump = c->t->count;
    c->section_count--;
    c->blank = false;
    return OK;
}

/* ---- files ---- */

static enum err compile_source(struct compiler *c, const char *name);

static enum err include(struct compiler *c, const char *name)
{
    const char *complaint = html_inclusion(&c->html);
    struct html_mark mark;
    char file[NAME_BYTES_MAX + 8];

    if (complaint) {
        return compiler_wrong(c, "%s", complaint);
    }
    if (strcmp(name, "body") == 0) {
        const bool twice = c->has_body;
        c->has_body = true;
        compiler_emit(c, CODE_BODY);
        return twice ? compiler_wrong(c, "{{>body}} stands twice") : OK;
    }
    if (c->includes == INCLUDES_MAX) {
        return compiler_wrong(c, "files are included too deep");
    }
    complaint = html_section(&c->html, false, &mark);
    if (complaint) {
        return compiler_wrong(c, "%s", complaint);
    }
    snprintf(file, sizeof(file), "%s.html", name);
    c->includes++;
    if (compile_source(c, file)) {
        return ERR_INVALID;
    }
    c->includes--;
    complaint = html_section_end(&c->html, &mark);
    return complaint ? compiler_wrong(c, "{{>%s}}: %s", name, complaint) : OK;
}

static enum err do_hole(struct compiler *c, const char *from, size_t n)
{
    char sign = '\0';
    char name[NAME_BYTES_MAX];

    if (n > 0) {
        sign = *from;
    }
    if (sign == '!') {
        return OK;
    }
    if (sign == '_') {
        return compiler_words(c, from + 1, n - 1);
    }
    if (n == 0 || !strchr("#?^/@>", sign)) {
        compiler_name(name, from, n);
        return compiler_field(c, name);
    }
    compiler_name(name, from + 1, n - 1);
    switch (sign) {
    case '/': return close_section(c, name);
    case '@': return compiler_asset(c, name);
    case '>': return include(c, name);
    default: return open_section(c, sign, name);
    }
}

static enum err step_hole(struct compiler *c)
{
    struct source *s = c->source;
    const char *hole = s->bytes + s->at;
    size_t end = 0;

    if (!tpl_hole_end(&end, hole, s->n - s->at)) {
        return compiler_wrong(c, "{{ is not closed by }}, or holds a brace");
    }
    if (do_hole(c, hole + 2, end - 2)) {
        return ERR_INVALID;
    }
    for (size_t i = 0; i < end; i++) {
        s->line += hole[i] == '\n';
    }
    s->at += end + 2;
    return OK;
}

static enum err step_char(struct compiler *c)
{
    struct source *s = c->source;
    const char byte = s->bytes[s->at++];
    const char *complaint = html_step(&c->html, byte);
    const bool folds = compiler_blank(byte) && html_folds(&c->html);

    if (complaint) {
        return compiler_wrong(c, "%s", complaint);
    }
    if (!folds || !c->blank) {
        compiler_literal(c, &byte, 1);
    }
    c->blank = folds;
    s->line += byte == '\n';
    return OK;
}

static enum err compile_bytes(struct compiler *c)
{
    struct source *s = c->source;
    enum err e = OK;

    if (!utf8_valid(s->bytes, s->n)) {
        return compiler_wrong(c, "the file is not UTF-8");
    }
    while (e == OK && s->at < s->n) {
        const bool hole = s->at + 1 < s->n && s->bytes[s->at] == '{' && s->bytes[s->at + 1] == '{';
        e = hole ? step_hole(c) : step_char(c);
    }
    if (e == OK && c->section_count > s->sections) {
        const struct section *open = &c->sections[c->section_count - 1];
        e = compiler_wrong(c, "{{%s}} of line %d is not closed", open->name, open->line);
    }
    if (e == OK && c->t->literals.full) {
        e = compiler_wrong(c, "the template is too large");
    }
    return e;
}

static enum err compile_source(struct compiler *c, const char *name)
{
    struct source *outer = c->source;
    struct source inner = {.name = name, .line = 1, .sections = c->section_count};
    const struct embedded *file = c->env->files;
    enum err e = OK;

    while (file->name && strcmp(file->name, name) != 0) {
        file++;
    }
    if (file->name == NULL) {
        if (outer == NULL) {
            c->source = &inner;
        }
        e = compiler_wrong(c, "there is no template \"%s\"", name);
        c->source = outer;
        return e;
    }
    inner.bytes = file->bytes;
    inner.n = file->n;
    c->source = &inner;
    e = compile_bytes(c);
    if (e == OK && outer == NULL) {
        const char *complaint = html_end(&c->html);
        e = complaint ? compiler_wrong(c, "%s", complaint) : OK;
    }
    c->source = outer;
    return e;
}

enum err tpl_compile(struct tpl **out, const struct tpl_env *env, const char *name,
                     const struct tpl_field *fields, enum lang lang, struct why *why)
{
    struct compiler *c = mem_get(sizeof(*c));
    enum err e = OK;

    *c = (struct compiler){.env = env, .why = why, .lang = lang, .blank = true};
    c->scopes[c->scope_count++] = fields;
    c->t = mem_get(sizeof(*c->t));
    sbuf_init(&c->t->literals, LITERALS_MAX);
    html_begin(&c->html);
    e = compile_source(c, name);
    *out = c->t;
    free(c);
    if (e) {
        tpl_free(*out);
        *out = NULL;
    }
    return e;
}

void tpl_free(struct tpl *t)
{
    if (t) {
        free(t->ops);
        sbuf_done(&t->literals);
        free(t);
    }
}
