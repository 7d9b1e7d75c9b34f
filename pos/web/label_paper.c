/* Labels of a lot on paper. */
#include "pos/web/label_paper.h"
#include "receipts/label.h"

const char *const label_paper_sizes[] = {"40x30", "50x25", "70x40", NULL};

static struct label_form form_of(const struct label_stock *on)
{
    struct label_form form = {.size = LABEL_40X30, .dpi = LABEL_203_DPI};

    if (!label_size_from_name(&form.size, on->size) ||
        !label_dpi_from_int(&form.dpi, on->dpi ? on->dpi : LABEL_203_DPI)) {
        form.dpi = LABEL_203_DPI;
    }
    return form;
}

int32_t label_paper_cells(const struct label_stock *on)
{
    return on->roll ? 1 : label_cells(form_of(on).size);
}

int32_t label_paper_columns(const struct label_stock *on)
{
    return on->roll ? 1 : label_shape(form_of(on).size)->columns;
}

size_t label_paper_most(void)
{
    return LABEL_JOB_MAX;
}

const char *label_paper_text(struct arena *a, const char *host, struct label_code code)
{
    char text[LABEL_URL_MAX];

    return label_url(text, host, code) ? arena_text(a, text) : "";
}

static struct label paper_label(const struct label_paper *p, struct label_code code)
{
    return (struct label){
        .host = p->host,
        .code = code,
        .name = p->name,
        .variant = p->variant,
        .price = p->price,
        .workshop = p->workshop,
        .unit_name = p->unit_name,
        .demo = p->demo,
    };
}

static struct label_job job_of(const struct label_stock *on, enum lang lang, const char *title)
{
    const struct label_form form = form_of(on);

    return (struct label_job){
        .lang = lang,
        .size = form.size,
        .medium = on->roll ? LABEL_ROLL : LABEL_SHEET,
        .printer = {.dpi = form.dpi,
                    .offset_x_um = on->offset_x_um,
                    .offset_y_um = on->offset_y_um,
                    .scale_ppm = on->scale_ppm},
        .title = title,
    };
}

enum err label_paper_proof(struct label_proof *out, struct arena *a, const struct label_paper *p,
                           const struct label_stock *on, struct label_code code, struct why *why)
{
    const struct label label = paper_label(p, code);
    const struct label_form form = form_of(on);
    const struct label_shape *shape = label_shape(form.size);
    struct label_fit fit;
    char read[LABEL_URL_MAX];
    enum err e;

    *out = (struct label_proof){
        .width = shape->width_mm * 6 + 20, .height = shape->height_mm * 6 + 20, .read = ""};
    if ((e = label_check(&fit, &label, form, why)) ||
        (e = label_read_back(read, &label, form, why))) {
        return e;
    }
    out->module_um = fit.module_um;
    out->finer_um = fit.finer_um;
    out->small = fit.small;
    out->read = arena_text(a, read);
    return OK;
}

enum err label_paper_png(struct sbuf *out, const struct label_paper *p,
                         const struct label_stock *on, struct label_code code, struct why *why)
{
    const struct label label = paper_label(p, code);
    struct label_form form = form_of(on);

    if (on->dpi == 0) {
        form.dpi = LABEL_300_DPI;
    }
    return label_png(out, &label, form, why);
}

enum err label_paper_pdf(struct sbuf *out, const struct label_paper *p,
                         const struct label_stock *on, const struct label_paper_sheet *sheet,
                         struct why *why)
{
    struct label *labels = mem_get((sheet->count + 1) * sizeof(*labels));
    struct label_job job = job_of(on, p->lang, sheet->title);
    enum err e;

    for (size_t i = 0; i < sheet->count; i++) {
        labels[i] = paper_label(p, sheet->codes[i]);
    }
    job.labels = labels;
    job.count = sheet->count;
    job.skip_cells = on->roll ? 0 : sheet->skip_cells;
    job.made_at = sheet->made_at;
    job.zone = sheet->zone;
    e = label_job_pdf(out, &job, why);
    free(labels);
    return e;
}

enum err label_paper_ruler(struct sbuf *out, enum lang lang, const char *title,
                           const struct label_stock *on, struct why *why)
{
    const struct label_job job = job_of(on, lang, title);

    return label_test_page_pdf(out, &job, why);
}
