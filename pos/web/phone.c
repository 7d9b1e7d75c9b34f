/* What the phone pages share. */
#include "pos/web/phone.h"

#include "inventory/base/arena.h"
#include "inventory/fact.h"
#include "inventory/store/store.h"
#include "sql_names.h"

enum { PLACES_MAX = 40 };

const struct tpl_field phone_news_fields[] = {
    TPL_FIELD(phone_news, sound), TPL_FIELD(phone_news, tone), TPL_FIELD(phone_news, text),
    TPL_FIELD(phone_news, more),  TPL_FIELD(phone_news, here), TPL_FIELD_END,
};

const struct tpl_field phone_place_fields[] = {
    TPL_FIELD(phone_place, name),
    TPL_FIELD(phone_place, qty),
    TPL_FIELD_END,
};

struct phone_news phone_said(const char *sound, const char *tone, const char *text)
{
    return (struct phone_news){.sound = sound, .tone = tone, .text = text};
}

static struct stmt *places_stmt(struct ctx *cx, const struct label *label)
{
    struct stmt *st = db_stmt(cx->db, label->is_piece ? SQL_PHONE_PLACE : SQL_PHONE_LOT_PLACES);

    bind_text(st, ":site", cx->site->code);
    bind_int(st, ":most", PLACES_MAX);
    if (label->is_piece) {
        bind_id(st, ":place", label->place.bytes);
    } else {
        bind_id(st, ":product", label->product.id.bytes);
        bind_id(st, ":lot", label->lot.bytes);
    }
    return st;
}

enum err phone_places(struct phone_place **out, size_t *count, struct ctx *cx,
                      const struct label *label)
{
    struct phone_place *places = ARENA_ARRAY(cx->arena, struct phone_place, PLACES_MAX);
    struct stmt *st = places_stmt(cx, label);
    enum err e = OK;
    size_t n = 0;

    while (n < PLACES_MAX && stmt_row(st, &e)) {
        places[n++] = (struct phone_place){
            .name = arena_text(cx->arena, col_text(st, "name")),
            .qty = col_qty(st, "qty_milli"),
        };
    }
    stmt_done(st);
    *out = places;
    *count = e ? 0 : n;
    return e;
}
