/* Counting a place with a phone: each scan is counted once and answered with a sentence and a
 * sound; of a counted lot the page asks how many.  Finishing is a desk page's work. */
#include "inventory/base/arena.h"
#include "inventory/base/qty_text.h"
#include "inventory/fact.h"
#include "inventory/stock_count.h"
#include "pos/web/areas.h"
#include "pos/web/desk.h"
#include "pos/web/phone.h"
#include "pos/web/respond.h"

enum { LINES_SHOWN = 12, LINES_SOUGHT = 100 };

const struct input phone_count_asked[] = {
    {.name = "tadi", .label = _("Kode"), .type = INPUT_CODE, .max = LABEL_CODE_LEN},
    {.name = "lot", .label = _("Kode"), .type = INPUT_CODE, .max = LABEL_CODE_LEN},
    INPUT_END,
};

const struct input phone_count_inputs[] = {
    {.name = "kode",
     .label = _("Kode"),
     .type = INPUT_LINE,
     .required = true,
     .max = PHONE_CODE_MAX},
    {.name = "jumlah", .label = _("Jumlah"), .type = INPUT_LINE, .max = 20},
    INPUT_END,
};

struct phone_counted {
    const char *name;
    const char *code;
    struct qty qty;
    const char *unit;  /* "": a piece */
    const char *where; /* "": where it belongs */
};

static const struct tpl_field counted_fields[] = {
    TPL_FIELD(phone_counted, name), TPL_FIELD(phone_counted, code),  TPL_FIELD(phone_counted, qty),
    TPL_FIELD(phone_counted, unit), TPL_FIELD(phone_counted, where), TPL_FIELD_END,
};

struct phone_count_view {
    struct desk_form form;
    struct phone_news news;
    const char *number;
    const char *place;
    bool finished;
    int64_t pieces;
    int64_t lots;
    struct tpl_list lines; /* struct phone_counted, the newest first */
    struct url page;
    struct url desk; /* where it is finished */
    bool asks;       /* how many of a counted lot? */
    const char *ask_code;
    const char *ask_name;
    const char *ask_unit;
};

const struct tpl_field phone_count_fields[] = {
    TPL_FIELD_NEST(phone_count_view, form, desk_form, desk_form_fields),
    TPL_FIELD_NEST(phone_count_view, news, phone_news, phone_news_fields),
    TPL_FIELD(phone_count_view, number),
    TPL_FIELD(phone_count_view, place),
    TPL_FIELD(phone_count_view, finished),
    TPL_FIELD(phone_count_view, pieces),
    TPL_FIELD(phone_count_view, lots),
    TPL_FIELD_LIST(phone_count_view, lines, phone_counted, counted_fields),
    TPL_FIELD(phone_count_view, page),
    TPL_FIELD(phone_count_view, desk),
    TPL_FIELD(phone_count_view, asks),
    TPL_FIELD(phone_count_view, ask_code),
    TPL_FIELD(phone_count_view, ask_name),
    TPL_FIELD(phone_count_view, ask_unit),
    TPL_FIELD_END,
};

static struct url page_of(struct request *rq, const char *number)
{
    return url_part(rq->cx.arena, url_fixed("/m/hitung"), number);
}

/* ---- showing ---- */

static struct label_code code_of(const char *text)
{
    struct label_code code = {.text = ""};

    snprintf(code.text, sizeof code.text, "%s", text);
    return code;
}

/* What was written for that code, also when the answer of the time was lost. */
static struct phone_news counted_news(struct request *rq, const struct counted *c)
{
    struct phone_news news;

    if (c->elsewhere) {
        news = phone_said(
            "bad", "warn",
            desk_say(rq, _("%s dihitung; menurut buku ada di %s"), c->item.name, c->ledger_place));
        news.more = request_words(rq, _("Selisih ini menjadi kasus saat hitungan diselesaikan."));
        return news;
    }
    if (unit_id_is_nil(c->item.unit)) {
        return phone_said("ok", "ok",
                          desk_say(rq, _("%s: %s %s dicatat"), c->item.name,
                                   desk_qty(rq, c->item.qty), c->item.unit_name));
    }
    return phone_said("ok", "ok", desk_say(rq, _("%s dihitung"), c->item.name));
}

static enum err fill_lines(struct phone_count_view *view, struct request *rq,
                           struct stock_count_id id)
{
    const char *just = desk_asked(rq, "tadi");
    struct phone_counted *shown = ARENA_ARRAY(rq->cx.arena, struct phone_counted, LINES_SHOWN);
    struct counted_list list;
    size_t n = 0;
    enum err e = count_lines(&list, &rq->cx, id, *just ? LINES_SOUGHT : LINES_SHOWN);

    for (size_t i = 0; !e && i < list.count; i++) {
        const struct counted *c = &list.items[i];

        if (*just && !view->news.text && strcmp(c->item.code.text, just) == 0) {
            view->news = counted_news(rq, c);
        }
        if (n < LINES_SHOWN) {
            shown[n++] = (struct phone_counted){
                .name = c->item.name,
                .code = desk_code_groups(rq, c->item.code),
                .qty = c->item.qty,
                .unit = unit_id_is_nil(c->item.unit) ? c->item.unit_name : "",
                .where = c->elsewhere ? c->ledger_place : "",
            };
        }
    }
    view->lines = TPL_LIST(shown, n);
    return e;
}

static enum err fill_question(struct phone_count_view *view, struct request *rq, const char *lot)
{
    struct label label;
    enum err e;

    if (!*lot || view->finished) {
        return OK;
    }
    e = label_find(&label, &rq->cx, code_of(lot));
    if (!e && label.state != LABEL_UNKNOWN && !label.is_piece) {
        view->asks = true;
        view->ask_code = arena_text(rq->cx.arena, label.code.text);
        view->ask_name = label.product.name;
        view->ask_unit = label.product.unit;
    }
    return e;
}

/* `lot`: of which the page asks how many; "": none. */
static enum err show(struct request *rq, struct phone_news news, const char *lot)
{
    struct phone_count_view view;
    struct stock_count count;
    enum err e;

    request_db(rq);
    if ((e = count_get(&count, &rq->cx, request_param(rq, "no")))) {
        return e;
    }
    view = (struct phone_count_view){
        .form = desk_form(rq),
        .news = news,
        .number = count.number,
        .place = count.place.name,
        .finished = count.finished,
        .pieces = count.pieces,
        .lots = count.lots,
        .page = page_of(rq, count.number),
        .desk = url_part(rq->cx.arena, url_fixed("/hitung"), count.number),
        .ask_code = "",
        .ask_name = "",
        .ask_unit = "",
    };
    if (!areas_may_see(rq, view.desk.local)) {
        view.desk = (struct url){.local = NULL};
    }
    if ((e = fill_lines(&view, rq, count.id)) || (e = fill_question(&view, rq, lot))) {
        return e;
    }
    rq->title = desk_say(rq, _("Hitung %s"), count.place.name);
    respond_page(rq, 0, PAGE_PHONE_COUNT, &view);
    return OK;
}

enum err phone_count(struct request *rq)
{
    if (rq->refused) {
        return show(rq, phone_said("bad", "bad", rq->cx.why.text),
                    *request_typed(rq, "jumlah") ? request_typed(rq, "kode") : "");
    }
    return show(rq, phone_said("", "", NULL), desk_asked(rq, "lot"));
}

/* ---- counting ---- */

/* Not given is below zero: a lot may be counted as none. */
static enum err typed_qty(struct qty *out, struct request *rq)
{
    const char *text = input_text(&rq->in, "jumlah");

    *out = QTY(-1);
    if (!*text) {
        return OK;
    }
    if (strcmp(text, "0") == 0) {
        *out = QTY(0);
        return OK;
    }
    if (qty_parse(out, text)) {
        return refuse_field(&rq->cx, ERR_INVALID, "qty-bad", "jumlah",
                            _("\"%s\" bukan jumlah. Ketik angka saja, misalnya 3 atau 26,5."),
                            text);
    }
    return OK;
}

static struct phone_news not_counted(struct request *rq, const struct count_added *a,
                                     const char *text)
{
    struct phone_news news = phone_said("bad", "bad", NULL);

    switch (a->answer) {
    case COUNTED_AGAIN:
        return phone_said("again", "warn",
                          desk_say(rq, _("%s sudah dihitung, tidak dihitung lagi"), a->name));
    case COUNT_VOID:
        news.text = desk_say(rq, _("%s: label ini batal, tidak dihitung"), a->name);
        news.more = request_words(rq, _("Tempel label penggantinya, lalu pindai itu."));
        return news;
    case COUNT_NO_STOCK:
        news.text = desk_say(rq, _("%s tidak dihitung dengan kode ini"), a->name);
        news.more = request_words(rq, _("Pindai label pada barangnya sendiri."));
        return news;
    case COUNT_UNKNOWN:
    case COUNTED:
    case COUNTED_ELSEWHERE:
    case COUNT_SOLD:
    case COUNT_NEEDS_QTY: break;
    }
    news.text = desk_say(rq, _("\"%.60s\" bukan label kami, tidak dihitung"), text);
    news.more = request_words(rq, _("Pindai sekali lagi dari dekat, atau ketik kodenya. Barang "
                                    "tanpa label: sisihkan dan laporkan."));
    return news;
}

enum err phone_count_scan(struct request *rq)
{
    const char *number = request_param(rq, "no");
    struct count_scan scan = {.code = input_text(&rq->in, "kode")};
    struct count_added added;
    struct url next = page_of(rq, number);
    struct phone_news whole;
    enum err e;

    if ((e = typed_qty(&scan.qty, rq)) || (e = count_add(&added, &rq->cx, number, &scan, 1))) {
        return e;
    }
    if (added.answer == COUNT_NEEDS_QTY && scan.qty.milli >= 0) {
        whole = phone_said("bad", "bad",
                           desk_say(rq, _("%s dihitung utuh, tanpa pecahan"), added.name));
        return show(rq, whole, added.code.text);
    }
    switch (added.answer) {
    case COUNTED:
    case COUNTED_ELSEWHERE:
    case COUNT_SOLD: next = url_query(rq->cx.arena, next, "tadi", added.code.text); break;
    case COUNT_NEEDS_QTY: next = url_query(rq->cx.arena, next, "lot", added.code.text); break;
    case COUNTED_AGAIN:
    case COUNT_VOID:
    case COUNT_UNKNOWN:
    case COUNT_NO_STOCK: return show(rq, not_counted(rq, &added, scan.code), "");
    }
    respond_redirect(rq, next);
    return OK;
}
