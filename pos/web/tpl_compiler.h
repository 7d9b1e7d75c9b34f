/* The compiler's state, shared by tpl_compile.c (sections, files) and tpl_fields.c (what stands in
 * holes). */
#ifndef WEB_TPL_COMPILER_H
#define WEB_TPL_COMPILER_H

#include "pos/web/tpl_html.h"
#include "pos/web/tpl_parts.h"

enum {
    LITERALS_MAX = 1024 * 1024,
    SECTIONS_MAX = 32,
    INCLUDES_MAX = 4,
    NAME_BYTES_MAX = 64,
    WORDS_MAX = 4096,
    WORD_FIELDS_MAX = 8,
};

struct section {
    char name[NAME_BYTES_MAX];
    size_t op;
    int line;
    bool list;
    struct html_mark mark;
};

/* One file being read. */
struct source {
    const char *name;
    const char *bytes;
    size_t n, at;
    int line;
    size_t sections; /* how many were open when it began */
};

struct compiler {
    const struct tpl_env *env;
    struct tpl *t;
    struct why *why;
    enum lang lang;
    struct html html;
    struct source *source; /* the innermost file */
    size_t includes;
    bool has_body;
    bool blank; /* the last byte written was a blank that following ones fold into */
    struct section sections[SECTIONS_MAX];
    size_t section_count;
    const struct tpl_field *scopes[TPL_SCOPES_MAX];
    size_t scope_count;
};

/* A field found by name. */
struct found {
    const struct tpl_field *field;
    size_t offset, scope;
};

/* Writes "file:line: ..." to c->why and returns ERR_INVALID. */
enum err compiler_wrong(struct compiler *c, const char *format, ...) PRINTF_LIKE(2, 3);

struct tpl_op *compiler_emit(struct compiler *c, enum tpl_code code);
void compiler_literal(struct compiler *c, const char *bytes, size_t n);

bool compiler_blank(char c);
bool compiler_is_name(const char *name);
/* What stands in [from, from + n) without the blanks around it; "" when it is too long. */
void compiler_name(char out[NAME_BYTES_MAX], const char *from, size_t n);
NODISCARD enum err compiler_find(struct found *out, struct compiler *c, const char *name);

NODISCARD enum err compiler_field(struct compiler *c, const char *name);
NODISCARD enum err compiler_asset(struct compiler *c, const char *name);
/* {{_ text|field|field}} without the braces and the underscore. */
NODISCARD enum err compiler_words(struct compiler *c, const char *from, size_t n);

#endif
