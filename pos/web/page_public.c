/* What a shopper's phone shows after scanning a label: is it genuine, who made it (a workshop and a
 * prison, never a person), is it still for sale.  Public facts only. */
#include "inventory/base/arena.h"
#include "inventory/base/calendar.h"
#include "inventory/fact.h"
#include "inventory/label_print.h"
#include "pos/sale.h"
#include "pos/setting.h"
#include "pos/web/areas.h"
#include "pos/web/desk.h"
#include "pos/web/desk_pages.h"
#include "pos/web/goods_pages.h"
#include "pos/web/reply.h"
#include "pos/web/respond.h"

struct public_view {
    const char *unit_name;
    const char *unit_city;
    const char *unit_address;
    const char *name;
    const char *family;
    const char *motif;
    const char *technique;
    const char *workshop;
    const char *month;
    const char *code;
    bool is_lot;
    bool available, stored, sold, gone, voided;
    const char *sold_on; /* a date, never a time or a price */
    bool priced;
    struct rupiah price;
    const char *price_unit;
    const char *expiry; /* "": it does not expire */
    bool late;
    bool staff; /* somebody is signed in: links to the inside */
    const char *place;
    struct url product, lot, receipt, scan;
    const char *receipt_no;
    const char *now_code; /* of a void label */
    struct url now_url;
    const char *copies; /* "" unless it was printed more than once */
    struct telling told;
};

const struct tpl_field public_fields[] = {
    TPL_FIELD(public_view, unit_name),
    TPL_FIELD(public_view, unit_city),
    TPL_FIELD(public_view, unit_address),
    TPL_FIELD(public_view, name),
    TPL_FIELD(public_view, family),
    TPL_FIELD(public_view, motif),
    TPL_FIELD(public_view, technique),
    TPL_FIELD(public_view, workshop),
    TPL_FIELD(public_view, month),
    TPL_FIELD(public_view, code),
    TPL_FIELD(public_view, is_lot),
    TPL_FIELD(public_view, available),
    TPL_FIELD(public_view, stored),
    TPL_FIELD(public_view, sold),
    TPL_FIELD(public_view, gone),
    TPL_FIELD(public_view, sold_on),
    TPL_FIELD(public_view, priced),
    TPL_FIELD(public_view, price),
    TPL_FIELD(public_view, price_unit),
    TPL_FIELD(public_view, expiry),
    TPL_FIELD(public_view, late),
    TPL_FIELD(public_view, staff),
    TPL_FIELD(public_view, place),
    TPL_FIELD(public_view, product),
    TPL_FIELD(public_view, lot),
    TPL_FIELD(public_view, receipt),
    TPL_FIELD(public_view, receipt_no),
    TPL_FIELD(public_view, scan),
    TPL_FIELD(public_view, voided),
    TPL_FIELD(public_view, now_code),
    TPL_FIELD(public_view, now_url),
    TPL_FIELD(public_view, copies),
    TPL_FIELD_NEST(public_view, told, telling, telling_fields),
    TPL_FIELD_END,
};

struct public_unknown_view {
    const char *unit_name;
    const char *unit_address;
    const char *text; /* what was read */
    bool broken;      /* its check character is wrong */
};

const struct tpl_field public_unknown_fields[] = {
    TPL_FIELD(public_unknown_view, unit_name),
    TPL_FIELD(public_unknown_view, unit_address),
    TPL_FIELD(public_unknown_view, text),
    TPL_FIELD(public_unknown_view, broken),
    TPL_FIELD_END,
};

/* Strangers' answers may be kept for a minute; what staff see is nobody else's. */
static void cache_for_strangers(struct request *rq)
{
    if (rq->session == NULL) {
        rq->reply->cache = CACHE_MINUTE;
    }
}

static enum err show_unknown(struct request *rq, const struct scanned *scan)
{
    struct settings settings;
    struct public_unknown_view view;
    enum err e = settings_now(&settings, &rq->cx);

    if (e) {
        return e;
    }
    view = (struct public_unknown_view){
        .unit_name = settings.unit_name,
        .unit_address = settings.unit_address,
        .text = scan->code.text[0] ? scan->code.text : scan->rest,
        .broken = scan->kind == SCANNED_BROKEN,
    };
    rq->title = request_words(rq, view.broken ? _("Label rusak") : _("Label tidak dikenal"));
    respond_page(rq, 404, PAGE_PUBLIC_UNKNOWN, &view);
    cache_for_strangers(rq);
    return OK;
}

/* Whether another label of this code may be about, and what a void one was followed by. */
static enum err add_copies(struct public_view *view, struct request *rq, const struct label *label)
{
    int32_t copies;
    enum err e = label_copies(&copies, &rq->cx, label->code);

    view->copies = copies > 1 ? arena_format(rq->cx.arena, "%d", (int)copies) : "";
    view->now_code = desk_code_groups(rq, label->now);
    view->now_url = url_part(rq->cx.arena, url_fixed("/P"), label->now.text);
    return e;
}

/* What only somebody who is signed in sees. */
static enum err add_staff(struct public_view *view, struct request *rq, const struct label *label)
{
    struct arena *a = rq->cx.arena;
    struct sale_id sale_id;
    struct sale sale;
    struct lot lot;
    enum err e;

    if (!desk_may(rq, DESK_STAFF)) {
        return OK;
    }
    view->staff = true;
    view->product = url_part(a, url_fixed("/barang"), label->product.sku);
    if ((e = lot_by_id(&lot, &rq->cx, label->lot))) {
        return e;
    }
    view->lot = desk_lot_url(rq, lot.code);
    if (areas_may_see(rq, "/m/pindai")) {
        view->scan = url_fixed("/m/pindai");
    }
    if ((e = add_copies(view, rq, label))) {
        return e;
    }
    if (!view->sold) {
        return OK;
    }
    memcpy(sale_id.bytes, label->last_act.bytes, ID_BYTES);
    e = sale_by_id(&sale, &rq->cx, sale_id);
    if (e == OK) {
        view->receipt_no = sale.head.number;
        view->receipt = url_part(a, url_fixed("/struk"), sale.head.number);
    }
    return e == ERR_NOT_FOUND ? OK : e;
}

static struct public_view public_view(struct request *rq, const struct label *label,
                                      const struct settings *settings)
{
    const struct product *p = &label->product;
    const bool sold = label->state == LABEL_SOLD;
    const bool available = label->state == LABEL_AVAILABLE;

    return (struct public_view){
        .unit_name = settings->unit_name,
        .unit_city = settings->unit_city,
        .unit_address = settings->unit_address,
        .name = p->name,
        .family = p->family_name,
        .motif = p->motif,
        .technique = p->technique,
        .workshop = p->workshop_name,
        .month = desk_month(rq, label->made),
        .code = desk_code_groups(rq, label->code),
        .is_lot = !label->is_piece,
        .available = available,
        .stored = label->state == LABEL_STORED,
        .sold = sold,
        .gone = label->state == LABEL_GONE,
        .voided = label->state == LABEL_VOID,
        .sold_on = sold ? desk_day(rq, instant_day(label->moved_at, rq->cx.site->zone)) : "",
        .priced = available && p->priced,
        .price = p->price,
        .price_unit = p->unit,
        .expiry = label->expires && !sold ? desk_day(rq, label->expiry) : "",
        .late = label->expires && label->expiry.since_1970 < desk_today(rq).since_1970,
        .place = "",
        .receipt_no = "",
        .now_code = "",
        .copies = "",
    };
}

static enum err show_scanned(struct request *rq, const char *text)
{
    const struct scanned scan = scan_read(text, strlen(text));
    struct settings settings;
    struct public_view view;
    struct label label;
    struct lot lot;
    enum err e;

    if (scan.kind != SCANNED_LABEL) {
        return show_unknown(rq, &scan);
    }
    if ((e = label_find(&label, &rq->cx, scan.code))) {
        return e;
    }
    if (label.state == LABEL_UNKNOWN) {
        return show_unknown(rq, &scan);
    }
    if ((e = settings_now(&settings, &rq->cx)) || (e = lot_by_id(&lot, &rq->cx, label.lot))) {
        return e;
    }
    view = public_view(rq, &label, &settings);
    view.workshop = lot.workshop_name;
    if ((e = telling_of(&view.told, rq, label.product.id, view.name, NULL)) ||
        (e = add_staff(&view, rq, &label))) {
        return e;
    }
    rq->title = label.product.name;
    respond_page(rq, 0, PAGE_PUBLIC, &view);
    cache_for_strangers(rq);
    return OK;
}

enum err public_label(struct request *rq)
{
    return show_scanned(rq, request_param(rq, "kode"));
}

/* GS1 Digital Link: the trade item and the serial number, which is our code. */
enum err public_link(struct request *rq)
{
    return show_scanned(rq, arena_format(rq->cx.arena, "/01/%s/21/%s", request_param(rq, "gtin"),
                                         request_param(rq, "serial")));
}
