/* Opening a showroom for a command. */
#include "pos/command/shop.h"

#include <errno.h>
#include <stdarg.h>
#include <sys/stat.h>
#include <unistd.h>

#include "inventory/base/arena.h"
#include "inventory/base/calendar.h"
#include "inventory/base/refuse.h"
#include "pos/facts.h"
#include "pos/pnbp/reference.h"
#include "pos/setting.h"

enum { COMMAND_ARENA_MAX = 512 * 1024 * 1024 };

static enum err folder_ready(struct shop *shop, const char *folder, struct why *why)
{
    int n = snprintf(shop->folder, sizeof shop->folder, "%s", folder);
    int m = snprintf(shop->file, sizeof shop->file, "%s/etalase.db", folder);

    if (n < 1 || m < 0 || (size_t)m >= sizeof shop->file) {
        return why_say(why, ERR_INVALID, "folder-bad",
                       "Nama folder data kosong atau terlalu panjang.");
    }
    if (mkdir(folder, 0700) && errno != EEXIST) {
        return why_say(why, ERR_FORBIDDEN, "folder-not-writable",
                       "Folder data %s tidak dapat dibuat (%s). Periksa letak dan izinnya.", folder,
                       system_says());
    }
    return OK;
}

static enum err site_ready(struct shop *shop, struct why *why)
{
    enum err e;

    shop_take(shop);
    e = site_load(&shop->site, &shop->cx);
    if (e && e != ERR_NOT_FOUND) {
        db_explain(shop->cx.db, e, why);
        shop_give(shop);
        return e;
    }
    shop_give(shop);
    shop->has_site = e == OK;
    shop->cx.site = &shop->site;
    shop->cx.why = (struct why){.code = OK};
    return OK;
}

enum err shop_open(struct shop *shop, const char *folder, enum store_profile profile,
                   struct why *why)
{
    struct store_options options;
    enum err e;

    *shop = (struct shop){.clock = clock_real()};
    shop->cx = (struct ctx){.role = ROLE_ADMIN, .actor = "system"};
    if ((e = reference_start(why)) || (e = folder_ready(shop, folder, why))) {
        return e;
    }
    options = program_store(shop->file, profile);
    if ((e = store_open(&shop->store, &options, why))) {
        return e;
    }
    shop->arena = arena_new(COMMAND_ARENA_MAX);
    shop->cx.clock = &shop->clock;
    shop->cx.arena = shop->arena;
    return site_ready(shop, why);
}

void shop_close(struct shop *shop)
{
    arena_free(shop->arena);
    store_close(shop->store);
    reference_stop();
    *shop = (struct shop){.has_site = false};
}

/* A folder without a store is not opened, so that a mistyped name leaves nothing behind. */
static bool store_is_there(const char *folder)
{
    char file[SHOP_PATH_MAX];

    snprintf(file, sizeof file, "%s/etalase.db", folder);
    return access(file, F_OK) == 0;
}

enum err shop_open_site(struct shop *shop, const char *folder, struct why *why)
{
    enum err e = OK;

    *shop = (struct shop){.has_site = false};
    if (store_is_there(folder)) {
        e = shop_open(shop, folder, STORE_SERVING, why);
    }
    if (!e && !shop->has_site) {
        return why_say(why, ERR_REFUSED, "site-missing",
                       "Folder %s belum disiapkan. Jalankan dulu: etalase init --data %s --satker "
                       "KODE --unit \"NAMA\" --zone WIB|WITA|WIT",
                       folder, folder);
    }
    return e;
}

void shop_take(struct shop *shop)
{
    shop->cx.db = store_take(shop->store);
}

void shop_give(struct shop *shop)
{
    store_give(shop->store, shop->cx.db);
    shop->cx.db = NULL;
}

const char *system_says(void)
{
    return strerror(errno); /* NOLINT(concurrency-mt-unsafe): one thread */
}

int say_refusal(const struct why *why)
{
    fprintf(stderr, "etalase: %s\n", why->text);
    return 1;
}

int say_usage(const char *format, ...)
{
    va_list args;

    va_start(args, format);
    fputs("etalase: ", stderr);
    vfprintf(stderr, format, args);
    fputs("\nBantuan: etalase help\n", stderr);
    va_end(args);
    return 2;
}
