#include "tests/inventory/work_shop.h"

static void make_maker(struct story *s, const char *code, struct day to)
{
    const struct maker_file f = {.name = "Contoh",
                                 .register_no = "",
                                 .has_window = true,
                                 .from = day_of(2026, 1, 1),
                                 .to = to,
                                 .document_no = "SK-1",
                                 .active = true};

    STORY_OK(s, maker_create(&s->cx, code, &f));
}

static struct product_id make_cloth(struct story *s)
{
    struct product_id id;

    STORY_OK(s, product_create(&id, &s->cx,
                               &(struct product_new){.sku = "BHN-001",
                                                     .name = "Kain primisima",
                                                     .family = "batik",
                                                     .workshop = "Bengkel Batik",
                                                     .tracking = TRACK_MATERIAL,
                                                     .unit = "meter",
                                                     .revenue_account = "425119",
                                                     .motif = "",
                                                     .technique = ""}));
    return id;
}

void work_shop_open(struct work_shop *h, const char *name)
{
    struct story *s = &h->s;
    struct document_no number;

    story_open_named(s, "KEP-1990", name);
    h->batik = story_product(s, "BTK-001", "Kain batik enggang", TRACK_PIECE, 250000, 160000);
    h->cloth = make_cloth(s);
    STORY_OK(s, supplier_create(&h->supplier, &s->cx, "Toko Kain Contoh"));
    STORY_OK(s, programme_create(&h->programme, &s->cx,
                                 &(struct programme_new){.code = "MOU-PEMKOT",
                                                         .name = "MoU Pemkot",
                                                         .kind = "MOU",
                                                         .partner = "Pemerintah Kota Contoh"}));
    story_as(s, "bengkel", ROLE_WORKSHOP, "");
    make_maker(s, "W-03", day_of(2027, 12, 31));
    make_maker(s, "W-07", day_of(2027, 12, 31));
    make_maker(s, "W-11", day_of(2026, 10, 31));
    STORY_OK(s, material_receive(&number, &s->cx,
                                 &(struct material_receive){.product = h->cloth,
                                                            .supplier = h->supplier,
                                                            .qty = QTY(60500),
                                                            .cost_known = true,
                                                            .total = RUPIAH(2500001),
                                                            .invoice_no = "F-77",
                                                            .note = ""}));
    assert_string_equal(number.text, "TB-2026-0001");
}

struct document_no work_shop_plan(struct work_shop *h, int64_t pieces)
{
    struct document_no number;

    STORY_OK(&h->s, work_plan(&number, &h->s.cx,
                              &(struct work_new){.product = h->batik,
                                                 .planned = QTY_WHOLE(pieces),
                                                 .capital = "DIPA",
                                                 .programme = h->programme,
                                                 .note = ""}));
    return number;
}

struct material_use work_shop_use(const struct work_shop *h, const char *work, int64_t milli)
{
    return (struct material_use){
        .work_order = work, .product = h->cloth, .qty = QTY(milli), .note = "basah kena hujan"};
}
