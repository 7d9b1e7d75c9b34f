/* The sentence that tells a person why something was refused. */
#include "inventory/base/refuse.h"

#include <stdarg.h>

#include "ctx.h"
#include "inventory/base/utf8.h"
#include "inventory/base/words.h"

/* Takes away a character that was cut in two by the end of the buffer. */
static void cut_whole(char *text)
{
    size_t n = strlen(text);
    size_t tail = 0;

    while (tail < n && tail < 3 && ((unsigned char)text[n - 1 - tail] & 0xC0) == 0x80) {
        tail++;
    }
    if (tail < n && !utf8_valid(text + n - 1 - tail, tail + 1)) {
        text[n - 1 - tail] = '\0';
    }
}

static void copy_cut(char *out, size_t max, const char *text)
{
    snprintf(out, max, "%s", text);
    cut_whole(out);
}

struct reason {
    enum err code;
    const char *slug, *field;
};

/* The format may be a translation; words_same_format() has shown that it takes the same arguments.
 */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
static void say(struct why *why, struct reason r, const char *format, va_list args)
{
    why->code = r.code;
    copy_cut(why->slug, sizeof why->slug, r.slug);
    copy_cut(why->field, sizeof why->field, r.field);
    vsnprintf(why->text, sizeof why->text, format, args);
    cut_whole(why->text);
}
#pragma GCC diagnostic pop

static const char *translated(enum lang lang, const char *format)
{
    const char *other = words(lang, format);

    return words_same_format(format, other) ? other : format;
}

enum err why_say(struct why *why, enum err e, const char *slug, const char *format, ...)
{
    va_list args;

    if (why) {
        va_start(args, format);
        say(why, (struct reason){e, slug, ""}, format, args);
        va_end(args);
    }
    return e;
}

enum err refuse(struct ctx *cx, enum err e, const char *slug, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    say(&cx->why, (struct reason){e, slug, ""}, translated(cx->lang, format), args);
    va_end(args);
    return e;
}

enum err refuse_field(struct ctx *cx, enum err e, const char *slug, const char *field,
                      const char *format, ...)
{
    va_list args;

    va_start(args, format);
    say(&cx->why, (struct reason){e, slug, field}, translated(cx->lang, format), args);
    va_end(args);
    return e;
}
