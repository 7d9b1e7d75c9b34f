/* One print of labels: what it was, the same file again, and what to do when the paper jammed. */
#include "inventory/base/arena.h"
#include "inventory/fact.h"
#include "inventory/label_print.h"
#include "pos/web/desk.h"
#include "pos/web/label_pages.h"
#include "pos/web/label_run.h"
#include "pos/web/respond.h"

enum { LINES_SHOWN = 100 };

const struct input label_void_inputs[] = {
    {.name = "dari", .label = _("Dari label ke"), .type = INPUT_INT, .min = 1, .max = 1000000},
    {.name = "sampai", .label = _("Sampai label ke"), .type = INPUT_INT, .min = 1, .max = 1000000},
    {.name = "alasan", .label = _("Alasan"), .type = INPUT_LINE, .max = LABEL_REASON_LEN_MAX},
    INPUT_END,
};

struct job_line {
    int64_t no;
    const char *code, *now;
    int64_t copy_no;
    bool voided, again;
    struct url url;
};

static const struct tpl_field job_line_fields[] = {
    TPL_FIELD(job_line, no),     TPL_FIELD(job_line, code),
    TPL_FIELD(job_line, now),    TPL_FIELD(job_line, copy_no),
    TPL_FIELD(job_line, voided), TPL_FIELD(job_line, again),
    TPL_FIELD(job_line, url),    TPL_FIELD_END,
};

struct label_job_view {
    struct desk_form form;
    struct desk_field from, to, reason;
    const char *number, *name, *variant, *sku, *lot_code, *size, *medium, *printer, *host, *at, *by;
    const char *why, *rest_reason;
    const char *medium_words, *bare_lot;
    int64_t count, cell, first_no, last_no;
    const char *void_count, *more; /* "" for none */
    bool priced, piece, may_make, sheet, printable;
    struct rupiah price;
    struct url lot, labels, product;
    struct tpl_list lines;
};

const struct tpl_field label_job_fields[] = {
    TPL_FIELD_NEST(label_job_view, form, desk_form, desk_form_fields),
    TPL_FIELD_NEST(label_job_view, from, desk_field, desk_field_fields),
    TPL_FIELD_NEST(label_job_view, to, desk_field, desk_field_fields),
    TPL_FIELD_NEST(label_job_view, reason, desk_field, desk_field_fields),
    TPL_FIELD(label_job_view, number),
    TPL_FIELD(label_job_view, name),
    TPL_FIELD(label_job_view, variant),
    TPL_FIELD(label_job_view, sku),
    TPL_FIELD(label_job_view, lot_code),
    TPL_FIELD(label_job_view, size),
    TPL_FIELD(label_job_view, medium),
    TPL_FIELD(label_job_view, printer),
    TPL_FIELD(label_job_view, host),
    TPL_FIELD(label_job_view, at),
    TPL_FIELD(label_job_view, by),
    TPL_FIELD(label_job_view, why),
    TPL_FIELD(label_job_view, rest_reason),
    TPL_FIELD(label_job_view, medium_words),
    TPL_FIELD(label_job_view, bare_lot),
    TPL_FIELD(label_job_view, count),
    TPL_FIELD(label_job_view, cell),
    TPL_FIELD(label_job_view, first_no),
    TPL_FIELD(label_job_view, last_no),
    TPL_FIELD(label_job_view, void_count),
    TPL_FIELD(label_job_view, more),
    TPL_FIELD(label_job_view, priced),
    TPL_FIELD(label_job_view, piece),
    TPL_FIELD(label_job_view, may_make),
    TPL_FIELD(label_job_view, sheet),
    TPL_FIELD(label_job_view, printable),
    TPL_FIELD(label_job_view, price),
    TPL_FIELD(label_job_view, lot),
    TPL_FIELD(label_job_view, labels),
    TPL_FIELD(label_job_view, product),
    TPL_FIELD_LIST(label_job_view, lines, job_line, job_line_fields),
    TPL_FIELD_END,
};

/* A print as it was, with its lines. */
struct job_read {
    struct label_job job;
    struct label_job_line *lines;
    size_t count;
};

static enum err read_job(struct job_read *out, struct request *rq)
{
    const char *number = request_param(rq, "no");
    enum err e = label_job_by_number(&out->job, &rq->cx, number);

    if (e == ERR_NOT_FOUND) {
        return refuse(&rq->cx, e, "label-job-unknown",
                      _("Cetakan label \"%.24s\" tidak ada. Cari nomornya di halaman Label."),
                      number);
    }
    return e ? e : label_job_lines(&out->lines, &out->count, &rq->cx, out->job.id);
}

static bool is_void(const struct label_job_line *l)
{
    return strcmp(l->code.text, l->now.text) != 0;
}

static const char *number_text(struct request *rq, int64_t n)
{
    return arena_format(rq->cx.arena, "%lld", (long long)n);
}

static void fill_lines(struct label_job_view *view, struct request *rq, const struct job_read *r)
{
    size_t shown = r->count < LINES_SHOWN ? r->count : LINES_SHOWN, voided = 0;
    struct job_line *rows = ARENA_ARRAY(rq->cx.arena, struct job_line, shown + 1);

    for (size_t i = 0; i < r->count; i++) {
        const struct label_job_line *l = &r->lines[i];

        voided += is_void(l);
        if (i < shown) {
            rows[i] = (struct job_line){
                .no = l->no ? l->no : l->line,
                .code = desk_code_groups(rq, l->code),
                .now = desk_code_groups(rq, l->now),
                .copy_no = l->copy_no,
                .voided = is_void(l),
                .again = l->copy_no > 1,
                .url = url_part(rq->cx.arena, url_fixed("/P"), l->now.text),
            };
        }
    }
    view->lines = TPL_LIST(rows, shown);
    view->more = r->count > shown ? number_text(rq, (int64_t)(r->count - shown)) : "";
    view->void_count = voided ? number_text(rq, (int64_t)voided) : "";
    view->printable = voided < r->count;
    view->piece = r->count > 0 && r->lines[0].no > 0;
    view->first_no = view->piece ? r->lines[0].no : 1;
    view->last_no = view->piece ? r->lines[r->count - 1].no : r->job.count;
}

static void fill_job(struct label_job_view *view, struct request *rq, const struct label_job *j)
{
    struct arena *a = rq->cx.arena;

    view->number = j->number;
    view->name = j->name;
    view->variant = j->variant;
    view->sku = j->sku;
    view->lot_code = desk_code_groups(rq, j->lot_code);
    view->bare_lot = arena_text(a, j->lot_code.text);
    view->size = j->size;
    view->medium = j->medium;
    view->sheet = strcmp(j->medium, "sheet") == 0;
    view->medium_words = request_words(rq, view->sheet ? _("lembar A4") : _("gulungan"));
    view->printer = j->printer;
    view->host = j->host;
    view->at = desk_moment(rq, j->at);
    view->by = j->by;
    view->why = j->reason;
    view->rest_reason = desk_say(rq, _("kertas macet pada %s"), j->number);
    view->count = j->count;
    view->cell = j->start_cell;
    view->priced = j->priced;
    view->price = j->price;
    view->lot = url_part(a, url_fixed("/produksi"), j->lot_code.text);
    view->labels = url_part(a, url_fixed("/label"), j->lot_code.text);
    view->product = url_part(a, url_fixed("/barang"), j->sku);
}

enum err label_job_page(struct request *rq)
{
    struct label_job_view view;
    struct job_read r;
    enum err e;

    request_db(rq);
    if ((e = read_job(&r, rq))) {
        return e;
    }
    view = (struct label_job_view){.form = desk_form(rq), .may_make = desk_may(rq, DESK_MAKERS)};
    fill_job(&view, rq, &r.job);
    fill_lines(&view, rq, &r);
    view.from = desk_field(rq, "dari", "");
    view.to = desk_field(rq, "sampai", number_text(rq, view.last_no));
    view.reason = desk_field(rq, "alasan", request_words(rq, _("kertas macet")));
    rq->title = r.job.number;
    respond_page(rq, 0, PAGE_LABEL_JOB, &view);
    return OK;
}

/* ---- the file ---- */

/* What was printed and is in force still; a void label is not made again. */
static struct label_paper_sheet sheet_of(struct request *rq, const struct job_read *r, bool piece)
{
    size_t most = piece ? r->count : (size_t)r->job.count, n = 0;
    struct label_code *codes = ARENA_ARRAY(rq->cx.arena, struct label_code, most + 1);

    for (size_t i = 0; i < most; i++) {
        const struct label_job_line *l = &r->lines[piece ? i : 0];

        if (!is_void(l)) {
            codes[n++] = l->code;
        }
    }
    return (struct label_paper_sheet){
        .title =
            desk_say(rq, _("%s - lot %s - %s"), r->job.number, r->job.lot_code.text, r->job.name),
        .codes = codes,
        .count = n,
        .skip_cells = r->job.start_cell - 1,
        .made_at = r->job.at,
        .zone = rq->cx.site->zone,
    };
}

enum err label_job_file(struct request *rq)
{
    struct label_paper_sheet sheet;
    struct label_stock on;
    struct settings settings;
    struct job_read r;
    struct lot lot;
    struct sbuf pdf;
    enum err e;

    if ((e = read_job(&r, rq)) || (e = settings_now(&settings, &rq->cx)) ||
        (e = lot_by_id(&lot, &rq->cx, r.job.lot)) ||
        (e = label_stock_of(&on, rq, r.job.size, r.job.medium, r.job.printer))) {
        return e;
    }
    sheet = sheet_of(rq, &r, r.count > 0 && r.lines[0].no > 0);
    if (sheet.count == 0) {
        return refuse(&rq->cx, ERR_CONFLICT, "label-all-void",
                      _("Semua label cetakan ini sudah dibatalkan. Cetak label barunya dari lot "
                        "%s."),
                      r.job.lot_code.text);
    }
    request_db_done(rq);
    sbuf_init(&pdf, LABEL_PDF_BYTES_MAX);
    e = label_paper_pdf(&pdf,
                        &(struct label_paper){
                            .lang = rq->cx.lang,
                            .host = r.job.host,
                            .name = r.job.name,
                            .variant = r.job.variant,
                            .price = r.job.priced ? r.job.price : RUPIAH(0),
                            .workshop = lot.workshop_name,
                            .unit_name = settings.unit_name,
                            .demo = settings.demo,
                        },
                        &on, &sheet, &rq->cx.why);
    if (e == OK) {
        respond_bytes(rq, 200, &(struct file_about){.type = "application/pdf"}, sbuf_str(&pdf),
                      pdf.len);
    }
    sbuf_done(&pdf);
    return e;
}

/* ---- codes out of force ---- */

enum err label_void_post(struct request *rq)
{
    const struct inputs *in = &rq->in;
    struct label_void_new wanted = {.from = 1, .count = 1, .reason = input_text(in, "alasan")};
    struct job_read r;
    struct url next;
    int32_t voided;
    enum err e = read_job(&r, rq);

    if (e) {
        return e;
    }
    wanted.lot = r.job.lot;
    next = url_part(rq->cx.arena, url_fixed("/label"), r.job.lot_code.text);
    if (r.count > 0 && r.lines[0].no > 0) {
        const int64_t first = r.lines[0].no, last = r.lines[r.count - 1].no;
        const int64_t from = input_int(in, "dari"), to = input_int(in, "sampai");

        if (from < first || to > last || from > to) {
            return refuse_field(&rq->cx, ERR_INVALID, "label-range", "dari",
                                _("Cetakan ini memuat label ke-%d sampai ke-%d. Isi yang mana yang "
                                  "dibatalkan."),
                                (int)first, (int)last);
        }
        wanted.from = (int32_t)from;
        wanted.count = (int32_t)(to - from + 1);
        next = url_query_int(rq->cx.arena, next, "dari", from);
        next = url_query_int(rq->cx.arena, next, "sampai", to);
    }
    if ((e = label_void(&voided, &rq->cx, &wanted))) {
        return desk_refused(rq, e);
    }
    request_tell(
        rq, "ok",
        desk_say(rq, _("%d label dibatalkan. Kode barunya siap dicetak di sini."), (int)voided));
    respond_redirect(rq, next);
    return OK;
}
