/* Programmes and what came of them. */
#include "inventory/programme.h"

#include "inventory/base/arena.h"
#include "inventory/base/id.h"
#include "inventory/base/utf8.h"
#include "inventory/fact.h"
#include "sql_names.h"

enum { CODE_MAX = 24, NAME_MAX = 120, ROWS_MAX = 500 };

const char *const programme_kinds[] = {"MOU", "LLK", "DINAS", "OTHER", NULL};

struct create {
    struct programme_id id;
    const struct programme_new *w;
};

static enum err read_list(struct programme_list *out, struct ctx *cx, const char *code)
{
    struct stmt *st = db_stmt(cx->db, SQL_PROGRAMME_ALL);
    enum err e = OK;

    *out = (struct programme_list){.items =
                                       ARENA_ARRAY(cx->arena, struct programme, PROGRAMMES_SHOWN)};
    bind_text(st, ":site", cx->site->code);
    bind_text(st, ":code", code);
    bind_int(st, ":most", PROGRAMMES_SHOWN);
    while (out->count < PROGRAMMES_SHOWN && stmt_row(st, &e)) {
        struct programme *p = &out->items[out->count++];

        *p = (struct programme){.code = arena_text(cx->arena, col_text(st, "code")),
                                .name = arena_text(cx->arena, col_text(st, "name")),
                                .kind = arena_text(cx->arena, col_text(st, "kind")),
                                .partner = arena_text(cx->arena, col_text(st, "partner")),
                                .from = col_day(st, "from_day"),
                                .to = col_day(st, "to_day")};
        col_id(st, "id", p->id.bytes);
    }
    stmt_done(st);
    return e;
}

enum err programme_all(struct programme_list *out, struct ctx *cx)
{
    return read_list(out, cx, "");
}

enum err programme_get(struct programme *out, struct ctx *cx, const char *code)
{
    struct programme_list list;
    enum err e = read_list(&list, cx, code);

    if (e) {
        return e;
    }
    if (list.count != 1 || !*code) {
        return refuse(cx, ERR_NOT_FOUND, "programme-unknown",
                      _("Program %.30s tidak ada. Pilih dari daftar program."), code);
    }
    *out = list.items[0];
    return OK;
}

static bool kind_right(const char *kind)
{
    for (size_t i = 0; programme_kinds[i]; i++) {
        if (strcmp(programme_kinds[i], kind) == 0) {
            return true;
        }
    }
    return false;
}

static enum err check(struct ctx *cx, const struct programme_new *w)
{
    static const char allowed[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-";
    const size_t n = strlen(w->code), name = utf8_count(w->name);

    if (n == 0 || n > CODE_MAX || strspn(w->code, allowed) != n || w->code[0] == '-') {
        return refuse_field(
            cx, ERR_INVALID, "programme-code", "code",
            _("Kode program harus 1 sampai %d huruf besar, angka atau tanda hubung, "
              "misalnya MOU-PEMKOT."),
            CODE_MAX);
    }
    if (name == 0 || name > NAME_MAX || utf8_count(w->partner) > NAME_MAX || !kind_right(w->kind)) {
        return refuse_field(cx, ERR_INVALID, "programme-name", "name",
                            _("Nama program harus 1 sampai %d huruf, dan jenisnya dipilih dari "
                              "daftar."),
                            NAME_MAX);
    }
    if (w->to.since_1970 != 0 && w->to.since_1970 < w->from.since_1970) {
        return refuse_field(cx, ERR_INVALID, "programme-days", "to",
                            _("Program berakhir sebelum dimulai. Periksa kedua tanggal."));
    }
    return OK;
}

static enum err create_work(struct ctx *cx, void *arg)
{
    struct create *c = arg;
    struct programme_list list;
    enum err e;

    if ((e = check(cx, c->w)) || (e = read_list(&list, cx, c->w->code))) {
        return e;
    }
    if (list.count > 0) {
        return refuse_field(cx, ERR_CONFLICT, "programme-taken", "code",
                            _("Kode program %s sudah dipakai. Pilih kode lain."), c->w->code);
    }
    c->id = programme_id_new(act_at(cx));
    return fact_put(cx, &programme_table,
                    &(struct programme_row){.id = c->id,
                                            .code = c->w->code,
                                            .name = c->w->name,
                                            .kind = c->w->kind,
                                            .partner = c->w->partner,
                                            .from = c->w->from,
                                            .to = c->w->to});
}

enum err programme_create(struct programme_id *out, struct ctx *cx,
                          const struct programme_new *wanted)
{
    struct create c = {.w = wanted};
    enum err e = act_run(cx, "programme.created", 1, create_work, &c);

    *out = c.id;
    return e;
}

/* ---- the report ---- */

static enum err read_made(struct programme_report *out, struct product_id *products, struct ctx *cx,
                          struct programme_id id)
{
    struct stmt *st = db_stmt(cx->db, SQL_PROGRAMME_MADE);
    enum err e = OK;

    bind_text(st, ":site", cx->site->code);
    bind_id(st, ":programme", id.bytes);
    while (out->count < ROWS_MAX && stmt_row(st, &e)) {
        col_id(st, "product_id", products[out->count].bytes);
        out->items[out->count++] =
            (struct programme_row_out){.sku = arena_text(cx->arena, col_text(st, "sku")),
                                       .name = arena_text(cx->arena, col_text(st, "name")),
                                       .unit = arena_text(cx->arena, col_text(st, "unit")),
                                       .good = col_qty(st, "good_milli"),
                                       .reject = col_qty(st, "reject_milli")};
    }
    stmt_done(st);
    return e;
}

static void add_sold(struct programme_report *out, const struct product_id *products,
                     struct stmt *st)
{
    struct product_id id;

    col_id(st, "product_id", id.bytes);
    for (size_t i = 0; i < out->count; i++) {
        struct programme_row_out *r = &out->items[i];

        if (product_id_equal(products[i], id)) {
            r->sold = col_qty(st, "sold_milli");
            r->revenue = col_rupiah(st, "revenue_rp");
            r->pnbp = col_rupiah(st, "pnbp_rp");
            r->premi = col_rupiah(st, "premi_rp");
            out->revenue.rp += r->revenue.rp;
            out->pnbp.rp += r->pnbp.rp;
            out->premi.rp += r->premi.rp;
        }
    }
}

enum err programme_report(struct programme_report *out, struct ctx *cx, struct programme_id id)
{
    struct product_id *products = ARENA_ARRAY(cx->arena, struct product_id, ROWS_MAX);
    struct stmt *st;
    enum err e;

    *out = (struct programme_report){
        .items = ARENA_ARRAY(cx->arena, struct programme_row_out, ROWS_MAX)};
    if ((e = read_made(out, products, cx, id))) {
        return e;
    }
    st = db_stmt(cx->db, SQL_PROGRAMME_SOLD);
    bind_text(st, ":site", cx->site->code);
    bind_id(st, ":programme", id.bytes);
    while (stmt_row(st, &e)) {
        add_sold(out, products, st);
    }
    stmt_done(st);
    return e;
}
