/* Labels: sizes, addresses, how the symbol fits, one label as a picture. */
#include "receipts/label.h"

#include <ctype.h>

#include "inventory/base/refuse.h"
#include "inventory/base/sbuf.h"
#include "receipts/label_draw.h"

/* 40 x 30: 9 rows leave 8 mm above and 19 mm below for the ruler.  The others leave more. */
static const struct label_shape shapes[LABEL_SIZES] = {
    [LABEL_40X30] = {"40x30", 40, 30, .columns = 5, .rows = 9, .left_mm = 5, .top_mm = 8},
    [LABEL_50X25] = {"50x25", 50, 25, .columns = 4, .rows = 10, .left_mm = 5, .top_mm = 12},
    [LABEL_70X40] = {"70x40", 70, 40, .columns = 2, .rows = 6, .left_mm = 35, .top_mm = 15},
};

static const struct label_metrics metrics[LABEL_SIZES] = {
    [LABEL_40X30] = {.arrangement = LABEL_NAME_ABOVE,
                     .margin = 16,
                     .body_top = 63,
                     .body_height = 151,
                     .module_most = 4,
                     .name_top = 6,
                     .name_most = 34,
                     .name_two = 24,
                     .name_least = 21,
                     .column_top = 68,
                     .code_most = 26,
                     .code_least = 15,
                     .price_most = 36,
                     .price_least = 18,
                     .place = 18,
                     .place_lines = 2,
                     .foot_top = 211,
                     .foot_most = 18,
                     .foot_least = 14,
                     .demo = 18},
    [LABEL_50X25] = {.arrangement = LABEL_ALL_BESIDE,
                     .margin = 12,
                     .body_top = 6,
                     .body_height = 188,
                     .module_most = 5,
                     .name_top = 8,
                     .name_most = 30,
                     .name_two = 22,
                     .name_least = 20,
                     .column_top = 62,
                     .code_most = 26,
                     .code_least = 14,
                     .price_most = 34,
                     .price_least = 16,
                     .place = 16,
                     .place_lines = 1,
                     .foot_top = 173,
                     .foot_most = 16,
                     .foot_least = 13,
                     .demo = 15},
    [LABEL_70X40] = {.arrangement = LABEL_NAME_ABOVE,
                     .margin = 16,
                     .body_top = 82,
                     .body_height = 200,
                     .module_most = 6,
                     .name_top = 10,
                     .name_most = 44,
                     .name_two = 30,
                     .name_least = 27,
                     .column_top = 92,
                     .code_most = 36,
                     .code_least = 20,
                     .price_most = 56,
                     .price_least = 24,
                     .place = 24,
                     .place_lines = 2,
                     .foot_top = 284,
                     .foot_most = 24,
                     .foot_least = 17,
                     .demo = 22},
};

const struct label_shape *label_shape(enum label_size size)
{
    return &shapes[size];
}

const struct label_metrics *label_metrics(enum label_size size)
{
    return &metrics[size];
}

int32_t label_cells(enum label_size size)
{
    return shapes[size].columns * shapes[size].rows;
}

bool label_size_from_name(enum label_size *out, const char *name)
{
    for (size_t i = 0; i < LABEL_SIZES; i++) {
        if (strcmp(shapes[i].name, name) == 0) {
            *out = (enum label_size)i;
            return true;
        }
    }
    return false;
}

bool label_dpi_from_int(enum label_dpi *out, int64_t dpi)
{
    *out = dpi == 300 ? LABEL_300_DPI : dpi == 600 ? LABEL_600_DPI : LABEL_203_DPI;
    return dpi == (int64_t)*out;
}

/* Heads of 203 dpi have eight dots to the millimetre; the others are true to their name. */
int32_t label_dots_per_mm_milli(enum label_dpi dpi)
{
    switch (dpi) {
    case LABEL_203_DPI: return DOTS_PER_MM * 1000;
    case LABEL_300_DPI: return 11811;
    case LABEL_600_DPI: return 23622;
    }
    return DOTS_PER_MM * 1000;
}

int32_t label_dots(enum label_dpi dpi, int32_t dots_203)
{
    return (dots_203 * label_dots_per_mm_milli(dpi) + DOTS_PER_MM * 500) / (DOTS_PER_MM * 1000);
}

static bool host_char(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == ':';
}

bool label_url(char out[LABEL_URL_MAX], const char *host, struct label_code code)
{
    size_t n = host ? strlen(host) : 0;
    char upper[LABEL_HOST_MAX + 1];

    out[0] = '\0';
    if (n == 0 || n > LABEL_HOST_MAX) {
        return false;
    }
    for (size_t i = 0; i < n; i++) {
        upper[i] = (char)toupper((unsigned char)host[i]);
        if (!host_char(upper[i])) {
            return false;
        }
    }
    upper[n] = '\0';
    (void)snprintf(out, LABEL_URL_MAX, "HTTPS://%s/P/%s", upper, code.text);
    return true;
}

/* Whole dots of this head a module, and its size. */
static void fit_module(struct label_fit *fit, int32_t modules, struct label_form form)
{
    const struct label_metrics *m = label_metrics(form.size);
    int32_t most = label_dots(form.dpi, m->module_most);
    int32_t room = label_dots(form.dpi, m->body_height) / modules;

    fit->module_dots = room < most ? room : most;
    fit->module_um = fit->module_dots * 1000000 / label_dots_per_mm_milli(form.dpi);
}

enum err label_symbol(struct qr *qr, struct label_fit *fit, const struct label *label,
                      struct label_form form, struct why *why)
{
    char url[LABEL_URL_MAX];

    *fit = (struct label_fit){0};
    *qr = (struct qr){0};
    if (!label_url(url, label->host, label->code)) {
        return why_say(why, ERR_INVALID, "label-host",
                       _("Alamat label \"%.40s\" bukan nama host. Isi nama host tanpa https:// dan "
                         "tanpa garis miring, misalnya galeri.example, di pengaturan."),
                       label->host ? label->host : "");
    }
    enum err e = qr_encode(qr, url, why);
    if (e) {
        return e;
    }
    /* What a 203 dpi head can do decides, so that a label is good on every printer of the shop. */
    int32_t modules = qr->width + 2 * QR_QUIET_MODULES;
    int32_t coarse = label_metrics(form.size)->body_height / modules;
    if (coarse < LABEL_MODULE_DOTS_MIN) {
        return why_say(why, ERR_REFUSED, "label-qr-too-dense",
                       _("Alamat label sepanjang %zu huruf membuat kode QR versi %d: satu modul "
                         "hanya %d titik pada 203 dpi, paling sedikit %d titik (0,375 mm). Pakai "
                         "nama host yang lebih pendek; sampai 17 huruf adalah yang terbaik."),
                       strlen(label->host), (int)qr->version, (int)coarse, LABEL_MODULE_DOTS_MIN);
    }
    fit->qr_version = qr->version;
    fit_module(fit, modules, form);
    fit->small = fit->module_um < LABEL_MODULE_UM_GOOD;
    if (fit->small && form.dpi == LABEL_203_DPI) {
        struct label_fit finer;
        fit_module(&finer, modules, (struct label_form){form.size, LABEL_300_DPI});
        fit->finer_um = finer.module_um >= LABEL_MODULE_UM_GOOD ? finer.module_um : 0;
    }
    return OK;
}

enum err label_check(struct label_fit *out, const struct label *label, struct label_form form,
                     struct why *why)
{
    struct qr qr;
    enum err e = label_symbol(&qr, out, label, form, why);

    qr_done(&qr);
    return e;
}

enum err label_bitmap(struct bitmap *out, const struct label *label, struct label_form form,
                      struct why *why)
{
    struct typesetter *t = typesetter_take();
    struct layout l = {0};
    struct label_fit fit;
    struct qr qr;
    enum err e = label_symbol(&qr, &fit, label, form, why);

    *out = (struct bitmap){0};
    if (!e && !(e = label_layout(&l, t, label, form, &qr, why))) {
        e = raster_draw(out, &l, why);
    }
    typesetter_give(t);
    layout_done(&l);
    qr_done(&qr);
    return e;
}

enum err label_png(struct sbuf *out, const struct label *label, struct label_form form,
                   struct why *why)
{
    struct bitmap b;
    enum err e = label_bitmap(&b, label, form, why);

    if (!e) {
        e = raster_png(out, &b, label_dots_per_mm_milli(form.dpi), why);
    }
    bitmap_done(&b);
    return e;
}
