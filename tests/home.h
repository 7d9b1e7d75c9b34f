/* Where the store of a test lives: a file in the test's folder, or, when ETALASE_TEST_SERVER names
 * a server (tests/postgres/server.py), a fresh database there. */
#ifndef TESTS_HOME_H
#define TESTS_HOME_H

#include <stdbool.h>

#include "inventory/store/store.h"

struct home {
    char where[192];   /* for store_options */
    char database[48]; /* on the server; empty: a file */
};

/* Fails the test when the database cannot be made. */
void home_open(struct home *p, const char *folder);
/* The store is closed already; the file is left to whoever removes the folder. */
void home_close(struct home *p);
bool home_is_server(const struct home *p);
/* The options with which the store of this place is opened. */
struct store_options home_store(const struct home *p);

#endif
