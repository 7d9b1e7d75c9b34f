/* A product list from a file: first what would happen, row by row, then all or nothing. */
#include "inventory/base/arena.h"
#include "inventory/fact.h"
#include "inventory/import.h"
#include "pos/pnbp/reference.h"
#include "pos/web/desk.h"
#include "pos/web/desk_pages.h"
#include "pos/web/import_hold.h"
#include "pos/web/respond.h"

const struct input import_inputs[] = {INPUT_END};

const struct input import_save_inputs[] = {
    {.name = "berkas",
     .label = _("Berkas"),
     .type = INPUT_LINE,
     .required = true,
     .max = TOKEN_TEXT_MAX},
    INPUT_END,
};

struct problem_view {
    int32_t line;
    const char *sku;
    const char *column;
    const char *why;
};

static const struct tpl_field problem_fields[] = {
    TPL_FIELD(problem_view, line),
    TPL_FIELD(problem_view, sku),
    TPL_FIELD(problem_view, column),
    TPL_FIELD(problem_view, why),
    TPL_FIELD_END,
};

struct import_view {
    struct desk_form form;
    bool checked; /* a file was read; the numbers below speak of it */
    const char *filename;
    int64_t rows, created, changed, unchanged, refused;
    bool any_refused;
    bool cut; /* more problems than are listed */
    struct tpl_list problems;
    bool ready;   /* may be saved as it is */
    bool nothing; /* right, but all of it is known already */
    const char *token;
    int32_t minutes;
};

const struct tpl_field import_fields[] = {
    TPL_FIELD_NEST(import_view, form, desk_form, desk_form_fields),
    TPL_FIELD(import_view, checked),
    TPL_FIELD(import_view, filename),
    TPL_FIELD(import_view, rows),
    TPL_FIELD(import_view, created),
    TPL_FIELD(import_view, changed),
    TPL_FIELD(import_view, unchanged),
    TPL_FIELD(import_view, refused),
    TPL_FIELD(import_view, any_refused),
    TPL_FIELD(import_view, cut),
    TPL_FIELD_LIST(import_view, problems, problem_view, problem_fields),
    TPL_FIELD(import_view, ready),
    TPL_FIELD(import_view, nothing),
    TPL_FIELD(import_view, token),
    TPL_FIELD(import_view, minutes),
    TPL_FIELD_END,
};

enum err import_form(struct request *rq)
{
    const struct import_view view = {
        .form = desk_form(rq), .filename = "", .token = "", .minutes = HOLD_MINUTES};

    respond_page(rq, 0, PAGE_IMPORT, &view);
    return OK;
}

static struct import_view report_view(struct request *rq, const struct import_report *report)
{
    struct problem_view *rows =
        ARENA_ARRAY(rq->cx.arena, struct problem_view, report->problem_count + 1);

    for (size_t i = 0; i < report->problem_count; i++) {
        const struct import_problem *p = &report->problems[i];

        rows[i] = (struct problem_view){
            .line = (int32_t)p->line, .sku = p->sku, .column = p->column, .why = p->why};
    }
    return (struct import_view){
        .form = desk_form(rq),
        .checked = true,
        .filename = rq->file.filename ? rq->file.filename : "",
        .rows = report->rows,
        .created = report->created,
        .changed = report->changed,
        .unchanged = report->unchanged,
        .refused = report->refused,
        .any_refused = report->refused > 0,
        .cut = report->problem_count == IMPORT_PROBLEMS_MAX,
        .problems = TPL_LIST(rows, report->problem_count),
        .ready = report->refused == 0 && report->created + report->changed > 0,
        .nothing = report->refused == 0 && report->created + report->changed == 0,
        .token = "",
        .minutes = HOLD_MINUTES,
    };
}

static void let_others(void *arg)
{
    struct request *rq = arg;

    request_db_done(rq);
    request_db(rq);
}

/* Reads a file and says what it would do, or does it. */
static enum err read_file(struct import_report *report, struct request *rq, const char *bytes,
                          size_t n, bool dry_run)
{
    struct day today = desk_today(rq);
    const struct import_options options = {.dry_run = dry_run,
                                           .account_known = revenue_account_known,
                                           .arg = &today,
                                           .let_others = let_others,
                                           .others_arg = rq};

    return import_products(report, &rq->cx, bytes, n, &options);
}

enum err import_check(struct request *rq)
{
    const struct upload *file = &rq->file;
    struct import_report report = {.rows = 0};
    struct import_view view;
    char token[TOKEN_TEXT_MAX];
    enum err e;

    if (file->field == NULL || file->n == 0) {
        return refuse_field(&rq->cx, ERR_INVALID, "file-missing", "berkas",
                            _("Belum ada berkas yang dipilih. Pilih berkas CSV, lalu tekan "
                              "Periksa berkas."));
    }
    e = read_file(&report, rq, file->bytes, file->n, true);
    if (e && (e != ERR_REFUSED || report.refused == 0)) {
        return desk_refused(rq, e);
    }
    view = report_view(rq, &report);
    if (view.ready) {
        if ((e = import_hold_put(token, &rq->cx, file->bytes, file->n))) {
            return e;
        }
        view.token = token;
    }
    respond_page(rq, view.any_refused ? 422 : 200, PAGE_IMPORT, &view);
    return OK;
}

enum err import_save(struct request *rq)
{
    const char *token = input_text(&rq->in, "berkas");
    struct import_report report = {.rows = 0};
    const char *bytes;
    size_t n;
    enum err e = import_hold_get(&bytes, &n, &rq->cx, token);

    if (e == ERR_NOT_FOUND) {
        return refuse_field(
            &rq->cx, ERR_NOT_FOUND, "file-gone", "berkas",
            _("Berkas itu tidak disimpan lagi: sudah dicatat, lewat dari %d menit, "
              "atau berkas lain sudah diperiksa sesudahnya. Kali ini tidak ada yang "
              "dicatat. Periksa daftar barang, atau pilih berkasnya sekali lagi."),
            HOLD_MINUTES);
    }
    if (e || (e = read_file(&report, rq, bytes, n, false))) {
        return desk_refused(rq, e);
    }
    (void)!import_hold_drop(&rq->cx, token); /* if not now, it goes when it is too old */
    request_tell(rq, "ok",
                 desk_say(rq, _("%lld barang baru dan %lld perubahan disimpan."),
                          (long long)report.created, (long long)report.changed));
    respond_redirect(rq, url_fixed("/barang"));
    return OK;
}
