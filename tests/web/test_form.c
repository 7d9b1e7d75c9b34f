/* Forms: what is decoded, what is refused, and the sentences of input tables. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "attr.h"
#include "inventory/base/arena.h"
#include "inventory/base/calendar.h"
#include "inventory/base/sbuf.h"
#include "pos/web/form.h"

enum { ARENA_BYTES = 64 * 1024 * 1024 };

static int make_ctx(void **state)
{
    static struct ctx cx;

    cx = (struct ctx){.arena = arena_new(ARENA_BYTES), .lang = LANG_ID};
    *state = &cx;
    return 0;
}

static int drop_ctx(void **state)
{
    struct ctx *cx = *state;

    arena_free(cx->arena);
    return 0;
}

/* The form as text: name=value; with what a terminal would not show as \n, \t. */
static void shown(struct sbuf *out, const struct form *form)
{
    for (size_t i = 0; i < form->count; i++) {
        sbuf_format(out, "%s=", form->fields[i].name);
        for (const char *p = form->fields[i].value; *p; p++) {
            if (*p == '\n') {
                sbuf_text(out, "\\n");
            } else {
                sbuf_char(out, *p);
            }
        }
        sbuf_char(out, ';');
    }
}

#define BYTES(text) text, sizeof(text) - 1

static const struct {
    const char *bytes;
    size_t n;
    enum err want;
    const char *form;
} decoded[] = {
    {BYTES(""), OK, ""},
    {BYTES("a=1&b=2"), OK, "a=1;b=2;"},
    {BYTES("&a=1&&b=2&"), OK, "a=1;b=2;"},
    {BYTES("a"), OK, "a=;"},
    {BYTES("a="), OK, "a=;"},
    {BYTES("a=b=c"), OK, "a=b=c;"},
    {BYTES("a=x+y%2Bz%20%26%3D%3f"), OK, "a=x y+z &=?;"},
    {BYTES("nama%5B0%5D=Rp+1"), OK, "nama[0]=Rp 1;"},
    {BYTES("a=%C3%A9\xC3\xA9"), OK, "a=\xC3\xA9\xC3\xA9;"},
    {BYTES("a=1%0D%0A2%0A3%0D4"), OK, "a=1\\n2\\n3\\n4;"},
    {BYTES("a=x%09y"), OK, "a=x\ty;"},
    {BYTES("a=1&a=2"), OK, "a=1;a=2;"},
    {BYTES("=1"), ERR_INVALID, NULL},
    {BYTES("a=1&=2"), ERR_INVALID, NULL},
    {BYTES("a=%"), ERR_INVALID, NULL},
    {BYTES("a=%4"), ERR_INVALID, NULL},
    {BYTES("a=%4&b=1"), ERR_INVALID, NULL},
    {BYTES("a=%zz"), ERR_INVALID, NULL},
    {BYTES("a%=1"), ERR_INVALID, NULL},
    {BYTES("a=%+1"), ERR_INVALID, NULL},
    {BYTES("a=%00"), ERR_INVALID, NULL},
    {BYTES("a\0b=1"), ERR_INVALID, NULL},
    {BYTES("a=1\0"), ERR_INVALID, NULL},
    {BYTES("a=%FF"), ERR_INVALID, NULL},
    {BYTES("a=\xC3"), ERR_INVALID, NULL},
    {BYTES("a=%C0%80"), ERR_INVALID, NULL},
    {BYTES("a=%ED%A0%80"), ERR_INVALID, NULL},
    {BYTES("a=%01"), ERR_INVALID, NULL},
    {BYTES("a=%1B%5B2J"), ERR_INVALID, NULL},
    {BYTES("a=%7F"), ERR_INVALID, NULL},
    {BYTES("a%0A=1"), ERR_INVALID, NULL},
    {BYTES("a%0D=1"), ERR_INVALID, NULL},
};

static void test_decoded(void **state)
{
    struct ctx *cx = *state;

    for (size_t i = 0; i < LENGTH(decoded); i++) {
        struct form form;
        struct sbuf out;
        const enum err e = form_decode(&form, cx, decoded[i].bytes, decoded[i].n, NULL);
        if (e != decoded[i].want) {
            fail_msg("%s: %d", decoded[i].bytes, (int)e);
        }
        if (e) {
            assert_int_equal(form.count, 0);
            assert_int_equal(cx->why.code, e);
            assert_string_equal(cx->why.slug, "form-malformed");
            continue;
        }
        sbuf_init(&out, 4096);
        shown(&out, &form);
        assert_string_equal(sbuf_str(&out), decoded[i].form);
        sbuf_done(&out);
    }
}

static void test_limits(void **state)
{
    static const struct {
        const char *bytes;
        enum err want;
    } cases[] = {
        {"ab=12345", OK},
        {"abc=1", ERR_LIMIT},
        {"a=123456", ERR_LIMIT},
        {"a=%41%41%41%41%41", OK},
        {"a=1&b=2", OK},
        {"a=1&b=2&c=3", ERR_LIMIT},
        {"a=&&&&&&&&&&&&&&&&&", OK},
        {"a=&&&&&&&&&&&&&&&&&&", ERR_LIMIT},
        {"a=1&a=2", ERR_INVALID},
    };
    static const struct form_limits limits = {
        .bytes = 19, .fields = 2, .name = 2, .value = 5, .repeats = false};
    struct ctx *cx = *state;
    struct form form;

    for (size_t i = 0; i < LENGTH(cases); i++) {
        const enum err e = form_decode(&form, cx, cases[i].bytes, strlen(cases[i].bytes), &limits);
        if (e != cases[i].want) {
            fail_msg("%s: %d", cases[i].bytes, (int)e);
        }
    }
}

static void test_default_limits(void **state)
{
    struct ctx *cx = *state;
    struct form form;
    struct sbuf body;

    sbuf_init(&body, 2 * FORM_BYTES_MAX);
    for (int i = 0; i < FORM_FIELDS_MAX; i++) {
        sbuf_format(&body, "&f%d=x", i);
    }
    assert_int_equal(form_decode(&form, cx, body.bytes, body.len, NULL), OK);
    assert_int_equal(form.count, FORM_FIELDS_MAX);
    assert_string_equal(form_get(&form, "f199"), "x");
    sbuf_text(&body, "&more=x");
    assert_int_equal(form_decode(&form, cx, body.bytes, body.len, NULL), ERR_LIMIT);
    sbuf_clear(&body);
    sbuf_text(&body, "a=");
    for (int i = 0; i < FORM_VALUE_MAX; i++) {
        sbuf_char(&body, 'x');
    }
    assert_int_equal(form_decode(&form, cx, body.bytes, body.len, NULL), OK);
    sbuf_char(&body, 'x');
    assert_int_equal(form_decode(&form, cx, body.bytes, body.len, NULL), ERR_LIMIT);
    while (body.len <= FORM_BYTES_MAX) {
        sbuf_char(&body, '&');
    }
    assert_int_equal(form_decode(&form, cx, body.bytes, body.len, NULL), ERR_LIMIT);
    assert_string_equal(cx->why.slug, "form-too-large");
    sbuf_done(&body);
}

static void test_get(void **state)
{
    struct ctx *cx = *state;
    struct form form;

    assert_int_equal(form_decode(&form, cx, BYTES("a=1&b=2&a=3"), NULL), OK);
    assert_string_equal(form_get(&form, "a"), "1");
    assert_string_equal(form_nth(&form, "a", 1), "3");
    assert_null(form_nth(&form, "a", 2));
    assert_null(form_get(&form, "c"));
}

/* ---- input tables ---- */

static const char *const words_of[] = {"tunai", "qris", NULL};

static const struct input table[] = {
    {.name = "nama", .label = "Nama", .type = INPUT_LINE, .required = true, .min = 2, .max = 5},
    {.name = "catatan", .label = "Catatan", .type = INPUT_TEXT, .max = 10},
    {.name = "kode", .label = "Kode", .type = INPUT_CODE},
    {.name = "sandi", .label = "Kata sandi", .type = INPUT_PASSWORD},
    {.name = "lembar", .label = "Lembar", .type = INPUT_INT, .min = -5, .max = 100},
    {.name = "uang", .label = "Uang", .type = INPUT_RUPIAH, .min = 1, .max = 1000000},
    {.name = "banyak", .label = "Banyak", .type = INPUT_QTY},
    {.name = "tanggal", .label = "Tanggal", .type = INPUT_DAY},
    {.name = "barang", .label = "Barang", .type = INPUT_ID},
    {.name = "cara", .label = "Cara bayar", .type = INPUT_CHOICE, .choices = words_of},
    {.name = "cetak", .label = "Cetak", .type = INPUT_FLAG},
    {.name = "kunci", .type = INPUT_KEY},
    {.name = "bahan", .label = "Bahan", .type = INPUT_LINE, .many = true},
    INPUT_END,
};

static enum err check(struct inputs *in, struct ctx *cx, const char *query)
{
    struct form form;

    assert_int_equal(form_decode(&form, cx, query, strlen(query), NULL), OK);
    return input_check(in, cx, table, &form);
}

#define KEY "0123456789abcdef0123456789abcdef"

static void test_values(void **state)
{
    struct ctx *cx = *state;
    struct inputs in;
    char text[DATE_TEXT_MAX];

    assert_int_equal(check(&in, cx,
                           "nama=+Rina+%0A&catatan=satu%0D%0Adua&kode=btk-001&sandi=+a+b+"
                           "&lembar=-3&uang=Rp+250.000&banyak=26,5&tanggal=22-11-2026"
                           "&barang=" KEY "&cara=qris&cetak=on&kunci=" KEY "&bahan=a&bahan=+b"
                           "&bahan=&tak_dikenal=1"),
                     OK);
    assert_int_equal(in.error_count, 0);
    assert_string_equal(input_text(&in, "nama"), "Rina");
    assert_string_equal(input_raw(&in, "nama"), " Rina \n");
    assert_string_equal(input_text(&in, "catatan"), "satu\ndua");
    assert_string_equal(input_text(&in, "kode"), "BTK-001");
    assert_string_equal(input_raw(&in, "kode"), "btk-001");
    assert_string_equal(input_text(&in, "sandi"), " a b ");
    assert_string_equal(input_raw(&in, "sandi"), "");
    assert_int_equal(input_int(&in, "lembar"), -3);
    assert_int_equal(input_rupiah(&in, "uang").rp, 250000);
    assert_int_equal(input_qty(&in, "banyak").milli, 26500);
    day_iso(text, input_day(&in, "tanggal"));
    assert_string_equal(text, "2026-11-22");
    assert_int_equal(input_id(&in, "barang")[15], 0xef);
    assert_int_equal(input_choice(&in, "cara"), 1);
    assert_string_equal(input_text(&in, "cara"), "qris");
    assert_true(input_flag(&in, "cetak"));
    assert_int_equal(input_id(&in, "kunci")[0], 0x01);
    assert_string_equal(input_text(&in, "kunci"), KEY);
    assert_int_equal(input_count(&in, "bahan"), 3);
    assert_string_equal(input_at(&in, "bahan", 1)->text, "b");
    assert_false(input_at(&in, "bahan", 2)->given);
    assert_null(input_error(&in, "nama"));
}

static void test_absent(void **state)
{
    struct ctx *cx = *state;
    struct inputs in;

    assert_int_equal(check(&in, cx, "nama=Rina&lembar=+"), OK);
    assert_false(input_given(&in, "lembar"));
    assert_false(input_given(&in, "uang"));
    assert_true(input_given(&in, "nama"));
    assert_string_equal(input_text(&in, "catatan"), "");
    assert_string_equal(input_raw(&in, "lembar"), " ");
    assert_int_equal(input_int(&in, "lembar"), 0);
    assert_int_equal(input_rupiah(&in, "uang").rp, 0);
    assert_false(input_flag(&in, "cetak"));
    assert_int_equal(input_id(&in, "barang")[15], 0);
    assert_int_equal(input_count(&in, "bahan"), 0);
}

static const struct {
    const char *query, *field, *says;
} wrong[] = {
    {"", "nama", "Nama belum diisi."},
    {"nama=", "nama", "Nama belum diisi."},
    {"nama=+%0A+", "nama", "Nama belum diisi."},
    {"nama=R", "nama", "terlalu pendek: 1 huruf, paling sedikit 2"},
    {"nama=Rinaldi", "nama", "terlalu panjang: 7 huruf, paling banyak 5"},
    {"nama=R%0Ai", "nama", "harus satu baris"},
    {"nama=R%09i", "nama", "harus satu baris"},
    {"nama=Rina&nama=Rina", "nama", "lebih dari sekali"},
    {"nama=Rina&catatan=12345678901", "catatan", "terlalu panjang: 11 huruf"},
    {"nama=Rina&kode=a+b", "kode", "hanya boleh berisi huruf"},
    {"nama=Rina&kode=%C3%A9", "kode", "hanya boleh berisi huruf"},
    {"nama=Rina&sandi=a%0Ab", "sandi", "harus satu baris"},
    {"nama=Rina&lembar=1.250", "lembar", "bilangan bulat"},
    {"nama=Rina&lembar=1e3", "lembar", "bilangan bulat"},
    {"nama=Rina&lembar=-", "lembar", "bilangan bulat"},
    {"nama=Rina&lembar=%2B1", "lembar", "bilangan bulat"},
    {"nama=Rina&lembar=9223372036854775808", "lembar", "bilangan bulat"},
    {"nama=Rina&lembar=-6", "lembar", "antara -5 dan 100"},
    {"nama=Rina&lembar=101", "lembar", "antara -5 dan 100"},
    {"nama=Rina&uang=1.5", "uang", "tidak terbaca sebagai rupiah"},
    {"nama=Rina&uang=1,234,567", "uang", "tidak terbaca sebagai rupiah"},
    {"nama=Rina&uang=0", "uang", "antara Rp1 dan Rp1.000.000"},
    {"nama=Rina&uang=1000001", "uang", "antara Rp1 dan Rp1.000.000"},
    {"nama=Rina&banyak=0", "banyak", "tidak terbaca sebagai jumlah"},
    {"nama=Rina&banyak=2,5555", "banyak", "tidak terbaca sebagai jumlah"},
    {"nama=Rina&tanggal=31-02-2026", "tanggal", "bukan tanggal"},
    {"nama=Rina&tanggal=01-01-1949", "tanggal", "antara 1 Januari 1950 dan 31 Desember 2100"},
    {"nama=Rina&barang=xyz", "barang", "tidak dikenal"},
    {"nama=Rina&cara=cek", "cara", "pilihan itu tidak ada"},
    {"nama=Rina&cetak=0", "cetak", "pilihan itu tidak ada"},
    {"nama=Rina&kunci=0123456789ABCDEF0123456789ABCDEF", "kunci", "Kunci kiriman"},
    {"nama=Rina&kunci=0", "kunci", "Kunci kiriman"},
    {"nama=Rina&bahan=a&bahan=b%0Ac", "bahan", "harus satu baris"},
};

static void test_wrong(void **state)
{
    struct ctx *cx = *state;

    for (size_t i = 0; i < LENGTH(wrong); i++) {
        struct inputs in;
        if (check(&in, cx, wrong[i].query) != ERR_INVALID) {
            fail_msg("taken: %s", wrong[i].query);
        }
        assert_int_equal(in.error_count, 1);
        assert_string_equal(in.errors[0].field, wrong[i].field);
        if (!strstr(in.errors[0].text, wrong[i].says)) {
            fail_msg("%s\n  said: %s", wrong[i].query, in.errors[0].text);
        }
        assert_string_equal(cx->why.field, wrong[i].field);
        assert_string_equal(cx->why.text, in.errors[0].text);
        assert_string_equal(input_error(&in, wrong[i].field), in.errors[0].text);
        if (strcmp(wrong[i].field, "bahan") != 0) { /* its first value is right */
            assert_false(input_given(&in, wrong[i].field));
        }
    }
}

static void test_many_errors(void **state)
{
    struct ctx *cx = *state;
    struct inputs in;

    assert_int_equal(check(&in, cx,
                           "nama=R&catatan=12345678901&kode=%40&lembar=x&uang=x&banyak=x&tanggal=x"
                           "&barang=x&cara=x&cetak=x&kunci=x"),
                     ERR_INVALID);
    assert_int_equal(in.error_count, 11);
    assert_string_equal(cx->why.field, "nama");
    assert_string_equal(input_raw(&in, "uang"), "x");
    assert_string_equal(input_text(&in, "kode"), "");
    assert_int_equal(refuse_field(cx, ERR_REFUSED, "x", "harga", "Harga belum disetujui."),
                     ERR_REFUSED);
    input_add_why(&in, cx);
    assert_int_equal(in.error_count, 12);
    assert_string_equal(input_error(&in, "harga"), "Harga belum disetujui.");
}

/* ---- uploads ---- */

#define PART(head, content) "--X\r\n" head "\r\n\r\n" content "\r\n"
#define FIELD(name, value)  PART("Content-Disposition: form-data; name=\"" name "\"", value)
#define FILE_OF(name, value)                                                                       \
    PART("Content-Disposition: form-data; name=\"berkas\"; filename=\"" name                       \
         "\"\r\nContent-Type: text/csv",                                                           \
         value)
#define TYPE "multipart/form-data; boundary=X"

static const struct {
    const char *type, *body;
    size_t n;
    enum err want;
    const char *form, *filename, *content;
} uploads[] = {
    {TYPE, BYTES(FIELD("a", "1") FILE_OF("x.csv", "p,q\r\n1,2\r\n") "--X--\r\n"), OK, "a=1;",
     "x.csv", "p,q\r\n1,2\r\n"},
    {TYPE, BYTES("--X--"), OK, "", NULL, NULL},
    {TYPE, BYTES(FIELD("a", "") "--X--"), OK, "a=;", NULL, NULL},
    {TYPE, BYTES(FIELD("a", "1\r\n2") FIELD("a", "-\r\n--Y\r--X") "--X--"), OK,
     "a=1\\n2;a=-\\n--Y\\n--X;", NULL, NULL},
    {TYPE, BYTES(FILE_OF("", "") FIELD("a", "1") "--X--"), OK, "a=1;", NULL, NULL},
    {TYPE, BYTES(FILE_OF("C:\\data\\x.csv", "\0\xff") "--X--"), OK, "", "x.csv", "\0"},
    {TYPE, BYTES(FILE_OF("../../x.csv", "a\r\n-X--\r--X") "--X--"), OK, "", "x.csv",
     "a\r\n-X--\r--X"},
    {"Multipart/Form-Data; boundary=\"X\"", BYTES(FIELD("a", "1") "--X--"), OK, "a=1;", NULL, NULL},
    {"multipart/form-data", BYTES(FIELD("a", "1") "--X--"), ERR_INVALID, NULL, NULL, NULL},
    {"multipart/form-data; boundary=", BYTES("--\r\n"), ERR_INVALID, NULL, NULL, NULL},
    {"multipart/form-data; boundary=X; y=z", BYTES("--X--"), ERR_INVALID, NULL, NULL, NULL},
    {"multipart/form-data; boundary=\"X", BYTES("--X--"), ERR_INVALID, NULL, NULL, NULL},
    {"multipart/mixed; boundary=X", BYTES("--X--"), ERR_INVALID, NULL, NULL, NULL},
    {TYPE, BYTES(""), ERR_INVALID, NULL, NULL, NULL},
    {TYPE, BYTES("--X"), ERR_INVALID, NULL, NULL, NULL},
    {TYPE, BYTES("--X\r\n"), ERR_INVALID, NULL, NULL, NULL},
    {TYPE, BYTES("x\r\n--X--"), ERR_INVALID, NULL, NULL, NULL},
    {TYPE, BYTES("--X--x"), ERR_INVALID, NULL, NULL, NULL},
    {TYPE, BYTES(FIELD("a", "1")), ERR_INVALID, NULL, NULL, NULL},
    {TYPE, BYTES(FIELD("", "1") "--X--"), ERR_INVALID, NULL, NULL, NULL},
    {TYPE, BYTES(FIELD("a", "\0") "--X--"), ERR_INVALID, NULL, NULL, NULL},
    {TYPE, BYTES(FIELD("a", "\xff") "--X--"), ERR_INVALID, NULL, NULL, NULL},
    {TYPE, BYTES(FIELD("a\0b", "1") "--X--"), ERR_INVALID, NULL, NULL, NULL},
    {TYPE, BYTES(FIELD("a\"; name=\"b", "1") "--X--"), ERR_INVALID, NULL, NULL, NULL},
    {TYPE, BYTES(FIELD("a\"; evil=\"b", "1") "--X--"), ERR_INVALID, NULL, NULL, NULL},
    {TYPE, BYTES(FIELD("a\"x", "1") "--X--"), ERR_INVALID, NULL, NULL, NULL},
    {TYPE, BYTES(PART("Content-Type: text/plain", "1") "--X--"), ERR_INVALID, NULL, NULL, NULL},
    {TYPE, BYTES(FILE_OF("a\x01", "x") "--X--"), ERR_INVALID, NULL, NULL, NULL},
    {TYPE, BYTES(FILE_OF("a", "x") FILE_OF("b", "y") "--X--"), ERR_LIMIT, NULL, NULL, NULL},
};

static void test_uploads(void **state)
{
    struct ctx *cx = *state;

    for (size_t i = 0; i < LENGTH(uploads); i++) {
        struct form form;
        struct upload file;
        struct sbuf out;
        const enum err e =
            multipart_decode(&form, &file, cx, uploads[i].type, uploads[i].body, uploads[i].n);
        if (e != uploads[i].want) {
            fail_msg("%zu: %s: %d", i, uploads[i].body, (int)e);
        }
        if (e) {
            assert_int_equal(form.count, 0);
            continue;
        }
        sbuf_init(&out, 4096);
        shown(&out, &form);
        assert_string_equal(sbuf_str(&out), uploads[i].form);
        sbuf_done(&out);
        assert_int_equal(file.field != NULL, uploads[i].filename != NULL);
        if (file.field) {
            assert_string_equal(file.field, "berkas");
            assert_string_equal(file.type, "text/csv");
            assert_string_equal(file.filename, uploads[i].filename);
            assert_memory_equal(file.bytes, uploads[i].content, strlen(uploads[i].content));
            assert_true(file.n >= strlen(uploads[i].content));
        }
    }
}

static void test_upload_size(void **state)
{
    static const char head[] = "--X\r\nContent-Disposition: form-data; name=\"berkas\"; "
                               "filename=\"a.csv\"\r\n\r\n";
    static const char tail[] = "\r\n--X--\r\n";
    const size_t over = sizeof(head) + sizeof(tail) - 2;
    struct ctx *cx = *state;
    struct form form;
    struct upload file;
    char *body = mem_get(UPLOAD_BYTES_MAX + 1);

    memset(body, '\r', UPLOAD_BYTES_MAX + 1);
    memcpy(body, head, sizeof(head) - 1);
    memcpy(body + UPLOAD_BYTES_MAX - (sizeof(tail) - 1), tail, sizeof(tail) - 1);
    assert_int_equal(multipart_decode(&form, &file, cx, TYPE, body, UPLOAD_BYTES_MAX), OK);
    assert_int_equal(file.n, UPLOAD_BYTES_MAX - over);
    assert_int_equal(multipart_decode(&form, &file, cx, TYPE, body, UPLOAD_BYTES_MAX + 1),
                     ERR_LIMIT);
    assert_null(file.field);
    free(body);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_decoded, make_ctx, drop_ctx),
        cmocka_unit_test_setup_teardown(test_limits, make_ctx, drop_ctx),
        cmocka_unit_test_setup_teardown(test_default_limits, make_ctx, drop_ctx),
        cmocka_unit_test_setup_teardown(test_get, make_ctx, drop_ctx),
        cmocka_unit_test_setup_teardown(test_values, make_ctx, drop_ctx),
        cmocka_unit_test_setup_teardown(test_absent, make_ctx, drop_ctx),
        cmocka_unit_test_setup_teardown(test_wrong, make_ctx, drop_ctx),
        cmocka_unit_test_setup_teardown(test_many_errors, make_ctx, drop_ctx),
        cmocka_unit_test_setup_teardown(test_uploads, make_ctx, drop_ctx),
        cmocka_unit_test_setup_teardown(test_upload_size, make_ctx, drop_ctx),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
