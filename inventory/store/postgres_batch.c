/* Fact rows of one table that follow one another go out as one statement.
 *
 * The server's price of an insert is mostly the statement: its checks are read anew, its keys to
 * other tables looked up through a query of their own.  So rows wait until one of another table
 * comes, or a question, or the commit; then they travel as one array a column.  What goes wrong is
 * told then, as with every write. */
#include <assert.h>

#include "inventory/base/arena.h"
#include "inventory/base/sbuf.h"
#include "inventory/store/fact_table.h"
#include "inventory/store/postgres_engine.h"

enum {
    BATCH_ROWS_MAX = 256,
    COLUMN_BYTES_MAX = 16 * 1024 * 1024,
    HEADER_BYTES = 20, /* dimensions, has NULLs, type, length, first index: four bytes each */
    LENGTH_BYTES = 4,  /* before each element; -1 for NULL */
};

/* ---- the statement ---- */

static enum cell cell_of(const struct fact_table *table, size_t at)
{
    if (at < 2) {
        return at == 0 ? CELL_TEXT : CELL_BYTES; /* site, act_id */
    }
    switch (table->cols[at - 2].type) {
    case COL_TEXT: return CELL_TEXT;
    case COL_ID:
    case COL_DIGEST: return CELL_BYTES;
    case COL_INT64:
    case COL_INT32:
    case COL_BOOL:
    case COL_RUPIAH:
    case COL_QTY:
    case COL_INSTANT:
    case COL_DAY: break;
    }
    return CELL_INT;
}

static const char *array_of(enum cell cell)
{
    switch (cell) {
    case CELL_TEXT: return "text[]";
    case CELL_BYTES: return "bytea[]";
    case CELL_INT:
    case CELL_NULL: break;
    }
    return "bigint[]";
}

/* INSERT INTO t (site, act_id, a ...) SELECT * FROM unnest(?1::text[], ?2::bytea[], ...). */
static void batch_sql(struct sbuf *out, const struct fact_table *table)
{
    sbuf_format(out, "INSERT INTO %s (site, act_id", table->name);
    for (size_t i = 0; i < table->col_count; i++) {
        sbuf_format(out, ", %s", table->cols[i].name);
    }
    sbuf_text(out, ") SELECT * FROM unnest(");
    for (size_t i = 0; i < table->col_count + 2; i++) {
        sbuf_format(out, "%s?%zu::%s", i ? ", " : "", i + 1, array_of(cell_of(table, i)));
    }
    sbuf_text(out, ")");
}

enum err pg_batch_prepare(struct pg_db *d)
{
    const struct store *s = d->base.store;
    struct sbuf sql;
    enum err e = OK;

    sbuf_init(&sql, SQL_BYTES_MAX);
    for (size_t i = 0; i < s->table_count && !e; i++) {
        struct stmt *many = NULL;

        sbuf_clear(&sql);
        batch_sql(&sql, s->tables[i]);
        if (!(e = pg_prepare(&many, &d->base, sql.bytes, sql.len, false))) {
            pg_stmt_of(d->base.inserts[i])->many = pg_stmt_of(many);
            pg_stmt_of(many)->table = s->tables[i];
        }
    }
    sbuf_done(&sql);
    return e;
}

/* ---- a row ---- */

static void add_number(struct sbuf *out, uint64_t value, int bytes)
{
    char text[8];

    for (int i = 0; i < bytes; i++) {
        text[i] = (char)(unsigned char)(value >> (8 * (bytes - 1 - i)));
    }
    sbuf_add(out, text, (size_t)bytes);
}

static void put_number(struct sbuf *out, size_t at, uint32_t value)
{
    for (int i = 0; i < 4; i++) {
        out->bytes[at + (size_t)i] = (char)(unsigned char)(value >> (24 - 8 * i));
    }
}

static uint32_t type_of(enum cell cell)
{
    return cell == CELL_TEXT ? PG_TYPE_TEXT : cell == CELL_BYTES ? PG_TYPE_BYTEA : PG_TYPE_INT8;
}

static void add_header(struct sbuf *out, enum cell cell)
{
    add_number(out, 1, 4);
    add_number(out, 0, 4);
    add_number(out, type_of(cell), 4);
    add_number(out, 0, 4);
    add_number(out, 1, 4);
}

/* NOLINTNEXTLINE(bugprone-easily-swappable-parameters): where it stands, then what it is */
static void add_element(struct sbuf *out, const struct pg_stmt *st, int at, enum cell cell)
{
    const char *value = st->values[at];

    if (!value) {
        add_number(out, UINT32_MAX, LENGTH_BYTES);
        put_number(out, 4, 1);
    } else if (cell == CELL_INT) { /* bound as digits */
        add_number(out, 8, LENGTH_BYTES);
        add_number(out, (uint64_t)strtoll(value, NULL, 10), 8);
    } else {
        add_number(out, (uint64_t)st->lengths[at], LENGTH_BYTES);
        sbuf_add(out, value, (size_t)st->lengths[at]);
    }
}

static void begin(struct pg_batch *b, struct pg_stmt *st)
{
    b->st = st;
    for (int i = 0; i < st->meta->param_count; i++) {
        enum cell cell = cell_of(st->many->table, (size_t)i);

        assert(i < FACT_COLS_MAX + 2);
        if (b->columns[i].max == 0) {
            sbuf_init(&b->columns[i], COLUMN_BYTES_MAX);
        }
        sbuf_clear(&b->columns[i]);
        add_header(&b->columns[i], cell);
    }
}

void pg_batch_add(struct pg_db *d, struct pg_stmt *st)
{
    struct pg_batch *b = &d->batch;

    if (b->st != st || b->rows == BATCH_ROWS_MAX) {
        pg_batch_send(d);
        begin(b, st);
    }
    for (int i = 0; i < st->meta->param_count; i++) {
        add_element(&b->columns[i], st, i, cell_of(st->many->table, (size_t)i));
        if (b->columns[i].full) {
            pg_fail(d, NULL, ERR_LIMIT, "a row is too large");
        }
    }
    b->rows++;
}

/* ---- sending ---- */

static void bind(struct pg_stmt *st, int at, const char *bytes, size_t n)
{
    st->values[at] = bytes;
    st->lengths[at] = (int)n;
    st->formats[at] = 1;
}

/* One row needs no arrays; its values stand in the columns as the server wants them. */
static void bind_one(struct pg_batch *b)
{
    for (int i = 0; i < b->st->meta->param_count; i++) {
        const struct sbuf *column = &b->columns[i];
        bool null = column->bytes[7] == 1;

        bind(b->st, i, null ? NULL : column->bytes + HEADER_BYTES + LENGTH_BYTES,
             column->len - HEADER_BYTES - LENGTH_BYTES);
    }
}

static void bind_many(struct pg_batch *b)
{
    for (int i = 0; i < b->st->meta->param_count; i++) {
        struct sbuf *column = &b->columns[i];

        put_number(column, 12, (uint32_t)b->rows);
        bind(b->st->many, i, column->bytes, column->len);
    }
}

void pg_batch_send(struct pg_db *d)
{
    struct pg_batch *b = &d->batch;
    bool one = b->rows == 1;

    if (b->rows > 0 && d->conn && !d->failed) {
        if (one) {
            bind_one(b);
        } else {
            bind_many(b);
        }
        if (pg_send_stmt(d, one ? b->st : b->st->many)) {
            pg_queue(d, PENDING_RUN);
        }
    }
    pg_batch_forget(d);
}

void pg_batch_forget(struct pg_db *d)
{
    d->batch.st = NULL;
    d->batch.rows = 0;
}

void pg_batch_free(struct pg_db *d)
{
    for (size_t i = 0; i < LENGTH(d->batch.columns); i++) {
        if (d->batch.columns[i].max > 0) {
            sbuf_done(&d->batch.columns[i]);
        }
    }
}
