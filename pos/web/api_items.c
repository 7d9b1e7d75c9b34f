/* The machine interface of goods: what a code is, and what is on hand. */
#include "inventory/base/arena.h"
#include "inventory/base/calendar.h"
#include "inventory/base/label_code.h"
#include "inventory/base/qty_text.h"
#include "inventory/goods.h"
#include "inventory/stock.h"
#include "pos/receipt_of_sale.h"
#include "pos/web/api.h"
#include "pos/web/respond.h"

enum { STOCK_PAGE = 500, CODES_MAX = 2000 };

static void set_qty(struct json *j, const char *key, struct qty q)
{
    char text[QTY_TEXT_MAX];

    qty_decimal(text, q);
    json_set_text(j, key, text);
}

static struct json *product_json(const struct product *p)
{
    struct json *j = json_object();

    json_set_text(j, "sku", p->sku);
    json_set_text(j, "name", p->name);
    json_set_text(j, "family", p->family);
    json_set_text(j, "workshop", p->workshop_name);
    json_set_text(j, "tracking", tracking_name(p->tracking));
    json_set_text(j, "unit", p->unit);
    json_set_text(j, "revenue_account", p->revenue_account);
    json_set_bool(j, "active", p->active);
    if (p->priced) {
        json_set_int(j, "price_rp", p->price.rp);
    }
    set_qty(j, "on_hand", p->on_hand);
    return j;
}

static const char *state_name(enum label_state state)
{
    switch (state) {
    case LABEL_AVAILABLE: return "available";
    case LABEL_STORED: return "stored";
    case LABEL_SOLD: return "sold";
    case LABEL_GONE: return "gone";
    case LABEL_VOID: return "void";
    case LABEL_UNKNOWN: break;
    }
    return "unknown";
}

static enum err place_name_of(const char **out, struct ctx *cx, struct place_id id)
{
    struct place_list places;

    *out = "";
    for (enum place_kind kind = PLACE_WORKSHOP; kind <= PLACE_CONSUMED; kind++) {
        enum err e = place_all(&places, cx, kind);

        if (e) {
            return e;
        }
        for (size_t i = 0; i < places.count; i++) {
            if (place_id_equal(places.items[i].id, id)) {
                *out = places.items[i].name;
            }
        }
    }
    return OK;
}

/* A sold piece names the receipt it went with. */
static enum err set_sold(struct json *j, struct ctx *cx, const struct label *label)
{
    struct sale_id id;
    struct sale sale;
    enum err e;

    memcpy(id.bytes, label->last_act.bytes, sizeof id.bytes);
    e = sale_by_id(&sale, cx, id);
    if (!e) {
        char at[DATE_TEXT_MAX];

        instant_rfc3339(at, sale.head.at, cx->site->zone);
        json_set_text(j, "sold_at", at);
        json_set_text(j, "sale_number", sale.head.number);
    }
    return e == ERR_NOT_FOUND ? OK : e;
}

static enum err label_json(struct json *j, struct ctx *cx, const struct label *label)
{
    const char *place = "";
    char made[DATE_TEXT_MAX];
    enum err e = OK;

    day_iso(made, label->made);
    json_set_text(j, "code", label->code.text);
    json_set_text(j, "kind", label->is_piece ? "piece" : "lot");
    json_set_text(j, "state", state_name(label->state));
    json_set_text(j, "made_on", made);
    set_qty(j, "on_hand", label->on_hand);
    if (label->is_piece && !(e = place_name_of(&place, cx, label->place))) {
        json_set_text(j, "place", place);
    }
    if (!e && label->is_piece && label->state == LABEL_SOLD) {
        e = set_sold(j, cx, label);
    }
    return e;
}

static enum err answer_label(struct request *rq, struct label_code code)
{
    struct label label;
    struct json *j;
    enum err e = label_find(&label, &rq->cx, code);

    if (e) {
        return e;
    }
    if (label.state == LABEL_UNKNOWN) {
        return refuse(&rq->cx, ERR_NOT_FOUND, "code-foreign",
                      _("Label %s tidak tercatat di sini. Mungkin milik unit lain; periksa label "
                        "pada barang."),
                      code.text);
    }
    j = json_object();
    if ((e = label_json(j, &rq->cx, &label))) {
        json_free(j);
        return e;
    }
    json_set(j, "product", product_json(&label.product));
    respond_json(rq, 200, j);
    return OK;
}

static enum err unknown_code(struct request *rq, const char *code)
{
    return refuse(&rq->cx, ERR_NOT_FOUND, "code-unknown",
                  _("Kode \"%s\" tidak dikenal sebagai label, SKU, atau struk."), code);
}

/* A sale is told to those who may read sales; to others its number is as unknown as any. */
static enum err answer_receipt(struct request *rq, const char *said)
{
    const char *number = receipt_number_said(rq->cx.arena, said);
    struct sale sale;
    struct json *j;
    enum err e = rq->session->role & API_SALE_READERS ? sale_by_number(&sale, &rq->cx, number)
                                                      : unknown_code(rq, number);

    if (e) {
        return e;
    }
    j = json_object();
    json_set_text(j, "kind", "sale");
    json_set(j, "sale", api_sale_json(&sale, rq->cx.site->zone));
    respond_json(rq, 200, j);
    return OK;
}

static enum err answer_sku(struct request *rq, const char *sku)
{
    struct product product;
    struct json *j;
    enum err e = product_by_sku(&product, &rq->cx, sku);

    if (e == ERR_NOT_FOUND) {
        return unknown_code(rq, sku);
    }
    if (!e) {
        j = json_object();
        json_set_text(j, "kind", "product");
        json_set(j, "product", product_json(&product));
        respond_json(rq, 200, j);
    }
    return e;
}

enum err api_items_get(struct request *rq)
{
    const char *text = request_param(rq, "code");
    struct scanned scanned = scan_read(text, strlen(text));

    switch (scanned.kind) {
    case SCANNED_LABEL: return answer_label(rq, scanned.code);
    case SCANNED_BROKEN:
        return refuse(&rq->cx, ERR_INVALID, "code-check",
                      _("Huruf uji label %s tidak cocok: ada huruf yang salah baca. Pindai ulang."),
                      text);
    case SCANNED_RECEIPT: return answer_receipt(rq, scanned.rest);
    case SCANNED_OTHER: return answer_sku(rq, scanned.rest);
    case SCANNED_NOTHING: break;
    }
    return refuse(&rq->cx, ERR_INVALID, "code-empty", _("Kode kosong."));
}

/* ---- stock ---- */

const struct input api_stock_fields[] = {
    {.name = "sku", .label = _("SKU"), .type = INPUT_CODE},
    {.name = "place", .label = _("Tempat"), .type = INPUT_LINE},
    {.name = "after", .label = _("Setelah SKU"), .type = INPUT_CODE},
    INPUT_END,
};

static enum err set_codes(struct json *j, struct ctx *cx, const struct stock_row *row)
{
    const struct label_code *codes;
    struct json *list;
    size_t n;
    enum err e;

    if (row->tracking != TRACK_PIECE) {
        return OK;
    }
    if ((e = stock_codes(&codes, &n, cx, row->product, row->place, CODES_MAX))) {
        return e;
    }
    list = json_array();
    for (size_t i = 0; i < n; i++) {
        json_add(list, json_text(codes[i].text));
    }
    json_set(j, "codes", list);
    return OK;
}

static enum err add_row(struct json *list, struct ctx *cx, const struct stock_row *row)
{
    struct json *j = json_object();

    json_set_text(j, "sku", row->sku);
    json_set_text(j, "name", row->name);
    json_set_text(j, "unit", row->unit);
    json_set_text(j, "tracking", tracking_name(row->tracking));
    json_set_text(j, "place", row->place_code);
    set_qty(j, "on_hand", row->qty);
    json_add(list, j);
    return set_codes(j, cx, row);
}

/* A place of our own by its code; nil when none was asked for: the showroom.  Where goods come from
 * and where they end, nothing is on hand. */
static enum err wanted_place(struct place_id *out, struct request *rq)
{
    static const enum place_kind kinds[] = {PLACE_SHOWROOM, PLACE_STORE,      PLACE_TRANSIT,
                                            PLACE_PARTNER,  PLACE_EXHIBITION, PLACE_SCRAP,
                                            PLACE_LOST};
    const char *code = input_text(&rq->in, "place");
    struct place place;

    memset(out, 0, sizeof *out);
    if (!*code) {
        return OK;
    }
    for (size_t i = 0; i < LENGTH(kinds); i++) {
        enum err e = place_by_code(&place, &rq->cx, kinds[i], code);

        if (e != ERR_NOT_FOUND) {
            *out = place.id;
            return e;
        }
    }
    return refuse_field(&rq->cx, ERR_NOT_FOUND, "place-unknown", "place",
                        _("Tempat \"%s\" tidak ada."), code);
}

static enum err stock_wanted(struct stock_list *out, struct request *rq)
{
    const char *sku = input_text(&rq->in, "sku");
    const char *after = input_text(&rq->in, "after");
    struct product product;
    struct place_id place;
    enum err e;

    if ((e = wanted_place(&place, rq))) {
        return e;
    }
    if (!*sku) {
        return stock_page(out, &rq->cx, place, *after ? after : NULL, STOCK_PAGE);
    }
    if ((e = product_by_sku(&product, &rq->cx, sku)) == ERR_NOT_FOUND) {
        return refuse_field(&rq->cx, e, "sku-unknown", "sku", _("SKU %s tidak ada."), sku);
    }
    return e ? e : stock_of_product(out, &rq->cx, product.id);
}

enum err api_stock_get(struct request *rq)
{
    const char *place = input_text(&rq->in, "place");
    bool by_sku = *input_text(&rq->in, "sku") != '\0';
    struct stock_list stock = {.count = 0};
    struct json *j, *rows;
    enum err e = stock_wanted(&stock, rq);

    if (e) {
        return e;
    }
    rows = json_array();
    for (size_t i = 0; i < stock.count && !e; i++) {
        if (!by_sku || !*place || strcmp(place, stock.items[i].place_code) == 0) {
            e = add_row(rows, &rq->cx, &stock.items[i]);
        }
    }
    if (e) {
        json_free(rows);
        return e;
    }
    j = json_object();
    json_set(j, "stock", rows);
    json_set_bool(j, "more", stock.more);
    if (stock.more && stock.count > 0) {
        json_set_text(j, "next_after", stock.items[stock.count - 1].sku);
    }
    respond_json(rq, 200, j);
    return OK;
}
