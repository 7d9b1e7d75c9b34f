/* Labels of a lot on paper: between the goods, which know no paper, and the paper, which knows no
 * goods (both have a `struct label`). */
#ifndef WEB_LABEL_PAPER_H
#define WEB_LABEL_PAPER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "attr.h"
#include "err.h"
#include "inventory/base/arena.h"
#include "inventory/base/label_code.h"
#include "inventory/base/sbuf.h"
#include "lang.h"
#include "rupiah.h"
#include "when.h"

/* What every label of a lot says. */
struct label_paper {
    enum lang lang;
    const char *host;
    const char *name;
    struct rupiah price; /* 0: none is printed */
    const char *workshop;
    const char *unit_name;
    bool demo;
};

/* How many labels an A4 sheet holds, and at most one PDF. */
size_t label_paper_cells(void);
size_t label_paper_most(void);

/* The text in the symbol; "" when the host is none. */
const char *label_paper_text(struct arena *a, const char *host, struct label_code code);

/* One label as a 1-bit PNG, 300 dots an inch for eyes. */
NODISCARD enum err label_paper_png(struct sbuf *out, const struct label_paper *p,
                                   struct label_code code, struct why *why);

struct label_paper_sheet {
    const char *title;
    const struct label_code *codes;
    size_t count;
    int32_t skip_cells;
    struct instant made_at;
    struct zone zone;
};
NODISCARD enum err label_paper_pdf(struct sbuf *out, const struct label_paper *p,
                                   const struct label_paper_sheet *sheet, struct why *why);

#endif
