/* Opening a showroom for a command. */
#include "pos/command/shop.h"

#include <errno.h>
#include <stdarg.h>
#include <sys/stat.h>
#include <unistd.h>

#include "inventory/base/arena.h"
#include "inventory/base/calendar.h"
#include "inventory/base/refuse.h"
#include "inventory/fact.h"
#include "pos/facts.h"
#include "pos/pnbp/reference.h"
#include "pos/setting.h"

enum { COMMAND_ARENA_MAX = 512 * 1024 * 1024 };

enum err folder_make(const char *folder, struct why *why)
{
    if (mkdir(folder, 0700) && errno != EEXIST) {
        return why_say(why, ERR_FORBIDDEN, "folder-not-writable",
                       "Folder %s tidak dapat dibuat (%s). Periksa letak dan izinnya.", folder,
                       system_says());
    }
    return OK;
}

enum err place_where(const char **out, char file[SHOP_PATH_MAX], const struct place *place,
                     bool make, struct why *why)
{
    int n;

    *out = place->address;
    file[0] = '\0';
    if (place->address) {
        return OK;
    }
    *out = file;
    n = snprintf(file, SHOP_PATH_MAX, "%s/etalase.db", place->folder);
    if (!*place->folder || n < 0 || n >= SHOP_PATH_MAX) {
        return why_say(why, ERR_INVALID, "folder-bad",
                       "Nama folder data kosong atau terlalu panjang.");
    }
    return make ? folder_make(place->folder, why) : OK;
}

static enum err site_work(struct ctx *cx, void *arg)
{
    struct shop *shop = arg;
    enum err e = site_load(&shop->site, cx);

    shop->has_site = e == OK;
    return e && e != ERR_NOT_FOUND ? e : moved_read(&shop->moved, cx);
}

static enum err site_ready(struct shop *shop, struct why *why)
{
    enum err e;

    shop_take(shop);
    e = read_run(&shop->cx, site_work, shop);
    shop_give(shop);
    *why = shop->cx.why;
    shop->cx.why = (struct why){.code = OK};
    shop->cx.site = &shop->site;
    return e;
}

enum err shop_open(struct shop *shop, const struct place *place, enum store_profile profile,
                   struct why *why)
{
    struct store_options options;
    const char *where;
    enum err e;

    *shop = (struct shop){.place = place, .clock = clock_real()};
    shop->cx = (struct ctx){.role = ROLE_ADMIN, .actor = "system"};
    if ((e = reference_start(why)) || (e = place_where(&where, shop->file, place, true, why))) {
        return e;
    }
    options = program_store(where, profile);
    options.pool = place->pool;
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

/* A folder without a file is not opened, so that a mistyped name leaves nothing behind. */
static bool store_is_there(struct shop *shop)
{
    struct why why;
    const char *where;

    return !place_where(&where, shop->file, shop->place, false, &why) &&
           (shop->place->address || access(shop->file, F_OK) == 0);
}

enum err shop_open_site(struct shop *shop, const struct place *place, struct why *why)
{
    enum err e = OK;

    *shop = (struct shop){.place = place};
    if (store_is_there(shop)) {
        e = shop_open(shop, place, STORE_SERVING, why);
    }
    if (!e && !shop->has_site) {
        return why_say(why, ERR_REFUSED, "site-missing",
                       "%s %s belum disiapkan. Jalankan dulu: etalase init%s --satker KODE "
                       "--unit \"NAMA\" --zone WIB|WITA|WIT",
                       place->address ? "Basis data" : "Folder",
                       place->address ? store_about(shop->store).where : place->folder,
                       place->again);
    }
    return e;
}

enum err shop_not_moved(const struct shop *shop, struct why *why)
{
    char at[DATE_TEXT_MAX];

    if (!*shop->moved.to) {
        return OK;
    }
    instant_rfc3339(at, shop->moved.at, shop->site.zone);
    return why_say(why, ERR_CONFLICT, "site-moved",
                   "Etalase ini pindah ke %s pada %s; yang di sini tinggal untuk dibaca. Layani "
                   "yang di sana. Hanya bila yang di sana belum pernah dipakai dan dibuang: "
                   "etalase copy --from %s --undo",
                   shop->moved.to, at, shop->place->address ? "ALAMAT" : shop->place->folder);
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

int shop_finish(struct shop *shop, enum err e, const struct why *why)
{
    int status = e ? say_refusal(why) : 0;

    shop_close(shop);
    return status;
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
