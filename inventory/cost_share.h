/* Costs that are handed on in parts, so that nothing is lost or made by rounding.
 *
 * Whoever takes a part of a quantity takes the same part of what it still costs, rounded down; who
 * takes the rest takes all that is left.  So the parts always add up to the whole. */
#ifndef INVENTORY_COST_SHARE_H
#define INVENTORY_COST_SHARE_H

#include "qty.h"
#include "rupiah.h"

/* The cost of `part` out of `rest`, which costs `cost` as a whole.  All of it when part >= rest. */
struct rupiah cost_share_down(struct rupiah cost, struct qty rest, struct qty part);

/* What one of `count` pieces costs, rounded down; *left is the rupiah that are left over, fewer
 * than `count`: one more each for the first pieces. */
struct rupiah cost_each_down(struct rupiah *left, struct rupiah total, int64_t count);

#endif
