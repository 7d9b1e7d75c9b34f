/* The areas of the program and the pages of each: what stands in the top bar and under it. */
#ifndef WEB_AREAS_H
#define WEB_AREAS_H

#include <stdbool.h>

#include "pos/web/request.h"
#include "pos/web/tpl.h"

/* Lists of struct frame_area, in the request's arena.  What this person may not see is not there.
 */
struct areas_shown {
    struct tpl_list first; /* at most six: what fits beside each other */
    struct tpl_list more;  /* the others */
    bool more_current;
    struct tpl_list tabs; /* of the area that is open; empty when it has one page only */
};
struct areas_shown areas_fill(struct request *rq);

/* Whether this person may look at an address at all, as the route table says. */
bool areas_may_see(const struct request *rq, const char *path);

#endif
