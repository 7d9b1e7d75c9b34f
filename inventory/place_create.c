/* Further places of our own, made as data: exhibitions and stores. */
#include "inventory/place_create.h"

#include <assert.h>

#include "inventory/base/arena.h"
#include "inventory/base/utf8.h"
#include "inventory/fact.h"

enum { CODE_MAX = 32 };

struct create {
    struct place *out;
    enum place_kind kind;
    const char *name;
};

/* "Pameran Harkitnas 2027" is pameran-harkitnas-2027 for machines. */
static void code_of(char code[CODE_MAX], const char *name)
{
    size_t n = 0;

    for (const char *p = name; *p && n + 1 < CODE_MAX; p++) {
        const char c = *p >= 'A' && *p <= 'Z' ? (char)(*p - 'A' + 'a') : *p;

        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
            code[n++] = c;
        } else if (n > 0 && code[n - 1] != '-') {
            code[n++] = '-';
        }
    }
    while (n > 0 && code[n - 1] == '-') {
        n--;
    }
    code[n] = '\0';
}

static enum err create_work(struct ctx *cx, void *arg)
{
    struct create *c = arg;
    const size_t letters = utf8_count(c->name);
    struct place there;
    char code[CODE_MAX];
    enum err e;

    code_of(code, c->name);
    if (letters < 3 || letters > PLACE_NAME_MAX || !*code || utf8_has_control(c->name)) {
        return refuse_field(cx, ERR_INVALID, "place-name", "name",
                            _("Tulis nama tempat itu, 3 sampai %d huruf, misalnya Pameran "
                              "Harkitnas 2027."),
                            (int)PLACE_NAME_MAX);
    }
    e = place_by_code(&there, cx, c->kind, code);
    if (!e) {
        return refuse_field(cx, ERR_CONFLICT, "place-exists", "name",
                            _("Sudah ada tempat bernama %s. Pakai itu, atau beri nama lain."),
                            there.name);
    }
    if (e != ERR_NOT_FOUND) {
        return e;
    }
    *c->out = (struct place){.kind = c->kind,
                             .code = arena_text(cx->arena, code),
                             .name = arena_text(cx->arena, c->name)};
    return place_put(&c->out->id, cx, c->kind, c->out->code, c->out->name);
}

enum err place_create(struct place *out, struct ctx *cx, enum place_kind kind, const char *name)
{
    struct create c = {.out = out, .kind = kind, .name = name};

    assert(kind == PLACE_EXHIBITION || kind == PLACE_STORE);
    return act_run(cx, "place.created", 1, create_work, &c);
}
