/* The embedded engine: the one file that knows SQLite.
 *
 * There is exactly one connection.  It holds the file exclusively and does all reads, writes and
 * checkpoints: SQLite before 3.51.3 (3.44.6, 3.50.7) can lose committed rows when a second
 * connection checkpoints (the WAL-reset bug), and one connection is the topology in which that
 * cannot happen. */
#include <assert.h>
#include <sqlite3.h>
#include <unistd.h>

#include "inventory/store/engine_error.h"
#include "inventory/store/sqlite_engine.h"

enum { WAL_PAGES_MAX = 2048 /* 8 MiB: past that the next commit checkpoints at once */ };

/* The first version of each release line in which the WAL-reset bug is mended. */
enum { FIXED_3_44 = 3044006, FIXED_3_50 = 3050007, FIXED_SINCE = 3051003 };

/* ---- errors ---- */

static enum err err_of(int rc)
{
    switch (rc & 0xff) {
    case SQLITE_OK:
    case SQLITE_DONE:
    case SQLITE_ROW: return OK;
    case SQLITE_BUSY:
    case SQLITE_LOCKED: return ERR_BUSY;
    case SQLITE_FULL: return ERR_FULL;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB: return ERR_CORRUPT;
    case SQLITE_CONSTRAINT: return ERR_CONFLICT;
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_CANTOPEN:
    case SQLITE_AUTH: return ERR_FORBIDDEN;
    case SQLITE_TOOBIG: return ERR_LIMIT;
    default: return ERR_IO;
    }
}

const char *db_complaint(struct db *db)
{
    return sqlite3_errmsg(db->handle);
}

void db_explain(struct db *db, enum err e, struct why *why)
{
    engine_why(why, e, db->path, sqlite3_errmsg(db->handle));
}

/* ---- transactions ---- */

enum err engine_exec(struct db *db, const char *sql)
{
    return err_of(sqlite3_exec(db->handle, sql, NULL, NULL, NULL));
}

static int run_frame(struct db *db, enum frame frame)
{
    sqlite3_stmt *st = db->frames[frame].st;
    int rc = sqlite3_step(st);

    sqlite3_reset(st);
    return rc == SQLITE_DONE ? SQLITE_OK : rc;
}

enum err db_begin(struct db *db, enum db_mode mode)
{
    assert(sqlite3_get_autocommit(db->handle));
    db->reading = mode == DB_READ;
    return err_of(run_frame(db, mode == DB_READ ? FRAME_READ : FRAME_WRITE));
}

void db_rollback(struct db *db)
{
    if (!sqlite3_get_autocommit(db->handle)) {
        run_frame(db, FRAME_ROLLBACK);
    }
    db->reading = false;
}

enum err db_commit(struct db *db)
{
    int rc = run_frame(db, FRAME_COMMIT);

    db->reading = false;
    if (rc == SQLITE_OK) {
        if (db->wal_pages > WAL_PAGES_MAX) {
            (void)!engine_checkpoint(db, false);
        }
        return OK;
    }
    db_rollback(db);
    /* A failed sync may have left the frames on the disk: a later recovery could find them whole.
     */
    return (rc & 0xff) == SQLITE_IOERR ? ERR_UNKNOWN : err_of(rc);
}

bool db_in_transaction(const struct db *db)
{
    return !sqlite3_get_autocommit(db->handle);
}

/* ---- statements ---- */

struct stmt *db_stmt(struct db *db, int sql_id)
{
    struct stmt *st;

    assert(sql_id >= 0 && (size_t)sql_id < db->query_count);
    st = &db->queries[sql_id];
    sqlite3_reset(st->st);
    sqlite3_clear_bindings(st->st);
    st->next_param = 0;
    st->next_col = 0;
    return st;
}

static int param(struct stmt *st, const char *name)
{
    const char *next = sqlite3_bind_parameter_name(st->st, st->next_param + 1);
    int i = next && strcmp(next, name) == 0 ? st->next_param + 1
                                            : sqlite3_bind_parameter_index(st->st, name);

    assert(i > 0);
    st->next_param = i;
    return i;
}

void bind_int(struct stmt *st, const char *name, int64_t value)
{
    sqlite3_bind_int64(st->st, param(st, name), value);
}

void bind_text(struct stmt *st, const char *name, const char *text)
{
    sqlite3_bind_text(st->st, param(st, name), text, -1, SQLITE_TRANSIENT);
}

void bind_blob(struct stmt *st, const char *name, const void *bytes, size_t n)
{
    sqlite3_bind_blob64(st->st, param(st, name), bytes, n, SQLITE_TRANSIENT);
}

void bind_null(struct stmt *st, const char *name)
{
    sqlite3_bind_null(st->st, param(st, name));
}

static bool nil(const uint8_t bytes[ID_BYTES])
{
    static const uint8_t zero[ID_BYTES];

    return memcmp(bytes, zero, ID_BYTES) == 0;
}

void bind_id(struct stmt *st, const char *name, const uint8_t bytes[ID_BYTES])
{
    if (nil(bytes)) {
        bind_null(st, name);
    } else {
        bind_blob(st, name, bytes, ID_BYTES);
    }
}

static int step(struct stmt *st)
{
    /* A write inside a read transaction is a mistake of the program, whoever asked for it. */
    assert(!st->db->reading || sqlite3_stmt_readonly(st->st));
    if (st->db->reading && !sqlite3_stmt_readonly(st->st)) {
        return SQLITE_READONLY;
    }
    return sqlite3_step(st->st);
}

bool stmt_row(struct stmt *st, enum err *e)
{
    int rc = step(st);

    *e = err_of(rc);
    if (rc == SQLITE_ROW) {
        return true;
    }
    sqlite3_reset(st->st);
    return false;
}

enum err stmt_run(struct stmt *st)
{
    int rc = step(st);

    assert(rc != SQLITE_ROW);
    sqlite3_reset(st->st);
    return err_of(rc);
}

enum err stmt_one(struct stmt *st)
{
    enum err e;

    if (stmt_row(st, &e)) {
        return OK;
    }
    return e ? e : ERR_NOT_FOUND;
}

void stmt_done(struct stmt *st)
{
    sqlite3_reset(st->st);
}

int64_t db_changes(const struct db *db)
{
    return sqlite3_changes64(db->handle);
}

static int column(struct stmt *st, const char *name)
{
    for (int i = 0, n = sqlite3_column_count(st->st); i < n; i++) {
        int at = (st->next_col + i) % n;

        if (strcmp(sqlite3_column_name(st->st, at), name) == 0) {
            st->next_col = at + 1;
            return at;
        }
    }
    assert(false && "the statement has no such column");
    return 0;
}

int64_t col_int(struct stmt *st, const char *name)
{
    return sqlite3_column_int64(st->st, column(st, name));
}

const char *col_text(struct stmt *st, const char *name)
{
    const unsigned char *text = sqlite3_column_text(st->st, column(st, name));

    return text ? (const char *)text : "";
}

const void *col_blob(struct stmt *st, const char *name, size_t *n)
{
    int i = column(st, name);
    const void *bytes = sqlite3_column_blob(st->st, i);

    *n = (size_t)sqlite3_column_bytes(st->st, i);
    return bytes;
}

bool col_null(struct stmt *st, const char *name)
{
    return sqlite3_column_type(st->st, column(st, name)) == SQLITE_NULL;
}

void col_id(struct stmt *st, const char *name, uint8_t out[ID_BYTES])
{
    size_t n;
    const void *bytes = col_blob(st, name, &n);

    memset(out, 0, ID_BYTES);
    if (bytes && n == ID_BYTES) {
        memcpy(out, bytes, ID_BYTES);
    }
}

/* ---- binds by position ---- */

void engine_bind_int(struct stmt *st, int at, int64_t value)
{
    sqlite3_bind_int64(st->st, at, value);
}

void engine_bind_text(struct stmt *st, int at, const char *text)
{
    sqlite3_bind_text(st->st, at, text, -1, SQLITE_STATIC);
}

void engine_bind_blob(struct stmt *st, int at, const void *bytes, size_t n)
{
    if (bytes) {
        sqlite3_bind_blob64(st->st, at, bytes, n, SQLITE_STATIC);
    } else {
        sqlite3_bind_null(st->st, at);
    }
}

/* ---- the file ---- */

static int wal_grew(void *arg, sqlite3 *handle, const char *name, int pages)
{
    struct db *db = arg;

    (void)handle;
    (void)name;
    db->wal_pages = pages;
    return SQLITE_OK;
}

/* Everything that could be turned against the file is off: extensions, double-quoted texts, schema
 * writes, functions hidden in the schema. */
static void harden(sqlite3 *handle)
{
    static const struct {
        int option, value;
    } settings[] = {
        {SQLITE_DBCONFIG_DEFENSIVE, 1},
        {SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},
        {SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0},
        {SQLITE_DBCONFIG_DQS_DML, 0},
        {SQLITE_DBCONFIG_DQS_DDL, 0},
        {SQLITE_DBCONFIG_ENABLE_FKEY, 1},
        {SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 0},
    };

    for (size_t i = 0; i < LENGTH(settings); i++) {
        sqlite3_db_config(handle, settings[i].option, settings[i].value, (int *)NULL);
    }
    sqlite3_extended_result_codes(handle, 1);
    sqlite3_busy_timeout(handle, 500);
}

enum err engine_open(struct db *db, const char *path, struct why *why)
{
    int flags =
        SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE;
    int rc;

    /* Counting every allocation takes two locks each.  (Refused once the library is at work.) */
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    rc = sqlite3_open_v2(path, &db->handle, flags, NULL);
    db->path = path;
    if (rc != SQLITE_OK) {
        engine_why(why, err_of(rc), path, sqlite3_errstr(rc));
        engine_close(db);
        return why->code;
    }
    harden(db->handle);
    return OK;
}

void engine_close(struct db *db)
{
    int rc = sqlite3_close(db->handle);

    assert(rc == SQLITE_OK);
    (void)rc;
    db->handle = NULL;
}

static bool pragma_allowed(const char *name)
{
    return strcmp(name, "integrity_check") == 0 || strcmp(name, "synchronous") == 0 ||
           strcmp(name, "table_info") == 0;
}

/* The signature is the library's. NOLINTNEXTLINE(bugprone-easily-swappable-parameters) */
static int seal(void *arg, int action, const char *a, const char *b, const char *c, const char *d)
{
    (void)arg;
    (void)b;
    (void)c;
    (void)d;
    switch (action) {
    case SQLITE_ALTER_TABLE:
    case SQLITE_ATTACH:
    case SQLITE_DETACH:
    case SQLITE_CREATE_INDEX:
    case SQLITE_CREATE_TABLE:
    case SQLITE_CREATE_TRIGGER:
    case SQLITE_CREATE_VIEW:
    case SQLITE_DROP_INDEX:
    case SQLITE_DROP_TABLE:
    case SQLITE_DROP_TRIGGER:
    case SQLITE_DROP_VIEW: return SQLITE_DENY;
    case SQLITE_PRAGMA: return pragma_allowed(a) ? SQLITE_OK : SQLITE_DENY;
    default: return SQLITE_OK;
    }
}

void engine_seal(struct db *db)
{
    sqlite3_set_authorizer(db->handle, seal, NULL);
    /* Here and not earlier: setting the automatic checkpoint takes the hook away. */
    sqlite3_wal_hook(db->handle, wal_grew, db);
}

enum err engine_prepare(struct stmt *out, struct db *db, const char *sql, size_t n)
{
    int rc = sqlite3_prepare_v3(db->handle, sql, (int)n, SQLITE_PREPARE_PERSISTENT, &out->st, NULL);

    out->db = db;
    if (rc == SQLITE_OK && !out->st) {
        return ERR_IO; /* nothing but blanks and comments */
    }
    return err_of(rc);
}

void engine_release(struct stmt *st)
{
    sqlite3_finalize(st->st);
    st->st = NULL;
}

const char *engine_text(struct stmt *st, size_t at)
{
    const unsigned char *text = sqlite3_column_text(st->st, (int)at);

    return text ? (const char *)text : "";
}

/* In quotes, those inside doubled: no text can look like the end of its column. */
static void add_quoted(struct sbuf *out, const char *text, size_t n)
{
    const char *quote;

    sbuf_char(out, '\'');
    while (n > 0 && (quote = memchr(text, '\'', n))) {
        size_t part = (size_t)(quote - text) + 1;

        sbuf_add(out, text, part);
        sbuf_char(out, '\'');
        text += part;
        n -= part;
    }
    sbuf_add(out, text, n);
    sbuf_char(out, '\'');
}

void engine_row_text(struct sbuf *out, struct stmt *st)
{
    int n = sqlite3_column_count(st->st);

    for (int i = 0; i < n; i++) {
        sbuf_text(out, i ? " " : "");
        sbuf_text(out, sqlite3_column_name(st->st, i));
        sbuf_char(out, '=');
        switch (sqlite3_column_type(st->st, i)) {
        case SQLITE_INTEGER: sbuf_int(out, sqlite3_column_int64(st->st, i)); break;
        case SQLITE_TEXT: {
            const unsigned char *text = sqlite3_column_text(st->st, i);

            add_quoted(out, (const char *)text, (size_t)sqlite3_column_bytes(st->st, i));
            break;
        }
        case SQLITE_BLOB: {
            const uint8_t *bytes = sqlite3_column_blob(st->st, i);

            sbuf_hex(out, bytes, (size_t)sqlite3_column_bytes(st->st, i));
            break;
        }
        default: sbuf_char(out, '-'); break;
        }
    }
}

enum err engine_checkpoint(struct db *db, bool whole)
{
    int mode = whole ? SQLITE_CHECKPOINT_TRUNCATE : SQLITE_CHECKPOINT_PASSIVE;

    return err_of(sqlite3_wal_checkpoint_v2(db->handle, NULL, mode, NULL, NULL));
}

enum err db_copy_to(struct db *db, const char *path, struct why *why)
{
    sqlite3 *target = NULL;
    sqlite3_backup *copy;
    int rc;

    if (access(path, F_OK) == 0) {
        engine_why(why, ERR_CONFLICT, path, "target exists");
        return ERR_CONFLICT;
    }
    rc = sqlite3_open_v2(path, &target, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL);
    if (rc == SQLITE_OK && (copy = sqlite3_backup_init(target, "main", db->handle, "main"))) {
        sqlite3_backup_step(copy, -1);
        rc = sqlite3_backup_finish(copy);
    }
    if (rc != SQLITE_OK) {
        engine_why(why, err_of(rc), path, sqlite3_errstr(rc));
    }
    sqlite3_close(target);
    return err_of(rc);
}

struct store_about store_about(const struct store *s)
{
    int v = sqlite3_libversion_number();

    return (struct store_about){
        .engine = "sqlite",
        .version = sqlite3_libversion(),
        .fixed = v >= FIXED_SINCE || (v >= FIXED_3_50 && v < 3051000) ||
                 (v >= FIXED_3_44 && v < 3045000),
        .schema = s->schema,
    };
}
