/* The one place that writes a journal line; for fact.c and rebuild.c only. */
#ifndef JOURNAL_ROW_H
#define JOURNAL_ROW_H

#include "inventory/journal.h"

NODISCARD enum err journal_row_put(struct db *db, const struct journal_line *line);

#endif
