/* Help: one short page, with what the person's role does. */
#include "pos/web/desk.h"
#include "pos/web/desk_pages.h"
#include "pos/web/respond.h"

struct help_view {
    const char *role;
    bool cashier, workshop, treasurer, supervisor, auditor, admin, partner;
};

const struct tpl_field help_fields[] = {
    TPL_FIELD(help_view, role),
    TPL_FIELD(help_view, cashier),
    TPL_FIELD(help_view, workshop),
    TPL_FIELD(help_view, treasurer),
    TPL_FIELD(help_view, supervisor),
    TPL_FIELD(help_view, auditor),
    TPL_FIELD(help_view, admin),
    TPL_FIELD(help_view, partner),
    TPL_FIELD_END,
};

enum err help_page(struct request *rq)
{
    const struct help_view view = {
        .role = desk_role(rq, rq->cx.role),
        .cashier = desk_may(rq, ROLE_CASHIER | ROLE_SUPERVISOR),
        .workshop = desk_may(rq, DESK_MAKERS),
        .treasurer = desk_may(rq, ROLE_TREASURER | ROLE_SUPERVISOR | ROLE_ADMIN),
        .supervisor = desk_may(rq, ROLE_SUPERVISOR),
        .auditor = desk_may(rq, ROLE_AUDITOR),
        .admin = desk_may(rq, ROLE_ADMIN),
        .partner = desk_may(rq, ROLE_PARTNER),
    };

    respond_page(rq, 0, PAGE_HELP, &view);
    return OK;
}
