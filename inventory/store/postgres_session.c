/* What a connection needs before it is of use: its settings, a server as it must be, our schema. */
#include "inventory/base/refuse.h"
#include "inventory/base/sbuf.h"
#include "inventory/store/engine_error.h"
#include "inventory/store/postgres_engine.h"

enum { SETTINGS_WAIT_MS = 20000, MIGRATION_BYTES_MAX = 8 * 1024 * 1024 };

/* ---- sentences ---- */

struct sentence {
    enum err code;
    const char *slug, *text;
};

static const struct sentence sentences[] = {
    [REFUSAL_ADDRESS] =
        {ERR_INVALID, "server-address",
         "Alamat server tidak dapat dibaca. Tulis postgresql://PERAN@HOST:PORT/DATABASE; tanda "
         "khusus di kata sandi ditulis dengan %-heksadesimal (@ menjadi %40), atau simpan kata "
         "sandi di ~/.pgpass."},
    [REFUSAL_AWAY] =
        {ERR_AWAY, "server-away",
         "Server PostgreSQL tidak dapat dihubungi. Periksa apakah server hidup, jaringan, nama "
         "host dan port; dari beberapa host, satu harus dapat ditulisi."},
    [REFUSAL_LOGIN] =
        {ERR_FORBIDDEN, "server-login",
         "Server PostgreSQL menolak peran atau kata sandi ini. Periksa nama peran dan kata sandi "
         "(~/.pgpass), dan aturan pg_hba.conf di server."},
    [REFUSAL_DATABASE] =
        {ERR_NOT_FOUND, "server-database",
         "Database itu tidak ada di server. Periksa namanya, atau minta pengelola server "
         "menjalankan script/postgres-init.sql."},
    [REFUSAL_FULL] = {ERR_BUSY, "server-full",
                      "Server PostgreSQL kehabisan sambungan. Tunggu sebentar, kecilkan --db-pool, "
                      "atau naikkan max_connections."},
    [REFUSAL_OLD] =
        {ERR_CORRUPT, "server-old",
         "Server PostgreSQL ini terlalu tua; yang dibutuhkan versi 15 atau lebih baru. Naikkan "
         "versi server; data tidak diubah."},
    [REFUSAL_ENCODING] =
        {ERR_CORRUPT, "server-encoding",
         "Database ini dibuat dengan pengodean atau urutan huruf yang lain; yang dibutuhkan UTF8 "
         "dengan LC_COLLATE dan LC_CTYPE C. Buat database baru dengan script/postgres-init.sql."},
    [REFUSAL_UNSAFE] =
        {ERR_CORRUPT, "server-unsafe",
         "Server PostgreSQL ini dapat kehilangan penjualan saat listrik padam, atau tidak menjaga "
         "catatan: fsync dan full_page_writes harus on, synchronous_commit tidak boleh off, "
         "session_replication_role harus origin. Perbaiki postgresql.conf atau setelan peran, "
         "lalu ulangi."},
    [REFUSAL_STALE] =
        {ERR_AWAY, "server-stale",
         "Server PostgreSQL ini sudah digantikan server lain (garis waktunya lebih lama), jadi "
         "tidak ada yang ditulis ke sana. Matikan server lama itu, atau hapus dari alamat, agar "
         "penjualan tidak bercabang."},
    [REFUSAL_UNPREPARED] = {ERR_CONFLICT, "server-unprepared",
                            "Database ini belum disiapkan untuk Etalase. Minta pengelola server "
                            "menjalankan script/postgres-init.sql."},
    [REFUSAL_MIGRATE] =
        {ERR_CONFLICT, "server-migrate",
         "Tabel di database ini lebih tua daripada program. Jalankan `etalase migrate --db ...` "
         "sebagai peran etalase_migrate, lalu ulangi."},
    [REFUSAL_RIGHTS] =
        {ERR_FORBIDDEN, "server-rights",
         "Peran ini tidak berhak melakukannya. Perpindahan skema dijalankan sebagai peran "
         "etalase_migrate, program sehari-hari sebagai etalase; hak keduanya dibuat oleh "
         "script/postgres-init.sql."},
};

enum err pg_refuse(const struct pg_store *s, enum pg_refusal r, const char *detail, struct why *why)
{
    return why_say(why, sentences[r].code, sentences[r].slug, "%s (%s%s%s)", sentences[r].text,
                   s->base.where, detail && *detail ? ": " : "", detail ? detail : "");
}

static struct pg_store *store_of(struct pg_db *d)
{
    return pg_store_of(d->base.store);
}

static enum err explain(struct pg_db *d, enum err e, struct why *why)
{
    engine_why_shared(why, e, d->base.store->where, d->complaint);
    return e;
}

/* ---- settings ---- */

/* In one message.  Names are looked up in our schema alone; what waits for a lock or a slow answer
 * gives up in time for a till; the commit is always waited for. */
static const char settings[] =
    "SET search_path = etalase, pg_temp; SET standard_conforming_strings = on;"
    "SET statement_timeout = '60s'; SET lock_timeout = '5s';"
    "SET idle_in_transaction_session_timeout = '30s'; SET client_min_messages = warning;";

static const char synced[] = "SELECT set_config('synchronous_commit', 'on', false)"
                             " WHERE current_setting('synchronous_commit') IN ('off', 'local');";

static const char unsynced[] = "SET synchronous_commit = off;";

enum reading {
    IS_VERSION,
    IS_ENCODING,
    IS_COLLATE,
    IS_CTYPE,
    IS_PROVIDER,
    IS_FSYNC,
    IS_PAGES,
    IS_COMMIT,
    IS_TRIGGERS,
    IS_TIMELINE
};

static const char readings[] =
    "SELECT current_setting('server_version'), pg_encoding_to_char(encoding), datcollate, datctype,"
    " datlocprovider::text, current_setting('fsync'), current_setting('full_page_writes'),"
    " current_setting('synchronous_commit'), current_setting('session_replication_role'),"
    " substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8)"
    "  FROM pg_catalog.pg_database WHERE datname = current_database()";

static bool reads(const struct pg_db *d, enum reading what, const char *want)
{
    return strcmp(pg_exec_value(d, (int)what), want) == 0;
}

static bool bytewise(const struct pg_db *d, enum reading what)
{
    return reads(d, what, "C") || reads(d, what, "POSIX");
}

static enum err check_server(struct pg_db *d, struct why *why)
{
    const struct pg_store *s = store_of(d);
    char found[128];

    if (!reads(d, IS_ENCODING, "UTF8") || !bytewise(d, IS_COLLATE) || !bytewise(d, IS_CTYPE) ||
        !reads(d, IS_PROVIDER, "c")) {
        snprintf(found, sizeof found, "%s, %s, %s", pg_exec_value(d, IS_ENCODING),
                 pg_exec_value(d, IS_COLLATE), pg_exec_value(d, IS_CTYPE));
        return pg_refuse(s, REFUSAL_ENCODING, found, why);
    }
    if (!reads(d, IS_FSYNC, "on") || !reads(d, IS_PAGES, "on") ||
        !reads(d, IS_TRIGGERS, "origin") ||
        (s->base.profile == STORE_SERVING &&
         (reads(d, IS_COMMIT, "off") || reads(d, IS_COMMIT, "local")))) {
        snprintf(found, sizeof found,
                 "fsync=%s, full_page_writes=%s, synchronous_commit=%s, "
                 "session_replication_role=%s",
                 pg_exec_value(d, IS_FSYNC), pg_exec_value(d, IS_PAGES),
                 pg_exec_value(d, IS_COMMIT), pg_exec_value(d, IS_TRIGGERS));
        return pg_refuse(s, REFUSAL_UNSAFE, found, why);
    }
    return OK;
}

/* A standby that was promoted begins a new timeline.  When the old primary comes back it can be
 * written to as well, and the library takes whichever it finds first: from the moment this process
 * has seen the newer one, the older is no server of ours any more. */
static enum err check_timeline(struct pg_db *d, struct why *why)
{
    struct pg_store *s = store_of(d);
    int64_t found = strtoll(pg_exec_value(d, IS_TIMELINE), NULL, 16);
    int64_t newest = atomic_load(&s->timeline);

    while (found > newest && !atomic_compare_exchange_weak(&s->timeline, &newest, found)) {
    }
    if (found < newest) {
        char both[64];

        snprintf(both, sizeof both, "%lld < %lld", (long long)found, (long long)newest);
        return pg_refuse(s, REFUSAL_STALE, both, why);
    }
    return OK;
}

/* The role that migrates has no right of its own, not even to see the schema. */
static enum err become_owner(struct pg_db *d, struct why *why)
{
    if (pg_exec(d, "SET ROLE etalase_owner", SETTINGS_WAIT_MS)) {
        return pg_refuse(store_of(d), REFUSAL_RIGHTS, d->complaint, why);
    }
    return OK;
}

enum err pg_session(struct pg_db *d, struct why *why)
{
    struct pg_store *s = store_of(d);
    int version = pg_server_version(d);
    char sql[2048];
    enum err e;

    if (version < SERVER_OLDEST) {
        snprintf(sql, sizeof sql, "%d.%d", version / 10000, version % 10000);
        return pg_refuse(s, REFUSAL_OLD, sql, why);
    }
    snprintf(sql, sizeof sql, "%s%s%s", settings,
             s->base.profile == STORE_SERVING ? synced : unsynced, readings);
    if ((e = pg_exec(d, sql, SETTINGS_WAIT_MS))) {
        return explain(d, e, why);
    }
    if (s->version[0] == '\0') { /* by the first connection, while it is alone */
        snprintf(s->version, sizeof s->version, "%.*s",
                 (int)strcspn(pg_exec_value(d, IS_VERSION), " "), pg_exec_value(d, IS_VERSION));
    }
    if ((e = check_server(d, why)) || (e = check_timeline(d, why))) {
        return e;
    }
    return s->options.migrate ? become_owner(d, why) : OK;
}

/* ---- schema ---- */

enum err pg_schema(struct pg_db *d, int64_t *schema, struct why *why)
{
    const struct pg_store *s = store_of(d);
    enum err e =
        pg_exec(d, "SELECT version FROM etalase.schema_version WHERE one = 1", SETTINGS_WAIT_MS);

    *schema = strtoll(pg_exec_value(d, 0), NULL, 10);
    if (!e && pg_exec_rows(d) == 1) {
        return OK;
    }
    if (!e || strcmp(d->sqlstate, "42P01") == 0 || strcmp(d->sqlstate, "3F000") == 0) {
        return pg_refuse(s, REFUSAL_UNPREPARED, NULL, why);
    }
    if (e == ERR_FORBIDDEN) {
        return pg_refuse(s, REFUSAL_RIGHTS, d->complaint, why);
    }
    return explain(d, e, why);
}

/* Somebody else may be at it: whoever takes the row first does it, the other finds it done.  For
 * the row it waits as long as that takes; for the tables not, lest every till wait behind it. */
static enum err migrate_one(struct pg_db *d, const struct embedded *file, int64_t number)
{
    char done[128];
    enum err e = pg_exec(d,
                         "BEGIN; SET LOCAL lock_timeout = 0; SET LOCAL statement_timeout = 0;"
                         "SELECT version FROM etalase.schema_version WHERE one = 1 FOR UPDATE",
                         -1);

    if (e) {
        return e;
    }
    if (strtoll(pg_exec_value(d, 0), NULL, 10) >= number) {
        return pg_exec(d, "ROLLBACK", -1);
    }
    snprintf(done, sizeof done, "UPDATE etalase.schema_version SET version = %lld WHERE one = 1",
             (long long)number);
    if ((e = pg_exec(d, "SET LOCAL lock_timeout = '30s'", -1)) ||
        (e = pg_exec(d, file->bytes, -1)) || (e = pg_exec(d, done, -1))) {
        return e;
    }
    return pg_exec(d, "COMMIT", -1);
}

enum err pg_migrate(struct pg_db *d, int64_t schema, struct why *why)
{
    struct pg_store *s = store_of(d);
    const struct store_sql *sql = &s->options.server;
    enum err e = OK;

    for (size_t i = (size_t)schema; i < sql->migration_count; i++) {
        if ((e = migrate_one(d, &sql->migrations[i], (int64_t)i + 1))) {
            engine_why_shared(why, e, sql->migrations[i].name, d->complaint);
            return e;
        }
    }
    return e;
}
