/* The machine interface: handlers of /api/v1, as docs/openapi.yaml promises. */
#ifndef WEB_API_H
#define WEB_API_H

#include "inventory/base/json.h"
#include "pos/sale.h"
#include "pos/web/request.h"

enum err api_items_get(struct request *rq);
enum err api_stock_get(struct request *rq);
enum err api_sales_post(struct request *rq);
enum err api_sales_get(struct request *rq);
enum err api_export_journal(struct request *rq);
enum err api_export_sales(struct request *rq);
enum err api_export_stock(struct request *rq);
enum err api_export_ledger(struct request *rq);

extern const struct input api_stock_fields[];

/* Everybody of the unit, but not its partners. */
enum { API_SALE_READERS = ROUTE_ANY_USER & ~ROLE_PARTNER };

/* The sale as JSON, the same bytes each time; given to the caller. */
struct json *api_sale_json(const struct sale *sale, struct zone zone);

#endif
