/* What scanners, phones and hands give. */
#include <stdbool.h>

#include "inventory/base/label_code.h"
#include "inventory/base/utf8.h"
#include "tests/base/cmocka_all.h"

#define CODE "A7K2M9QXP2"

static const struct {
    const char *text;
    enum scanned_kind kind;
    const char *what; /* the code of a label, else `rest` */
} scans[] = {
    /* nothing */
    {"", SCANNED_NOTHING, ""},
    {"   ", SCANNED_NOTHING, ""},
    {"\r\n", SCANNED_NOTHING, ""},
    {"\x1b\x07", SCANNED_NOTHING, ""},
    {"]Q3", SCANNED_NOTHING, ""},
    /* labels */
    {CODE, SCANNED_LABEL, CODE},
    {"a7k2m9qxp2", SCANNED_LABEL, CODE},
    {"  A7K2M9QXP2\r\n", SCANNED_LABEL, CODE},
    {"\xEF\xBB\xBF" CODE, SCANNED_LABEL, CODE},
    {"A7K2 M9Q XP2", SCANNED_LABEL, CODE},
    {"a7k2-m9q-xp2", SCANNED_LABEL, CODE},
    {"BOTIK00013", SCANNED_LABEL, "B0T1K00013"},
    {"b0tlk00013", SCANNED_LABEL, "B0T1K00013"},
    {"HTTPS://TOKO.ID/P/" CODE, SCANNED_LABEL, CODE},
    {"https://toko.id/p/a7k2m9qxp2", SCANNED_LABEL, CODE},
    {"HTTP://192.168.1.5:8080/P/" CODE, SCANNED_LABEL, CODE},
    {"https://toko.id/p/a7k2m9qxp2?lang=en", SCANNED_LABEL, CODE},
    {"https://toko.id/p/a7k2m9qxp2#atas", SCANNED_LABEL, CODE},
    {"https://toko.id/p/a7k2m9qxp2/", SCANNED_LABEL, CODE},
    {"HTTPS://TOKO-S-JAYA.ID/P/" CODE, SCANNED_LABEL, CODE},
    {"https://lama.example/01/09521234543213/21/" CODE, SCANNED_LABEL, CODE},
    {"https://lama.example/01/09521234543213/21/" CODE "?17=271231", SCANNED_LABEL, CODE},
    {"/P/" CODE, SCANNED_LABEL, CODE},
    {"toko.id/P/" CODE, SCANNED_LABEL, CODE},
    {"httpsN--host-p-a7k2m9qxp2", SCANNED_LABEL, CODE},
    {"https\xC3\x91--host-p-A7K2M9QXP2", SCANNED_LABEL, CODE},
    {"HTTPS\xC3\x96--TOKO-S-JAYA.ID-P-A7K2M9QXP2", SCANNED_LABEL, CODE},
    {"https>&&host&p&a7k2m9qxp2", SCANNED_LABEL, CODE},
    {"host-p-A7K2M9QXP2", SCANNED_LABEL, CODE},
    {"]Q3" CODE, SCANNED_LABEL, CODE},
    {"]q1https://toko.id/P/" CODE, SCANNED_LABEL, CODE},
    {"]C1" CODE, SCANNED_LABEL, CODE},
    {"]Q3010952123454321321" CODE, SCANNED_LABEL, CODE},
    {"]d2010952123454321321" CODE "\x1d", SCANNED_LABEL, CODE},
    /* broken */
    {"A7K2M9QXP3", SCANNED_BROKEN, "A7K2M9QXP3"},
    {"A7K2 M9Q XP3", SCANNED_BROKEN, "A7K2 M9Q XP3"},
    {"https://toko.id/P/A7K2M9QXP3", SCANNED_BROKEN, "HTTPS://TOKO.ID/P/A7K2M9QXP3"},
    {"7AK2M9QXP2", SCANNED_OTHER, "7AK2M9QXP2"}, /* a code begins with a letter */
    /* receipts */
    {"HTTPS://TOKO.ID/S/1/632331/2026/000123", SCANNED_RECEIPT, "1/632331/2026/000123"},
    {"HTTPS://TOKO.ID/S/..", SCANNED_OTHER, "HTTPS://TOKO.ID/S/.."},
    {"HTTPS://TOKO.ID/S/%2E", SCANNED_OTHER, "HTTPS://TOKO.ID/S/%2E"},
    {"HTTPS://TOKO.ID/S/1%2F632331%2F2026%2F000123", SCANNED_RECEIPT, "1/632331/2026/000123"},
    {"https://toko.id/s/1%2f632331%2f2026%2f000123?x=1", SCANNED_RECEIPT, "1/632331/2026/000123"},
    {"httpsN--host-s-1-632331-2026-000123", SCANNED_RECEIPT, "1/632331/2026/000123"},
    {"httpsN--host-s-1%2f632331%2f2026%2f000123", SCANNED_RECEIPT, "1/632331/2026/000123"},
    {"1/632331/2026/000123", SCANNED_RECEIPT, "1/632331/2026/000123"},
    {" 12/632331/2026/000123 ", SCANNED_RECEIPT, "12/632331/2026/000123"},
    {"]Q11/632331/2026/000123", SCANNED_RECEIPT, "1/632331/2026/000123"},
    {"/S/1/632331/2026/000123", SCANNED_RECEIPT, "1/632331/2026/000123"},
    {"toko.id/s/1/632331/2026/000123", SCANNED_RECEIPT, "1/632331/2026/000123"},
    {"https://toko.id/s/a%00b%1Fc", SCANNED_RECEIPT, "A"},
    {"https://toko.id/s/%zz%4", SCANNED_RECEIPT, "%ZZ%4"},
    {"https://toko.id/s/%C3%A9%FF", SCANNED_RECEIPT, "\xC3\xA9"},
    {"https://toko.id/s/" CODE, SCANNED_RECEIPT, CODE},
    /* something else */
    {"https://toko.id/s/", SCANNED_OTHER, "HTTPS://TOKO.ID/S/"},
    {"https://toko.id/s/%20", SCANNED_OTHER, "HTTPS://TOKO.ID/S/%20"},
    {"BTK-001", SCANNED_OTHER, "BTK-001"},
    {"btk-001", SCANNED_OTHER, "BTK-001"},
    {"BTK-S-001", SCANNED_OTHER, "BTK-S-001"},
    {"kaus/S/merah", SCANNED_OTHER, "KAUS/S/MERAH"},
    {"batik tulis \xC3\xA9lok", SCANNED_OTHER, "BATIK TULIS \xC3\xA9LOK"},
    {"8991234567890", SCANNED_OTHER, "8991234567890"},
    {"250000", SCANNED_OTHER, "250000"},
    {"1/632331/2026", SCANNED_OTHER, "1/632331/2026"},
    {"1/632331/2026/", SCANNED_OTHER, "1/632331/2026/"},
    {"1/632331/2026/000123/5", SCANNED_OTHER, "1/632331/2026/000123/5"},
    {"SKU-A7K2M9QXP3", SCANNED_OTHER, "SKU-A7K2M9QXP3"},
    {"KERUDUNGKU", SCANNED_OTHER, "KERUDUNGKU"},
    {"A7K2M9QXP22", SCANNED_OTHER, "A7K2M9QXP22"},
    {"http", SCANNED_OTHER, "HTTP"},
    {"https", SCANNED_OTHER, "HTTPS"},
    {"https://", SCANNED_OTHER, "HTTPS://"},
    {"https:", SCANNED_OTHER, "HTTPS:"},
    {"https:/", SCANNED_OTHER, "HTTPS:/"},
    {"a\xFF\xC3z", SCANNED_OTHER, "AZ"},
    {"a\tb", SCANNED_OTHER, "A B"},
    {"3*", SCANNED_OTHER, "3*"},
    {"]", SCANNED_OTHER, "]"},
    {"/", SCANNED_OTHER, "/"},
    {"-", SCANNED_OTHER, "-"},
};

static void scans_by_table(void **state)
{
    (void)state;
    for (size_t i = 0; i < LENGTH(scans); i++) {
        struct scanned got = scan_read(scans[i].text, strlen(scans[i].text));
        const char *what = got.kind == SCANNED_LABEL ? got.code.text : got.rest;

        if (got.kind != scans[i].kind || strcmp(what, scans[i].what) != 0) {
            fail_msg("\"%s\" gave kind %d \"%s\"", scans[i].text, (int)got.kind, what);
        }
        assert_true(got.kind == SCANNED_LABEL || got.code.text[0] == '\0');
    }
}

static void a_label_keeps_its_text_for_a_second_look(void **state)
{
    struct scanned got = scan_read("botik00013", 10);

    (void)state;
    assert_int_equal(got.kind, SCANNED_LABEL);
    assert_string_equal(got.rest, "BOTIK00013");
}

static void new_codes_are_read_in_every_form(void **state)
{
    (void)state;
    for (int i = 0; i < 2000; i++) {
        static const char *const before[] = {"", "HTTPS://H.ID/P/", "httpsN--h-p-", "]Q3", "/p/"};
        struct label_code code = label_code_new();

        for (size_t k = 0; k < LENGTH(before); k++) {
            char text[64];
            struct scanned got;

            snprintf(text, sizeof text, "%s%s", before[k], code.text);
            for (char *p = text; i % 2 && *p; p++) {
                *p = *p >= 'A' && *p <= 'Z' ? (char)(*p + 32) : *p;
            }
            got = scan_read(text, strlen(text));
            if (got.kind != SCANNED_LABEL || strcmp(got.code.text, code.text) != 0) {
                fail_msg("%s", text);
            }
        }
    }
}

static void long_text_is_cut_between_characters(void **state)
{
    char text[5000];
    struct scanned got;

    (void)state;
    text[0] = 'x';
    for (size_t i = 1; i + 1 < sizeof text; i += 2) {
        memcpy(text + i, "\xC3\xA9", 2);
    }
    got = scan_read(text, sizeof text - 1);
    assert_int_equal(got.kind, SCANNED_OTHER);
    assert_int_equal(strlen(got.rest), 255);
    assert_true(utf8_valid(got.rest, strlen(got.rest)));
    got = scan_read(text, sizeof text - 2); /* ends in the middle of a character */
    assert_true(utf8_valid(got.rest, strlen(got.rest)));
    got = scan_read("A\0B", 3);
    assert_string_equal(got.rest, "AB");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(scans_by_table),
        cmocka_unit_test(a_label_keeps_its_text_for_a_second_look),
        cmocka_unit_test(new_codes_are_read_in_every_form),
        cmocka_unit_test(long_text_is_cut_between_characters),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
