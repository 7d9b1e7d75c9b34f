/* A database of its own on the tests' server, the small shop of thing.h in it, and a door in the
 * wire that can be shut at a commit. */
#ifndef TESTS_STORE_SERVER_H
#define TESTS_STORE_SERVER_H

#include <pthread.h>
#include <stdatomic.h>

#include "tests/store/thing.h"

enum {
    S_TOTAL,
    S_THING_UPDATE,
    S_NOTE_PUT,
    S_NOTE_GET,
    S_NOTE_SET,
    S_NOTES,
    S_PAIR_PUT,
    S_KINDS,
    S_COUNT
};

/* Of the running test. */
struct there {
    char database[48];
    char port[8];
    struct store_options options; /* as the role of the program */
    char url[192], migrate_url[192];
};
extern struct there there;

int server_set_up(void **state);    /* a database as script/postgres-init.sql makes it */
int server_tear_down(void **state); /* removes it */
int migrated_set_up(void **state);  /* and with the tables of the small shop */

#define SERVER_TEST(name) cmocka_unit_test_setup_teardown(name, migrated_set_up, server_tear_down)
#define BARE_TEST(name)   cmocka_unit_test_setup_teardown(name, server_set_up, server_tear_down)

/* Runs a statement as the superuser, in the test's database (or in that one), and gives the first
 * bytes of what it printed. */
void psql(const char *sql, char *out, size_t room);
void psql_in(const char *database, const char *sql, char *out, size_t room);
/* Asks until the answer is `want`; fails the test after half a minute. */
void psql_until(const char *sql, const char *want);
void address(char *out, size_t room, const char *who, const char *port, const char *database);

struct store *server_opened(void);
enum err server_migrate(struct why *why);
enum err note_put(struct db *db, int64_t id, const char *text, int64_t n);
int64_t note_n(struct db *db, int64_t id); /* -1: there is none */
enum err note_set(struct db *db, int64_t id, int64_t n);

/* ---- a door in the wire ---- */

enum door {
    DOOR_OPEN,
    DOOR_KEEPS_COMMIT, /* a COMMIT does not reach the server; the connection is cut */
    DOOR_KEEPS_ANSWER, /* it does, but its answer does not come back */
    DOOR_SAYS_PANIC, /* it does, and what comes back is that the server goes down, its disk full */
    DOOR_SHUT,       /* nothing passes, every connection is cut */
};
struct wire {
    pthread_t thread;
    int listener, quit[2];
    char port[8];
    _Atomic enum door door;
    atomic_int cuts;
};
void wire_open(struct wire *w);
void wire_close(struct wire *w);

#endif
