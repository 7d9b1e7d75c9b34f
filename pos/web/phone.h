/* What the phone pages share: the sentence about the last scan with its sound, and where things
 * are.
 */
#ifndef WEB_PHONE_H
#define WEB_PHONE_H

#include <stdbool.h>
#include <stddef.h>

#include "attr.h"
#include "inventory/goods.h"
#include "inventory/stock.h"
#include "pos/web/request.h"
#include "pos/web/tpl.h"

enum {
    /* Who scans to look things up; those who count and receive are DESK_MAKERS. */
    PHONE_PEOPLE = ROLE_CASHIER | ROLE_WORKSHOP | ROLE_SUPERVISOR | ROLE_ADMIN,
    PHONE_CODE_MAX = 2000, /* of what a camera read: an address may be long */
};

/* What the last scan did: {{>phone_news}}. */
struct phone_news {
    const char *sound; /* "ok", "again", "bad", or "": static/sound.js */
    const char *tone;  /* "ok", "warn" or "bad": the class said--<tone> */
    const char *text;  /* NULL: nothing was scanned */
    const char *more;  /* what to do now; NULL: nothing */
    struct url here;   /* the address that brings back what stands now; none: the page's own */
};
extern const struct tpl_field phone_news_fields[];

struct phone_news phone_said(const char *sound, const char *tone, const char *text);

/* Where something stands. */
struct phone_place {
    const char *name;
    struct qty qty;
};
extern const struct tpl_field phone_place_fields[];
/* The piece's place, or each place of a counted lot with how many are there. */
NODISCARD enum err phone_places(struct phone_place **out, size_t *count, struct ctx *cx,
                                const struct label *label);

/* The way from a desk page to a phone page: its address, and the same as a QR code on the screen.
 */
struct board;
void phone_invite(struct board *b, struct request *rq, struct url page);

/* page_phone_link.c: /m/qr.svg */
extern const struct input phone_qr_inputs[];
enum err phone_qr(struct request *rq);

/* page_phone_home.c: /m */
extern const struct tpl_field phone_home_fields[];
enum err phone_home(struct request *rq);

/* page_phone.c: /m/pindai */
extern const struct input phone_scan_inputs[];
extern const struct tpl_field phone_scan_fields[];
enum err phone_scan(struct request *rq);

/* page_phone_count.c: /m/hitung/{no} */
extern const struct input phone_count_asked[], phone_count_inputs[];
extern const struct tpl_field phone_count_fields[];
enum err phone_count(struct request *rq);
enum err phone_count_scan(struct request *rq);

/* page_phone_receive.c: /m/terima/{no} */
extern const struct input phone_receive_asked[], phone_receive_inputs[];
extern const struct tpl_field phone_receive_fields[];
enum err phone_receive(struct request *rq);
enum err phone_receive_finish(struct request *rq);

#endif
