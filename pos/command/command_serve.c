/* The command `serve`: opens the shop to browsers and machines. */
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
    const struct place *place;
    bool demo;
    char admin_token[TOKEN_TEXT_MAX]; /* empty: there is an administrator */
};

static void ready(void *arg, const char *address)
{
    const struct serving *s = arg;
    char url[128];
    struct why why;
    enum err e = OK;

    /* Without the last slash, so that paths can be put behind it. */
    snprintf(url, sizeof url, "%.*s",
             (int)(strlen(address) - (address[strlen(address) - 1] == '/')), address);
    if (s->demo) {
        e = demo_tell(s->place->folder, url, &why);
    }
    /* Shared data may be served from a folder in which no demo was made. */
    if (e && e != ERR_NOT_FOUND) {
        say_refusal(&why);
    }
    if (!s->demo || e) {
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

    fprintf(stderr, "%s %s (%s), skema %d", about.title, about.version,
            about.fixed ? "tanpa cacat yang dikenal"
                        : "versi dengan cacat yang dikenal; Etalase memakainya dengan cara yang "
                          "tidak terkena",
            about.schema);
    if (about.shared) {
        fprintf(stderr, ", %s, paling banyak %d sambungan", about.where, (int)about.connections);
    }
    fputc('\n', stderr);
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
    snprintf(prints, sizeof prints, "%s/prints", s->place->folder);
    if ((e = folder_make(s->place->folder, why)) || (e = folder_make(prints, why))) {
        return e;
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

/* The place, with its pool. */
static bool serving_place(struct place *out, const struct args *args)
{
    int64_t pool = POOL_DEFAULT;

    if (!args_place(out, args) || !args_int(&pool, args, "db-pool", 1, POOL_MAX)) {
        return false;
    }
    if (args_flag(args, "db-pool") && !out->address) {
        say_usage("--db-pool hanya untuk basis data bersama (--db ALAMAT)");
        return false;
    }
    out->pool = (int32_t)pool;
    return true;
}

/* Fills the demo, where there is no showroom. */
static enum err demo_first(const struct place *place, int64_t days, struct instant now,
                           struct why *why)
{
    enum err e = folder_make(place->folder, why);

    return e ? e : demo_make(place, (int32_t)days, now, why);
}

int command_serve(const struct args *args)
{
    struct place place;
    struct serving serving = {.place = &place};
    int64_t days = DEMO_DAYS;
    struct instant now;
    struct shop shop;
    struct why why;
    enum err e;

    if (!serving_place(&place, args) || !args_int(&days, args, "demo-days", 1, 400) ||
        !demo_moment(&now, args)) {
        return 2;
    }
    if (args_flag(args, "tls-cert") != args_flag(args, "tls-key")) {
        return say_usage("--tls-cert dan --tls-key dipakai berdua");
    }
    if (args_flag(args, "demo") && demo_first(&place, days, now, &why)) {
        return say_refusal(&why);
    }
    if (!(e = shop_open_site(&shop, &place, &why)) && !(e = shop_not_moved(&shop, &why))) {
        e = run(&serving, &shop, args, &why);
    }
    return shop_finish(&shop, e, &why);
}
