/* Opening the server's store: translation of statements, addresses, refusals, migrations. */
#include "inventory/store/postgres_sql.h"
#include "tests/store/server.h"

/* ---- translation ---- */

struct translated {
    const char *sql, *want, *names; /* names: joined by blanks; a number has none: - */
};

static const struct translated texts[] = {
    {"SELECT :a", "SELECT $1", ":a"},
    {"SELECT :b, :a, :b WHERE x = :a_2", "SELECT $1, $2, $1 WHERE x = $3", ":b :a :a_2"},
    {"VALUES (?1, ?2, ?1)", "VALUES ($1, $2, $1)", "- -"},
    {"VALUES (?2)", "VALUES ($2)", "- -"},
    {"SELECT ':a', \":b\", 'it''s :c', :d", "SELECT ':a', \":b\", 'it''s :c', $1", ":d"},
    {"SELECT E'\\':a', :b", "SELECT E'\\':a', $1", ":b"},
    {"SELECT name'\\', :b", "SELECT name'\\', $1", ":b"},
    {"SELECT x::TEXT, :a::BIGINT", "SELECT x::TEXT, $1::BIGINT", ":a"},
    {"f(a := :b, c => :d)", "f(a := $1, c => $2)", ":b :d"},
    {"SELECT x[1:2], y[:a]", "SELECT x[1:2], y[$1]", ":a"},
    {"-- no :a here, nor 'this\nSELECT :b", "-- no :a here, nor 'this\nSELECT $1", ":b"},
    {"/* :a /* inner ' */ :b */ SELECT :c", "/* :a /* inner ' */ :b */ SELECT $1", ":c"},
    {"SELECT $$ :a ' $$, $t$ $$ :b $t$, :c", "SELECT $$ :a ' $$, $t$ $$ :b $t$, $1", ":c"},
    {"SELECT a$b$, :c", "SELECT a$b$, $1", ":c"},
    {"SELECT a ? 'b', :c", "SELECT a ? 'b', $1", ":c"},
};

static void test_translation(void **state)
{
    (void)state;
    for (size_t i = 0; i < LENGTH(texts); i++) {
        struct sql_params params;
        struct sbuf out, names;

        sbuf_init(&out, 1024);
        sbuf_init(&names, 1024);
        assert_int_equal(sql_translate(&out, &params, texts[i].sql, strlen(texts[i].sql)), OK);
        assert_string_equal(sbuf_str(&out), texts[i].want);
        for (int at = 0; at < params.count; at++) {
            sbuf_format(&names, "%s%s", at ? " " : "",
                        params.names[at][0] ? params.names[at] : "-");
        }
        assert_string_equal(sbuf_str(&names), texts[i].names);
        sbuf_done(&out);
        sbuf_done(&names);
    }
}

static void test_translation_refuses(void **state)
{
    static const struct {
        const char *sql;
        enum err want;
    } wrong[] = {
        {"", ERR_IO},
        {" ;\n-- only a comment", ERR_IO},
        {"SELECT 'no end", ERR_IO},
        {"SELECT /* /* */ 1", ERR_IO},
        {"SELECT $a$ no end", ERR_IO},
        {"SELECT ?0", ERR_LIMIT},
        {"SELECT ?65", ERR_LIMIT},
        {"SELECT ?99999999999999999999", ERR_LIMIT},
        {"SELECT :a_name_that_is_longer_than_any_name_has_a_right_to_be", ERR_LIMIT},
        {"SELECT 'a text that is longer than its room'", ERR_LIMIT},
    };

    (void)state;
    for (size_t i = 0; i < LENGTH(wrong); i++) {
        struct sql_params params;
        struct sbuf out;

        sbuf_init(&out, 40);
        assert_int_equal(sql_translate(&out, &params, wrong[i].sql, strlen(wrong[i].sql)),
                         wrong[i].want);
        sbuf_done(&out);
    }
}

/* ---- refusals ---- */

static void expect_refused(enum err want, const char *slug, const char *part)
{
    struct store *s = NULL;
    struct why why = {.code = OK};

    assert_int_equal(store_open(&s, &there.options, &why), want);
    assert_null(s);
    assert_string_equal(why.slug, slug);
    assert_int_equal(why.code, want);
    if (!strstr(why.text, part) || strstr(why.text, "rahasia")) {
        fail_msg("%s", why.text);
    }
}

static void test_addresses_that_cannot_be_read(void **state)
{
    static const char *const wrong[] = {
        "postgresql://",
        "postgresql://etalase:rahasia@host",
        "postgresql://etalase:rahasia@host:port/toko",
        "postgresql://etalase:raha@sia-rahasia@host/toko",
        "postgresql://etalase:raha/rahasia@host/toko",
        "postgresql://etalase:raha?rahasia@host/toko",
        "postgresql://etalase:raha#rahasia@host/toko",
        "postgresql://etalase:rahasia@[::1/toko",
        "postgres://etalase:rahasia@host/toko?nonsense=rahasia",
    };

    (void)state;
    for (size_t i = 0; i < LENGTH(wrong); i++) {
        assert_true(store_is_server(wrong[i]));
        there.options.where = wrong[i];
        expect_refused(ERR_INVALID, "server-address", "tidak dapat dibaca");
    }
    assert_false(store_is_server("/tmp/postgresql/shop.db"));
}

static void test_refused_connections(void **state)
{
    static const struct {
        const char *who, *database; /* NULL: the test's own */
        enum err want;
        const char *slug, *part;
    } table[] = {
        {"tamu:rahasia", "postgres", ERR_FORBIDDEN, "server-login", "/postgres"},
        {"tamu", "postgres", ERR_FORBIDDEN, "server-login", "kata sandi"},
        {"siapa:rahasia", NULL, ERR_FORBIDDEN, "server-login", "peran"},
        {"tamu:sandi-tamu-1", NULL, ERR_FORBIDDEN, "server-login", "peran"},
        {"etalase:rahasia", "tidak_ada", ERR_NOT_FOUND, "server-database", "tidak_ada"},
        {"etalase:rahasia", NULL, ERR_CONFLICT, "server-migrate", "etalase migrate"},
        {"etalase:rahasia", "postgres", ERR_CONFLICT, "server-unprepared", "postgres-init.sql"},
    };
    char url[192];

    (void)state;
    for (size_t i = 0; i < LENGTH(table); i++) {
        address(url, sizeof url, table[i].who, there.port,
                table[i].database ? table[i].database : there.database);
        there.options.where = url;
        expect_refused(table[i].want, table[i].slug, table[i].part);
    }
    there.options.where = there.url;
    there.options.migrate = true;
    expect_refused(ERR_FORBIDDEN, "server-rights", "etalase_migrate");
}

static void test_a_server_that_is_not_there(void **state)
{
    char url[256];
    struct wire w; /* only for a port on which nobody listens any more */

    (void)state;
    wire_open(&w);
    wire_close(&w);
    address(url, sizeof url, "etalase:rahasia", w.port, "toko");
    there.options.where = url;
    expect_refused(ERR_AWAY, "server-away", "/toko");
    /* The second of two hosts is there, and both are named. */
    snprintf(url, sizeof url, "postgresql://etalase:rahasia@127.0.0.1:%s,127.0.0.1:%s/%s", w.port,
             there.port, there.database);
    expect_refused(ERR_CONFLICT, "server-migrate", w.port);
    expect_refused(ERR_CONFLICT, "server-migrate", there.port);
}

static void test_a_server_that_is_full(void **state)
{
    (void)state;
    psql("ALTER ROLE etalase CONNECTION LIMIT 0", NULL, 0);
    expect_refused(ERR_BUSY, "server-full", "max_connections");
    psql("ALTER ROLE etalase CONNECTION LIMIT -1", NULL, 0);
    expect_refused(ERR_CONFLICT, "server-migrate", "");
}

static void test_wrong_encodings(void **state)
{
    static const char *const kinds[] = {
        "ENCODING 'SQL_ASCII' LC_COLLATE 'C' LC_CTYPE 'C'",
        "ENCODING 'UTF8' LC_COLLATE 'C.UTF-8' LC_CTYPE 'C.UTF-8'",
        "ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C.UTF-8'",
        "ENCODING 'UTF8' LOCALE_PROVIDER icu ICU_LOCALE 'id' LC_COLLATE 'C' LC_CTYPE 'C'",
    };
    char sql[256], database[64], url[192];

    (void)state;
    snprintf(database, sizeof database, "%s_lain", there.database);
    address(url, sizeof url, "etalase", there.port, database);
    there.options.where = url;
    for (size_t i = 0; i < LENGTH(kinds); i++) {
        snprintf(sql, sizeof sql, "CREATE DATABASE %s TEMPLATE template0 %s", database, kinds[i]);
        psql_in("postgres", sql, NULL, 0);
        expect_refused(ERR_CORRUPT, "server-encoding", "UTF8");
        snprintf(sql, sizeof sql, "DROP DATABASE %s", database);
        psql_in("postgres", sql, NULL, 0);
    }
}

static void test_a_server_that_does_not_sync(void **state)
{
    static const char *const settings[] = {"fsync", "full_page_writes"};
    char sql[128];

    (void)state;
    for (size_t i = 0; i < LENGTH(settings); i++) {
        snprintf(sql, sizeof sql, "ALTER SYSTEM SET %s = off", settings[i]);
        psql(sql, NULL, 0);
        psql("SELECT pg_reload_conf()", NULL, 0);
        snprintf(sql, sizeof sql, "SHOW %s", settings[i]);
        psql_until(sql, "off");
        expect_refused(ERR_CORRUPT, "server-unsafe", settings[i]);
        snprintf(sql, sizeof sql, "ALTER SYSTEM RESET %s", settings[i]);
        psql(sql, NULL, 0);
        psql("SELECT pg_reload_conf()", NULL, 0);
        snprintf(sql, sizeof sql, "SHOW %s", settings[i]);
        psql_until(sql, "on");
    }
}

/* ---- the schema ---- */

static void test_a_newer_schema_is_left_alone(void **state)
{
    (void)state;
    psql("UPDATE etalase.schema_version SET version = 3", NULL, 0);
    expect_refused(ERR_CONFLICT, "store-newer", "lebih baru");
}

static void test_an_older_schema_waits(void **state)
{
    struct why why = {.code = OK};

    (void)state;
    there.options.server.migration_count = 1;
    there.options.query_files = 0;
    there.options.query_count = 0;
    assert_int_equal(server_migrate(&why), OK);
    there.options.server.migration_count = 2;
    expect_refused(ERR_CONFLICT, "server-migrate", "1 < 2");
    assert_int_equal(server_migrate(&why), OK);
    assert_int_equal(server_migrate(&why), OK);
    store_close(server_opened());
}

static void *migrate_here(void *arg)
{
    struct why *why = arg;

    (void)!server_migrate(why);
    return NULL;
}

static void test_four_programs_migrate_at_once(void **state)
{
    enum { PROGRAMS = 4 };
    pthread_t threads[PROGRAMS];
    struct why whys[PROGRAMS];
    char version[16];

    (void)state;
    for (size_t i = 0; i < PROGRAMS; i++) {
        whys[i] = (struct why){.code = OK};
        assert_int_equal(pthread_create(&threads[i], NULL, migrate_here, &whys[i]), 0);
    }
    for (size_t i = 0; i < PROGRAMS; i++) {
        pthread_join(threads[i], NULL);
        assert_string_equal(whys[i].text, "");
    }
    psql("SELECT version FROM etalase.schema_version", version, sizeof version);
    assert_string_equal(version, "2");
    store_close(server_opened());
}

static void test_a_migration_that_fails_leaves_nothing(void **state)
{
    static const struct embedded broken[] = {
        FILE_OF("0001_half.sql", "CREATE TABLE half (id BIGINT); CREATE TABLE half (id BIGINT);")};
    struct why why = {.code = OK};
    char version[16];

    (void)state;
    there.options.server = (struct store_sql){.migrations = broken, .migration_count = 1};
    assert_int_equal(server_migrate(&why), ERR_IO);
    assert_non_null(strstr(why.text, "0001_half.sql"));
    assert_non_null(strstr(why.text, "already exists"));
    psql("SELECT version FROM etalase.schema_version", version, sizeof version);
    assert_string_equal(version, "0");
    psql("SELECT to_regclass('etalase.half') IS NULL", version, sizeof version);
    assert_string_equal(version, "t");
}

static void test_wrong_statements_stop_the_start(void **state)
{
    static const struct {
        const char *sql, *part;
    } wrong[] = {
        {"SELECT nothing FROM note", "nothing"},
        {"SELECT sum(id) AS n FROM note", "column n has a type"},
        {"SELECT 'no end", "translated"},
    };

    (void)state;
    for (size_t i = 0; i < LENGTH(wrong); i++) {
        static const char *const names[] = {"salah"};
        char text[128];
        struct embedded file = {.name = "x.sql", .bytes = text};

        file.n = (size_t)snprintf(text, sizeof text, "-- name: salah\n%s", wrong[i].sql);
        there.options.queries = &file;
        there.options.query_files = 1;
        there.options.query_names = names;
        there.options.query_count = 1;
        expect_refused(ERR_IO, "store-io", wrong[i].part);
        expect_refused(ERR_IO, "store-io", "salah");
    }
}

static void test_a_wrong_description_stops_the_start(void **state)
{
    static const struct fact_col wrong_cols[] = {FACT_COL(thing, "id", id),
                                                 FACT_COL(thing, "amount_rp", amount)};
    static const struct fact_table wrong = FACT_TABLE("thing", thing, wrong_cols);
    static const struct fact_table *const list[] = {&wrong};

    (void)state;
    there.options.tables = list;
    expect_refused(ERR_CORRUPT, "store-damaged", "thing");
}

static void test_what_a_store_says_of_itself(void **state)
{
    struct store *s = server_opened();
    struct store_about about = store_about(s);

    (void)state;
    assert_string_equal(about.engine, "postgresql");
    assert_true(about.shared && about.fixed);
    assert_int_equal(about.schema, 2);
    assert_true(strtol(about.version, NULL, 10) >= 15);
    assert_null(strchr(about.where, '@'));
    assert_non_null(strstr(about.where, there.database));
    assert_string_equal(store_compared(s)[0], "thing");
    assert_string_equal(store_compared(s)[1], "thing_now");
    assert_null(store_compared(s)[2]);
    assert_string_equal(store_locals(s)[0], "note");
    assert_string_equal(store_locals(s)[1], "pair");
    assert_null(store_locals(s)[2]);
    store_close(s);
}

int main(void)
{
    static const struct CMUnitTest list[] = {
        cmocka_unit_test(test_translation),
        cmocka_unit_test(test_translation_refuses),
        BARE_TEST(test_addresses_that_cannot_be_read),
        BARE_TEST(test_refused_connections),
        BARE_TEST(test_a_server_that_is_not_there),
        BARE_TEST(test_a_server_that_is_full),
        BARE_TEST(test_wrong_encodings),
        BARE_TEST(test_a_server_that_does_not_sync),
        SERVER_TEST(test_a_newer_schema_is_left_alone),
        BARE_TEST(test_an_older_schema_waits),
        BARE_TEST(test_four_programs_migrate_at_once),
        BARE_TEST(test_a_migration_that_fails_leaves_nothing),
        SERVER_TEST(test_wrong_statements_stop_the_start),
        SERVER_TEST(test_a_wrong_description_stops_the_start),
        SERVER_TEST(test_what_a_store_says_of_itself),
    };

    return cmocka_run_group_tests(list, NULL, NULL);
}
