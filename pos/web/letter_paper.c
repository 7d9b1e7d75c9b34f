/* The stock's papers as PDF. */
#include "pos/web/letter_paper.h"

#include "inventory/base/sbuf.h"
#include "pos/setting.h"
#include "pos/web/respond.h"

enum { LETTER_BYTES_MAX = 32 * 1024 * 1024 };

enum err letter_show(struct request *rq, struct letter *letter)
{
    struct settings settings;
    struct sbuf pdf;
    enum err e = settings_now(&settings, &rq->cx);

    if (e) {
        return e;
    }
    letter->lang = rq->cx.lang;
    letter->office = settings.unit_name;
    letter->address = settings.unit_address;
    letter->city = settings.unit_city;
    letter->demo = settings.demo;
    letter->zone = rq->cx.site->zone;
    letter->made_at = rq->at;
    request_db_done(rq);
    sbuf_init(&pdf, LETTER_BYTES_MAX);
    e = letter_pdf(&pdf, letter, &rq->cx.why);
    if (!e) {
        respond_bytes(rq, 200, &(struct file_about){.type = "application/pdf"}, sbuf_str(&pdf),
                      pdf.len);
    }
    sbuf_done(&pdf);
    return e;
}
