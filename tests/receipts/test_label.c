/* Labels and sheets: golden picture, symbol versions, each label read back by zbar. */
#include "kit.h"

static const struct label_form form_203 = {LABEL_40X30, LABEL_203_DPI};
static const struct label_form form_300 = {LABEL_40X30, LABEL_300_DPI};

static void label_picture_is_golden(void **state)
{
    (void)state;
    struct label label = kit_label(), demo = kit_label();
    struct bitmap b;
    struct why why = {0};

    assert_int_equal(label_bitmap(&b, &label, form_203, &why), OK);
    assert_int_equal(b.width, 320);
    assert_int_equal(b.height, 240);
    kit_golden("label-203.png", &b);
    bitmap_done(&b);
    assert_int_equal(label_bitmap(&b, &label, form_300, &why), OK);
    assert_int_equal(b.width, 472);
    assert_int_equal(b.height, 354);
    kit_golden("label-300.png", &b);
    bitmap_done(&b);
    demo.demo = true;
    demo.name =
        "Meja lipat kayu jati ukir motif pucuk rebung dengan empat kaki besi tempa dan laci";
    demo.price = RUPIAH(99999999);
    demo.host = "galeri-enggang.lapas-contoh.example";
    assert_int_equal(label_bitmap(&b, &demo, form_203, &why), OK);
    kit_golden("label-demo-203.png", &b);
    bitmap_done(&b);
}

/* Long and short of everything, on every size; looked at, then kept. */
static void every_size_is_golden(void **state)
{
    (void)state;
    static const enum label_dpi heads[] = {LABEL_203_DPI, LABEL_300_DPI};

    for (int i = 0; i < LABEL_SIZES * 4; i++) {
        const struct label_form form = {(enum label_size)(i / 4), heads[i % 4 == 3]};
        struct label label = kit_label();
        struct bitmap b;
        struct why why = {0};
        char name[64];
        if (i % 4 == 1) {
            label.name = "Meja lipat kayu jati ukir motif pucuk rebung dengan empat kaki besi "
                         "tempa dan laci";
            label.variant = "Besar, merah bata, motif pucuk rebung";
            label.price = RUPIAH(99999999);
            label.workshop = "Bengkel Pertukangan Kayu dan Ukir Blok Barat";
            label.unit_name = "Lembaga Pemasyarakatan Perempuan Kelas IIA Kota Contoh Timur Laut";
            label.host = "galeri-enggang.lapas-contoh.example";
        } else if (i % 4 == 2) {
            label.price = RUPIAH(0);
            label.demo = true;
            label.variant = "L";
        }
        if (label_bitmap(&b, &label, form, &why)) {
            fail_msg("%s", why.text);
        }
        (void)snprintf(name, sizeof(name), "label-%s-%s.png", label_shape(form.size)->name,
                       (const char *const[]){"plain", "long", "demo", "300"}[i % 4]);
        kit_golden(name, &b);
        bitmap_done(&b);
    }
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
        assert_int_equal(label_check(&fit, &label, form_203, &why), cases[i].e);
        assert_int_equal(fit.qr_version, cases[i].version);
        assert_int_equal(fit.module_dots, cases[i].dots_203);
        assert_int_equal(fit.module_um, cases[i].um_203);
        assert_int_equal(label_check(&fit, &label, form_300, &why), cases[i].e);
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

/* What is below GS1's 0.396 mm is said, and whether a finer head helps. */
static void small_modules_are_warned_of(void **state)
{
    (void)state;
    static const struct {
        struct label_form form;
        size_t host;
        enum err e;
        bool small;
        int32_t um, finer_um;
    } cases[] = {
        {{LABEL_40X30, LABEL_203_DPI}, 40, OK, false, 500, 0},
        {{LABEL_40X30, LABEL_203_DPI}, 41, OK, true, 375, 423},
        {{LABEL_40X30, LABEL_300_DPI}, 41, OK, false, 423, 0},
        {{LABEL_40X30, LABEL_203_DPI}, 70, OK, true, 375, 0},
        {{LABEL_40X30, LABEL_300_DPI}, 70, OK, true, 338, 0},
        {{LABEL_40X30, LABEL_600_DPI}, 70, OK, true, 381, 0},
        {{LABEL_50X25, LABEL_203_DPI}, 17, OK, false, 625, 0},
        {{LABEL_50X25, LABEL_203_DPI}, 70, OK, false, 500, 0},
        {{LABEL_50X25, LABEL_203_DPI}, 134, OK, true, 375, 423},
        {{LABEL_70X40, LABEL_203_DPI}, 17, OK, false, 750, 0},
        {{LABEL_70X40, LABEL_203_DPI}, 200, OK, true, 375, 423},
        {{LABEL_40X30, LABEL_600_DPI}, 134, ERR_REFUSED, false, 0, 0},
    };

    for (size_t i = 0; i < LENGTH(cases); i++) {
        struct label label = kit_label();
        struct label_fit fit;
        struct why why = {0};
        label.host = host_of(cases[i].host);
        assert_int_equal(label_check(&fit, &label, cases[i].form, &why), cases[i].e);
        if (fit.small != cases[i].small || fit.module_um != cases[i].um ||
            fit.finer_um != cases[i].finer_um) {
            fail_msg("case %zu: version %d, %d um, finer %d um", i, (int)fit.qr_version,
                     (int)fit.module_um, (int)fit.finer_um);
        }
    }
}

static void sizes_have_names(void **state)
{
    (void)state;
    enum label_size size;
    enum label_dpi dpi;

    for (int i = 0; i < LABEL_SIZES; i++) {
        const struct label_shape *s = label_shape((enum label_size)i);
        assert_true(label_size_from_name(&size, s->name));
        assert_int_equal(size, i);
        /* the grid leaves printers 5 mm at the sides and the foot its place */
        assert_in_range(s->left_mm + s->columns * s->width_mm, 1, SHEET_WIDTH_MM - 5);
        assert_in_range(s->left_mm, 5, 50);
        assert_in_range(s->top_mm + s->rows * s->height_mm, 1, 278);
    }
    assert_false(label_size_from_name(&size, "40x31"));
    assert_true(label_dpi_from_int(&dpi, 300));
    assert_int_equal(dpi, LABEL_300_DPI);
    assert_false(label_dpi_from_int(&dpi, 360));
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
        assert_int_equal(label_check(&fit, &label, form_203, &why),
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
    static const struct label_form forms[] = {
        {LABEL_40X30, LABEL_203_DPI}, {LABEL_40X30, LABEL_300_DPI}, {LABEL_40X30, LABEL_600_DPI},
        {LABEL_50X25, LABEL_203_DPI}, {LABEL_50X25, LABEL_300_DPI}, {LABEL_50X25, LABEL_600_DPI},
        {LABEL_70X40, LABEL_203_DPI}, {LABEL_70X40, LABEL_300_DPI}, {LABEL_70X40, LABEL_600_DPI}};

    for (size_t i = 0; i < LENGTH(hosts) * LENGTH(forms); i++) {
        const size_t kind = i / LENGTH(forms);
        struct label label = kit_label();
        struct sbuf png, text;
        struct why why = {0};
        char url[LABEL_URL_MAX], wanted[LABEL_URL_MAX + 1];
        label.host = hosts[kind];
        label.name = names[kind];
        label.price = RUPIAH(prices[kind]);
        label.demo = kind == 2;
        label.workshop = kind == 3 ? NULL : label.workshop;
        label.unit_name = kind == 1 ? "Lembaga Pemasyarakatan Perempuan Kelas IIA Kota Contoh "
                                      "Timur Laut Wilayah Contoh"
                                    : label.unit_name;
        sbuf_init(&png, KIT_BYTES_MAX);
        sbuf_init(&text, KIT_BYTES_MAX);
        if (label_png(&png, &label, forms[i % LENGTH(forms)], &why)) {
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
        assert_int_equal(back.dots_per_metre,
                         label_dots_per_mm_milli(forms[i % LENGTH(forms)].dpi));
        bitmap_done(&back.dots);
        sbuf_done(&text);
        sbuf_done(&png);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(label_picture_is_golden),  cmocka_unit_test(every_size_is_golden),
        cmocka_unit_test(version_follows_the_host), cmocka_unit_test(small_modules_are_warned_of),
        cmocka_unit_test(sizes_have_names),         cmocka_unit_test(address_is_in_capitals),
        cmocka_unit_test(every_label_is_read),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
