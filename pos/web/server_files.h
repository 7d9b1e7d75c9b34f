/* What the server needs besides sockets: its certificate, and the address it tells people. */
#ifndef WEB_SERVER_FILES_H
#define WEB_SERVER_FILES_H

#include <stddef.h>
#include <sys/socket.h>

#include "attr.h"
#include "pos/web/host.h"
#include "pos/web/server.h"

struct tls_files {
    char *cert, *key; /* PEM text, owned; NULL without TLS */
};

/* Refuses with a sentence: only one of the two named, not readable, too large. */
NODISCARD enum err tls_read(struct tls_files *out, const struct server_options *o, struct why *why);
/* Wipes and frees. */
void tls_done(struct tls_files *t);

/* "http://127.0.0.1:8080", without a last slash; "localhost" for every address. */
void server_url_text(char *out, size_t room, const struct server_options *o,
                     const struct listen_at *at, unsigned port);

/* "192.0.2.7", "2001:db8::1"; an IPv4 address in IPv6 clothes comes out as itself. */
void address_text(char out[WIRE_PEER_MAX], const struct sockaddr_storage *address);

/* Puts the default where nothing is said. */
void server_limits_fill(struct server_limits *l);

#endif
