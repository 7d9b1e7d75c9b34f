/* A small HTTP client that measures: a number of kept-alive connections, each asking the next thing
 * when the answer to the last one is there.
 *
 *     load PORT [--clients N] [--count N] [--seconds N] [--warm N] [--token T] [--header H ...]
 *               [--type T] (--get FILE | --post PATH FILE)
 *
 * FILE holds one path or one body a line; line after line is taken, and from the first again.  Each
 * POST carries a new Idempotency-Key.  It ends after --count requests or --seconds, whichever is
 * first, and prints one line of JSON: requests, failures, rate, latency in microseconds, the bytes
 * of the last body.  Loopback only. */
#include <arpa/inet.h>
#include <errno.h>
#include <inttypes.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

enum { CLIENTS_MAX = 64, BUFFER = 256 * 1024, COUNT_MAX = 4 * 1000 * 1000, FILE_MAX = 16 << 20 };

struct plan {
    uint16_t port;
    int clients;
    int64_t count, warm, seconds;
    const char *post, *type;
    char headers[4096]; /* each with its line end */
    char **lines;       /* owned */
    size_t line_count;
};

static struct plan plan = {.clients = 1, .count = 1000, .seconds = 60, .type = "application/json"};
static atomic_int_fast64_t taken, failed, last_bytes;
static int64_t *latency_us; /* of request number i; 0: not made */
static int64_t ends_us;

static void stop(const char *what)
{
    fprintf(stderr, "load: %s: %s\n", what, strerror(errno));
    exit(1);
}

static int64_t now_us(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

/* ---- one request ---- */

struct client {
    int fd;
    int no;
    char *in; /* owned */
};

static void open_connection(struct client *c)
{
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_port = htons(plan.port)};

    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    c->fd = socket(AF_INET, SOCK_STREAM, 0);
    if (c->fd < 0 || connect(c->fd, (struct sockaddr *)&at, sizeof at)) {
        stop("connect");
    }
}

static int write_request(char *out, size_t room, int64_t no)
{
    const char *line = plan.lines[(size_t)no % plan.line_count];
    int n =
        snprintf(out, room, "%s %s HTTP/1.1\r\nHost: 127.0.0.1:%u\r\n%s",
                 plan.post ? "POST" : "GET", plan.post ? plan.post : line, plan.port, plan.headers);

    if (plan.post) {
        return n + snprintf(out + n, room - (size_t)n,
                            "Idempotency-Key: load-%ld-%" PRId64 "-%" PRId64 "\r\n"
                            "Content-Type: %s\r\nContent-Length: %zu\r\n\r\n%s",
                            (long)getpid(), ends_us, no, plan.type, strlen(line), line);
    }
    return n + snprintf(out + n, room - (size_t)n, "\r\n");
}

static bool send_all(int fd, const char *bytes, size_t n)
{
    while (n > 0) {
        ssize_t sent = send(fd, bytes, n, MSG_NOSIGNAL);

        if (sent <= 0) {
            return false;
        }
        bytes += sent;
        n -= (size_t)sent;
    }
    return true;
}

/* Where the body begins, and how long it is; NULL while the head is not whole. */
static const char *head_end(const char *in, size_t *length)
{
    const char *end = strstr(in, "\r\n\r\n");

    *length = 0;
    for (const char *p = in; end && p < end; p = strstr(p, "\r\n") + 2) {
        if (strncasecmp(p, "Content-Length:", 15) == 0) {
            *length = strtoul(p + 15, NULL, 10);
        }
    }
    return end ? end + 4 : NULL;
}

/* The status, 0 when the connection broke or the answer is too large. */
static int read_answer(struct client *c)
{
    size_t n = 0, length;
    const char *body;

    for (;;) {
        ssize_t got = recv(c->fd, c->in + n, BUFFER - 1 - n, 0);

        if (got <= 0) {
            return 0;
        }
        n += (size_t)got;
        c->in[n] = '\0';
        body = head_end(c->in, &length);
        if (body && n >= (size_t)(body - c->in) + length) {
            atomic_store(&last_bytes, (int64_t)length);
            return (int)strtol(c->in + 9, NULL, 10);
        }
    }
}

static void complain(int status, const char *answer)
{
    if (atomic_fetch_add(&failed, 1) == 0) {
        fprintf(stderr, "load: the first failure: status %d\n%.2000s\n", status,
                status ? answer : "");
    }
}

static void *work(void *arg)
{
    struct client *c = arg;
    char *out = malloc(BUFFER);

    c->in = malloc(BUFFER);
    if (!out || !c->in) {
        stop("memory");
    }
    open_connection(c);
    for (;;) {
        int64_t no = atomic_fetch_add(&taken, 1), begin = now_us();
        int n, status;

        if (no >= plan.count + plan.warm || begin > ends_us) {
            break;
        }
        n = write_request(out, BUFFER, no);
        status = n < BUFFER && send_all(c->fd, out, (size_t)n) ? read_answer(c) : 0;
        latency_us[no] = now_us() - begin;
        if (status < 200 || status > 299) {
            complain(status, c->in);
        }
        if (!status) {
            close(c->fd);
            open_connection(c);
        }
    }
    close(c->fd);
    free(out);
    free(c->in);
    return NULL;
}

/* ---- figures ---- */

static int by_value(const void *a, const void *b)
{
    const int64_t *x = a, *y = b;

    return (*x > *y) - (*x < *y);
}

static void report(int64_t us)
{
    int64_t n = 0;

    for (int64_t i = plan.warm; i < plan.count + plan.warm; i++) {
        if (latency_us[i] > 0) {
            latency_us[n++] = latency_us[i];
        }
    }
    qsort(latency_us, (size_t)n, sizeof *latency_us, by_value);
    if (n == 0) {
        stop("nothing was answered");
    }
    printf("{\"requests\":%" PRId64 ",\"failed\":%" PRId64 ",\"seconds\":%" PRId64 ".%06" PRId64
           ",\"rate\":%" PRId64 ",\"p50_us\":%" PRId64 ",\"p95_us\":%" PRId64 ",\"p99_us\":%" PRId64
           ",\"max_us\":%" PRId64 ",\"bytes\":%" PRId64 "}\n",
           n, (int64_t)atomic_load(&failed), us / 1000000, us % 1000000,
           (n + plan.warm) * 1000000 / (us ? us : 1), latency_us[n / 2], latency_us[n * 95 / 100],
           latency_us[n * 99 / 100], latency_us[n - 1], (int64_t)atomic_load(&last_bytes));
}

/* ---- the plan ---- */

static void read_lines(const char *path)
{
    char *text = calloc(1, FILE_MAX), *line;
    FILE *f = fopen(path, "r");
    size_t n = f && text ? fread(text, 1, FILE_MAX - 1, f) : 0;

    if (n == 0) {
        stop(path);
    }
    fclose(f);
    plan.lines = calloc(n, sizeof *plan.lines);
    for (line = text; plan.lines && *line;) {
        size_t length = strcspn(line, "\n");
        bool more = line[length] != '\0';

        line[length] = '\0';
        if (length > 0) {
            plan.lines[plan.line_count++] = line;
        }
        line += length + (more ? 1 : 0);
    }
}

static int64_t number(const char *text, int64_t most)
{
    int64_t n = strtoll(text, NULL, 10);

    return n < 0 ? 0 : n > most ? most : n;
}

static void add_header(const char *begin, const char *rest)
{
    size_t n = strlen(plan.headers), room = sizeof plan.headers - n;

    if ((size_t)snprintf(plan.headers + n, room, "%s%s\r\n", begin, rest) >= room) {
        stop("headers");
    }
}

static bool read_plan(int argc, char **argv)
{
    int i = 2;

    plan.port = argc > 1 ? (uint16_t)number(argv[1], UINT16_MAX) : 0;
    for (; i + 1 < argc; i += 2) {
        if (strcmp(argv[i], "--clients") == 0) {
            plan.clients = (int)number(argv[i + 1], CLIENTS_MAX);
        } else if (strcmp(argv[i], "--count") == 0) {
            plan.count = number(argv[i + 1], COUNT_MAX);
        } else if (strcmp(argv[i], "--warm") == 0) {
            plan.warm = number(argv[i + 1], COUNT_MAX);
        } else if (strcmp(argv[i], "--seconds") == 0) {
            plan.seconds = number(argv[i + 1], 3600);
        } else if (strcmp(argv[i], "--token") == 0) {
            add_header("Authorization: Bearer ", argv[i + 1]);
        } else if (strcmp(argv[i], "--header") == 0) {
            add_header("", argv[i + 1]);
        } else if (strcmp(argv[i], "--type") == 0) {
            plan.type = argv[i + 1];
        } else if (strcmp(argv[i], "--get") == 0) {
            read_lines(argv[i + 1]);
        } else if (strcmp(argv[i], "--post") == 0 && i + 2 < argc) {
            plan.post = argv[i + 1];
            read_lines(argv[i++ + 2]);
        } else {
            return false;
        }
    }
    return i == argc && plan.port && plan.clients && plan.line_count;
}

int main(int argc, char **argv)
{
    static struct client clients[CLIENTS_MAX];
    static pthread_t threads[CLIENTS_MAX];
    int64_t begin;

    if (!read_plan(argc, argv)) {
        fprintf(stderr,
                "usage: load PORT [--clients N] [--count N] [--seconds N] [--warm N] "
                "[--token T] [--header H ...] [--type T] (--get FILE | --post PATH FILE)\n");
        return 2;
    }
    latency_us = calloc((size_t)(plan.count + plan.warm + CLIENTS_MAX), sizeof *latency_us);
    if (!latency_us) {
        stop("memory");
    }
    begin = now_us();
    ends_us = begin + plan.seconds * 1000000;
    for (int i = 0; i < plan.clients; i++) {
        clients[i].no = i;
        if (pthread_create(&threads[i], NULL, work, &clients[i])) {
            stop("thread");
        }
    }
    for (int i = 0; i < plan.clients; i++) {
        pthread_join(threads[i], NULL);
    }
    report(now_us() - begin);
    free(latency_us);
    return atomic_load(&failed) > 0;
}
