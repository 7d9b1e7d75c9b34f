/* Whether the server's schema is as the migrations made it, and what else can be asked of its
 * health. */
#include "inventory/base/refuse.h"
#include "inventory/store/engine_error.h"
#include "inventory/store/postgres_engine.h"

extern const struct embedded server_guard_files[]; /* guards.sql and guards.txt */
extern const size_t server_guard_files_count;

static const char *guard_file(const char *name)
{
    for (size_t i = 0; i < server_guard_files_count; i++) {
        if (strcmp(server_guard_files[i].name, name) == 0) {
            return server_guard_files[i].bytes;
        }
    }
    return "";
}

/* ---- the catalogue ---- */

/* The next line of the expected text; empty at its end. */
static const char *expected_line(const char **at, size_t *n)
{
    const char *line = *at;

    *n = strcspn(line, "\n");
    *at = line + *n + (line[*n] == '\n' ? 1 : 0);
    return line;
}

static void show(char out[ROW_SHOWN_MAX], const char *text, size_t n)
{
    snprintf(out, ROW_SHOWN_MAX, "%.*s", (int)(n < ROW_SHOWN_MAX ? n : ROW_SHOWN_MAX - 1), text);
}

static enum err compare_lines(struct table_compared *out, struct stmt *st)
{
    const char *expected = guard_file("guards.txt"), *line = "";
    size_t n = 0, length;
    enum err e;

    while (out->same && pg_row(st, &e)) {
        const char *live = pg_col_text(st, 0, &length);

        line = expected_line(&expected, &n);
        if (n != length || memcmp(line, live, n) != 0) {
            out->same = false;
            show(out->ours, live, length);
            show(out->theirs, line, n);
        } else {
            out->rows++;
        }
    }
    if (out->same && !e && *expected) {
        line = expected_line(&expected, &n);
        out->same = false;
        show(out->theirs, line, n);
    }
    return out->same ? e : OK;
}

/* ---- the turns ---- */

static const char turns_sql[] =
    "SELECT 'journal_turn ' || t.site || ' ' || t.epoch || ' ' || t.seq || ' ' ||"
    "       encode(t.hash, 'hex') AS turn,"
    "       'journal ' || t.site || ' ' || t.epoch || ' ' || j.seq || ' ' ||"
    "       encode(j.hash, 'hex') AS line"
    "  FROM journal_turn t"
    "  LEFT JOIN LATERAL (SELECT l.seq, l.at_ms, l.hash FROM journal l"
    "                      WHERE l.site = t.site AND l.epoch = t.epoch"
    "                      ORDER BY l.seq DESC LIMIT 1) j ON true"
    " WHERE (t.seq, t.at_ms, t.hash) IS DISTINCT FROM"
    "       (coalesce(j.seq, 0), coalesce(j.at_ms, 0),"
    "        coalesce(j.hash, decode(repeat('00', 32), 'hex')))"
    " ORDER BY t.site, t.epoch LIMIT 1";

/* Every stream's turn stands at its last line. */
static enum err compare_turns(struct table_compared *out, struct stmt *st)
{
    const char *text;
    size_t n;
    enum err e;

    if (pg_row(st, &e)) {
        out->same = false;
        text = pg_col_text(st, 0, &n);
        show(out->ours, text, n);
        text = pg_col_text(st, 1, &n);
        show(out->theirs, text, n);
    }
    return e;
}

static enum err with_sql(struct table_compared *out, struct db *db, const char *sql,
                         enum err (*compare)(struct table_compared *out, struct stmt *st))
{
    struct stmt *st = NULL;
    enum err e = pg_prepare(&st, db, sql, strlen(sql), false);

    if (!e) {
        e = compare(out, st);
    }
    pg_release(st);
    return e;
}

/* The signature is the port's. NOLINTNEXTLINE(bugprone-easily-swappable-parameters) */
enum err pg_guards(struct table_compared *out, struct db *db, struct db *fresh)
{
    enum err e;

    (void)fresh; /* the expected text travels inside the program */
    *out = (struct table_compared){.same = true};
    e = with_sql(out, db, guard_file("guards.sql"), compare_lines);
    if (!e && out->same) {
        e = with_sql(out, db, turns_sql, compare_turns);
    }
    return e;
}

/* ---- health ---- */

/* The server reads its own pages and says when one has a wrong checksum; it counts those.  A client
 * that is no superuser can ask for that count and for indexes that were never finished; every row
 * of every table is read by the comparison of tables, which fails on a page that cannot be read. */
static const char health_sql[] =
    "SELECT coalesce((SELECT 'checksum_failures=' || s.checksum_failures"
    "                   FROM pg_catalog.pg_stat_database s"
    "                  WHERE s.datname = current_database() AND s.checksum_failures > 0),"
    "                (SELECT 'invalid index ' || c.relname"
    "                   FROM pg_catalog.pg_index i"
    "                   JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid"
    "                  WHERE c.relnamespace = pg_catalog.to_regnamespace('etalase')"
    "                    AND NOT (i.indisvalid AND i.indisready)"
    "                  ORDER BY c.relname LIMIT 1),"
    "                'ok') AS finding";

enum err pg_integrity(struct db *db, struct why *why)
{
    struct stmt *st = NULL;
    enum err e = pg_prepare(&st, db, health_sql, sizeof health_sql - 1, false);
    size_t n;

    if (!e && pg_row(st, &e) && strcmp(pg_col_text(st, 0, &n), "ok") != 0) {
        e = ERR_CORRUPT;
        engine_why_shared(why, e, db->store->where, pg_col_text(st, 0, &n));
    } else if (e) {
        engine_why_shared(why, e, db->store->where, pg_complaint(db));
    }
    pg_release(st);
    return e;
}

enum err pg_copy_to(struct db *db, const char *path, struct why *why)
{
    (void)path;
    return why_say(why, ERR_REFUSED, "server-no-copy",
                   "Data ada di server (%s), bukan di satu berkas yang dapat disalin. Cadangkan "
                   "dengan pg_dump atau pg_basebackup; lihat docs/postgresql.md.",
                   db->store->where);
}
