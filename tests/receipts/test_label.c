/* Labels and sheets: golden picture, symbol versions, each label read back by zbar. */
#include "kit.h"

#include <ctype.h>

static const char CODE_LETTERS[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

static void label_picture_is_golden(void **state)
{
    (void)state;
    struct label label = kit_label(), demo = kit_label();
    struct bitmap b;
    struct why why = {0};

    assert_int_equal(label_bitmap(&b, &label, LABEL_203_DPI, &why), OK);
    assert_int_equal(b.width, 320);
    assert_int_equal(b.height, 240);
    kit_golden("label-203.png", &b);
    bitmap_done(&b);
    assert_int_equal(label_bitmap(&b, &label, LABEL_300_DPI, &why), OK);
    assert_int_equal(b.width, 472);
    assert_int_equal(b.height, 354);
    kit_golden("label-300.png", &b);
    bitmap_done(&b);
    demo.demo = true;
    demo.name =
        "Meja lipat kayu jati ukir motif pucuk rebung dengan empat kaki besi tempa dan laci";
    demo.price = RUPIAH(99999999);
    demo.host = "galeri-enggang.lapas-contoh.example";
    assert_int_equal(label_bitmap(&b, &demo, LABEL_203_DPI, &why), OK);
    kit_golden("label-demo-203.png", &b);
    bitmap_done(&b);
}

/* A host of n letters with a dot in it. */
static const char *host_of(size_t n)
{
    static char host[512];

    memset(host, 'g', n);
    host[n / 2] = '.';
    host[n] = '\0';
    return host;
}

static void version_follows_the_host(void **state)
{
    (void)state;
    static const struct {
        size_t host;
        enum err e;
        int32_t version, dots_203, um_203, dots_300;
    } cases[] = {
        {4, OK, 2, 4, 500, 6},          {17, OK, 2, 4, 500, 6},  {18, OK, 3, 4, 500, 6},
        {40, OK, 3, 4, 500, 6},         {41, OK, 4, 3, 375, 5},  {69, OK, 4, 3, 375, 5},
        {70, OK, 5, 3, 375, 4},         {133, OK, 6, 3, 375, 4}, {134, ERR_REFUSED, 0, 0, 0, 0},
        {200, ERR_REFUSED, 0, 0, 0, 0},
    };

    for (size_t i = 0; i < LENGTH(cases); i++) {
        struct label label = kit_label();
        struct label_fit fit;
        struct why why = {0};
        label.host = host_of(cases[i].host);
        assert_int_equal(label_check(&fit, &label, LABEL_203_DPI, &why), cases[i].e);
        assert_int_equal(fit.qr_version, cases[i].version);
        assert_int_equal(fit.module_dots, cases[i].dots_203);
        assert_int_equal(fit.module_um, cases[i].um_203);
        assert_int_equal(label_check(&fit, &label, LABEL_300_DPI, &why), cases[i].e);
        assert_int_equal(fit.module_dots, cases[i].dots_300);
        if (cases[i].e) {
            char length[16];
            (void)snprintf(length, sizeof(length), " %zu ", cases[i].host);
            assert_string_equal(why.slug, "label-qr-too-dense");
            assert_non_null(strstr(why.text, length));
            assert_non_null(strstr(why.text, "2 titik"));
        }
    }
}

static void address_is_in_capitals(void **state)
{
    (void)state;
    static const struct {
        const char *host, *url;
    } cases[] = {
        {"galeri.example", "HTTPS://GALERI.EXAMPLE/P/A7K2M9QXP4"},
        {"127.0.0.1:8080", "HTTPS://127.0.0.1:8080/P/A7K2M9QXP4"},
        {"", NULL},
        {NULL, NULL},
        {"https://galeri.example", NULL},
        {"galeri.example/", NULL},
        {"galeri example", NULL},
        {"galeri.example\n", NULL},
        {"galéri.example", NULL},
        {"galeri.example?x=1", NULL},
    };

    for (size_t i = 0; i < LENGTH(cases); i++) {
        struct label label = kit_label();
        struct label_fit fit;
        struct why why = {0};
        char url[LABEL_URL_MAX];
        label.host = cases[i].host;
        assert_int_equal(label_url(url, cases[i].host, label.code), cases[i].url != NULL);
        assert_string_equal(url, cases[i].url ? cases[i].url : "");
        assert_int_equal(label_check(&fit, &label, LABEL_203_DPI, &why),
                         cases[i].url ? OK : ERR_INVALID);
        assert_string_equal(why.slug, cases[i].url ? "" : "label-host");
    }
    char url[LABEL_URL_MAX];
    assert_false(label_url(url, host_of(LABEL_HOST_MAX + 1), kit_label().code));
    assert_true(label_url(url, host_of(LABEL_HOST_MAX), kit_label().code));
    assert_int_equal(strlen(url), LABEL_URL_MAX - 1);
}

static void every_label_is_read(void **state)
{
    (void)state;
    static const char *const hosts[] = {"galeri.example", "galeri-enggang.lapas-contoh.example",
                                        "127.0.0.1:8080", "etalase.g.example"};
    static const char *const names[] = {
        "Sabun",
        ("Meja lipat kayu jati ukir motif pucuk rebung dengan empat kaki besi tempa dan laci "
         "tersembunyi untuk menyimpan perlengkapan menulis"),
        "Satukatapanjangyangtidakdapatdipenggaldimanapunjugasamasekali", ""};
    static const int64_t prices[] = {5000, 99999999, 0, RUPIAH_MAX};
    static const enum label_dpi heads[] = {LABEL_203_DPI, LABEL_300_DPI};

    for (size_t i = 0; i < LENGTH(hosts) * LENGTH(heads); i++) {
        struct label label = kit_label();
        struct sbuf png, text;
        struct why why = {0};
        char url[LABEL_URL_MAX], wanted[LABEL_URL_MAX + 1];
        label.host = hosts[i / 2];
        label.name = names[i / 2];
        label.price = RUPIAH(prices[i / 2]);
        label.demo = i / 2 == 2;
        label.workshop = i / 2 == 3 ? NULL : label.workshop;
        label.unit_name = i / 2 == 1 ? "Lembaga Pemasyarakatan Perempuan Kelas IIA Kota Contoh "
                                       "Timur Laut Wilayah Contoh"
                                     : label.unit_name;
        sbuf_init(&png, KIT_BYTES_MAX);
        sbuf_init(&text, KIT_BYTES_MAX);
        if (label_png(&png, &label, heads[i % 2], &why)) {
            fail_msg("%s", why.text);
        }
        const char *path = kit_path("label.png");
        kit_save(path, png.bytes, png.len);
        kit_scan(&text, &path, 1);
        assert_true(label_url(url, label.host, label.code));
        (void)snprintf(wanted, sizeof(wanted), "%s\n", url);
        assert_string_equal(sbuf_str(&text), wanted);
        struct kit_png back;
        kit_png_read(&back, png.bytes, png.len);
        assert_int_equal(back.depth, 1);
        assert_int_equal(back.dots_per_metre, heads[i % 2] == LABEL_203_DPI ? 8000 : 11811);
        bitmap_done(&back.dots);
        sbuf_done(&text);
        sbuf_done(&png);
    }
}

/* ---- sheets ---- */

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

static void page_crop(const struct page *p, int cell, const char *path)
{
    const int left = pixels_of(SHEET_LEFT_MM + cell % SHEET_COLUMNS * LABEL_WIDTH_MM);
    const int top = pixels_of(SHEET_TOP_MM + cell / SHEET_COLUMNS * LABEL_HEIGHT_MM);
    const int width = pixels_of(LABEL_WIDTH_MM), height = pixels_of(LABEL_HEIGHT_MM);
    struct sbuf out;

    sbuf_init(&out, KIT_BYTES_MAX);
    sbuf_format(&out, "P5\n%d %d\n255\n", width, height);
    for (int y = top; y < top + height; y++) {
        sbuf_add(&out, p->pixels + (size_t)y * (size_t)p->width + left, (size_t)width);
    }
    kit_save(path, out.bytes, out.len);
    sbuf_done(&out);
}

static bool cell_blank(const struct page *p, int cell)
{
    const int left = pixels_of(SHEET_LEFT_MM + cell % SHEET_COLUMNS * LABEL_WIDTH_MM + 2);
    const int top = pixels_of(SHEET_TOP_MM + cell / SHEET_COLUMNS * LABEL_HEIGHT_MM + 2);

    for (int y = top; y < top + pixels_of(LABEL_HEIGHT_MM - 4); y++) {
        for (int x = left; x < left + pixels_of(LABEL_WIDTH_MM - 4); x++) {
            if (p->pixels[(size_t)y * (size_t)p->width + (size_t)x] < 128) {
                return false;
            }
        }
    }
    return true;
}

/* Length of the longest black run below the grid: the ruler's base. */
static int ruler_pixels(const struct page *p)
{
    int longest = 0;

    for (int y = pixels_of(279); y < pixels_of(283); y++) {
        int run = 0;
        for (int x = 0; x < p->width; x++) {
            run = p->pixels[(size_t)y * (size_t)p->width + (size_t)x] < 128 ? run + 1 : 0;
            longest = run > longest ? run : longest;
        }
    }
    return longest;
}

static struct label sheet_label(size_t i)
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

static void check_page(const char *pdf, int number, const struct label_sheet *sheet)
{
    static char paths[SHEET_CELLS][512];
    const char *crops[SHEET_CELLS];
    char page_text[8];
    const char *base = kit_path("page");
    const char *const argv[] = {"pdftoppm", "-gray",       "-r", "300", "-f",
                                page_text,  "-singlefile", pdf,  base,  NULL};
    struct sbuf said, wanted;
    struct page page;
    size_t count = 0;

    sbuf_init(&said, KIT_BYTES_MAX);
    sbuf_init(&wanted, KIT_BYTES_MAX);
    (void)snprintf(page_text, sizeof(page_text), "%d", number);
    kit_run(&said, argv);
    page_load(&page, kit_path("page.pgm"));
    for (int cell = 0; cell < SHEET_CELLS; cell++) {
        int32_t nth = (number - 1) * SHEET_CELLS + cell - sheet->skip_cells;
        if (nth < 0 || nth >= (int32_t)sheet->count) {
            assert_true(cell_blank(&page, cell));
            continue;
        }
        char url[LABEL_URL_MAX];
        const struct label *label = &sheet->labels[nth];
        assert_true(label_url(url, label->host, label->code));
        sbuf_format(&wanted, "%s\n", url);
        (void)snprintf(paths[count], sizeof(paths[0]), "%s/cell-%02d.pgm", kit_folder(), cell);
        page_crop(&page, cell, paths[count]);
        crops[count] = paths[count];
        count++;
    }
    sbuf_clear(&said);
    kit_scan(&said, crops, count);
    assert_string_equal(sbuf_str(&said), sbuf_str(&wanted));
    /* 50 mm and the half mark at its end, to half a millimetre. */
    assert_in_range(ruler_pixels(&page), pixels_of(50) - 6, pixels_of(50) + 9);
    sbuf_done(&page.file);
    sbuf_done(&said);
    sbuf_done(&wanted);
}

static void every_label_of_a_sheet_is_read(void **state)
{
    (void)state;
    static struct label labels[64];
    struct label_sheet sheet = {
        .title = "Lot B-0007, Bengkel Batik", .labels = labels, .count = 64, .skip_cells = 4};
    struct sbuf pdf, text;
    struct why why = {0};

    for (size_t i = 0; i < LENGTH(labels); i++) {
        labels[i] = sheet_label(i);
    }
    sbuf_init(&pdf, KIT_BYTES_MAX);
    sbuf_init(&text, KIT_BYTES_MAX);
    if (label_sheet_pdf(&pdf, &sheet, &why)) {
        fail_msg("%s", why.text);
    }
    const char *path = kit_path("sheet.pdf");
    kit_save(path, pdf.bytes, pdf.len);
    check_page(path, 1, &sheet);
    check_page(path, 2, &sheet);
    /* Text is text: both kinds of label, the title and the pages can be searched for. */
    const char *const argv[] = {"pdftotext", "-layout", path, "-", NULL};
    kit_run(&text, argv);
    assert_non_null(strstr(sbuf_str(&text), "Gantungan kunci"));
    assert_non_null(strstr(sbuf_str(&text), "A7K2 M9Q 004"));
    assert_non_null(strstr(sbuf_str(&text), "Rp250.000"));
    assert_non_null(strstr(sbuf_str(&text), "Lot B-0007, Bengkel Batik"));
    assert_non_null(strstr(sbuf_str(&text), "2 / 2"));
    sbuf_done(&text);
    sbuf_done(&pdf);
}

static void symbols_are_stencils(void **state)
{
    (void)state;
    struct label label = kit_label();
    struct label_sheet sheet = {.labels = &label, .count = 1, .skip_cells = 44};
    struct sbuf pdf, text;
    struct why why = {0};

    sbuf_init(&pdf, KIT_BYTES_MAX);
    sbuf_init(&text, KIT_BYTES_MAX);
    assert_int_equal(label_sheet_pdf(&pdf, &sheet, &why), OK);
    const char *path = kit_path("one.pdf");
    kit_save(path, pdf.bytes, pdf.len);
    const char *const argv[] = {"pdfimages", "-list", path, NULL};
    kit_run(&text, argv);
    assert_non_null(strstr(sbuf_str(&text), "stencil    25    25  -       1   1  image  no"));
    check_page(path, 1, &sheet);
    sbuf_done(&text);
    sbuf_done(&pdf);
}

static void bad_sheets_are_refused(void **state)
{
    (void)state;
    static struct label labels[SHEET_LABELS_MAX + 1];
    static const struct {
        size_t count;
        int32_t skip;
        const char *host;
        enum err e;
        const char *slug;
    } cases[] = {
        {0, 0, "galeri.example", ERR_INVALID, "label-sheet-empty"},
        {1, -1, "galeri.example", ERR_INVALID, "label-sheet-empty"},
        {1, SHEET_CELLS, "galeri.example", ERR_INVALID, "label-sheet-empty"},
        {SHEET_LABELS_MAX + 1, 0, "galeri.example", ERR_LIMIT, "label-sheet-too-many"},
        {2, 0, "galeri/example", ERR_INVALID, "label-host"},
    };

    for (size_t i = 0; i < LENGTH(cases); i++) {
        struct sbuf pdf;
        struct why why = {0};
        labels[0] = labels[1] = kit_label();
        labels[1].host = cases[i].host;
        struct label_sheet sheet = {
            .labels = labels, .count = cases[i].count, .skip_cells = cases[i].skip};
        sbuf_init(&pdf, KIT_BYTES_MAX);
        assert_int_equal(label_sheet_pdf(&pdf, &sheet, &why), cases[i].e);
        assert_string_equal(why.slug, cases[i].slug);
        assert_true(strlen(why.text) > 20);
        sbuf_done(&pdf);
    }
    struct label label = kit_label();
    struct label_sheet sheet = {.labels = &label, .count = 1};
    struct sbuf tiny;
    struct why why = {0};
    sbuf_init(&tiny, 100);
    assert_int_equal(label_sheet_pdf(&tiny, &sheet, &why), ERR_LIMIT);
    assert_string_equal(why.slug, "paper-too-large");
    sbuf_done(&tiny);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(label_picture_is_golden),
        cmocka_unit_test(version_follows_the_host),
        cmocka_unit_test(address_is_in_capitals),
        cmocka_unit_test(every_label_is_read),
        cmocka_unit_test(every_label_of_a_sheet_is_read),
        cmocka_unit_test(symbols_are_stencils),
        cmocka_unit_test(bad_sheets_are_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
