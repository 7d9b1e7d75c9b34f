/* The model of tests/inventory/steps.c: where every piece and every lot must stand. */
#ifndef TESTS_STEPS_MODEL_H
#define TESTS_STEPS_MODEL_H

#include "inventory/stock_case.h"
#include "tests/story.h"

enum {
    LOTS_MAX = 40000,
    UNITS_MAX = 120000,
    PLACES_MAX = 16,
    OPEN_MAX = 64, /* papers that wait */
    TAKES_MOST = 4,
    CHECK_EVERY = 400,
    ARENA_MAX = 256 * 1024 * 1024,
};

struct m_lot {
    struct lot_id id;
    struct label_code code;
    struct product_id product;
    bool pieces, touched;
    int64_t milli[PLACES_MAX]; /* by place; together always 0 */
};
struct m_unit {
    struct unit_id id;
    struct label_code code;
    int32_t lot, place;
};
/* Something that was taken: a unit, or a lot and how much. */
struct m_take {
    int32_t unit, lot; /* unit -1: a counted lot */
    int64_t milli;
};
struct m_paper {
    char number[24];
    int32_t from, to; /* of a transfer; of a write-off: where it stood, where it waits */
    int32_t final;
    struct m_take takes[TAKES_MOST];
    size_t count;
};

extern struct model {
    struct story s;
    struct place_id places[PLACES_MAX];
    int32_t place_count;
    struct product_id piece, counted;
    struct m_lot lots[LOTS_MAX];
    struct m_unit units[UNITS_MAX];
    int32_t lot_count, unit_count;
    struct m_paper sent[OPEN_MAX], reported[OPEN_MAX];
    size_t sent_count, reported_count;
    uint64_t random;
    int64_t steps, done, refused, sales;
} m;

/* 0 .. n - 1, from the seed; n > 0. */
int32_t below(int32_t n);
/* The place's number in the model; the first of that kind, or the one of that code. */
int32_t place_of(struct place_id id);
int32_t place_kind_of(enum place_kind kind, const char *code);
/* What was taken goes from a place to a place. */
void moved(const struct m_take *t, int32_t from, int32_t to);
int32_t lot_of(struct lot_id id);
/* What a decision does, as stock_case.h says it; `sent_from` is where a transfer came from. */
void model_case(const struct stock_case *c, enum case_choice choice, int32_t sent_from);
/* The store against the model: what was touched since, or all of it. */
void check(bool all);

#endif
