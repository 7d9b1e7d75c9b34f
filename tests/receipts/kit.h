/* What the paper tests share: sample papers, a decoder of printer jobs that knows nothing of the
 * encoder, a PNG reader, other programs. */
#ifndef TESTS_RECEIPTS_KIT_H
#define TESTS_RECEIPTS_KIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "inventory/base/sbuf.h"
#include "receipts/label.h"
#include "receipts/raster.h"
#include "receipts/receipt.h"

enum { KIT_BYTES_MAX = 64 * 1024 * 1024, KIT_BANDS_MAX = 2000 };

/* Journey J1: a batik of 250.000 and two key rings of 15.000, paid with 300.000. */
struct receipt kit_receipt(void);
/* Everything optional at once: copy, other business day, words, stamp, long names, notes. */
struct receipt kit_receipt_full(void);
/* `lines` is the caller's and has room for `count`. */
struct receipt kit_receipt_long(struct receipt_line *lines, size_t count);
struct label kit_label(void);

/* A printer job as a printer sees it. */
struct kit_job {
    struct bitmap dots;
    int32_t bands[KIT_BANDS_MAX]; /* rows of each */
    size_t bands_count;
    bool reset, cut, drawer, guard;
    int32_t fed_lines;
};
/* Fails the test on any byte it does not understand. */
void kit_decode(struct kit_job *out, const struct sbuf *job);

/* A grey PNG of 1 or 8 bits; darker than the middle is black. */
struct kit_png {
    struct bitmap dots;
    int32_t depth;
    int32_t dots_per_metre;
};
void kit_png_read(struct kit_png *out, const char *bytes, size_t n);

/* Paints or lays out; fails the test on a refusal. */
void kit_paint(struct sbuf *out, const struct receipt *r, enum paper paper, enum receipt_form form);
void kit_lay(struct layout *out, const struct receipt *r, enum paper paper);
/* The element that says exactly this; NULL when there is none. */
const struct element *kit_find(const struct layout *l, const char *text);
bool kit_row_blank(const struct bitmap *b, int32_t y);
/* The PNG's dots are the printer's, bands are short and end at blank rows; and, unless NULL, the
 * golden picture. */
void kit_check_dots(const struct receipt *r, enum paper paper, const char *golden);
/* Nothing stands outside of the paper, no text is wider than its place, and right edges are in one
 * line. */
void kit_check_places(const struct receipt *r, enum paper paper);

void kit_same_dots(const struct bitmap *a, const struct bitmap *b);
/* Against tests/receipts/golden/NAME.  With UPDATE_GOLDEN=1 in the environment the file is written
 * anew; otherwise a difference leaves what came out in the folder the test was built in. */
void kit_golden(const char *name, const struct bitmap *dots);

/* A new folder under the build's; the same for a whole program, removed at its end. */
const char *kit_folder(void);
const char *kit_path(const char *name);
void kit_save(const char *path, const void *bytes, size_t n);
void kit_load(struct sbuf *out, const char *path);
/* Runs a program found by PATH and takes what it writes; its exit status must be 0. */
void kit_run(struct sbuf *out, const char *const *argv);
/* The texts of the symbols in these pictures, one a line, by zbarimg. */
void kit_scan(struct sbuf *out, const char *const *paths, size_t count);

#endif
