/* Photos of a product: shown, taken in from a phone, hidden; and the files themselves. */
#include "inventory/base/arena.h"
#include "inventory/base/picture.h"
#include "pos/web/desk.h"
#include "pos/web/goods_pages.h"
#include "pos/web/respond.h"

const struct input photo_inputs[] = {
    {.name = "keterangan", .label = _("Keterangan"), .type = INPUT_LINE, .max = PHOTO_CAPTION_MAX},
    INPUT_END,
};

const struct input photo_hide_inputs[] = {
    {.name = "foto", .label = _("Foto"), .type = INPUT_ID, .required = true},
    {.name = "alasan",
     .label = _("Alasan"),
     .type = INPUT_LINE,
     .required = true,
     .max = PHOTO_REASON_MAX},
    INPUT_END,
};

struct photos_view {
    struct desk_form form;
    struct desk_field photo, caption, reason;
    struct url item, hide;
    const char *sku;
    const char *name;
    struct telling told;
    bool may_change;
    bool room; /* for one more */
};

const struct tpl_field photos_fields[] = {
    TPL_FIELD_NEST(photos_view, form, desk_form, desk_form_fields),
    TPL_FIELD_NEST(photos_view, photo, desk_field, desk_field_fields),
    TPL_FIELD_NEST(photos_view, caption, desk_field, desk_field_fields),
    TPL_FIELD_NEST(photos_view, reason, desk_field, desk_field_fields),
    TPL_FIELD(photos_view, item),
    TPL_FIELD(photos_view, hide),
    TPL_FIELD(photos_view, sku),
    TPL_FIELD(photos_view, name),
    TPL_FIELD_NEST(photos_view, told, telling, telling_fields),
    TPL_FIELD(photos_view, may_change),
    TPL_FIELD(photos_view, room),
    TPL_FIELD_END,
};

static struct url here_of(struct request *rq, const struct product *p)
{
    return url_part(rq->cx.arena, url_part(rq->cx.arena, url_fixed("/barang"), p->sku), "foto");
}

enum err photos_page(struct request *rq)
{
    struct photos_view view;
    struct product product;
    enum err e;

    request_db(rq);
    if ((e = desk_product_of_path(&product, rq))) {
        return e;
    }
    view = (struct photos_view){
        .form = desk_form(rq),
        .photo = desk_field(rq, "foto", ""),
        .caption = desk_field(rq, "keterangan", ""),
        .reason = desk_field(rq, "alasan", ""),
        .item = url_part(rq->cx.arena, url_fixed("/barang"), product.sku),
        .hide = url_part(rq->cx.arena, here_of(rq, &product), "sembunyikan"),
        .sku = product.sku,
        .name = product.name,
        .may_change = desk_may(rq, DESK_MAKERS),
    };
    if ((e = telling_of(&view.told, rq, product.id, product.name, ""))) {
        return e;
    }
    view.room = view.told.photos.count < PHOTOS_MAX;
    rq->title = desk_say(rq, _("Foto %s"), product.name);
    respond_page(rq, 0, PAGE_PHOTOS, &view);
    return OK;
}

static enum err keep(struct request *rq, const struct product *product,
                     const struct picture *picture)
{
    struct photo_new wanted = {
        .subject = PHOTO_PRODUCT, .picture = picture, .caption = input_text(&rq->in, "keterangan")};
    struct photo_id id;

    memcpy(wanted.subject_id, product->id.bytes, ID_BYTES);
    return desk_refused(rq, photo_add(&id, &rq->cx, &wanted));
}

/* The picture is read before the store is taken: that may last a second. */
enum err photo_take(struct request *rq)
{
    struct picture picture;
    struct product product;
    struct why why;
    enum err e;

    request_db_done(rq);
    if ((e = picture_take(&picture, rq->file.bytes, rq->file.field ? rq->file.n : 0, &why))) {
        return refuse_field(&rq->cx, e, why.slug, "foto", "%s", request_words(rq, why.text));
    }
    request_db(rq);
    if (!(e = desk_product_of_path(&product, rq))) {
        e = keep(rq, &product, &picture);
    }
    picture_done(&picture);
    if (!e) {
        request_tell(rq, "ok", request_words(rq, _("Foto disimpan.")));
        respond_redirect(rq, here_of(rq, &product));
    }
    return e;
}

enum err photo_away(struct request *rq)
{
    struct product product;
    struct photo_id id;
    enum err e = desk_product_of_path(&product, rq);

    memcpy(id.bytes, input_id(&rq->in, "foto"), ID_BYTES);
    if (e || (e = photo_hide(&rq->cx, id, input_text(&rq->in, "alasan")))) {
        return desk_refused(rq, e);
    }
    request_tell(rq, "ok", request_words(rq, _("Foto disembunyikan.")));
    respond_redirect(rq, here_of(rq, &product));
    return OK;
}

/* ---- the files ---- */

static int digit(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static bool digest_read(struct digest *out, const char *text)
{
    for (size_t i = 0; i < sizeof out->bytes; i++) {
        const int high = digit(text[2 * i]), low = high < 0 ? -1 : digit(text[2 * i + 1]);

        if (low < 0) {
            return false;
        }
        out->bytes[i] = (uint8_t)(high << 4 | low);
    }
    return text[2 * sizeof out->bytes] == '\0';
}

/* A photo that nobody outside may see is answered like one that is not there. */
enum err photo_file_page(struct request *rq)
{
    struct file_about about = {.type = "image/jpeg"};
    struct photo_file file = {.n = 0};
    struct digest digest;
    enum err e = ERR_NOT_FOUND;

    if (digest_read(&digest, request_param(rq, "digest"))) {
        e = photo_bytes_read(&file, &rq->cx, digest);
    }
    if (!e && !file.open_to_all && !desk_may(rq, DESK_STAFF)) {
        e = ERR_NOT_FOUND;
    }
    if (e == ERR_NOT_FOUND) {
        return refuse(&rq->cx, e, "photo-unknown", _("Foto itu tidak ada."));
    }
    if (e) {
        return e;
    }
    about.cache = file.open_to_all ? CACHE_FOREVER : CACHE_NEVER;
    respond_bytes(rq, 200, &about, file.bytes, file.n);
    return OK;
}
