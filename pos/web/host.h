/* Where the program listens, and by which names it may be called.
 *
 * A name that is not on the list is refused, so that a stranger's page cannot reach a till by
 * pointing its own name at the till's address. */
#ifndef WEB_HOST_H
#define WEB_HOST_H

#include <stdbool.h>
#include <stddef.h>

#include "attr.h"
#include "err.h"

enum { HOSTS_MAX = 24, HOST_TEXT_MAX = 254, PORT_TEXT_MAX = 6 };

struct host_port {
    char name[HOST_TEXT_MAX]; /* lower case, without brackets and last dot */
    char port[PORT_TEXT_MAX]; /* "" when none is said */
};

/* "toko.example:8080", "192.0.2.1", "[::1]:8080".  False for anything else. */
NODISCARD bool host_parse(struct host_port *out, const char *text, size_t n);

struct hosts {
    struct host_port list[HOSTS_MAX];
    size_t count;
};

/* Adds a name; ERR_LIMIT when the list is full, ERR_INVALID when it is no name. */
NODISCARD enum err hosts_add(struct hosts *hosts, const char *text, struct why *why);
/* Adds each name of "a.example, b.example". */
NODISCARD enum err hosts_add_list(struct hosts *hosts, const char *list, struct why *why);
/* true for a name on the list, localhost, a loopback address, or `local`: the address the
 * connection reached.  Ports do not matter. */
bool hosts_allow(const struct hosts *hosts, const struct host_port *host, const char *local);

struct listen_at {
    char name[HOST_TEXT_MAX]; /* "" for every address */
    char port[PORT_TEXT_MAX];
};

/* "127.0.0.1:8080", "[::]:8080", ":8080", "8080".  ERR_INVALID with a sentence. */
NODISCARD enum err listen_parse(struct listen_at *out, const char *text, struct why *why);
/* A listening socket in *fd and its port in *port.  Refuses with one sentence: port in use
 * (ERR_BUSY), port below 1024 without the right (ERR_FORBIDDEN), no such address (ERR_INVALID). */
NODISCARD enum err listen_open(int *fd, unsigned *port, const struct listen_at *at,
                               struct why *why);

#endif
