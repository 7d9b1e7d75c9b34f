/* Rebuild and verify: the journal alone must give the same tables, to the byte. */
#include <assert.h>
#include <unistd.h>

#include "inventory/base/arena.h"
#include "inventory/base/json.h"
#include "inventory/base/secret.h"
#include "inventory/base/words.h"
#include "inventory/fact_json.h"
#include "inventory/journal.h"
#include "inventory/journal_row.h"

enum { SLICE = 500, ROW_BYTES_MAX = 4096 };

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
                         const struct journal_line *line, const struct json *fact)
{
    _Alignas(max_align_t) char row[ROW_BYTES_MAX];
    const struct fact_table *table;
    enum err e;

    if (!json_is_array(fact) || json_count(fact) != 2 || !json_is_text(json_at(fact, 0)) ||
        !(table = table_named(tables, json_text_of(json_at(fact, 0))))) {
        return ERR_CORRUPT;
    }
    assert(table->row_size <= sizeof row);
    if ((e = fact_from_json(row, table, json_at(fact, 1)))) {
        return e;
    }
    return table_insert(db, table, line->site, line->id, row);
}

static enum err replay_line(struct ctx *to, const struct fact_tables *tables,
                            const struct journal_line *line)
{
    struct json *body = NULL;
    enum err e = json_parse(&body, line->body, line->body_len, &to->why);

    if (!e && !json_is_array(body)) {
        e = ERR_CORRUPT;
    }
    for (size_t i = 0; !e && i < json_count(body); i++) {
        e = put_fact(to->db, tables, line, json_at(body, i));
    }
    json_free(body);
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

struct sums {
    int64_t count;
    struct sha256 all;
};

static bool add_row(void *arg, const char *text, size_t n)
{
    struct sums *s = arg;

    sha256_add(&s->all, text, n);
    sha256_add(&s->all, "\n", 1);
    s->count++;
    return true;
}

static enum err table_sum(struct db *db, const char *table, uint8_t out[SHA256_BYTES],
                          int64_t *count)
{
    struct sums s = {.count = 0};
    enum err e;

    sha256_begin(&s.all);
    e = table_walk(db, table, add_row, &s);
    sha256_end(&s.all, out);
    *count = s.count;
    return e;
}

/* Finding the first different row: the hashes of our rows are kept, theirs are held against them.
 */
struct difference {
    uint64_t *hashes; /* owned */
    int64_t count, room;
    int64_t at; /* position of the walk over theirs */
};

static uint64_t row_hash(const char *text, size_t n)
{
    uint8_t full[SHA256_BYTES];
    uint64_t hash;

    sha256_of(full, text, n);
    memcpy(&hash, full, sizeof hash);
    return hash;
}

static bool keep_hash(void *arg, const char *text, size_t n)
{
    struct difference *d = arg;

    if (d->count == d->room) {
        d->room = d->room ? 2 * d->room : 1024;
        d->hashes = mem_grow(d->hashes, (size_t)d->room * sizeof *d->hashes);
    }
    d->hashes[d->count++] = row_hash(text, n);
    return true;
}

static bool same_hash(void *arg, const char *text, size_t n)
{
    struct difference *d = arg;

    if (d->at == d->count || d->hashes[d->at] != row_hash(text, n)) {
        return false;
    }
    d->at++;
    return true;
}

/* Keeps row number `at` of a walk. */
struct pick {
    int64_t at;
    int64_t seen;
    struct sbuf text;
};

static bool pick_row(void *arg, const char *text, size_t n)
{
    struct pick *p = arg;

    if (p->seen++ == p->at) {
        sbuf_add(&p->text, text, n);
        return false;
    }
    return true;
}

enum { SHOWN_MAX = 160 };

static enum err show_difference(struct ctx *cx, struct db *copy, const char *table, int64_t at)
{
    struct pick ours = {.at = at}, theirs = {.at = at};
    enum err e;

    sbuf_init(&ours.text, ACT_BODY_MAX);
    sbuf_init(&theirs.text, ACT_BODY_MAX);
    if (!(e = table_walk(cx->db, table, pick_row, &ours)) &&
        !(e = table_walk(copy, table, pick_row, &theirs))) {
        e = refuse(cx, ERR_CORRUPT, "table-differs",
                   _("Tabel %s tidak sama dengan jurnal. Baris pertama yang berbeda: \"%.*s\"; "
                     "menurut jurnal: \"%.*s\"."),
                   table, SHOWN_MAX, sbuf_str(&ours.text), SHOWN_MAX, sbuf_str(&theirs.text));
    }
    sbuf_done(&ours.text);
    sbuf_done(&theirs.text);
    return e;
}

/* Only after a difference is known. */
static enum err name_difference(struct ctx *cx, struct db *copy, const char *table)
{
    struct difference d = {.count = 0};
    enum err e;

    if (!(e = table_walk(cx->db, table, keep_hash, &d)) &&
        !(e = table_walk(copy, table, same_hash, &d))) {
        e = show_difference(cx, copy, table, d.at);
    }
    free(d.hashes);
    return e;
}

static enum err compare_all(struct verify_report *out, struct ctx *cx, struct db *copy,
                            const char *const *tables)
{
    uint8_t ours[SHA256_BYTES], theirs[SHA256_BYTES];
    int64_t our_rows, their_rows;
    enum err e;

    for (size_t i = 0; tables[i]; i++) {
        if ((e = table_sum(cx->db, tables[i], ours, &our_rows)) ||
            (e = table_sum(copy, tables[i], theirs, &their_rows))) {
            db_explain(cx->db, e, &cx->why);
            return e;
        }
        if (memcmp(ours, theirs, sizeof ours) != 0) {
            return name_difference(cx, copy, tables[i]);
        }
        out->rows += our_rows;
    }
    return OK;
}

/* ---- verify ---- */

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
        return r.bad_seq ? say_bad_line(cx, &r) : e;
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
