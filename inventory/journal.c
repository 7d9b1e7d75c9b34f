/* The journal: reading, hashing, writing its lines. */
#include "inventory/journal.h"

#include <assert.h>

#include "inventory/base/id.h"
#include "inventory/base/json.h"
#include "inventory/base/secret.h"
#include "inventory/journal_row.h"
#include "sql_names.h"

static const char format_name[] = "etalase-journal-v1"; /* hashed with its NUL */

static void add_bytes(struct sha256 *h, const void *bytes, size_t n)
{
    char length[24];
    int digits = snprintf(length, sizeof length, "%zu:", n);

    sha256_add(h, length, (size_t)digits);
    sha256_add(h, bytes, n);
}

static void add_text(struct sha256 *h, const char *text)
{
    add_bytes(h, text, strlen(text));
}

static void add_int(struct sha256 *h, int64_t value)
{
    char text[24];

    snprintf(text, sizeof text, "%lld", (long long)value);
    add_text(h, text);
}

static void digest_hex(char out[SHA256_HEX_MAX], const struct digest *d)
{
    static const char digits[] = "0123456789abcdef";

    for (size_t i = 0; i < sizeof d->bytes; i++) {
        out[2 * i] = digits[d->bytes[i] >> 4];
        out[2 * i + 1] = digits[d->bytes[i] & 15];
    }
    out[2 * sizeof d->bytes] = '\0';
}

struct digest journal_hash(const struct journal_line *line)
{
    char id[ID_HEX_MAX], prev[SHA256_HEX_MAX];
    struct digest out;
    struct sha256 h;

    id_hex(id, line->id.bytes);
    digest_hex(prev, &line->prev_hash);
    sha256_begin(&h);
    sha256_add(&h, format_name, sizeof format_name);
    add_text(&h, line->site);
    add_text(&h, line->epoch);
    add_int(&h, line->seq);
    add_text(&h, id);
    add_text(&h, line->kind);
    add_int(&h, line->ver);
    add_int(&h, line->at.ms);
    add_text(&h, line->actor);
    add_text(&h, line->till);
    add_bytes(&h, line->body, line->body_len);
    add_text(&h, prev);
    sha256_end(&h, out.bytes);
    return out;
}

static struct digest col_digest(struct stmt *st, const char *name)
{
    struct digest d = {{0}};
    size_t n;
    const void *bytes = col_blob(st, name, &n);

    if (bytes && n == sizeof d.bytes) {
        memcpy(d.bytes, bytes, n);
    }
    return d;
}

static enum err read_head(struct journal_head *out, struct ctx *cx, int sql_id)
{
    struct stmt *st = db_stmt(cx->db, sql_id);
    enum err e;

    *out = (struct journal_head){.seq = 0};
    bind_text(st, ":site", cx->site->code);
    bind_text(st, ":epoch", cx->site->epoch);
    if (stmt_row(st, &e)) {
        out->seq = col_int(st, "seq");
        out->at = col_instant(st, "at_ms");
        out->hash = col_digest(st, "hash");
        stmt_done(st);
    }
    return e;
}

enum err journal_head(struct journal_head *out, struct ctx *cx)
{
    return read_head(out, cx, SQL_JOURNAL_HEAD);
}

enum err journal_take(struct journal_head *out, struct ctx *cx)
{
    return read_head(out, cx, SQL_JOURNAL_TAKE);
}

enum err journal_seq_of(int64_t *seq, struct ctx *cx, struct act_id id)
{
    struct stmt *st = db_stmt(cx->db, SQL_JOURNAL_SEQ_OF);
    enum err e;

    *seq = 0;
    bind_id(st, ":id", id.bytes);
    if (stmt_row(st, &e)) {
        *seq = col_int(st, "seq");
        stmt_done(st);
    }
    return e;
}

enum err journal_row_put(struct db *db, const struct journal_line *line)
{
    struct stmt *st = db_stmt(db, SQL_JOURNAL_APPEND);

    bind_text(st, ":site", line->site);
    bind_text(st, ":epoch", line->epoch);
    bind_int(st, ":seq", line->seq);
    bind_id(st, ":id", line->id.bytes);
    bind_text(st, ":kind", line->kind);
    bind_int(st, ":ver", line->ver);
    bind_instant(st, ":at_ms", line->at);
    bind_text(st, ":actor", line->actor);
    bind_text(st, ":till", line->till);
    bind_text(st, ":body", line->body);
    bind_blob(st, ":prev_hash", line->prev_hash.bytes, sizeof line->prev_hash.bytes);
    bind_blob(st, ":hash", line->hash.bytes, sizeof line->hash.bytes);
    return stmt_run(st);
}

static void line_from(struct journal_line *line, struct stmt *st)
{
    const char *body = col_text(st, "body");

    *line = (struct journal_line){
        .site = col_text(st, "site"),
        .epoch = col_text(st, "epoch"),
        .seq = col_int(st, "seq"),
        .kind = col_text(st, "kind"),
        .ver = (int32_t)col_int(st, "ver"),
        .at = col_instant(st, "at_ms"),
        .actor = col_text(st, "actor"),
        .till = col_text(st, "till"),
        .body = body,
        .body_len = strlen(body),
        .prev_hash = col_digest(st, "prev_hash"),
        .hash = col_digest(st, "hash"),
    };
    col_id(st, "id", line->id.bytes);
}

enum err journal_read(struct ctx *cx, int64_t after_seq, int64_t most,
                      enum err (*each)(void *arg, const struct journal_line *line), void *arg)
{
    struct stmt *st = db_stmt(cx->db, SQL_JOURNAL_AFTER);
    struct journal_line line;
    enum err e;

    bind_text(st, ":site", cx->site->code);
    bind_text(st, ":epoch", cx->site->epoch);
    bind_int(st, ":after_seq", after_seq);
    bind_int(st, ":most", most);
    while (stmt_row(st, &e)) {
        line_from(&line, st);
        if ((e = each(arg, &line))) {
            stmt_done(st);
            return e;
        }
    }
    return e;
}

void journal_jsonl(struct sbuf *out, const struct journal_line *line)
{
    struct json *object = json_object();

    json_set_text(object, "site", line->site);
    json_set_text(object, "epoch", line->epoch);
    json_set_int(object, "seq", line->seq);
    json_set_hex(object, "id", line->id.bytes, ID_BYTES);
    json_set_text(object, "kind", line->kind);
    json_set_int(object, "ver", line->ver);
    json_set_int(object, "at_ms", line->at.ms);
    json_set_text(object, "actor", line->actor);
    json_set_text(object, "till", line->till);
    json_set_text(object, "body", line->body);
    json_set_hex(object, "prev_hash", line->prev_hash.bytes, sizeof line->prev_hash.bytes);
    json_set_hex(object, "hash", line->hash.bytes, sizeof line->hash.bytes);
    json_write(out, object);
    sbuf_char(out, '\n');
    json_free(object);
}
