/* How the engine reaches the rows of every statement: what reads all rows of a table, or of a site,
 * stands in a list with its reason, so that no page gets slower as the shop gets older. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <sqlite3.h>

#include "attr.h"
#include "inventory/base/arena.h"
#include "inventory/store/sql_split.h"
#include "pos/facts.h"

/* The planner does not know that a file holds one site, so "(site=?)" alone is a read of it all. */
static const struct {
    const char *statement;
    const char *why;
} reads_all[] = {
    {"account_all", "a dozen accounts"},
    {"address_forget_old", "the addresses of two days"},
    {"case_list", "the cases of some years"},
    {"case_open_count", "the cases of some years"},
    {"cost_sheet_list", "the cost sheets of some years"},
    {"material_all", "the materials, by an index of the products"},
    {"material_lots", "the uses of materials of some years"},
    {"material_receipts", "the receipts of materials of some years"},
    {"programme_all", "the programmes"},
    {"programme_made", "the work orders of some years: a report"},
    {"programme_sold", "the work orders of some years: a report"},
    {"work_list", "the work orders of some years"},
    {"cost_sheet_now", "the cost sheets of some years"},
    {"maker_all", "the makers"},
    {"maker_names", "the makers"},
    {"proposal_list", "the proposals of some years"},
    {"proposal_waits", "the proposals of some years"},
    {"count_list", "the counts of some years"},
    {"count_open_at", "the counts of some years"},
    {"place_card_moves", "the newest moves alone, at most some thousands"},
    {"transfer_list", "the transfers of some years"},
    {"write_off_list", "the write-offs of some years"},
    {"cart_forget_scans", "the scans of a day, once a cart"},
    {"desk_lots_expiring", "all that is in stock: a report"},
    {"export_balances", "a dozen accounts"},
    {"family_all", "ten families"},
    {"first_admin_drop", "one row"},
    {"first_admin_get", "one row"},
    {"idem_forget", "the answers of a few days"},
    {"import_file_forget", "three files"},
    {"import_file_oldest", "three files"},
    {"journal_streams", "only when the journal is verified"},
    {"label_circulating", "all labels, once before the host is changed"},
    {"label_due", "all that is in stock: a list of what to print"},
    {"label_printers", "a few printers"},
    {"login_failure_clear", "the failures of a few days"},
    {"lot_label_by_code", "the places, a few dozen"},
    {"desk_lots_of_product", "the places, a few dozen"},
    {"pnbp_days", "ends after a few days: the key is in their order"},
    {"print_job_next", "the last entry of the index"},
    {"print_job_open", "a partial index of those that are not written"},
    {"product_search_words", "the names, in an index: words stand anywhere in them"},
    {"session_drop_ended", "who is signed in"},
    {"settings_until", "some dozen settings"},
    {"staff_active_admins", "the staff"},
    {"staff_all", "the staff"},
    {"stock_of_product", "the places, a few dozen"},
    {"token_list", "a few machines"},
};

static bool may_read_all(const char *statement)
{
    for (size_t i = 0; i < LENGTH(reads_all); i++) {
        if (strcmp(reads_all[i].statement, statement) == 0) {
            return true;
        }
    }
    return false;
}

static sqlite3 *schema(void)
{
    sqlite3 *db = NULL;

    assert_int_equal(sqlite3_open(":memory:", &db), SQLITE_OK);
    for (size_t i = 0; i < migration_files_count; i++) {
        assert_int_equal(sqlite3_exec(db, migration_files[i].bytes, NULL, NULL, NULL), SQLITE_OK);
    }
    return db;
}

static bool ends_with(const char *text, const char *end)
{
    size_t n = strlen(text), m = strlen(end);

    return n >= m && strcmp(text + n - m, end) == 0;
}

/* A scan of rows that a subquery of the same statement gave is no scan of a table. */
static bool of_subquery(const char *plan, const char *step)
{
    char made[80];

    snprintf(made, sizeof made, "CO-ROUTINE %.60s\n", step + strlen("SCAN "));
    if (strstr(plan, made)) {
        return true;
    }
    snprintf(made, sizeof made, "MATERIALIZE %.60s\n", step + strlen("SCAN "));
    return strstr(plan, made) != NULL;
}

static bool reads_all_rows(const char *plan, const char *step)
{
    return (strncmp(step, "SCAN ", 5) == 0 && !of_subquery(plan, step)) ||
           ends_with(step, " (site=?)");
}

static bool explain(sqlite3 *db, const struct sql_piece *piece, char *plan, size_t room)
{
    char sql[8192];
    sqlite3_stmt *st = NULL;
    bool all = false;
    size_t n = 0;

    snprintf(sql, sizeof sql, "EXPLAIN QUERY PLAN %.*s", (int)piece->n, piece->sql);
    if (sqlite3_prepare_v2(db, sql, -1, &st, NULL) != SQLITE_OK) {
        fail_msg("%s: %s", sql, sqlite3_errmsg(db));
    }
    plan[0] = '\0';
    while (sqlite3_step(st) == SQLITE_ROW && n < room) {
        n += (size_t)snprintf(plan + n, room - n, "%s\n", (const char *)sqlite3_column_text(st, 3));
    }
    sqlite3_reset(st);
    while (sqlite3_step(st) == SQLITE_ROW) {
        all = all || reads_all_rows(plan, (const char *)sqlite3_column_text(st, 3));
    }
    sqlite3_finalize(st);
    return all;
}

static void test_nothing_reads_all_rows_but_what_is_listed(void **state)
{
    struct store_options o = program_store(":memory:", STORE_SCRATCH);
    struct sql_piece *pieces = mem_get(o.query_count * sizeof *pieces);
    sqlite3 *db = schema();
    char plan[8192];
    struct why why;

    (void)state;
    assert_int_equal(
        sql_split(pieces, o.query_names, o.query_count, o.queries, o.query_files, &why), OK);
    for (size_t i = 0; i < o.query_count; i++) {
        bool all = explain(db, &pieces[i], plan, sizeof plan);

        if (all != may_read_all(o.query_names[i])) {
            fail_msg("%s %s:\n%s", o.query_names[i],
                     all ? "reads all rows" : "is listed but reads a few rows only", plan);
        }
    }
    free(pieces);
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_nothing_reads_all_rows_but_what_is_listed),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
