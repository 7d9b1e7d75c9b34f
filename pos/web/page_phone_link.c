/* From the desk to the phone: the address of a phone page as a QR code on the screen. */
#include "inventory/base/arena.h"
#include "pos/web/board.h"
#include "pos/web/host.h"
#include "pos/web/phone.h"
#include "pos/web/respond.h"
#include "pos/web/web.h"
#include "receipts/qr.h"

enum { SVG_BYTES_MAX = 256 * 1024 };

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

void phone_invite(struct board *b, struct request *rq, struct url page)
{
    board_facts(b, _("Dengan ponsel"));
    board_fact_url(b, _("Alamat"), address(rq, page), page);
    if (only_here(rq)) {
        board_say(
            b, "info",
            request_words(rq, _("Alamat ini hanya bekerja pada komputer ini. Buka halaman ini "
                                "lewat nama atau alamat komputer di jaringan, lalu pindai "
                                "lagi.")));
    } else if (!rq->secure) {
        board_say(b, "info",
                  request_words(rq, _("Tanpa https kamera langsung tidak bekerja pada ponsel; foto "
                                      "label dan kode yang diketik bekerja.")));
    }
    board_picture(b, url_query(rq->cx.arena, url_fixed("/m/qr.svg"), "ke", page.local),
                  request_words(rq, _("Kode QR alamat halaman ponsel")));
}

/* A run of black modules in a row is one rectangle. */
static void draw(struct sbuf *out, const struct qr *q)
{
    const int32_t side = q->width + 2 * QR_QUIET_MODULES;

    sbuf_format(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"216\" height=\"216\" viewBox=\"0 0 %d "
        "%d\" "
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
