/* What a handler asks of its request. */
#include "pos/web/request.h"

#include <assert.h>

#include "inventory/base/arena.h"
#include "inventory/base/id.h"
#include "inventory/base/words.h"
#include "pos/web/web.h"

const char *request_param(const struct request *rq, const char *name)
{
    for (size_t i = 0; i < rq->match.count; i++) {
        if (strcmp(rq->match.params[i].name, name) == 0) {
            return rq->match.params[i].value;
        }
    }
    assert(false && "the route has no such part");
    return "";
}

static bool asks_for(const struct inputs *in, const char *name)
{
    for (size_t i = 0; i < in->count; i++) {
        if (strcmp(in->table[i].name, name) == 0) {
            return true;
        }
    }
    return false;
}

const char *request_typed_or(const struct request *rq, const char *name, const char *first)
{
    return rq->refused && asks_for(&rq->in, name) ? input_raw(&rq->in, name) : first;
}

const char *request_typed(const struct request *rq, const char *name)
{
    return request_typed_or(rq, name, "");
}

const char *request_error(const struct request *rq, const char *field)
{
    return rq->refused ? input_error(&rq->in, field) : NULL;
}

void request_db(struct request *rq)
{
    if (!rq->cx.db && rq->web->options.store) {
        rq->cx.db = store_take(rq->web->options.store);
    }
}

void request_db_done(struct request *rq)
{
    if (rq->cx.db) {
        store_give(rq->web->options.store, rq->cx.db);
        rq->cx.db = NULL;
    }
}

void request_tell(struct request *rq, const char *tone, const char *sentence)
{
    told_put(rq, tone, sentence);
}

const char *request_words(const struct request *rq, const char *text)
{
    return words(rq->cx.lang, text);
}

const char *request_new_key(struct request *rq)
{
    struct idem_id id = idem_id_new(rq->at);
    char hex[ID_HEX_MAX];

    id_hex(hex, id.bytes);
    return arena_text(rq->cx.arena, hex);
}
