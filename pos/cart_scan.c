/* The scan field: what was typed or scanned, and what it does to the cart. */
#include "inventory/base/arena.h"
#include "inventory/base/label_code.h"
#include "inventory/base/qty_text.h"
#include "inventory/base/utf8.h"
#include "inventory/fact.h"
#include "pos/cart_state.h"
#include "sql_names.h"

enum { SMALL_NUMBER_DIGITS = 5 };

struct scan_ask {
    struct cart_scanned *out;
    const char *typed;
    struct scan_mark mark;
    bool qty_given; /* "3*" */
    struct qty qty;
    const char *rest; /* what follows the "*" */
};

/* ---- the grammar ---- */

static const char *trimmed(struct ctx *cx, const char *text, size_t n)
{
    while (n > 0 && (*text == ' ' || *text == '\t')) {
        text++;
        n--;
    }
    while (n > 0 && strchr(" \t\r\n", text[n - 1])) {
        n--;
    }
    return arena_text_n(cx->arena, text, n);
}

static enum err bad_qty(struct ctx *cx, const char *typed)
{
    if (strspn(typed, "0.,") == strlen(typed)) {
        return refuse_field(cx, ERR_INVALID, "qty-zero", "scan",
                            _("Jumlah harus lebih dari 0. Untuk menghapus barang, tekan Hapus."));
    }
    return refuse_field(cx, ERR_INVALID, "qty-bad", "scan",
                        _("Jumlah \"%.20s\" tidak dapat dibaca. Tulis misalnya 3* atau 2,5*."),
                        typed);
}

static enum err read_grammar(struct scan_ask *ask, struct ctx *cx)
{
    const char *text = trimmed(cx, ask->typed, strlen(ask->typed));
    const char *star = strchr(text, '*');
    const char *qty;

    ask->rest = text;
    if (!star) {
        return OK;
    }
    qty = trimmed(cx, text, (size_t)(star - text));
    if (!*qty || strspn(qty, "0123456789.,") != strlen(qty)) {
        return OK; /* no quantity before it: part of a name */
    }
    ask->qty_given = true;
    ask->rest = trimmed(cx, star + 1, strlen(star + 1));
    return qty_parse(&ask->qty, qty) ? bad_qty(cx, qty) : OK;
}

/* ---- the browser's queue ---- */

static bool numbered(const struct scan_ask *ask)
{
    return ask->mark.stream && ask->mark.stream[0];
}

static struct stmt *mark_stmt(struct ctx *cx, int sql_id, const struct scan_mark *mark)
{
    struct stmt *st = db_stmt(cx->db, sql_id);

    bind_text(st, ":site", cx->site->code);
    bind_text(st, ":stream", mark->stream);
    bind_int(st, ":seq", mark->seq);
    return st;
}

static enum err mark_seen(bool *seen, struct ctx *cx, const struct scan_ask *ask)
{
    struct stmt *st;
    enum err e;

    *seen = false;
    if (!numbered(ask)) {
        return OK;
    }
    if (strlen(ask->mark.stream) > CART_STREAM_LEN_MAX || ask->mark.seq < 0) {
        return refuse(cx, ERR_INVALID, "seq-bad",
                      _("Urutan pindaian tidak benar. Muat ulang halaman kasir."));
    }
    st = mark_stmt(cx, SQL_CART_SCAN_SEEN, &ask->mark);
    e = stmt_one(st);
    stmt_done(st);
    *seen = !e;
    return e == ERR_NOT_FOUND ? OK : e;
}

static enum err mark_keep(struct ctx *cx, const struct scan_ask *ask)
{
    struct stmt *st;

    if (!numbered(ask)) {
        return OK;
    }
    st = mark_stmt(cx, SQL_CART_SCAN_INSERT, &ask->mark);
    bind_instant(st, ":at_ms", act_at(cx));
    return stmt_run(st);
}

/* ---- what it does ---- */

static enum err add_item(struct scan_ask *ask, struct ctx *cx, const struct item *item)
{
    struct cart_scanned *out = ask->out;
    struct cart_head h;
    enum err e = cart_head_now(&h, cx);

    if (e == ERR_NOT_FOUND) {
        e = cart_head_open(&h, cx);
    }
    if (e) {
        return e;
    }
    out->qty = ask->qty_given ? ask->qty : QTY_WHOLE(1);
    out->name = item->product.name;
    if ((e = cart_put_item(&h, cx, item, &out->line, &out->qty))) {
        return e;
    }
    out->kind = CART_ADDED;
    return mark_keep(cx, ask);
}

static enum err label_needed(struct ctx *cx, const struct product *p)
{
    return refuse(cx, ERR_REFUSED, "label-needed",
                  _("%s punya label pada setiap barang. Pindai label barangnya."), p->name);
}

static enum err add_product(struct scan_ask *ask, struct ctx *cx, const struct product *p)
{
    struct item item;
    enum err e = item_of_product(&item, cx, p);

    if (e) {
        return e;
    }
    return p->tracking == TRACK_PIECE ? label_needed(cx, p) : add_item(ask, cx, &item);
}

static enum err add_label(struct scan_ask *ask, struct ctx *cx, struct label_code code)
{
    struct item item;
    enum err e = item_of_label(&item, cx, code);

    return e ? e : add_item(ask, cx, &item);
}

static enum err set_last(struct scan_ask *ask, struct ctx *cx)
{
    struct cart_scanned *out = ask->out;
    struct cart_head h;
    struct cart cart;
    enum err e = cart_head_now(&h, cx);

    if (!e) {
        e = cart_read(&cart, cx, &h);
    }
    if (e && e != ERR_NOT_FOUND) {
        return e;
    }
    for (size_t i = 0; !e && i < cart.count; i++) {
        if (cart.lines[i].newest) {
            out->kind = CART_QTY_SET;
            out->line = cart.lines[i].line;
            out->name = cart.lines[i].name;
            out->qty = ask->qty;
            return (e = cart_set_qty(&h, cx, out->line, ask->qty)) ? e : mark_keep(cx, ask);
        }
    }
    return refuse(cx, ERR_REFUSED, "cart-empty",
                  _("Belum ada barang yang jumlahnya dapat diubah. Pindai barang dulu."));
}

static bool only_digits(const char *text)
{
    return *text && strspn(text, "0123456789") == strlen(text);
}

static enum err unknown(struct ctx *cx, const char *text)
{
    if (only_digits(text) && strlen(text) <= SMALL_NUMBER_DIGITS) {
        return refuse(cx, ERR_INVALID, "qty-alone",
                      _("Angka saja tidak mengubah jumlah. Ketik %s* lalu Enter untuk mengubah "
                        "jumlah barang terakhir."),
                      text);
    }
    return refuse(cx, ERR_NOT_FOUND, "code-unknown",
                  _("Kode \"%.40s\" tidak dikenal. Pindai lagi atau ketik nama barang."), text);
}

static bool has_digit(const char *text)
{
    return strpbrk(text, "0123456789") != NULL;
}

/* A SKU adds, other text is looked for. */
static enum err search(struct scan_ask *ask, struct ctx *cx)
{
    struct cart_scanned *out = ask->out;
    struct product p;
    enum err e = product_by_sku(&p, cx, ask->rest);

    if (e != ERR_NOT_FOUND) {
        return e ? e : add_product(ask, cx, &p);
    }
    if ((e = product_search(&out->hits, cx, ask->rest))) {
        return e;
    }
    if (out->hits.count == 0 && has_digit(ask->rest) && !strchr(ask->rest, ' ')) {
        return unknown(cx, ask->rest);
    }
    if (only_digits(ask->rest)) {
        return unknown(cx, ask->rest);
    }
    out->kind = CART_FOUND;
    out->text = ask->rest;
    out->qty = ask->qty_given ? ask->qty : QTY_WHOLE(1);
    return OK;
}

/* Ten letters may be a name as well as a label that was read wrongly. */
static enum err broken(struct scan_ask *ask, struct ctx *cx)
{
    enum err e = search(ask, cx);

    if (e == OK && (ask->out->kind != CART_FOUND || ask->out->hits.count > 0)) {
        return OK;
    }
    if (e && e != ERR_NOT_FOUND) {
        return e;
    }
    return refuse(
        cx, ERR_INVALID, "code-check",
        _("Label \"%.40s\" salah baca: huruf periksanya tidak cocok. Pindai sekali lagi."),
        ask->rest);
}

static enum err dispatch(struct scan_ask *ask, struct ctx *cx)
{
    struct scanned scanned = scan_read(ask->rest, strlen(ask->rest));

    switch (scanned.kind) {
    case SCANNED_NOTHING: return ask->qty_given ? set_last(ask, cx) : OK;
    case SCANNED_LABEL: return add_label(ask, cx, scanned.code);
    case SCANNED_BROKEN: return broken(ask, cx);
    case SCANNED_RECEIPT:
        ask->out->kind = CART_RECEIPT;
        ask->out->text = arena_text(cx->arena, scanned.rest);
        return OK;
    case SCANNED_OTHER: break;
    }
    return search(ask, cx);
}

static enum err scan_work(struct ctx *cx, void *arg)
{
    struct scan_ask *ask = arg;
    bool seen;
    enum err e;

    *ask->out = (struct cart_scanned){.kind = CART_NOTHING, .name = "", .text = ""};
    if (strlen(ask->typed) >= CART_SCAN_TEXT_MAX || !utf8_valid(ask->typed, strlen(ask->typed))) {
        return unknown(cx, "...");
    }
    if ((e = mark_seen(&seen, cx, ask))) {
        return e;
    }
    if (seen) {
        ask->out->kind = CART_SEEN;
        return OK;
    }
    return (e = read_grammar(ask, cx)) ? e : dispatch(ask, cx);
}

enum err cart_scan(struct cart_scanned *out, struct ctx *cx, const char *text,
                   struct scan_mark mark)
{
    struct scan_ask ask = {.out = out, .typed = text, .mark = mark};

    return act_run(cx, "cart.event", 1, scan_work, &ask);
}

/* ---- picked from the list ---- */

struct add_ask {
    struct scan_ask scan;
    struct product_id product;
};

static enum err add_work(struct ctx *cx, void *arg)
{
    struct add_ask *ask = arg;
    struct product p;
    enum err e = product_by_id(&p, cx, ask->product);

    *ask->scan.out = (struct cart_scanned){.kind = CART_NOTHING, .name = "", .text = ""};
    if (e == ERR_NOT_FOUND) {
        return refuse(cx, e, "product-unknown", _("Barang itu tidak ada. Cari sekali lagi."));
    }
    return e ? e : add_product(&ask->scan, cx, &p);
}

enum err cart_add(struct cart_scanned *out, struct ctx *cx, struct product_id product,
                  struct qty qty)
{
    struct add_ask ask = {.scan = {.out = out, .qty_given = true, .qty = qty}, .product = product};

    return act_run(cx, "cart.event", 1, add_work, &ask);
}
