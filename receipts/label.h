/* Labels for goods: a symbol that a phone opens, the code in groups for people, what it is, its
 * price, which workshop and which prison made it.  Never a person.
 *
 * Three sizes, each on a roll (one label a page) and on A4 sheets.  Every symbol is read back at
 * the dots it is printed with and compared with its text before anything is handed out. */
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
    LABEL_HOST_MAX = 200,
    LABEL_URL_MAX = 8 + LABEL_HOST_MAX + 3 + LABEL_CODE_MAX,
    LABEL_MODULE_DOTS_MIN = 3,  /* at 203 dpi; smaller modules run together on a thermal head */
    LABEL_MODULE_UM_GOOD = 396, /* GS1 General Specifications 5.12.3.1: scanners at a till */
    LABEL_SCALE_ONE = 1000000,
    LABEL_OFFSET_UM_MAX = 10000,
    LABEL_SCALE_PPM_OFF_MAX = 50000,
    LABEL_JOB_MAX = 10000,
};

enum label_dpi { LABEL_203_DPI = 203, LABEL_300_DPI = 300, LABEL_600_DPI = 600 };
enum label_size { LABEL_40X30 = 0, LABEL_50X25, LABEL_70X40, LABEL_SIZES };
enum label_medium { LABEL_ROLL = 0, LABEL_SHEET };

/* What people choose, and the grid of the A4 sheet: cells touch, so that one cut parts two labels,
 * and at least 5 mm stay free where laser and ink printers do not reach.  Cell 0 is the upper left
 * one, counted along rows. */
struct label_shape {
    const char *name; /* "40x30" */
    int32_t width_mm, height_mm;
    int32_t columns, rows;
    int32_t left_mm, top_mm; /* of the grid */
};
const struct label_shape *label_shape(enum label_size size);
int32_t label_cells(enum label_size size); /* of a sheet */
NODISCARD bool label_size_from_name(enum label_size *out, const char *name);
NODISCARD bool label_dpi_from_int(enum label_dpi *out, int64_t dpi);
/* 8000, 11811, 23622. */
int32_t label_dots_per_mm_milli(enum label_dpi dpi);

struct label_form {
    enum label_size size;
    enum label_dpi dpi;
};

struct label {
    const char *host; /* the label host setting, with port if any: "galeri.example" */
    struct label_code code;
    const char *name;      /* product; at most two lines, then cut with an ellipsis */
    const char *variant;   /* optional: "L, merah" */
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
    bool small;          /* under LABEL_MODULE_UM_GOOD */
    int32_t finer_um;    /* what a 300 dpi head would give when that is enough; 0: it is not */
};

/* Whether the symbol with its quiet zone fits the label.  ERR_INVALID "label-host": the host is
 * none.  ERR_REFUSED "label-qr-too-dense": a module would be under 3 dots at 203 dpi (0,375 mm);
 * the sentence says how long the host is and may be. */
NODISCARD enum err label_check(struct label_fit *out, const struct label *label,
                               struct label_form form, struct why *why);

/* 320 x 240 dots for 40 x 30 mm at 203 dpi, 472 x 354 at 300.  The same refusals, and what stands
 * in the symbol's quiet zone (ERR_REFUSED "label-quiet-zone"). */
NODISCARD enum err label_bitmap(struct bitmap *out, const struct label *label,
                                struct label_form form, struct why *why);
/* The same dots as a 1-bit PNG, appended to `out`. */
NODISCARD enum err label_png(struct sbuf *out, const struct label *label, struct label_form form,
                             struct why *why);
/* Draws the label and reads it: what stands in its symbol, for the proof beside the sample.
 * ERR_REFUSED "label-misread" as in a job. */
NODISCARD enum err label_read_back(char out[LABEL_URL_MAX], const struct label *label,
                                   struct label_form form, struct why *why);

/* A printer as it was measured: moves and stretches what is put on the page. */
struct label_printer {
    enum label_dpi dpi; /* 0: 203 */
    int32_t offset_x_um, offset_y_um;
    int32_t scale_ppm; /* 0: LABEL_SCALE_ONE */
};

enum { SHEET_WIDTH_MM = 210, SHEET_HEIGHT_MM = 297, SHEET_RULER_MM = 50 };

struct label_job {
    enum lang lang;
    enum label_size size;
    enum label_medium medium;
    struct label_printer printer;
    const char *title; /* at the foot and as the document's title: "Lot B-0007, Bengkel Batik" */
    const struct label *labels;
    size_t count;
    int32_t skip_cells;     /* of the first sheet, that were used up before */
    struct instant made_at; /* 0: the document carries no date of its own */
    struct zone zone;
    bool unread; /* for measurements only: symbols are not read back */
};

/* Appends the PDF to `out` (about 1 KiB a label).  ERR_INVALID for no labels or a skip out of
 * range (label-sheet-empty), ERR_LIMIT for more than LABEL_JOB_MAX, what label_check() refuses, and
 * ERR_REFUSED "label-misread": a symbol does not say what its label says; the sentence names it. */
NODISCARD enum err label_job_pdf(struct sbuf *out, const struct label_job *job, struct why *why);

/* One page to measure a printer with: four crosses 180 x 250 mm apart, the first 15 mm and 20 mm
 * from the edges of A4 (3 mm on a roll), and a ruler of 50 mm (30 mm). */
NODISCARD enum err label_test_page_pdf(struct sbuf *out, const struct label_job *job,
                                       struct why *why);

#endif
