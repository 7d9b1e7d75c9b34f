/* Inside of the labels: the layout of one label, and symbols that were read back. */
#ifndef RECEIPTS_LABEL_DRAW_H
#define RECEIPTS_LABEL_DRAW_H

#include <pthread.h>

#include "receipts/label.h"
#include "receipts/layout.h"
#include "receipts/qr.h"
#include "receipts/raster.h"

enum label_arrangement {
    LABEL_NAME_ABOVE, /* the name over everything, below it symbol and column, then the foot */
    LABEL_ALL_BESIDE, /* the symbol as high as the label, everything else beside it */
};

/* In dots of 203 dpi; other heads get them scaled.  The symbol's module is whole dots of the head
 * itself. */
struct label_metrics {
    enum label_arrangement arrangement;
    int32_t margin; /* what a crooked cut or a printer's edge may take */
    int32_t body_top, body_height;
    int32_t module_most; /* dots; 0.5 mm is read from a hand's breadth by a cheap phone */
    int32_t name_top, name_most, name_two, name_least; /* sizes: on one line, on two, cut on two */
    int32_t column_top, code_most, code_least, price_most, price_least, place, place_lines;
    int32_t foot_top, foot_most, foot_least, demo;
};
const struct label_metrics *label_metrics(enum label_size size);

/* So many dots of 203 dpi in dots of this head. */
int32_t label_dots(enum label_dpi dpi, int32_t dots_203);

/* The symbol of the label, and how it comes out.  qr_done() after success and failure. */
NODISCARD enum err label_symbol(struct qr *qr, struct label_fit *fit, const struct label *label,
                                struct label_form form, struct why *why);

/* Fills `out` with everything; takes the symbol and leaves *qr empty.  layout_done() after success
 * and failure. */
NODISCARD enum err label_layout(struct layout *out, struct typesetter *t, const struct label *label,
                                struct label_form form, struct qr *qr, struct why *why);
/* The same label but for its code: the symbol is taken, the rest is kept, because codes are all of
 * one length and width.  false: it can not be kept, *qr is untouched. */
NODISCARD bool label_layout_again(struct layout *l, const struct label *label, struct qr *qr);

/* Symbols of the job's labels from `first` on, each read back unless the job says not to.  From
 * begin to end they are made by two threads of their own, when there are many. */
enum { LABEL_BATCH = 250, LABEL_THREADS = 2 };
struct label_part {
    struct qr *out; /* of the label `first` */
    const struct label_job *job;
    size_t first, end;
    struct why why;
    enum err e;
};
struct label_batch {
    struct qr symbols[LABEL_BATCH]; /* of the label `first` and those after it */
    size_t first, count;
    struct label_part parts[LABEL_THREADS];
    pthread_t threads[LABEL_THREADS];
    bool runs[LABEL_THREADS];
};
void label_batch_begin(struct label_batch *b, const struct label_job *job, size_t first);
/* Waits, and says what the first label that is wrong is refused for. */
NODISCARD enum err label_batch_end(struct label_batch *b, struct why *why);
void label_batch_done(struct label_batch *b);

/* A ruler of so many millimetres as the first elements of a layout of 8 dots a millimetre; returns
 * the y below it. */
int32_t label_put_ruler(struct layout *l, int32_t length_mm);

/* A4 or the label's own size, with the job's title and what its printer needs. */
struct document *label_document(struct sbuf *out, const struct label_job *job);

#endif
