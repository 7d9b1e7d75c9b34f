/* Symbols of labels, each read back at the dots it is printed with and compared with its text. */
#include "inventory/base/refuse.h"
#include "receipts/label_draw.h"
#include "receipts/qr_read.h"

/* From so many on threads pay. */
enum { THREADS_FROM = 32 };

static enum err misread(const struct label *label, size_t nth, const char *read, struct why *why)
{
    char groups[LABEL_GROUPS_MAX];

    label_code_groups(groups, label->code);
    return why_say(why, ERR_REFUSED, "label-misread",
                   _("Label ke-%zu (%s) dibaca ulang sebelum dicetak dan isinya lain: \"%.60s\". "
                     "Tidak ada label yang dicetak. Coba sekali lagi; bila terulang, jangan pakai "
                     "ukuran dan pencetak ini, dan laporkan."),
                   nth, groups, read);
}

static enum err read_one(struct qr_reader *reader, const struct label_part *p, size_t i,
                         int32_t module_dots, struct why *why)
{
    const struct label *label = &p->job->labels[i];
    char read[QR_READ_MAX], wanted[LABEL_URL_MAX];
    enum err e = qr_read_symbol(read, reader, &p->out[i - p->first], module_dots);

    if (e || !label_url(wanted, label->host, label->code) || strcmp(read, wanted) != 0) {
        return misread(label, i + 1, read, why);
    }
    return OK;
}

static void *do_part(void *arg)
{
    struct label_part *p = arg;
    const struct label_job *job = p->job;
    const struct label_form form = {job->size, job->printer.dpi ? job->printer.dpi : LABEL_203_DPI};
    struct qr_reader *reader = job->unread ? NULL : qr_reader_new();
    struct label_fit fit;

    for (size_t i = p->first; i < p->end && !p->e; i++) {
        p->e = label_symbol(&p->out[i - p->first], &fit, &job->labels[i], form, &p->why);
        if (!p->e && reader) {
            p->e = read_one(reader, p, i, fit.module_dots, &p->why);
        }
    }
    qr_reader_free(reader);
    return NULL;
}

void label_batch_begin(struct label_batch *b, const struct label_job *job, size_t first)
{
    size_t left = job->count - first, threads;

    *b = (struct label_batch){.first = first, .count = left < LABEL_BATCH ? left : LABEL_BATCH};
    threads = b->count < THREADS_FROM ? 1 : LABEL_THREADS;
    for (size_t i = 0; i < threads; i++) {
        size_t from = b->count * i / threads, end = b->count * (i + 1) / threads;
        b->parts[i] = (struct label_part){
            .out = b->symbols + from, .job = job, .first = first + from, .end = first + end};
        b->runs[i] =
            threads > 1 && pthread_create(&b->threads[i], NULL, do_part, &b->parts[i]) == 0;
        if (!b->runs[i]) {
            (void)do_part(&b->parts[i]);
        }
    }
}

static void wait_for(struct label_batch *b)
{
    for (size_t i = 0; i < LABEL_THREADS; i++) {
        if (b->runs[i]) {
            (void)pthread_join(b->threads[i], NULL);
            b->runs[i] = false;
        }
    }
}

enum err label_batch_end(struct label_batch *b, struct why *why)
{
    wait_for(b);
    for (size_t i = 0; i < LABEL_THREADS; i++) {
        if (b->parts[i].e) {
            *why = b->parts[i].why;
            return b->parts[i].e;
        }
    }
    return OK;
}

void label_batch_done(struct label_batch *b)
{
    wait_for(b);
    for (size_t i = 0; i < b->count; i++) {
        qr_done(&b->symbols[i]);
    }
    b->count = 0;
}

enum err label_read_back(char out[LABEL_URL_MAX], const struct label *label, struct label_form form,
                         struct why *why)
{
    struct qr_reader *reader = qr_reader_new();
    char read[QR_READ_MAX] = "", wanted[LABEL_URL_MAX] = "";
    struct bitmap b;
    enum err e = label_bitmap(&b, label, form, why);

    if (!e && (qr_read_bitmap(read, reader, &b) || !label_url(wanted, label->host, label->code) ||
               strcmp(read, wanted) != 0)) {
        e = misread(label, 1, read, why);
    }
    (void)snprintf(out, LABEL_URL_MAX, "%s", e ? "" : wanted);
    bitmap_done(&b);
    qr_reader_free(reader);
    return e;
}
