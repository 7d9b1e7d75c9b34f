/* What the two files of a work order's page share. */
#ifndef WEB_WORK_PARTS_H
#define WEB_WORK_PARTS_H

#include "inventory/work.h"
#include "pos/web/board.h"

struct url work_url(struct request *rq, const char *number);
/* The forms of what can be done now, the next step first. */
NODISCARD enum err work_steps(struct board *b, struct request *rq, const struct work_order *w);
/* "Rp160.217, 9 potong pertama Rp1 lebih": what one costs, with nothing lost. */
const char *each_text(struct request *rq, const struct work_order *w, const struct work_checked *c);

#endif
