/* The command `serve`: opens the shop to browsers and machines. */
#include <errno.h>
#include <sys/stat.h>

#include "inventory/base/arena.h"
#include "inventory/base/calendar.h"
#include "inventory/base/refuse.h"
#include "inventory/base/secret.h"
#include "pos/command/commands.h"
#include "pos/command/demo_file.h"
#include "pos/command/shop.h"
#include "pos/demo.h"
#include "pos/setting.h"
#include "pos/staff.h"
#include "pos/web/server.h"
#include "version.h"

struct serving {
    const char *folder;
    bool demo;
    char admin_token[TOKEN_TEXT_MAX]; /* empty: there is an administrator */
};

static void ready(void *arg, const char *address)
{
    const struct serving *s = arg;
    char url[128];
    struct why why;

    /* Without the last slash, so that paths can be put behind it. */
    snprintf(url, sizeof url, "%.*s",
             (int)(strlen(address) - (address[strlen(address) - 1] == '/')), address);
    if (s->demo && demo_tell(s->folder, url, &why)) {
        say_refusal(&why);
    }
    if (!s->demo) {
        printf("Etalase dibuka di %s\n", url);
    }
    if (*s->admin_token) {
        printf("Belum ada administrator. Buka sekali, dalam 24 jam:\n  %s/mulai/%s\n", url,
               s->admin_token);
    }
    fflush(stdout);
}

static void say_engine(const struct store *store)
{
    struct store_about about = store_about(store);

    fprintf(stderr, "%s %s (%s), skema %d\n", about.engine, about.version,
            about.fixed ? "tanpa cacat WAL-reset"
                        : "dengan cacat WAL-reset; satu koneksi memegang berkas, jadi aman",
            about.schema);
}

/* The link of the first administrator, only while there is none. */
static enum err admin_link(struct serving *s, struct shop *shop)
{
    enum err e = first_admin_token(s->admin_token, &shop->cx);

    if (e == ERR_CONFLICT) {
        s->admin_token[0] = '\0';
        return OK;
    }
    return e;
}

static enum err prepare(struct serving *s, struct shop *shop, struct settings *settings)
{
    enum err e;

    shop_take(shop);
    e = settings_now(settings, &shop->cx);
    if (!e && !settings->demo) {
        e = admin_link(s, shop);
    }
    shop_give(shop);
    s->demo = !e && settings->demo;
    return e;
}

static enum err run(struct serving *s, struct shop *shop, const struct args *args, struct why *why)
{
    char prints[SHOP_PATH_MAX + 16];
    struct settings settings;
    struct server_options options;
    enum err e;

    if ((e = prepare(s, shop, &settings))) {
        *why = shop->cx.why;
        return e;
    }
    snprintf(prints, sizeof prints, "%s/prints", shop->folder);
    if (mkdir(prints, 0700) && errno != EEXIST) {
        return why_say(why, ERR_FORBIDDEN, "folder-not-writable",
                       "Folder %s tidak dapat dibuat: %s. Periksa izinnya.", prints, system_says());
    }
    say_engine(shop->store);
    options = (struct server_options){
        .web = {.store = shop->store,
                .clock = &shop->clock,
                .site = &shop->site,
                .unit = settings.unit_name,
                .prints_dir = prints,
                .version = ETALASE_VERSION,
                .hosts = args_value(args, "host", NULL),
                .public_url = args_value(args, "public-url", NULL),
                .tls = args_flag(args, "tls-cert"),
                .demo = settings.demo},
        .listen = args_value(args, "listen", "127.0.0.1:8080"),
        .tls_cert = args_value(args, "tls-cert", NULL),
        .tls_key = args_value(args, "tls-key", NULL),
        .log = args_flag(args, "log"),
        .ready = ready,
        .arg = s,
    };
    return server_run(&options, why);
}

/* "2026-11-22" ends the demo's last day in the evening; without it, now. */
static bool demo_moment(struct instant *out, const struct args *args)
{
    const char *text = args_value(args, "demo-now", NULL);
    struct clock clock = clock_real();
    struct day day;

    *out = clock_now(&clock);
    if (text && day_parse(&day, text)) {
        say_usage("--demo-now harus tanggal seperti 2026-11-22");
        return false;
    }
    if (text) {
        out->ms = day_begins(day, (struct zone){480}).ms + INT64_C(18) * 3600 * 1000;
    }
    return true;
}

int command_serve(const struct args *args)
{
    struct serving serving = {.folder = args_folder(args)};
    int64_t days = DEMO_DAYS;
    struct instant now;
    struct shop shop;
    struct why why;
    enum err e = OK;
    int status;

    if (!serving.folder || !args_int(&days, args, "demo-days", 1, 400) ||
        !demo_moment(&now, args)) {
        return 2;
    }
    if (args_flag(args, "tls-cert") != args_flag(args, "tls-key")) {
        return say_usage("--tls-cert dan --tls-key dipakai berdua");
    }
    if (args_flag(args, "demo")) {
        e = demo_make(serving.folder, (int32_t)days, now, &why);
    }
    if (e) {
        return say_refusal(&why);
    }
    e = shop_open_site(&shop, serving.folder, &why);
    if (!e) {
        e = run(&serving, &shop, args, &why);
    }
    status = e ? say_refusal(&why) : 0;
    shop_close(&shop);
    return status;
}
