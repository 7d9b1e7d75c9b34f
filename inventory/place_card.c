/* The card of a place: what stands there, what it cost, what came and went. */
#include "inventory/place_card.h"

#include "inventory/base/arena.h"
#include "inventory/base/id.h"
#include "inventory/fact.h"
#include "inventory/stock_take_parts.h"
#include "sql_names.h"

enum err place_card_sum(struct place_sum *out, struct ctx *cx, struct place_id place)
{
    struct stmt *st = db_stmt(cx->db, SQL_PLACE_CARD_SUM);
    enum err e;

    bind_text(st, ":site", cx->site->code);
    bind_id(st, ":place", place.bytes);
    if ((e = stmt_one(st))) {
        return e;
    }
    *out = (struct place_sum){.cost = col_rupiah(st, "cost_rp"),
                              .unknown = col_int(st, "unknown"),
                              .products = col_int(st, "products")};
    stmt_done(st);
    return OK;
}

enum err place_card_goods(struct place_goods **out, size_t *count, struct ctx *cx,
                          struct place_id place, const char *after_sku, size_t limit)
{
    struct stmt *st = db_stmt(cx->db, SQL_PLACE_CARD_GOODS);
    struct place_goods *list = ARENA_ARRAY(cx->arena, struct place_goods, limit + 1);
    enum err e = OK;

    *out = list;
    *count = 0;
    bind_text(st, ":site", cx->site->code);
    bind_id(st, ":place", place.bytes);
    bind_text(st, ":after_sku", after_sku);
    bind_int(st, ":most", (int64_t)limit);
    while (*count < limit && stmt_row(st, &e)) {
        list[(*count)++] = (struct place_goods){
            .sku = arena_text(cx->arena, col_text(st, "sku")),
            .name = arena_text(cx->arena, col_text(st, "name")),
            .unit = arena_text(cx->arena, col_text(st, "unit")),
            .qty = col_qty(st, "qty_milli"),
            .cost = col_rupiah(st, "cost_rp"),
            .unknown = col_int(st, "unknown"),
        };
    }
    stmt_done(st);
    return e;
}

enum err place_card_moves(struct place_move **out, size_t *count, struct ctx *cx,
                          struct place_id place)
{
    struct stmt *st = db_stmt(cx->db, SQL_PLACE_CARD_MOVES);
    struct place_move *list = ARENA_ARRAY(cx->arena, struct place_move, PLACE_MOVES_SHOWN);
    enum err e = OK;

    *out = list;
    *count = 0;
    bind_text(st, ":site", cx->site->code);
    bind_id(st, ":place", place.bytes);
    bind_int(st, ":newest", PLACE_MOVES_READ);
    bind_int(st, ":most", PLACE_MOVES_SHOWN);
    while (*count < PLACE_MOVES_SHOWN && stmt_row(st, &e)) {
        struct place_move *m = &list[(*count)++];
        struct place_id to;

        *m = (struct place_move){.reason = arena_text(cx->arena, col_text(st, "reason")),
                                 .actor = arena_text(cx->arena, col_text(st, "actor")),
                                 .at = col_instant(st, "at_ms")};
        taken_read(&m->item, cx, st);
        col_id(st, "to_id", to.bytes);
        m->in = place_id_equal(to, place);
        m->other = arena_text(cx->arena, col_text(st, m->in ? "from_name" : "to_name"));
    }
    stmt_done(st);
    return e;
}
