/* The sales receipt: plain data in, paper out.
 *
 * One layout, four forms: the dots of the PNG are exactly the dots the printer is sent.  Texts that
 * are data (names, addresses, footer) are printed as they come; fixed words are in `lang`.  What is
 * NULL, empty or none leaves no gap. */
#ifndef RECEIPTS_RECEIPT_H
#define RECEIPTS_RECEIPT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "attr.h"
#include "err.h"
#include "lang.h"
#include "receipts/layout.h"
#include "rupiah.h"
#include "when.h"

struct sbuf;

enum { RECEIPT_LINES_MAX = 400, RECEIPT_STAMP_ABOVE_RP = 5000000 };

/* Dots across, by the width of the roll. */
enum paper { PAPER_58_MM = 384, PAPER_80_MM = 576 };

struct receipt_line {
    const char *name;
    const char *code;     /* label code in groups or SKU; optional */
    const char *qty_text; /* "2", "26,5" */
    const char *unit;     /* "potong", "m"; optional */
    struct rupiah price;  /* of one unit */
    struct rupiah total;
    const char *note; /* optional: "dibulatkan ke rupiah penuh" */
};

struct receipt_tender {
    const char *name; /* the Indonesian word, `_("Tunai")`, `_("QRIS")`: translated here */
    struct rupiah amount;
    const char *reference; /* optional */
};

struct receipt {
    enum lang lang;
    bool demo;    /* marked DEMO, and as no proof of payment */
    int32_t copy; /* 0: the first print; n: SALINAN n */

    const char *shop_name; /* "Galeri Enggang"; optional, then unit_name heads the paper */
    const char *unit_name; /* the prison: "Lapas Kelas IIA Contoh" */
    const char *const *address;
    size_t address_count;

    const char *number;
    struct day day;    /* business day, printed apart when `at` falls on another date */
    struct instant at; /* printed with the zone's name */
    struct zone zone;
    const char *till;
    const char *cashier;

    const struct receipt_line *lines;
    size_t lines_count;
    struct rupiah total;
    const struct receipt_tender *tenders;
    size_t tenders_count;
    bool change_shown; /* true after cash, also when the change is 0 */
    struct rupiah change;
    bool pnbp_shown;
    struct rupiah pnbp;  /* recorded with this sale */
    bool total_in_words; /* the total in Indonesian words below it, as on a kuitansi */
    bool stamp_reminder; /* setting: a box for the stamp when total > Rp5.000.000 (UU 10/2020) */
    const char *qr_url;  /* page of this receipt; optional */
    const char *const *footer;
    size_t footer_count;
};

enum receipt_form {
    RECEIPT_ESCPOS, /* a whole printer job, escpos_default */
    RECEIPT_PNG,    /* 1 bit, exactly the printer's dots */
    RECEIPT_SCREEN, /* 8-bit grey, smoothed, with a margin: for pages */
    RECEIPT_PDF,    /* one page as long as the paper; text can be searched and copied */
};

/* Appends the receipt in that form to `out` (a maximum of 4 MiB is enough for any).  ERR_LIMIT:
 * more than RECEIPT_LINES_MAX lines, paper longer than 4 m, or `out` is full.  ERR_REFUSED
 * "qr-too-dense": the address of the symbol is so long that a module would be smaller than 3 dots.
 */
NODISCARD enum err receipt_paint(struct sbuf *out, const struct receipt *r, enum paper paper,
                                 enum receipt_form form, struct why *why);

/* The same in two steps, for other outputs.  layout_done() after success and failure. */
NODISCARD enum err receipt_layout(struct layout *out, const struct receipt *r, enum paper paper,
                                  struct why *why);

#endif
