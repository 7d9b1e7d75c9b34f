/* A label whose symbol says something else stops the job and is named: qr_encode() is replaced by
 * one that goes wrong when told to. */
#include "kit.h"

#include "receipts/qr_read.h"

enum err __real_qr_encode(struct qr *out, const char *text, struct why *why);
enum err __wrap_qr_encode(struct qr *out, const char *text, struct why *why);

static enum { GOOD, NEIGHBOUR, TORN } fault;
static const char *at_code = "";

/* The code of another piece over the text of this one (the fault that others shipped), or a symbol
 * that nobody can read. */
enum err __wrap_qr_encode(struct qr *out, const char *text, struct why *why)
{
    char other[LABEL_URL_MAX];
    bool hit = fault != GOOD && strstr(text, at_code) != NULL;

    (void)snprintf(other, sizeof(other), "%s", text);
    if (hit && fault == NEIGHBOUR) {
        other[strlen(other) - 2] = 'Z';
    }
    enum err e = __real_qr_encode(out, other, why);
    if (!e && hit && fault == TORN) {
        memset(out->modules, 1, (size_t)(out->width * out->width) / 2);
    }
    return e;
}

static struct label labels[300];

static enum err job_of(size_t count, struct why *why)
{
    struct label_job job = {.medium = LABEL_SHEET, .labels = labels, .count = count};
    struct sbuf pdf;

    for (size_t i = 0; i < count; i++) {
        labels[i] = kit_label();
        labels[i].code.text[7] = (char)('A' + i / 10 % 8);
        labels[i].code.text[8] = (char)('0' + i % 10);
        labels[i].code.text[6] = (char)('2' + i / 80);
    }
    sbuf_init(&pdf, KIT_BYTES_MAX);
    *why = (struct why){0};
    enum err e = label_job_pdf(&pdf, &job, why);
    sbuf_done(&pdf);
    return e;
}

static void a_wrong_label_stops_the_job(void **state)
{
    (void)state;
    static const struct {
        size_t count, wrong; /* from 1; both halves, and the second block */
    } cases[] = {{1, 1}, {3, 2}, {300, 1}, {300, 130}, {300, 250}, {300, 251}, {300, 300}};
    struct why why;

    for (size_t i = 0; i < LENGTH(cases) * 2; i++) {
        char nth[32], groups[LABEL_GROUPS_MAX];
        fault = GOOD;
        assert_int_equal(job_of(cases[i / 2].count, &why), OK);
        fault = i % 2 ? TORN : NEIGHBOUR;
        at_code = labels[cases[i / 2].wrong - 1].code.text;
        char code[LABEL_CODE_MAX];
        (void)snprintf(code, sizeof(code), "%s", at_code);
        at_code = code;
        label_code_groups(groups, labels[cases[i / 2].wrong - 1].code);
        assert_int_equal(job_of(cases[i / 2].count, &why), ERR_REFUSED);
        assert_string_equal(why.slug, "label-misread");
        (void)snprintf(nth, sizeof(nth), "ke-%zu (%s)", cases[i / 2].wrong, groups);
        assert_non_null(strstr(why.text, nth));
    }
    fault = GOOD;
}

static void a_sample_says_what_it_reads(void **state)
{
    (void)state;
    static const enum label_dpi heads[] = {LABEL_203_DPI, LABEL_300_DPI, LABEL_600_DPI};
    struct label label = kit_label();
    char read[LABEL_URL_MAX], url[LABEL_URL_MAX];
    struct why why = {0};

    assert_true(label_url(url, label.host, label.code));
    for (int i = 0; i < LABEL_SIZES * (int)LENGTH(heads); i++) {
        const struct label_form form = {(enum label_size)(i / (int)LENGTH(heads)),
                                        heads[i % (int)LENGTH(heads)]};
        if (label_read_back(read, &label, form, &why)) {
            fail_msg("%s", why.text);
        }
        assert_string_equal(read, url);
    }
    fault = NEIGHBOUR;
    at_code = label.code.text;
    assert_int_equal(label_read_back(read, &label, (struct label_form){0, LABEL_203_DPI}, &why),
                     ERR_REFUSED);
    assert_string_equal(why.slug, "label-misread");
    assert_string_equal(read, "");
    fault = GOOD;
}

/* The reader by itself: at every module size, and what is no symbol. */
static void a_reader_reads_or_says_no(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "HTTPS://GALERI.EXAMPLE/P/A7K2M9QXP4",
        "HTTPS://GALERI-ENGGANG.LAPAS-CONTOH.EXAMPLE/P/A7K2M9QXP4",
        "HTTPS://GALERI-ENGGANG.UNIT-PEMBINAAN.LAPAS-CONTOH-YANG-PANJANG.EXAMPLE/P/A7K2M9QXP4"};
    struct qr_reader *reader = qr_reader_new();
    char read[QR_READ_MAX];
    struct why why = {0};
    struct qr qr;

    for (size_t i = 0; i < LENGTH(texts); i++) {
        assert_int_equal(qr_encode(&qr, texts[i], &why), OK);
        for (int32_t dots = 3; dots <= 14; dots++) {
            assert_int_equal(qr_read_symbol(read, reader, &qr, dots), OK);
            assert_string_equal(read, texts[i]);
        }
        memset(qr.modules, 0, (size_t)(qr.width * qr.width));
        assert_int_equal(qr_read_symbol(read, reader, &qr, 4), ERR_NOT_FOUND);
        assert_string_equal(read, "");
        qr_done(&qr);
    }
    qr_reader_free(reader);
    qr_reader_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_wrong_label_stops_the_job),
        cmocka_unit_test(a_sample_says_what_it_reads),
        cmocka_unit_test(a_reader_reads_or_says_no),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
