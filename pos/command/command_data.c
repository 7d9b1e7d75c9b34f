/* Commands that begin a showroom and bring its goods in: init, migrate, import. */
#include "attr.h"
#include "inventory/base/arena.h"
#include "inventory/base/calendar.h"
#include "inventory/base/refuse.h"
#include "inventory/import.h"
#include "pos/command/commands.h"
#include "pos/command/shop.h"
#include "pos/facts.h"
#include "pos/pnbp/reference.h"
#include "pos/setting.h"

/* ---- init ---- */

/* A label's address is printed in capitals: that makes the smaller symbol. */
static const char *capitals(struct arena *a, const char *text)
{
    char *copy = text ? arena_text(a, text) : NULL;

    for (char *p = copy; p && *p; p++) {
        *p = (char)(*p >= 'a' && *p <= 'z' ? *p - 'a' + 'A' : *p);
    }
    return copy;
}

static enum err init_site(struct shop *shop, const struct args *args, int64_t tills)
{
    struct site_new wanted = {
        .unit_name = args_value(args, "unit", NULL),
        .unit_address = args_value(args, "address", NULL),
        .unit_city = args_value(args, "city", NULL),
        .satker = args_value(args, "satker", NULL),
        .label_host = capitals(shop->arena, args_value(args, "label-host", NULL)),
        .split_rule = args_value(args, "split", NULL),
        .receipt_footer = args_value(args, "footer", NULL),
        .tills = (int32_t)tills,
    };
    enum err e;

    shop_take(shop);
    e = site_init(&shop->cx, &wanted);
    shop_give(shop);
    return e;
}

int command_init(const struct args *args)
{
    const char *satker = args_value(args, "satker", NULL);
    int64_t tills = 1;
    struct place place;
    struct shop shop;
    struct why why;
    enum err e;

    if (!args_place(&place, args) || !args_int(&tills, args, "tills", 1, TILLS_MAX)) {
        return 2;
    }
    if (!satker || !args_flag(args, "unit") || !args_flag(args, "zone")) {
        return say_usage("init perlu --satker, --unit dan --zone");
    }
    if ((e = shop_open(&shop, &place, STORE_SERVING, &why))) {
        return shop_finish(&shop, e, &why);
    }
    if (!shop.has_site) {
        snprintf(shop.site.code, sizeof shop.site.code, "%s", satker);
        snprintf(shop.site.epoch, sizeof shop.site.epoch, "A");
        if (!zone_from_name(&shop.site.zone, args_value(args, "zone", ""))) {
            shop_close(&shop);
            return say_usage("--zone harus WIB, WITA atau WIT");
        }
    }
    e = init_site(&shop, args, tills);
    if (!e) {
        printf("Etalase %s siap di %s. Berikutnya: etalase serve%s\n", satker,
               place.address ? store_about(shop.store).where : place.folder, place.again);
    }
    return shop_finish(&shop, e, &shop.cx.why);
}

/* ---- migrate ---- */

int command_migrate(const struct args *args)
{
    struct store_options options;
    struct store_about about;
    struct store *store;
    struct place place;
    struct why why;

    if (!args_place(&place, args)) {
        return 2;
    }
    if (!place.address) {
        return say_usage("migrate hanya untuk basis data bersama (--db ALAMAT); berkas di folder "
                         "diperbarui sendiri saat dibuka");
    }
    options = program_store(place.address, STORE_SERVING);
    options.migrate = true;
    options.pool = place.pool;
    if (store_open(&store, &options, &why)) {
        return say_refusal(&why);
    }
    about = store_about(store);
    if (about.schema_was == about.schema) {
        printf("%s sudah di skema %d; tidak ada yang diubah.\n", about.where, (int)about.schema);
    } else {
        printf("%s: skema %d menjadi %d.\n", about.where, (int)about.schema_was, (int)about.schema);
    }
    store_close(store);
    return 0;
}

/* ---- import ---- */

static char *read_file(const char *path, size_t *n, struct why *why)
{
    FILE *f = fopen(path, "rb");
    char *bytes = NULL;

    *n = 0;
    if (f) {
        bytes = mem_get(IMPORT_BYTES_MAX + 2);
        *n = fread(bytes, 1, IMPORT_BYTES_MAX + 1, f);
    }
    if (!f || ferror(f)) {
        (void)why_say(why, ERR_NOT_FOUND, "file-unreadable", "Berkas %s tidak dapat dibaca: %s.",
                      path, system_says());
        free(bytes);
        bytes = NULL;
    }
    if (f) {
        fclose(f);
    }
    return bytes;
}

static void print_report(const struct import_report *r)
{
    const char *outcome = !r->written                   ? "Tidak ada yang disimpan."
                          : r->created + r->changed > 0 ? "Semua disimpan."
                                                        : "Semua sudah tercatat.";

    for (size_t i = 0; i < r->problem_count; i++) {
        const struct import_problem *p = &r->problems[i];

        fprintf(stderr, "baris %d%s%s%s%s: %s\n", p->line, *p->sku ? ", " : "", p->sku,
                *p->column ? ", kolom " : "", p->column, p->why);
    }
    printf("%lld baris: %lld baru, %lld berubah, %lld sama, %lld ditolak. %s\n", (long long)r->rows,
           (long long)r->created, (long long)r->changed, (long long)r->unchanged,
           (long long)r->refused, outcome);
}

int command_import(const struct args *args)
{
    struct import_report report = {.rows = 0};
    struct import_options options = {.dry_run = args_flag(args, "dry-run"),
                                     .account_known = revenue_account_known};
    struct place place;
    struct day on;
    struct shop shop;
    struct why why;
    size_t n;
    char *bytes;
    enum err e;

    if (!args_place(&place, args)) {
        return 2;
    }
    if (!(bytes = read_file(args->words[0], &n, &why))) {
        return say_refusal(&why);
    }
    if ((e = shop_open_site(&shop, &place, &why)) || (e = shop_not_moved(&shop, &why))) {
        free(bytes);
        return shop_finish(&shop, e, &why);
    }
    on = instant_day(clock_now(&shop.clock), shop.site.zone);
    options.arg = &on;
    shop_take(&shop);
    e = import_products(&report, &shop.cx, bytes, n, &options);
    shop_give(&shop);
    if (report.rows > 0) {
        print_report(&report);
    }
    free(bytes);
    return shop_finish(&shop, e, &shop.cx.why);
}
