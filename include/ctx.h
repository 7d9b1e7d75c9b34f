/* What an act needs: a connection, a clock, memory, who is asking and where, and room for the
 * sentence when it is refused.  One per request; never shared between threads. */
#ifndef CTX_H
#define CTX_H

#include <stdbool.h>
#include <stddef.h>

#include "attr.h"
#include "err.h"
#include "ids.h"
#include "lang.h"
#include "role.h"
#include "when.h"

struct act;
struct arena;
struct ctx;
struct db;

enum { SITE_CODE_MAX = 17, SITE_EPOCH_MAX = 5, ACTOR_MAX = 33, TILL_MAX = 9 };

/* The stream this store writes.  `code` is the satker or UPT code, `epoch` the series letter that a
 * restore advances (A, B, C ...). */
struct site {
    char code[SITE_CODE_MAX];
    char epoch[SITE_EPOCH_MAX];
    struct zone zone;
};

/* What a request keeps together with the first act it commits, in the same transaction: its key, so
 * that the request sent again is known. */
struct act_mark {
    enum err (*keep)(struct ctx *cx, void *arg); /* refuses when the key is there already */
    void *arg;
    bool kept; /* by act_run: committed */
};

struct ctx {
    struct db *db;             /* borrowed; held by this thread */
    const struct clock *clock; /* borrowed */
    struct arena *arena;       /* borrowed; results of reads live here until the request ends */
    const struct site *site;   /* borrowed */
    enum lang lang;
    enum role role;
    char actor[ACTOR_MAX]; /* login name that the journal keeps; "system" for the program itself */
    char till[TILL_MAX];   /* "1", "2" ...; empty away from a till */
    struct act *act;       /* the act being written, NULL outside act_run() */
    struct act_mark *mark; /* borrowed; NULL: nothing is kept with it */
    bool reads_only;       /* of a GET: act_run and local_run refuse */
    int64_t last_seq;      /* journal line of the last act committed with this ctx; 0: none */
    struct why why;
};

/* Writes the sentence (format is a `_()` text, translated here to cx->lang) and returns `e`.
 * `slug` is stable and names the refusal for machines.  Defined in inventory/base/refuse.c. */
enum err refuse(struct ctx *cx, enum err e, const char *slug, const char *format, ...)
    PRINTF_LIKE(4, 5);

/* The same, and names the input field it speaks of. */
enum err refuse_field(struct ctx *cx, enum err e, const char *slug, const char *field,
                      const char *format, ...) PRINTF_LIKE(5, 6);

#endif
