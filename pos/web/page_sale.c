/* Receipts: the list, one receipt with its paper and its story, its files, and the page that
 * shoppers open. */
#include "inventory/base/arena.h"
#include "inventory/base/id.h"
#include "inventory/base/label_code.h"
#include "inventory/base/sbuf.h"
#include "pos/receipt_of_sale.h"
#include "pos/setting.h"
#include "pos/web/desk.h"
#include "pos/web/respond.h"
#include "pos/web/till_pages.h"

enum { RECEIPTS_ROWS = 50, PICTURE_BYTES_MAX = 8 * 1024 * 1024 };

/* ---- GET /struk ---- */

struct row_view {
    const char *number, *at, *till, *cashier;
    int32_t lines;
    struct rupiah total, pnbp;
};

static const struct tpl_field row_fields[] = {
    TPL_FIELD(row_view, number), TPL_FIELD(row_view, at),
    TPL_FIELD(row_view, till),   TPL_FIELD(row_view, cashier),
    TPL_FIELD(row_view, lines),  TPL_FIELD(row_view, total),
    TPL_FIELD(row_view, pnbp),   TPL_FIELD_END,
};

struct receipts_view {
    struct tpl_list rows;
    struct url older; /* {NULL}: these are the last */
    bool later;       /* not the first page */
    const char *sought, *missing;
};

const struct tpl_field receipts_view_fields[] = {
    TPL_FIELD_LIST(receipts_view, rows, row_view, row_fields),
    TPL_FIELD(receipts_view, older),
    TPL_FIELD(receipts_view, later),
    TPL_FIELD(receipts_view, sought),
    TPL_FIELD(receipts_view, missing),
    TPL_FIELD_END,
};

const struct input receipts_fields[] = {
    {.name = "sebelum", .label = _("Sebelum"), .type = INPUT_ID},
    {.name = "nomor", .label = _("Nomor struk"), .type = INPUT_LINE, .max = 400},
    INPUT_END,
};

/* What was typed or scanned as a receipt's number: the number, or the symbol on the paper. */
static const char *number_said(struct request *rq)
{
    const char *text = input_text(&rq->in, "nomor");
    struct scanned *scanned = ARENA_NEW(rq->cx.arena, struct scanned);

    *scanned = scan_read(text, strlen(text));
    return receipt_number_said(rq->cx.arena,
                               scanned->kind == SCANNED_RECEIPT ? scanned->rest : text);
}

static void fill_rows(struct receipts_view *view, struct request *rq,
                      const struct sale_brief *sales, size_t count)
{
    struct row_view *rows = ARENA_ARRAY(rq->cx.arena, struct row_view, count);
    size_t shown = count > RECEIPTS_ROWS ? RECEIPTS_ROWS : count;
    char id[ID_HEX_MAX];

    for (size_t i = 0; i < shown; i++) {
        rows[i] = (struct row_view){
            .number = sales[i].number,
            .at = desk_moment(rq, sales[i].at),
            .till = sales[i].till,
            .cashier = sales[i].cashier,
            .lines = sales[i].line_count,
            .total = sales[i].total,
            .pnbp = sales[i].pnbp,
        };
    }
    view->rows = TPL_LIST(rows, shown);
    if (count > shown) {
        id_hex(id, sales[shown - 1].id.bytes);
        view->older =
            url_query(rq->cx.arena, url_fixed("/struk"), "sebelum", arena_text(rq->cx.arena, id));
    }
}

enum err page_receipts(struct request *rq)
{
    struct receipts_view view = {.sought = "", .later = input_given(&rq->in, "sebelum")};
    struct sale_id before = {{0}};
    struct sale_brief *sales;
    struct sale sale;
    size_t count;
    enum err e;

    if (input_given(&rq->in, "nomor")) {
        view.sought = number_said(rq);
        e = sale_by_number(&sale, &rq->cx, view.sought);
        if (e != ERR_NOT_FOUND) {
            if (!e) {
                respond_redirect(rq, url_part(rq->cx.arena, url_fixed("/struk"), sale.head.number));
            }
            return e;
        }
        view.missing = arena_text(rq->cx.arena, rq->cx.why.text);
    }
    if (view.later) {
        memcpy(before.bytes, input_id(&rq->in, "sebelum"), ID_BYTES);
    }
    if ((e = sale_newest(&sales, &count, &rq->cx, before, RECEIPTS_ROWS + 1))) {
        return e;
    }
    fill_rows(&view, rq, sales, count);
    respond_page(rq, 0, PAGE_RECEIPTS, &view);
    return OK;
}

/* ---- GET /struk/{no} ---- */

struct item_view {
    const char *name, *code, *qty, *unit;
    struct rupiah price, total;
};

static const struct tpl_field item_fields[] = {
    TPL_FIELD(item_view, name),
    TPL_FIELD(item_view, code),
    TPL_FIELD(item_view, qty),
    TPL_FIELD(item_view, unit),
    TPL_FIELD(item_view, price),
    TPL_FIELD(item_view, total),
    TPL_FIELD_END,
};

struct event_view {
    const char *at, *text;
};

static const struct tpl_field event_fields[] = {
    TPL_FIELD(event_view, at),
    TPL_FIELD(event_view, text),
    TPL_FIELD_END,
};

struct receipt_view {
    const char *csrf, *key, *number, *at, *till, *cashier, *width;
    int64_t journal_seq;
    int32_t pixels; /* the picture's width on the screen */
    bool narrow, may_print;
    struct rupiah total, tendered, change, pnbp;
    struct tpl_list items, events;
    struct print_view print;
};

const struct tpl_field receipt_view_fields[] = {
    TPL_FIELD(receipt_view, csrf),
    TPL_FIELD(receipt_view, key),
    TPL_FIELD(receipt_view, number),
    TPL_FIELD(receipt_view, at),
    TPL_FIELD(receipt_view, till),
    TPL_FIELD(receipt_view, cashier),
    TPL_FIELD(receipt_view, width),
    TPL_FIELD(receipt_view, journal_seq),
    TPL_FIELD(receipt_view, pixels),
    TPL_FIELD(receipt_view, narrow),
    TPL_FIELD(receipt_view, may_print),
    TPL_FIELD(receipt_view, total),
    TPL_FIELD(receipt_view, tendered),
    TPL_FIELD(receipt_view, change),
    TPL_FIELD(receipt_view, pnbp),
    TPL_FIELD_LIST(receipt_view, items, item_view, item_fields),
    TPL_FIELD_LIST(receipt_view, events, event_view, event_fields),
    TPL_FIELD_NEST(receipt_view, print, print_view, print_view_fields),
    TPL_FIELD_END,
};

static const char *const widths[] = {"58", "80", NULL};

const struct input receipt_fields[] = {
    {.name = "lebar", .label = _("Lebar kertas"), .type = INPUT_CHOICE, .choices = widths},
    INPUT_END,
};

static const char *code_for_people(struct request *rq, const struct sale_line_row *line)
{
    struct label_code code;

    if (!line->code || !label_code_valid(line->code)) {
        return line->sku;
    }
    snprintf(code.text, sizeof code.text, "%s", line->code);
    return desk_code_groups(rq, code);
}

static struct tpl_list fill_items(struct request *rq, const struct sale *sale)
{
    struct item_view *items = ARENA_ARRAY(rq->cx.arena, struct item_view, sale->line_count);

    for (size_t i = 0; i < sale->line_count; i++) {
        const struct sale_line_row *line = &sale->lines[i];

        items[i] = (struct item_view){
            .name = line->name,
            .code = code_for_people(rq, line),
            .qty = desk_qty(rq, line->qty),
            .unit = line->unit_name,
            .price = line->price,
            .total = line->total,
        };
    }
    return TPL_LIST(items, sale->line_count);
}

static const char *job_story(struct request *rq, const struct print_job *job)
{
    switch (job->state) {
    case PRINT_WRITTEN:
        return job->copy_no > 0
                   ? till_say(rq, _("SALINAN %d dikirim ke pencetak (tugas %lld, %s)."),
                              job->copy_no, (long long)job->number, job->path)
                   : till_say(rq, _("Struk dikirim ke pencetak (tugas %lld, %s)."),
                              (long long)job->number, job->path);
    case PRINT_UNKNOWN:
        return till_say(rq, _("Tugas cetak %lld: belum pasti apakah keluar. %s"),
                        (long long)job->number, job->why);
    case PRINT_QUEUED:
        return till_say(rq, _("Tugas cetak %lld menunggu pencetak."), (long long)job->number);
    case PRINT_FAILED:
        return till_say(rq, _("Tugas cetak %lld gagal. %s"), (long long)job->number, job->why);
    }
    return "";
}

static enum err fill_events(struct receipt_view *view, struct request *rq, const struct sale *sale)
{
    struct print_job_list jobs;
    struct event_view *events;
    enum err e = print_jobs_of_sale(&jobs, &rq->cx, sale->id);

    if (e) {
        return e;
    }
    events = ARENA_ARRAY(rq->cx.arena, struct event_view, jobs.count + 1);
    events[0] = (struct event_view){
        .at = view->at,
        .text = till_say(rq, _("Dibayar tunai di Kasir %s oleh %s; baris jurnal %lld."),
                         sale->head.till, sale->head.cashier, (long long)sale->head.journal_seq),
    };
    for (size_t i = 0; i < jobs.count; i++) {
        events[i + 1] = (struct event_view){.at = desk_moment(rq, jobs.items[i].changed),
                                            .text = job_story(rq, &jobs.items[i])};
    }
    view->events = TPL_LIST(events, jobs.count + 1);
    return OK;
}

enum err page_receipt(struct request *rq)
{
    struct receipt_view view = {.csrf = rq->session->csrf, .key = request_new_key(rq)};
    struct sale sale;
    enum err e = sale_by_number(&sale, &rq->cx, request_param(rq, "no"));

    if (e) {
        return e;
    }
    view.number = sale.head.number;
    view.at = desk_moment(rq, sale.head.at);
    view.till = sale.head.till;
    view.cashier = sale.head.cashier;
    view.narrow = strcmp(desk_asked(rq, "lebar"), "58") == 0;
    view.width = view.narrow ? "58" : "80";
    view.pixels = view.narrow ? PAPER_58_MM * 3 / 4 : PAPER_80_MM * 3 / 4;
    view.may_print = desk_may(rq, RECEIPT_PRINTERS);
    view.total = sale.head.total;
    view.tendered = sale.head.tendered;
    view.change = sale.head.change;
    view.pnbp = sale.head.pnbp;
    view.journal_seq = sale.head.journal_seq;
    view.items = fill_items(rq, &sale);
    if ((e = fill_events(&view, rq, &sale)) || (e = print_view_fill(&view.print, rq, sale.id))) {
        return e;
    }
    rq->title = till_say(rq, _("Struk %s"), sale.head.number);
    respond_page(rq, 0, PAGE_RECEIPT, &view);
    return OK;
}

/* ---- its files ---- */

const struct input receipt_file_fields[] = {
    {.name = "lebar", .label = _("Lebar kertas"), .type = INPUT_CHOICE, .choices = widths},
    {.name = "layar", .label = _("Untuk layar"), .type = INPUT_FLAG},
    INPUT_END,
};

/* "struk-1-632331-2026-000001.pdf": what a file may be called everywhere. */
static const char *file_name(struct request *rq, const char *number, const char *ending)
{
    char *name = arena_format(rq->cx.arena, "struk-%s%s", number, ending);

    for (char *p = name; *p; p++) {
        bool plain = (*p >= '0' && *p <= '9') || (*p >= 'A' && *p <= 'Z') ||
                     (*p >= 'a' && *p <= 'z') || *p == '.' || *p == '-' || *p == '_';

        if (!plain) {
            *p = '-';
        }
    }
    return name;
}

static enum err answer_file(struct request *rq, enum receipt_form form,
                            const struct file_about *about)
{
    enum paper paper = strcmp(input_text(&rq->in, "lebar"), "58") == 0 ? PAPER_58_MM : PAPER_80_MM;
    struct receipt receipt;
    struct sale sale;
    struct sbuf out;
    enum err e;

    if ((e = sale_by_number(&sale, &rq->cx, request_param(rq, "no"))) ||
        (e = receipt_of_sale(&receipt, &rq->cx, &sale, 0))) {
        return e;
    }
    request_db_done(rq);
    sbuf_init(&out, PICTURE_BYTES_MAX);
    e = receipt_paint_fitting(&out, &receipt, paper, form, &rq->cx.why);
    if (!e) {
        respond_bytes(rq, 200, about, sbuf_str(&out), out.len);
    }
    sbuf_done(&out);
    return e;
}

enum err page_receipt_png(struct request *rq)
{
    const struct file_about about = {.type = "image/png", .cache = CACHE_NEVER};

    return answer_file(rq, input_flag(&rq->in, "layar") ? RECEIPT_SCREEN : RECEIPT_PNG, &about);
}

enum err page_receipt_pdf(struct request *rq)
{
    const struct file_about about = {
        .type = "application/pdf",
        .filename = file_name(rq, request_param(rq, "no"), ".pdf"),
        .cache = CACHE_NEVER,
    };

    return answer_file(rq, RECEIPT_PDF, &about);
}

/* ---- GET /S/{tanda}: the page a shopper opens from the paper ---- */

struct receipt_public {
    const char *number, *unit, *city, *at;
    struct rupiah total;
    struct tpl_list items;
};

const struct tpl_field receipt_public_fields[] = {
    TPL_FIELD(receipt_public, number),
    TPL_FIELD(receipt_public, unit),
    TPL_FIELD(receipt_public, city),
    TPL_FIELD(receipt_public, at),
    TPL_FIELD(receipt_public, total),
    TPL_FIELD_LIST(receipt_public, items, item_view, item_fields),
    TPL_FIELD_END,
};

/* One answer for an unknown number and for a wrong check, so that nothing can be tried out. */
static enum err not_ours(struct request *rq)
{
    return refuse(&rq->cx, ERR_NOT_FOUND, "receipt-unknown",
                  _("Struk ini tidak ada dalam catatan kami. Pindai ulang QR pada struk; bila "
                    "tetap begini, tanyakan kepada galeri yang tercetak pada struk."));
}

static enum err find_public(struct sale *sale, struct request *rq)
{
    char right[RECEIPT_CHECK_MAX];
    struct receipt_tag said;
    enum err e;

    if (!receipt_tag_read(&said, request_param(rq, "tanda"))) {
        return not_ours(rq);
    }
    e = sale_by_number(sale, &rq->cx, said.number);
    if (e) {
        return e == ERR_NOT_FOUND ? not_ours(rq) : e;
    }
    receipt_check(right, sale->id);
    return strcmp(said.check, right) == 0 ? OK : not_ours(rq);
}

enum err page_receipt_public(struct request *rq)
{
    struct receipt_public view;
    struct settings settings;
    struct sale sale = {.line_count = 0};
    enum err e;

    if ((e = find_public(&sale, rq)) || (e = settings_now(&settings, &rq->cx))) {
        return e;
    }
    view = (struct receipt_public){
        .number = sale.head.number,
        .unit = settings.unit_name,
        .city = settings.unit_city,
        .at = desk_moment(rq, sale.head.at),
        .total = sale.head.total,
        .items = fill_items(rq, &sale),
    };
    rq->title = till_say(rq, _("Struk %s"), sale.head.number);
    respond_page(rq, 0, PAGE_RECEIPT_PUBLIC, &view);
    return OK;
}
