/* The first facts of a site: its places, accounts, families and settings. */
#include "inventory/base/arena.h"
#include "inventory/base/calendar.h"
#include "inventory/fact.h"
#include "inventory/goods.h"
#include "inventory/stock.h"
#include "pos/ledger.h"
#include "pos/pnbp/reference.h"
#include "pos/setting.h"
#include "pos/setting_names.h"
#include "sql_names.h"

#define FOOTER_DEFAULT "Terima kasih. Setiap pembelian ikut membina.\nPNBP disetor ke kas negara."

enum err site_load(struct site *out, struct ctx *cx)
{
    struct stmt *st = db_stmt(cx->db, SQL_SITE_HERE);
    enum err e = stmt_one(st);

    if (e) {
        return e;
    }
    *out = (struct site){.zone = {(int32_t)col_int(st, "tz_offset_min")}};
    snprintf(out->code, sizeof out->code, "%s", col_text(st, "code"));
    snprintf(out->epoch, sizeof out->epoch, "%s", col_text(st, "epoch"));
    stmt_done(st);
    return OK;
}

/* The row of site_here says which stream this file writes; it cannot be written twice. */
static enum err here_put(struct ctx *cx)
{
    struct stmt *st;
    struct site there;
    enum err e = site_load(&there, cx);

    if (!e) {
        return refuse(
            cx, ERR_CONFLICT, "site-exists",
            _("Data ini sudah milik satuan kerja %s. Pakai folder data lain untuk memulai "
              "yang baru."),
            there.code);
    }
    if (e != ERR_NOT_FOUND) {
        return e;
    }
    st = db_stmt(cx->db, SQL_SITE_HERE_PUT);
    bind_text(st, ":code", cx->site->code);
    bind_text(st, ":epoch", cx->site->epoch);
    bind_int(st, ":offset_min", cx->site->zone.offset_min);
    return stmt_run(st);
}

static enum err put_places(struct ctx *cx)
{
    static const struct {
        enum place_kind kind;
        const char *code;
        const char *name;
    } places[] = {
        {PLACE_WORKSHOP, "bengkel", "Bengkel"},
        {PLACE_STORE, "gudang", "Gudang"},
        {PLACE_SHOWROOM, "galeri", "Galeri"},
        {PLACE_TRANSIT, "jalan", "Dalam perjalanan"},
        {PLACE_CUSTOMER, "pembeli", "Pembeli"},
        {PLACE_SCRAP, "rusak", "Rusak"},
        {PLACE_LOST, "hilang", "Hilang"},
        {PLACE_SUPPLIER, "pemasok", "Pemasok"},
        {PLACE_CONSUMED, "terpakai", "Habis terpakai"},
    };
    struct place_id id;
    enum err e = OK;

    for (size_t i = 0; i < LENGTH(places) && !e; i++) {
        e = place_put(&id, cx, places[i].kind, places[i].code, places[i].name);
    }
    return e;
}

static enum err put_tills(struct ctx *cx, int32_t tills)
{
    enum err e = OK;

    for (int32_t i = 1; i <= tills && !e; i++) {
        e = account_put(cx, ACCOUNT_TILL_DRAWER, arena_format(cx->arena, "%d", (int)i),
                        arena_format(cx->arena, "Laci kasir %d", (int)i));
    }
    return e;
}

static enum err put_accounts(struct ctx *cx, int32_t tills)
{
    static const struct {
        const char *kind;
        const char *name;
    } accounts[] = {
        {ACCOUNT_TREASURER_CASH, "Kas bendahara penerimaan"},
        {ACCOUNT_SALES_CLEARING, "Perantara penjualan"},
        {ACCOUNT_PREMI_OWED, "Premi yang harus dibayar"},
        {ACCOUNT_PRODUCTION_FUND, "Dana produksi"},
    };
    const struct revenue_accounts *revenue = &reference()->accounts;
    enum err e = put_tills(cx, tills);

    for (size_t i = 0; i < LENGTH(accounts) && !e; i++) {
        e = account_put(cx, accounts[i].kind, "1", accounts[i].name);
    }
    for (size_t i = 0; i < revenue->count && !e; i++) {
        e = account_put(cx, ACCOUNT_PNBP_OWED, revenue->list[i].code,
                        arena_format(cx->arena, "PNBP terutang %s", revenue->list[i].code));
    }
    return e;
}

static enum err put_families(struct ctx *cx)
{
    const struct family_names *families = &reference()->families;
    enum err e = OK;

    for (size_t i = 0; i < families->count && !e; i++) {
        e = family_put(cx, families->list[i].code, families->list[i].name);
    }
    return e;
}

static const char *or_else(const char *value, const char *otherwise)
{
    return value ? value : otherwise;
}

static enum err put_settings(struct ctx *cx, const struct site_new *w, int32_t tills)
{
    const struct setting_pair all[] = {
        {SET_UNIT_NAME, or_else(w->unit_name, "")},
        {SET_UNIT_ADDRESS, or_else(w->unit_address, "")},
        {SET_UNIT_CITY, or_else(w->unit_city, "")},
        {SET_SATKER, or_else(w->satker, cx->site->code)},
        {SET_ZONE, zone_name(cx->site->zone)},
        {SET_LABEL_HOST, or_else(w->label_host, "LABEL.INVALID")},
        {SET_SPLIT_RULE, or_else(w->split_rule, "SETOR-PENUH")},
        {SET_RECEIPT_FORMAT, or_else(w->receipt_format, RECEIPT_FORMAT_DEFAULT)},
        {SET_RECEIPT_FOOTER, or_else(w->receipt_footer, FOOTER_DEFAULT)},
        {SET_DEADLINE_RULE, "NEXT_WORKING_DAY"},
        {SET_DEPOSIT_CLOSE, "900"},
        {SET_TILLS, arena_format(cx->arena, "%d", (int)tills)},
        {SET_DEMO, w->demo ? "1" : "0"},
    };
    enum err e = OK;

    for (size_t i = 0; i < LENGTH(all) && !e; i++) {
        struct setting_row row = {all[i].name, all[i].value, act_at(cx)};

        if (!(e = setting_check(cx, row.name, row.value))) {
            e = fact_put(cx, &setting_table, &row);
        }
    }
    return e;
}

static enum err init_work(struct ctx *cx, void *arg)
{
    const struct site_new *w = arg;
    int32_t tills = w->tills > 0 ? w->tills : 1;
    enum err e;

    if (tills > TILLS_MAX) {
        return refuse_field(cx, ERR_INVALID, "setting-bad", SET_TILLS,
                            _("Paling banyak %d kasir untuk satu galeri."), TILLS_MAX);
    }
    if ((e = here_put(cx)) || (e = put_places(cx)) || (e = put_accounts(cx, tills)) ||
        (e = put_families(cx))) {
        return e;
    }
    return put_settings(cx, w, tills);
}

enum err site_init(struct ctx *cx, const struct site_new *wanted)
{
    struct site_new copy = *wanted;

    return act_run(cx, "site.init", 1, init_work, &copy);
}

static enum err adopt_work(struct ctx *cx, void *arg)
{
    (void)arg;
    return here_put(cx);
}

enum err site_adopt(struct ctx *cx)
{
    return local_run(cx, adopt_work, NULL);
}
