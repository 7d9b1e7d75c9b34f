/* The door to libpng: rows of grey become a PNG file. */
#include "receipts/png_file.h"

#include <png.h>

#include "inventory/base/refuse.h"
#include "inventory/base/sbuf.h"
#include "lang.h"

/* The rows are right and the sink never fails, so what is left is a lack of memory. */
_Noreturn static void stop(png_structp png, png_const_charp what)
{
    (void)png;
    (void)fprintf(stderr, "etalase: png: %s\n", what);
    abort();
}

static void warn(png_structp png, png_const_charp what)
{
    (void)png;
    (void)what;
}

static void take(png_structp png, png_bytep bytes, size_t n)
{
    sbuf_add(png_get_io_ptr(png), bytes, n);
}

static void flush(png_structp png)
{
    (void)png;
}

enum err png_file(struct sbuf *out, const struct png_rows *rows, struct why *why)
{
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, stop, warn);
    png_infop info = png ? png_create_info_struct(png) : NULL;

    if (!info) {
        abort();
    }
    png_set_write_fn(png, out, take, flush);
    png_set_IHDR(png, info, (png_uint_32)rows->width, (png_uint_32)rows->height, rows->depth,
                 PNG_COLOR_TYPE_GRAY, PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT,
                 PNG_FILTER_TYPE_DEFAULT);
    png_set_pHYs(png, info, (png_uint_32)rows->dots_per_mm_milli,
                 (png_uint_32)rows->dots_per_mm_milli, PNG_RESOLUTION_METER);
    png_set_filter(png, PNG_FILTER_TYPE_BASE, PNG_FILTER_NONE); /* best for black and white */
    png_set_compression_level(png, 6);
    png_write_info(png, info);
    for (int32_t y = 0; y < rows->height; y++) {
        png_write_row(png, rows->bytes + (size_t)y * rows->stride);
    }
    png_write_end(png, info);
    png_destroy_write_struct(&png, &info);
    if (out->full) {
        return why_say(why, ERR_LIMIT, "paper-too-large",
                       _("Gambar cetakan melebihi batas ukurannya (%zu bita)."), out->max);
    }
    return OK;
}
