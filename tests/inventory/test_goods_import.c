/* Product lists: what is accepted, what is refused and why, all or nothing. */
#include "tests/story.h"

#include "embedded.h"
#include "inventory/base/sbuf.h"
#include "inventory/base/utf8.h"
#include "inventory/import.h"
#include "inventory/journal.h"

static bool account_known(void *arg, const char *code)
{
    (void)arg;
    return strcmp(code, "425119") == 0 || strcmp(code, "425112") == 0 ||
           strcmp(code, "425699") == 0;
}

static const struct import_options real = {.account_known = account_known};
static const struct import_options dry = {.dry_run = true, .account_known = account_known};

/* Others are let at the store while a long list is only judged. */
struct pauses {
    struct story *story;
    int count;
};

static void pause_at(void *arg)
{
    struct pauses *p = arg;

    assert_false(db_in_transaction(p->story->cx.db));
    p->count++;
}

#define HEADING                                                                                    \
    "sku,name,family,workshop,tracking,unit,price_rp,cost_rp,revenue_account,shelf_life_days,"     \
    "motif_or_model,technique\n"
#define GOOD "KRJ-001,Gelang benang,kerajinan,Bengkel,lot,buah,5000,1800,425119,,Makrame,makrame\n"

static struct embedded catalogue(void)
{
    struct embedded file = {NULL, "", 0};

    for (size_t i = 0; i < data_files_count; i++) {
        if (strcmp(data_files[i].name, "products.csv") == 0) {
            file = data_files[i];
        }
    }
    assert_non_null(file.name);
    return file;
}

static void test_catalogue(void **state)
{
    const struct embedded file = catalogue();
    struct import_report r;
    struct journal_head before, after;
    struct product p;
    struct story s;

    (void)state;
    story_open(&s, NULL);
    STORY_OK(&s, import_products(&r, &s.cx, file.bytes, file.n, &dry));
    assert_int_equal(r.created, 43);
    assert_false(r.written);
    assert_int_equal(product_by_sku(&p, &s.cx, "BTK-001"), ERR_NOT_FOUND);
    STORY_OK(&s, import_products(&r, &s.cx, file.bytes, file.n, &real));
    assert_int_equal(r.rows, 43);
    assert_int_equal(r.created, 43);
    assert_true(r.written);
    STORY_OK(&s, product_by_sku(&p, &s.cx, "OLH-001"));
    assert_int_equal(p.shelf_life_days, 180);
    assert_int_equal(p.price.rp, 38000);
    assert_int_equal(p.cost.rp, 24000);
    assert_string_equal(p.workshop_name, "Dapur Produksi");
    /* Again: nothing to do, and no line in the journal. */
    STORY_OK(&s, journal_head(&before, &s.cx));
    STORY_OK(&s, import_products(&r, &s.cx, file.bytes, file.n, &real));
    assert_int_equal(r.unchanged, 43);
    STORY_OK(&s, journal_head(&after, &s.cx));
    assert_int_equal(before.seq, after.seq);
    story_close(&s);
}

static void test_bad_rows(void **state)
{
    static const struct {
        const char *row, *column, *part;
    } rows[] = {
        {"ADA SPASI,x,batik,B,lot,buah,1,1,425119,,,\n", "sku", "SKU"},
        {"X-1,,batik,B,lot,buah,1,1,425119,,,\n", "name", "Nama"},
        {"X-1,x,kosmetik,B,lot,buah,1,1,425119,,,\n", "family", "kosmetik"},
        {"X-1,x,batik,,lot,buah,1,1,425119,,,\n", "workshop", "bengkel"},
        {"X-1,x,batik,B,borongan,buah,1,1,425119,,,\n", "tracking", "borongan"},
        {"X-1,x,batik,B,lot,,1,1,425119,,,\n", "unit", "Satuan"},
        {"X-1,x,batik,B,lot,buah,1.5,1,425119,,,\n", "price_rp", "1.5"},
        {"X-1,x,batik,B,lot,buah,\"1,234,567\",1,425119,,,\n", "price_rp", "1,234,567"},
        {"X-1,x,batik,B,lot,buah,0,1,425119,,,\n", "price_rp", "0"},
        {"X-1,x,batik,B,lot,buah,,1,425119,,,\n", "price_rp", "Harga"},
        {"X-1,x,batik,B,lot,buah,-5,1,425119,,,\n", "price_rp", "-5"},
        {"X-1,x,batik,B,lot,buah,1,murah,425119,,,\n", "cost_rp", "murah"},
        {"X-1,x,batik,B,lot,buah,1,1,999999,,,\n", "revenue_account", "999999"},
        {"X-1,x,batik,B,lot,buah,1,1,425119,lama,,\n", "shelf_life_days", "lama"},
        {"X-1,x,batik,B,lot,buah,1,1,425119,99999,,\n", "shelf_life_days", "99999"},
        {"KRJ-001,x,batik,B,lot,buah,1,1,425119,,,\n", "sku", "dua kali"},
        {"X-1,x,batik\n", "workshop", "kolom"},
        {"X-1,x,batik,B,lot,buah,1,1,425119,,,,,,,\n", "", "kolom"},
        {"X-1,\"x,batik,B,lot,buah,1,1,425119,,,\n", "", "kutip"},
    };
    struct import_report r;
    struct product p;
    struct story s;

    (void)state;
    story_open(&s, NULL);
    for (size_t i = 0; i < LENGTH(rows); i++) {
        char text[1024];

        snprintf(text, sizeof text, HEADING GOOD "%s", rows[i].row);
        STORY_REFUSED(&s, import_products(&r, &s.cx, text, strlen(text), &real), ERR_REFUSED,
                      "import-refused");
        assert_int_equal(r.rows, 2);
        assert_int_equal(r.refused, 1);
        assert_int_equal(r.problem_count, 1);
        assert_int_equal(r.problems[0].line, 3);
        assert_string_equal(r.problems[0].column, rows[i].column);
        assert_non_null(strstr(r.problems[0].why, rows[i].part));
        assert_false(r.written);
        STORY_OK(&s, import_products(&r, &s.cx, text, strlen(text), &dry));
        assert_int_equal(r.refused, 1);
        assert_int_equal(r.created, 1);
    }
    assert_int_equal(product_by_sku(&p, &s.cx, "KRJ-001"), ERR_NOT_FOUND);
    story_close(&s);
}

static void test_bad_files(void **state)
{
    static const char nul[] = HEADING "KRJ\0-001,x,batik,B,lot,buah,1,1,425119,,,\n";
    static const char utf16[] = "\xFF\xFEs\0k\0u\0";
    static const struct {
        const char *bytes;
        size_t n; /* 0: strlen */
        enum err want;
    } rows[] = {
        {"", 0, ERR_INVALID},
        {"sku,name\n", 0, ERR_INVALID},
        {"sku,name,warna\n", 0, ERR_INVALID},
        {"sku,sku,name\n", 0, ERR_INVALID},
        {HEADING "KRJ-001,caf\xE9,batik,B,lot,buah,1,1,425119,,,\n", 0, ERR_INVALID},
        {nul, sizeof nul - 1, ERR_INVALID},
        {utf16, sizeof utf16 - 1, ERR_INVALID},
    };
    struct import_report r;
    struct story s;
    char *large;

    (void)state;
    story_open(&s, NULL);
    for (size_t i = 0; i < LENGTH(rows); i++) {
        size_t n = rows[i].n ? rows[i].n : strlen(rows[i].bytes);

        assert_int_equal(import_products(&r, &s.cx, rows[i].bytes, n, &real), rows[i].want);
        assert_true(s.cx.why.text[0] != '\0');
        assert_false(r.written);
    }
    large = mem_get((size_t)IMPORT_BYTES_MAX + 1);
    STORY_REFUSED(&s, import_products(&r, &s.cx, large, (size_t)IMPORT_BYTES_MAX + 1, &real),
                  ERR_LIMIT, "file-large");
    free(large);
    story_as(&s, "kasir", ROLE_CASHIER, "1");
    STORY_REFUSED(&s, import_products(&r, &s.cx, HEADING GOOD, strlen(HEADING GOOD), &real),
                  ERR_FORBIDDEN, "price-approval");
    story_close(&s);
}

static void test_changes(void **state)
{
    static const char changed[] =
        "\xEF\xBB\xBFname;sku"; /* only commas separate: an unknown column */
    static const char second[] =
        "unit,tracking,sku,name,family,workshop,revenue_account,cost_rp,price_rp\r\n"
        "buah,lot,krj-001,\"Gelang benang, baru\",kerajinan,Bengkel,425119,,Rp 6.000\r\n";
    static const char fixed[] =
        HEADING "KRJ-001,Gelang,kerajinan,Bengkel,piece,buah,5000,1800,425119,,,\n";
    struct import_report r;
    struct product p;
    struct story s;

    (void)state;
    story_open(&s, NULL);
    STORY_OK(&s, import_products(&r, &s.cx, HEADING GOOD, strlen(HEADING GOOD), &real));
    STORY_REFUSED(&s, import_products(&r, &s.cx, changed, sizeof changed - 1, &real), ERR_INVALID,
                  "column-unknown");
    STORY_OK(&s, import_products(&r, &s.cx, second, sizeof second - 1, &real));
    assert_int_equal(r.changed, 1);
    STORY_OK(&s, product_by_sku(&p, &s.cx, "KRJ-001"));
    assert_string_equal(p.name, "Gelang benang, baru");
    assert_int_equal(p.price.rp, 6000);
    assert_false(p.cost_known);
    assert_int_equal(p.rev, 2);
    STORY_REFUSED(&s, import_products(&r, &s.cx, fixed, sizeof fixed - 1, &real), ERR_REFUSED,
                  "import-refused");
    assert_string_equal(r.problems[0].column, "tracking");
    story_close(&s);
}

static void test_twenty_thousand(void **state)
{
    struct import_report r;
    struct product_list list;
    struct sbuf file;
    struct story s;
    struct pauses pauses = {.story = &s};
    const struct import_options patient = {.dry_run = true,
                                           .account_known = account_known,
                                           .let_others = pause_at,
                                           .others_arg = &pauses};

    (void)state;
    story_open(&s, NULL);
    sbuf_init(&file, IMPORT_BYTES_MAX);
    sbuf_text(&file, HEADING);
    for (int i = 0; i < 20000; i++) {
        sbuf_format(&file,
                    "SKU-%05d,Barang contoh %05d,kerajinan,Bengkel %d,lot,buah,%d,%d,425119,,,\n",
                    i, i, i % 20, 5000 + i, 1000 + i);
    }
    STORY_OK(&s, import_products(&r, &s.cx, sbuf_str(&file), file.len, &patient));
    assert_int_equal(r.created, 20000);
    assert_true(pauses.count >= 40);
    STORY_OK(&s, import_products(&r, &s.cx, sbuf_str(&file), file.len, &real));
    assert_int_equal(r.created, 20000);
    STORY_OK(&s, product_search(&list, &s.cx, "contoh 19999"));
    assert_int_equal(list.count, 1);
    assert_int_equal(list.items[0].price.rp, 24999);
    sbuf_done(&file);
    story_close(&s);
}

/* One wrong row among thirty thousand: its line is named, and not one of the others is written. */
static void test_one_bad_row(void **state)
{
    enum { ROWS = 30000, BAD = 17320 };
    struct journal_head before, after;
    struct product_list list;
    struct import_report r;
    struct sbuf file;
    struct story s;

    (void)state;
    story_open(&s, NULL);
    sbuf_init(&file, IMPORT_BYTES_MAX);
    sbuf_text(&file, HEADING);
    for (int i = 1; i <= ROWS; i++) {
        sbuf_format(&file,
                    "SKU-%05d,Barang contoh %05d,kerajinan,Bengkel %d,lot,buah,%s,1000,425119,,,\n",
                    i, i, i % 20, i == BAD ? "lima ribu" : "5000");
    }
    STORY_OK(&s, journal_head(&before, &s.cx));
    STORY_REFUSED(&s, import_products(&r, &s.cx, sbuf_str(&file), file.len, &real), ERR_REFUSED,
                  "import-refused");
    assert_false(r.written);
    assert_int_equal(r.rows, ROWS);
    assert_int_equal(r.refused, 1);
    assert_int_equal(r.created, ROWS - 1);
    assert_int_equal(r.problem_count, 1);
    assert_int_equal(r.problems[0].line, BAD + 1);
    assert_string_equal(r.problems[0].sku, "SKU-17320");
    assert_string_equal(r.problems[0].column, "price_rp");
    STORY_OK(&s, journal_head(&after, &s.cx));
    assert_int_equal(after.seq, before.seq);
    STORY_OK(&s, product_page(&list, &s.cx, NULL, NULL, 10));
    assert_int_equal(list.count, 0);
    sbuf_done(&file);
    story_close(&s);
}

/* A whole file in the place of a SKU does not come back in the report. */
static void test_a_sku_without_end(void **state)
{
    struct import_report r;
    struct sbuf file;
    struct story s;

    (void)state;
    story_open(&s, NULL);
    sbuf_init(&file, IMPORT_BYTES_MAX);
    sbuf_text(&file, HEADING);
    for (int i = 0; i < 100000; i++) {
        sbuf_text(&file, "\xC3\xA9");
    }
    sbuf_text(&file, ",x,batik,B,lot,buah,1,1,425119,,,\n");
    STORY_OK(&s, import_products(&r, &s.cx, sbuf_str(&file), file.len, &dry));
    assert_int_equal(r.problem_count, 1);
    assert_true(strlen(r.problems[0].sku) <= 64);
    assert_true(utf8_valid(r.problems[0].sku, strlen(r.problems[0].sku)));
    sbuf_done(&file);
    story_close(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_catalogue),       cmocka_unit_test(test_bad_rows),
        cmocka_unit_test(test_bad_files),       cmocka_unit_test(test_changes),
        cmocka_unit_test(test_twenty_thousand), cmocka_unit_test(test_a_sku_without_end),
        cmocka_unit_test(test_one_bad_row),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
