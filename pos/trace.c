/* Where a thing has been and what speaks of it. */
#include "pos/trace.h"

#include <ctype.h>

#include "inventory/base/arena.h"
#include "inventory/base/id.h"
#include "inventory/journal.h"
#include "inventory/store/store.h"
#include "sql_names.h"

static void bind_of(struct stmt *st, const struct ctx *cx, struct trace_of of)
{
    static const struct unit_id none;

    bind_text(st, ":site", cx->site->code);
    bind_id(st, ":lot", of.lot.bytes);
    bind_id(st, ":unit", of.unit.bytes);
    bind_bool(st, ":whole", memcmp(of.unit.bytes, none.bytes, ID_BYTES) == 0);
}

static const char *kept(struct ctx *cx, struct stmt *st, const char *name)
{
    return arena_text(cx->arena, col_text(st, name));
}

static struct label_code code_of(struct stmt *st, const char *name)
{
    struct label_code code = {{0}};

    (void)snprintf(code.text, sizeof code.text, "%s", col_text(st, name));
    return code;
}

static struct trace_place place_of(struct ctx *cx, struct stmt *st, bool from)
{
    struct trace_place p = {.code = kept(cx, st, from ? "from_code" : "to_code"),
                            .name = kept(cx, st, from ? "from_name" : "to_name")};

    if (!place_kind_from_name(&p.kind, col_text(st, from ? "from_kind" : "to_kind"))) {
        p.kind = PLACE_LOST;
    }
    return p;
}

/* ---- moves ---- */

struct gathering {
    struct trace_event *events;
    size_t count;
    struct label_code *codes;
    size_t code_count;
};

static bool goes_on(const struct trace_event *last, struct stmt *st)
{
    struct act_id act;

    col_id(st, "act_id", act.bytes);
    return memcmp(act.bytes, last->act.bytes, ID_BYTES) == 0 &&
           strcmp(col_text(st, "from_code"), last->from.code) == 0 &&
           strcmp(col_text(st, "from_kind"), place_kind_name(last->from.kind)) == 0 &&
           strcmp(col_text(st, "to_code"), last->to.code) == 0 &&
           strcmp(col_text(st, "to_kind"), place_kind_name(last->to.kind)) == 0;
}

static void gather(struct gathering *g, struct ctx *cx, struct stmt *st)
{
    struct trace_event *e = g->count ? &g->events[g->count - 1] : NULL;

    if (!e || !goes_on(e, st)) {
        e = &g->events[g->count++];
        *e = (struct trace_event){.seq = col_int(st, "seq"),
                                  .line = (int32_t)col_int(st, "line"),
                                  .at = col_instant(st, "at_ms"),
                                  .actor = kept(cx, st, "actor"),
                                  .till = kept(cx, st, "till"),
                                  .from = place_of(cx, st, true),
                                  .to = place_of(cx, st, false),
                                  .sale = !col_null(st, "sale"),
                                  .codes = g->codes + g->code_count};
        e->paper = kept(cx, st, e->sale ? "sale" : "paper");
        col_id(st, "act_id", e->act.bytes);
    }
    e->qty.milli += col_int(st, "qty_milli");
    if (!col_null(st, "unit_code")) {
        g->codes[g->code_count++] = code_of(st, "unit_code");
        e->code_count++;
    }
}

enum err trace_events(struct trace_events *out, struct ctx *cx, struct trace_of of)
{
    struct gathering g = {
        .events = mem_get((TRACE_MOVES_MAX + 1) * sizeof *g.events),
        .codes = ARENA_ARRAY(cx->arena, struct label_code, TRACE_MOVES_MAX + 1),
    };
    struct stmt *st = db_stmt(cx->db, SQL_TRACE_MOVES);
    size_t rows = 0;
    enum err e;

    bind_of(st, cx, of);
    bind_int(st, ":most", TRACE_MOVES_MAX + 1);
    while (stmt_row(st, &e)) {
        if (rows++ < TRACE_MOVES_MAX) {
            gather(&g, cx, st);
        }
    }
    *out = (struct trace_events){.items = ARENA_ARRAY(cx->arena, struct trace_event, g.count + 1),
                                 .count = g.count,
                                 .more = rows > TRACE_MOVES_MAX};
    memcpy(out->items, g.events, g.count * sizeof *g.events);
    free(g.events);
    return e;
}

/* ---- sales and papers ---- */

enum err trace_sales(struct trace_sale **out, size_t *count, struct ctx *cx, struct trace_of of)
{
    struct stmt *st = db_stmt(cx->db, SQL_TRACE_SALES);
    enum err e;

    *out = ARENA_ARRAY(cx->arena, struct trace_sale, TRACE_ROWS_MAX);
    *count = 0;
    bind_of(st, cx, of);
    bind_int(st, ":most", TRACE_ROWS_MAX);
    while (stmt_row(st, &e)) {
        (*out)[(*count)++] = (struct trace_sale){
            .number = kept(cx, st, "number"),
            .at = col_instant(st, "at_ms"),
            .qty = col_qty(st, "qty_milli"),
            .price = col_rupiah(st, "price_rp"),
            .total = col_rupiah(st, "total_rp"),
            .pnbp = col_rupiah(st, "pnbp_rp"),
            .premi = col_rupiah(st, "premi_rp"),
            .fund = col_rupiah(st, "fund_rp"),
            .cost = col_rupiah(st, "cost_back_rp"),
            .revenue_account = kept(cx, st, "revenue_account"),
            .rule = kept(cx, st, "rule"),
            .proposal = kept(cx, st, "proposal"),
        };
    }
    return e;
}

enum err trace_papers(struct trace_paper **out, size_t *count, struct ctx *cx, struct trace_of of)
{
    struct stmt *st = db_stmt(cx->db, SQL_TRACE_PAPERS);
    enum err e;

    *out = ARENA_ARRAY(cx->arena, struct trace_paper, TRACE_ROWS_MAX);
    *count = 0;
    bind_of(st, cx, of);
    bind_text(st, ":code", of.code.text);
    bind_int(st, ":most", TRACE_ROWS_MAX);
    while (stmt_row(st, &e)) {
        (*out)[(*count)++] = (struct trace_paper){
            .kind = kept(cx, st, "kind"),
            .number = kept(cx, st, "number"),
            .qty = col_qty(st, "qty_milli"),
            .seq = col_int(st, "seq"),
            .at = col_instant(st, "at_ms"),
            .actor = kept(cx, st, "actor"),
        };
    }
    return e;
}

/* "SJ-2026-0001": letters, year, number. */
static bool number_parts(char kind[4], int32_t *year, int32_t *no, const char *number)
{
    const size_t letters = strcspn(number, "-");
    const char *at = number + letters;
    int32_t parts[2] = {0};

    if (letters == 0 || letters > 3) {
        return false;
    }
    for (size_t i = 0; i < letters; i++) {
        kind[i] = (char)toupper((unsigned char)number[i]);
    }
    kind[letters] = '\0';
    for (size_t i = 0; i < 2; i++) {
        const size_t digits = *at == '-' ? strspn(at + 1, "0123456789") : 0;
        if (digits == 0 || digits > 8) {
            return false;
        }
        for (at++; *at >= '0' && *at <= '9'; at++) {
            parts[i] = parts[i] * 10 + (*at - '0');
        }
    }
    *year = parts[0];
    *no = parts[1];
    return *at == '\0';
}

enum err trace_paper(struct trace_paper *out, struct ctx *cx, const char *number)
{
    struct stmt *st = db_stmt(cx->db, SQL_TRACE_PAPER);
    char kind[4];
    int32_t year, no;
    enum err e;

    if (!number_parts(kind, &year, &no, number)) {
        return ERR_NOT_FOUND;
    }
    bind_text(st, ":site", cx->site->code);
    bind_text(st, ":kind", kind);
    bind_int(st, ":year", year);
    bind_int(st, ":no", no);
    if ((e = stmt_one(st))) {
        return e;
    }
    *out = (struct trace_paper){
        .kind = kept(cx, st, "kind"),
        .number = kept(cx, st, "number"),
        .seq = col_int(st, "seq"),
        .at = col_instant(st, "at_ms"),
        .actor = kept(cx, st, "actor"),
    };
    stmt_done(st);
    return OK;
}

enum err trace_items(struct trace_item **out, size_t *count, struct ctx *cx, const char *number,
                     bool sale)
{
    struct stmt *st = db_stmt(cx->db, sale ? SQL_TRACE_SALE_ITEMS : SQL_TRACE_PAPER_ITEMS);
    enum err e;

    *out = ARENA_ARRAY(cx->arena, struct trace_item, TRACE_ROWS_MAX);
    *count = 0;
    bind_text(st, ":site", cx->site->code);
    bind_text(st, ":number", number);
    bind_int(st, ":most", TRACE_ROWS_MAX);
    while (stmt_row(st, &e)) {
        (*out)[(*count)++] = (struct trace_item){
            .lot = kept(cx, st, "lot_code"),
            .piece = kept(cx, st, "unit_code"),
            .sku = kept(cx, st, "sku"),
            .name = kept(cx, st, "name"),
            .unit = kept(cx, st, "unit"),
            .qty = col_qty(st, "qty_milli"),
        };
    }
    return e;
}

/* ---- the chain ---- */

struct link {
    struct digest before;
    int64_t seq;
    bool good;
};

static enum err look(void *arg, const struct journal_line *line)
{
    struct link *k = arg;

    if (line->seq == k->seq) {
        const struct digest hash = journal_hash(line);
        k->good = memcmp(&hash, &line->hash, sizeof hash) == 0 &&
                  memcmp(&line->prev_hash, &k->before, sizeof hash) == 0;
    } else {
        k->before = line->hash;
    }
    return OK;
}

enum err trace_chained(bool *out, struct ctx *cx, int64_t seq)
{
    struct link k = {.seq = seq};
    enum err e = journal_read(cx, seq > 1 ? seq - 2 : 0, seq > 1 ? 2 : 1, look, &k);

    *out = k.good;
    return e;
}
