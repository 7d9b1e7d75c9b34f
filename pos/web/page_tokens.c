/* Keys of machines: made, shown once, revoked. */
#include "inventory/base/arena.h"
#include "pos/staff.h"
#include "pos/web/desk.h"
#include "pos/web/desk_pages.h"
#include "pos/web/respond.h"
#include "pos/web/session_cache.h"
#include "pos/web/web.h"

enum { TOKENS_SHOWN = 200, TOKEN_NAME_LEN = 24 };

const struct input token_new_inputs[] = {
    {.name = "nama",
     .label = _("Nama kunci"),
     .type = INPUT_LINE,
     .required = true,
     .min = 1,
     .max = TOKEN_NAME_LEN},
    {.name = "peran",
     .label = _("Peran"),
     .type = INPUT_CHOICE,
     .required = true,
     .choices = desk_roles},
    INPUT_END,
};

const struct input token_revoke_inputs[] = {
    {.name = "cabut",
     .label = _("Nama kunci"),
     .type = INPUT_LINE,
     .required = true,
     .max = TOKEN_NAME_LEN},
    INPUT_END,
};

struct token_row {
    const char *name;
    const char *role;
    const char *made;
    const char *revoked; /* "": in use */
};

static const struct tpl_field token_row_fields[] = {
    TPL_FIELD(token_row, name),
    TPL_FIELD(token_row, role),
    TPL_FIELD(token_row, made),
    TPL_FIELD(token_row, revoked),
    TPL_FIELD_END,
};

struct tokens_view {
    struct desk_form form;
    bool may_change;
    struct tpl_list rows, roles;
    struct desk_field name, role;
    const char *fresh; /* the text of the key made just now; "" otherwise */
    const char *fresh_name;
};

const struct tpl_field tokens_fields[] = {
    TPL_FIELD_NEST(tokens_view, form, desk_form, desk_form_fields),
    TPL_FIELD(tokens_view, may_change),
    TPL_FIELD_LIST(tokens_view, rows, token_row, token_row_fields),
    TPL_FIELD_LIST(tokens_view, roles, desk_option, desk_option_fields),
    TPL_FIELD_NEST(tokens_view, name, desk_field, desk_field_fields),
    TPL_FIELD_NEST(tokens_view, role, desk_field, desk_field_fields),
    TPL_FIELD(tokens_view, fresh),
    TPL_FIELD(tokens_view, fresh_name),
    TPL_FIELD_END,
};

static enum err show_tokens(struct request *rq, const char *fresh, const char *fresh_name)
{
    struct tokens_view view;
    struct desk_token *list;
    struct token_row *rows;
    size_t n;
    enum err e;

    request_db(rq);
    if ((e = desk_tokens(&list, &n, &rq->cx, TOKENS_SHOWN))) {
        return e;
    }
    rows = ARENA_ARRAY(rq->cx.arena, struct token_row, n + 1);
    for (size_t i = 0; i < n; i++) {
        rows[i] = (struct token_row){
            .name = list[i].name,
            .role = desk_role(rq, list[i].role),
            .made = desk_moment(rq, list[i].made),
            .revoked = list[i].revoked.ms ? desk_moment(rq, list[i].revoked) : ""};
    }
    view = (struct tokens_view){
        .form = desk_form(rq),
        .may_change = desk_may(rq, ROLE_ADMIN),
        .rows = TPL_LIST(rows, n),
        .name = desk_field(rq, "nama", ""),
        .role = desk_field(rq, "peran", "auditor"),
        .fresh = fresh,
        .fresh_name = fresh_name,
    };
    view.roles = desk_role_options(rq, view.role.value);
    respond_page(rq, 0, PAGE_TOKENS, &view);
    return OK;
}

enum err tokens_list(struct request *rq)
{
    return show_tokens(rq, "", "");
}

/* Not kept under an idempotency key: the kept answer would hold the key's text. */
enum err token_new(struct request *rq)
{
    const char *name = input_text(&rq->in, "nama");
    char text[TOKEN_TEXT_MAX];
    enum role role = ROLE_NONE;
    enum err e;

    if (!role_from_name(&role, input_text(&rq->in, "peran"))) {
        return ERR_INVALID;
    }
    if ((e = token_create(&rq->cx, text, name, role))) {
        return e;
    }
    return show_tokens(rq, text, name);
}

enum err token_end(struct request *rq)
{
    const char *name = input_text(&rq->in, "cabut");
    const enum err e = token_revoke(&rq->cx, name);
    char actor[ACTOR_MAX];

    if (e) {
        return e;
    }
    snprintf(actor, sizeof actor, "token:%.24s", name);
    session_cache_drop_actor(rq->web->sessions, actor);
    request_tell(rq, "ok", desk_say(rq, _("Kunci %s dicabut; tidak dapat dipakai lagi."), name));
    respond_redirect(rq, url_fixed("/atur/kunci"));
    return OK;
}
