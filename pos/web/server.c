/* The one file that knows libmicrohttpd: it turns connections into exchanges and back. */
#include "pos/web/server.h"

#include <microhttpd.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <sys/socket.h>
#include <unistd.h>

#include "inventory/base/arena.h"
#include "inventory/base/calendar.h"
#include "pos/web/server_files.h"
#include "pos/web/watch.h"

enum {
    POOL_BYTES = 48 * 1024,        /* of one connection: headers in and out */
    STACK_BYTES = 2 * 1024 * 1024, /* drawing needs some; the system gives only what is touched */
    DRAIN_MAX = 32 * 1024 * 1024,  /* a refused body is read away, so that the answer arrives */
    BLOCK_BYTES = 32 * 1024,       /* of a streamed answer */
    STREAM_MS = 600000,
    URL_MAX = 320,
    LOG_PATH_MAX = 200,
};

struct server {
    struct server_options options;
    struct web *web;
    struct watch *watch;
    struct MHD_Daemon *daemon;
    struct tls_files tls;
    int fd;
    unsigned port;
    atomic_int under_way; /* requests */
    char url[URL_MAX];
};

/* One connection, and the request on it. */
struct conn {
    struct watched watched;
    struct server *server;
    struct wire_request wire;
    bool used; /* it has carried a request before */
    /* ---- of the request ---- */
    char *target; /* owned */
    const char *first_byte;
    struct exchange *x; /* owned */
    bool answered;      /* before its body, which is read away */
    char *body;         /* owned */
    size_t body_len;
    int64_t began_ms;
    uint64_t sent;
    struct sbuf slice;
    size_t slice_at;
    enum stream_step step;
};

static struct conn *conn_of(struct MHD_Connection *c)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(c, MHD_CONNECTION_INFO_SOCKET_CONTEXT);

    return info ? info->socket_context : NULL;
}

/* ---- a connection begins and ends ---- */

static void conn_begin(struct server *s, struct MHD_Connection *c, void **place)
{
    struct conn *conn = mem_get(sizeof *conn);
    struct sockaddr_storage name;
    socklen_t n = sizeof name;
    int fd = MHD_get_connection_info(c, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd;

    conn->server = s;
    conn->wire.tls = s->options.web.tls;
    if (getpeername(fd, (struct sockaddr *)&name, &n) == 0) {
        address_text(conn->wire.peer, &name);
    }
    n = sizeof name;
    if (getsockname(fd, (struct sockaddr *)&name, &n) == 0) {
        address_text(conn->wire.local, &name);
    }
    watch_add(s->watch, &conn->watched, fd, s->options.limits.receive_ms);
    *place = conn;
}

static void on_connection(void *arg, struct MHD_Connection *c, void **place,
                          enum MHD_ConnectionNotificationCode code)
{
    struct server *s = arg;

    if (code == MHD_CONNECTION_NOTIFY_STARTED) {
        conn_begin(s, c, place);
    } else {
        watch_remove(s->watch, &((struct conn *)*place)->watched);
        free(*place);
        *place = NULL;
    }
}

/* ---- a request begins ---- */

/* Called with the request line as it came, before the library takes it apart. */
static void *on_target(void *arg, const char *target, struct MHD_Connection *c)
{
    struct server *s = arg;
    struct conn *conn = conn_of(c);

    conn->target = mem_text(target ? target : "");
    conn->first_byte = target;
    conn->began_ms = watch_now();
    atomic_fetch_add(&s->under_way, 1);
    if (conn->used) {
        watch_set(s->watch, &conn->watched, s->options.limits.receive_ms);
    }
    conn->used = true;
    return NULL;
}

/* What the library has made of the header block.  It cuts the block in place, writing a NUL over
 * each CR and LF and over each colon, and hands out pointers into it.  So the distance between the
 * end of one part and the begin of the next tells what stood there: two bytes for CR LF, one for a
 * bare LF; a folded line is moved elsewhere, and a NUL inside a part makes it seem shorter.  The
 * library itself lets all of these pass. */
struct parts {
    struct wire_request *wire;
    const char *end; /* of the part before, without its line end */
};

static enum MHD_Result on_header(void *arg, enum MHD_ValueKind kind, const char *key, size_t key_n,
                                 const char *value, size_t value_n)
{
    struct parts *p = arg;
    struct wire_request *w = p->wire;
    uintptr_t key_at = (uintptr_t)key, value_at = (uintptr_t)value;

    (void)kind;
    if (w->header_count == WIRE_HEADERS_MAX) {
        w->too_many = true;
        return MHD_NO;
    }
    w->unclear = w->unclear || !value || key_at != (uintptr_t)p->end + 2 ||
                 value_at <= key_at + key_n || value_at > key_at + WIRE_HEADER_BYTES_MAX;
    w->headers[w->header_count++] = (struct wire_header){key, value ? value : ""};
    p->end = value ? value + value_n : key + key_n;
    return MHD_YES;
}

static void read_wire(struct conn *conn, struct MHD_Connection *c, const char *method,
                      const char *version)
{
    struct wire_request *w = &conn->wire;
    struct parts parts = {.wire = w, .end = version + strlen(version)};
    const union MHD_ConnectionInfo *size =
        MHD_get_connection_info(c, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE);

    w->method = method;
    w->target = conn->target;
    w->version = version;
    w->header_count = 0;
    w->too_many = false;
    w->header_bytes = size ? size->header_size : SIZE_MAX;
    /* One blank on each side of the address, and nothing else. */
    w->unclear = (uintptr_t)conn->first_byte != (uintptr_t)method + strlen(method) + 1 ||
                 (uintptr_t)version != (uintptr_t)conn->first_byte + strlen(conn->target) + 1;
    MHD_get_connection_values_n(c, MHD_HEADER_KIND, on_header, &parts);
    /* The last header's line end, and the empty line. */
    w->unclear = w->unclear || (uintptr_t)parts.end + 4 != (uintptr_t)method + w->header_bytes;
}

/* ---- an answer goes out ---- */

static ssize_t on_slice(void *arg, uint64_t at, char *out, size_t room)
{
    struct conn *conn = arg;
    size_t n;

    (void)at;
    while (conn->slice_at == conn->slice.len) {
        if (conn->step != STREAM_MORE) {
            return conn->step == STREAM_END ? MHD_CONTENT_READER_END_OF_STREAM
                                            : MHD_CONTENT_READER_END_WITH_ERROR;
        }
        sbuf_clear(&conn->slice);
        conn->slice_at = 0;
        conn->step = exchange_next(conn->x, &conn->slice);
    }
    n = conn->slice.len - conn->slice_at;
    n = n < room ? n : room;
    memcpy(out, conn->slice.bytes + conn->slice_at, n);
    conn->slice_at += n;
    conn->sent += n;
    return (ssize_t)n;
}

static struct MHD_Response *make_response(struct conn *conn, struct reply *reply)
{
    struct MHD_Response *response;

    if (reply->next) {
        sbuf_init(&conn->slice, SLICE_BYTES_MAX);
        conn->slice_at = 0;
        conn->step = STREAM_MORE;
        response =
            MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, BLOCK_BYTES, on_slice, conn, NULL);
    } else {
        const char *bytes = reply->lent ? reply->lent : sbuf_str(&reply->body);

        conn->sent = reply->lent ? reply->lent_len : reply->body.len;
        /* The library only reads it, but its signature says otherwise. */
        response =
            MHD_create_response_from_buffer(conn->sent,
                                            /* NOLINTNEXTLINE(performance-no-int-to-ptr) */
                                            (void *)(uintptr_t)bytes, MHD_RESPMEM_PERSISTENT);
    }
    for (size_t i = 0; response && i < reply->header_count; i++) {
        (void)MHD_add_response_header(response, reply->headers[i].name, reply->headers[i].value);
    }
    return response;
}

static enum MHD_Result send_reply(struct conn *conn, struct MHD_Connection *c)
{
    struct server *s = conn->server;
    struct reply *reply = exchange_reply(conn->x);
    struct MHD_Response *response = make_response(conn, reply);
    enum MHD_Result queued;

    if (!response) {
        return MHD_NO;
    }
    watch_set(s->watch, &conn->watched, reply->next ? STREAM_MS : s->options.limits.answer_ms);
    queued = MHD_queue_response(c, (unsigned)reply->status, response);
    MHD_destroy_response(response);
    return queued;
}

/* ---- the request goes through ---- */

/* An answer given at once makes the library end the connection, and may be lost when bytes still
 * come in.  So what was refused is read to its end first, unless it is long, doubtful, or waits to
 * be asked for. */
static bool answer_later(const struct conn *conn)
{
    uint64_t length = exchange_body_length(conn->x);

    return !exchange_reply(conn->x)->hang_up && length <= DRAIN_MAX &&
           !(length > 0 && wire_header(&conn->wire, "Expect"));
}

static enum MHD_Result on_headers(struct conn *conn, struct MHD_Connection *c, const char *method,
                                  const char *version)
{
    struct server *s = conn->server;
    bool answered;

    read_wire(conn, c, method, version);
    /* The store is asked who is signed in: that time is ours, not the time of a slow client. */
    watch_set(s->watch, &conn->watched, 0);
    answered = exchange_begin(&conn->x, s->web, &conn->wire) == EXCHANGE_ANSWERED;
    watch_set(s->watch, &conn->watched, s->options.limits.receive_ms);
    if (answered) {
        conn->answered = true;
        return answer_later(conn) ? MHD_YES : send_reply(conn, c);
    }
    if (exchange_body_length(conn->x) > 0) {
        conn->body = mem_get((size_t)exchange_body_length(conn->x) + 1);
    }
    if (exchange_is_upload(conn->x)) {
        watch_set(s->watch, &conn->watched, s->options.limits.upload_ms);
    }
    return MHD_YES;
}

static enum MHD_Result on_body(struct conn *conn, const char *bytes, size_t *n)
{
    if (!conn->answered) {
        if (*n > exchange_body_length(conn->x) - conn->body_len) {
            return MHD_NO;
        }
        memcpy(conn->body + conn->body_len, bytes, *n);
        conn->body_len += *n;
    }
    *n = 0;
    return MHD_YES;
}

/* The library prescribes these parameters. */
/* NOLINTBEGIN(readability-function-size,bugprone-easily-swappable-parameters) */
static enum MHD_Result on_request(void *arg, struct MHD_Connection *c, const char *url,
                                  const char *method, const char *version, const char *bytes,
                                  size_t *n, void **place)
/* NOLINTEND(readability-function-size,bugprone-easily-swappable-parameters) */
{
    struct conn *conn = conn_of(c);

    (void)arg;
    (void)url;
    (void)place;
    if (!conn->x) {
        return on_headers(conn, c, method, version);
    }
    if (*n > 0) {
        return on_body(conn, bytes, n);
    }
    if (!conn->answered) {
        watch_set(conn->server->watch, &conn->watched, 0);
        exchange_finish(conn->x, conn->body, conn->body_len);
        conn->answered = true;
    }
    return send_reply(conn, c);
}

static void log_request(const struct conn *conn)
{
    const struct server *s = conn->server;
    const struct web_options *o = &s->options.web;
    char at[DATE_TEXT_MAX], path[LOG_PATH_MAX];
    size_t n = strcspn(conn->target, "?");

    n = n < sizeof path ? n : sizeof path - 1;
    for (size_t i = 0; i < n; i++) {
        path[i] = conn->target[i];
        if (path[i] <= ' ' || path[i] > '~') {
            path[i] = '?';
        }
    }
    path[n] = '\0';
    instant_rfc3339(at, clock_now(o->clock), o->site ? o->site->zone : (struct zone){420});
    fprintf(stderr, "%s %s %s %d %lldms %lluB\n", at, conn->x ? conn->wire.method : "-", path,
            conn->x ? exchange_reply(conn->x)->status : 0,
            (long long)(watch_now() - conn->began_ms), (unsigned long long)conn->sent);
}

/* A request is over, well or not; the connection may carry another. */
static void on_completed(void *arg, struct MHD_Connection *c, void **place,
                         enum MHD_RequestTerminationCode code)
{
    struct server *s = arg;
    struct conn *conn = conn_of(c);

    (void)place;
    (void)code;
    if (!conn || !conn->target) {
        return;
    }
    if (s->options.log) {
        log_request(conn);
    }
    watch_set(s->watch, &conn->watched, s->options.limits.idle_ms);
    exchange_free(conn->x);
    sbuf_done(&conn->slice);
    free(conn->target);
    free(conn->body);
    conn->x = NULL;
    conn->target = NULL;
    conn->body = NULL;
    conn->body_len = 0;
    conn->sent = 0;
    conn->answered = false;
    conn->slice = (struct sbuf){.bytes = NULL};
    atomic_fetch_sub(&s->under_way, 1);
}

/* ---- starting and stopping ---- */

static void on_library_log(void *arg, const char *format, va_list args) PRINTF_LIKE(2, 0);

static void on_library_log(void *arg, const char *format, va_list args)
{
    const struct server *s = arg;

    if (s->options.log) {
        vfprintf(stderr, format, args);
    }
}

/* The path stays as it was sent: route.c decodes it part by part. */
static size_t leave_escaped(void *arg, struct MHD_Connection *c, char *text)
{
    (void)arg;
    (void)c;
    return strlen(text);
}

static bool start_library(struct server *s)
{
    static char priorities[] = "NORMAL:-VERS-TLS1.0:-VERS-TLS1.1:-VERS-SSL3.0";
    const struct server_limits *l = &s->options.limits;
    unsigned flags = MHD_USE_THREAD_PER_CONNECTION | MHD_USE_INTERNAL_POLLING_THREAD |
                     MHD_USE_AUTO | MHD_USE_ITC | MHD_USE_ERROR_LOG;
    const struct MHD_OptionItem tls[] = {
        {MHD_OPTION_HTTPS_MEM_CERT, 0, s->tls.cert},
        {MHD_OPTION_HTTPS_MEM_KEY, 0, s->tls.key},
        {MHD_OPTION_HTTPS_PRIORITIES, 0, priorities},
        {MHD_OPTION_END, 0, NULL},
    };
    const struct MHD_OptionItem none[] = {{MHD_OPTION_END, 0, NULL}};

    s->daemon = MHD_start_daemon(
        s->options.web.tls ? flags | MHD_USE_TLS : flags, 0, NULL, NULL, on_request, s,
        MHD_OPTION_EXTERNAL_LOGGER, on_library_log, (void *)s, MHD_OPTION_LISTEN_SOCKET, s->fd,
        MHD_OPTION_CONNECTION_LIMIT, l->connections, MHD_OPTION_PER_IP_CONNECTION_LIMIT,
        l->per_address, MHD_OPTION_CONNECTION_TIMEOUT, (l->idle_ms + 999) / 1000,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)POOL_BYTES, MHD_OPTION_THREAD_STACK_SIZE,
        (size_t)STACK_BYTES, MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_NOTIFY_CONNECTION,
        on_connection, (void *)s, MHD_OPTION_NOTIFY_COMPLETED, on_completed, (void *)s,
        MHD_OPTION_URI_LOG_CALLBACK, on_target, (void *)s, MHD_OPTION_UNESCAPE_CALLBACK,
        leave_escaped, (void *)s, MHD_OPTION_ARRAY, s->options.web.tls ? tls : none,
        MHD_OPTION_END);
    return s->daemon != NULL;
}

static enum err open_all(struct server *s, struct why *why)
{
    struct server_options *o = &s->options;
    struct listen_at at;
    enum err e;

    if ((e = listen_parse(&at, o->listen, why)) || (e = tls_read(&s->tls, o, why))) {
        return e;
    }
    if ((e = web_open(&s->web, &o->web, why)) || (e = listen_open(&s->fd, &s->port, &at, why))) {
        return e;
    }
    if (at.name[0] && (e = hosts_add(&s->web->hosts, at.name, why))) {
        return e;
    }
    server_url_text(s->url, sizeof s->url, o, &at, s->port);
    s->watch = watch_start();
    if (!start_library(s)) {
        *why = (struct why){.code = ERR_IO, .slug = "server-start"};
        snprintf(why->text, sizeof why->text,
                 o->web.tls
                     ? "Sertifikat atau kunci TLS tidak dapat dipakai. Periksa --tls-cert dan "
                       "--tls-key."
                     : "Layanan tidak dapat dimulai; komputer menolak membuat utas baru.");
        return ERR_IO;
    }
    return OK;
}

enum err server_start(struct server **out, const struct server_options *options, struct why *why)
{
    struct server *s = mem_get(sizeof *s);
    enum err e;

    s->options = *options;
    s->options.web.tls = options->tls_cert != NULL;
    s->fd = -1;
    server_limits_fill(&s->options.limits);
    if ((e = open_all(s, why))) {
        server_stop(s);
        return e;
    }
    *out = s;
    return OK;
}

unsigned server_port(const struct server *s)
{
    return s->port;
}

const char *server_url(const struct server *s)
{
    return s->url;
}

static void wait_for_requests(struct server *s)
{
    int64_t until = watch_now() + s->options.limits.stop_ms;

    while (atomic_load(&s->under_way) > 0 && watch_now() < until) {
        nanosleep(&(struct timespec){.tv_nsec = 5000000}, NULL);
    }
}

void server_stop(struct server *s)
{
    if (s->daemon) {
        MHD_quiesce_daemon(s->daemon);
        close(s->fd);
        s->fd = -1;
        wait_for_requests(s);
        MHD_stop_daemon(s->daemon);
    }
    if (s->fd >= 0) {
        close(s->fd);
    }
    watch_stop(s->watch);
    web_close(s->web);
    tls_done(&s->tls);
    free(s);
}
