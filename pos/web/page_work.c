/* Work orders: the list, a new one, and the page of one: /perintah. */
#include "inventory/base/arena.h"
#include "inventory/base/id.h"
#include "inventory/programme.h"
#include "inventory/work.h"
#include "pos/web/desk.h"
#include "pos/web/respond.h"
#include "pos/web/stock_pages.h"
#include "pos/web/trace_pages.h"
#include "pos/web/work_pages.h"
#include "pos/web/work_parts.h"

static const char *const capitals[] = {"DIPA",           "KOPERASI", "MITRA",
                                       "MODAL_BERGULIR", "HIBAH",    NULL};

const struct input work_inputs[] = {
    {.name = "bahan", .label = _("Barang"), .type = INPUT_CODE, .required = true},
    {.name = "jumlah", .label = _("Rencana jumlah"), .type = INPUT_QTY, .required = true},
    {.name = "bengkel", .label = _("Bengkel"), .type = INPUT_ID},
    {.name = "modal",
     .label = _("Sumber modal"),
     .type = INPUT_CHOICE,
     .required = true,
     .choices = capitals},
    {.name = "program", .label = _("Program"), .type = INPUT_LINE, .max = 24},
    {.name = "batas", .label = _("Selesai sebelum"), .type = INPUT_DAY},
    {.name = "catatan", .label = _("Catatan"), .type = INPUT_TEXT, .max = WORK_NOTE_MAX},
    INPUT_END,
};

struct url work_url(struct request *rq, const char *number)
{
    return url_part(rq->cx.arena, url_fixed("/perintah"), number);
}

static const char *capital_text(struct request *rq, const char *capital)
{
    static const struct {
        const char *capital, *text;
    } texts[] = {{"DIPA", _("DIPA")},
                 {"KOPERASI", _("Koperasi")},
                 {"MITRA", _("Mitra")},
                 {"MODAL_BERGULIR", _("Modal bergulir")},
                 {"HIBAH", _("Hibah")}};

    for (size_t i = 0; i < LENGTH(texts); i++) {
        if (strcmp(texts[i].capital, capital) == 0) {
            return request_words(rq, texts[i].text);
        }
    }
    return capital;
}

static const char *state_text(struct request *rq, enum work_state state)
{
    switch (state) {
    case WORK_PLANNED: return request_words(rq, _("direncanakan"));
    case WORK_RUNNING: return request_words(rq, _("berjalan"));
    case WORK_CHECKED: return request_words(rq, _("diperiksa"));
    case WORK_FINISHED: return request_words(rq, _("selesai"));
    case WORK_CANCELLED: return request_words(rq, _("dibatalkan"));
    }
    return "";
}

static const char *state_tone(enum work_state state)
{
    switch (state) {
    case WORK_PLANNED:
    case WORK_RUNNING: return "info";
    case WORK_CHECKED: return "warn";
    case WORK_FINISHED: return "ok";
    case WORK_CANCELLED: return "bad";
    }
    return "info";
}

enum err works_page(struct request *rq)
{
    static const char *const heads[] = {_("Nomor"), _("Barang"),  _("Bengkel"), _("Rencana"),
                                        _("Jadi"),  _("Program"), _("Keadaan"), NULL};
    struct board *b = board_new(rq, request_words(rq, _("Perintah kerja")));
    struct work_list list;
    struct board_table *t;
    enum err e = work_list(&list, &rq->cx);

    if (e) {
        return e;
    }
    if (desk_may(rq, DESK_MAKERS)) {
        board_action(b, _("Perintah kerja baru"), url_fixed("/perintah/baru"), true);
    }
    t = board_table(b, _("Perintah kerja, yang berjalan di atas"), heads,
                    _("Belum ada perintah kerja. Rencanakan satu: barang, jumlah, bahan, pelaku."));
    board_right(t, "34");
    for (size_t i = 0; i < list.count; i++) {
        const struct work_order *w = &list.items[i];

        board_cell_url(t, w->number, work_url(rq, w->number));
        board_cell(t, w->name);
        board_cell(t, w->workshop_name);
        board_cell(t, arena_format(rq->cx.arena, "%s %s", desk_qty(rq, w->planned), w->unit));
        board_cell(t, desk_qty(rq, w->good));
        board_cell(t, *w->programme ? w->programme : "–");
        board_cell_badge(t, state_tone(w->state), state_text(rq, w->state));
    }
    board_cut(t, list.count == WORKS_SHOWN);
    board_show(b);
    return OK;
}

/* ---- a new one ---- */

enum { PRODUCTS_OFFERED = 190 };

static enum err products_input(struct board_form *f, struct request *rq)
{
    struct board_input *i = board_input(f, BOARD_CHOICE, "bahan", _("Barang"), "");
    struct product_list list;
    enum err e = product_page(&list, &rq->cx, NULL, NULL, PRODUCTS_OFFERED);

    for (size_t k = 0; !e && k < list.count; k++) {
        const struct product *p = &list.items[k];

        if (p->active && (p->tracking == TRACK_PIECE || p->tracking == TRACK_LOT)) {
            board_option(i, p->sku, arena_format(rq->cx.arena, "%s · %s", p->name, p->sku));
        }
    }
    board_need(i);
    return e;
}

static enum err programmes_input(struct board_form *f, struct request *rq)
{
    struct board_input *i = board_input(f, BOARD_CHOICE, "program", _("Program"), "");
    struct programme_list list;
    enum err e = programme_all(&list, &rq->cx);

    board_option(i, "", "–");
    for (size_t k = 0; !e && k < list.count; k++) {
        board_option(i, list.items[k].code, list.items[k].name);
    }
    return e;
}

enum err work_form(struct request *rq)
{
    struct board_form *f;
    struct board_input *i;
    struct board *b;
    enum err e;

    request_db(rq);
    b = board_new(rq, request_words(rq, _("Perintah kerja baru")));
    board_crumb(b, _("Perintah kerja"), url_fixed("/perintah"));
    f = board_form(b, NULL, url_fixed("/perintah/baru"), _("Rencanakan"));
    if ((e = products_input(f, rq))) {
        return e;
    }
    i = board_input(f, BOARD_NUMBER, "jumlah", _("Rencana jumlah"), "");
    board_short(i);
    board_need(i);
    i = board_input(f, BOARD_CHOICE, "modal", _("Sumber modal"), "DIPA");
    for (size_t k = 0; capitals[k]; k++) {
        board_option(i, capitals[k], capital_text(rq, capitals[k]));
    }
    if ((e = programmes_input(f, rq))) {
        return e;
    }
    board_short(board_input(f, BOARD_DAY, "batas", _("Selesai sebelum"), ""));
    board_input(f, BOARD_AREA, "catatan", _("Catatan"), "");
    board_show(b);
    return OK;
}

enum err work_make(struct request *rq)
{
    const struct inputs *in = &rq->in;
    struct work_new w = {
        .planned = input_qty(in, "jumlah"),
        .capital = input_text(in, "modal"),
        .due = input_day(in, "batas"),
        .note = input_text(in, "catatan"),
    };
    struct document_no number;
    struct programme programme;
    enum err e = product_given(&w.product, rq, "bahan");

    if (!e && input_given(in, "program")) {
        e = programme_get(&programme, &rq->cx, input_text(in, "program"));
        w.programme = programme.id;
    }
    if (e || (e = work_plan(&number, &rq->cx, &w))) {
        return work_refused(rq, e);
    }
    respond_redirect(rq, work_url(rq, number.text));
    return OK;
}

/* ---- one of them ---- */

static void put_facts(struct board *b, struct request *rq, const struct work_order *w)
{
    board_facts(b, NULL);
    board_fact(b, _("Keadaan"), state_text(rq, w->state));
    board_fact_url(b, _("Barang"), w->name, url_part(rq->cx.arena, url_fixed("/barang"), w->sku));
    board_fact(b, _("Rencana"),
               arena_format(rq->cx.arena, "%s %s", desk_qty(rq, w->planned), w->unit));
    board_fact(
        b, _("Sudah diperiksa"),
        desk_say(rq, _("%s jadi, %s rusak"), desk_qty(rq, w->good), desk_qty(rq, w->reject)));
    board_fact(b, _("Bengkel"), w->workshop_name);
    board_fact(b, _("Sumber modal"), capital_text(rq, w->capital));
    if (*w->programme) {
        board_fact_url(b, _("Program"), w->programme_name,
                       url_part(rq->cx.arena, url_fixed("/program"), w->programme));
    }
    if (w->due.since_1970 > 0) {
        board_fact(b, _("Selesai sebelum"), desk_day(rq, w->due));
    }
    board_fact(b, _("Direncanakan"),
               desk_say(rq, _("%s, oleh %s"), desk_moment(rq, w->at), w->planner));
    if (*w->note) {
        board_fact(b, _("Catatan"), w->note);
    }
    if (*w->state_reason) {
        board_fact(b, _("Alasan"), w->state_reason);
    }
}

/* What a finished piece will cost, as far as it can be said now. */
static const char *estimate(struct request *rq, const struct work_order *w)
{
    const int64_t pieces = w->planned.milli / 1000;

    if (!w->materials.cost_known) {
        return request_words(rq, _("belum diketahui"));
    }
    return desk_say(
        rq, _("%s bahan untuk satu %s, sebelum ongkos"),
        rupiah_text(rq, RUPIAH(pieces > 0 ? w->materials.cost.rp / pieces : w->materials.cost.rp)),
        w->unit);
}

static void put_materials(struct board *b, struct request *rq, const struct work_order *w)
{
    static const char *const heads[] = {_("Bahan"),        _("Terpakai"), _("Biaya"), _("Lot"),
                                        _("Terima bahan"), _("Pemasok"),  NULL};
    struct board_table *t =
        board_table(b, _("2. Bahan"), heads, _("Belum ada bahan yang dikeluarkan."));

    board_right(t, "12");
    for (size_t i = 0; i < w->materials.count; i++) {
        const struct work_material *m = &w->materials.items[i];

        board_cell(t, m->name);
        board_cell(t, arena_format(rq->cx.arena, "%s %s", desk_qty(rq, m->qty), m->unit));
        board_cell(t, cost_text(rq, m->cost_known, m->cost));
        board_cell_url(t, desk_code_groups(rq, m->lot), trace_label_url(rq, m->lot.text));
        if (*m->receipt) {
            board_cell_url(t, m->receipt, trace_paper_url(rq, m->receipt, false));
        } else {
            board_cell(t, "–");
        }
        board_cell(t, *m->supplier ? m->supplier : "–");
    }
    if (w->materials.count > 0) {
        board_facts(b, NULL);
        board_fact(b, _("Biaya bahan"), cost_text(rq, w->materials.cost_known, w->materials.cost));
        board_fact(b, _("Perkiraan"), estimate(rq, w));
        if (w->state == WORK_FINISHED && w->materials.cost.rp > w->charged.rp) {
            board_fact(b, _("Rugi: bahan yang tidak menjadi barang"),
                       cost_text(rq, w->materials.cost_known,
                                 RUPIAH(w->materials.cost.rp - w->charged.rp)));
        }
    }
}

static void put_shares(struct board *b, struct request *rq, const struct work_order *w)
{
    static const char *const heads[] = {_("Perajin"), _("Bagian"), _("Jam"), _("Alasan"), NULL};
    struct board_table *t =
        board_table(b, _("3. Pelaku"), heads, _("Belum dicatat siapa yang mengerjakan."));

    board_right(t, "12");
    for (size_t i = 0; i < w->share_count; i++) {
        const struct work_share *s = &w->shares[i];

        board_cell_url(t, s->maker, url_part(rq->cx.arena, url_fixed("/perajin"), s->maker));
        board_cell(t, arena_format(rq->cx.arena, "%d,%02d %%", (int)(s->share_bps / 100),
                                   (int)(s->share_bps % 100)));
        board_cell(t, s->hours.milli > 0 ? desk_qty(rq, s->hours) : "–");
        board_cell(t, *s->reason ? s->reason : "–");
    }
}

static void check_cells(struct board_table *t, struct request *rq, const struct work_checked *c)
{
    board_cell(t, arena_format(rq->cx.arena, "%d", (int)c->n));
    board_cell(t, desk_qty(rq, c->grade_a));
    board_cell(t, desk_qty(rq, c->grade_b));
    board_cell(t, desk_qty(rq, c->reject));
    board_cell(t, desk_say(rq, _("%s, oleh %s"), desk_moment(rq, c->at), c->checker));
    if (c->finished) {
        board_cell_url(t, desk_code_groups(rq, c->lot),
                       url_part(rq->cx.arena, url_fixed("/produksi"), c->lot.text));
    } else {
        board_cell_badge(t, "warn", request_words(rq, _("menunggu diselesaikan")));
    }
    board_cell(t, c->finished ? cost_text(rq, c->cost_known, c->total) : "–");
}

static void put_checks(struct board *b, struct request *rq, const struct work_order *w)
{
    static const char *const heads[] = {_("No."),       _("Mutu A"), _("Mutu B"), _("Rusak"),
                                        _("Diperiksa"), _("Lot"),    _("Biaya"),  NULL};
    struct board_table *t =
        board_table(b, _("4. Pemeriksaan dan hasil"), heads, _("Belum ada yang diperiksa."));

    board_right(t, "1236");
    for (size_t i = 0; i < w->check_count; i++) {
        check_cells(t, rq, &w->checks[i]);
    }
}

static void put_done(struct board *b, struct request *rq, const struct work_order *w)
{
    for (size_t i = 0; i < w->check_count; i++) {
        const struct work_checked *c = &w->checks[i];

        if (c->finished) {
            board_facts(b, _("Biaya lot"));
            board_fact_url(b, _("Lot"), desk_code_groups(rq, c->lot),
                           url_part(rq->cx.arena, url_fixed("/produksi"), c->lot.text));
            board_fact(b, _("Bahan"), cost_text(rq, c->cost_known, c->material));
            board_fact(b, _("Ongkos"), rupiah_text(rq, c->overhead));
            board_fact(b, _("Seluruhnya"), cost_text(rq, c->cost_known, c->total));
            board_fact(b, _("Untuk satu"), each_text(rq, w, c));
            board_fact_url(b, _("Label"), request_words(rq, _("Cetak labelnya")),
                           url_part(rq->cx.arena, url_fixed("/label"), c->lot.text));
        }
    }
}

enum err work_page(struct request *rq)
{
    struct work_order w;
    struct board *b;
    enum err e;

    request_db(rq);
    if ((e = work_get(&w, &rq->cx, number_of(rq)))) {
        return e;
    }
    b = board_new(rq, w.number);
    board_crumb(b, _("Perintah kerja"), url_fixed("/perintah"));
    put_facts(b, rq, &w);
    if (desk_may(rq, DESK_MAKERS) && (e = work_steps(b, rq, &w))) {
        return e;
    }
    put_materials(b, rq, &w);
    put_shares(b, rq, &w);
    put_checks(b, rq, &w);
    put_done(b, rq, &w);
    board_show(b);
    return OK;
}
