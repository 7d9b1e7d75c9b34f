/* Opening the street side: hosts, files, pages, sessions. */
#include "pos/web/web.h"

#include "embedded.h"
#include "inventory/base/arena.h"
#include "inventory/base/words.h"
#include "pos/web/pages.h"

/* English, the one language beside the source. */
static enum err load_words(struct why *why)
{
    for (size_t i = 0; i < catalogue_files_count; i++) {
        if (strcmp(catalogue_files[i].name, "en.po") == 0) {
            return words_load(LANG_EN, catalogue_files[i].bytes, catalogue_files[i].n, why);
        }
    }
    return OK;
}

static enum err compile_pages(struct web *web, struct why *why)
{
    struct tpl_page list[PAGE_COUNT];
    const struct tpl_env env = {
        .files = template_files, .asset = static_address, .self = web->files};

    for (size_t i = 0; i < PAGE_COUNT; i++) {
        list[i] = pages[i].tpl;
    }
    return tpl_set_compile(&web->pages, list, PAGE_COUNT, &env, why);
}

static enum err add_hosts(struct web *web, struct why *why)
{
    const struct web_options *o = &web->options;
    const char *url = o->public_url;
    char host[HOST_TEXT_MAX];
    enum err e = OK;

    if (o->hosts) {
        e = hosts_add_list(&web->hosts, o->hosts, why);
    }
    if (!e && url) {
        const char *name = strstr(url, "://");

        name = name ? name + 3 : url;
        snprintf(host, sizeof host, "%.*s", (int)strcspn(name, "/"), name);
        e = hosts_add(&web->hosts, host, why);
    }
    return e;
}

enum err web_open(struct web **out, const struct web_options *options, struct why *why)
{
    struct web *web = mem_get(sizeof *web);
    enum err e;

    web->options = *options;
    if (!options->routes) {
        web->options.routes = routes;
        web->options.route_count = routes_count;
    }
    web->https =
        options->tls || (options->public_url && strncmp(options->public_url, "https://", 8) == 0);
    web->shared = options->store && store_about(options->store).shared;
    web->files = static_set_new(static_files);
    web->sessions = session_cache_new();
    web->keys = key_gate_new();
    if ((e = load_words(why)) || (e = add_hosts(web, why)) || (e = compile_pages(web, why))) {
        web_close(web);
        return e;
    }
    *out = web;
    return OK;
}

void web_close(struct web *web)
{
    if (!web) {
        return;
    }
    tpl_set_free(web->pages);
    static_set_free(web->files);
    session_cache_free(web->sessions);
    key_gate_free(web->keys);
    free(web);
}
