/* Labels of a lot: what they look like, the A4 sheet, and one label as a picture. */
#include "inventory/base/arena.h"
#include "inventory/fact.h"
#include "pos/setting.h"
#include "pos/web/desk.h"
#include "pos/web/desk_pages.h"
#include "pos/web/label_paper.h"
#include "pos/web/respond.h"

/* A sheet takes about 1 KiB a label; the rest is fonts and room. */
enum { LABEL_PDF_BYTES_MAX = 32 * 1024 * 1024, LABEL_PNG_BYTES_MAX = 1024 * 1024 };

const struct input label_inputs[] = {INPUT_END};

const struct input label_pdf_inputs[] = {
    {.name = "mulai", .label = _("Mulai dari petak"), .type = INPUT_INT, .min = 1, .max = 45},
    {.name = "dari", .label = _("Label pertama"), .type = INPUT_INT, .min = 1, .max = 1000000},
    {.name = "jumlah", .label = _("Jumlah label"), .type = INPUT_INT, .min = 1, .max = 10000},
    INPUT_END,
};

const struct input label_png_inputs[] = {
    {.name = "kode", .label = _("Kode label"), .type = INPUT_CODE, .max = LABEL_CODE_LEN},
    INPUT_END,
};

/* A lot and the codes that its labels carry. */
struct label_run {
    struct lot lot;
    struct settings settings;
    struct label_paper paper;
    const struct label_code *codes; /* of its pieces; NULL: all labels carry the lot's code */
    size_t count;                   /* labels in all */
};

static size_t counted_labels(struct qty qty)
{
    const int64_t whole = (qty.milli + 999) / 1000;

    return whole < (int64_t)label_paper_most() ? (size_t)whole : label_paper_most();
}

static enum err load_run(struct label_run *run, struct request *rq)
{
    const struct product *p = &run->lot.product;
    enum err e;

    if ((e = desk_lot_of_path(&run->lot, rq)) || (e = settings_now(&run->settings, &rq->cx))) {
        return e;
    }
    run->codes = NULL;
    run->count = counted_labels(run->lot.qty);
    if (p->tracking == TRACK_PIECE &&
        (e = lot_units(&run->codes, &run->count, &rq->cx, run->lot.id))) {
        return e;
    }
    run->paper = (struct label_paper){
        .lang = rq->cx.lang,
        .host = run->settings.label_host,
        .name = p->name,
        .price = p->priced ? p->price : RUPIAH(0),
        .workshop = run->lot.workshop_name,
        .unit_name = run->settings.unit_name,
        .demo = run->settings.demo,
    };
    return OK;
}

static struct label_code nth_code(const struct label_run *run, size_t i)
{
    return run->codes ? run->codes[i] : run->lot.code;
}

/* ---- the page ---- */

struct label_view {
    const char *code;
    const char *name;
    const char *unit;
    struct qty qty;
    int64_t count;
    int64_t cells;
    bool piece;
    bool priced;
    bool demo;
    const char *text; /* in the symbol of the first label */
    const char *host;
    const char *first_code;
    const char *lot_code; /* bare, for the form's address */
    struct url picture, lot, page, price_url;
    bool may_price;
};

const struct tpl_field label_fields[] = {
    TPL_FIELD(label_view, code),
    TPL_FIELD(label_view, name),
    TPL_FIELD(label_view, unit),
    TPL_FIELD(label_view, qty),
    TPL_FIELD(label_view, count),
    TPL_FIELD(label_view, cells),
    TPL_FIELD(label_view, piece),
    TPL_FIELD(label_view, priced),
    TPL_FIELD(label_view, demo),
    TPL_FIELD(label_view, text),
    TPL_FIELD(label_view, host),
    TPL_FIELD(label_view, first_code),
    TPL_FIELD(label_view, lot_code),
    TPL_FIELD(label_view, picture),
    TPL_FIELD(label_view, lot),
    TPL_FIELD(label_view, page),
    TPL_FIELD(label_view, price_url),
    TPL_FIELD(label_view, may_price),
    TPL_FIELD_END,
};

enum err label_page(struct request *rq)
{
    struct arena *a = rq->cx.arena;
    struct label_run run;
    struct label_view view;
    struct label_code first;
    const char *png;
    enum err e;

    if ((e = load_run(&run, rq))) {
        return e;
    }
    if (run.count == 0) {
        return refuse(&rq->cx, ERR_NOT_FOUND, "label-none", _("Lot ini tidak memiliki label."));
    }
    first = nth_code(&run, 0);
    png = arena_format(a, "%s.png", run.lot.code.text);
    view = (struct label_view){
        .code = desk_code_groups(rq, run.lot.code),
        .name = run.paper.name,
        .unit = run.lot.product.unit,
        .qty = run.lot.qty,
        .count = (int64_t)run.count,
        .cells = (int64_t)label_paper_cells(),
        .piece = run.codes != NULL,
        .priced = run.lot.product.priced,
        .demo = run.settings.demo,
        .text = label_paper_text(a, run.settings.label_host, first),
        .host = run.settings.label_host,
        .first_code = desk_code_groups(rq, first),
        .lot_code = arena_text(a, run.lot.code.text),
        .picture = url_query(a, url_part(a, url_fixed("/label"), png), "kode", first.text),
        .lot = url_part(a, url_fixed("/produksi"), run.lot.code.text),
        .page = url_part(a, url_fixed("/P"), first.text),
        .price_url = url_part(a, url_part(a, url_fixed("/barang"), run.lot.product.sku), "harga"),
        .may_price = desk_may(rq, DESK_MAKERS),
    };
    rq->title = desk_say(rq, _("Label lot %s"), view.code);
    respond_page(rq, 0, PAGE_LABEL, &view);
    return OK;
}

/* ---- the sheet ---- */

/* Which of the labels are printed: from one of them on, as many as asked for. */
static enum err choose_run(struct label_run *run, struct request *rq)
{
    const struct inputs *in = &rq->in;
    const size_t from = input_given(in, "dari") ? (size_t)input_int(in, "dari") - 1 : 0;
    const size_t wanted = input_given(in, "jumlah") ? (size_t)input_int(in, "jumlah") : run->count;

    if (run->codes == NULL) {
        run->count = wanted;
        return OK;
    }
    if (from >= run->count) {
        return refuse_field(&rq->cx, ERR_INVALID, "label-from", "dari",
                            _("Lot ini hanya memiliki %zu label. Isi label pertama dengan 1 sampai "
                              "%zu."),
                            run->count, run->count);
    }
    run->codes += from;
    run->count -= from;
    run->count = wanted < run->count ? wanted : run->count;
    return OK;
}

static const struct label_code *sheet_codes(struct request *rq, const struct label_run *run)
{
    struct label_code *codes;

    if (run->codes) {
        return run->codes;
    }
    codes = ARENA_ARRAY(rq->cx.arena, struct label_code, run->count + 1);
    for (size_t i = 0; i < run->count; i++) {
        codes[i] = run->lot.code;
    }
    return codes;
}

enum err label_pdf(struct request *rq)
{
    const int64_t start = input_given(&rq->in, "mulai") ? input_int(&rq->in, "mulai") : 1;
    struct label_run run;
    struct sbuf pdf;
    enum err e;

    if ((e = load_run(&run, rq)) || (e = choose_run(&run, rq))) {
        return e;
    }
    request_db_done(rq);
    sbuf_init(&pdf, LABEL_PDF_BYTES_MAX);
    e = label_paper_pdf(
        &pdf, &run.paper,
        &(struct label_paper_sheet){
            .title = desk_say(rq, _("Lot %s - %s"), run.lot.code.text, run.lot.workshop_name),
            .codes = sheet_codes(rq, &run),
            .count = run.count,
            .skip_cells = (int32_t)(start - 1),
            .made_at = rq->at,
            .zone = rq->cx.site->zone,
        },
        &rq->cx.why);
    if (e == OK) {
        respond_bytes(rq, 200, &(struct file_about){.type = "application/pdf"}, sbuf_str(&pdf),
                      pdf.len);
    }
    sbuf_done(&pdf);
    return e;
}

/* ---- one label ---- */

/* The code asked for when it belongs to the lot; the first label's without one. */
static enum err picture_code(struct label_code *out, struct request *rq,
                             const struct label_run *run)
{
    const char *asked = input_text(&rq->in, "kode");
    bool found = !input_given(&rq->in, "kode");

    *out = run->count ? nth_code(run, 0) : run->lot.code;
    for (size_t i = 0; !found && i < run->count; i++) {
        *out = nth_code(run, i);
        found = strcmp(out->text, asked) == 0;
    }
    return found ? OK
                 : refuse_field(&rq->cx, ERR_NOT_FOUND, "label-unknown", "kode",
                                _("Label %s bukan bagian lot ini. Periksa kodenya."), asked);
}

enum err label_picture(struct request *rq)
{
    struct label_run run;
    struct label_code code;
    struct sbuf png;
    enum err e;

    if ((e = load_run(&run, rq)) || (e = picture_code(&code, rq, &run))) {
        return e;
    }
    request_db_done(rq);
    sbuf_init(&png, LABEL_PNG_BYTES_MAX);
    e = label_paper_png(&png, &run.paper, code, &rq->cx.why);
    if (e == OK) {
        respond_bytes(rq, 200, &(struct file_about){.type = "image/png"}, sbuf_str(&png), png.len);
    }
    sbuf_done(&png);
    return e;
}
