/* Health, and the small files every browser asks for. */
#include "pos/web/health.h"

#include "inventory/base/arena.h"
#include "inventory/journal.h"
#include "pos/web/request.h"
#include "pos/web/respond.h"
#include "pos/web/web.h"

static enum err head_work(struct ctx *cx, void *arg)
{
    return journal_head(arg, cx);
}

static enum err read_head(struct journal_head *head, struct request *rq)
{
    enum err e;

    request_db(rq);
    e = read_run(&rq->cx, head_work, head);
    request_db_done(rq);
    return e;
}

enum err health_json(struct request *rq)
{
    const struct web_options *o = &rq->web->options;
    const struct store_about about = store_about(o->store);
    struct journal_head head = {.seq = 0};
    struct json *j, *journal;
    enum err e = read_head(&head, rq);

    if (e) {
        return e;
    }
    journal = json_object();
    json_set_int(journal, "seq", head.seq);
    json_set_hex(journal, "hash", head.hash.bytes, sizeof head.hash.bytes);
    j = json_object();
    json_set_bool(j, "ok", true);
    json_set_text(j, "version", o->version);
    json_set_text(j, "engine", about.engine);
    json_set_text(j, "engine_version", about.version);
    json_set_bool(j, "engine_fixed", about.fixed);
    json_set_int(j, "schema", about.schema);
    json_set(j, "journal", journal);
    respond_json(rq, 200, j);
    return OK;
}

static const struct file_about text_file = {.type = "text/plain; charset=utf-8"};

enum err health_text(struct request *rq)
{
    struct journal_head head = {.seq = 0};
    enum err e = read_head(&head, rq);
    const char *line;

    if (e) {
        return e;
    }
    line = arena_format(rq->cx.arena, "sehat; catatan terakhir %lld\n", (long long)head.seq);
    respond_bytes(rq, 200, &text_file, line, strlen(line));
    return OK;
}

enum err robots_text(struct request *rq)
{
    static const char text[] = "User-agent: *\nDisallow: /\n";

    respond_bytes(rq, 200, &text_file, text, sizeof text - 1);
    return OK;
}

enum err favicon(struct request *rq)
{
    const char *address = static_address(rq->web->files, "icon.svg");

    if (address) {
        respond_redirect(rq, url_fixed(address));
    } else {
        respond_bytes(rq, 404, &text_file, "", 0);
    }
    return OK;
}
