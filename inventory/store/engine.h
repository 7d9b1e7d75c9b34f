/* What an engine gives to the port (store.h): a table of functions, and the heads of its structs.
 *
 * store.c, table_work.c and fact_bind.c do everything that is the same for all engines: names of
 * parameters and columns, fact rows, walks over tables.  An engine knows positions only.  Two are
 * there: a file held by this process, and a server that several processes share.
 *
 * Positions of parameters count from 1, of columns from 0. */
#ifndef ENGINE_H
#define ENGINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "attr.h"
#include "err.h"
#include "inventory/store/store.h"

enum { TABLES_MAX = 128, SQL_BYTES_MAX = 16 * 1024 };

/* The types a cell can have on every engine. */
enum cell { CELL_NULL, CELL_INT, CELL_TEXT, CELL_BYTES };

/* Heads: an engine's own struct begins with one of these and is cast to and from it. */
struct store {
    const struct engine *engine;
    enum store_profile profile;
    char *where;    /* owned; what is shown to people: a path, or host and database; no password */
    int32_t schema; /* number of the last migration */
    int32_t connections; /* at most */
    int32_t schema_was;  /* before open() migrated it */
    const struct fact_table *const *tables;
    size_t table_count;
    char *compared[TABLES_MAX + 1]; /* owned texts, NULL-terminated */
    char *locals[TABLES_MAX + 1];   /* owned texts, NULL-terminated */
};

struct db {
    const struct engine *engine;
    struct store *store;   /* borrowed */
    struct stmt **queries; /* array and statements owned by the engine; by enum sql_id */
    size_t query_count;
    struct stmt **inserts; /* the same; by position in store->tables */
    bool in_transaction;   /* kept by store.c */
    bool reading;          /* inside a read transaction: nothing may write */
};

struct stmt {
    struct db *db;
    int next_param, next_col; /* where the next name probably stands: most are asked in order */
};

struct engine {
    const char *name;  /* for machines: "postgresql" */
    const char *title; /* for people: "PostgreSQL" */
    bool shared;       /* other processes may write at the same time */

    /* Whether the address is for this engine. */
    bool (*knows)(const char *address);
    /* As store_open(); store.c has not touched anything yet.  On refusal *out stays NULL. */
    enum err (*open)(struct store **out, const struct store_options *options, struct why *why);
    void (*close)(struct store *s);
    enum err (*settle)(struct store *s, struct why *why);
    const char *(*version)(const struct store *s);
    bool (*fixed)(const struct store *s);
    struct db *(*take)(struct store *s);
    void (*give)(struct store *s, struct db *db);
    void (*idle)(struct store *s);

    enum err (*begin)(struct db *db, enum db_mode mode);
    enum err (*commit)(struct db *db); /* OK, ERR_UNKNOWN, or other: not done and rolled back */
    void (*rollback)(struct db *db);
    enum err (*renew)(struct db *db); /* NULL: this engine cannot */
    const char *(*complaint)(struct db *db);

    /* A statement with `:name` or `?1` parameters.  `large`: its rows are many, do not hold them
     * all at once (needs an open transaction).  Released by release(), which is harmless on NULL.
     */
    enum err (*prepare)(struct stmt **out, struct db *db, const char *sql, size_t n, bool large);
    void (*release)(struct stmt *st);
    int (*param_count)(struct stmt *st);
    const char *(*param_name)(struct stmt *st, int at); /* with its colon; NULL: has no name */
    /* Ends the rows of the last run and, for `clear`, forgets the binds. */
    void (*reset)(struct stmt *st, bool clear);
    void (*bind_int)(struct stmt *st, int at, int64_t value);
    /* `lasting`: the bytes stay the caller's until the statement has run; else they are copied.
     * NULL binds NULL. */
    void (*bind_text)(struct stmt *st, int at, const char *text, bool lasting);
    void (*bind_blob)(struct stmt *st, int at, const void *bytes, size_t n, bool lasting);
    void (*ahead)(struct stmt *st); /* stmt_ahead(); NULL: there is nothing to gain */
    /* true: a row stands ready.  false: no more rows, or *e says what failed. */
    bool (*row)(struct stmt *st, enum err *e);
    /* A statement without rows.  An engine may send it later, together with others: then its
     * failure comes with a later call of the transaction, the commit at the latest. */
    enum err (*run)(struct stmt *st);
    int64_t (*changes)(struct db *db); /* by the last run(), which is waited for; below 0: failed */

    int (*col_count)(struct stmt *st);
    const char *(*col_name)(struct stmt *st, int at);
    enum cell (*col_type)(struct stmt *st, int at);
    int64_t (*col_int)(struct stmt *st, int at);
    const char *(*col_text)(struct stmt *st, int at, size_t *n); /* "" for NULL; n may be NULL */
    const void *(*col_blob)(struct stmt *st, int at, size_t *n); /* NULL for NULL */

    /* Statement texts with one parameter, ?1, a table's name: its columns in order, and the columns
     * of its primary key in order; one column of text. */
    const char *columns_sql, *keys_sql;

    enum err (*integrity)(struct db *db, struct why *why);
    /* The guards of the schema (store.h, db_guards). */
    enum err (*guards)(struct table_compared *out, struct db *db, struct db *fresh);
    enum err (*copy_to)(struct db *db, const char *path, struct why *why);
};

extern const struct engine file_engine;   /* store_sqlite.c */
extern const struct engine server_engine; /* postgres_setup.c */

/* For engines, while they open. */

/* Every statement of the options into db->queries (an override of `sql` goes before the common
 * text), and the insert of every fact table into db->inserts.  *why on refusal. */
NODISCARD enum err engine_prepare_all(struct db *db, const struct store_options *options,
                                      const struct store_sql *sql, struct why *why);
/* The other way round; harmless on what was not prepared. */
void engine_release_all(struct db *db);
/* The columns of every fact table against its description: ERR_CORRUPT. */
NODISCARD enum err engine_check_columns(struct db *db, const struct store_options *options,
                                        struct why *why);
/* Fills s->compared and s->locals; tables_sql gives the names of all tables, sorted. */
NODISCARD enum err engine_list_tables(struct db *db, const char *tables_sql);
/* Frees where, compared and locals. */
void engine_forget_lists(struct store *s);

/* The rows of the same query in two stores, one by one up to the first difference. */
NODISCARD enum err engine_compare(struct table_compared *out, struct db *ours, struct db *theirs,
                                  const char *sql);

/* The first value of a constant query as text; "" when there is no row. */
NODISCARD enum err engine_value(struct db *db, const char *sql, char *out, size_t room);
/* A newer program wrote this store: fills *why, gives ERR_CONFLICT. */
NODISCARD enum err engine_newer(struct why *why, const char *where, int64_t schema, size_t known);

#endif
