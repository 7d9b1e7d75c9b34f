/* What the pages of the till share. */
#include "pos/web/till_pages.h"

#include <stdarg.h>

#include "inventory/base/arena.h"
#include "inventory/base/words.h"
#include "pos/web/respond.h"
#include "pos/web/wire.h"

enum { SAY_MAX = 512 };

/* The format may be a translation; words_same_format() has shown that it takes the same arguments.
 */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
const char *till_say(struct request *rq, const char *format, ...)
{
    const char *other = words(rq->cx.lang, format);
    char *out = arena_get(rq->cx.arena, SAY_MAX);
    va_list args;

    va_start(args, format);
    vsnprintf(out, SAY_MAX, words_same_format(format, other) ? other : format, args);
    va_end(args);
    return out;
}
#pragma GCC diagnostic pop

bool till_by_script(const struct request *rq)
{
    const char *value = wire_header(rq->wire, "X-Etalase-Swap");

    return value && strcmp(value, "1") == 0;
}

bool till_chosen(struct request *rq)
{
    if (rq->cx.till[0]) {
        return true;
    }
    respond_redirect(rq, url_fixed("/kasir/pilih"));
    return false;
}

bool till_is_refusal(const struct request *rq, enum err e)
{
    if (refusal_of_store(rq, e)) {
        return false;
    }
    switch (e) {
    case ERR_INVALID:
    case ERR_REFUSED:
    case ERR_NOT_FOUND:
    case ERR_CONFLICT:
    case ERR_FORBIDDEN:
    case ERR_LIMIT: return true;
    case OK:
    case ERR_BUSY:
    case ERR_FULL:
    case ERR_IO:
    case ERR_CORRUPT:
    case ERR_AWAY:
    case ERR_UNKNOWN: return false;
    }
    return false;
}

void till_note_add(struct till_news *news, const char *tone, const char *text)
{
    /* A queue of scans may have more to say than a person reads; the newest is kept. */
    if (news->count == TILL_NOTES_MAX) {
        memmove(news->notes, news->notes + 1, (TILL_NOTES_MAX - 1) * sizeof news->notes[0]);
        news->count--;
    }
    news->notes[news->count++] = (struct till_note){.tone = tone, .text = text};
}

void till_note_refused(struct request *rq, struct till_news *news, const char *scanned)
{
    till_note_add(news, "bad", arena_text(rq->cx.arena, rq->cx.why.text));
    if (strcmp(rq->cx.why.slug, "out-of-stock") == 0) {
        struct till_note *note = &news->notes[news->count - 1];

        note->link = url_fixed("/kasir/izin");
        if (*scanned) {
            note->link = url_query(rq->cx.arena, note->link, "kode", scanned);
        }
        note->link_text = request_words(rq, _("Barangnya ada? Minta izin penyelia"));
    }
    news->sound = "bad";
}
