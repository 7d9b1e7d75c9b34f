/* The command `copy`: a showroom goes on to live elsewhere, with everything it has. */
#include <sys/stat.h>
#include <unistd.h>

#include "inventory/base/calendar.h"
#include "inventory/base/refuse.h"
#include "inventory/base/sbuf.h"
#include "inventory/base/secret.h"
#include "inventory/journal.h"
#include "pos/command/commands.h"
#include "pos/command/shop.h"
#include "pos/command/target.h"

/* Says where the source went; the target has not gone anywhere. */
static const char table_of_the_mark[] = "moved";

struct copy {
    const struct place *to;
    struct shop from;
    struct target target;
    struct journal_head head; /* what was copied */
    int64_t compared, locals; /* rows */
};

/* ---- table by table ---- */

/* What stands in a row is not shown: it may be a password's hash. */
static enum err compare(int64_t *rows, struct copy *c, const char *table, struct why *why)
{
    struct table_compared got;
    enum err e = table_compare(&got, c->from.cx.db, c->target.cx.db, table);

    if (e) {
        db_explain(c->from.cx.db, e, why);
        return e;
    }
    *rows += got.rows;
    if (!got.same) {
        return why_say(why, ERR_CORRUPT, "copy-differs",
                       "Tabel %s di tujuan tidak sama dengan asalnya, sesudah %lld baris yang "
                       "sama. Tujuan belum menjadi etalase dan asal tidak diubah. Periksa asal "
                       "dengan etalase verify, kosongkan tujuan, lalu ulangi.",
                       table, (long long)got.rows);
    }
    return OK;
}

static enum err compare_built(struct copy *c, struct why *why)
{
    const char *const *tables = store_compared(c->from.store);
    enum err e = OK;

    for (size_t i = 0; tables[i] && !e; i++) {
        e = compare(&c->compared, c, tables[i], why);
    }
    return e ? e : compare(&c->compared, c, "journal", why);
}

/* The journal, and what follows from it; both stores are held against each other at the moment at
 * which the source was read. */
static enum err copy_journal(struct copy *c, struct why *why)
{
    struct db *from = c->from.cx.db;
    enum err e = db_begin(from, DB_READ);

    if (!e) {
        e = journal_head(&c->head, &c->from.cx);
    }
    if (e) {
        db_explain(from, e, why);
        db_rollback(from);
        return e;
    }
    if ((e = target_fill(&c->target, &c->from, why))) {
        db_rollback(from);
        return e;
    }
    if ((e = db_begin(c->target.cx.db, DB_READ))) {
        db_explain(c->target.cx.db, e, why);
    } else {
        e = compare_built(c, why);
        db_rollback(c->target.cx.db);
    }
    db_rollback(from);
    return e;
}

static enum err copy_local(struct copy *c, const char *table, struct why *why)
{
    int64_t rows;
    enum err e = table_copy(&rows, c->target.cx.db, c->from.cx.db, table);

    if (e) {
        db_explain(c->target.cx.db, e, why);
        return e;
    }
    return compare(&c->locals, c, table, why);
}

/* Working state, with the row that makes the target a showroom: all of it or nothing. */
static enum err copy_locals(struct copy *c, struct why *why)
{
    const char *const *tables = store_locals(c->from.store);
    struct db *from = c->from.cx.db, *to = c->target.cx.db;
    enum err e = db_begin(from, DB_READ);

    if (e) {
        db_explain(from, e, why);
        return e;
    }
    if ((e = db_begin(to, DB_LOCAL))) {
        db_explain(to, e, why);
    }
    for (size_t i = 0; tables[i] && !e; i++) {
        if (strcmp(tables[i], table_of_the_mark) != 0) {
            e = copy_local(c, tables[i], why);
        }
    }
    if (e) {
        db_rollback(to);
    } else if ((e = db_commit(to))) {
        db_explain(to, e, why);
    }
    db_rollback(from);
    return e;
}

/* ---- in order ---- */

/* First everything is there, then the source stops, then the target begins: at no moment do both
 * take acts, wherever this is cut off. */
static enum err copy_all(struct copy *c, struct why *why)
{
    enum err e = copy_journal(c, why);

    if (e) {
        return e;
    }
    if ((e = moved_mark(&c->from.cx, store_about(c->target.store).where, c->head.seq))) {
        *why = c->from.cx.why;
        return e;
    }
    return copy_locals(c, why);
}

static void say_done(const struct copy *c)
{
    struct sbuf hash;

    sbuf_init(&hash, SHA256_HEX_MAX);
    sbuf_hex(&hash, c->head.hash.bytes, sizeof c->head.hash.bytes);
    printf(
        "Disalin: %lld baris jurnal, sidik jari terakhir %s.\n"
        "Dibandingkan: %lld baris tabel, ringkasan, dan jurnal sama; begitu juga %lld baris kata "
        "sandi, kunci, sesi, keranjang, dan cetakan.\n"
        "%s pindah ke %s dan tidak menerima catatan lagi. Layani yang baru: etalase serve%s\n",
        (long long)c->head.seq, sbuf_str(&hash), (long long)c->compared, (long long)c->locals,
        store_about(c->from.store).where, store_about(c->target.store).where, c->to->again);
    sbuf_done(&hash);
}

/* A showroom that moved is copied again only to where it went: that copy was cut off. */
static enum err check_mark(const struct copy *c, struct why *why)
{
    bool there = strcmp(c->from.moved.to, store_about(c->target.store).where) == 0;

    return there ? OK : shop_not_moved(&c->from, why);
}

/* The name that the mark keeps holds from wherever the program is started. */
static enum err absolute(char out[SHOP_PATH_MAX], const char *path, struct why *why)
{
    char here[SHOP_PATH_MAX] = "";
    bool relative = path[0] != '/';
    int n = -1;

    if (!relative || getcwd(here, sizeof here)) {
        n = snprintf(out, SHOP_PATH_MAX, "%s%s%s", here, relative ? "/" : "", path);
    }
    return n >= 0 && n < SHOP_PATH_MAX
               ? OK
               : why_say(why, ERR_INVALID, "folder-bad", "Nama folder tujuan terlalu panjang.");
}

/* What the target is opened by, and, of a file, marked by. */
static enum err target_where(const char **out, char file[SHOP_PATH_MAX], const struct copy *c,
                             struct why *why)
{
    char given[SHOP_PATH_MAX];
    enum err e = place_where(out, given, c->to, false, why);

    if (e || c->to->address) {
        return e;
    }
    *out = file;
    if ((e = absolute(file, given, why))) {
        return e;
    }
    /* Before anything is made there. */
    if (*c->from.moved.to && strcmp(c->from.moved.to, file) != 0) {
        return shop_not_moved(&c->from, why);
    }
    return folder_make(c->to->folder, why);
}

static enum err copy_to(struct copy *c, struct why *why)
{
    char file[SHOP_PATH_MAX];
    const char *where;
    enum err e = target_where(&where, file, c, why);

    if (e || (e = target_open(&c->target, &c->from, where, true, why)) ||
        (e = check_mark(c, why))) {
        return e;
    }
    shop_take(&c->from);
    e = copy_all(c, why);
    shop_give(&c->from);
    if (!e) {
        say_done(c);
    }
    return e;
}

static bool same_place(const struct place *a, const struct place *b)
{
    struct stat one, other;

    if (a->address || b->address) {
        return a->address && b->address && strcmp(a->address, b->address) == 0;
    }
    return stat(a->folder, &one) == 0 && stat(b->folder, &other) == 0 &&
           one.st_dev == other.st_dev && one.st_ino == other.st_ino;
}

/* ---- taking the mark away ---- */

static int undo(const struct place *from)
{
    struct shop shop;
    struct why why;
    enum err e = shop_open_site(&shop, from, &why);

    if (!e && !*shop.moved.to) {
        printf("Etalase ini tidak pindah; tidak ada yang diubah.\n");
    } else if (!e) {
        shop_take(&shop);
        e = moved_undo(&shop.cx);
        why = shop.cx.why;
        shop_give(&shop);
        if (!e) {
            printf("Etalase ini menerima catatan lagi. Jangan pernah melayani salinan di %s: "
                   "keduanya akan memberi nomor yang sama.\n",
                   shop.moved.to);
        }
    }
    return shop_finish(&shop, e, &why);
}

int command_copy(const struct args *args)
{
    const char *from_text = args_value(args, "from", NULL), *to_text = args_value(args, "to", NULL);
    struct place from, to;
    struct copy c = {.to = &to};
    struct why why;
    enum err e;

    if (!from_text || !to_text == !args_flag(args, "undo")) {
        return say_usage("copy perlu --from DIR|ALAMAT dan --to DIR|ALAMAT, atau --from DIR|ALAMAT "
                         "--undo");
    }
    if (!args_place_of(&from, "--from", from_text)) {
        return 2;
    }
    if (!to_text) {
        return undo(&from);
    }
    if (!args_place_of(&to, "--to", to_text)) {
        return 2;
    }
    if (same_place(&from, &to)) {
        return say_usage("asal dan tujuan sama");
    }
    if (!(e = shop_open_site(&c.from, &from, &why))) {
        e = copy_to(&c, &why);
    }
    target_close(&c.target);
    return shop_finish(&c.from, e, &why);
}
