/* Prices that two people stand for. */
#include "inventory/price_proposal.h"

#include "inventory/base/arena.h"
#include "inventory/base/calendar.h"
#include "inventory/base/id.h"
#include "inventory/base/utf8.h"
#include "inventory/fact.h"
#include "sql_names.h"

enum { REASON_LEAST = 3 };

static const struct fact_col price_proposal_cols[] = {
    FACT_COL(price_proposal_row, "id", id),
    FACT_COL(price_proposal_row, "number", number),
    FACT_COL(price_proposal_row, "product_id", product),
    FACT_COL_OPTIONAL(price_proposal_row, "variant_id", variant),
    FACT_COL_OPTIONAL(price_proposal_row, "sheet_id", sheet),
    FACT_COL(price_proposal_row, "price_rp", price),
    FACT_COL(price_proposal_row, "cost_known", cost_known),
    FACT_COL(price_proposal_row, "cost_rp", cost),
    FACT_COL(price_proposal_row, "basis", basis),
    FACT_COL(price_proposal_row, "valid_from_ms", valid_from),
    FACT_COL(price_proposal_row, "proposer", proposer),
};
const struct fact_table price_proposal_table =
    FACT_TABLE("price_proposal", price_proposal_row, price_proposal_cols);

static const struct fact_col price_decision_cols[] = {
    FACT_COL(price_decision_row, "proposal_id", proposal),
    FACT_COL(price_decision_row, "approved", approved),
    FACT_COL(price_decision_row, "reason", reason),
    FACT_COL(price_decision_row, "decider", decider),
    FACT_COL_OPTIONAL(price_decision_row, "price_id", price),
};
const struct fact_table price_decision_table =
    FACT_TABLE("price_decision", price_decision_row, price_decision_cols);

/* ---- proposing ---- */

struct propose {
    struct document_no *out;
    const struct proposal_new *w;
};

static enum err none_waits(struct ctx *cx, const struct proposal_new *w)
{
    struct stmt *st = db_stmt(cx->db, SQL_PROPOSAL_WAITS);
    const char *number;
    enum err e;

    bind_text(st, ":site", cx->site->code);
    bind_id(st, ":product", w->product.bytes);
    bind_id(st, ":variant", w->variant.bytes);
    bind_bool(st, ":no_variant", variant_id_is_nil(w->variant));
    if ((e = stmt_one(st))) {
        return e == ERR_NOT_FOUND ? OK : e;
    }
    number = arena_text(cx->arena, col_text(st, "number"));
    stmt_done(st);
    return refuse(cx, ERR_CONFLICT, "proposal-open",
                  _("Usulan %s untuk barang ini masih menunggu keputusan. Tunggu, atau minta "
                    "penyelia menolaknya dulu."),
                  number);
}

static enum err check_proposal(struct ctx *cx, const struct proposal_new *w)
{
    struct product product;
    enum err e = product_by_id(&product, cx, w->product);

    if (e == ERR_NOT_FOUND) {
        return refuse(cx, e, "product-unknown",
                      _("Barang itu tidak ada. Muat ulang daftar barang."));
    }
    if (e) {
        return e;
    }
    if (w->price.rp <= 0 || w->price.rp > RUPIAH_MAX) {
        return refuse_field(cx, ERR_INVALID, "price-bad", "price",
                            _("Harga harus lebih dari Rp0."));
    }
    if (w->cost_known && (w->cost.rp < 0 || w->cost.rp > RUPIAH_MAX)) {
        return refuse_field(cx, ERR_INVALID, "cost-bad", "cost",
                            _("Harga pokok tidak boleh kurang dari Rp0."));
    }
    if (utf8_count(w->basis) < REASON_LEAST || utf8_count(w->basis) > BASIS_MAX ||
        !utf8_valid(w->basis, strlen(w->basis))) {
        return refuse_field(cx, ERR_INVALID, "basis-missing", "basis",
                            _("Tulis dasar harganya, misalnya harga pasar atau tingkat kesulitan, "
                              "paling banyak %d huruf."),
                            BASIS_MAX);
    }
    if (w->valid_from.ms != 0 && instant_day(w->valid_from, cx->site->zone).since_1970 <
                                     instant_day(act_at(cx), cx->site->zone).since_1970) {
        return refuse_field(cx, ERR_INVALID, "valid-past", "valid_from",
                            _("Harga tidak dapat berlaku mundur. Pilih hari ini atau sesudahnya."));
    }
    return none_waits(cx, w);
}

static enum err propose_work(struct ctx *cx, void *arg)
{
    struct propose *p = arg;
    const struct proposal_new *w = p->w;
    struct cost_sheet sheet;
    enum err e;

    if ((e = check_proposal(cx, w)) || (e = cost_sheet_now(&sheet, cx, w->product, w->variant)) ||
        (e = document_no_take(p->out, cx, DOC_PROPOSAL))) {
        return e;
    }
    return fact_put(cx, &price_proposal_table,
                    &(struct price_proposal_row){
                        .id = proposal_id_new(act_at(cx)),
                        .number = p->out->text,
                        .product = w->product,
                        .variant = w->variant,
                        .sheet = sheet.id,
                        .price = w->price,
                        .cost_known = sheet.version > 0 || w->cost_known,
                        .cost = sheet.version > 0 ? sheet.total
                                : w->cost_known   ? w->cost
                                                  : RUPIAH(0),
                        .basis = w->basis,
                        .valid_from = w->valid_from,
                        .proposer = cx->actor,
                    });
}

enum err price_propose(struct document_no *out, struct ctx *cx, const struct proposal_new *wanted)
{
    struct propose p = {.out = out, .w = wanted};

    return act_run(cx, "price.proposed", 1, propose_work, &p);
}

/* ---- reading ---- */

static void proposal_read(struct proposal *out, struct ctx *cx, struct stmt *st)
{
    *out = (struct proposal){
        .number = arena_text(cx->arena, col_text(st, "number")),
        .sku = arena_text(cx->arena, col_text(st, "sku")),
        .name = arena_text(cx->arena, col_text(st, "name")),
        .unit = arena_text(cx->arena, col_text(st, "unit")),
        .variant = arena_text(cx->arena, col_text(st, "variant_code")),
        .has_sheet = !col_null(st, "sheet_id"),
        .price = col_rupiah(st, "price_rp"),
        .cost_known = col_bool(st, "cost_known"),
        .cost = col_rupiah(st, "cost_rp"),
        .basis = arena_text(cx->arena, col_text(st, "basis")),
        .valid_from = col_instant(st, "valid_from_ms"),
        .proposer = arena_text(cx->arena, col_text(st, "proposer")),
        .at = col_instant(st, "at_ms"),
        .decided = !col_null(st, "approved"),
        .decider = arena_text(cx->arena, col_text(st, "decider")),
        .reason = arena_text(cx->arena, col_text(st, "reason")),
    };
    if (out->decided) {
        out->approved = col_bool(st, "approved");
        out->decided_at = col_instant(st, "decided_at_ms");
    }
    col_id(st, "id", out->id.bytes);
    col_id(st, "product_id", out->product.bytes);
    col_id(st, "variant_id", out->variant_id.bytes);
    col_id(st, "sheet_id", out->sheet.bytes);
}

static enum err read_list(struct proposal_list *out, struct ctx *cx, const char *number,
                          struct product_id product)
{
    struct stmt *st = db_stmt(cx->db, SQL_PROPOSAL_LIST);
    enum err e = OK;

    *out =
        (struct proposal_list){.items = ARENA_ARRAY(cx->arena, struct proposal, PROPOSALS_SHOWN)};
    bind_text(st, ":site", cx->site->code);
    bind_text(st, ":number", number);
    bind_id(st, ":product", product.bytes);
    bind_bool(st, ":any", product_id_is_nil(product));
    bind_int(st, ":most", PROPOSALS_SHOWN);
    while (out->count < PROPOSALS_SHOWN && stmt_row(st, &e)) {
        proposal_read(&out->items[out->count++], cx, st);
    }
    stmt_done(st);
    return e;
}

enum err proposal_list(struct proposal_list *out, struct ctx *cx)
{
    return read_list(out, cx, "", (struct product_id){{0}});
}

enum err proposal_of_product(struct proposal_list *out, struct ctx *cx, struct product_id product)
{
    return read_list(out, cx, "", product);
}

enum err proposal_get(struct proposal *out, struct ctx *cx, const char *number)
{
    struct proposal_list list;
    enum err e = read_list(&list, cx, number, (struct product_id){{0}});

    if (e) {
        return e;
    }
    if (list.count != 1) {
        return refuse(cx, ERR_NOT_FOUND, "proposal-unknown",
                      _("Usulan %.30s tidak ada. Periksa nomornya di daftar usulan."), number);
    }
    *out = list.items[0];
    return OK;
}

/* ---- deciding ---- */

struct decide {
    const char *number, *reason;
    bool approved;
    struct proposal p;
};

static enum err check_decision(struct decide *d, struct ctx *cx)
{
    char when[DATE_TEXT_MAX];
    enum err e;

    if ((e = price_may_approve(cx)) || (e = proposal_get(&d->p, cx, d->number))) {
        return e;
    }
    if (d->p.decided) {
        time_seconds(when, d->p.decided_at, cx->site->zone);
        return refuse(cx, ERR_CONFLICT, "proposal-decided", _("%s sudah diputuskan %s pada %s."),
                      d->number, d->p.decider, when);
    }
    if (strcmp(d->p.proposer, cx->actor) == 0) {
        return refuse(cx, ERR_FORBIDDEN, "proposal-own",
                      _("Anda yang mengusulkan %s. Harga harus disetujui orang lain."), d->number);
    }
    if (!d->approved && utf8_count(d->reason) < REASON_LEAST) {
        return refuse_field(
            cx, ERR_INVALID, "reason-missing", "reason",
            _("Tulis mengapa usulan ini ditolak, supaya pengusul tahu apa yang harus "
              "diubah."));
    }
    return OK;
}

static enum err decide_work(struct ctx *cx, void *arg)
{
    struct decide *d = arg;
    struct price_decision_row row;
    struct price_row price;
    enum err e;

    if ((e = check_decision(d, cx))) {
        return e;
    }
    row = (struct price_decision_row){
        .proposal = d->p.id, .approved = d->approved, .reason = d->reason, .decider = cx->actor};
    if (d->approved) {
        price = (struct price_row){
            .product = d->p.product,
            .id = price_id_new(act_at(cx)),
            .variant = d->p.variant_id,
            .price = d->p.price,
            .cost_known = d->p.cost_known,
            .cost = d->p.cost,
            .approver = cx->actor,
            .valid_from = d->p.valid_from.ms > act_at(cx).ms ? d->p.valid_from : act_at(cx),
        };
        row.price = price.id;
        if ((e = fact_put(cx, &price_table, &price))) {
            return e;
        }
    }
    return fact_put(cx, &price_decision_table, &row);
}

enum err price_decide(struct ctx *cx, const char *number, bool approved, const char *reason)
{
    struct decide d = {.number = number, .reason = reason, .approved = approved};

    return act_run(cx, "price.decided", 1, decide_work, &d);
}
