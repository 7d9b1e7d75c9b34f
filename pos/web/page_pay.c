/* Paying: suggested sums, notes laid down, the sale itself, and the page of the finished sale. */
#include "inventory/base/arena.h"
#include "inventory/base/id.h"
#include "inventory/base/money_text.h"
#include "inventory/base/sbuf.h"
#include "pos/sale.h"
#include "pos/tender.h"
#include "pos/web/desk.h"
#include "pos/web/respond.h"
#include "pos/web/till_pages.h"

enum { SHEETS_MAX = 24, SHEET_UNIT_RP = 1000 };

/* ---- what is to be paid ---- */

struct sum_view {
    int64_t amount;
    struct rupiah label;
    bool exact;
};

static const struct tpl_field sum_fields[] = {
    TPL_FIELD(sum_view, amount),
    TPL_FIELD(sum_view, label),
    TPL_FIELD(sum_view, exact),
    TPL_FIELD_END,
};

struct sheet_view {
    struct rupiah note;
    int64_t count;
};

static const struct tpl_field sheet_fields[] = {
    TPL_FIELD(sheet_view, note),
    TPL_FIELD(sheet_view, count),
    TPL_FIELD_END,
};

const struct tpl_field pay_view_fields[] = {
    TPL_FIELD(pay_view, csrf),
    TPL_FIELD(pay_view, key),
    TPL_FIELD(pay_view, total),
    TPL_FIELD(pay_view, total_rp),
    TPL_FIELD(pay_view, kinds),
    TPL_FIELD(pay_view, pieces),
    TPL_FIELD(pay_view, any),
    TPL_FIELD_LIST(pay_view, sums, sum_view, sum_fields),
    TPL_FIELD(pay_view, sheets),
    TPL_FIELD_LIST(pay_view, sheet_list, sheet_view, sheet_fields),
    TPL_FIELD(pay_view, cash),
    TPL_FIELD(pay_view, error),
    TPL_FIELD(pay_view, here),
    TPL_FIELD(pay_view, from),
    TPL_FIELD_END,
};

static struct tpl_list fill_sums(struct request *rq, struct rupiah total)
{
    struct quick_sums quick = quick_sums(total);
    struct sum_view *list = ARENA_ARRAY(rq->cx.arena, struct sum_view, quick.count);

    for (size_t i = 0; i < quick.count; i++) {
        list[i] =
            (struct sum_view){.amount = quick.sums[i].rp, .label = quick.sums[i], .exact = i == 0};
    }
    return TPL_LIST(list, quick.count);
}

/* ---- notes laid down ---- */

/* The notes as the buttons gave them, in thousands: "100-50-50". */
struct sheets {
    int32_t notes[SHEETS_MAX];
    size_t count;
};

static void sheets_read(struct sheets *s, const char *text)
{
    int32_t value = 0;

    for (;; text++) {
        if (*text >= '0' && *text <= '9' && value < 1000) {
            value = value * 10 + (*text - '0');
            continue;
        }
        if (value > 0 && value <= 100 && s->count < SHEETS_MAX) {
            s->notes[s->count++] = value;
        }
        value = 0;
        if (*text == '\0') {
            return;
        }
    }
}

static const char *sheets_text(const struct sheets *s, struct arena *a)
{
    const char *text = "";

    for (size_t i = 0; i < s->count; i++) {
        text = arena_format(a, i ? "%s-%d" : "%s%d", text, (int)s->notes[i]);
    }
    return text;
}

static struct rupiah sheets_sum(const struct sheets *s)
{
    int64_t sum = 0;

    for (size_t i = 0; i < s->count; i++) {
        sum += s->notes[i];
    }
    return RUPIAH(sum * SHEET_UNIT_RP);
}

/* The notes in the order they were first laid down, each with how many. */
static struct tpl_list sheets_shown(const struct sheets *s, struct arena *a)
{
    struct sheet_view *list = ARENA_ARRAY(a, struct sheet_view, s->count);
    size_t count = 0;

    for (size_t i = 0; i < s->count; i++) {
        size_t at = 0;

        while (at < count && list[at].note.rp != (int64_t)s->notes[i] * SHEET_UNIT_RP) {
            at++;
        }
        if (at == count) {
            list[count++].note = RUPIAH((int64_t)s->notes[i] * SHEET_UNIT_RP);
        }
        list[at].count++;
    }
    return TPL_LIST(list, count);
}

static void fill_sheets(struct pay_view *out, struct request *rq)
{
    struct sheets sheets = {.count = 0};
    char figures[MONEY_TEXT_MAX];

    sheets_read(&sheets, input_text(&rq->in, "lembar"));
    if (input_flag(&rq->in, "ambil") && sheets.count > 0) {
        sheets.count--;
    } else if (input_given(&rq->in, "tambah") && sheets.count < SHEETS_MAX) {
        sheets.notes[sheets.count++] = (int32_t)input_int(&rq->in, "tambah");
    }
    if (sheets.count > 0) {
        money_figures(figures, sheets_sum(&sheets));
        out->cash = arena_text(rq->cx.arena, figures);
        out->sheets = sheets_text(&sheets, rq->cx.arena);
        out->sheet_list = sheets_shown(&sheets, rq->cx.arena);
    }
}

void pay_fill(struct pay_view *out, struct request *rq, const struct cart *cart, const char *from)
{
    char key[ID_HEX_MAX];

    id_hex(key, cart->key.bytes);
    *out = (struct pay_view){
        .csrf = rq->session->csrf,
        .key = arena_text(rq->cx.arena, key),
        .total = cart->total,
        .total_rp = cart->total.rp,
        .kinds = (int64_t)cart->count,
        .pieces = cart->pieces,
        .any = cart->count > 0,
        .sums = fill_sums(rq, cart->total),
        .sheets = "",
        .sheet_list = TPL_LIST((struct sheet_view *)NULL, 0),
        .cash = request_typed(rq, "uang"),
        .error = request_error(rq, "uang"),
        .here = url_fixed(strcmp(from, "bayar") == 0 ? "/kasir/bayar" : "/kasir"),
        .from = from,
    };
    if (rq->method == METHOD_GET && !rq->refused) {
        fill_sheets(out, rq);
    }
}

/* ---- GET /kasir/bayar ---- */

const struct input pay_fields[] = {
    {.name = "lembar", .label = _("Lembar"), .type = INPUT_LINE, .max = 100},
    {.name = "tambah", .label = _("Tambah lembar"), .type = INPUT_INT, .min = 1, .max = 100},
    {.name = "ambil", .label = _("Ambil lembar"), .type = INPUT_FLAG},
    INPUT_END,
};

struct pay_page {
    struct pay_view pay;
    const char *refusal;
};

const struct tpl_field pay_page_fields[] = {
    TPL_FIELD_NEST(pay_page, pay, pay_view, pay_view_fields),
    TPL_FIELD(pay_page, refusal),
    TPL_FIELD_END,
};

enum err page_pay(struct request *rq)
{
    /* Kept now: reading the cart empties cx.why. */
    struct pay_page view = {.refusal =
                                rq->refused ? arena_text(rq->cx.arena, rq->cx.why.text) : NULL};
    struct cart cart;
    enum err e;

    if (!till_chosen(rq)) {
        return OK;
    }
    if ((e = cart_now(&cart, &rq->cx))) {
        return e;
    }
    if (cart.count == 0 && !rq->refused) {
        respond_redirect(rq, url_fixed("/kasir"));
        return OK;
    }
    pay_fill(&view.pay, rq, &cart, "bayar");
    respond_page(rq, 0, PAGE_PAY, &view);
    return OK;
}

/* ---- the sale ---- */

static const char *const pay_from[] = {"kasir", "bayar", NULL};

const struct input pay_post_fields[] = {
    {.name = "kunci", .label = _("Kunci"), .type = INPUT_KEY, .required = true},
    {.name = "total", .label = _("Total"), .type = INPUT_INT, .required = true, .max = RUPIAH_MAX},
    {.name = "tunai", .label = _("Uang pas"), .type = INPUT_INT, .min = 1, .max = RUPIAH_MAX},
    {.name = "uang", .label = _("Uang diterima"), .type = INPUT_RUPIAH},
    {.name = "dari", .label = _("Dari"), .type = INPUT_CHOICE, .choices = pay_from},
    INPUT_END,
};

static struct url done_url(struct request *rq, const char *number)
{
    return url_part(rq->cx.arena, url_fixed("/kasir/selesai"), number);
}

/* What was given: a button's sum, or the amount typed. */
static enum err tendered(struct tender *out, struct request *rq)
{
    *out = (struct tender){.kind = TENDER_CASH};
    if (input_given(&rq->in, "tunai")) {
        out->amount = RUPIAH(input_int(&rq->in, "tunai"));
        return OK;
    }
    out->amount = input_rupiah(&rq->in, "uang");
    return input_given(&rq->in, "uang")
               ? OK
               : refuse_field(&rq->cx, ERR_INVALID, "tender-missing", "uang",
                              _("Uang yang diterima belum diisi. Ketik jumlahnya, atau tekan "
                                "Uang pas."));
}

/* The open cart must be the one whose total stood on the page. */
static enum err cart_of_key(struct cart *out, struct request *rq)
{
    enum err e = cart_now(out, &rq->cx);

    if (e) {
        return e;
    }
    if (!idem_id_equal(out->key, rq->key)) {
        return refuse(&rq->cx, ERR_CONFLICT, "cart-gone",
                      _("Keranjang ini sudah tidak terbuka dan tidak ada yang dibayar. Periksa "
                        "keranjang yang sekarang, lalu bayar."));
    }
    return OK;
}

static enum err sell(struct sale *sale, bool *again, struct request *rq)
{
    struct cart cart;
    struct tender tender;
    enum err e;

    if ((e = tendered(&tender, rq)) || (e = cart_of_key(&cart, rq))) {
        return e;
    }
    e = sale_commit(sale, again, &rq->cx,
                    &(struct sale_wanted){
                        .key = rq->key,
                        .cart = cart.id,
                        .tenders = &tender,
                        .tender_count = 1,
                        .total_seen_given = true,
                        .total_seen = RUPIAH(input_int(&rq->in, "total")),
                    });
    if (e && strcmp(rq->cx.why.field, "amount") == 0) {
        snprintf(rq->cx.why.field, sizeof rq->cx.why.field, "%s", "uang");
    }
    return e;
}

/* Nobody knows whether the sale was written: the page asks by the cart's key until it is sure. */
static enum err show_asking(struct request *rq)
{
    struct till_news *news = ARENA_NEW(rq->cx.arena, struct till_news);
    char key[ID_HEX_MAX];

    id_hex(key, rq->key.bytes);
    news->asked = arena_text(rq->cx.arena, key);
    news->sound = "bad";
    return till_show(rq, err_status(ERR_UNKNOWN, ROUTE_PAGE), news);
}

enum err page_pay_post(struct request *rq)
{
    struct sale sale;
    bool again = true;
    enum err e = sale_by_key(&sale, &rq->cx, rq->key);

    /* Whatever is said the second time, a key that has its receipt gets that receipt. */
    if (e == ERR_NOT_FOUND) {
        e = sell(&sale, &again, rq);
    }
    if (e == ERR_UNKNOWN) {
        /* When even the cart cannot be read now, the doubt is what must be told. */
        return show_asking(rq) ? ERR_UNKNOWN : OK;
    }
    if (e) {
        return e;
    }
    if (!again) {
        receipt_print(rq, &sale, (struct paper_wanted){.paper = PAPER_80_MM});
    }
    respond_redirect(rq, done_url(rq, sale.head.number));
    return OK;
}

enum err page_pay_again(struct request *rq)
{
    const char *from = form_get(&rq->form, "dari");

    return from && strcmp(from, "bayar") == 0 ? page_pay(rq) : page_till(rq);
}

/* ---- GET /kasir/cek: was it written or not? ---- */

const struct input pay_check_fields[] = {
    {.name = "kunci", .label = _("Kunci"), .type = INPUT_KEY, .required = true},
    INPUT_END,
};

enum err page_pay_check(struct request *rq)
{
    struct idem_id key;
    struct sale sale;
    enum err e;

    memcpy(key.bytes, input_id(&rq->in, "kunci"), ID_BYTES);
    e = sale_by_key(&sale, &rq->cx, key);
    if (e == ERR_NOT_FOUND) {
        request_tell(rq, "warn",
                     request_words(rq, _("Sudah dicek: pembayaran tadi tidak tercatat dan "
                                         "keranjang masih utuh. Silakan bayar lagi.")));
        respond_redirect(rq, url_fixed("/kasir"));
        return OK;
    }
    if (!e) {
        respond_redirect(rq, done_url(rq, sale.head.number));
    }
    return e;
}

/* ---- GET /kasir/selesai/{no} ---- */

struct done_view {
    const char *csrf, *key, *number;
    struct rupiah total, tendered, change, rest;
    bool has_change, has_rest;
    struct tpl_list notes; /* struct sheet_view */
    struct print_view print;
    struct url here;
};

const struct tpl_field done_view_fields[] = {
    TPL_FIELD(done_view, csrf),
    TPL_FIELD(done_view, key),
    TPL_FIELD(done_view, number),
    TPL_FIELD(done_view, total),
    TPL_FIELD(done_view, tendered),
    TPL_FIELD(done_view, change),
    TPL_FIELD(done_view, rest),
    TPL_FIELD(done_view, has_change),
    TPL_FIELD(done_view, has_rest),
    TPL_FIELD_LIST(done_view, notes, sheet_view, sheet_fields),
    TPL_FIELD_NEST(done_view, print, print_view, print_view_fields),
    TPL_FIELD(done_view, here),
    TPL_FIELD_END,
};

static struct tpl_list fill_change(struct request *rq, const struct change_notes *notes)
{
    struct sheet_view *list = ARENA_ARRAY(rq->cx.arena, struct sheet_view, notes->count);

    for (size_t i = 0; i < notes->count; i++) {
        list[i] = (struct sheet_view){.note = notes->notes[i].note, .count = notes->notes[i].count};
    }
    return TPL_LIST(list, notes->count);
}

enum err page_done(struct request *rq)
{
    struct done_view view = {.csrf = rq->session->csrf, .key = request_new_key(rq)};
    struct change_notes notes;
    char change[MONEY_TEXT_MAX];
    struct sale sale;
    enum err e = sale_by_number(&sale, &rq->cx, request_param(rq, "no"));

    if (e || (e = print_view_fill(&view.print, rq, sale.id))) {
        return e;
    }
    notes = change_notes(sale.head.change);
    view.number = sale.head.number;
    view.here = done_url(rq, sale.head.number);
    view.total = sale.head.total;
    view.tendered = sale.head.tendered;
    view.change = sale.head.change;
    view.has_change = sale.head.change.rp > 0;
    view.notes = fill_change(rq, &notes);
    view.rest = notes.rest;
    view.has_rest = notes.rest.rp > 0;
    money_short(change, sale.head.change);
    rq->title = till_say(rq, _("Kembalian %s"), change);
    respond_page(rq, 0, PAGE_DONE, &view);
    return OK;
}
