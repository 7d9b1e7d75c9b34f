/* Certificate files and the address to print. */
#include "pos/web/server_files.h"

#include <arpa/inet.h>

#include "inventory/base/arena.h"

enum { PEM_MAX = 256 * 1024 };

static enum err unreadable(struct why *why, const char *path)
{
    *why = (struct why){.code = ERR_FORBIDDEN, .slug = "tls-file"};
    snprintf(why->text, sizeof why->text,
             "Berkas %.400s tidak dapat dibaca sebagai PEM. Periksa --tls-cert dan --tls-key.",
             path);
    return ERR_FORBIDDEN;
}

static enum err read_pem(char **out, const char *path, struct why *why)
{
    FILE *f = fopen(path, "rb");
    size_t n;

    if (!f) {
        return unreadable(why, path);
    }
    *out = mem_get(PEM_MAX);
    n = fread(*out, 1, PEM_MAX - 1, f);
    fclose(f);
    return n < PEM_MAX - 1 && strstr(*out, "-----BEGIN ") ? OK : unreadable(why, path);
}

enum err tls_read(struct tls_files *out, const struct server_options *o, struct why *why)
{
    enum err e;

    *out = (struct tls_files){.cert = NULL};
    if (!o->tls_cert && !o->tls_key) {
        return OK;
    }
    if (!o->tls_cert || !o->tls_key) {
        *why = (struct why){.code = ERR_INVALID, .slug = "tls-pair"};
        snprintf(why->text, sizeof why->text,
                 "HTTPS membutuhkan dua berkas: --tls-cert dan --tls-key.");
        return ERR_INVALID;
    }
    e = read_pem(&out->cert, o->tls_cert, why);
    return e ? e : read_pem(&out->key, o->tls_key, why);
}

static void wipe(char *text)
{
    volatile char *p = text;

    for (size_t i = 0; p && i < PEM_MAX; i++) {
        p[i] = 0;
    }
    free(text);
}

void tls_done(struct tls_files *t)
{
    wipe(t->cert);
    wipe(t->key);
}

void server_url_text(char *out, size_t room, const struct server_options *o,
                     const struct listen_at *at, unsigned port)
{
    const char *scheme = o->web.tls ? "https" : "http";
    bool everywhere =
        !at->name[0] || strcmp(at->name, "0.0.0.0") == 0 || strcmp(at->name, "::") == 0;

    if (o->web.public_url) {
        size_t n = strlen(o->web.public_url);

        n = n > 0 && o->web.public_url[n - 1] == '/' ? n - 1 : n;
        snprintf(out, room, "%.*s", (int)n, o->web.public_url);
    } else if (everywhere) {
        snprintf(out, room, "%s://localhost:%u", scheme, port);
    } else if (strchr(at->name, ':')) {
        snprintf(out, room, "%s://[%s]:%u", scheme, at->name, port);
    } else {
        snprintf(out, room, "%s://%s:%u", scheme, at->name, port);
    }
}

void address_text(char out[WIRE_PEER_MAX], const struct sockaddr_storage *address)
{
    static const char mapped[] = "::ffff:";
    char text[INET6_ADDRSTRLEN] = "";
    struct sockaddr_in v4;
    struct sockaddr_in6 v6;

    if (address->ss_family == AF_INET) {
        memcpy(&v4, address, sizeof v4);
        inet_ntop(AF_INET, &v4.sin_addr, text, sizeof text);
    } else if (address->ss_family == AF_INET6) {
        memcpy(&v6, address, sizeof v6);
        inet_ntop(AF_INET6, &v6.sin6_addr, text, sizeof text);
    }
    snprintf(out, WIRE_PEER_MAX, "%s",
             strncmp(text, mapped, sizeof mapped - 1) == 0 ? text + sizeof mapped - 1 : text);
}

static void default_to(unsigned *value, unsigned fallback)
{
    *value = *value ? *value : fallback;
}

void server_limits_fill(struct server_limits *l)
{
    default_to(&l->connections, 256);
    default_to(&l->per_address, 64);
    default_to(&l->idle_ms, 15000);
    default_to(&l->receive_ms, 8000);
    default_to(&l->upload_ms, 60000);
    default_to(&l->answer_ms, 30000);
    default_to(&l->stop_ms, 10000);
}
