/* What the files of the work orders share; inside this room only. */
#ifndef INVENTORY_WORK_PARTS_H
#define INVENTORY_WORK_PARTS_H

#include "inventory/work.h"

#define WORK_STATE(state) (1U << (state))

/* Whole pieces, and no more than one act takes: qty-fraction, qty-limit. */
NODISCARD enum err work_qty_check(struct ctx *cx, const char *name, const char *unit,
                                  enum tracking tracking, struct qty qty);

/* Good and reject of the checks that are finished, and of those that wait. */
int64_t work_finished_milli(const struct work_order *w);
int64_t work_waiting_milli(const struct work_order *w);

#endif
