/* What stands around every page: templates/frame.html and its view. */
#ifndef WEB_FRAME_H
#define WEB_FRAME_H

#include <stdbool.h>

#include "pos/web/tpl.h"
#include "pos/web/url.h"

/* One area of the top bar, or one tab of the area that is open; always in the same order. */
struct frame_area {
    const char *label; /* in the person's language */
    struct url url;
    bool current;
};

/* A word of state at the right of the bar: "Printer siap", "2 belum terkirim". */
struct frame_state {
    const char *text;
    const char *tone; /* "", "ok", "warn" or "bad": the class badge--<tone> */
};

/* A deferred script of this page, from static/. */
struct frame_script {
    struct url src;
};

struct frame_view {
    const char *lang;        /* "id" or "en" */
    const char *other_lang;  /* the one the switch goes to */
    const char *other_name;  /* "English" or "Bahasa Indonesia", in that language */
    const char *title;       /* of the page, without the program's name */
    const char *page_class;  /* class of body: "page-till", "page-public" ...; may be empty */
    const char *csrf;        /* token of the session's forms */
    const char *unit;        /* name of the showroom; empty: "Etalase" alone */
    const char *till;        /* "Kasir 1"; empty away from a till */
    const char *shift;       /* "Shift 1, 22 November 2026"; empty when none is open */
    const char *person;      /* who is signed in; empty: nobody, no bar of areas, no sign-out */
    const char *status;      /* one sentence about what was just done; empty: none */
    const char *status_tone; /* "", "ok", "warn" or "bad": the class status--<tone> */
    bool demo;               /* DEMO band over every page */
    bool wrong;              /* the page has an error summary: the title begins with "Kesalahan" */
    bool bare;               /* public and phone pages: a narrow head without areas */
    struct url home;         /* where the name of the shop goes */
    struct url here;         /* where the language switch comes back to */
    struct url help;         /* Bantuan: the same place on every page */
    struct tpl_list areas;   /* struct frame_area: the first of the role, at most six */
    struct tpl_list more_areas; /* struct frame_area: the others, under "Lainnya" */
    bool more_current;          /* the open area is among them */
    struct tpl_list tabs;       /* struct frame_area: the pages of the open area; empty: one page */
    struct tpl_list states;     /* struct frame_state */
    struct tpl_list scripts;    /* struct frame_script */
    struct url style;           /* of this page alone, beside app.css */
};

extern const struct tpl_field frame_fields[];

#endif
