/* The till: what is in the cart, what was found, what is to be paid. */
#include "inventory/base/arena.h"
#include "inventory/base/id.h"
#include "inventory/base/money_text.h"
#include "pos/setting.h"
#include "pos/web/desk.h"
#include "pos/web/respond.h"
#include "pos/web/till_pages.h"
#include "pos/web/web.h"

enum { OPEN_JOBS_SHOWN = 4 };

/* ---- views ---- */

static const struct tpl_field note_fields[] = {
    TPL_FIELD(till_note, tone),
    TPL_FIELD(till_note, text),
    TPL_FIELD(till_note, link),
    TPL_FIELD(till_note, link_text),
    TPL_FIELD_END,
};

struct line_view {
    int32_t line;
    const char *name, *code, *unit, *qty;
    struct rupiah price, total;
    bool newest;
    bool counted; /* its quantity can be changed; a piece is one */
};

static const struct tpl_field line_fields[] = {
    TPL_FIELD(line_view, line),    TPL_FIELD(line_view, name),
    TPL_FIELD(line_view, code),    TPL_FIELD(line_view, unit),
    TPL_FIELD(line_view, qty),     TPL_FIELD(line_view, price),
    TPL_FIELD(line_view, total),   TPL_FIELD(line_view, newest),
    TPL_FIELD(line_view, counted), TPL_FIELD_END,
};

struct hit_view {
    const char *id, *name, *sku, *unit, *on_hand;
    struct rupiah price;
    bool priced;
    bool stocked;  /* has a quantity on hand */
    bool addable;  /* priced, and sold without its label */
    bool labelled; /* each piece has its label: scan it */
};

static const struct tpl_field hit_fields[] = {
    TPL_FIELD(hit_view, id),
    TPL_FIELD(hit_view, name),
    TPL_FIELD(hit_view, sku),
    TPL_FIELD(hit_view, unit),
    TPL_FIELD(hit_view, on_hand),
    TPL_FIELD(hit_view, price),
    TPL_FIELD(hit_view, priced),
    TPL_FIELD(hit_view, stocked),
    TPL_FIELD(hit_view, addable),
    TPL_FIELD(hit_view, labelled),
    TPL_FIELD_END,
};

/* A receipt that is not surely on paper. */
struct unprinted_view {
    const char *number, *why;
    bool doubtful; /* it may have come out: the person decides */
    const char *key;
};

static const struct tpl_field unprinted_fields[] = {
    TPL_FIELD(unprinted_view, number),
    TPL_FIELD(unprinted_view, why),
    TPL_FIELD(unprinted_view, doubtful),
    TPL_FIELD(unprinted_view, key),
    TPL_FIELD_END,
};

struct till_view {
    const char *csrf, *sound, *sought, *asked;
    const char *said, *tone, *said_link_text; /* the newest of what happened */
    struct url said_link;
    struct tpl_list notes, lines, hits, unprinted;
    int64_t unprinted_count, hit_count;
    bool undo_here, undo_below; /* a refusal is not what would be undone */
    bool searched;
    struct pay_view pay;
};

const struct tpl_field till_view_fields[] = {
    TPL_FIELD(till_view, csrf),
    TPL_FIELD(till_view, sound),
    TPL_FIELD(till_view, sought),
    TPL_FIELD(till_view, asked),
    TPL_FIELD(till_view, said),
    TPL_FIELD(till_view, tone),
    TPL_FIELD(till_view, said_link),
    TPL_FIELD(till_view, said_link_text),
    TPL_FIELD_LIST(till_view, notes, till_note, note_fields),
    TPL_FIELD_LIST(till_view, lines, line_view, line_fields),
    TPL_FIELD_LIST(till_view, hits, hit_view, hit_fields),
    TPL_FIELD_LIST(till_view, unprinted, unprinted_view, unprinted_fields),
    TPL_FIELD(till_view, unprinted_count),
    TPL_FIELD(till_view, hit_count),
    TPL_FIELD(till_view, undo_here),
    TPL_FIELD(till_view, undo_below),
    TPL_FIELD(till_view, searched),
    TPL_FIELD_NEST(till_view, pay, pay_view, pay_view_fields),
    TPL_FIELD_END,
};

/* ---- filling them ---- */

static const char *code_for_people(struct request *rq, const struct cart_line *line)
{
    struct label_code label;

    if (!label_code_valid(line->code)) {
        return line->sku;
    }
    snprintf(label.text, sizeof label.text, "%s", line->code);
    return desk_code_groups(rq, label);
}

static struct tpl_list fill_lines(struct request *rq, const struct cart *cart)
{
    struct line_view *list = ARENA_ARRAY(rq->cx.arena, struct line_view, cart->count);

    for (size_t i = 0; i < cart->count; i++) {
        const struct cart_line *line = &cart->lines[i];

        list[i] = (struct line_view){
            .line = line->line,
            .name = line->name,
            .code = code_for_people(rq, line),
            .unit = line->unit_name,
            .qty = desk_qty(rq, line->qty),
            .price = line->price,
            .total = line->total,
            .newest = line->newest,
            .counted = line->tracking != TRACK_PIECE,
        };
    }
    return TPL_LIST(list, cart->count);
}

static struct tpl_list fill_hits(struct request *rq, const struct product_list *hits)
{
    struct hit_view *list = ARENA_ARRAY(rq->cx.arena, struct hit_view, hits->count);

    for (size_t i = 0; i < hits->count; i++) {
        const struct product *p = &hits->items[i];
        char id[ID_HEX_MAX];

        id_hex(id, p->id.bytes);
        list[i] = (struct hit_view){
            .id = arena_text(rq->cx.arena, id),
            .name = p->name,
            .sku = p->sku,
            .unit = p->unit,
            .on_hand = desk_qty(rq, p->on_hand),
            .price = p->price,
            .priced = p->priced,
            .stocked = p->tracking != TRACK_SERVICE,
            .addable = p->priced && p->tracking != TRACK_PIECE,
            .labelled = p->priced && p->tracking == TRACK_PIECE,
        };
    }
    return TPL_LIST(list, hits->count);
}

static enum err fill_unprinted(struct till_view *view, struct request *rq)
{
    struct unprinted_view *list = ARENA_ARRAY(rq->cx.arena, struct unprinted_view, OPEN_JOBS_SHOWN);
    struct print_job_list jobs;
    enum err e = print_jobs_open(&jobs, &rq->cx, rq->cx.till, OPEN_JOBS_SHOWN);

    if (e) {
        return e;
    }
    for (size_t i = 0; i < jobs.count; i++) {
        list[i] = (struct unprinted_view){
            .number = jobs.items[i].sale_number,
            .why = jobs.items[i].why,
            .doubtful = jobs.items[i].state == PRINT_UNKNOWN,
            .key = request_new_key(rq),
        };
    }
    view->unprinted = TPL_LIST(list, jobs.count);
    view->unprinted_count = (int64_t)jobs.count;
    return OK;
}

/* What was said before a redirect stands where all news stand, not at the top of the page. */
static void take_told(struct request *rq, struct till_news *news)
{
    char *tone = arena_get(rq->cx.arena, STATUS_TONE_MAX);
    char *text = arena_get(rq->cx.arena, STATUS_TEXT_MAX);

    if (news->count == 0 && told_take(rq, tone, text)) {
        till_note_add(news, tone, text);
    }
}

/* The newest note stands in the line that is always there; when there is none, the line of the cart
 * that was touched last. */
static void fill_said(struct till_view *view, struct request *rq, const struct till_news *news,
                      const struct cart *cart)
{
    const struct till_note *last = news->count ? &news->notes[news->count - 1] : NULL;

    view->tone = "";
    view->notes = TPL_LIST(news->notes, last ? news->count - 1 : 0);
    if (last) {
        view->said = last->text;
        view->tone = last->tone;
        view->said_link = last->link;
        view->said_link_text = last->link_text;
        return;
    }
    for (size_t i = 0; i < cart->count; i++) {
        if (cart->lines[i].newest) {
            view->said = arena_format(rq->cx.arena, "%s (%s)", cart->lines[i].name,
                                      desk_qty(rq, cart->lines[i].qty));
        }
    }
}

static enum err fill(struct till_view *view, struct request *rq, struct till_news *news)
{
    struct cart cart;
    enum err e;

    take_told(rq, news);
    *view = (struct till_view){
        .csrf = rq->session->csrf,
        .sound = news->sound ? news->sound : "",
        .sought = news->sought,
        .asked = news->asked,
        .hits = fill_hits(rq, &news->hits),
        .hit_count = (int64_t)news->hits.count,
        .searched = news->searched,
    };
    request_db(rq);
    if ((e = cart_now(&cart, &rq->cx)) || (e = fill_unprinted(view, rq))) {
        return e;
    }
    fill_said(view, rq, news, &cart);
    view->lines = fill_lines(rq, &cart);
    view->undo_below = cart.can_undo && strcmp(view->tone, "bad") == 0;
    view->undo_here = cart.can_undo && !view->undo_below;
    pay_fill(&view->pay, rq, &cart, "kasir");
    return OK;
}

enum err till_show(struct request *rq, int status, struct till_news *news)
{
    struct till_view view;
    enum err e = fill(&view, rq, news);

    if (e) {
        return e;
    }
    respond_page(rq, status, PAGE_TILL, &view);
    return OK;
}

/* ---- GET /kasir, and the till again after a refusal ---- */

const struct input till_fields[] = {
    {.name = "cari", .label = _("Cari"), .type = INPUT_LINE, .max = 100},
    {.name = "lembar", .label = _("Lembar"), .type = INPUT_LINE, .max = 100},
    {.name = "tambah", .label = _("Tambah lembar"), .type = INPUT_INT, .min = 1, .max = 100},
    {.name = "ambil", .label = _("Ambil lembar"), .type = INPUT_FLAG},
    INPUT_END,
};

static enum err search(struct till_news *news, struct request *rq)
{
    news->searched = true;
    news->sought = input_text(&rq->in, "cari");
    return product_search(&news->hits, &rq->cx, news->sought);
}

enum err page_till(struct request *rq)
{
    struct till_news *news = ARENA_NEW(rq->cx.arena, struct till_news);
    enum err e;

    if (!till_chosen(rq)) {
        return OK;
    }
    if (rq->refused && request_error(rq, "uang")) {
        news->sound = "bad"; /* the sentence stands beside the field */
    } else if (rq->refused) {
        till_note_refused(rq, news, "");
    } else if (rq->method == METHOD_GET && input_given(&rq->in, "cari")) {
        if ((e = search(news, rq))) {
            return e;
        }
    }
    return till_show(rq, 0, news);
}

/* ---- which till this browser stands at ---- */

struct choice_view {
    const char *number;
};

static const struct tpl_field choice_fields[] = {
    TPL_FIELD(choice_view, number),
    TPL_FIELD_END,
};

struct till_choice_view {
    const char *csrf;
    struct tpl_list tills;
};

const struct tpl_field till_choice_view_fields[] = {
    TPL_FIELD(till_choice_view, csrf),
    TPL_FIELD_LIST(till_choice_view, tills, choice_view, choice_fields),
    TPL_FIELD_END,
};

const struct input till_choose_fields[] = {
    {.name = "kasir",
     .label = _("Kasir"),
     .type = INPUT_INT,
     .required = true,
     .min = 1,
     .max = TILLS_MAX},
    INPUT_END,
};

static enum err stand_at(struct request *rq, int64_t till)
{
    enum err e;

    request_db_done(rq);
    if (!(e = session_set_till(rq, arena_format(rq->cx.arena, "%lld", (long long)till)))) {
        respond_redirect(rq, url_fixed("/kasir"));
    }
    return e;
}

enum err page_till_choice(struct request *rq)
{
    struct till_choice_view view = {.csrf = rq->session->csrf};
    struct settings settings;
    struct choice_view *list;
    enum err e = settings_now(&settings, &rq->cx);

    if (e) {
        return e;
    }
    list = ARENA_ARRAY(rq->cx.arena, struct choice_view, (size_t)settings.tills);
    for (int32_t i = 0; i < settings.tills; i++) {
        list[i].number = arena_format(rq->cx.arena, "%d", (int)i + 1);
    }
    view.tills = TPL_LIST(list, (size_t)settings.tills);
    respond_page(rq, 0, PAGE_TILL_CHOICE, &view);
    return OK;
}

enum err page_till_choose(struct request *rq)
{
    int64_t till = input_int(&rq->in, "kasir");
    struct settings settings;
    enum err e = settings_now(&settings, &rq->cx);

    if (e) {
        return e;
    }
    if (till > settings.tills) {
        return refuse_field(&rq->cx, ERR_REFUSED, "till-unknown", "kasir",
                            _("Tidak ada Kasir %lld di sini. Pilih salah satu yang ada."),
                            (long long)till);
    }
    return stand_at(rq, till);
}
