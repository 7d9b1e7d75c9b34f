/* Handlers, input and view tables of /jejak, for routes.c and pages.c. */
#ifndef WEB_TRACE_PAGES_H
#define WEB_TRACE_PAGES_H

#include "pos/web/board.h"
#include "pos/web/form.h"
#include "pos/web/request.h"
#include "pos/web/tpl.h"

/* page_trace.c: /jejak, /jejak/label/{kode}, /jejak/label/{kode}.jsonld, /api/v1/trace/{kode} */
extern const struct input trace_inputs[];
extern const struct tpl_field trace_fields[];
enum err trace_search(struct request *rq);
enum err trace_label(struct request *rq);
enum err trace_file(struct request *rq);

/* page_trace_paper.c: /jejak/struk/{no}, /jejak/dokumen/{no}, /jejak/barang/{sku} */
enum err trace_receipt(struct request *rq);
enum err trace_document(struct request *rq);
enum err trace_goods(struct request *rq);

/* ---- shared ---- */

struct url trace_label_url(struct request *rq, const char *code);
struct url trace_paper_url(struct request *rq, const char *number, bool sale);
/* "12", with the mark of the chain: whole, or broken here. */
NODISCARD enum err trace_seq_cell(struct board_table *t, struct request *rq, int64_t seq);
struct url trace_own_page(struct request *rq, const char *number);

#endif
