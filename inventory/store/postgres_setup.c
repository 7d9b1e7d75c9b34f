/* Opening and closing the server's store: the address, the first connection, and how a lost one is
 * made again. */
#include <assert.h>
#include <time.h>

#include "inventory/base/arena.h"
#include "inventory/base/sbuf.h"
#include "inventory/store/engine_error.h"
#include "inventory/store/fact_table.h"
#include "inventory/store/postgres_engine.h"

enum { PAUSE_FIRST_MS = 20, PAUSE_MAX_MS = 1000, SCHEME_MAX = 16 };

static const char *const schemes[] = {"postgresql://", "postgres://"};

/* Every table but those that only this engine has. */
static const char tables_sql[] =
    "SELECT c.relname FROM pg_catalog.pg_class c"
    " WHERE c.relnamespace = pg_catalog.to_regnamespace('etalase') AND c.relkind IN ('r', 'p')"
    " AND c.relname NOT IN ('schema_version', 'journal_turn') ORDER BY c.relname";

int64_t pg_now_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void pause_ms(int ms)
{
    struct timespec t = {.tv_sec = ms / 1000, .tv_nsec = (long)(ms % 1000) * 1000000};

    nanosleep(&t, NULL);
}

/* ---- the address ---- */

static size_t scheme_length(const char *address)
{
    for (size_t i = 0; i < LENGTH(schemes); i++) {
        if (strncmp(address, schemes[i], strlen(schemes[i])) == 0) {
            return strlen(schemes[i]);
        }
    }
    return 0;
}

bool pg_knows(const char *address)
{
    return scheme_length(address) > 0;
}

/* A password with a bare @, / or ? would be cut in two, and its second half be taken for a host and
 * shown. */
static bool secrets_are_whole(const char *address)
{
    const char *rest = address + scheme_length(address);
    const char *at = strchr(rest, '@');

    return !at || (strcspn(rest, "/?#") > (size_t)(at - rest) && !strchr(at + 1, '@'));
}

/* The n-th of a list with commas; the last one stands for those that are missing. */
static const char *nth(const char *list, size_t n, size_t *length)
{
    while (n > 0 && strchr(list, ',')) {
        list = strchr(list, ',') + 1;
        n--;
    }
    *length = strcspn(list, ",");
    return list;
}

static char *where_of(const struct pg_address *a)
{
    const char *hosts = a->host[0] ? a->host : "localhost";
    const char *ports = a->port[0] ? a->port : "5432";
    struct sbuf out;
    char *text;

    sbuf_init(&out, 1024);
    if (!a->database[0]) { /* all of it stands in the file of services */
        sbuf_format(&out, "service=%s", a->service);
        text = mem_text(sbuf_str(&out));
        sbuf_done(&out);
        return text;
    }
    for (size_t i = 0, n = 0; i == 0 || hosts[n - 1] == ','; i++) {
        size_t host_len, port_len;
        const char *host = nth(hosts, i, &host_len), *port = nth(ports, i, &port_len);

        sbuf_format(&out, "%s%.*s:%.*s", i ? "," : "", (int)host_len, host, (int)port_len, port);
        n = (size_t)(host - hosts) + host_len + 1;
    }
    sbuf_format(&out, "/%s", a->database);
    text = mem_text(sbuf_str(&out));
    sbuf_done(&out);
    return text;
}

static enum err read_address(struct pg_store *s, struct why *why)
{
    struct pg_address a;

    if (!secrets_are_whole(s->address) || !pg_address_read(&a, s->address) ||
        a.port[strspn(a.port, "0123456789,")] != '\0' ||
        (a.database[0] == '\0' && a.service[0] == '\0')) {
        s->base.where = mem_text(schemes[0]);
        return pg_refuse(s, REFUSAL_ADDRESS, NULL, why);
    }
    s->base.where = where_of(&a);
    return OK;
}

/* ---- the first connection ---- */

static enum err refused_connection(struct pg_db *d, struct why *why)
{
    static const struct {
        const char *state;
        enum pg_refusal refusal;
    } table[] = {{"28", REFUSAL_LOGIN},
                 {"42501", REFUSAL_LOGIN},
                 {"3D", REFUSAL_DATABASE},
                 {"53300", REFUSAL_FULL}};
    const struct pg_store *s = pg_store_of(d->base.store);

    for (size_t i = 0; i < LENGTH(table); i++) {
        if (strncmp(d->sqlstate, table[i].state, strlen(table[i].state)) == 0) {
            return pg_refuse(s, table[i].refusal, d->complaint, why);
        }
    }
    return pg_refuse(s, REFUSAL_AWAY, d->complaint, why);
}

/* The schema is the program's own, or becomes it. */
static enum err bring_schema(struct pg_db *d, struct why *why)
{
    struct pg_store *s = pg_store_of(d->base.store);
    int64_t known = (int64_t)s->options.server.migration_count, schema;
    enum err e = pg_schema(d, &schema, why);

    if (e) {
        return e;
    }
    s->base.schema_was = (int32_t)schema;
    if (schema < known && !s->options.migrate) {
        char found[64];

        snprintf(found, sizeof found, "%lld < %lld", (long long)schema, (long long)known);
        return pg_refuse(s, REFUSAL_MIGRATE, found, why);
    }
    if (schema < known && ((e = pg_migrate(d, schema, why)) || (e = pg_schema(d, &schema, why)))) {
        return e;
    }
    s->base.schema = (int32_t)schema;
    return schema > known ? engine_newer(why, s->base.where, schema, (size_t)known) : OK;
}

static void name_statements(struct pg_db *d)
{
    for (size_t i = 0; i < d->base.query_count; i++) {
        struct pg_stmt *st = pg_stmt_of(d->base.queries[i]);

        snprintf(st->name, sizeof st->name, "q%zu", i);
    }
    for (size_t i = 0; i < d->base.store->table_count; i++) {
        struct pg_stmt *st = pg_stmt_of(d->base.inserts[i]);

        snprintf(st->name, sizeof st->name, "i%zu", i);
        snprintf(st->many->name, sizeof st->many->name, "m%zu", i);
    }
}

static const char *title_of(const struct pg_db *d, const struct pg_stmt *st)
{
    const struct store_options *o = &pg_store_of(d->base.store)->options;

    for (size_t i = 0; st && i < d->base.query_count; i++) {
        if (pg_stmt_of(d->base.queries[i]) == st) {
            return o->query_names[i];
        }
    }
    for (size_t i = 0; st && i < o->table_count; i++) {
        const struct pg_stmt *insert = pg_stmt_of(d->base.inserts[i]);

        if (insert == st || insert->many == st) {
            return o->tables[i]->name;
        }
    }
    return d->base.store->where;
}

static enum err prepare(struct pg_db *d, struct why *why)
{
    struct pg_store *s = pg_store_of(d->base.store);
    const struct pg_stmt *which;
    enum err e;

    d->gathering = true;
    e = engine_prepare_all(&d->base, &s->options, &s->options.server, why);
    if (!e && (e = pg_batch_prepare(d))) {
        engine_why_shared(why, e, s->base.where, d->complaint);
    }
    d->gathering = false;
    if (e) {
        return e;
    }
    name_statements(d);
    if (!pg_enter_pipeline(d)) {
        return pg_refuse(s, REFUSAL_AWAY, NULL, why);
    }
    if ((e = pg_prepare_live(d, &which))) {
        engine_why_shared(why, e, title_of(d, which), d->complaint);
    }
    return e;
}

static enum err first(struct pg_db *d, struct why *why)
{
    struct pg_store *s = pg_store_of(d->base.store);
    enum err e;

    if (!pg_connect(d, s->address, true)) {
        return refused_connection(d, why);
    }
    if ((e = pg_session(d, why)) || (e = bring_schema(d, why)) || (e = prepare(d, why)) ||
        (e = engine_check_columns(&d->base, &s->options, why))) {
        return e;
    }
    if ((e = engine_list_tables(&d->base, tables_sql))) {
        engine_why_shared(why, e, s->base.where, d->complaint);
    }
    return e;
}

enum err pg_open(struct store **out, const struct store_options *options, struct why *why)
{
    struct pg_store *s = mem_get(sizeof *s);
    int32_t pool = options->pool > 0 ? options->pool : POOL_DEFAULT;
    enum err e;

    s->base.engine = &server_engine;
    s->base.profile = options->profile;
    s->base.tables = options->tables;
    s->base.table_count = options->table_count;
    s->base.connections = pool < POOL_MAX ? pool : POOL_MAX;
    s->address = mem_text(options->where);
    s->options = *options;
    s->options.where = s->address;
    pg_pool_init(s);
    if ((e = read_address(s, why)) || (e = first(&s->dbs[0], why))) {
        pg_close(&s->base);
        return e;
    }
    *out = &s->base;
    return OK;
}

void pg_close(struct store *base)
{
    struct pg_store *s = pg_store_of(base);

    pg_pool_done(s);
    engine_forget_lists(base);
    free(s->address);
    free(s);
}

const char *pg_version(const struct store *s)
{
    return ((const struct pg_store *)(const void *)s)->version;
}

bool pg_fixed(const struct store *s)
{
    (void)s;
    return true;
}

/* ---- a lost connection ---- */

static enum err once_more(struct pg_db *d)
{
    struct pg_store *s = pg_store_of(d->base.store);
    const struct pg_stmt *which;
    struct why why = {.code = OK};
    int64_t schema;
    enum err e;

    if (!pg_connect(d, s->address, false)) {
        return ERR_AWAY;
    }
    if (!(e = pg_session(d, &why)) && !(e = pg_schema(d, &schema, &why)) &&
        schema > (int64_t)s->options.server.migration_count) {
        e = engine_newer(&why, s->base.where, schema, s->options.server.migration_count);
    }
    if (e) {
        d->failed = OK;
        pg_fail(d, NULL, ERR_AWAY, why.text);
        return ERR_AWAY;
    }
    return pg_enter_pipeline(d) && !pg_prepare_live(d, &which) ? OK : ERR_AWAY;
}

static enum err try_until(struct pg_db *d, int64_t until)
{
    int pause = PAUSE_FIRST_MS;

    for (;;) {
        pg_drop(d);
        if (once_more(d) == OK) {
            d->failed = OK;
            return OK;
        }
        if (pg_now_ms() + pause > until) {
            pg_drop(d);
            return ERR_AWAY;
        }
        pause_ms(pause);
        pause = pause * 2 < PAUSE_MAX_MS ? pause * 2 : PAUSE_MAX_MS;
    }
}

/* The first to find the server away wait, for it may be back in a moment.  Those who come later are
 * told at once, but for one in a second who tries. */
enum err pg_reconnect(struct pg_db *d, int wait_ms, bool anyhow)
{
    struct pg_store *s = pg_store_of(d->base.store);
    int64_t now = pg_now_ms(), away_until = atomic_load(&s->away_until_ms);
    enum err e;

    if (away_until && !anyhow) {
        if (now < away_until ||
            !atomic_compare_exchange_strong(&s->away_until_ms, &away_until, now + AWAY_MS)) {
            pg_drop(d);
            d->failed = OK;
            pg_fail(d, NULL, ERR_AWAY, "the server is away");
            return ERR_AWAY;
        }
        wait_ms = 0;
    }
    e = try_until(d, now + wait_ms);
    atomic_store(&s->away_until_ms, e ? pg_now_ms() + AWAY_MS : 0);
    return e;
}

/* ---- settling ---- */

/* Writes one record and waits for it: everything before it is then where it is. */
static enum err acknowledged(struct db *db)
{
    static const char sql[] =
        "SELECT pg_catalog.pg_logical_emit_message(true, 'etalase', 'settled')::text";
    struct stmt *st = NULL;
    enum err e = db_begin(db, DB_WRITE);

    if (!e && !(e = pg_prepare(&st, db, sql, sizeof sql - 1, false)) && pg_row(st, &e)) {
        pg_release(st);
        return db_commit(db);
    }
    pg_release(st);
    db_rollback(db);
    return e ? e : ERR_IO;
}

enum err pg_settle(struct store *base, struct why *why)
{
    struct pg_store *s = pg_store_of(base);
    struct db *db = pg_take(base);
    enum err e;

    base->profile = STORE_SERVING;
    pg_pool_drop_idle(s);
    if ((e = pg_renew(db)) || (e = acknowledged(db))) {
        engine_why_shared(why, e, base->where, pg_complaint(db));
    }
    pg_give(base, db);
    return e;
}

/* ---- the engine ---- */

const struct engine server_engine = {
    .name = "postgresql",
    .title = "PostgreSQL",
    .shared = true,
    .knows = pg_knows,
    .open = pg_open,
    .close = pg_close,
    .settle = pg_settle,
    .version = pg_version,
    .fixed = pg_fixed,
    .take = pg_take,
    .give = pg_give,
    .idle = pg_idle,
    .begin = pg_begin,
    .commit = pg_commit,
    .rollback = pg_rollback,
    .renew = pg_renew,
    .complaint = pg_complaint,
    .prepare = pg_prepare,
    .release = pg_release,
    .param_count = pg_param_count,
    .param_name = pg_param_name,
    .reset = pg_reset,
    .bind_int = pg_bind_int,
    .bind_text = pg_bind_text,
    .bind_blob = pg_bind_blob,
    .ahead = pg_ahead,
    .row = pg_row,
    .run = pg_run,
    .changes = pg_changes,
    .col_count = pg_col_count,
    .col_name = pg_col_name,
    .col_type = pg_col_type,
    .col_int = pg_col_int,
    .col_text = pg_col_text,
    .col_blob = pg_col_blob,
    .columns_sql = "SELECT attname FROM pg_catalog.pg_attribute"
                   " WHERE attrelid = pg_catalog.to_regclass('etalase.' || ?1)"
                   " AND attnum > 0 AND NOT attisdropped ORDER BY attnum",
    .keys_sql = "SELECT a.attname FROM pg_catalog.pg_index i"
                " JOIN pg_catalog.pg_attribute a ON a.attrelid = i.indrelid"
                " WHERE i.indrelid = pg_catalog.to_regclass('etalase.' || ?1)"
                " AND i.indisprimary AND a.attnum = ANY (i.indkey)"
                " ORDER BY pg_catalog.array_position(i.indkey::int2[], a.attnum)",
    .integrity = pg_integrity,
    .guards = pg_guards,
    .copy_to = pg_copy_to,
};
