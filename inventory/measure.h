/* Units of measure: which may be sold and received in parts. */
#ifndef INVENTORY_MEASURE_H
#define INVENTORY_MEASURE_H

#include <stdbool.h>

/* true for metres, kilograms, litres and their fellows; a key ring is sold whole. */
bool measure_divides(const char *unit);

#endif
