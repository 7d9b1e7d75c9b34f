/* Every page: its template, its view's table, and what its frame needs. */
#ifndef WEB_PAGES_H
#define WEB_PAGES_H

#include <stdbool.h>
#include <stddef.h>

#include "pos/web/tpl.h"

/* In the order of `pages` (pages.c). */
enum page {
    PAGE_FRAME, /* stands around the others */
    PAGE_ERROR, /* a refusal: what, why, what next */
    PAGE_LOGIN,
    PAGE_FIRST_ADMIN,
    PAGE_TILL,
    PAGE_TILL_CHOICE,
    PAGE_PAY,
    PAGE_DONE,
    PAGE_RECEIPTS,
    PAGE_RECEIPT,
    PAGE_RECEIPT_PUBLIC,
    PAGE_GOODS,
    PAGE_ITEM,
    PAGE_ITEM_FORM,
    PAGE_PRICE_FORM,
    PAGE_IMPORT,
    PAGE_STOCK,
    PAGE_RECEIVE,
    PAGE_LOTS,
    PAGE_LOT,
    PAGE_LABEL,
    PAGE_LABEL_LIST,
    PAGE_LABEL_JOB,
    PAGE_LABEL_PRINTER,
    PAGE_LABEL_TRY,
    PAGE_PUBLIC,
    PAGE_PUBLIC_UNKNOWN,
    PAGE_PNBP,
    PAGE_SETTINGS,
    PAGE_USERS,
    PAGE_USER,
    PAGE_TOKENS,
    PAGE_HELP,
    PAGE_BOARD, /* put together from facts, tables and forms: board.h */
    PAGE_PHONE_HOME,
    PAGE_PHONE_SCAN,
    PAGE_PHONE_COUNT,
    PAGE_PHONE_RECEIVE,
    PAGE_MAKERS,
    PAGE_MAKER,
    PAGE_MAKER_FILE,
    PAGE_PRICES,
    PAGE_PRICE,
    PAGE_COST,
    PAGE_OVERRIDE,
    PAGE_PHOTOS,
    PAGE_STORY,
    PAGE_TRACE,
    PAGE_REPORTS,
    PAGE_SELLS,
    PAGE_COUNT
};

struct page_about {
    struct tpl_page tpl;    /* "till.html" and its fields */
    const char *title;      /* `_()` text; rq->title goes before it */
    const char *css_class;  /* of body: "page-till" */
    bool bare;              /* without the bar of areas: public and phone pages */
    const char *style;      /* a further style sheet under static/; NULL: app.css alone */
    const char *scripts[4]; /* names under static/, deferred; ended by NULL */
};

extern const struct page_about pages[PAGE_COUNT];

#endif
