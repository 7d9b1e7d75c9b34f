/* Every page of the program, compiled in each language at start. */
#include <assert.h>

#include "inventory/base/arena.h"
#include "pos/web/tpl.h"

struct tpl_set {
    size_t count;
    struct tpl **pages; /* LANG_COUNT for each page */
};

enum err tpl_set_compile(struct tpl_set **out, const struct tpl_page pages[], size_t n,
                         const struct tpl_env *env, struct why *why)
{
    struct tpl_set *set = mem_get(sizeof(*set));
    enum err e = OK;

    set->count = n;
    set->pages = mem_get((n ? n : 1) * LANG_COUNT * sizeof(struct tpl *));
    for (size_t i = 0; e == OK && i < n * LANG_COUNT; i++) {
        const struct tpl_page *page = &pages[i / LANG_COUNT];
        e = tpl_compile(&set->pages[i], env, page->name, page->fields, (enum lang)(i % LANG_COUNT),
                        why);
    }
    if (e) {
        tpl_set_free(set);
        set = NULL;
    }
    *out = set;
    return e;
}

const struct tpl *tpl_get(const struct tpl_set *set, size_t page, enum lang lang)
{
    assert(page < set->count && lang < LANG_COUNT);
    return set->pages[page * LANG_COUNT + (size_t)lang];
}

void tpl_set_free(struct tpl_set *set)
{
    if (set == NULL) {
        return;
    }
    for (size_t i = 0; i < set->count * LANG_COUNT; i++) {
        tpl_free(set->pages[i]);
    }
    free(set->pages);
    free(set);
}
