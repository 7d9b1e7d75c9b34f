/* Rebuild and verify: the journal alone must give the same tables, to the byte. */
#include <assert.h>
#include <unistd.h>

#include "inventory/base/arena.h"
#include "inventory/base/utf8.h"
#include "inventory/base/words.h"
#include "inventory/fact_read.h"
#include "inventory/journal.h"
#include "inventory/journal_row.h"

enum { SLICE = 500, ROW_BYTES_MAX = 4096, SHOWN_MAX = 160 };

/* ---- one line into an empty store ---- */

static const struct fact_table *table_named(const struct fact_tables *tables, const char *name)
{
    for (size_t i = 0; i < tables->count; i++) {
        if (strcmp(tables->list[i]->name, name) == 0) {
            return tables->list[i];
        }
    }
    return NULL;
}

static enum err put_fact(struct db *db, const struct fact_tables *tables,
                         const struct journal_line *line, struct fact_reader *reader)
{
    _Alignas(max_align_t) char row[ROW_BYTES_MAX];
    const struct fact_table *table = table_named(tables, fact_read_name(reader));
    enum err e;

    if (!table) {
        return ERR_CORRUPT;
    }
    assert(table->row_size <= sizeof row);
    if ((e = fact_read_row(row, table, reader))) {
        return e;
    }
    return table_insert(db, table, line->site, line->id, row);
}

static enum err replay_line(struct ctx *to, const struct fact_tables *tables,
                            const struct journal_line *line)
{
    char *body = mem_get(line->body_len + 1);
    struct fact_reader reader;
    enum err e = OK;

    memcpy(body, line->body, line->body_len);
    fact_read_begin(&reader, body);
    while (!e && fact_read_more(&reader)) {
        e = put_fact(to->db, tables, line, &reader);
    }
    if (!e && !fact_read_ended(&reader)) {
        e = ERR_CORRUPT;
    }
    free(body);
    return e ? e : journal_row_put(to->db, line);
}

/* ---- the chain ---- */

struct replay {
    struct ctx *to;
    const struct fact_tables *tables;
    int64_t seq;
    struct digest prev;
    int64_t bad_seq;
    const char *bad_what;
};

static enum err bad_line(struct replay *r, int64_t seq, const char *what)
{
    r->bad_seq = seq;
    r->bad_what = what;
    return ERR_CORRUPT;
}

static enum err check_line(struct replay *r, const struct journal_line *line)
{
    struct digest hash = journal_hash(line);

    if (line->seq != r->seq + 1) {
        return bad_line(r, r->seq + 1, _("baris hilang"));
    }
    if (memcmp(&line->prev_hash, &r->prev, sizeof hash) != 0) {
        return bad_line(r, line->seq, _("tidak menyambung ke baris sebelumnya"));
    }
    if (memcmp(&line->hash, &hash, sizeof hash) != 0) {
        return bad_line(r, line->seq, _("isi tidak cocok dengan sidik jarinya"));
    }
    r->seq = line->seq;
    r->prev = line->hash;
    return OK;
}

static enum err each_line(void *arg, const struct journal_line *line)
{
    struct replay *r = arg;
    enum err e = check_line(r, line);

    if (!e && (e = replay_line(r->to, r->tables, line))) {
        return bad_line(r, line->seq, _("faktanya tidak dapat dibangun ulang"));
    }
    return e;
}

/* The copy is filled in transactions of a slice; a failure leaves the rest out, which is said. */
static enum err replay_all(struct replay *r, struct ctx *from)
{
    int64_t before;
    enum err e;

    do {
        before = r->seq;
        if ((e = db_begin(r->to->db, DB_WRITE))) {
            return e;
        }
        e = journal_read(from, r->seq, SLICE, each_line, r);
        if (e) {
            db_rollback(r->to->db);
            return e;
        }
        e = db_commit(r->to->db);
    } while (!e && r->seq > before);
    return e;
}

static enum err say_bad_line(struct ctx *cx, const struct replay *r)
{
    return refuse(
        cx, ERR_CORRUPT, "journal-broken",
        _("Jurnal rusak di baris %lld: %s. Baris sebelum itu utuh; pulihkan dari cadangan "
          "dan laporkan."),
        (long long)r->bad_seq, words(cx->lang, r->bad_what));
}

enum err journal_rebuild(struct ctx *to, struct ctx *from, const struct fact_tables *tables)
{
    struct replay r = {.to = to, .tables = tables};
    enum err e = replay_all(&r, from);

    return e && r.bad_seq ? say_bad_line(from, &r) : e;
}

/* ---- table by table ---- */

/* The beginning of a row as a person can read it: a damaged byte is no character. */
static void readable(char out[SHOWN_MAX + 1], const char *row)
{
    size_t n = strnlen(row, SHOWN_MAX), at = 0;

    while (at < n) {
        size_t step = utf8_step(row + at, n - at);
        bool plain = step > 1 || (step == 1 && row[at] >= ' ' && row[at] != 0x7f);

        if (plain) {
            memcpy(out + at, row + at, step);
        } else {
            out[at] = '?';
        }
        at += plain ? step : 1;
    }
    out[at] = '\0';
}

static enum err compare(int64_t *rows, struct ctx *cx, struct db *copy, const char *table)
{
    char ours[SHOWN_MAX + 1], theirs[SHOWN_MAX + 1];
    struct table_compared c;
    enum err e = table_compare(&c, cx->db, copy, table);

    *rows = c.rows;
    if (e) {
        db_explain(cx->db, e, &cx->why);
        return e;
    }
    if (c.same) {
        return OK;
    }
    readable(ours, c.ours);
    readable(theirs, c.theirs);
    return refuse(cx, ERR_CORRUPT, "table-differs",
                  _("Tabel %s tidak sama dengan jurnal. Baris pertama yang berbeda: \"%s\"; "
                    "menurut jurnal: \"%s\"."),
                  table, ours, theirs);
}

static enum err compare_all(struct verify_report *out, struct ctx *cx, struct db *copy,
                            const char *const *tables)
{
    int64_t rows;
    enum err e = OK;

    for (size_t i = 0; tables[i] && !e; i++) {
        e = compare(&rows, cx, copy, tables[i]);
        out->rows += rows;
    }
    /* Then the journal itself: lines of a stream that is not ours, and bytes behind the end of a
     * text, are not in the chain that was followed.  Last the guards of all of them. */
    if (e || (e = compare(&rows, cx, copy, "journal"))) {
        return e;
    }
    return compare(&rows, cx, copy, SCHEMA_TABLE);
}

/* ---- verify ---- */

/* The engine itself could not go on: a damaged page, a full disk under the copy. */
static enum err say_unreadable(struct ctx *cx, const struct replay *r, enum err e)
{
    return refuse(cx, e, "journal-unreadable",
                  _("Jurnal tidak terbaca setelah baris %lld (%s). Pulihkan dari cadangan dan "
                    "laporkan."),
                  (long long)r->seq, db_complaint(cx->db));
}

static enum err verify_into(struct verify_report *out, struct ctx *cx, struct ctx *copy,
                            const struct store *live, const struct fact_tables *tables)
{
    struct replay r = {.to = copy, .tables = tables};
    enum err e = replay_all(&r, cx);

    out->lines = r.seq;
    out->bad_seq = r.bad_seq;
    for (size_t i = 0; i < sizeof r.prev.bytes; i++) {
        snprintf(out->head_hex + 2 * i, 3, "%02x", r.prev.bytes[i]);
    }
    if (e) {
        return r.bad_seq ? say_bad_line(cx, &r) : say_unreadable(cx, &r, e);
    }
    if ((e = compare_all(out, cx, copy->db, store_compared(live)))) {
        return e;
    }
    return db_integrity(cx->db, &cx->why);
}

enum err journal_verify(struct verify_report *out, struct ctx *cx, const struct store *live,
                        const struct store_options *scratch, const struct fact_tables *tables)
{
    struct ctx copy = *cx;
    struct store *store = NULL;
    enum err e;

    *out = (struct verify_report){.lines = 0};
    unlink(scratch->path);
    if ((e = store_open(&store, scratch, &cx->why))) {
        return e;
    }
    copy.db = store_take(store);
    e = verify_into(out, cx, &copy, live, tables);
    store_give(store, copy.db);
    store_close(store);
    unlink(scratch->path);
    return e;
}
