/* Signing in and out, and the switch of language. */
#include "pos/web/login_page.h"

#include "inventory/base/arena.h"
#include "pos/web/request.h"
#include "pos/web/respond.h"
#include "pos/web/web.h"

const struct tpl_field login_fields[] = {
    TPL_FIELD(login_view, login),
    TPL_FIELD(login_view, error),
    TPL_FIELD(login_view, next),
    TPL_FIELD_END,
};

enum { NEXT_MAX = 2000 };

const struct input login_query_inputs[] = {
    {.name = "lanjut", .label = _("Halaman berikutnya"), .type = INPUT_LINE, .max = NEXT_MAX},
    INPUT_END,
};

const struct input login_inputs[] = {
    {.name = "nama", .label = _("Nama pengguna"), .type = INPUT_LINE, .required = true, .max = 64},
    {.name = "sandi", .label = _("Kata sandi"), .type = INPUT_PASSWORD, .required = true},
    {.name = "lanjut", .label = _("Halaman berikutnya"), .type = INPUT_LINE, .max = NEXT_MAX},
    INPUT_END,
};

static const char *const langs[] = {"id", "en", NULL};

const struct input lang_inputs[] = {
    {.name = "lang",
     .label = _("Bahasa"),
     .type = INPUT_CHOICE,
     .required = true,
     .choices = langs},
    {.name = "lanjut", .label = _("Halaman berikutnya"), .type = INPUT_LINE, .max = NEXT_MAX},
    INPUT_END,
};

/* Where to go on: an address of ours, or the first page of the role. */
static struct url next_of(struct request *rq)
{
    struct url next;

    if (!url_local(&next, rq->cx.arena, input_text(&rq->in, "lanjut"))) {
        next = url_fixed("/");
    }
    return next;
}

enum err login_show(struct request *rq)
{
    const char *why = NULL;
    struct login_view view = {.login = request_typed(rq, "nama"), .next = next_of(rq)};

    if (rq->session && !rq->refused) {
        respond_redirect(rq, view.next);
        return OK;
    }
    if (rq->refused && rq->in.error_count > 0) {
        why = rq->in.errors[0].text;
    }
    view.error = why;
    respond_page(rq, 0, PAGE_LOGIN, &view);
    return OK;
}

enum err login_do(struct request *rq)
{
    const struct credentials said = {.login = input_text(&rq->in, "nama"),
                                     .password = input_text(&rq->in, "sandi")};
    enum err e = session_login(rq, &said);

    if (!e) {
        respond_redirect(rq, next_of(rq));
    }
    return e;
}

enum err logout_do(struct request *rq)
{
    enum err e = session_end(rq);

    if (!e) {
        respond_redirect(rq, url_fixed("/masuk"));
    }
    return e;
}

enum err lang_do(struct request *rq)
{
    enum err e = session_set_lang(rq, input_choice(&rq->in, "lang") == 1 ? LANG_EN : LANG_ID);

    if (!e) {
        respond_redirect(rq, next_of(rq));
    }
    return e;
}
