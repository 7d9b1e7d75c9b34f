/* Every fact table of the program, parents first, and what opening its store needs. */
#ifndef POS_FACTS_H
#define POS_FACTS_H

#include "inventory/fact.h"

extern const struct fact_tables program_facts;

/* All statements, migrations and fact tables; `where` (a path or an address) is borrowed. */
struct store_options program_store(const char *where, enum store_profile profile);

#endif
