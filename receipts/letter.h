/* A4 papers with the office's head: minutes, delivery notes, reports.
 *
 * Text only; the struct is given from outside, the PDF comes out.  Long tables go over pages with
 * their headings again, cells wrap, signatures stay together, each page says of how many it is. */
#ifndef RECEIPTS_LETTER_H
#define RECEIPTS_LETTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "attr.h"
#include "err.h"
#include "lang.h"
#include "receipts/layout.h"
#include "when.h"

struct sbuf;

enum { LETTER_COLUMNS_MAX = 8, LETTER_SIGNATURES_MAX = 4, LETTER_ROWS_MAX = 20000 };

struct letter_fact {
    const char *label, *text;
};
struct letter_column {
    const char *head;
    int32_t share; /* of the width, in parts of all columns' shares together */
    bool right;    /* amounts */
};
struct letter_signature {
    const char *role; /* "Yang menyerahkan" */
    const char *name; /* may be "": a line to write on */
};

struct letter {
    enum lang lang;
    const char *office;  /* name of the unit */
    const char *address; /* may be "" */
    const char *city;    /* before the date of the signatures; may be "" */
    const char *title;   /* "Berita Acara Penghapusan" */
    const char *number;  /* "BA-2026-0001" */
    const char *date;    /* "22 November 2026" */
    const struct letter_fact *facts;
    size_t fact_count;
    const char *text; /* a paragraph before the table; may be "" */
    const struct letter_column *columns;
    size_t column_count;
    const char *const *cells; /* row by row */
    size_t row_count;
    bool total;          /* the last row is a sum */
    const char *closing; /* a paragraph after the table; may be "" */
    const struct letter_signature *signatures;
    size_t signature_count;
    bool demo;
    struct instant made_at; /* 0: the document carries no date of its own */
    struct zone zone;
};

/* Appends the PDF to `out`.  ERR_LIMIT (letter-rows) for more than LETTER_ROWS_MAX rows, or when
 * `out` is full. */
NODISCARD enum err letter_pdf(struct sbuf *out, const struct letter *letter, struct why *why);

/* The same pages before any ink, for those who look at them: A4 in dots of 8 to the millimetre. */
struct letter_pages {
    struct layout *pages; /* owned */
    size_t count;
};
NODISCARD enum err letter_lay(struct letter_pages *out, const struct letter *letter,
                              struct why *why);
void letter_pages_done(struct letter_pages *pages);

#endif
