/* Which elements and attributes templates may use, and which attributes may hold fields. */
#include "pos/web/tpl_html.h"

static const char *const void_elements[] = {"area", "br",   "col",    "hr",    "img", "input",
                                            "link", "meta", "source", "track", "wbr", NULL};

/* They hold raw text, load documents, change what links mean, or change attributes by themselves.
 */
static const char *const refused_elements[] = {
    "style",    "iframe",        "object",   "embed",         "applet",
    "base",     "frame",         "frameset", "xmp",           "plaintext",
    "noembed",  "noframes",      "listing",  "param",         "math",
    "template", "foreignobject", "animate",  "animatemotion", "animatetransform",
    "set",      "portal",        NULL};

/* The short list: a text in one of these cannot run, load or send anything. */
static const char *const plain_attrs[] = {
    "value",       "title",  "class",    "id",    "for",       "name",         "alt",
    "placeholder", "lang",   "datetime", "min",   "max",       "step",         "maxlength",
    "minlength",   "label",  "headers",  "list",  "form",      "rowspan",      "colspan",
    "rows",        "cols",   "size",     "start", "inputmode", "autocomplete", "pattern",
    "d",           "points", "viewbox",  NULL};

static const char *const number_attrs[] = {"x", "y",  "x1", "y1", "x2", "y2",    "cx",     "cy",
                                           "r", "rx", "ry", "dx", "dy", "width", "height", NULL};

static const char *const link_attrs[] = {
    "href",     "src",        "action",   "formaction", "xlink:href", "cite",   "data", "poster",
    "manifest", "background", "longdesc", "codebase",   "profile",    "usemap", NULL};

static const char *const refused_attrs[] = {"style",   "srcdoc", "ping",   "srcset", "imagesrcset",
                                            "archive", "dynsrc", "lowsrc", NULL};

static bool listed(const char *const *list, const char *name)
{
    for (; *list; list++) {
        if (strcmp(*list, name) == 0) {
            return true;
        }
    }
    return false;
}

static bool starts(const char *text, const char *with)
{
    return strncmp(text, with, strlen(with)) == 0;
}

bool html_is_void(const char *element)
{
    return listed(void_elements, element);
}

bool html_is_refused(const char *element)
{
    return listed(refused_elements, element);
}

enum html_attr html_attr_kind(const char *name)
{
    if (starts(name, "on") || listed(refused_attrs, name)) {
        return HTML_ATTR_REFUSED;
    }
    if (listed(link_attrs, name)) {
        return HTML_ATTR_LINK;
    }
    if (listed(number_attrs, name)) {
        return HTML_ATTR_NUMBER;
    }
    return listed(plain_attrs, name) || starts(name, "data-") || starts(name, "aria-")
               ? HTML_ATTR_PLAIN
               : HTML_ATTR_OTHER;
}
