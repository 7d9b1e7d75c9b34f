/* A showroom's street side on a port of its own, with a store in a folder of its own (or on the
 * tests' server: tests/home.h), and a client that sends bytes exactly as they are told. */
#ifndef WEB_FIXTURE_H
#define WEB_FIXTURE_H

#include <stdbool.h>
#include <stddef.h>

#include "ctx.h"
#include "inventory/store/store.h"
#include "pos/web/server.h"
#include "tests/home.h"

struct shop {
    char folder[64];
    struct home home;
    struct instant now; /* moved by hand */
    struct clock clock;
    struct site site;
    struct store *store;
    struct server *server;
    unsigned port;
    struct arena *arena;
    struct ctx cx; /* for acts of the test itself; cx.db between shop_take() and shop_give() */
};

/* Opens a store and serves `table` (NULL: the program's) under `limits` (NULL: the usual). */
void shop_open(struct shop *shop, const struct route *table, size_t count,
               const struct server_limits *limits);
void shop_close(struct shop *shop);
/* The server ends and begins again on the same store. */
void shop_restart(struct shop *shop, const struct route *table, size_t count);
/* Another server on the store of `shop`, as another process would be: stopped by the caller. */
void shop_beside(struct shop *other, const struct shop *shop, const struct route *table,
                 size_t count);
void shop_take(struct shop *shop);
void shop_give(struct shop *shop);

/* ---- a client ---- */

enum { ANSWER_MAX = 4 * 1024 * 1024 };

struct answer {
    int status; /* 0: the connection ended without an answer */
    char *text; /* all of it, with a NUL; owned */
    size_t n;
    const char *body;
};

int dial(const struct shop *shop);
/* Sends all bytes; false when the other side has hung up. */
bool send_bytes(int fd, const void *bytes, size_t n);
/* Reads until the other side hangs up, or for `ms` without a byte. */
struct answer read_answer(int fd, int ms);
/* Sends on a new connection, and reads until it ends. */
struct answer ask_raw(const struct shop *shop, const void *bytes, size_t n);
/* "GET /x", headers each ended by CR LF (may be ""), body (may be NULL): with Host, Content-Length,
 * Content-Type of a form, and Connection: close. */
struct answer ask(const struct shop *shop, const char *line, const char *headers, const char *body);
void answer_done(struct answer *a);
/* The value of a header, copied to out; false: absent. */
bool answer_header(const struct answer *a, const char *name, char *out, size_t room);
/* "etalase_s=..." from Set-Cookie; "" when none is set. */
void answer_cookie(const struct answer *a, char *out, size_t room);
/* Fails unless the answer has that status and somewhere that text (NULL: any). */
void expect(const struct answer *a, int status, const char *part);

#endif
