/* The goods of the showroom: the list with search, and one product with prices, lots and stock. */
#include "inventory/base/arena.h"
#include "inventory/fact.h"
#include "pos/receipt_of_sale.h"
#include "pos/web/desk.h"
#include "pos/web/desk_pages.h"
#include "pos/web/goods_pages.h"
#include "pos/web/respond.h"

enum { PRICES_SHOWN = 20, LOTS_SHOWN = 20 };

const struct input goods_inputs[] = {
    {.name = "cari", .label = _("Cari"), .type = INPUT_LINE, .max = 120},
    {.name = "kelompok", .label = _("Kelompok"), .type = INPUT_LINE, .max = FAMILY_CODE_LEN_MAX},
    {.name = "sesudah", .label = _("Sesudah"), .type = INPUT_LINE, .max = SKU_LEN_MAX},
    INPUT_END,
};

/* ---- the list ---- */

struct goods_row {
    struct url url, thumb;
    const char *sku;
    const char *name;
    const char *family;
    const char *tracking;
    const char *unit;
    bool priced;
    struct rupiah price;
    bool stocked; /* services have no stock */
    struct qty on_hand;
    bool empty; /* stocked, and nothing is left */
    bool active;
};

static const struct tpl_field goods_row_fields[] = {
    TPL_FIELD(goods_row, url),     TPL_FIELD(goods_row, thumb),
    TPL_FIELD(goods_row, sku),     TPL_FIELD(goods_row, name),
    TPL_FIELD(goods_row, family),  TPL_FIELD(goods_row, tracking),
    TPL_FIELD(goods_row, unit),    TPL_FIELD(goods_row, priced),
    TPL_FIELD(goods_row, price),   TPL_FIELD(goods_row, stocked),
    TPL_FIELD(goods_row, on_hand), TPL_FIELD(goods_row, empty),
    TPL_FIELD(goods_row, active),  TPL_FIELD_END,
};

struct goods_view {
    const char *search;
    struct tpl_list families; /* struct desk_option */
    struct tpl_list rows;
    int64_t count;
    bool found; /* any row at all */
    bool searched;
    bool cut; /* a search that found more than is shown */
    struct url next;
    struct url first;
    bool may_make, may_import;
};

const struct tpl_field goods_fields[] = {
    TPL_FIELD(goods_view, search),
    TPL_FIELD_LIST(goods_view, families, desk_option, desk_option_fields),
    TPL_FIELD_LIST(goods_view, rows, goods_row, goods_row_fields),
    TPL_FIELD(goods_view, count),
    TPL_FIELD(goods_view, found),
    TPL_FIELD(goods_view, searched),
    TPL_FIELD(goods_view, cut),
    TPL_FIELD(goods_view, next),
    TPL_FIELD(goods_view, first),
    TPL_FIELD(goods_view, may_make),
    TPL_FIELD(goods_view, may_import),
    TPL_FIELD_END,
};

static struct goods_row goods_row(struct request *rq, const struct product *p)
{
    const bool stocked = p->tracking != TRACK_SERVICE;

    return (struct goods_row){
        .url = url_part(rq->cx.arena, url_fixed("/barang"), p->sku),
        .sku = p->sku,
        .name = p->name,
        .family = p->family_name,
        .tracking = desk_tracking(rq, p->tracking),
        .unit = p->unit,
        .priced = p->priced,
        .price = p->price,
        .stocked = stocked,
        .on_hand = p->on_hand,
        .empty = stocked && p->on_hand.milli <= 0,
        .active = p->active,
    };
}

static enum err goods_rows(struct goods_view *view, struct request *rq,
                           const struct product_list *list, const char *family)
{
    struct goods_row *rows = ARENA_ARRAY(rq->cx.arena, struct goods_row, list->count + 1);
    size_t n = 0;
    enum err e;

    for (size_t i = 0; i < list->count; i++) {
        if (*family == '\0' || strcmp(list->items[i].family, family) == 0) {
            rows[n] = goods_row(rq, &list->items[i]);
            if ((e = photo_thumb(&rows[n++].thumb, rq, list->items[i].id))) {
                return e;
            }
        }
    }
    view->rows = TPL_LIST(rows, n);
    view->count = (int64_t)n;
    view->found = n > 0;
    return OK;
}

static enum err goods_families(struct goods_view *view, struct request *rq, const char *chosen)
{
    struct family_list list;
    struct desk_option *options;
    enum err e = family_all(&list, &rq->cx);

    if (e) {
        return e;
    }
    options = ARENA_ARRAY(rq->cx.arena, struct desk_option, list.count + 1);
    for (size_t i = 0; i < list.count; i++) {
        options[i] = (struct desk_option){.value = list.items[i].code, .label = list.items[i].name};
    }
    desk_choose(options, list.count, chosen);
    view->families = TPL_LIST(options, list.count);
    return OK;
}

static enum err goods_page_of(struct goods_view *view, struct request *rq, const char *family)
{
    struct arena *a = rq->cx.arena;
    const char *after = input_text(&rq->in, "sesudah");
    struct url here = url_fixed("/barang");
    struct product_list list;
    enum err e =
        product_page(&list, &rq->cx, *after ? after : NULL, *family ? family : NULL, DESK_ROWS);

    if (e) {
        return e;
    }
    if ((e = goods_rows(view, rq, &list, ""))) {
        return e;
    }
    here = *family ? url_query(a, here, "kelompok", family) : here;
    view->first = *after ? here : (struct url){NULL};
    if (list.more && list.count > 0) {
        view->next = url_query(a, here, "sesudah", list.items[list.count - 1].sku);
    }
    return OK;
}

/* A label, a receipt or an SKU that was scanned or typed whole goes straight to its page. */
static bool goods_jump(struct request *rq, const char *search, enum err *e)
{
    const struct scanned scan = scan_read(search, strlen(search));
    struct product product;
    struct label label;

    if (scan.kind == SCANNED_LABEL) {
        *e = label_find(&label, &rq->cx, scan.code);
        if (*e || label.state != LABEL_UNKNOWN) {
            if (*e == OK) {
                respond_redirect(rq, url_part(rq->cx.arena, url_fixed("/P"), scan.code.text));
            }
            return true;
        }
    }
    if (scan.kind == SCANNED_RECEIPT) {
        *e = OK;
        respond_redirect(rq, url_part(rq->cx.arena, url_fixed("/struk"),
                                      receipt_number_said(rq->cx.arena, scan.rest)));
        return true;
    }
    *e = product_by_sku(&product, &rq->cx, search);
    if (*e == OK) {
        respond_redirect(rq, url_part(rq->cx.arena, url_fixed("/barang"), product.sku));
        return true;
    }
    if (*e != ERR_NOT_FOUND) {
        return true;
    }
    *e = OK;
    return false;
}

enum err goods_list(struct request *rq)
{
    const char *search = input_text(&rq->in, "cari");
    const char *family = input_text(&rq->in, "kelompok");
    struct goods_view view = {
        .search = search,
        .searched = *search != '\0',
        .may_make = desk_may(rq, DESK_MAKERS),
        .may_import = desk_may(rq, DESK_PRICERS),
    };
    enum err e;

    if (view.searched && goods_jump(rq, search, &e)) {
        return e;
    }
    if ((e = goods_families(&view, rq, family))) {
        return e;
    }
    if (view.searched) {
        struct product_list list;

        if ((e = product_search(&list, &rq->cx, search)) ||
            (e = goods_rows(&view, rq, &list, family))) {
            return e;
        }
        view.cut = list.more || list.count == GOODS_SEARCH_LIMIT;
        view.first = url_fixed("/barang");
    } else if ((e = goods_page_of(&view, rq, family))) {
        return e;
    }
    respond_page(rq, 0, PAGE_GOODS, &view);
    return OK;
}

/* ---- one product ---- */

struct price_view {
    const char *from;
    struct rupiah price;
    bool cost_known;
    struct rupiah cost;
    const char *approver;
};

static const struct tpl_field price_fields[] = {
    TPL_FIELD(price_view, from), TPL_FIELD(price_view, price),    TPL_FIELD(price_view, cost_known),
    TPL_FIELD(price_view, cost), TPL_FIELD(price_view, approver), TPL_FIELD_END,
};

struct item_lot {
    struct url url;
    const char *code;
    const char *made;
    const char *expiry; /* "": it does not expire */
    bool late;
    struct qty qty;
    struct qty left;
};

static const struct tpl_field item_lot_fields[] = {
    TPL_FIELD(item_lot, url),  TPL_FIELD(item_lot, code),
    TPL_FIELD(item_lot, made), TPL_FIELD(item_lot, expiry),
    TPL_FIELD(item_lot, late), TPL_FIELD(item_lot, qty),
    TPL_FIELD(item_lot, left), TPL_FIELD_END,
};

struct item_stock {
    const char *place;
    struct qty qty;
};

static const struct tpl_field item_stock_fields[] = {
    TPL_FIELD(item_stock, place),
    TPL_FIELD(item_stock, qty),
    TPL_FIELD_END,
};

struct item_view {
    const char *sku;
    const char *name;
    const char *family;
    const char *workshop;
    const char *tracking;
    const char *unit;
    const char *account;
    const char *motif;
    const char *technique;
    int32_t shelf_life;
    bool expires;
    bool active;
    bool priced;
    struct rupiah price;
    bool sees_cost;
    bool cost_known;
    struct rupiah cost;
    bool stocked;
    struct qty on_hand;
    struct tpl_list prices, lots, stock;
    bool any_expiry; /* of the lots */
    bool may_receive, may_price, may_change;
    struct url receive, price_url, cost_url, change, photos, story, variants;
    struct telling told;
};

const struct tpl_field item_fields[] = {
    TPL_FIELD(item_view, sku),
    TPL_FIELD(item_view, name),
    TPL_FIELD(item_view, family),
    TPL_FIELD(item_view, workshop),
    TPL_FIELD(item_view, tracking),
    TPL_FIELD(item_view, unit),
    TPL_FIELD(item_view, account),
    TPL_FIELD(item_view, motif),
    TPL_FIELD(item_view, technique),
    TPL_FIELD(item_view, shelf_life),
    TPL_FIELD(item_view, expires),
    TPL_FIELD(item_view, active),
    TPL_FIELD(item_view, priced),
    TPL_FIELD(item_view, price),
    TPL_FIELD(item_view, sees_cost),
    TPL_FIELD(item_view, cost_known),
    TPL_FIELD(item_view, cost),
    TPL_FIELD(item_view, stocked),
    TPL_FIELD(item_view, on_hand),
    TPL_FIELD_LIST(item_view, prices, price_view, price_fields),
    TPL_FIELD_LIST(item_view, lots, item_lot, item_lot_fields),
    TPL_FIELD_LIST(item_view, stock, item_stock, item_stock_fields),
    TPL_FIELD(item_view, any_expiry),
    TPL_FIELD(item_view, may_receive),
    TPL_FIELD(item_view, may_price),
    TPL_FIELD(item_view, may_change),
    TPL_FIELD(item_view, receive),
    TPL_FIELD(item_view, price_url),
    TPL_FIELD(item_view, cost_url),
    TPL_FIELD(item_view, change),
    TPL_FIELD(item_view, photos),
    TPL_FIELD(item_view, story),
    TPL_FIELD(item_view, variants),
    TPL_FIELD_NEST(item_view, told, telling, telling_fields),
    TPL_FIELD_END,
};

static enum err item_prices(struct item_view *view, struct request *rq, struct product_id id)
{
    struct desk_price *list;
    struct price_view *rows;
    size_t n;
    enum err e = desk_prices(&list, &n, &rq->cx, id, PRICES_SHOWN);

    if (e) {
        return e;
    }
    rows = ARENA_ARRAY(rq->cx.arena, struct price_view, n + 1);
    for (size_t i = 0; i < n; i++) {
        rows[i] = (struct price_view){.from = desk_moment(rq, list[i].valid_from),
                                      .price = list[i].price,
                                      .cost_known = list[i].cost_known,
                                      .cost = list[i].cost,
                                      .approver = list[i].approver};
    }
    view->prices = TPL_LIST(rows, n);
    return OK;
}

static enum err item_lots(struct item_view *view, struct request *rq, struct product_id id)
{
    const struct day today = desk_today(rq);
    struct desk_lot *list;
    struct item_lot *rows;
    size_t n;
    enum err e = desk_lots_of_product(&list, &n, &rq->cx, id, LOTS_SHOWN);

    if (e) {
        return e;
    }
    rows = ARENA_ARRAY(rq->cx.arena, struct item_lot, n + 1);
    for (size_t i = 0; i < n; i++) {
        const struct desk_lot *l = &list[i];

        rows[i] = (struct item_lot){.url = desk_lot_url(rq, l->code),
                                    .code = desk_code_groups(rq, l->code),
                                    .made = desk_day(rq, l->made),
                                    .expiry = l->expires ? desk_day(rq, l->expiry) : "",
                                    .late = l->expires && l->left.milli > 0 &&
                                            l->expiry.since_1970 < today.since_1970,
                                    .qty = l->qty,
                                    .left = l->left};
        view->any_expiry = view->any_expiry || l->expires;
    }
    view->lots = TPL_LIST(rows, n);
    return OK;
}

static enum err item_places(struct item_view *view, struct request *rq, struct product_id id)
{
    struct stock_list list;
    struct item_stock *rows;
    enum err e = stock_of_product(&list, &rq->cx, id);

    if (e) {
        return e;
    }
    rows = ARENA_ARRAY(rq->cx.arena, struct item_stock, list.count + 1);
    for (size_t i = 0; i < list.count; i++) {
        rows[i] = (struct item_stock){.place = list.items[i].place_name, .qty = list.items[i].qty};
    }
    view->stock = TPL_LIST(rows, list.count);
    return OK;
}

static struct item_view item_view(struct request *rq, const struct product *p)
{
    struct arena *a = rq->cx.arena;
    const struct url here = url_part(a, url_fixed("/barang"), p->sku);
    const bool stocked = p->tracking == TRACK_PIECE || p->tracking == TRACK_LOT;

    return (struct item_view){
        .sku = p->sku,
        .name = p->name,
        .family = p->family_name,
        .workshop = p->workshop_name,
        .tracking = desk_tracking(rq, p->tracking),
        .unit = p->unit,
        .account = p->revenue_account,
        .motif = p->motif,
        .technique = p->technique,
        .shelf_life = p->shelf_life_days,
        .expires = p->shelf_life_days > 0,
        .active = p->active,
        .priced = p->priced,
        .price = p->price,
        .sees_cost = desk_may(rq, DESK_COSTS),
        .cost_known = p->cost_known,
        .cost = p->cost,
        .stocked = p->tracking != TRACK_SERVICE,
        .on_hand = p->on_hand,
        .may_receive = stocked && p->active && desk_may(rq, DESK_MAKERS),
        .may_price = desk_may(rq, DESK_MAKERS),
        .may_change = desk_may(rq, DESK_MAKERS),
        .receive = url_query(a, url_fixed("/produksi/baru"), "barang", p->sku),
        .price_url = url_part(a, here, "harga"),
        .cost_url = url_part(a, here, "biaya"),
        .change = url_part(a, here, "ubah"),
        .photos = url_part(a, here, "foto"),
        .story = url_part(a, here, "cerita"),
        .variants = url_part(a, here, "varian"),
    };
}

enum err goods_item(struct request *rq)
{
    struct product product;
    struct item_view view;
    enum err e;

    if ((e = desk_product_of_path(&product, rq))) {
        return e;
    }
    view = item_view(rq, &product);
    if ((e = item_prices(&view, rq, product.id)) || (e = item_lots(&view, rq, product.id)) ||
        (e = item_places(&view, rq, product.id)) ||
        (e = telling_of(&view.told, rq, product.id, product.name, NULL))) {
        return e;
    }
    rq->title = product.name;
    respond_page(rq, 0, PAGE_ITEM, &view);
    return OK;
}
