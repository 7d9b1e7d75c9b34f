/* Prints of labels as they were, and what should be printed. */
#include "inventory/base/arena.h"
#include "inventory/fact.h"
#include "inventory/label_print_parts.h"
#include "sql_names.h"

enum { LOTS_LOOKED_AT = 200 };

static const char *kept(struct ctx *cx, struct stmt *st, const char *name)
{
    return arena_text(cx->arena, col_text(st, name));
}

static struct label_code code_of(struct stmt *st, const char *name)
{
    struct label_code code = {.text = ""};

    (void)snprintf(code.text, sizeof code.text, "%s", col_text(st, name));
    return code;
}

/* ---- prints ---- */

static void job_read(struct label_job *out, struct ctx *cx, struct stmt *st)
{
    *out = (struct label_job){
        .number = kept(cx, st, "number"),
        .lot_code = code_of(st, "lot_code"),
        .sku = kept(cx, st, "sku"),
        .size = kept(cx, st, "size"),
        .medium = kept(cx, st, "medium"),
        .printer = kept(cx, st, "printer"),
        .host = kept(cx, st, "host"),
        .name = kept(cx, st, "name"),
        .variant = kept(cx, st, "variant"),
        .reason = kept(cx, st, "reason"),
        .start_cell = (int32_t)col_int(st, "start_cell"),
        .count = (int32_t)col_int(st, "count"),
        .priced = col_bool(st, "price_known"),
        .price = col_rupiah(st, "price_rp"),
        .by = kept(cx, st, "actor"),
        .at = col_instant(st, "at_ms"),
        .copies = (int32_t)col_int(st, "copies"),
    };
    col_id(st, "id", out->id.bytes);
    col_id(st, "lot_id", out->lot.bytes);
}

enum err label_job_by_number(struct label_job *out, struct ctx *cx, const char *number)
{
    struct stmt *st = db_stmt(cx->db, SQL_LABEL_JOB_BY_NUMBER);
    char *upper = arena_text(cx->arena, number);
    enum err e;

    for (char *c = upper; *c; c++) {
        *c = *c >= 'a' && *c <= 'z' ? (char)(*c - 'a' + 'A') : *c;
    }
    bind_text(st, ":site", cx->site->code);
    bind_text(st, ":number", upper);
    if (!(e = stmt_one(st))) {
        job_read(out, cx, st);
    }
    stmt_done(st);
    return e;
}

enum err label_jobs(struct label_job **out, size_t *count, struct ctx *cx, struct lot_id lot,
                    size_t limit)
{
    const bool all = lot_id_is_nil(lot);
    struct stmt *st = db_stmt(cx->db, all ? SQL_LABEL_JOBS : SQL_LABEL_JOBS_OF_LOT);
    uint8_t before[ID_BYTES];
    enum err e = OK;

    memset(before, 0xFF, sizeof before);
    *count = 0;
    *out = ARENA_ARRAY(cx->arena, struct label_job, limit);
    bind_text(st, ":site", cx->site->code);
    bind_id(st, all ? ":before" : ":lot", all ? before : lot.bytes);
    bind_int(st, ":most", (int64_t)limit);
    while (*count < limit && stmt_row(st, &e)) {
        job_read(&(*out)[(*count)++], cx, st);
    }
    stmt_done(st);
    return e;
}

enum err label_job_lines(struct label_job_line **out, size_t *count, struct ctx *cx,
                         struct label_print_id id)
{
    struct stmt *st = db_stmt(cx->db, SQL_LABEL_JOB_LINES);
    enum err e = OK;

    *count = 0;
    *out = ARENA_ARRAY(cx->arena, struct label_job_line, LABEL_PRINT_MAX);
    bind_text(st, ":site", cx->site->code);
    bind_id(st, ":print", id.bytes);
    while (*count < LABEL_PRINT_MAX && stmt_row(st, &e)) {
        (*out)[(*count)++] = (struct label_job_line){
            .line = (int32_t)col_int(st, "line"),
            .code = code_of(st, "code"),
            .copy_no = (int32_t)col_int(st, "copy_no"),
            .now = code_of(st, "now_code"),
            .no = (int32_t)col_int(st, "no"),
        };
    }
    stmt_done(st);
    return e;
}

enum err label_copies(int32_t *out, struct ctx *cx, struct label_code code)
{
    struct stmt *st = db_stmt(cx->db, SQL_LABEL_COPIES);
    enum err e;

    bind_text(st, ":site", cx->site->code);
    bind_text(st, ":code", code.text);
    e = stmt_one(st);
    *out = e ? 0 : (int32_t)col_int(st, "copies");
    stmt_done(st);
    return e;
}

enum err label_last_number(const char **out, struct ctx *cx, struct label_code code)
{
    struct stmt *st = db_stmt(cx->db, SQL_LABEL_LAST_PRINT);
    enum err e;

    bind_text(st, ":site", cx->site->code);
    bind_text(st, ":code", code.text);
    e = stmt_one(st);
    *out = e ? "" : kept(cx, st, "number");
    stmt_done(st);
    return e;
}

/* Two plain numbers: NOLINTBEGIN(bugprone-easily-swappable-parameters) */
enum err label_printed_before(struct label_before *out, struct ctx *cx, struct lot_id lot,
                              int32_t from, int32_t count)
/* NOLINTEND(bugprone-easily-swappable-parameters) */
{
    struct label_things things;
    enum err e = label_things(&things, cx, lot, from, count);

    for (size_t i = 0; i < things.count && !e; i++) {
        if (things.items[i].copies > 0) {
            *out = (struct label_before){.no = things.items[i].no,
                                         .code = things.items[i].code,
                                         .copies = things.items[i].copies};
            return label_last_number(&out->number, cx, out->code);
        }
    }
    return e ? e : ERR_NOT_FOUND;
}

/* ---- the variant ---- */

static const char *joined(struct ctx *cx, const char *const *parts, size_t n)
{
    const char *text = "";

    for (size_t i = 0; i < n; i++) {
        if (parts[i][0]) {
            text = text[0] ? arena_format(cx->arena, "%s, %s", text, parts[i]) : parts[i];
        }
    }
    return text;
}

enum err label_variant_of(struct variant_id *id, const char **text, struct ctx *cx,
                          struct lot_id lot)
{
    struct stmt *st = db_stmt(cx->db, SQL_LABEL_VARIANT);
    enum err e;

    *id = (struct variant_id){{0}};
    *text = "";
    bind_text(st, ":site", cx->site->code);
    bind_id(st, ":lot", lot.bytes);
    if (!(e = stmt_one(st))) {
        const char *parts[] = {kept(cx, st, "size"), kept(cx, st, "colour"), kept(cx, st, "motif")};

        col_id(st, "id", id->bytes);
        *text = joined(cx, parts, LENGTH(parts));
    }
    stmt_done(st);
    return e == ERR_NOT_FOUND ? OK : e;
}

enum err label_lot_variant(const char **out, struct ctx *cx, struct lot_id lot)
{
    struct variant_id id;

    return label_variant_of(&id, out, cx, lot);
}

/* ---- what should be printed ---- */

/* Pieces whose last label does not say the price: how many, and what the first of them says. */
static enum err count_pieces(struct label_due *due, struct ctx *cx, struct lot_id lot)
{
    struct stmt *st = db_stmt(cx->db, SQL_LABEL_DUE_PIECES);
    enum err e = OK;

    due->count = 0;
    bind_text(st, ":site", cx->site->code);
    bind_id(st, ":lot", lot.bytes);
    while (stmt_row(st, &e)) {
        const bool known = col_bool(st, "price_known");
        const struct rupiah price = col_rupiah(st, "price_rp");

        if (known && price.rp == due->price.rp) {
            continue;
        }
        if (due->count++ == 0) {
            due->old_known = known;
            due->old_price = price;
            due->from = (int32_t)col_int(st, "no");
        }
        due->to = (int32_t)col_int(st, "no");
    }
    stmt_done(st);
    return e;
}

static void due_read(struct label_due *out, struct lot_id *lot, struct ctx *cx, struct stmt *st)
{
    const int64_t left = col_int(st, "left_milli");

    *out = (struct label_due){
        .lot_code = code_of(st, "lot_code"),
        .sku = kept(cx, st, "sku"),
        .name = kept(cx, st, "name"),
        .unit = kept(cx, st, "unit"),
        .piece = strcmp(col_text(st, "tracking"), "piece") == 0,
        .made = col_day(st, "made_day"),
        .count = (int32_t)((left + 999) / 1000),
        .old_known = !col_null(st, "price_known") && col_bool(st, "price_known"),
        .old_price = col_null(st, "price_rp") ? RUPIAH(0) : col_rupiah(st, "price_rp"),
        .price = col_null(st, "now_rp") ? RUPIAH(0) : col_rupiah(st, "now_rp"),
        .from = 1,
        .to = 1,
    };
    col_id(st, "lot_id", lot->bytes);
}

static enum err due_rows(struct label_due **out, struct lot_id *lots, size_t *count, struct ctx *cx,
                         bool again)
{
    struct stmt *st = db_stmt(cx->db, SQL_LABEL_DUE);
    enum err e = OK;

    *out = ARENA_ARRAY(cx->arena, struct label_due, LOTS_LOOKED_AT);
    *count = 0;
    bind_text(st, ":site", cx->site->code);
    bind_instant(st, ":at_ms", clock_now(cx->clock));
    bind_int(st, ":again", again);
    bind_int(st, ":most", LOTS_LOOKED_AT);
    while (*count < LOTS_LOOKED_AT && stmt_row(st, &e)) {
        due_read(&(*out)[*count], &lots[*count], cx, st);
        (*count)++;
    }
    stmt_done(st);
    return e;
}

enum err label_due_again(struct label_due **out, size_t *count, struct ctx *cx, size_t limit)
{
    struct lot_id lots[LOTS_LOOKED_AT];
    size_t n, keep = 0;
    enum err e = due_rows(out, lots, &n, cx, true);

    for (size_t i = 0; i < n && keep < limit && !e; i++) {
        struct label_due due = (*out)[i];

        if (due.piece) {
            e = count_pieces(&due, cx, lots[i]);
        } else if (due.old_known && due.old_price.rp == due.price.rp) {
            due.count = 0; /* the last print of a counted lot is the one that stands on the shelf */
        }
        if (due.count > 0) {
            (*out)[keep++] = due;
        }
    }
    *count = keep;
    return e;
}

enum err label_due_first(struct label_due **out, size_t *count, struct ctx *cx, size_t limit)
{
    struct lot_id lots[LOTS_LOOKED_AT];
    enum err e = due_rows(out, lots, count, cx, false);

    *count = *count < limit ? *count : limit;
    return e;
}

enum err label_circulating(int64_t *out, struct ctx *cx)
{
    struct stmt *st = db_stmt(cx->db, SQL_LABEL_CIRCULATING);
    enum err e;

    bind_text(st, ":site", cx->site->code);
    e = stmt_one(st);
    *out = e ? 0 : col_int(st, "labels");
    stmt_done(st);
    return e;
}
