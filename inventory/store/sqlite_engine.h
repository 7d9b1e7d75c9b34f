/* Between the files of the file engine: its structs, and the primitives that only store_sqlite.c,
 * the door to the library, implements. */
#ifndef SQLITE_ENGINE_H
#define SQLITE_ENGINE_H

#include <stdbool.h>
#include <stddef.h>

#include "attr.h"
#include "err.h"
#include "inventory/base/sbuf.h"
#include "inventory/store/engine.h"
#include "inventory/store/turn.h"

struct sqlite3;
struct sqlite3_stmt;

enum { APPLICATION_ID = 0x4574616c /* "Etal" */ };

struct file_stmt {
    struct stmt base;
    struct sqlite3_stmt *st;
};

/* The statements that frame every transaction. */
enum frame { FRAME_READ, FRAME_WRITE, FRAME_COMMIT, FRAME_ROLLBACK, FRAMES };

struct file_db {
    struct db base;
    struct sqlite3 *handle;
    struct stmt *frames[FRAMES]; /* owned */
    int wal_pages;
};

struct file_store {
    struct store base;
    struct file_db db;
    struct turn turn;
    bool held; /* the note of the holder is ours */
};

/* Opens the file and switches off what could be turned against it.  *why on refusal. */
NODISCARD enum err file_open(struct file_db *db, const char *path, struct why *why);
void file_close(struct file_db *db);
/* From now on no DROP, ALTER, ATTACH or PRAGMA is prepared on this connection, and the length of
 * its log is known.  After all pragmas. */
void file_seal(struct file_db *db);

/* Constant SQL without parameters: pragmas, migrations. */
NODISCARD enum err file_exec(struct file_db *db, const char *sql);
/* WAL frames into the file: as many as go without waiting, or the whole log, emptied after. */
NODISCARD enum err file_checkpoint(struct file_db *db, bool whole);

/* Migrations, statements, column check: sqlite_setup.c. */
NODISCARD enum err setup_run(struct file_store *s, const struct store_options *options,
                             struct why *why);
void setup_undo(struct file_store *s);

/* The store as a whole: sqlite_store.c. */
NODISCARD enum err file_store_open(struct store **out, const struct store_options *options,
                                   struct why *why);
void file_store_close(struct store *s);
NODISCARD enum err file_settle(struct store *s, struct why *why);
struct db *file_take(struct store *s);
void file_give(struct store *s, struct db *db);
void file_idle(struct store *s);
NODISCARD enum err file_integrity(struct db *db, struct why *why);
NODISCARD enum err file_guards(struct table_compared *out, struct db *db, struct db *fresh);

#endif
