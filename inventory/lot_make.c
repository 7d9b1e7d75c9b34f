/* A new lot with its pieces and moves. */
#include "inventory/lot_make.h"

#include "inventory/base/arena.h"
#include "inventory/base/id.h"
#include "inventory/fact.h"

struct making {
    struct received *out;
    struct lot_row *lot;
    const struct lot_way *way;
    int32_t move_line;
};

static enum err move_in(struct making *m, struct ctx *cx, struct unit_id unit, struct qty qty)
{
    return fact_put(cx, &stock_move_table,
                    &(struct stock_move_row){
                        .line = ++m->move_line,
                        .lot = m->lot->id,
                        .unit = unit,
                        .from = m->way->from,
                        .to = m->way->to,
                        .qty = qty,
                        .reason = m->way->reason,
                    });
}

static enum err put_pieces(struct making *m, const struct unit_id **units, struct ctx *cx)
{
    const size_t n = (size_t)(m->lot->qty.milli / 1000);
    struct label_code *codes = ARENA_ARRAY(cx->arena, struct label_code, n);
    struct unit_id *ids = ARENA_ARRAY(cx->arena, struct unit_id, n);

    for (size_t i = 0; i < n; i++) {
        struct unit_row row = {.lot = m->lot->id, .no = (int32_t)i + 1, .code = codes[i].text};
        enum err e;

        row.id = ids[i] = unit_id_new(act_at(cx));
        if ((e = label_code_take(&codes[i], cx)) || (e = fact_put(cx, &unit_table, &row)) ||
            (e = move_in(m, cx, row.id, QTY_WHOLE(1)))) {
            return e;
        }
    }
    m->out->codes = codes;
    m->out->piece_count = n;
    if (units) {
        *units = ids;
    }
    return OK;
}

enum err lot_make(struct received *out, const struct unit_id **units, struct ctx *cx,
                  struct lot_row *lot, const struct lot_way *way)
{
    struct making m = {.out = out, .lot = lot, .way = way};
    enum err e = label_code_take(&out->lot_code, cx);

    if (e) {
        return e;
    }
    lot->id = out->lot = lot_id_new(act_at(cx));
    lot->code = out->lot_code.text;
    if ((e = fact_put(cx, &lot_table, lot))) {
        return e;
    }
    return way->pieces ? put_pieces(&m, units, cx)
                       : move_in(&m, cx, (struct unit_id){{0}}, lot->qty);
}
