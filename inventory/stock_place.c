/* Places: found by kind and code, made when a new workshop turns up. */
#include "inventory/stock.h"

#include "inventory/base/arena.h"
#include "inventory/base/id.h"
#include "inventory/fact.h"
#include "sql_names.h"

enum { PLACES_MAX = 500 };

static const char *const kind_names[] = {
    [PLACE_WORKSHOP] = "workshop", [PLACE_STORE] = "store",       [PLACE_SHOWROOM] = "showroom",
    [PLACE_TRANSIT] = "transit",   [PLACE_PARTNER] = "partner",   [PLACE_EXHIBITION] = "exhibition",
    [PLACE_CUSTOMER] = "customer", [PLACE_SCRAP] = "scrap",       [PLACE_LOST] = "lost",
    [PLACE_SUPPLIER] = "supplier", [PLACE_CONSUMED] = "consumed",
};

const char *place_kind_name(enum place_kind kind)
{
    return kind_names[kind];
}

bool place_kind_from_name(enum place_kind *out, const char *name)
{
    for (size_t i = 0; i < LENGTH(kind_names); i++) {
        if (strcmp(kind_names[i], name) == 0) {
            *out = (enum place_kind)i;
            return true;
        }
    }
    return false;
}

static void place_fill(struct place *out, struct ctx *cx, struct stmt *st, enum place_kind kind)
{
    *out = (struct place){
        .kind = kind,
        .code = arena_text(cx->arena, col_text(st, "code")),
        .name = arena_text(cx->arena, col_text(st, "name")),
    };
    col_id(st, "id", out->id.bytes);
}

enum err place_by_code(struct place *out, struct ctx *cx, enum place_kind kind, const char *code)
{
    struct stmt *st = db_stmt(cx->db, SQL_PLACE_BY_CODE);
    enum err e;

    bind_text(st, ":site", cx->site->code);
    bind_text(st, ":kind", place_kind_name(kind));
    bind_text(st, ":code", code);
    if (!(e = stmt_one(st))) {
        place_fill(out, cx, st, kind);
        stmt_done(st);
    }
    return e;
}

static struct stmt *places_of(struct ctx *cx, enum place_kind kind)
{
    struct stmt *st = db_stmt(cx->db, SQL_PLACE_ALL);

    bind_text(st, ":site", cx->site->code);
    bind_text(st, ":kind", place_kind_name(kind));
    return st;
}

enum err place_of_kind(struct place *out, struct ctx *cx, enum place_kind kind)
{
    struct stmt *st = places_of(cx, kind);
    enum err e;

    if (!stmt_row(st, &e)) {
        return e ? e : ERR_NOT_FOUND;
    }
    place_fill(out, cx, st, kind);
    stmt_done(st);
    return OK;
}

static struct stmt *two_kinds_ask(struct ctx *cx, enum place_kind first, enum place_kind second)
{
    struct stmt *st = db_stmt(cx->db, SQL_PLACE_TWO_KINDS);

    bind_text(st, ":site", cx->site->code);
    bind_text(st, ":kind_1", place_kind_name(first));
    bind_text(st, ":kind_2", place_kind_name(second));
    return st;
}

void place_two_kinds_ahead(struct ctx *cx, enum place_kind first, enum place_kind second)
{
    stmt_ahead(two_kinds_ask(cx, first, second));
}

enum err place_two_kinds(struct place *first, enum place_kind first_kind, struct place *second,
                         enum place_kind second_kind, struct ctx *cx)
{
    struct stmt *st = two_kinds_ask(cx, first_kind, second_kind);
    bool has_first = false, has_second = false;
    enum err e;

    while (stmt_row(st, &e)) {
        const char *kind = col_text(st, "kind");

        if (!has_first && strcmp(kind, place_kind_name(first_kind)) == 0) {
            place_fill(first, cx, st, first_kind);
            has_first = true;
        } else if (!has_second && strcmp(kind, place_kind_name(second_kind)) == 0) {
            place_fill(second, cx, st, second_kind);
            has_second = true;
        }
    }
    return e ? e : has_first && has_second ? OK : ERR_NOT_FOUND;
}

enum err place_all(struct place_list *out, struct ctx *cx, enum place_kind kind)
{
    struct stmt *st = places_of(cx, kind);
    enum err e;

    *out = (struct place_list){.items = ARENA_ARRAY(cx->arena, struct place, PLACES_MAX)};
    while (stmt_row(st, &e)) {
        if (out->count == PLACES_MAX) {
            stmt_done(st);
            return OK;
        }
        place_fill(&out->items[out->count++], cx, st, kind);
    }
    return e;
}

enum err place_put(struct place_id *out, struct ctx *cx, enum place_kind kind, const char *code,
                   const char *name)
{
    struct place_row row = {
        .id = place_id_new(act_at(cx)),
        .kind = place_kind_name(kind),
        .code = code,
        .name = name,
        .guarded = kind == PLACE_SHOWROOM || kind == PLACE_STORE || kind == PLACE_TRANSIT ||
                   kind == PLACE_PARTNER || kind == PLACE_EXHIBITION,
    };

    *out = row.id;
    return fact_put(cx, &place_table, &row);
}

enum err place_need(struct place_id *out, struct ctx *cx, enum place_kind kind, const char *code,
                    const char *name)
{
    struct place found;
    enum err e = place_by_code(&found, cx, kind, code);

    if (!e) {
        *out = found.id;
    }
    return e == ERR_NOT_FOUND ? place_put(out, cx, kind, code, name) : e;
}

enum err workshop_put(struct place_id *out, struct ctx *cx, const char *name)
{
    struct stmt *st = db_stmt(cx->db, SQL_WORKSHOP_BY_NAME);
    enum err e;

    bind_text(st, ":site", cx->site->code);
    bind_text(st, ":name", name);
    e = stmt_one(st);
    if (!e) {
        col_id(st, "id", out->bytes);
    }
    stmt_done(st);
    return e == ERR_NOT_FOUND ? place_put(out, cx, PLACE_WORKSHOP, name, name) : e;
}
