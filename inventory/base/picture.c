/* Photos of strangers, read by gdk-pixbuf and written again small and plain. */
#include "inventory/base/picture.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <pthread.h>

#include "inventory/base/refuse.h"
#include "inventory/base/secret.h"
#include "lang.h"

enum {
    SLICE = 64 * 1024,
    /* A photo is written in about ten scans; a file made to keep a reader busy has thousands. */
    JPEG_SCANS_MAX = 100,
    SIDE_MAX = 16384,
};

static pthread_mutex_t one_at_a_time = PTHREAD_MUTEX_INITIALIZER;

struct bytes {
    const uint8_t *at;
    size_t n;
};

static bool begins(struct bytes b, size_t offset, const char *magic, size_t n)
{
    return b.n >= offset + n && memcmp(b.at + offset, magic, n) == 0;
}

/* NULL: none of ours. */
static const char *mime_type(struct bytes b)
{
    if (begins(b, 0, "\xFF\xD8\xFF", 3)) {
        return "image/jpeg";
    }
    if (begins(b, 0, "\x89PNG\r\n\x1A\n", 8)) {
        return "image/png";
    }
    if (begins(b, 0, "RIFF", 4) && begins(b, 8, "WEBP", 4)) {
        return "image/webp";
    }
    return NULL;
}

static uint32_t big_endian(const uint8_t *at)
{
    return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

enum look { LOOK_FINE, LOOK_MOVES, LOOK_CUT };

/* An animated PNG says so before its first pixels; a whole one has a last chunk.  The loader would
 * show the half of a picture. */
static enum look look_png(struct bytes b)
{
    size_t at = 8;

    while (b.n >= 12 && at <= b.n - 12) {
        const uint32_t length = big_endian(b.at + at);

        if (begins(b, at + 4, "acTL", 4)) {
            return LOOK_MOVES;
        }
        if (begins(b, at + 4, "IEND", 4)) {
            return LOOK_FINE;
        }
        if (length > b.n - at - 12) {
            return LOOK_CUT;
        }
        at += 12 + (size_t)length;
    }
    return LOOK_CUT;
}

/* From the first scan on there is an end of the picture, and not too many scans before it. */
static enum look look_jpeg(struct bytes b)
{
    size_t at = 2, scans = 0;

    while (at + 4 <= b.n && b.at[at] == 0xFF && b.at[at + 1] != 0xDA) {
        at += b.at[at + 1] == 0xFF ? 1 : 2 + ((size_t)b.at[at + 2] << 8 | b.at[at + 3]);
    }
    for (; at + 1 < b.n && scans <= JPEG_SCANS_MAX; at++) {
        if (b.at[at] == 0xFF && b.at[at + 1] == 0xD9) {
            return LOOK_FINE;
        }
        scans += b.at[at] == 0xFF && b.at[at + 1] == 0xDA;
    }
    return LOOK_CUT;
}

static enum look look_webp(struct bytes b)
{
    enum { WEBP_FLAGS = 20, WEBP_ANIMATION = 2 };
    const uint64_t length = (uint64_t)b.at[7] << 24 | (uint64_t)b.at[6] << 16 |
                            (uint64_t)b.at[5] << 8 | (uint64_t)b.at[4];

    if (begins(b, 12, "VP8X", 4) && b.n > WEBP_FLAGS && (b.at[WEBP_FLAGS] & WEBP_ANIMATION)) {
        return LOOK_MOVES;
    }
    return length + 8 <= b.n ? LOOK_FINE : LOOK_CUT;
}

static enum look look(struct bytes b)
{
    return begins(b, 0, "\xFF", 1) ? look_jpeg(b)
           : begins(b, 0, "R", 1)  ? look_webp(b)
                                   : look_png(b);
}

/* ---- reading ---- */

struct reading {
    int width, height; /* announced; 0: no size was */
    bool large;
    bool outgrown; /* a second size, other than the first */
};

static void shrink(int *width, int *height, int most)
{
    const int64_t w = *width, h = *height, side = w > h ? w : h;

    if (side > most) {
        *width = (int)(w * most / side > 0 ? w * most / side : 1);
        *height = (int)(h * most / side > 0 ? h * most / side : 1);
    }
}

/* Called with the size that the file announces, before there is room for pixels.  Nothing is
 * shrunk to 0: that is how a loader is told to stop. */
static void size_known(GdkPixbufLoader *loader, int width, int height, void *arg)
{
    struct reading *r = arg;

    r->outgrown = r->width > 0 && (r->width != width || r->height != height);
    r->width = width;
    r->height = height;
    r->large = width <= 0 || height <= 0 || width > SIDE_MAX || height > SIDE_MAX ||
               (int64_t)width * height > PICTURE_PIXELS_MAX;
    if (r->large || r->outgrown) {
        width = height = 0;
    } else {
        shrink(&width, &height, PICTURE_LARGE_PX);
    }
    gdk_pixbuf_loader_set_size(loader, width, height);
}

/* Owned by the caller; NULL: it could not be read to the end. */
static GdkPixbuf *read_all(GdkPixbufLoader *loader, struct reading *r, struct bytes b)
{
    GdkPixbuf *got = NULL;
    bool good = true;

    for (size_t i = 0; i < b.n && good && !r->large && !r->outgrown; i += SLICE) {
        const size_t n = b.n - i < SLICE ? b.n - i : SLICE;

        good = gdk_pixbuf_loader_write(loader, b.at + i, n, NULL);
    }
    good = gdk_pixbuf_loader_close(loader, NULL) && good && !r->large && !r->outgrown;
    if (good && (got = gdk_pixbuf_loader_get_pixbuf(loader))) {
        g_object_ref(got);
    }
    return got;
}

static enum err broken(struct why *why)
{
    return why_say(why, ERR_INVALID, "picture-broken",
                   _("Foto itu rusak atau terpotong dan tidak dapat dibaca. Kirim lagi dari "
                     "galeri, atau ambil foto baru."));
}

static enum err too_large(struct why *why)
{
    return why_say(why, ERR_LIMIT, "picture-large",
                   _("Foto itu terlalu besar. Paling banyak 16 MB dan 12 megapiksel (4096 x 3072); "
                     "kecilkan ukuran foto di pengaturan kamera, lalu ambil lagi."));
}

static enum err read_pixels(GdkPixbuf **out, struct bytes b, const char *type, struct why *why)
{
    GdkPixbufLoader *loader = gdk_pixbuf_loader_new_with_mime_type(type, NULL);
    struct reading r = {.width = 0};

    *out = NULL;
    if (!loader) {
        return why_say(why, ERR_REFUSED, "picture-loader",
                       _("Komputer ini belum dapat membaca foto jenis itu. Kirim foto JPEG, dan "
                         "beri tahu yang mengurus komputer."));
    }
    g_signal_connect(loader, "size-prepared", G_CALLBACK(size_known), &r);
    *out = read_all(loader, &r, b);
    g_object_unref(loader);
    if (r.large) {
        return too_large(why);
    }
    return *out ? OK : broken(why);
}

/* ---- writing ---- */

/* Takes `p`; NULL: no memory. */
static GdkPixbuf *upright(GdkPixbuf *p)
{
    GdkPixbuf *turned = gdk_pixbuf_apply_embedded_orientation(p);

    g_object_unref(p);
    return turned;
}

/* Takes `p`.  Both colors of the chequer under it are white. */
static GdkPixbuf *on_white(GdkPixbuf *p)
{
    enum { OPAQUE = 255, CHECK = 16, WHITE = 0xFFFFFF };
    GdkPixbuf *flat;

    if (!gdk_pixbuf_get_has_alpha(p)) {
        return p;
    }
    flat = gdk_pixbuf_composite_color_simple(p, gdk_pixbuf_get_width(p), gdk_pixbuf_get_height(p),
                                             GDK_INTERP_NEAREST, OPAQUE, CHECK, WHITE, WHITE);
    g_object_unref(p);
    return flat;
}

static bool write_file(struct picture_file *out, GdkPixbuf *from, int most)
{
    int width = gdk_pixbuf_get_width(from), height = gdk_pixbuf_get_height(from);
    GdkPixbuf *p;
    char *bytes = NULL;
    bool good;

    shrink(&width, &height, most);
    p = gdk_pixbuf_scale_simple(from, width, height, GDK_INTERP_BILINEAR);
    good = p && gdk_pixbuf_save_to_buffer(p, &bytes, &out->n, "jpeg", NULL, "quality", "85", NULL);
    if (p) {
        g_object_unref(p);
    }
    if (good) {
        out->bytes = (uint8_t *)bytes;
        out->width = width;
        out->height = height;
        sha256_of(out->digest.bytes, bytes, out->n);
    }
    return good;
}

static enum err read_and_write(struct picture *out, struct bytes b, const char *type,
                               struct why *why)
{
    GdkPixbuf *p;
    enum err e = read_pixels(&p, b, type, why);
    bool good;

    if (e) {
        return e;
    }
    good = (p = upright(p)) && (p = on_white(p)) && write_file(&out->large, p, PICTURE_LARGE_PX) &&
           write_file(&out->small, p, PICTURE_SMALL_PX);
    if (p) {
        g_object_unref(p);
    }
    if (!good) {
        picture_done(out);
        return broken(why);
    }
    return OK;
}

enum err picture_take(struct picture *out, const void *bytes, size_t n, struct why *why)
{
    const struct bytes b = {.at = bytes, .n = n};
    const char *type;
    enum err e;

    *out = (struct picture){.large = {.bytes = NULL}};
    if (n == 0) {
        return why_say(why, ERR_INVALID, "picture-empty",
                       _("Belum ada foto yang dipilih. Pilih atau ambil satu foto, lalu simpan."));
    }
    if (n > PICTURE_BYTES_MAX) {
        return too_large(why);
    }
    if (!(type = mime_type(b))) {
        return why_say(why, ERR_INVALID, "picture-kind",
                       _("Berkas itu bukan foto JPEG, PNG, atau WebP. Foto iPhone: pilih \"Paling "
                         "Kompatibel\" di pengaturan kamera, lalu ambil lagi."));
    }
    switch (look(b)) {
    case LOOK_FINE: break;
    case LOOK_CUT: return broken(why);
    case LOOK_MOVES:
        return why_say(why, ERR_INVALID, "picture-moving",
                       _("Berkas itu gambar bergerak. Kirim satu foto diam."));
    }
    (void)pthread_mutex_lock(&one_at_a_time);
    e = read_and_write(out, b, type, why);
    (void)pthread_mutex_unlock(&one_at_a_time);
    return e;
}

void picture_done(struct picture *p)
{
    g_free(p->large.bytes);
    g_free(p->small.bytes);
    *p = (struct picture){.large = {.bytes = NULL}};
}
