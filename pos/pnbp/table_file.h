/* A reviewed data file: CSV with a fixed heading, read row by row, an error names file and line. */
#ifndef PNBP_TABLE_FILE_H
#define PNBP_TABLE_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "attr.h"
#include "err.h"
#include "when.h"

struct table_file {
    const char *name;
    const char *const *columns;
    size_t column_count;
    bool (*row)(void *arg, const char *const fields[]); /* false: the row is wrong */
    void *arg;
};

NODISCARD enum err table_file_read(const struct table_file *file, const char *bytes, size_t n,
                                   struct why *why);

/* 0..most, digits only. */
NODISCARD bool table_int(int32_t *out, const char *text, int32_t most);
/* Not empty, and fits. */
NODISCARD bool table_text(char *out, size_t room, const char *text);
/* Empty: *given is false. */
NODISCARD bool table_day_optional(struct day *out, bool *given, const char *text);

#endif
