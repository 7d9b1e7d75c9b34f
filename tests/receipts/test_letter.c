/* Letters with the unit's head: golden pages, tables over pages, signatures together, limits. */
#include "kit.h"
#include "receipts/letter.h"

enum { ROWS = 60 };

static const struct letter_column goods_columns[] = {
    {"No.", 12, true},    {"Kode", 38, false},      {"Barang", 64, false},
    {"Jumlah", 24, true}, {"Nilai (Rp)", 32, true},
};
enum { COLUMNS = 5 };

static const struct letter_fact note_facts[] = {
    {"Dari", "Gudang Utama"},
    {"Ke", "Ruang Pamer Depan, lantai dasar gedung kunjungan"},
    {"Catatan", NULL},
};

static const struct letter_signature note_signs[] = {
    {"Yang menyerahkan", "Sari Contoh"},
    {"Yang menerima", ""},
    {"Mengetahui, Kepala Subseksi Kegiatan Kerja", NULL},
};

static struct letter note(const char *const *cells, size_t rows, bool total)
{
    return (struct letter){.office = "Lapas Contoh Kelas IIA",
                           .address = "Jalan Contoh 1",
                           .city = "Kota Contoh",
                           .title = "SURAT JALAN",
                           .number = "SJ-2026-0007",
                           .date = "28 November 2026",
                           .facts = note_facts,
                           .fact_count = LENGTH(note_facts),
                           .columns = goods_columns,
                           .column_count = COLUMNS,
                           .cells = cells,
                           .row_count = rows,
                           .total = total,
                           .signatures = note_signs,
                           .signature_count = LENGTH(note_signs),
                           .zone = {480}};
}

static void lay(struct letter_pages *out, const struct letter *letter)
{
    struct why why = {0};

    if (letter_lay(out, letter, &why)) {
        fail_msg("%s: %s", why.slug, why.text);
    }
}

static void golden(const char *name, const struct layout *page)
{
    struct bitmap dots;
    struct why why = {0};

    assert_int_equal(raster_draw(&dots, page, &why), OK);
    kit_golden(name, &dots);
    bitmap_done(&dots);
}

static const char *const few_cells[] = {
    "1",
    "K7M4-9QTX",
    "Batik tulis pucuk rebung",
    "1 lembar",
    "250.000",
    "2",
    "B-0007",
    "Gantungan kunci kayu ulin berukir nama kota dengan rantai kuningan",
    "100 buah",
    "1.500.000",
    NULL,
    NULL,
    "Jumlah",
    NULL,
    "1.750.000",
};

static void a_delivery_note_is_golden(void **state)
{
    (void)state;
    struct letter letter = note(few_cells, 3, true);
    struct letter_pages pages;

    letter.text = "Pada hari Sabtu, 28 November 2026, telah diserahkan barang di bawah ini dalam "
                  "keadaan baik dan jumlah yang cukup, untuk dipajang dan dijual di ruang pamer.";
    lay(&pages, &letter);
    assert_int_equal(pages.count, 1);
    assert_non_null(kit_find(&pages.pages[0], "halaman 1 / 1"));
    golden("letter-note.png", &pages.pages[0]);
    letter_pages_done(&pages);

    letter.demo = true;
    lay(&pages, &letter);
    golden("letter-demo.png", &pages.pages[0]);
    letter_pages_done(&pages);
}

/* `rows` rows with numbers of their own; the caller frees. */
static const char **many_cells(char (**numbers)[24], size_t rows)
{
    const char **cells = calloc(rows * COLUMNS, sizeof(*cells));

    *numbers = calloc(rows, sizeof(**numbers));
    assert_true(cells && *numbers);
    for (size_t i = 0; i < rows; i++) {
        (void)snprintf((*numbers)[i], sizeof((*numbers)[i]), "%zu", i + 1);
        cells[i * COLUMNS] = (*numbers)[i];
        cells[i * COLUMNS + 1] = "K7M4-9QTX";
        cells[i * COLUMNS + 2] =
            i % 7 == 3 ? "Meja lipat kayu jati ukir motif pucuk rebung dengan empat kaki besi tempa"
                       : "Batik";
        cells[i * COLUMNS + 4] = "250.000";
    }
    return cells;
}

static size_t times(const struct layout *l, const char *text)
{
    size_t n = 0;

    for (size_t i = 0; i < l->count; i++) {
        n += l->elements[i].kind == ELEMENT_TEXT && strcmp(l->elements[i].text, text) == 0;
    }
    return n;
}

static void inside(const struct layout *l)
{
    for (size_t i = 0; i < l->count; i++) {
        const struct element *e = &l->elements[i];
        assert_true(e->x >= 20 * DOTS_PER_MM && e->x + e->width <= 190 * DOTS_PER_MM);
        assert_true(e->y >= 0 && e->y + e->height <= l->height - 10 * DOTS_PER_MM);
    }
}

/* Whatever the number of rows: none is lost or doubled, each page repeats the header, and the
 * signatures stand on one page together. */
static void long_tables_go_on(void **state)
{
    (void)state;
    for (size_t rows = 1; rows <= ROWS; rows++) {
        char(*numbers)[24];
        const char **cells = many_cells(&numbers, rows);
        struct letter letter = note(cells, rows, false);
        struct letter_pages pages;
        size_t found = 0, with_signs = 0;

        lay(&pages, &letter);
        for (size_t p = 0; p < pages.count; p++) {
            const struct layout *l = &pages.pages[p];
            char foot[64];
            size_t here = times(l, "K7M4-9QTX");
            (void)snprintf(foot, sizeof(foot), "halaman %zu / %zu", p + 1, pages.count);
            assert_int_equal(times(l, foot), 1);
            assert_int_equal(times(l, "Kode"), here > 0);
            size_t signs = times(l, "Yang menyerahkan") + times(l, "Yang menerima") +
                           times(l, "Mengetahui, Kepala Subseksi Kegiatan Kerja");
            assert_true(signs == 0 || signs == 3);
            found += here;
            with_signs += signs > 0;
            inside(l);
        }
        assert_int_equal(found, rows);
        assert_int_equal(with_signs, 1);
        if (rows == ROWS) {
            golden("letter-long-2.png", &pages.pages[1]);
        }
        letter_pages_done(&pages);
        free(numbers);
        free((void *)cells);
    }
}

static void a_book_is_refused(void **state)
{
    (void)state;
    const struct letter letter = note(few_cells, LETTER_ROWS_MAX + 1, false);
    struct sbuf out;
    struct why why = {0};

    sbuf_init(&out, KIT_BYTES_MAX);
    assert_int_equal(letter_pdf(&out, &letter, &why), ERR_LIMIT);
    assert_string_equal(why.slug, "letter-rows");
    sbuf_done(&out);
}

/* A reason of four thousand letters is printed to its end, over pages. */
static void long_text_is_not_cut(void **state)
{
    (void)state;
    struct letter letter = note(few_cells, 3, true);
    struct letter_pages pages;
    char text[4096];
    size_t n = 0, found = 0;

    for (int i = 0; i < 290; i++) {
        n += (size_t)snprintf(text + n, sizeof(text) - n, "rusak air %03d ", i);
    }
    letter.text = text;
    letter.closing = text;
    lay(&pages, &letter);
    assert_true(pages.count > 1);
    for (size_t p = 0; p < pages.count; p++) {
        for (size_t i = 0; i < pages.pages[p].count; i++) {
            const struct element *e = &pages.pages[p].elements[i];
            found += e->kind == ELEMENT_TEXT && strstr(e->text, "289");
        }
        inside(&pages.pages[p]);
    }
    assert_int_equal(found, 2);
    letter_pages_done(&pages);
}

/* The file says the same as the pages, and a full buffer is told. */
static void the_file_is_text(void **state)
{
    (void)state;
    struct letter letter = note(few_cells, 3, true);
    struct sbuf pdf, text;
    struct why why = {0};
    const char *path = kit_path("letter.pdf");

    letter.made_at = INSTANT(1795311660000);
    sbuf_init(&pdf, KIT_BYTES_MAX);
    sbuf_init(&text, KIT_BYTES_MAX);
    assert_int_equal(letter_pdf(&pdf, &letter, &why), OK);
    kit_save(path, pdf.bytes, pdf.len);
    kit_run(&text, (const char *const[]){"pdftotext", "-layout", path, "-", NULL});
    static const char *const wanted[] = {
        "SURAT JALAN",  "SJ-2026-0007", "1.750.000", "Sari Contoh", "Kota Contoh, 28 November 2026",
        "halaman 1 / 1"};
    for (size_t i = 0; i < LENGTH(wanted); i++) {
        if (!strstr(sbuf_str(&text), wanted[i])) {
            fail_msg("%s is not in the text", wanted[i]);
        }
    }
    sbuf_done(&text);
    sbuf_done(&pdf);
    sbuf_init(&pdf, 500);
    assert_int_equal(letter_pdf(&pdf, &letter, &why), ERR_LIMIT);
    sbuf_done(&pdf);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_delivery_note_is_golden), cmocka_unit_test(long_tables_go_on),
        cmocka_unit_test(a_book_is_refused),         cmocka_unit_test(long_text_is_not_cut),
        cmocka_unit_test(the_file_is_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
