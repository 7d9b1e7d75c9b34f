/* Where book and shelf do not agree: /kasus. */
#include "inventory/base/arena.h"
#include "inventory/base/calendar.h"
#include "inventory/stock_case.h"
#include "pos/web/desk.h"
#include "pos/web/respond.h"
#include "pos/web/stock_pages.h"

static const char *const choices[] = {"arrived", "back",   "lost",  "damaged",
                                      "moved",   "booked", "stays", NULL};

const struct input case_inputs[] = {
    {.name = "pilihan",
     .label = _("Keputusan"),
     .type = INPUT_CHOICE,
     .required = true,
     .choices = choices},
    {.name = "catatan", .label = _("Alasan"), .type = INPUT_TEXT, .required = true, .max = 1000},
    INPUT_END,
};

static const char *kind_text(struct request *rq, enum case_kind kind)
{
    switch (kind) {
    case CASE_TRANSFER_SHORT: return request_words(rq, _("kiriman kurang"));
    case CASE_COUNT_SHORT: return request_words(rq, _("tidak ditemukan saat dihitung"));
    case CASE_COUNT_OVER: return request_words(rq, _("lebih saat dihitung"));
    case CASE_COUNT_ELSEWHERE: return request_words(rq, _("ditemukan di tempat lain"));
    case CASE_NEGATIVE: return request_words(rq, _("dijual melebihi buku"));
    case CASE_FINDING: return request_words(rq, _("temuan"));
    }
    return "";
}

static const char *choice_text(struct request *rq, enum case_choice choice)
{
    switch (choice) {
    case CHOICE_ARRIVED: return request_words(rq, _("Tiba juga: pindahkan ke tujuan"));
    case CHOICE_BACK: return request_words(rq, _("Masih di asal: kembalikan"));
    case CHOICE_LOST: return request_words(rq, _("Hilang"));
    case CHOICE_DAMAGED: return request_words(rq, _("Rusak"));
    case CHOICE_MOVED: return request_words(rq, _("Memang di sini: buku mengikuti"));
    case CHOICE_BOOKED: return request_words(rq, _("Hitungan benar: buku mengikuti"));
    case CHOICE_STAYS: return request_words(rq, _("Buku benar: tidak ada yang dipindahkan"));
    }
    return "";
}

const char *case_text(struct request *rq, const struct stock_case *c)
{
    return c->closed ? choice_text(rq, c->choice)
                     : desk_say(rq, _("%s: belum diputuskan"), kind_text(rq, c->kind));
}

static struct url case_url(struct request *rq, const char *number)
{
    return url_part(rq->cx.arena, url_fixed("/kasus"), number);
}

static const char *open_text(struct request *rq, const struct stock_case *c)
{
    const int32_t days =
        desk_today(rq).since_1970 - instant_day(c->opened_at, rq->cx.site->zone).since_1970;

    return days > 0 ? desk_say(rq, _("terbuka %d hari"), (int)days)
                    : request_words(rq, _("terbuka hari ini"));
}

void cases_table(struct board *b, struct request *rq, const char *title,
                 const struct stock_case_list *list)
{
    static const char *const heads[] = {_("Kasus"), _("Barang"), _("Label"),   _("Selisih"),
                                        _("Apa"),   _("Tempat"), _("Keadaan"), NULL};
    struct board_table *t = board_table(b, title, heads, _("Tidak ada kasus."));
    board_right(t, "3");

    for (size_t i = 0; i < list->count; i++) {
        const struct stock_case *c = &list->items[i];

        board_cell_url(t, c->number, case_url(rq, c->number));
        board_cell(t, c->item.name);
        board_cell(t, taken_code(rq, &c->item));
        board_cell(t, taken_qty(rq, &c->item));
        board_cell(t, kind_text(rq, c->kind));
        board_cell(t, c->place.name);
        board_cell_badge(t, c->closed ? "ok" : "warn",
                         c->closed ? choice_text(rq, c->choice) : open_text(rq, c));
    }
    board_cut(t, list->count == CASES_SHOWN);
}

enum err cases_page(struct request *rq)
{
    struct board *b = board_new(rq, request_words(rq, _("Kasus selisih")));
    struct stock_case_list open, closed;
    enum err e;

    if ((e = case_list(&open, &rq->cx, true)) || (e = case_list(&closed, &rq->cx, false))) {
        return e;
    }
    cases_table(b, rq, _("Menunggu keputusan"), &open);
    if (closed.count > 0) {
        cases_table(b, rq, _("Sudah diputuskan"), &closed);
    }
    board_show(b);
    return OK;
}

static void put_decision(struct board *b, struct request *rq, const struct stock_case *c)
{
    struct board_form *f = board_form(b, _("Keputusan"), case_url(rq, c->number), _("Tutup kasus"));
    struct board_input *i = board_input(f, BOARD_CHOICE, "pilihan", _("Keputusan"), "");

    for (size_t k = 0; choices[k]; k++) {
        enum case_choice choice;

        if (case_choice_from_name(&choice, choices[k]) && case_choice_fits(c->kind, choice)) {
            board_option(i, choices[k], choice_text(rq, choice));
        }
    }
    i = board_input(f, BOARD_AREA, "catatan", _("Alasan"), "");
    board_need(i);
}

static void put_facts(struct board *b, struct request *rq, const struct stock_case *c)
{
    board_facts(b, NULL);
    board_fact(b, _("Apa"), kind_text(rq, c->kind));
    board_fact_url(b, _("Barang"), c->item.name,
                   url_part(rq->cx.arena, url_fixed("/barang"), c->item.sku));
    board_fact(b, _("Label"), taken_code(rq, &c->item));
    board_fact(b, _("Selisih"), taken_qty(rq, &c->item));
    if (desk_may(rq, DESK_COSTS)) {
        board_fact(b, _("Nilai"), cost_text(rq, c->item.cost_known, c->item.cost));
    }
    board_fact(b, _("Tempat"), c->place.name);
    if (c->has_other) {
        board_fact(b, c->kind == CASE_TRANSFER_SHORT ? _("Tujuan kiriman") : _("Menurut buku"),
                   c->other.name);
    }
    board_fact(b, _("Dibuka"),
               desk_say(rq, _("%s, oleh %s"), desk_moment(rq, c->opened_at), c->opener));
    if (*c->note) {
        board_fact(b, _("Catatan"), c->note);
    }
    if (c->closed) {
        board_fact(b, _("Keputusan"), choice_text(rq, c->choice));
        board_fact(b, _("Alasan"), c->close_note);
        board_fact(b, _("Ditutup"),
                   desk_say(rq, _("%s, oleh %s"), desk_moment(rq, c->closed_at), c->approver));
    }
}

enum err case_page(struct request *rq)
{
    struct stock_case c;
    struct board *b;
    enum err e;

    request_db(rq);
    if ((e = case_get(&c, &rq->cx, number_of(rq)))) {
        return e;
    }
    b = board_new(rq, c.number);
    board_crumb(b, _("Kasus"), url_fixed("/kasus"));
    put_facts(b, rq, &c);
    if (!c.closed && desk_may(rq, DESK_PRICERS)) {
        put_decision(b, rq, &c);
    } else if (!c.closed) {
        board_say(b, "info", request_words(rq, _("Menunggu keputusan penyelia atau admin.")));
    }
    board_show(b);
    return OK;
}

enum err case_decide(struct request *rq)
{
    enum case_choice choice = CHOICE_STAYS;
    enum err e;

    if (!case_choice_from_name(&choice, input_text(&rq->in, "pilihan"))) {
        return ERR_INVALID;
    }
    if ((e = case_close(&rq->cx, number_of(rq), choice, input_text(&rq->in, "catatan")))) {
        return stock_refused(rq, e);
    }
    request_tell(rq, "ok", desk_say(rq, _("Kasus %s ditutup."), number_of(rq)));
    respond_redirect(rq, case_url(rq, number_of(rq)));
    return OK;
}
