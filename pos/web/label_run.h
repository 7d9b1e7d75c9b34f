/* A lot whose labels are shown or printed: what they say and which codes they carry. */
#ifndef WEB_LABEL_RUN_H
#define WEB_LABEL_RUN_H

#include "inventory/stock.h"
#include "pos/setting.h"
#include "pos/web/label_paper.h"
#include "pos/web/request.h"

enum { LABEL_PDF_BYTES_MAX = 32 * 1024 * 1024, LABEL_PNG_BYTES_MAX = 4 * 1024 * 1024 };

struct label_run {
    struct lot lot;
    struct settings settings;
    struct label_paper paper;
    struct label_stock on;
    bool piece;
    const struct label_code *codes; /* in force, of its pieces; one for a counted lot */
    size_t count;                   /* labels in all: pieces, or what was received */
};

/* The lot of the path with the labels as they would be printed now. */
NODISCARD enum err label_run_load(struct label_run *run, struct request *rq);
/* What to print on: a size, "roll" or "sheet", and a printer by name ("": none, or one that is
 * gone). */
NODISCARD enum err label_stock_of(struct label_stock *out, struct request *rq, const char *size,
                                  const char *medium, const char *printer);

#endif
