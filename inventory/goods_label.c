/* What a label code stands for, and in which state the thing is. */
#include "inventory/goods.h"

#include "inventory/fact.h"
#include "inventory/stock.h"
#include "sql_names.h"

static enum label_state state_of_piece(enum place_kind kind)
{
    switch (kind) {
    case PLACE_SHOWROOM: return LABEL_AVAILABLE;
    case PLACE_CUSTOMER: return LABEL_SOLD;
    case PLACE_SCRAP:
    case PLACE_LOST:
    case PLACE_CONSUMED: return LABEL_GONE;
    case PLACE_WORKSHOP:
    case PLACE_STORE:
    case PLACE_TRANSIT:
    case PLACE_PARTNER:
    case PLACE_EXHIBITION:
    case PLACE_SUPPLIER: return LABEL_STORED;
    }
    return LABEL_STORED;
}

/* The first 48 bits of an act's id are its time. */
static struct instant id_time(const uint8_t bytes[ID_BYTES])
{
    int64_t ms = 0;

    for (int i = 0; i < 6; i++) {
        ms = ms << 8 | bytes[i];
    }
    return INSTANT(ms);
}

static void fill_common(struct label *out, struct stmt *st)
{
    col_id(st, "lot_id", out->lot.bytes);
    col_id(st, "product_id", out->product.id.bytes);
    col_id(st, "variant_id", out->variant.bytes);
    out->made = col_day(st, "made_day");
    out->expires = col_bool(st, "expires");
    out->expiry = col_day(st, "expiry_day");
    out->cost_known = col_bool(st, "cost_known");
    out->unit_cost = col_rupiah(st, "unit_cost_rp");
    (void)snprintf(out->now.text, sizeof out->now.text, "%s",
                   col_text(st, col_null(st, "now_code") ? "first_code" : "now_code"));
}

static struct stmt *piece_ask(struct ctx *cx, const struct label_code *code)
{
    struct stmt *st = db_stmt(cx->db, SQL_UNIT_BY_CODE);

    bind_text(st, ":site", cx->site->code);
    bind_text(st, ":code", code->text);
    return st;
}

void label_ahead(struct ctx *cx, struct label_code code)
{
    stmt_ahead(piece_ask(cx, &code));
}

static enum err find_piece(struct label *out, struct ctx *cx)
{
    struct stmt *st = piece_ask(cx, &out->code);
    enum place_kind kind;
    enum err e;

    if ((e = stmt_one(st))) {
        return e;
    }
    fill_common(out, st);
    out->is_piece = true;
    col_id(st, "unit_id", out->unit.bytes);
    col_id(st, "place_id", out->place.bytes);
    col_id(st, "moved_by", out->last_act.bytes);
    out->moved_at = id_time(out->last_act.bytes);
    if (!place_kind_from_name(&kind, col_text(st, "place_kind"))) {
        kind = PLACE_LOST;
    }
    out->state = state_of_piece(kind);
    out->on_hand = QTY_WHOLE(out->state == LABEL_AVAILABLE ? 1 : 0);
    stmt_done(st);
    return OK;
}

static enum err find_lot(struct label *out, struct ctx *cx)
{
    struct stmt *st = db_stmt(cx->db, SQL_LOT_LABEL_BY_CODE);
    enum err e;

    bind_text(st, ":site", cx->site->code);
    bind_text(st, ":code", out->code.text);
    if ((e = stmt_one(st))) {
        return e;
    }
    fill_common(out, st);
    out->on_hand = col_qty(st, "on_hand_milli");
    if (out->on_hand.milli > 0) {
        out->state = LABEL_AVAILABLE;
    } else {
        out->state = col_int(st, "elsewhere_milli") > 0 ? LABEL_STORED : LABEL_GONE;
    }
    stmt_done(st);
    return OK;
}

enum err label_find(struct label *out, struct ctx *cx, struct label_code code)
{
    enum err e;

    *out = (struct label){.state = LABEL_UNKNOWN, .code = code, .now = code};
    e = find_piece(out, cx);
    if (e == ERR_NOT_FOUND) {
        e = find_lot(out, cx);
    }
    if (e == ERR_NOT_FOUND) {
        return OK;
    }
    if (!e && strcmp(out->code.text, out->now.text) != 0) {
        out->state = LABEL_VOID;
        out->on_hand = QTY(0);
    }
    /* The code of a lot of pieces is on no label; it names the lot all the same. */
    return e ? e : product_by_id(&out->product, cx, out->product.id);
}

enum { CODE_TRIES = 16 };

/* A second try is as good as never needed. */
enum err label_code_take(struct label_code *out, struct ctx *cx)
{
    for (int i = 0; i < CODE_TRIES; i++) {
        struct stmt *st = db_stmt(cx->db, SQL_LABEL_CODE_TAKEN);
        enum err e;

        *out = label_code_new();
        bind_text(st, ":site", cx->site->code);
        bind_text(st, ":code", out->text);
        e = stmt_one(st);
        stmt_done(st);
        if (e) {
            return e == ERR_NOT_FOUND ? OK : e;
        }
    }
    return refuse(cx, ERR_IO, "label-codes",
                  _("Kode label baru tidak dapat dibuat. Coba simpan sekali lagi."));
}
