/* Rebuild and verify: the journal alone must give the same tables, to the byte. */
#include <assert.h>
#include <unistd.h>

#include "inventory/base/arena.h"
#include "inventory/base/utf8.h"
#include "inventory/base/words.h"
#include "inventory/fact_read.h"
#include "inventory/journal.h"
#include "inventory/journal_row.h"

/* Acts in one transaction of the copy.  Few: rows that change with every act (an account, the end
 * of the stream) leave their old versions behind until it ends, and each change passes them. */
enum { SLICE = 50 };

enum { ROW_BYTES_MAX = 4096, SHOWN_MAX = 160 };

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
    struct db *failed; /* the new store itself could not go on: its disk, its server */
    const struct journal_told *told;
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

/* Whether a line that was not taken is to blame itself. */
static bool is_refusal(enum err e)
{
    return e == ERR_CORRUPT || e == ERR_CONFLICT || e == ERR_INVALID || e == ERR_REFUSED ||
           e == ERR_LIMIT;
}

static enum err each_line(void *arg, const struct journal_line *line)
{
    struct replay *r = arg;
    enum err e = check_line(r, line);

    if (e || !(e = replay_line(r->to, r->tables, line))) {
        return e;
    }
    if (is_refusal(e)) {
        return bad_line(r, line->seq, _("faktanya tidak dapat dibangun ulang"));
    }
    r->failed = r->to->db;
    return e;
}

/* The copy is filled in transactions of a slice; a failure leaves the rest out, which is said. */
static enum err replay_slice(struct replay *r, struct ctx *from)
{
    enum err e = db_begin(r->to->db, DB_WRITE);

    if (!e && (e = journal_read(from, r->seq, SLICE, each_line, r))) {
        db_rollback(r->to->db);
        return e;
    }
    if (e || (e = db_commit(r->to->db))) {
        r->failed = r->to->db;
    }
    return e;
}

static enum err replay_all(struct replay *r, struct ctx *from)
{
    int64_t before;
    enum err e;

    do {
        before = r->seq;
        e = replay_slice(r, from);
        if (!e && r->told) {
            r->told->tell(r->told->arg, r->seq);
        }
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

/* ---- rebuild ---- */

static enum err same_line(void *arg, const struct journal_line *line)
{
    const struct replay *r = arg;

    return line->seq == r->seq && memcmp(&line->hash, &r->prev, sizeof r->prev) == 0 ? OK
                                                                                     : ERR_CONFLICT;
}

/* Lines that the new store has already are the first of the same chain: the hash of the last of
 * them says so for all. */
static enum err go_on(struct replay *r, struct ctx *from)
{
    struct journal_head here, there;
    enum err e = db_begin(r->to->db, DB_READ);

    if (!e) {
        e = journal_head(&here, r->to);
        db_rollback(r->to->db);
    }
    if (e) {
        r->failed = r->to->db;
        return e;
    }
    if (here.seq == 0 || (e = journal_head(&there, from))) {
        return e;
    }
    r->seq = here.seq;
    r->prev = here.hash;
    e = there.seq < here.seq ? ERR_CONFLICT : journal_read(from, here.seq - 1, 1, same_line, r);
    return e != ERR_CONFLICT ? e
                             : refuse(from, e, "journals-differ",
                                      _("Jurnal di tujuan tidak sama dengan jurnal asal sampai "
                                        "baris %lld. Pilih tujuan yang kosong."),
                                      (long long)here.seq);
}

enum err journal_rebuild(struct ctx *to, struct ctx *from, const struct fact_tables *tables,
                         const struct journal_told *told)
{
    struct replay r = {.to = to, .tables = tables, .told = told};
    enum err e = go_on(&r, from);

    if (!e) {
        e = replay_all(&r, from);
    }
    if (e && r.bad_seq) {
        return say_bad_line(from, &r);
    }
    if (e && from->why.code != e) {
        db_explain(r.failed ? r.failed : from->db, e, &from->why);
    }
    return e;
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

static enum err say_differs(struct ctx *cx, const struct table_compared *c, const char *table)
{
    char ours[SHOWN_MAX + 1], theirs[SHOWN_MAX + 1];

    readable(ours, c->ours);
    readable(theirs, c->theirs);
    if (!table) {
        return refuse(cx, ERR_CORRUPT, "guards-differ",
                      _("Penjaga data (tabel, aturan, pemicu, hak) tidak seperti yang dipasang "
                        "program. Yang pertama berbeda: \"%s\"; seharusnya: \"%s\"."),
                      ours, theirs);
    }
    return refuse(cx, ERR_CORRUPT, "table-differs",
                  _("Tabel %s tidak sama dengan jurnal. Baris pertama yang berbeda: \"%s\"; "
                    "menurut jurnal: \"%s\"."),
                  table, ours, theirs);
}

/* A table, or (NULL) the guards of all of them. */
static enum err compare(int64_t *rows, struct ctx *cx, struct db *copy, const char *table)
{
    struct table_compared c;
    enum err e = table ? table_compare(&c, cx->db, copy, table) : db_guards(&c, cx->db, copy);

    *rows = c.rows;
    if (e) {
        db_explain(cx->db, e, &cx->why);
        return e;
    }
    return c.same ? OK : say_differs(cx, &c, table);
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
    return compare(&rows, cx, copy, NULL);
}

/* ---- verify ---- */

/* The engine itself could not go on: a damaged page. */
static enum err say_unreadable(struct ctx *cx, const struct replay *r, enum err e)
{
    return refuse(cx, e, "journal-unreadable",
                  _("Jurnal tidak terbaca setelah baris %lld (%s). Pulihkan dari cadangan dan "
                    "laporkan."),
                  (long long)r->seq, db_complaint(cx->db));
}

static enum err verify_into(struct verify_report *out, struct ctx *cx, struct ctx *copy,
                            const struct store *fresh, const struct fact_tables *tables)
{
    struct replay r = {.to = copy, .tables = tables};
    enum err e = replay_all(&r, cx);

    out->lines = r.seq;
    out->bad_seq = r.bad_seq;
    for (size_t i = 0; i < sizeof r.prev.bytes; i++) {
        snprintf(out->head_hex + 2 * i, 3, "%02x", r.prev.bytes[i]);
    }
    if (e && r.failed) {
        db_explain(r.failed, e, &cx->why);
        return e;
    }
    if (e) {
        return r.bad_seq ? say_bad_line(cx, &r) : say_unreadable(cx, &r, e);
    }
    if ((e = compare_all(out, cx, copy->db, store_compared(fresh)))) {
        return e;
    }
    return db_integrity(cx->db, &cx->why);
}

/* What is verified is one moment of the live store, whoever goes on writing to it. */
static enum err verify_moment(struct verify_report *out, struct ctx *cx, struct store *fresh,
                              const struct fact_tables *tables)
{
    struct ctx copy = *cx;
    enum err e = db_begin(cx->db, DB_READ);

    if (e) {
        db_explain(cx->db, e, &cx->why);
        return e;
    }
    copy.db = store_take(fresh);
    e = verify_into(out, cx, &copy, fresh, tables);
    store_give(fresh, copy.db);
    db_rollback(cx->db);
    return e;
}

enum err journal_verify(struct verify_report *out, struct ctx *cx,
                        const struct store_options *scratch, const struct fact_tables *tables)
{
    struct store *fresh = NULL;
    enum err e;

    *out = (struct verify_report){.lines = 0};
    unlink(scratch->where);
    if ((e = store_open(&fresh, scratch, &cx->why))) {
        return e;
    }
    e = verify_moment(out, cx, fresh, tables);
    store_close(fresh);
    unlink(scratch->where);
    return e;
}
