/* ESC/POS: what goes down the cable to a receipt printer. */
#include "receipts/escpos.h"

#include <assert.h>
#include <string.h>

#include "inventory/base/sbuf.h"

const struct escpos_profile escpos_default = {.guard_drawer = false, .feed_lines = 3, .cut = true};

static bool row_blank(const struct bitmap *b, int32_t y)
{
    const uint8_t *row = b->rows + (size_t)y * b->stride;

    return row[0] == 0 && memcmp(row, row + 1, b->stride - 1) == 0;
}

/* How many rows the band that begins at `y` takes: up to and with the last blank row in reach. */
static int32_t band_rows(const struct bitmap *b, int32_t y)
{
    if (b->height - y <= ESCPOS_BAND_ROWS_MAX) {
        return b->height - y;
    }
    for (int32_t rows = ESCPOS_BAND_ROWS_MAX; rows > 0; rows--) {
        if (row_blank(b, y + rows - 1)) {
            return rows;
        }
    }
    return ESCPOS_BAND_ROWS_MAX;
}

static void add_band(struct sbuf *out, const struct bitmap *b, int32_t y, int32_t rows)
{
    assert(rows > 0 && rows <= ESCPOS_BAND_ROWS_MAX);
    assert(b->stride <= UINT16_MAX);
    const uint8_t head[8] = {
        0x1d, 'v', '0', 0, b->stride & 0xff, (uint8_t)(b->stride >> 8), (uint8_t)rows, 0,
    };

    sbuf_add(out, head, sizeof(head));
    sbuf_add(out, b->rows + (size_t)y * b->stride, (size_t)rows * b->stride);
}

void escpos_job(struct sbuf *out, const struct bitmap *b, const struct escpos_profile *profile)
{
    static const uint8_t reset[] = {0x1b, '@'};
    static const uint8_t guard[] = {0x1d, '(', 'D', 3, 0, 20, 1, 0};
    static const uint8_t cut[] = {0x1d, 'V', 66, 0};

    sbuf_add(out, reset, sizeof(reset));
    if (profile->guard_drawer) {
        sbuf_add(out, guard, sizeof(guard));
    }
    for (int32_t y = 0; y < b->height;) {
        int32_t rows = band_rows(b, y);
        add_band(out, b, y, rows);
        y += rows;
    }
    if (profile->feed_lines > 0) {
        const uint8_t feed[] = {0x1b, 'd', profile->feed_lines};
        sbuf_add(out, feed, sizeof(feed));
    }
    if (profile->cut) {
        sbuf_add(out, cut, sizeof(cut));
    }
}

void escpos_drawer(struct sbuf *out)
{
    /* Without both times some printers take the next two bytes of the job for them. */
    static const uint8_t kick[ESCPOS_DRAWER_BYTES] = {0x1b, 'p', 0, 25, 250};

    sbuf_add(out, kick, sizeof(kick));
}
