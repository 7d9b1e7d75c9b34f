/* The pages of labels: what to print, a lot's labels, a print, printers, old labels. */
#ifndef WEB_LABEL_PAGES_H
#define WEB_LABEL_PAGES_H

#include "pos/web/request.h"
#include "pos/web/tpl.h"

/* page_label.c: /label/{lot}, /label/{lot}.png */
extern const struct input label_inputs[], label_print_inputs[], label_png_inputs[];
extern const struct tpl_field label_fields[];
enum err label_page(struct request *rq);
enum err label_print_post(struct request *rq);
enum err label_picture(struct request *rq);

/* page_label_list.c: /label, /label/uji */
extern const struct input label_try_inputs[];
extern const struct tpl_field label_list_fields[], label_try_fields[];
enum err label_list_page(struct request *rq);
enum err label_try_page(struct request *rq);

/* page_label_job.c: /label/cetak/{no}, .pdf, /batal */
extern const struct input label_void_inputs[];
extern const struct tpl_field label_job_fields[];
enum err label_job_page(struct request *rq);
enum err label_job_file(struct request *rq);
enum err label_void_post(struct request *rq);

/* page_label_printer.c: /label/printer, /label/printer/uji.pdf */
extern const struct input label_printer_asked[], label_printer_inputs[], label_ruler_inputs[];
extern const struct tpl_field label_printer_fields[];
enum err label_printer_page(struct request *rq);
enum err label_printer_post(struct request *rq);
enum err label_ruler_pdf(struct request *rq);

#endif
