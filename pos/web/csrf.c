/* Guards against forms of strangers: the browser's own word, and a token only our pages know. */
#include "pos/web/csrf.h"

#include <strings.h>

#include "inventory/base/secret.h"
#include "pos/web/session.h"

/* A port that everybody leaves out is the same as none. */
static const char *port_said(const struct host_port *h)
{
    return strcmp(h->port, "80") == 0 || strcmp(h->port, "443") == 0 ? "" : h->port;
}

static bool origin_is_host(const char *origin, const char *host)
{
    size_t scheme = strncasecmp(origin, "http://", 7) == 0    ? 7
                    : strncasecmp(origin, "https://", 8) == 0 ? 8
                                                              : 0;
    struct host_port a, b;

    return scheme > 0 && host && host_parse(&a, origin + scheme, strlen(origin + scheme)) &&
           host_parse(&b, host, strlen(host)) && strcmp(a.name, b.name) == 0 &&
           strcmp(port_said(&a), port_said(&b)) == 0;
}

bool csrf_same_origin(const struct wire_request *w)
{
    const char *site = wire_header(w, "Sec-Fetch-Site");
    const char *origin = wire_header(w, "Origin");

    if (wire_header_count(w, "Sec-Fetch-Site") > 1 || wire_header_count(w, "Origin") > 1) {
        return false;
    }
    if (site && strcasecmp(site, "same-origin") != 0) {
        return false;
    }
    if (origin && !origin_is_host(origin, wire_header(w, "Host"))) {
        return false;
    }
    return site || origin;
}

bool csrf_token_right(const struct session *s, const struct form *form)
{
    const char *token = form_get(form, CSRF_FIELD);
    size_t n = strlen(s->csrf);

    return n > 0 && token && !form_nth(form, CSRF_FIELD, 1) && strlen(token) == n &&
           secret_equal(token, s->csrf, n);
}
