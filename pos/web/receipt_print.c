/* Printing a receipt after its sale was committed, and telling how that went. */
#include "inventory/base/arena.h"
#include "pos/print_job.h"
#include "pos/receipt_of_sale.h"
#include "pos/web/desk.h"
#include "pos/web/respond.h"
#include "pos/web/till_pages.h"
#include "pos/web/web.h"

#define DEVICE_NAME "file"

static const char *prints_dir(const struct request *rq)
{
    return rq->web->options.prints_dir;
}

/* Draws and sends without holding up the store, then notes the outcome. */
static enum err send(struct request *rq, const struct print_job *job, const struct sale *sale,
                     enum paper paper)
{
    struct print_outcome outcome;
    struct receipt receipt;

    request_db(rq);
    if (receipt_of_sale(&receipt, &rq->cx, sale, job->copy_no)) {
        outcome = (struct print_outcome){
            .device = DEVICE_FAILED, .path = "", .why = arena_text(rq->cx.arena, rq->cx.why.text)};
    } else {
        request_db_done(rq);
        print_job_send(&outcome, rq->cx.arena, job, prints_dir(rq), &receipt, paper);
        request_db(rq);
    }
    return print_job_end(&rq->cx, job->id, &outcome);
}

void receipt_print(struct request *rq, const struct sale *sale, struct paper_wanted wanted)
{
    struct print_job job;
    enum err e;

    if (!prints_dir(rq)) {
        return;
    }
    request_db(rq);
    e = print_job_add(&job, &rq->cx, sale->id, wanted.copy_no, DEVICE_NAME);
    if (!e) {
        e = send(rq, &job, sale, wanted.paper);
    }
    if (e) {
        request_tell(rq, "bad",
                     till_say(rq,
                              _("Penjualan %s sudah tercatat, tetapi tugas cetaknya tidak dapat "
                                "dicatat. Cetak struknya dari halaman Struk."),
                              sale->head.number));
    }
}

/* ---- how it went ---- */

const struct tpl_field print_view_fields[] = {
    TPL_FIELD(print_view, tone),     TPL_FIELD(print_view, text),    TPL_FIELD(print_view, again),
    TPL_FIELD(print_view, doubtful), TPL_FIELD(print_view, printed), TPL_FIELD_END,
};

static void of_job(struct print_view *out, struct request *rq, const struct print_job *job)
{
    switch (job->state) {
    case PRINT_WRITTEN:
        *out = (struct print_view){
            .tone = "ok",
            .text = job->copy_no > 0
                        ? till_say(rq, _("Struk SALINAN %d dikirim ke pencetak."), job->copy_no)
                        : request_words(rq, _("Struk dikirim ke pencetak.")),
            .printed = true,
        };
        return;
    case PRINT_UNKNOWN:
        *out = (struct print_view){
            .tone = "warn",
            .text = request_words(rq, _("Belum pasti apakah struk keluar. Periksa pencetaknya.")),
            .doubtful = true,
        };
        return;
    case PRINT_QUEUED:
    case PRINT_FAILED:
        *out = (struct print_view){
            .tone = "bad",
            .text = *job->why ? till_say(rq, _("Struk belum tercetak: %s"), job->why)
                              : request_words(rq, _("Struk belum tercetak.")),
            .again = true,
        };
        return;
    }
}

enum err print_view_fill(struct print_view *out, struct request *rq, struct sale_id sale)
{
    struct print_job_list jobs;
    enum err e = print_jobs_of_sale(&jobs, &rq->cx, sale);

    if (e) {
        return e;
    }
    if (jobs.count > 0) {
        of_job(out, rq, &jobs.items[jobs.count - 1]);
    } else {
        *out = (struct print_view){
            .tone = "warn",
            .text = prints_dir(rq)
                        ? request_words(rq, _("Struk belum dicetak."))
                        : request_words(rq, _("Tidak ada pencetak; struk ada di layar.")),
            .again = prints_dir(rq) != NULL,
        };
    }
    return OK;
}

/* ---- POST /struk/{no}/cetak ---- */

static const char *const print_acts[] = {"cetak", "tercetak", NULL};
static const char *const print_returns[] = {"struk", "selesai", "kasir", NULL};
static const char *const print_widths[] = {"58", "80", NULL};

const struct input receipt_print_fields[] = {
    {.name = "kunci", .label = _("Kunci"), .type = INPUT_KEY, .required = true},
    {.name = "aksi", .label = _("Aksi"), .type = INPUT_CHOICE, .choices = print_acts},
    {.name = "ke", .label = _("Kembali ke"), .type = INPUT_CHOICE, .choices = print_returns},
    {.name = "lebar", .label = _("Lebar kertas"), .type = INPUT_CHOICE, .choices = print_widths},
    INPUT_END,
};

static enum paper paper_of(const struct request *rq)
{
    return strcmp(input_text(&rq->in, "lebar"), "58") == 0 ? PAPER_58_MM : PAPER_80_MM;
}

/* The person says that the doubtful papers are there. */
static enum err all_seen(struct request *rq, const struct print_job_list *jobs)
{
    enum err e = OK;

    for (size_t i = 0; !e && i < jobs->count; i++) {
        if (jobs->items[i].state == PRINT_UNKNOWN) {
            e = print_job_seen(&rq->cx, jobs->items[i].id);
        }
    }
    return e;
}

/* A further paper is a copy, unless surely nothing came out before. */
static enum err print_more(struct request *rq, const struct sale *sale,
                           const struct print_job_list *jobs)
{
    const struct print_job *last = jobs->count ? &jobs->items[jobs->count - 1] : NULL;
    int32_t copy_no = 0;
    bool taken = false;
    enum err e;

    if (last && (last->state == PRINT_FAILED || last->state == PRINT_QUEUED)) {
        if ((e = print_job_take(&taken, &rq->cx, last->id))) {
            return e;
        }
        return taken ? send(rq, last, sale, paper_of(rq)) : OK;
    }
    if (last && (e = receipt_copy(&copy_no, &rq->cx, sale->id))) {
        return e;
    }
    receipt_print(rq, sale, (struct paper_wanted){.copy_no = copy_no, .paper = paper_of(rq)});
    return OK;
}

static struct url back_to(struct request *rq, const char *number)
{
    const char *to = input_text(&rq->in, "ke");

    if (strcmp(to, "kasir") == 0) {
        return url_fixed("/kasir");
    }
    return url_part(rq->cx.arena,
                    url_fixed(strcmp(to, "selesai") == 0 ? "/kasir/selesai" : "/struk"), number);
}

enum err page_receipt_print(struct request *rq)
{
    struct print_job_list jobs;
    struct print_view after;
    struct sale sale;
    enum err e;

    if ((e = sale_by_number(&sale, &rq->cx, request_param(rq, "no"))) ||
        (e = print_jobs_of_sale(&jobs, &rq->cx, sale.id))) {
        return e;
    }
    if (strcmp(input_text(&rq->in, "aksi"), "tercetak") == 0) {
        e = all_seen(rq, &jobs);
    } else if (prints_dir(rq)) {
        e = print_more(rq, &sale, &jobs);
    } else {
        e = refuse(&rq->cx, ERR_REFUSED, "no-printer",
                   _("Tidak ada pencetak yang dipasang. Tunjukkan struk di layar, atau unduh "
                     "PDF-nya."));
    }
    if (e) {
        return e;
    }
    request_db(rq);
    if ((e = print_view_fill(&after, rq, sale.id))) {
        return e;
    }
    request_tell(rq, after.tone, after.text);
    respond_redirect(rq, back_to(rq, sale.head.number));
    return OK;
}
