/* Sheets and rolls of labels: each label read back by zbar, rulers, offsets, refusals. */
#include "kit.h"

#include <ctype.h>

static const char CODE_LETTERS[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/* A page of grey pixels, as pdftoppm writes it. */
struct page {
    struct sbuf file;
    int width, height;
    const uint8_t *pixels;
};

static int page_number(const char **at)
{
    int value = 0;

    while (isspace((unsigned char)**at)) {
        ++*at;
    }
    assert_true(isdigit((unsigned char)**at));
    for (; isdigit((unsigned char)**at); ++*at) {
        value = value * 10 + (**at - '0');
    }
    return value;
}

static void page_load(struct page *p, const char *path)
{
    sbuf_init(&p->file, KIT_BYTES_MAX);
    kit_load(&p->file, path);
    const char *at = p->file.bytes;
    assert_memory_equal(at, "P5", 2);
    at += 2;
    p->width = page_number(&at);
    p->height = page_number(&at);
    assert_int_equal(page_number(&at), 255);
    p->pixels = (const uint8_t *)at + 1;
    assert_int_equal(p->file.len,
                     (size_t)(at + 1 - p->file.bytes) + (size_t)p->width * (size_t)p->height);
}

static int pixels_of(int mm)
{
    return mm * 3000 / 254;
}

static int left_of(enum label_size size, int cell)
{
    const struct label_shape *s = label_shape(size);
    return s->left_mm + cell % s->columns * s->width_mm;
}

static int top_of(enum label_size size, int cell)
{
    const struct label_shape *s = label_shape(size);
    return s->top_mm + cell / s->columns * s->height_mm;
}

static void page_crop(const struct page *p, enum label_size size, int cell, const char *path)
{
    const struct label_shape *s = label_shape(size);
    const int left = pixels_of(left_of(size, cell)), top = pixels_of(top_of(size, cell));
    const int width = pixels_of(s->width_mm), height = pixels_of(s->height_mm);
    struct sbuf out;

    sbuf_init(&out, KIT_BYTES_MAX);
    sbuf_format(&out, "P5\n%d %d\n255\n", width, height);
    for (int y = top; y < top + height; y++) {
        sbuf_add(&out, p->pixels + (size_t)y * (size_t)p->width + left, (size_t)width);
    }
    kit_save(path, out.bytes, out.len);
    sbuf_done(&out);
}

static bool black(const struct page *p, int x, int y)
{
    return p->pixels[(size_t)y * (size_t)p->width + (size_t)x] < 128;
}

static bool cell_blank(const struct page *p, enum label_size size, int cell)
{
    const struct label_shape *s = label_shape(size);
    const int left = pixels_of(left_of(size, cell) + 2), top = pixels_of(top_of(size, cell) + 2);

    for (int y = top; y < top + pixels_of(s->height_mm - 4); y++) {
        for (int x = left; x < left + pixels_of(s->width_mm - 4); x++) {
            if (black(p, x, y)) {
                return false;
            }
        }
    }
    return true;
}

/* Length of the longest black run of these rows: the ruler's base. */
static int ruler_pixels(const struct page *p, int from_mm, int to_mm)
{
    int longest = 0;

    for (int y = pixels_of(from_mm); y < pixels_of(to_mm); y++) {
        int run = 0;
        for (int x = 0; x < p->width; x++) {
            run = black(p, x, y) ? run + 1 : 0;
            longest = run > longest ? run : longest;
        }
    }
    return longest;
}

static struct label nth_label(size_t i)
{
    struct label label = kit_label();

    label.code.text[7] = CODE_LETTERS[i / 32 % 32];
    label.code.text[8] = CODE_LETTERS[i % 32];
    if (i % 7 == 3) {
        label.name = "Gantungan kunci korek api";
        label.host = "galeri-enggang.lapas-contoh.example";
    }
    return label;
}

static void page_render(struct page *page, const char *pdf, int number)
{
    char text[8];
    const char *base = kit_path("page");
    const char *const argv[] = {"pdftoppm", "-gray",       "-r", "300", "-f",
                                text,       "-singlefile", pdf,  base,  NULL};
    struct sbuf said;

    sbuf_init(&said, KIT_BYTES_MAX);
    (void)snprintf(text, sizeof(text), "%d", number);
    kit_run(&said, argv);
    page_load(page, kit_path("page.pgm"));
    sbuf_done(&said);
}

static void check_page(const char *pdf, int number, const struct label_job *job)
{
    static char paths[64][512];
    const char *crops[64];
    const int cells = label_cells(job->size);
    struct sbuf said, wanted;
    struct page page;
    size_t count = 0;

    assert_in_range(cells, 1, 64);
    sbuf_init(&said, KIT_BYTES_MAX);
    sbuf_init(&wanted, KIT_BYTES_MAX);
    page_render(&page, pdf, number);
    for (int cell = 0; cell < cells; cell++) {
        int32_t nth = (number - 1) * cells + cell - job->skip_cells;
        if (nth < 0 || nth >= (int32_t)job->count) {
            assert_true(cell_blank(&page, job->size, cell));
            continue;
        }
        char url[LABEL_URL_MAX];
        const struct label *label = &job->labels[nth];
        assert_true(label_url(url, label->host, label->code));
        sbuf_format(&wanted, "%s\n", url);
        (void)snprintf(paths[count], sizeof(paths[0]), "%s/cell-%02d.pgm", kit_folder(), cell);
        page_crop(&page, job->size, cell, paths[count]);
        crops[count] = paths[count];
        count++;
    }
    kit_scan(&said, crops, count);
    assert_string_equal(sbuf_str(&said), sbuf_str(&wanted));
    /* 50 mm and the half mark at its end, to half a millimetre. */
    assert_in_range(ruler_pixels(&page, 279, 283), pixels_of(50) - 6, pixels_of(50) + 9);
    sbuf_done(&page.file);
    sbuf_done(&said);
    sbuf_done(&wanted);
}

static const char *made(const struct label_job *job)
{
    struct sbuf pdf;
    struct why why = {0};
    const char *path = kit_path("made.pdf");

    sbuf_init(&pdf, KIT_BYTES_MAX);
    if (label_job_pdf(&pdf, job, &why)) {
        fail_msg("%s", why.text);
    }
    kit_save(path, pdf.bytes, pdf.len);
    sbuf_done(&pdf);
    return path;
}

static struct label labels[LABEL_JOB_MAX + 1];

static void every_label_of_a_sheet_is_read(void **state)
{
    (void)state;
    const char *path = NULL;
    struct sbuf text;

    for (size_t i = 0; i < 64; i++) {
        labels[i] = nth_label(i);
    }
    for (int size = 0; size < LABEL_SIZES; size++) {
        struct label_job job = {.title = "Lot B-0007, Bengkel Batik",
                                .size = (enum label_size)size,
                                .medium = LABEL_SHEET,
                                .labels = labels,
                                .skip_cells = 4};
        job.count = (size_t)label_cells(job.size) + 3; /* seven on the second */
        path = made(&job);
        check_page(path, 1, &job);
        check_page(path, 2, &job);
    }
    /* Text is text: both kinds of label, the title and the pages can be searched for. */
    const char *const argv[] = {"pdftotext", "-layout", path, "-", NULL};
    sbuf_init(&text, KIT_BYTES_MAX);
    kit_run(&text, argv);
    assert_non_null(strstr(sbuf_str(&text), "Gantungan kunci"));
    assert_non_null(strstr(sbuf_str(&text), "A7K2 M9Q 004"));
    assert_non_null(strstr(sbuf_str(&text), "Rp250.000"));
    assert_non_null(strstr(sbuf_str(&text), "Lot B-0007, Bengkel Batik"));
    assert_non_null(strstr(sbuf_str(&text), "2 / 2"));
    sbuf_done(&text);
}

/* One page a label, as large as the label, on every head. */
static void a_roll_has_a_page_a_label(void **state)
{
    (void)state;
    static const enum label_dpi heads[] = {LABEL_203_DPI, LABEL_300_DPI, LABEL_600_DPI};

    labels[0] = nth_label(0);
    labels[1] = nth_label(1);
    for (int i = 0; i < LABEL_SIZES * (int)LENGTH(heads); i++) {
        struct label_job job = {.size = (enum label_size)(i / (int)LENGTH(heads)),
                                .medium = LABEL_ROLL,
                                .printer = {.dpi = heads[i % (int)LENGTH(heads)]},
                                .labels = labels,
                                .count = 2};
        const struct label_shape *shape = label_shape(job.size);
        const char *pdf = made(&job), *seen = kit_path("page.pgm");
        for (int page = 1; page <= 2; page++) {
            struct page p;
            struct sbuf said;
            char url[LABEL_URL_MAX], wanted[LABEL_URL_MAX + 1];
            page_render(&p, pdf, page);
            assert_in_range(p.width, pixels_of(shape->width_mm), pixels_of(shape->width_mm) + 1);
            assert_in_range(p.height, pixels_of(shape->height_mm), pixels_of(shape->height_mm) + 1);
            sbuf_done(&p.file);
            sbuf_init(&said, KIT_BYTES_MAX);
            kit_scan(&said, &seen, 1);
            assert_true(label_url(url, labels[page - 1].host, labels[page - 1].code));
            (void)snprintf(wanted, sizeof(wanted), "%s\n", url);
            assert_string_equal(sbuf_str(&said), wanted);
            sbuf_done(&said);
        }
    }
}

static void symbols_are_stencils(void **state)
{
    (void)state;
    struct label label = kit_label();
    struct label_job job = {.medium = LABEL_SHEET, .labels = &label, .count = 1, .skip_cells = 44};
    const char *path = made(&job);
    const char *const argv[] = {"pdfimages", "-list", path, NULL};
    struct sbuf text;

    sbuf_init(&text, KIT_BYTES_MAX);
    kit_run(&text, argv);
    assert_non_null(strstr(sbuf_str(&text), "stencil    25    25  -       1   1  image  no"));
    check_page(path, 1, &job);
    sbuf_done(&text);
}

/* ---- printers ---- */

/* The upper left black dot of a page's crosses, and how long its rulers are. */
static int first_black_row(const struct page *p, int x)
{
    for (int y = 0; y < p->height; y++) {
        if (p->pixels[(size_t)y * (size_t)p->width + (size_t)x] < 220) {
            return y;
        }
    }
    return -1;
}

static void a_printer_moves_and_stretches(void **state)
{
    (void)state;
    static const struct {
        struct label_printer printer;
        int ruler_mm_milli, cross_mm_milli; /* of the upper left cross, from the top */
    } cases[] = {
        {{0}, 50000, 17000},
        {{.offset_x_um = 1500, .offset_y_um = -2000}, 50000, 15000},
        {{.scale_ppm = 1020000}, 51000, 17340},
        {{.scale_ppm = 980000, .offset_y_um = 1000}, 49000, 17660},
    };

    for (size_t i = 0; i < LENGTH(cases); i++) {
        struct label_job job = {
            .medium = LABEL_SHEET, .printer = cases[i].printer, .title = "Pencetak gudang"};
        struct sbuf pdf;
        struct why why = {0};
        struct page page;
        const char *path = kit_path("test.pdf");
        sbuf_init(&pdf, KIT_BYTES_MAX);
        assert_int_equal(label_test_page_pdf(&pdf, &job, &why), OK);
        kit_save(path, pdf.bytes, pdf.len);
        page_render(&page, path, 1);
        int64_t scale = job.printer.scale_ppm ? job.printer.scale_ppm : LABEL_SCALE_ONE;
        int x = (int)((15 * scale / 1000 + job.printer.offset_x_um) * 3000 / 254 / 1000);
        int row = first_black_row(&page, x);
        /* to 0.2 mm; the length to half a millimetre and the half mark at its end */
        assert_in_range(row, cases[i].cross_mm_milli * 3 / 254 - 2,
                        cases[i].cross_mm_milli * 3 / 254 + 2);
        int length = cases[i].ruler_mm_milli * 3 / 254;
        assert_in_range(ruler_pixels(&page, 130, 150), length - 3, length + 6);
        sbuf_done(&page.file);
        sbuf_done(&pdf);
    }
}

/* ---- refusals ---- */

static void bad_jobs_are_refused(void **state)
{
    (void)state;
    static const struct {
        enum label_medium medium;
        size_t count;
        int32_t skip;
        const char *host;
        enum err e;
        const char *slug;
    } cases[] = {
        {LABEL_SHEET, 0, 0, "galeri.example", ERR_INVALID, "label-sheet-empty"},
        {LABEL_SHEET, 1, -1, "galeri.example", ERR_INVALID, "label-sheet-empty"},
        {LABEL_SHEET, 1, 45, "galeri.example", ERR_INVALID, "label-sheet-empty"},
        {LABEL_ROLL, 1, 1, "galeri.example", ERR_INVALID, "label-sheet-empty"},
        {LABEL_SHEET, LABEL_JOB_MAX + 1, 0, "galeri.example", ERR_LIMIT, "label-sheet-too-many"},
        {LABEL_SHEET, 2, 0, "galeri/example", ERR_INVALID, "label-host"},
        {LABEL_ROLL, 2, 0, "galeri/example", ERR_INVALID, "label-host"},
    };

    for (size_t i = 0; i < LENGTH(cases); i++) {
        struct sbuf pdf;
        struct why why = {0};
        labels[0] = labels[1] = kit_label();
        labels[1].host = cases[i].host;
        struct label_job job = {.medium = cases[i].medium,
                                .labels = labels,
                                .count = cases[i].count,
                                .skip_cells = cases[i].skip};
        sbuf_init(&pdf, KIT_BYTES_MAX);
        enum err e = label_job_pdf(&pdf, &job, &why);
        if (e != cases[i].e) {
            fail_msg("case %zu: %s", i, why.text);
        }
        assert_string_equal(why.slug, cases[i].slug);
        assert_true(strlen(why.text) > 20);
        sbuf_done(&pdf);
    }
    struct label label = kit_label();
    struct label_job job = {.labels = &label, .count = 1};
    struct sbuf tiny;
    struct why why = {0};
    sbuf_init(&tiny, 100);
    assert_int_equal(label_job_pdf(&tiny, &job, &why), ERR_LIMIT);
    assert_string_equal(why.slug, "paper-too-large");
    sbuf_done(&tiny);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_label_of_a_sheet_is_read),
        cmocka_unit_test(a_roll_has_a_page_a_label),
        cmocka_unit_test(symbols_are_stencils),
        cmocka_unit_test(a_printer_moves_and_stretches),
        cmocka_unit_test(bad_jobs_are_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
