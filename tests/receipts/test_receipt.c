/* Receipts: golden pictures, the same dots in every form, figures, words, what vanishes.
 */
#include "kit.h"

#include "inventory/base/calendar.h"
#include "inventory/base/words.h"

static const enum paper papers[] = {PAPER_58_MM, PAPER_80_MM};

/* ---- pictures ---- */

static void pictures_are_golden(void **state)
{
    (void)state;
    struct receipt first = kit_receipt(), full = kit_receipt_full();

    kit_check_dots(&first, PAPER_58_MM, "receipt-58.png");
    kit_check_dots(&first, PAPER_80_MM, "receipt-80.png");
    kit_check_dots(&full, PAPER_58_MM, "receipt-full-58.png");
    kit_check_dots(&full, PAPER_80_MM, "receipt-full-80.png");
}

static void sixty_lines_fit(void **state)
{
    (void)state;
    struct receipt_line lines[60];
    struct receipt r = kit_receipt_long(lines, LENGTH(lines));

    for (size_t i = 0; i < LENGTH(papers); i++) {
        struct layout one, sixty;
        struct receipt small = kit_receipt_long(lines, 1);
        kit_lay(&one, &small, papers[i]);
        r = kit_receipt_long(lines, LENGTH(lines));
        kit_lay(&sixty, &r, papers[i]);
        assert_true(sixty.height > one.height + 59 * 60);
        layout_done(&one);
        layout_done(&sixty);
        kit_check_dots(&r, papers[i], NULL);
    }
}

static void symbol_is_read(void **state)
{
    (void)state;
    struct receipt r = kit_receipt();
    static const enum receipt_form forms[] = {RECEIPT_PNG, RECEIPT_SCREEN};

    for (size_t i = 0; i < LENGTH(papers) * LENGTH(forms); i++) {
        struct sbuf png, text;
        kit_paint(&png, &r, papers[i / 2], forms[i % 2]);
        const char *path = kit_path("receipt.png");
        kit_save(path, png.bytes, png.len);
        sbuf_init(&text, KIT_BYTES_MAX);
        kit_scan(&text, &path, 1);
        assert_string_equal(sbuf_str(&text), "HTTPS://GALERI.EXAMPLE/STRUK/1/632331/2026/000001\n");
        sbuf_done(&text);
        sbuf_done(&png);
    }
}

static void screen_picture_is_smooth(void **state)
{
    (void)state;
    struct receipt r = kit_receipt();
    struct sbuf file;
    struct kit_png png;
    struct layout l;

    kit_paint(&file, &r, PAPER_80_MM, RECEIPT_SCREEN);
    kit_png_read(&png, file.bytes, file.len);
    kit_lay(&l, &r, PAPER_80_MM);
    assert_int_equal(png.depth, 8);
    assert_int_equal(png.dots.width, l.width + 48);
    assert_int_equal(png.dots.height, l.height + 48);
    assert_true(kit_row_blank(&png.dots, 0));
    layout_done(&l);
    bitmap_done(&png.dots);
    sbuf_done(&file);
}

/* ---- figures and words ---- */

static void pdf_says_the_figures(void **state)
{
    (void)state;
    struct receipt r = kit_receipt();
    struct sbuf pdf, text;
    static const char *const wanted[] = {
        "Galeri Enggang",
        "Lapas Kelas IIA Contoh",
        "1/632331/2026/000001",
        "Minggu, 22 November 2026",
        "19.42 WITA",
        "Kain batik burung enggang",
        "A7K2 M9Q XP4",
        "1 potong × 250.000",
        "2 buah × 15.000",
        "30.000",
        "Rp280.000",
        "Tunai",
        "300.000",
        "Kembali",
        "20.000",
        "PNBP tercatat",
        "15.300",
        "Kasir: Rina",
        "Meja kasir 1",
        "pembinaan kemandirian warga binaan.",
        "DEMO",
    };

    for (size_t i = 0; i < LENGTH(papers); i++) {
        kit_paint(&pdf, &r, papers[i], RECEIPT_PDF);
        const char *path = kit_path("receipt.pdf");
        const char *const argv[] = {"pdftotext", "-layout", path, "-", NULL};
        kit_save(path, pdf.bytes, pdf.len);
        sbuf_init(&text, KIT_BYTES_MAX);
        kit_run(&text, argv);
        for (size_t w = 0; w < LENGTH(wanted); w++) {
            if (!strstr(sbuf_str(&text), wanted[w])) {
                fail_msg("\"%s\" is not in the PDF:\n%s", wanted[w], sbuf_str(&text));
            }
        }
        sbuf_done(&text);
        sbuf_done(&pdf);
    }
}

static void pdf_is_the_same_again(void **state)
{
    (void)state;
    struct receipt r = kit_receipt();
    struct sbuf a, b;

    kit_paint(&a, &r, PAPER_80_MM, RECEIPT_PDF);
    kit_paint(&b, &r, PAPER_80_MM, RECEIPT_PDF);
    assert_int_equal(a.len, b.len);
    assert_memory_equal(a.bytes, b.bytes, a.len);
    sbuf_done(&a);
    sbuf_done(&b);
}

static void everything_has_its_place(void **state)
{
    (void)state;
    struct receipt_line wide[] = {
        {.name = "Lemari-hias-tanpa-spasi-yang-namanya-panjang-sekali-sampai-lewat-tepi-kertas",
         .qty_text = "999.999,999",
         .unit = "paket perlengkapan",
         .price = {RUPIAH_MAX},
         .total = {RUPIAH_MAX}},
    };
    struct receipt first = kit_receipt(), full = kit_receipt_full(), vast = kit_receipt();

    vast.lines = wide;
    vast.lines_count = LENGTH(wide);
    vast.total = RUPIAH(RUPIAH_MAX);
    vast.change = RUPIAH(-15000);
    vast.number = "17/632331-CABANG-TIMUR/2026/000001-LATIHAN";
    for (size_t i = 0; i < LENGTH(papers); i++) {
        kit_check_places(&first, papers[i]);
        kit_check_places(&full, papers[i]);
        kit_check_places(&vast, papers[i]);
        kit_check_dots(&vast, papers[i], NULL);
    }
}

static void total_is_largest_and_names_wrap(void **state)
{
    (void)state;
    struct receipt full = kit_receipt_full();

    for (size_t i = 0; i < LENGTH(papers); i++) {
        struct layout l;
        kit_lay(&l, &full, papers[i]);
        const struct element *total = kit_find(&l, "Rp12.755.651");
        const struct element *word = kit_find(&l, "TOTAL");
        if (!total || !word) {
            fail_msg("the total is missing on %d dots", (int)papers[i]);
            return;
        }
        assert_true(total->style.bold);
        assert_int_equal(total->y + total->baseline, word->y + word->baseline);
        for (size_t k = 0; k < l.count; k++) {
            const struct element *e = &l.elements[k];
            assert_true(e->kind != ELEMENT_TEXT || e == total ||
                        e->style.size_dots < total->style.size_dots);
        }
        assert_null(kit_find(&l, full.lines[0].name)); /* broken into lines */
        assert_non_null(kit_find(&l, "SALINAN 2"));
        assert_non_null(kit_find(&l, "Hari buku"));
        assert_non_null(kit_find(&l, "21 November 2026"));
        assert_non_null(kit_find(&l, "26,5 m × 11.534"));
        assert_non_null(kit_find(&l, "dibulatkan ke rupiah penuh"));
        assert_non_null(kit_find(&l, "RRN 620212345678"));
        layout_done(&l);
    }
}

static void empty_fields_vanish(void **state)
{
    (void)state;
    struct receipt r = kit_receipt();
    struct layout all, few;

    kit_lay(&all, &r, PAPER_80_MM);
    struct receipt bare = {.unit_name = r.unit_name,
                           .number = r.number,
                           .day = r.day,
                           .at = r.at,
                           .zone = r.zone,
                           .lines = r.lines,
                           .lines_count = 1,
                           .total = {250000}};
    kit_lay(&few, &bare, PAPER_80_MM);
    static const char *const gone[] = {"Kembali",
                                       "PNBP tercatat",
                                       "Tunai",
                                       "Hari buku",
                                       "Pindai untuk memeriksa struk ini",
                                       "DEMO – BUKAN BUKTI PEMBAYARAN"};
    for (size_t i = 0; i < LENGTH(gone); i++) {
        assert_null(kit_find(&few, gone[i]));
    }
    assert_null(kit_find(&few, "Meja kasir "));
    assert_non_null(kit_find(&few, "Lapas Kelas IIA Contoh"));
    assert_int_equal(few.qr.width, 0);
    assert_true(few.height < all.height * 2 / 3);
    layout_done(&few);
    layout_done(&all);
    kit_check_places(&bare, PAPER_58_MM);
}

static void stamp_box_above_five_million(void **state)
{
    (void)state;
    static const struct {
        bool wanted;
        int64_t total;
        bool box;
    } cases[] = {
        {true, 5000000, false}, {true, 5000001, true}, {false, 5000001, false}, {true, 0, false}};

    for (size_t i = 0; i < LENGTH(cases); i++) {
        struct receipt r = kit_receipt();
        struct layout l;
        r.stamp_reminder = cases[i].wanted;
        r.total = RUPIAH(cases[i].total);
        kit_lay(&l, &r, PAPER_58_MM);
        assert_int_equal(kit_find(&l, "Tempat meterai Rp10.000") != NULL, cases[i].box);
        layout_done(&l);
    }
}

static void speaks_english(void **state)
{
    (void)state;
    static const char po[] = "msgid \"\"\nmsgstr \"\"\n"
                             "\"Content-Type: text/plain; charset=UTF-8\\n\"\n\n"
                             "msgid \"Kembali\"\nmsgstr \"Change\"\n\n"
                             "msgid \"Tunai\"\nmsgstr \"Cash\"\n\n"
                             "msgid \"SALINAN\"\nmsgstr \"COPY\"\n";
    struct why why = {0};
    struct receipt r = kit_receipt();
    struct layout l;

    assert_int_equal(words_load(LANG_EN, po, sizeof(po) - 1, &why), OK);
    r.lang = LANG_EN;
    r.copy = 1;
    kit_lay(&l, &r, PAPER_80_MM);
    assert_non_null(kit_find(&l, "Change"));
    assert_non_null(kit_find(&l, "Cash"));
    assert_non_null(kit_find(&l, "COPY 1"));
    assert_non_null(kit_find(&l, "Sunday, 22 November 2026"));
    assert_null(kit_find(&l, "Kembali"));
    layout_done(&l);
}

static void fonts_are_there(void **state)
{
    (void)state;
    struct why why = {0};

    if (paper_fonts_ready(&why)) {
        fail_msg("%s", why.text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fonts_are_there),
        cmocka_unit_test(pictures_are_golden),
        cmocka_unit_test(sixty_lines_fit),
        cmocka_unit_test(symbol_is_read),
        cmocka_unit_test(screen_picture_is_smooth),
        cmocka_unit_test(pdf_says_the_figures),
        cmocka_unit_test(pdf_is_the_same_again),
        cmocka_unit_test(everything_has_its_place),
        cmocka_unit_test(total_is_largest_and_names_wrap),
        cmocka_unit_test(empty_fields_vanish),
        cmocka_unit_test(stamp_box_above_five_million),
        cmocka_unit_test(speaks_english), /* last: binds a catalogue */
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
