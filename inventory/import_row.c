/* Reading one row of a product list. */
#include "inventory/import_row.h"

#include "inventory/base/arena.h"
#include "inventory/base/money_text.h"
#include "inventory/store/store.h"

const char *const import_col_names[IMPORT_COLS] = {
    [IMPORT_SKU] = "sku",
    [IMPORT_NAME] = "name",
    [IMPORT_FAMILY] = "family",
    [IMPORT_WORKSHOP] = "workshop",
    [IMPORT_TRACKING] = "tracking",
    [IMPORT_UNIT] = "unit",
    [IMPORT_PRICE] = "price_rp",
    [IMPORT_COST] = "cost_rp",
    [IMPORT_ACCOUNT] = "revenue_account",
    [IMPORT_SHELF_LIFE] = "shelf_life_days",
    [IMPORT_MOTIF] = "motif_or_model",
    [IMPORT_TECHNIQUE] = "technique",
};

static bool optional(enum import_col col)
{
    return col == IMPORT_SHELF_LIFE || col == IMPORT_MOTIF || col == IMPORT_TECHNIQUE;
}

static int col_named(const char *name)
{
    for (int i = 0; i < IMPORT_COLS; i++) {
        if (strcmp(import_col_names[i], name) == 0) {
            return i;
        }
    }
    return -1;
}

enum err import_heading_read(struct import_heading *out, struct ctx *cx, const struct csv *csv)
{
    for (int i = 0; i < IMPORT_COLS; i++) {
        out->at[i] = -1;
    }
    for (size_t i = 0; i < csv->count; i++) {
        int col = col_named(csv->fields[i]);

        if (col < 0) {
            return refuse_field(
                cx, ERR_INVALID, "column-unknown", "file",
                _("Kolom \"%.40s\" tidak dikenal. Kolom yang dikenal ada pada contoh "
                  "products.csv."),
                csv->fields[i]);
        }
        if (out->at[col] >= 0) {
            return refuse_field(cx, ERR_INVALID, "column-twice", "file",
                                _("Kolom \"%.40s\" ada dua kali. Hapus salah satu."),
                                csv->fields[i]);
        }
        out->at[col] = (int)i;
    }
    for (int i = 0; i < IMPORT_COLS; i++) {
        if (out->at[i] < 0 && !optional((enum import_col)i)) {
            return refuse_field(cx, ERR_INVALID, "column-missing", "file",
                                _("Kolom \"%s\" tidak ada. Baris pertama berkas harus berisi nama "
                                  "kolom."),
                                import_col_names[i]);
        }
    }
    return OK;
}

/* Without blanks at either end. */
static const char *field(struct ctx *cx, const struct csv *csv, const struct import_heading *h,
                         enum import_col col)
{
    const char *text = h->at[col] >= 0 ? csv->fields[h->at[col]] : "";
    size_t n;

    text += strspn(text, " \t");
    n = strlen(text);
    while (n > 0 && (text[n - 1] == ' ' || text[n - 1] == '\t')) {
        n--;
    }
    return arena_text_n(cx->arena, text, n);
}

static enum err read_price(struct product_new *out, struct ctx *cx, const char *price,
                           const char *cost)
{
    if (money_parse(&out->price, price) || out->price.rp <= 0) {
        return refuse_field(cx, ERR_INVALID, "price-bad", import_col_names[IMPORT_PRICE],
                            _("Harga \"%.30s\" tidak dapat dibaca. Tulis rupiah bulat di atas 0, "
                              "misalnya 250000."),
                            price);
    }
    out->priced = true;
    out->cost_known = *cost != '\0';
    if (out->cost_known && money_parse(&out->cost, cost)) {
        return refuse_field(cx, ERR_INVALID, "cost-bad", import_col_names[IMPORT_COST],
                            _("Harga pokok \"%.30s\" tidak dapat dibaca. Tulis rupiah bulat, atau "
                              "kosongkan bila belum diketahui."),
                            cost);
    }
    return OK;
}

static enum err read_shelf_life(struct product_new *out, struct ctx *cx, const char *text)
{
    size_t digits = strspn(text, "0123456789");
    long days = strtol(*text ? text : "0", NULL, 10);

    if (digits != strlen(text) || digits > 5 || days > SHELF_LIFE_DAYS_MAX) {
        return refuse_field(cx, ERR_INVALID, "shelf-life-bad", import_col_names[IMPORT_SHELF_LIFE],
                            _("Masa simpan \"%.30s\" tidak dapat dibaca. Tulis jumlah hari, atau "
                              "kosongkan bila tidak kedaluwarsa."),
                            text);
    }
    out->shelf_life_days = (int32_t)days;
    return OK;
}

static enum err read_tracking(struct product_new *out, struct ctx *cx, const char *text)
{
    if (tracking_from_name(&out->tracking, text)) {
        return OK;
    }
    return refuse_field(cx, ERR_INVALID, "tracking-unknown", import_col_names[IMPORT_TRACKING],
                        _("Pelacakan \"%.30s\" tidak dikenal. Pilihannya: piece, lot, service, "
                          "material."),
                        text);
}

static enum err check_account(struct ctx *cx, const char *code, const struct import_options *o)
{
    if (o->account_known(o->arg, code)) {
        return OK;
    }
    return refuse_field(cx, ERR_INVALID, "account-unknown", import_col_names[IMPORT_ACCOUNT],
                        _("Akun pendapatan \"%.30s\" tidak ada dalam daftar akun yang berlaku."),
                        code);
}

enum err import_row_read(struct product_new *out, struct ctx *cx, const struct csv *csv,
                         const struct import_heading *h, const struct import_options *options)
{
    char *sku;
    enum err e;

    *out = (struct product_new){
        .name = field(cx, csv, h, IMPORT_NAME),
        .family = field(cx, csv, h, IMPORT_FAMILY),
        .workshop = field(cx, csv, h, IMPORT_WORKSHOP),
        .unit = field(cx, csv, h, IMPORT_UNIT),
        .revenue_account = field(cx, csv, h, IMPORT_ACCOUNT),
        .motif = field(cx, csv, h, IMPORT_MOTIF),
        .technique = field(cx, csv, h, IMPORT_TECHNIQUE),
    };
    sku = arena_text(cx->arena, field(cx, csv, h, IMPORT_SKU));
    for (char *c = sku; *c; c++) {
        *c = (char)(*c >= 'a' && *c <= 'z' ? *c - 'a' + 'A' : *c);
    }
    out->sku = sku;
    if ((e = read_tracking(out, cx, field(cx, csv, h, IMPORT_TRACKING))) ||
        (e = read_price(out, cx, field(cx, csv, h, IMPORT_PRICE),
                        field(cx, csv, h, IMPORT_COST))) ||
        (e = read_shelf_life(out, cx, field(cx, csv, h, IMPORT_SHELF_LIFE))) ||
        (e = check_account(cx, out->revenue_account, options))) {
        return e;
    }
    if (db_shared(cx->db)) { /* it is looked up next; its answer comes with that to the check */
        product_sku_ahead(cx, out->sku);
    }
    return product_check(cx, out);
}
