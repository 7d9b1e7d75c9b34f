/* What the pages of prices and of cost sheets share. */
#ifndef WEB_PRICE_PARTS_H
#define WEB_PRICE_PARTS_H

#include <stdbool.h>
#include <stdint.h>

#include "inventory/price_proposal.h"
#include "pos/web/request.h"
#include "pos/web/tpl.h"

enum { REASON_MAX = 200 };

/* A proposal as a line of a list. */
struct proposal_line {
    struct url url, item;
    const char *number;
    const char *sku;
    const char *name;
    const char *unit;
    const char *variant;
    struct rupiah price;
    bool cost_known;
    struct rupiah cost;
    const char *basis;
    const char *from; /* "": from the approval */
    const char *proposer;
    const char *at;
    bool waits, approved, refused;
    const char *decider;
    const char *decided_at;
    const char *reason;
};
extern const struct tpl_field proposal_line_fields[];
struct proposal_line proposal_line(struct request *rq, const struct proposal *p);
struct tpl_list proposal_lines(struct request *rq, const struct proposal_list *list);
struct url proposal_url(struct request *rq, const char *number);

/* A cost sheet as a table (sheet.html). */
struct sheet_view {
    int32_t version;
    struct rupiah material, overhead, total;
    const char *note;
    const char *author;
    const char *at;
    struct tpl_list lines;
};
extern const struct tpl_field sheet_view_fields[];
struct sheet_view sheet_view(struct request *rq, const struct cost_sheet *s);

#endif
