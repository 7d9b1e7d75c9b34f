/* Where every piece and every lot must stand, and whether it does. */
#include "tests/inventory/steps_model.h"

#include "inventory/base/arena.h"
#include "inventory/stock_take.h"

struct model m;

int32_t below(int32_t n)
{
    m.random += UINT64_C(0x9E3779B97F4A7C15);
    uint64_t z = m.random;
    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    return (int32_t)((z ^ (z >> 31)) % (uint64_t)n);
}

int32_t place_of(struct place_id id)
{
    for (int32_t i = 0; i < m.place_count; i++) {
        if (place_id_equal(m.places[i], id)) {
            return i;
        }
    }
    assert_true(m.place_count < PLACES_MAX);
    m.places[m.place_count] = id;
    return m.place_count++;
}

int32_t place_kind_of(enum place_kind kind, const char *code)
{
    struct place p;

    STORY_OK(&m.s,
             code ? place_by_code(&p, &m.s.cx, kind, code) : place_of_kind(&p, &m.s.cx, kind));
    return place_of(p.id);
}

void moved(const struct m_take *t, int32_t from, int32_t to)
{
    struct m_lot *lot = &m.lots[t->lot];

    lot->milli[from] -= t->milli;
    lot->milli[to] += t->milli;
    lot->touched = true;
    if (t->unit >= 0) {
        assert_int_equal(m.units[t->unit].place, from);
        m.units[t->unit].place = to;
    }
}

static int32_t unit_of(struct unit_id id)
{
    for (int32_t i = m.unit_count - 1; i >= 0; i--) {
        if (unit_id_equal(m.units[i].id, id)) {
            return i;
        }
    }
    return -1;
}

int32_t lot_of(struct lot_id id)
{
    for (int32_t i = m.lot_count - 1; i >= 0; i--) {
        if (lot_id_equal(m.lots[i].id, id)) {
            return i;
        }
    }
    fail_msg("a lot that the model does not know");
    return -1;
}

/* What a decision does, as stock_case.h says it. */
void model_case(const struct stock_case *c, enum case_choice choice, int32_t sent_from)
{
    const struct m_take t = {unit_id_is_nil(c->item.unit) ? -1 : unit_of(c->item.unit),
                             lot_of(c->item.lot), c->item.qty.milli};
    const int32_t place = place_of(c->place.id);

    switch (choice) {
    case CHOICE_ARRIVED: moved(&t, place, place_of(c->other.id)); break;
    case CHOICE_BACK: moved(&t, place, sent_from); break;
    case CHOICE_LOST: moved(&t, place, place_kind_of(PLACE_LOST, "hilang")); break;
    case CHOICE_DAMAGED: moved(&t, place, place_kind_of(PLACE_SCRAP, "rusak")); break;
    case CHOICE_MOVED: moved(&t, place_of(c->other.id), place); break;
    case CHOICE_BOOKED:
        if (c->kind == CASE_COUNT_OVER) {
            moved(&t, place_kind_of(PLACE_LOST, "selisih"), place);
        }
        break;
    case CHOICE_STAYS: break;
    }
}

/* ---- the model against the store ---- */

static void check_lot(struct m_lot *lot)
{
    int64_t sum = 0;

    for (int32_t p = 0; p < m.place_count; p++) {
        struct qty there;

        STORY_OK(&m.s, stock_at(&there, &m.s.cx, m.places[p], lot->product, lot->id));
        assert_int_equal(there.milli, lot->milli[p]);
        sum += there.milli;
    }
    assert_int_equal(sum, 0);
    lot->touched = false;
}

static void check_unit(const struct m_unit *u)
{
    struct label label;

    STORY_OK(&m.s, label_find(&label, &m.s.cx, u->code));
    assert_int_equal(place_of(label.place), u->place);
}

void check(bool all)
{
    for (int32_t i = 0; i < m.lot_count; i++) {
        if (all || m.lots[i].touched) {
            check_lot(&m.lots[i]);
        }
    }
    for (int32_t i = 0; i < (all ? m.unit_count : 20); i++) {
        if (m.unit_count > 0) {
            check_unit(&m.units[all ? i : below(m.unit_count)]);
        }
    }
    arena_free(m.s.cx.arena);
    m.s.cx.arena = arena_new(ARENA_MAX);
}
