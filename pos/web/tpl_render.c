/* Fills a compiled template from a view. */
#include <assert.h>

#include "inventory/base/money_text.h"
#include "inventory/base/qty_text.h"
#include "pos/web/tpl_parts.h"

struct render {
    struct sbuf *out;
    const struct tpl *t;
    const struct tpl *body; /* NULL: none */
    const void *body_view;
    const char *scopes[TPL_SCOPES_MAX]; /* bytes of the structs */
};

static const char *escaped(char c)
{
    switch (c) {
    case '&': return "&amp;";
    case '<': return "&lt;";
    case '>': return "&gt;";
    case '"': return "&#34;";
    case '\'': return "&#39;";
    default: return NULL;
    }
}

void tpl_escape(struct sbuf *out, const char *text)
{
    while (*text) {
        const size_t plain = strcspn(text, "&<>\"'");
        sbuf_add(out, text, plain);
        text += plain;
        if (*text) {
            sbuf_text(out, escaped(*text));
            text++;
        }
    }
}

enum { FIELD_TEXT_MAX = 48 };

/* The field as text; numbers are written to `room`. */
static const char *field_text(char room[FIELD_TEXT_MAX], enum tpl_kind kind, const char *at)
{
    const char *text = NULL;
    struct rupiah amount;
    struct qty quantity;
    struct url url;
    int64_t wide = 0;
    int32_t narrow = 0;

    switch (kind) {
    case TPL_TEXT: memcpy(&text, at, sizeof(text)); break;
    case TPL_URL:
        memcpy(&url, at, sizeof(url));
        text = url.local;
        break;
    case TPL_INT64:
        memcpy(&wide, at, sizeof(wide));
        snprintf(room, FIELD_TEXT_MAX, "%lld", (long long)wide);
        text = room;
        break;
    case TPL_INT32:
        memcpy(&narrow, at, sizeof(narrow));
        snprintf(room, FIELD_TEXT_MAX, "%d", narrow);
        text = room;
        break;
    case TPL_RUPIAH:
        memcpy(&amount, at, sizeof(amount));
        money_short(room, amount);
        text = room;
        break;
    case TPL_QTY:
        memcpy(&quantity, at, sizeof(quantity));
        qty_text(room, quantity);
        text = room;
        break;
    case TPL_FLAG:
    case TPL_ITEMS:
    case TPL_NEST: break; /* refused by the compiler */
    }
    assert(text || kind == TPL_TEXT || kind == TPL_URL);
    return text ? text : "";
}

static bool is_set(enum tpl_kind kind, const char *at)
{
    char room[FIELD_TEXT_MAX];
    struct tpl_list list;
    bool flag = false;

    if (kind == TPL_FLAG) {
        memcpy(&flag, at, sizeof(flag));
        return flag;
    }
    if (kind == TPL_ITEMS) {
        memcpy(&list, at, sizeof(list));
        return list.count > 0;
    }
    return *field_text(room, kind, at) != '\0';
}

static void render_range(struct render *r, size_t from, size_t to);

static void render_list(struct render *r, size_t at)
{
    const struct tpl_op *op = &r->t->ops[at];
    struct tpl_list list;

    memcpy(&list, r->scopes[op->scope] + op->at, sizeof(list));
    assert(list.count == 0 || list.item_size == 0 || list.item_size == op->n);
    for (size_t i = 0; i < list.count; i++) {
        r->scopes[op->inner] = (const char *)list.items + i * op->n;
        render_range(r, at + 1, op->jump - 1);
    }
}

static void render_body(struct render *r)
{
    if (r->body) {
        tpl_render(r->out, r->body, r->body_view);
    }
}

/* Does one op; where to go on. */
static size_t render_op(struct render *r, size_t at)
{
    const struct tpl_op *op = &r->t->ops[at];
    const char *field = r->scopes[op->scope];
    char room[FIELD_TEXT_MAX];

    switch (op->code) {
    case CODE_LITERAL: sbuf_add(r->out, r->t->literals.bytes + op->at, op->n); break;
    case CODE_HTML: tpl_escape(r->out, field_text(room, op->kind, field + op->at)); break;
    case CODE_PERCENT: url_percent(r->out, field_text(room, op->kind, field + op->at)); break;
    case CODE_IF: return is_set(op->kind, field + op->at) ? at + 1 : op->jump;
    case CODE_UNLESS: return is_set(op->kind, field + op->at) ? op->jump : at + 1;
    case CODE_LIST: render_list(r, at); return op->jump;
    case CODE_BODY: render_body(r); break;
    case CODE_NEXT: break;
    }
    return at + 1;
}

static void render_range(struct render *r, size_t from, size_t to)
{
    while (from < to) {
        from = render_op(r, from);
    }
}

void tpl_render(struct sbuf *out, const struct tpl *t, const void *view)
{
    struct render r = {.out = out, .t = t, .scopes = {view}};

    render_range(&r, 0, t->count);
}

void tpl_render_framed(struct sbuf *out, const struct tpl *frame, const void *frame_view,
                       const struct tpl *body, const void *body_view)
{
    struct render r = {
        .out = out, .t = frame, .body = body, .body_view = body_view, .scopes = {frame_view}};

    render_range(&r, 0, frame->count);
}
