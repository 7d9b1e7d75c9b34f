/* Paper after the sale: what is known of each job, when a further paper is a copy, and the receipt
 * that a sale becomes. */
#include "tests/story.h"

#include <sys/stat.h>
#include <unistd.h>

#include "inventory/base/sbuf.h"
#include "pos/print_job.h"
#include "pos/receipt_of_sale.h"

struct printing {
    struct story s;
    struct sale sale;
    char dir[128];
};

static void printing_open(struct printing *p)
{
    struct story *s = &p->s;

    story_open(s, "KEP-1990");
    (void)story_j1_goods(s);
    story_as(s, "kasir", ROLE_CASHIER, "1");
    STORY_OK(s, story_sell(s, &p->sale, "sale-1", "KRJ-001", QTY_WHOLE(2), 50000));
    snprintf(p->dir, sizeof p->dir, "%s/prints", s->folder);
    assert_int_equal(mkdir(p->dir, 0700), 0);
}

static void printing_close(struct printing *p)
{
    char path[192];

    for (int i = 1; i < 9; i++) {
        snprintf(path, sizeof path, "%s/%06d.escpos", p->dir, i);
        (void)unlink(path);
    }
    (void)rmdir(p->dir);
    story_close(&p->s);
}

static struct print_job_list of_sale(struct printing *p)
{
    struct print_job_list jobs;

    STORY_OK(&p->s, print_jobs_of_sale(&jobs, &p->s.cx, p->sale.id));
    return jobs;
}

static size_t open_at(struct printing *p, const char *till)
{
    struct print_job_list jobs;

    STORY_OK(&p->s, print_jobs_open(&jobs, &p->s.cx, till, 10));
    return jobs.count;
}

/* Draws, sends and notes, as the page does. */
static void send(struct printing *p, const struct print_job *job, const char *dir,
                 enum device_outcome want)
{
    struct print_outcome outcome;
    struct receipt receipt;

    STORY_OK(&p->s, receipt_of_sale(&receipt, &p->s.cx, &p->sale, job->copy_no));
    print_job_send(&outcome, p->s.cx.arena, job, dir, &receipt, PAPER_58_MM);
    assert_int_equal(outcome.device, want);
    assert_int_equal(*outcome.why != '\0', want != DEVICE_WRITTEN);
    STORY_OK(&p->s, print_job_end(&p->s.cx, job->id, &outcome));
}

static struct print_job add(struct printing *p, int32_t copy_no)
{
    struct print_job job;

    STORY_OK(&p->s, print_job_add(&job, &p->s.cx, p->sale.id, copy_no, "file"));
    return job;
}

static void test_written(void **state)
{
    struct printing p;
    struct print_job_list jobs;
    struct print_job job;
    struct stat st;
    char path[192];

    (void)state;
    printing_open(&p);
    assert_int_equal(of_sale(&p).count, 0);
    job = add(&p, 0);
    assert_int_equal(job.number, 1);
    assert_int_equal(of_sale(&p).items[0].state, PRINT_UNKNOWN);
    send(&p, &job, p.dir, DEVICE_WRITTEN);
    jobs = of_sale(&p);
    assert_int_equal(jobs.count, 1);
    assert_int_equal(jobs.items[0].state, PRINT_WRITTEN);
    assert_int_equal(jobs.items[0].copy_no, 0);
    assert_string_equal(jobs.items[0].path, "000001.escpos");
    assert_string_equal(jobs.items[0].sale_number, p.sale.head.number);
    snprintf(path, sizeof path, "%s/%s", p.dir, jobs.items[0].path);
    assert_int_equal(stat(path, &st), 0);
    assert_int_equal(st.st_size, jobs.items[0].bytes);
    assert_true(st.st_size > 1000);
    assert_int_equal(open_at(&p, "1"), 0);
    assert_int_equal(add(&p, 1).number, 2);
    printing_close(&p);
}

/* Nothing left the computer: the same job again, and it is no copy. */
static void test_failed_and_again(void **state)
{
    struct printing p;
    struct print_job job;
    bool taken = false;

    (void)state;
    printing_open(&p);
    job = add(&p, 0);
    send(&p, &job, "/nowhere/prints", DEVICE_FAILED);
    assert_int_equal(of_sale(&p).items[0].state, PRINT_FAILED);
    assert_true(of_sale(&p).items[0].why[0] != '\0');
    assert_int_equal(open_at(&p, "1"), 1);
    assert_int_equal(open_at(&p, "2"), 0);
    STORY_OK(&p.s, print_job_take(&taken, &p.s.cx, job.id));
    assert_true(taken);
    STORY_OK(&p.s, print_job_take(&taken, &p.s.cx, job.id));
    assert_false(taken); /* two who press at once send one paper */
    send(&p, &job, p.dir, DEVICE_WRITTEN);
    assert_int_equal(of_sale(&p).count, 1);
    assert_int_equal(of_sale(&p).items[0].state, PRINT_WRITTEN);
    assert_string_equal(of_sale(&p).items[0].why, "");
    assert_int_equal(open_at(&p, "1"), 0);
    STORY_OK(&p.s, print_job_take(&taken, &p.s.cx, job.id));
    assert_false(taken);
    printing_close(&p);
}

/* The program ends between the sale and the paper's outcome. */
static void test_stopped_in_between(void **state)
{
    struct printing p;
    struct print_job job;
    int32_t copy_no = 0;
    bool taken = true;

    (void)state;
    printing_open(&p);
    job = add(&p, 0);
    story_reopen(&p.s);
    assert_int_equal(of_sale(&p).items[0].state, PRINT_UNKNOWN);
    assert_int_equal(open_at(&p, "1"), 1);
    STORY_OK(&p.s, print_job_take(&taken, &p.s.cx, job.id));
    assert_false(taken); /* it may have come out: never again by itself */
    STORY_OK(&p.s, receipt_copy(&copy_no, &p.s.cx, p.sale.id));
    assert_int_equal(copy_no, 1);
    job = add(&p, copy_no);
    send(&p, &job, p.dir, DEVICE_WRITTEN);
    assert_int_equal(open_at(&p, "1"), 0); /* a later paper of the same sale is there */
    assert_int_equal(of_sale(&p).items[0].state, PRINT_UNKNOWN);
    printing_close(&p);
}

static void test_seen_by_a_person(void **state)
{
    struct printing p;
    struct print_job job, failed;

    (void)state;
    printing_open(&p);
    job = add(&p, 0);
    STORY_OK(&p.s, print_job_seen(&p.s.cx, job.id));
    assert_int_equal(of_sale(&p).items[0].state, PRINT_WRITTEN);
    assert_int_equal(open_at(&p, "1"), 0);
    failed = add(&p, 1);
    send(&p, &failed, "/nowhere/prints", DEVICE_FAILED);
    STORY_OK(&p.s, print_job_seen(&p.s.cx, failed.id));
    assert_int_equal(of_sale(&p).items[1].state, PRINT_FAILED); /* nobody can have seen it */
    printing_close(&p);
}

/* ---- the receipt of a sale ---- */

static void test_receipt_of_sale(void **state)
{
    struct printing p;
    struct receipt r;
    struct story *s = &p.s;

    (void)state;
    printing_open(&p);
    STORY_OK(s, receipt_of_sale(&r, &s->cx, &p.sale, 3));
    assert_int_equal(r.lang, LANG_ID);
    assert_int_equal(r.copy, 3);
    assert_string_equal(r.number, p.sale.head.number);
    assert_int_equal(r.lines_count, 1);
    assert_string_equal(r.lines[0].qty_text, "2");
    assert_string_equal(r.lines[0].code, "KRJ-001");
    assert_null(r.lines[0].note);
    assert_int_equal(r.total.rp, 30000);
    assert_int_equal(r.tenders_count, 1);
    assert_int_equal(r.tenders[0].amount.rp, 50000);
    assert_true(r.change_shown);
    assert_int_equal(r.change.rp, 20000);
    assert_true(r.pnbp_shown);
    assert_int_equal(r.pnbp.rp, 1800);
    assert_int_equal(r.zone.offset_min, 480);
    printing_close(&p);
}

/* An address longer than a symbol of readable size: the paper comes without it. */
static void test_long_address(void **state)
{
    struct printing p;
    struct receipt r;
    struct sbuf paper;
    struct why why;
    char url[1500];

    (void)state;
    printing_open(&p);
    memset(url, 'a', sizeof url - 1);
    url[sizeof url - 1] = '\0';
    STORY_OK(&p.s, receipt_of_sale(&r, &p.s.cx, &p.sale, 0));
    r.qr_url = url;
    sbuf_init(&paper, (size_t)4 << 20);
    assert_int_equal(receipt_paint(&paper, &r, PAPER_58_MM, RECEIPT_PNG, &why), ERR_REFUSED);
    sbuf_clear(&paper);
    assert_int_equal(receipt_paint_fitting(&paper, &r, PAPER_58_MM, RECEIPT_PNG, &why), OK);
    assert_true(paper.len > 500);
    sbuf_done(&paper);
    printing_close(&p);
}

static void test_address(void **state)
{
    static const struct sale sale = {
        .id = {{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 0x1a, 0x2b, 0xc3, 0x0d}},
        .head = {.number = "1/632331/2026/000001"},
    };
    struct arena *a = arena_new(1 << 20);
    struct receipt_tag tag;

    (void)state;
    assert_string_equal(receipt_tag_text(a, &sale), "1/632331/2026/000001-1A2BC30D");
    assert_string_equal(receipt_url(a, &sale, "galeri.example"),
                        "HTTPS://GALERI.EXAMPLE/S/1%2F632331%2F2026%2F000001-1A2BC30D");
    assert_true(receipt_tag_read(&tag, "1/632331/2026/000001-1a2bc30d"));
    assert_string_equal(tag.number, "1/632331/2026/000001");
    assert_string_equal(tag.check, "1A2BC30D");
    arena_free(a);
}

static void test_tags_refused(void **state)
{
    static const char *const bad[] = {
        "",
        "-1A2BC30D",
        "1A2BC30D",
        "1/632331/2026/000001",
        "1/632331/2026/000001-",
        "1/632331/2026/000001-1A2BC30",
        "1/632331/2026/000001-1A2BC30G",
        "1/632331/2026/000001~1A2BC30D",
        "1234567890123456789012345678901234567890123456789012345678901-1A2BC30D", /* 61 */
    };
    struct receipt_tag tag;

    (void)state;
    for (size_t i = 0; i < LENGTH(bad); i++) {
        if (receipt_tag_read(&tag, bad[i])) {
            fail_msg("taken as a receipt: %s", bad[i]);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_written),
        cmocka_unit_test(test_failed_and_again),
        cmocka_unit_test(test_stopped_in_between),
        cmocka_unit_test(test_seen_by_a_person),
        cmocka_unit_test(test_receipt_of_sale),
        cmocka_unit_test(test_long_address),
        cmocka_unit_test(test_address),
        cmocka_unit_test(test_tags_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
