/* The machine interface of sales: POST sells, GET gives the stored sale. */
#include "inventory/base/arena.h"
#include "inventory/base/calendar.h"
#include "inventory/base/qty_text.h"
#include "pos/sale.h"
#include "pos/setting.h"
#include "pos/web/api.h"
#include "pos/web/respond.h"

/* ---- what is answered ---- */

static struct json *line_json(const struct sale_line_row *line)
{
    char qty[QTY_TEXT_MAX];
    struct json *j = json_object();

    qty_decimal(qty, line->qty);
    json_set_int(j, "line", line->line);
    json_set_text(j, "sku", line->sku);
    json_set_text(j, "name", line->name);
    if (line->code) {
        json_set_text(j, "code", line->code);
    }
    json_set_text(j, "qty", qty);
    json_set_text(j, "unit", line->unit_name);
    json_set_int(j, "price_rp", line->price.rp);
    json_set_int(j, "total_rp", line->total.rp);
    json_set_text(j, "revenue_account", line->revenue_account);
    json_set_text(j, "rule", line->rule);
    json_set_text(j, "rule_base", line->rule_base);
    json_set_int(j, "base_rp", line->base.rp);
    json_set_int(j, "pnbp_rp", line->pnbp.rp);
    json_set_int(j, "premi_rp", line->premi.rp);
    json_set_int(j, "fund_rp", line->fund.rp);
    json_set_int(j, "cost_back_rp", line->cost_back.rp);
    json_set_bool(j, "loss", line->loss);
    return j;
}

static struct json *tenders_json(const struct sale *sale)
{
    struct json *list = json_array();

    for (size_t i = 0; i < sale->payment_count; i++) {
        struct json *j = json_object();

        json_set_text(j, "kind", sale->payments[i].kind);
        json_set_int(j, "amount_rp", sale->payments[i].tendered.rp);
        json_add(list, j);
    }
    return list;
}

struct json *api_sale_json(const struct sale *sale, struct zone zone)
{
    const struct sale_row *h = &sale->head;
    struct json *j = json_object(), *lines = json_array();
    char day[DATE_TEXT_MAX], at[DATE_TEXT_MAX];

    day_iso(day, h->day);
    instant_rfc3339(at, h->at, zone);
    for (size_t i = 0; i < sale->line_count; i++) {
        json_add(lines, line_json(&sale->lines[i]));
    }
    json_set_text(j, "number", h->number);
    json_set_text(j, "till", h->till);
    json_set_text(j, "business_day", day);
    json_set_text(j, "at", at);
    json_set_text(j, "cashier", h->cashier);
    json_set_int(j, "total_rp", h->total.rp);
    json_set_int(j, "tendered_rp", h->tendered.rp);
    json_set_int(j, "change_rp", h->change.rp);
    json_set_int(j, "pnbp_rp", h->pnbp.rp);
    json_set_int(j, "premi_rp", h->premi.rp);
    json_set_int(j, "fund_rp", h->fund.rp);
    json_set_int(j, "cost_back_rp", h->cost.rp);
    json_set_int(j, "journal_seq", h->journal_seq);
    json_set(j, "lines", lines);
    json_set(j, "tenders", tenders_json(sale));
    return j;
}

/* ---- what is asked ---- */

static enum err wrong(struct request *rq, const char *field, const char *sentence)
{
    return refuse_field(&rq->cx, ERR_INVALID, "body-wrong", field, "%s",
                        request_words(rq, sentence));
}

/* "qty" is a whole number or decimal text. */
static enum err read_qty(struct qty *out, struct request *rq, const struct json *j)
{
    if (!j) {
        *out = QTY_WHOLE(1);
        return OK;
    }
    if (json_is_int(j) && json_int_of(j) > 0 && json_int_of(j) <= QTY_MAX_MILLI / 1000) {
        *out = QTY_WHOLE(json_int_of(j));
        return OK;
    }
    if (json_is_text(j) && qty_parse(out, json_text_of(j)) == OK) {
        return OK;
    }
    return wrong(rq, "qty",
                 _("qty harus bilangan di atas nol, atau teks desimal seperti \"26.5\"."));
}

static enum err read_line(struct sale_line_wanted *out, struct request *rq, const struct json *j)
{
    const struct json *code;

    if (!json_is_object(j) || !(code = json_get(j, "code")) || !json_is_text(code)) {
        return wrong(rq, "code", _("Tiap baris perlu code: kode label atau SKU sebagai teks."));
    }
    out->code = json_text_of(code);
    return read_qty(&out->qty, rq, json_get(j, "qty"));
}

static enum err read_lines(struct sale_wanted *out, struct request *rq, const struct json *list)
{
    size_t n = list && json_is_array(list) ? json_count(list) : 0;
    struct sale_line_wanted *lines;
    enum err e;

    if (n == 0 || n > SALE_LINES_MAX) {
        return wrong(rq, "lines", _("lines harus daftar berisi 1 sampai 200 baris."));
    }
    lines = ARENA_ARRAY(rq->cx.arena, struct sale_line_wanted, n);
    for (size_t i = 0; i < n; i++) {
        if ((e = read_line(&lines[i], rq, json_at(list, i)))) {
            return e;
        }
    }
    out->lines = lines;
    out->line_count = n;
    return OK;
}

static enum err read_tender(struct tender *out, struct request *rq, const struct json *j)
{
    const struct json *kind, *amount;

    if (!json_is_object(j) || !(kind = json_get(j, "kind")) || !json_is_text(kind) ||
        !tender_kind_from_name(&out->kind, json_text_of(kind))) {
        return wrong(rq, "kind", _("Cara bayar tidak dikenal; yang ada: cash."));
    }
    amount = json_get(j, "amount_rp");
    if (!amount || !json_is_int(amount) || json_int_of(amount) < 0 ||
        json_int_of(amount) > RUPIAH_MAX) {
        return wrong(rq, "amount_rp", _("amount_rp harus rupiah bulat, tanpa titik dan desimal."));
    }
    out->amount = RUPIAH(json_int_of(amount));
    return OK;
}

static enum err read_tenders(struct sale_wanted *out, struct request *rq, const struct json *list)
{
    size_t n = list && json_is_array(list) ? json_count(list) : 0;
    struct tender *tenders;
    enum err e;

    if (n == 0 || n > TENDERS_MAX) {
        return wrong(rq, "tenders", _("tenders harus daftar berisi 1 sampai 4 pembayaran."));
    }
    tenders = ARENA_ARRAY(rq->cx.arena, struct tender, n);
    for (size_t i = 0; i < n; i++) {
        if ((e = read_tender(&tenders[i], rq, json_at(list, i)))) {
            return e;
        }
    }
    out->tenders = tenders;
    out->tender_count = n;
    return OK;
}

static enum err read_till(struct request *rq, const struct json *j)
{
    if (!j || !json_is_text(j) || strlen(json_text_of(j)) >= TILL_MAX) {
        return wrong(rq, "till", _("till harus nomor kasir sebagai teks, misalnya \"1\"."));
    }
    snprintf(rq->cx.till, sizeof rq->cx.till, "%s", json_text_of(j));
    return OK;
}

/* The address is there; that what a line names is not, is a rule that says no. */
static enum err sell(struct sale *sale, bool *again, struct request *rq,
                     const struct sale_wanted *wanted)
{
    enum err e = sale_commit(sale, again, &rq->cx, wanted);

    if (e == ERR_NOT_FOUND) {
        e = rq->cx.why.code = ERR_REFUSED;
    }
    return e;
}

enum err api_sales_post(struct request *rq)
{
    struct sale_wanted wanted = {.key = rq->key};
    struct sale sale;
    bool again = false;
    enum err e;

    if (!json_is_object(rq->json)) {
        return wrong(rq, "", _("Isi permintaan harus objek JSON."));
    }
    if ((e = read_till(rq, json_get(rq->json, "till"))) ||
        (e = read_lines(&wanted, rq, json_get(rq->json, "lines"))) ||
        (e = read_tenders(&wanted, rq, json_get(rq->json, "tenders"))) ||
        (e = sell(&sale, &again, rq, &wanted))) {
        return e;
    }
    respond_json(rq, again ? 200 : 201, api_sale_json(&sale, rq->cx.site->zone));
    return OK;
}

enum err api_sales_get(struct request *rq)
{
    struct sale sale;
    enum err e = sale_by_number(&sale, &rq->cx, request_param(rq, "number"));

    if (!e) {
        respond_json(rq, 200, api_sale_json(&sale, rq->cx.site->zone));
    }
    return e;
}
