/* The file engine: the one file that knows SQLite.
 *
 * There is exactly one connection.  It holds the file exclusively and does all reads, writes and
 * checkpoints: SQLite before 3.51.3 (3.44.6, 3.50.7) can lose committed rows when a second
 * connection checkpoints (the WAL-reset bug), and one connection is the topology in which that
 * cannot happen. */
#include <assert.h>
#include <sqlite3.h>
#include <unistd.h>

#include "inventory/base/arena.h"
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

static struct file_db *of(struct db *db)
{
    return (struct file_db *)db;
}

static const char *complaint(struct db *db)
{
    return sqlite3_errmsg(of(db)->handle);
}

/* ---- transactions ---- */

enum err file_exec(struct file_db *db, const char *sql)
{
    return err_of(sqlite3_exec(db->handle, sql, NULL, NULL, NULL));
}

static int run_frame(struct db *db, enum frame frame)
{
    sqlite3_stmt *st = ((struct file_stmt *)of(db)->frames[frame])->st;
    int rc = sqlite3_step(st);

    sqlite3_reset(st);
    return rc == SQLITE_DONE ? SQLITE_OK : rc;
}

/* One connection does everything, so every writer is alone from the beginning. */
static enum err begin(struct db *db, enum db_mode mode)
{
    return err_of(run_frame(db, mode == DB_READ ? FRAME_READ : FRAME_WRITE));
}

static void rollback(struct db *db)
{
    if (!sqlite3_get_autocommit(of(db)->handle)) {
        run_frame(db, FRAME_ROLLBACK);
    }
}

static enum err commit(struct db *db)
{
    int rc = run_frame(db, FRAME_COMMIT);

    if (rc == SQLITE_OK) {
        if (of(db)->wal_pages > WAL_PAGES_MAX) {
            (void)!file_checkpoint(of(db), false);
        }
        return OK;
    }
    rollback(db);
    /* A failed sync may have left the frames on the disk: a later recovery could find them whole.
     */
    return (rc & 0xff) == SQLITE_IOERR ? ERR_UNKNOWN : err_of(rc);
}

/* ---- statements ---- */

static sqlite3_stmt *handle_of(struct stmt *st)
{
    return ((struct file_stmt *)st)->st;
}

static enum err prepare(struct stmt **out, struct db *db, const char *sql, size_t n, bool large)
{
    struct file_stmt *st = mem_get(sizeof *st);
    int rc =
        sqlite3_prepare_v3(of(db)->handle, sql, (int)n, SQLITE_PREPARE_PERSISTENT, &st->st, NULL);

    (void)large; /* rows come one by one anyway */
    st->base.db = db;
    *out = &st->base;
    if (rc == SQLITE_OK && !st->st) {
        return ERR_IO; /* nothing but blanks and comments */
    }
    return err_of(rc);
}

static void release(struct stmt *st)
{
    if (st) {
        sqlite3_finalize(handle_of(st));
        free(st);
    }
}

static int param_count(struct stmt *st)
{
    return sqlite3_bind_parameter_count(handle_of(st));
}

static const char *param_name(struct stmt *st, int at)
{
    return sqlite3_bind_parameter_name(handle_of(st), at);
}

static void reset(struct stmt *st, bool clear)
{
    sqlite3_reset(handle_of(st));
    if (clear) {
        sqlite3_clear_bindings(handle_of(st));
    }
}

static void at_int(struct stmt *st, int at, int64_t value)
{
    sqlite3_bind_int64(handle_of(st), at, value);
}

static void at_text(struct stmt *st, int at, const char *text, bool lasting)
{
    sqlite3_bind_text(handle_of(st), at, text, -1, lasting ? SQLITE_STATIC : SQLITE_TRANSIENT);
}

static void at_blob(struct stmt *st, int at, const void *bytes, size_t n, bool lasting)
{
    if (!bytes) {
        sqlite3_bind_null(handle_of(st), at);
    } else if (n == 0) {
        sqlite3_bind_zeroblob(handle_of(st), at, 0);
    } else {
        sqlite3_bind_blob64(handle_of(st), at, bytes, n,
                            lasting ? SQLITE_STATIC : SQLITE_TRANSIENT);
    }
}

static int step(struct stmt *st)
{
    bool forbidden = st->db->reading && !sqlite3_stmt_readonly(handle_of(st));

    /* A write inside a read transaction is a mistake of the program, whoever asked for it. */
    assert(!forbidden);
    return forbidden ? SQLITE_READONLY : sqlite3_step(handle_of(st));
}

static bool row(struct stmt *st, enum err *e)
{
    int rc = step(st);

    *e = err_of(rc);
    return rc == SQLITE_ROW;
}

static enum err run(struct stmt *st)
{
    int rc = step(st);

    assert(rc != SQLITE_ROW);
    sqlite3_reset(handle_of(st));
    return err_of(rc);
}

static int64_t changes(struct db *db)
{
    return sqlite3_changes64(of(db)->handle);
}

/* ---- columns ---- */

static int col_count(struct stmt *st)
{
    return sqlite3_column_count(handle_of(st));
}

static const char *col_name(struct stmt *st, int at)
{
    return sqlite3_column_name(handle_of(st), at);
}

static enum cell col_type(struct stmt *st, int at)
{
    switch (sqlite3_column_type(handle_of(st), at)) {
    case SQLITE_INTEGER: return CELL_INT;
    case SQLITE_TEXT: return CELL_TEXT;
    case SQLITE_BLOB: return CELL_BYTES;
    default: return CELL_NULL;
    }
}

static int64_t int_at(struct stmt *st, int at)
{
    return sqlite3_column_int64(handle_of(st), at);
}

static const char *text_at(struct stmt *st, int at, size_t *n)
{
    const unsigned char *text = sqlite3_column_text(handle_of(st), at);

    if (n) {
        *n = (size_t)sqlite3_column_bytes(handle_of(st), at);
    }
    return text ? (const char *)text : "";
}

static const void *blob_at(struct stmt *st, int at, size_t *n)
{
    const void *bytes = sqlite3_column_blob(handle_of(st), at);

    *n = (size_t)sqlite3_column_bytes(handle_of(st), at);
    if (!bytes && sqlite3_column_type(handle_of(st), at) != SQLITE_NULL) {
        return ""; /* no bytes is not the same as none */
    }
    return bytes;
}

/* ---- the file ---- */

static int wal_grew(void *arg, sqlite3 *handle, const char *name, int pages)
{
    struct file_db *db = arg;

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

enum err file_open(struct file_db *db, const char *path, struct why *why)
{
    int flags =
        SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE;
    int rc;

    /* Counting every allocation takes two locks each.  (Refused once the library is at work.) */
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    rc = sqlite3_open_v2(path, &db->handle, flags, NULL);
    if (rc != SQLITE_OK) {
        engine_why(why, err_of(rc), path, sqlite3_errstr(rc));
        file_close(db);
        return why->code;
    }
    harden(db->handle);
    return OK;
}

void file_close(struct file_db *db)
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

void file_seal(struct file_db *db)
{
    sqlite3_set_authorizer(db->handle, seal, NULL);
    /* Here and not earlier: setting the automatic checkpoint takes the hook away. */
    sqlite3_wal_hook(db->handle, wal_grew, db);
}

enum err file_checkpoint(struct file_db *db, bool whole)
{
    int mode = whole ? SQLITE_CHECKPOINT_TRUNCATE : SQLITE_CHECKPOINT_PASSIVE;

    return err_of(sqlite3_wal_checkpoint_v2(db->handle, NULL, mode, NULL, NULL));
}

static enum err copy_to(struct db *db, const char *path, struct why *why)
{
    sqlite3 *target = NULL;
    sqlite3_backup *copy;
    int rc;

    if (access(path, F_OK) == 0) {
        engine_why(why, ERR_CONFLICT, path, "target exists");
        return ERR_CONFLICT;
    }
    rc = sqlite3_open_v2(path, &target, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL);
    if (rc == SQLITE_OK && (copy = sqlite3_backup_init(target, "main", of(db)->handle, "main"))) {
        sqlite3_backup_step(copy, -1);
        rc = sqlite3_backup_finish(copy);
    }
    if (rc != SQLITE_OK) {
        engine_why(why, err_of(rc), path, sqlite3_errstr(rc));
    }
    sqlite3_close(target);
    return err_of(rc);
}

static bool is_file(const char *address)
{
    return strstr(address, "://") == NULL;
}

static const char *version(const struct store *s)
{
    (void)s;
    return sqlite3_libversion();
}

/* Free of the WAL-reset bug. */
static bool fixed(const struct store *s)
{
    int v = sqlite3_libversion_number();

    (void)s;
    return v >= FIXED_SINCE || (v >= FIXED_3_50 && v < 3051000) || (v >= FIXED_3_44 && v < 3045000);
}

const struct engine file_engine = {
    .name = "sqlite",
    .title = "SQLite",
    .shared = false,
    .knows = is_file,
    .open = file_store_open,
    .close = file_store_close,
    .settle = file_settle,
    .version = version,
    .fixed = fixed,
    .take = file_take,
    .give = file_give,
    .idle = file_idle,
    .begin = begin,
    .commit = commit,
    .rollback = rollback,
    .renew = NULL,
    .complaint = complaint,
    .prepare = prepare,
    .release = release,
    .param_count = param_count,
    .param_name = param_name,
    .reset = reset,
    .bind_int = at_int,
    .bind_text = at_text,
    .bind_blob = at_blob,
    .row = row,
    .run = run,
    .changes = changes,
    .col_count = col_count,
    .col_name = col_name,
    .col_type = col_type,
    .col_int = int_at,
    .col_text = text_at,
    .col_blob = blob_at,
    .columns_sql = "SELECT name FROM pragma_table_info(?1) ORDER BY cid",
    .keys_sql = "SELECT name FROM pragma_table_info(?1) WHERE pk > 0 ORDER BY pk",
    .integrity = file_integrity,
    .guards = file_guards,
    .copy_to = copy_to,
};
