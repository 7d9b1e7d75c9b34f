/* A desk page put together from facts, tables and forms, in the order in which they are added.
 *
 * Pages that need a shape of their own have a template of their own; this is for the many that do
 * not.  All texts are given in the person's language, or as `_()` texts where it is said.
 * Everything lives in the request's arena. */
#ifndef WEB_BOARD_H
#define WEB_BOARD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "attr.h"
#include "pos/web/request.h"
#include "pos/web/tpl.h"
#include "pos/web/url.h"

enum {
    BOARD_PARTS_MAX = 24,
    BOARD_CELLS_MAX = 8,
    BOARD_ROWS_MAX = 600,
    BOARD_FACTS_MAX = 24,
    BOARD_INPUTS_MAX = 40,
};

struct board;
struct board_table;
struct board_form;
struct board_input;

extern const struct tpl_field board_fields[];

/* `title` is the heading, and the page's title. */
struct board *board_new(struct request *rq, const char *title);
/* The way here: `label` is a `_()` text. */
void board_crumb(struct board *b, const char *label, struct url url);
/* A button beside the heading; `label` is a `_()` text. */
void board_action(struct board *b, const char *label, struct url url, bool main);
/* A band: tone "ok", "warn", "bad" or "info". */
void board_say(struct board *b, const char *tone, const char *text);
/* A picture with its text. */
void board_picture(struct board *b, struct url url, const char *text);

/* Pairs of a name (`_()` text) and what it is; they go to the part of facts that was added last. */
void board_facts(struct board *b, const char *title); /* `_()` text, or NULL */
void board_fact(struct board *b, const char *label, const char *text);
void board_fact_url(struct board *b, const char *label, const char *text, struct url url);

/* `heads` are `_()` texts, ended by NULL.  `empty` (`_()`) is said when no row comes. */
struct board_table *board_table(struct board *b, const char *title, const char *const heads[],
                                const char *empty);
/* Columns of numbers, by their places from 0: "25" for the third and the sixth.  Before any cell.
 */
void board_right(struct board_table *t, const char *places);
/* Cells fill rows from left to right.  The first of a row is its heading. */
void board_cell(struct board_table *t, const char *text);
void board_cell_url(struct board_table *t, const char *text, struct url url);
void board_cell_badge(struct board_table *t, const char *tone, const char *text);
/* More rows than a page shows were left off: says so. */
void board_cut(struct board_table *t, bool cut);

/* A form that is posted to `action`; title and submit are `_()` texts.  Token, key and what was
 * typed stand in it by themselves. */
struct board_form *board_form(struct board *b, const char *title, struct url action,
                              const char *submit);
enum board_kind {
    BOARD_LINE,
    BOARD_NUMBER, /* digits; a till's keyboard on phones */
    BOARD_AREA,   /* several lines */
    BOARD_DAY,
    BOARD_CHOICE,
    BOARD_CHECK,
    BOARD_FILE, /* the form becomes an upload */
    BOARD_HIDDEN,
};
/* `name` as in the route's input table; `label` and `hint` (may be NULL) are `_()` texts; `first`
 * is what stands in it on the first showing. */
struct board_input *board_input(struct board_form *f, enum board_kind kind, const char *name,
                                const char *label, const char *first);
/* What stands in it when nothing was typed; for values that are known later than the field. */
void board_first(struct board_input *i, const char *first);
void board_hint(struct board_input *i, const char *hint);
void board_need(struct board_input *i);
void board_short(struct board_input *i); /* a narrow field */
/* A choice of BOARD_CHOICE; `label` is in the person's language. */
void board_option(struct board_input *i, const char *value, const char *label);
/* A second button that posts the same form with name=value; `label` is a `_()` text. */
void board_submit_also(struct board_form *f, const char *name, const char *value,
                       const char *label);

/* Answers with the page. */
void board_show(struct board *b);

#endif
