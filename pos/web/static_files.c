/* Embedded files by address. */
#include "pos/web/static_files.h"

#include <strings.h>

#include "inventory/base/arena.h"
#include "inventory/base/secret.h"
#include "pos/web/reply.h"
#include "pos/web/respond.h"
#include "pos/web/web.h"

enum { HASH_TEXT_MAX = 17, ADDRESS_MAX = 160 };

struct asset {
    const struct embedded *plain, *packed; /* packed: NULL when it is not smaller */
    char address[ADDRESS_MAX];
};

struct static_set {
    char hash[HASH_TEXT_MAX];
    size_t count;
    struct asset assets[];
};

static bool ends_with(const char *text, const char *end)
{
    size_t n = strlen(text), m = strlen(end);

    return n >= m && strcmp(text + n - m, end) == 0;
}

static const struct embedded *packed_form(const struct embedded *files, size_t at)
{
    const struct embedded *plain = &files[at];
    size_t n = strlen(plain->name);

    for (const struct embedded *f = files; f->name; f++) {
        if (strncmp(f->name, plain->name, n) == 0 && strcmp(f->name + n, ".gz") == 0) {
            return f->n < plain->n ? f : NULL;
        }
    }
    return NULL;
}

static void hash_all(char out[HASH_TEXT_MAX], const struct embedded *files)
{
    uint8_t digest[SHA256_BYTES];
    struct sha256 h;

    sha256_begin(&h);
    for (const struct embedded *f = files; f->name; f++) {
        sha256_add(&h, f->name, strlen(f->name) + 1);
        sha256_add(&h, f->bytes, f->n);
    }
    sha256_end(&h, digest);
    for (size_t i = 0; i < (HASH_TEXT_MAX - 1) / 2; i++) {
        snprintf(out + 2 * i, 3, "%02x", digest[i]);
    }
}

struct static_set *static_set_new(const struct embedded *files)
{
    struct static_set *set;
    char hash[HASH_TEXT_MAX];
    size_t count = 0;

    while (files[count].name) {
        count++;
    }
    set = mem_get(sizeof *set + (count + 1) * sizeof set->assets[0]);
    hash_all(hash, files);
    memcpy(set->hash, hash, sizeof hash);
    for (size_t i = 0; i < count; i++) {
        struct asset *a = &set->assets[set->count];

        if (ends_with(files[i].name, ".gz")) {
            continue;
        }
        a->plain = &files[i];
        a->packed = packed_form(files, i);
        snprintf(a->address, sizeof a->address, "/s/%s/%s", hash, files[i].name);
        set->count++;
    }
    return set;
}

void static_set_free(struct static_set *set)
{
    free(set);
}

static const struct asset *find(const struct static_set *set, const char *name)
{
    for (size_t i = 0; i < set->count; i++) {
        if (strcmp(set->assets[i].plain->name, name) == 0) {
            return &set->assets[i];
        }
    }
    return NULL;
}

const char *static_address(void *set, const char *name)
{
    const struct asset *a = find(set, name);

    return a ? a->address : NULL;
}

const char *static_hash(const struct static_set *set)
{
    return set->hash;
}

const char *mime_type(const char *name)
{
    static const struct {
        const char *end, *type;
    } types[] = {
        {".css", "text/css; charset=utf-8"},
        {".js", "text/javascript; charset=utf-8"},
        {".mjs", "text/javascript; charset=utf-8"},
        {".svg", "image/svg+xml"},
        {".png", "image/png"},
        {".ico", "image/x-icon"},
        {".webp", "image/webp"},
        {".jpg", "image/jpeg"},
        {".html", "text/html; charset=utf-8"},
        {".txt", "text/plain; charset=utf-8"},
        {".json", "application/json"},
        {".webmanifest", "application/manifest+json"},
        {".pdf", "application/pdf"},
        {".csv", "text/csv; charset=utf-8"},
        {".xml", "application/xml"},
    };

    for (size_t i = 0; i < LENGTH(types); i++) {
        if (ends_with(name, types[i].end)) {
            return types[i].type;
        }
    }
    return "application/octet-stream";
}

/* One element of the list: "gzip", "gzip;q=0.5"; q=0 says no. */
static bool takes(const char *element, size_t n, const char *coding)
{
    size_t len = strlen(coding);
    const char *q;

    while (n > 0 && (*element == ' ' || *element == '\t')) {
        element++;
        n--;
    }
    if (n < len || strncasecmp(element, coding, len) != 0) {
        return false;
    }
    element += len;
    n -= len;
    if (n > 0 && !strchr(" \t;", *element)) {
        return false;
    }
    q = memchr(element, '=', n);
    if (!q) {
        return true;
    }
    for (q++; q < element + n; q++) {
        if (*q >= '1' && *q <= '9') {
            return true;
        }
    }
    return false;
}

bool accepts_gzip(const char *accept)
{
    while (accept && *accept) {
        size_t n = strcspn(accept, ",");

        if (takes(accept, n, "gzip")) {
            return true;
        }
        accept += n;
        accept += *accept == ',';
    }
    return false;
}

/* A list of versions the browser has, that names this one. */
static bool etag_known(const char *if_none_match, const char *etag)
{
    return if_none_match && (strstr(if_none_match, etag) || strcmp(if_none_match, "*") == 0);
}

enum err static_file(struct request *rq)
{
    const struct static_set *set = rq->web->files;
    const char *hash = request_param(rq, "hash");
    const struct asset *a = find(set, request_param(rq, "name"));
    bool current = strcmp(hash, set->hash) == 0;
    struct file_about about = {.cache = current ? CACHE_FOREVER : CACHE_NEVER};
    char *etag;
    bool packed;

    if (!a) {
        return refuse(&rq->cx, ERR_NOT_FOUND, "file-unknown",
                      _("Berkas itu tidak ada. Muat ulang halaman."));
    }
    /* A page drawn before the program was renewed asks by the old hash: it gets the new file. */
    packed = a->packed && accepts_gzip(wire_header(rq->wire, "Accept-Encoding"));
    etag = arena_format(rq->cx.arena, "\"%s%s\"", set->hash, packed ? "-gz" : "");
    about.type = mime_type(a->plain->name);
    if (etag_known(wire_header(rq->wire, "If-None-Match"), etag)) {
        respond_bytes(rq, 304, &about, "", 0);
    } else {
        respond_lent(rq, &about, packed ? a->packed : a->plain);
        if (packed) {
            respond_header(rq, "Content-Encoding", "gzip");
        }
    }
    respond_header(rq, "ETag", etag);
    if (a->packed) {
        respond_header(rq, "Vary", "Accept-Encoding");
    }
    return OK;
}
