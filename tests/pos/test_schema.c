/* The schema defends the facts by itself: whoever opens the file with another tool cannot change
 * one, skip a number, sell what is not there, or move a piece from where it is not. */
#include "tests/story.h"

#include <sqlite3.h>

#include "pos/cart.h"
#include "pos/facts.h"
#include "pos/staff.h"

static sqlite3 *open_by_hand(struct story *s)
{
    sqlite3 *db = NULL;

    store_give(s->store, s->cx.db);
    store_close(s->store);
    assert_int_equal(sqlite3_open(s->home.where, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, "PRAGMA recursive_triggers=ON", NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, "PRAGMA foreign_keys=ON", NULL, NULL, NULL), SQLITE_OK);
    return db;
}

static void close_by_hand(struct story *s, sqlite3 *db)
{
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
    s->store = NULL;
    story_reopen(s);
}

static void assert_aborted(sqlite3 *db, const char *sql, const char *part)
{
    char *why = NULL;
    int rc = sqlite3_exec(db, sql, NULL, NULL, &why);

    if (rc != SQLITE_CONSTRAINT || !why || !strstr(why, part)) {
        fail_msg("%s: %d %s", sql, rc, why ? why : "");
    }
    sqlite3_free(why);
}

static int rows_of(sqlite3 *db, const char *table)
{
    sqlite3_stmt *st = NULL;
    char sql[128];
    int n;

    snprintf(sql, sizeof sql, "SELECT count(*) FROM %s", table);
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &st, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(st), SQLITE_ROW);
    n = sqlite3_column_int(st, 0);
    sqlite3_finalize(st);
    return n;
}

/* Something of every kind of fact. */
static void fill(struct story *s)
{
    struct staff_new person = {"kasir", "Rina Contoh", ROLE_CASHIER, "$hash$"};
    struct cart_scanned scanned;
    struct variant_id variant;
    struct staff_id staff;
    struct product p;
    struct sale sale;
    int32_t copy;

    story_j1_goods(s);
    STORY_OK(s, product_by_sku(&p, &s->cx, "KRJ-001"));
    STORY_OK(s, variant_create(
                    &variant, &s->cx,
                    &(struct variant_new){
                        .product = p.id, .code = "L", .size = "L", .colour = "", .motif = ""}));
    STORY_OK(s, staff_create(&staff, &s->cx, &person));
    STORY_OK(s, cart_scan(&scanned, &s->cx, "KRJ-001", (struct scan_mark){NULL, 0}));
    STORY_OK(s, story_sell(s, &sale, "a", "KRJ-001", QTY_WHOLE(1), 15000));
    STORY_OK(s, story_sell(s, &sale, "b", "BTK-001", QTY_WHOLE(1), 250000));
    STORY_OK(s, receipt_copy(&copy, &s->cx, sale.id));
}

static const char *any_value(enum col_type type)
{
    switch (type) {
    case COL_TEXT: return "'x'";
    case COL_ID: return "zeroblob(16)";
    case COL_DIGEST: return "zeroblob(32)";
    case COL_INT64:
    case COL_INT32:
    case COL_BOOL:
    case COL_RUPIAH:
    case COL_QTY:
    case COL_INSTANT:
    case COL_DAY: return "1";
    }
    return "NULL";
}

/* A row of a table that the story has nothing for, whatever its checks say. */
static void put_any_row(sqlite3 *db, const struct fact_table *table)
{
    char sql[1024];
    size_t n =
        (size_t)snprintf(sql, sizeof sql, "INSERT INTO %s VALUES ('S', zeroblob(16)", table->name);

    for (size_t i = 0; i < table->col_count; i++) {
        n += (size_t)snprintf(sql + n, sizeof sql - n, ", %s", any_value(table->cols[i].type));
    }
    snprintf(sql + n, sizeof sql - n, ")");
    if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK) {
        fail_msg("%s: %s", sql, sqlite3_errmsg(db));
    }
}

static void test_facts_are_final(void **state)
{
    struct story s;
    sqlite3 *db;

    (void)state;
    story_open(&s, "KEP-1990");
    fill(&s);
    db = open_by_hand(&s);
    assert_int_equal(sqlite3_exec(db,
                                  "PRAGMA foreign_keys=OFF; PRAGMA ignore_check_constraints=ON; "
                                  "BEGIN",
                                  NULL, NULL, NULL),
                     SQLITE_OK);
    for (size_t i = 0; i < program_facts.count; i++) {
        const char *table = program_facts.list[i]->name;
        char sql[160], why[80];

        if (rows_of(db, table) == 0) {
            put_any_row(db, program_facts.list[i]);
        }
        snprintf(why, sizeof why, "%s is append-only", table);
        snprintf(sql, sizeof sql, "UPDATE %s SET act_id = zeroblob(16)", table);
        assert_aborted(db, sql, why);
        snprintf(sql, sizeof sql, "DELETE FROM %s", table);
        assert_aborted(db, sql, why);
        snprintf(sql, sizeof sql, "INSERT OR REPLACE INTO %s SELECT * FROM %s", table, table);
        assert_aborted(db, sql, table);
    }
    assert_int_equal(sqlite3_exec(db, "ROLLBACK", NULL, NULL, NULL), SQLITE_OK);
    close_by_hand(&s, db);
    story_close(&s);
}

#define SALE_COLUMNS                                                                               \
    "business_day, at_ms, cashier, zeroblob(16), content, journal_seq, line_count, total_rp, "     \
    "tendered_rp, change_rp, pnbp_rp, premi_rp, fund_rp, cost_rp FROM sale WHERE no = 1"
#define MOVE "INSERT INTO stock_move SELECT site, randomblob(16), 1, lot_id, unit_id, "

static void test_rules_of_the_schema(void **state)
{
    static const struct {
        const char *sql, *part;
    } rows[] = {
        /* The next number is 3: neither 4 nor 2. */
        {"INSERT INTO sale SELECT site, randomblob(16), 'x', epoch, year, till, 4, " SALE_COLUMNS,
         "sale: no is not the next one"},
        {"INSERT INTO sale SELECT site, randomblob(16), 'x', epoch, year, till, 2, " SALE_COLUMNS,
         "sale: no is not the next one"},
        {"INSERT INTO sale SELECT site, randomblob(16), number, epoch, year, till, "
         "3, " SALE_COLUMNS,
         "UNIQUE"},
        /* More than is there; a piece from where it is not; nothing; to where it is. */
        {MOVE "from_id, to_id, 1000000, 'x', 0 FROM stock_move WHERE reason = 'sold' "
              "AND unit_id IS NULL",
         "below zero"},
        {MOVE "from_id, to_id, 1000, 'x', 0 FROM stock_move WHERE reason = 'sold' "
              "AND unit_id IS NOT NULL",
         "stock_move: "},
        {MOVE "from_id, to_id, 0, 'x', 0 FROM stock_move WHERE reason = 'sold'", "CHECK"},
        {MOVE "to_id, to_id, 1000, 'x', 0 FROM stock_move WHERE reason = 'sold'", "CHECK"},
        {"INSERT INTO money_move SELECT site, randomblob(16), 1, from_id, to_id, -5, 'x' "
         "FROM money_move LIMIT 1",
         "CHECK"},
        {"INSERT INTO money_move SELECT site, randomblob(16), 1, from_id, from_id, 5, 'x' "
         "FROM money_move LIMIT 1",
         "CHECK"},
        {"INSERT INTO money_move SELECT site, randomblob(16), 1, from_id, randomblob(16), 5, 'x' "
         "FROM money_move LIMIT 1",
         "FOREIGN KEY"},
        {"INSERT INTO money_move SELECT site, randomblob(16), 1, from_id, to_id, 1.5, 'x' "
         "FROM money_move LIMIT 1",
         "cannot store REAL"},
        {"INSERT INTO product_rev SELECT site, act_id, product_id, rev + 2, name, family, "
         "workshop_id, revenue_account, shelf_life_days, motif, technique, active FROM product_rev",
         "product_rev: rev is not the next one"},
        {"INSERT INTO unit SELECT site, act_id, lot_id, no + 100, id, code FROM unit LIMIT 1",
         "UNIQUE"},
        {"INSERT INTO price SELECT site, act_id, product_id, randomblob(16), NULL, 0, 0, 0, 'x', 1 "
         "FROM price LIMIT 1",
         "CHECK"},
    };
    struct story s;
    sqlite3 *db;

    (void)state;
    story_open(&s, "KEP-1990");
    fill(&s);
    db = open_by_hand(&s);
    for (size_t i = 0; i < LENGTH(rows); i++) {
        char *why = NULL;
        int rc = sqlite3_exec(db, rows[i].sql, NULL, NULL, &why);

        if ((rc & 0xff) != SQLITE_CONSTRAINT || !strstr(why ? why : "", rows[i].part)) {
            fail_msg("%s: %d %s", rows[i].sql, rc, why ? why : "");
        }
        sqlite3_free(why);
    }
    close_by_hand(&s, db);
    story_close(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_facts_are_final),
        cmocka_unit_test(test_rules_of_the_schema),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
