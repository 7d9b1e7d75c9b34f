/* Labels per second and receipt milliseconds, printed as plain lines. */
#include <inttypes.h>

#include "inventory/base/sbuf.h"
#include "receipts/escpos.h"
#include "receipts/label.h"
#include "receipts/qr.h"
#include "receipts/receipt.h"

enum { LABELS = 1000, ROUNDS = 7, RECEIPTS = 50, RECEIPT_ROWS = 20, BYTES_MAX = 64 * 1024 * 1024 };

static int64_t now_us(void)
{
    struct timespec t;

    (void)clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static int by_value(const void *a, const void *b)
{
    const int64_t *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

static int64_t median(int64_t *values, size_t count)
{
    qsort(values, count, sizeof(*values), by_value);
    return values[count / 2];
}

static void stop(const struct why *why)
{
    (void)fprintf(stderr, "bench_paper: %s\n", why->text);
    exit(1);
}

static void bench_labels(const char *what, const char *host)
{
    static struct label labels[LABELS];
    static const char letters[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    int64_t us[3][ROUNDS]; /* encoding alone, A4 without reading back, A4 as it is */
    struct label_job job = {
        .medium = LABEL_SHEET, .title = "Bench", .labels = labels, .count = LABELS};
    struct sbuf out;
    struct why why;

    for (size_t i = 0; i < LABELS; i++) {
        labels[i] = (struct label){.host = host,
                                   .code = {"A7K2M9QXP4"},
                                   .name = "Kain batik tulis burung enggang",
                                   .price = {250000},
                                   .workshop = "Bengkel Batik",
                                   .unit_name = "Lapas Kelas IIA Contoh"};
        labels[i].code.text[7] = letters[i / 32];
        labels[i].code.text[8] = letters[i % 32];
    }
    sbuf_init(&out, BYTES_MAX);
    for (size_t round = 0; round < ROUNDS; round++) {
        int64_t begin = now_us();
        for (size_t i = 0; i < LABELS; i++) {
            char url[LABEL_URL_MAX];
            struct qr qr;
            if (!label_url(url, host, labels[i].code) || qr_encode(&qr, url, &why)) {
                stop(&why);
            }
            qr_done(&qr);
        }
        us[0][round] = now_us() - begin;
        for (int read = 0; read < 2; read++) {
            job.unread = !read;
            sbuf_clear(&out);
            begin = now_us();
            if (label_job_pdf(&out, &job, &why)) {
                stop(&why);
            }
            us[1 + read][round] = now_us() - begin;
        }
    }
    printf("labels, %s: %" PRId64 " a second as A4 PDF, each read back; %" PRId64
           " without reading (%zu bytes a label); encoding alone, one thread: %" PRId64 "\n",
           what, LABELS * INT64_C(1000000) / median(us[2], ROUNDS),
           LABELS * INT64_C(1000000) / median(us[1], ROUNDS), out.len / LABELS,
           LABELS * INT64_C(1000000) / median(us[0], ROUNDS));
    sbuf_done(&out);
}

static void bench_receipt(enum paper paper, enum receipt_form form, const char *what)
{
    static struct receipt_line lines[RECEIPT_ROWS];
    static const struct receipt_tender tenders[] = {{.name = "Tunai", .amount = {2000000}}};
    int64_t us[RECEIPTS];
    struct sbuf out;
    struct why why;

    for (size_t i = 0; i < RECEIPT_ROWS; i++) {
        lines[i] = (struct receipt_line){.name = i % 2 ? "Gantungan kunci" : "Kain batik enggang",
                                         .qty_text = "2",
                                         .unit = "buah",
                                         .price = {15000},
                                         .total = {30000}};
    }
    struct receipt r = {.shop_name = "Galeri Enggang",
                        .unit_name = "Lapas Kelas IIA Contoh",
                        .number = "1/632331/2026/000001",
                        .day = {20779},
                        .at = {INT64_C(1795347725000)},
                        .zone = {480},
                        .till = "1",
                        .cashier = "Rina",
                        .lines = lines,
                        .lines_count = RECEIPT_ROWS,
                        .total = {600000},
                        .tenders = tenders,
                        .tenders_count = 1,
                        .change_shown = true,
                        .change = {1400000},
                        .pnbp_shown = true,
                        .pnbp = {15300},
                        .qr_url = "HTTPS://GALERI.EXAMPLE/STRUK/1/632331/2026/000001"};
    sbuf_init(&out, BYTES_MAX);
    for (size_t i = 0; i < RECEIPTS; i++) {
        int64_t begin = now_us();
        sbuf_clear(&out);
        if (receipt_paint(&out, &r, paper, form, &why)) {
            stop(&why);
        }
        us[i] = now_us() - begin;
    }
    int64_t first = us[0], warm = median(us, RECEIPTS);
    printf("receipt of %d lines, %d mm, %s: %" PRId64 ".%02" PRId64 " ms warm, %" PRId64
           ".%02" PRId64 " ms the first time, %zu bytes\n",
           RECEIPT_ROWS, paper == PAPER_58_MM ? 58 : 80, what, warm / 1000, warm % 1000 / 10,
           first / 1000, first % 1000 / 10, out.len);
    sbuf_done(&out);
}

int main(void)
{
    bench_receipt(PAPER_58_MM, RECEIPT_ESCPOS, "ESC/POS");
    bench_receipt(PAPER_80_MM, RECEIPT_ESCPOS, "ESC/POS");
    bench_receipt(PAPER_80_MM, RECEIPT_PNG, "PNG");
    bench_receipt(PAPER_80_MM, RECEIPT_SCREEN, "PNG for the screen");
    bench_receipt(PAPER_80_MM, RECEIPT_PDF, "PDF");
    bench_labels("host of 14 letters (version 2)", "galeri.example");
    bench_labels("host of 34 letters (version 3)", "galeri-enggang.lapas-contoh.example");
    return 0;
}
