/* Print jobs on the local table print_job. */
#include "pos/print_job.h"

#include "inventory/base/arena.h"
#include "inventory/base/id.h"
#include "inventory/base/sbuf.h"
#include "inventory/fact.h"
#include "pos/receipt_of_sale.h"
#include "sql_names.h"

enum { PAPER_BYTES_MAX = 4 * 1024 * 1024, JOBS_OF_SALE_MAX = 200 };

static const char *const state_names[] = {"queued", "written", "unknown", "failed"};

const char *print_state_name(enum print_state s)
{
    return state_names[s];
}

static enum print_state state_from_name(const char *name)
{
    for (size_t i = 0; i < LENGTH(state_names); i++) {
        if (strcmp(state_names[i], name) == 0) {
            return (enum print_state)i;
        }
    }
    return PRINT_UNKNOWN;
}

/* ---- writing ---- */

static enum err add_work(struct ctx *cx, void *arg)
{
    struct print_job *job = arg;
    struct stmt *st = db_stmt(cx->db, SQL_PRINT_JOB_NEXT);
    enum err e;

    bind_text(st, ":site", cx->site->code);
    if ((e = stmt_one(st))) {
        return e;
    }
    job->number = col_int(st, "job_no");
    stmt_done(st);
    st = db_stmt(cx->db, SQL_PRINT_JOB_PUT);
    bind_text(st, ":site", cx->site->code);
    bind_id(st, ":id", job->id.bytes);
    bind_int(st, ":job_no", job->number);
    bind_id(st, ":sale_id", job->sale.bytes);
    bind_int(st, ":copy_no", job->copy_no);
    bind_text(st, ":device", job->device);
    bind_instant(st, ":now_ms", job->made);
    return stmt_run(st);
}

enum err print_job_add(struct print_job *out, struct ctx *cx, struct sale_id sale, int32_t copy_no,
                       const char *device)
{
    struct instant now = clock_now(cx->clock);

    *out = (struct print_job){
        .id = print_job_id_new(now),
        .sale = sale,
        .sale_number = "",
        .copy_no = copy_no,
        .state = PRINT_UNKNOWN,
        .device = device,
        .path = "",
        .why = "",
        .made = now,
        .changed = now,
    };
    return local_run(cx, add_work, out);
}

struct take {
    struct print_job_id id;
    int sql;
    bool taken;
};

static enum err take_work(struct ctx *cx, void *arg)
{
    struct take *t = arg;
    struct stmt *st = db_stmt(cx->db, t->sql);
    enum err e;

    bind_text(st, ":site", cx->site->code);
    bind_id(st, ":id", t->id.bytes);
    bind_instant(st, ":now_ms", clock_now(cx->clock));
    if (!(e = stmt_run(st))) {
        t->taken = db_changes(cx->db) == 1;
    }
    return e;
}

enum err print_job_take(bool *taken, struct ctx *cx, struct print_job_id id)
{
    struct take t = {.id = id, .sql = SQL_PRINT_JOB_TAKE};
    enum err e = local_run(cx, take_work, &t);

    *taken = !e && t.taken;
    return e;
}

enum err print_job_seen(struct ctx *cx, struct print_job_id id)
{
    struct take t = {.id = id, .sql = SQL_PRINT_JOB_SEEN};

    return local_run(cx, take_work, &t);
}

struct end {
    struct print_job_id id;
    const struct print_outcome *outcome;
};

static enum print_state state_after(enum device_outcome outcome)
{
    switch (outcome) {
    case DEVICE_WRITTEN: return PRINT_WRITTEN;
    case DEVICE_FAILED: return PRINT_FAILED;
    case DEVICE_UNKNOWN: return PRINT_UNKNOWN;
    }
    return PRINT_UNKNOWN;
}

static enum err end_work(struct ctx *cx, void *arg)
{
    const struct end *end = arg;
    struct stmt *st = db_stmt(cx->db, SQL_PRINT_JOB_END);

    bind_text(st, ":site", cx->site->code);
    bind_id(st, ":id", end->id.bytes);
    bind_text(st, ":state", print_state_name(state_after(end->outcome->device)));
    bind_text(st, ":path", end->outcome->path);
    bind_int(st, ":bytes", end->outcome->bytes);
    bind_text(st, ":why", end->outcome->why);
    bind_instant(st, ":now_ms", clock_now(cx->clock));
    return stmt_run(st);
}

enum err print_job_end(struct ctx *cx, struct print_job_id id, const struct print_outcome *outcome)
{
    struct end end = {.id = id, .outcome = outcome};

    return local_run(cx, end_work, &end);
}

/* ---- reading ---- */

static void read_job(struct print_job *out, struct ctx *cx, struct stmt *st)
{
    *out = (struct print_job){
        .number = col_int(st, "job_no"),
        .sale_number = arena_text(cx->arena, col_text(st, "number")),
        .copy_no = (int32_t)col_int(st, "copy_no"),
        .state = state_from_name(col_text(st, "state")),
        .device = arena_text(cx->arena, col_text(st, "device")),
        .path = arena_text(cx->arena, col_text(st, "path")),
        .bytes = col_int(st, "bytes"),
        .why = arena_text(cx->arena, col_text(st, "why")),
        .made = col_instant(st, "made_at_ms"),
        .changed = col_instant(st, "changed_at_ms"),
    };
    col_id(st, "id", out->id.bytes);
    col_id(st, "sale_id", out->sale.bytes);
}

struct reading {
    struct print_job_list *out;
    struct sale_id sale; /* nil: the open ones of `till` */
    const char *till;
    size_t most;
};

static enum err read_work(struct ctx *cx, void *arg)
{
    struct reading *r = arg;
    bool of_sale = !sale_id_is_nil(r->sale);
    struct stmt *st = db_stmt(cx->db, of_sale ? SQL_PRINT_JOB_OF_SALE : SQL_PRINT_JOB_OPEN);
    enum err e = OK;

    *r->out = (struct print_job_list){.items = ARENA_ARRAY(cx->arena, struct print_job, r->most)};
    bind_text(st, ":site", cx->site->code);
    if (of_sale) {
        bind_id(st, ":sale_id", r->sale.bytes);
    } else {
        bind_text(st, ":till", r->till);
        bind_int(st, ":most", (int64_t)r->most);
    }
    while (r->out->count < r->most && stmt_row(st, &e)) {
        read_job(&r->out->items[r->out->count++], cx, st);
    }
    if (!e) {
        stmt_done(st);
    }
    return e;
}

enum err print_jobs_of_sale(struct print_job_list *out, struct ctx *cx, struct sale_id sale)
{
    struct reading r = {.out = out, .sale = sale, .most = JOBS_OF_SALE_MAX};

    return read_run(cx, read_work, &r);
}

enum err print_jobs_open(struct print_job_list *out, struct ctx *cx, const char *till, size_t limit)
{
    struct reading r = {.out = out, .till = till, .most = limit};

    return read_run(cx, read_work, &r);
}

/* ---- paper ---- */

static enum device_outcome write_file(const struct sbuf *bytes, int64_t number, const char *dir,
                                      struct why *why)
{
    struct device_file state;
    struct device device = device_file(&state, dir);
    const struct device_job job = {.number = number,
                                   .kind = "escpos",
                                   .bytes = (const uint8_t *)sbuf_str(bytes),
                                   .n = bytes->len};
    enum device_outcome outcome;

    if (device.open(device.self, why)) {
        return DEVICE_FAILED;
    }
    outcome = device.write_all(device.self, &job, why);
    device.close(device.self);
    return outcome;
}

void print_job_send(struct print_outcome *outcome, struct arena *a, const struct print_job *job,
                    const char *dir, const struct receipt *receipt, enum paper paper)
{
    struct why why = {.code = OK};
    struct sbuf bytes;

    *outcome = (struct print_outcome){.device = DEVICE_FAILED, .path = "", .why = ""};
    sbuf_init(&bytes, PAPER_BYTES_MAX);
    if (!receipt_paint_fitting(&bytes, receipt, paper, RECEIPT_ESCPOS, &why)) {
        outcome->device = write_file(&bytes, job->number, dir, &why);
    }
    if (outcome->device == DEVICE_WRITTEN) {
        outcome->path = arena_format(a, "%06lld.escpos", (long long)job->number);
        outcome->bytes = (int64_t)bytes.len;
    } else {
        outcome->why = arena_text(a, why.text);
    }
    sbuf_done(&bytes);
}
