/* Photos and stories: facts in the journal, files beside it. */
#include "inventory/photo.h"

#include "inventory/base/arena.h"
#include "inventory/base/id.h"
#include "inventory/base/utf8.h"
#include "inventory/fact.h"
#include "inventory/goods.h"
#include "sql_names.h"

static const struct fact_col photo_cols[] = {
    FACT_COL(photo_row, "id", id),
    FACT_COL(photo_row, "subject", subject),
    FACT_COL(photo_row, "subject_id", subject_id),
    FACT_COL(photo_row, "n", n),
    FACT_COL(photo_row, "digest", digest),
    FACT_COL(photo_row, "small_digest", small_digest),
    FACT_COL(photo_row, "width", width),
    FACT_COL(photo_row, "height", height),
    FACT_COL(photo_row, "caption", caption),
};
const struct fact_table photo_table = FACT_TABLE("photo", photo_row, photo_cols);

static const struct fact_col photo_hidden_cols[] = {
    FACT_COL(photo_hidden_row, "photo_id", photo),
    FACT_COL(photo_hidden_row, "reason", reason),
};
const struct fact_table photo_hidden_table =
    FACT_TABLE("photo_hidden", photo_hidden_row, photo_hidden_cols);

static const struct fact_col product_story_cols[] = {
    FACT_COL(product_story_row, "product_id", product),
    FACT_COL(product_story_row, "rev", rev),
    FACT_COL(product_story_row, "story", story),
};
const struct fact_table product_story_table =
    FACT_TABLE("product_story", product_story_row, product_story_cols);

static const char *const subjects[] = {
    [PHOTO_PRODUCT] = "product",
    [PHOTO_QUALITY] = "quality",
    [PHOTO_DAMAGE] = "damage",
    [PHOTO_COUNT] = "count",
};

static bool line_right(const char *value, size_t least, size_t most)
{
    const size_t points = utf8_count(value);

    return points >= least && points <= most && utf8_valid(value, strlen(value)) &&
           !utf8_has_control(value) && !strpbrk(value, "\n\t");
}

static struct stmt *ask(struct ctx *cx, int sql, enum photo_subject subject,
                        const uint8_t subject_id[ID_BYTES])
{
    struct stmt *st = db_stmt(cx->db, sql);

    bind_text(st, ":site", cx->site->code);
    bind_text(st, ":subject", subjects[subject]);
    bind_id(st, ":subject_id", subject_id);
    return st;
}

/* ---- adding ---- */

static enum err check_new(struct ctx *cx, const struct photo_new *w)
{
    struct photo_list shown;
    enum err e;

    if (!line_right(w->caption, 0, PHOTO_CAPTION_MAX)) {
        return refuse_field(cx, ERR_INVALID, "caption-long", "caption",
                            _("Keterangan foto paling banyak %d huruf, dalam satu baris."),
                            PHOTO_CAPTION_MAX);
    }
    e = photos_of(&shown, cx, w->subject, w->subject_id);
    if (!e && shown.count >= PHOTOS_MAX) {
        return refuse_field(cx, ERR_LIMIT, "photos-many", "photo",
                            _("Sudah ada %d foto. Sembunyikan dulu satu yang tidak dipakai lagi."),
                            PHOTOS_MAX);
    }
    return e;
}

static enum err next_n(int32_t *out, struct ctx *cx, const struct photo_new *w)
{
    struct stmt *st = ask(cx, SQL_PHOTO_LAST_N, w->subject, w->subject_id);
    enum err e = stmt_one(st);

    *out = e ? 1 : (int32_t)col_int(st, "n") + 1;
    stmt_done(st);
    return e == ERR_NOT_FOUND ? OK : e;
}

static enum err put_bytes(struct ctx *cx, const struct picture_file *f)
{
    struct stmt *st = db_stmt(cx->db, SQL_PHOTO_BYTES_PUT);

    bind_text(st, ":site", cx->site->code);
    bind_blob(st, ":digest", f->digest.bytes, sizeof f->digest.bytes);
    bind_blob(st, ":bytes", f->bytes, f->n);
    return stmt_run(st);
}

enum err photo_put(struct photo_id *out, struct ctx *cx, const struct photo_new *w)
{
    const struct picture *p = w->picture;
    struct photo_row row = {
        .id = photo_id_new(act_at(cx)),
        .subject = subjects[w->subject],
        .digest = p->large.digest,
        .small_digest = p->small.digest,
        .width = p->large.width,
        .height = p->large.height,
        .caption = w->caption,
    };
    enum err e;

    memcpy(row.subject_id.bytes, w->subject_id, ID_BYTES);
    *out = row.id;
    if ((e = check_new(cx, w)) || (e = next_n(&row.n, cx, w)) ||
        (e = fact_put(cx, &photo_table, &row)) || (e = put_bytes(cx, &p->large))) {
        return e;
    }
    return put_bytes(cx, &p->small);
}

struct add {
    struct photo_id id;
    const struct photo_new *w;
};

static enum err add_work(struct ctx *cx, void *arg)
{
    struct add *a = arg;

    return photo_put(&a->id, cx, a->w);
}

enum err photo_add(struct photo_id *out, struct ctx *cx, const struct photo_new *wanted)
{
    struct add a = {.w = wanted};
    enum err e = act_run(cx, "photo.added", 1, add_work, &a);

    *out = a.id;
    return e;
}

/* ---- hiding ---- */

static enum err hide_work(struct ctx *cx, void *arg)
{
    const struct photo_hidden_row *row = arg;
    struct stmt *st = db_stmt(cx->db, SQL_PHOTO_GET);
    bool hidden = false, product = false;
    enum err e;

    if (!line_right(row->reason, 1, PHOTO_REASON_MAX)) {
        return refuse_field(cx, ERR_INVALID, "reason-missing", "reason",
                            _("Tulis mengapa foto ini disembunyikan, 1 sampai %d huruf."),
                            PHOTO_REASON_MAX);
    }
    bind_text(st, ":site", cx->site->code);
    bind_id(st, ":id", row->photo.bytes);
    if (!(e = stmt_one(st))) {
        hidden = !col_null(st, "hidden");
        product = strcmp(col_text(st, "subject"), subjects[PHOTO_PRODUCT]) == 0;
    }
    stmt_done(st);
    if (e == ERR_NOT_FOUND || (!e && !product)) {
        return refuse(cx, ERR_NOT_FOUND, "photo-unknown",
                      _("Foto itu tidak ada pada barang mana pun. Buka lagi halaman fotonya."));
    }
    if (!e && hidden) {
        return refuse(cx, ERR_CONFLICT, "photo-hidden",
                      _("Foto itu sudah disembunyikan. Tidak ada yang perlu dilakukan."));
    }
    return e ? e : fact_put(cx, &photo_hidden_table, row);
}

enum err photo_hide(struct ctx *cx, struct photo_id id, const char *reason)
{
    struct photo_hidden_row row = {.photo = id, .reason = reason};

    return act_run(cx, "photo.hidden", 1, hide_work, &row);
}

/* ---- reading ---- */

static void read_digest(struct digest *out, struct stmt *st, const char *name)
{
    size_t n;
    const void *bytes = col_blob(st, name, &n);

    *out = (struct digest){{0}};
    if (n == sizeof out->bytes) {
        memcpy(out->bytes, bytes, n);
    }
}

static enum err read_photos(struct photo_list *out, struct ctx *cx, struct stmt *st, size_t most)
{
    enum err e;

    *out = (struct photo_list){.items = ARENA_ARRAY(cx->arena, struct photo, most)};
    bind_int(st, ":most", (int64_t)most);
    while (stmt_row(st, &e)) {
        struct photo *p = &out->items[out->count++];

        *p = (struct photo){
            .n = (int32_t)col_int(st, "n"),
            .width = (int32_t)col_int(st, "width"),
            .height = (int32_t)col_int(st, "height"),
            .caption = arena_text(cx->arena, col_text(st, "caption")),
        };
        col_id(st, "id", p->id.bytes);
        read_digest(&p->digest, st, "digest");
        read_digest(&p->small_digest, st, "small_digest");
    }
    return e;
}

enum err photos_of(struct photo_list *out, struct ctx *cx, enum photo_subject subject,
                   const uint8_t subject_id[ID_BYTES])
{
    return read_photos(out, cx, ask(cx, SQL_PHOTOS_OF, subject, subject_id), PHOTOS_MAX);
}

enum err photo_first(struct photo *out, struct ctx *cx, struct product_id product)
{
    struct photo_list list;
    enum err e = read_photos(&list, cx, ask(cx, SQL_PHOTOS_OF, PHOTO_PRODUCT, product.bytes), 1);

    if (!e && list.count == 0) {
        return ERR_NOT_FOUND;
    }
    if (!e) {
        *out = list.items[0];
    }
    return e;
}

static struct stmt *ask_file(struct ctx *cx, int sql, const struct digest *digest)
{
    struct stmt *st = db_stmt(cx->db, sql);

    bind_text(st, ":site", cx->site->code);
    bind_blob(st, ":digest", digest->bytes, sizeof digest->bytes);
    return st;
}

enum err photo_bytes_read(struct photo_file *out, struct ctx *cx, struct digest digest)
{
    struct stmt *st = ask_file(cx, SQL_PHOTO_IS_PUBLIC, &digest);
    enum err e = stmt_one(st);
    const void *bytes;

    *out = (struct photo_file){.open_to_all = e == OK};
    stmt_done(st);
    if (e && e != ERR_NOT_FOUND) {
        return e;
    }
    st = ask_file(cx, SQL_PHOTO_BYTES_GET, &digest);
    if (!(e = stmt_one(st))) {
        bytes = col_blob(st, "bytes", &out->n);
        out->bytes = (const uint8_t *)arena_text_n(cx->arena, bytes, out->n);
    }
    stmt_done(st);
    return e;
}

/* ---- stories ---- */

static enum err last_story(const char **out, int32_t *rev, struct ctx *cx, struct product_id id)
{
    struct stmt *st = db_stmt(cx->db, SQL_STORY_LAST);
    enum err e;

    bind_text(st, ":site", cx->site->code);
    bind_id(st, ":product", id.bytes);
    e = stmt_one(st);
    *rev = e ? 0 : (int32_t)col_int(st, "rev");
    *out = e ? "" : arena_text(cx->arena, col_text(st, "story"));
    stmt_done(st);
    return e == ERR_NOT_FOUND ? OK : e;
}

enum err story_of(const char **out, struct ctx *cx, struct product_id product)
{
    int32_t rev;

    return last_story(out, &rev, cx, product);
}

static enum err story_work(struct ctx *cx, void *arg)
{
    struct product_story_row row = *(const struct product_story_row *)arg;
    struct product product;
    const char *now;
    enum err e;

    if (utf8_count(row.story) > STORY_LEN_MAX || !utf8_valid(row.story, strlen(row.story)) ||
        utf8_has_control(row.story)) {
        return refuse_field(cx, ERR_INVALID, "story-long", "story",
                            _("Cerita paling banyak %d huruf."), STORY_LEN_MAX);
    }
    if ((e = product_by_id(&product, cx, row.product)) == ERR_NOT_FOUND) {
        return refuse(cx, e, "product-unknown",
                      _("Barang itu tidak ada. Muat ulang daftar barang."));
    }
    if (e || (e = last_story(&now, &row.rev, cx, row.product)) || strcmp(now, row.story) == 0) {
        return e;
    }
    row.rev++;
    return fact_put(cx, &product_story_table, &row);
}

enum err story_tell(struct ctx *cx, struct product_id product, const char *story)
{
    struct product_story_row row = {.product = product, .story = story};

    return act_run(cx, "product.story", 1, story_work, &row);
}
