/* A showroom opened for a command: folder, store, site, and a context to act in. */
#ifndef COMMAND_SHOP_H
#define COMMAND_SHOP_H

#include <stdbool.h>

#include "attr.h"
#include "ctx.h"
#include "err.h"
#include "inventory/store/store.h"

enum { SHOP_PATH_MAX = 4096 };

struct shop {
    char folder[SHOP_PATH_MAX];
    char file[SHOP_PATH_MAX]; /* FOLDER/etalase.db */
    struct store *store;      /* owned */
    struct clock clock;
    struct site site;
    bool has_site;       /* site_init was done */
    struct arena *arena; /* owned */
    struct ctx cx;       /* role ROLE_ADMIN, actor "system"; cx.db is NULL */
};

/* Opens (and makes) the folder and the file, and loads the site when there is one.  ERR_* with a
 * sentence in *why.  shop_close() is harmless after a refusal. */
NODISCARD enum err shop_open(struct shop *shop, const char *folder, enum store_profile profile,
                             struct why *why);
void shop_close(struct shop *shop);

/* The same, but refuses a store in which `etalase init` was not done. */
NODISCARD enum err shop_open_site(struct shop *shop, const char *folder, struct why *why);

/* shop->cx.db for the time of a command. */
void shop_take(struct shop *shop);
void shop_give(struct shop *shop);

/* The system's words for errno; commands use it before threads start or after they ended. */
const char *system_says(void);
/* "etalase: SENTENCE" on stderr; gives exit status 1. */
int say_refusal(const struct why *why);
/* "etalase: SENTENCE" on stderr; gives exit status 2. */
int say_usage(const char *format, ...) PRINTF_LIKE(1, 2);

#endif
