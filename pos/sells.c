/* What sells, gathered slice by slice. */
#include "pos/sells.h"

#include <assert.h>

#include "inventory/base/arena.h"
#include "inventory/base/calendar.h"
#include "inventory/stock.h"
#include "inventory/store/store.h"
#include "sql_names.h"

enum {
    SALES_A_SLICE = 1000,
    LOTS_A_SLICE = 3000,
    GROUPS_MAX = 30000,
    SLOTS = 65536, /* of the table of groups; a power of two above GROUPS_MAX */
    SPANS_FIRST = 1024,
    BYTES_MAX = 64 * 1024 * 1024,
    SLACK_MS = 2 * 24 * 3600 * 1000, /* between a business day and the moment of its sale */
};

/* So much of a group was on the shelf for so many days. */
struct span {
    uint32_t group;
    int32_t days;
    int64_t milli;
};
struct spans {
    struct span *items;
    size_t count, room;
};

enum stage { STAGE_LOTS, STAGE_LEFT, STAGE_SALES, STAGE_DONE };

struct sells {
    struct sells_ask ask;
    enum stage stage;
    struct arena *arena;
    struct sells_row *rows;
    size_t count;
    uint32_t *slots; /* index + 1 into rows */
    struct spans sold, left;
    uint8_t after[3][ID_BYTES];
    uint8_t act[ID_BYTES]; /* of the line read last */
    int64_t line;
};

struct sells *sells_new(struct sells_ask ask)
{
    struct sells *w = mem_get(sizeof *w);

    w->ask = ask;
    w->arena = arena_new(BYTES_MAX);
    w->ask.workshop = arena_text(w->arena, ask.workshop);
    w->rows = mem_get((GROUPS_MAX + 1) * sizeof *w->rows);
    w->slots = mem_get(SLOTS * sizeof *w->slots);
    return w;
}

void sells_free(struct sells *w)
{
    if (w) {
        arena_free(w->arena);
        free(w->rows);
        free(w->slots);
        free(w->sold.items);
        free(w->left.items);
        free(w);
    }
}

/* ---- groups ---- */

static uint32_t hash_of(const char *text)
{
    uint32_t hash = UINT32_C(2166136261);

    for (; *text; text++) {
        hash = (hash ^ (uint8_t)*text) * UINT32_C(16777619);
    }
    return hash;
}

/* What is beyond GROUPS_MAX counts in the last one. */
static uint32_t group_of(struct sells *w, const char *key, const char *name)
{
    uint32_t at = hash_of(key) & (SLOTS - 1);

    for (; w->slots[at]; at = (at + 1) & (SLOTS - 1)) {
        if (strcmp(w->rows[w->slots[at] - 1].key, key) == 0) {
            return w->slots[at] - 1;
        }
    }
    if (w->count == GROUPS_MAX) {
        return GROUPS_MAX - 1;
    }
    w->rows[w->count] =
        (struct sells_row){.key = arena_text(w->arena, key), .name = arena_text(w->arena, name)};
    w->slots[at] = (uint32_t)++w->count;
    return (uint32_t)w->count - 1;
}

static uint32_t group_of_row(struct sells *w, struct stmt *st, struct day day)
{
    const char *column = "workshop";
    char month[16];

    switch (w->ask.by) {
    case SELLS_WORKSHOP: break;
    case SELLS_MOTIF: column = "motif"; break;
    case SELLS_FAMILY: column = "family"; break;
    case SELLS_PRODUCT: {
        const char *sku = arena_text(w->arena, col_text(st, "sku"));
        return group_of(w, sku, col_text(st, "name"));
    }
    case SELLS_MONTH: {
        const struct civil c = day_civil(day);
        (void)snprintf(month, sizeof month, "%04d-%02d", (int)c.year, (int)c.month);
        return group_of(w, month, month);
    }
    }
    const char *text = arena_text(w->arena, col_text(st, column));
    return group_of(w, text, text);
}

static bool wanted(const struct sells *w, struct stmt *st)
{
    return !*w->ask.workshop || strcmp(col_text(st, "workshop"), w->ask.workshop) == 0;
}

static bool inside(const struct sells *w, struct day d)
{
    return d.since_1970 >= w->ask.from.since_1970 && d.since_1970 <= w->ask.to.since_1970;
}

static void span_add(struct spans *s, struct span span)
{
    if (s->count == s->room) {
        s->room = s->room ? s->room * 2 : SPANS_FIRST;
        s->items = mem_grow(s->items, s->room * sizeof *s->items);
    }
    s->items[s->count++] = span;
}

/* ---- slices ---- */

static enum err lots_slice(struct sells *w, struct ctx *cx)
{
    struct stmt *st = db_stmt(cx->db, SQL_SELLS_LOTS);
    int64_t rows = 0;
    enum err e;

    bind_text(st, ":site", cx->site->code);
    bind_blob(st, ":after", w->after[0], ID_BYTES);
    bind_int(st, ":most", LOTS_A_SLICE);
    while (stmt_row(st, &e)) {
        const struct day made = col_day(st, "made_day");

        rows++;
        col_id(st, "id", w->after[0]);
        if (inside(w, made) && wanted(w, st) && strcmp(col_text(st, "tracking"), "material") != 0) {
            w->rows[group_of_row(w, st, made)].made.milli += col_int(st, "qty_milli");
        }
    }
    if (!e && rows < LOTS_A_SLICE) {
        memset(w->after, 0, sizeof w->after);
        w->stage = w->ask.by == SELLS_MONTH ? STAGE_SALES : STAGE_LEFT;
    }
    return e;
}

static bool of_our_own(const char *kind)
{
    static const char *const kinds[] = {"store", "showroom", "transit", "partner", "exhibition"};

    for (size_t i = 0; i < LENGTH(kinds); i++) {
        if (strcmp(kinds[i], kind) == 0) {
            return true;
        }
    }
    return false;
}

static enum err left_slice(struct sells *w, struct ctx *cx)
{
    struct stmt *st = db_stmt(cx->db, SQL_SELLS_LEFT);
    int64_t rows = 0;
    enum err e;

    bind_text(st, ":site", cx->site->code);
    bind_blob(st, ":after_place", w->after[0], ID_BYTES);
    bind_blob(st, ":after_product", w->after[1], ID_BYTES);
    bind_blob(st, ":after_lot", w->after[2], ID_BYTES);
    bind_int(st, ":most", LOTS_A_SLICE);
    while (stmt_row(st, &e)) {
        rows++;
        col_id(st, "place_id", w->after[0]);
        col_id(st, "product_id", w->after[1]);
        col_id(st, "lot_id", w->after[2]);
        if (of_our_own(col_text(st, "kind")) && wanted(w, st) &&
            strcmp(col_text(st, "tracking"), "material") != 0) {
            const uint32_t group = group_of_row(w, st, w->ask.today);
            const int64_t milli = col_int(st, "qty_milli");
            w->rows[group].left.milli += milli;
            span_add(&w->left,
                     (struct span){
                         group, w->ask.today.since_1970 - (int32_t)col_int(st, "made_day"), milli});
        }
    }
    if (!e && rows < LOTS_A_SLICE) {
        memset(w->after, 0, sizeof w->after);
        w->stage = STAGE_SALES;
    }
    return e;
}

/* Acts are in the order of their time: the first that can be of the period. */
static void begin_of_sales(struct sells *w, const struct site *site)
{
    const int64_t ms = day_begins(w->ask.from, site->zone).ms - SLACK_MS;

    for (int i = 0; ms > 0 && i < 6; i++) {
        w->after[0][i] = (uint8_t)(ms >> (40 - 8 * i));
    }
}

static void sale_row(struct sells *w, struct stmt *st)
{
    const struct day day = col_day(st, "business_day");
    const struct day made = col_day(st, "made_day");
    const int64_t line = col_int(st, "line"), moved = col_int(st, "moved_milli");
    uint8_t act[ID_BYTES];
    uint32_t group;

    col_id(st, "act_id", act);
    /* A line that took from several lots comes with each of them. */
    const bool again = line == w->line && memcmp(act, w->act, ID_BYTES) == 0;
    w->line = line;
    memcpy(w->act, act, ID_BYTES);
    if (!inside(w, day) || !wanted(w, st)) {
        return;
    }
    group = group_of_row(w, st, day);
    if (!again) {
        w->rows[group].proceeds.rp += col_int(st, "total_rp");
    }
    w->rows[group].sold.milli += moved > 0 ? moved : again ? 0 : col_int(st, "qty_milli");
    if (moved > 0) {
        w->rows[group].taken.milli += moved;
        span_add(&w->sold, (struct span){group, day.since_1970 - made.since_1970, moved});
    }
}

static enum err sales_slice(struct sells *w, struct ctx *cx)
{
    static const uint8_t none[ID_BYTES];
    struct stmt *st = db_stmt(cx->db, SQL_SELLS_SALES);
    int64_t sales = 0;
    bool beyond = false;
    enum err e;

    if (memcmp(w->after[0], none, ID_BYTES) == 0) {
        begin_of_sales(w, cx->site);
    }
    bind_text(st, ":site", cx->site->code);
    bind_blob(st, ":after", w->after[0], ID_BYTES);
    bind_int(st, ":most", SALES_A_SLICE);
    while (stmt_row(st, &e)) {
        uint8_t act[ID_BYTES];

        col_id(st, "act_id", act);
        sales += memcmp(act, w->after[0], ID_BYTES) != 0;
        memcpy(w->after[0], act, ID_BYTES);
        beyond = col_int(st, "business_day") > w->ask.to.since_1970 + 1;
        sale_row(w, st);
    }
    if (!e && (sales < SALES_A_SLICE || beyond)) {
        w->stage = STAGE_DONE;
    }
    return e;
}

enum err sells_slice(bool *done, struct sells *w, struct ctx *cx)
{
    enum err e = OK;

    switch (w->stage) {
    case STAGE_LOTS: e = lots_slice(w, cx); break;
    case STAGE_LEFT: e = left_slice(w, cx); break;
    case STAGE_SALES: e = sales_slice(w, cx); break;
    case STAGE_DONE: break;
    }
    *done = w->stage == STAGE_DONE;
    return e;
}

/* ---- the end ---- */

static int by_days(const void *a, const void *b)
{
    const struct span *x = a, *y = b;

    return x->days != y->days ? (x->days > y->days) - (x->days < y->days)
                              : (x->group > y->group) - (x->group < y->group);
}

static int by_group(const void *a, const void *b)
{
    const struct span *x = a, *y = b;

    return x->group != y->group ? (x->group > y->group) - (x->group < y->group) : by_days(a, b);
}

struct middle {
    int32_t median, mean;
};

/* Of spans in the order of their days; the lower one of two middles. */
static struct middle middle_of(const struct span *s, size_t n)
{
    int64_t all = 0, sum = 0, passed = 0;
    struct middle out = {-1, -1};

    for (size_t i = 0; i < n; i++) {
        all += s[i].milli;
        sum += s[i].milli / 10 * s[i].days;
    }
    for (size_t i = 0; i < n && out.median < 0; i++) {
        passed += s[i].milli;
        if (passed * 2 >= all) {
            out.median = s[i].days < 0 ? 0 : s[i].days;
        }
    }
    if (all >= 10) {
        out.mean = (int32_t)((sum + all / 20) / (all / 10));
    }
    return out;
}

static void middles(struct sells *w, struct spans *spans, bool sold)
{
    if (spans->count) {
        qsort(spans->items, spans->count, sizeof *spans->items, by_group);
    }
    for (size_t i = 0, next; i < spans->count; i = next) {
        struct sells_row *row = &w->rows[spans->items[i].group];
        for (next = i; next < spans->count && spans->items[next].group == spans->items[i].group;) {
            next++;
        }
        const struct middle m = middle_of(spans->items + i, next - i);
        if (sold) {
            row->days_median = m.median;
            row->days_mean = m.mean;
        } else {
            row->age_median = m.median;
        }
    }
}

static struct middle middle_of_all(struct spans *spans)
{
    if (spans->count) {
        qsort(spans->items, spans->count, sizeof *spans->items, by_days);
    }
    return middle_of(spans->items, spans->count);
}

static int32_t share_of(const struct sells *w, const struct sells_row *r)
{
    const int64_t all = r->taken.milli + r->left.milli;

    return w->ask.by == SELLS_MONTH || all <= 0 ? -1 : (int32_t)(r->taken.milli * 10000 / all);
}

static int by_proceeds(const void *a, const void *b)
{
    const struct sells_row *x = a, *y = b;

    return x->proceeds.rp != y->proceeds.rp
               ? (x->proceeds.rp < y->proceeds.rp) - (x->proceeds.rp > y->proceeds.rp)
               : strcmp(x->key, y->key);
}

static int by_key(const void *a, const void *b)
{
    const struct sells_row *x = a, *y = b;

    return strcmp(x->key, y->key);
}

void sells_rows(const struct sells_row **rows, size_t *count, struct sells_row *total,
                struct sells *w)
{
    assert(w->stage == STAGE_DONE);
    *total = (struct sells_row){.key = "", .name = ""};
    for (size_t i = 0; i < w->count; i++) {
        struct sells_row *r = &w->rows[i];
        r->days_median = r->days_mean = r->age_median = -1;
        r->share_tt = share_of(w, r);
        total->made.milli += r->made.milli;
        total->sold.milli += r->sold.milli;
        total->taken.milli += r->taken.milli;
        total->left.milli += r->left.milli;
        total->proceeds.rp += r->proceeds.rp;
    }
    middles(w, &w->sold, true);
    middles(w, &w->left, false);
    const struct middle sold = middle_of_all(&w->sold), left = middle_of_all(&w->left);
    total->days_median = sold.median;
    total->days_mean = sold.mean;
    total->age_median = left.median;
    total->share_tt = share_of(w, total);
    if (w->count) {
        qsort(w->rows, w->count, sizeof *w->rows, w->ask.by == SELLS_MONTH ? by_key : by_proceeds);
    }
    *rows = w->rows;
    *count = w->count;
}
