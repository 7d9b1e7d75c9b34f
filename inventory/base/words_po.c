/* Reads a gettext catalogue: msgid and msgstr of one or more lines, comments, the fuzzy flag. */
#include "inventory/base/words_po.h"

#include "inventory/base/refuse.h"

struct line {
    const char *at, *end;
};

static bool line_starts(const struct line *line, const char *word)
{
    size_t n = strlen(word);

    return (size_t)(line->end - line->at) >= n && memcmp(line->at, word, n) == 0;
}

static bool line_has(const struct line *line, const char *word)
{
    size_t n = strlen(word);

    for (const char *p = line->at; (size_t)(line->end - p) >= n; p++) {
        if (memcmp(p, word, n) == 0) {
            return true;
        }
    }
    return false;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

static void line_trim(struct line *line)
{
    while (line->at < line->end && is_blank(line->at[0])) {
        line->at++;
    }
    while (line->at < line->end && is_blank(line->end[-1])) {
        line->end--;
    }
}

static bool line_look(const struct po *po, struct line *line)
{
    const char *stop;

    if (po->at >= po->end) {
        return false;
    }
    stop = memchr(po->at, '\n', (size_t)(po->end - po->at));
    *line = (struct line){po->at, stop ? stop : po->end};
    line_trim(line);
    return true;
}

static void line_take(struct po *po)
{
    const char *stop = memchr(po->at, '\n', (size_t)(po->end - po->at));

    po->at = stop ? stop + 1 : po->end;
    po->line++;
}

static enum po_step bad(const struct po *po, struct why *why, const char *what)
{
    why_say(why, ERR_INVALID, "catalogue-malformed",
            "Katalog kata tidak terbaca pada baris %d: %s. Perbaiki baris itu.", po->line, what);
    return PO_BAD;
}

/* Adds the text between the quotes of the line; false when it is not one quoted text. */
static bool add_quoted(struct sbuf *out, const struct line *line)
{
    static const char named[] = "nt\"\\r";
    static const char plain[] = "\n\t\"\\\r";
    const char *p = line->at;

    if (line->end - p < 2 || p[0] != '"') {
        return false;
    }
    for (p++; p < line->end && *p != '"'; p++) {
        const char *name;

        if (*p != '\\') {
            sbuf_char(out, *p);
            continue;
        }
        if (++p == line->end || !(name = memchr(named, *p, sizeof named - 1))) {
            return false;
        }
        sbuf_char(out, plain[name - named]);
    }
    return p + 1 == line->end;
}

/* Reads `keyword "text"` and the quoted lines that continue it. */
static bool read_text(struct sbuf *out, struct po *po, const char *keyword)
{
    struct line line;

    sbuf_clear(out);
    if (!line_look(po, &line) || !line_starts(&line, keyword)) {
        return false;
    }
    line.at += strlen(keyword);
    line_trim(&line);
    if (!add_quoted(out, &line)) {
        return false;
    }
    line_take(po);
    while (line_look(po, &line) && line_starts(&line, "\"")) {
        if (!add_quoted(out, &line)) {
            return false;
        }
        line_take(po);
    }
    return true;
}

static enum po_step read_entry(struct po *po, struct why *why)
{
    struct line line;

    po->id_line = po->line;
    if (!read_text(&po->id, po, "msgid")) {
        return bad(po, why, "msgid dengan teks dalam tanda kutip diharapkan");
    }
    if (line_look(po, &line) && line_starts(&line, "msgid_plural")) {
        return bad(po, why, "bentuk jamak tidak dipakai di sini");
    }
    if (!read_text(&po->str, po, "msgstr")) {
        return bad(po, why, "msgstr dengan teks dalam tanda kutip diharapkan");
    }
    return PO_ENTRY;
}

void po_open(struct po *po, const char *bytes, size_t n)
{
    static const char bom[] = "\xEF\xBB\xBF";

    if (n >= 3 && memcmp(bytes, bom, 3) == 0) {
        bytes += 3;
        n -= 3;
    }
    *po = (struct po){.at = bytes, .end = bytes + n, .line = 1};
    sbuf_init(&po->id, n);
    sbuf_init(&po->str, n);
}

void po_close(struct po *po)
{
    sbuf_done(&po->id);
    sbuf_done(&po->str);
}

enum po_step po_next(struct po *po, struct why *why)
{
    struct line line;

    po->fuzzy = false;
    while (line_look(po, &line)) {
        enum po_step step;

        if (line.at == line.end || line.at[0] == '#') {
            po->fuzzy = po->fuzzy || (line_starts(&line, "#,") && line_has(&line, "fuzzy"));
            line_take(po);
            continue;
        }
        if (line_starts(&line, "msgctxt")) {
            return bad(po, why, "msgctxt tidak dipakai di sini");
        }
        step = read_entry(po, why);
        if (step == PO_BAD || po->id.len > 0) {
            return step;
        }
        po->fuzzy = false;
    }
    return PO_END;
}
