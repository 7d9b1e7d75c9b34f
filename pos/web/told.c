/* Sentences from one page to the next. */
#include "pos/web/told.h"

#include "inventory/base/arena.h"
#include "inventory/base/secret.h"
#include "inventory/base/utf8.h"
#include "pos/web/request.h"
#include "pos/web/respond.h"
#include "pos/web/web.h"
#include "pos/web/wire.h"

enum {
    MARK_BYTES = 16,
    SAID_MAX = STATUS_TONE_MAX + STATUS_TEXT_MAX, /* tone, NUL, text, NUL */
    COOKIE_MAX = 2 * (MARK_BYTES + SAID_MAX) + 1,
    KEPT_S = 120,
};

/* As much as fits, in whole characters. */
static void copy_text(char out[STATUS_TEXT_MAX], const char *text)
{
    size_t length = strlen(text), n = 0, step;

    while ((step = utf8_step(text + n, length - n)) && n + step < STATUS_TEXT_MAX) {
        n += step;
    }
    memcpy(out, text, n);
    out[n] = '\0';
}

/* NOLINTNEXTLINE(bugprone-easily-swappable-parameters): a word of the style sheet, a sentence */
void told_put(struct request *rq, const char *tone, const char *text)
{
    struct told *t = &rq->told;

    if (rq->session) {
        snprintf(t->tone, sizeof t->tone, "%s", tone);
        copy_text(t->text, text);
        t->waiting = true;
    }
}

/* Only who knows the session's secret can make it; the secret stands on both sides, so that nothing
 * can be added at the end. */
static void mark_of(uint8_t mark[MARK_BYTES], const struct session *s, const uint8_t *said,
                    size_t n)
{
    static const char what[] = "etalase-kabar"; /* with its NUL */
    uint8_t hash[SHA256_BYTES];
    struct sha256 h;

    sha256_begin(&h);
    sha256_add(&h, what, sizeof what);
    sha256_add(&h, s->csrf, sizeof s->csrf);
    sha256_add(&h, said, n);
    sha256_add(&h, s->csrf, sizeof s->csrf);
    sha256_end(&h, hash);
    memcpy(mark, hash, MARK_BYTES);
}

static bool hex_digit(uint8_t *out, char c)
{
    static const char digits[] = "0123456789abcdef";
    const char *at = c ? strchr(digits, c) : NULL;

    *out = at ? (uint8_t)(at - digits) : 0;
    return at != NULL;
}

/* How many bytes; 0: not ours. */
static size_t bytes_of(uint8_t *out, size_t room, const char *hex)
{
    size_t n = 0;

    for (; hex[2 * n]; n++) {
        uint8_t high, low;

        if (n == room || !hex_digit(&high, hex[2 * n]) || !hex_digit(&low, hex[2 * n + 1])) {
            return 0;
        }
        out[n] = (uint8_t)(high << 4 | low);
    }
    return n;
}

/* mark, tone, NUL, text, NUL */
static bool read_cookie(struct told *out, const struct session *s, const char *hex)
{
    uint8_t bytes[MARK_BYTES + SAID_MAX], mark[MARK_BYTES];
    const char *said = (const char *)bytes + MARK_BYTES;
    size_t n = bytes_of(bytes, sizeof bytes, hex), tone;

    if (n < MARK_BYTES + 2 || bytes[n - 1]) {
        return false;
    }
    n -= MARK_BYTES;
    mark_of(mark, s, bytes + MARK_BYTES, n);
    tone = strlen(said);
    if (!secret_equal(mark, bytes, sizeof mark) || tone + 2 > n || tone >= sizeof out->tone ||
        tone + 1 + strlen(said + tone + 1) + 1 != n || n - tone - 1 > sizeof out->text) {
        return false;
    }
    memcpy(out->tone, said, tone + 1);
    memcpy(out->text, said + tone + 1, n - tone - 1);
    return true;
}

bool told_take(struct request *rq, char tone[STATUS_TONE_MAX], char text[STATUS_TEXT_MAX])
{
    struct told *t = &rq->told;
    char hex[COOKIE_MAX];

    if (!t->waiting && !t->taken && rq->session &&
        wire_cookie(hex, sizeof hex, rq->wire, TOLD_COOKIE)) {
        t->taken = true;
        t->waiting = read_cookie(t, rq->session, hex);
    }
    if (!t->waiting) {
        return false;
    }
    t->waiting = false;
    memcpy(tone, t->tone, sizeof t->tone);
    memcpy(text, t->text, sizeof t->text);
    return true;
}

static const char *cookie_of(struct request *rq)
{
    const struct told *t = &rq->told;
    size_t tone = strlen(t->tone) + 1, text = strlen(t->text) + 1;
    uint8_t said[SAID_MAX], mark[MARK_BYTES];
    struct sbuf hex;
    char *out;

    memcpy(said, t->tone, tone);
    memcpy(said + tone, t->text, text);
    mark_of(mark, rq->session, said, tone + text);
    sbuf_init(&hex, COOKIE_MAX);
    sbuf_hex(&hex, mark, sizeof mark);
    sbuf_hex(&hex, said, tone + text);
    out = arena_text(rq->cx.arena, sbuf_str(&hex));
    sbuf_done(&hex);
    return out;
}

void told_send(struct request *rq)
{
    const struct told *t = &rq->told;
    const char *secure = rq->web->https ? "; Secure" : "";

    if (t->waiting && rq->session) {
        respond_header(rq, "Set-Cookie",
                       arena_format(rq->cx.arena,
                                    TOLD_COOKIE "=%s; Path=/; HttpOnly; SameSite=Lax; Max-Age=%d%s",
                                    cookie_of(rq), (int)KEPT_S, secure));
    } else if (t->taken) {
        respond_header(rq, "Set-Cookie",
                       arena_format(rq->cx.arena,
                                    TOLD_COOKIE "=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0%s",
                                    secure));
    }
}
