/* A believable showroom: ninety days of sales made through the acts, from a fixed seed. */
#ifndef POS_DEMO_H
#define POS_DEMO_H

#include <stddef.h>
#include <stdint.h>

#include "attr.h"
#include "ctx.h"
#include "err.h"
#include "when.h"

enum { DEMO_DAYS = 90, DEMO_TILLS = 3, DEMO_USERS_MAX = 12, DEMO_TEXT_MAX = 64 };

struct demo_user {
    const char *login;
    const char *name;
    enum role role;
    char password[DEMO_TEXT_MAX]; /* made anew for each demo */
};

struct demo_options {
    int32_t days;       /* 1 to 400 */
    struct instant now; /* the last sale is before this */
    uint64_t seed;
    const char *products_csv; /* bytes of the catalogue */
    size_t products_n;
};

/* Fills an empty store whose site is cx->site.  cx->clock is replaced while it works, and the ids
 * come from the seed; both are put back.  The users' passwords go to `users`, their number to
 * *count. */
NODISCARD enum err demo_fill(struct demo_user users[DEMO_USERS_MAX], size_t *count, struct ctx *cx,
                             const struct demo_options *options);

#endif
