/* Handlers and input tables of the catalogue's pages beside the list and the item, for routes.c;
 * and what the pages that show photos share. */
#ifndef WEB_GOODS_PAGES_H
#define WEB_GOODS_PAGES_H

#include "inventory/photo.h"
#include "pos/web/form.h"
#include "pos/web/request.h"
#include "pos/web/tpl.h"

/* The address of a photo's file. */
struct url photo_url(struct request *rq, struct digest digest);
/* The small file of a product's first photo; {NULL}: it has none. */
NODISCARD enum err photo_thumb(struct url *out, struct request *rq, struct product_id product);

/* What a product's public page tells: photos and story, as the shopper's phone shows them. */
struct telling {
    struct tpl_list photos;     /* struct told_photo */
    struct tpl_list paragraphs; /* struct told_text */
};
struct told_photo {
    struct url url, small;
    const char *caption;
    const char *alt;
    const char *id;
    int32_t n;
};
struct told_text {
    const char *text;
};
extern const struct tpl_field telling_fields[];
/* `name` stands in for a caption that is missing; story NULL: the one that was told. */
NODISCARD enum err telling_of(struct telling *out, struct request *rq, struct product_id product,
                              const char *name, const char *story);

/* page_photo.c: /foto/{digest}.jpg, /barang/{sku}/foto */
extern const struct input photo_inputs[], photo_hide_inputs[];
extern const struct tpl_field photos_fields[];
enum err photo_file_page(struct request *rq);
enum err photos_page(struct request *rq);
enum err photo_take(struct request *rq);
enum err photo_away(struct request *rq);

/* page_story.c: /barang/{sku}/cerita */
extern const struct input story_inputs[];
extern const struct tpl_field story_fields[];
enum err story_form(struct request *rq);
enum err story_save(struct request *rq);

/* page_family.c: /kelompok */
extern const struct input family_inputs[], workshop_inputs[];
enum err families_page(struct request *rq);
enum err family_make(struct request *rq);
enum err workshop_make(struct request *rq);

/* page_variant.c: /barang/{sku}/varian */
extern const struct input variant_inputs[];
enum err variants_page(struct request *rq);
enum err variant_make(struct request *rq);

#endif
