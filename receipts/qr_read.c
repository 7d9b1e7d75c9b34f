/* The door to zbar: what a symbol says, read from the very dots that go to paper. */
#include "receipts/qr_read.h"

#include <assert.h>
#include <zbar.h>

#include "inventory/base/arena.h"

struct qr_reader {
    zbar_image_scanner_t *scanner;
    zbar_image_t *image;
    uint8_t *grey; /* owned */
    size_t room;
};

struct qr_reader *qr_reader_new(void)
{
    struct qr_reader *r = mem_get(sizeof(*r));

    r->scanner = zbar_image_scanner_create();
    r->image = zbar_image_create();
    if (!r->scanner || !r->image) {
        abort();
    }
    (void)zbar_image_scanner_set_config(r->scanner, ZBAR_NONE, ZBAR_CFG_ENABLE, 0);
    (void)zbar_image_scanner_set_config(r->scanner, ZBAR_QRCODE, ZBAR_CFG_ENABLE, 1);
    zbar_image_set_format(r->image, zbar_fourcc('Y', '8', '0', '0'));
    return r;
}

void qr_reader_free(struct qr_reader *r)
{
    if (r) {
        zbar_image_destroy(r->image);
        zbar_image_scanner_destroy(r->scanner);
        free(r->grey);
        free(r);
    }
}

static uint8_t *white(struct qr_reader *r, int32_t width, int32_t height)
{
    size_t n = (size_t)width * (size_t)height;

    if (n > r->room) {
        free(r->grey);
        r->grey = mem_get(n);
        r->room = n;
    }
    memset(r->grey, 0xFF, n);
    return r->grey;
}

/* The one symbol of the picture in `grey`, looking at every `density`-th line. */
static enum err scan(char out[QR_READ_MAX], struct qr_reader *r, int32_t width, int32_t height,
                     int32_t density)
{
    enum err e = ERR_NOT_FOUND;

    out[0] = '\0';
    (void)zbar_image_scanner_set_config(r->scanner, ZBAR_NONE, ZBAR_CFG_X_DENSITY, density);
    (void)zbar_image_scanner_set_config(r->scanner, ZBAR_NONE, ZBAR_CFG_Y_DENSITY, density);
    zbar_image_set_size(r->image, (unsigned)width, (unsigned)height);
    zbar_image_set_data(r->image, r->grey, (unsigned long)width * (unsigned long)height, NULL);
    if (zbar_scan_image(r->scanner, r->image) == 1) {
        const zbar_symbol_t *symbol = zbar_image_first_symbol(r->image);
        unsigned n = zbar_symbol_get_data_length(symbol);
        if (n < QR_READ_MAX) {
            memcpy(out, zbar_symbol_get_data(symbol), n);
            out[n] = '\0';
            e = OK;
        }
    }
    return e;
}

enum err qr_read_symbol(char out[QR_READ_MAX], struct qr_reader *r, const struct qr *qr,
                        int32_t module_dots)
{
    int32_t side = (qr->width + 2 * QR_QUIET_MODULES) * module_dots;
    uint8_t *grey = white(r, side, side);

    assert(module_dots > 0);
    for (int32_t y = 0; y < qr->width; y++) {
        uint8_t *row = grey + (size_t)((y + QR_QUIET_MODULES) * module_dots) * (size_t)side;
        for (int32_t x = 0; x < qr->width; x++) {
            if (qr_black(qr, x, y)) {
                memset(row + (x + QR_QUIET_MODULES) * module_dots, 0, (size_t)module_dots);
            }
        }
        for (int32_t line = 1; line < module_dots; line++) {
            memcpy(row + (size_t)line * (size_t)side, row, (size_t)side);
        }
    }
    /* Every third line meets each finder pattern often enough, and takes half of the time. */
    int32_t coarse = module_dots > 3 ? 3 : 2;
    enum err e = scan(out, r, side, side, coarse);
    return e ? scan(out, r, side, side, 1) : OK;
}

enum err qr_read_bitmap(char out[QR_READ_MAX], struct qr_reader *r, const struct bitmap *b)
{
    uint8_t *grey = white(r, b->width, b->height);

    for (int32_t y = 0; y < b->height; y++) {
        for (int32_t x = 0; x < b->width; x++) {
            if (bitmap_black(b, x, y)) {
                grey[(size_t)y * (size_t)b->width + (size_t)x] = 0;
            }
        }
    }
    return scan(out, r, b->width, b->height, 1);
}
