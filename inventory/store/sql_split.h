/* Named statements: a .sql file is cut at its `-- name: x` lines. */
#ifndef SQL_SPLIT_H
#define SQL_SPLIT_H

#include <stddef.h>

#include "attr.h"
#include "embedded.h"
#include "err.h"

struct sql_piece {
    const char *sql; /* borrowed from the file's bytes; not NUL-terminated */
    size_t n;
};

/* Finds every statement of names[] in the files.  ERR_CORRUPT when one is missing, stands twice, or
 * a file has one that is not in names[]; why says which.  pieces has `count` rows, by name. */
NODISCARD enum err sql_split(struct sql_piece pieces[], const char *const names[], size_t count,
                             const struct embedded files[], size_t file_count, struct why *why);
/* The same, but statements may be missing: their pieces have no sql. */
NODISCARD enum err sql_split_some(struct sql_piece pieces[], const char *const names[],
                                  size_t count, const struct embedded files[], size_t file_count,
                                  struct why *why);

#endif
