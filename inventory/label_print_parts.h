/* What printing and reading of labels share; inside this room only. */
#ifndef INVENTORY_LABEL_PRINT_PARTS_H
#define INVENTORY_LABEL_PRINT_PARTS_H

#include "inventory/label_print.h"

struct label_thing {
    int32_t no;             /* of the piece; 0: a counted lot */
    struct label_code code; /* in force */
    int32_t copies;
    bool sold;
};
struct label_things {
    struct lot lot;
    bool piece;
    struct label_thing *items;
    size_t count;
};
/* What the labels from..from+count-1 of a lot stand for; fewer when there are fewer.  Refuses
 * lot-unknown. */
NODISCARD enum err label_things(struct label_things *out, struct ctx *cx, struct lot_id id,
                                int32_t from, int32_t count);
/* The number of the print that made the last copy. */
NODISCARD enum err label_last_number(const char **out, struct ctx *cx, struct label_code code);
/* The lot's variant (nil: none) and how a label says it. */
NODISCARD enum err label_variant_of(struct variant_id *id, const char **text, struct ctx *cx,
                                    struct lot_id lot);

#endif
