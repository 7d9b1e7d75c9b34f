/* What should be printed, what was printed lately, and what an old label resolves to. */
#include "inventory/base/arena.h"
#include "inventory/fact.h"
#include "inventory/label_print.h"
#include "inventory/stock.h"
#include "pos/setting.h"
#include "pos/web/desk.h"
#include "pos/web/label_pages.h"
#include "pos/web/respond.h"

enum { ROWS_SHOWN = 50 };

const struct input label_try_inputs[] = {
    {.name = "teks", .label = _("Isi label"), .type = INPUT_LINE, .max = 200},
    INPUT_END,
};

struct due_row {
    struct url url;
    const char *name, *sku, *code, *unit, *made, *old, *range;
    int64_t count;
    struct rupiah price;
    bool priced;
};

static const struct tpl_field due_row_fields[] = {
    TPL_FIELD(due_row, url),   TPL_FIELD(due_row, name),   TPL_FIELD(due_row, sku),
    TPL_FIELD(due_row, code),  TPL_FIELD(due_row, unit),   TPL_FIELD(due_row, made),
    TPL_FIELD(due_row, old),   TPL_FIELD(due_row, range),  TPL_FIELD(due_row, count),
    TPL_FIELD(due_row, price), TPL_FIELD(due_row, priced), TPL_FIELD_END,
};

struct done_row {
    struct url url;
    const char *number, *name, *code, *what, *at, *by, *reason;
};

static const struct tpl_field done_row_fields[] = {
    TPL_FIELD(done_row, url),  TPL_FIELD(done_row, number), TPL_FIELD(done_row, name),
    TPL_FIELD(done_row, code), TPL_FIELD(done_row, what),   TPL_FIELD(done_row, at),
    TPL_FIELD(done_row, by),   TPL_FIELD(done_row, reason), TPL_FIELD_END,
};

struct label_list_view {
    struct tpl_list again, first, done;
    bool may_make;
};

const struct tpl_field label_list_fields[] = {
    TPL_FIELD_LIST(label_list_view, again, due_row, due_row_fields),
    TPL_FIELD_LIST(label_list_view, first, due_row, due_row_fields),
    TPL_FIELD_LIST(label_list_view, done, done_row, done_row_fields),
    TPL_FIELD(label_list_view, may_make),
    TPL_FIELD_END,
};

static struct tpl_list due_rows(struct request *rq, const struct label_due *due, size_t n,
                                bool again)
{
    struct arena *a = rq->cx.arena;
    struct due_row *rows = ARENA_ARRAY(a, struct due_row, n + 1);

    for (size_t i = 0; i < n; i++) {
        const struct label_due *d = &due[i];
        struct url url = url_part(a, url_fixed("/label"), d->lot_code.text);

        if (again && d->piece) {
            url = url_query_int(a, url, "dari", d->from);
            url = url_query_int(a, url, "sampai", d->to);
        } else if (again) {
            url = url_query_int(a, url, "jumlah", d->count);
        }
        if (again) {
            url = url_query(a, url, "alasan", request_words(rq, _("harga berubah")));
        }
        rows[i] = (struct due_row){
            .url = url,
            .name = d->name,
            .sku = d->sku,
            .code = desk_code_groups(rq, d->lot_code),
            .unit = d->unit,
            .made = desk_day(rq, d->made),
            .old = d->old_known ? arena_format(a, "Rp%lld", (long long)d->old_price.rp)
                                : request_words(rq, _("tanpa harga")),
            .range = d->piece && again
                         ? desk_say(rq, _("label ke-%d sampai ke-%d"), (int)d->from, (int)d->to)
                         : "",
            .count = d->count,
            .price = d->price,
            .priced = d->price.rp > 0,
        };
    }
    return TPL_LIST(rows, n);
}

static enum err done_rows(struct tpl_list *out, struct request *rq)
{
    struct label_job *jobs;
    struct done_row *rows;
    size_t n;
    enum err e = label_jobs(&jobs, &n, &rq->cx, (struct lot_id){{0}}, ROWS_SHOWN);

    if (e) {
        return e;
    }
    rows = ARENA_ARRAY(rq->cx.arena, struct done_row, n + 1);
    for (size_t i = 0; i < n; i++) {
        rows[i] = (struct done_row){
            .url = url_part(rq->cx.arena, url_fixed("/label/cetak"), jobs[i].number),
            .number = jobs[i].number,
            .name = jobs[i].name,
            .code = desk_code_groups(rq, jobs[i].lot_code),
            .what = desk_say(rq, _("%d lembar label %s mm"), (int)jobs[i].count, jobs[i].size),
            .at = desk_moment(rq, jobs[i].at),
            .by = jobs[i].by,
            .reason = jobs[i].reason,
        };
    }
    *out = TPL_LIST(rows, n);
    return OK;
}

enum err label_list_page(struct request *rq)
{
    struct label_list_view view = {.may_make = desk_may(rq, DESK_MAKERS)};
    struct label_due *due;
    size_t n;
    enum err e;

    if ((e = label_due_again(&due, &n, &rq->cx, ROWS_SHOWN))) {
        return e;
    }
    view.again = due_rows(rq, due, n, true);
    if ((e = label_due_first(&due, &n, &rq->cx, ROWS_SHOWN))) {
        return e;
    }
    view.first = due_rows(rq, due, n, false);
    if ((e = done_rows(&view.done, rq))) {
        return e;
    }
    respond_page(rq, 0, PAGE_LABEL_LIST, &view);
    return OK;
}

/* ---- an old label ---- */

struct label_try_view {
    const char *text, *host, *kind, *code, *name, *state, *tone;
    bool asked, known;
    struct url page;
};

const struct tpl_field label_try_fields[] = {
    TPL_FIELD(label_try_view, text),
    TPL_FIELD(label_try_view, host),
    TPL_FIELD(label_try_view, kind),
    TPL_FIELD(label_try_view, code),
    TPL_FIELD(label_try_view, name),
    TPL_FIELD(label_try_view, state),
    TPL_FIELD(label_try_view, tone),
    TPL_FIELD(label_try_view, asked),
    TPL_FIELD(label_try_view, known),
    TPL_FIELD(label_try_view, page),
    TPL_FIELD_END,
};

static const char *state_words(struct request *rq, const struct label *l)
{
    switch (l->state) {
    case LABEL_AVAILABLE: return request_words(rq, _("tersedia di ruang pamer"));
    case LABEL_STORED: return request_words(rq, _("tercatat, tidak di ruang pamer"));
    case LABEL_SOLD: return request_words(rq, _("sudah terjual"));
    case LABEL_GONE: return request_words(rq, _("sudah habis atau ditarik"));
    case LABEL_VOID:
        return desk_say(rq, _("dibatalkan; yang berlaku %s"), desk_code_groups(rq, l->now));
    case LABEL_UNKNOWN: break;
    }
    return request_words(rq, _("kodenya benar, tetapi tidak tercatat di galeri ini"));
}

static enum err try_text(struct label_try_view *view, struct request *rq)
{
    const struct scanned scan = scan_read(view->text, strlen(view->text));
    struct label label;
    enum err e;

    view->asked = true;
    if (scan.kind != SCANNED_LABEL) {
        view->kind = request_words(
            rq, scan.kind == SCANNED_BROKEN
                    ? _("Mirip kode label, tetapi huruf pemeriksanya salah: salah ketik atau "
                        "labelnya rusak.")
                    : _("Tidak ada kode label di dalamnya."));
        return OK;
    }
    if ((e = label_find(&label, &rq->cx, scan.code))) {
        return e;
    }
    view->code = desk_code_groups(rq, scan.code);
    view->state = state_words(rq, &label);
    view->known = label.state != LABEL_UNKNOWN;
    view->name = view->known ? label.product.name : "";
    view->page = url_part(rq->cx.arena, url_fixed("/P"), scan.code.text);
    return OK;
}

enum err label_try_page(struct request *rq)
{
    struct settings settings;
    struct label_try_view view = {
        .text = input_text(&rq->in, "teks"), .kind = "", .code = "", .name = "", .state = ""};
    enum err e;

    if ((e = settings_now(&settings, &rq->cx)) || (*view.text && (e = try_text(&view, rq)))) {
        return e;
    }
    view.host = settings.label_host;
    respond_page(rq, 0, PAGE_LABEL_TRY, &view);
    return OK;
}
