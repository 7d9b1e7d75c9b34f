/* The small shop on the tests' server. */
#include "tests/store/server.h"

#include <spawn.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

static const struct embedded migrations[] = {
    FILE_OF("0001_thing.sql",
            "CREATE TABLE thing (site TEXT NOT NULL, act_id BYTEA NOT NULL, id BYTEA NOT NULL,"
            " name TEXT, amount_rp BIGINT NOT NULL CHECK (amount_rp > 0), PRIMARY KEY (site, id));"
            "CREATE TABLE thing_now (site TEXT NOT NULL PRIMARY KEY, total_rp BIGINT NOT NULL);"
            "CREATE FUNCTION thing_sum() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$"
            " BEGIN INSERT INTO etalase.thing_now AS t (site, total_rp)"
            " VALUES (NEW.site, NEW.amount_rp) ON CONFLICT (site)"
            " DO UPDATE SET total_rp = t.total_rp + NEW.amount_rp; RETURN NULL; END $$;"
            "CREATE TRIGGER thing_sum AFTER INSERT ON thing"
            " FOR EACH ROW EXECUTE FUNCTION thing_sum();"
            "CREATE FUNCTION thing_poor() RETURNS trigger LANGUAGE plpgsql AS $$"
            " BEGIN RAISE EXCEPTION 'thing: too dear'; END $$;"
            "CREATE TRIGGER thing_poor BEFORE INSERT ON thing FOR EACH ROW"
            " WHEN (NEW.amount_rp > 999999999) EXECUTE FUNCTION thing_poor();"
            "GRANT SELECT, INSERT ON thing TO etalase; GRANT SELECT ON thing_now TO etalase;"),
    FILE_OF("0002_note.sql",
            "CREATE TABLE note (id BIGINT PRIMARY KEY, text TEXT, bytes BYTEA, n BIGINT);"
            "CREATE TABLE pair (id BIGINT PRIMARY KEY,"
            " note_id BIGINT REFERENCES note DEFERRABLE INITIALLY DEFERRED);"
            "CREATE TABLE journal_turn (site TEXT, epoch TEXT, seq BIGINT, at_ms BIGINT,"
            " hash BYTEA);"
            "CREATE TABLE journal (site TEXT, epoch TEXT, seq BIGINT, at_ms BIGINT, hash BYTEA);"
            "CREATE FUNCTION statistics_take() RETURNS void LANGUAGE sql AS"
            " 'ANALYZE etalase.note';"
            "GRANT SELECT, INSERT, UPDATE, DELETE ON note, pair TO etalase;"
            "GRANT SELECT ON journal, journal_turn TO etalase;"),
};

static const char *const names[S_COUNT] = {"total",    "thing_update", "note_put", "note_get",
                                           "note_set", "notes",        "pair_put", "kinds"};

static const struct embedded queries[] = {FILE_OF(
    "note.sql",
    "-- name: total\nSELECT total_rp FROM thing_now WHERE site = :site;\n"
    "-- name: thing_update\nUPDATE thing SET amount_rp = 2;\n"
    "-- name: note_put\nINSERT INTO note (id, text, bytes, n) VALUES (:id, :text, :bytes, :n);\n"
    "-- name: note_get\nSELECT id, text, bytes, n FROM note WHERE id = :id;\n"
    "-- name: note_set\nUPDATE note SET n = :n WHERE id = :id;\n"
    "-- name: notes\nSELECT id, n FROM note ORDER BY id;\n"
    "-- name: pair_put\nINSERT INTO pair (id, note_id) VALUES (:id, :note);\n"
    "-- name: kinds\nSELECT (-2147483648)::INT4 AS least, (-2)::INT2 AS small, true AS yes,"
    " 4000000000::OID AS many, 'n'::NAME AS name, 'c'::\"char\" AS letter;\n")};

static const struct fact_table *const tables[] = {&thing_table};

struct there there;

static const char *given(const char *name)
{
    const char *value = getenv(name);

    if (!value || !*value) {
        fail_msg("%s is not set: run under tests/postgres/server.py", name);
        return "";
    }
    return value;
}

void address(char *out, size_t room, const char *who, const char *port, const char *database)
{
    snprintf(out, room, "postgresql://%s@127.0.0.1:%s/%s", who, port, database);
}

/* ---- psql ---- */

enum { WORDS_MAX = 8 };

static void run_psql(const char *database, const char *const words[], char *out, size_t room)
{
    char path[256], url[256];
    char plain[] = "-XAtqw", stop[] = "-vON_ERROR_STOP=1", to[] = "-d";
    char *argv[WORDS_MAX + 8] = {path, plain, stop, to, url};
    posix_spawn_file_actions_t files;
    int ends[2], status = -1;
    ssize_t n;
    size_t got = 0;
    pid_t pid;
    char rest[256];

    snprintf(path, sizeof path, "%s/psql", given("ETALASE_TEST_BIN"));
    snprintf(url, sizeof url, "%s/%s", given("ETALASE_TEST_SERVER"), database);
    for (size_t i = 0; words[i]; i++) {
        argv[i + 5] = strdup(words[i]);
    }
    assert_int_equal(pipe(ends), 0);
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_adddup2(&files, ends[1], STDOUT_FILENO);
    posix_spawn_file_actions_addclose(&files, ends[0]);
    posix_spawn_file_actions_addclose(&files, ends[1]);
    assert_int_equal(posix_spawn(&pid, path, &files, NULL, argv, environ), 0);
    posix_spawn_file_actions_destroy(&files);
    close(ends[1]);
    while ((n = read(ends[0], got < room ? out + got : rest, got < room ? room - got : 256)) > 0) {
        got += got < room ? (size_t)n : 0;
    }
    close(ends[0]);
    assert_int_equal(waitpid(pid, &status, 0), pid);
    for (size_t i = 5; argv[i]; i++) {
        free(argv[i]);
    }
    if (room > 0) {
        out[got < room ? got : room - 1] = '\0';
        out[strcspn(out, "\n")] = '\0';
    }
    if (status != 0) {
        fail_msg("psql %s: status %d", words[0], status);
    }
}

void psql_in(const char *database, const char *sql, char *out, size_t room)
{
    /* What is asked here waits for no standby. */
    static const char quick[] = "-cSET synchronous_commit = local";
    char command[1024];

    snprintf(command, sizeof command, "-c%s", sql);
    run_psql(database, (const char *const[]){quick, command, NULL}, out, room);
}

void psql(const char *sql, char *out, size_t room)
{
    psql_in(there.database, sql, out, room);
}

void psql_until(const char *sql, const char *want)
{
    char got[64] = "";
    time_t until = time(NULL) + 30;

    do {
        psql(sql, got, sizeof got);
    } while (strcmp(got, want) != 0 && time(NULL) < until);
    assert_string_equal(got, want);
}

/* ---- fixtures ---- */

int server_set_up(void **state)
{
    static unsigned made;
    char named[64];
    const char *port = strrchr(given("ETALASE_TEST_SERVER"), ':');

    (void)state;
    assert_non_null(port);
    snprintf(there.port, sizeof there.port, "%.7s", port + 1);
    snprintf(there.database, sizeof there.database, "store_%ld_%u", (long)getpid(), ++made);
    snprintf(named, sizeof named, "-vdb=%s", there.database);
    run_psql("postgres", (const char *const[]){named, "-f../script/postgres-init.sql", NULL}, NULL,
             0);
    address(there.url, sizeof there.url, "etalase", there.port, there.database);
    address(there.migrate_url, sizeof there.migrate_url, "etalase_migrate", there.port,
            there.database);
    there.options = (struct store_options){
        .where = there.url,
        .profile = STORE_SERVING,
        .pool = 4,
        .queries = queries,
        .query_files = LENGTH(queries),
        .query_names = names,
        .query_count = S_COUNT,
        .server = {.migrations = migrations, .migration_count = LENGTH(migrations)},
        .tables = tables,
        .table_count = LENGTH(tables)};
    return 0;
}

int server_tear_down(void **state)
{
    char sql[128];

    (void)state;
    snprintf(sql, sizeof sql, "DROP DATABASE IF EXISTS %s WITH (FORCE)", there.database);
    psql_in("postgres", sql, NULL, 0);
    return 0;
}

enum err server_migrate(struct why *why)
{
    struct store_options options = there.options;
    struct store *s = NULL;
    enum err e;

    options.where = there.migrate_url;
    options.migrate = true;
    if (!(e = store_open(&s, &options, why))) {
        store_close(s);
    }
    return e;
}

int migrated_set_up(void **state)
{
    struct why why = {.code = OK};

    server_set_up(state);
    if (server_migrate(&why)) {
        fail_msg("%s", why.text);
    }
    return 0;
}

struct store *server_opened(void)
{
    struct store *s = NULL;
    struct why why = {.code = OK};

    if (store_open(&s, &there.options, &why)) {
        fail_msg("%s", why.text);
    }
    return s;
}

/* ---- notes ---- */

enum err note_put(struct db *db, int64_t id, const char *text, int64_t n)
{
    struct stmt *st = db_stmt(db, S_NOTE_PUT);

    bind_int(st, ":id", id);
    bind_text(st, ":text", text);
    bind_int(st, ":n", n);
    return stmt_run(st);
}

enum err note_set(struct db *db, int64_t id, int64_t n)
{
    struct stmt *st = db_stmt(db, S_NOTE_SET);

    bind_int(st, ":id", id);
    bind_int(st, ":n", n);
    return stmt_run(st);
}

int64_t note_n(struct db *db, int64_t id)
{
    struct stmt *st = db_stmt(db, S_NOTE_GET);
    int64_t n = -1;
    enum err e;

    bind_int(st, ":id", id);
    if (stmt_row(st, &e)) {
        n = col_int(st, "n");
        stmt_done(st);
    }
    assert_int_equal(e, OK);
    return n;
}
