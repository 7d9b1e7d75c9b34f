/* The first administrator: a link that is printed once at the first start and works once. */
#include "inventory/base/secret.h"
#include "pos/staff.h"
#include "pos/web/desk.h"
#include "pos/web/first_admin_page.h"
#include "pos/web/respond.h"

struct first_admin_view {
    struct desk_form form;
    struct desk_field login, name;
    const char *password_error, *again_error;
};

const struct tpl_field first_admin_view_fields[] = {
    TPL_FIELD_NEST(first_admin_view, form, desk_form, desk_form_fields),
    TPL_FIELD_NEST(first_admin_view, login, desk_field, desk_field_fields),
    TPL_FIELD_NEST(first_admin_view, name, desk_field, desk_field_fields),
    TPL_FIELD(first_admin_view, password_error),
    TPL_FIELD(first_admin_view, again_error),
    TPL_FIELD_END,
};

const struct input first_admin_fields[] = {
    {.name = "login",
     .label = _("Nama pengguna"),
     .type = INPUT_LINE,
     .required = true,
     .min = 2,
     .max = LOGIN_LEN_MAX},
    {.name = "name",
     .label = _("Nama lengkap"),
     .type = INPUT_LINE,
     .required = true,
     .min = 2,
     .max = STAFF_NAME_LEN_MAX},
    {.name = "sandi",
     .label = _("Kata sandi"),
     .type = INPUT_PASSWORD,
     .required = true,
     .min = 1,
     .max = PASSWORD_LEN_MAX},
    {.name = "ulang",
     .label = _("Kata sandi, sekali lagi"),
     .type = INPUT_PASSWORD,
     .required = true,
     .min = 1,
     .max = PASSWORD_LEN_MAX},
    INPUT_END,
};

/* One sentence for every link that does not work, so that nothing can be tried out. */
static enum err token_is_open(struct request *rq)
{
    bool open = false;
    enum err e;

    request_db(rq);
    e = first_admin_open(&open, &rq->cx, request_param(rq, "token"));
    request_db_done(rq);
    if (e || open) {
        return e;
    }
    return refuse(&rq->cx, ERR_NOT_FOUND, "token-bad",
                  _("Tautan ini sudah dipakai atau sudah lewat waktunya. Jalankan ulang program "
                    "untuk mendapat tautan baru, atau masuk bila administrator sudah ada."));
}

enum err page_first_admin(struct request *rq)
{
    struct first_admin_view view;
    enum err e = token_is_open(rq);

    if (e) {
        return e;
    }
    view = (struct first_admin_view){
        .form = desk_form(rq),
        .login = desk_field(rq, "login", "admin"),
        .name = desk_field(rq, "name", ""),
        .password_error = request_error(rq, "sandi"),
        .again_error = request_error(rq, "ulang"),
    };
    respond_page(rq, 0, PAGE_FIRST_ADMIN, &view);
    return OK;
}

enum err page_first_admin_again(struct request *rq)
{
    /* A used or wrong link has no form to show again. */
    return strcmp(rq->cx.why.slug, "token-bad") == 0 ? rq->cx.why.code : page_first_admin(rq);
}

static enum err passwords_check(struct request *rq, const char *password, const char *again)
{
    enum err e = password_check(&rq->cx, "sandi", password);

    if (!e && strcmp(password, again) != 0) {
        e = refuse_field(&rq->cx, ERR_INVALID, "password-differs", "ulang",
                         _("Kedua kata sandi tidak sama. Ketik ulang keduanya."));
    }
    return e;
}

enum err page_first_admin_make(struct request *rq)
{
    const char *password = input_text(&rq->in, "sandi");
    struct staff_new wanted = {.login = input_text(&rq->in, "login"),
                               .name = input_text(&rq->in, "name"),
                               .role = ROLE_ADMIN};
    char hash[PASSWORD_HASH_MAX];
    struct staff_id id;
    enum err e;

    /* The link is looked at first, so that nobody without one makes this computer work. */
    if ((e = token_is_open(rq)) ||
        (e = passwords_check(rq, password, input_text(&rq->in, "ulang")))) {
        return e;
    }
    if (!password_hash(hash, password)) {
        return ERR_IO;
    }
    wanted.password_hash = hash;
    request_db(rq);
    e = first_admin_create(&id, &rq->cx, request_param(rq, "token"), &wanted);
    request_db_done(rq);
    if (e) {
        return e;
    }
    if ((e = session_begin(rq, &(struct session_who){.staff = id,
                                                     .actor = wanted.login,
                                                     .person = wanted.name,
                                                     .role = ROLE_ADMIN}))) {
        return e;
    }
    respond_redirect(rq, url_fixed("/"));
    return OK;
}
