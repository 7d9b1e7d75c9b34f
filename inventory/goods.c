/* Products: what they are now, searched and listed. */
#include "inventory/goods.h"

#include "inventory/base/arena.h"
#include "inventory/base/id.h"
#include "inventory/base/utf8.h"
#include "inventory/fact.h"
#include "sql_names.h"

enum { SEARCH_TEXT_MAX = 120, SEARCH_WORDS = 3, PATTERN_MAX = 2 * SEARCH_TEXT_MAX + 3 };

static const char *const tracking_names[] = {
    [TRACK_PIECE] = "piece",
    [TRACK_LOT] = "lot",
    [TRACK_SERVICE] = "service",
    [TRACK_MATERIAL] = "material",
};

const char *tracking_name(enum tracking t)
{
    return tracking_names[t];
}

bool tracking_from_name(enum tracking *out, const char *name)
{
    for (size_t i = 0; i < LENGTH(tracking_names); i++) {
        if (strcmp(tracking_names[i], name) == 0) {
            *out = (enum tracking)i;
            return true;
        }
    }
    return false;
}

static struct instant moment(const struct ctx *cx)
{
    return cx->act ? act_at(cx) : clock_now(cx->clock);
}

static const char *text(struct ctx *cx, struct stmt *st, const char *name)
{
    return arena_text(cx->arena, col_text(st, name));
}

static void product_fill(struct product *out, struct ctx *cx, struct stmt *st)
{
    *out = (struct product){
        .sku = text(cx, st, "sku"),
        .name = text(cx, st, "name"),
        .family = text(cx, st, "family"),
        .family_name = text(cx, st, "family_name"),
        .workshop_name = text(cx, st, "workshop_name"),
        .unit = text(cx, st, "unit"),
        .revenue_account = text(cx, st, "revenue_account"),
        .shelf_life_days = (int32_t)col_int(st, "shelf_life_days"),
        .motif = text(cx, st, "motif"),
        .technique = text(cx, st, "technique"),
        .active = col_bool(st, "active"),
        .rev = (int32_t)col_int(st, "rev"),
        .priced = !col_null(st, "price_id"),
        .price = col_rupiah(st, "price_rp"),
        .cost_known = col_bool(st, "cost_known"),
        .cost = col_rupiah(st, "cost_rp"),
        .on_hand = col_qty(st, "on_hand_milli"),
    };
    col_id(st, "product_id", out->id.bytes);
    col_id(st, "workshop_id", out->workshop.bytes);
    col_id(st, "price_id", out->price_id.bytes);
    /* The schema allows no other word. */
    if (!tracking_from_name(&out->tracking, col_text(st, "tracking"))) {
        out->tracking = TRACK_LOT;
    }
}

/* By id, or by SKU when the id is nil. */
static struct stmt *product_ask(struct ctx *cx, struct product_id id, const char *sku)
{
    struct stmt *st = db_stmt(cx->db, SQL_PRODUCT_GET);

    bind_instant(st, ":at_ms", moment(cx));
    bind_text(st, ":site", cx->site->code);
    bind_id(st, ":id", id.bytes);
    bind_text(st, ":sku", sku);
    return st;
}

static enum err product_get(struct product *out, struct ctx *cx, struct product_id id,
                            const char *sku)
{
    struct stmt *st = product_ask(cx, id, sku);
    enum err e;

    if (!(e = stmt_one(st))) {
        product_fill(out, cx, st);
        stmt_done(st);
    }
    return e;
}

enum err product_by_id(struct product *out, struct ctx *cx, struct product_id id)
{
    return product_get(out, cx, id, NULL);
}

/* SKUs are kept in upper case. */
static const char *upper(struct ctx *cx, const char *typed)
{
    char *copy = arena_text(cx->arena, typed);

    for (char *c = copy; *c; c++) {
        *c = (char)(*c >= 'a' && *c <= 'z' ? *c - 'a' + 'A' : *c);
    }
    return copy;
}

enum err product_by_sku(struct product *out, struct ctx *cx, const char *sku)
{
    return product_get(out, cx, (struct product_id){{0}}, upper(cx, sku));
}

void product_ahead(struct ctx *cx, struct product_id id)
{
    stmt_ahead(product_ask(cx, id, NULL));
}

void product_sku_ahead(struct ctx *cx, const char *sku)
{
    stmt_ahead(product_ask(cx, (struct product_id){{0}}, upper(cx, sku)));
}

/* ---- search ---- */

struct search {
    char typed[SEARCH_TEXT_MAX + 1]; /* small letters, one blank between words */
    char patterns[SEARCH_WORDS][PATTERN_MAX];
    struct product_id found[GOODS_SEARCH_LIMIT + 1];
    size_t count;
};

static void search_clean(struct search *s, const char *typed)
{
    size_t n = 0;

    for (size_t i = 0; typed[i] && n < SEARCH_TEXT_MAX; i++) {
        char c = typed[i];

        if (c == ' ' || c == '\t') {
            if (n > 0 && s->typed[n - 1] != ' ') {
                s->typed[n++] = ' ';
            }
        } else {
            s->typed[n++] = (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
        }
    }
    while (n > 0 && s->typed[n - 1] == ' ') {
        n--;
    }
    s->typed[n] = '\0';
}

static void add_escaped(char pattern[PATTERN_MAX], size_t *n, char c)
{
    if (c == '%' || c == '_' || c == '\\') {
        pattern[(*n)++] = '\\';
    }
    pattern[(*n)++] = c;
}

/* The first words are looked for one by one, what is left over as one. */
static void search_patterns(struct search *s)
{
    const char *c = s->typed;

    for (size_t w = 0; w < SEARCH_WORDS; w++) {
        size_t n = 0;

        s->patterns[w][n++] = '%';
        for (; *c && (*c != ' ' || w == SEARCH_WORDS - 1); c++) {
            add_escaped(s->patterns[w], &n, *c);
        }
        c += *c == ' ';
        if (n > 1) {
            s->patterns[w][n++] = '%';
        }
        s->patterns[w][n] = '\0';
    }
}

static bool search_has(const struct search *s, struct product_id id)
{
    for (size_t i = 0; i < s->count; i++) {
        if (product_id_equal(s->found[i], id)) {
            return true;
        }
    }
    return false;
}

static enum err search_collect(struct search *s, struct ctx *cx, struct stmt *st)
{
    struct product_id id;
    enum err e;

    bind_text(st, ":site", cx->site->code);
    bind_int(st, ":most", (int64_t)LENGTH(s->found));
    while (stmt_row(st, &e)) {
        col_id(st, "product_id", id.bytes);
        if (s->count < LENGTH(s->found) && !search_has(s, id)) {
            s->found[s->count++] = id;
        }
    }
    return e;
}

static enum err search_prefix(struct search *s, struct ctx *cx)
{
    struct stmt *st = db_stmt(cx->db, SQL_PRODUCT_SEARCH_PREFIX);

    bind_text(st, ":from_key", s->typed);
    /* Followed by the last code point there is: above every text that begins so. */
    bind_text(st, ":to_key", arena_format(cx->arena, "%s\xF4\x8F\xBF\xBF", s->typed));
    return search_collect(s, cx, st);
}

static enum err search_words(struct search *s, struct ctx *cx)
{
    struct stmt *st = db_stmt(cx->db, SQL_PRODUCT_SEARCH_WORDS);

    bind_text(st, ":word_1", s->patterns[0]);
    bind_text(st, ":word_2", s->patterns[1]);
    bind_text(st, ":word_3", s->patterns[2]);
    return search_collect(s, cx, st);
}

enum err product_search(struct product_list *out, struct ctx *cx, const char *typed)
{
    struct search *s = ARENA_NEW(cx->arena, struct search);
    enum err e;

    *out =
        (struct product_list){.items = ARENA_ARRAY(cx->arena, struct product, GOODS_SEARCH_LIMIT)};
    search_clean(s, typed);
    if (!s->typed[0] || !utf8_valid(s->typed, strlen(s->typed))) {
        return OK;
    }
    search_patterns(s);
    if ((e = search_prefix(s, cx)) || (e = search_words(s, cx))) {
        return e;
    }
    out->more = s->count > GOODS_SEARCH_LIMIT;
    for (; out->count < s->count && out->count < GOODS_SEARCH_LIMIT; out->count++) {
        if ((e = product_by_id(&out->items[out->count], cx, s->found[out->count]))) {
            return e;
        }
    }
    return OK;
}

/* ---- lists ---- */

/* NOLINTNEXTLINE(bugprone-easily-swappable-parameters): where to go on, and which family */
enum err product_page(struct product_list *out, struct ctx *cx, const char *after_sku,
                      const char *family, size_t limit)
{
    struct stmt *st = db_stmt(cx->db, SQL_PRODUCT_PAGE);
    enum err e;

    *out = (struct product_list){.items = ARENA_ARRAY(cx->arena, struct product, limit + 1)};
    bind_text(st, ":site", cx->site->code);
    bind_text(st, ":after_sku", after_sku ? after_sku : "");
    bind_text(st, ":family", family ? family : "");
    bind_instant(st, ":at_ms", moment(cx));
    bind_int(st, ":most", (int64_t)limit + 1);
    while (stmt_row(st, &e)) {
        if (out->count == limit) {
            out->more = true;
            stmt_done(st);
            return OK;
        }
        product_fill(&out->items[out->count++], cx, st);
    }
    return e;
}

enum { FAMILIES_MAX = 200 };

enum err family_all(struct family_list *out, struct ctx *cx)
{
    struct stmt *st = db_stmt(cx->db, SQL_FAMILY_ALL);
    enum err e;

    *out = (struct family_list){.items = ARENA_ARRAY(cx->arena, struct family, FAMILIES_MAX)};
    bind_text(st, ":site", cx->site->code);
    while (stmt_row(st, &e)) {
        if (out->count == FAMILIES_MAX) {
            stmt_done(st);
            return OK;
        }
        out->items[out->count++] =
            (struct family){.code = text(cx, st, "code"), .name = text(cx, st, "name")};
    }
    return e;
}

enum err price_in_force(struct price *out, struct ctx *cx, struct product_id product,
                        struct variant_id variant, struct instant at)
{
    struct stmt *st = db_stmt(cx->db, SQL_PRICE_IN_FORCE);
    enum err e;

    bind_text(st, ":site", cx->site->code);
    bind_id(st, ":product", product.bytes);
    bind_id(st, ":variant", variant.bytes);
    bind_instant(st, ":at_ms", at);
    if ((e = stmt_one(st))) {
        return e;
    }
    *out = (struct price){
        .price = col_rupiah(st, "price_rp"),
        .cost_known = col_bool(st, "cost_known"),
        .cost = col_rupiah(st, "cost_rp"),
    };
    col_id(st, "id", out->id.bytes);
    stmt_done(st);
    return OK;
}
