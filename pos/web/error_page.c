/* The error page and its sentences. */
#include "pos/web/error_page.h"

#include "inventory/base/arena.h"
#include "pos/web/problem.h"
#include "pos/web/request.h"
#include "pos/web/respond.h"
#include "pos/web/wire.h"

/* A field of the form that could not be taken now. */
struct sent_view {
    const char *name, *value;
};

static const struct tpl_field sent_fields[] = {
    TPL_FIELD(sent_view, name),
    TPL_FIELD(sent_view, value),
    TPL_FIELD_END,
};

const struct tpl_field error_fields[] = {
    TPL_FIELD(error_view, heading),
    TPL_FIELD(error_view, text),
    TPL_FIELD(error_view, slug),
    TPL_FIELD(error_view, back),
    TPL_FIELD(error_view, back_label),
    TPL_FIELD(error_view, sign_in),
    TPL_FIELD(error_view, login),
    TPL_FIELD(error_view, next),
    TPL_FIELD_LIST(error_view, sent, sent_view, sent_fields),
    TPL_FIELD(error_view, sent_to),
    TPL_FIELD_END,
};

#define RETRY_AFTER_S "5"

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
    case ERR_AWAY:
        return _(
            "Server data sedang tidak terjangkau. Tidak ada yang tercatat, dan keranjang serta "
            "data tetap utuh. Tunggu sebentar, lalu coba lagi.");
    case ERR_UNKNOWN:
        return _("Belum pasti apakah ini sudah tercatat. Jangan ulangi dengan formulir baru; kirim "
                 "ulang formulir yang sama, atau periksa daftarnya.");
    }
    return "";
}

static bool asks_password(const struct input *table)
{
    for (; table && table->name; table++) {
        if (table->type == INPUT_PASSWORD) {
            return true;
        }
    }
    return false;
}

/* Nobody should type again what could only not be taken at this moment: the same form, with the
 * same key, stands ready to be sent once more. */
static void fill_sent(struct error_view *view, struct request *rq)
{
    struct sent_view *list;

    if (rq->method != METHOD_POST || rq->route->kind != ROUTE_PAGE ||
        (rq->route->flags & ROUTE_UPLOAD) || asks_password(rq->route->fields) ||
        rq->form.count == 0 || !url_local(&view->sent_to, rq->cx.arena, rq->path)) {
        return;
    }
    list = ARENA_ARRAY(rq->cx.arena, struct sent_view, rq->form.count);
    for (size_t i = 0; i < rq->form.count; i++) {
        list[i] = (struct sent_view){rq->form.fields[i].name, rq->form.fields[i].value};
    }
    view->sent = TPL_LIST(list, rq->form.count);
}

/* What was only looked at is looked at again. */
static void offer_again(struct error_view *view, struct request *rq)
{
    const char *to =
        rq->query[0] ? arena_format(rq->cx.arena, "%s?%s", rq->path, rq->query) : rq->path;

    if (rq->method == METHOD_GET && rq->route->kind == ROUTE_PAGE &&
        url_local(&view->back, rq->cx.arena, to)) {
        view->back_label = request_words(rq, _("Coba lagi"));
    }
}

void error_answer(struct request *rq, int status, const struct why *why)
{
    struct error_view view = {
        .heading = request_words(rq, status_title(status, why->code)),
        .text = why->text,
        .slug = why->slug[0] ? why->slug : status_slug(status),
        .back = url_fixed("/"),
        .back_label = request_words(rq, _("Ke halaman awal")),
    };

    if (rq->route && rq->route->kind == ROUTE_JSON) {
        problem_answer(rq, status, why);
    } else {
        if (status == 503 && rq->route) {
            fill_sent(&view, rq);
            offer_again(&view, rq);
        }
        rq->title = view.heading;
        respond_page(rq, status, PAGE_ERROR, &view);
    }
    if (status == 503) {
        respond_header(rq, "Retry-After", RETRY_AFTER_S);
    }
}

struct url error_form_page(struct request *rq)
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
        .next = error_form_page(rq),
    };

    rq->title = view.heading;
    respond_page(rq, 401, PAGE_ERROR, &view);
}
