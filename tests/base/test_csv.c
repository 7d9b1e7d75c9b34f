/* CSV in and out. */
#include <stdbool.h>

#include "inventory/base/csv.h"
#include "tests/base/cmocka_all.h"

/* Writes what was read as one text: fields in [], rows ended by the line number, "!" for bad. */
static void describe(struct sbuf *out, const char *bytes, size_t n)
{
    struct csv csv;
    struct why why;
    enum csv_step step;

    sbuf_clear(out);
    assert_int_equal(csv_open(&csv, bytes, n, &why), OK);
    while ((step = csv_next(&csv)) != CSV_END) {
        for (size_t i = 0; i < csv.count; i++) {
            sbuf_format(out, "[%s]", csv.fields[i]);
        }
        sbuf_format(out, "%s%d ", step == CSV_BAD ? "!" : "", csv.line);
    }
    assert_int_equal(csv_next(&csv), CSV_END);
    csv_close(&csv);
}

static const struct {
    const char *what, *bytes, *want;
} files[] = {
    {"nothing", "", ""},
    {"only blank lines", "\n\r\n\n", ""},
    {"one field", "a", "[a]1 "},
    {"rows", "a,b\nc,d\n", "[a][b]1 [c][d]2 "},
    {"CRLF", "a,b\r\nc,d\r\n", "[a][b]1 [c][d]2 "},
    {"CR at the very end", "a,b\r", "[a][b]1 "},
    {"CR inside stays", "a\rb,c\n", "[a\rb][c]1 "},
    {"empty fields", ",\n,,\n", "[][]1 [][][]2 "},
    {"byte order mark", "\xEF\xBB\xBFkode,nama\n", "[kode][nama]1 "},
    {"quotes", "\"a,b\",\"c\"\"d\"\n", "[a,b][c\"d]1 "},
    {"empty quotes", "\"\",\"\"\n", "[][]1 "},
    {"line break in quotes", "\"a\r\nb\",c\nd,e\n", "[a\r\nb][c]1 [d][e]3 "},
    {"quote inside plain", "meja 5\" kayu,1\n", "[meja 5\" kayu][1]1 "},
    {"blank lines between", "a\n\n\nb\n", "[a]1 [b]4 "},
    {"blanks are kept", " a , b \n", "[ a ][ b ]1 "},
    {"unclosed quote", "a,\"b\nc\n", "!1 "},
    {"text behind a quote", "a,\"b\"c,d\ne\n", "!1 [e]2 "},
    {"last row without end", "a,b\nc", "[a][b]1 [c]2 "},
    {"comma at the end", "a,", "[a][]1 "},
};

static void csv_reads_rows(void **state)
{
    struct sbuf got;

    (void)state;
    sbuf_init(&got, 10000);
    for (size_t i = 0; i < LENGTH(files); i++) {
        describe(&got, files[i].bytes, strlen(files[i].bytes));
        if (strcmp(sbuf_str(&got), files[i].want) != 0) {
            fail_msg("%s: %s, not %s", files[i].what, sbuf_str(&got), files[i].want);
        }
    }
    sbuf_done(&got);
}

static void csv_refuses_too_many_fields(void **state)
{
    char bytes[CSV_FIELDS_MAX + 8];
    struct sbuf got;
    struct csv csv;

    (void)state;
    sbuf_init(&got, 1000);
    memset(bytes, ',', sizeof bytes);
    assert_int_equal(csv_open(&csv, bytes, CSV_FIELDS_MAX - 1, NULL), OK);
    assert_int_equal(csv_next(&csv), CSV_ROW);
    assert_int_equal(csv.count, CSV_FIELDS_MAX);
    csv_close(&csv);

    bytes[CSV_FIELDS_MAX] = '\n';
    bytes[CSV_FIELDS_MAX + 1] = 'z';
    describe(&got, bytes, CSV_FIELDS_MAX + 2);
    assert_string_equal(sbuf_str(&got), "!1 [z]2 ");
    sbuf_done(&got);
}

static const struct {
    const char *what, *bytes;
    size_t n;
    const char *says;
} refused[] = {
    {"latin 1 on line 2", "a\ncaf\xE9\n", 7, "baris 2"},
    {"NUL on line 3", "a\nb\nc\0d", 7, "NUL pada baris 3"},
    {"UTF-16 little end",
     "\xFF\xFE"
     "a\0",
     4, "UTF-16"},
    {"UTF-16 big end", "\xFE\xFF\0a", 4, "UTF-16"},
    {"surrogate", "\xED\xA0\x80", 3, "baris 1"},
};

static void csv_refuses_other_encodings(void **state)
{
    (void)state;
    for (size_t i = 0; i < LENGTH(refused); i++) {
        struct csv csv;
        struct why why = {0};

        assert_int_equal(csv_open(&csv, refused[i].bytes, refused[i].n, &why), ERR_INVALID);
        assert_int_equal(why.code, ERR_INVALID);
        assert_string_equal(why.slug, "csv-encoding");
        if (!strstr(why.text, refused[i].says)) {
            fail_msg("%s: %s", refused[i].what, why.text);
        }
        csv_close(&csv);
    }
}

static const struct {
    const char *text, *want;
} puts_[] = {
    {"batik", "batik"},
    {"", ""},
    {"a,b", "\"a,b\""},
    {"kata \"asli\"", "\"kata \"\"asli\"\"\""},
    {"dua\nbaris", "\"dua\nbaris\""},
    {"=1+1", "\"'=1+1\""},
    {"+62811", "\"'+62811\""},
    {"-5", "\"'-5\""},
    {"@SUM(A1)", "\"'@SUM(A1)\""},
    {"\tx", "\"'\tx\""},
    {"\xEF\xBB\xBFx", "\"\xEF\xBB\xBFx\""}, /* else lost when it begins a file */
    {" spasi", "\" spasi\""},
};

static void csv_puts_fields(void **state)
{
    struct sbuf out;

    (void)state;
    sbuf_init(&out, 1000);
    for (size_t i = 0; i < LENGTH(puts_); i++) {
        sbuf_clear(&out);
        csv_put(&out, puts_[i].text);
        assert_string_equal(sbuf_str(&out), puts_[i].want);
    }
    sbuf_done(&out);
}

/* Whatever is put comes back when it is read, but for the apostrophe before a formula. */
static void csv_reads_what_it_puts(void **state)
{
    static const char letters[] = "ab,\"\n\r ;'\xC3\xA9=+";
    uint64_t seed = 7;
    struct sbuf out;

    (void)state;
    sbuf_init(&out, 1000);
    for (int round = 0; round < 20000; round++) {
        char text[12] = "x";
        struct csv csv;
        size_t n = 1 + pick(&seed) % 9;

        for (size_t i = 1; i < n; i++) {
            text[i] = letters[pick(&seed) % (sizeof letters - 1)];
        }
        for (size_t i = 1; i < n; i++) {
            if ((unsigned char)text[i] >= 0x80) {
                text[i] = 'e';
            }
        }
        sbuf_clear(&out);
        csv_put(&out, text);
        sbuf_text(&out, ",akhir\n");
        assert_int_equal(csv_open(&csv, out.bytes, out.len, NULL), OK);
        assert_int_equal(csv_next(&csv), CSV_ROW);
        assert_int_equal(csv.count, 2);
        assert_string_equal(csv.fields[0], text);
        csv_close(&csv);
    }
    sbuf_done(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(csv_reads_rows),
        cmocka_unit_test(csv_refuses_too_many_fields),
        cmocka_unit_test(csv_refuses_other_encodings),
        cmocka_unit_test(csv_puts_fields),
        cmocka_unit_test(csv_reads_what_it_puts),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
