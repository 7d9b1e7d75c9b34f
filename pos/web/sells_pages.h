/* Handlers, input and view tables of /laporan, for routes.c and pages.c. */
#ifndef WEB_SELLS_PAGES_H
#define WEB_SELLS_PAGES_H

#include "pos/web/form.h"
#include "pos/web/request.h"
#include "pos/web/tpl.h"

/* page_sells.c: /laporan, /laporan/laku and its files */
extern const struct input sells_inputs[], sells_file_inputs[];
extern const struct tpl_field reports_fields[], sells_fields[];
enum err reports_page(struct request *rq);
enum err sells_page(struct request *rq);
/* page_sells_file.c */
enum err sells_csv(struct request *rq);
enum err sells_xlsx(struct request *rq);
enum err sells_pdf(struct request *rq);

/* ---- shared ---- */

struct sells;
struct sells_ask;
/* What was asked for: the last ninety days by workshop when nothing was.  ERR_INVALID: the end is
 * before the beginning. */
NODISCARD enum err sells_asked(struct sells_ask *out, struct request *rq);
/* All slices, giving the connection back between them.  *out is the caller's, to free. */
NODISCARD enum err sells_read(struct sells **out, struct request *rq, const struct sells_ask *ask);
/* "menurut bengkel" */
const char *sells_by_text(struct request *rq, const struct sells_ask *ask);

#endif
