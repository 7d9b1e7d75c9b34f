/* From the desk to the phone: the address of a phone page as a QR code on the screen. */
#include "inventory/base/arena.h"
#include "pos/web/host.h"
#include "pos/web/phone.h"
#include "pos/web/respond.h"
#include "pos/web/web.h"
#include "receipts/qr.h"

enum { SVG_BYTES_MAX = 256 * 1024 };

const struct tpl_field phone_link_fields[] = {
    TPL_FIELD(phone_link, page),    TPL_FIELD(phone_link, picture),
    TPL_FIELD(phone_link, address), TPL_FIELD(phone_link, here_only),
    TPL_FIELD(phone_link, secure),  TPL_FIELD_END,
};

const struct input phone_qr_inputs[] = {
    {.name = "ke", .label = _("Alamat"), .type = INPUT_LINE, .required = true, .max = 200},
    INPUT_END,
};

/* By the name that the desk used, which the list of hosts has passed; a proxy's own name first. */
static const char *address(struct request *rq, struct url page)
{
    const char *base = rq->web->options.public_url;
    const char *host = wire_header(rq->wire, "Host");

    if (base) {
        const size_t n = strlen(base);

        return arena_format(rq->cx.arena, "%.*s%s", (int)(base[n - 1] == '/' ? n - 1 : n), base,
                            page.local);
    }
    return arena_format(rq->cx.arena, "%s://%s%s", rq->secure ? "https" : "http", host ? host : "",
                        page.local);
}

static bool only_here(struct request *rq)
{
    const char *host = wire_header(rq->wire, "Host");
    struct host_port at;

    return !rq->web->options.public_url && host && host_parse(&at, host, strlen(host)) &&
           (strcmp(at.name, "localhost") == 0 || strncmp(at.name, "127.", 4) == 0 ||
            strcmp(at.name, "::1") == 0);
}

struct phone_link phone_link(struct request *rq, struct url page)
{
    return (struct phone_link){
        .page = page,
        .picture = url_query(rq->cx.arena, url_fixed("/m/qr.svg"), "ke", page.local),
        .address = address(rq, page),
        .here_only = only_here(rq),
        .secure = rq->secure,
    };
}

/* A run of black modules in a row is one rectangle. */
static void draw(struct sbuf *out, const struct qr *q)
{
    const int32_t side = q->width + 2 * QR_QUIET_MODULES;

    sbuf_format(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" "
        "shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h%dv%dH0z\"/><path d=\"",
        side, side, side, side);
    for (int32_t y = 0; y < q->width; y++) {
        for (int32_t x = 0; x < q->width; x++) {
            int32_t n = 0;

            while (x + n < q->width && qr_black(q, x + n, y)) {
                n++;
            }
            if (n > 0) {
                sbuf_format(out, "M%d %dh%dv1h-%dz", x + QR_QUIET_MODULES, y + QR_QUIET_MODULES, n,
                            n);
                x += n;
            }
        }
    }
    sbuf_text(out, "\"/></svg>\n");
}

enum err phone_qr(struct request *rq)
{
    const struct file_about about = {.type = "image/svg+xml", .cache = CACHE_NEVER};
    const char *text = input_text(&rq->in, "ke");
    struct url page;
    struct sbuf svg;
    struct qr q;
    enum err e;

    if (strncmp(text, "/m/", 3) != 0 || !url_local(&page, rq->cx.arena, text)) {
        return refuse(&rq->cx, ERR_INVALID, "phone-address",
                      _("Hanya halaman ponsel yang dijadikan kode QR di sini. Buka dari halaman "
                        "hitungan atau kiriman."));
    }
    if ((e = qr_encode(&q, address(rq, page), &rq->cx.why))) {
        return e;
    }
    sbuf_init(&svg, SVG_BYTES_MAX);
    draw(&svg, &q);
    qr_done(&q);
    respond_bytes(rq, 200, &about, sbuf_str(&svg), svg.len);
    sbuf_done(&svg);
    return OK;
}
