/* A small shop for the tests of the store port: one fact table, one cache, one local table. */
#ifndef TESTS_STORE_THING_H
#define TESTS_STORE_THING_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "attr.h"
#include "inventory/store/fact_table.h"
#include "inventory/store/store.h"

#define FILE_OF(file_name, text)                                                                   \
    {                                                                                              \
        .name = (file_name), .bytes = (text), .n = sizeof(text) - 1                                \
    }

enum { Q_TOTAL, Q_NOTE_PUT, Q_NOTES, Q_REPLACE, Q_UPDATE, Q_DELETE, Q_COUNT };

extern const struct embedded thing_queries[];
enum { THING_QUERY_FILES = 2 };

struct thing {
    struct product_id id;
    const char *name;
    struct rupiah amount;
};
extern const struct fact_table thing_table;

/* The folder, file and options of the running test. */
struct here {
    char folder[64];
    char path[128];
    struct store_options options;
};
extern struct here here;

int thing_set_up(void **state);
int thing_tear_down(void **state);
struct store *opened(void);
struct thing thing_of(uint8_t mark, int64_t rp);
enum err put(struct db *db, const struct thing *t);
int64_t total(struct db *db);

#define STORE_TEST(name) cmocka_unit_test_setup_teardown(name, thing_set_up, thing_tear_down)

#endif
