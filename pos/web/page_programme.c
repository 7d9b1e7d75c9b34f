/* Programmes and what came of them: /program. */
#include "inventory/base/arena.h"
#include "inventory/programme.h"
#include "pos/web/desk.h"
#include "pos/web/respond.h"
#include "pos/web/work_pages.h"

static const char *const kinds[] = {"MOU", "LLK", "DINAS", "OTHER", NULL};

const struct input programme_inputs[] = {
    {.name = "kode", .label = _("Kode program"), .type = INPUT_CODE, .required = true, .max = 24},
    {.name = "nama", .label = _("Nama program"), .type = INPUT_LINE, .required = true, .max = 120},
    {.name = "jenis",
     .label = _("Jenis"),
     .type = INPUT_CHOICE,
     .required = true,
     .choices = kinds},
    {.name = "mitra", .label = _("Bersama"), .type = INPUT_LINE, .max = 120},
    {.name = "mulai", .label = _("Mulai"), .type = INPUT_DAY},
    {.name = "sampai", .label = _("Sampai"), .type = INPUT_DAY},
    INPUT_END,
};

static const char *kind_text(struct request *rq, const char *kind)
{
    static const struct {
        const char *kind, *text;
    } texts[] = {{"MOU", _("Nota kesepahaman")},
                 {"LLK", _("Balai latihan kerja")},
                 {"DINAS", _("Dinas")},
                 {"OTHER", _("Lainnya")}};

    for (size_t i = 0; i < LENGTH(texts); i++) {
        if (strcmp(texts[i].kind, kind) == 0) {
            return request_words(rq, texts[i].text);
        }
    }
    return kind;
}

static void put_form(struct board *b, struct request *rq)
{
    struct board_form *f =
        board_form(b, _("Program baru"), url_fixed("/program"), _("Tambah program"));
    struct board_input *i = board_input(f, BOARD_LINE, "kode", _("Kode program"), "");

    board_short(i);
    board_need(i);
    i = board_input(f, BOARD_LINE, "nama", _("Nama program"), "");
    board_need(i);
    i = board_input(f, BOARD_CHOICE, "jenis", _("Jenis"), "MOU");
    for (size_t k = 0; kinds[k]; k++) {
        board_option(i, kinds[k], kind_text(rq, kinds[k]));
    }
    board_input(f, BOARD_LINE, "mitra", _("Bersama"), "");
    board_short(board_input(f, BOARD_DAY, "mulai", _("Mulai"), ""));
    board_short(board_input(f, BOARD_DAY, "sampai", _("Sampai"), ""));
}

enum err programmes_page(struct request *rq)
{
    static const char *const heads[] = {_("Kode"), _("Program"), _("Jenis"), _("Bersama"), NULL};
    struct programme_list list;
    struct board_table *t;
    struct board *b;
    enum err e;

    request_db(rq);
    b = board_new(rq, request_words(rq, _("Program")));
    if ((e = programme_all(&list, &rq->cx))) {
        return e;
    }
    t = board_table(b, _("Program pembinaan"), heads,
                    _("Belum ada program. Perintah kerja dapat ditandai dengan programnya."));
    for (size_t i = 0; i < list.count; i++) {
        const struct programme *p = &list.items[i];

        board_cell_url(t, p->code, url_part(rq->cx.arena, url_fixed("/program"), p->code));
        board_cell(t, p->name);
        board_cell(t, kind_text(rq, p->kind));
        board_cell(t, *p->partner ? p->partner : "–");
    }
    if (desk_may(rq, DESK_MAKERS)) {
        put_form(b, rq);
    }
    board_show(b);
    return OK;
}

enum err programme_add(struct request *rq)
{
    const struct inputs *in = &rq->in;
    struct programme_id id;
    enum err e = programme_create(&id, &rq->cx,
                                  &(struct programme_new){.code = input_text(in, "kode"),
                                                          .name = input_text(in, "nama"),
                                                          .kind = input_text(in, "jenis"),
                                                          .partner = input_text(in, "mitra"),
                                                          .from = input_day(in, "mulai"),
                                                          .to = input_day(in, "sampai")});

    if (e) {
        return work_refused(rq, e);
    }
    request_tell(rq, "ok", desk_say(rq, _("Program %s ditambahkan."), input_text(in, "kode")));
    respond_redirect(rq, url_part(rq->cx.arena, url_fixed("/program"), input_text(in, "kode")));
    return OK;
}

static enum err put_report(struct board *b, struct request *rq, const struct programme *p)
{
    static const char *const heads[] = {_("Barang"),    _("Jadi"), _("Rusak"), _("Terjual"),
                                        _("Penjualan"), _("PNBP"), _("Premi"), NULL};
    struct programme_report r;
    struct board_table *t;
    enum err e = programme_report(&r, &rq->cx, p->id);

    if (e) {
        return e;
    }
    board_facts(b, _("Hasil sampai sekarang"));
    board_fact(b, _("Penjualan"), rupiah_text(rq, r.revenue));
    board_fact(b, _("PNBP"), rupiah_text(rq, r.pnbp));
    board_fact(b, _("Premi"), rupiah_text(rq, r.premi));
    t = board_table(b, _("Per barang"), heads, _("Belum ada yang dibuat untuk program ini."));
    board_right(t, "123456");
    for (size_t i = 0; i < r.count; i++) {
        const struct programme_row_out *x = &r.items[i];

        board_cell_url(t, x->name, url_part(rq->cx.arena, url_fixed("/barang"), x->sku));
        board_cell(t, arena_format(rq->cx.arena, "%s %s", desk_qty(rq, x->good), x->unit));
        board_cell(t, desk_qty(rq, x->reject));
        board_cell(t, desk_qty(rq, x->sold));
        board_cell(t, rupiah_text(rq, x->revenue));
        board_cell(t, rupiah_text(rq, x->pnbp));
        board_cell(t, rupiah_text(rq, x->premi));
    }
    return OK;
}

enum err programme_page(struct request *rq)
{
    struct programme p;
    struct board *b;
    enum err e = programme_get(&p, &rq->cx, request_param(rq, "kode"));

    if (e) {
        return e;
    }
    b = board_new(rq, p.name);
    board_crumb(b, _("Program"), url_fixed("/program"));
    board_facts(b, NULL);
    board_fact(b, _("Kode"), p.code);
    board_fact(b, _("Jenis"), kind_text(rq, p.kind));
    board_fact(b, _("Bersama"), *p.partner ? p.partner : "–");
    if (p.from.since_1970 > 0) {
        board_fact(b, _("Mulai"), desk_day(rq, p.from));
    }
    if (p.to.since_1970 > 0) {
        board_fact(b, _("Sampai"), desk_day(rq, p.to));
    }
    if ((e = put_report(b, rq, &p))) {
        return e;
    }
    board_show(b);
    return OK;
}
