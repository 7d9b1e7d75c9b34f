/* The bars of the last thirty days: PNBP a day, drawn as rectangles, with the same figures as a
 * table. */
#ifndef WEB_PNBP_CHART_H
#define WEB_PNBP_CHART_H

#include "attr.h"
#include "pos/web/request.h"
#include "pos/web/tpl.h"
#include "when.h"

enum { CHART_DAYS = 30 };

struct pnbp_chart {
    struct tpl_list bars;
    struct tpl_list days; /* those with sales, newest first */
    bool any;
    const char *from, *to;
    struct day to_day;
    struct rupiah highest;
    const char *highest_day;
    struct rupiah sum;
};
extern const struct tpl_field pnbp_chart_fields[];

/* The thirty days that end with `to`. */
NODISCARD enum err pnbp_chart(struct pnbp_chart *out, struct request *rq, struct day to);

#endif
