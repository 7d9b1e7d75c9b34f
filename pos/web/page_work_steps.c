/* What is done with a work order, step by step: /perintah/{no}/... */
#include "inventory/base/arena.h"
#include "inventory/base/qty_text.h"
#include "inventory/cost_share.h"
#include "inventory/work.h"
#include "pos/web/desk.h"
#include "pos/web/respond.h"
#include "pos/web/stock_pages.h"
#include "pos/web/work_pages.h"
#include "pos/web/work_parts.h"

static const char *const uses[] = {"keluar", "kembali", "hilang", NULL};
static const char *const places[] = {"galeri", "gudang", NULL};
static const char *const bases[] = {"persen", "jam", NULL};

const struct input work_start_inputs[] = {INPUT_END};
const struct input work_use_inputs[] = {
    {.name = "gerak", .label = _("Apa"), .type = INPUT_CHOICE, .required = true, .choices = uses},
    {.name = "bahan", .label = _("Bahan"), .type = INPUT_CODE, .required = true},
    {.name = "jumlah", .label = _("Jumlah"), .type = INPUT_QTY, .required = true},
    {.name = "catatan", .label = _("Catatan"), .type = INPUT_LINE, .max = MATERIAL_NOTE_MAX},
    INPUT_END,
};
const struct input work_share_inputs[] = {
    {.name = "dasar",
     .label = _("Dihitung menurut"),
     .type = INPUT_CHOICE,
     .required = true,
     .choices = bases},
    {.name = "pelaku", .label = _("Pelaku"), .type = INPUT_TEXT, .required = true, .max = 8000},
    INPUT_END,
};
const struct input work_check_inputs[] = {
    {.name = "mutu_a", .label = _("Mutu A"), .type = INPUT_QTY, .max = QTY_MAX_MILLI},
    {.name = "mutu_b", .label = _("Mutu B"), .type = INPUT_QTY, .max = QTY_MAX_MILLI},
    {.name = "tolak", .label = _("Rusak"), .type = INPUT_QTY, .max = QTY_MAX_MILLI},
    {.name = "lebih", .label = _("Mengapa lebih dari rencana"), .type = INPUT_LINE, .max = 200},
    {.name = "ket", .label = _("Catatan"), .type = INPUT_LINE, .max = 500},
    INPUT_END,
};
const struct input work_finish_inputs[] = {
    {.name = "periksa", .label = _("Pemeriksaan"), .type = INPUT_INT, .required = true},
    {.name = "ongkos", .label = _("Ongkos"), .type = INPUT_RUPIAH},
    {.name = "ke",
     .label = _("Disimpan di"),
     .type = INPUT_CHOICE,
     .required = true,
     .choices = places},
    {.name = "akhir", .label = _("Tidak ada lagi yang akan jadi"), .type = INPUT_FLAG},
    INPUT_END,
};
const struct input work_cancel_inputs[] = {
    {.name = "alasan", .label = _("Alasan"), .type = INPUT_TEXT, .max = WORK_NOTE_MAX},
    INPUT_END,
};

static struct url step_url(struct request *rq, const struct work_order *w, const char *step)
{
    return url_part(rq->cx.arena, work_url(rq, w->number), step);
}

/* ---- the forms ---- */

static enum err use_form(struct board *b, struct request *rq, const struct work_order *w)
{
    struct board_form *f =
        board_form(b, _("Bahan untuk perintah ini"), step_url(rq, w, "bahan"), _("Catat bahan"));
    struct board_input *i = board_input(f, BOARD_CHOICE, "gerak", _("Apa"), "keluar");
    enum err e;

    board_option(i, "keluar", request_words(rq, _("Dikeluarkan dari gudang")));
    if (w->materials.count > 0) {
        board_option(i, "kembali", request_words(rq, _("Dikembalikan ke gudang")));
        board_option(i, "hilang", request_words(rq, _("Hilang atau rusak saat dikerjakan")));
    }
    e = materials_input(f, rq);
    i = board_input(f, BOARD_NUMBER, "jumlah", _("Jumlah"), "");
    board_short(i);
    board_need(i);
    board_input(f, BOARD_LINE, "catatan", _("Catatan"), "");
    return e;
}

static const char *shares_now(struct request *rq, const struct work_order *w)
{
    struct sbuf text;
    const char *out;

    sbuf_init(&text, 8000);
    for (size_t i = 0; i < w->share_count; i++) {
        sbuf_format(&text, "%s %d,%02d%s%s\n", w->shares[i].maker,
                    (int)(w->shares[i].share_bps / 100), (int)(w->shares[i].share_bps % 100),
                    *w->shares[i].reason ? " " : "", w->shares[i].reason);
    }
    out = arena_text(rq->cx.arena, sbuf_str(&text));
    sbuf_done(&text);
    return out;
}

static void share_form(struct board *b, struct request *rq, const struct work_order *w)
{
    struct board_form *f =
        board_form(b, _("Siapa yang mengerjakan"), step_url(rq, w, "pelaku"), _("Simpan pelaku"));
    struct board_input *i = board_input(f, BOARD_CHOICE, "dasar", _("Dihitung menurut"), "persen");

    board_option(i, "persen", request_words(rq, _("bagian dalam persen, bersama 100")));
    board_option(i, "jam", request_words(rq, _("jam kerja")));
    i = board_input(f, BOARD_AREA, "pelaku", _("Pelaku"), shares_now(rq, w));
    board_hint(i,
               _("Satu perajin satu baris: kode, spasi, angka, misalnya W-03 60. Kode saja, jangan "
                 "nama. Bila izinnya lewat, tulis alasannya di belakang angka."));
    board_need(i);
}

static void check_form(struct board *b, struct request *rq, const struct work_order *w)
{
    struct board_form *f =
        board_form(b, _("Periksa yang jadi"), step_url(rq, w, "periksa"), _("Simpan pemeriksaan"));
    struct board_input *i;

    board_short(board_input(f, BOARD_NUMBER, "mutu_a", _("Mutu A"), ""));
    board_short(board_input(f, BOARD_NUMBER, "mutu_b", _("Mutu B"), ""));
    i = board_input(f, BOARD_NUMBER, "tolak", _("Rusak"), "");
    board_short(i);
    board_hint(i, _("Yang rusak tidak mendapat label dan tidak pernah dapat dijual."));
    if (request_error(rq, "lebih")) {
        board_input(f, BOARD_LINE, "lebih", _("Mengapa lebih dari rencana"), "");
    }
    board_input(f, BOARD_LINE, "ket", _("Catatan"), "");
}

static void finish_form(struct board *b, struct request *rq, const struct work_order *w,
                        const struct work_checked *c)
{
    struct board_form *f = board_form(b, _("Jadikan lot dan buat label"),
                                      step_url(rq, w, "selesai"), _("Selesaikan dan buat label"));
    struct board_input *i;

    board_input(f, BOARD_HIDDEN, "periksa", NULL, arena_format(rq->cx.arena, "%d", (int)c->n));
    i = board_input(f, BOARD_NUMBER, "ongkos", _("Ongkos"), "");
    board_short(i);
    board_hint(i,
               _("Ongkos seluruh lot ini selain bahan: listrik, alat, upah. Kosong berarti tidak "
                 "ada."));
    i = board_input(f, BOARD_CHOICE, "ke", _("Disimpan di"), "galeri");
    board_option(i, "galeri", request_words(rq, _("Galeri")));
    board_option(i, "gudang", request_words(rq, _("Gudang")));
    board_input(f, BOARD_CHECK, "akhir", _("Tidak ada lagi yang akan jadi"), "");
}

static const struct work_checked *waiting_check(const struct work_order *w)
{
    for (size_t i = 0; i < w->check_count; i++) {
        if (!w->checks[i].finished) {
            return &w->checks[i];
        }
    }
    return NULL;
}

static bool has_output(const struct work_order *w)
{
    for (size_t i = 0; i < w->check_count; i++) {
        if (w->checks[i].finished) {
            return true;
        }
    }
    return false;
}

/* Cancels it, or gives up the rest when something came of it. */
static void cancel_form(struct board *b, struct request *rq, const struct work_order *w)
{
    const bool part = has_output(w);
    struct board_form *f =
        board_form(b, part ? _("Tutup perintah kerja") : _("Batalkan perintah kerja"),
                   step_url(rq, w, "batal"), part ? _("Tutup") : _("Batalkan"));
    struct board_input *i = board_input(f, BOARD_LINE, "alasan", _("Alasan"), "");

    board_hint(i, part ? _("Sisanya tidak akan dibuat. Kembalikan dulu bahan yang masih ada; yang "
                           "sudah terpakai dan tidak menjadi barang tercatat sebagai rugi.")
                       : _("Bahan yang belum dikembalikan tercatat hilang."));
}

enum err work_steps(struct board *b, struct request *rq, const struct work_order *w)
{
    const struct work_checked *waiting = waiting_check(w);
    enum err e;

    if (w->state == WORK_FINISHED || w->state == WORK_CANCELLED) {
        return OK;
    }
    if (waiting && w->share_count > 0) {
        finish_form(b, rq, w, waiting);
    }
    if (w->state == WORK_PLANNED) {
        board_form(b, _("1. Rencana"), step_url(rq, w, "mulai"), _("Mulai tanpa bahan"));
    }
    if ((e = use_form(b, rq, w))) {
        return e;
    }
    share_form(b, rq, w);
    if (w->state != WORK_PLANNED) {
        check_form(b, rq, w);
    }
    if (!has_output(w) || !waiting) {
        cancel_form(b, rq, w);
    }
    return OK;
}

const char *each_text(struct request *rq, const struct work_order *w, const struct work_checked *c)
{
    const int64_t pieces = (c->grade_a.milli + c->grade_b.milli) / 1000;
    struct rupiah left, each;

    if (!c->cost_known) {
        return request_words(rq, _("belum diketahui"));
    }
    each = cost_each_down(&left, c->total, pieces);
    return left.rp == 0 ? rupiah_text(rq, each)
                        : desk_say(rq, _("%s; sisa pembulatan %s: %lld %s pertama Rp1 lebih"),
                                   rupiah_text(rq, each), rupiah_text(rq, left), (long long)left.rp,
                                   w->unit);
}

/* ---- the acts ---- */

static enum err back(struct request *rq, enum err e, const char *told)
{
    if (e) {
        return work_refused(rq, e);
    }
    request_tell(rq, "ok", told);
    respond_redirect(rq, work_url(rq, number_of(rq)));
    return OK;
}

enum err work_begin(struct request *rq)
{
    return back(rq, work_start(&rq->cx, number_of(rq)),
                request_words(rq, _("Perintah kerja berjalan.")));
}

enum err work_use(struct request *rq)
{
    struct material_use w = {.work_order = number_of(rq),
                             .qty = input_qty(&rq->in, "jumlah"),
                             .note = input_text(&rq->in, "catatan")};
    const size_t what = input_choice(&rq->in, "gerak");
    enum err e = product_given(&w.product, rq, "bahan");

    if (!e) {
        e = what == 0   ? material_issue(&rq->cx, &w)
            : what == 1 ? material_return(&rq->cx, &w)
                        : material_lose(&rq->cx, &w);
    }
    return back(rq, e, request_words(rq, _("Bahan dicatat.")));
}

/* "W-03 60 alasan": code, figure, and what stands behind it. */
static bool share_read(struct work_share *out, char *line, bool hours)
{
    char *figure = strchr(line, ' '), *reason;
    struct qty q;

    if (!figure) {
        return false;
    }
    *figure++ = '\0';
    figure += strspn(figure, " ");
    reason = strchr(figure, ' ');
    if (reason) {
        *reason++ = '\0';
        reason += strspn(reason, " %");
    }
    figure[strcspn(figure, "%")] = '\0';
    if (qty_parse(&q, figure) || q.milli < 0 || q.milli > INT64_C(1000000000)) {
        return false;
    }
    for (char *c = line; *c; c++) {
        *c = (char)(*c >= 'a' && *c <= 'z' ? *c - 'a' + 'A' : *c);
    }
    *out = (struct work_share){.maker = line, .reason = reason ? reason : ""};
    if (hours) {
        out->hours = q;
    } else {
        out->share_bps = (int32_t)(q.milli / 10);
    }
    return true;
}

enum err work_shared(struct request *rq)
{
    struct work_share *shares = ARENA_ARRAY(rq->cx.arena, struct work_share, WORK_SHARES_MAX + 1);
    const bool hours = input_choice(&rq->in, "dasar") == 1;
    char *line = arena_text(rq->cx.arena, input_text(&rq->in, "pelaku"));
    size_t n = 0;

    while (line && n <= WORK_SHARES_MAX) {
        char *end = strchr(line, '\n');

        if (end) {
            *end++ = '\0';
        }
        line += strspn(line, " \t");
        if (*line && !share_read(&shares[n++], line, hours)) {
            return refuse_field(&rq->cx, ERR_INVALID, "shares-line", "pelaku",
                                _("Baris ke-%zu tidak terbaca. Tulis kode, spasi, angka, misalnya "
                                  "W-03 60."),
                                n);
        }
        line = end;
    }
    return back(rq, work_shares_put(&rq->cx, number_of(rq), shares, n),
                request_words(rq, _("Pelaku dicatat.")));
}

enum err work_checking(struct request *rq)
{
    const struct work_check c = {.grade_a = input_qty(&rq->in, "mutu_a"),
                                 .grade_b = input_qty(&rq->in, "mutu_b"),
                                 .reject = input_qty(&rq->in, "tolak"),
                                 .note = input_text(&rq->in, "ket"),
                                 .over_reason = input_text(&rq->in, "lebih")};
    int32_t n;

    return back(rq, work_check(&n, &rq->cx, number_of(rq), &c),
                request_words(rq, _("Pemeriksaan dicatat. Jadikan lot untuk mendapat label.")));
}

enum err work_finishing(struct request *rq)
{
    const struct work_finish w = {
        .check = (int32_t)input_int(&rq->in, "periksa"),
        .overhead = input_rupiah(&rq->in, "ongkos"),
        .last = input_flag(&rq->in, "akhir"),
        .to = input_choice(&rq->in, "ke") == 1 ? PLACE_STORE : PLACE_SHOWROOM,
        .over_reason = "",
    };
    struct work_finished out;
    enum err e = work_finish(&out, &rq->cx, number_of(rq), &w);

    return back(rq, e,
                e ? ""
                  : desk_say(rq, _("Lot %s jadi. Labelnya siap dicetak."),
                             desk_code_groups(rq, out.received.lot_code)));
}

enum err work_cancelling(struct request *rq)
{
    return back(rq, work_cancel(&rq->cx, number_of(rq), input_text(&rq->in, "alasan")),
                request_words(rq, _("Perintah kerja dibatalkan.")));
}
