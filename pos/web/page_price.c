/* Prices that two people stand for: the proposal of one product, the list, and one with its
 * basis. */
#include "inventory/base/arena.h"
#include "inventory/base/calendar.h"
#include "inventory/fact.h"
#include "inventory/price_proposal.h"
#include "pos/setting.h"
#include "pos/web/desk.h"
#include "pos/web/desk_pages.h"
#include "pos/web/price_parts.h"
#include "pos/web/respond.h"

static const char *const decisions[] = {"setuju", "tolak", NULL};

const struct input item_price_inputs[] = {
    {.name = "harga",
     .label = _("Harga jual"),
     .type = INPUT_RUPIAH,
     .required = true,
     .min = 1,
     .max = RUPIAH_MAX},
    {.name = "biaya", .label = _("Harga pokok"), .type = INPUT_RUPIAH, .min = 0, .max = RUPIAH_MAX},
    {.name = "dasar", .label = _("Dasar harga"), .type = INPUT_TEXT, .max = BASIS_MAX},
    {.name = "mulai", .label = _("Berlaku mulai tanggal"), .type = INPUT_DAY},
    {.name = "jam", .label = _("Berlaku mulai pukul"), .type = INPUT_LINE, .max = 5},
    INPUT_END,
};

const struct input price_decide_inputs[] = {
    {.name = "putusan",
     .label = _("Keputusan"),
     .type = INPUT_CHOICE,
     .required = true,
     .choices = decisions},
    {.name = "alasan", .label = _("Alasan"), .type = INPUT_LINE, .max = REASON_MAX},
    INPUT_END,
};

/* ---- a proposal in a list, and by itself ---- */

const struct tpl_field proposal_line_fields[] = {
    TPL_FIELD(proposal_line, url),
    TPL_FIELD(proposal_line, item),
    TPL_FIELD(proposal_line, number),
    TPL_FIELD(proposal_line, sku),
    TPL_FIELD(proposal_line, name),
    TPL_FIELD(proposal_line, unit),
    TPL_FIELD(proposal_line, variant),
    TPL_FIELD(proposal_line, price),
    TPL_FIELD(proposal_line, cost_known),
    TPL_FIELD(proposal_line, cost),
    TPL_FIELD(proposal_line, basis),
    TPL_FIELD(proposal_line, from),
    TPL_FIELD(proposal_line, proposer),
    TPL_FIELD(proposal_line, at),
    TPL_FIELD(proposal_line, waits),
    TPL_FIELD(proposal_line, approved),
    TPL_FIELD(proposal_line, refused),
    TPL_FIELD(proposal_line, decider),
    TPL_FIELD(proposal_line, decided_at),
    TPL_FIELD(proposal_line, reason),
    TPL_FIELD_END,
};

struct url proposal_url(struct request *rq, const char *number)
{
    return url_part(rq->cx.arena, url_fixed("/harga"), number);
}

struct proposal_line proposal_line(struct request *rq, const struct proposal *p)
{
    return (struct proposal_line){
        .url = proposal_url(rq, p->number),
        .item = url_part(rq->cx.arena, url_fixed("/barang"), p->sku),
        .number = p->number,
        .sku = p->sku,
        .name = p->name,
        .unit = p->unit,
        .variant = p->variant,
        .price = p->price,
        .cost_known = p->cost_known,
        .cost = p->cost,
        .basis = p->basis,
        .from = p->valid_from.ms ? desk_moment(rq, p->valid_from) : "",
        .proposer = p->proposer,
        .at = desk_moment(rq, p->at),
        .waits = !p->decided,
        .approved = p->decided && p->approved,
        .refused = p->decided && !p->approved,
        .decider = p->decided ? p->decider : "",
        .decided_at = p->decided ? desk_moment(rq, p->decided_at) : "",
        .reason = p->reason,
    };
}

struct tpl_list proposal_lines(struct request *rq, const struct proposal_list *list)
{
    struct proposal_line *rows = ARENA_ARRAY(rq->cx.arena, struct proposal_line, list->count + 1);

    for (size_t i = 0; i < list->count; i++) {
        rows[i] = proposal_line(rq, &list->items[i]);
    }
    return TPL_LIST(rows, list->count);
}

/* ---- proposing: /barang/{sku}/harga ---- */

struct price_form_view {
    struct desk_form form;
    const char *sku;
    const char *name;
    const char *unit;
    bool priced;
    struct rupiah now;
    bool cost_known;
    struct rupiah cost_now;
    bool may_propose;
    bool waits; /* a proposal for it waits already */
    bool has_sheet;
    struct sheet_view sheet;
    struct desk_field price, cost, basis, from, hour;
    struct tpl_list proposals;
    struct url back, sheet_url;
};

const struct tpl_field price_form_fields[] = {
    TPL_FIELD_NEST(price_form_view, form, desk_form, desk_form_fields),
    TPL_FIELD(price_form_view, sku),
    TPL_FIELD(price_form_view, name),
    TPL_FIELD(price_form_view, unit),
    TPL_FIELD(price_form_view, priced),
    TPL_FIELD(price_form_view, now),
    TPL_FIELD(price_form_view, cost_known),
    TPL_FIELD(price_form_view, cost_now),
    TPL_FIELD(price_form_view, may_propose),
    TPL_FIELD(price_form_view, waits),
    TPL_FIELD(price_form_view, has_sheet),
    TPL_FIELD_NEST(price_form_view, sheet, sheet_view, sheet_view_fields),
    TPL_FIELD_NEST(price_form_view, price, desk_field, desk_field_fields),
    TPL_FIELD_NEST(price_form_view, cost, desk_field, desk_field_fields),
    TPL_FIELD_NEST(price_form_view, basis, desk_field, desk_field_fields),
    TPL_FIELD_NEST(price_form_view, from, desk_field, desk_field_fields),
    TPL_FIELD_NEST(price_form_view, hour, desk_field, desk_field_fields),
    TPL_FIELD_LIST(price_form_view, proposals, proposal_line, proposal_line_fields),
    TPL_FIELD(price_form_view, back),
    TPL_FIELD(price_form_view, sheet_url),
    TPL_FIELD_END,
};

static void fill_form(struct price_form_view *view, struct request *rq, const struct product *p)
{
    view->form = desk_form(rq);
    view->sku = p->sku;
    view->name = p->name;
    view->unit = p->unit;
    view->priced = p->priced;
    view->now = p->price;
    view->cost_known = p->cost_known;
    view->cost_now = p->cost;
    view->may_propose = desk_may(rq, DESK_MAKERS);
    view->price = desk_field(rq, "harga", "");
    view->cost =
        desk_field(rq, "biaya",
                   p->cost_known ? arena_format(rq->cx.arena, "%lld", (long long)p->cost.rp) : "");
    view->basis = desk_field(rq, "dasar", "");
    view->from = desk_field(rq, "mulai", "");
    view->hour = desk_field(rq, "jam", "");
    view->back = url_part(rq->cx.arena, url_fixed("/barang"), p->sku);
    view->sheet_url = url_part(rq->cx.arena, view->back, "biaya");
}

enum err item_price_form(struct request *rq)
{
    struct price_form_view view;
    struct proposal_list list;
    struct cost_sheet sheet;
    struct product p;
    enum err e;

    request_db(rq);
    if ((e = desk_product_of_path(&p, rq)) ||
        (e = cost_sheet_now(&sheet, &rq->cx, p.id, (struct variant_id){{0}})) ||
        (e = proposal_of_product(&list, &rq->cx, p.id))) {
        return e;
    }
    view = (struct price_form_view){.has_sheet = sheet.version > 0};
    fill_form(&view, rq, &p);
    view.sheet = sheet_view(rq, &sheet);
    view.proposals = proposal_lines(rq, &list);
    view.waits = list.count > 0 && !list.items[0].decided && rq->refused == OK;
    rq->title = desk_say(rq, _("Harga %s"), p.name);
    respond_page(rq, 0, PAGE_PRICE_FORM, &view);
    return OK;
}

/* "8.30", "08:30"; nothing is the day's beginning. */
static bool read_hour(int64_t *minutes, const char *text)
{
    int32_t part[2] = {0, 0};
    size_t k = 0, digits = 0;

    for (; *text; text++) {
        if (*text >= '0' && *text <= '9' && digits < 2) {
            part[k] = part[k] * 10 + (*text - '0');
            digits++;
        } else if ((*text == '.' || *text == ':') && k == 0 && digits > 0) {
            k = 1;
            digits = 0;
        } else {
            return false;
        }
    }
    *minutes = (int64_t)part[0] * 60 + part[1];
    return part[0] < 24 && part[1] < 60;
}

static enum err wanted_start(struct instant *out, struct request *rq)
{
    const struct inputs *in = &rq->in;
    int64_t minutes = 0;

    *out = (struct instant){0};
    if (!read_hour(&minutes, input_text(in, "jam"))) {
        return refuse_field(&rq->cx, ERR_INVALID, "hour-bad", "jam",
                            _("Pukul itu tidak terbaca. Tulis seperti 08.30."));
    }
    if (!input_given(in, "mulai")) {
        return *input_text(in, "jam") == '\0'
                   ? OK
                   : refuse_field(&rq->cx, ERR_INVALID, "hour-bad", "mulai",
                                  _("Pukul diisi tanpa tanggal. Isi tanggalnya, atau kosongkan "
                                    "pukulnya."));
    }
    *out = day_begins(input_day(in, "mulai"), rq->cx.site->zone);
    out->ms += minutes * 60 * 1000;
    return OK;
}

enum err item_price(struct request *rq)
{
    const struct inputs *in = &rq->in;
    struct product product;
    struct document_no number;
    struct proposal_new wanted;
    enum err e;

    if ((e = desk_product_of_path(&product, rq))) {
        return e;
    }
    wanted = (struct proposal_new){
        .product = product.id,
        .price = input_rupiah(in, "harga"),
        .cost_known = input_given(in, "biaya"),
        .cost = input_rupiah(in, "biaya"),
        .basis = input_text(in, "dasar"),
    };
    if ((e = wanted_start(&wanted.valid_from, rq)) ||
        (e = price_propose(&number, &rq->cx, &wanted))) {
        return desk_refused(rq, e);
    }
    request_tell(rq, "ok",
                 desk_say(rq, _("Usulan %s menunggu persetujuan orang lain."), number.text));
    respond_redirect(rq, proposal_url(rq, number.text));
    return OK;
}

/* ---- the list: /harga ---- */

struct prices_view {
    struct tpl_list waiting, decided;
};

const struct tpl_field prices_fields[] = {
    TPL_FIELD_LIST(prices_view, waiting, proposal_line, proposal_line_fields),
    TPL_FIELD_LIST(prices_view, decided, proposal_line, proposal_line_fields),
    TPL_FIELD_END,
};

enum err prices_list(struct request *rq)
{
    struct proposal_list list, part;
    struct prices_view view;
    size_t waiting = 0;
    enum err e = proposal_list(&list, &rq->cx);

    if (e) {
        return e;
    }
    while (waiting < list.count && !list.items[waiting].decided) {
        waiting++;
    }
    part = (struct proposal_list){.items = list.items, .count = waiting};
    view.waiting = proposal_lines(rq, &part);
    part = (struct proposal_list){.items = list.items + waiting, .count = list.count - waiting};
    view.decided = proposal_lines(rq, &part);
    respond_page(rq, 0, PAGE_PRICES, &view);
    return OK;
}

/* ---- one: /harga/{no} ---- */

struct price_one_view {
    struct desk_form form;
    struct proposal_line p;
    bool has_sheet;
    struct sheet_view sheet;
    bool may_decide;
    bool own;  /* who looks proposed it */
    bool over; /* the price covers the cost */
    struct rupiah margin;
    const char *unit_name;
    struct url decide;
    struct desk_field reason;
};

const struct tpl_field price_one_fields[] = {
    TPL_FIELD_NEST(price_one_view, form, desk_form, desk_form_fields),
    TPL_FIELD_NEST(price_one_view, p, proposal_line, proposal_line_fields),
    TPL_FIELD(price_one_view, has_sheet),
    TPL_FIELD_NEST(price_one_view, sheet, sheet_view, sheet_view_fields),
    TPL_FIELD(price_one_view, may_decide),
    TPL_FIELD(price_one_view, own),
    TPL_FIELD(price_one_view, over),
    TPL_FIELD(price_one_view, margin),
    TPL_FIELD(price_one_view, unit_name),
    TPL_FIELD(price_one_view, decide),
    TPL_FIELD_NEST(price_one_view, reason, desk_field, desk_field_fields),
    TPL_FIELD_END,
};

enum err price_page(struct request *rq)
{
    struct price_one_view view;
    struct cost_sheet sheet = {.note = "", .author = ""};
    struct settings settings;
    struct proposal p;
    enum err e;

    request_db(rq);
    if ((e = settings_now(&settings, &rq->cx)) ||
        (e = proposal_get(&p, &rq->cx, request_param(rq, "no"))) ||
        (p.has_sheet && (e = cost_sheet_by_id(&sheet, &rq->cx, p.sheet)))) {
        return e;
    }
    view = (struct price_one_view){
        .form = desk_form(rq),
        .p = proposal_line(rq, &p),
        .has_sheet = p.has_sheet,
        .own = strcmp(p.proposer, rq->cx.actor) == 0,
        .may_decide = !p.decided && desk_may(rq, DESK_PRICERS),
        .over = p.cost_known && p.price.rp >= p.cost.rp,
        .margin = RUPIAH(p.price.rp > p.cost.rp ? p.price.rp - p.cost.rp : p.cost.rp - p.price.rp),
        .unit_name = settings.unit_name,
        .decide = url_part(rq->cx.arena, proposal_url(rq, p.number), "putusan"),
        .reason = desk_field(rq, "alasan", ""),
    };
    view.sheet = sheet_view(rq, &sheet);
    rq->title = p.number;
    respond_page(rq, 0, PAGE_PRICE, &view);
    return OK;
}

enum err price_decided(struct request *rq)
{
    const bool approved = input_choice(&rq->in, "putusan") == 0;
    const char *number = request_param(rq, "no");
    enum err e = price_decide(&rq->cx, number, approved, input_text(&rq->in, "alasan"));

    if (e) {
        return desk_refused(rq, e);
    }
    request_tell(rq, "ok",
                 approved ? request_words(rq, _("Harga disetujui. Label yang sudah dicetak masih "
                                                "memuat harga lama."))
                          : request_words(rq, _("Usulan ditolak; harga tidak berubah.")));
    respond_redirect(rq, proposal_url(rq, number));
    return OK;
}
