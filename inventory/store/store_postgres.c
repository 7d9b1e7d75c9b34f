/* The server engine's door: the one file that knows libpq. */
#include <assert.h>
#include <errno.h>
#include <libpq-fe.h>
#include <poll.h>

#include "inventory/base/arena.h"
#include "inventory/store/postgres_engine.h"

/* Types of columns, by the numbers of the server's catalogue; they are part of its protocol. */
enum {
    OID_BOOL = 16,
    OID_BYTEA = PG_TYPE_BYTEA,
    OID_CHAR = 18,
    OID_NAME = 19,
    OID_INT8 = PG_TYPE_INT8,
    OID_INT2 = 21,
    OID_INT4 = 23,
    OID_TEXT = PG_TYPE_TEXT,
    OID_OID = 26,
    OID_BPCHAR = 1042,
    OID_VARCHAR = 1043,
};

/* ---- the address ---- */

static void take_option(struct pg_address *out, const PQconninfoOption *o)
{
    if (!o->val) {
        return;
    }
    if (strcmp(o->keyword, "host") == 0 ||
        (strcmp(o->keyword, "hostaddr") == 0 && out->host[0] == '\0')) {
        snprintf(out->host, sizeof out->host, "%s", o->val);
    } else if (strcmp(o->keyword, "port") == 0) {
        snprintf(out->port, sizeof out->port, "%s", o->val);
    } else if (strcmp(o->keyword, "dbname") == 0) {
        snprintf(out->database, sizeof out->database, "%s", o->val);
    } else if (strcmp(o->keyword, "service") == 0) {
        snprintf(out->service, sizeof out->service, "%s", o->val);
    }
}

bool pg_address_read(struct pg_address *out, const char *address)
{
    char *complaint = NULL;
    PQconninfoOption *options = PQconninfoParse(address, &complaint);

    memset(out, 0, sizeof *out);
    PQfreemem(complaint); /* never shown: it quotes the address, and with it the password */
    if (!options) {
        return false;
    }
    for (const PQconninfoOption *o = options; o->keyword; o++) {
        take_option(out, o);
    }
    PQconninfoFree(options);
    return true;
}

/* ---- connecting ---- */

struct option {
    const char *name, *value;
};

/* What stands before the address gives way to it; what stands after it does not. */
static const struct option connecting[] = {
    {"connect_timeout", "5"},
    {"tcp_user_timeout", "5000"},
    {"keepalives", "1"},
    {"keepalives_idle", "5"},
    {"keepalives_interval", "2"},
    {"keepalives_count", "3"},
    {"target_session_attrs", "read-write"},
    {"application_name", "etalase"},
    {"dbname", NULL /* the address */},
    {"client_encoding", "UTF8"},
    {NULL, NULL},
};

struct wishes {
    const char *names[LENGTH(connecting)], *values[LENGTH(connecting)];
};

static struct wishes wishes_of(const char *address)
{
    struct wishes w;

    for (size_t i = 0; i < LENGTH(connecting); i++) {
        bool is_address = connecting[i].name && !connecting[i].value;

        w.names[i] = connecting[i].name;
        w.values[i] = is_address ? address : connecting[i].value;
    }
    return w;
}

/* Warnings matter during COMMIT only, and a FATAL means that the server is about to hang up. */
static void noticed(void *arg, const PGresult *notice)
{
    struct pg_db *d = arg;
    const char *state = PQresultErrorField(notice, PG_DIAG_SQLSTATE);

    if (state && strcmp(state, "01000") == 0) {
        d->warned = true;
    }
    if (pg_fatal(notice)) {
        d->dying = true;
    }
}

/* The SQLSTATE in ": 28P01: " of a wordy message; the words around it are in the server's language.
 */
static void state_in(char out[SQLSTATE_MAX], const char *message)
{
    static const char allowed[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

    for (const char *at = strstr(message, ":  "); at; at = strstr(at + 1, ":  ")) {
        if (strspn(at + 3, allowed) == SQLSTATE_MAX - 1 && at[2 + SQLSTATE_MAX] == ':') {
            memcpy(out, at + 3, SQLSTATE_MAX - 1);
            out[SQLSTATE_MAX - 1] = '\0';
        }
    }
}

/* A refused connection does not tell why in a form that a program can read, except in wordy
 * messages, and those can be asked for only once there is a connection; so it is tried again. */
static void ask_why(struct pg_db *d, const struct wishes *w)
{
    PGconn *conn = PQconnectStartParams(w->names, w->values, 1);

    if (conn) {
        PQsetErrorVerbosity(conn, PQERRORS_VERBOSE);
        PQreset(conn);
        if (PQstatus(conn) == CONNECTION_BAD) {
            state_in(d->sqlstate, PQerrorMessage(conn));
        }
    }
    PQfinish(conn);
}

bool pg_connect(struct pg_db *d, const char *address, bool diagnose)
{
    struct wishes w = wishes_of(address);
    PGconn *conn;

    d->failed = OK;
    d->dying = false;
    conn = PQconnectdbParams(w.names, w.values, 1);
    if (PQstatus(conn) == CONNECTION_OK) {
        PQsetNoticeReceiver(conn, noticed, d);
        d->conn = conn;
        return true;
    }
    pg_fail(d, NULL, ERR_AWAY, PQerrorMessage(conn));
    if (PQconnectionNeedsPassword(conn)) {
        snprintf(d->sqlstate, sizeof d->sqlstate, "28P01");
    } else if (diagnose) {
        ask_why(d, &w);
    }
    PQfinish(conn);
    return false;
}

void pg_drop(struct pg_db *d)
{
    PQfinish(d->conn);
    pg_clear(d->rows);
    d->conn = NULL;
    d->rows = NULL;
    d->queued = 0;
    d->unsynced = false;
    pg_free_doomed(d);
}

int pg_server_version(const struct pg_db *d)
{
    return PQserverVersion(d->conn);
}

bool pg_enter_pipeline(struct pg_db *d)
{
    pg_clear(d->rows);
    d->rows = NULL;
    return PQenterPipelineMode(d->conn) == 1;
}

bool pg_alive(struct pg_db *d)
{
    struct pollfd p = {.events = POLLIN};

    if (!d->conn) {
        return false;
    }
    p.fd = PQsocket(d->conn);
    while (!d->dying && PQstatus(d->conn) == CONNECTION_OK && poll(&p, 1, 0) > 0) {
        if (!PQconsumeInput(d->conn)) {
            break;
        }
        if (d->queued == 0) {
            PQfreemem(PQnotifies(d->conn)); /* only to have it look at what came unasked */
        }
    }
    if (d->dying || PQstatus(d->conn) != CONNECTION_OK || (p.revents & (POLLERR | POLLNVAL))) {
        pg_drop(d);
        return false;
    }
    return true;
}

/* ---- waiting ---- */

/* A server that is frozen, or waits for ever for a standby, must not hold a till for ever. */
static bool wait_answer(struct pg_db *d, int limit_ms)
{
    int64_t until = pg_now_ms() + limit_ms;

    while (PQisBusy(d->conn)) {
        struct pollfd p = {.fd = PQsocket(d->conn), .events = POLLIN};
        int64_t left = until - pg_now_ms();
        int ready = limit_ms < 0 ? poll(&p, 1, -1) : left > 0 ? poll(&p, 1, (int)left) : 0;

        if (ready == 0) {
            return false;
        }
        if (ready > 0 && !PQconsumeInput(d->conn)) {
            return true; /* the library has an answer now: that the connection is lost */
        }
    }
    return true;
}

enum err pg_exec(struct pg_db *d, const char *sql, int limit_ms)
{
    PGresult *result;
    bool sent = PQsendQuery(d->conn, sql) == 1;

    d->failed = OK;
    pg_clear(d->rows);
    d->rows = NULL;
    while (sent && wait_answer(d, limit_ms) && (result = PQgetResult(d->conn))) {
        ExecStatusType status = PQresultStatus(result);

        if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK &&
            status != PGRES_EMPTY_QUERY) {
            const char *state = pg_state(result);

            pg_fail(d, state, *state ? pg_err_of(state) : ERR_AWAY, pg_message(result));
        }
        pg_clear(d->rows);
        d->rows = result;
    }
    if (!d->rows || PQstatus(d->conn) != CONNECTION_OK) {
        pg_fail(d, NULL, ERR_AWAY, PQerrorMessage(d->conn));
    }
    return d->failed;
}

int pg_exec_rows(const struct pg_db *d)
{
    return d->rows ? PQntuples(d->rows) : 0;
}

const char *pg_exec_value(const struct pg_db *d, int col)
{
    return pg_exec_rows(d) > 0 && col < PQnfields(d->rows) ? PQgetvalue(d->rows, 0, col) : "";
}

/* ---- sending ---- */

static bool sent(struct pg_db *d, int done)
{
    if (done == 1) {
        d->unsynced = true;
        return true;
    }
    pg_fail(d, NULL, ERR_AWAY, PQerrorMessage(d->conn));
    pg_drop(d);
    return false;
}

bool pg_send_prepare(struct pg_db *d, const char *name, const char *sql)
{
    return d->conn && sent(d, PQsendPrepare(d->conn, name, sql, 0, NULL));
}

bool pg_send_describe(struct pg_db *d, const char *name)
{
    return d->conn && sent(d, PQsendDescribePrepared(d->conn, name));
}

bool pg_send_named(struct pg_db *d, const char *name)
{
    return d->conn && sent(d, PQsendQueryPrepared(d->conn, name, 0, NULL, NULL, NULL, 1));
}

bool pg_send_text(struct pg_db *d, const char *sql)
{
    return d->conn && sent(d, PQsendQueryParams(d->conn, sql, 0, NULL, NULL, NULL, NULL, 1));
}

bool pg_send_stmt(struct pg_db *d, const struct pg_stmt *st)
{
    return d->conn && sent(d, PQsendQueryPrepared(d->conn, st->name, st->meta->param_count,
                                                  st->values, st->lengths, st->formats, 1));
}

bool pg_send_cursor(struct pg_db *d, const char *sql, const struct pg_stmt *st)
{
    return d->conn && sent(d, PQsendQueryParams(d->conn, sql, st->meta->param_count, NULL,
                                                st->values, st->lengths, st->formats, 1));
}

bool pg_send_sync(struct pg_db *d)
{
    if (!d->conn || !sent(d, PQpipelineSync(d->conn))) {
        return false;
    }
    d->unsynced = false;
    return true;
}

/* ---- results ---- */

static enum pg_outcome lost(struct pg_db *d, PGresult *result)
{
    const char *text = PQerrorMessage(d->conn);

    pg_fail(d, NULL, ERR_AWAY, *text ? text : "the server did not answer in time");
    PQclear(result);
    pg_drop(d);
    return OUTCOME_LOST;
}

enum pg_outcome pg_next(struct pg_db *d, struct pg_result **rows)
{
    PGresult *result;

    *rows = NULL;
    if (!d->conn || !wait_answer(d, ANSWER_WAIT_MS)) {
        return d->conn ? lost(d, NULL) : OUTCOME_LOST;
    }
    if (!(result = PQgetResult(d->conn))) {
        return PQstatus(d->conn) == CONNECTION_OK ? OUTCOME_END : lost(d, NULL);
    }
    switch (PQresultStatus(result)) {
    case PGRES_COMMAND_OK: *rows = result; return OUTCOME_DONE;
    case PGRES_TUPLES_OK: *rows = result; return OUTCOME_ROWS;
    case PGRES_PIPELINE_SYNC: PQclear(result); return OUTCOME_SYNC;
    case PGRES_PIPELINE_ABORTED: PQclear(result); return OUTCOME_SKIPPED;
    case PGRES_FATAL_ERROR:
        if (*pg_state(result) == '\0') {
            return lost(d, result);
        }
        *rows = result;
        return OUTCOME_FAILED;
    case PGRES_EMPTY_QUERY:
    case PGRES_COPY_OUT:
    case PGRES_COPY_IN:
    case PGRES_COPY_BOTH:
    case PGRES_BAD_RESPONSE:
    case PGRES_NONFATAL_ERROR:
    case PGRES_SINGLE_TUPLE:
    default: return lost(d, result);
    }
}

void pg_clear(struct pg_result *rows)
{
    PQclear(rows);
}

const char *pg_state(const struct pg_result *rows)
{
    const char *state = PQresultErrorField(rows, PG_DIAG_SQLSTATE);

    return state ? state : "";
}

const char *pg_message(const struct pg_result *rows)
{
    const char *text = PQresultErrorField(rows, PG_DIAG_MESSAGE_PRIMARY);

    return text ? text : PQresultErrorMessage(rows);
}

bool pg_fatal(const struct pg_result *rows)
{
    const char *severity = PQresultErrorField(rows, PG_DIAG_SEVERITY_NONLOCALIZED);

    return severity && (strcmp(severity, "FATAL") == 0 || strcmp(severity, "PANIC") == 0);
}

const char *pg_tag(struct pg_result *rows)
{
    return PQcmdStatus(rows);
}

int64_t pg_touched(struct pg_result *rows)
{
    return strtoll(PQcmdTuples(rows), NULL, 10);
}

int pg_rows(const struct pg_result *rows)
{
    return PQntuples(rows);
}

static bool cell_of(enum cell *out, unsigned type)
{
    switch (type) {
    case OID_BOOL:
    case OID_INT8:
    case OID_INT2:
    case OID_INT4:
    case OID_OID: *out = CELL_INT; return true;
    case OID_CHAR:
    case OID_NAME:
    case OID_TEXT:
    case OID_BPCHAR:
    case OID_VARCHAR: *out = CELL_TEXT; return true;
    case OID_BYTEA: *out = CELL_BYTES; return true;
    default: return false;
    }
}

bool pg_described(struct pg_meta *meta, const struct pg_result *rows, int *at)
{
    int n = PQnfields(rows);

    meta->cols = mem_get(((size_t)n + 1) * sizeof *meta->cols);
    meta->types = mem_get(((size_t)n + 1) * sizeof *meta->types);
    meta->col_count = n;
    for (*at = 0; *at < n; *at += 1) {
        meta->cols[*at] = mem_text(PQfname(rows, *at));
        if (!cell_of(&meta->types[*at], PQftype(rows, *at))) {
            meta->col_count = *at + 1;
            return false;
        }
    }
    return true;
}

bool pg_is_null(const struct pg_stmt *st, int at)
{
    return PQgetisnull(st->rows, st->row, at) == 1;
}

const char *pg_bytes(const struct pg_stmt *st, int at, size_t *n)
{
    *n = (size_t)PQgetlength(st->rows, st->row, at);
    return PQgetvalue(st->rows, st->row, at);
}

int64_t pg_number(const struct pg_stmt *st, int at)
{
    int n = PQgetlength(st->rows, st->row, at);
    const unsigned char *bytes = (const unsigned char *)PQgetvalue(st->rows, st->row, at);
    bool negative = n > 1 && bytes[0] >= 0x80 && PQftype(st->rows, at) != OID_OID;
    uint64_t value = negative ? UINT64_MAX : 0;

    for (int i = 0; i < n; i++) {
        value = value << 8 | bytes[i];
    }
    return (int64_t)value;
}
