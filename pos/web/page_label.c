/* Labels of a lot: what they look like, read back; and printing them. */
#include "inventory/base/arena.h"
#include "inventory/fact.h"
#include "inventory/label_print.h"
#include "pos/web/desk.h"
#include "pos/web/label_pages.h"
#include "pos/web/label_run.h"
#include "pos/web/respond.h"

enum { JOBS_SHOWN = 10 };

static const char *const media[] = {"sheet", "roll", NULL};

#define PAPER_INPUTS                                                                               \
    {.name = "ukuran",                                                                             \
     .label = _("Ukuran label"),                                                                   \
     .type = INPUT_CHOICE,                                                                         \
     .choices = label_paper_sizes},                                                                \
        {.name = "media", .label = _("Kertas"), .type = INPUT_CHOICE, .choices = media},           \
        {.name = "printer", .label = _("Pencetak"), .type = INPUT_LINE, .max = 40},                \
        {.name = "petak",                                                                          \
         .label = _("Mulai dari petak"),                                                           \
         .type = INPUT_INT,                                                                        \
         .min = 1,                                                                                 \
         .max = LABEL_CELLS_MOST},                                                                 \
        {.name = "dari",                                                                           \
         .label = _("Dari label ke"),                                                              \
         .type = INPUT_INT,                                                                        \
         .min = 1,                                                                                 \
         .max = 1000000},                                                                          \
        {.name = "sampai",                                                                         \
         .label = _("Sampai label ke"),                                                            \
         .type = INPUT_INT,                                                                        \
         .min = 1,                                                                                 \
         .max = 1000000},                                                                          \
        {.name = "jumlah",                                                                         \
         .label = _("Jumlah label"),                                                               \
         .type = INPUT_INT,                                                                        \
         .min = 1,                                                                                 \
         .max = LABEL_PRINT_MAX},                                                                  \
    {                                                                                              \
        .name = "alasan", .label = _("Alasan mencetak lagi"), .type = INPUT_LINE,                  \
        .max = LABEL_REASON_LEN_MAX                                                                \
    }

const struct input label_inputs[] = {PAPER_INPUTS, INPUT_END};
const struct input label_print_inputs[] = {PAPER_INPUTS, INPUT_END};

const struct input label_png_inputs[] = {
    {.name = "kode", .label = _("Kode label"), .type = INPUT_CODE, .max = LABEL_CODE_LEN},
    {.name = "ukuran",
     .label = _("Ukuran label"),
     .type = INPUT_CHOICE,
     .choices = label_paper_sizes},
    {.name = "printer", .label = _("Pencetak"), .type = INPUT_LINE, .max = 40},
    INPUT_END,
};

/* ---- the page ---- */

struct label_row {
    struct url url;
    const char *number, *what, *at, *by, *reason;
};

static const struct tpl_field label_row_fields[] = {
    TPL_FIELD(label_row, url),
    TPL_FIELD(label_row, number),
    TPL_FIELD(label_row, what),
    TPL_FIELD(label_row, at),
    TPL_FIELD(label_row, by),
    TPL_FIELD(label_row, reason),
    TPL_FIELD_END,
};

struct label_view {
    struct desk_form form;
    struct desk_field cell, from, to, amount, reason;
    const char *code, *name, *unit, *size, *medium, *printer;
    struct qty qty;
    int64_t count, cells, columns;
    bool piece, priced, demo, sheet, may_make, may_price;
    const char *text; /* in the symbol of the first label */
    const char *first_code;
    const char *lot_code; /* bare, for the form's address */
    int64_t width, height;
    bool proved;
    const char *refused; /* why there is no label to be seen; "" */
    const char *module, *finer;
    const char *before; /* what was printed already; "" */
    struct tpl_list sizes, media, printers, jobs;
    struct url picture, lot, page, price_url;
};

const struct tpl_field label_fields[] = {
    TPL_FIELD_NEST(label_view, form, desk_form, desk_form_fields),
    TPL_FIELD_NEST(label_view, cell, desk_field, desk_field_fields),
    TPL_FIELD_NEST(label_view, from, desk_field, desk_field_fields),
    TPL_FIELD_NEST(label_view, to, desk_field, desk_field_fields),
    TPL_FIELD_NEST(label_view, amount, desk_field, desk_field_fields),
    TPL_FIELD_NEST(label_view, reason, desk_field, desk_field_fields),
    TPL_FIELD(label_view, code),
    TPL_FIELD(label_view, name),
    TPL_FIELD(label_view, unit),
    TPL_FIELD(label_view, size),
    TPL_FIELD(label_view, medium),
    TPL_FIELD(label_view, printer),
    TPL_FIELD(label_view, qty),
    TPL_FIELD(label_view, count),
    TPL_FIELD(label_view, cells),
    TPL_FIELD(label_view, columns),
    TPL_FIELD(label_view, piece),
    TPL_FIELD(label_view, priced),
    TPL_FIELD(label_view, demo),
    TPL_FIELD(label_view, sheet),
    TPL_FIELD(label_view, may_make),
    TPL_FIELD(label_view, may_price),
    TPL_FIELD(label_view, text),
    TPL_FIELD(label_view, first_code),
    TPL_FIELD(label_view, lot_code),
    TPL_FIELD(label_view, width),
    TPL_FIELD(label_view, height),
    TPL_FIELD(label_view, proved),
    TPL_FIELD(label_view, refused),
    TPL_FIELD(label_view, module),
    TPL_FIELD(label_view, finer),
    TPL_FIELD(label_view, before),
    TPL_FIELD_LIST(label_view, sizes, desk_option, desk_option_fields),
    TPL_FIELD_LIST(label_view, media, desk_option, desk_option_fields),
    TPL_FIELD_LIST(label_view, printers, desk_option, desk_option_fields),
    TPL_FIELD_LIST(label_view, jobs, label_row, label_row_fields),
    TPL_FIELD(label_view, picture),
    TPL_FIELD(label_view, lot),
    TPL_FIELD(label_view, page),
    TPL_FIELD(label_view, price_url),
    TPL_FIELD_END,
};

static const char *asked(struct request *rq, const char *name, const char *otherwise)
{
    const char *value = desk_field(rq, name, desk_asked(rq, name)).value;

    return *value ? value : otherwise;
}

static const char *number_text(struct request *rq, int64_t n)
{
    return arena_format(rq->cx.arena, "%lld", (long long)n);
}

static struct tpl_list size_options(struct request *rq, const char *chosen)
{
    static const char *const names[] = {_("40 x 30 mm"), _("50 x 25 mm"), _("70 x 40 mm")};
    struct desk_option *options = ARENA_ARRAY(rq->cx.arena, struct desk_option, LENGTH(names));

    for (size_t i = 0; i < LENGTH(names); i++) {
        options[i] = (struct desk_option){.value = label_paper_sizes[i],
                                          .label = request_words(rq, names[i])};
    }
    desk_choose(options, LENGTH(names), chosen);
    return TPL_LIST(options, LENGTH(names));
}

static struct tpl_list medium_options(struct request *rq, const char *chosen)
{
    static const char *const names[] = {_("Lembar A4"), _("Gulungan, satu label tiap halaman")};
    struct desk_option *options = ARENA_ARRAY(rq->cx.arena, struct desk_option, LENGTH(names));

    for (size_t i = 0; i < LENGTH(names); i++) {
        options[i] = (struct desk_option){.value = media[i], .label = request_words(rq, names[i])};
    }
    desk_choose(options, LENGTH(names), chosen);
    return TPL_LIST(options, LENGTH(names));
}

static enum err printer_options(struct tpl_list *out, struct request *rq, const char *chosen)
{
    struct label_printer_row *rows;
    struct desk_option *options;
    size_t n;
    enum err e = label_printers(&rows, &n, &rq->cx);

    if (e) {
        return e;
    }
    options = ARENA_ARRAY(rq->cx.arena, struct desk_option, n + 1);
    options[0] = (struct desk_option){.value = "", .label = request_words(rq, _("belum diukur"))};
    for (size_t i = 0; i < n; i++) {
        options[i + 1] = (struct desk_option){
            .value = rows[i].name,
            .label = arena_format(rq->cx.arena, "%s, %d dpi", rows[i].name, (int)rows[i].dpi)};
    }
    desk_choose(options, n + 1, chosen);
    *out = TPL_LIST(options, n + 1);
    return OK;
}

static enum err fill_jobs(struct label_view *view, struct request *rq, struct lot_id lot)
{
    struct label_job *jobs;
    struct label_row *rows;
    size_t n;
    enum err e = label_jobs(&jobs, &n, &rq->cx, lot, JOBS_SHOWN);

    if (e) {
        return e;
    }
    rows = ARENA_ARRAY(rq->cx.arena, struct label_row, n + 1);
    for (size_t i = 0; i < n; i++) {
        rows[i] = (struct label_row){
            .url = url_part(rq->cx.arena, url_fixed("/label/cetak"), jobs[i].number),
            .number = jobs[i].number,
            .what = desk_say(rq, _("%d lembar label %s mm"), (int)jobs[i].count, jobs[i].size),
            .at = desk_moment(rq, jobs[i].at),
            .by = jobs[i].by,
            .reason = jobs[i].reason,
        };
    }
    view->jobs = TPL_LIST(rows, n);
    /* What the lot was printed on last is what it is printed on next. */
    view->size = asked(rq, "ukuran", n ? jobs[0].size : label_paper_sizes[0]);
    view->medium = asked(rq, "media", n ? jobs[0].medium : media[0]);
    view->printer = asked(rq, "printer", n ? jobs[0].printer : "");
    return OK;
}

/* Which of the chosen ones were printed before, so that the reason is asked for at once. */
static enum err fill_before(struct label_view *view, struct request *rq,
                            const struct label_run *run)
{
    const int32_t from = (int32_t)strtol(view->from.value, NULL, 10);
    const int32_t to = (int32_t)strtol(view->to.value, NULL, 10);
    struct label_before before;
    enum err e;

    view->before = "";
    if (from < 1 || to < from || to > (int32_t)run->count) {
        return OK;
    }
    e = label_printed_before(&before, &rq->cx, run->lot.id, from, to - from + 1);
    if (e == OK) {
        view->before =
            run->piece ? desk_say(rq, _("Label ke-%d sudah dicetak dengan %s."), (int)before.no,
                                  before.number)
                       : desk_say(rq, _("Label lot ini sudah dicetak dengan %s."), before.number);
    }
    return e == ERR_NOT_FOUND ? OK : e;
}

/* The label as it comes out of that printer, read back; a refusal is a sentence on the page. */
static void fill_proof(struct label_view *view, struct request *rq, const struct label_run *run)
{
    struct label_proof proof;
    struct why why = {.text = ""};
    const enum err e =
        label_paper_proof(&proof, rq->cx.arena, &run->paper, &run->on, run->codes[0], &why);

    view->proved = e == OK;
    view->refused = e ? arena_text(rq->cx.arena, request_words(rq, why.text)) : "";
    view->text = e ? label_paper_text(rq->cx.arena, run->paper.host, run->codes[0]) : proof.read;
    view->width = proof.width;
    view->height = proof.height;
    view->module = e ? "" : arena_format(rq->cx.arena, "0,%03d", (int)proof.module_um);
    view->finer = "";
    if (e == OK && proof.small) {
        view->finer =
            proof.finer_um > 0
                ? desk_say(rq,
                           _("Satu kotak QR 0,%03d mm; pemindai kasir menurut GS1 minta 0,396 mm. "
                             "Ponsel masih membacanya. Pencetak 300 dpi memberi 0,%03d mm."),
                           (int)proof.module_um, (int)proof.finer_um)
                : desk_say(rq,
                           _("Satu kotak QR 0,%03d mm; pemindai kasir menurut GS1 minta 0,396 mm. "
                             "Ponsel masih membacanya. Pakai label yang lebih besar atau nama host "
                             "yang lebih pendek."),
                           (int)proof.module_um);
    }
}

static void fill_urls(struct label_view *view, struct request *rq, const struct label_run *run)
{
    struct arena *a = rq->cx.arena;
    const char *png = arena_format(a, "%s.png", run->lot.code.text);
    struct url picture = url_part(a, url_fixed("/label"), png);

    picture = url_query(a, picture, "kode", run->codes[0].text);
    picture = url_query(a, picture, "ukuran", view->size);
    view->picture = *view->printer ? url_query(a, picture, "printer", view->printer) : picture;
    view->lot = url_part(a, url_fixed("/produksi"), run->lot.code.text);
    view->page = url_part(a, url_fixed("/P"), run->codes[0].text);
    view->price_url = url_part(a, url_part(a, url_fixed("/barang"), run->lot.product.sku), "harga");
}

static enum err fill_paper(struct label_view *view, struct request *rq, struct label_run *run)
{
    enum err e;

    if ((e = fill_jobs(view, rq, run->lot.id)) ||
        (e = printer_options(&view->printers, rq, view->printer)) ||
        (e = label_stock_of(&run->on, rq, view->size, view->medium, view->printer)) ||
        (e = fill_before(view, rq, run))) {
        return e;
    }
    view->sizes = size_options(rq, view->size);
    view->media = medium_options(rq, view->medium);
    view->sheet = !run->on.roll;
    view->cells = label_paper_cells(&run->on);
    view->columns = label_paper_columns(&run->on);
    return OK;
}

enum err label_page(struct request *rq)
{
    struct label_run run;
    struct label_view view;
    enum err e;

    request_db(rq);
    if ((e = label_run_load(&run, rq))) {
        return e;
    }
    if (run.count == 0) {
        return refuse(&rq->cx, ERR_NOT_FOUND, "label-none", _("Lot ini tidak memiliki label."));
    }
    view = (struct label_view){
        .form = desk_form(rq),
        .cell = desk_field(rq, "petak", asked(rq, "petak", "1")),
        .from = desk_field(rq, "dari", asked(rq, "dari", "1")),
        .to = desk_field(rq, "sampai", asked(rq, "sampai", number_text(rq, (int64_t)run.count))),
        .amount =
            desk_field(rq, "jumlah", asked(rq, "jumlah", number_text(rq, (int64_t)run.count))),
        .reason = desk_field(rq, "alasan", asked(rq, "alasan", "")),
        .code = desk_code_groups(rq, run.lot.code),
        .name = run.paper.name,
        .unit = run.lot.product.unit,
        .qty = run.lot.qty,
        .count = (int64_t)run.count,
        .piece = run.piece,
        .priced = run.paper.price.rp > 0,
        .demo = run.settings.demo,
        .may_make = desk_may(rq, DESK_MAKERS),
        .may_price = desk_may(rq, DESK_MAKERS),
        .first_code = desk_code_groups(rq, run.codes[0]),
        .lot_code = arena_text(rq->cx.arena, run.lot.code.text),
    };
    if ((e = fill_paper(&view, rq, &run))) {
        return e;
    }
    fill_urls(&view, rq, &run);
    request_db_done(rq);
    fill_proof(&view, rq, &run);
    rq->title = desk_say(rq, _("Label lot %s"), view.code);
    respond_page(rq, 0, PAGE_LABEL, &view);
    return OK;
}

/* ---- printing ---- */

/* From..to of the pieces, or so many alike. */
static enum err choose(struct label_print_new *w, struct request *rq, const struct label_run *run)
{
    const struct inputs *in = &rq->in;
    const int64_t count = (int64_t)run->count;
    const int64_t from = input_given(in, "dari") ? input_int(in, "dari") : 1;
    const int64_t to = input_given(in, "sampai") ? input_int(in, "sampai") : count;

    w->from = 1;
    w->count = (int32_t)(input_given(in, "jumlah") ? input_int(in, "jumlah") : count);
    if (!run->piece) {
        return OK;
    }
    if (from > to || to > count) {
        return refuse_field(&rq->cx, ERR_INVALID, "label-range", "sampai",
                            _("Lot ini berisi %d label. Isi dari label ke- dan sampai label ke- "
                              "antara 1 dan %d, yang kecil dulu."),
                            (int)count, (int)count);
    }
    w->from = (int32_t)from;
    w->count = (int32_t)(to - from + 1);
    return OK;
}

static const struct label_code *codes_of(struct request *rq, const struct label_run *run,
                                         const struct label_print_new *w)
{
    struct label_code *codes;

    if (run->piece) {
        return run->codes + w->from - 1;
    }
    codes = ARENA_ARRAY(rq->cx.arena, struct label_code, (size_t)w->count);
    for (int32_t i = 0; i < w->count; i++) {
        codes[i] = run->codes[0];
    }
    return codes;
}

/* Draws and reads back every label before the print is written down: what cannot be read is not
 * printed, and no number is taken for it. */
static enum err rehearse(struct request *rq, const struct label_run *run,
                         const struct label_print_new *w)
{
    struct sbuf pdf;
    enum err e;

    if (w->start_cell > label_paper_cells(&run->on)) {
        return refuse_field(&rq->cx, ERR_INVALID, "label-cell", "petak",
                            _("Lembar ini berisi %d petak. Isi petak awal 1 sampai %d."),
                            (int)label_paper_cells(&run->on), (int)label_paper_cells(&run->on));
    }
    request_db_done(rq);
    sbuf_init(&pdf, LABEL_PDF_BYTES_MAX);
    e = label_paper_pdf(&pdf, &run->paper, &run->on,
                        &(struct label_paper_sheet){.title = "",
                                                    .codes = codes_of(rq, run, w),
                                                    .count = (size_t)w->count,
                                                    .skip_cells = w->start_cell - 1},
                        &rq->cx.why);
    sbuf_done(&pdf);
    request_db(rq);
    return e;
}

enum err label_print_post(struct request *rq)
{
    const struct inputs *in = &rq->in;
    struct label_print_new wanted = {
        .size = input_given(in, "ukuran") ? input_text(in, "ukuran") : label_paper_sizes[0],
        .medium = input_given(in, "media") ? input_text(in, "media") : media[0],
        .printer = input_text(in, "printer"),
        .start_cell = input_given(in, "petak") ? (int32_t)input_int(in, "petak") : 1,
        .reason = input_text(in, "alasan"),
    };
    struct label_printed printed;
    struct label_run run;
    enum err e;

    if ((e = label_run_load(&run, rq)) ||
        (e = label_stock_of(&run.on, rq, wanted.size, wanted.medium, wanted.printer)) ||
        (e = choose(&wanted, rq, &run))) {
        return e;
    }
    wanted.start_cell = run.on.roll ? 1 : wanted.start_cell;
    wanted.lot = run.lot.id;
    wanted.host = run.paper.host;
    if ((e = rehearse(rq, &run, &wanted)) || (e = label_print(&printed, &rq->cx, &wanted))) {
        return desk_refused(rq, e);
    }
    request_tell(rq, "ok",
                 desk_say(rq, _("%s dicatat: %d label sudah dibaca ulang dan siap dicetak."),
                          printed.number.text, (int)wanted.count));
    respond_redirect(rq, url_part(rq->cx.arena, url_fixed("/label/cetak"), printed.number.text));
    return OK;
}

/* ---- one label ---- */

/* The code asked for when it belongs to the lot; the first label's without one. */
static enum err picture_code(struct label_code *out, struct request *rq,
                             const struct label_run *run)
{
    const char *wanted = input_text(&rq->in, "kode");
    bool found = !input_given(&rq->in, "kode");

    *out = run->count ? run->codes[0] : run->lot.code;
    for (size_t i = 0; !found && i < (run->piece ? run->count : 1); i++) {
        *out = run->codes[i];
        found = strcmp(out->text, wanted) == 0;
    }
    return found ? OK
                 : refuse_field(&rq->cx, ERR_NOT_FOUND, "label-unknown", "kode",
                                _("Label %s bukan bagian lot ini. Periksa kodenya."), wanted);
}

enum err label_picture(struct request *rq)
{
    struct label_run run;
    struct label_code code;
    struct sbuf png;
    enum err e;

    if ((e = label_run_load(&run, rq)) ||
        (e = label_stock_of(&run.on, rq, input_text(&rq->in, "ukuran"), "",
                            input_text(&rq->in, "printer"))) ||
        (e = picture_code(&code, rq, &run))) {
        return e;
    }
    request_db_done(rq);
    sbuf_init(&png, LABEL_PNG_BYTES_MAX);
    e = label_paper_png(&png, &run.paper, &run.on, code, &rq->cx.why);
    if (e == OK) {
        respond_bytes(rq, 200, &(struct file_about){.type = "image/png"}, sbuf_str(&png), png.len);
    }
    sbuf_done(&png);
    return e;
}
