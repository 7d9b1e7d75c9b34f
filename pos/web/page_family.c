/* Families and workshops of the goods: /kelompok. */
#include "inventory/base/arena.h"
#include "pos/web/board.h"
#include "pos/web/desk.h"
#include "pos/web/goods_pages.h"
#include "pos/web/respond.h"

const struct input family_inputs[] = {
    {.name = "kode", .label = _("Kode"), .type = INPUT_LINE, .required = true, .max = 60},
    {.name = "nama", .label = _("Nama"), .type = INPUT_LINE, .required = true, .max = 200},
    INPUT_END,
};
const struct input workshop_inputs[] = {
    {.name = "nama_bengkel",
     .label = _("Nama bengkel"),
     .type = INPUT_LINE,
     .required = true,
     .max = 200},
    INPUT_END,
};

static enum err put_lists(struct board *b, struct request *rq)
{
    static const char *const family_heads[] = {_("Nama"), _("Kode"), NULL};
    static const char *const workshop_heads[] = {_("Nama"), NULL};
    struct family_list families;
    struct place_list workshops;
    struct board_table *t;
    enum err e = family_all(&families, &rq->cx);

    if (e || (e = place_all(&workshops, &rq->cx, PLACE_WORKSHOP))) {
        return e;
    }
    t = board_table(b, _("Kelompok"), family_heads, _("Belum ada kelompok."));
    for (size_t i = 0; i < families.count; i++) {
        const struct family *f = &families.items[i];

        board_cell_url(t, f->name,
                       url_query(rq->cx.arena, url_fixed("/barang"), "kelompok", f->code));
        board_cell(t, f->code);
    }
    t = board_table(b, _("Bengkel"), workshop_heads, _("Belum ada bengkel."));
    for (size_t i = 0; i < workshops.count; i++) {
        board_cell(t, workshops.items[i].name);
    }
    return OK;
}

enum err families_page(struct request *rq)
{
    struct board *b;
    struct board_form *f;
    struct board_input *i;
    enum err e;

    request_db(rq);
    b = board_new(rq, request_words(rq, _("Kelompok dan bengkel")));
    board_crumb(b, _("Barang"), url_fixed("/barang"));
    if ((e = put_lists(b, rq))) {
        return e;
    }
    if (desk_may(rq, DESK_PRICERS)) {
        f = board_form(b, _("Tambah kelompok"), url_fixed("/kelompok"), _("Simpan kelompok"));
        i = board_input(f, BOARD_LINE, "kode", _("Kode"), "");
        board_hint(i, _("Huruf kecil, angka, dan tanda -, misalnya anyaman. Tidak dapat diubah "
                        "kemudian."));
        board_need(i);
        board_need(board_input(f, BOARD_LINE, "nama", _("Nama"), ""));
        f = board_form(b, _("Tambah bengkel"), url_fixed("/kelompok/bengkel"), _("Simpan bengkel"));
        i = board_input(f, BOARD_LINE, "nama_bengkel", _("Nama bengkel"), "");
        board_hint(i, _("Nama tempat, misalnya Bengkel Anyaman. Tanpa nama orang."));
        board_need(i);
    }
    board_show(b);
    return OK;
}

enum err family_make(struct request *rq)
{
    const char *name = input_text(&rq->in, "nama");
    enum err e = family_create(&rq->cx, input_text(&rq->in, "kode"), name);

    if (!e) {
        request_tell(rq, "ok", desk_say(rq, _("Kelompok %s disimpan."), name));
        respond_redirect(rq, url_fixed("/kelompok"));
    }
    return desk_refused(rq, e);
}

enum err workshop_make(struct request *rq)
{
    const char *name = input_text(&rq->in, "nama_bengkel");
    enum err e = workshop_create(&rq->cx, name);

    if (!e) {
        request_tell(rq, "ok", desk_say(rq, _("Bengkel %s disimpan."), name));
        respond_redirect(rq, url_fixed("/kelompok"));
    }
    return desk_refused(rq, e);
}
