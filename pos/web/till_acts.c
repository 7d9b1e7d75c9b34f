/* What changes the cart: scans, lines, undo, giving it up. */
#include "inventory/base/arena.h"
#include "inventory/base/qty_text.h"
#include "pos/cart.h"
#include "pos/receipt_of_sale.h"
#include "pos/web/desk.h"
#include "pos/web/respond.h"
#include "pos/web/till_pages.h"

/* ---- scans ---- */

/* `kode` comes once from the form, and as often as codes wait from the script's queue; `urut` is
 * the place of the first in the queue `aliran`, so that a code sent twice is taken once. */
const struct input till_scan_fields[] = {
    {.name = "kode", .label = _("Kode"), .type = INPUT_LINE, .many = true, .max = 2000},
    {.name = "barang", .label = _("Barang"), .type = INPUT_ID},
    {.name = "aliran", .label = _("Antrean"), .type = INPUT_LINE, .max = CART_STREAM_LEN_MAX},
    {.name = "urut", .label = _("Urutan"), .type = INPUT_INT, .min = 1, .max = 1000000000},
    INPUT_END,
};

/* A receipt's symbol holds its number, and behind it the check of the public page. */
static void note_receipt(struct request *rq, struct till_news *news, const char *text)
{
    const char *said = receipt_number_said(rq->cx.arena, text);

    till_note_add(news, "warn", till_say(rq, _("Ini QR struk %s, bukan label barang."), said));
    news->notes[news->count - 1].link = url_part(rq->cx.arena, url_fixed("/struk"), said);
    news->notes[news->count - 1].link_text = request_words(rq, _("Buka struk"));
    news->sound = "bad";
}

static void note_found(struct till_news *news, const struct cart_scanned *s)
{
    news->searched = true;
    news->sought = s->text;
    news->hits = s->hits;
    if (s->hits.count == 0) {
        news->sound = "bad";
    }
}

static void note_scanned(struct request *rq, struct till_news *news, const struct cart_scanned *s)
{
    switch (s->kind) {
    case CART_NOTHING:
    case CART_SEEN: return;
    case CART_ADDED:
        till_note_add(news, "ok",
                      till_say(rq, _("%s ditambahkan (%s)"), s->name, desk_qty(rq, s->qty)));
        break;
    case CART_QTY_SET:
        till_note_add(news, "ok",
                      till_say(rq, _("%s: jumlahnya menjadi %s"), s->name, desk_qty(rq, s->qty)));
        break;
    case CART_FOUND: note_found(news, s); return;
    case CART_RECEIPT: note_receipt(rq, news, s->text); return;
    }
    if (!news->sound) {
        news->sound = "ok";
    }
}

/* One code after the other: a refused one does not keep the next from the cart. */
static enum err scan_all(struct request *rq, struct till_news *news)
{
    struct scan_mark mark = {.stream = input_text(&rq->in, "aliran")};
    int64_t first = input_int(&rq->in, "urut");
    size_t count = input_count(&rq->in, "kode");

    for (size_t i = 0; i < count; i++) {
        struct cart_scanned scanned;
        enum err e;

        mark.seq = first + (int64_t)i;
        e = cart_scan(&scanned, &rq->cx, input_at(&rq->in, "kode", i)->text, mark);
        if (!e) {
            note_scanned(rq, news, &scanned);
        } else if (till_is_refusal(rq, e)) {
            till_note_refused(rq, news, input_at(&rq->in, "kode", i)->text);
        } else {
            return e;
        }
    }
    return OK;
}

static enum err pick(struct request *rq, struct till_news *news)
{
    struct product_id product;
    struct cart_scanned scanned;
    enum err e;

    memcpy(product.bytes, input_id(&rq->in, "barang"), ID_BYTES);
    if (!(e = cart_add(&scanned, &rq->cx, product, QTY_WHOLE(1)))) {
        note_scanned(rq, news, &scanned);
    } else if (till_is_refusal(rq, e)) {
        till_note_refused(rq, news, "");
        e = OK;
    }
    return e;
}

static bool any_bad(const struct till_news *news)
{
    return news->sound && strcmp(news->sound, "bad") == 0;
}

/* The plain form gets a redirect, so that a reload sends nothing twice; what the redirect could not
 * carry (refusals, receipts) is shown at once. */
static enum err answer(struct request *rq, struct till_news *news)
{
    if (till_by_script(rq) || any_bad(news)) {
        return till_show(rq, any_bad(news) && !news->searched ? 422 : 200, news);
    }
    if (news->searched) {
        respond_redirect(rq, url_query(rq->cx.arena, url_fixed("/kasir"), "cari", news->sought));
        return OK;
    }
    if (news->count > 0) {
        request_tell(rq, "ok", news->notes[news->count - 1].text);
    }
    respond_redirect(rq, url_fixed("/kasir"));
    return OK;
}

enum err page_till_scan(struct request *rq)
{
    struct till_news *news = ARENA_NEW(rq->cx.arena, struct till_news);
    enum err e;

    if (!till_chosen(rq)) {
        return OK;
    }
    e = input_given(&rq->in, "barang") ? pick(rq, news) : scan_all(rq, news);
    return e ? e : answer(rq, news);
}

/* ---- lines ---- */

const struct input till_line_fields[] = {
    {.name = "lebih", .label = _("Tambah satu"), .type = INPUT_INT},
    {.name = "kurang", .label = _("Kurangi satu"), .type = INPUT_INT},
    {.name = "hapus", .label = _("Hapus baris"), .type = INPUT_INT},
    {.name = "baris", .label = _("Baris"), .type = INPUT_INT},
    {.name = "jumlah", .label = _("Jumlah"), .type = INPUT_LINE, .max = 20},
    INPUT_END,
};

static const struct cart_line *line_of(const struct cart *cart, int64_t line)
{
    for (size_t i = 0; i < cart->count; i++) {
        if (cart->lines[i].line == line) {
            return &cart->lines[i];
        }
    }
    return NULL;
}

/* The quantity typed into a line; 0 takes the line away. */
static enum err typed_qty(struct qty *out, struct request *rq)
{
    const char *text = input_text(&rq->in, "jumlah");

    if (strcmp(text, "0") == 0) {
        *out = QTY(0);
        return OK;
    }
    if (qty_parse(out, text)) {
        return refuse_field(&rq->cx, ERR_INVALID, "qty-bad", "jumlah",
                            _("\"%s\" bukan jumlah. Ketik angka saja, misalnya 3 atau 26,5."),
                            text);
    }
    return OK;
}

static enum err change_line(struct request *rq, int32_t *line)
{
    const struct inputs *in = &rq->in;
    struct qty qty;
    enum err e;

    if (input_given(in, "lebih")) {
        *line = (int32_t)input_int(in, "lebih");
        return cart_line_more(&rq->cx, *line);
    }
    if (input_given(in, "kurang")) {
        *line = (int32_t)input_int(in, "kurang");
        return cart_line_less(&rq->cx, *line);
    }
    if (input_given(in, "hapus")) {
        *line = (int32_t)input_int(in, "hapus");
        return cart_line_remove(&rq->cx, *line);
    }
    *line = (int32_t)input_int(in, "baris");
    if ((e = typed_qty(&qty, rq))) {
        return e;
    }
    return cart_line_set(&rq->cx, *line, qty);
}

static const char *line_sentence(struct request *rq, const struct cart_line *before,
                                 const struct cart_line *after)
{
    if (after) {
        return till_say(rq, _("%s: jumlahnya menjadi %s"), after->name, desk_qty(rq, after->qty));
    }
    return till_say(rq, _("%s dihapus dari keranjang"), before ? before->name : "");
}

static enum err answer_ok(struct request *rq, const char *sentence)
{
    struct till_news *news = ARENA_NEW(rq->cx.arena, struct till_news);

    till_note_add(news, "ok", sentence);
    return answer(rq, news);
}

enum err page_till_line(struct request *rq)
{
    struct cart before, after;
    int32_t line = 0;
    enum err e;

    if (!till_chosen(rq)) {
        return OK;
    }
    if ((e = cart_now(&before, &rq->cx)) || (e = change_line(rq, &line)) ||
        (e = cart_now(&after, &rq->cx))) {
        return e;
    }
    return answer_ok(rq, line_sentence(rq, line_of(&before, line), line_of(&after, line)));
}

enum err page_till_undo(struct request *rq)
{
    enum err e;

    if (!till_chosen(rq)) {
        return OK;
    }
    e = cart_undo(&rq->cx);
    return e ? e : answer_ok(rq, request_words(rq, _("Perubahan terakhir diurungkan.")));
}

enum err page_till_abandon(struct request *rq)
{
    enum err e;

    if (!till_chosen(rq)) {
        return OK;
    }
    e = cart_abandon(&rq->cx);
    return e ? e : answer_ok(rq, request_words(rq, _("Keranjang dikosongkan.")));
}
