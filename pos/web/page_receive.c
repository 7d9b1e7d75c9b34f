/* Goods received from the workshop: product, quantity, cost, and labels at once. */
#include "inventory/base/arena.h"
#include "inventory/base/id.h"
#include "inventory/fact.h"
#include "pos/web/desk.h"
#include "pos/web/desk_pages.h"
#include "pos/web/respond.h"

enum { SUGGESTIONS = 200 };

const struct input receive_asked[] = {
    {.name = "barang", .label = _("Barang"), .type = INPUT_LINE, .max = 120},
    INPUT_END,
};

const struct input receive_inputs[] = {
    {.name = "barang", .label = _("Barang"), .type = INPUT_LINE, .required = true, .max = 120},
    {.name = "jumlah", .label = _("Jumlah"), .type = INPUT_QTY, .required = true},
    {.name = "biaya", .label = _("Harga pokok"), .type = INPUT_RUPIAH, .min = 0, .max = RUPIAH_MAX},
    {.name = "belum", .label = _("Harga pokok belum diketahui"), .type = INPUT_FLAG},
    {.name = "bengkel", .label = _("Bengkel"), .type = INPUT_ID},
    {.name = "varian", .label = _("Varian"), .type = INPUT_ID},
    {.name = "selesai", .label = _("Tanggal selesai"), .type = INPUT_DAY, .required = true},
    {.name = "kedaluwarsa", .label = _("Baik sampai"), .type = INPUT_DAY},
    INPUT_END,
};

struct receive_view {
    struct desk_form form;
    struct desk_field product, qty, cost, workshop, made, expiry;
    bool cost_unknown;
    bool chosen; /* one product is known: its facts stand beside the form */
    const char *sku;
    const char *name;
    const char *unit;
    const char *own_workshop;
    const char *tracking;
    struct qty on_hand;
    bool piece;
    bool sees_cost;
    bool cost_known;
    struct rupiah cost_now;
    struct tpl_list products; /* struct desk_option: suggestions */
    struct tpl_list hits;     /* struct desk_option: when what was typed fits several */
    bool has_hits;
    struct tpl_list workshops; /* struct desk_option */
    struct tpl_list variants;  /* struct desk_option, of the chosen product */
    struct desk_field variant;
};

const struct tpl_field receive_fields[] = {
    TPL_FIELD_NEST(receive_view, form, desk_form, desk_form_fields),
    TPL_FIELD_NEST(receive_view, product, desk_field, desk_field_fields),
    TPL_FIELD_NEST(receive_view, qty, desk_field, desk_field_fields),
    TPL_FIELD_NEST(receive_view, cost, desk_field, desk_field_fields),
    TPL_FIELD_NEST(receive_view, workshop, desk_field, desk_field_fields),
    TPL_FIELD_NEST(receive_view, made, desk_field, desk_field_fields),
    TPL_FIELD_NEST(receive_view, expiry, desk_field, desk_field_fields),
    TPL_FIELD(receive_view, cost_unknown),
    TPL_FIELD(receive_view, chosen),
    TPL_FIELD(receive_view, sku),
    TPL_FIELD(receive_view, name),
    TPL_FIELD(receive_view, unit),
    TPL_FIELD(receive_view, own_workshop),
    TPL_FIELD(receive_view, tracking),
    TPL_FIELD(receive_view, on_hand),
    TPL_FIELD(receive_view, piece),
    TPL_FIELD(receive_view, sees_cost),
    TPL_FIELD(receive_view, cost_known),
    TPL_FIELD(receive_view, cost_now),
    TPL_FIELD_LIST(receive_view, products, desk_option, desk_option_fields),
    TPL_FIELD_LIST(receive_view, hits, desk_option, desk_option_fields),
    TPL_FIELD(receive_view, has_hits),
    TPL_FIELD_LIST(receive_view, workshops, desk_option, desk_option_fields),
    TPL_FIELD_LIST(receive_view, variants, desk_option, desk_option_fields),
    TPL_FIELD_NEST(receive_view, variant, desk_field, desk_field_fields),
    TPL_FIELD_END,
};

static bool receivable(const struct product *p)
{
    return p->active && (p->tracking == TRACK_PIECE || p->tracking == TRACK_LOT);
}

static struct tpl_list product_options(size_t *count, struct request *rq,
                                       const struct product_list *list)
{
    struct desk_option *options = ARENA_ARRAY(rq->cx.arena, struct desk_option, list->count + 1);
    size_t n = 0;

    for (size_t i = 0; i < list->count; i++) {
        if (receivable(&list->items[i])) {
            options[n++] =
                (struct desk_option){.value = list->items[i].sku, .label = list->items[i].name};
        }
    }
    *count = n;
    return TPL_LIST(options, n);
}

/* The product that was typed: its SKU, or a search that finds exactly one. */
static enum err find_product(struct product *out, struct request *rq, const char *text,
                             struct product_list *hits)
{
    enum err e = product_by_sku(out, &rq->cx, text);

    *hits = (struct product_list){.count = 0};
    if (e != ERR_NOT_FOUND) {
        return e;
    }
    if ((e = product_search(hits, &rq->cx, text))) {
        return e;
    }
    if (hits->count == 1) {
        *out = hits->items[0];
        return OK;
    }
    return ERR_NOT_FOUND;
}

static void show_product(struct receive_view *view, struct request *rq, const struct product *p)
{
    view->chosen = true;
    view->sku = p->sku;
    view->name = p->name;
    view->unit = p->unit;
    view->own_workshop = p->workshop_name;
    view->tracking = desk_tracking(rq, p->tracking);
    view->on_hand = p->on_hand;
    view->piece = p->tracking == TRACK_PIECE;
    view->sees_cost = desk_may(rq, DESK_COSTS);
    view->cost_known = p->cost_known;
    view->cost_now = p->cost;
    view->product = desk_field(rq, "barang", p->sku);
    if (p->cost_known) {
        view->cost =
            desk_field(rq, "biaya", arena_format(rq->cx.arena, "%lld", (long long)p->cost.rp));
    }
}

static enum err fill_variants(struct receive_view *view, struct request *rq, struct product_id id)
{
    struct variant_list list;
    struct desk_option *options;
    enum err e = variants_of(&list, &rq->cx, id);

    if (e) {
        return e;
    }
    options = ARENA_ARRAY(rq->cx.arena, struct desk_option, list.count + 1);
    for (size_t i = 0; i < list.count; i++) {
        const struct variant *v = &list.items[i];
        char hex[ID_HEX_MAX];

        id_hex(hex, v->id.bytes);
        options[i] =
            (struct desk_option){.value = arena_text(rq->cx.arena, hex),
                                 .label = arena_format(rq->cx.arena, "%s %s %s %s", v->code,
                                                       v->size, v->colour, v->motif)};
    }
    desk_choose(options, list.count, view->variant.value);
    view->variants = TPL_LIST(options, list.count);
    return OK;
}

static enum err fill_product(struct receive_view *view, struct request *rq)
{
    const char *text = view->product.value;
    struct product_list list;
    struct product p;
    size_t n = 0;
    enum err e;

    if (*text) {
        e = find_product(&p, rq, text, &list);
        if (e == OK && receivable(&p)) {
            show_product(view, rq, &p);
            if ((e = fill_variants(view, rq, p.id))) {
                return e;
            }
        } else if (e != OK && e != ERR_NOT_FOUND) {
            return e;
        }
        view->hits = product_options(&n, rq, &list);
        view->has_hits = n > 1;
    }
    if ((e = product_page(&list, &rq->cx, NULL, NULL, SUGGESTIONS))) {
        return e;
    }
    view->products = product_options(&n, rq, &list);
    return OK;
}

static enum err fill_workshops(struct receive_view *view, struct request *rq)
{
    struct place_list list;
    struct desk_option *options;
    enum err e = place_all(&list, &rq->cx, PLACE_WORKSHOP);

    if (e) {
        return e;
    }
    options = ARENA_ARRAY(rq->cx.arena, struct desk_option, list.count + 1);
    for (size_t i = 0; i < list.count; i++) {
        char hex[ID_HEX_MAX];

        id_hex(hex, list.items[i].id.bytes);
        options[i] = (struct desk_option){.value = arena_text(rq->cx.arena, hex),
                                          .label = list.items[i].name};
    }
    desk_choose(options, list.count, view->workshop.value);
    view->workshops = TPL_LIST(options, list.count);
    return OK;
}

enum err receive_form(struct request *rq)
{
    struct receive_view view;
    enum err e;

    request_db(rq);
    view = (struct receive_view){
        .form = desk_form(rq),
        .product = desk_field(rq, "barang", desk_asked(rq, "barang")),
        .qty = desk_field(rq, "jumlah", ""),
        .cost = desk_field(rq, "biaya", ""),
        .workshop = desk_field(rq, "bengkel", ""),
        .variant = desk_field(rq, "varian", ""),
        .variants = TPL_LIST((struct desk_option *)NULL, 0),
        .made = desk_field(rq, "selesai", desk_day_iso(rq, desk_today(rq))),
        .expiry = desk_field(rq, "kedaluwarsa", ""),
        .cost_unknown = *request_typed(rq, "belum") != '\0',
        .sku = "",
        .name = "",
        .unit = "",
        .own_workshop = "",
        .tracking = "",
        .products = TPL_LIST((struct desk_option *)NULL, 0),
        .hits = TPL_LIST((struct desk_option *)NULL, 0),
    };
    if ((e = fill_product(&view, rq)) || (e = fill_workshops(&view, rq))) {
        return e;
    }
    respond_page(rq, 0, PAGE_RECEIVE, &view);
    return OK;
}

/* ---- the act ---- */

static enum err wanted_product(struct product *out, struct request *rq)
{
    const char *text = input_text(&rq->in, "barang");
    struct product_list hits;
    const enum err e = find_product(out, rq, text, &hits);

    if (e != ERR_NOT_FOUND) {
        return e;
    }
    if (hits.count > 1) {
        return refuse_field(&rq->cx, ERR_INVALID, "product-several", "barang",
                            _("Ada beberapa barang yang cocok dengan \"%s\". Pilih satu dari "
                              "daftar, lalu simpan lagi."),
                            text);
    }
    return refuse_field(&rq->cx, ERR_INVALID, "product-unknown", "barang",
                        _("Tidak ada barang \"%s\". Periksa kode atau namanya, atau tambahkan dulu "
                          "di halaman Barang."),
                        text);
}

static enum err wanted_cost(struct goods_receive *wanted, struct request *rq)
{
    const bool given = input_given(&rq->in, "biaya");
    const bool unknown = input_flag(&rq->in, "belum");

    if (given && unknown) {
        return refuse_field(&rq->cx, ERR_INVALID, "cost-both", "biaya",
                            _("Harga pokok diisi, tetapi juga ditandai belum diketahui. Pilih "
                              "salah satu."));
    }
    if (!given && !unknown) {
        return refuse_field(&rq->cx, ERR_INVALID, "cost-missing", "biaya",
                            _("Isi harga pokok per satuan, atau tandai belum diketahui."));
    }
    wanted->cost_known = given;
    wanted->unit_cost = input_rupiah(&rq->in, "biaya");
    return OK;
}

static void tell_received(struct request *rq, const struct received *r, const struct product *p,
                          struct qty qty)
{
    const char *amount = desk_qty(rq, qty);

    if (r->again) {
        request_tell(rq, "warn",
                     desk_say(rq, _("Penerimaan ini sudah tercatat sebelumnya; tidak dicatat dua "
                                    "kali.")));
    } else if (r->piece_count > 0) {
        request_tell(rq, "ok",
                     desk_say(rq, _("%s %s diterima: %zu label siap dicetak."), amount, p->unit,
                              r->piece_count));
    } else {
        request_tell(rq, "ok",
                     desk_say(rq, _("%s %s diterima: label lot siap dicetak."), amount, p->unit));
    }
}

enum err receive_goods(struct request *rq)
{
    const struct inputs *in = &rq->in;
    struct goods_receive wanted = {
        .key = rq->key,
        .qty = input_qty(in, "jumlah"),
        .made_given = true,
        .made = input_day(in, "selesai"),
        .expires_given = input_given(in, "kedaluwarsa"),
        .expiry = input_day(in, "kedaluwarsa"),
    };
    struct received received;
    struct product product;
    enum err e;

    if (input_given(in, "bengkel")) {
        memcpy(wanted.workshop.bytes, input_id(in, "bengkel"), ID_BYTES);
    }
    if (input_given(in, "varian")) {
        memcpy(wanted.variant.bytes, input_id(in, "varian"), ID_BYTES);
    }
    if ((e = wanted_product(&product, rq)) || (e = wanted_cost(&wanted, rq))) {
        return e;
    }
    wanted.product = product.id;
    if ((e = goods_receive(&received, &rq->cx, &wanted))) {
        return desk_refused(rq, e);
    }
    tell_received(rq, &received, &product, wanted.qty);
    respond_redirect(rq, url_part(rq->cx.arena, url_fixed("/produksi"), received.lot_code.text));
    return OK;
}
