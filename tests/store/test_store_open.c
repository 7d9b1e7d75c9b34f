/* Opening the store: who else holds it, what is refused, what is migrated. */
#include <sys/wait.h>
#include <unistd.h>

#include "inventory/store/sql_split.h"
#include "tests/store/thing.h"

static void expect_refused(enum err want, const char *words)
{
    struct store *s = NULL;
    struct why why = {.code = OK};

    assert_int_equal(store_open(&s, &here.options, &why), want);
    assert_null(s);
    if (!strstr(why.text, words)) {
        fail_msg("\"%s\" does not say \"%s\"", why.text, words);
    }
}

static void test_a_second_process_is_told_who_holds_it(void **state)
{
    struct store *s = opened();
    pid_t child = fork();
    int status;

    (void)state;
    if (child == 0) {
        struct store *second = NULL;
        struct why why = {.code = OK};
        char mine[32];

        snprintf(mine, sizeof mine, "nomor %ld", (long)getppid());
        _exit(store_open(&second, &here.options, &why) == ERR_BUSY && strstr(why.text, mine) ? 0
                                                                                             : 1);
    }
    waitpid(child, &status, 0);
    assert_int_equal(status, 0);
    store_close(s);
}

static void test_a_newer_file_is_left_alone(void **state)
{
    store_close(opened());
    (void)state;
    here.options.file.migration_count = 1;
    expect_refused(ERR_CONFLICT, "lebih baru");
    here.options.file.migration_count = 2;
    store_close(opened());
}

static void test_an_older_file_is_migrated(void **state)
{
    struct store *s;

    (void)state;
    here.options.file.migration_count = 1;
    here.options.query_files = 1; /* only the queries of the first schema */
    here.options.query_count = 0;
    here.options.query_files = 0;
    store_close(opened());
    here.options.file.migration_count = 2;
    here.options.query_files = THING_QUERY_FILES;
    here.options.query_count = Q_COUNT;
    s = opened();
    assert_int_equal(store_about(s).schema, 2);
    store_close(s);
}

static void write_file(const char *bytes, size_t n)
{
    FILE *f = fopen(here.path, "wb");

    assert_non_null(f);
    assert_int_equal(fwrite(bytes, 1, n, f), n);
    fclose(f);
}

static void test_a_damaged_file_is_refused(void **state)
{
    char junk[8192];

    (void)state;
    memset(junk, 'x', sizeof junk);
    write_file(junk, sizeof junk);
    expect_refused(ERR_CORRUPT, "rusak");
}

static void test_a_folder_that_is_not_there(void **state)
{
    (void)state;
    here.options.where = "/tmp/etalase-tidak-ada/shop.db";
    expect_refused(ERR_FORBIDDEN, "tidak dapat ditulis");
}

static void test_a_wrong_description_stops_the_start(void **state)
{
    static const struct fact_col wrong_cols[] = {FACT_COL(thing, "id", id),
                                                 FACT_COL(thing, "amount", amount)};
    static const struct fact_table wrong = FACT_TABLE("thing", thing, wrong_cols);
    static const struct fact_table *const list[] = {&wrong};

    (void)state;
    here.options.tables = list;
    expect_refused(ERR_CORRUPT, "thing");
}

static void test_split_refuses(void **state)
{
    static const char *const two[] = {"a", "b"};
    static const struct embedded missing[] = {FILE_OF("x.sql", "-- name: a\nSELECT 1;\n")};
    static const struct embedded twice[] = {
        FILE_OF("x.sql", "-- name: a\nSELECT 1;\n-- name: b\nSELECT 2;\n-- name: a\nSELECT 3;\n")};
    static const struct embedded extra[] = {
        FILE_OF("x.sql", "-- name: a\nSELECT 1;\n-- name: b\nSELECT 2;\n-- name: c\nSELECT 3;\n")};
    struct sql_piece pieces[2];
    struct why why;

    (void)state;
    assert_int_equal(sql_split(pieces, two, 2, missing, 1, &why), ERR_CORRUPT);
    assert_non_null(strstr(why.text, "b"));
    assert_int_equal(sql_split(pieces, two, 2, twice, 1, &why), ERR_CORRUPT);
    assert_int_equal(sql_split(pieces, two, 2, extra, 1, &why), ERR_CORRUPT);
}

int main(void)
{
    static const struct CMUnitTest list[] = {
        STORE_TEST(test_a_second_process_is_told_who_holds_it),
        STORE_TEST(test_a_newer_file_is_left_alone),
        STORE_TEST(test_an_older_file_is_migrated),
        STORE_TEST(test_a_damaged_file_is_refused),
        STORE_TEST(test_a_folder_that_is_not_there),
        STORE_TEST(test_a_wrong_description_stops_the_start),
        cmocka_unit_test(test_split_refuses),
    };

    return cmocka_run_group_tests(list, NULL, NULL);
}
