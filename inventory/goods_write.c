/* Products, revisions, variants and prices: checked, then written. */
#include "inventory/goods.h"

#include <assert.h>

#include "inventory/base/arena.h"
#include "inventory/base/id.h"
#include "inventory/base/utf8.h"
#include "inventory/fact.h"
#include "inventory/stock.h"
#include "sql_names.h"

enum { TEXT_LEN_MAX = 200 };

/* ---- checks ---- */

static bool sku_right(const char *sku)
{
    static const char allowed[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_/";
    size_t n = strlen(sku);

    /* "." and ".." would lead somewhere else as part of an address. */
    return n > 0 && n <= SKU_LEN_MAX && strspn(sku, allowed) == n && strspn(sku, "./") < n;
}

static bool line_right(const char *value, size_t least, size_t most)
{
    size_t points = utf8_count(value);

    return points >= least && points <= most && utf8_valid(value, strlen(value)) &&
           !utf8_has_control(value) && !strpbrk(value, "\n\t") && value[0] != ' ';
}

static enum err check_family(struct ctx *cx, const char *code)
{
    struct stmt *st = db_stmt(cx->db, SQL_FAMILY_BY_CODE);
    enum err e;

    bind_text(st, ":site", cx->site->code);
    bind_text(st, ":code", code);
    e = stmt_one(st);
    stmt_done(st);
    if (e == ERR_NOT_FOUND) {
        return refuse_field(cx, ERR_INVALID, "family-unknown", "family",
                            _("Kelompok barang \"%.30s\" tidak dikenal. Pilih salah satu kelompok "
                              "yang ada."),
                            code);
    }
    return e;
}

static enum err check_change(struct ctx *cx, const struct product_change *c)
{
    if (!line_right(c->name, 1, PRODUCT_NAME_LEN_MAX)) {
        return refuse_field(cx, ERR_INVALID, "name-missing", "name",
                            _("Nama barang harus 1 sampai %d huruf, dalam satu baris."),
                            PRODUCT_NAME_LEN_MAX);
    }
    if (!line_right(c->workshop, 1, PLACE_NAME_LEN_MAX)) {
        return refuse_field(cx, ERR_INVALID, "workshop-missing", "workshop",
                            _("Nama bengkel harus 1 sampai %d huruf."), PLACE_NAME_LEN_MAX);
    }
    if (c->shelf_life_days < 0 || c->shelf_life_days > SHELF_LIFE_DAYS_MAX) {
        return refuse_field(cx, ERR_INVALID, "shelf-life-bad", "shelf_life_days",
                            _("Masa simpan harus 0 sampai %d hari; 0 berarti tidak kedaluwarsa."),
                            SHELF_LIFE_DAYS_MAX);
    }
    if (!line_right(c->motif, 0, TEXT_LEN_MAX) || !line_right(c->technique, 0, TEXT_LEN_MAX)) {
        return refuse_field(cx, ERR_INVALID, "text-long", "motif",
                            _("Motif dan teknik paling banyak %d huruf, dalam satu baris."),
                            TEXT_LEN_MAX);
    }
    if (!line_right(c->revenue_account, 1, 8)) {
        return refuse_field(cx, ERR_INVALID, "account-unknown", "revenue_account",
                            _("Akun pendapatan harus kode 6 angka, misalnya 425119."));
    }
    return check_family(cx, c->family);
}

struct product_change product_change_of(const struct product_new *w)
{
    return (struct product_change){
        .name = w->name,
        .family = w->family,
        .workshop = w->workshop,
        .revenue_account = w->revenue_account,
        .shelf_life_days = w->shelf_life_days,
        .motif = w->motif,
        .technique = w->technique,
        .active = true,
    };
}

static enum err check_price(struct ctx *cx, struct rupiah price, struct rupiah cost)
{
    if (price.rp <= 0 || price.rp > RUPIAH_MAX) {
        return refuse_field(cx, ERR_INVALID, "price-bad", "price",
                            _("Harga harus lebih dari Rp0."));
    }
    if (cost.rp < 0 || cost.rp > RUPIAH_MAX) {
        return refuse_field(cx, ERR_INVALID, "cost-bad", "cost",
                            _("Harga pokok tidak boleh kurang dari Rp0."));
    }
    return OK;
}

enum err product_check(struct ctx *cx, const struct product_new *w)
{
    struct product_change change = product_change_of(w);

    if (!sku_right(w->sku)) {
        return refuse_field(cx, ERR_INVALID, "sku-bad", "sku",
                            _("SKU harus 1 sampai %d huruf besar, angka, titik, garis bawah atau "
                              "tanda hubung, misalnya BTK-001."),
                            SKU_LEN_MAX);
    }
    if (!line_right(w->unit, 1, UNIT_NAME_LEN_MAX)) {
        return refuse_field(cx, ERR_INVALID, "unit-missing", "unit",
                            _("Satuan harus 1 sampai %d huruf, misalnya potong atau meter."),
                            UNIT_NAME_LEN_MAX);
    }
    if (w->priced) {
        enum err e = check_price(cx, w->price, w->cost);

        if (e) {
            return e;
        }
    }
    return check_change(cx, &change);
}

enum err price_may_approve(struct ctx *cx)
{
    if (cx->role == ROLE_SUPERVISOR || cx->role == ROLE_ADMIN) {
        return OK;
    }
    return refuse(
        cx, ERR_FORBIDDEN, "price-approval",
        _("Harga hanya boleh ditetapkan penyelia atau admin. Minta mereka menetapkannya."));
}

/* ---- writing inside an act ---- */

enum err family_put(struct ctx *cx, const char *code, const char *name)
{
    return fact_put(cx, &family_table, &(struct family_row){.code = code, .name = name});
}

static enum err workshop_of(struct place_id *out, struct ctx *cx, const char *name,
                            struct goods_known *known)
{
    enum err e;

    if (known && known->workshop && strcmp(known->workshop, name) == 0) {
        *out = known->workshop_id;
        return OK;
    }
    e = workshop_put(out, cx, name);
    if (!e && known) {
        *known = (struct goods_known){.workshop = name, .workshop_id = *out};
    }
    return e;
}

static enum err rev_put(struct ctx *cx, struct product_id id, int32_t rev,
                        const struct product_change *c, struct goods_known *known)
{
    struct product_rev_row row = {
        .product = id,
        .rev = rev,
        .name = c->name,
        .family = c->family,
        .revenue_account = c->revenue_account,
        .shelf_life_days = c->shelf_life_days,
        .motif = c->motif,
        .technique = c->technique,
        .active = c->active,
    };
    enum err e = workshop_of(&row.workshop, cx, c->workshop, known);

    return e ? e : fact_put(cx, &product_rev_table, &row);
}

static enum err sku_taken(struct ctx *cx, const char *sku)
{
    struct stmt *st = db_stmt(cx->db, SQL_PRODUCT_ID_BY_SKU);
    enum err e;

    bind_text(st, ":site", cx->site->code);
    bind_text(st, ":sku", sku);
    e = stmt_one(st);
    stmt_done(st);
    if (e == ERR_NOT_FOUND) {
        return OK;
    }
    return e ? e
             : refuse_field(cx, ERR_CONFLICT, "sku-taken", "sku",
                            _("SKU %s sudah dipakai barang lain. Pakai SKU lain atau ubah barang "
                              "itu."),
                            sku);
}

enum err product_put_checked(struct product_id *out, struct ctx *cx, const struct product_new *w,
                             struct goods_known *known)
{
    struct product_row row = {
        .id = product_id_new(act_at(cx)),
        .sku = w->sku,
        .tracking = tracking_name(w->tracking),
        .unit = w->unit,
    };
    struct product_change change = product_change_of(w);
    enum err e;

    if ((e = fact_put(cx, &product_table, &row)) || (e = rev_put(cx, row.id, 1, &change, known))) {
        return e;
    }
    *out = row.id;
    if (!w->priced) {
        return OK;
    }
    return price_put(cx, &(struct price_new){.product = row.id,
                                             .price = w->price,
                                             .cost_known = w->cost_known,
                                             .cost = w->cost});
}

static enum err product_put(struct product_id *out, struct ctx *cx, const struct product_new *w)
{
    enum err e;

    if ((e = product_check(cx, w)) || (e = sku_taken(cx, w->sku))) {
        return e;
    }
    return product_put_checked(out, cx, w, NULL);
}

static bool differs(const struct product *now, const struct product_change *c)
{
    return strcmp(now->name, c->name) != 0 || strcmp(now->family, c->family) != 0 ||
           strcmp(now->workshop_name, c->workshop) != 0 ||
           strcmp(now->revenue_account, c->revenue_account) != 0 ||
           now->shelf_life_days != c->shelf_life_days || strcmp(now->motif, c->motif) != 0 ||
           strcmp(now->technique, c->technique) != 0 || now->active != c->active;
}

enum err product_put_change(struct ctx *cx, const struct product *now,
                            const struct product_change *change, bool *changed)
{
    enum err e;

    *changed = false;
    if ((e = check_change(cx, change)) || !differs(now, change)) {
        return e;
    }
    *changed = true;
    return rev_put(cx, now->id, now->rev + 1, change, NULL);
}

enum err price_put(struct ctx *cx, const struct price_new *w)
{
    struct price_row row = {
        .product = w->product,
        .id = price_id_new(act_at(cx)),
        .variant = w->variant,
        .price = w->price,
        .cost_known = w->cost_known,
        .cost = w->cost_known ? w->cost : RUPIAH(0),
        .approver = cx->actor,
        .valid_from = w->valid_from.ms > 0 ? w->valid_from : act_at(cx),
    };
    enum err e;

    if ((e = price_may_approve(cx)) || (e = check_price(cx, w->price, w->cost))) {
        return e;
    }
    return fact_put(cx, &price_table, &row);
}

/* ---- acts ---- */

struct product_ask {
    struct product_id id;
    const struct product_new *wanted;
    const struct product_change *change;
};

static enum err create_work(struct ctx *cx, void *arg)
{
    struct product_ask *ask = arg;

    return product_put(&ask->id, cx, ask->wanted);
}

/* People type SKUs in small letters too. */
static const char *sku_upper(struct ctx *cx, const char *sku)
{
    char *copy = arena_text(cx->arena, sku);

    for (char *c = copy; *c; c++) {
        *c = (char)(*c >= 'a' && *c <= 'z' ? *c - 'a' + 'A' : *c);
    }
    return copy;
}

enum err product_create(struct product_id *out, struct ctx *cx, const struct product_new *wanted)
{
    struct product_new upper = *wanted;
    struct product_ask ask = {.wanted = &upper};
    enum err e;

    upper.sku = sku_upper(cx, wanted->sku);
    e = act_run(cx, "product.create", 1, create_work, &ask);
    *out = ask.id;
    return e;
}

static enum err product_missing(struct ctx *cx, enum err e)
{
    return e != ERR_NOT_FOUND ? e
                              : refuse(cx, e, "product-unknown",
                                       _("Barang itu tidak ada. Muat ulang daftar barang."));
}

static enum err revise_work(struct ctx *cx, void *arg)
{
    struct product_ask *ask = arg;
    struct product now;
    bool changed;
    enum err e;

    if ((e = product_by_id(&now, cx, ask->id))) {
        return product_missing(cx, e);
    }
    return product_put_change(cx, &now, ask->change, &changed);
}

enum err product_revise(struct ctx *cx, struct product_id id, const struct product_change *change)
{
    struct product_ask ask = {.id = id, .change = change};

    return act_run(cx, "product.revise", 1, revise_work, &ask);
}

struct variant_ask {
    struct variant_id id;
    const struct variant_new *wanted;
};

static enum err variant_work(struct ctx *cx, void *arg)
{
    struct variant_ask *ask = arg;
    const struct variant_new *w = ask->wanted;
    struct stmt *st = db_stmt(cx->db, SQL_VARIANT_BY_CODE);
    struct product product;
    struct variant_row row;
    enum err e;

    if (!line_right(w->code, 1, SKU_LEN_MAX) || !line_right(w->size, 0, TEXT_LEN_MAX) ||
        !line_right(w->colour, 0, TEXT_LEN_MAX) || !line_right(w->motif, 0, TEXT_LEN_MAX)) {
        return refuse_field(cx, ERR_INVALID, "variant-bad", "code",
                            _("Kode varian harus 1 sampai %d huruf."), SKU_LEN_MAX);
    }
    bind_text(st, ":site", cx->site->code);
    bind_id(st, ":product", w->product.bytes);
    bind_text(st, ":code", w->code);
    e = stmt_one(st);
    stmt_done(st);
    if (!e) {
        return refuse_field(cx, ERR_CONFLICT, "variant-taken", "code",
                            _("Varian %s sudah ada pada barang itu."), w->code);
    }
    if (e != ERR_NOT_FOUND || (e = product_by_id(&product, cx, w->product))) {
        return product_missing(cx, e);
    }
    row = (struct variant_row){
        .id = variant_id_new(act_at(cx)),
        .product = w->product,
        .code = w->code,
        .size = w->size,
        .colour = w->colour,
        .motif = w->motif,
    };
    ask->id = row.id;
    return fact_put(cx, &variant_table, &row);
}

enum err variant_create(struct variant_id *out, struct ctx *cx, const struct variant_new *wanted)
{
    struct variant_ask ask = {.wanted = wanted};
    enum err e = act_run(cx, "variant.create", 1, variant_work, &ask);

    *out = ask.id;
    return e;
}

static enum err price_work(struct ctx *cx, void *arg)
{
    const struct price_new *wanted = arg;
    struct product product;
    enum err e;

    if ((e = price_may_approve(cx)) || (e = product_by_id(&product, cx, wanted->product))) {
        return product_missing(cx, e);
    }
    return price_put(cx, wanted);
}

enum err price_set(struct ctx *cx, const struct price_new *wanted)
{
    struct price_new copy = *wanted;

    return act_run(cx, "price.set", 1, price_work, &copy);
}
