/* ESC/POS: what goes down the cable to a receipt printer.
 *
 * The paper is sent as a picture (GS v 0), which has no code pages and which every printer knows.
 * A band has at most 255 rows, because some printers read only the low byte of the row count, and
 * ends at a blank row when there is one, because bands may part by a hair line. */
#ifndef RECEIPTS_ESCPOS_H
#define RECEIPTS_ESCPOS_H

#include <stdbool.h>
#include <stdint.h>

#include "receipts/raster.h"

struct sbuf;

enum { ESCPOS_BAND_ROWS_MAX = 255, ESCPOS_DRAWER_BYTES = 5 };

struct escpos_profile {
    /* Epson's GS ( D: real-time drawer pulses are switched off, so that no picture that happens to
     * hold their bytes can open the drawer.  Other makers' printers may print it as text. */
    bool guard_drawer;
    uint8_t feed_lines; /* after the picture, for printers that are torn by hand */
    bool cut;           /* feed to the knife and cut, leaving a bridge */
};

/* What suits a printer that nothing is known of. */
extern const struct escpos_profile escpos_default;

/* One whole job: reset, bands, feed, cut. */
void escpos_job(struct sbuf *out, const struct bitmap *b, const struct escpos_profile *profile);
/* The pulse that opens a cash drawer: always five bytes, 50 ms on, 500 ms off, at connector pin 2.
 */
void escpos_drawer(struct sbuf *out);

#endif
