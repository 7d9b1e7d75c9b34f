/* Reads a gettext catalogue entry by entry. */
#ifndef BASE_WORDS_PO_H
#define BASE_WORDS_PO_H

#include <stdbool.h>
#include <stddef.h>

#include "attr.h"
#include "err.h"
#include "inventory/base/sbuf.h"

struct po {
    const char *at, *end;
    int line; /* of the line read next, from 1 */
    bool fuzzy;
    struct sbuf id, str; /* of the entry last read */
    int id_line;
};

enum po_step { PO_ENTRY, PO_END, PO_BAD /* why says which line */ };

void po_open(struct po *po, const char *bytes, size_t n);
void po_close(struct po *po);
/* The next entry that is neither obsolete nor the header; fuzzy says whether it is to be trusted.
 */
enum po_step po_next(struct po *po, struct why *why);

#endif
