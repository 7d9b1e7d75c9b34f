/* The open cart inside an act: its marks, its lines, what was done to it. */
#ifndef POS_CART_STATE_H
#define POS_CART_STATE_H

#include "pos/cart.h"
#include "pos/item.h"

struct cart_head {
    struct cart_id id;
    struct idem_id key;
    struct instant opened;
    int32_t newest;     /* line touched last, 0: none */
    int32_t last_event; /* of the facts */
};

/* ERR_NOT_FOUND: none is open for cx->actor and cx->till. */
NODISCARD enum err cart_head_now(struct cart_head *out, struct ctx *cx);
/* A new cart, and the fact that it was opened. */
NODISCARD enum err cart_head_open(struct cart_head *out, struct ctx *cx);
NODISCARD enum err cart_head_keep(struct ctx *cx, const struct cart_head *h);
NODISCARD enum err cart_read(struct cart *out, struct ctx *cx, const struct cart_head *h);

/* Sets a line's quantity (0 takes it out), remembers how it was, makes it the newest, and writes
 * the fact when something left the cart.  undo false: this is itself the undoing. */
NODISCARD enum err cart_line_write(struct cart_head *h, struct ctx *cx, int32_t line,
                                   struct qty qty, bool undo);
NODISCARD enum err cart_event_put(struct cart_head *h, struct ctx *cx,
                                  const struct cart_event_row *event);
/* Puts the item on a line, or makes its line grow; *line says which, *qty how much it is now. */
NODISCARD enum err cart_put_item(struct cart_head *h, struct ctx *cx, const struct item *item,
                                 int32_t *line, struct qty *qty);
/* The line's quantity becomes qty, if the goods allow it. */
NODISCARD enum err cart_set_qty(struct cart_head *h, struct ctx *cx, int32_t line, struct qty qty);

#endif
