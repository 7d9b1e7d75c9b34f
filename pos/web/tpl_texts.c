/* The texts of templates: how they are read from {{_ ..}}, and which are not translated. */
#include "inventory/base/words.h"
#include "pos/web/tpl_parts.h"

enum { TEXT_BYTES_MAX = 4096 };

bool tpl_hole_end(size_t *end, const char *hole, size_t left)
{
    for (size_t i = 2; i < left; i++) {
        if (hole[i] == '{') {
            return false;
        }
        if (hole[i] == '}') {
            *end = i;
            return i + 1 < left && hole[i + 1] == '}';
        }
    }
    return false;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\n' || c == '\t';
}

size_t tpl_hole_text(struct sbuf *out, const char *bytes, size_t n)
{
    bool blank = false;
    const size_t before = out->len;
    size_t i;

    for (i = 0; i < n && bytes[i] != '|'; i++) {
        if (is_blank(bytes[i])) {
            blank = true;
            continue;
        }
        if (blank && out->len > before) {
            sbuf_char(out, ' ');
        }
        blank = false;
        sbuf_char(out, bytes[i]);
    }
    return i < n ? i + 1 : n;
}

static void each_text_of(const struct embedded *file,
                         void (*found)(void *self, const char *file, int line, const char *text),
                         void *self)
{
    struct sbuf text;
    int line = 1;

    sbuf_init(&text, TEXT_BYTES_MAX);
    for (size_t i = 0; i + 3 < file->n; i++) {
        size_t end = 0;
        line += file->bytes[i] == '\n';
        if (memcmp(file->bytes + i, "{{_", 3) == 0 &&
            tpl_hole_end(&end, file->bytes + i, file->n - i)) {
            sbuf_clear(&text);
            tpl_hole_text(&text, file->bytes + i + 3, end - 3);
            found(self, file->name, line, sbuf_str(&text));
        }
    }
    sbuf_done(&text);
}

void tpl_each_text(const struct embedded *files,
                   void (*found)(void *self, const char *file, int line, const char *text),
                   void *self)
{
    for (; files->name; files++) {
        each_text_of(files, found, self);
    }
}

struct untranslated {
    struct sbuf *out;
    size_t count;
    enum lang lang;
};

static void note_untranslated(void *self, const char *file, int line, const char *text)
{
    struct untranslated *u = self;

    if (words_find(u->lang, text) == NULL) {
        u->count++;
        sbuf_format(u->out, "%s:%d: %s\n", file, line, text);
    }
}

size_t tpl_untranslated(struct sbuf *out, const struct embedded *files, enum lang lang)
{
    struct untranslated u = {.out = out, .count = 0, .lang = lang};

    tpl_each_text(files, note_untranslated, &u);
    return u.count;
}
