/* A million random steps: goods are made, sent, received, sold, counted, damaged, lost and found,
 * and after each step a small model of our own knows where every piece and every lot must stand.
 *
 *     steps SECONDS [STEPS [SEED]]      ends after so many seconds, or so many steps
 *
 * What the store says is held against the model: the lots that were touched, again and again, and
 * all of them at the end, when the journal is verified and rebuilt too.  The seed is printed. */
#include <stdio.h>
#include <stdlib.h>

#include "inventory/stock_count.h"
#include "inventory/transfer.h"
#include "inventory/write_off.h"
#include "tests/inventory/steps_model.h"

/* A refusal must have written nothing; a step that was done adds one line. */
static bool went(enum err e, int64_t seq_before)
{
    if (e) {
        m.refused++;
        assert_true(m.s.cx.why.text[0] != '\0');
        assert_int_equal(m.s.cx.last_seq, seq_before);
        return false;
    }
    m.done++;
    return true;
}

/* ---- the steps ---- */

static void remember_lot(const struct received *r, bool pieces, int64_t milli)
{
    struct m_lot *lot = &m.lots[m.lot_count];
    const int32_t from = place_kind_of(PLACE_WORKSHOP, "Bengkel Kerajinan"),
                  to = place_kind_of(PLACE_SHOWROOM, NULL);

    *lot = (struct m_lot){.id = r->lot,
                          .code = r->lot_code,
                          .product = pieces ? m.piece : m.counted,
                          .pieces = pieces};
    for (size_t i = 0; i < r->piece_count; i++) {
        struct label label;

        STORY_OK(&m.s, label_find(&label, &m.s.cx, r->codes[i]));
        m.units[m.unit_count] = (struct m_unit){
            .id = label.unit, .code = r->codes[i], .lot = m.lot_count, .place = from};
        moved(&(struct m_take){m.unit_count++, m.lot_count, 1000}, from, to);
    }
    if (!pieces) {
        moved(&(struct m_take){-1, m.lot_count, milli}, from, to);
    }
    m.lot_count++;
}

static void produce(void)
{
    const bool pieces = below(2) == 0;
    const int64_t n = 1 + below(pieces ? 6 : 50), before = m.s.cx.last_seq;
    struct received r;

    if (m.lot_count == LOTS_MAX || m.unit_count + n >= UNITS_MAX) {
        return;
    }
    if (went(goods_receive(&r, &m.s.cx,
                           &(struct goods_receive){.product = pieces ? m.piece : m.counted,
                                                   .qty = QTY_WHOLE(n),
                                                   .cost_known = true,
                                                   .unit_cost = RUPIAH(500)}),
             before)) {
        remember_lot(&r, pieces, n * 1000);
    }
}

/* A thing at random, often one of the newest; it may stand anywhere. */
static bool choose(struct m_take *out, struct take *take)
{
    if (below(2) && m.unit_count > 0) {
        const int32_t unit = m.unit_count - 1 - below(m.unit_count < 400 ? m.unit_count : 400);

        *out = (struct m_take){unit, m.units[unit].lot, 1000};
        *take = (struct take){.code = m.units[unit].code.text};
        return true;
    }
    if (m.lot_count > 0) {
        const int32_t lot = m.lot_count - 1 - below(m.lot_count < 60 ? m.lot_count : 60);

        *out = (struct m_take){-1, lot, 1000 * (int64_t)(1 + below(8))};
        *take = (struct take){.code = m.lots[lot].code.text, .qty = QTY(out->milli)};
        return !m.lots[lot].pieces;
    }
    return false;
}

static size_t choose_some(struct m_paper *p, struct take *takes)
{
    const int32_t most = 1 + below(TAKES_MOST);

    p->count = 0;
    for (int32_t i = 0; i < most; i++) {
        p->count += choose(&p->takes[p->count], &takes[p->count]) ? 1 : 0;
    }
    return p->count;
}

static void send(void)
{
    const int32_t ways[2] = {place_kind_of(PLACE_SHOWROOM, NULL), place_kind_of(PLACE_STORE, NULL)};
    const int32_t way = below(2);
    const int64_t before = m.s.cx.last_seq;
    struct m_paper p = {.from = ways[way], .to = ways[1 - way]};
    struct take takes[TAKES_MOST];
    struct transfer_made made;

    if (m.sent_count == OPEN_MAX || choose_some(&p, takes) == 0) {
        return;
    }
    story_as(&m.s, "bengkel", ROLE_WORKSHOP, "");
    if (went(transfer_send(&made, &m.s.cx,
                           &(struct transfer_new){.from = m.places[p.from],
                                                  .to = m.places[p.to],
                                                  .note = "",
                                                  .takes = takes,
                                                  .count = p.count}),
             before)) {
        snprintf(p.number, sizeof p.number, "%s", made.number.text);
        for (size_t i = 0; i < p.count; i++) {
            moved(&p.takes[i], p.from, place_kind_of(PLACE_TRANSIT, NULL));
        }
        m.sent[m.sent_count++] = p;
    }
}

static void receive(void)
{
    const int64_t before = m.s.cx.last_seq;
    const int32_t transit = place_kind_of(PLACE_TRANSIT, NULL);
    struct take got[TAKES_MOST];
    struct m_take arrived[TAKES_MOST];
    size_t at, n = 0, missing;

    if (m.sent_count == 0) {
        return;
    }
    at = (size_t)below((int32_t)m.sent_count);
    for (size_t i = 0; i < m.sent[at].count; i++) {
        struct m_take t = m.sent[at].takes[i];

        if (below(4) == 0) {
            continue; /* it did not arrive */
        }
        t.milli = t.unit < 0 && below(3) == 0 ? 1000 : t.milli;
        arrived[n] = t;
        got[n++] =
            (struct take){.code = t.unit < 0 ? m.lots[t.lot].code.text : m.units[t.unit].code.text,
                          .qty = QTY(t.milli)};
    }
    story_as(&m.s, "gudang", ROLE_WORKSHOP, "");
    if (went(transfer_receive(&missing, &m.s.cx, m.sent[at].number, got, n, ""), before)) {
        for (size_t i = 0; i < n; i++) {
            moved(&arrived[i], transit, m.sent[at].to);
        }
        m.sent[at] = m.sent[--m.sent_count];
    }
}

static void sell(void)
{
    const int64_t before = m.s.cx.last_seq;
    struct m_take t;
    struct take take;
    struct sale sale;
    char key[17];

    if (!choose(&t, &take)) {
        return;
    }
    snprintf(key, sizeof key, "k%lld", (long long)m.steps);
    story_as(&m.s, "kasir", ROLE_CASHIER, "1");
    if (went(story_sell(&m.s, &sale, key, take.code, QTY(t.milli), t.milli), before)) {
        moved(&t, place_kind_of(PLACE_SHOWROOM, NULL), place_kind_of(PLACE_CUSTOMER, NULL));
        m.sales++;
    }
}

static void report(void)
{
    const bool lost = below(2);
    const int64_t before = m.s.cx.last_seq;
    struct m_paper p = {.from = place_kind_of(below(2) ? PLACE_SHOWROOM : PLACE_STORE, NULL)};
    struct take takes[TAKES_MOST];
    struct document_no number;

    if (m.reported_count == OPEN_MAX || choose_some(&p, takes) == 0) {
        return;
    }
    story_as(&m.s, "bengkel", ROLE_WORKSHOP, "");
    if (went(write_off_report(
                 &number, &m.s.cx,
                 &(struct write_off_new){.kind = lost ? WRITE_OFF_LOST : WRITE_OFF_DAMAGED,
                                         .place = m.places[p.from],
                                         .reason = "langkah acak",
                                         .takes = takes,
                                         .count = p.count}),
             before)) {
        snprintf(p.number, sizeof p.number, "%s", number.text);
        p.to = lost ? place_kind_of(PLACE_LOST, "dicari") : place_kind_of(PLACE_SCRAP, "periksa");
        p.final = lost ? -1 : -2; /* made by the decision: looked up then */
        for (size_t i = 0; i < p.count; i++) {
            moved(&p.takes[i], p.from, p.to);
        }
        m.reported[m.reported_count++] = p;
    }
}

static void decide(void)
{
    const bool approved = below(2);
    const int64_t before = m.s.cx.last_seq;
    struct m_paper p;
    size_t at;

    if (m.reported_count == 0) {
        return;
    }
    at = (size_t)below((int32_t)m.reported_count);
    p = m.reported[at];
    story_as(&m.s, "kepala", ROLE_SUPERVISOR, "");
    if (went(write_off_decide(&m.s.cx, p.number, approved, "diputuskan"), before)) {
        const int32_t final = p.final == -1 ? place_kind_of(PLACE_LOST, "hilang")
                                            : place_kind_of(PLACE_SCRAP, "rusak");

        for (size_t i = 0; i < p.count; i++) {
            moved(&p.takes[i], p.to, approved ? final : p.from);
        }
        m.reported[at] = m.reported[--m.reported_count];
    }
}

/* A count of a place from which a few things are scanned: the rest of a small sample is missing, so
 * only places with little in them are counted, or cases without end would be opened. */
static void count(void)
{
    const int64_t before = m.s.cx.last_seq;
    struct count_added added[TAKES_MOST];
    struct count_scan scans[TAKES_MOST];
    struct place_id place = m.places[place_kind_of(PLACE_STORE, NULL)];
    struct document_no number;
    struct m_paper p;
    struct take takes[TAKES_MOST];
    size_t n = choose_some(&p, takes), cases;

    story_as(&m.s, "bengkel", ROLE_WORKSHOP, "");
    if (!went(count_start(&number, &m.s.cx, place, ""), before)) {
        return;
    }
    for (size_t i = 0; i < n; i++) {
        scans[i] = (struct count_scan){.code = takes[i].code, .qty = takes[i].qty};
    }
    STORY_OK(&m.s, count_add(added, &m.s.cx, number.text, scans, n));
    STORY_OK(&m.s, count_finish(&cases, &m.s.cx, number.text, "", true));
}

static void close_case(void)
{
    struct stock_case_list list;
    const struct stock_case *c;
    enum case_choice choice;
    int64_t before;
    int32_t back;

    STORY_OK(&m.s, case_list(&list, &m.s.cx, true));
    if (list.count == 0) {
        return;
    }
    c = &list.items[below((int32_t)list.count)];
    do {
        choice = (enum case_choice)below(CHOICE_STAYS + 1);
    } while (!case_choice_fits(c->kind, choice));
    /* Sent to the store means sent from the showroom, and the other way round. */
    back = c->kind != CASE_TRANSFER_SHORT ? 0
           : c->other.kind == PLACE_STORE ? place_kind_of(PLACE_SHOWROOM, NULL)
                                          : place_kind_of(PLACE_STORE, NULL);
    before = m.s.cx.last_seq;
    story_as(&m.s, "kepala", ROLE_SUPERVISOR, "");
    if (went(case_close(&m.s.cx, c->number, choice, "langkah acak"), before)) {
        model_case(c, choice, back);
    }
}

static void override(void)
{
    const int64_t before = m.s.cx.last_seq, milli = 1000 * (int64_t)(1 + below(3));
    struct document_no number;
    struct stock_case c;

    story_as(&m.s, "kepala2", ROLE_SUPERVISOR, "");
    if (went(stock_override(&number, &m.s.cx,
                            &(struct override_wanted){.product = m.counted,
                                                      .qty = QTY(milli),
                                                      .reason = "ada di rak",
                                                      .asked_by = "kasir"}),
             before)) {
        STORY_OK(&m.s, case_get(&c, &m.s.cx, number.text));
        moved(&(struct m_take){-1, lot_of(c.item.lot), milli}, place_kind_of(PLACE_LOST, "selisih"),
              place_kind_of(PLACE_SHOWROOM, NULL));
    }
}

static void step(void)
{
    const int32_t what = below(100);

    story_wait(&m.s, 1000);
    if (what < 8) {
        produce();
    } else if (what < 22) {
        send();
    } else if (what < 36) {
        receive();
    } else if (what < 74) {
        sell();
    } else if (what < 80) {
        report();
    } else if (what < 86) {
        decide();
    } else if (what < 88) {
        count();
    } else if (what < 98) {
        close_case();
    } else {
        override();
    }
}

static void run(int64_t seconds, int64_t steps)
{
    const struct clock real = clock_real();
    const int64_t until = clock_now(&real).ms + seconds * 1000;

    while (m.steps < steps && clock_now(&real).ms < until) {
        m.steps++;
        step();
        if (m.steps % CHECK_EVERY == 0) {
            check(false);
        }
    }
}

int main(int argc, char **argv)
{
    const int64_t seconds = argc > 1 ? strtoll(argv[1], NULL, 10) : 60;
    const int64_t steps = argc > 2 ? strtoll(argv[2], NULL, 10) : INT64_MAX;
    const struct clock real = clock_real();

    m.random = argc > 3 ? strtoull(argv[3], NULL, 10) : (uint64_t)clock_now(&real).ms;
    printf("seed %llu\n", (unsigned long long)m.random);
    fflush(stdout);
    story_unsynced = true;
    story_open(&m.s, "KEP-1990");
    m.piece = story_product(&m.s, "BTK-001", "Kain batik", TRACK_PIECE, 1000, 500);
    m.counted = story_product(&m.s, "KRJ-001", "Gantungan kunci", TRACK_LOT, 1000, 500);
    run(seconds, steps);
    check(true);
    story_close(&m.s);
    printf("%lld steps: %lld done, %lld refused, %lld sales; %d lots, %d pieces: all where they "
           "must be\n",
           (long long)m.steps, (long long)m.done, (long long)m.refused, (long long)m.sales,
           (int)m.lot_count, (int)m.unit_count);
    return 0;
}
