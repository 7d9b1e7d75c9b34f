/* Photos and stories of products told as stories. */
#include "tests/story.h"

#include "inventory/photo.h"

/* Two files that stand for a picture's: what they show does not matter here. */
static struct picture files(uint8_t *large, uint8_t *small)
{
    return (struct picture){
        .large = {.bytes = large, .n = 4, .width = 1280, .height = 960, .digest = {{large[0]}}},
        .small = {.bytes = small, .n = 4, .width = 320, .height = 240, .digest = {{small[0]}}},
    };
}

static struct photo_new photo_of(struct product_id product, const struct picture *p,
                                 const char *caption)
{
    struct photo_new w = {.subject = PHOTO_PRODUCT, .picture = p, .caption = caption};

    memcpy(w.subject_id, product.bytes, ID_BYTES);
    return w;
}

static void test_photos(void **state)
{
    uint8_t large[] = {1, 0, 0xFF, 4}, small[] = {2, 0, 0, 9};
    const struct picture p = files(large, small);
    struct photo_new w;
    struct photo_list list;
    struct photo_file file;
    struct photo_id id[2], more;
    struct product_id product;
    struct photo first;
    struct story s;

    (void)state;
    story_open(&s, NULL);
    product = story_product(&s, "BTK-001", "Batik", TRACK_PIECE, 250000, 160000);
    assert_int_equal(photo_first(&first, &s.cx, product), ERR_NOT_FOUND);
    story_as(&s, "bengkel", ROLE_WORKSHOP, "");
    w = photo_of(product, &p, "Tampak depan");
    STORY_OK(&s, photo_add(&id[0], &s.cx, &w));
    w.caption = "";
    STORY_OK(&s, photo_add(&id[1], &s.cx, &w));
    STORY_OK(&s, photos_of(&list, &s.cx, PHOTO_PRODUCT, product.bytes));
    assert_int_equal(list.count, 2);
    assert_string_equal(list.items[0].caption, "Tampak depan");
    assert_int_equal(list.items[1].n, 2);
    assert_int_equal(list.items[0].width, 1280);
    STORY_OK(&s, photos_of(&list, &s.cx, PHOTO_QUALITY, product.bytes));
    assert_int_equal(list.count, 0);

    STORY_OK(&s, photo_bytes_read(&file, &s.cx, p.small.digest));
    assert_true(file.open_to_all && file.n == 4);
    assert_memory_equal(file.bytes, small, 4);
    assert_int_equal(photo_bytes_read(&file, &s.cx, (struct digest){{7}}), ERR_NOT_FOUND);

    STORY_REFUSED(&s, photo_hide(&s.cx, id[0], ""), ERR_INVALID, "reason-missing");
    STORY_OK(&s, photo_hide(&s.cx, id[0], "buram"));
    STORY_REFUSED(&s, photo_hide(&s.cx, id[0], "buram"), ERR_CONFLICT, "photo-hidden");
    STORY_OK(&s, photo_first(&first, &s.cx, product));
    assert_int_equal(first.n, 2);
    /* The same file is still shown by the second one, until that is hidden too. */
    STORY_OK(&s, photo_bytes_read(&file, &s.cx, p.large.digest));
    assert_true(file.open_to_all);
    STORY_OK(&s, photo_hide(&s.cx, id[1], "buram"));
    STORY_OK(&s, photo_bytes_read(&file, &s.cx, p.large.digest));
    assert_false(file.open_to_all);

    w.subject = PHOTO_QUALITY;
    STORY_OK(&s, photo_add(&more, &s.cx, &w));
    STORY_OK(&s, photo_bytes_read(&file, &s.cx, p.large.digest));
    assert_false(file.open_to_all);
    STORY_REFUSED(&s, photo_hide(&s.cx, more, "x"), ERR_NOT_FOUND, "photo-unknown");
    STORY_REFUSED(&s, photo_hide(&s.cx, (struct photo_id){{9}}, "x"), ERR_NOT_FOUND,
                  "photo-unknown");
    story_close(&s);
}

static void test_refused(void **state)
{
    uint8_t large[] = {1, 0, 0, 4}, small[] = {2, 0, 0, 9};
    const struct picture p = files(large, small);
    char caption[PHOTO_CAPTION_MAX + 2];
    struct product_id product;
    struct photo_new w;
    struct photo_id id, none;
    struct story s;

    (void)state;
    memset(caption, 'a', sizeof caption);
    caption[sizeof caption - 1] = '\0';
    story_open(&s, NULL);
    product = story_product(&s, "BTK-001", "Batik", TRACK_PIECE, 250000, 160000);
    w = photo_of(product, &p, caption);
    STORY_REFUSED(&s, photo_add(&none, &s.cx, &w), ERR_INVALID, "caption-long");
    w.caption = "dua\nbaris";
    STORY_REFUSED(&s, photo_add(&none, &s.cx, &w), ERR_INVALID, "caption-long");
    w.caption = caption + 1;
    for (int i = 0; i < PHOTOS_MAX; i++) {
        STORY_OK(&s, photo_add(&id, &s.cx, &w));
    }
    STORY_REFUSED(&s, photo_add(&none, &s.cx, &w), ERR_LIMIT, "photos-many");
    STORY_OK(&s, photo_hide(&s.cx, id, "satu terlalu banyak"));
    STORY_OK(&s, photo_add(&id, &s.cx, &w));
    story_close(&s);
}

static void test_stories(void **state)
{
    char much[STORY_LEN_MAX + 2];
    struct product_id product;
    const char *story;
    struct story s;
    int64_t seq;

    (void)state;
    memset(much, 'a', sizeof much);
    much[sizeof much - 1] = '\0';
    story_open(&s, NULL);
    product = story_product(&s, "BTK-001", "Batik", TRACK_PIECE, 250000, 160000);
    STORY_OK(&s, story_of(&story, &s.cx, product));
    assert_string_equal(story, "");
    STORY_OK(&s, story_tell(&s.cx, product, "Cap tembaga.\nDua hari."));
    seq = s.cx.last_seq;
    STORY_OK(&s, story_tell(&s.cx, product, "Cap tembaga.\nDua hari."));
    assert_int_equal(s.cx.last_seq, seq);
    STORY_OK(&s, story_tell(&s.cx, product, "Tiga hari."));
    STORY_OK(&s, story_of(&story, &s.cx, product));
    assert_string_equal(story, "Tiga hari.");
    STORY_OK(&s, story_tell(&s.cx, product, ""));
    STORY_OK(&s, story_of(&story, &s.cx, product));
    assert_string_equal(story, "");
    STORY_REFUSED(&s, story_tell(&s.cx, product, much), ERR_INVALID, "story-long");
    STORY_OK(&s, story_tell(&s.cx, product, much + 1));
    STORY_REFUSED(&s, story_tell(&s.cx, (struct product_id){{9}}, "x"), ERR_NOT_FOUND,
                  "product-unknown");
    story_close(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_photos),
        cmocka_unit_test(test_refused),
        cmocka_unit_test(test_stories),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
