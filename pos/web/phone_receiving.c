/* What a phone has ticked off of a delivery. */
#include "pos/web/phone_receiving.h"

#include <stdlib.h>
#include <string.h>

#include "inventory/base/arena.h"
#include "inventory/base/sbuf.h"

static bool in_transfer(const struct transfer *t, const struct receiving_scan *s)
{
    for (size_t i = 0; i < t->line_count; i++) {
        if (strcmp(t->lines[i].item.code.text, s->code.text) == 0) {
            return true;
        }
    }
    return false;
}

/* "A7K2M9QXP4" or "A7K2M9QXP4-12000"; what is none of these is passed over. */
static bool token_read(struct receiving_scan *out, const char *text, size_t n)
{
    char token[LABEL_CODE_LEN + 16];
    char *end = NULL;

    if (n < LABEL_CODE_LEN || n >= sizeof token) {
        return false;
    }
    memcpy(token, text, n);
    token[n] = '\0';
    *out = (struct receiving_scan){.qty = QTY_WHOLE(1), .is_lot = n > LABEL_CODE_LEN};
    if (out->is_lot) {
        out->qty.milli = strtoll(token + LABEL_CODE_LEN + 1, &end, 10);
        if (token[LABEL_CODE_LEN] != '-' || *end || out->qty.milli < 0 ||
            out->qty.milli > QTY_MAX_MILLI) {
            return false;
        }
    }
    token[LABEL_CODE_LEN] = '\0';
    memcpy(out->code.text, token, LABEL_CODE_MAX);
    return label_code_valid(out->code.text);
}

/* The names of those that were not sent are looked up; the others stand in the transfer. */
static enum err name_extra(struct receiving_scan *s, struct ctx *cx)
{
    struct label label;
    enum err e = label_find(&label, cx, s->code);

    s->extra = true;
    s->name = !e && label.state != LABEL_UNKNOWN ? label.product.name : "";
    s->unit = s->is_lot && *s->name ? label.product.unit : "";
    return e;
}

static struct receiving_scan *scan_of(struct receiving *r, struct label_code code)
{
    for (size_t i = 0; i < r->count; i++) {
        if (strcmp(r->scans[i].code.text, code.text) == 0) {
            return &r->scans[i];
        }
    }
    return NULL;
}

static enum err read_state(struct receiving *r, struct ctx *cx, const char *state)
{
    enum err e = OK;

    r->count = 0;
    for (const char *at = state; *at && !e && r->count < RECEIVING_SCANS_MAX;) {
        const size_t n = strcspn(at, ".");
        struct receiving_scan s;

        if (token_read(&s, at, n) && !scan_of(r, s.code)) {
            e = in_transfer(&r->t, &s) ? OK : name_extra(&s, cx);
            r->scans[r->count++] = s;
        }
        at += n + (at[n] == '.');
    }
    return e;
}

const char *receiving_state(const struct receiving *r, struct ctx *cx)
{
    struct sbuf b;
    const char *text;

    sbuf_init(&b, RECEIVING_STATE_MAX + LABEL_CODE_LEN + 20);
    for (size_t i = 0; i < r->count; i++) {
        sbuf_format(&b, "%s%s", i ? "." : "", r->scans[i].code.text);
        if (r->scans[i].is_lot) {
            sbuf_format(&b, "-%lld", (long long)r->scans[i].qty.milli);
        }
    }
    text = arena_text(cx->arena, sbuf_str(&b));
    sbuf_done(&b);
    return text;
}

/* A counted lot may stand in several lines: they are filled one after the other.  What is left is
 * more than was sent. */
static int64_t spread(const struct receiving *r, const struct receiving_scan *s, int64_t *arrived)
{
    int64_t left = s->qty.milli;

    for (size_t i = 0; i < r->t.line_count && left > 0; i++) {
        const struct taken *item = &r->t.lines[i].item;
        const int64_t room = item->qty.milli - arrived[i];
        const int64_t part = left < room ? left : room;

        if (strcmp(item->code.text, s->code.text) == 0) {
            arrived[i] += part;
            left -= part;
        }
    }
    return left;
}

static void tick_all(struct receiving *r, struct ctx *cx)
{
    r->arrived = ARENA_ARRAY(cx->arena, int64_t, r->t.line_count + 1);
    memset(r->arrived, 0, (r->t.line_count + 1) * sizeof *r->arrived);
    for (size_t i = 0; i < r->count; i++) {
        if (!r->scans[i].extra) {
            (void)spread(r, &r->scans[i], r->arrived);
        }
    }
}

enum err receiving_load(struct receiving *out, struct ctx *cx, const char *number,
                        const char *state)
{
    enum err e;

    *out = (struct receiving){.count = 0};
    if ((e = transfer_get(&out->t, cx, number)) || (e = read_state(out, cx, state))) {
        return e;
    }
    tick_all(out, cx);
    return OK;
}

struct qty receiving_sent(const struct receiving *r)
{
    struct qty sum = QTY(0);

    for (size_t i = 0; i < r->t.line_count; i++) {
        sum.milli += r->t.lines[i].item.qty.milli;
    }
    return sum;
}

struct qty receiving_arrived(const struct receiving *r)
{
    struct qty sum = QTY(0);

    for (size_t i = 0; i < r->t.line_count; i++) {
        sum.milli += r->arrived[i];
    }
    return sum;
}

/* ---- one more ---- */

static enum receiving_answer add_lot(struct receiving *r, struct ctx *cx,
                                     struct receiving_scan *fresh)
{
    int64_t *none = ARENA_ARRAY(cx->arena, int64_t, r->t.line_count + 1);
    struct receiving_scan *before = scan_of(r, fresh->code);

    memset(none, 0, (r->t.line_count + 1) * sizeof *none);
    if (fresh->qty.milli < 0) {
        return RECEIVING_ASK;
    }
    if (!fresh->extra && spread(r, fresh, none) > 0) {
        return RECEIVING_MORE;
    }
    if (before) {
        *before = *fresh;
    } else if (r->count < RECEIVING_SCANS_MAX) {
        r->scans[r->count++] = *fresh;
    } else {
        return RECEIVING_FULL;
    }
    return fresh->extra ? RECEIVING_EXTRA : RECEIVING_TICKED;
}

static enum receiving_answer add_piece(struct receiving *r, const struct receiving_scan *fresh)
{
    if (scan_of(r, fresh->code)) {
        return RECEIVING_AGAIN;
    }
    if (r->count == RECEIVING_SCANS_MAX) {
        return RECEIVING_FULL;
    }
    r->scans[r->count++] = *fresh;
    return fresh->extra ? RECEIVING_EXTRA : RECEIVING_TICKED;
}

enum err receiving_add(enum receiving_answer *out, struct label *label, struct receiving *r,
                       struct ctx *cx, const char *code, struct qty qty)
{
    struct receiving_scan fresh;
    enum err e = take_label(label, cx, code);

    if (e) {
        return e;
    }
    fresh = (struct receiving_scan){.code = label->code,
                                    .qty = label->is_piece ? QTY_WHOLE(1) : qty,
                                    .is_lot = !label->is_piece,
                                    .name = label->product.name,
                                    .unit = label->is_piece ? "" : label->product.unit};
    fresh.extra = !in_transfer(&r->t, &fresh);
    *out = fresh.is_lot ? add_lot(r, cx, &fresh) : add_piece(r, &fresh);
    tick_all(r, cx);
    return OK;
}
