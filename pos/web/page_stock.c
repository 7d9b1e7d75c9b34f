/* What stands where: stock by place, and lots that end soon. */
#include "inventory/base/arena.h"
#include "inventory/fact.h"
#include "inventory/place_card.h"
#include "pos/web/desk.h"
#include "pos/web/desk_pages.h"
#include "pos/web/respond.h"
#include "pos/web/stock_pages.h"

enum { EXPIRY_WARN_DAYS = 14, EXPIRING_SHOWN = 50, PLACES_SHOWN = 100 };

const struct input stock_inputs[] = {
    {.name = "tempat", .label = _("Tempat"), .type = INPUT_LINE, .max = 80},
    {.name = "sesudah", .label = _("Sesudah"), .type = INPUT_LINE, .max = SKU_LEN_MAX},
    INPUT_END,
};

struct stock_view_row {
    struct url url;
    const char *sku;
    const char *name;
    const char *unit;
    struct qty qty;
    bool low; /* one or none left */
};

static const struct tpl_field stock_row_fields[] = {
    TPL_FIELD(stock_view_row, url),
    TPL_FIELD(stock_view_row, sku),
    TPL_FIELD(stock_view_row, name),
    TPL_FIELD(stock_view_row, unit),
    TPL_FIELD(stock_view_row, qty),
    TPL_FIELD(stock_view_row, low),
    TPL_FIELD_END,
};

struct stock_place_row {
    struct url url; /* the card; none for those who may not read it */
    const char *name, *kind;
    int64_t products;
    struct rupiah cost;
    bool some_unknown;
};

static const struct tpl_field stock_place_fields[] = {
    TPL_FIELD(stock_place_row, url),
    TPL_FIELD(stock_place_row, name),
    TPL_FIELD(stock_place_row, kind),
    TPL_FIELD(stock_place_row, products),
    TPL_FIELD(stock_place_row, cost),
    TPL_FIELD(stock_place_row, some_unknown),
    TPL_FIELD_END,
};

struct expiring_row {
    struct url url;
    struct url report; /* takes it out of sale */
    const char *code;
    const char *name;
    const char *unit;
    const char *expiry;
    const char *countdown;
    struct qty left;
    bool late;
};

static const struct tpl_field expiring_fields[] = {
    TPL_FIELD(expiring_row, url),       TPL_FIELD(expiring_row, report),
    TPL_FIELD(expiring_row, code),      TPL_FIELD(expiring_row, name),
    TPL_FIELD(expiring_row, unit),      TPL_FIELD(expiring_row, expiry),
    TPL_FIELD(expiring_row, countdown), TPL_FIELD(expiring_row, left),
    TPL_FIELD(expiring_row, late),      TPL_FIELD_END,
};

struct stock_view {
    struct tpl_list places; /* struct desk_option: value is "kind:code" */
    bool choice;            /* more than one place */
    const char *place;
    struct tpl_list rows;
    bool found;
    struct url next, first;
    struct tpl_list expiring;
    bool has_expiring;
    int32_t warn_days;
    struct tpl_list all; /* struct stock_place_row */
    bool sees_cost, may_make;
};

const struct tpl_field stock_fields[] = {
    TPL_FIELD_LIST(stock_view, places, desk_option, desk_option_fields),
    TPL_FIELD(stock_view, choice),
    TPL_FIELD(stock_view, place),
    TPL_FIELD_LIST(stock_view, rows, stock_view_row, stock_row_fields),
    TPL_FIELD(stock_view, found),
    TPL_FIELD(stock_view, next),
    TPL_FIELD(stock_view, first),
    TPL_FIELD_LIST(stock_view, expiring, expiring_row, expiring_fields),
    TPL_FIELD(stock_view, has_expiring),
    TPL_FIELD(stock_view, warn_days),
    TPL_FIELD_LIST(stock_view, all, stock_place_row, stock_place_fields),
    TPL_FIELD(stock_view, sees_cost),
    TPL_FIELD(stock_view, may_make),
    TPL_FIELD_END,
};

/* The places whose stock a page shows, the showroom first. */
static enum err stock_places(struct place **out, size_t *count, struct request *rq)
{
    static const enum place_kind kinds[] = {PLACE_SHOWROOM, PLACE_STORE, PLACE_TRANSIT,
                                            PLACE_PARTNER, PLACE_EXHIBITION};
    struct place *all = ARENA_ARRAY(rq->cx.arena, struct place, PLACES_SHOWN);
    size_t n = 0;

    for (size_t k = 0; k < LENGTH(kinds); k++) {
        struct place_list list;
        enum err e = place_all(&list, &rq->cx, kinds[k]);

        if (e) {
            return e;
        }
        for (size_t i = 0; i < list.count && n < PLACES_SHOWN; i++) {
            all[n++] = list.items[i];
        }
    }
    *out = all;
    *count = n;
    return OK;
}

static const char *place_value(struct request *rq, const struct place *p)
{
    return arena_format(rq->cx.arena, "%s:%s", place_kind_name(p->kind), p->code);
}

/* Fills the choice of places and finds the one that was asked for. */
static enum err choose_place(struct place *out, struct stock_view *view, struct request *rq)
{
    const char *asked = input_text(&rq->in, "tempat");
    struct desk_option *options;
    struct place *places;
    size_t n, found = 0;
    enum err e = stock_places(&places, &n, rq);

    if (e) {
        return e;
    }
    options = ARENA_ARRAY(rq->cx.arena, struct desk_option, n + 1);
    for (size_t i = 0; i < n; i++) {
        options[i] =
            (struct desk_option){.value = place_value(rq, &places[i]), .label = places[i].name};
        if (strcmp(options[i].value, asked) == 0) {
            found = i + 1;
        }
    }
    if (n == 0 || (*asked && found == 0)) {
        return refuse_field(&rq->cx, ERR_NOT_FOUND, "place-unknown", "tempat",
                            _("Tempat itu tidak ada. Pilih salah satu tempat dari daftar."));
    }
    *out = places[found ? found - 1 : 0];
    desk_choose(options, n, place_value(rq, out));
    view->places = TPL_LIST(options, n);
    view->choice = n > 1;
    view->place = out->name;
    return OK;
}

/* Every place that holds goods of ours, with what it cost. */
static enum err fill_places(struct stock_view *view, struct request *rq)
{
    struct stock_place_row *rows;
    struct place *places;
    size_t n;
    enum err e = stock_places(&places, &n, rq);

    if (e) {
        return e;
    }
    rows = ARENA_ARRAY(rq->cx.arena, struct stock_place_row, n + 1);
    for (size_t i = 0; i < n; i++) {
        const struct place *p = &places[i];
        struct place_sum sum;

        if ((e = place_card_sum(&sum, &rq->cx, p->id))) {
            return e;
        }
        rows[i] = (struct stock_place_row){
            .url = desk_may(rq, DESK_LOTS) ? place_url(rq, p->kind, p->code) : (struct url){NULL},
            .name = p->name,
            .kind = place_kind_text(rq, p->kind),
            .products = sum.products,
            .cost = sum.cost,
            .some_unknown = sum.unknown > 0,
        };
    }
    view->all = TPL_LIST(rows, n);
    view->sees_cost = desk_may(rq, DESK_COSTS);
    view->may_make = desk_may(rq, DESK_MAKERS);
    return OK;
}

static enum err fill_rows(struct stock_view *view, struct request *rq, const struct place *place)
{
    struct arena *a = rq->cx.arena;
    const char *after = input_text(&rq->in, "sesudah");
    const struct url here = url_query(a, url_fixed("/stok"), "tempat", place_value(rq, place));
    struct stock_view_row *rows;
    struct stock_list list;
    enum err e = stock_page(&list, &rq->cx, place->id, *after ? after : NULL, DESK_ROWS);

    if (e) {
        return e;
    }
    rows = ARENA_ARRAY(a, struct stock_view_row, list.count + 1);
    for (size_t i = 0; i < list.count; i++) {
        const struct stock_row *s = &list.items[i];

        rows[i] = (struct stock_view_row){.url = url_part(a, url_fixed("/barang"), s->sku),
                                          .sku = s->sku,
                                          .name = s->name,
                                          .unit = s->unit,
                                          .qty = s->qty,
                                          .low = s->qty.milli <= 1000};
    }
    view->rows = TPL_LIST(rows, list.count);
    view->found = list.count > 0;
    view->first = *after ? here : (struct url){NULL};
    if (list.more && list.count > 0) {
        view->next = url_query(a, here, "sesudah", list.items[list.count - 1].sku);
    }
    return OK;
}

static const char *days_left(struct request *rq, int32_t days)
{
    if (days < 0) {
        return desk_say(rq, _("lewat %d hari"), (int)-days);
    }
    if (days == 0) {
        return request_words(rq, _("hari terakhir"));
    }
    return desk_say(rq, _("sisa %d hari"), (int)days);
}

/* The report of a lot whose day has passed, filled in; pieces have labels of their own. */
static struct url report_url(struct request *rq, const struct desk_lot *lot)
{
    struct arena *a = rq->cx.arena;
    struct url url = url_query(a, url_fixed("/hapus/baru"), "jenis", "expired");

    return url_query(a, url, "kode",
                     arena_format(a, "%s %s", lot->code.text, desk_qty(rq, lot->left)));
}

static enum err fill_expiring(struct stock_view *view, struct request *rq)
{
    const struct day today = desk_today(rq);
    struct expiring_row *rows;
    struct desk_lot *lots;
    size_t n;
    enum err e = desk_lots_expiring(&lots, &n, &rq->cx, DAY(today.since_1970 + EXPIRY_WARN_DAYS),
                                    EXPIRING_SHOWN);

    if (e) {
        return e;
    }
    rows = ARENA_ARRAY(rq->cx.arena, struct expiring_row, n + 1);
    for (size_t i = 0; i < n; i++) {
        const int32_t days = lots[i].expiry.since_1970 - today.since_1970;

        rows[i] = (struct expiring_row){.url = desk_lot_url(rq, lots[i].code),
                                        .code = desk_code_groups(rq, lots[i].code),
                                        .name = lots[i].name,
                                        .unit = lots[i].unit,
                                        .expiry = desk_day(rq, lots[i].expiry),
                                        .countdown = days_left(rq, days),
                                        .left = lots[i].left,
                                        .late = days < 0};
        if (days < 0 && desk_may(rq, DESK_MAKERS)) {
            rows[i].report = report_url(rq, &lots[i]);
        }
    }
    view->expiring = TPL_LIST(rows, n);
    view->has_expiring = n > 0;
    return OK;
}

enum err stock_list_page(struct request *rq)
{
    struct stock_view view = {.place = "", .warn_days = EXPIRY_WARN_DAYS};
    struct place place = {.code = "", .name = ""};
    enum err e;

    if ((e = choose_place(&place, &view, rq)) || (e = fill_rows(&view, rq, &place)) ||
        (e = fill_expiring(&view, rq)) || (e = fill_places(&view, rq))) {
        return e;
    }
    respond_page(rq, 0, PAGE_STOCK, &view);
    return OK;
}
