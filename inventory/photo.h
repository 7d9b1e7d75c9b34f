/* Photos: of products for everybody, of quality checks, damages and counts for the staff.
 *
 * A photo is a fact that names what it shows by the digests of its two files; the files themselves
 * are local (too large for the journal, and any copy can be told by its digest).  Nothing is taken
 * back: a photo that should not be seen is hidden, with a reason.  Results of reads live in
 * cx->arena. */
#ifndef INVENTORY_PHOTO_H
#define INVENTORY_PHOTO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "attr.h"
#include "ctx.h"
#include "err.h"
#include "ids.h"
#include "inventory/base/picture.h"
#include "inventory/store/fact_table.h"

enum {
    PHOTO_CAPTION_MAX = 120,
    PHOTO_REASON_MAX = 200,
    PHOTOS_MAX = 12, /* shown of one subject */
    STORY_LEN_MAX = 2000,
};

/* What a photo belongs to; subject_id is the product's id, or that of the act or paper. */
enum photo_subject { PHOTO_PRODUCT, PHOTO_QUALITY, PHOTO_DAMAGE, PHOTO_COUNT };

struct photo_new {
    enum photo_subject subject;
    uint8_t subject_id[ID_BYTES];
    const struct picture *picture; /* picture_take(), before the store is held */
    const char *caption;           /* one line; may be "" */
};

/* Act "photo.added".  Refuses: caption-long, photos-many (PHOTOS_MAX are shown already). */
NODISCARD enum err photo_add(struct photo_id *out, struct ctx *cx, const struct photo_new *wanted);
/* The same inside another act. */
NODISCARD enum err photo_put(struct photo_id *out, struct ctx *cx, const struct photo_new *wanted);
/* Act "photo.hidden", of a product's photo.  Refuses: photo-unknown, photo-hidden (is already),
 * reason-missing. */
NODISCARD enum err photo_hide(struct ctx *cx, struct photo_id id, const char *reason);

struct photo {
    struct photo_id id;
    int32_t n;
    struct digest digest, small_digest;
    int32_t width, height; /* of the large file */
    const char *caption;
};
struct photo_list {
    struct photo *items;
    size_t count;
};
/* Those that are shown, in the order in which they came. */
NODISCARD enum err photos_of(struct photo_list *out, struct ctx *cx, enum photo_subject subject,
                             const uint8_t subject_id[ID_BYTES]);
/* The first of a product's; ERR_NOT_FOUND without a sentence: it has none. */
NODISCARD enum err photo_first(struct photo *out, struct ctx *cx, struct product_id product);

struct photo_file {
    const uint8_t *bytes; /* a JPEG */
    size_t n;
    bool open_to_all; /* of a product, and shown; else it is for the staff */
};
/* ERR_NOT_FOUND without a sentence. */
NODISCARD enum err photo_bytes_read(struct photo_file *out, struct ctx *cx, struct digest digest);

/* Act "product.story": what the public page tells about a product, several lines, "" for nothing.
 * OK and nothing written when it is told so already.  Refuses: story-long, product-unknown. */
NODISCARD enum err story_tell(struct ctx *cx, struct product_id product, const char *story);
/* "" when nothing was told. */
NODISCARD enum err story_of(const char **out, struct ctx *cx, struct product_id product);

/* ---- fact rows ---- */

struct photo_row {
    struct photo_id id;
    const char *subject;
    struct act_id subject_id; /* any id; 16 bytes */
    int32_t n;
    struct digest digest, small_digest;
    int32_t width, height;
    const char *caption;
};
struct photo_hidden_row {
    struct photo_id photo;
    const char *reason;
};
struct product_story_row {
    struct product_id product;
    int32_t rev;
    const char *story;
};
extern const struct fact_table photo_table, photo_hidden_table, product_story_table;

#endif
