/* Follows the HTML of a template and says what may stand where. */
#include "pos/web/tpl_html.h"

#include <assert.h>

static const char scheme[] = "https://";

static bool is_blank(char c)
{
    return c == ' ' || c == '\n' || c == '\t';
}

static char lower(char c)
{
    if (c >= 'A' && c <= 'Z') {
        return (char)(c - 'A' + 'a');
    }
    return c;
}

static bool is_letter(char c)
{
    return lower(c) >= 'a' && lower(c) <= 'z';
}

static bool is_name_char(char c)
{
    return is_letter(c) || (c >= '0' && c <= '9') || c == '-';
}

static const char *name_add(struct html *h, char *name, char c)
{
    if (h->name_len + 1 >= HTML_NAME_MAX) {
        return "a name in a tag is too long";
    }
    name[h->name_len++] = lower(c);
    name[h->name_len] = '\0';
    return NULL;
}

void html_begin(struct html *h)
{
    memset(h, 0, sizeof(*h));
}

/* Keeps track of "&...;": it ends at ';' or at whatever cannot stand in one. */
static void follow_reference(struct html *h, char c)
{
    h->reference = c == '&' || (h->reference && (is_name_char(c) || c == '#'));
}

static const char *step_text(struct html *h, char c)
{
    if (c == '<') {
        h->place = HTML_OPENING;
        h->tags++;
        h->reference = false;
        return NULL;
    }
    if (html_in_script(h)) {
        return "a script element must be empty; scripts are files";
    }
    follow_reference(h, c);
    return NULL;
}

static const char *step_opening(struct html *h, char c)
{
    h->name_len = 0;
    h->element[0] = '\0';
    h->attr[0] = '\0';
    h->self_closed = false;
    if (c == '/') {
        h->place = HTML_END_NAME;
        return NULL;
    }
    if (html_in_script(h) || html_in_text_only(h)) {
        return "script, title and textarea may hold no tags";
    }
    if (c == '!') {
        h->place = HTML_DOCTYPE;
        return h->tags == 1 ? NULL : "HTML comments are refused; write {{! note }}";
    }
    if (!is_letter(c)) {
        return "'<' must begin a tag; write &lt;";
    }
    h->place = HTML_TAG_NAME;
    return name_add(h, h->element, c);
}

static const char *step_doctype(struct html *h, char c)
{
    static const char want[] = "doctype html";

    if (c == '>' && strcmp(h->element, want) == 0) {
        h->place = HTML_TEXT;
        return NULL;
    }
    if (h->name_len >= sizeof(want) - 1 || lower(c) != want[h->name_len]) {
        return "only <!doctype html> may begin with <!; comments are refused, write {{! note }}";
    }
    return name_add(h, h->element, c);
}

static const char *tag_done(struct html *h)
{
    const bool is_void = html_is_void(h->element);

    if (h->self_closed && !is_void && !html_inside(h, "svg")) {
        return "only void elements and drawings may end with />";
    }
    h->place = HTML_TEXT;
    if (is_void || h->self_closed) {
        return NULL;
    }
    if (h->depth >= HTML_DEPTH_MAX) {
        return "elements stand too deep";
    }
    memcpy(h->open[h->depth++], h->element, HTML_NAME_MAX);
    return NULL;
}

static const char *step_tag_name(struct html *h, char c)
{
    if (is_name_char(c)) {
        return name_add(h, h->element, c);
    }
    if (html_is_refused(h->element)) {
        return "this element is refused in templates";
    }
    if (c == '>') {
        return tag_done(h);
    }
    h->place = c == '/' ? HTML_SLASH : HTML_BLANK;
    return c == '/' || is_blank(c) ? NULL
                                   : "a blank must stand between the tag's name and the rest";
}

static const char *step_end_name(struct html *h, char c)
{
    if (is_name_char(c)) {
        return name_add(h, h->element, c);
    }
    if (c != '>') {
        return "an end tag holds its name and nothing else";
    }
    if (h->depth <= h->floor) {
        return "a section may not close an element that was opened before it";
    }
    if (strcmp(h->element, html_innermost(h)) != 0) {
        return "this end tag does not close the element that was opened last";
    }
    h->depth--;
    h->place = HTML_TEXT;
    return NULL;
}

/* What may follow a blank, or the end of an attribute. */
static const char *step_between(struct html *h, char c)
{
    if (is_blank(c)) {
        h->place = HTML_BLANK;
        return NULL;
    }
    if (c == '>') {
        return tag_done(h);
    }
    if (c == '/') {
        h->place = HTML_SLASH;
        return NULL;
    }
    if (h->place != HTML_BLANK) {
        return "a blank must stand between attributes";
    }
    if (!is_letter(c)) {
        return "in a tag only attributes may stand: no quote without '=' before it, no '<'";
    }
    h->place = HTML_ATTR_NAME;
    h->attrs++;
    h->name_len = 0;
    return name_add(h, h->attr, c);
}

static const char *step_attr_name(struct html *h, char c)
{
    if (is_name_char(c) || c == ':') {
        return name_add(h, h->attr, c);
    }
    h->attr_kind = html_attr_kind(h->attr);
    if (h->attr_kind == HTML_ATTR_REFUSED) {
        return "this attribute is refused in templates";
    }
    if (c == '=') {
        h->place = HTML_EQUALS;
        return NULL;
    }
    h->place = HTML_ATTR_DONE;
    return step_between(h, c);
}

static const char *step_equals(struct html *h, char c)
{
    if (c != '"') {
        return "a value must stand in double quotes, right after '='";
    }
    h->place = HTML_VALUE;
    h->link = LINK_START;
    h->scheme_len = 0;
    h->reference = false;
    return NULL;
}

static const char *step_scheme(struct html *h, char c)
{
    if (c != scheme[h->scheme_len]) {
        return "a link must begin with '/', '?', '#', https://, a struct url or a static file";
    }
    h->scheme_len++;
    h->link = h->scheme_len == sizeof(scheme) - 1 ? LINK_OUTSIDE : LINK_SCHEME;
    return NULL;
}

static const char *step_link(struct html *h, char c)
{
    if (is_blank(c) || c == '\\') {
        return "a link may hold no blank and no backslash";
    }
    switch (h->link) {
    case LINK_START:
        if (c == '/' || c == '?' || c == '#') {
            h->link = c == '/' ? LINK_SLASH : LINK_INSIDE;
            return NULL;
        }
        return step_scheme(h, c);
    case LINK_SCHEME: return step_scheme(h, c);
    case LINK_SLASH:
        h->link = LINK_INSIDE;
        return c == '/' || c == '&' ? "a link that begins with // leaves this host" : NULL;
    case LINK_URL:
        if (c == '?' || c == '#') {
            h->link = LINK_INSIDE;
        }
        return c == '?' || c == '#' ? NULL : "after a struct url only '?' or '#' may follow";
    case LINK_OUTSIDE:
    case LINK_INSIDE: return NULL;
    }
    return NULL;
}

static const char *value_done(struct html *h)
{
    if (h->attr_kind == HTML_ATTR_LINK && h->link == LINK_SCHEME) {
        return "the link ends too early";
    }
    h->place = HTML_ATTR_DONE;
    return NULL;
}

static const char *step_value(struct html *h, char c)
{
    if (c == '"') {
        return value_done(h);
    }
    if (c == '\'' || c == '<') {
        return "single quotes and '<' are refused inside a tag";
    }
    follow_reference(h, c);
    return h->attr_kind == HTML_ATTR_LINK ? step_link(h, c) : NULL;
}

static const char *step_slash(struct html *h, char c)
{
    if (c != '>') {
        return "'/' in a tag must be followed by '>'";
    }
    h->self_closed = true;
    return tag_done(h);
}

const char *html_step(struct html *h, char c)
{
    if ((unsigned char)c < 0x20 && !is_blank(c)) {
        return "control characters are refused";
    }
    switch (h->place) {
    case HTML_TEXT: return step_text(h, c);
    case HTML_OPENING: return step_opening(h, c);
    case HTML_DOCTYPE: return step_doctype(h, c);
    case HTML_TAG_NAME: return step_tag_name(h, c);
    case HTML_END_NAME: return step_end_name(h, c);
    case HTML_BLANK:
    case HTML_ATTR_DONE: return step_between(h, c);
    case HTML_ATTR_NAME: return step_attr_name(h, c);
    case HTML_EQUALS: return step_equals(h, c);
    case HTML_VALUE: return step_value(h, c);
    case HTML_SLASH: return step_slash(h, c);
    }
    return "the compiler lost its place";
}
