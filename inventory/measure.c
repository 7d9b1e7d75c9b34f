/* Which units of measure divide. */
#include "inventory/measure.h"

#include "attr.h"

bool measure_divides(const char *unit)
{
    static const char *const units[] = {"meter", "m",     "m2", "cm", "kg", "gram",
                                        "g",     "liter", "l",  "ml", "jam"};

    for (size_t i = 0; i < LENGTH(units); i++) {
        if (strcmp(units[i], unit) == 0) {
            return true;
        }
    }
    return false;
}
