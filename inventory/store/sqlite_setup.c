/* Opening the embedded file: pragmas read back, migrations, every statement prepared, every fact
 * table held against its description. */
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "inventory/base/arena.h"
#include "inventory/base/refuse.h"
#include "inventory/store/engine_error.h"
#include "inventory/store/fact_sql.h"
#include "inventory/store/fact_table.h"
#include "inventory/store/sql_split.h"
#include "inventory/store/sqlite_engine.h"
#include "lang.h"

/* ---- pragmas ---- */

struct pragma {
    const char *set;  /* executed */
    const char *read; /* gives one value */
    const char *want;
};

/* EXCLUSIVE comes before WAL: then there is no shared-memory file, and a second process is refused.
 */
static const struct pragma serving[] = {
    {"PRAGMA locking_mode=EXCLUSIVE", "PRAGMA locking_mode", "exclusive"},
    {"PRAGMA journal_mode=WAL", "PRAGMA journal_mode", "wal"},
    {"PRAGMA synchronous=FULL", "PRAGMA synchronous", "2"},
    {"PRAGMA foreign_keys=ON", "PRAGMA foreign_keys", "1"},
    {"PRAGMA recursive_triggers=ON", "PRAGMA recursive_triggers", "1"},
    {"PRAGMA trusted_schema=OFF", "PRAGMA trusted_schema", "0"},
    {"PRAGMA cell_size_check=ON", "PRAGMA cell_size_check", "1"},
    {"PRAGMA wal_autocheckpoint=0", "PRAGMA wal_autocheckpoint", "0"},
    {"PRAGMA journal_size_limit=67108864", "PRAGMA journal_size_limit", "67108864"},
    {"PRAGMA mmap_size=0", "PRAGMA mmap_size", "0"},
    {"PRAGMA temp_store=MEMORY", "PRAGMA temp_store", "2"},
    {"PRAGMA cache_size=-8192", "PRAGMA cache_size", "-8192"},
};

static const struct pragma filling[] = {
    {"PRAGMA synchronous=OFF", "PRAGMA synchronous", "0"},
};

static const struct pragma scratch[] = {
    {"PRAGMA locking_mode=EXCLUSIVE", "PRAGMA locking_mode", "exclusive"},
    {"PRAGMA journal_mode=MEMORY", "PRAGMA journal_mode", "memory"},
    {"PRAGMA synchronous=OFF", "PRAGMA synchronous", "0"},
    {"PRAGMA foreign_keys=ON", "PRAGMA foreign_keys", "1"},
    {"PRAGMA recursive_triggers=ON", "PRAGMA recursive_triggers", "1"},
    {"PRAGMA temp_store=MEMORY", "PRAGMA temp_store", "2"},
    {"PRAGMA cache_size=-65536", "PRAGMA cache_size", "-65536"},
};

/* The first value of a constant query as text; "" when there is no row. */
static enum err one_value(struct db *db, const char *sql, char *out, size_t room)
{
    struct stmt st = {.st = NULL};
    enum err e = engine_prepare(&st, db, sql, strlen(sql));

    out[0] = '\0';
    if (!e && stmt_row(&st, &e)) {
        snprintf(out, room, "%s", engine_text(&st, 0));
    }
    engine_release(&st);
    return e;
}

static enum err apply(struct db *db, const struct pragma list[], size_t n, struct why *why)
{
    char got[64];
    enum err e;

    for (size_t i = 0; i < n; i++) {
        if ((e = engine_exec(db, list[i].set)) ||
            (e = one_value(db, list[i].read, got, sizeof got))) {
            db_explain(db, e, why);
            return e;
        }
        if (list[i].want && strcmp(got, list[i].want) != 0) {
            engine_why(why, ERR_IO, db->path, list[i].set);
            return ERR_IO;
        }
    }
    return OK;
}

static enum err apply_profile(struct store *s, struct why *why)
{
    enum err e;

    if (s->profile == STORE_SCRATCH) {
        return apply(&s->db, scratch, LENGTH(scratch), why);
    }
    e = apply(&s->db, serving, LENGTH(serving), why);
    if (!e && s->profile == STORE_FILLING) {
        e = apply(&s->db, filling, LENGTH(filling), why);
    }
    return e;
}

/* ---- who holds the file ---- */

static void holder_path(const struct store *s, char *out, size_t room)
{
    snprintf(out, room, "%s.holder", s->path);
}

static void holder_note(const struct store *s)
{
    char path[4096];
    FILE *f;

    holder_path(s, path, sizeof path);
    if ((f = fopen(path, "w"))) {
        fprintf(f, "%ld\n", (long)getpid());
        fclose(f);
    }
}

static enum err held(struct store *s, struct why *why)
{
    char path[4096];
    long pid = 0;
    FILE *f;

    holder_path(s, path, sizeof path);
    if ((f = fopen(path, "r"))) {
        char line[32];

        if (fgets(line, sizeof line, f)) {
            pid = strtol(line, NULL, 10);
        }
        fclose(f);
    }
    if (pid <= 0) {
        engine_why(why, ERR_BUSY, s->path, NULL);
        return ERR_BUSY;
    }
    return why_say(
        why, ERR_BUSY, "store-held",
        "Data %s sedang dipakai proses etalase nomor %ld. Hentikan proses itu dulu, atau "
        "pakai folder data lain.",
        s->path, pid);
}

/* ---- migrations ---- */

static enum err number_of(struct db *db, const char *pragma, int64_t *out)
{
    char text[32];
    enum err e = one_value(db, pragma, text, sizeof text);

    *out = strtoll(text, NULL, 10);
    return e;
}

/* A file of ours is empty or carries our mark; a newer one is left alone. */
static enum err recognise(struct store *s, size_t known, struct why *why)
{
    int64_t mark, schema, tables;
    enum err e;

    if ((e = number_of(&s->db, "PRAGMA application_id", &mark)) ||
        (e = number_of(&s->db, "PRAGMA user_version", &schema)) ||
        (e = number_of(&s->db, "SELECT count(*) FROM sqlite_schema", &tables))) {
        if (e == ERR_BUSY) {
            return held(s, why);
        }
        db_explain(&s->db, e, why);
        return e;
    }
    if (mark != APPLICATION_ID && (mark != 0 || tables != 0)) {
        engine_why(why, ERR_CORRUPT, s->path, "application_id");
        return ERR_CORRUPT;
    }
    if (schema > (int64_t)known) {
        return why_say(
            why, ERR_CONFLICT, "store-newer",
            "Berkas %s ditulis oleh Etalase yang lebih baru (skema %lld, program ini mengenal "
            "sampai %zu). Pasang versi terbaru; berkas tidak diubah.",
            s->path, (long long)schema, known);
    }
    s->schema = (int32_t)schema;
    return OK;
}

static enum err migrate_one(struct db *db, const struct embedded *file, int32_t number)
{
    char mark[96];
    enum err e;

    snprintf(mark, sizeof mark, "PRAGMA user_version=%d; PRAGMA application_id=%d", number,
             APPLICATION_ID);
    if ((e = engine_exec(db, "BEGIN IMMEDIATE"))) {
        return e;
    }
    if ((e = engine_exec(db, file->bytes)) || (e = engine_exec(db, mark)) ||
        (e = engine_exec(db, "COMMIT"))) {
        return e;
    }
    return OK;
}

static enum err migrate(struct store *s, const struct store_options *options, struct why *why)
{
    for (size_t i = (size_t)s->schema; i < options->migration_count; i++) {
        enum err e = migrate_one(&s->db, &options->migrations[i], (int32_t)i + 1);

        if (e) {
            engine_why(why, e, options->migrations[i].name, db_complaint(&s->db));
            db_rollback(&s->db);
            return e;
        }
        s->schema = (int32_t)i + 1;
    }
    return OK;
}

/* ---- statements ---- */

static enum err prepare_queries(struct store *s, const struct store_options *options,
                                struct why *why)
{
    struct db *db = &s->db;
    struct sql_piece *pieces = mem_get((options->query_count + 1) * sizeof *pieces);
    enum err e = sql_split(pieces, options->query_names, options->query_count, options->queries,
                           options->query_files, why);

    db->queries = mem_get((options->query_count + 1) * sizeof *db->queries);
    db->query_count = options->query_count;
    for (size_t i = 0; i < options->query_count && !e; i++) {
        if ((e = engine_prepare(&db->queries[i], db, pieces[i].sql, pieces[i].n))) {
            engine_why(why, e, options->query_names[i], db_complaint(db));
        }
    }
    free(pieces);
    return e;
}

static enum err check_columns(struct db *db, const struct fact_table *table, struct why *why)
{
    static const char sql[] = "SELECT name FROM pragma_table_info(?1) ORDER BY cid";
    struct stmt st = {.st = NULL};
    enum err e = engine_prepare(&st, db, sql, sizeof sql - 1);
    size_t i = 0;

    if (!e) {
        bind_text(&st, "?1", table->name);
    }
    for (; !e && stmt_row(&st, &e); i++) {
        const char *want = i == 0 ? "site" : i == 1 ? "act_id" : NULL;

        if (i >= 2 && i - 2 < table->col_count) {
            want = table->cols[i - 2].name;
        }
        if (!want || strcmp(want, engine_text(&st, 0)) != 0) {
            e = ERR_CORRUPT;
            break;
        }
    }
    if (!e && i != table->col_count + 2) {
        e = ERR_CORRUPT;
    }
    engine_release(&st);
    if (e) {
        char column[32];

        snprintf(column, sizeof column, "column %zu", i + 1);
        engine_why(why, e, table->name, column);
    }
    return e;
}

static enum err prepare_inserts(struct store *s, const struct store_options *options,
                                struct why *why)
{
    struct db *db = &s->db;
    struct sbuf sql;
    enum err e = OK;

    db->tables = options->tables;
    db->table_count = options->table_count;
    db->inserts = mem_get((options->table_count + 1) * sizeof *db->inserts);
    sbuf_init(&sql, SQL_BYTES_MAX);
    for (size_t i = 0; i < options->table_count && !e; i++) {
        if ((e = check_columns(db, options->tables[i], why))) {
            break;
        }
        sbuf_clear(&sql);
        fact_insert_sql(&sql, options->tables[i]);
        if ((e = engine_prepare(&db->inserts[i], db, sql.bytes, sql.len))) {
            engine_why(why, e, options->tables[i]->name, db_complaint(db));
        }
    }
    sbuf_done(&sql);
    return e;
}

/* What verify compares: the facts, then the caches that triggers keep. */
static enum err list_compared(struct store *s, const struct store_options *options)
{
    static const char sql[] = "SELECT name FROM sqlite_schema WHERE type = 'table' AND "
                              "(name GLOB '*_now' OR name GLOB '*_daily') ORDER BY name";
    struct stmt st = {.st = NULL};
    size_t n = 0;
    enum err e;

    for (; n < options->table_count && n < TABLES_MAX; n++) {
        s->compared[n] = mem_text(options->tables[n]->name);
    }
    e = engine_prepare(&st, &s->db, sql, sizeof sql - 1);
    while (!e && n < TABLES_MAX && stmt_row(&st, &e)) {
        s->compared[n++] = mem_text(engine_text(&st, 0));
    }
    engine_release(&st);
    return e;
}

static enum err prepare_frames(struct db *db, struct why *why)
{
    static const char *const texts[FRAMES] = {
        [FRAME_READ] = "BEGIN",
        [FRAME_WRITE] = "BEGIN IMMEDIATE",
        [FRAME_COMMIT] = "COMMIT",
        [FRAME_ROLLBACK] = "ROLLBACK",
    };

    for (size_t i = 0; i < FRAMES; i++) {
        enum err e = engine_prepare(&db->frames[i], db, texts[i], strlen(texts[i]));

        if (e) {
            db_explain(db, e, why);
            return e;
        }
    }
    return OK;
}

enum err setup_run(struct store *s, const struct store_options *options, struct why *why)
{
    enum err e;

    if ((e = engine_open(&s->db, s->path, why)) || (e = apply_profile(s, why))) {
        return e == ERR_BUSY ? held(s, why) : e;
    }
    if ((e = prepare_frames(&s->db, why)) || (e = recognise(s, options->migration_count, why)) ||
        (e = migrate(s, options, why)) || (e = prepare_inserts(s, options, why)) ||
        (e = list_compared(s, options))) {
        return e;
    }
    engine_seal(&s->db);
    if ((e = prepare_queries(s, options, why))) {
        return e;
    }
    if (s->profile != STORE_SCRATCH) {
        holder_note(s);
    }
    return OK;
}

void setup_undo(struct store *s)
{
    struct db *db = &s->db;
    char path[4096];

    for (size_t i = 0; i < FRAMES; i++) {
        engine_release(&db->frames[i]);
    }
    for (size_t i = 0; i < db->query_count; i++) {
        engine_release(&db->queries[i]);
    }
    for (size_t i = 0; i < db->table_count; i++) {
        engine_release(&db->inserts[i]);
    }
    for (size_t i = 0; s->compared[i]; i++) {
        free(s->compared[i]);
    }
    free(db->queries);
    free(db->inserts);
    if (db->handle) {
        engine_close(db);
    }
    if (s->profile != STORE_SCRATCH && s->schema > 0) {
        holder_path(s, path, sizeof path);
        unlink(path);
    }
}
