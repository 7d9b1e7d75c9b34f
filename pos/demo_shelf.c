/* The demo's shelves: receiving what runs low, choosing what is bought. */
#include "pos/demo_shelf.h"

#include "inventory/base/arena.h"
#include "inventory/base/money_text.h"
#include "inventory/measure.h"
#include "inventory/stock.h"

enum { PAGE_SIZE = 100, BULK_MAX = 60 };

int32_t random_below(struct random *r, int32_t n)
{
    uint64_t z = (r->state += UINT64_C(0x9e3779b97f4a7c15));

    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    z ^= z >> 31;
    return (int32_t)(z % (uint64_t)n);
}

/* Small things go often, a living-room set once in a while. */
static int32_t weight_of(struct rupiah price)
{
    static const struct {
        int64_t below_rp;
        int32_t weight;
    } steps[] = {{20000, 40}, {70000, 30}, {200000, 18}, {500000, 8}, {1500000, 2}};

    for (size_t i = 0; i < LENGTH(steps); i++) {
        if (price.rp < steps[i].below_rp) {
            return steps[i].weight;
        }
    }
    return 1;
}

static void item_from(struct shelf_item *item, const struct product *p)
{
    *item = (struct shelf_item){
        .product = p->id,
        .tracking = p->tracking,
        .measured = measure_divides(p->unit),
        .price = p->price,
        .cost = p->cost,
        .shelf_life_days = p->shelf_life_days,
        .weight = weight_of(p->price),
    };
    snprintf(item->sku, sizeof item->sku, "%s", p->sku);
}

enum err shelf_load(struct shelf *s, struct ctx *cx)
{
    const char *after = NULL;
    struct product_list page;
    enum err e;

    s->items = mem_get(SHELF_ITEMS_MAX * sizeof *s->items);
    do {
        if ((e = product_page(&page, cx, after, NULL, PAGE_SIZE))) {
            return e;
        }
        for (size_t i = 0; i < page.count && s->count < SHELF_ITEMS_MAX; i++) {
            item_from(&s->items[s->count], &page.items[i]);
            s->weights += s->items[s->count++].weight;
            after = page.items[i].sku;
        }
    } while (page.more && s->count < SHELF_ITEMS_MAX);
    return OK;
}

void shelf_free(struct shelf *s)
{
    free(s->items);
    s->items = NULL;
}

bool shelf_is_low(const struct shelf_item *item)
{
    return item->tracking != TRACK_SERVICE && item->left <= (item->weight > 10 ? 6 : 1);
}

enum err shelf_receive(struct shelf_item *item, struct ctx *cx, struct random *r)
{
    int32_t most = item->tracking == TRACK_LOT ? BULK_MAX : 1 + item->weight / 2;
    int64_t n = most / 2 + 1 + random_below(r, most / 2 + 1);
    struct received got;
    enum err e;

    if (item->left + n > SHELF_CODES_MAX) {
        n = SHELF_CODES_MAX - item->left;
    }
    e = goods_receive(&got, cx,
                      &(struct goods_receive){.product = item->product,
                                              .qty = QTY_WHOLE(n),
                                              .cost_known = true,
                                              .unit_cost = item->cost});
    if (e) {
        return e;
    }
    for (size_t i = 0; i < got.piece_count; i++) {
        item->codes[item->left + (int64_t)i] = got.codes[i];
    }
    item->left += n;
    return OK;
}

static struct shelf_item *choose(struct shelf *s, struct random *r)
{
    int32_t at = random_below(r, s->weights);

    for (size_t i = 0; i < s->count; i++) {
        if ((at -= s->items[i].weight) < 0) {
            return &s->items[i];
        }
    }
    return &s->items[0];
}

static struct qty how_much(const struct shelf_item *item, struct random *r)
{
    if (item->tracking == TRACK_PIECE || item->price.rp > 500000) {
        return QTY_WHOLE(1);
    }
    if (item->measured) {
        return QTY(INT64_C(500) * (1 + random_below(r, 6))); /* half a kilogram to three */
    }
    return QTY_WHOLE(1 + random_below(r, 3));
}

bool shelf_take(struct sale_line_wanted *line, struct rupiah *total, struct shelf *s,
                struct random *r)
{
    struct shelf_item *item = choose(s, r);
    struct qty qty = how_much(item, r);
    int64_t whole = (qty.milli + 999) / 1000;

    if (item->tracking != TRACK_SERVICE && item->left < whole) {
        return false;
    }
    line->qty = qty;
    line->code = item->sku;
    if (item->tracking != TRACK_SERVICE) {
        item->left -= whole;
    }
    if (item->tracking == TRACK_PIECE) {
        line->code = item->codes[item->left].text;
    }
    return rupiah_times_half_up(total, item->price, qty.milli);
}
