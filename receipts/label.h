/* Labels of 40 x 30 mm for goods: a symbol that a phone opens, the code in groups for people, what
 * it is, its price, which workshop and which prison made it.  Never a person. */
#ifndef RECEIPTS_LABEL_H
#define RECEIPTS_LABEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "attr.h"
#include "err.h"
#include "inventory/base/label_code.h"
#include "lang.h"
#include "receipts/raster.h"
#include "rupiah.h"
#include "when.h"

struct sbuf;

enum {
    LABEL_WIDTH_MM = 40,
    LABEL_HEIGHT_MM = 30,
    LABEL_HOST_MAX = 200,
    LABEL_URL_MAX = 8 + LABEL_HOST_MAX + 3 + LABEL_CODE_MAX,
    LABEL_MODULE_DOTS_MIN = 3, /* at 203 dpi; smaller modules run together on a thermal head */
};

enum label_dpi { LABEL_203_DPI = 203, LABEL_300_DPI = 300 };

struct label {
    const char *host; /* the label host setting, with port if any: "galeri.example" */
    struct label_code code;
    const char *name;      /* product; at most two lines, then cut with an ellipsis */
    struct rupiah price;   /* 0: none is printed */
    const char *workshop;  /* optional */
    const char *unit_name; /* the prison; optional */
    bool demo;
};

/* "HTTPS://HOST/P/CODE", all capitals: the shortest symbol.  false when the host is empty, too long
 * or has characters that no host has. */
NODISCARD bool label_url(char out[LABEL_URL_MAX], const char *host, struct label_code code);

/* How the symbol comes out. */
struct label_fit {
    int32_t qr_version;  /* 2 for a host of at most 17 characters */
    int32_t module_dots; /* whole printer dots a module */
    int32_t module_um;   /* thousandths of a millimetre */
};

/* Whether the symbol fits the label.  ERR_INVALID "label-host": the host is none.  ERR_REFUSED
 * "label-qr-too-dense": a module would be under 3 dots at 203 dpi (0,375 mm); the sentence says how
 * long the host is and may be. */
NODISCARD enum err label_check(struct label_fit *out, const struct label *label, enum label_dpi dpi,
                               struct why *why);

/* 320 x 240 dots at 203 dpi, 472 x 354 at 300.  The same refusals. */
NODISCARD enum err label_bitmap(struct bitmap *out, const struct label *label, enum label_dpi dpi,
                                struct why *why);
/* The same dots as a 1-bit PNG, appended to `out`. */
NODISCARD enum err label_png(struct sbuf *out, const struct label *label, enum label_dpi dpi,
                             struct why *why);

/* A4 upright: 5 columns of 40 mm leave 5 mm left and right, which laser and ink printers can reach;
 * 9 rows of 30 mm leave 8 mm above and 19 mm below for the ruler.  Cells touch, so that one cut
 * parts two labels.  Cell 0 is the upper left one, counted along rows. */
enum {
    SHEET_COLUMNS = 5,
    SHEET_ROWS = 9,
    SHEET_CELLS = SHEET_COLUMNS * SHEET_ROWS,
    SHEET_LEFT_MM = 5,
    SHEET_TOP_MM = 8,
    SHEET_WIDTH_MM = 210,
    SHEET_HEIGHT_MM = 297,
    SHEET_RULER_MM = 50,
    SHEET_LABELS_MAX = 10000,
};

struct label_sheet {
    enum lang lang;
    const char *title; /* at the foot and as the document's title: "Lot B-0007, Bengkel Batik" */
    const struct label *labels;
    size_t count;
    int32_t skip_cells;     /* 0..44: cells of the first page that were used up before */
    struct instant made_at; /* 0: the document carries no date of its own */
    struct zone zone;
};

/* Appends the PDF to `out` (about 1 KiB a label).  ERR_INVALID for no labels or a skip out of
 * range, ERR_LIMIT for more than SHEET_LABELS_MAX, and what label_check() refuses. */
NODISCARD enum err label_sheet_pdf(struct sbuf *out, const struct label_sheet *sheet,
                                   struct why *why);

#endif
