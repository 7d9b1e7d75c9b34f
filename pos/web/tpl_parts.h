/* What a compiled template is made of; only the tpl_*.c files include this. */
#ifndef WEB_TPL_PARTS_H
#define WEB_TPL_PARTS_H

#include <stdbool.h>
#include <stddef.h>

#include "pos/web/tpl.h"

enum { TPL_SCOPES_MAX = 8 };

enum tpl_code {
    CODE_LITERAL, /* at, n: bytes of the template's literals */
    CODE_HTML,    /* the field, escaped for text and values */
    CODE_PERCENT, /* the field, percent-encoded */
    CODE_LIST,    /* once for each item; jump is past its CODE_NEXT */
    CODE_NEXT,
    CODE_IF,     /* jump when the field is empty */
    CODE_UNLESS, /* jump when it is not */
    CODE_BODY,   /* the page, in a frame */
};

struct tpl_op {
    enum tpl_code code;
    enum tpl_kind kind;
    size_t at;    /* CODE_LITERAL: where; otherwise the field's offset in its struct */
    size_t n;     /* CODE_LITERAL: how many; CODE_LIST: bytes of one item */
    size_t scope; /* which struct: 0 the view, then one for each list around */
    size_t inner; /* CODE_LIST: which struct its items are */
    size_t jump;
};

struct tpl {
    struct tpl_op *ops; /* owned */
    size_t count, room;
    struct sbuf literals;
};

/* Text for HTML text and double-quoted values. */
void tpl_escape(struct sbuf *out, const char *text);

/* Finds the "}}" of the hole that begins at `hole` ("{{", of `left` bytes): what stands between is
 * [hole + 2, hole + *end).  False when it is not closed, or holds a brace. */
NODISCARD bool tpl_hole_end(size_t *end, const char *hole, size_t left);

/* The text of {{_ ..}} up to the first '|', blanks folded, appended to out.  Where the fields
 * begin (after the first '|'), or n. */
size_t tpl_hole_text(struct sbuf *out, const char *bytes, size_t n);

#endif
