/* Scanning anything with a phone, to see what it is and where. */
#include "inventory/base/arena.h"
#include "inventory/base/calendar.h"
#include "inventory/fact.h"
#include "pos/receipt_of_sale.h"
#include "pos/sale.h"
#include "pos/web/areas.h"
#include "pos/web/desk.h"
#include "pos/web/phone.h"
#include "pos/web/respond.h"

const struct input phone_scan_inputs[] = {
    {.name = "kode", .label = _("Kode"), .type = INPUT_LINE, .max = PHONE_CODE_MAX},
    INPUT_END,
};

struct phone_scan_view {
    struct phone_news news;
    bool found;
    const char *name;
    const char *code; /* in groups; "": an SKU was scanned */
    const char *unit;
    bool priced;
    struct rupiah price;
    const char *expiry; /* "": it does not expire */
    bool late;
    bool is_piece;
    struct tpl_list places; /* struct phone_place */
    struct url label, product, lot, receipt;
    const char *receipt_no;
};

const struct tpl_field phone_scan_fields[] = {
    TPL_FIELD_NEST(phone_scan_view, news, phone_news, phone_news_fields),
    TPL_FIELD(phone_scan_view, found),
    TPL_FIELD(phone_scan_view, name),
    TPL_FIELD(phone_scan_view, code),
    TPL_FIELD(phone_scan_view, unit),
    TPL_FIELD(phone_scan_view, priced),
    TPL_FIELD(phone_scan_view, price),
    TPL_FIELD(phone_scan_view, expiry),
    TPL_FIELD(phone_scan_view, late),
    TPL_FIELD(phone_scan_view, is_piece),
    TPL_FIELD_LIST(phone_scan_view, places, phone_place, phone_place_fields),
    TPL_FIELD(phone_scan_view, label),
    TPL_FIELD(phone_scan_view, product),
    TPL_FIELD(phone_scan_view, lot),
    TPL_FIELD(phone_scan_view, receipt),
    TPL_FIELD(phone_scan_view, receipt_no),
    TPL_FIELD_END,
};

static void show_product(struct phone_scan_view *view, struct request *rq, const struct product *p)
{
    view->found = true;
    view->name = p->name;
    view->unit = p->unit;
    view->priced = p->priced;
    view->price = p->price;
    if (areas_may_see(rq, "/barang")) {
        view->product = url_part(rq->cx.arena, url_fixed("/barang"), p->sku);
    }
}

/* One sentence: what it is and where, or what became of it. */
static struct phone_news label_news(struct request *rq, const struct label *l, const char *place)
{
    const char *day = desk_day(rq, instant_day(l->moved_at, rq->cx.site->zone));
    const char *name = l->product.name;

    switch (l->state) {
    case LABEL_AVAILABLE:
        return phone_said("ok", "ok", desk_say(rq, _("%s: di ruang pamer"), name));
    case LABEL_STORED:
        return phone_said("ok", "ok",
                          *place ? desk_say(rq, _("%s: di %s"), name, place)
                                 : desk_say(rq, _("%s: belum di ruang pamer"), name));
    case LABEL_SOLD:
        return phone_said("again", "warn", desk_say(rq, _("%s: terjual %s"), name, day));
    case LABEL_GONE:
        return phone_said("again", "warn",
                          l->is_piece ? desk_say(rq, _("%s: ditarik %s"), name, day)
                                      : desk_say(rq, _("%s: lot ini habis"), name));
    case LABEL_VOID:
        return phone_said("bad", "bad",
                          desk_say(rq, _("Label %s sudah dibatalkan; yang berlaku %s"),
                                   l->code.text, l->now.text));
    case LABEL_UNKNOWN: break;
    }
    return phone_said("bad", "bad",
                      desk_say(rq, _("Label %s tidak tercatat di sini"), l->code.text));
}

/* Of a sold piece, for those who may read receipts. */
static enum err add_receipt(struct phone_scan_view *view, struct request *rq,
                            const struct label *label)
{
    struct sale_id id;
    struct sale sale;
    enum err e;

    if (!label->is_piece || label->state != LABEL_SOLD || !areas_may_see(rq, "/struk")) {
        return OK;
    }
    memcpy(id.bytes, label->last_act.bytes, ID_BYTES);
    e = sale_by_id(&sale, &rq->cx, id);
    if (e == OK) {
        view->receipt_no = sale.head.number;
        view->receipt = url_part(rq->cx.arena, url_fixed("/struk"), sale.head.number);
    }
    return e == ERR_NOT_FOUND ? OK : e;
}

static enum err show_label(struct phone_scan_view *view, struct request *rq,
                           const struct label *label)
{
    struct phone_place *places;
    struct lot lot;
    size_t count;
    enum err e;

    if ((e = phone_places(&places, &count, &rq->cx, label)) ||
        (e = lot_by_id(&lot, &rq->cx, label->lot))) {
        return e;
    }
    show_product(view, rq, &label->product);
    view->is_piece = label->is_piece;
    view->code = desk_code_groups(rq, label->code);
    view->places = TPL_LIST(places, label->state == LABEL_SOLD ? 0 : count);
    view->label = url_part(rq->cx.arena, url_fixed("/P"), label->code.text);
    view->lot = desk_lot_url(rq, lot.code);
    if (label->expires) {
        view->expiry = desk_day(rq, label->expiry);
        view->late = label->expiry.since_1970 < desk_today(rq).since_1970;
    }
    view->news = label_news(rq, label, label->is_piece && count ? places[0].name : "");
    return add_receipt(view, rq, label);
}

static enum err scan_receipt(struct phone_scan_view *view, struct request *rq, const char *said)
{
    const char *number = receipt_number_said(rq->cx.arena, said);
    struct sale sale;
    enum err e = sale_by_number(&sale, &rq->cx, number);

    if (e == ERR_NOT_FOUND) {
        view->news =
            phone_said("bad", "bad", desk_say(rq, _("Struk %s tidak ada di sini"), number));
        return OK;
    }
    if (e) {
        return e;
    }
    view->news = phone_said("ok", "ok", desk_say(rq, _("Ini struk %s"), sale.head.number));
    if (areas_may_see(rq, "/struk")) {
        view->receipt_no = sale.head.number;
        view->receipt = url_part(rq->cx.arena, url_fixed("/struk"), sale.head.number);
    }
    return OK;
}

static enum err scan_sku(struct phone_scan_view *view, struct request *rq, const char *text)
{
    struct product product;
    enum err e = product_by_sku(&product, &rq->cx, text);

    if (e == ERR_NOT_FOUND) {
        view->news =
            phone_said("bad", "bad",
                       desk_say(rq, _("\"%s\" bukan label, struk, atau kode barang kami"), text));
        view->news.more = request_words(rq, _("Ketik sepuluh huruf dan angka di bawah gambar QR."));
        return OK;
    }
    if (!e) {
        show_product(view, rq, &product);
        view->news = phone_said("ok", "ok", desk_say(rq, _("%s: kode barang"), product.name));
        view->places = TPL_LIST((struct phone_place *)NULL, 0);
    }
    return e;
}

static enum err scan_text(struct phone_scan_view *view, struct request *rq, const char *text)
{
    const struct scanned scan = scan_read(text, strlen(text));
    struct label label;
    enum err e;

    switch (scan.kind) {
    case SCANNED_NOTHING: return OK;
    case SCANNED_RECEIPT: return scan_receipt(view, rq, scan.rest);
    case SCANNED_OTHER: return scan_sku(view, rq, scan.rest);
    case SCANNED_BROKEN:
        view->news =
            phone_said("bad", "bad", desk_say(rq, _("Kode %s salah satu hurufnya"), scan.rest));
        view->news.more = request_words(rq, _("Pindai sekali lagi dari dekat, atau ketik ulang."));
        return OK;
    case SCANNED_LABEL: break;
    }
    if ((e = label_find(&label, &rq->cx, scan.code))) {
        return e;
    }
    if (label.state == LABEL_UNKNOWN) {
        view->news = label_news(rq, &label, "");
        return OK;
    }
    return show_label(view, rq, &label);
}

enum err phone_scan(struct request *rq)
{
    struct phone_scan_view view = {
        .news = phone_said("", "", NULL),
        .code = "",
        .expiry = "",
        .receipt_no = "",
        .places = TPL_LIST((struct phone_place *)NULL, 0),
    };
    enum err e = scan_text(&view, rq, input_text(&rq->in, "kode"));

    if (e) {
        return e;
    }
    respond_page(rq, 0, PAGE_PHONE_SCAN, &view);
    return OK;
}
