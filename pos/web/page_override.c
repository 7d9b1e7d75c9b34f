/* A supervisor's leave at the till: the customer holds more of a counted lot than the book has.
 *
 * The supervisor says who they are on the cashier's screen; nobody is signed in or out by it, and
 * the cart stays as it is. */
#include <string.h>

#include "inventory/base/arena.h"
#include "inventory/base/label_code.h"
#include "inventory/stock_case.h"
#include "pos/staff.h"
#include "pos/web/desk.h"
#include "pos/web/respond.h"
#include "pos/web/session.h"
#include "pos/web/till_pages.h"

const struct input override_asked[] = {
    {.name = "kode", .label = _("Barang"), .type = INPUT_LINE, .max = 200},
    INPUT_END,
};

const struct input override_inputs[] = {
    {.name = "kode", .label = _("Barang"), .type = INPUT_LINE, .required = true, .max = 200},
    {.name = "jumlah", .label = _("Jumlah yang kurang"), .type = INPUT_QTY, .required = true},
    {.name = "alasan", .label = _("Alasan"), .type = INPUT_LINE, .required = true, .max = 200},
    {.name = "penyelia",
     .label = _("Nama pengguna penyelia"),
     .type = INPUT_LINE,
     .required = true,
     .max = 64},
    {.name = "sandi", .label = _("Kata sandi"), .type = INPUT_PASSWORD, .required = true},
    INPUT_END,
};

struct override_view {
    struct desk_form form;
    struct desk_field code, qty, reason, approver, password;
};

const struct tpl_field override_fields[] = {
    TPL_FIELD_NEST(override_view, form, desk_form, desk_form_fields),
    TPL_FIELD_NEST(override_view, code, desk_field, desk_field_fields),
    TPL_FIELD_NEST(override_view, qty, desk_field, desk_field_fields),
    TPL_FIELD_NEST(override_view, reason, desk_field, desk_field_fields),
    TPL_FIELD_NEST(override_view, approver, desk_field, desk_field_fields),
    TPL_FIELD_NEST(override_view, password, desk_field, desk_field_fields),
    TPL_FIELD_END,
};

/* "3*CODE" is what a cashier scans; the quantity is asked for on its own. */
static const char *code_alone(const char *text)
{
    const char *star = strchr(text, '*');

    return star ? star + 1 : text;
}

enum err page_override(struct request *rq)
{
    struct override_view view;

    request_db(rq);
    if (!till_chosen(rq)) {
        return OK;
    }
    view = (struct override_view){
        .form = desk_form(rq),
        .code = desk_field(rq, "kode", code_alone(desk_asked(rq, "kode"))),
        .qty = desk_field(rq, "jumlah", "1"),
        .reason = desk_field(rq, "alasan", ""),
        .approver = desk_field(rq, "penyelia", ""),
        .password = desk_field(rq, "sandi", ""),
    };
    respond_page(rq, 0, PAGE_OVERRIDE, &view);
    return OK;
}

/* The product, and the lot when its label was scanned. */
static enum err find_goods(struct override_wanted *out, struct request *rq)
{
    const char *text = code_alone(input_text(&rq->in, "kode"));
    const struct scanned scanned = scan_read(text, strlen(text));
    struct product product;
    struct label label;
    enum err e;

    if (scanned.kind == SCANNED_LABEL) {
        if ((e = take_label(&label, &rq->cx, text))) {
            return e;
        }
        out->product = label.product.id;
        out->lot = label.lot;
        return OK;
    }
    e = product_by_sku(&product, &rq->cx, text);
    if (e == ERR_NOT_FOUND) {
        return refuse_field(&rq->cx, e, "product-unknown", "kode",
                            _("Tidak ada barang \"%s\". Pindai labelnya, atau ketik kode "
                              "barangnya."),
                            text);
    }
    out->product = product.id;
    return e;
}

/* The act is the approver's; who stands at the till is named in it. */
static enum err override_as(struct document_no *number, struct request *rq,
                            const struct staff *approver, struct override_wanted *wanted)
{
    const enum role role = rq->cx.role;
    char actor[ACTOR_MAX];
    enum err e;

    memcpy(actor, rq->cx.actor, sizeof actor);
    wanted->asked_by = actor;
    snprintf(rq->cx.actor, sizeof rq->cx.actor, "%s", approver->login);
    rq->cx.role = approver->role;
    e = find_goods(wanted, rq);
    e = e ? e : stock_override(number, &rq->cx, wanted);
    memcpy(rq->cx.actor, actor, sizeof actor);
    rq->cx.role = role;
    return e;
}

enum err page_override_give(struct request *rq)
{
    const struct credentials said = {.login = input_text(&rq->in, "penyelia"),
                                     .password = input_text(&rq->in, "sandi")};
    struct override_wanted wanted = {.qty = input_qty(&rq->in, "jumlah"),
                                     .reason = input_text(&rq->in, "alasan")};
    struct document_no number;
    struct staff approver;
    enum err e;

    if (strcmp(said.login, rq->cx.actor) == 0) {
        return refuse_field(&rq->cx, ERR_FORBIDDEN, "override-own", "penyelia",
                            _("Izin ini diberikan orang lain daripada yang berdiri di kasir."));
    }
    if ((e = session_check(&approver, rq, &said))) {
        return e;
    }
    request_db(rq);
    if ((e = override_as(&number, rq, &approver, &wanted))) {
        if (strcmp(rq->cx.why.field, "note") == 0) {
            snprintf(rq->cx.why.field, sizeof rq->cx.why.field, "alasan");
        }
        return desk_refused(rq, e);
    }
    request_tell(rq, "ok",
                 desk_say(rq, _("%s mengizinkan; kasus %s dibuka. Pindai lagi barangnya."),
                          approver.name, number.text));
    respond_redirect(rq, url_fixed("/kasir"));
    return OK;
}
