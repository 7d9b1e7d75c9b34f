/* Receipts: what is refused, what strangers send, several threads at once. */
#include "kit.h"

#include <pthread.h>

/* ---- what is refused, what strangers send ---- */

static void limits_are_said(void **state)
{
    (void)state;
    static struct receipt_line lines[RECEIPT_LINES_MAX + 1];
    static char url[3000], small_url[1000];
    struct receipt r = kit_receipt_long(lines, LENGTH(lines));
    struct sbuf out;
    struct why why = {0};

    sbuf_init(&out, KIT_BYTES_MAX);
    assert_int_equal(receipt_paint(&out, &r, PAPER_80_MM, RECEIPT_PNG, &why), ERR_LIMIT);
    assert_string_equal(why.slug, "receipt-too-many-lines");
    assert_non_null(strstr(why.text, "401"));

    r = kit_receipt_long(lines, RECEIPT_LINES_MAX);
    for (size_t i = 0; i < RECEIPT_LINES_MAX; i++) {
        lines[i].note = "Catatan yang panjang sekali agar kertasnya lebih panjang dari empat meter";
    }
    for (int form = RECEIPT_ESCPOS; form <= RECEIPT_PDF; form++) {
        assert_int_equal(receipt_paint(&out, &r, PAPER_58_MM, (enum receipt_form)form, &why),
                         ERR_LIMIT);
        assert_string_equal(why.slug, "paper-too-long");
    }

    r = kit_receipt();
    memset(url, 'a', sizeof(url) - 1);
    r.qr_url = url;
    assert_int_equal(receipt_paint(&out, &r, PAPER_80_MM, RECEIPT_PNG, &why), ERR_LIMIT);
    assert_string_equal(why.slug, "qr-too-long");
    memset(small_url, 'a', sizeof(small_url) - 1);
    r.qr_url = small_url;
    assert_int_equal(receipt_paint(&out, &r, PAPER_58_MM, RECEIPT_PNG, &why), ERR_REFUSED);
    assert_string_equal(why.slug, "qr-too-dense");
    sbuf_done(&out);
}

static void full_buffer_is_said(void **state)
{
    (void)state;
    struct receipt r = kit_receipt();

    for (int form = RECEIPT_ESCPOS; form <= RECEIPT_PDF; form++) {
        struct sbuf out;
        struct why why = {0};
        sbuf_init(&out, 1000);
        assert_int_equal(receipt_paint(&out, &r, PAPER_80_MM, (enum receipt_form)form, &why),
                         ERR_LIMIT);
        assert_string_equal(why.slug, "paper-too-large");
        sbuf_done(&out);
    }
}

static void bad_bytes_are_drawn_as_signs(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "\xff\xfe",  "a\nb\tc\x1b@\x7f",  "\xc3",           "\xed\xa0\x80",    "   ",
        "שלום עולם", "e\xcc\x81\xcc\x81", "名前の長い商品", "%s%n<b>&amp;</b>"};

    for (size_t i = 0; i < LENGTH(bad); i++) {
        struct receipt_line line = {
            .name = bad[i], .code = bad[i], .qty_text = "1", .unit = bad[i], .note = bad[i]};
        struct receipt r = kit_receipt();
        r.shop_name = r.cashier = r.till = r.number = bad[i];
        r.lines = &line;
        r.lines_count = 1;
        kit_check_places(&r, PAPER_58_MM);
        kit_check_dots(&r, PAPER_58_MM, NULL);
        struct sbuf pdf;
        kit_paint(&pdf, &r, PAPER_58_MM, RECEIPT_PDF);
        sbuf_done(&pdf);
    }
}

/* ---- several at once ---- */

struct painter {
    pthread_t thread;
    struct sbuf out;
    enum err e;
};

static void *paint_some(void *arg)
{
    struct painter *p = arg;
    struct receipt r = kit_receipt();
    struct why why;

    for (int i = 0; i < 5 && !p->e; i++) {
        sbuf_clear(&p->out);
        p->e = receipt_paint(&p->out, &r, PAPER_58_MM, (enum receipt_form)(i % 4), &why);
    }
    return NULL;
}

static void threads_paint_the_same(void **state)
{
    (void)state;
    struct painter painters[4] = {0};
    struct receipt r = kit_receipt();
    struct sbuf alone;

    kit_paint(&alone, &r, PAPER_58_MM, RECEIPT_ESCPOS);
    for (size_t i = 0; i < LENGTH(painters); i++) {
        sbuf_init(&painters[i].out, KIT_BYTES_MAX);
        assert_int_equal(pthread_create(&painters[i].thread, NULL, paint_some, &painters[i]), 0);
    }
    for (size_t i = 0; i < LENGTH(painters); i++) {
        assert_int_equal(pthread_join(painters[i].thread, NULL), 0);
        assert_int_equal(painters[i].e, OK);
        assert_int_equal(painters[i].out.len, alone.len);
        assert_memory_equal(painters[i].out.bytes, alone.bytes, alone.len);
        sbuf_done(&painters[i].out);
    }
    sbuf_done(&alone);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(limits_are_said),
        cmocka_unit_test(full_buffer_is_said),
        cmocka_unit_test(bad_bytes_are_drawn_as_signs),
        cmocka_unit_test(threads_paint_the_same),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
