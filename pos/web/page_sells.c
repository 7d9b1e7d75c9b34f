/* What sells: /laporan/laku. */
#include "pos/sells.h"

#include "inventory/base/arena.h"
#include "inventory/base/money_text.h"
#include "inventory/stock.h"
#include "pos/web/desk.h"
#include "pos/web/respond.h"
#include "pos/web/sells_pages.h"

enum { DAYS_FIRST = 90, ROWS_SHOWN = 200, BAR_WIDTH = 200, BAR_LEAST = 2 };

static const char *const by_names[] = {"bengkel", "barang", "motif", "kelompok", "bulan", NULL};
static const char *const by_titles[] = {_("Bengkel"), _("Barang"), _("Motif"), _("Kelompok"),
                                        _("Bulan")};

static const char *const styles[] = {"mesin", "excel", NULL};

const struct input sells_inputs[] = {
    {.name = "dari", .label = _("Dari"), .type = INPUT_DAY},
    {.name = "sampai", .label = _("Sampai"), .type = INPUT_DAY},
    {.name = "bengkel", .label = _("Bengkel"), .type = INPUT_LINE},
    {.name = "menurut", .label = _("Menurut"), .type = INPUT_CHOICE, .choices = by_names},
    INPUT_END,
};
const struct input sells_file_inputs[] = {
    {.name = "dari", .label = _("Dari"), .type = INPUT_DAY},
    {.name = "sampai", .label = _("Sampai"), .type = INPUT_DAY},
    {.name = "bengkel", .label = _("Bengkel"), .type = INPUT_LINE},
    {.name = "menurut", .label = _("Menurut"), .type = INPUT_CHOICE, .choices = by_names},
    {.name = "gaya", .label = _("Gaya"), .type = INPUT_CHOICE, .choices = styles},
    INPUT_END,
};

struct reports_view {
    bool any;
};
const struct tpl_field reports_fields[] = {TPL_FIELD(reports_view, any), TPL_FIELD_END};

enum err reports_page(struct request *rq)
{
    const struct reports_view view = {true};

    respond_page(rq, 0, PAGE_REPORTS, &view);
    return OK;
}

/* ---- asking and reading ---- */

enum err sells_asked(struct sells_ask *out, struct request *rq)
{
    const struct day today = desk_today(rq);

    *out = (struct sells_ask){.from = DAY(today.since_1970 - DAYS_FIRST + 1),
                              .to = today,
                              .today = today,
                              .workshop = input_text(&rq->in, "bengkel"),
                              .by = SELLS_WORKSHOP};
    if (input_given(&rq->in, "dari")) {
        out->from = input_day(&rq->in, "dari");
    }
    if (input_given(&rq->in, "sampai")) {
        out->to = input_day(&rq->in, "sampai");
    }
    if (input_given(&rq->in, "menurut")) {
        out->by = (enum sells_by)input_choice(&rq->in, "menurut");
    }
    if (out->to.since_1970 < out->from.since_1970) {
        return refuse_field(&rq->cx, ERR_INVALID, "period-turned", "sampai",
                            _("Masa ini berakhir sebelum mulai. Tukar kedua tanggalnya."));
    }
    return OK;
}

enum err sells_read(struct sells **out, struct request *rq, const struct sells_ask *ask)
{
    bool done = false;
    enum err e = OK;

    *out = sells_new(*ask);
    while (!e && !done) {
        request_db(rq);
        e = sells_slice(&done, *out, &rq->cx);
        request_db_done(rq);
    }
    return e;
}

const char *sells_by_text(struct request *rq, const struct sells_ask *ask)
{
    return request_words(rq, by_titles[ask->by]);
}

/* ---- the page ---- */

struct sells_line {
    const char *name;
    struct url url;
    struct qty made, sold, left;
    const char *share, *days, *mean, *age;
    struct rupiah proceeds;
    int32_t bar; /* of BAR_WIDTH */
    const char *bar_label;
};
static const struct tpl_field sells_line_fields[] = {
    TPL_FIELD(sells_line, name),
    TPL_FIELD(sells_line, url),
    TPL_FIELD(sells_line, made),
    TPL_FIELD(sells_line, sold),
    TPL_FIELD(sells_line, left),
    TPL_FIELD(sells_line, share),
    TPL_FIELD(sells_line, days),
    TPL_FIELD(sells_line, mean),
    TPL_FIELD(sells_line, age),
    TPL_FIELD(sells_line, proceeds),
    TPL_FIELD(sells_line, bar),
    TPL_FIELD(sells_line, bar_label),
    TPL_FIELD_END,
};

struct sells_view {
    const char *from, *to, *from_iso, *to_iso, *by, *headline;
    struct tpl_list choices, workshops, rows;
    bool found, cut, months;
    struct sells_line total;
    struct url csv, excel, xlsx, pdf;
};
const struct tpl_field sells_fields[] = {
    TPL_FIELD(sells_view, from),
    TPL_FIELD(sells_view, to),
    TPL_FIELD(sells_view, from_iso),
    TPL_FIELD(sells_view, to_iso),
    TPL_FIELD(sells_view, by),
    TPL_FIELD(sells_view, headline),
    TPL_FIELD_LIST(sells_view, choices, desk_option, desk_option_fields),
    TPL_FIELD_LIST(sells_view, workshops, desk_option, desk_option_fields),
    TPL_FIELD_LIST(sells_view, rows, sells_line, sells_line_fields),
    TPL_FIELD(sells_view, found),
    TPL_FIELD(sells_view, cut),
    TPL_FIELD(sells_view, months),
    TPL_FIELD_NEST(sells_view, total, sells_line, sells_line_fields),
    TPL_FIELD(sells_view, csv),
    TPL_FIELD(sells_view, excel),
    TPL_FIELD(sells_view, xlsx),
    TPL_FIELD(sells_view, pdf),
    TPL_FIELD_END,
};

static const char *percent(struct request *rq, int32_t share_tt)
{
    if (share_tt < 0) {
        return "–";
    }
    return arena_format(rq->cx.arena, "%d,%d %%", (int)(share_tt / 100), (int)(share_tt / 10 % 10));
}

static const char *days_text(struct request *rq, int32_t days)
{
    return days < 0 ? "–" : arena_format(rq->cx.arena, "%d", (int)days);
}

static const char *row_name(struct request *rq, const struct sells_row *r)
{
    return *r->name ? arena_text(rq->cx.arena, r->name) : request_words(rq, _("tanpa motif"));
}

static struct sells_line line_of(struct request *rq, const struct sells_row *r,
                                 const struct sells_ask *ask, struct rupiah most)
{
    struct sells_line out = {
        .name = row_name(rq, r),
        .made = r->made,
        .sold = r->sold,
        .left = r->left,
        .share = percent(rq, r->share_tt),
        .days = days_text(rq, r->days_median),
        .mean = days_text(rq, r->days_mean),
        .age = days_text(rq, r->age_median),
        .proceeds = r->proceeds,
    };
    char amount[MONEY_TEXT_MAX];

    if (most.rp > 0) {
        out.bar = (int32_t)(r->proceeds.rp * BAR_WIDTH / most.rp);
        out.bar = r->proceeds.rp > 0 && out.bar < BAR_LEAST ? BAR_LEAST : out.bar;
    }
    money_short(amount, r->proceeds);
    out.bar_label = arena_format(rq->cx.arena, "%s: %s", out.name, amount);
    if (ask->by == SELLS_PRODUCT) {
        out.url = url_part(rq->cx.arena, url_fixed("/barang"), r->key);
    }
    return out;
}

static const char *headline(struct request *rq, const struct sells_row *rows, size_t n,
                            const struct sells_row *total)
{
    const struct sells_row *best = NULL;
    char amount[MONEY_TEXT_MAX];

    for (size_t i = 0; i < n; i++) {
        best = !best || rows[i].proceeds.rp > best->proceeds.rp ? &rows[i] : best;
    }
    if (!best || total->proceeds.rp == 0) {
        return request_words(rq, _("Belum ada penjualan dalam masa ini."));
    }
    money_short(amount, best->proceeds);
    return desk_say(rq, _("%s paling laku: %s, %d %% dari seluruh penjualan."), row_name(rq, best),
                    amount, (int)(best->proceeds.rp * 100 / total->proceeds.rp));
}

static struct url file_url(struct request *rq, const struct sells_ask *ask, const char *path,
                           const char *style)
{
    struct arena *a = rq->cx.arena;
    struct url u = url_query(a, url_fixed(path), "dari", desk_day_iso(rq, ask->from));

    u = url_query(a, u, "sampai", desk_day_iso(rq, ask->to));
    u = url_query(a, u, "menurut", by_names[ask->by]);
    if (*ask->workshop) {
        u = url_query(a, u, "bengkel", ask->workshop);
    }
    return style ? url_query(a, u, "gaya", style) : u;
}

static struct tpl_list choices_of(struct request *rq, enum sells_by by)
{
    struct desk_option *o = ARENA_ARRAY(rq->cx.arena, struct desk_option, LENGTH(by_titles));

    for (size_t i = 0; i < LENGTH(by_titles); i++) {
        o[i] = (struct desk_option){by_names[i], request_words(rq, by_titles[i]), i == by};
    }
    return TPL_LIST(o, LENGTH(by_titles));
}

static enum err workshops_of(struct tpl_list *out, struct request *rq, const char *chosen)
{
    struct place_list places;
    struct desk_option *o;
    enum err e;

    request_db(rq);
    e = place_all(&places, &rq->cx, PLACE_WORKSHOP);
    request_db_done(rq);
    if (e) {
        return e;
    }
    o = ARENA_ARRAY(rq->cx.arena, struct desk_option, places.count + 1);
    o[0] = (struct desk_option){"", request_words(rq, _("semua")), !*chosen};
    for (size_t i = 0; i < places.count; i++) {
        const char *name = places.items[i].name;
        o[i + 1] = (struct desk_option){name, name, strcmp(name, chosen) == 0};
    }
    *out = TPL_LIST(o, places.count + 1);
    return OK;
}

static void fill_rows(struct sells_view *view, struct request *rq, const struct sells_ask *ask,
                      struct sells *work)
{
    const struct sells_row *rows;
    struct sells_row total;
    struct sells_line *lines;
    struct rupiah most = {0};
    size_t n, shown;

    sells_rows(&rows, &n, &total, work);
    shown = n < ROWS_SHOWN ? n : ROWS_SHOWN;
    for (size_t i = 0; i < n; i++) {
        most = rows[i].proceeds.rp > most.rp ? rows[i].proceeds : most;
    }
    lines = ARENA_ARRAY(rq->cx.arena, struct sells_line, shown + 1);
    for (size_t i = 0; i < shown; i++) {
        lines[i] = line_of(rq, &rows[i], ask, most);
    }
    view->rows = TPL_LIST(lines, shown);
    view->found = n > 0;
    view->cut = n > shown;
    view->total = line_of(rq, &total, &(struct sells_ask){.by = SELLS_FAMILY}, RUPIAH(0));
    view->headline = headline(rq, rows, n, &total);
}

enum err sells_page(struct request *rq)
{
    struct sells_view view;
    struct sells_ask ask;
    struct sells *work;
    enum err e = sells_asked(&ask, rq);

    if (e) {
        return e;
    }
    if (!(e = sells_read(&work, rq, &ask))) {
        view = (struct sells_view){
            .from = desk_day(rq, ask.from),
            .to = desk_day(rq, ask.to),
            .from_iso = desk_day_iso(rq, ask.from),
            .to_iso = desk_day_iso(rq, ask.to),
            .by = sells_by_text(rq, &ask),
            .choices = choices_of(rq, ask.by),
            .months = ask.by == SELLS_MONTH,
            .csv = file_url(rq, &ask, "/laporan/laku.csv", "mesin"),
            .excel = file_url(rq, &ask, "/laporan/laku.csv", "excel"),
            .xlsx = file_url(rq, &ask, "/laporan/laku.xlsx", NULL),
            .pdf = file_url(rq, &ask, "/laporan/laku.pdf", NULL),
        };
        fill_rows(&view, rq, &ask, work);
    }
    sells_free(work);
    if (e || (e = workshops_of(&view.workshops, rq, ask.workshop))) {
        return e;
    }
    respond_page(rq, 0, PAGE_SELLS, &view);
    return OK;
}
