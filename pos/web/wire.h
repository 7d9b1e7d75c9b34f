/* A request as it came over the wire, before anything believes it, and the rules it must keep.
 *
 * Rules only: no socket, no library.  What two programs on one line could read in two ways is
 * refused, so that nobody can hide a second request inside a first. */
#ifndef WEB_WIRE_H
#define WEB_WIRE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "attr.h"
#include "pos/web/host.h"

enum {
    WIRE_HEADERS_MAX = 64,
    WIRE_HEADER_BYTES_MAX = 16 * 1024,
    WIRE_TARGET_MAX = 4096,
    WIRE_PEER_MAX = 64,
    WIRE_ALLOW_MAX = 16,
};

struct wire_header {
    const char *name;
    const char *value;
};

struct wire_request {
    const char *method, *target, *version;
    struct wire_header headers[WIRE_HEADERS_MAX];
    size_t header_count;
    size_t header_bytes; /* request line and all headers, with line ends */
    bool too_many;       /* more than WIRE_HEADERS_MAX came */
    bool unclear;        /* a line did not end with CR LF, was folded, or held a NUL */
    bool tls;
    char peer[WIRE_PEER_MAX];  /* address of the other side */
    char local[WIRE_PEER_MAX]; /* address it reached us at */
};

/* First value of a header, any case; NULL: absent. */
const char *wire_header(const struct wire_request *w, const char *name);
size_t wire_header_count(const struct wire_request *w, const char *name);

/* The value of a cookie; false when it is absent, comes twice or does not fit. */
NODISCARD bool wire_cookie(char *out, size_t room, const struct wire_request *w, const char *name);

/* What is wrong with a request; status 0: nothing. */
struct wire_verdict {
    int status;
    const char *slug;
    const char *text; /* `_()` text; "" for 421, whose sentence names the Host */
    bool hang_up;     /* what follows on this connection cannot be trusted */
};

/* Looks at everything but the body.  *path_at is where the path begins in the target (after the
 * host of an absolute one), *length the body's length. */
NODISCARD struct wire_verdict wire_check(const struct wire_request *w, const struct hosts *hosts,
                                         size_t *path_at, uint64_t *length);

#endif
