/* The port to the engines: open, take a connection, run named statements in a transaction.
 *
 * Two engines stand behind it: a file (exactly one connection, which does all reads, writes and
 * checkpoints) and a server that several processes share (N connections).  Nothing above this
 * header knows which.  SQL text lives in .sql files, one `-- name:` a statement, common to both
 * engines; every statement is prepared when a connection opens, so a wrong one stops the program
 * before the shop does.
 *
 * Parameters and columns go by name.  A name that is not there is a programmer's mistake (assert).
 */
#ifndef STORE_H
#define STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "attr.h"
#include "embedded.h"
#include "err.h"
#include "ids.h"
#include "qty.h"
#include "rupiah.h"
#include "when.h"

struct store; /* the pool */
struct db;    /* one connection, held by one thread at a time */
struct stmt;  /* a prepared statement of one connection */
struct fact_table;

enum store_profile {
    STORE_SERVING, /* full durability, exclusive lock, append-only enforced by an authorizer */
    STORE_SCRATCH, /* a throw-away copy for verify and tests: no syncs */
    STORE_FILLING, /* the demo's first fill: no syncs until store_settle() */
};

/* What differs from engine to engine. */
struct store_sql {
    const struct embedded *migrations; /* in order: 0001_..., 0002_... */
    size_t migration_count;
    const struct embedded *overrides; /* named statements that go before the common ones */
    size_t override_files;
};

enum { POOL_MAX = 64, POOL_DEFAULT = 8 };

struct store_options {
    const char *where; /* a file's path, or the address of a server: NAME://... */
    enum store_profile profile;
    bool migrate; /* a server's schema may be made or brought up to date; a file's always is */
    int32_t pool; /* connections to a server, 1 .. POOL_MAX; 0: POOL_DEFAULT */
    const struct embedded *queries; /* all .sql files with named statements */
    size_t query_files;
    const char *const *query_names; /* by enum sql_id */
    size_t query_count;
    struct store_sql file, server;
    const struct fact_table *const *tables; /* every fact table there is */
    size_t table_count;
};

/* Whether the text is the address of a server rather than the path of a file. */
bool store_is_server(const char *where);

/* Opens, checks and migrates.  Refuses with a sentence: held by another process (ERR_BUSY), not a
 * database of ours, damaged, or with settings that would lose or sort things wrongly (ERR_CORRUPT),
 * written by a newer program or waiting for `etalase migrate` (ERR_CONFLICT), not allowed
 * (ERR_FORBIDDEN), no room (ERR_FULL), not reachable (ERR_AWAY).  *out is owned by the caller:
 * store_close(). */
NODISCARD enum err store_open(struct store **out, const struct store_options *options,
                              struct why *why);
void store_close(struct store *s);
/* STORE_FILLING becomes STORE_SERVING: everything written so far is synced to the disk. */
NODISCARD enum err store_settle(struct store *s, struct why *why);

struct store_about {
    const char *engine;  /* its name for machines */
    const char *title;   /* its name for people */
    const char *version; /* of the engine */
    const char *where;   /* path, or host and database; never a password */
    bool fixed;          /* that version is free of the faults we know of */
    bool shared;         /* other processes may write at the same time */
    int32_t connections; /* at most */
    int32_t schema;
    int32_t schema_was; /* before this opening migrated it */
};
struct store_about store_about(const struct store *s);

/* Waits its turn (first come, first served).  When a pool is taken for longer than TAKE_WAIT_MS,
 * gives a connection on which everything fails with ERR_BUSY. */
enum { TAKE_WAIT_MS = 10 * 1000 };
struct db *store_take(struct store *s);
void store_give(struct store *s, struct db *db);
/* Housekeeping when nobody waits: the checkpoint, off the sale's path.  Called by the server's
 * idle thread about once a second. */
void store_idle(struct store *s);

/* ---- transactions ---- */

enum db_mode {
    DB_READ,  /* sees one moment until its end, writes nothing */
    DB_WRITE, /* for acts: each statement sees what was committed before it, and the act first takes
                 the row of its stream (journal_take), so that it is alone */
    DB_LOCAL, /* for working state: sees one moment; a row that somebody else changed since, or made
                 first, is ERR_BUSY or ERR_CONFLICT at the commit at the latest */
};

/* A connection that was lost is made again; ERR_AWAY when that is not possible within some seconds.
 */
NODISCARD enum err db_begin(struct db *db, enum db_mode mode);
/* OK: done.  ERR_UNKNOWN: may or may not be done, ask on a fresh connection by key.  Any other: not
 * done, and rolled back.  ERR_BUSY (somebody else was first) and ERR_AWAY (the connection was lost
 * before the commit was sent): the whole transaction may be run again. */
NODISCARD enum err db_commit(struct db *db);
void db_rollback(struct db *db); /* harmless when nothing is open */
/* A fresh connection in the place of this one, on which the outcome of a commit can be asked for.
 * ERR_AWAY: not within some seconds.  ERR_UNKNOWN: this engine has no other way to ask than to be
 * opened anew. */
NODISCARD enum err db_renew(struct db *db);
bool db_in_transaction(const struct db *db);
bool db_shared(const struct db *db); /* as store_about() says of its store */
/* The engine's last complaint, for the log. */
const char *db_complaint(struct db *db);
/* Fills *why for a failure of the engine (disk full, corrupt ...), from the last complaint. */
void db_explain(struct db *db, enum err e, struct why *why);

/* ---- statements ---- */

/* A statement by its number in enum sql_id (generated: sql_names.h), reset and without binds. */
struct stmt *db_stmt(struct db *db, int sql_id);

void bind_int(struct stmt *st, const char *name, int64_t value);
void bind_text(struct stmt *st, const char *name, const char *text); /* NULL binds NULL */
void bind_blob(struct stmt *st, const char *name, const void *bytes, size_t n);
void bind_null(struct stmt *st, const char *name);
void bind_id(struct stmt *st, const char *name, const uint8_t bytes[ID_BYTES]); /* nil binds NULL */
#define bind_bool(st, name, value)    bind_int((st), (name), (value) ? 1 : 0)
#define bind_rupiah(st, name, value)  bind_int((st), (name), (value).rp)
#define bind_qty(st, name, value)     bind_int((st), (name), (value).milli)
#define bind_instant(st, name, value) bind_int((st), (name), (value).ms)
#define bind_day(st, name, value)     bind_int((st), (name), (value).since_1970)

/* What was bound will be asked for soon, with the same binds.  A shared engine sends it now,
 * together with what else is on its way, so that several questions cost one journey; another asks
 * it when its rows are wanted.  What a write of the same transaction comes before is asked anew. */
void stmt_ahead(struct stmt *st);

/* Steps.  true: a row stands ready.  false: no more rows (*e is OK) or failed (*e says). */
NODISCARD bool stmt_row(struct stmt *st, enum err *e);
/* Runs a statement that gives no rows.  A shared engine may send it later, together with others:
 * its failure then comes with a later call of the same transaction, with the commit at the latest.
 */
NODISCARD enum err stmt_run(struct stmt *st);
/* Exactly one row or none: ERR_NOT_FOUND when there is none. */
NODISCARD enum err stmt_one(struct stmt *st);
/* Ends a statement whose rows were not read to the end. */
void stmt_done(struct stmt *st);
/* Rows touched by the last stmt_run.  Below 0: it failed, and the commit will say how. */
int64_t db_changes(struct db *db);

int64_t col_int(struct stmt *st, const char *name);
/* Borrowed until the next step of this statement; "" for NULL. */
const char *col_text(struct stmt *st, const char *name);
const void *col_blob(struct stmt *st, const char *name, size_t *n);
bool col_null(struct stmt *st, const char *name);
void col_id(struct stmt *st, const char *name, uint8_t out[ID_BYTES]); /* nil for NULL */
#define col_bool(st, name)    (col_int((st), (name)) != 0)
#define col_rupiah(st, name)  RUPIAH(col_int((st), (name)))
#define col_qty(st, name)     QTY(col_int((st), (name)))
#define col_instant(st, name) INSTANT(col_int((st), (name)))
#define col_day(st, name)     DAY((int32_t)col_int((st), (name)))

/* ---- fact tables and whole-table work (for the journal, rebuild and verify only) ---- */

/* Writes one row from its C struct.  ERR_CONFLICT when its key is there already or a constraint of
 * the schema says no. */
NODISCARD enum err table_insert(struct db *db, const struct fact_table *table, const char *site,
                                struct act_id act, const void *row);

/* Walks a table (fact, journal, cache or local) in key order and hands each row as canonical text:
 * the same on every engine. */
enum { TABLE_NAME_MAX = 64 };
NODISCARD enum err table_walk(struct db *db, const char *table,
                              bool (*row)(void *arg, const char *text, size_t n), void *arg);
/* Holds a table of two stores, whatever their engines, against each other, row by row in key order,
 * up to the first difference. */
enum { ROW_SHOWN_MAX = 200 };
struct table_compared {
    bool same;
    int64_t rows;             /* that are equal */
    char ours[ROW_SHOWN_MAX]; /* the beginning of the first row that is not; empty: it is missing */
    char theirs[ROW_SHOWN_MAX];
};
NODISCARD enum err table_compare(struct table_compared *out, struct db *ours, struct db *theirs,
                                 const char *table);
/* Copies every row of a table into the same table of another store.  *rows is how many. */
NODISCARD enum err table_copy(int64_t *rows, struct db *to, struct db *from, const char *table);
/* Names of the tables that verify compares, in order, ending with NULL: facts, then caches. */
const char *const *store_compared(const struct store *s);
/* Names of the tables that are neither facts nor caches nor the journal: working state. */
const char *const *store_locals(const struct store *s);
/* The guards of the schema (tables, constraints, triggers, rights) against what the migrations
 * make: `fresh` is a store that has just been filled by this program.  Differences go to *out. */
NODISCARD enum err db_guards(struct table_compared *out, struct db *db, struct db *fresh);
/* The engine's own check; the first finding goes to *why. */
NODISCARD enum err db_integrity(struct db *db, struct why *why);
/* A consistent copy of a file; ERR_CONFLICT when the target exists, ERR_REFUSED: it is no file. */
NODISCARD enum err db_copy_to(struct db *db, const char *path, struct why *why);

#endif
