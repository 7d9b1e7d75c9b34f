/* Working out a sale: its lines, stock, sums and payment. */
#include "pos/sale_plan.h"

#include "inventory/base/arena.h"
#include "inventory/base/calendar.h"
#include "inventory/base/money_text.h"
#include "inventory/fact.h"
#include "pos/cart.h"
#include "pos/ledger.h"

/* ---- a line ---- */

/* Two tills may want the last one: here it is a conflict, not a slip of the hand. */
static enum err too_late(struct ctx *cx, enum err e)
{
    if (e == ERR_REFUSED && strcmp(cx->why.slug, "out-of-stock") == 0) {
        cx->why.code = ERR_CONFLICT;
        return ERR_CONFLICT;
    }
    return e;
}

static enum err check_twice(struct sale_plan *plan, struct ctx *cx, const struct item *item)
{
    for (size_t i = 0; i < plan->line_count; i++) {
        if (!unit_id_is_nil(item->unit) && unit_id_equal(plan->lines[i].unit, item->unit)) {
            return refuse(cx, ERR_INVALID, "in-cart",
                          _("Label %s ada dua kali dalam penjualan ini."), item->code.text);
        }
    }
    return OK;
}

static enum err take_stock(struct sale_plan *plan, struct ctx *cx, const struct item *item,
                           const struct sale_line_row *line)
{
    struct stock_want want = {.doc_line = line->line, .qty = line->qty, .only = item->lot};
    enum err e;

    if (item->product.tracking == TRACK_SERVICE) {
        return OK;
    }
    e = stock_pick(&plan->parts, cx, &item->product, plan->showroom.id, &want);
    if (!e && !unit_id_is_nil(item->unit)) {
        struct stock_part *piece = &plan->parts.items[plan->parts.count - 1];

        piece->unit = item->unit;
        piece->cost_known = item->cost_known;
        piece->unit_cost = item->unit_cost;
    }
    return too_late(cx, e);
}

static enum err cost_overflow(struct ctx *cx)
{
    return refuse(cx, ERR_LIMIT, "qty-limit",
                  _("Nilai baris ini terlalu besar. Kurangi jumlahnya."));
}

/* What the goods of the line cost: lot by lot; a service costs the basis of its price. */
static enum err set_cost(struct sale_plan *plan, struct ctx *cx, const struct item *item,
                         struct sale_line_row *line)
{
    line->cost_known = true;
    line->cost_total = RUPIAH(0);
    if (item->product.tracking == TRACK_SERVICE) {
        line->cost_known = item->price.cost_known;
        return !line->cost_known ||
                       rupiah_times_half_up(&line->cost_total, item->price.cost, line->qty.milli)
                   ? OK
                   : cost_overflow(cx);
    }
    for (size_t i = 0; i < plan->parts.count; i++) {
        const struct stock_part *part = &plan->parts.items[i];
        struct rupiah cost;

        if (part->doc_line != line->line) {
            continue;
        }
        line->cost_known = line->cost_known && part->cost_known;
        if (!rupiah_times_half_up(&cost, part->unit_cost, part->qty.milli) ||
            !rupiah_add(&line->cost_total, line->cost_total, cost) ||
            line->cost_total.rp > RUPIAH_MAX) {
            return cost_overflow(cx);
        }
    }
    if (!line->cost_known) {
        line->cost_total = RUPIAH(0);
    }
    return OK;
}

static enum err too_many(struct ctx *cx)
{
    return refuse(cx, ERR_LIMIT, "cart-full",
                  _("Paling banyak %d baris dalam satu penjualan. Selesaikan dulu yang ini."),
                  SALE_LINES_MAX);
}

enum err sale_plan_line(struct sale_plan *plan, struct ctx *cx, const struct item *item,
                        struct qty qty)
{
    struct sale_line_row *line;
    enum err e;

    if (plan->line_count == SALE_LINES_MAX) {
        return too_many(cx);
    }
    line = &plan->lines[plan->line_count];
    *line = (struct sale_line_row){
        .line = (int32_t)plan->line_count + 1,
        .product = item->product.id,
        .variant = item->variant,
        .unit = item->unit,
        .code = item->code.text[0] ? arena_text(cx->arena, item->code.text) : NULL,
        .sku = item->product.sku,
        .name = item->product.name,
        .unit_name = item->product.unit,
        .qty = qty,
        .price_id = item->price.id,
        .price = item->price.price,
        .revenue_account = item->product.revenue_account,
    };
    if ((e = item_check_qty(cx, item, qty)) || (e = check_twice(plan, cx, item)) ||
        (e = item_total(&line->total, cx, item, qty)) || (e = take_stock(plan, cx, item, line)) ||
        (e = set_cost(plan, cx, item, line))) {
        return e;
    }
    plan->line_count++;
    return sale_plan_split(plan, cx, line, &item->product);
}

/* ---- lines from a list ---- */

/* A product of pieces asked for by its SKU: the oldest ones that are not on a line yet. */
static enum err add_pieces(struct sale_plan *plan, struct ctx *cx, const struct product *p,
                           struct qty qty)
{
    size_t wanted = (size_t)(qty.milli / 1000);
    const struct label_code *codes;
    size_t count, added = 0;
    enum err e;

    e = stock_codes(&codes, &count, cx, p->id, plan->showroom.id, wanted + plan->line_count);
    for (size_t i = 0; i < count && added < wanted && !e; i++) {
        struct item item;
        bool used = false;

        for (size_t j = 0; j < plan->line_count; j++) {
            used = used || (plan->lines[j].code && strcmp(plan->lines[j].code, codes[i].text) == 0);
        }
        if (!used && !(e = item_of_label(&item, cx, codes[i]))) {
            e = sale_plan_line(plan, cx, &item, QTY_WHOLE(1));
            added++;
        }
    }
    if (e || added == wanted) {
        return e;
    }
    return refuse(cx, ERR_CONFLICT, "out-of-stock",
                  _("%s tinggal %d buah di galeri, diminta %d. Kurangi jumlahnya."), p->name,
                  (int)added, (int)wanted);
}

static enum err unknown_code(struct ctx *cx, const char *code)
{
    return refuse_field(cx, ERR_NOT_FOUND, "code-unknown", "code",
                        _("Kode \"%.40s\" tidak dikenal. Pakai label atau SKU barang."), code);
}

/* ---- what is wanted: all items first, then their stock, then the lines ---- */

struct wanted_item {
    struct item item;
    struct qty qty;
};

static enum err find_sku(struct wanted_item *out, struct ctx *cx, const char *sku)
{
    struct product p;
    enum err e = product_by_sku(&p, cx, sku);

    if (e) {
        return e == ERR_NOT_FOUND ? unknown_code(cx, sku) : e;
    }
    return (e = item_of_product(&out->item, cx, &p)) ? e : item_check_qty(cx, &out->item, out->qty);
}

static enum err find_wanted(struct wanted_item *out, struct ctx *cx,
                            const struct sale_line_wanted *wanted)
{
    struct scanned scanned = scan_read(wanted->code, strlen(wanted->code));

    out->qty = wanted->qty;
    switch (scanned.kind) {
    case SCANNED_LABEL: return item_of_label(&out->item, cx, scanned.code);
    case SCANNED_OTHER: return find_sku(out, cx, scanned.rest);
    case SCANNED_BROKEN:
        return refuse_field(cx, ERR_INVALID, "code-check", "code",
                            _("Label \"%.40s\" salah baca. Pindai sekali lagi."), wanted->code);
    case SCANNED_NOTHING:
    case SCANNED_RECEIPT: break;
    }
    return unknown_code(cx, wanted->code);
}

static enum err find_cart_line(struct wanted_item *out, struct ctx *cx,
                               const struct cart_line *line)
{
    struct label_code code = {""};
    struct product p;
    enum err e;

    out->qty = line->qty;
    if (line->code[0]) {
        snprintf(code.text, sizeof code.text, "%s", line->code);
        return item_of_label(&out->item, cx, code);
    }
    return (e = product_by_id(&p, cx, line->product)) ? e : item_of_product(&out->item, cx, &p);
}

/* Pieces that were asked for by their product's SKU. */
static bool is_any_piece(const struct item *item)
{
    return item->product.tracking == TRACK_PIECE && !item->code.text[0];
}

static enum err add_items(struct sale_plan *plan, struct ctx *cx, const struct wanted_item items[],
                          size_t count)
{
    enum err e = OK;

    for (size_t i = 0; i < count; i++) {
        const struct item *item = &items[i].item;

        if (item->product.tracking != TRACK_SERVICE && !is_any_piece(item)) {
            stock_ahead(cx, item->product.id, plan->showroom.id, item->lot);
        }
    }
    for (size_t i = 0; i < count && !e; i++) {
        const struct wanted_item *w = &items[i];

        e = is_any_piece(&w->item) ? add_pieces(plan, cx, &w->item.product, w->qty)
                                   : sale_plan_line(plan, cx, &w->item, w->qty);
    }
    return e;
}

static enum err add_list(struct sale_plan *plan, struct ctx *cx)
{
    const struct sale_wanted *w = plan->wanted;
    struct wanted_item *items;
    enum err e = OK;

    if (w->line_count > SALE_LINES_MAX) {
        return too_many(cx);
    }
    items = ARENA_ARRAY(cx->arena, struct wanted_item, w->line_count);
    for (size_t i = 0; i < w->line_count && !e; i++) {
        e = find_wanted(&items[i], cx, &w->lines[i]);
    }
    return e ? e : add_items(plan, cx, items, w->line_count);
}

static void ahead_of_cart(struct ctx *cx, const struct cart *cart)
{
    for (size_t i = 0; i < cart->count; i++) {
        struct label_code code = {""};

        if (cart->lines[i].code[0]) {
            snprintf(code.text, sizeof code.text, "%s", cart->lines[i].code);
            label_ahead(cx, code);
        }
        product_ahead(cx, cart->lines[i].product);
    }
}

static enum err add_cart(struct sale_plan *plan, struct ctx *cx)
{
    struct wanted_item *items;
    struct cart cart;
    enum err e = cart_now(&cart, cx);

    if (e) {
        return e;
    }
    if (!cart_id_equal(cart.id, plan->wanted->cart)) {
        return refuse(cx, ERR_CONFLICT, "cart-gone",
                      _("Keranjang ini sudah selesai atau dibatalkan. Muat ulang halaman kasir."));
    }
    ahead_of_cart(cx, &cart);
    items = ARENA_ARRAY(cx->arena, struct wanted_item, cart.count);
    for (size_t i = 0; i < cart.count && !e; i++) {
        e = find_cart_line(&items[i], cx, &cart.lines[i]);
    }
    return e ? e : add_items(plan, cx, items, cart.count);
}

/* ---- sums and payment ---- */

static bool add_to(struct rupiah *sum, struct rupiah part)
{
    return rupiah_add(sum, *sum, part) && sum->rp <= RUPIAH_MAX;
}

static enum err set_sums(struct sale_plan *plan, struct ctx *cx)
{
    struct sale_row *h = &plan->head;

    for (size_t i = 0; i < plan->line_count; i++) {
        const struct sale_line_row *l = &plan->lines[i];

        if (!add_to(&h->total, l->total) || !add_to(&h->pnbp, l->pnbp) ||
            !add_to(&h->premi, l->premi) || !add_to(&h->fund, l->fund) ||
            !add_to(&h->cost, l->cost_back)) {
            return refuse(cx, ERR_LIMIT, "qty-limit",
                          _("Jumlah penjualan terlalu besar. Bagi menjadi beberapa."));
        }
    }
    h->line_count = (int32_t)plan->line_count;
    if (h->total.rp <= 0) {
        return refuse(cx, ERR_REFUSED, "cart-empty",
                      _("Keranjang kosong. Pindai barang dulu, lalu bayar."));
    }
    if (plan->wanted->total_seen_given && plan->wanted->total_seen.rp != h->total.rp) {
        char now[MONEY_TEXT_MAX];

        money_short(now, h->total);
        return refuse(cx, ERR_CONFLICT, "total-changed",
                      _("Jumlahnya berubah menjadi %s. Periksa keranjang lalu tekan Bayar lagi."),
                      now);
    }
    return OK;
}

static enum err short_tender(struct ctx *cx, struct rupiah tendered, struct rupiah total)
{
    char paid[MONEY_TEXT_MAX], missing[MONEY_TEXT_MAX];

    money_short(paid, tendered);
    money_short(missing, RUPIAH(total.rp - tendered.rp));
    return refuse_field(cx, ERR_REFUSED, "tender-short", "amount",
                        _("Uang %s kurang %s. Tambah uang lalu tekan Bayar lagi."), paid, missing);
}

static enum err check_tenders(struct sale_plan *plan, struct ctx *cx)
{
    const struct sale_wanted *w = plan->wanted;
    struct rupiah sum = RUPIAH(0);

    if (w->tender_count == 0 || w->tender_count > TENDERS_MAX) {
        return refuse_field(cx, ERR_INVALID, "no-tender", "amount",
                            _("Tulis uang yang diterima, paling banyak dalam %d bagian."),
                            TENDERS_MAX);
    }
    for (size_t i = 0; i < w->tender_count; i++) {
        if (w->tenders[i].amount.rp <= 0 || w->tenders[i].amount.rp > RUPIAH_MAX ||
            !add_to(&sum, w->tenders[i].amount)) {
            return refuse_field(cx, ERR_INVALID, "no-tender", "amount",
                                _("Uang yang diterima harus lebih dari Rp0."));
        }
    }
    plan->head.tendered = sum;
    plan->head.change = RUPIAH(sum.rp - plan->head.total.rp);
    return sum.rp < plan->head.total.rp ? short_tender(cx, sum, plan->head.total) : OK;
}

/* Each tender pays what is still due; what it gives beyond that is change. */
static void set_payments(struct sale_plan *plan)
{
    int64_t due = plan->head.total.rp;

    for (size_t i = 0; i < plan->wanted->tender_count; i++) {
        const struct tender *t = &plan->wanted->tenders[i];
        int64_t used = t->amount.rp < due ? t->amount.rp : due;

        plan->payments[plan->payment_count++] = (struct payment_row){
            .line = (int32_t)i + 1,
            .kind = tender_kind_name(t->kind),
            .tendered = t->amount,
            .change = RUPIAH(t->amount.rp - used),
            .amount = RUPIAH(used),
        };
        due -= used;
    }
}

/* ---- the whole ---- */

static enum err check_till(struct sale_plan *plan, struct ctx *cx)
{
    char number[16];

    for (int32_t i = 1; i <= plan->settings.tills; i++) {
        snprintf(number, sizeof number, "%d", (int)i);
        if (strcmp(number, cx->till) == 0) {
            return OK;
        }
    }
    return refuse_field(cx, ERR_INVALID, "till-unknown", "till",
                        _("Kasir \"%s\" tidak ada; galeri ini punya kasir 1 sampai %d."), cx->till,
                        (int)plan->settings.tills);
}

/* Everything that is surely read, asked for at once. */
void sale_plan_ahead(struct ctx *cx, const struct sale_wanted *wanted)
{
    settings_ahead(cx);
    place_two_kinds_ahead(cx, PLACE_SHOWROOM, PLACE_CUSTOMER);
    account_all_ahead(cx);
    for (size_t i = 0; i < wanted->line_count && i < SALE_LINES_MAX; i++) {
        struct scanned scanned = scan_read(wanted->lines[i].code, strlen(wanted->lines[i].code));

        if (scanned.kind == SCANNED_LABEL) {
            label_ahead(cx, scanned.code);
        } else if (scanned.kind == SCANNED_OTHER) {
            product_sku_ahead(cx, scanned.rest);
        }
    }
}

enum err sale_plan_make(struct sale_plan *plan, struct ctx *cx)
{
    enum err e;

    plan->lines = ARENA_ARRAY(cx->arena, struct sale_line_row, SALE_LINES_MAX);
    plan->head = (struct sale_row){
        .epoch = cx->site->epoch,
        .till = cx->till,
        .day = instant_day(act_at(cx), cx->site->zone),
        .at = act_at(cx),
        .cashier = cx->actor,
        .key = plan->wanted->key,
        .journal_seq = act_seq(cx),
    };
    plan->head.year = day_civil(plan->head.day).year;
    if ((e = settings_now(&plan->settings, cx)) || (e = check_till(plan, cx)) ||
        (e = place_two_kinds(&plan->showroom, PLACE_SHOWROOM, &plan->customer, PLACE_CUSTOMER,
                             cx))) {
        return e;
    }
    e = cart_id_is_nil(plan->wanted->cart) ? add_list(plan, cx) : add_cart(plan, cx);
    if (e || (e = set_sums(plan, cx)) || (e = check_tenders(plan, cx))) {
        return e;
    }
    set_payments(plan);
    return OK;
}
