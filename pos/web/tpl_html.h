/* Follows the HTML of a template character by character, so that the compiler knows where a field
 * stands.  What it cannot follow it refuses: that is shorter than following everything, and safe.
 *
 * Functions that return `const char *` return NULL, or the complaint for the developer. */
#ifndef WEB_TPL_HTML_H
#define WEB_TPL_HTML_H

#include <stdbool.h>
#include <stddef.h>

#include "pos/web/tpl.h"

enum { HTML_NAME_MAX = 32, HTML_DEPTH_MAX = 64 };

enum html_place {
    HTML_TEXT,      /* between tags */
    HTML_OPENING,   /* after '<' */
    HTML_DOCTYPE,   /* after "<!" */
    HTML_TAG_NAME,  /* in "<name" */
    HTML_END_NAME,  /* in "</name" */
    HTML_BLANK,     /* in a tag, after a blank: an attribute may begin */
    HTML_ATTR_NAME, /* in an attribute's name */
    HTML_EQUALS,    /* after '=': the quote must come */
    HTML_VALUE,     /* between double quotes */
    HTML_ATTR_DONE, /* after the quote or a section: blank, '/' or '>' must come */
    HTML_SLASH,     /* after '/': '>' must come */
};

enum html_attr {
    HTML_ATTR_OTHER,  /* no field may stand in it */
    HTML_ATTR_PLAIN,  /* on the short list */
    HTML_ATTR_NUMBER, /* whole numbers only: geometry */
    HTML_ATTR_LINK,
    HTML_ATTR_REFUSED,
};

/* How far a link has been followed. */
enum html_link {
    LINK_START,   /* nothing yet */
    LINK_SLASH,   /* one '/': a second one would leave this host */
    LINK_SCHEME,  /* in "https://" */
    LINK_OUTSIDE, /* after "https://": written text only */
    LINK_URL,     /* after a struct url: it may be "/" alone, so no '/' may follow */
    LINK_INSIDE,  /* certainly ours: percent-encoded fields may follow */
};

enum html_escape { ESCAPE_HTML, ESCAPE_PERCENT };

struct html {
    enum html_place place;
    char element[HTML_NAME_MAX]; /* of the tag being read */
    char attr[HTML_NAME_MAX];
    size_t name_len;
    enum html_attr attr_kind;
    enum html_link link;
    size_t scheme_len;
    bool reference; /* inside "&...", where a field would change what is read */
    bool self_closed;
    size_t tags, attrs;  /* how many began, to tell whether two places are in the same one */
    size_t depth, floor; /* elements open now; and when the innermost section began */
    char open[HTML_DEPTH_MAX][HTML_NAME_MAX];
};

/* Where a section or an included file began. */
struct html_mark {
    enum html_place place;
    enum html_link link;
    size_t tags, attrs, depth, floor;
};

void html_begin(struct html *h);
NODISCARD const char *html_step(struct html *h, char c);
/* A field of that kind stands here. */
NODISCARD const char *html_field(struct html *h, enum tpl_kind kind, enum html_escape *how);
/* A static file's address stands here. */
NODISCARD const char *html_asset(struct html *h);
/* Translated text without fields stands here. */
NODISCARD const char *html_words(const struct html *h);
/* The frame's body or an included file stands here. */
NODISCARD const char *html_inclusion(const struct html *h);
NODISCARD const char *html_section(struct html *h, bool list, struct html_mark *mark);
NODISCARD const char *html_section_end(struct html *h, const struct html_mark *mark);
NODISCARD const char *html_end(const struct html *h);
/* Blanks may be folded to one here. */
bool html_folds(const struct html *h);

/* ---- shared by the files of the follower ---- */

bool html_is_void(const char *element);
bool html_is_refused(const char *element);
enum html_attr html_attr_kind(const char *name);  /* lower case */
const char *html_innermost(const struct html *h); /* element, or "" */
bool html_inside(const struct html *h, const char *element);
/* title and textarea hold text only: a tag in them would be shown, not followed. */
bool html_in_text_only(const struct html *h);
bool html_in_script(const struct html *h);

#endif
