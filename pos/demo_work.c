/* The demo's workshop: materials, makers by codes, and work orders in all their states. */
#include "inventory/base/calendar.h"
#include "inventory/maker.h"
#include "inventory/material.h"
#include "inventory/programme.h"
#include "inventory/work.h"
#include "pos/demo_papers.h"

enum { YEAR_DAYS = 365 };

struct yard {
    struct demo_stage *s;
    struct place_id supplier;
    struct programme_id programme;
    struct product_id cloth, wax;
};

static enum err make_material(struct product_id *out, struct demo_stage *s, const char *sku,
                              const char *name, const char *unit)
{
    demo_as(s, "kepala", ROLE_SUPERVISOR);
    return product_create(out, s->cx,
                          &(struct product_new){.sku = sku,
                                                .name = name,
                                                .family = "batik",
                                                .workshop = "Bengkel Batik",
                                                .tracking = TRACK_MATERIAL,
                                                .unit = unit,
                                                .revenue_account = "425119",
                                                .motif = "",
                                                .technique = ""});
}

static enum err buy(struct yard *y, struct product_id material, int64_t milli, int64_t rp)
{
    struct document_no number;

    demo_as(y->s, "bengkel", ROLE_WORKSHOP);
    return material_receive(&number, y->s->cx,
                            &(struct material_receive){.product = material,
                                                       .supplier = y->supplier,
                                                       .qty = QTY(milli),
                                                       .cost_known = true,
                                                       .total = RUPIAH(rp),
                                                       .invoice_no = "F-2291",
                                                       .note = ""});
}

/* Names are invented; W-11's window has passed. */
static enum err makers(struct yard *y)
{
    static const struct {
        const char *code, *name, *register_no;
        int32_t days;
    } list[] = {{"W-03", "Warga Binaan Contoh Tiga", "CTH-0003", YEAR_DAYS},
                {"W-07", "Warga Binaan Contoh Tujuh", "CTH-0007", YEAR_DAYS},
                {"W-11", "Warga Binaan Contoh Sebelas", "CTH-0011", -20}};
    enum err e = OK;

    for (size_t i = 0; i < LENGTH(list) && !e; i++) {
        struct maker_file f = {.name = list[i].name,
                               .register_no = list[i].register_no,
                               .has_window = true,
                               .document_no = "SK-CONTOH-1",
                               .active = true,
                               .skills = {{"Batik tulis", "SRT-CONTOH-1", "LLK Contoh", {0}}},
                               .skill_count = 1};

        demo_as(y->s, "bengkel", ROLE_WORKSHOP);
        f.from = DAY(instant_day(*y->s->at, y->s->cx->site->zone).since_1970 - YEAR_DAYS);
        f.to = DAY(f.from.since_1970 + YEAR_DAYS + list[i].days);
        e = maker_create(y->s->cx, list[i].code, &f);
    }
    return e;
}

static enum err prepare(struct yard *y)
{
    struct demo_stage *s = y->s;
    enum err e;

    if ((e = make_material(&y->cloth, s, "BHN-001", "Kain primisima", "meter")) ||
        (e = make_material(&y->wax, s, "BHN-002", "Malam batik", "kg"))) {
        return e;
    }
    demo_as(s, "bengkel", ROLE_WORKSHOP);
    if ((e = supplier_create(&y->supplier, s->cx, "Toko Kain Contoh")) ||
        (e = programme_create(&y->programme, s->cx,
                              &(struct programme_new){.code = "MOU-PEMKOT",
                                                      .name = "MoU Pemerintah Kota",
                                                      .kind = "MOU",
                                                      .partner = "Pemerintah Kota Contoh"})) ||
        (e = buy(y, y->cloth, 60500, 2500000)) || (e = buy(y, y->wax, 12000, 540000))) {
        return e;
    }
    return makers(y);
}

static enum err plan(struct document_no *out, struct yard *y, const char *sku, int64_t pieces)
{
    struct product p;
    enum err e = product_by_sku(&p, y->s->cx, sku);

    demo_as(y->s, "bengkel", ROLE_WORKSHOP);
    return e ? e
             : work_plan(out, y->s->cx,
                         &(struct work_new){.product = p.id,
                                            .planned = QTY_WHOLE(pieces),
                                            .capital = "DIPA",
                                            .programme = y->programme,
                                            .note = ""});
}

static enum err issue(struct yard *y, const char *work, struct product_id material, int64_t milli)
{
    return material_issue(
        y->s->cx, &(struct material_use){
                      .work_order = work, .product = material, .qty = QTY(milli), .note = ""});
}

static const struct work_share shares[] = {{"W-03", {0}, 6000, ""}, {"W-07", {0}, 4000, ""}};

static enum err check(struct yard *y, const char *work, int64_t a, int64_t b, int64_t reject)
{
    int32_t n;

    y->s->at->ms += INT64_C(60000);
    return work_check(&n, y->s->cx, work,
                      &(struct work_check){.grade_a = QTY_WHOLE(a),
                                           .grade_b = QTY_WHOLE(b),
                                           .reject = QTY_WHOLE(reject),
                                           .note = "",
                                           .over_reason = ""});
}

/* One that is finished, one that is checked, one that runs. */
static enum err orders(struct yard *y)
{
    const struct work_finish finish = {.check = 1, .overhead = RUPIAH(600000), .over_reason = ""};
    struct work_finished out;
    struct document_no no;
    struct ctx *cx = y->s->cx;
    enum err e;

    if ((e = plan(&no, y, "BTK-001", 12)) || (e = issue(y, no.text, y->cloth, 26500)) ||
        (e = issue(y, no.text, y->wax, 4000)) ||
        (e = work_shares_put(cx, no.text, shares, LENGTH(shares))) ||
        (e = check(y, no.text, 10, 1, 1)) || (e = work_finish(&out, cx, no.text, &finish))) {
        return e;
    }
    if ((e = plan(&no, y, "BTK-002", 8)) || (e = issue(y, no.text, y->cloth, 16000)) ||
        (e = work_shares_put(cx, no.text, shares, LENGTH(shares))) ||
        (e = check(y, no.text, 4, 0, 0))) {
        return e;
    }
    if ((e = plan(&no, y, "BTK-005", 6))) {
        return e;
    }
    return issue(y, no.text, y->cloth, 9000);
}

enum err demo_workshop(struct demo_stage *s)
{
    struct yard y = {.s = s};
    enum err e = prepare(&y);

    return e ? e : orders(&y);
}
