/* Photos of strangers: read, turned upright, stripped, and refused. */
#include <stdbool.h>

#include <gdk-pixbuf/gdk-pixbuf.h>

#include "inventory/base/picture.h"
#include "tests/base/cmocka_all.h"

enum { ROOM = 4 * 1024 * 1024 };

struct blob {
    uint8_t *bytes;
    size_t n;
};

/* Left half red, right half blue. */
static struct blob drawn(const char *type, int width, int height)
{
    GdkPixbuf *p = gdk_pixbuf_new(GDK_COLORSPACE_RGB, FALSE, 8, width, height);
    GdkPixbuf *half = gdk_pixbuf_new_subpixbuf(p, 0, 0, width / 2, height);
    struct blob out = {.n = 0};
    char *bytes = NULL;

    gdk_pixbuf_fill(p, 0x0000FFFF);
    gdk_pixbuf_fill(half, 0xFF0000FF);
    assert_true(gdk_pixbuf_save_to_buffer(p, &bytes, &out.n, type, NULL, NULL));
    g_object_unref(half);
    g_object_unref(p);
    out.bytes = (uint8_t *)bytes;
    return out;
}

/* The same JPEG with an EXIF segment that names an orientation and holds a place. */
static struct blob with_exif(struct blob jpeg, uint8_t orientation)
{
    uint8_t exif[] = {0xFF, 0xE1, 0,  0,   'E', 'x', 'i', 'f',         0,   0,    'M',
                      'M',  0,    42, 0,   0,   0,   8,   0,           1,   0x01, 0x12,
                      0,    3,    0,  0,   0,   1,   0,   orientation, 0,   0,    0,
                      0,    0,    0,  'G', 'P', 'S', '-', 'H',         'E', 'R',  'E'};
    struct blob out = {.bytes = g_malloc(jpeg.n + sizeof exif), .n = jpeg.n + sizeof exif};

    exif[3] = sizeof exif - 2;
    memcpy(out.bytes, jpeg.bytes, 2);
    memcpy(out.bytes + 2, exif, sizeof exif);
    memcpy(out.bytes + 2 + sizeof exif, jpeg.bytes + 2, jpeg.n - 2);
    g_free(jpeg.bytes);
    return out;
}

static enum err take(struct picture *out, struct blob b, struct why *why)
{
    enum err e;

    *why = (struct why){.code = OK};
    e = picture_take(out, b.bytes, b.n, why);
    g_free(b.bytes);
    if (e) {
        assert_null(out->large.bytes);
        assert_true(why->text[0] != '\0');
    }
    return e;
}

/* 'r' or 'b': which is stronger at a point, in tenths of the sides. */
static char color_at(const struct picture_file *f, int x, int y)
{
    GdkPixbufLoader *loader = gdk_pixbuf_loader_new_with_mime_type("image/jpeg", NULL);
    const uint8_t *at;
    GdkPixbuf *p;
    char c;

    assert_true(gdk_pixbuf_loader_write(loader, f->bytes, f->n, NULL));
    assert_true(gdk_pixbuf_loader_close(loader, NULL));
    p = gdk_pixbuf_loader_get_pixbuf(loader);
    at = gdk_pixbuf_read_pixels(p) + y * f->height / 10 * gdk_pixbuf_get_rowstride(p) +
         x * f->width / 10 * gdk_pixbuf_get_n_channels(p);
    c = at[0] > 200 && at[1] > 200 && at[2] > 200 ? 'w' : at[0] > at[2] ? 'r' : 'b';
    g_object_unref(loader);
    return c;
}

static bool has(const struct picture_file *f, const char *text)
{
    for (size_t i = 0, n = strlen(text); i + n <= f->n; i++) {
        if (memcmp(f->bytes + i, text, n) == 0) {
            return true;
        }
    }
    return false;
}

static void test_formats_and_sizes(void **state)
{
    static const struct {
        const char *type;
        int width, height, large[2], small[2];
    } all[] = {
        {"jpeg", 2000, 1000, {1280, 640}, {320, 160}},
        {"png", 1000, 2000, {640, 1280}, {160, 320}},
        {"webp", 640, 480, {640, 480}, {320, 240}},
        {"png", 100, 50, {100, 50}, {100, 50}},
        {"png", 5000, 1, {1280, 1}, {320, 1}},
        {"jpeg", 4096, 3072, {1280, 960}, {320, 240}},
    };

    (void)state;
    for (size_t i = 0; i < LENGTH(all); i++) {
        struct picture p;
        struct why why;

        assert_int_equal(take(&p, drawn(all[i].type, all[i].width, all[i].height), &why), OK);
        assert_int_equal(p.large.width, all[i].large[0]);
        assert_int_equal(p.large.height, all[i].large[1]);
        assert_int_equal(p.small.width, all[i].small[0]);
        assert_int_equal(p.small.height, all[i].small[1]);
        assert_memory_equal(p.large.bytes, "\xFF\xD8\xFF", 3);
        assert_memory_equal(p.small.bytes, "\xFF\xD8\xFF", 3);
        if (all[i].height > 1) {
            assert_int_equal(color_at(&p.large, 2, 5), 'r');
            assert_int_equal(color_at(&p.large, 8, 5), 'b');
        }
        picture_done(&p);
    }
}

static void test_upright(void **state)
{
    /* What is seen at the left, right, top and bottom, by orientation 1 .. 8. */
    static const char *const want[] = {"rb..", "br..", "br..", "rb..",
                                       "..rb", "..rb", "..br", "..br"};

    (void)state;
    for (uint8_t o = 1; o <= 8; o++) {
        struct picture p;
        struct why why;
        const char *w = want[o - 1];

        assert_int_equal(take(&p, with_exif(drawn("jpeg", 3000, 1500), o), &why), OK);
        assert_int_equal(p.large.width, o < 5 ? 1280 : 640);
        assert_int_equal(p.large.height, o < 5 ? 640 : 1280);
        if (o < 5) {
            assert_int_equal(color_at(&p.large, 1, 5), w[0]);
            assert_int_equal(color_at(&p.small, 9, 5), w[1]);
        } else {
            assert_int_equal(color_at(&p.large, 5, 1), w[2]);
            assert_int_equal(color_at(&p.small, 5, 9), w[3]);
        }
        assert_false(has(&p.large, "GPS") || has(&p.large, "Exif"));
        assert_false(has(&p.small, "GPS") || has(&p.small, "Exif"));
        picture_done(&p);
    }
}

static void test_transparent_is_white(void **state)
{
    GdkPixbuf *p = gdk_pixbuf_new(GDK_COLORSPACE_RGB, TRUE, 8, 40, 40);
    struct picture got;
    struct blob b = {.n = 0};
    struct why why;
    char *bytes = NULL;

    (void)state;
    gdk_pixbuf_fill(p, 0x00000000);
    assert_true(gdk_pixbuf_save_to_buffer(p, &bytes, &b.n, "png", NULL, NULL));
    g_object_unref(p);
    b.bytes = (uint8_t *)bytes;
    assert_int_equal(take(&got, b, &why), OK);
    assert_int_equal(color_at(&got.large, 5, 5), 'w');
    picture_done(&got);
}

/* ---- refused ---- */

static struct blob copy_of(const void *bytes, size_t n)
{
    struct blob out = {.bytes = g_malloc(n + 1), .n = n};

    memcpy(out.bytes, bytes, n);
    return out;
}

static struct blob repeated(struct blob first, const char *more, size_t n, size_t times)
{
    struct blob out = {.bytes = g_malloc(first.n + n * times), .n = first.n + n * times};

    memcpy(out.bytes, first.bytes, first.n);
    for (size_t i = 0; i < times; i++) {
        memcpy(out.bytes + first.n + n * i, more, n);
    }
    g_free(first.bytes);
    return out;
}

static struct blob cut(struct blob b, size_t n)
{
    b.n = n;
    return b;
}

#define PNG_BOMB                                                                                   \
    "\x89PNG\r\n\x1A\n\0\0\0\x0DIHDR\0\0\x75\x30\0\0\x75\x30\x08\x02\0\0\0\xE9\x45\x6F\xED"        \
    "\0\0\0\0IDAT\x35\xAF\x06\x1E\0\0\0\0IEND\xAE\x42\x60\x82"
#define PNG_MOVES                                                                                  \
    "\x89PNG\r\n\x1A\n\0\0\0\x0DIHDR\0\0\0\1\0\0\0\1\x08\x02\0\0\0\x90\x77\x53\xDE"                \
    "\0\0\0\x08"                                                                                   \
    "acTL\0\0\0\2\0\0\0\0\xF3\x8D\x93\x70\0\0\0\0IDAT"
#define JPEG_BOMB                                                                                  \
    "\xFF\xD8\xFF\xC0\0\x11\x08\x75\x30\x75\x30\3\1\x22\0\2\x11\1\3\x11\1\xFF\xDA\0\x0C\3\1\0\2"   \
    "\x11\3\x11\0\x3F\0\xFF\xD9"
#define WEBP_MOVES "RIFF\x16\0\0\0WEBPVP8X\x0A\0\0\0\2\0\0\0\x0F\0\0\x0F\0\0"
/* 16,384 pixels a side, without loss. */
#define WEBP_BOMB "RIFF\x12\0\0\0WEBPVP8L\x05\0\0\0\x2F\xFF\xFF\xFF\x0F\0"

/* Scans without end, then the end. */
static struct blob endless(void)
{
    struct blob b = drawn("jpeg", 8, 8);

    b.n -= 2;
    return repeated(repeated(b, "\xFF\xDA", 2, 200), "\xFF\xD9", 2, 1);
}

static struct blob refused_file(int which)
{
    static const char bomb[] = PNG_BOMB, film[] = PNG_MOVES, jpeg[] = JPEG_BOMB,
                      webp_film[] = WEBP_MOVES, webp[] = WEBP_BOMB, svg[] = "<svg/>",
                      gif[] = "GIF89a\1\0\1\0\0\0\0;";

    switch (which) {
    case 0: return copy_of("", 0);
    case 1: return copy_of(svg, sizeof svg - 1);
    case 2: return copy_of(gif, sizeof gif - 1);
    case 3: return copy_of(bomb, sizeof bomb - 1);
    case 4: return copy_of(jpeg, sizeof jpeg - 1);
    case 5: return copy_of(webp, sizeof webp - 1);
    case 6: return copy_of(film, sizeof film - 1);
    case 7: return copy_of(webp_film, sizeof webp_film - 1);
    case 8: return cut(drawn("jpeg", 400, 400), 2000);
    case 9: return cut(drawn("png", 400, 400), 300);
    case 10: return cut(drawn("webp", 400, 400), 60);
    case 11: return copy_of("\xFF\xD8\xFF\xE0 no picture", 16);
    case 12: return drawn("png", 4097, 3073);
    case 13: return endless();
    default: return repeated(drawn("jpeg", 8, 8), "x", 1, PICTURE_BYTES_MAX);
    }
}

static void test_refused(void **state)
{
    static const struct {
        enum err e;
        const char *slug;
    } want[] = {
        {ERR_INVALID, "picture-empty"},  {ERR_INVALID, "picture-kind"},
        {ERR_INVALID, "picture-kind"},   {ERR_LIMIT, "picture-large"},
        {ERR_LIMIT, "picture-large"},    {ERR_LIMIT, "picture-large"},
        {ERR_INVALID, "picture-moving"}, {ERR_INVALID, "picture-moving"},
        {ERR_INVALID, "picture-broken"}, {ERR_INVALID, "picture-broken"},
        {ERR_INVALID, "picture-broken"}, {ERR_INVALID, "picture-broken"},
        {ERR_LIMIT, "picture-large"},    {ERR_INVALID, "picture-broken"},
        {ERR_LIMIT, "picture-large"},
    };

    (void)state;
    for (size_t i = 0; i < LENGTH(want); i++) {
        struct picture p;
        struct why why;
        const enum err e = take(&p, refused_file((int)i), &why);

        if (e != want[i].e || strcmp(why.slug, want[i].slug) != 0) {
            fail_msg("file %zu: error %d, %s; wanted %s", i, (int)e, why.slug, want[i].slug);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_formats_and_sizes),
        cmocka_unit_test(test_upright),
        cmocka_unit_test(test_transparent_is_white),
        cmocka_unit_test(test_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
