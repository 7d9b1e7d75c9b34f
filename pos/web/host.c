/* Names and addresses: reading them, the list of allowed ones, the listening socket. */
#include "pos/web/host.h"

#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdint.h>
#include <sys/socket.h>
#include <unistd.h>

#include "inventory/base/refuse.h"

enum { BACKLOG = 128 };

static char lower(char c)
{
    static const char capitals[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    const char *at = c ? strchr(capitals, c) : NULL;

    if (at) {
        c = "abcdefghijklmnopqrstuvwxyz"[at - capitals];
    }
    return c;
}

static bool digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool name_char(char c)
{
    c = lower(c);
    return (c >= 'a' && c <= 'z') || digit(c) || c == '-' || c == '.' || c == '_';
}

static bool v6_char(char c)
{
    c = lower(c);
    return (c >= 'a' && c <= 'f') || digit(c) || c == ':' || c == '.';
}

/* Copies what stands before the port; the number of bytes read, 0 for what is no name. */
static size_t read_name(struct host_port *out, const char *text, size_t n)
{
    bool v6 = n > 0 && text[0] == '[';
    size_t i = v6 ? 1 : 0;
    size_t len = 0;

    while (i < n && (v6 ? v6_char(text[i]) : name_char(text[i]))) {
        if (len + 1 >= sizeof out->name) {
            return 0;
        }
        out->name[len++] = lower(text[i++]);
    }
    if (v6 && (i >= n || text[i++] != ']')) {
        return 0;
    }
    if (!v6 && len > 1 && out->name[len - 1] == '.') {
        len--;
    }
    out->name[len] = '\0';
    return len == 0 || (!v6 && out->name[0] == '.') ? 0 : i;
}

static bool read_port(char out[PORT_TEXT_MAX], const char *text, size_t n)
{
    uint32_t value = 0;
    size_t i;

    if (n == 0 || n >= PORT_TEXT_MAX) {
        return false;
    }
    for (i = 0; i < n; i++) {
        if (!digit(text[i])) {
            return false;
        }
        value = value * 10 + (uint32_t)(text[i] - '0');
        out[i] = text[i];
    }
    out[n] = '\0';
    return value <= 65535;
}

bool host_parse(struct host_port *out, const char *text, size_t n)
{
    size_t i;

    *out = (struct host_port){.name = ""};
    i = read_name(out, text, n);
    if (i == 0) {
        return false;
    }
    return i == n || (text[i] == ':' && read_port(out->port, text + i + 1, n - i - 1));
}

enum err hosts_add(struct hosts *hosts, const char *text, struct why *why)
{
    struct host_port host;

    if (!host_parse(&host, text, strlen(text))) {
        return why_say(why, ERR_INVALID, "host-name",
                       "\"%.100s\" bukan nama host. Contoh: toko.example", text);
    }
    if (hosts->count == HOSTS_MAX) {
        return why_say(why, ERR_LIMIT, "host-count", "Nama host terlalu banyak; paling banyak %d.",
                       HOSTS_MAX);
    }
    hosts->list[hosts->count++] = host;
    return OK;
}

enum err hosts_add_list(struct hosts *hosts, const char *list, struct why *why)
{
    char one[HOST_TEXT_MAX];
    enum err e = OK;

    while (!e && *list) {
        size_t n = strcspn(list, ", ");

        if (n >= sizeof one) {
            return why_say(why, ERR_INVALID, "host-name", "Nama host terlalu panjang: %.60s...",
                           list);
        }
        if (n > 0) {
            memcpy(one, list, n);
            one[n] = '\0';
            e = hosts_add(hosts, one, why);
        }
        list += n;
        list += strspn(list, ", ");
    }
    return e;
}

bool hosts_allow(const struct hosts *hosts, const struct host_port *host, const char *local)
{
    static const char *const own[] = {"localhost", "127.0.0.1", "::1"};
    size_t i;

    for (i = 0; i < LENGTH(own); i++) {
        if (strcmp(host->name, own[i]) == 0) {
            return true;
        }
    }
    for (i = 0; i < hosts->count; i++) {
        if (strcmp(host->name, hosts->list[i].name) == 0) {
            return true;
        }
    }
    return local[0] && strcmp(host->name, local) == 0;
}

enum err listen_parse(struct listen_at *out, const char *text, struct why *why)
{
    const char *colon = strrchr(text, ':');
    const char *port = colon ? colon + 1 : text;
    struct host_port host = {.name = ""};

    *out = (struct listen_at){.name = ""};
    if (!read_port(out->port, port, strlen(port)) ||
        (colon && colon > text &&
         (!host_parse(&host, text, (size_t)(colon - text)) || host.port[0]))) {
        return why_say(why, ERR_INVALID, "listen-address",
                       "Alamat \"%.100s\" tidak dapat dipakai. Tulis ALAMAT:PORT, misalnya "
                       "127.0.0.1:8080 atau [::1]:8080.",
                       text);
    }
    memcpy(out->name, host.name, sizeof out->name);
    return OK;
}

static enum err listen_failed(struct why *why, const struct listen_at *at, int error)
{
    const char *name = at->name[0] ? at->name : "*";

    switch (error) {
    case EADDRINUSE:
        return why_say(
            why, ERR_BUSY, "port-in-use",
            "Port %s di %s sudah dipakai program lain. Hentikan program itu atau pilih port "
            "lain dengan --listen.",
            at->port, name);
    case EACCES:
        return why_say(why, ERR_FORBIDDEN, "port-forbidden",
                       "Port %s tidak boleh dipakai tanpa hak khusus. Pilih port 1024 atau lebih "
                       "dengan --listen.",
                       at->port);
    case EADDRNOTAVAIL:
        return why_say(why, ERR_INVALID, "listen-address",
                       "Alamat %s tidak ada pada komputer ini. Periksa --listen.", name);
    default:
        return why_say(why, ERR_IO, "listen", "Tidak dapat mendengarkan di %s port %s: galat %d.",
                       name, at->port, error);
    }
}

static int listen_on(const struct addrinfo *a, int *error)
{
    static const int on = 1;
    int fd = socket(a->ai_family, a->ai_socktype, a->ai_protocol);

    if (fd < 0) {
        *error = errno;
        return -1;
    }
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(fd, a->ai_addr, a->ai_addrlen) || listen(fd, BACKLOG)) {
        *error = errno;
        close(fd);
        return -1;
    }
    return fd;
}

static unsigned port_of(int fd)
{
    struct sockaddr_storage name;
    socklen_t n = sizeof name;
    struct sockaddr_in v4;
    struct sockaddr_in6 v6;

    if (getsockname(fd, (struct sockaddr *)&name, &n)) {
        return 0;
    }
    if (name.ss_family == AF_INET) {
        memcpy(&v4, &name, sizeof v4);
        return ntohs(v4.sin_port);
    }
    memcpy(&v6, &name, sizeof v6);
    return ntohs(v6.sin6_port);
}

enum err listen_open(int *fd, unsigned *port, const struct listen_at *at, struct why *why)
{
    struct addrinfo hints = {.ai_socktype = SOCK_STREAM, .ai_flags = AI_PASSIVE | AI_NUMERICSERV};
    struct addrinfo *found = NULL;
    int error = EADDRNOTAVAIL;

    *fd = -1;
    if (getaddrinfo(at->name[0] ? at->name : NULL, at->port, &hints, &found)) {
        return listen_failed(why, at, EADDRNOTAVAIL);
    }
    for (const struct addrinfo *a = found; a && *fd < 0; a = a->ai_next) {
        *fd = listen_on(a, &error);
    }
    freeaddrinfo(found);
    if (*fd < 0) {
        return listen_failed(why, at, error);
    }
    *port = port_of(*fd);
    return OK;
}
