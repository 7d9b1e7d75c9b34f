/* Tables for other programs: CSV by table, the workbook opened again. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <unistd.h>

#include <cmocka.h>

#include "attr.h"
#include "ctx.h"
#include "inventory/base/sbuf.h"
#include "pos/sheet.h"

enum { BYTES_MAX = 1024 * 1024 };

static const struct sheet_column columns[] = {
    {"code", "Kode", SHEET_TEXT},
    {"count", "Buah", SHEET_INT},
    {"amount_rp", "Nilai", SHEET_RUPIAH},
    {"qty", "Jumlah", SHEET_QTY},
    {"share_bps", "Bagian; %", SHEET_SHARE},
    {"day", "Hari", SHEET_DAY},
};
enum { COLUMNS = LENGTH(columns) };

static const struct sheet_cell cells[] = {
    {true, "00123", 0},      {true, NULL, 7},     {true, NULL, 250000},
    {true, NULL, 26500},     {true, NULL, 6667},  {true, NULL, 20779},
    {true, "=1+1", 0},       {true, NULL, -2},    {true, NULL, 9007199254740991},
    {true, NULL, 1000},      {true, NULL, 10000}, {false, NULL, 0},
    {true, "a;b, \"c\"", 0}, {false, NULL, 0},    {true, NULL, 0},
    {true, NULL, -1250},     {true, NULL, 5},     {true, NULL, 0},
};

static const struct sheet sheet = {
    .title = "Contoh", .columns = columns, .column_count = COLUMNS, .cells = cells, .row_count = 3};

static void test_csv(void **state)
{
    (void)state;
    static const struct {
        enum sheet_style style;
        const char *want;
    } flavours[] = {
        {SHEET_MACHINE, "code,count,amount_rp,qty,share_bps,day\r\n"
                        "00123,7,250000,26.5,6667,2026-11-22\r\n"
                        "\"'=1+1\",-2,9007199254740991,1,10000,\r\n"
                        "\"a;b, \"\"c\"\"\",,0,-1.25,5,1970-01-01\r\n"},
        {SHEET_EXCEL, "\xef\xbb\xbfKode;Buah;Nilai;Jumlah;\"Bagian; %\";Hari\r\n"
                      "\"=\"\"00123\"\"\";7;250000;26,5;66,67;22/11/2026\r\n"
                      "\"'=1+1\";-2;9007199254740991;1;100;\r\n"
                      "\"a;b, \"\"c\"\"\";;0;-1,25;0,05;01/01/1970\r\n"},
    };

    for (size_t i = 0; i < LENGTH(flavours); i++) {
        struct sbuf out;
        sbuf_init(&out, BYTES_MAX);
        sheet_csv(&out, &sheet, flavours[i].style);
        assert_string_equal(sbuf_str(&out), flavours[i].want);
        sbuf_done(&out);
    }
}

/* Text that looks like a formula, or holds both separators, in both flavours. */
static void test_texts(void **state)
{
    (void)state;
    static const struct {
        const char *text, *machine, *excel;
    } texts[] = {
        {"biasa", "biasa", "biasa"},
        {"+62", "\"'+62\"", "\"'+62\""},
        {"-", "\"'-\"", "\"'-\""},
        {"@a;b", "\"'@a;b\"", "\"'@a;b\""},
        {"a;b", "a;b", "\"a;b\""},
        {"123456789012", "123456789012", "\"=\"\"123456789012\"\"\""},
        {"0", "0", "0"},
        {"12", "12", "12"},
    };
    static const struct sheet_column column = {"a", "a", SHEET_TEXT};

    for (size_t i = 0; i < LENGTH(texts); i++) {
        const struct sheet_cell cell = {true, texts[i].text, 0};
        const struct sheet one = {
            .columns = &column, .column_count = 1, .cells = &cell, .row_count = 1};
        for (int excel = 0; excel < 2; excel++) {
            char want[128];
            struct sbuf out;
            (void)snprintf(want, sizeof want, "%sa\r\n%s\r\n", excel ? "\xef\xbb\xbf" : "",
                           excel ? texts[i].excel : texts[i].machine);
            sbuf_init(&out, BYTES_MAX);
            sheet_csv(&out, &one, excel ? SHEET_EXCEL : SHEET_MACHINE);
            assert_string_equal(sbuf_str(&out), want);
            sbuf_done(&out);
        }
    }
}

static void test_workbook(void **state)
{
    (void)state;
    char path[] = "/tmp/sheet-XXXXXX", command[128], line[256];
    struct sbuf out, seen;
    struct why why = {0};
    int fd = mkstemp(path);
    FILE *f;

    assert_true(fd >= 0);
    sbuf_init(&out, BYTES_MAX);
    sbuf_init(&seen, BYTES_MAX);
    assert_int_equal(sheet_xlsx(&out, &sheet, &why), OK);
    assert_int_equal(write(fd, out.bytes, out.len), (ssize_t)out.len);
    assert_int_equal(close(fd), 0);
    (void)snprintf(command, sizeof command, "python3 pos/xlsx_look.py %s", path);
    f = popen(command, "r");
    assert_non_null(f);
    while (fgets(line, sizeof line, f)) {
        sbuf_text(&seen, line);
    }
    assert_int_equal(pclose(f), 0);
    assert_int_equal(unlink(path), 0);
    static const char *const wanted[] = {
        "A1 text Kode\n",    "A2 text 00123\n",
        "B2 number 7\n",     "C2 number 250000\n",
        "D2 number 26.5\n",  "E2 number 0.6667",
        "F2 number 46348\n", "A3 text =1+1\n",
        "B3 number -2\n",    "C3 number 9007199254740991\n",
        "dd/mm/yyyy",        "0.00%",
    };
    for (size_t i = 0; i < LENGTH(wanted); i++) {
        if (!strstr(sbuf_str(&seen), wanted[i])) {
            fail_msg("%s is not in\n%s", wanted[i], sbuf_str(&seen));
        }
    }
    sbuf_done(&seen);
    sbuf_done(&out);
    sbuf_init(&out, 100);
    assert_int_equal(sheet_xlsx(&out, &sheet, &why), ERR_LIMIT);
    assert_string_equal(why.slug, "sheet-too-large");
    sbuf_done(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_csv),
        cmocka_unit_test(test_texts),
        cmocka_unit_test(test_workbook),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
