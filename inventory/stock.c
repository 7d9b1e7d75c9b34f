/* Stock: what stands where, and which lots a quantity is taken from. */
#include "inventory/stock.h"

#include "inventory/base/arena.h"
#include "inventory/base/calendar.h"
#include "inventory/base/qty_text.h"
#include "inventory/fact.h"
#include "sql_names.h"

static void code_set(struct label_code *out, const char *text)
{
    snprintf(out->text, sizeof out->text, "%s", text);
}

/* ---- lots ---- */

enum err lot_by_id(struct lot *out, struct ctx *cx, struct lot_id id)
{
    struct stmt *st = db_stmt(cx->db, SQL_LOT_BY_ID);
    struct product_id product;
    enum err e;

    bind_text(st, ":site", cx->site->code);
    bind_id(st, ":id", id.bytes);
    if ((e = stmt_one(st))) {
        return e;
    }
    *out = (struct lot){
        .id = id,
        .workshop_name = arena_text(cx->arena, col_text(st, "workshop_name")),
        .made = col_day(st, "made_day"),
        .expires = col_bool(st, "expires"),
        .expiry = col_day(st, "expiry_day"),
        .qty = col_qty(st, "qty_milli"),
        .cost_known = col_bool(st, "cost_known"),
        .unit_cost = col_rupiah(st, "unit_cost_rp"),
    };
    code_set(&out->code, col_text(st, "code"));
    code_set(&out->label, col_text(st, col_null(st, "now_code") ? "code" : "now_code"));
    col_id(st, "workshop_id", out->workshop.bytes);
    col_id(st, "product_id", product.bytes);
    stmt_done(st);
    return product_by_id(&out->product, cx, product);
}

enum err lot_by_code(struct lot *out, struct ctx *cx, struct label_code code)
{
    struct stmt *st = db_stmt(cx->db, SQL_LOT_ID_BY_CODE);
    struct lot_id id;
    enum err e;

    bind_text(st, ":site", cx->site->code);
    bind_text(st, ":code", code.text);
    if ((e = stmt_one(st))) {
        return e;
    }
    col_id(st, "id", id.bytes);
    stmt_done(st);
    return lot_by_id(out, cx, id);
}

/* Reads a column of codes; the statement is bound and gives at most `most` rows. */
static enum err read_codes(const struct label_code **codes, size_t *count, struct ctx *cx,
                           struct stmt *st, size_t most)
{
    struct label_code *list = ARENA_ARRAY(cx->arena, struct label_code, most);
    size_t n = 0;
    enum err e = OK;

    while (n < most && stmt_row(st, &e)) {
        code_set(&list[n++], col_text(st, "code"));
    }
    stmt_done(st);
    *codes = list;
    *count = n;
    return e;
}

enum err lot_units(const struct label_code **codes, size_t *count, struct ctx *cx, struct lot_id id)
{
    struct stmt *st = db_stmt(cx->db, SQL_LOT_UNITS);

    bind_text(st, ":site", cx->site->code);
    bind_id(st, ":lot", id.bytes);
    return read_codes(codes, count, cx, st, RECEIVE_PIECES_MAX);
}

enum err lot_newest(struct lot_brief **out, size_t *count, struct ctx *cx, struct lot_id before,
                    size_t limit)
{
    struct stmt *st = db_stmt(cx->db, SQL_LOT_NEWEST);
    enum err e = OK;

    if (lot_id_is_nil(before)) {
        memset(before.bytes, 0xFF, sizeof before.bytes);
    }
    *count = 0;
    *out = ARENA_ARRAY(cx->arena, struct lot_brief, limit);
    bind_text(st, ":site", cx->site->code);
    bind_id(st, ":before", before.bytes);
    bind_int(st, ":most", (int64_t)limit);
    while (*count < limit && stmt_row(st, &e)) {
        struct lot_brief *b = &(*out)[(*count)++];

        *b = (struct lot_brief){
            .sku = arena_text(cx->arena, col_text(st, "sku")),
            .name = arena_text(cx->arena, col_text(st, "name")),
            .unit = arena_text(cx->arena, col_text(st, "unit")),
            .tracking = TRACK_LOT,
            .qty = col_qty(st, "qty_milli"),
            .made = col_day(st, "made_day"),
        };
        col_id(st, "id", b->id.bytes);
        code_set(&b->code, col_text(st, "code"));
        if (!tracking_from_name(&b->tracking, col_text(st, "tracking"))) {
            b->tracking = TRACK_LOT; /* the schema allows no other word */
        }
    }
    stmt_done(st);
    return e;
}

/* ---- on hand ---- */

static void stock_fill(struct stock_row *out, struct ctx *cx, struct stmt *st)
{
    *out = (struct stock_row){
        .sku = arena_text(cx->arena, col_text(st, "sku")),
        .name = arena_text(cx->arena, col_text(st, "name")),
        .unit = arena_text(cx->arena, col_text(st, "unit")),
        .tracking = TRACK_LOT,
        .place_code = arena_text(cx->arena, col_text(st, "place_code")),
        .place_name = arena_text(cx->arena, col_text(st, "place_name")),
        .qty = col_qty(st, "qty_milli"),
    };
    col_id(st, "product_id", out->product.bytes);
    col_id(st, "place_id", out->place.bytes);
    if (!tracking_from_name(&out->tracking, col_text(st, "tracking"))) {
        out->tracking = TRACK_LOT; /* the schema allows no other word */
    }
}

static enum err stock_read(struct stock_list *out, struct ctx *cx, struct stmt *st, size_t limit)
{
    enum err e = OK;

    *out = (struct stock_list){.items = ARENA_ARRAY(cx->arena, struct stock_row, limit)};
    while (!out->more && stmt_row(st, &e)) {
        if (out->count == limit) {
            out->more = true;
        } else {
            stock_fill(&out->items[out->count++], cx, st);
        }
    }
    stmt_done(st);
    return e;
}

enum err stock_page(struct stock_list *out, struct ctx *cx, struct place_id place,
                    const char *after_sku, size_t limit)
{
    struct stmt *st;
    struct place showroom;
    enum err e;

    if (place_id_is_nil(place)) {
        if ((e = place_of_kind(&showroom, cx, PLACE_SHOWROOM))) {
            return e;
        }
        place = showroom.id;
    }
    st = db_stmt(cx->db, SQL_STOCK_PAGE);
    bind_text(st, ":site", cx->site->code);
    bind_id(st, ":place", place.bytes);
    bind_text(st, ":after_sku", after_sku ? after_sku : "");
    bind_int(st, ":most", (int64_t)limit + 1);
    return stock_read(out, cx, st, limit);
}

enum { PLACES_SHOWN = 500 };

enum err stock_of_product(struct stock_list *out, struct ctx *cx, struct product_id product)
{
    struct stmt *st = db_stmt(cx->db, SQL_STOCK_OF_PRODUCT);

    bind_text(st, ":site", cx->site->code);
    bind_id(st, ":product", product.bytes);
    return stock_read(out, cx, st, PLACES_SHOWN);
}

enum err stock_codes(const struct label_code **codes, size_t *count, struct ctx *cx,
                     struct product_id product, struct place_id place, size_t limit)
{
    struct stmt *st = db_stmt(cx->db, SQL_STOCK_CODES);

    bind_text(st, ":site", cx->site->code);
    bind_id(st, ":place", place.bytes);
    bind_id(st, ":product", product.bytes);
    bind_int(st, ":most", (int64_t)limit);
    return read_codes(codes, count, cx, st, limit);
}

/* ---- which lots give a quantity ---- */

/* Some stands there, and its day has passed. */
static enum err too_old(struct ctx *cx, const struct product *p, struct qty there, struct qty old)
{
    char have[QTY_TEXT_MAX], gone[QTY_TEXT_MAX];

    qty_text(have, there);
    qty_text(gone, old);
    return refuse(cx, ERR_REFUSED, "expired",
                  _("%s: %s %s sudah lewat tanggal dan tidak boleh dijual; yang masih baik %s %s. "
                    "Sisihkan yang lewat, dan laporkan di Penghapusan."),
                  p->name, gone, p->unit, have, p->unit);
}

static enum err too_few(struct ctx *cx, const struct product *p, struct qty there, struct qty asked)
{
    char have[QTY_TEXT_MAX], want[QTY_TEXT_MAX];

    if (there.milli == 0) {
        return refuse(
            cx, ERR_REFUSED, "out-of-stock",
            _("%s habis di galeri. Terima barang dari bengkel dulu, atau hapus baris ini."),
            p->name);
    }
    qty_text(have, there);
    qty_text(want, asked);
    return refuse(cx, ERR_REFUSED, "out-of-stock",
                  _("%s tinggal %s %s di galeri, diminta %s. Kurangi jumlahnya."), p->name, have,
                  p->unit, want);
}

void stock_parts_add(struct stock_parts *parts, struct ctx *cx, const struct stock_part *part)
{
    if (parts->count == parts->room) {
        size_t room = parts->room ? 2 * parts->room : 8;
        struct stock_part *grown = ARENA_ARRAY(cx->arena, struct stock_part, room);

        if (parts->count > 0) {
            memcpy(grown, parts->items, parts->count * sizeof *grown);
        }
        parts->items = grown;
        parts->room = room;
    }
    parts->items[parts->count++] = *part;
}

static int64_t taken_of(const struct stock_parts *parts, size_t count, struct lot_id lot)
{
    int64_t milli = 0;

    for (size_t i = 0; i < count; i++) {
        if (lot_id_equal(parts->items[i].lot, lot)) {
            milli += parts->items[i].qty.milli;
        }
    }
    return milli;
}

static struct stmt *lots_ask(struct ctx *cx, struct product_id product, struct place_id place,
                             struct lot_id only)
{
    struct stmt *st = db_stmt(cx->db, SQL_STOCK_LOTS);

    bind_text(st, ":site", cx->site->code);
    bind_id(st, ":place", place.bytes);
    bind_id(st, ":product", product.bytes);
    bind_id(st, ":only", only.bytes);
    bind_int(st, ":any", lot_id_is_nil(only) ? 1 : 0);
    return st;
}

void stock_ahead(struct ctx *cx, struct product_id product, struct place_id place,
                 struct lot_id only)
{
    stmt_ahead(lots_ask(cx, product, place, only));
}

enum err stock_pick(struct stock_parts *parts, struct ctx *cx, const struct product *product,
                    struct place_id place, const struct stock_want *want)
{
    struct stmt *st = lots_ask(cx, product->id, place, want->only);
    const struct day today = instant_day(act_at(cx), cx->site->zone);
    size_t before = parts->count;
    int64_t left = want->qty.milli, old = 0;
    enum err e = OK;

    while (left > 0 && stmt_row(st, &e)) {
        struct stock_part part = {
            .doc_line = want->doc_line,
            .cost_known = col_bool(st, "cost_known"),
            .unit_cost = col_rupiah(st, "unit_cost_rp"),
        };
        int64_t there = col_int(st, "qty_milli");

        col_id(st, "lot_id", part.lot.bytes);
        there -= taken_of(parts, before, part.lot);
        if (col_bool(st, "expires") && col_day(st, "expiry_day").since_1970 < today.since_1970) {
            old += there;
        } else if (there > 0) {
            part.qty = QTY(there < left ? there : left);
            left -= part.qty.milli;
            stock_parts_add(parts, cx, &part);
        }
    }
    stmt_done(st);
    if (e || left == 0) {
        return e;
    }
    if (old > 0) {
        return too_old(cx, product, QTY(want->qty.milli - left), QTY(old));
    }
    return too_few(cx, product, QTY(want->qty.milli - left), want->qty);
}
