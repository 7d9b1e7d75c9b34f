/* The story of a product: written beside what a shopper's phone will show of it. */
#include "inventory/base/arena.h"
#include "pos/web/desk.h"
#include "pos/web/goods_pages.h"
#include "pos/web/respond.h"

const struct input story_inputs[] = {
    {.name = "cerita", .label = _("Cerita"), .type = INPUT_TEXT, .max = STORY_LEN_MAX},
    {.name = "lihat", .label = _("Lihat dulu"), .type = INPUT_FLAG},
    INPUT_END,
};

struct story_view {
    struct desk_form form;
    struct desk_field story;
    struct url item, photos, change;
    const char *sku;
    const char *name;
    const char *technique;
    const char *motif;
    const char *workshop;
    bool preview_only; /* what is shown beside the form is not saved */
    struct telling told;
};

const struct tpl_field story_fields[] = {
    TPL_FIELD_NEST(story_view, form, desk_form, desk_form_fields),
    TPL_FIELD_NEST(story_view, story, desk_field, desk_field_fields),
    TPL_FIELD(story_view, item),
    TPL_FIELD(story_view, photos),
    TPL_FIELD(story_view, change),
    TPL_FIELD(story_view, sku),
    TPL_FIELD(story_view, name),
    TPL_FIELD(story_view, technique),
    TPL_FIELD(story_view, motif),
    TPL_FIELD(story_view, workshop),
    TPL_FIELD(story_view, preview_only),
    TPL_FIELD_NEST(story_view, told, telling, telling_fields),
    TPL_FIELD_END,
};

/* `typed` NULL: what was told before. */
static enum err show(struct request *rq, const struct product *p, const char *typed)
{
    struct arena *a = rq->cx.arena;
    const struct url item = url_part(a, url_fixed("/barang"), p->sku);
    struct story_view view;
    const char *told;
    enum err e = story_of(&told, &rq->cx, p->id);

    if (e) {
        return e;
    }
    view = (struct story_view){
        .form = desk_form(rq),
        .story = desk_field(rq, "cerita", typed ? typed : told),
        .item = item,
        .photos = url_part(a, item, "foto"),
        .change = url_part(a, item, "ubah"),
        .sku = p->sku,
        .name = p->name,
        .technique = p->technique,
        .motif = p->motif,
        .workshop = p->workshop_name,
        .preview_only = strcmp(typed ? typed : told, told) != 0,
    };
    if ((e = telling_of(&view.told, rq, p->id, p->name, view.story.value))) {
        return e;
    }
    rq->title = desk_say(rq, _("Cerita %s"), p->name);
    respond_page(rq, 0, PAGE_STORY, &view);
    return OK;
}

enum err story_form(struct request *rq)
{
    struct product product;
    enum err e;

    request_db(rq);
    e = desk_product_of_path(&product, rq);
    return e ? e : show(rq, &product, NULL);
}

enum err story_save(struct request *rq)
{
    const char *story = input_text(&rq->in, "cerita");
    struct product product;
    enum err e = desk_product_of_path(&product, rq);

    if (e) {
        return e;
    }
    if (input_flag(&rq->in, "lihat")) {
        return show(rq, &product, story);
    }
    if ((e = story_tell(&rq->cx, product.id, story))) {
        return desk_refused(rq, e);
    }
    request_tell(rq, "ok", request_words(rq, _("Cerita disimpan; halaman umum sudah memuatnya.")));
    respond_redirect(rq, url_part(rq->cx.arena, url_fixed("/barang"), product.sku));
    return OK;
}
