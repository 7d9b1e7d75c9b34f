/* Labels of a lot on paper. */
#include "pos/web/label_paper.h"
#include "receipts/label.h"

size_t label_paper_cells(void)
{
    return (size_t)label_cells(LABEL_40X30);
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
        .price = p->price,
        .workshop = p->workshop,
        .unit_name = p->unit_name,
        .demo = p->demo,
    };
}

enum err label_paper_png(struct sbuf *out, const struct label_paper *p, struct label_code code,
                         struct why *why)
{
    const struct label label = paper_label(p, code);

    return label_png(out, &label, (struct label_form){LABEL_40X30, LABEL_300_DPI}, why);
}

enum err label_paper_pdf(struct sbuf *out, const struct label_paper *p,
                         const struct label_paper_sheet *sheet, struct why *why)
{
    struct label *labels = mem_get((sheet->count + 1) * sizeof(*labels));
    enum err e;

    for (size_t i = 0; i < sheet->count; i++) {
        labels[i] = paper_label(p, sheet->codes[i]);
    }
    e = label_job_pdf(out,
                      &(struct label_job){
                          .medium = LABEL_SHEET,
                          .lang = p->lang,
                          .title = sheet->title,
                          .labels = labels,
                          .count = sheet->count,
                          .skip_cells = sheet->skip_cells,
                          .made_at = sheet->made_at,
                          .zone = sheet->zone,
                      },
                      why);
    free(labels);
    return e;
}
