/* The store that a showroom is built into anew: by `rebuild` from the journal alone, by `copy` with
 * everything. */
#ifndef COMMAND_TARGET_H
#define COMMAND_TARGET_H

#include <stdbool.h>

#include "attr.h"
#include "err.h"
#include "inventory/store/store.h"
#include "pos/command/shop.h"

struct target {
    struct store *store; /* owned */
    struct ctx cx;       /* of the shop that is built from, with this store's connection */
};

/* Opens (and makes) the store at `where`.  Refuses one that holds a showroom or other journals,
 * and, unless `begun`, one that holds a beginning of this journal.  target_close() is harmless
 * after a refusal. */
NODISCARD enum err target_open(struct target *target, const struct shop *from, const char *where,
                               bool begun, struct why *why);
/* Every line of the shop's journal, or those that are missing, with its facts and caches; the shop
 * is in a read transaction.  Then the disk has it all.  Tells standard error how far it is. */
NODISCARD enum err target_fill(struct target *target, struct shop *from, struct why *why);
void target_close(struct target *target);

#endif
