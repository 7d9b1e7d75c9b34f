/* The catalogue of the second language, and the sentences of refusals. */
#include <pthread.h>
#include <stdbool.h>

#include "ctx.h"
#include "inventory/base/refuse.h"
#include "inventory/base/sbuf.h"
#include "inventory/base/utf8.h"
#include "inventory/base/words.h"
#include "tests/base/cmocka_all.h"

static const char catalogue[] = "\xEF\xBB\xBF# Translators' note\n"
                                "msgid \"\"\n"
                                "msgstr \"\"\n"
                                "\"Content-Type: text/plain; charset=UTF-8\\n\"\n"
                                "\n"
                                "#: pos/web/templates/till.html:3\n"
                                "#, c-format\n"
                                "msgid \"Bayar %s\"\n"
                                "msgstr \"Pay %s\"\n"
                                "\r\n"
                                "msgid \"\"\n"
                                "\"Barang ini sudah \"\n"
                                "\"terjual.\\n\"\n"
                                "msgstr \"\"\n"
                                "\"This piece is \"\n"
                                "\"sold \\\"already\\\".\\n\"\n"
                                "\n"
                                "#, fuzzy, c-format\n"
                                "msgid \"Kasir\"\n"
                                "msgstr \"Castle\"\n"
                                "\n"
                                "  msgid   \"Toko\"\r\n"
                                "  msgstr\t\"Shop\"\r\n"
                                "\n"
                                "msgid \"Belum\"\n"
                                "msgstr \"\"\n"
                                "\n"
                                "msgid \"Stok %d\"\n"
                                "msgstr \"Stock %s\"\n"
                                "#~ msgid \"Lama\"\n"
                                "#~ msgstr \"Old\"\n";

static int load_catalogue(void **state)
{
    struct why why = {0};

    (void)state;
    if (words_load(LANG_EN, catalogue, sizeof catalogue - 1, &why) != OK) {
        fail_msg("%s", why.text);
    }
    return 0;
}

static void words_are_found(void **state)
{
    const char *unknown = "Tidak dikenal";

    (void)state;
    assert_string_equal(words(LANG_EN, "Bayar %s"), "Pay %s");
    assert_string_equal(words(LANG_EN, "Barang ini sudah terjual.\n"),
                        "This piece is sold \"already\".\n");
    assert_string_equal(words(LANG_EN, "Toko"), "Shop");
    assert_string_equal(words(LANG_ID, "Toko"), "Toko");
    assert_ptr_equal(words(LANG_EN, unknown), unknown);
    assert_null(words_find(LANG_EN, unknown));
    assert_null(words_find(LANG_EN, "Kasir"));
    assert_null(words_find(LANG_EN, "Belum"));
    assert_null(words_find(LANG_EN, "Lama"));
    assert_null(words_find(LANG_EN, ""));
    assert_null(words_find(LANG_ID, "Toko"));
    assert_string_equal(words(LANG_EN, "Kasir"), "Kasir");
    assert_string_equal(words_find(LANG_EN, "Toko"), "Shop");
}

static const struct {
    const char *what, *po, *says;
} malformed[] = {
    {"no msgstr", "msgid \"a\"\n\nmsgid \"b\"\nmsgstr \"c\"\n", "baris 2"},
    {"no msgid", "msgstr \"a\"\n", "baris 1"},
    {"unclosed", "msgid \"a\nmsgstr \"b\"\n", "baris 1"},
    {"text behind", "msgid \"a\" x\nmsgstr \"b\"\n", "baris 1"},
    {"unknown escape", "msgid \"a\"\nmsgstr \"\\q\"\n", "baris 2"},
    {"escape at the end", "msgid \"a\"\nmsgstr \"\\\n", "baris 2"},
    {"twice", "msgid \"a\"\nmsgstr \"b\"\nmsgid \"a\"\nmsgstr \"c\"\n", "baris 3"},
    {"plural", "msgid \"a\"\nmsgid_plural \"b\"\nmsgstr[0] \"c\"\n", "baris 2"},
    {"context", "\nmsgctxt \"x\"\nmsgid \"a\"\nmsgstr \"b\"\n", "baris 2"},
    {"garbage", "halo\n", "baris 1"},
    {"not UTF-8", "msgid \"a\"\nmsgstr \"\xE9\"\n", "baris 2"},
    {"ends early", "msgid \"a\"", "baris 2"},
};

static void a_bad_catalogue_is_refused_and_changes_nothing(void **state)
{
    (void)state;
    for (size_t i = 0; i < LENGTH(malformed); i++) {
        struct why why = {0};

        assert_int_equal(words_load(LANG_EN, malformed[i].po, strlen(malformed[i].po), &why),
                         ERR_INVALID);
        if (!strstr(why.text, malformed[i].says)) {
            fail_msg("%s: %s", malformed[i].what, why.text);
        }
        assert_string_equal(words(LANG_EN, "Toko"), "Shop");
    }
}

static void a_large_catalogue_is_found_whole(void **state)
{
    struct sbuf po;

    (void)state;
    sbuf_init(&po, 1 << 20);
    for (int i = 0; i < 5000; i++) {
        sbuf_format(&po, "msgid \"kata %d\"\nmsgstr \"word %d\"\n\n", i, i);
    }
    assert_int_equal(words_load(LANG_EN, po.bytes, po.len, NULL), OK);
    for (int i = 0; i < 5000; i++) {
        char text[32], want[32];

        snprintf(text, sizeof text, "kata %d", i);
        snprintf(want, sizeof want, "word %d", i);
        assert_string_equal(words(LANG_EN, text), want);
    }
    assert_null(words_find(LANG_EN, "kata 5000"));
    assert_null(words_find(LANG_EN, "Toko"));
    sbuf_done(&po);
    load_catalogue(NULL);
}

static void *look_up(void *arg)
{
    size_t *found = arg;

    for (int i = 0; i < 20000; i++) {
        *found +=
            strcmp(words(LANG_EN, i % 2 ? "Toko" : "Bayar %s"), i % 2 ? "Shop" : "Pay %s") == 0;
    }
    return NULL;
}

static void many_threads_look_up(void **state)
{
    pthread_t threads[8];
    size_t found[8] = {0};

    (void)state;
    for (int i = 0; i < 8; i++) {
        assert_int_equal(pthread_create(&threads[i], NULL, look_up, &found[i]), 0);
    }
    for (int i = 0; i < 8; i++) {
        assert_int_equal(pthread_join(threads[i], NULL), 0);
        assert_int_equal(found[i], 20000);
    }
}

static const struct {
    const char *a, *b;
    bool same;
} formats[] = {
    {"", "", true},
    {"a", "b", true},
    {"%s", "%s", true},
    {"%s dari %d", "%d of %s", false},
    {"%s dari %d", "%s of %d", true},
    {"%s", "", false},
    {"", "%s", false},
    {"%d", "%s", false},
    {"%d", "%ld", false},
    {"%lld", "%lld", true},
    {"%ju", "%ju", true},
    {"%5d", "%-8d", true},
    {"%.3s", "%s", true},
    {"%*d", "%d", false},
    {"%*d", "%*d", true},
    {"100 %%", "100 percent", true},
    {"%%s", "%s", false},
    {"%1$s", "%1$s", false},
    {"%n", "%n", false},
    {"%", "%", false},
    {"%s %", "%s %", false},
    {"%s%s%s", "%s%s", false},
    {"%f", "%f", false},
    {"%zu", "%zu", true},
    {"%c%x%o%i%X%p%u", "%c%x%o%i%X%p%u", true},
};

static void formats_agree_or_not(void **state)
{
    (void)state;
    for (size_t i = 0; i < LENGTH(formats); i++) {
        if (words_same_format(formats[i].a, formats[i].b) != formats[i].same ||
            words_same_format(formats[i].b, formats[i].a) != formats[i].same) {
            fail_msg("\"%s\" and \"%s\"", formats[i].a, formats[i].b);
        }
    }
}

static void a_refusal_speaks_the_persons_language(void **state)
{
    struct ctx cx = {.lang = LANG_EN};

    (void)state;
    assert_int_equal(refuse(&cx, ERR_CONFLICT, "unit-sold", _("Bayar %s"), "Rp5"), ERR_CONFLICT);
    assert_int_equal(cx.why.code, ERR_CONFLICT);
    assert_string_equal(cx.why.slug, "unit-sold");
    assert_string_equal(cx.why.field, "");
    assert_string_equal(cx.why.text, "Pay Rp5");
    assert_int_equal(refuse_field(&cx, ERR_INVALID, "qty-bad", "qty", _("Tidak ada %d"), 7),
                     ERR_INVALID);
    assert_string_equal(cx.why.field, "qty");
    assert_string_equal(cx.why.text, "Tidak ada 7");
    cx.lang = LANG_ID;
    assert_int_equal(refuse(&cx, ERR_REFUSED, "x", _("Bayar %s"), "Rp5"), ERR_REFUSED);
    assert_string_equal(cx.why.text, "Bayar Rp5");
    assert_string_equal(cx.why.field, "");
}

/* A translator who changed %d to %s must not make the program read a number as an address. */
static void a_translation_with_other_conversions_is_not_used(void **state)
{
    struct ctx cx = {.lang = LANG_EN};

    (void)state;
    assert_string_equal(words(LANG_EN, "Stok %d"), "Stock %s");
    assert_int_equal(refuse(&cx, ERR_REFUSED, "x", _("Stok %d"), 3), ERR_REFUSED);
    assert_string_equal(cx.why.text, "Stok 3");
}

static void a_long_sentence_is_cut_between_characters(void **state)
{
    struct why why;
    char wide[WHY_TEXT_MAX * 2 + 2];

    (void)state;
    for (size_t lead = 0; lead < 4; lead++) {
        memset(wide, 'x', sizeof wide);
        for (size_t i = lead; i + 4 < sizeof wide; i += 4) {
            memcpy(wide + i, "\xF0\x9F\x98\x80", 4);
        }
        wide[sizeof wide - 6] = '\0';
        wide[lead + (sizeof wide - 6 - lead) / 4 * 4] = '\0';
        assert_int_equal(why_say(&why, ERR_LIMIT, wide, "%s", wide), ERR_LIMIT);
        assert_true(utf8_valid(why.text, strlen(why.text)));
        assert_true(utf8_valid(why.slug, strlen(why.slug)));
        assert_true(strlen(why.text) >= WHY_TEXT_MAX - 4);
    }
    assert_int_equal(why_say(NULL, ERR_LIMIT, "x", "%s", "y"), ERR_LIMIT);
    why_say(&why, ERR_LIMIT, "x", "caf\xC3\xA9");
    assert_string_equal(why.text, "caf\xC3\xA9");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_are_found),
        cmocka_unit_test(a_bad_catalogue_is_refused_and_changes_nothing),
        cmocka_unit_test(a_large_catalogue_is_found_whole),
        cmocka_unit_test(many_threads_look_up),
        cmocka_unit_test(formats_agree_or_not),
        cmocka_unit_test(a_refusal_speaks_the_persons_language),
        cmocka_unit_test(a_translation_with_other_conversions_is_not_used),
        cmocka_unit_test(a_long_sentence_is_cut_between_characters),
    };

    return cmocka_run_group_tests(tests, load_catalogue, NULL);
}
