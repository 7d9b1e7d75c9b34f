/* The machine interface of the books: exports streamed in slices. */
#include "inventory/base/arena.h"
#include "pos/export.h"
#include "pos/web/api.h"
#include "pos/web/respond.h"

static enum stream_step next_slice(void *arg, struct ctx *cx, struct sbuf *slice)
{
    struct export *x = arg;

    if (export_slice(x, cx, slice)) {
        return STREAM_FAILED;
    }
    return x->done ? STREAM_END : STREAM_MORE;
}

static enum err stream(struct request *rq, enum export_kind kind, const char *type)
{
    struct export *x = ARENA_NEW(rq->cx.arena, struct export);
    struct file_about about = {.type = type, .filename = export_name(kind), .cache = CACHE_NEVER};

    x->kind = kind;
    respond_stream(rq, &about, next_slice, x);
    return OK;
}

enum err api_export_journal(struct request *rq)
{
    return stream(rq, EXPORT_JOURNAL, "application/x-ndjson");
}

enum err api_export_sales(struct request *rq)
{
    return stream(rq, EXPORT_SALES, "text/csv; charset=utf-8");
}

enum err api_export_stock(struct request *rq)
{
    return stream(rq, EXPORT_STOCK, "text/csv; charset=utf-8");
}

enum err api_export_ledger(struct request *rq)
{
    return stream(rq, EXPORT_LEDGER, "text/plain; charset=utf-8");
}
