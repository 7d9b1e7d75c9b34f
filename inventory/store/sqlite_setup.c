/* Opening the file: pragmas read back, migrations, every statement prepared, every fact
 * table held against its description. */
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "inventory/base/refuse.h"
#include "inventory/store/engine_error.h"
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

static enum err apply(struct file_db *db, const struct pragma list[], size_t n, struct why *why)
{
    char got[64];
    enum err e;

    for (size_t i = 0; i < n; i++) {
        if ((e = file_exec(db, list[i].set)) ||
            (e = engine_value(&db->base, list[i].read, got, sizeof got))) {
            db_explain(&db->base, e, why);
            return e;
        }
        if (list[i].want && strcmp(got, list[i].want) != 0) {
            engine_why(why, ERR_IO, db->base.store->where, list[i].set);
            return ERR_IO;
        }
    }
    return OK;
}

static enum err apply_profile(struct file_store *s, struct why *why)
{
    enum err e;

    if (s->base.profile == STORE_SCRATCH) {
        return apply(&s->db, scratch, LENGTH(scratch), why);
    }
    e = apply(&s->db, serving, LENGTH(serving), why);
    if (!e && s->base.profile == STORE_FILLING) {
        e = apply(&s->db, filling, LENGTH(filling), why);
    }
    return e;
}

/* ---- who holds the file ---- */

static void holder_path(const struct file_store *s, char *out, size_t room)
{
    snprintf(out, room, "%s.holder", s->base.where);
}

static void holder_note(struct file_store *s)
{
    char path[4096];
    FILE *f;

    holder_path(s, path, sizeof path);
    if ((f = fopen(path, "w"))) {
        fprintf(f, "%ld\n", (long)getpid());
        fclose(f);
        s->held = true;
    }
}

static enum err held(struct file_store *s, struct why *why)
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
        engine_why(why, ERR_BUSY, s->base.where, NULL);
        return ERR_BUSY;
    }
    return why_say(
        why, ERR_BUSY, "store-held",
        "Data %s sedang dipakai proses etalase nomor %ld. Hentikan proses itu dulu, atau "
        "pakai folder data lain.",
        s->base.where, pid);
}

/* ---- migrations ---- */

static enum err number_of(struct file_db *db, const char *pragma, int64_t *out)
{
    char text[32];
    enum err e = engine_value(&db->base, pragma, text, sizeof text);

    *out = strtoll(text, NULL, 10);
    return e;
}

/* A file of ours is empty or carries our mark; a newer one is left alone. */
static enum err recognise(struct file_store *s, size_t known, struct why *why)
{
    int64_t mark, schema, tables;
    enum err e;

    if ((e = number_of(&s->db, "PRAGMA application_id", &mark)) ||
        (e = number_of(&s->db, "PRAGMA user_version", &schema)) ||
        (e = number_of(&s->db, "SELECT count(*) FROM sqlite_schema", &tables))) {
        if (e == ERR_BUSY) {
            return held(s, why);
        }
        db_explain(&s->db.base, e, why);
        return e;
    }
    if (mark != APPLICATION_ID && (mark != 0 || tables != 0)) {
        engine_why(why, ERR_CORRUPT, s->base.where, "application_id");
        return ERR_CORRUPT;
    }
    if (schema > (int64_t)known) {
        return engine_newer(why, s->base.where, schema, known);
    }
    s->base.schema = s->base.schema_was = (int32_t)schema;
    return OK;
}

static enum err migrate_one(struct file_db *db, const struct embedded *file, int32_t number)
{
    char mark[96];
    enum err e;

    snprintf(mark, sizeof mark, "PRAGMA user_version=%d; PRAGMA application_id=%d", number,
             APPLICATION_ID);
    if ((e = file_exec(db, "BEGIN IMMEDIATE"))) {
        return e;
    }
    if ((e = file_exec(db, file->bytes)) || (e = file_exec(db, mark)) ||
        (e = file_exec(db, "COMMIT"))) {
        return e;
    }
    return OK;
}

static enum err migrate(struct file_store *s, const struct store_options *options, struct why *why)
{
    for (size_t i = (size_t)s->base.schema; i < options->file.migration_count; i++) {
        enum err e = migrate_one(&s->db, &options->file.migrations[i], (int32_t)i + 1);

        if (e) {
            engine_why(why, e, options->file.migrations[i].name, db_complaint(&s->db.base));
            (void)!file_exec(&s->db, "ROLLBACK");
            return e;
        }
        s->base.schema = (int32_t)i + 1;
    }
    return OK;
}

/* ---- statements ---- */

static const char tables_sql[] = "SELECT name FROM sqlite_schema WHERE type = 'table' "
                                 "AND name NOT GLOB 'sqlite_*' ORDER BY name";

static enum err prepare_frames(struct file_db *db, struct why *why)
{
    static const char *const texts[FRAMES] = {
        [FRAME_READ] = "BEGIN",
        [FRAME_WRITE] = "BEGIN IMMEDIATE",
        [FRAME_COMMIT] = "COMMIT",
        [FRAME_ROLLBACK] = "ROLLBACK",
    };

    for (size_t i = 0; i < FRAMES; i++) {
        enum err e =
            file_engine.prepare(&db->frames[i], &db->base, texts[i], strlen(texts[i]), false);

        if (e) {
            db_explain(&db->base, e, why);
            return e;
        }
    }
    return OK;
}

static enum err prepare_all(struct file_store *s, const struct store_options *options,
                            struct why *why)
{
    struct db *db = &s->db.base;
    enum err e;

    if ((e = engine_check_columns(db, options, why))) {
        return e;
    }
    if ((e = engine_list_tables(db, tables_sql))) {
        db_explain(db, e, why);
        return e;
    }
    file_seal(&s->db);
    return engine_prepare_all(db, options, &options->file, why);
}

enum err setup_run(struct file_store *s, const struct store_options *options, struct why *why)
{
    enum err e;

    if ((e = file_open(&s->db, s->base.where, why)) || (e = apply_profile(s, why))) {
        return e == ERR_BUSY ? held(s, why) : e;
    }
    if ((e = prepare_frames(&s->db, why)) ||
        (e = recognise(s, options->file.migration_count, why)) || (e = migrate(s, options, why)) ||
        (e = prepare_all(s, options, why))) {
        return e;
    }
    if (s->base.profile != STORE_SCRATCH) {
        holder_note(s);
    }
    return OK;
}

void setup_undo(struct file_store *s)
{
    struct file_db *db = &s->db;
    char path[4096];

    for (size_t i = 0; i < FRAMES; i++) {
        file_engine.release(db->frames[i]);
    }
    engine_release_all(&db->base);
    if (db->handle) {
        file_close(db);
    }
    if (s->held) {
        holder_path(s, path, sizeof path);
        unlink(path);
    }
}
