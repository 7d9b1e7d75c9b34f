/* Handlers and input tables of the stock's papers, for routes.c; and what they share. */
#ifndef WEB_STOCK_PAGES_H
#define WEB_STOCK_PAGES_H

#include "inventory/stock_case.h"
#include "inventory/stock_take.h"
#include "pos/web/board.h"
#include "pos/web/form.h"
#include "pos/web/request.h"

/* ---- shared ---- */

enum { TAKES_TEXT_MAX = 8000 };

/* One thing a line: a code, and for a counted lot how much of it: "A7K2M9QXP4", "B5P8... 40",
 * "40*B5P8...".  Lives in the arena; what is no code is refused by the act, with its text. */
void takes_read(struct take **out, size_t *count, struct request *rq, const char *text);
/* The choice of our own places; `first` is chosen at first. */
NODISCARD enum err places_input(struct board_form *f, struct request *rq, const char *name,
                                const char *label, enum place_kind first);
struct place_id place_given(struct request *rq, const char *name);
/* "3 potong", "2,5 meter". */
const char *taken_qty(struct request *rq, const struct taken *t);
const char *taken_code(struct request *rq, const struct taken *t);
/* "Rp160.000", or that it is not known. */
const char *cost_text(struct request *rq, bool known, struct rupiah cost);
/* A number from the path. */
const char *number_of(struct request *rq);
/* Names the fields as the pages call them. */
NODISCARD enum err stock_refused(struct request *rq, enum err e);

/* Cases as a table; `title` is a `_()` text. */
void cases_table(struct board *b, struct request *rq, const char *title,
                 const struct stock_case_list *list);
/* What was decided, or that nothing was. */
const char *case_text(struct request *rq, const struct stock_case *c);

/* The card of a place, and what kinds are called. */
struct url place_url(struct request *rq, enum place_kind kind, const char *code);
const char *place_kind_text(const struct request *rq, enum place_kind kind);

/* page_place.c: /stok/tempat */
extern const struct input place_inputs[], place_new_inputs[];
enum err place_page(struct request *rq);
enum err place_new_form(struct request *rq);
enum err place_new(struct request *rq);

/* page_transfer.c: /kirim */
extern const struct input transfer_inputs[], transfer_receive_inputs[];
enum err transfers_page(struct request *rq);
enum err transfer_form(struct request *rq);
enum err transfer_make(struct request *rq);
enum err transfer_page(struct request *rq);
enum err transfer_got(struct request *rq);
enum err transfer_paper(struct request *rq);

/* page_count.c: /hitung */
extern const struct input count_start_inputs[], count_add_inputs[], count_finish_inputs[];
enum err counts_page(struct request *rq);
enum err count_begin(struct request *rq);
enum err count_page(struct request *rq);
enum err count_more(struct request *rq);
enum err count_end(struct request *rq);
enum err count_paper(struct request *rq);

/* page_case.c: /kasus */
extern const struct input case_inputs[];
enum err cases_page(struct request *rq);
enum err case_page(struct request *rq);
enum err case_decide(struct request *rq);

/* page_write_off.c: /hapus */
extern const struct input write_off_inputs[], write_off_asked[], write_off_decide_inputs[];
enum err write_offs_page(struct request *rq);
enum err write_off_form(struct request *rq);
enum err write_off_make(struct request *rq);
enum err write_off_page(struct request *rq);
enum err write_off_decided(struct request *rq);
enum err write_off_paper(struct request *rq);

#endif
