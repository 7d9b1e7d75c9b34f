/* A lot whose labels are shown or printed. */
#include "pos/web/label_run.h"

#include "inventory/base/arena.h"
#include "inventory/fact.h"
#include "inventory/label_print.h"
#include "pos/web/desk.h"

static size_t counted_labels(struct qty qty)
{
    const int64_t whole = (qty.milli + 999) / 1000;

    return whole < (int64_t)label_paper_most() ? (size_t)whole : label_paper_most();
}

enum err label_run_load(struct label_run *run, struct request *rq)
{
    const struct product *p = &run->lot.product;
    struct label_code *one;
    struct label label;
    struct price price;
    enum err e;

    if ((e = desk_lot_of_path(&run->lot, rq)) || (e = settings_now(&run->settings, &rq->cx)) ||
        (e = label_find(&label, &rq->cx, run->lot.label))) {
        return e;
    }
    run->piece = p->tracking == TRACK_PIECE;
    run->on = (struct label_stock){.size = ""};
    if (run->piece) {
        if ((e = lot_units(&run->codes, &run->count, &rq->cx, run->lot.id))) {
            return e;
        }
    } else {
        one = ARENA_ARRAY(rq->cx.arena, struct label_code, 1);
        one[0] = run->lot.label;
        run->codes = one;
        run->count = counted_labels(run->lot.qty);
    }
    e = price_in_force(&price, &rq->cx, p->id, label.variant, rq->at);
    if (e && e != ERR_NOT_FOUND) {
        return e;
    }
    run->paper = (struct label_paper){
        .lang = rq->cx.lang,
        .host = run->settings.label_host,
        .name = p->name,
        .price = e ? RUPIAH(0) : price.price,
        .workshop = run->lot.workshop_name,
        .unit_name = run->settings.unit_name,
        .demo = run->settings.demo,
    };
    return label_lot_variant(&run->paper.variant, &rq->cx, run->lot.id);
}

/* Names out of one table each: NOLINTBEGIN(bugprone-easily-swappable-parameters) */
enum err label_stock_of(struct label_stock *out, struct request *rq, const char *size,
                        const char *medium, const char *printer)
/* NOLINTEND(bugprone-easily-swappable-parameters) */
{
    struct label_printer_row row;
    enum err e;

    *out = (struct label_stock){.size = *size ? size : label_paper_sizes[0],
                                .roll = strcmp(medium, "roll") == 0};
    if (*printer == '\0') {
        return OK;
    }
    e = label_printer_get(&row, &rq->cx, printer);
    if (e == OK) {
        out->dpi = row.dpi;
        out->offset_x_um = row.offset_x_um;
        out->offset_y_um = row.offset_y_um;
        out->scale_ppm = row.scale_ppm;
    }
    return e == ERR_NOT_FOUND ? OK : e;
}
