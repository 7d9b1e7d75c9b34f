/* A new product, and a change of one. */
#include "inventory/base/arena.h"
#include "inventory/fact.h"
#include "pos/pnbp/reference.h"
#include "pos/web/desk.h"
#include "pos/web/desk_pages.h"
#include "pos/web/respond.h"

static const char *const tracking_choices[] = {"piece", "lot", "service", "material", NULL};

/* What a new product and a change of one have in common. */
#define ITEM_COMMON_INPUTS                                                                         \
    {.name = "nama",                                                                               \
     .label = _("Nama barang"),                                                                    \
     .type = INPUT_LINE,                                                                           \
     .required = true,                                                                             \
     .max = PRODUCT_NAME_LEN_MAX},                                                                 \
        {.name = "kelompok",                                                                       \
         .label = _("Kelompok"),                                                                   \
         .type = INPUT_LINE,                                                                       \
         .required = true,                                                                         \
         .max = FAMILY_CODE_LEN_MAX},                                                              \
        {.name = "bengkel",                                                                        \
         .label = _("Bengkel"),                                                                    \
         .type = INPUT_LINE,                                                                       \
         .required = true,                                                                         \
         .max = PLACE_NAME_LEN_MAX},                                                               \
        {.name = "akun",                                                                           \
         .label = _("Akun pendapatan"),                                                            \
         .type = INPUT_CODE,                                                                       \
         .required = true,                                                                         \
         .max = 8},                                                                                \
        {.name = "tahan",                                                                          \
         .label = _("Masa simpan"),                                                                \
         .type = INPUT_INT,                                                                        \
         .min = 0,                                                                                 \
         .max = SHELF_LIFE_DAYS_MAX},                                                              \
        {.name = "motif", .label = _("Motif atau model"), .type = INPUT_LINE, .max = 80},          \
    {                                                                                              \
        .name = "teknik", .label = _("Teknik"), .type = INPUT_LINE, .max = 80                      \
    }

const struct input item_new_inputs[] = {
    {.name = "sku",
     .label = _("Kode barang"),
     .type = INPUT_CODE,
     .required = true,
     .min = 1,
     .max = SKU_LEN_MAX},
    ITEM_COMMON_INPUTS,
    {.name = "lacak",
     .label = _("Cara menghitung"),
     .type = INPUT_CHOICE,
     .required = true,
     .choices = tracking_choices},
    {.name = "satuan",
     .label = _("Satuan"),
     .type = INPUT_LINE,
     .required = true,
     .min = 1,
     .max = UNIT_NAME_LEN_MAX},
    {.name = "harga", .label = _("Harga jual"), .type = INPUT_RUPIAH, .min = 1, .max = RUPIAH_MAX},
    {.name = "biaya", .label = _("Harga pokok"), .type = INPUT_RUPIAH, .min = 0, .max = RUPIAH_MAX},
    INPUT_END,
};

const struct input item_change_inputs[] = {
    ITEM_COMMON_INPUTS,
    {.name = "aktif", .label = _("Masih dijual"), .type = INPUT_FLAG},
    INPUT_END,
};

/* ---- the form of a product ---- */

struct item_form_view {
    struct desk_form form;
    bool is_new;
    bool may_price;
    bool active;
    const char *current_sku;
    const char *current_name;
    struct url back;
    struct desk_field sku, name, workshop, unit, shelf, motif, technique, price, cost, family,
        account, tracking;
    struct tpl_list families, accounts, trackings; /* struct desk_option */
    struct tpl_list workshops;                     /* struct desk_option: names that exist */
};

const struct tpl_field item_form_fields[] = {
    TPL_FIELD_NEST(item_form_view, form, desk_form, desk_form_fields),
    TPL_FIELD(item_form_view, is_new),
    TPL_FIELD(item_form_view, may_price),
    TPL_FIELD(item_form_view, active),
    TPL_FIELD(item_form_view, current_sku),
    TPL_FIELD(item_form_view, current_name),
    TPL_FIELD(item_form_view, back),
    TPL_FIELD_NEST(item_form_view, sku, desk_field, desk_field_fields),
    TPL_FIELD_NEST(item_form_view, name, desk_field, desk_field_fields),
    TPL_FIELD_NEST(item_form_view, workshop, desk_field, desk_field_fields),
    TPL_FIELD_NEST(item_form_view, unit, desk_field, desk_field_fields),
    TPL_FIELD_NEST(item_form_view, shelf, desk_field, desk_field_fields),
    TPL_FIELD_NEST(item_form_view, motif, desk_field, desk_field_fields),
    TPL_FIELD_NEST(item_form_view, technique, desk_field, desk_field_fields),
    TPL_FIELD_NEST(item_form_view, price, desk_field, desk_field_fields),
    TPL_FIELD_NEST(item_form_view, cost, desk_field, desk_field_fields),
    TPL_FIELD_NEST(item_form_view, family, desk_field, desk_field_fields),
    TPL_FIELD_NEST(item_form_view, account, desk_field, desk_field_fields),
    TPL_FIELD_NEST(item_form_view, tracking, desk_field, desk_field_fields),
    TPL_FIELD_LIST(item_form_view, families, desk_option, desk_option_fields),
    TPL_FIELD_LIST(item_form_view, accounts, desk_option, desk_option_fields),
    TPL_FIELD_LIST(item_form_view, trackings, desk_option, desk_option_fields),
    TPL_FIELD_LIST(item_form_view, workshops, desk_option, desk_option_fields),
    TPL_FIELD_END,
};

static enum err form_lists(struct item_form_view *view, struct request *rq)
{
    struct family_list families;
    struct place_list workshops;
    struct desk_option *options;
    enum err e;

    if ((e = family_all(&families, &rq->cx)) ||
        (e = place_all(&workshops, &rq->cx, PLACE_WORKSHOP))) {
        return e;
    }
    options = ARENA_ARRAY(rq->cx.arena, struct desk_option, families.count + 1);
    for (size_t i = 0; i < families.count; i++) {
        options[i] =
            (struct desk_option){.value = families.items[i].code, .label = families.items[i].name};
    }
    desk_choose(options, families.count, view->family.value);
    view->families = TPL_LIST(options, families.count);
    options = ARENA_ARRAY(rq->cx.arena, struct desk_option, workshops.count + 1);
    for (size_t i = 0; i < workshops.count; i++) {
        options[i] = (struct desk_option){.value = workshops.items[i].name,
                                          .label = workshops.items[i].name};
    }
    view->workshops = TPL_LIST(options, workshops.count);
    return OK;
}

static void form_accounts(struct item_form_view *view, struct request *rq)
{
    const struct revenue_accounts *known = &reference()->accounts;
    const struct day today = desk_today(rq);
    struct desk_option *options = ARENA_ARRAY(rq->cx.arena, struct desk_option, known->count + 1);
    size_t n = 0;

    for (size_t i = 0; i < known->count; i++) {
        const struct revenue_account *a = &known->list[i];

        if (revenue_account_find(known, a->code, today) == a) {
            options[n++] = (struct desk_option){
                .value = a->code, .label = arena_format(rq->cx.arena, "%s %s", a->code, a->name)};
        }
    }
    desk_choose(options, n, view->account.value);
    view->accounts = TPL_LIST(options, n);
}

static void form_trackings(struct item_form_view *view, struct request *rq)
{
    const size_t n = LENGTH(tracking_choices) - 1;
    struct desk_option *options = ARENA_ARRAY(rq->cx.arena, struct desk_option, n);

    for (size_t i = 0; i < n; i++) {
        enum tracking t = TRACK_PIECE;

        if (tracking_from_name(&t, tracking_choices[i])) {
            options[i] = (struct desk_option){.value = tracking_choices[i],
                                              .label = desk_tracking_long(rq, t)};
        }
    }
    desk_choose(options, n, view->tracking.value);
    view->trackings = TPL_LIST(options, n);
}

/* `p` is what stands in the form at first; all empty for a new product. */
static enum err form_show(struct request *rq, const struct product *p, bool is_new)
{
    struct arena *a = rq->cx.arena;
    struct item_form_view view = {
        .form = desk_form(rq),
        .is_new = is_new,
        .may_price = desk_may(rq, DESK_PRICERS),
        .active = rq->refused ? request_typed(rq, "aktif")[0] != '\0' : p->active,
        .current_sku = p->sku,
        .current_name = p->name,
        .back = is_new ? url_fixed("/barang") : url_part(a, url_fixed("/barang"), p->sku),
        .sku = desk_field(rq, "sku", p->sku),
        .name = desk_field(rq, "nama", p->name),
        .workshop = desk_field(rq, "bengkel", p->workshop_name),
        .unit = desk_field(rq, "satuan", p->unit),
        .shelf = desk_field(
            rq, "tahan", p->shelf_life_days ? arena_format(a, "%d", (int)p->shelf_life_days) : ""),
        .motif = desk_field(rq, "motif", p->motif),
        .technique = desk_field(rq, "teknik", p->technique),
        .price = desk_field(rq, "harga", ""),
        .cost = desk_field(rq, "biaya", ""),
        .family = desk_field(rq, "kelompok", p->family),
        .account = desk_field(rq, "akun", p->revenue_account),
        .tracking = desk_field(rq, "lacak", tracking_name(p->tracking)),
    };
    enum err e = form_lists(&view, rq);

    if (e) {
        return e;
    }
    form_accounts(&view, rq);
    form_trackings(&view, rq);
    rq->title = is_new ? request_words(rq, _("Barang baru")) : desk_say(rq, _("Ubah %s"), p->name);
    respond_page(rq, 0, PAGE_ITEM_FORM, &view);
    return OK;
}

enum err item_new_form(struct request *rq)
{
    const struct product empty = {.sku = "",
                                  .name = "",
                                  .family = "",
                                  .workshop_name = "",
                                  .tracking = TRACK_PIECE,
                                  .unit = "",
                                  .revenue_account = "",
                                  .motif = "",
                                  .technique = ""};

    request_db(rq);
    return form_show(rq, &empty, true);
}

enum err item_new(struct request *rq)
{
    const struct inputs *in = &rq->in;
    struct product_new wanted = {
        .sku = input_text(in, "sku"),
        .name = input_text(in, "nama"),
        .family = input_text(in, "kelompok"),
        .workshop = input_text(in, "bengkel"),
        .unit = input_text(in, "satuan"),
        .revenue_account = input_text(in, "akun"),
        .shelf_life_days = (int32_t)input_int(in, "tahan"),
        .motif = input_text(in, "motif"),
        .technique = input_text(in, "teknik"),
        .priced = input_given(in, "harga"),
        .price = input_rupiah(in, "harga"),
        .cost_known = input_given(in, "harga") && input_given(in, "biaya"),
        .cost = input_rupiah(in, "biaya"),
    };
    struct product_id id;
    enum err e;

    if (!tracking_from_name(&wanted.tracking, input_text(in, "lacak"))) {
        return ERR_INVALID;
    }
    if ((e = product_create(&id, &rq->cx, &wanted))) {
        return desk_refused(rq, e);
    }
    request_tell(rq, "ok",
                 wanted.priced
                     ? request_words(rq, _("Barang disimpan dan boleh dijual."))
                     : request_words(rq, _("Barang disimpan. Menunggu harga dari penyelia.")));
    respond_redirect(rq, url_part(rq->cx.arena, url_fixed("/barang"), wanted.sku));
    return OK;
}

enum err item_change_form(struct request *rq)
{
    struct product product;
    enum err e;

    request_db(rq);
    e = desk_product_of_path(&product, rq);
    return e ? e : form_show(rq, &product, false);
}

enum err item_change(struct request *rq)
{
    const struct inputs *in = &rq->in;
    const struct product_change change = {
        .name = input_text(in, "nama"),
        .family = input_text(in, "kelompok"),
        .workshop = input_text(in, "bengkel"),
        .revenue_account = input_text(in, "akun"),
        .shelf_life_days = (int32_t)input_int(in, "tahan"),
        .motif = input_text(in, "motif"),
        .technique = input_text(in, "teknik"),
        .active = input_flag(in, "aktif"),
    };
    struct product product;
    enum err e;

    if ((e = desk_product_of_path(&product, rq)) ||
        (e = product_revise(&rq->cx, product.id, &change))) {
        return desk_refused(rq, e);
    }
    request_tell(rq, "ok", request_words(rq, _("Perubahan disimpan.")));
    respond_redirect(rq, url_part(rq->cx.arena, url_fixed("/barang"), product.sku));
    return OK;
}
