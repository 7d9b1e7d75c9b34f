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
    const char *variant;
    struct rupiah price; /* 0: none is printed */
    const char *workshop;
    const char *unit_name;
    bool demo;
};

/* What it is printed on. */
struct label_stock {
    const char *size; /* "40x30"; what is none of the sizes is that */
    bool roll;
    int32_t dpi;                                 /* 0: 203 */
    int32_t offset_x_um, offset_y_um, scale_ppm; /* scale 0: true size */
};

/* The sizes by name, NULL at the end: for input tables and lists. */
extern const char *const label_paper_sizes[];
int32_t label_paper_cells(const struct label_stock *on); /* of a sheet; 1 on a roll */
int32_t label_paper_columns(const struct label_stock *on);
size_t label_paper_most(void);

/* The text in the symbol; "" when the host is none. */
const char *label_paper_text(struct arena *a, const char *host, struct label_code code);

/* How the symbol comes out, and what was read back from the label's own dots. */
struct label_proof {
    int32_t width, height; /* of the picture on the page, with its white rim */
    int32_t module_um, finer_um;
    bool small;       /* under GS1's 0.396 mm */
    const char *read; /* what the reader read: the address, character by character the same */
};
NODISCARD enum err label_paper_proof(struct label_proof *out, struct arena *a,
                                     const struct label_paper *p, const struct label_stock *on,
                                     struct label_code code, struct why *why);

/* One label as a 1-bit PNG at the printer's dots, 300 an inch for eyes without one. */
NODISCARD enum err label_paper_png(struct sbuf *out, const struct label_paper *p,
                                   const struct label_stock *on, struct label_code code,
                                   struct why *why);

struct label_paper_sheet {
    const char *title;
    const struct label_code *codes;
    size_t count;
    int32_t skip_cells;
    struct instant made_at;
    struct zone zone;
};
NODISCARD enum err label_paper_pdf(struct sbuf *out, const struct label_paper *p,
                                   const struct label_stock *on,
                                   const struct label_paper_sheet *sheet, struct why *why);
/* The page that a printer is measured with. */
NODISCARD enum err label_paper_ruler(struct sbuf *out, enum lang lang, const char *title,
                                     const struct label_stock *on, struct why *why);

#endif
