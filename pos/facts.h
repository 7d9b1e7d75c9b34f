/* Every fact table of the program, parents first. */
#ifndef POS_FACTS_H
#define POS_FACTS_H

#include "inventory/fact.h"

extern const struct fact_tables program_facts;

#endif
