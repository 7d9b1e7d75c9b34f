/* Labels told as stories: printed, printed again, taken out of force, due. */
#include "tests/story.h"

#include "inventory/label_print.h"
#include "inventory/stock_count.h"
#include "inventory/transfer.h"
#include "pos/item.h"

static struct label_print_new wanted(struct lot_id lot, int32_t from, int32_t count)
{
    return (struct label_print_new){.lot = lot,
                                    .size = "40x30",
                                    .medium = "sheet",
                                    .printer = "",
                                    .start_cell = 5,
                                    .host = "GALERI.EXAMPLE",
                                    .from = from,
                                    .count = count,
                                    .reason = ""};
}

static void test_printed(void **state)
{
    struct label_printed first, second;
    struct label_job_line *lines;
    struct label_before before;
    struct label_print_new w;
    struct label_job job, *jobs;
    struct received batik;
    struct story s;
    int32_t copies;
    size_t n;

    (void)state;
    story_open(&s, NULL);
    batik = story_j1_goods(&s);
    w = wanted(batik.lot, 1, 3);
    assert_int_equal(label_printed_before(&before, &s.cx, batik.lot, 1, 3), ERR_NOT_FOUND);
    story_as(&s, "bengkel", ROLE_WORKSHOP, "");
    STORY_OK(&s, label_print(&first, &s.cx, &w));
    assert_string_equal(first.number.text, "LB-2026-0001");
    STORY_OK(&s, label_job_by_number(&job, &s.cx, "lb-2026-0001"));
    assert_int_equal(job.count, 3);
    assert_int_equal(job.start_cell, 5);
    assert_int_equal(job.copies, 1);
    assert_int_equal(job.price.rp, 250000);
    assert_string_equal(job.by, "bengkel");
    assert_string_equal(job.reason, "");
    STORY_OK(&s, label_job_lines(&lines, &n, &s.cx, job.id));
    assert_int_equal(n, 3);
    for (size_t i = 0; i < n; i++) {
        assert_string_equal(lines[i].code.text, batik.codes[i].text);
        assert_string_equal(lines[i].now.text, batik.codes[i].text);
        assert_int_equal(lines[i].no, i + 1);
    }
    /* Any of them again wants a reason; the others do not. */
    w.from = 3;
    w.count = 1;
    STORY_REFUSED(&s, label_print(&second, &s.cx, &w), ERR_INVALID, "label-reason");
    assert_string_equal(s.cx.why.field, "reason");
    assert_non_null(strstr(s.cx.why.text, "LB-2026-0001"));
    STORY_OK(&s, label_printed_before(&before, &s.cx, batik.lot, 1, 3));
    assert_int_equal(before.no, 1);
    assert_string_equal(before.number, "LB-2026-0001");
    w.reason = "label sobek";
    STORY_OK(&s, label_print(&second, &s.cx, &w));
    assert_string_equal(second.number.text, "LB-2026-0002");
    STORY_OK(&s, label_copies(&copies, &s.cx, batik.codes[2]));
    assert_int_equal(copies, 2);
    STORY_OK(&s, label_copies(&copies, &s.cx, batik.codes[0]));
    assert_int_equal(copies, 1);
    STORY_OK(&s, label_jobs(&jobs, &n, &s.cx, (struct lot_id){{0}}, 10));
    assert_int_equal(n, 2);
    assert_string_equal(jobs[0].number, "LB-2026-0002");
    assert_string_equal(jobs[0].reason, "label sobek");
    assert_int_equal(jobs[0].copies, 2);
    STORY_OK(&s, label_jobs(&jobs, &n, &s.cx, batik.lot, 1));
    assert_int_equal(n, 1);
    story_close(&s);
}

/* All labels of a counted lot say the same. */
static void test_counted_lot(void **state)
{
    struct label_printed printed;
    struct label_job_line *lines;
    struct label_print_new w;
    struct received rings;
    struct label label;
    struct lot lot;
    struct story s;
    int32_t voided;
    size_t n;

    (void)state;
    story_open(&s, NULL);
    story_product(&s, "KRJ-001", "Gantungan kunci", TRACK_LOT, 15000, 9000);
    rings = story_receive(&s, "KRJ-001", QTY_WHOLE(100), 9000);
    w = wanted(rings.lot, 1, 100);
    STORY_OK(&s, label_print(&printed, &s.cx, &w));
    STORY_OK(&s, label_job_lines(&lines, &n, &s.cx, printed.id));
    assert_int_equal(n, 1);
    assert_string_equal(lines[0].code.text, rings.lot_code.text);
    assert_int_equal(lines[0].no, 0);
    STORY_REFUSED(&s, label_print(&printed, &s.cx, &w), ERR_INVALID, "label-reason");
    STORY_OK(&s, label_void(&voided, &s.cx,
                            &(struct label_void_new){
                                .lot = rings.lot, .from = 1, .count = 1, .reason = "salah harga"}));
    assert_int_equal(voided, 1);
    STORY_OK(&s, label_find(&label, &s.cx, rings.lot_code));
    assert_int_equal(label.state, LABEL_VOID);
    STORY_OK(&s, lot_by_id(&lot, &s.cx, rings.lot));
    assert_string_equal(lot.code.text, rings.lot_code.text);
    assert_string_equal(lot.label.text, label.now.text);
    STORY_OK(&s, label_find(&label, &s.cx, lot.label));
    assert_int_equal(label.state, LABEL_AVAILABLE);
    assert_int_equal(label.on_hand.milli, 100000);
    STORY_OK(&s, label_print(&printed, &s.cx, &w)); /* a new code was never printed */
    story_close(&s);
}

static void test_refused(void **state)
{
    struct label_printed printed;
    struct received batik;
    char long_text[300];
    struct story s;

    (void)state;
    memset(long_text, 'a', sizeof long_text);
    long_text[201] = '\0';
    story_open(&s, NULL);
    batik = story_j1_goods(&s);
    for (int i = 0; i < 13; i++) {
        static const struct {
            enum err e;
            const char *slug;
        } want[] = {
            {ERR_INVALID, "label-size"},    {ERR_INVALID, "label-size"},
            {ERR_INVALID, "label-cell"},    {ERR_INVALID, "label-cell"},
            {ERR_REFUSED, "label-host"},    {ERR_NOT_FOUND, "label-printer"},
            {ERR_INVALID, "label-range"},   {ERR_INVALID, "label-range"},
            {ERR_INVALID, "label-range"},   {ERR_INVALID, "label-range"},
            {ERR_NOT_FOUND, "lot-unknown"}, {ERR_INVALID, "label-reason"},
            {ERR_INVALID, "label-reason"},
        };
        struct label_print_new w = wanted(batik.lot, 1, 3);

        switch (i) {
        case 0: w.size = "40x31"; break;
        case 1: w.medium = "batu"; break;
        case 2: w.start_cell = 0; break;
        case 3: w.start_cell = 101; break;
        case 4: w.host = ""; break;
        case 5: w.printer = "Tidak ada"; break;
        case 6: w.from = 0; break;
        case 7: w.count = 0; break;
        case 8: w.count = 10001; break;
        case 9: w.from = 2; break; /* the lot has three */
        case 10: w.lot = (struct lot_id){{1}}; break;
        case 11: w.reason = long_text; break;
        default: w.reason = "dua\nbaris"; break;
        }
        STORY_REFUSED(&s, label_print(&printed, &s.cx, &w), want[i].e, want[i].slug);
    }
    story_close(&s);
}

static void test_void(void **state)
{
    struct label_void_new v = {.from = 2, .count = 2, .reason = ""};
    const struct label_code *codes;
    struct label_printed printed;
    struct label_job_line *lines;
    struct label_print_new w;
    struct received batik;
    struct label label;
    struct item item;
    struct story s;
    int32_t voided;
    size_t n;

    (void)state;
    story_open(&s, "KEP-1990");
    batik = story_j1_goods(&s);
    w = wanted(batik.lot, 1, 3);
    STORY_OK(&s, label_print(&printed, &s.cx, &w));
    v.lot = batik.lot;
    STORY_REFUSED(&s, label_void(&voided, &s.cx, &v), ERR_INVALID, "label-reason");
    v.reason = "kertas macet";
    v.count = 3;
    STORY_REFUSED(&s, label_void(&voided, &s.cx, &v), ERR_INVALID, "label-range");
    v.count = 2;
    STORY_OK(&s, label_void(&voided, &s.cx, &v));
    assert_int_equal(voided, 2);

    /* The old code says what is in force now; the new one is the piece. */
    STORY_OK(&s, label_find(&label, &s.cx, batik.codes[1]));
    assert_int_equal(label.state, LABEL_VOID);
    assert_string_not_equal(label.now.text, batik.codes[1].text);
    STORY_REFUSED(&s, item_of_label(&item, &s.cx, batik.codes[1]), ERR_CONFLICT, "label-void");
    STORY_OK(&s, item_of_label(&item, &s.cx, label.now));
    STORY_OK(&s, lot_units(&codes, &n, &s.cx, batik.lot));
    assert_int_equal(n, 3);
    assert_string_equal(codes[0].text, batik.codes[0].text);
    assert_string_equal(codes[1].text, label.now.text);
    STORY_OK(&s,
             stock_codes(&codes, &n, &s.cx, item.product.id, story_place(&s, PLACE_SHOWROOM), 10));
    assert_int_equal(n, 3);
    assert_string_equal(codes[1].text, label.now.text);
    STORY_OK(&s, label_job_lines(&lines, &n, &s.cx, printed.id));
    assert_string_equal(lines[1].code.text, batik.codes[1].text);
    assert_string_equal(lines[1].now.text, label.now.text);
    assert_int_equal(lines[1].no, 2);
    story_close(&s);
}

static void test_void_again(void **state)
{
    struct label_void_new v = {.from = 2, .count = 2, .reason = "kertas macet"};
    const struct label_code *codes;
    struct label_printed printed;
    struct label_job_line *lines;
    struct label_print_new w;
    struct received batik;
    struct label label;
    struct story s;
    struct sale sale;
    int32_t voided;
    size_t n;

    (void)state;
    story_open(&s, "KEP-1990");
    batik = story_j1_goods(&s);
    w = wanted(batik.lot, 1, 3);
    v.lot = batik.lot;
    STORY_OK(&s, label_void(&voided, &s.cx, &v));
    STORY_OK(&s, lot_units(&codes, &n, &s.cx, batik.lot));
    /* Once more: the first code names the last one, whatever lies between. */
    v.count = 1;
    STORY_OK(&s, label_void(&voided, &s.cx, &v));
    STORY_OK(&s, label_find(&label, &s.cx, codes[1]));
    assert_int_equal(label.state, LABEL_VOID);
    {
        struct label first;

        STORY_OK(&s, label_find(&first, &s.cx, batik.codes[1]));
        assert_int_equal(first.state, LABEL_VOID);
        assert_string_equal(first.now.text, label.now.text);
    }
    /* A new label was never printed; what was sold keeps its code. */
    w.from = 2;
    w.count = 2;
    STORY_OK(&s, label_print(&printed, &s.cx, &w));
    STORY_OK(&s, label_job_lines(&lines, &n, &s.cx, printed.id));
    assert_int_equal(lines[0].no, 2);
    assert_int_equal(lines[0].copy_no, 1);
    STORY_OK(&s, story_sell(&s, &sale, "a", label.now.text, QTY_WHOLE(1), 250000));
    story_as(&s, "admin", ROLE_ADMIN, "1");
    STORY_REFUSED(&s, label_void(&voided, &s.cx, &v), ERR_REFUSED, "label-sold");
    STORY_OK(&s, label_find(&label, &s.cx, label.now));
    assert_int_equal(label.state, LABEL_SOLD);
    story_close(&s);
}

/* A void label is no goods of a count or of a transfer. */
static void test_void_elsewhere(void **state)
{
    const struct label_code *codes;
    struct count_added added;
    struct document_no number;
    struct received batik;
    struct label label;
    struct story s;
    int32_t voided;
    size_t n;

    (void)state;
    story_open(&s, NULL);
    batik = story_j1_goods(&s);
    STORY_OK(&s, label_void(&voided, &s.cx,
                            &(struct label_void_new){
                                .lot = batik.lot, .from = 1, .count = 1, .reason = "sobek"}));
    STORY_OK(&s, lot_units(&codes, &n, &s.cx, batik.lot));
    STORY_OK(&s, count_start(&number, &s.cx, story_place(&s, PLACE_SHOWROOM), ""));
    {
        const struct count_scan old = {batik.codes[0].text, {0}}, now = {codes[0].text, {0}};

        STORY_OK(&s, count_add(&added, &s.cx, number.text, &old, 1));
        assert_int_equal(added.answer, COUNT_VOID);
        STORY_OK(&s, count_add(&added, &s.cx, number.text, &now, 1));
        assert_int_equal(added.answer, COUNTED);
    }
    STORY_REFUSED(&s, take_label(&label, &s.cx, batik.codes[0].text), ERR_CONFLICT, "label-void");
    STORY_OK(&s, take_label(&label, &s.cx, codes[0].text));
    story_close(&s);
}

static void test_due(void **state)
{
    struct label_printed printed;
    struct label_print_new w;
    struct label_due *due;
    struct product p;
    struct received batik;
    struct story s;
    int64_t labels;
    size_t n;

    (void)state;
    story_open(&s, "KEP-1990");
    batik = story_j1_goods(&s);
    STORY_OK(&s, label_due_first(&due, &n, &s.cx, 50));
    assert_int_equal(n, 2);
    assert_string_equal(due[0].sku, "BTK-001");
    assert_int_equal(due[0].count, 3);
    STORY_OK(&s, label_due_again(&due, &n, &s.cx, 50));
    assert_int_equal(n, 0);
    w = wanted(batik.lot, 1, 2);
    STORY_OK(&s, label_print(&printed, &s.cx, &w));
    STORY_OK(&s, label_due_first(&due, &n, &s.cx, 50));
    assert_int_equal(n, 1);
    STORY_OK(&s, label_circulating(&labels, &s.cx));
    assert_int_equal(labels, 2);
    STORY_OK(&s, product_by_sku(&p, &s.cx, "BTK-001"));
    STORY_OK(&s, price_set(&s.cx, &(struct price_new){.product = p.id, .price = RUPIAH(275000)}));
    STORY_OK(&s, label_due_again(&due, &n, &s.cx, 50));
    assert_int_equal(n, 1);
    assert_int_equal(due[0].count, 2);
    assert_true(due[0].old_known);
    assert_int_equal(due[0].old_price.rp, 250000);
    assert_int_equal(due[0].price.rp, 275000);
    assert_int_equal(due[0].from, 1);
    assert_int_equal(due[0].to, 2);
    w.count = 1;
    w.reason = "harga berubah";
    STORY_OK(&s, label_print(&printed, &s.cx, &w));
    STORY_OK(&s, label_due_again(&due, &n, &s.cx, 50));
    assert_int_equal(n, 1);
    assert_int_equal(due[0].count, 1);
    assert_int_equal(due[0].from, 2);
    {
        struct sale sale;

        STORY_OK(&s, story_sell(&s, &sale, "a", batik.codes[1].text, QTY_WHOLE(1), 300000));
    }
    story_as(&s, "admin", ROLE_ADMIN, "1");
    STORY_OK(&s, label_due_again(&due, &n, &s.cx, 50));
    assert_int_equal(n, 0);
    STORY_OK(&s, label_circulating(&labels, &s.cx));
    assert_int_equal(labels, 1);
    story_close(&s);
}

/* Printed without a price, which came later; and what a void label counts for. */
static void test_due_without_price(void **state)
{
    struct label_printed printed;
    struct label_print_new w;
    struct label_due *due;
    struct product p;
    struct received sheets;
    struct story s;
    int64_t labels;
    int32_t voided;
    size_t n;

    (void)state;
    story_open(&s, "KEP-1990");
    story_product(&s, "BTK-009", "Selendang", TRACK_PIECE, 0, 0);
    sheets = story_receive(&s, "BTK-009", QTY_WHOLE(2), 9000);
    w = wanted(sheets.lot, 1, 2);
    STORY_OK(&s, label_print(&printed, &s.cx, &w));
    STORY_OK(&s, label_due_again(&due, &n, &s.cx, 50));
    assert_int_equal(n, 0); /* still none to print */
    STORY_OK(&s, product_by_sku(&p, &s.cx, "BTK-009"));
    STORY_OK(&s, price_set(&s.cx, &(struct price_new){.product = p.id, .price = RUPIAH(90000)}));
    STORY_OK(&s, label_due_again(&due, &n, &s.cx, 50));
    assert_int_equal(n, 1);
    assert_false(due[0].old_known);
    STORY_OK(&s, label_void(&voided, &s.cx,
                            &(struct label_void_new){
                                .lot = sheets.lot, .from = 1, .count = 1, .reason = "hilang"}));
    STORY_OK(&s, label_circulating(&labels, &s.cx));
    assert_int_equal(labels, 1); /* the void one counts no more, and the new one was not printed */
    w.count = 1;
    STORY_OK(&s, label_print(&printed, &s.cx, &w));
    STORY_OK(&s, label_circulating(&labels, &s.cx));
    assert_int_equal(labels, 2);
    story_close(&s);
}

/* A piece of a variant is printed with the variant's words and price. */
static void test_variant(void **state)
{
    struct goods_receive g = {.qty = QTY_WHOLE(1)};
    struct label_printed printed;
    struct label_print_new w;
    struct received received;
    struct variant_id large;
    struct label_job job;
    struct story s;

    (void)state;
    story_open(&s, NULL);
    g.product = story_product(&s, "KMJ-001", "Kemeja batik", TRACK_PIECE, 150000, 90000);
    STORY_OK(
        &s,
        variant_create(
            &large, &s.cx,
            &(struct variant_new){
                .product = g.product, .code = "L", .size = "L", .colour = "merah", .motif = ""}));
    STORY_OK(&s, price_set(&s.cx, &(struct price_new){.product = g.product,
                                                      .variant = large,
                                                      .price = RUPIAH(165000)}));
    g.variant = large;
    STORY_OK(&s, goods_receive(&received, &s.cx, &g));
    w = wanted(received.lot, 1, 1);
    STORY_OK(&s, label_print(&printed, &s.cx, &w));
    STORY_OK(&s, label_job_by_number(&job, &s.cx, printed.number.text));
    assert_string_equal(job.variant, "L, merah");
    assert_int_equal(job.price.rp, 165000);
    assert_int_equal(label_job_by_number(&job, &s.cx, "LB-2026-9999"), ERR_NOT_FOUND);
    story_close(&s);
}

static void test_printers(void **state)
{
    struct label_printer_row row = {.name = "Gudang",
                                    .dpi = 203,
                                    .offset_x_um = -500,
                                    .offset_y_um = 250,
                                    .scale_ppm = 1002000};
    struct label_printer_row *rows, got;
    struct story s;
    size_t n;

    (void)state;
    story_open(&s, NULL);
    STORY_OK(&s, label_printer_save(&s.cx, &row));
    row.dpi = 300;
    STORY_OK(&s, label_printer_save(&s.cx, &row));
    STORY_OK(&s, label_printers(&rows, &n, &s.cx));
    assert_int_equal(n, 1);
    assert_int_equal(rows[0].dpi, 300);
    assert_int_equal(rows[0].offset_x_um, -500);
    assert_int_equal(rows[0].scale_ppm, 1002000);
    for (int i = 0; i < 6; i++) {
        static const char *const slugs[] = {"printer-name",   "printer-name",   "printer-dpi",
                                            "printer-offset", "printer-offset", "printer-scale"};
        struct label_printer_row bad = row;

        switch (i) {
        case 0: bad.name = ""; break;
        case 1: bad.name = "a/b"; break;
        case 2: bad.dpi = 200; break;
        case 3: bad.offset_x_um = 10001; break;
        case 4: bad.offset_y_um = -10001; break;
        default: bad.scale_ppm = 949999; break;
        }
        STORY_REFUSED(&s, label_printer_save(&s.cx, &bad), ERR_INVALID, slugs[i]);
    }
    STORY_OK(&s, label_printer_get(&got, &s.cx, "Gudang"));
    STORY_OK(&s, label_printer_drop(&s.cx, "Gudang"));
    assert_int_equal(label_printer_get(&got, &s.cx, "Gudang"), ERR_NOT_FOUND);
    story_close(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_printed),    cmocka_unit_test(test_counted_lot),
        cmocka_unit_test(test_refused),    cmocka_unit_test(test_void),
        cmocka_unit_test(test_void_again), cmocka_unit_test(test_void_elsewhere),
        cmocka_unit_test(test_due),        cmocka_unit_test(test_due_without_price),
        cmocka_unit_test(test_variant),    cmocka_unit_test(test_printers),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
