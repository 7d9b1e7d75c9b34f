/* The sentence for the next page of this session travels with the browser, in a cookie that this
 * page takes back: whichever process serves it needs no memory, and a page that is only looked at
 * writes nothing.  The cookie carries a mark made with the session's secret, so that nobody else
 * can put words on a page. */
#ifndef WEB_TOLD_H
#define WEB_TOLD_H

#include <stdbool.h>

#include "attr.h"

struct request;

#define TOLD_COOKIE "etalase_kabar"
enum { STATUS_TEXT_MAX = 400, STATUS_TONE_MAX = 8 };

struct told {
    char tone[STATUS_TONE_MAX];
    char text[STATUS_TEXT_MAX];
    bool waiting; /* said by this request, not shown yet */
    bool taken;   /* the browser's was shown, or was not for this session */
};

void told_put(struct request *rq, const char *tone, const char *text);
/* What this request or the one before said.  Taking it empties it; false: there is none. */
NODISCARD bool told_take(struct request *rq, char tone[STATUS_TONE_MAX],
                         char text[STATUS_TEXT_MAX]);
/* The cookie of this answer, if any; after everything else. */
void told_send(struct request *rq);

#endif
