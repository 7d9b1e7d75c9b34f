/* Commands that hold the tables against the journal, or build them from it: verify, rebuild. */
#include <signal.h>
#include <unistd.h>

#include "attr.h"
#include "inventory/base/refuse.h"
#include "inventory/journal.h"
#include "pos/command/commands.h"
#include "pos/command/shop.h"
#include "pos/command/target.h"
#include "pos/facts.h"
#include "pos/setting.h"

/* ---- the scratch file of verify ---- */

/* One a process, so that a signal can take it away too. */
static struct scratch {
    char folder[SHOP_PATH_MAX];    /* of our own; empty: the file lies beside the data */
    char file[SHOP_PATH_MAX + 16]; /* empty: nothing to take away */
    char undo[SHOP_PATH_MAX + 32]; /* what the engine may leave beside a file when it is killed */
} scratch;

static void scratch_away(void)
{
    if (*scratch.file) {
        unlink(scratch.file);
        unlink(scratch.undo);
    }
    if (*scratch.folder) {
        rmdir(scratch.folder);
    }
}

/* Only calls that a handler may make; then the signal does what it would have done. */
static void ended(int signal_number)
{
    scratch_away();
    signal(signal_number, SIG_DFL);
    raise(signal_number);
}

static const char *scratch_base(const struct args *args)
{
    const char *temporary = getenv("TMPDIR"); /* NOLINT(concurrency-mt-unsafe): one thread */

    return args_value(args, "scratch", temporary && *temporary ? temporary : "/var/tmp");
}

static enum err scratch_folder(const struct args *args, struct why *why)
{
    int n = snprintf(scratch.folder, sizeof scratch.folder, "%s/etalase-verify-XXXXXX",
                     scratch_base(args));

    if (n < 0 || (size_t)n >= sizeof scratch.folder || !mkdtemp(scratch.folder)) {
        scratch.folder[0] = '\0';
        return why_say(why, ERR_FORBIDDEN, "scratch-folder",
                       "Folder sementara tidak dapat dibuat di %s (%s). Pilih tempat lain yang "
                       "cukup luas: --scratch DIR",
                       scratch_base(args), system_says());
    }
    snprintf(scratch.file, sizeof scratch.file, "%s/etalase.db", scratch.folder);
    return OK;
}

/* Beside a file, which nobody else may open meanwhile; else in a private folder. */
static enum err scratch_ready(const struct args *args, const struct shop *shop, struct why *why)
{
    static const int signals[] = {SIGINT, SIGTERM, SIGHUP};
    enum err e = OK;

    if (shop->place->address || args_flag(args, "scratch")) {
        e = scratch_folder(args, why);
    } else {
        snprintf(scratch.file, sizeof scratch.file, "%s.verify", shop->file);
    }
    if (!e) {
        snprintf(scratch.undo, sizeof scratch.undo, "%s-journal", scratch.file);
        for (size_t i = 0; i < LENGTH(signals); i++) {
            signal(signals[i], ended);
        }
    }
    return e;
}

/* ---- verify ---- */

int command_verify(const struct args *args)
{
    struct store_options options;
    struct verify_report report;
    struct place place;
    struct shop shop;
    struct why why;
    enum err e;

    if (!args_place(&place, args)) {
        return 2;
    }
    if ((e = shop_open_site(&shop, &place, &why)) || (e = scratch_ready(args, &shop, &why))) {
        return shop_finish(&shop, e, &why);
    }
    options = program_store(scratch.file, STORE_SCRATCH);
    shop_take(&shop);
    e = journal_verify(&report, &shop.cx, &options, &program_facts);
    shop_give(&shop);
    scratch_away();
    if (!e) {
        printf("Jurnal utuh: %lld baris, sidik jari terakhir %s.\n"
               "Dibangun ulang: %lld baris tabel dan ringkasan sama.\n",
               (long long)report.lines, report.head_hex, (long long)report.rows);
    }
    return shop_finish(&shop, e, &shop.cx.why);
}

/* ---- rebuild ---- */

static enum err rebuild_to(struct shop *shop, const char *where, struct why *why)
{
    struct target target;
    enum err e = target_open(&target, shop, where, false, why);

    if (!e) {
        shop_take(shop);
        if ((e = db_begin(shop->cx.db, DB_READ))) {
            db_explain(shop->cx.db, e, why);
        } else {
            e = target_fill(&target, shop, why);
            db_rollback(shop->cx.db);
        }
        shop_give(shop);
    }
    if (!e && (e = site_adopt(&target.cx))) {
        *why = target.cx.why;
    }
    target_close(&target);
    return e;
}

int command_rebuild(const struct args *args)
{
    const char *out = args_value(args, "out", NULL);
    struct place place, to;
    struct shop shop;
    struct why why;
    enum err e;

    if (!args_place(&place, args)) {
        return 2;
    }
    if (!out) {
        return say_usage("rebuild perlu --out BERKAS|ALAMAT");
    }
    if (!args_place_of(&to, "--out", out)) {
        return 2;
    }
    if (!to.address && access(out, F_OK) == 0) {
        return say_usage("%s sudah ada; pilih nama lain", out);
    }
    if (!(e = shop_open_site(&shop, &place, &why)) && !(e = rebuild_to(&shop, out, &why))) {
        printf("%s dibangun dari jurnal. Kata sandi dan sesi tidak ada di jurnal: pengguna perlu "
               "kata sandi baru.\n",
               to.address ? "Basis data baru" : out);
    }
    return shop_finish(&shop, e, &why);
}
