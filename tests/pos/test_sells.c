/* What sells, told as a story with figures that can be counted by hand. */
#include "tests/story.h"

#include "inventory/fact.h"
#include "pos/sells.h"

enum { DAY_MS = 24 * 3600 * 1000 };

static struct sells *read_all(struct story *s, struct sells_ask ask)
{
    struct sells *work = sells_new(ask);
    bool done = false;

    while (!done) {
        STORY_OK(s, sells_slice(&done, work, &s->cx));
    }
    return work;
}

static const struct sells_row *row_named(const struct sells_row *rows, size_t n, const char *key)
{
    for (size_t i = 0; i < n; i++) {
        if (strcmp(rows[i].key, key) == 0) {
            return &rows[i];
        }
    }
    fail_msg("no row %s", key);
    return NULL;
}

/* Three batik and a hundred key rings on 22 November; a batik goes after 2 days, one after 4, ten
 * key rings after 10, in December. */
static void tell(struct story *s)
{
    struct received batik = story_j1_goods(s);
    struct sale sale;

    story_as(s, "kasir", ROLE_CASHIER, "1");
    story_wait(s, INT64_C(2) * DAY_MS);
    STORY_OK(s, story_sell(s, &sale, "a", batik.codes[0].text, QTY_WHOLE(1), 250000));
    story_wait(s, INT64_C(2) * DAY_MS);
    STORY_OK(s, story_sell(s, &sale, "b", batik.codes[1].text, QTY_WHOLE(1), 250000));
    story_wait(s, INT64_C(6) * DAY_MS);
    STORY_OK(s, story_sell(s, &sale, "c", "KRJ-001", QTY_WHOLE(10), 150000));
}

static void test_by_product(void **state)
{
    const struct sells_row *rows, *r;
    struct sells_row total;
    struct sells *work;
    struct story s;
    size_t n;

    (void)state;
    story_open(&s, "KEP-1990");
    tell(&s);
    struct day today = instant_day(s.now, s.site.zone);
    work = read_all(&s, (struct sells_ask){.from = DAY(today.since_1970 - 30),
                                           .to = today,
                                           .today = today,
                                           .workshop = "",
                                           .by = SELLS_PRODUCT});
    sells_rows(&rows, &n, &total, work);
    assert_int_equal(n, 2);
    assert_string_equal(rows[0].key, "BTK-001"); /* by proceeds */
    r = row_named(rows, n, "BTK-001");
    assert_int_equal(r->made.milli, 3000);
    assert_int_equal(r->sold.milli, 2000);
    assert_int_equal(r->left.milli, 1000);
    assert_int_equal(r->share_tt, 6666);
    assert_int_equal(r->days_median, 2);
    assert_int_equal(r->days_mean, 3);
    assert_int_equal(r->age_median, 10);
    assert_int_equal(r->proceeds.rp, 500000);
    r = row_named(rows, n, "KRJ-001");
    assert_int_equal(r->sold.milli, 10000);
    assert_int_equal(r->left.milli, 90000);
    assert_int_equal(r->share_tt, 1000);
    assert_int_equal(r->days_median, 10);
    assert_int_equal(total.proceeds.rp, 650000);
    assert_int_equal(total.days_median, 10); /* ten of twelve */
    sells_free(work);
    story_close(&s);
}

static void test_by_month_and_period(void **state)
{
    const struct sells_row *rows;
    struct sells_row total;
    struct sells *work;
    struct story s;
    size_t n;

    (void)state;
    story_open(&s, "KEP-1990");
    tell(&s);
    const struct day today = instant_day(s.now, s.site.zone);
    struct sells_ask ask = {.from = DAY(today.since_1970 - 30),
                            .to = today,
                            .today = today,
                            .workshop = "",
                            .by = SELLS_MONTH};
    work = read_all(&s, ask);
    sells_rows(&rows, &n, &total, work);
    assert_int_equal(n, 2);
    assert_string_equal(rows[0].key, "2026-11");
    assert_int_equal(rows[0].proceeds.rp, 500000);
    assert_int_equal(rows[0].made.milli, 103000);
    assert_int_equal(rows[0].share_tt, -1);
    assert_string_equal(rows[1].key, "2026-12");
    assert_int_equal(rows[1].proceeds.rp, 150000);
    assert_int_equal(rows[1].made.milli, 0);
    sells_free(work);
    /* Only the second batik: 26 November. */
    ask.from = ask.to = DAY(today.since_1970 - 6);
    ask.by = SELLS_FAMILY;
    work = read_all(&s, ask);
    sells_rows(&rows, &n, &total, work);
    assert_int_equal(total.sold.milli, 1000);
    assert_int_equal(total.proceeds.rp, 250000);
    assert_int_equal(total.made.milli, 0);
    assert_int_equal(total.left.milli, 91000);
    sells_free(work);
    ask.workshop = "Bengkel yang tidak ada";
    work = read_all(&s, ask);
    sells_rows(&rows, &n, &total, work);
    assert_int_equal(n, 0);
    assert_int_equal(total.days_median, -1);
    assert_int_equal(total.share_tt, -1);
    sells_free(work);
    story_close(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_by_product),
        cmocka_unit_test(test_by_month_and_period),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
