/* A story: a real store, a clock moved by hand, a site with its first facts.  Every story ends with
 * the journal verified: chain, rebuild, tables and caches equal.
 *
 * The store is a file in a folder of its own, or a database on the tests' server (tests/home.h).
 * Clock and ids are the same on both, so what a story leaves behind must be the same bytes: with
 * ETALASE_STORY_OUT=DIR it is written to DIR/<name of the story>/. */
#ifndef TESTS_STORY_H
#define TESTS_STORY_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "ctx.h"
#include "inventory/base/arena.h"
#include "inventory/base/calendar.h"
#include "inventory/goods.h"
#include "inventory/stock.h"
#include "inventory/store/store.h"
#include "pos/sale.h"
#include "pos/setting.h"
#include "tests/home.h"

struct story {
    const char *name; /* of the function that tells it */
    char folder[64];
    struct home home;
    struct store *store;
    struct instant now;
    struct clock clock;
    struct site site;
    struct ctx cx; /* administrator at till 1 until story_as() says otherwise */
};

/* Sunday 22 November 2026, 09.41 WITA. */
#define STORY_START_MS INT64_C(1795311660000)

/* Set before a story is opened: nothing is synced to the disk, for stories of very many acts. */
extern bool story_unsynced;

/* satker 632331, WITA, three tills, the split rule given; nothing in stock. */
#define story_open(s, split_rule) story_open_named((s), (split_rule), __func__)
void story_open_named(struct story *s, const char *split_rule, const char *name);
/* Verifies, leaves the exports, closes, removes the folder. */
void story_close(struct story *s);
void story_verify(struct story *s);
/* The same store again, as after a restart (store NULL: it is closed already). */
void story_reopen(struct story *s);
void story_as(struct story *s, const char *login, enum role role, const char *till);
void story_wait(struct story *s, int64_t ms);

/* Goods of journeys.md: a product with an approved price, and a batch of it. */
struct product_id story_product(struct story *s, const char *sku, const char *name,
                                enum tracking tracking, int64_t price_rp, int64_t cost_rp);
struct received story_receive(struct story *s, const char *sku, struct qty qty, int64_t cost_rp);
/* Batik BTK-001 (3 pieces), key rings KRJ-001 (100), cost and price as in journey J1. */
struct received story_j1_goods(struct story *s);

struct qty story_on_hand(struct story *s, const char *sku);
int64_t story_balance(struct story *s, const char *kind, const char *code);
/* The first place of that kind; the code of the newest lot of a product; what a label is now. */
struct place_id story_place(struct story *s, enum place_kind kind);
struct label_code story_lot_code(struct story *s, const char *sku);
enum label_state story_label_state(struct story *s, struct label_code code);
struct idem_id story_key(const char *text);
/* Sells one line for cash at the story's till. */
enum err story_sell(struct story *s, struct sale *out, const char *key, const char *code,
                    struct qty qty, int64_t cash_rp);

#define STORY_OK(s, call)                                                                          \
    do {                                                                                           \
        enum err story_e = (call);                                                                 \
        if (story_e) {                                                                             \
            fail_msg("%s: error %d, %s: %s", #call, (int)story_e, (s)->cx.why.slug,                \
                     (s)->cx.why.text);                                                            \
        }                                                                                          \
    } while (0)

#define STORY_REFUSED(s, call, want, want_slug)                                                    \
    do {                                                                                           \
        enum err story_e = (call);                                                                 \
        if (story_e != (want) || strcmp((s)->cx.why.slug, (want_slug)) != 0 ||                     \
            !(s)->cx.why.text[0]) {                                                                \
            fail_msg("%s: error %d, %s: %s; wanted %d, %s", #call, (int)story_e, (s)->cx.why.slug, \
                     (s)->cx.why.text, (int)(want), (want_slug));                                  \
        }                                                                                          \
    } while (0)

#endif
