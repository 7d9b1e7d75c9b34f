/* Commands over the data: init, import, verify, rebuild. */
#include <unistd.h>

#include "attr.h"
#include "inventory/base/arena.h"
#include "inventory/base/calendar.h"
#include "inventory/base/refuse.h"
#include "inventory/import.h"
#include "inventory/journal.h"
#include "pos/command/commands.h"
#include "pos/command/shop.h"
#include "pos/facts.h"
#include "pos/pnbp/reference.h"
#include "pos/setting.h"

/* Closes and gives the exit status. */
static int finish(struct shop *shop, enum err e, const struct why *why)
{
    int status = e ? say_refusal(why) : 0;

    shop_close(shop);
    return status;
}

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
    const char *folder = args_folder(args);
    const char *satker = args_value(args, "satker", NULL);
    int64_t tills = 1;
    struct shop shop;
    struct why why;
    enum err e;

    if (!folder || !args_int(&tills, args, "tills", 1, TILLS_MAX)) {
        return 2;
    }
    if (!satker || !args_flag(args, "unit") || !args_flag(args, "zone")) {
        return say_usage("init perlu --satker, --unit dan --zone");
    }
    if ((e = shop_open(&shop, folder, STORE_SERVING, &why))) {
        return finish(&shop, e, &why);
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
        printf("Etalase %s siap di %s. Berikutnya: etalase serve --data %s\n", satker, folder,
               folder);
    }
    return finish(&shop, e, &shop.cx.why);
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
    const char *folder = args_folder(args);
    struct import_report report = {.rows = 0};
    struct import_options options = {.dry_run = args_flag(args, "dry-run"),
                                     .account_known = revenue_account_known};
    struct day on;
    struct shop shop;
    struct why why;
    size_t n;
    char *bytes;
    enum err e;

    if (!folder) {
        return 2;
    }
    if (!(bytes = read_file(args->words[0], &n, &why))) {
        return say_refusal(&why);
    }
    if ((e = shop_open_site(&shop, folder, &why))) {
        free(bytes);
        return finish(&shop, e, &why);
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
    return finish(&shop, e, &shop.cx.why);
}

/* ---- verify and rebuild ---- */

int command_verify(const struct args *args)
{
    const char *folder = args_folder(args);
    char path[SHOP_PATH_MAX + 16];
    struct store_options scratch;
    struct verify_report report;
    struct shop shop;
    struct why why;
    enum err e;

    if (!folder) {
        return 2;
    }
    if ((e = shop_open_site(&shop, folder, &why))) {
        return finish(&shop, e, &why);
    }
    snprintf(path, sizeof path, "%s.verify", shop.file);
    scratch = program_store(path, STORE_SCRATCH);
    shop_take(&shop);
    e = journal_verify(&report, &shop.cx, shop.store, &scratch, &program_facts);
    shop_give(&shop);
    if (!e) {
        printf("Jurnal utuh: %lld baris, sidik jari terakhir %s.\n"
               "Dibangun ulang: %lld baris tabel dan ringkasan sama.\n",
               (long long)report.lines, report.head_hex, (long long)report.rows);
    }
    return finish(&shop, e, &shop.cx.why);
}

static enum err rebuild_to(struct shop *shop, const char *path, struct why *why)
{
    struct store_options options = program_store(path, STORE_FILLING);
    struct ctx to = shop->cx;
    struct store *store = NULL;
    enum err e = store_open(&store, &options, why);

    if (e) {
        return e;
    }
    to.db = store_take(store);
    shop_take(shop);
    e = journal_rebuild(&to, &shop->cx, &program_facts);
    shop_give(shop);
    if (!e && (e = site_adopt(&to))) {
        shop->cx.why = to.why;
    }
    store_give(store, to.db);
    if (e) {
        *why = shop->cx.why;
    } else {
        e = store_settle(store, why);
    }
    store_close(store);
    return e;
}

int command_rebuild(const struct args *args)
{
    const char *folder = args_folder(args);
    const char *out = args_value(args, "out", NULL);
    struct shop shop;
    struct why why;
    enum err e;

    if (!folder || !out) {
        return folder ? say_usage("rebuild perlu --out BERKAS") : 2;
    }
    if (access(out, F_OK) == 0) {
        return say_usage("%s sudah ada; pilih nama lain", out);
    }
    if (!(e = shop_open_site(&shop, folder, &why)) && !(e = rebuild_to(&shop, out, &why))) {
        printf("Berkas baru %s dibangun dari jurnal. Kata sandi dan sesi tidak ada di jurnal: "
               "pengguna perlu kata sandi baru.\n",
               out);
    }
    return finish(&shop, e, &why);
}
