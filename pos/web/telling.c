/* What a product's public page tells: photos and story. */
#include "inventory/base/arena.h"
#include "inventory/base/id.h"
#include "inventory/base/sbuf.h"
#include "pos/web/goods_pages.h"

static const struct tpl_field told_photo_fields[] = {
    TPL_FIELD(told_photo, url),
    TPL_FIELD(told_photo, small),
    TPL_FIELD(told_photo, alt),
    TPL_FIELD(told_photo, id),
    TPL_FIELD(told_photo, caption),
    TPL_FIELD(told_photo, n),
    TPL_FIELD_END,
};

static const struct tpl_field told_text_fields[] = {
    TPL_FIELD(told_text, text),
    TPL_FIELD_END,
};

const struct tpl_field telling_fields[] = {
    TPL_FIELD_LIST(telling, photos, told_photo, told_photo_fields),
    TPL_FIELD_LIST(telling, paragraphs, told_text, told_text_fields),
    TPL_FIELD_END,
};

struct url photo_url(struct request *rq, struct digest digest)
{
    enum { NAME_MAX_BYTES = 80 };
    struct sbuf hex;
    struct url url;

    sbuf_init(&hex, NAME_MAX_BYTES);
    sbuf_hex(&hex, digest.bytes, sizeof digest.bytes);
    sbuf_text(&hex, ".jpg");
    url = url_part(rq->cx.arena, url_fixed("/foto"), sbuf_str(&hex));
    sbuf_done(&hex);
    return url;
}

enum err photo_thumb(struct url *out, struct request *rq, struct product_id product)
{
    struct photo photo;
    enum err e = photo_first(&photo, &rq->cx, product);

    *out = (struct url){NULL};
    if (!e) {
        *out = photo_url(rq, photo.small_digest);
    }
    return e == ERR_NOT_FOUND ? OK : e;
}

/* One paragraph a line that is not empty. */
static struct tpl_list paragraphs(struct request *rq, const char *story)
{
    struct told_text *list;
    size_t room = 1, n = 0;

    for (const char *c = story; *c; c++) {
        room += *c == '\n';
    }
    list = ARENA_ARRAY(rq->cx.arena, struct told_text, room);
    while (*story) {
        const size_t len = strcspn(story, "\n");

        if (len > 0) {
            list[n++].text = arena_text_n(rq->cx.arena, story, len);
        }
        story += len + (story[len] == '\n');
    }
    return TPL_LIST(list, n);
}

enum err telling_of(struct telling *out, struct request *rq, struct product_id product,
                    const char *name, const char *story)
{
    struct photo_list list;
    struct told_photo *photos;
    enum err e = photos_of(&list, &rq->cx, PHOTO_PRODUCT, product.bytes);

    if (e || (!story && (e = story_of(&story, &rq->cx, product)))) {
        return e;
    }
    photos = ARENA_ARRAY(rq->cx.arena, struct told_photo, list.count + 1);
    for (size_t i = 0; i < list.count; i++) {
        const struct photo *p = &list.items[i];
        char hex[ID_HEX_MAX];

        id_hex(hex, p->id.bytes);
        photos[i] = (struct told_photo){
            .url = photo_url(rq, p->digest),
            .small = photo_url(rq, p->small_digest),
            .caption = p->caption,
            .alt = *p->caption ? p->caption : name,
            .id = arena_text(rq->cx.arena, hex),
            .n = p->n,
        };
    }
    *out = (struct telling){.photos = TPL_LIST(photos, list.count),
                            .paragraphs = paragraphs(rq, story)};
    return OK;
}
