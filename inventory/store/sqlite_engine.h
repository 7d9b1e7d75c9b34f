/* Between the files of the embedded engine: its structs, and the primitives that only
 * store_sqlite.c, the door to the library, implements. */
#ifndef SQLITE_ENGINE_H
#define SQLITE_ENGINE_H

#include <stdbool.h>
#include <stddef.h>

#include "attr.h"
#include "err.h"
#include "inventory/base/sbuf.h"
#include "inventory/store/store.h"
#include "inventory/store/turn.h"

struct sqlite3;
struct sqlite3_stmt;

enum {
    APPLICATION_ID = 0x4574616c, /* "Etal" */
    TABLES_MAX = 128,
    SQL_BYTES_MAX = 16 * 1024,
};

struct stmt {
    struct sqlite3_stmt *st;
    struct db *db;
    int next_param, next_col; /* where the next name probably stands: most are asked for in order */
};

/* The statements that frame every transaction. */
enum frame { FRAME_READ, FRAME_WRITE, FRAME_COMMIT, FRAME_ROLLBACK, FRAMES };

struct db {
    struct sqlite3 *handle;
    struct stmt frames[FRAMES];
    struct stmt *queries; /* owned; by enum sql_id */
    size_t query_count;
    struct stmt *inserts; /* owned; by position in tables */
    const struct fact_table *const *tables;
    size_t table_count;
    const char *path; /* borrowed from the store */
    bool reading;     /* inside a read transaction: nothing may write */
    int wal_pages;
};

struct store {
    struct db db;
    struct turn turn;
    char *path; /* owned */
    enum store_profile profile;
    int32_t schema;
    char *compared[TABLES_MAX + 1]; /* owned texts, NULL-terminated */
};

/* Opens the file and switches off what could be turned against it.  *why on refusal. */
NODISCARD enum err engine_open(struct db *db, const char *path, struct why *why);
void engine_close(struct db *db);
/* From now on no DROP, ALTER, ATTACH or PRAGMA is prepared on this connection, and the length of
 * its log is known.  After all pragmas. */
void engine_seal(struct db *db);

/* Constant SQL without parameters: pragmas, migrations. */
NODISCARD enum err engine_exec(struct db *db, const char *sql);
/* A statement for one use or for good; released by engine_release(). */
NODISCARD enum err engine_prepare(struct stmt *out, struct db *db, const char *sql, size_t n);
void engine_release(struct stmt *st);

/* By position from 1; the bytes stay the caller's until the statement has run. */
void engine_bind_int(struct stmt *st, int at, int64_t value);
void engine_bind_text(struct stmt *st, int at, const char *text);
void engine_bind_blob(struct stmt *st, int at, const void *bytes, size_t n); /* NULL binds NULL */

const char *engine_text(struct stmt *st, size_t at); /* borrowed; "" for NULL */
/* "name=value" of the row that stands ready, fields joined by a blank; texts in quotes, blobs as
 * hex, NULL as -.  Two rows that differ never give the same text. */
void engine_row_text(struct sbuf *out, struct stmt *st);
/* WAL frames into the file: as many as go without waiting, or the whole log, emptied after. */
NODISCARD enum err engine_checkpoint(struct db *db, bool whole);

/* Migrations, statements, column check: sqlite_setup.c. */
NODISCARD enum err setup_run(struct store *s, const struct store_options *options, struct why *why);
void setup_undo(struct store *s);

#endif
