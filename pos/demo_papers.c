/* The demo's papers of the stock. */
#include "pos/demo_papers.h"

#include "inventory/goods.h"
#include "inventory/stock.h"
#include "inventory/stock_count.h"
#include "inventory/transfer.h"
#include "inventory/write_off.h"

enum { STEP_MS = 5000, PIECES_MOST = 6 };

void demo_as(struct demo_stage *s, const char *actor, enum role role)
{
    s->at->ms += STEP_MS;
    snprintf(s->cx->actor, sizeof s->cx->actor, "%s", actor);
    s->cx->till[0] = '\0';
    s->cx->role = role;
}

/* Pieces of a product that stand in the showroom; none when it is sold out. */
struct pieces {
    struct take takes[PIECES_MOST];
    size_t count;
};

static enum err pieces_of(struct pieces *out, struct ctx *cx, const char *sku, size_t most)
{
    const struct label_code *codes;
    struct place showroom;
    struct product p;
    enum err e;

    out->count = 0;
    if ((e = product_by_sku(&p, cx, sku))) {
        return e == ERR_NOT_FOUND ? OK : e;
    }
    if ((e = place_of_kind(&showroom, cx, PLACE_SHOWROOM)) ||
        (e = stock_codes(&codes, &out->count, cx, p.id, showroom.id, most))) {
        return e;
    }
    for (size_t i = 0; i < out->count; i++) {
        out->takes[i] = (struct take){.code = codes[i].text};
    }
    return OK;
}

static enum err send(struct demo_stage *s, struct transfer_made *made, const struct pieces *p)
{
    struct transfer_new w = {.note = "Untuk persediaan", .takes = p->takes, .count = p->count};
    struct place from, to;
    enum err e;

    demo_as(s, "bengkel", ROLE_WORKSHOP);
    if ((e = place_of_kind(&from, s->cx, PLACE_SHOWROOM)) ||
        (e = place_of_kind(&to, s->cx, PLACE_STORE))) {
        return e;
    }
    w.from = from.id;
    w.to = to.id;
    return transfer_send(made, s->cx, &w);
}

static enum err transfers(struct demo_stage *s)
{
    struct transfer_made made;
    struct pieces p;
    size_t missing;
    enum err e = pieces_of(&p, s->cx, "BTK-002", 3);

    if (e || p.count < 2) {
        return e;
    }
    if ((e = send(s, &made, &p))) {
        return e;
    }
    demo_as(s, "kepala", ROLE_SUPERVISOR);
    e = transfer_receive(&missing, s->cx, made.number.text, p.takes, p.count - 1,
                         "Satu belum tampak");
    if (e || (e = pieces_of(&p, s->cx, "BTK-005", 2)) || p.count == 0) {
        return e;
    }
    return send(s, &made, &p);
}

static enum err count_place(struct demo_stage *s, enum place_kind kind, const struct pieces *p,
                            bool finish)
{
    struct count_scan scans[PIECES_MOST];
    struct count_added added[PIECES_MOST];
    struct document_no number;
    struct place place;
    size_t cases;
    enum err e;

    demo_as(s, "bengkel", ROLE_WORKSHOP);
    if ((e = place_of_kind(&place, s->cx, kind)) ||
        (e = count_start(&number, s->cx, place.id, "Akhir bulan"))) {
        return e;
    }
    for (size_t i = 0; i < p->count; i++) {
        scans[i] = (struct count_scan){.code = p->takes[i].code};
    }
    s->at->ms += STEP_MS;
    if ((e = count_add(added, s->cx, number.text, scans, p->count)) || !finish) {
        return e;
    }
    s->at->ms += STEP_MS;
    return count_finish(&cases, s->cx, number.text, "Selesai dihitung", true);
}

static enum err counts(struct demo_stage *s)
{
    struct pieces p;
    enum err e = pieces_of(&p, s->cx, "BTK-001", 1);

    /* A piece of the showroom lies in the store: found elsewhere. */
    if (e || (e = count_place(s, PLACE_STORE, &p, true)) ||
        (e = pieces_of(&p, s->cx, "BTK-003", 3))) {
        return e;
    }
    return count_place(s, PLACE_SHOWROOM, &p, false);
}

static enum err damaged(struct demo_stage *s)
{
    struct write_off_new w = {.kind = WRITE_OFF_DAMAGED, .reason = "Terkena air saat hujan"};
    struct document_no number;
    struct place showroom;
    struct pieces p;
    enum err e = pieces_of(&p, s->cx, "BTK-004", 1);

    if (e || p.count == 0 || (e = place_of_kind(&showroom, s->cx, PLACE_SHOWROOM))) {
        return e;
    }
    demo_as(s, "bengkel", ROLE_WORKSHOP);
    w.place = showroom.id;
    w.takes = p.takes;
    w.count = p.count;
    return write_off_report(&number, s->cx, &w);
}

enum err demo_stock_papers(struct demo_stage *s)
{
    enum err e;

    return (e = transfers(s)) || (e = damaged(s)) || (e = counts(s)) ? e : OK;
}
