/* Label printers: what was measured on the test page, and that page. */
#include "inventory/base/arena.h"
#include "inventory/label_print.h"
#include "pos/web/desk.h"
#include "pos/web/label_pages.h"
#include "pos/web/label_run.h"
#include "pos/web/respond.h"

#include <ctype.h>

static const char *const dpis[] = {"203", "300", "600", NULL};
static const char *const media[] = {"sheet", "roll", NULL};

const struct input label_printer_asked[] = {
    {.name = "printer", .label = _("Pencetak"), .type = INPUT_LINE, .max = 40},
    INPUT_END,
};

const struct input label_printer_inputs[] = {
    {.name = "nama",
     .label = _("Nama pencetak"),
     .type = INPUT_LINE,
     .required = true,
     .max = LABEL_PRINTER_LEN_MAX},
    {.name = "dpi", .label = _("Kerapatan"), .type = INPUT_CHOICE, .choices = dpis},
    {.name = "geser_x", .label = _("Geser ke kanan"), .type = INPUT_LINE, .max = 10},
    {.name = "geser_y", .label = _("Geser ke bawah"), .type = INPUT_LINE, .max = 10},
    {.name = "skala", .label = _("Skala"), .type = INPUT_LINE, .max = 10},
    {.name = "hapus", .label = _("Hapus"), .type = INPUT_FLAG},
    INPUT_END,
};

const struct input label_ruler_inputs[] = {
    {.name = "printer", .label = _("Pencetak"), .type = INPUT_LINE, .max = 40},
    {.name = "ukuran",
     .label = _("Ukuran label"),
     .type = INPUT_CHOICE,
     .choices = label_paper_sizes},
    {.name = "media", .label = _("Kertas"), .type = INPUT_CHOICE, .choices = media},
    INPUT_END,
};

struct printer_line {
    const char *name, *x, *y, *scale;
    int64_t dpi;
    struct url edit, sheet, roll;
};

static const struct tpl_field printer_line_fields[] = {
    TPL_FIELD(printer_line, name),  TPL_FIELD(printer_line, x),    TPL_FIELD(printer_line, y),
    TPL_FIELD(printer_line, scale), TPL_FIELD(printer_line, dpi),  TPL_FIELD(printer_line, edit),
    TPL_FIELD(printer_line, sheet), TPL_FIELD(printer_line, roll), TPL_FIELD_END,
};

struct label_printer_view {
    struct desk_form form;
    struct desk_field name, dpi, x, y, scale;
    struct tpl_list printers, dpis;
    bool may_make, known;
};

const struct tpl_field label_printer_fields[] = {
    TPL_FIELD_NEST(label_printer_view, form, desk_form, desk_form_fields),
    TPL_FIELD_NEST(label_printer_view, name, desk_field, desk_field_fields),
    TPL_FIELD_NEST(label_printer_view, dpi, desk_field, desk_field_fields),
    TPL_FIELD_NEST(label_printer_view, x, desk_field, desk_field_fields),
    TPL_FIELD_NEST(label_printer_view, y, desk_field, desk_field_fields),
    TPL_FIELD_NEST(label_printer_view, scale, desk_field, desk_field_fields),
    TPL_FIELD_LIST(label_printer_view, printers, printer_line, printer_line_fields),
    TPL_FIELD_LIST(label_printer_view, dpis, desk_option, desk_option_fields),
    TPL_FIELD(label_printer_view, may_make),
    TPL_FIELD(label_printer_view, known),
    TPL_FIELD_END,
};

/* ---- numbers with a comma ---- */

/* "-0,5", "1.25", "100": thousandths; false for anything else. */
static bool milli_parse(int32_t *out, const char *text)
{
    const bool minus = *text == '-';
    int32_t whole = 0, part = 0, places = 0;
    const char *c = text + (minus || *text == '+');

    if (!isdigit((unsigned char)*c)) {
        return false;
    }
    for (; isdigit((unsigned char)*c) && whole < 10000; c++) {
        whole = whole * 10 + (*c - '0');
    }
    if (*c == ',' || *c == '.') {
        for (c++; isdigit((unsigned char)*c) && places < 3; c++, places++) {
            part = part * 10 + (*c - '0');
        }
    }
    for (; places < 3; places++) {
        part *= 10;
    }
    *out = (minus ? -1 : 1) * (whole * 1000 + part);
    return *c == '\0';
}

static const char *milli_text(struct request *rq, int32_t milli)
{
    const int32_t size = milli < 0 ? -milli : milli;

    return arena_format(rq->cx.arena, "%s%d,%03d", milli < 0 ? "-" : "", (int)(size / 1000),
                        (int)(size % 1000));
}

static enum err wanted_number(int32_t *out, struct request *rq, const char *field,
                              int32_t otherwise)
{
    const char *text = input_text(&rq->in, field);

    *out = otherwise;
    return *text == '\0' || milli_parse(out, text)
               ? OK
               : refuse_field(&rq->cx, ERR_INVALID, "printer-number", field,
                              _("\"%.10s\" bukan bilangan. Tulis misalnya 0,5 atau -1,25."), text);
}

/* ---- the page ---- */

static struct url ruler_url(struct request *rq, const char *name, const char *medium)
{
    struct url url = url_query(rq->cx.arena, url_fixed("/label/printer/uji.pdf"), "media", medium);

    return url_query(rq->cx.arena, url, "printer", name);
}

static enum err fill_list(struct label_printer_view *view, struct request *rq)
{
    struct label_printer_row *rows;
    struct printer_line *lines;
    size_t n;
    enum err e = label_printers(&rows, &n, &rq->cx);

    if (e) {
        return e;
    }
    lines = ARENA_ARRAY(rq->cx.arena, struct printer_line, n + 1);
    for (size_t i = 0; i < n; i++) {
        lines[i] = (struct printer_line){
            .name = rows[i].name,
            .dpi = rows[i].dpi,
            .x = milli_text(rq, rows[i].offset_x_um),
            .y = milli_text(rq, rows[i].offset_y_um),
            .scale = milli_text(rq, rows[i].scale_ppm / 10),
            .edit = url_query(rq->cx.arena, url_fixed("/label/printer"), "printer", rows[i].name),
            .sheet = ruler_url(rq, rows[i].name, "sheet"),
            .roll = ruler_url(rq, rows[i].name, "roll"),
        };
    }
    view->printers = TPL_LIST(lines, n);
    return OK;
}

static struct tpl_list dpi_options(struct request *rq, const char *chosen)
{
    struct desk_option *options = ARENA_ARRAY(rq->cx.arena, struct desk_option, LENGTH(dpis));

    for (size_t i = 0; i + 1 < LENGTH(dpis); i++) {
        options[i] = (struct desk_option){.value = dpis[i],
                                          .label = arena_format(rq->cx.arena, "%s dpi", dpis[i])};
    }
    desk_choose(options, LENGTH(dpis) - 1, chosen);
    return TPL_LIST(options, LENGTH(dpis) - 1);
}

enum err label_printer_page(struct request *rq)
{
    struct label_printer_row row = {.name = "", .dpi = 203, .scale_ppm = 1000000};
    struct label_printer_view view;
    const char *asked = desk_asked(rq, "printer");
    enum err e;

    request_db(rq);
    e = *asked ? label_printer_get(&row, &rq->cx, asked) : OK;
    if (e && e != ERR_NOT_FOUND) {
        return e;
    }
    view = (struct label_printer_view){
        .form = desk_form(rq),
        .name = desk_field(rq, "nama", row.name),
        .dpi = desk_field(rq, "dpi", arena_format(rq->cx.arena, "%d", (int)row.dpi)),
        .x = desk_field(rq, "geser_x", milli_text(rq, row.offset_x_um)),
        .y = desk_field(rq, "geser_y", milli_text(rq, row.offset_y_um)),
        .scale = desk_field(rq, "skala", milli_text(rq, row.scale_ppm / 10)),
        .may_make = desk_may(rq, DESK_MAKERS),
        .known = row.name[0] != '\0',
    };
    view.dpis = dpi_options(rq, view.dpi.value);
    if ((e = fill_list(&view, rq))) {
        return e;
    }
    respond_page(rq, 0, PAGE_LABEL_PRINTER, &view);
    return OK;
}

static enum err refused_here(struct request *rq, enum err e)
{
    struct why *why = &rq->cx.why;

    if (strcmp(why->field, "offset") == 0) {
        (void)snprintf(why->field, sizeof why->field, "geser_x");
    } else if (strcmp(why->field, "scale") == 0) {
        (void)snprintf(why->field, sizeof why->field, "skala");
    }
    return desk_refused(rq, e);
}

enum err label_printer_post(struct request *rq)
{
    struct label_printer_row row = {.name = input_text(&rq->in, "nama")};
    int32_t percent_milli;
    enum err e;

    if (input_flag(&rq->in, "hapus")) {
        e = label_printer_drop(&rq->cx, row.name);
    } else if (!(e = wanted_number(&row.offset_x_um, rq, "geser_x", 0)) &&
               !(e = wanted_number(&row.offset_y_um, rq, "geser_y", 0)) &&
               !(e = wanted_number(&percent_milli, rq, "skala", 100000))) {
        row.dpi = (int32_t)strtol(dpis[input_choice(&rq->in, "dpi")], NULL, 10);
        row.scale_ppm = percent_milli * 10;
        e = label_printer_save(&rq->cx, &row);
    }
    if (e) {
        return refused_here(rq, e);
    }
    request_tell(rq, "ok", desk_say(rq, _("Pencetak %s disimpan."), row.name));
    respond_redirect(rq, url_fixed("/label/printer"));
    return OK;
}

/* ---- the test page ---- */

enum err label_ruler_pdf(struct request *rq)
{
    const char *name = input_text(&rq->in, "printer");
    struct label_stock on;
    struct sbuf pdf;
    enum err e =
        label_stock_of(&on, rq, input_text(&rq->in, "ukuran"), input_text(&rq->in, "media"), name);

    if (e) {
        return e;
    }
    request_db_done(rq);
    sbuf_init(&pdf, LABEL_PDF_BYTES_MAX);
    e = label_paper_ruler(&pdf, rq->cx.lang,
                          desk_say(rq, _("%s: geser %s mm, %s mm"),
                                   *name ? name : request_words(rq, _("belum diukur")),
                                   milli_text(rq, on.offset_x_um), milli_text(rq, on.offset_y_um)),
                          &on, &rq->cx.why);
    if (e == OK) {
        respond_bytes(rq, 200, &(struct file_about){.type = "application/pdf"}, sbuf_str(&pdf),
                      pdf.len);
    }
    sbuf_done(&pdf);
    return e;
}
