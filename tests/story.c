/* The stage on which stories are told. */
#include "tests/story.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include <sys/stat.h>
#include <unistd.h>

#include "inventory/base/id.h"
#include "inventory/base/sbuf.h"
#include "inventory/base/secret.h"
#include "inventory/journal.h"
#include "pos/export.h"
#include "pos/facts.h"
#include "pos/ledger.h"
#include "pos/pnbp/reference.h"

enum {
    STORY_ARENA_MAX = 512 * 1024 * 1024,
    STORY_SEED = 20261122,
    STORY_SAME_NAME_MAX = 100, /* stories told by one function */
    EXPORT_MAX = 64 * 1024 * 1024,
};

bool story_unsynced;

static void open_store(struct story *s)
{
    struct store_options options = home_store(&s->home);
    struct why why;

    if (story_unsynced) {
        options.profile = STORE_FILLING;
    }

    if (store_open(&s->store, &options, &why)) {
        fail_msg("store: %s", why.text);
    }
    s->cx.db = store_take(s->store);
}

void story_open_named(struct story *s, const char *split_rule, const char *name)
{
    struct why why;

    *s = (struct story){.name = name, .now = INSTANT(STORY_START_MS)};
    secret_start();
    id_seed(STORY_SEED);
    assert_int_equal(reference_start(&why), OK);
    snprintf(s->folder, sizeof s->folder, "/tmp/etalase-story-XXXXXX");
    assert_non_null(mkdtemp(s->folder));
    home_open(&s->home, s->folder);
    s->clock = clock_fixed(&s->now);
    s->site = (struct site){.code = "632331", .epoch = "A", .zone = {480}};
    s->cx = (struct ctx){
        .clock = &s->clock,
        .arena = arena_new(STORY_ARENA_MAX),
        .site = &s->site,
        .role = ROLE_ADMIN,
    };
    story_as(s, "admin", ROLE_ADMIN, "1");
    open_store(s);
    STORY_OK(s, site_init(&s->cx, &(struct site_new){.unit_name = "Galeri Lapas Contoh",
                                                     .unit_address = "Jalan Contoh 1",
                                                     .unit_city = "Tarakan",
                                                     .label_host = "GALERI.EXAMPLE",
                                                     .split_rule = split_rule,
                                                     .tills = 3}));
}

void story_verify(struct story *s)
{
    char path[128];
    struct store_options scratch;
    struct verify_report report;

    snprintf(path, sizeof path, "%s/verify.db", s->folder);
    scratch = program_store(path, STORE_SCRATCH);
    STORY_OK(s, journal_verify(&report, &s->cx, &scratch, &program_facts));
    assert_int_equal(report.bad_seq, 0);
    assert_true(report.lines > 0 && report.rows > 0);
}

void story_reopen(struct story *s)
{
    if (s->store) {
        store_give(s->store, s->cx.db);
        store_close(s->store);
    }
    open_store(s);
}

/* DIR/name, or DIR/name-2 ... when a function tells several stories. */
static void make_folder(char *out, size_t room, const char *dir, const char *name)
{
    snprintf(out, room, "%s/%s", dir, name);
    for (int i = 2; mkdir(out, 0777) && errno == EEXIST && i < STORY_SAME_NAME_MAX; i++) {
        snprintf(out, room, "%s/%s-%d", dir, name, i);
    }
}

static void leave_exports(struct story *s)
{
    static const enum export_kind kinds[] = {EXPORT_JOURNAL, EXPORT_SALES, EXPORT_STOCK,
                                             EXPORT_LEDGER};
    const char *dir = getenv("ETALASE_STORY_OUT");
    char folder[512], path[640];

    if (!dir) {
        return;
    }
    make_folder(folder, sizeof folder, dir, s->name);
    for (size_t i = 0; i < LENGTH(kinds); i++) {
        struct export x = {.kind = kinds[i]};
        struct sbuf text;
        FILE *f;

        sbuf_init(&text, EXPORT_MAX);
        while (!x.done) {
            STORY_OK(s, export_slice(&x, &s->cx, &text));
        }
        assert_false(text.full);
        snprintf(path, sizeof path, "%s/%s", folder, export_name(x.kind));
        f = fopen(path, "wbx");
        assert_non_null(f);
        assert_int_equal(fwrite(sbuf_str(&text), 1, text.len, f), text.len);
        assert_int_equal(fclose(f), 0);
        sbuf_done(&text);
    }
}

void story_close(struct story *s)
{
    static const char *const files[] = {"etalase.db", "etalase.db-wal", "etalase.db-journal",
                                        "etalase.db.holder"};
    char path[128];

    story_verify(s);
    leave_exports(s);
    store_give(s->store, s->cx.db);
    store_close(s->store);
    home_close(&s->home);
    arena_free(s->cx.arena);
    for (size_t i = 0; i < LENGTH(files); i++) {
        snprintf(path, sizeof path, "%s/%s", s->folder, files[i]);
        unlink(path);
    }
    assert_int_equal(rmdir(s->folder), 0);
    id_seed(0);
    reference_stop();
}

void story_as(struct story *s, const char *login, enum role role, const char *till)
{
    snprintf(s->cx.actor, sizeof s->cx.actor, "%s", login);
    snprintf(s->cx.till, sizeof s->cx.till, "%s", till);
    s->cx.role = role;
}

void story_wait(struct story *s, int64_t ms)
{
    s->now.ms += ms;
}

struct product_id story_product(struct story *s, const char *sku, const char *name,
                                enum tracking tracking, int64_t price_rp, int64_t cost_rp)
{
    struct ctx admin = s->cx;
    struct product_id id;
    struct product_new wanted = {
        .sku = sku,
        .name = name,
        .family = "kerajinan",
        .workshop = "Bengkel Kerajinan",
        .tracking = tracking,
        .unit = tracking == TRACK_PIECE     ? "potong"
                : strstr(name, "per meter") ? "meter"
                                            : "buah",
        .revenue_account = tracking == TRACK_SERVICE ? "425699" : "425119",
        .motif = "",
        .technique = "",
        .priced = price_rp > 0,
        .price = RUPIAH(price_rp),
        .cost_known = cost_rp >= 0,
        .cost = RUPIAH(cost_rp >= 0 ? cost_rp : 0),
    };

    admin.role = ROLE_ADMIN;
    if (product_create(&id, &admin, &wanted)) {
        fail_msg("product %s: %s", sku, admin.why.text);
    }
    return id;
}

struct received story_receive(struct story *s, const char *sku, struct qty qty, int64_t cost_rp)
{
    struct received out;
    struct product p;

    STORY_OK(s, product_by_sku(&p, &s->cx, sku));
    STORY_OK(
        s, goods_receive(&out, &s->cx,
                         &(struct goods_receive){.product = p.id,
                                                 .qty = qty,
                                                 .cost_known = cost_rp >= 0,
                                                 .unit_cost = RUPIAH(cost_rp >= 0 ? cost_rp : 0)}));
    return out;
}

struct received story_j1_goods(struct story *s)
{
    story_product(s, "BTK-001", "Kain batik burung enggang", TRACK_PIECE, 250000, 160000);
    story_product(s, "KRJ-001", "Gantungan kunci korek api", TRACK_LOT, 15000, 9000);
    story_receive(s, "KRJ-001", QTY_WHOLE(100), 9000);
    return story_receive(s, "BTK-001", QTY_WHOLE(3), 160000);
}

struct qty story_on_hand(struct story *s, const char *sku)
{
    struct product p;

    STORY_OK(s, product_by_sku(&p, &s->cx, sku));
    return p.on_hand;
}

int64_t story_balance(struct story *s, const char *kind, const char *code)
{
    struct account a;

    STORY_OK(s, account_find(&a, &s->cx, kind, code));
    return a.balance.rp;
}

struct idem_id story_key(const char *text)
{
    struct idem_id key = {{0}};

    memcpy(key.bytes, text, strlen(text) < sizeof key.bytes ? strlen(text) : sizeof key.bytes);
    return key;
}

enum err story_sell(struct story *s, struct sale *out, const char *key, const char *code,
                    struct qty qty, int64_t cash_rp)
{
    struct sale_line_wanted line = {.code = code, .qty = qty};
    struct tender cash = {TENDER_CASH, RUPIAH(cash_rp)};
    struct sale_wanted wanted = {
        .key = story_key(key),
        .lines = &line,
        .line_count = 1,
        .tenders = &cash,
        .tender_count = 1,
    };
    bool again;

    return sale_commit(out, &again, &s->cx, &wanted);
}

struct place_id story_place(struct story *s, enum place_kind kind)
{
    struct place p;

    STORY_OK(s, place_of_kind(&p, &s->cx, kind));
    return p.id;
}

struct label_code story_lot_code(struct story *s, const char *sku)
{
    struct lot_brief *lots;
    size_t n;

    STORY_OK(s, lot_newest(&lots, &n, &s->cx, (struct lot_id){{0}}, 20));
    for (size_t i = 0; i < n; i++) {
        if (strcmp(lots[i].sku, sku) == 0) {
            return lots[i].code;
        }
    }
    fail_msg("no lot of %s", sku);
    return (struct label_code){""};
}

enum label_state story_label_state(struct story *s, struct label_code code)
{
    struct label l;

    STORY_OK(s, label_find(&l, &s->cx, code));
    return l.state;
}
