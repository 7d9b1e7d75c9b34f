/* The pages of the till and of receipts: what the route table and the page table name, and what
 * their files share. */
#ifndef WEB_TILL_PAGES_H
#define WEB_TILL_PAGES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "attr.h"
#include "inventory/goods.h"
#include "pos/cart.h"
#include "pos/print_job.h"
#include "pos/sale.h"
#include "pos/web/request.h"
#include "pos/web/tpl.h"
#include "pos/web/url.h"

enum {
    TILL_PEOPLE = ROLE_CASHIER | ROLE_SUPERVISOR,
    RECEIPT_READERS =
        ROLE_CASHIER | ROLE_WORKSHOP | ROLE_TREASURER | ROLE_SUPERVISOR | ROLE_AUDITOR | ROLE_ADMIN,
    RECEIPT_PRINTERS = ROLE_CASHIER | ROLE_TREASURER | ROLE_SUPERVISOR | ROLE_ADMIN,
};

/* ---- for the tables ---- */

extern const struct input till_fields[], till_scan_fields[], till_line_fields[],
    till_choose_fields[], pay_fields[], pay_post_fields[], pay_check_fields[], receipts_fields[],
    receipt_fields[], receipt_file_fields[], receipt_print_fields[];

extern const struct tpl_field till_view_fields[], till_choice_view_fields[], pay_page_fields[],
    done_view_fields[], receipt_view_fields[], receipts_view_fields[], receipt_public_fields[];

enum err page_home(struct request *rq);
enum err page_till(struct request *rq);
enum err page_till_scan(struct request *rq);
enum err page_till_line(struct request *rq);
enum err page_till_undo(struct request *rq);
enum err page_till_abandon(struct request *rq);
enum err page_till_choice(struct request *rq);
enum err page_till_choose(struct request *rq);
extern const struct input override_asked[], override_inputs[];
extern const struct tpl_field override_fields[];
enum err page_override(struct request *rq);
enum err page_override_give(struct request *rq);
enum err page_pay(struct request *rq);
enum err page_pay_post(struct request *rq);
enum err page_pay_again(struct request *rq);
enum err page_pay_check(struct request *rq);
enum err page_done(struct request *rq);
enum err page_receipts(struct request *rq);
enum err page_receipt(struct request *rq);
enum err page_receipt_png(struct request *rq);
enum err page_receipt_pdf(struct request *rq);
enum err page_receipt_print(struct request *rq);
enum err page_receipt_public(struct request *rq);

/* ---- shared ---- */

/* A sentence in the person's language; the format is a `_()` text.  In the arena. */
const char *till_say(struct request *rq, const char *format, ...) PRINTF_LIKE(2, 3);

/* The page's script asked: it lifts parts out of the answer, so no redirect is needed. */
bool till_by_script(const struct request *rq);
/* Whether this browser stands at a till; false when it has answered with the page that asks. */
bool till_chosen(struct request *rq);
/* An error that is a no with a sentence, not a failure of the machine. */
bool till_is_refusal(const struct request *rq, enum err e);

struct till_note {
    const char *tone; /* "ok", "warn" or "bad" */
    const char *text;
    struct url link; /* {NULL}: none */
    const char *link_text;
};

enum { TILL_NOTES_MAX = 24 };

/* What just happened, for the page that is shown now. */
struct till_news {
    struct till_note notes[TILL_NOTES_MAX];
    size_t count;
    const char *sound; /* "", "ok" or "bad" */
    bool searched;
    const char *sought;
    struct product_list hits;
    const char *asked; /* key of a payment whose outcome is not known; NULL: none */
};

void till_note_add(struct till_news *news, const char *tone, const char *text);
/* The refusal in rq->cx.why as a note; where too little stands in the book, with the way to a
 * supervisor's leave for what was scanned ("": not known). */
void till_note_refused(struct request *rq, struct till_news *news, const char *scanned);

/* The till with its cart; status as in respond_page(). */
NODISCARD enum err till_show(struct request *rq, int status, struct till_news *news);

/* What is to be paid, and the ways to say what was given; part of the till and of the page of
 * payment. */
struct pay_view {
    const char *csrf, *key;
    struct rupiah total;
    int64_t total_rp, kinds, pieces;
    bool any;
    struct tpl_list sums; /* suggested sums */
    const char *sheets;   /* notes laid down so far: "100-50" */
    struct tpl_list sheet_list;
    const char *cash;  /* in the field of the amount */
    const char *error; /* beside it; NULL: none */
    struct url here;   /* this page, for the notes laid down */
    const char *from;  /* "kasir" or "bayar": where a refusal is shown */
};
extern const struct tpl_field pay_view_fields[];
void pay_fill(struct pay_view *out, struct request *rq, const struct cart *cart, const char *from);

struct paper_wanted {
    int32_t copy_no; /* 0: the first receipt */
    enum paper paper;
};
/* Prints the first receipt of a sale, or one copy more.  The sale stands whatever happens here; a
 * failure is on the job.  May give the connection back and take it again. */
void receipt_print(struct request *rq, const struct sale *sale, struct paper_wanted wanted);

/* How a job stands, for a page. */
struct print_view {
    const char *tone, *text;
    bool again;    /* nothing was printed: try again */
    bool doubtful; /* ask the person */
    bool printed;  /* a further one is a copy */
};
extern const struct tpl_field print_view_fields[];
/* The newest job of the sale, or that there is none. */
NODISCARD enum err print_view_fill(struct print_view *out, struct request *rq, struct sale_id sale);

#endif
