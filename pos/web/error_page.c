/* The error page and its sentences. */
#include "pos/web/error_page.h"

#include "inventory/base/arena.h"
#include "pos/web/problem.h"
#include "pos/web/request.h"
#include "pos/web/respond.h"
#include "pos/web/wire.h"

const struct tpl_field error_fields[] = {
    TPL_FIELD(error_view, heading),
    TPL_FIELD(error_view, text),
    TPL_FIELD(error_view, slug),
    TPL_FIELD(error_view, back),
    TPL_FIELD(error_view, back_label),
    TPL_FIELD(error_view, sign_in),
    TPL_FIELD(error_view, login),
    TPL_FIELD(error_view, next),
    TPL_FIELD_END,
};

const char *error_sentence(enum err e)
{
    switch (e) {
    case OK:
    case ERR_INVALID: return _("Ada isian yang belum benar. Periksa kembali, lalu kirim lagi.");
    case ERR_REFUSED: return _("Hal ini belum dapat dilakukan sekarang.");
    case ERR_NOT_FOUND:
        return _("Yang dicari tidak ada. Periksa alamat atau nomornya, lalu coba lagi.");
    case ERR_CONFLICT:
        return _("Keadaan sudah berubah lebih dahulu. Muat ulang halaman, lalu periksa.");
    case ERR_FORBIDDEN: return _("Anda tidak berhak melakukan ini. Minta bantuan penyelia.");
    case ERR_LIMIT: return _("Kiriman terlalu besar. Kirim lebih sedikit sekaligus.");
    case ERR_BUSY: return _("Sedang sibuk. Tunggu sebentar, lalu coba lagi.");
    case ERR_FULL:
        return _(
            "Penyimpanan komputer penuh; tidak ada yang dicatat. Kosongkan tempat, lalu ulangi.");
    case ERR_IO: return _("Terjadi gangguan pada komputer; tidak ada yang dicatat. Coba lagi.");
    case ERR_CORRUPT:
        return _("Data pada penyimpanan tidak utuh. Hentikan pemakaian dan hubungi pengelola.");
    case ERR_UNKNOWN:
        return _("Belum pasti apakah ini sudah tercatat. Jangan ulangi dengan formulir baru; kirim "
                 "ulang formulir yang sama, atau periksa daftarnya.");
    }
    return "";
}

void error_answer(struct request *rq, int status, const struct why *why)
{
    struct error_view view = {
        .heading = request_words(rq, status_title(status)),
        .text = why->text,
        .slug = why->slug[0] ? why->slug : status_slug(status),
        .back = url_fixed("/"),
        .back_label = request_words(rq, _("Ke halaman awal")),
    };

    if (rq->route && rq->route->kind == ROUTE_JSON) {
        problem_answer(rq, status, why);
        return;
    }
    rq->title = view.heading;
    respond_page(rq, status, PAGE_ERROR, &view);
}

/* The page the form stood on, by Referer when it is ours; the form's own address may be for POST
 * only. */
static struct url form_page(struct request *rq)
{
    const char *referer = wire_header(rq->wire, "Referer");
    const char *host = wire_header(rq->wire, "Host");
    const char *at = referer ? strstr(referer, "://") : NULL;
    size_t n = host ? strlen(host) : 0;
    struct url url;

    if (at && n > 0 && strncmp(at + 3, host, n) == 0 && at[3 + n] == '/' &&
        url_local(&url, rq->cx.arena, at + 3 + n)) {
        return url;
    }
    return rq->route && rq->route->again && url_local(&url, rq->cx.arena, rq->path)
               ? url
               : url_fixed("/");
}

void error_session_ended(struct request *rq)
{
    struct error_view view = {
        .heading = request_words(rq, _("Masuk lagi untuk melanjutkan")),
        .text =
            request_words(rq, _("Sesi Anda sudah berakhir, jadi kiriman ini belum dicatat. Tidak "
                                "ada yang hilang: keranjang dan data tetap seperti semula. "
                                "Masuk, lalu ulangi langkah terakhir.")),
        .slug = "session-ended",
        .back = url_fixed("/"),
        .sign_in = true,
        .login = "",
        .next = form_page(rq),
    };

    rq->title = view.heading;
    respond_page(rq, 401, PAGE_ERROR, &view);
}
