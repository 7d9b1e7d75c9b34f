/* The file engine's store as a whole: open, close, its one turn, settle, and the checks. */
#include <assert.h>

#include "inventory/base/arena.h"
#include "inventory/store/engine_error.h"
#include "inventory/store/sqlite_engine.h"

static struct file_store *of(struct store *s)
{
    return (struct file_store *)s;
}

enum err file_store_open(struct store **out, const struct store_options *options, struct why *why)
{
    struct file_store *s = mem_get(sizeof *s);
    enum err e;

    s->base = (struct store){
        .engine = &file_engine,
        .profile = options->profile,
        .where = mem_text(options->where),
        .connections = 1,
        .tables = options->tables,
        .table_count = options->table_count,
    };
    s->db.base = (struct db){.engine = &file_engine, .store = &s->base};
    turn_init(&s->turn);
    if ((e = setup_run(s, options, why))) {
        file_store_close(&s->base);
        return e;
    }
    *out = &s->base;
    return OK;
}

void file_store_close(struct store *store)
{
    struct file_store *s = of(store);

    setup_undo(s);
    turn_done(&s->turn);
    engine_forget_lists(store);
    free(s);
}

struct db *file_take(struct store *s)
{
    turn_take(&of(s)->turn);
    return &of(s)->db.base;
}

void file_give(struct store *s, struct db *db)
{
    assert(db == &of(s)->db.base);
    (void)db;
    turn_give(&of(s)->turn);
}

void file_idle(struct store *store)
{
    struct file_store *s = of(store);

    if (store->profile == STORE_SCRATCH || !turn_try(&s->turn)) {
        return;
    }
    if (s->db.wal_pages > 0 && file_checkpoint(&s->db, false) == OK) {
        s->db.wal_pages = 0;
    }
    turn_give(&s->turn);
}

enum err file_settle(struct store *store, struct why *why)
{
    struct file_db *db = &of(store)->db;
    enum err e;

    turn_take(&of(store)->turn);
    if (!(e = file_exec(db, "PRAGMA synchronous=FULL"))) {
        e = file_checkpoint(db, true);
    }
    if (e) {
        db_explain(&db->base, e, why);
    } else {
        store->profile = STORE_SERVING;
    }
    turn_give(&of(store)->turn);
    return e;
}

enum err file_integrity(struct db *db, struct why *why)
{
    char first[256];
    enum err e = engine_value(db, "PRAGMA integrity_check(1)", first, sizeof first);

    if (e) {
        db_explain(db, e, why);
    } else if (strcmp(first, "ok") != 0) {
        engine_why(why, ERR_CORRUPT, db->store->where, first);
        e = ERR_CORRUPT;
    }
    return e;
}

/* ---- guards ---- */

/* The texts of tables, indexes and triggers; what the engine keeps for itself (its own indexes,
 * figures of ANALYZE) is left out. */
static const char schema_sql[] = "SELECT type, name, tbl_name, sql FROM sqlite_schema "
                                 "WHERE name NOT GLOB 'sqlite_*' ORDER BY type, name";

enum err file_guards(struct table_compared *out, struct db *db, struct db *fresh)
{
    return engine_compare(out, db, fresh, schema_sql);
}
