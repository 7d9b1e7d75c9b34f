/* Lots: the newest ones, and one lot with its pieces and where they stand. */
#include "inventory/base/arena.h"
#include "inventory/base/id.h"
#include "inventory/fact.h"
#include "pos/web/desk.h"
#include "pos/web/desk_pages.h"
#include "pos/web/respond.h"

enum { UNITS_SHOWN = 100 };

const struct input lots_inputs[] = {
    {.name = "sebelum", .label = _("Sebelum"), .type = INPUT_ID},
    INPUT_END,
};

const struct input lot_inputs[] = {
    {.name = "sesudah", .label = _("Sesudah"), .type = INPUT_INT, .min = 0, .max = 1000000},
    INPUT_END,
};

/* ---- the list ---- */

struct lots_row {
    struct url url, labels;
    const char *code;
    const char *sku;
    const char *name;
    const char *unit;
    const char *tracking;
    struct qty qty;
    const char *made;
};

static const struct tpl_field lots_row_fields[] = {
    TPL_FIELD(lots_row, url),      TPL_FIELD(lots_row, labels),
    TPL_FIELD(lots_row, code),     TPL_FIELD(lots_row, sku),
    TPL_FIELD(lots_row, name),     TPL_FIELD(lots_row, unit),
    TPL_FIELD(lots_row, tracking), TPL_FIELD(lots_row, qty),
    TPL_FIELD(lots_row, made),     TPL_FIELD_END,
};

struct lots_view {
    struct tpl_list rows;
    bool found;
    bool may_make;
    struct url next, first;
};

const struct tpl_field lots_fields[] = {
    TPL_FIELD_LIST(lots_view, rows, lots_row, lots_row_fields),
    TPL_FIELD(lots_view, found),
    TPL_FIELD(lots_view, may_make),
    TPL_FIELD(lots_view, next),
    TPL_FIELD(lots_view, first),
    TPL_FIELD_END,
};

enum err lots_list(struct request *rq)
{
    struct arena *a = rq->cx.arena;
    const bool further = input_given(&rq->in, "sebelum");
    struct lots_view view = {.may_make = desk_may(rq, DESK_MAKERS)};
    struct lot_id before = {.bytes = {0}};
    struct lot_brief *lots;
    struct lots_row *rows;
    size_t n;
    enum err e;

    if (further) {
        memcpy(before.bytes, input_id(&rq->in, "sebelum"), ID_BYTES);
    }
    if ((e = lot_newest(&lots, &n, &rq->cx, before, DESK_ROWS))) {
        return e;
    }
    rows = ARENA_ARRAY(a, struct lots_row, n + 1);
    for (size_t i = 0; i < n; i++) {
        const struct lot_brief *l = &lots[i];

        rows[i] = (struct lots_row){.url = url_part(a, url_fixed("/produksi"), l->code.text),
                                    .labels = url_part(a, url_fixed("/label"), l->code.text),
                                    .code = desk_code_groups(rq, l->code),
                                    .sku = l->sku,
                                    .name = l->name,
                                    .unit = l->unit,
                                    .tracking = desk_tracking(rq, l->tracking),
                                    .qty = l->qty,
                                    .made = desk_day(rq, l->made)};
    }
    view.rows = TPL_LIST(rows, n);
    view.found = n > 0;
    view.first = further ? url_fixed("/produksi") : (struct url){NULL};
    if (n == DESK_ROWS) {
        char hex[ID_HEX_MAX];

        id_hex(hex, lots[n - 1].id.bytes);
        view.next = url_query(a, url_fixed("/produksi"), "sebelum", hex);
    }
    respond_page(rq, 0, PAGE_LOTS, &view);
    return OK;
}

/* ---- one lot ---- */

struct lot_unit {
    int32_t no;
    struct url url;
    const char *code;
    const char *place;
    const char *state;
    const char *tone; /* of the badge */
};

static const struct tpl_field lot_unit_fields[] = {
    TPL_FIELD(lot_unit, no),
    TPL_FIELD(lot_unit, url),
    TPL_FIELD(lot_unit, code),
    TPL_FIELD(lot_unit, place),
    TPL_FIELD(lot_unit, state),
    TPL_FIELD(lot_unit, tone),
    TPL_FIELD_END,
};

struct lot_view {
    const char *code;
    const char *sku;
    const char *name;
    const char *unit;
    const char *tracking;
    const char *workshop;
    const char *made;
    const char *expiry; /* "": it does not expire */
    bool late;
    struct qty qty;
    bool sees_cost;
    bool cost_known;
    struct rupiah cost;
    bool priced;
    struct rupiah price;
    bool piece;
    struct tpl_list units;
    struct url next, first;
    struct url product, labels, page, price_url, again;
    bool may_price, may_make;
};

const struct tpl_field lot_fields[] = {
    TPL_FIELD(lot_view, code),
    TPL_FIELD(lot_view, sku),
    TPL_FIELD(lot_view, name),
    TPL_FIELD(lot_view, unit),
    TPL_FIELD(lot_view, tracking),
    TPL_FIELD(lot_view, workshop),
    TPL_FIELD(lot_view, made),
    TPL_FIELD(lot_view, expiry),
    TPL_FIELD(lot_view, late),
    TPL_FIELD(lot_view, qty),
    TPL_FIELD(lot_view, sees_cost),
    TPL_FIELD(lot_view, cost_known),
    TPL_FIELD(lot_view, cost),
    TPL_FIELD(lot_view, priced),
    TPL_FIELD(lot_view, price),
    TPL_FIELD(lot_view, piece),
    TPL_FIELD_LIST(lot_view, units, lot_unit, lot_unit_fields),
    TPL_FIELD(lot_view, next),
    TPL_FIELD(lot_view, first),
    TPL_FIELD(lot_view, product),
    TPL_FIELD(lot_view, labels),
    TPL_FIELD(lot_view, page),
    TPL_FIELD(lot_view, price_url),
    TPL_FIELD(lot_view, again),
    TPL_FIELD(lot_view, may_price),
    TPL_FIELD(lot_view, may_make),
    TPL_FIELD_END,
};

static void unit_state(struct lot_unit *out, const struct request *rq, enum place_kind kind)
{
    const char *text = _("di luar ruang pamer");
    const char *tone = "";

    switch (kind) {
    case PLACE_SHOWROOM:
        text = _("tersedia");
        tone = "ok";
        break;
    case PLACE_CUSTOMER: text = _("terjual"); break;
    case PLACE_SCRAP:
    case PLACE_LOST:
    case PLACE_CONSUMED:
        text = _("tidak dijual");
        tone = "warn";
        break;
    case PLACE_WORKSHOP:
    case PLACE_STORE:
    case PLACE_TRANSIT:
    case PLACE_PARTNER:
    case PLACE_EXHIBITION:
    case PLACE_SUPPLIER: break;
    }
    out->state = request_words(rq, text);
    out->tone = tone;
}

static enum err lot_pieces(struct lot_view *view, struct request *rq, const struct lot *lot)
{
    struct arena *a = rq->cx.arena;
    const struct url here = url_part(a, url_fixed("/produksi"), lot->code.text);
    const int32_t after = (int32_t)input_int(&rq->in, "sesudah");
    struct desk_unit *units;
    struct lot_unit *rows;
    size_t n;
    enum err e = desk_units(&units, &n, &rq->cx, lot->id, after, UNITS_SHOWN);

    if (e) {
        return e;
    }
    rows = ARENA_ARRAY(a, struct lot_unit, n + 1);
    for (size_t i = 0; i < n; i++) {
        rows[i] = (struct lot_unit){.no = units[i].no,
                                    .url = url_part(a, url_fixed("/P"), units[i].code.text),
                                    .code = desk_code_groups(rq, units[i].code),
                                    .place = units[i].place};
        unit_state(&rows[i], rq, units[i].kind);
    }
    view->units = TPL_LIST(rows, n);
    view->first = after > 0 ? here : (struct url){NULL};
    if (n == UNITS_SHOWN) {
        view->next = url_query_int(a, here, "sesudah", units[n - 1].no);
    }
    return OK;
}

static struct lot_view lot_view(struct request *rq, const struct lot *lot)
{
    struct arena *a = rq->cx.arena;
    const struct product *p = &lot->product;
    const struct url product = url_part(a, url_fixed("/barang"), p->sku);

    return (struct lot_view){
        .code = desk_code_groups(rq, lot->code),
        .sku = p->sku,
        .name = p->name,
        .unit = p->unit,
        .tracking = desk_tracking(rq, p->tracking),
        .workshop = lot->workshop_name,
        .made = desk_day(rq, lot->made),
        .expiry = lot->expires ? desk_day(rq, lot->expiry) : "",
        .late = lot->expires && lot->expiry.since_1970 < desk_today(rq).since_1970,
        .qty = lot->qty,
        .sees_cost = desk_may(rq, DESK_COSTS),
        .cost_known = lot->cost_known,
        .cost = lot->unit_cost,
        .priced = p->priced,
        .price = p->price,
        .piece = p->tracking == TRACK_PIECE,
        .units = TPL_LIST((struct lot_unit *)NULL, 0),
        .product = product,
        .labels = url_part(a, url_fixed("/label"), lot->code.text),
        .page = url_part(a, url_fixed("/P"), lot->code.text),
        .price_url = url_part(a, product, "harga"),
        .again = url_query(a, url_fixed("/produksi/baru"), "barang", p->sku),
        .may_price = desk_may(rq, DESK_MAKERS),
        .may_make = desk_may(rq, DESK_MAKERS),
    };
}

enum err lot_page(struct request *rq)
{
    struct lot_view view;
    struct lot lot;
    enum err e;

    if ((e = desk_lot_of_path(&lot, rq))) {
        return e;
    }
    view = lot_view(rq, &lot);
    if (view.piece && (e = lot_pieces(&view, rq, &lot))) {
        return e;
    }
    rq->title = desk_say(rq, _("Lot %s"), view.code);
    respond_page(rq, 0, PAGE_LOT, &view);
    return OK;
}
