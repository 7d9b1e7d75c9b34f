/* Handlers and input tables of materials, work orders and programmes, for routes.c. */
#ifndef WEB_WORK_PAGES_H
#define WEB_WORK_PAGES_H

#include "pos/web/board.h"
#include "pos/web/form.h"
#include "pos/web/request.h"

/* ---- shared ---- */

/* The choice of a material; a product by its SKU. */
NODISCARD enum err materials_input(struct board_form *f, struct request *rq);
NODISCARD enum err product_given(struct product_id *out, struct request *rq, const char *name);
/* Names the fields as the pages call them. */
NODISCARD enum err work_refused(struct request *rq, enum err e);
const char *rupiah_text(struct request *rq, struct rupiah amount);

/* page_material.c: /bahan */
extern const struct input material_inputs[], supplier_inputs[], material_loss_inputs[];
enum err materials_page(struct request *rq);
enum err material_buy(struct request *rq);
enum err material_buy_form(struct request *rq);
enum err supplier_add(struct request *rq);
enum err material_loss(struct request *rq);

/* page_work.c: /perintah; page_work_steps.c: what is done with one of them */
extern const struct input work_inputs[], work_use_inputs[], work_share_inputs[],
    work_check_inputs[], work_finish_inputs[], work_cancel_inputs[], work_start_inputs[];
enum err works_page(struct request *rq);
enum err work_form(struct request *rq);
enum err work_make(struct request *rq);
enum err work_page(struct request *rq);
enum err work_begin(struct request *rq);
enum err work_use(struct request *rq);
enum err work_shared(struct request *rq);
enum err work_checking(struct request *rq);
enum err work_finishing(struct request *rq);
enum err work_cancelling(struct request *rq);

/* page_programme.c: /program */
extern const struct input programme_inputs[];
enum err programmes_page(struct request *rq);
enum err programme_add(struct request *rq);
enum err programme_page(struct request *rq);

#endif
