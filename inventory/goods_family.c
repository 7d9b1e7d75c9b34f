/* Families, workshops and variants: what products are sorted by, as data. */
#include "inventory/goods.h"

#include "inventory/base/arena.h"
#include "inventory/base/id.h"
#include "inventory/base/utf8.h"
#include "inventory/fact.h"
#include "inventory/stock.h"
#include "sql_names.h"

static bool line_right(const char *value, size_t least, size_t most)
{
    const size_t points = utf8_count(value);

    return points >= least && points <= most && utf8_valid(value, strlen(value)) &&
           !utf8_has_control(value) && !strpbrk(value, "\n\t") && value[0] != ' ';
}

static enum err found(struct stmt *st)
{
    enum err e = stmt_one(st);

    stmt_done(st);
    return e;
}

/* ---- families ---- */

static enum err family_work(struct ctx *cx, void *arg)
{
    static const char allowed[] = "abcdefghijklmnopqrstuvwxyz0123456789-";
    const struct family_row *row = arg;
    const size_t n = strlen(row->code);
    struct stmt *st = db_stmt(cx->db, SQL_FAMILY_BY_CODE);
    enum err e;

    if (n == 0 || n > FAMILY_CODE_LEN_MAX || strspn(row->code, allowed) != n) {
        return refuse_field(cx, ERR_INVALID, "family-bad", "code",
                            _("Kode kelompok 1 sampai %d huruf, angka, atau tanda -, misalnya "
                              "anyaman."),
                            FAMILY_CODE_LEN_MAX);
    }
    if (!line_right(row->name, 1, FAMILY_NAME_LEN_MAX)) {
        return refuse_field(cx, ERR_INVALID, "family-name", "name",
                            _("Nama kelompok harus 1 sampai %d huruf."), FAMILY_NAME_LEN_MAX);
    }
    bind_text(st, ":site", cx->site->code);
    bind_text(st, ":code", row->code);
    if ((e = found(st)) == OK) {
        return refuse_field(cx, ERR_CONFLICT, "family-taken", "code",
                            _("Kelompok dengan kode %s sudah ada. Pakai yang ada, atau pilih kode "
                              "lain."),
                            row->code);
    }
    return e == ERR_NOT_FOUND ? family_put(cx, row->code, row->name) : e;
}

enum err family_create(struct ctx *cx, const char *code, const char *name)
{
    char *small = arena_text(cx->arena, code);
    struct family_row row = {.code = small, .name = name};

    for (char *c = small; *c; c++) {
        *c = (char)(*c >= 'A' && *c <= 'Z' ? *c - 'A' + 'a' : *c);
    }
    return act_run(cx, "family.create", 1, family_work, &row);
}

/* ---- workshops ---- */

static enum err workshop_work(struct ctx *cx, void *arg)
{
    const char *name = *(const char *const *)arg;
    struct stmt *st = db_stmt(cx->db, SQL_WORKSHOP_BY_NAME);
    struct place_id id;
    enum err e;

    if (!line_right(name, 1, PLACE_NAME_LEN_MAX)) {
        return refuse_field(cx, ERR_INVALID, "workshop-missing", "workshop_name",
                            _("Nama bengkel harus 1 sampai %d huruf."), PLACE_NAME_LEN_MAX);
    }
    bind_text(st, ":site", cx->site->code);
    bind_text(st, ":name", name);
    if ((e = found(st)) == OK) {
        return refuse_field(cx, ERR_CONFLICT, "workshop-taken", "workshop_name",
                            _("Bengkel %s sudah ada."), name);
    }
    return e == ERR_NOT_FOUND ? workshop_put(&id, cx, name) : e;
}

enum err workshop_create(struct ctx *cx, const char *name)
{
    return act_run(cx, "workshop.create", 1, workshop_work, &name);
}

/* ---- variants ---- */

static enum err add_prices(struct variant_list *list, struct ctx *cx, struct product_id product)
{
    const struct instant at = cx->act ? act_at(cx) : clock_now(cx->clock);

    for (size_t i = 0; i < list->count; i++) {
        struct variant *v = &list->items[i];
        struct price price;
        enum err e = price_in_force(&price, cx, product, v->id, at);

        if (e && e != ERR_NOT_FOUND) {
            return e;
        }
        v->priced = e == OK;
        v->price = e ? RUPIAH(0) : price.price;
    }
    return OK;
}

enum err variants_of(struct variant_list *out, struct ctx *cx, struct product_id product)
{
    struct stmt *st = db_stmt(cx->db, SQL_VARIANTS_OF);
    enum err e;

    *out = (struct variant_list){.items = ARENA_ARRAY(cx->arena, struct variant, VARIANTS_SHOWN)};
    bind_text(st, ":site", cx->site->code);
    bind_id(st, ":product", product.bytes);
    bind_int(st, ":most", VARIANTS_SHOWN);
    while (stmt_row(st, &e)) {
        struct variant *v = &out->items[out->count++];

        *v = (struct variant){
            .code = arena_text(cx->arena, col_text(st, "code")),
            .size = arena_text(cx->arena, col_text(st, "size")),
            .colour = arena_text(cx->arena, col_text(st, "colour")),
            .motif = arena_text(cx->arena, col_text(st, "motif")),
        };
        col_id(st, "id", v->id.bytes);
    }
    return e ? e : add_prices(out, cx, product);
}
