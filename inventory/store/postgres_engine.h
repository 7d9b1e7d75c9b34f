/* Between the files of the server engine: its structs, and the primitives that only
 * store_postgres.c, the door to the library, implements.
 *
 * A connection is always in pipeline mode.  What is sent is noted in its queue; results are
 * collected in the same order, all of them before anything new is asked. */
#ifndef POSTGRES_ENGINE_H
#define POSTGRES_ENGINE_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "attr.h"
#include "err.h"
#include "inventory/base/sbuf.h"
#include "inventory/store/engine.h"
#include "inventory/store/fact_table.h"

struct pg_conn; /* the library's */
struct pg_result;

enum {
    COMPLAINT_MAX = 512,
    SQLSTATE_MAX = 6,
    QUEUE_MAX = 256,          /* results on the way */
    QUEUE_SPARE = 24,         /* of them, for what begins and ends a transaction */
    ANSWER_WAIT_MS = 75000,   /* above the server's own statement timeout */
    RECONNECT_WAIT_MS = 5000, /* of begin() */
    RENEW_WAIT_MS = 10000,    /* of renew() */
    AWAY_MS = 1000,           /* between two tries when the server is away */
    LEARN_FIRST_ROWS = 1000,
    LEARN_STEP_ROWS = 64,      /* of a large transaction: how often it is looked at */
    LEARN_LAST_ROWS = 4000000, /* from then on it is left to the server's housekeeping */
    SERVER_OLDEST = 150000,    /* 15.0 as the library counts */
};

/* ---- statements ---- */

/* What is the same for a statement on every connection; not changed once it is described. */
struct pg_meta {
    char *sql;    /* owned, translated */
    char **names; /* owned; of parameters, with colon; NULL: has no name */
    int param_count;
    char **cols; /* owned */
    enum cell *types;
    int col_count;
    bool large;
};

/* A copy of bytes that were bound, and room for the digits of a number. */
struct pg_own {
    char *bytes; /* owned */
    size_t room;
};

struct pg_stmt {
    struct stmt base;
    struct pg_stmt *many;           /* of an insert: the same for many rows, owned */
    const struct fact_table *table; /* of such a one */
    struct pg_meta *meta;
    bool owns_meta;
    char name[24]; /* on the server */
    const char **values;
    int *lengths, *formats;
    struct pg_own *own;     /* by parameter */
    struct pg_result *rows; /* owned; what has arrived of the running query */
    int row, row_count;     /* row: the one that stands ready, -1 before the first */
    bool running;           /* begun and not at its end */
    bool cursor;            /* a cursor of it stands open on the server */
    char digits[24];        /* col_text() of a number */
    struct pg_stmt *prev, *next;
};

/* Types by their numbers in the server's catalogue; they are part of its protocol. */
enum { PG_TYPE_BYTEA = 17, PG_TYPE_INT8 = 20, PG_TYPE_TEXT = 25 };

/* Rows of one table that wait to be sent together. */
struct pg_batch {
    struct pg_stmt *st; /* their insert; NULL: none waits */
    int rows;
    struct sbuf columns[FACT_COLS_MAX + 2]; /* arrays in the server's binary form */
};

/* The statements that frame a transaction; prepared on every connection. */
enum pg_frame { FRAME_READ, FRAME_WRITE, FRAME_LOCAL, FRAME_COMMIT, FRAME_ROLLBACK, FRAMES };

/* What a result that is on its way will be. */
enum pg_pending {
    PENDING_COMMAND, /* its failure is the transaction's */
    PENDING_RUN,     /* the same, and says how many rows it touched */
    PENDING_ROWS,    /* its rows are wanted */
    PENDING_AHEAD,   /* its rows may be wanted later */
    PENDING_COMMIT,
    PENDING_IGNORED, /* end of a transaction whose outcome does not matter */
    PENDING_SYNC,
};

struct pg_db {
    struct db base;
    struct pg_conn *conn; /* owned; NULL: not there (yet), or lost */
    bool spare;           /* everything fails with ERR_BUSY */
    bool gathering;       /* prepare() only takes note; everything is prepared at once later */
    bool open, begun;     /* inside a transaction; its BEGIN was sent */
    enum db_mode mode;
    enum pg_pending queue[QUEUE_MAX];
    size_t queued;
    bool unsynced; /* something was sent after the last sync */
    /* The first failure since begin(); what came after it was not done. */
    enum err failed;
    char sqlstate[SQLSTATE_MAX]; /* of it; empty: not from the server */
    char complaint[COMPLAINT_MAX];
    bool dying;     /* the server said that it hangs up */
    bool warned;    /* a warning 01000 came; watched during COMMIT */
    bool committed; /* COMMIT was answered with COMMIT */
    int64_t changes;
    int64_t runs;           /* rows written, or so, in this transaction */
    struct pg_result *rows; /* of PENDING_ROWS, to be taken by the statement */
    struct pg_batch batch;
    struct pg_ahead *ahead;        /* owned list, in the order they were sent */
    struct pg_stmt *live, *doomed; /* lists; doomed: released, but the server does not know yet */
    unsigned next_name;
    struct pg_db *next_free;
};

/* ---- the pool ---- */

struct pg_waiter {
    struct pg_waiter *next;
    struct pg_db *given;
    pthread_cond_t moved;
};

struct pg_store {
    struct store base;
    struct store_options options; /* its arrays are the caller's and last as long as the program */
    char *address;                /* owned; may hold a password: never shown */
    char version[32];
    /* Not 0: the server was away when last tried; until then nobody tries again, so that those who
     * come meanwhile are told at once. */
    _Atomic int64_t away_until_ms;
    _Atomic int64_t timeline;   /* the newest that a server of this address was found on */
    struct pg_db dbs[POOL_MAX]; /* dbs[0] is the one whose statements are described */
    size_t count;
    pthread_mutex_t mutex; /* over the rest */
    struct pg_db *free;    /* list */
    struct pg_waiter *first, **last;
    int64_t written;  /* rows, by this process */
    int64_t learn_at; /* so many of them, and the planner's figures are taken anew */
};

static inline struct pg_db *pg_db_of(struct db *db)
{
    return (struct pg_db *)(void *)db;
}

static inline struct pg_stmt *pg_stmt_of(struct stmt *st)
{
    return (struct pg_stmt *)(void *)st;
}

static inline struct pg_store *pg_store_of(struct store *s)
{
    return (struct pg_store *)(void *)s;
}

/* ---- store_postgres.c: the library ---- */

/* What an address says, without its secrets. */
struct pg_address {
    char host[256], port[128], database[128];
    char service[128]; /* whose file names what the address does not */
};
/* False: not to be understood. */
NODISCARD bool pg_address_read(struct pg_address *out, const char *address);

/* Connects; on failure d->conn is NULL, the complaint is filled and, when `diagnose`, the server's
 * SQLSTATE, for which it may be asked a second time. */
NODISCARD bool pg_connect(struct pg_db *d, const char *address, bool diagnose);
void pg_drop(struct pg_db *d); /* closes the connection and forgets all that was on its way */
int pg_server_version(const struct pg_db *d);
NODISCARD bool pg_enter_pipeline(struct pg_db *d);
/* Whether the connection stands, as far as is known without asking the server. */
bool pg_alive(struct pg_db *d);

/* Before pipeline mode: constant statements in one message.  Values of the first row of the last
 * one go to out[], as borrowed texts, until the next call.  `limit_ms` < 0: waits for ever. */
NODISCARD enum err pg_exec(struct pg_db *d, const char *sql, int limit_ms);
int pg_exec_rows(const struct pg_db *d);
const char *pg_exec_value(const struct pg_db *d, int col);

/* Sending; false when the connection is lost. */
bool pg_send_prepare(struct pg_db *d, const char *name, const char *sql);
bool pg_send_describe(struct pg_db *d, const char *name);
bool pg_send_named(struct pg_db *d, const char *name);        /* without parameters */
bool pg_send_text(struct pg_db *d, const char *sql);          /* without parameters */
bool pg_send_stmt(struct pg_db *d, const struct pg_stmt *st); /* with its binds */
bool pg_send_cursor(struct pg_db *d, const char *sql, const struct pg_stmt *st);
bool pg_send_sync(struct pg_db *d); /* and flushes */

enum pg_outcome {
    OUTCOME_DONE,
    OUTCOME_ROWS,
    OUTCOME_SYNC,
    OUTCOME_SKIPPED, /* something before it failed */
    OUTCOME_FAILED,  /* state and message say why */
    OUTCOME_END,     /* no more results of this command */
    OUTCOME_LOST,    /* the connection is gone, and dropped */
};
/* Waits for the next result.  *rows is owned by the caller when DONE, ROWS, or FAILED. */
enum pg_outcome pg_next(struct pg_db *d, struct pg_result **rows);
void pg_clear(struct pg_result *rows); /* harmless on NULL */
const char *pg_state(const struct pg_result *rows);
const char *pg_message(const struct pg_result *rows);
bool pg_fatal(const struct pg_result *rows); /* the server hangs up, or goes down, with it */
const char *pg_tag(struct pg_result *rows);
int64_t pg_touched(struct pg_result *rows);
int pg_rows(const struct pg_result *rows);
/* Fills the columns of the statement from an answer to pg_send_describe(); false: a column has a
 * type that no cell can have, and *at says which. */
NODISCARD bool pg_described(struct pg_meta *meta, const struct pg_result *rows, int *at);
bool pg_is_null(const struct pg_stmt *st, int at);
const char *pg_bytes(const struct pg_stmt *st, int at, size_t *n);
/* A number in the server's binary form, of the width that it has. */
int64_t pg_number(const struct pg_stmt *st, int at);

/* ---- postgres_queue.c ---- */

enum err pg_err_of(const char *sqlstate);
/* Notes a failure, unless one is noted already. */
void pg_fail(struct pg_db *d, const char *sqlstate, enum err e, const char *message);
/* Takes note of what was sent; looks at results when too much is on the way. */
void pg_queue(struct pg_db *d, enum pg_pending what);
void pg_sync(struct pg_db *d); /* a mark after what was sent; harmless when it is there */
/* Waits for all results. */
void pg_collect(struct pg_db *d);

/* ---- postgres_stmt.c ---- */

enum err pg_prepare(struct stmt **out, struct db *db, const char *sql, size_t n, bool large);
void pg_release(struct stmt *base);
void pg_free_doomed(struct pg_db *d);
/* Tells the server of statements that are no longer needed; outside of a transaction. */
void pg_bury(struct pg_db *d);
bool pg_send_frame(struct pg_db *d, enum pg_frame frame);
/* Prepares all statements of the connection; describes those that are not.  The name of the
 * statement that fails goes to *which. */
NODISCARD enum err pg_prepare_live(struct pg_db *d, const struct pg_stmt **which);
/* The statements of `from` for another connection. */
void pg_clone(struct pg_db *to, const struct pg_db *from);
int pg_param_count(struct stmt *st);
const char *pg_param_name(struct stmt *st, int at);
void pg_reset(struct stmt *base, bool clear);
void pg_bind_int(struct stmt *base, int at, int64_t value);
void pg_bind_text(struct stmt *base, int at, const char *text, bool lasting);
void pg_bind_blob(struct stmt *base, int at, const void *bytes, size_t n, bool lasting);
int pg_col_count(struct stmt *st);
const char *pg_col_name(struct stmt *st, int at);
enum cell pg_col_type(struct stmt *base, int at);
int64_t pg_col_int(struct stmt *base, int at);
const char *pg_col_text(struct stmt *base, int at, size_t *n);
const void *pg_col_blob(struct stmt *base, int at, size_t *n);

/* ---- postgres_batch.c ---- */

/* For every insert its twin for many rows; while statements are gathered. */
NODISCARD enum err pg_batch_prepare(struct pg_db *d);
void pg_batch_add(struct pg_db *d, struct pg_stmt *st); /* the row that is bound waits */
void pg_batch_send(struct pg_db *d);                    /* harmless when none waits */
void pg_batch_forget(struct pg_db *d);
void pg_batch_free(struct pg_db *d);

/* ---- postgres_ahead.c ---- */

void pg_ahead(struct stmt *base);
/* The next of those that are on their way has come; NULL: without rows, because something failed.
 */
void pg_ahead_arrived(struct pg_db *d, struct pg_result *rows);
/* Whether the same was asked ahead: then its answer is in d->rows. */
NODISCARD bool pg_ahead_take(struct pg_db *d, const struct pg_stmt *st);
void pg_ahead_stale(struct pg_db *d);  /* something was written */
void pg_ahead_forget(struct pg_db *d); /* the transaction has ended */

/* ---- postgres_work.c ---- */

/* Makes ready to send a statement: connected, BEGIN sent when a transaction is open, and then the
 * rows that wait. */
enum err pg_ready(struct pg_db *d);
enum err pg_begin(struct db *db, enum db_mode mode);
enum err pg_commit(struct db *db);
void pg_rollback(struct db *db);
enum err pg_renew(struct db *db);
const char *pg_complaint(struct db *db);
bool pg_row(struct stmt *base, enum err *e);
enum err pg_run(struct stmt *base);
int64_t pg_changes(struct db *db);

/* ---- postgres_setup.c ---- */

bool pg_knows(const char *address);
enum err pg_open(struct store **out, const struct store_options *options, struct why *why);
void pg_close(struct store *base);
/* Connects anew and makes the session as the first was, trying for so long.  `anyhow`: also when
 * the server is known to be away. */
NODISCARD enum err pg_reconnect(struct pg_db *d, int wait_ms, bool anyhow);
enum err pg_settle(struct store *base, struct why *why);
const char *pg_version(const struct store *s);
bool pg_fixed(const struct store *s);
int64_t pg_now_ms(void); /* of a clock that only goes forward */

/* ---- postgres_session.c ---- */

enum pg_refusal {
    REFUSAL_ADDRESS,
    REFUSAL_AWAY,
    REFUSAL_LOGIN,
    REFUSAL_DATABASE,
    REFUSAL_FULL,
    REFUSAL_OLD,
    REFUSAL_ENCODING,
    REFUSAL_UNSAFE,
    REFUSAL_STALE,
    REFUSAL_UNPREPARED,
    REFUSAL_MIGRATE,
    REFUSAL_RIGHTS,
};
enum err pg_refuse(const struct pg_store *s, enum pg_refusal r, const char *detail,
                   struct why *why);

/* The settings of a fresh connection, and what of the server must be as we need it. */
NODISCARD enum err pg_session(struct pg_db *d, struct why *why);
/* The number of the last migration. */
NODISCARD enum err pg_schema(struct pg_db *d, int64_t *schema, struct why *why);
NODISCARD enum err pg_migrate(struct pg_db *d, int64_t schema, struct why *why);

/* ---- postgres_pool.c ---- */

void pg_pool_init(struct pg_store *s);
void pg_pool_done(struct pg_store *s);
struct db *pg_take(struct store *base);
void pg_give(struct store *base, struct db *db);
void pg_idle(struct store *base);
void pg_pool_drop_idle(struct pg_store *s);

/* ---- postgres_learn.c ---- */

void pg_learn_amid(struct pg_db *d);    /* a transaction goes on writing */
void pg_learn_written(struct pg_db *d); /* a transaction that wrote has ended */
void pg_learn_idle(struct pg_store *s); /* nobody waits */

/* ---- postgres_guard.c ---- */

enum err pg_integrity(struct db *db, struct why *why);
enum err pg_guards(struct table_compared *out, struct db *db, struct db *fresh);
enum err pg_copy_to(struct db *db, const char *path, struct why *why);

#endif
