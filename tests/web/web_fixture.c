/* The showroom and the client of the web tests. */
#include "web_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <strings.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

#include "embedded.h"
#include "inventory/base/arena.h"
#include "inventory/base/calendar.h"
#include "inventory/base/secret.h"

#define NOW_MS INT64_C(1795300000000) /* 22 November 2026 */

static void serve(struct shop *shop, const struct route *table, size_t count,
                  const struct server_limits *limits)
{
    struct server_options options = {
        .web = {.store = shop->store,
                .clock = &shop->clock,
                .site = &shop->site,
                .unit = "Galeri Uji",
                .version = "0",
                .hosts = "toko.example",
                .routes = table,
                .route_count = count},
        .listen = "127.0.0.1:0",
    };
    struct why why = {.code = OK};

    if (limits) {
        options.limits = *limits;
    }
    if (server_start(&shop->server, &options, &why)) {
        fail_msg("%s", why.text);
    }
    shop->port = server_port(shop->server);
}

void shop_open(struct shop *shop, const struct route *table, size_t count,
               const struct server_limits *limits)
{
    struct store_options options;
    struct why why = {.code = OK};

    secret_start();
    *shop = (struct shop){.now = INSTANT(NOW_MS)};
    snprintf(shop->folder, sizeof shop->folder, "/tmp/etalase-web-XXXXXX");
    assert_non_null(mkdtemp(shop->folder));
    home_open(&shop->home, shop->folder);
    shop->clock = clock_fixed(&shop->now);
    shop->site = (struct site){.code = "632331", .epoch = "A", .zone = {420}};
    options = home_store(&shop->home);
    if (store_open(&shop->store, &options, &why)) {
        fail_msg("%s", why.text);
    }
    shop->arena = arena_new(1 << 26);
    shop->cx = (struct ctx){.clock = &shop->clock,
                            .arena = shop->arena,
                            .site = &shop->site,
                            .role = ROLE_ADMIN,
                            .actor = "system"};
    serve(shop, table, count, limits);
}

void shop_close(struct shop *shop)
{
    char path[160];
    static const char *const ends[] = {"", "-wal", "-shm", "-journal", ".holder"};

    if (shop->server) {
        server_stop(shop->server);
    }
    store_close(shop->store);
    home_close(&shop->home);
    arena_free(shop->arena);
    for (size_t i = 0; i < LENGTH(ends); i++) {
        snprintf(path, sizeof path, "%s/etalase.db%s", shop->folder, ends[i]);
        unlink(path);
    }
    rmdir(shop->folder);
}

void shop_restart(struct shop *shop, const struct route *table, size_t count)
{
    server_stop(shop->server);
    serve(shop, table, count, NULL);
}

void shop_beside(struct shop *other, const struct shop *shop, const struct route *table,
                 size_t count)
{
    *other = *shop; /* its clock is that of the first */
    serve(other, table, count, NULL);
}

void shop_take(struct shop *shop)
{
    shop->cx.db = store_take(shop->store);
}

void shop_give(struct shop *shop)
{
    store_give(shop->store, shop->cx.db);
    shop->cx.db = NULL;
}

/* ---- a client ---- */

int dial(const struct shop *shop)
{
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_port = htons((uint16_t)shop->port)};
    int fd = socket(AF_INET, SOCK_STREAM, 0);

    assert_true(fd >= 0);
    assert_int_equal(inet_pton(AF_INET, "127.0.0.1", &at.sin_addr), 1);
    assert_int_equal(connect(fd, (struct sockaddr *)&at, sizeof at), 0);
    return fd;
}

bool send_bytes(int fd, const void *bytes, size_t n)
{
    const char *p = bytes;

    while (n > 0) {
        ssize_t sent = send(fd, p, n, MSG_NOSIGNAL);

        if (sent <= 0) {
            return false;
        }
        p += sent;
        n -= (size_t)sent;
    }
    return true;
}

struct answer read_answer(int fd, int ms)
{
    struct answer a = {.text = mem_get(ANSWER_MAX + 1)};
    struct pollfd wait = {.fd = fd, .events = POLLIN};
    const char *blank;

    while (a.n < ANSWER_MAX && poll(&wait, 1, ms) == 1) {
        ssize_t n = recv(fd, a.text + a.n, ANSWER_MAX - a.n, 0);

        if (n <= 0) {
            break;
        }
        a.n += (size_t)n;
    }
    a.text[a.n] = '\0';
    if (strncmp(a.text, "HTTP/1.", 7) == 0) {
        a.status = (int)strtol(a.text + 9, NULL, 10);
    }
    blank = strstr(a.text, "\r\n\r\n");
    a.body = blank ? blank + 4 : a.text + a.n;
    return a;
}

struct answer ask_raw(const struct shop *shop, const void *bytes, size_t n)
{
    int fd = dial(shop);
    struct answer a;

    (void)!send_bytes(fd, bytes, n);
    a = read_answer(fd, 15000);
    close(fd);
    return a;
}

struct answer ask(const struct shop *shop, const char *line, const char *headers, const char *body)
{
    struct sbuf text;
    struct answer a;

    sbuf_init(&text, 64 * 1024 * 1024);
    sbuf_format(&text, "%s HTTP/1.1\r\nHost: 127.0.0.1:%u\r\nConnection: close\r\n%s", line,
                shop->port, headers);
    if (body) {
        sbuf_format(&text, "Content-Length: %zu\r\n", strlen(body));
        if (!strstr(headers, "Content-Type:")) {
            sbuf_text(&text, "Content-Type: application/x-www-form-urlencoded\r\n");
        }
    }
    sbuf_text(&text, "\r\n");
    sbuf_text(&text, body ? body : "");
    a = ask_raw(shop, text.bytes, text.len);
    sbuf_done(&text);
    return a;
}

void answer_done(struct answer *a)
{
    free(a->text);
    a->text = NULL;
}

bool answer_header(const struct answer *a, const char *name, char *out, size_t room)
{
    const char *line = strstr(a->text, "\r\n");
    size_t n = strlen(name);

    out[0] = '\0';
    while (line && line + 2 < a->body) {
        line += 2;
        if (strncasecmp(line, name, n) == 0 && line[n] == ':') {
            size_t len = strcspn(line + n + 1, "\r\n");

            snprintf(out, room, "%.*s", (int)len - 1, line + n + 2);
            return true;
        }
        line = strstr(line, "\r\n");
    }
    return false;
}

void answer_cookie(const struct answer *a, char *out, size_t room)
{
    char value[512];

    out[0] = '\0';
    if (answer_header(a, "Set-Cookie", value, sizeof value)) {
        value[strcspn(value, ";")] = '\0';
        snprintf(out, room, "%s", value);
    }
}

void expect(const struct answer *a, int status, const char *part)
{
    if (a->status != status || (part && !strstr(a->text, part))) {
        fail_msg("status %d, not %d, or without \"%s\":\n%.3000s", a->status, status,
                 part ? part : "", a->text);
    }
}
