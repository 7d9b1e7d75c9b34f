/* Statement texts as the server wants them: `:name` and `?1` become `$1`. */
#ifndef POSTGRES_SQL_H
#define POSTGRES_SQL_H

#include <stddef.h>

#include "attr.h"
#include "err.h"
#include "inventory/base/sbuf.h"

enum { SQL_PARAMS_MAX = 64, SQL_PARAM_NAME_MAX = 48 };

/* Parameters in the order of their numbers, from $1 on. */
struct sql_params {
    int count;
    char names[SQL_PARAMS_MAX][SQL_PARAM_NAME_MAX]; /* with the colon; empty: it was a `?1` */
};

/* Adds the translation to `out`.  Quotes, comments, casts (`::`), `:=` and slices (`[1:2]`) are
 * left as they are.  ERR_LIMIT: too many parameters, or a name too long; ERR_IO: a quote or comment
 * has no end, or there is nothing but blanks and comments. */
NODISCARD enum err sql_translate(struct sbuf *out, struct sql_params *params, const char *sql,
                                 size_t n);

#endif
