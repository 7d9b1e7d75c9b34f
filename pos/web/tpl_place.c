/* What the compiler asks of the HTML: may a field, a text, a section or a file stand here? */
#include "pos/web/tpl_html.h"

const char *html_innermost(const struct html *h)
{
    return h->depth ? h->open[h->depth - 1] : "";
}

bool html_inside(const struct html *h, const char *element)
{
    for (size_t i = 0; i < h->depth; i++) {
        if (strcmp(h->open[i], element) == 0) {
            return true;
        }
    }
    return false;
}

bool html_in_text_only(const struct html *h)
{
    return strcmp(html_innermost(h), "title") == 0 || strcmp(html_innermost(h), "textarea") == 0;
}

bool html_in_script(const struct html *h)
{
    return strcmp(html_innermost(h), "script") == 0;
}

bool html_folds(const struct html *h)
{
    return h->place == HTML_BLANK ||
           (h->place == HTML_TEXT && !html_inside(h, "pre") && !html_inside(h, "textarea"));
}

static const char *text_place(const struct html *h)
{
    if (h->reference) {
        return "a field may not follow an unfinished &...;";
    }
    return html_in_script(h) ? "a script element must be empty; scripts are files" : NULL;
}

static const char *field_in_link(struct html *h, enum tpl_kind kind, enum html_escape *how)
{
    switch (h->link) {
    case LINK_START:
        if (kind != TPL_URL) {
            return "only a struct url may begin a link";
        }
        h->link = LINK_URL;
        return NULL;
    case LINK_URL:
    case LINK_INSIDE:
        *how = ESCAPE_PERCENT;
        return kind == TPL_RUPIAH || kind == TPL_QTY
                   ? "in a link only texts, whole numbers and links may stand"
                   : NULL;
    case LINK_SLASH: return "write a word after the first '/': an empty field would leave //";
    case LINK_SCHEME:
    case LINK_OUTSIDE: return "a link to another host may hold no field";
    }
    return NULL;
}

static const char *field_in_value(struct html *h, enum tpl_kind kind, enum html_escape *how)
{
    if (h->reference) {
        return "a field may not follow an unfinished &...;";
    }
    switch (h->attr_kind) {
    case HTML_ATTR_PLAIN: return NULL;
    case HTML_ATTR_NUMBER:
        return kind == TPL_INT32 || kind == TPL_INT64 ? NULL : "only whole numbers may stand here";
    case HTML_ATTR_LINK: return field_in_link(h, kind, how);
    case HTML_ATTR_OTHER:
    case HTML_ATTR_REFUSED: return "no field may stand in this attribute; see the short list";
    }
    return NULL;
}

const char *html_field(struct html *h, enum tpl_kind kind, enum html_escape *how)
{
    *how = ESCAPE_HTML;
    if (kind == TPL_FLAG || kind == TPL_ITEMS || kind == TPL_NEST) {
        return "a flag, a list or a struct is no text; use {{?..}}, {{#..}} or name.field";
    }
    if (h->place == HTML_TEXT) {
        return text_place(h);
    }
    if (h->place == HTML_VALUE) {
        return field_in_value(h, kind, how);
    }
    return "a field may stand only in text or in a double-quoted value";
}

const char *html_asset(struct html *h)
{
    if (h->place != HTML_VALUE || h->attr_kind != HTML_ATTR_LINK || h->link != LINK_START) {
        return "a static file may only begin a link";
    }
    h->link = LINK_URL;
    return NULL;
}

const char *html_words(const struct html *h)
{
    if (h->place == HTML_TEXT) {
        return text_place(h);
    }
    return h->place == HTML_VALUE && h->attr_kind == HTML_ATTR_PLAIN && !h->reference
               ? NULL
               : "translated text may stand only in text or in a value of the short list";
}

const char *html_inclusion(const struct html *h)
{
    return h->place == HTML_TEXT && !html_in_script(h) && !html_in_text_only(h) && !h->reference
               ? NULL
               : "a file may be included only between tags";
}

const char *html_section(struct html *h, bool list, struct html_mark *mark)
{
    *mark = (struct html_mark){h->place, h->link, h->tags, h->attrs, h->depth, h->floor};
    if (h->reference) {
        return "a section may not begin inside &...;";
    }
    if (h->place == HTML_TEXT) {
        h->floor = h->depth;
        return text_place(h);
    }
    if (h->place == HTML_BLANK) {
        return list ? "a list may not make attributes" : NULL;
    }
    if (h->place != HTML_VALUE) {
        return "a section in a tag must begin after a blank, or inside a value";
    }
    if (h->attr_kind == HTML_ATTR_LINK) {
        return !list && (h->link == LINK_INSIDE || h->link == LINK_URL)
                   ? NULL
                   : "a section may not hold the beginning of a link";
    }
    return NULL;
}

/* The attribute's name ended here without '>' or '=' to say so. */
static const char *bare_attr_done(const struct html *h)
{
    return html_attr_kind(h->attr) == HTML_ATTR_REFUSED ? "this attribute is refused in templates"
                                                        : NULL;
}

static const char *attrs_end(struct html *h, const struct html_mark *mark)
{
    const char *wrong = NULL;

    if (h->tags != mark->tags ||
        (h->place != HTML_BLANK && h->place != HTML_ATTR_NAME && h->place != HTML_ATTR_DONE)) {
        return "a section inside a tag must hold whole attributes";
    }
    if (h->place == HTML_ATTR_NAME) {
        wrong = bare_attr_done(h);
    }
    h->place = HTML_ATTR_DONE;
    return wrong;
}

const char *html_section_end(struct html *h, const struct html_mark *mark)
{
    if (mark->place == HTML_BLANK) {
        return attrs_end(h, mark);
    }
    if (h->place != mark->place || h->depth != mark->depth || h->reference) {
        return "a section must end where it began: in the same element, text or value";
    }
    if (mark->place == HTML_VALUE) {
        if (h->tags != mark->tags || h->attrs != mark->attrs) {
            return "a section must end in the value where it began";
        }
        h->link = mark->link;
    }
    h->floor = mark->floor;
    return NULL;
}

const char *html_end(const struct html *h)
{
    if (h->place != HTML_TEXT) {
        return "the file ends inside a tag";
    }
    return h->depth ? "the file ends before every element is closed" : NULL;
}
