/* A showroom opened for a command: place, store, site, and a context to act in. */
#ifndef COMMAND_SHOP_H
#define COMMAND_SHOP_H

#include <stdbool.h>

#include "attr.h"
#include "ctx.h"
#include "err.h"
#include "inventory/store/store.h"
#include "pos/command/args.h"
#include "pos/moved.h"

enum { SHOP_PATH_MAX = 4096 };

struct shop {
    const struct place *place; /* borrowed */
    char file[SHOP_PATH_MAX];  /* FOLDER/etalase.db; empty for shared data */
    struct store *store;       /* owned */
    struct clock clock;
    struct site site;
    bool has_site;       /* site_init was done */
    struct moved moved;  /* whether the showroom lives elsewhere by now */
    struct arena *arena; /* owned */
    struct ctx cx;       /* role ROLE_ADMIN, actor "system"; cx.db is NULL */
};

/* Opens the store (of a file: makes it and its folder), and loads the site when there is one.
 * ERR_* with a sentence in *why.  shop_close() is harmless after a refusal. */
NODISCARD enum err shop_open(struct shop *shop, const struct place *place,
                             enum store_profile profile, struct why *why);
void shop_close(struct shop *shop);

/* The same, but refuses a store in which `etalase init` was not done. */
NODISCARD enum err shop_open_site(struct shop *shop, const struct place *place, struct why *why);
/* Refuses a showroom that moved: what is written here would be missing there. */
NODISCARD enum err shop_not_moved(const struct shop *shop, struct why *why);
/* What store_open() is given for a place: its address, or the path of the file, written to `file`,
 * in its folder, which `make` makes. */
NODISCARD enum err place_where(const char **out, char file[SHOP_PATH_MAX],
                               const struct place *place, bool make, struct why *why);
/* Makes the folder; "there already" is fine. */
NODISCARD enum err folder_make(const char *folder, struct why *why);

/* shop->cx.db for the time of a command. */
void shop_take(struct shop *shop);
void shop_give(struct shop *shop);

/* The system's words for errno; commands use it before threads start or after they ended. */
const char *system_says(void);
/* "etalase: SENTENCE" on stderr; gives exit status 1. */
int say_refusal(const struct why *why);
/* Closes the shop, and gives the exit status after a sentence when `e` is a refusal. */
int shop_finish(struct shop *shop, enum err e, const struct why *why);
/* "etalase: SENTENCE" on stderr; gives exit status 2. */
int say_usage(const char *format, ...) PRINTF_LIKE(1, 2);

#endif
