/* What a product costs to make: its cost sheet, version by version. */
#include "inventory/base/arena.h"
#include "inventory/fact.h"
#include "inventory/price_proposal.h"
#include "pos/web/desk.h"
#include "pos/web/desk_pages.h"
#include "pos/web/price_parts.h"
#include "pos/web/respond.h"

enum { BLANK_LINES = 4 };

static const char *const kinds[] = {"bahan", "ongkos", NULL};

const struct input item_cost_asked[] = {
    {.name = "versi", .label = _("Versi"), .type = INPUT_INT, .min = 1, .max = 1000000},
    INPUT_END,
};

const struct input item_cost_inputs[] = {
    {.name = "jenis", .label = _("Jenis"), .type = INPUT_CHOICE, .many = true, .choices = kinds},
    {.name = "apa", .label = _("Uraian"), .type = INPUT_LINE, .many = true, .max = SHEET_TEXT_MAX},
    {.name = "rupiah",
     .label = _("Jumlah rupiah"),
     .type = INPUT_RUPIAH,
     .many = true,
     .max = RUPIAH_MAX},
    {.name = "catatan", .label = _("Catatan"), .type = INPUT_LINE, .max = 200},
    INPUT_END,
};

/* ---- a sheet as it is shown ---- */

struct sheet_row {
    bool overhead;
    const char *what;
    struct rupiah amount;
};

static const struct tpl_field sheet_row_fields[] = {
    TPL_FIELD(sheet_row, overhead),
    TPL_FIELD(sheet_row, what),
    TPL_FIELD(sheet_row, amount),
    TPL_FIELD_END,
};

const struct tpl_field sheet_view_fields[] = {
    TPL_FIELD(sheet_view, version),
    TPL_FIELD(sheet_view, material),
    TPL_FIELD(sheet_view, overhead),
    TPL_FIELD(sheet_view, total),
    TPL_FIELD(sheet_view, note),
    TPL_FIELD(sheet_view, author),
    TPL_FIELD(sheet_view, at),
    TPL_FIELD_LIST(sheet_view, lines, sheet_row, sheet_row_fields),
    TPL_FIELD_END,
};

struct sheet_view sheet_view(struct request *rq, const struct cost_sheet *s)
{
    struct sheet_row *rows = ARENA_ARRAY(rq->cx.arena, struct sheet_row, s->line_count + 1);

    for (size_t i = 0; i < s->line_count; i++) {
        rows[i] = (struct sheet_row){.overhead = s->lines[i].overhead,
                                     .what = s->lines[i].what,
                                     .amount = s->lines[i].amount};
    }
    return (struct sheet_view){
        .version = s->version,
        .material = s->material,
        .overhead = s->overhead,
        .total = s->total,
        .note = s->note,
        .author = s->author,
        .at = s->version > 0 ? desk_moment(rq, s->at) : "",
        .lines = TPL_LIST(rows, s->line_count),
    };
}

/* ---- the form ---- */

struct cost_line {
    int32_t no;
    bool overhead;
    const char *what, *amount;
};

static const struct tpl_field cost_line_fields[] = {
    TPL_FIELD(cost_line, no),
    TPL_FIELD(cost_line, overhead),
    TPL_FIELD(cost_line, what),
    TPL_FIELD(cost_line, amount),
    TPL_FIELD_END,
};

struct version_view {
    struct url url;
    int32_t version;
    struct rupiah total;
    const char *author;
    const char *at;
};

static const struct tpl_field version_fields[] = {
    TPL_FIELD(version_view, url),   TPL_FIELD(version_view, version),
    TPL_FIELD(version_view, total), TPL_FIELD(version_view, author),
    TPL_FIELD(version_view, at),    TPL_FIELD_END,
};

struct cost_view {
    struct desk_form form;
    const char *sku;
    const char *name;
    const char *unit;
    bool has_sheet;
    struct sheet_view sheet;
    bool may_change;
    struct url back, price;
    struct tpl_list lines, versions;
    bool old; /* not the newest is shown */
    struct desk_field line, note;
};

const struct tpl_field cost_fields[] = {
    TPL_FIELD_NEST(cost_view, form, desk_form, desk_form_fields),
    TPL_FIELD(cost_view, sku),
    TPL_FIELD(cost_view, name),
    TPL_FIELD(cost_view, unit),
    TPL_FIELD(cost_view, has_sheet),
    TPL_FIELD_NEST(cost_view, sheet, sheet_view, sheet_view_fields),
    TPL_FIELD(cost_view, may_change),
    TPL_FIELD(cost_view, back),
    TPL_FIELD(cost_view, price),
    TPL_FIELD_LIST(cost_view, lines, cost_line, cost_line_fields),
    TPL_FIELD_LIST(cost_view, versions, version_view, version_fields),
    TPL_FIELD(cost_view, old),
    TPL_FIELD_NEST(cost_view, line, desk_field, desk_field_fields),
    TPL_FIELD_NEST(cost_view, note, desk_field, desk_field_fields),
    TPL_FIELD_END,
};

static const char *typed_at(const struct request *rq, const char *name, size_t i)
{
    const char *text = form_nth(&rq->form, name, i);

    return text ? text : "";
}

/* What was typed, or the newest version to go on from, and a few empty rows after it. */
static struct tpl_list cost_lines(struct request *rq, const struct cost_sheet *s)
{
    struct cost_line *rows = ARENA_ARRAY(rq->cx.arena, struct cost_line, SHEET_LINES_MAX);
    size_t n = 0, blank = 0;

    while (rq->refused && n < SHEET_LINES_MAX && form_nth(&rq->form, "apa", n)) {
        rows[n] = (struct cost_line){.overhead = strcmp(typed_at(rq, "jenis", n), kinds[1]) == 0,
                                     .what = typed_at(rq, "apa", n),
                                     .amount = typed_at(rq, "rupiah", n)};
        blank += *rows[n].what == '\0' && *rows[n].amount == '\0';
        n++;
    }
    for (size_t i = 0; !rq->refused && i < s->line_count; i++) {
        rows[n++] = (struct cost_line){
            .overhead = s->lines[i].overhead,
            .what = s->lines[i].what,
            .amount = arena_format(rq->cx.arena, "%lld", (long long)s->lines[i].amount.rp)};
    }
    for (; blank < BLANK_LINES && n < SHEET_LINES_MAX; blank++) {
        rows[n++] = (struct cost_line){
            .overhead = blank == BLANK_LINES - 1 && s->version == 0, .what = "", .amount = ""};
    }
    for (size_t i = 0; i < n; i++) {
        rows[i].no = (int32_t)i + 1;
    }
    return TPL_LIST(rows, n);
}

/* Every version, and of them the one that was asked for, or else the newest. */
static enum err fill_versions(struct cost_view *view, struct request *rq, struct cost_sheet *shown,
                              struct product_id product)
{
    const int64_t asked = rq->method == METHOD_GET ? input_int(&rq->in, "versi") : 0;
    struct cost_sheet_list list;
    struct version_view *rows;
    enum err e = cost_sheet_list(&list, &rq->cx, product, (struct variant_id){{0}});

    if (e) {
        return e;
    }
    rows = ARENA_ARRAY(rq->cx.arena, struct version_view, list.count + 1);
    for (size_t i = 0; i < list.count; i++) {
        const struct cost_sheet *s = &list.items[i];

        rows[i] = (struct version_view){
            .url = url_query_int(rq->cx.arena, url_part(rq->cx.arena, view->back, "biaya"), "versi",
                                 s->version),
            .version = s->version,
            .total = s->total,
            .author = s->author,
            .at = desk_moment(rq, s->at),
        };
        if (s->version == asked && i > 0) {
            view->old = true;
            if ((e = cost_sheet_by_id(shown, &rq->cx, s->id))) {
                return e;
            }
        }
    }
    view->versions = TPL_LIST(rows, list.count > 1 ? list.count : 0);
    return OK;
}

enum err item_cost_form(struct request *rq)
{
    struct cost_sheet sheet;
    struct cost_view view;
    struct product p;
    enum err e;

    request_db(rq);
    if ((e = desk_product_of_path(&p, rq)) ||
        (e = cost_sheet_now(&sheet, &rq->cx, p.id, (struct variant_id){{0}}))) {
        return e;
    }
    view = (struct cost_view){
        .form = desk_form(rq),
        .sku = p.sku,
        .name = p.name,
        .unit = p.unit,
        .has_sheet = sheet.version > 0,
        .may_change = desk_may(rq, DESK_MAKERS),
        .back = url_part(rq->cx.arena, url_fixed("/barang"), p.sku),
        .line = desk_field(rq, "baris", ""),
        .note = desk_field(rq, "catatan", ""),
    };
    view.lines = cost_lines(rq, &sheet);
    if ((e = fill_versions(&view, rq, &sheet, p.id))) {
        return e;
    }
    view.sheet = sheet_view(rq, &sheet);
    view.price = url_part(rq->cx.arena, view.back, "harga");
    rq->title = desk_say(rq, _("Lembar biaya %s"), p.name);
    respond_page(rq, 0, PAGE_COST, &view);
    return OK;
}

/* Rows without anything are no lines. */
static enum err wanted_lines(struct sheet_line *lines, size_t *count, struct request *rq)
{
    const struct inputs *in = &rq->in;
    const size_t n = input_count(in, "apa");

    *count = 0;
    if (n > SHEET_LINES_MAX || input_count(in, "rupiah") != n || input_count(in, "jenis") != n) {
        return refuse(&rq->cx, ERR_INVALID, "form-rows",
                      _("Formulir ini tidak lengkap. Muat ulang halamannya, lalu kirim lagi."));
    }
    for (size_t i = 0; i < n; i++) {
        const struct input_value *what = input_at(in, "apa", i), *rp = input_at(in, "rupiah", i);

        if (what->given != rp->given) {
            return refuse_field(&rq->cx, ERR_INVALID, "sheet-line", "lines",
                                _("Baris biaya ke-%zu: tulis namanya dan jumlah rupiahnya."),
                                i + 1);
        }
        if (what->given) {
            lines[(*count)++] =
                (struct sheet_line){.overhead = input_at(in, "jenis", i)->number == 1,
                                    .what = what->text,
                                    .amount = RUPIAH(rp->number)};
        }
    }
    return OK;
}

enum err item_cost(struct request *rq)
{
    struct sheet_line *lines = ARENA_ARRAY(rq->cx.arena, struct sheet_line, SHEET_LINES_MAX);
    struct sheet_new wanted = {.lines = lines, .note = input_text(&rq->in, "catatan")};
    struct cost_sheet sheet;
    struct product product;
    enum err e;

    if ((e = desk_product_of_path(&product, rq))) {
        return e;
    }
    wanted.product = product.id;
    if ((e = wanted_lines(lines, &wanted.line_count, rq)) ||
        (e = cost_sheet_put(&sheet, &rq->cx, &wanted))) {
        return desk_refused(rq, e);
    }
    request_tell(rq, "ok", desk_say(rq, _("Lembar biaya versi %d disimpan."), (int)sheet.version));
    respond_redirect(
        rq,
        url_part(rq->cx.arena, url_part(rq->cx.arena, url_fixed("/barang"), product.sku), "biaya"));
    return OK;
}
