/* Variants of a product: size, color, motif, each with its price: /barang/{sku}/varian. */
#include "inventory/base/arena.h"
#include "inventory/base/money_text.h"
#include "pos/web/board.h"
#include "pos/web/desk.h"
#include "pos/web/goods_pages.h"
#include "pos/web/respond.h"

const struct input variant_inputs[] = {
    {.name = "kode", .label = _("Kode"), .type = INPUT_CODE, .required = true, .max = SKU_LEN_MAX},
    {.name = "ukuran", .label = _("Ukuran"), .type = INPUT_LINE, .max = 80},
    {.name = "warna", .label = _("Warna"), .type = INPUT_LINE, .max = 80},
    {.name = "motif", .label = _("Motif atau model"), .type = INPUT_LINE, .max = 80},
    INPUT_END,
};

static struct url here_of(struct request *rq, const struct product *p)
{
    return url_part(rq->cx.arena, url_part(rq->cx.arena, url_fixed("/barang"), p->sku), "varian");
}

static const char *or_none(const char *text)
{
    return *text ? text : "–";
}

static enum err put_list(struct board *b, struct request *rq, const struct product *p)
{
    static const char *const heads[] = {_("Kode"),  _("Ukuran"), _("Warna"), _("Motif atau model"),
                                        _("Harga"), NULL};
    struct variant_list list;
    struct board_table *t;
    enum err e = variants_of(&list, &rq->cx, p->id);

    if (e) {
        return e;
    }
    t = board_table(b, _("Varian"), heads,
                    _("Barang ini tidak punya varian; semua dijual dengan satu harga."));
    board_right(t, "4");
    for (size_t i = 0; i < list.count; i++) {
        const struct variant *v = &list.items[i];
        char price[MONEY_TEXT_MAX];

        money_short(price, v->price);
        board_cell(t, v->code);
        board_cell(t, or_none(v->size));
        board_cell(t, or_none(v->colour));
        board_cell(t, or_none(v->motif));
        board_cell(t, v->priced ? arena_text(rq->cx.arena, price)
                                : request_words(rq, _("menunggu harga")));
    }
    board_cut(t, list.count == VARIANTS_SHOWN);
    return OK;
}

enum err variants_page(struct request *rq)
{
    struct product product;
    struct board *b;
    struct board_form *f;
    struct board_input *i;
    enum err e;

    request_db(rq);
    if ((e = desk_product_of_path(&product, rq))) {
        return e;
    }
    b = board_new(rq, desk_say(rq, _("Varian %s"), product.name));
    board_crumb(b, _("Barang"), url_fixed("/barang"));
    board_crumb(b, product.name, url_part(rq->cx.arena, url_fixed("/barang"), product.sku));
    if ((e = put_list(b, rq, &product))) {
        return e;
    }
    if (desk_may(rq, DESK_MAKERS)) {
        f = board_form(b, _("Tambah varian"), here_of(rq, &product), _("Simpan varian"));
        i = board_input(f, BOARD_LINE, "kode", _("Kode"), "");
        board_hint(i, _("Singkat, misalnya L atau MERAH; tercetak pada label."));
        board_need(i);
        board_short(i);
        (void)board_input(f, BOARD_LINE, "ukuran", _("Ukuran"), "");
        (void)board_input(f, BOARD_LINE, "warna", _("Warna"), "");
        (void)board_input(f, BOARD_LINE, "motif", _("Motif atau model"), "");
    }
    board_show(b);
    return OK;
}

enum err variant_make(struct request *rq)
{
    const struct inputs *in = &rq->in;
    struct variant_new wanted = {.code = input_text(in, "kode"),
                                 .size = input_text(in, "ukuran"),
                                 .colour = input_text(in, "warna"),
                                 .motif = input_text(in, "motif")};
    struct product product;
    struct variant_id id;
    enum err e = desk_product_of_path(&product, rq);

    if (e) {
        return e;
    }
    wanted.product = product.id;
    if ((e = variant_create(&id, &rq->cx, &wanted))) {
        return desk_refused(rq, e);
    }
    request_tell(rq, "ok", desk_say(rq, _("Varian %s disimpan."), wanted.code));
    respond_redirect(rq, here_of(rq, &product));
    return OK;
}
