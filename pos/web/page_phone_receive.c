/* Taking a delivery with a phone: what was sent is ticked off scan by scan, what is missing is
 * named, and one act at the end writes it.
 */
#include "inventory/base/arena.h"
#include "inventory/base/qty_text.h"
#include "inventory/fact.h"
#include "pos/web/areas.h"
#include "pos/web/desk.h"
#include "pos/web/phone.h"
#include "pos/web/phone_receiving.h"
#include "pos/web/respond.h"

enum {
    MISSING_SHOWN = 30,
    NOTE_MAX = 600,
};

#define SCANNED_INPUT                                                                              \
    {                                                                                              \
        .name = "sudah", .label = _("Sudah dipindai"), .type = INPUT_LINE,                         \
        .max = RECEIVING_STATE_MAX                                                                 \
    }

const struct input phone_receive_asked[] = {
    SCANNED_INPUT,
    {.name = "kode", .label = _("Kode"), .type = INPUT_LINE, .max = PHONE_CODE_MAX},
    {.name = "jumlah", .label = _("Jumlah"), .type = INPUT_LINE, .max = 20},
    INPUT_END,
};

const struct input phone_receive_inputs[] = {
    SCANNED_INPUT,
    {.name = "alasan", .label = _("Alasan"), .type = INPUT_TEXT, .max = NOTE_MAX},
    INPUT_END,
};

/* A thing that is missing, or one too many. */
struct phone_thing {
    const char *name;
    const char *code;
    struct qty qty;
    const char *unit; /* "": a piece */
};

static const struct tpl_field thing_fields[] = {
    TPL_FIELD(phone_thing, name),
    TPL_FIELD(phone_thing, code),
    TPL_FIELD(phone_thing, qty),
    TPL_FIELD(phone_thing, unit),
    TPL_FIELD_END,
};

struct phone_receive_view {
    struct desk_form form;
    struct phone_news news;
    const char *number;
    const char *from, *to;
    bool received;
    struct qty scanned, sent, missing;
    bool is_short;
    struct tpl_list things; /* struct phone_thing: missing */
    struct tpl_list extras; /* struct phone_thing */
    int64_t more;           /* missing ones that are not shown */
    bool has_more;
    const char *state; /* `sudah` as it is now */
    struct desk_field reason;
    struct url page, desk;
    bool asks; /* how many of a counted lot? */
    const char *ask_code;
    const char *ask_name;
    const char *ask_unit;
};

const struct tpl_field phone_receive_fields[] = {
    TPL_FIELD_NEST(phone_receive_view, form, desk_form, desk_form_fields),
    TPL_FIELD_NEST(phone_receive_view, news, phone_news, phone_news_fields),
    TPL_FIELD(phone_receive_view, number),
    TPL_FIELD(phone_receive_view, from),
    TPL_FIELD(phone_receive_view, to),
    TPL_FIELD(phone_receive_view, received),
    TPL_FIELD(phone_receive_view, scanned),
    TPL_FIELD(phone_receive_view, sent),
    TPL_FIELD(phone_receive_view, missing),
    TPL_FIELD(phone_receive_view, is_short),
    TPL_FIELD_LIST(phone_receive_view, things, phone_thing, thing_fields),
    TPL_FIELD_LIST(phone_receive_view, extras, phone_thing, thing_fields),
    TPL_FIELD(phone_receive_view, more),
    TPL_FIELD(phone_receive_view, has_more),
    TPL_FIELD(phone_receive_view, state),
    TPL_FIELD_NEST(phone_receive_view, reason, desk_field, desk_field_fields),
    TPL_FIELD(phone_receive_view, page),
    TPL_FIELD(phone_receive_view, desk),
    TPL_FIELD(phone_receive_view, asks),
    TPL_FIELD(phone_receive_view, ask_code),
    TPL_FIELD(phone_receive_view, ask_name),
    TPL_FIELD(phone_receive_view, ask_unit),
    TPL_FIELD_END,
};

/* ---- showing ---- */

static struct url page_of(struct request *rq, const char *number)
{
    return url_part(rq->cx.arena, url_fixed("/m/terima"), number);
}

static void fill_missing(struct phone_receive_view *view, struct request *rq,
                         const struct receiving *r)
{
    struct phone_thing *things = ARENA_ARRAY(rq->cx.arena, struct phone_thing, MISSING_SHOWN);
    size_t n = 0;

    for (size_t i = 0; i < r->t.line_count; i++) {
        const struct taken *item = &r->t.lines[i].item;
        const struct qty left = QTY(item->qty.milli - r->arrived[i]);

        if (left.milli > 0 && n < MISSING_SHOWN) {
            things[n++] = (struct phone_thing){
                .name = item->name,
                .code = desk_code_groups(rq, item->code),
                .qty = left,
                .unit = unit_id_is_nil(item->unit) ? item->unit_name : "",
            };
        } else if (left.milli > 0) {
            view->more++;
        }
    }
    view->has_more = view->more > 0;
    view->things = TPL_LIST(things, n);
}

static void fill_extras(struct phone_receive_view *view, struct request *rq,
                        const struct receiving *r)
{
    struct phone_thing *extras = ARENA_ARRAY(rq->cx.arena, struct phone_thing, r->count + 1);
    size_t n = 0;

    for (size_t i = 0; i < r->count; i++) {
        const struct receiving_scan *s = &r->scans[i];

        if (s->extra) {
            extras[n++] = (struct phone_thing){.name = s->name,
                                               .code = desk_code_groups(rq, s->code),
                                               .qty = s->qty,
                                               .unit = s->unit};
        }
    }
    view->extras = TPL_LIST(extras, n);
}

static void respond_receiving(struct request *rq, const struct receiving *r, struct phone_news news,
                              const struct label *asked)
{
    const char *state = receiving_state(r, &rq->cx);
    const struct url page = page_of(rq, r->t.number);
    struct phone_receive_view view = {
        .form = desk_form(rq),
        .news = news,
        .number = r->t.number,
        .from = r->t.from.name,
        .to = r->t.to.name,
        .received = r->t.received,
        .scanned = receiving_arrived(r),
        .sent = receiving_sent(r),
        .state = state,
        .reason = desk_field(rq, "alasan", ""),
        .page = page,
        .desk = url_part(rq->cx.arena, url_fixed("/kirim"), r->t.number),
        .asks = asked != NULL,
        .ask_code = asked ? asked->code.text : "",
        .ask_name = asked ? asked->product.name : "",
        .ask_unit = asked ? asked->product.unit : "",
    };

    view.news.here = *state ? url_query(rq->cx.arena, page, "sudah", state) : page;
    view.missing = QTY(view.sent.milli - view.scanned.milli);
    view.is_short = view.missing.milli > 0;
    if (!areas_may_see(rq, view.desk.local)) {
        view.desk = (struct url){.local = NULL};
    }
    fill_missing(&view, rq, r);
    fill_extras(&view, rq, r);
    rq->title = desk_say(rq, _("Terima %s"), r->t.number);
    respond_page(rq, 0, PAGE_PHONE_RECEIVE, &view);
}

static enum err load(struct receiving **out, struct request *rq, const char *state)
{
    *out = ARENA_NEW(rq->cx.arena, struct receiving);
    request_db(rq);
    return receiving_load(*out, &rq->cx, request_param(rq, "no"), state);
}

/* ---- one more scan ---- */

static struct phone_news answer_news(struct request *rq, enum receiving_answer answer,
                                     const struct label *l)
{
    const char *name = l->product.name;
    struct phone_news news = phone_said("bad", "warn", NULL);

    switch (answer) {
    case RECEIVING_TICKED: return phone_said("ok", "ok", desk_say(rq, _("%s dicentang"), name));
    case RECEIVING_AGAIN:
        return phone_said("again", "warn", desk_say(rq, _("%s sudah dipindai"), name));
    case RECEIVING_ASK: return phone_said("ok", "ok", desk_say(rq, _("%s: berapa?"), name));
    case RECEIVING_EXTRA:
        news.text = desk_say(rq, _("%s bukan bagian kiriman ini"), name);
        news.more = request_words(rq, _("Sisihkan, dan cari surat jalannya sendiri."));
        return news;
    case RECEIVING_MORE:
        news.text = desk_say(rq, _("%s: lebih banyak daripada yang dikirim"), name);
        news.more = request_words(rq, _("Hitung lagi. Kelebihan dikirim dengan surat jalan lain."));
        return news;
    case RECEIVING_FULL: break;
    }
    news.text = request_words(rq, _("Daftar di ponsel penuh"));
    news.more = request_words(rq, _("Selesaikan kiriman sebesar ini di meja."));
    return news;
}

static enum err asked_qty(struct qty *out, struct request *rq)
{
    const char *text = input_text(&rq->in, "jumlah");

    *out = QTY(-1);
    return *text && qty_parse(out, text) ? ERR_INVALID : OK;
}

static enum err scan_one(struct request *rq, struct receiving *r, const char *code)
{
    enum receiving_answer answer = RECEIVING_ASK;
    struct label label;
    struct qty qty;
    const enum err wrong = asked_qty(&qty, rq);
    enum err e = receiving_add(&answer, &label, r, &rq->cx, code, qty);

    if (e == ERR_NOT_FOUND || e == ERR_INVALID || e == ERR_CONFLICT || e == ERR_REFUSED) {
        respond_receiving(rq, r, phone_said("bad", "bad", rq->cx.why.text), NULL);
        return OK;
    }
    if (e) {
        return e;
    }
    respond_receiving(rq, r,
                      wrong ? phone_said("bad", "bad",
                                         desk_say(rq,
                                                  _("\"%s\" bukan jumlah. Ketik angka saja, "
                                                    "misalnya 3 atau 26,5."),
                                                  input_text(&rq->in, "jumlah")))
                            : answer_news(rq, answer, &label),
                      answer == RECEIVING_ASK || answer == RECEIVING_MORE ? &label : NULL);
    return OK;
}

/* The form of the finish is shown again by it, too: then the list is what was sent. */
enum err phone_receive(struct request *rq)
{
    const bool again = rq->refused != OK;
    const char *code = again ? "" : desk_asked(rq, "kode");
    struct receiving *r;
    enum err e = load(&r, rq, again ? request_typed(rq, "sudah") : desk_asked(rq, "sudah"));

    if (e) {
        return e;
    }
    if (*code && !r->t.received) {
        return scan_one(rq, r, code);
    }
    respond_receiving(
        rq, r, again ? phone_said("bad", "bad", rq->cx.why.text) : phone_said("", "", NULL), NULL);
    return OK;
}

/* ---- the end ---- */

/* The reason, and behind it what came that nobody sent. */
static const char *whole_note(struct request *rq, const struct receiving *r)
{
    const char *note = input_text(&rq->in, "alasan");

    for (size_t i = 0; i < r->count; i++) {
        if (r->scans[i].extra && strlen(note) < STOCK_NOTE_MAX - 80) {
            note = arena_format(rq->cx.arena, "%s%s+%s", note, *note ? " " : "",
                                r->scans[i].code.text);
        }
    }
    return note;
}

static enum err finish(struct request *rq, const struct receiving *r)
{
    struct take *got = ARENA_ARRAY(rq->cx.arena, struct take, r->count + 1);
    size_t n = 0, missing = 0;
    enum err e;

    for (size_t i = 0; i < r->count; i++) {
        if (!r->scans[i].extra) {
            got[n++] = (struct take){.code = r->scans[i].code.text, .qty = r->scans[i].qty};
        }
    }
    if ((e = transfer_receive(&missing, &rq->cx, r->t.number, got, n, whole_note(rq, r)))) {
        return e;
    }
    request_tell(
        rq, missing ? "warn" : "ok",
        missing ? desk_say(rq, _("%s diterima. %zu baris kurang; masing-masing menjadi kasus."),
                           r->t.number, missing)
                : desk_say(rq, _("%s diterima lengkap."), r->t.number));
    respond_redirect(rq, page_of(rq, r->t.number));
    return OK;
}

enum err phone_receive_finish(struct request *rq)
{
    struct receiving *r;
    enum err e = load(&r, rq, input_text(&rq->in, "sudah"));

    if (e) {
        return e;
    }
    if (!r->t.received && receiving_arrived(r).milli < receiving_sent(r).milli &&
        !*input_text(&rq->in, "alasan")) {
        return refuse_field(&rq->cx, ERR_INVALID, "reason-missing", "alasan",
                            _("Ada yang kurang. Tulis apa yang diketahui tentang itu, lalu tekan "
                              "Selesai lagi."));
    }
    return finish(rq, r);
}
