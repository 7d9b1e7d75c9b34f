/* A door in the wire between a store and its server, that can be shut at a commit. */
#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tests/store/server.h"

enum { CHUNK = 64 * 1024 };

static int loopback(const char *port, bool listening)
{
    struct sockaddr_in at = {.sin_family = AF_INET};
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    int done;

    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    at.sin_port = htons((uint16_t)strtoul(port, NULL, 10));
    done = listening ? bind(fd, (struct sockaddr *)&at, sizeof at)
                     : connect(fd, (struct sockaddr *)&at, sizeof at);
    if (done != 0 || (listening && listen(fd, 8) != 0)) {
        close(fd);
        return -1;
    }
    return fd;
}

static bool has_commit(const char *bytes, size_t n)
{
    static const char mark[] = "f_commit";

    for (size_t i = 0; i + sizeof mark <= n; i++) {
        /* In a Bind, after the empty name of the portal; a Parse has the name before the text. */
        if (memcmp(bytes + i, mark, sizeof mark) == 0 && i > 5 && bytes[i - 6] == 'B') {
            return true;
        }
    }
    return false;
}

static bool send_all(int fd, const char *bytes, size_t n)
{
    for (ssize_t sent; n > 0; bytes += sent, n -= (size_t)sent) {
        if ((sent = send(fd, bytes, n, MSG_NOSIGNAL)) <= 0) {
            return false;
        }
    }
    return true;
}

/* As the server speaks when it cannot write its log: whether the commit is in it, it does not know.
 */
static void say_panic(int to)
{
    static const char fields[] = "SPANIC\0VPANIC\0C53100\0Mcould not write to log file\0";
    uint32_t n = htonl((uint32_t)(sizeof fields + sizeof n));
    char message[1 + sizeof n + sizeof fields] = "E";

    memcpy(message + 1, &n, sizeof n);
    memcpy(message + 1 + sizeof n, fields, sizeof fields);
    send_all(to, message, sizeof message);
}

/* One way of the wire; false: it is cut. */
static bool pass(struct wire *w, int from, int to, bool to_server)
{
    static char bytes[CHUNK];
    ssize_t n = recv(from, bytes, sizeof bytes, 0);
    enum door door = atomic_load(&w->door);

    if (n <= 0 || door == DOOR_SHUT) {
        return false;
    }
    if (door == DOOR_OPEN || !to_server || !has_commit(bytes, (size_t)n)) {
        return send_all(to, bytes, (size_t)n);
    }
    if (door != DOOR_KEEPS_COMMIT && send_all(to, bytes, (size_t)n)) {
        n = recv(to, bytes, sizeof bytes, 0); /* the server has done it */
    }
    if (door == DOOR_SAYS_PANIC) {
        say_panic(from);
    }
    atomic_store(&w->door, DOOR_OPEN);
    atomic_fetch_add(&w->cuts, 1);
    return false;
}

static void serve(struct wire *w, int client)
{
    int server = loopback(there.port, false);
    bool on = server >= 0 && atomic_load(&w->door) != DOOR_SHUT;

    while (on) {
        struct pollfd p[3] = {{.fd = client, .events = POLLIN},
                              {.fd = server, .events = POLLIN},
                              {.fd = w->quit[0], .events = POLLIN}};

        poll(p, 3, -1);
        on = !p[2].revents && (!p[0].revents || pass(w, client, server, true)) &&
             (!p[1].revents || pass(w, server, client, false));
    }
    close(client);
    close(server);
}

static void *watch(void *arg)
{
    struct wire *w = arg;

    for (;;) {
        struct pollfd p[2] = {{.fd = w->listener, .events = POLLIN},
                              {.fd = w->quit[0], .events = POLLIN}};

        poll(p, 2, -1);
        if (p[1].revents) {
            return NULL;
        }
        serve(w, accept(w->listener, NULL, NULL));
    }
}

void wire_open(struct wire *w)
{
    struct sockaddr_in at;
    socklen_t n = sizeof at;

    *w = (struct wire){.listener = loopback("0", true)};
    assert_true(w->listener >= 0);
    assert_int_equal(getsockname(w->listener, (struct sockaddr *)&at, &n), 0);
    snprintf(w->port, sizeof w->port, "%u", (unsigned)ntohs(at.sin_port));
    assert_int_equal(pipe(w->quit), 0);
    assert_int_equal(pthread_create(&w->thread, NULL, watch, w), 0);
}

void wire_close(struct wire *w)
{
    assert_int_equal(write(w->quit[1], "x", 1), 1);
    pthread_join(w->thread, NULL);
    close(w->listener);
    close(w->quit[0]);
    close(w->quit[1]);
}
