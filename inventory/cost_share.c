/* Costs that are handed on in parts. */
#include "inventory/cost_share.h"

__extension__ typedef unsigned __int128 wide;

struct rupiah cost_share_down(struct rupiah cost, struct qty rest, struct qty part)
{
    if (part.milli <= 0 || cost.rp <= 0) {
        return RUPIAH(0);
    }
    if (part.milli >= rest.milli) {
        return cost;
    }
    return RUPIAH((int64_t)((wide)cost.rp * (wide)part.milli / (wide)rest.milli));
}

struct rupiah cost_each_down(struct rupiah *left, struct rupiah total, int64_t count)
{
    if (count <= 0) {
        *left = total;
        return RUPIAH(0);
    }
    *left = RUPIAH(total.rp % count);
    return RUPIAH(total.rp / count);
}
