/* People who may sign in: the list, a new one, a change of one, a new password. */
#include "inventory/base/arena.h"
#include "inventory/base/secret.h"
#include "inventory/fact.h"
#include "pos/staff.h"
#include "pos/web/desk.h"
#include "pos/web/desk_pages.h"
#include "pos/web/respond.h"

const struct input user_new_inputs[] = {
    {.name = "login",
     .label = _("Nama pengguna"),
     .type = INPUT_LINE,
     .required = true,
     .min = 2,
     .max = LOGIN_LEN_MAX},
    {.name = "nama",
     .label = _("Nama"),
     .type = INPUT_LINE,
     .required = true,
     .min = 1,
     .max = STAFF_NAME_LEN_MAX},
    {.name = "peran",
     .label = _("Peran"),
     .type = INPUT_CHOICE,
     .required = true,
     .choices = desk_roles},
    {.name = "sandi",
     .label = _("Kata sandi"),
     .type = INPUT_PASSWORD,
     .required = true,
     .min = 1,
     .max = PASSWORD_LEN_MAX},
    INPUT_END,
};

const struct input user_change_inputs[] = {
    {.name = "nama",
     .label = _("Nama"),
     .type = INPUT_LINE,
     .required = true,
     .min = 1,
     .max = STAFF_NAME_LEN_MAX},
    {.name = "peran",
     .label = _("Peran"),
     .type = INPUT_CHOICE,
     .required = true,
     .choices = desk_roles},
    {.name = "aktif", .label = _("Boleh masuk"), .type = INPUT_FLAG},
    INPUT_END,
};

const struct input user_password_inputs[] = {
    {.name = "sandi",
     .label = _("Kata sandi baru"),
     .type = INPUT_PASSWORD,
     .required = true,
     .min = 1,
     .max = PASSWORD_LEN_MAX},
    INPUT_END,
};

/* ---- the list ---- */

struct users_row {
    struct url url;
    const char *login;
    const char *name;
    const char *role;
    bool active;
};

static const struct tpl_field users_row_fields[] = {
    TPL_FIELD(users_row, url),  TPL_FIELD(users_row, login),  TPL_FIELD(users_row, name),
    TPL_FIELD(users_row, role), TPL_FIELD(users_row, active), TPL_FIELD_END,
};

struct users_view {
    struct desk_form form;
    bool may_change;
    struct tpl_list rows, roles;
    struct desk_field login, name, role, password;
};

const struct tpl_field users_fields[] = {
    TPL_FIELD_NEST(users_view, form, desk_form, desk_form_fields),
    TPL_FIELD(users_view, may_change),
    TPL_FIELD_LIST(users_view, rows, users_row, users_row_fields),
    TPL_FIELD_LIST(users_view, roles, desk_option, desk_option_fields),
    TPL_FIELD_NEST(users_view, login, desk_field, desk_field_fields),
    TPL_FIELD_NEST(users_view, name, desk_field, desk_field_fields),
    TPL_FIELD_NEST(users_view, role, desk_field, desk_field_fields),
    TPL_FIELD_NEST(users_view, password, desk_field, desk_field_fields),
    TPL_FIELD_END,
};

enum err users_list(struct request *rq)
{
    struct users_view view;
    struct users_row *rows;
    struct staff_list list;
    enum err e;

    request_db(rq);
    if ((e = staff_all(&list, &rq->cx))) {
        return e;
    }
    rows = ARENA_ARRAY(rq->cx.arena, struct users_row, list.count + 1);
    for (size_t i = 0; i < list.count; i++) {
        const struct staff *s = &list.items[i];

        rows[i] =
            (struct users_row){.url = url_part(rq->cx.arena, url_fixed("/atur/pengguna"), s->login),
                               .login = s->login,
                               .name = s->name,
                               .role = desk_role(rq, s->role),
                               .active = s->active};
    }
    view = (struct users_view){
        .form = desk_form(rq),
        .may_change = desk_may(rq, ROLE_ADMIN),
        .rows = TPL_LIST(rows, list.count),
        .login = desk_field(rq, "login", ""),
        .name = desk_field(rq, "nama", ""),
        .role = desk_field(rq, "peran", ""),
        .password = desk_field(rq, "sandi", ""),
    };
    view.roles = desk_role_options(rq, view.role.value);
    respond_page(rq, 0, PAGE_USERS, &view);
    return OK;
}

enum err user_new(struct request *rq)
{
    const struct inputs *in = &rq->in;
    char hash[PASSWORD_HASH_MAX];
    struct staff_new wanted = {
        .login = input_text(in, "login"), .name = input_text(in, "nama"), .password_hash = hash};
    struct staff_id id;
    enum err e;

    if (!role_from_name(&wanted.role, input_text(in, "peran"))) {
        return ERR_INVALID;
    }
    if ((e = password_check(&rq->cx, "sandi", input_text(in, "sandi")))) {
        return desk_refused(rq, e);
    }
    if (!password_hash(hash, input_text(in, "sandi"))) {
        return ERR_IO;
    }
    request_db(rq);
    if ((e = staff_create(&id, &rq->cx, &wanted))) {
        return desk_refused(rq, e);
    }
    request_tell(
        rq, "ok",
        desk_say(rq, _("%s boleh masuk sebagai %s."), wanted.name, desk_role(rq, wanted.role)));
    respond_redirect(rq, url_fixed("/atur/pengguna"));
    return OK;
}

/* ---- one person ---- */

struct user_view {
    struct desk_form form;
    bool may_change;
    const char *login;
    const char *person;
    const char *role_now;
    bool active;
    bool was_active;
    bool self;
    struct desk_field name, role, password;
    struct tpl_list roles;
    struct url change, reset;
};

const struct tpl_field user_fields[] = {
    TPL_FIELD_NEST(user_view, form, desk_form, desk_form_fields),
    TPL_FIELD(user_view, may_change),
    TPL_FIELD(user_view, login),
    TPL_FIELD(user_view, person),
    TPL_FIELD(user_view, role_now),
    TPL_FIELD(user_view, active),
    TPL_FIELD(user_view, was_active),
    TPL_FIELD(user_view, self),
    TPL_FIELD_NEST(user_view, name, desk_field, desk_field_fields),
    TPL_FIELD_NEST(user_view, role, desk_field, desk_field_fields),
    TPL_FIELD_NEST(user_view, password, desk_field, desk_field_fields),
    TPL_FIELD_LIST(user_view, roles, desk_option, desk_option_fields),
    TPL_FIELD(user_view, change),
    TPL_FIELD(user_view, reset),
    TPL_FIELD_END,
};

static enum err user_of_path(struct staff *out, struct request *rq)
{
    const char *login = request_param(rq, "login");
    const enum err e = staff_by_login(out, &rq->cx, login);

    return e == ERR_NOT_FOUND
               ? refuse(&rq->cx, e, "staff-unknown",
                        _("Tidak ada pengguna %s. Periksa namanya di daftar Pengguna."), login)
               : e;
}

enum err user_page(struct request *rq)
{
    const bool typed = rq->refused && form_get(&rq->form, "nama");
    struct user_view view;
    struct staff person;
    struct url here;
    enum err e;

    request_db(rq);
    if ((e = user_of_path(&person, rq))) {
        return e;
    }
    here = url_part(rq->cx.arena, url_fixed("/atur/pengguna"), person.login);
    view = (struct user_view){
        .form = desk_form(rq),
        .may_change = desk_may(rq, ROLE_ADMIN),
        .login = person.login,
        .person = person.name,
        .role_now = desk_role(rq, person.role),
        .active = typed ? form_get(&rq->form, "aktif") != NULL : person.active,
        .was_active = person.active,
        .self = strcmp(person.login, rq->cx.actor) == 0,
        .name = desk_field(rq, "nama", person.name),
        .role = desk_field(rq, "peran", role_name(person.role)),
        .password = desk_field(rq, "sandi", ""),
        .change = here,
        .reset = url_part(rq->cx.arena, here, "sandi"),
    };
    view.roles = desk_role_options(rq, view.role.value);
    rq->title = person.name;
    respond_page(rq, 0, PAGE_USER, &view);
    return OK;
}

enum err user_change(struct request *rq)
{
    const struct inputs *in = &rq->in;
    const bool active = input_flag(in, "aktif");
    enum role role = ROLE_NONE;
    struct staff person;
    enum err e;

    if (!role_from_name(&role, input_text(in, "peran"))) {
        return ERR_INVALID;
    }
    if ((e = user_of_path(&person, rq)) ||
        (e = staff_revise(&rq->cx, person.login, input_text(in, "nama"), role, active))) {
        return desk_refused(rq, e);
    }
    /* What a person may do was read when the session began. */
    if ((!active || role != person.role) && (e = session_end_others(rq, person.id))) {
        return e;
    }
    request_tell(rq, "ok",
                 active ? request_words(rq, _("Perubahan disimpan."))
                        : desk_say(rq, _("%s tidak dapat masuk lagi."), person.name));
    respond_redirect(rq, url_fixed("/atur/pengguna"));
    return OK;
}

enum err user_password(struct request *rq)
{
    char hash[PASSWORD_HASH_MAX];
    struct staff person;
    enum err e;

    if ((e = password_check(&rq->cx, "sandi", input_text(&rq->in, "sandi")))) {
        return e;
    }
    if (!password_hash(hash, input_text(&rq->in, "sandi"))) {
        return ERR_IO;
    }
    request_db(rq);
    if ((e = user_of_path(&person, rq)) || (e = staff_set_password(&rq->cx, person.login, hash)) ||
        (e = session_end_others(rq, person.id))) {
        return e;
    }
    request_tell(rq, "ok",
                 desk_say(rq, _("Kata sandi %s diganti; ia harus masuk lagi."), person.name));
    respond_redirect(rq, url_part(rq->cx.arena, url_fixed("/atur/pengguna"), person.login));
    return OK;
}
