/* Import of a product list: judge every row, then all or nothing. */
#include "inventory/import.h"

#include "inventory/base/arena.h"
#include "inventory/base/utf8.h"
#include "inventory/fact.h"
#include "inventory/import_row.h"

enum { SKU_SHOWN_MAX = 60, ROWS_A_SLICE = 500, DRY_RUNS_MAX = 3 };

/* A row is remembered by its line and product, so that the second walk only writes. */
struct judged {
    struct product_new wanted;
    struct product now; /* when it exists */
    int line;
    bool exists;
    bool revised;
    bool repriced;
};

struct import {
    struct import_report *report;
    const struct import_options *options;
    const char *bytes;
    size_t n;
    struct csv csv;
    struct import_heading heading;
    bool opened;     /* csv is to be closed */
    bool ended;      /* every row is judged */
    enum err broken; /* a slice could not be judged to its end */
    struct judged *rows;
    size_t row_count, row_room;
    struct goods_known known;
    const char **skus; /* open addressing by hash, to find a SKU that stands twice */
    size_t sku_slots;
};

/* ---- a SKU twice in the file ---- */

static size_t sku_hash(const char *sku)
{
    uint64_t h = UINT64_C(14695981039346656037);

    for (; *sku; sku++) {
        h = (h ^ (uint8_t)*sku) * UINT64_C(1099511628211);
    }
    return (size_t)h;
}

/* false: it was there already. */
static bool sku_first(struct import *im, const char *sku)
{
    size_t at = sku_hash(sku) % im->sku_slots;

    while (im->skus[at]) {
        if (strcmp(im->skus[at], sku) == 0) {
            return false;
        }
        at = (at + 1) % im->sku_slots;
    }
    im->skus[at] = sku;
    return true;
}

/* ---- judging ---- */

/* What stands in the place of a SKU may be as long as the file. */
static const char *sku_shown(struct ctx *cx, const char *sku)
{
    size_t length = sku ? strlen(sku) : 0;
    size_t n = 0, step;

    while (n < SKU_SHOWN_MAX && n < length && (step = utf8_step(sku + n, length - n)) > 0) {
        n += step;
    }
    return arena_text_n(cx->arena, sku ? sku : "", n);
}

static void problem(struct import *im, struct ctx *cx, int line, const char *sku)
{
    struct import_report *r = im->report;

    r->refused++;
    if (r->problem_count == IMPORT_PROBLEMS_MAX) {
        return;
    }
    r->problems[r->problem_count++] = (struct import_problem){
        .line = line,
        .sku = sku_shown(cx, sku),
        .column = arena_text(cx->arena, cx->why.field),
        .why = arena_text(cx->arena, cx->why.text),
    };
}

static bool revision_differs(const struct product *now, const struct product_new *w)
{
    return !now->active || strcmp(now->name, w->name) != 0 || strcmp(now->family, w->family) != 0 ||
           strcmp(now->workshop_name, w->workshop) != 0 ||
           strcmp(now->revenue_account, w->revenue_account) != 0 ||
           now->shelf_life_days != w->shelf_life_days || strcmp(now->motif, w->motif) != 0 ||
           strcmp(now->technique, w->technique) != 0;
}

static bool price_differs(const struct product *now, const struct product_new *w)
{
    return !now->priced || now->price.rp != w->price.rp || now->cost_known != w->cost_known ||
           (w->cost_known && now->cost.rp != w->cost.rp);
}

static enum err compare(struct judged *row, struct ctx *cx)
{
    enum err e = product_by_sku(&row->now, cx, row->wanted.sku);

    if (e == ERR_NOT_FOUND) {
        return OK;
    }
    if (e) {
        return e;
    }
    row->exists = true;
    if (row->now.tracking != row->wanted.tracking || strcmp(row->now.unit, row->wanted.unit) != 0) {
        return refuse_field(cx, ERR_INVALID, "tracking-fixed", "tracking",
                            _("Pelacakan dan satuan %s tidak dapat diubah (sekarang %s, %s). Buat "
                              "SKU baru."),
                            row->now.sku, tracking_name(row->now.tracking), row->now.unit);
    }
    row->revised = revision_differs(&row->now, &row->wanted);
    row->repriced = price_differs(&row->now, &row->wanted);
    return OK;
}

static enum err judge_fields(struct judged *row, struct import *im, struct ctx *cx,
                             const struct csv *csv, const struct import_heading *h)
{
    enum err e;

    if (csv->count > IMPORT_COLS || csv->count == 0) {
        return refuse_field(cx, ERR_INVALID, "row-fields", "",
                            _("Baris ini punya %d kolom, lebih banyak daripada baris pertama."),
                            (int)csv->count);
    }
    for (int i = 0; i < IMPORT_COLS; i++) {
        if (h->at[i] >= (int)csv->count) {
            return refuse_field(cx, ERR_INVALID, "row-fields", import_col_names[i],
                                _("Baris ini hanya punya %d kolom, kurang dari baris pertama."),
                                (int)csv->count);
        }
    }
    if ((e = import_row_read(&row->wanted, cx, csv, h, im->options))) {
        return e;
    }
    if (!sku_first(im, row->wanted.sku)) {
        return refuse_field(cx, ERR_INVALID, "sku-twice", "sku",
                            _("SKU %s ada dua kali di berkas ini. Hapus salah satu."),
                            row->wanted.sku);
    }
    return compare(row, cx);
}

static struct judged *row_new(struct import *im)
{
    if (im->row_count == im->row_room) {
        im->row_room = im->row_room ? 2 * im->row_room : 64;
        im->rows = mem_grow(im->rows, im->row_room * sizeof *im->rows);
    }
    im->rows[im->row_count] = (struct judged){.line = 0};
    return &im->rows[im->row_count++];
}

static void count_row(struct import_report *r, const struct judged *row)
{
    if (!row->exists) {
        r->created++;
    } else if (row->revised || row->repriced) {
        r->changed++;
    } else {
        r->unchanged++;
    }
}

static enum err judge_row(struct import *im, struct ctx *cx, const struct csv *csv,
                          const struct import_heading *h)
{
    struct judged *row = row_new(im);
    enum err e;

    if (++im->report->rows > IMPORT_ROWS_MAX) {
        return refuse_field(cx, ERR_LIMIT, "file-rows", "file",
                            _("Berkas punya lebih dari %d baris. Bagi menjadi beberapa berkas."),
                            IMPORT_ROWS_MAX);
    }
    row->line = csv->line;
    cx->why = (struct why){.code = OK};
    e = judge_fields(row, im, cx, csv, h);
    if (e == ERR_INVALID || e == ERR_REFUSED) {
        problem(im, cx, csv->line, row->wanted.sku);
        im->row_count--;
        return OK;
    }
    if (!e) {
        count_row(im->report, row);
    }
    return e;
}

static enum err judge_bad_row(struct import *im, struct ctx *cx, int line)
{
    im->report->rows++;
    (void)refuse_field(cx, ERR_INVALID, "row-quotes", "",
                       _("Baris ini tidak dapat dibaca: tanda kutip tidak ditutup, atau kolomnya "
                         "terlalu banyak."));
    problem(im, cx, line, "");
    return OK;
}

static enum err judge_heading(struct import *im, struct ctx *cx)
{
    if (csv_next(&im->csv) != CSV_ROW) {
        return refuse_field(cx, ERR_INVALID, "file-empty", "file",
                            _("Berkas kosong. Baris pertama harus berisi nama kolom."));
    }
    return import_heading_read(&im->heading, cx, &im->csv);
}

/* The next rows, at most a slice of them; `ended` after the last.  Rows that were read are gone
 * from the file: a slice that failed is not judged again, only the whole file is, from begin() on.
 */
static enum err judge_slice(struct ctx *cx, void *arg)
{
    struct import *im = arg;
    enum err e = im->broken;

    for (int i = 0; i < ROWS_A_SLICE && !im->ended && !e; i++) {
        enum csv_step step = csv_next(&im->csv);

        /* What follows an open quote cannot be told apart. */
        im->ended = step != CSV_ROW;
        if (step == CSV_BAD) {
            e = judge_bad_row(im, cx, im->csv.line);
        } else if (step == CSV_ROW) {
            e = judge_row(im, cx, &im->csv, &im->heading);
        }
    }
    im->broken = e;
    return e;
}

static size_t lines_in(const char *bytes, size_t n)
{
    size_t lines = 1;

    for (size_t i = 0; i < n; i++) {
        lines += bytes[i] == '\n';
    }
    return lines;
}

static void forget_file(struct import *im)
{
    if (im->opened) {
        csv_close(&im->csv);
    }
    im->opened = false;
    free(im->skus);
    im->skus = NULL;
}

/* From the first byte of the file: an act may be run again. */
static enum err begin(struct ctx *cx, void *arg)
{
    struct import *im = arg;
    enum err e;

    forget_file(im);
    im->row_count = 0;
    im->known = (struct goods_known){.workshop = NULL};
    im->ended = false;
    im->broken = OK;
    *im->report = (struct import_report){
        .problems = ARENA_ARRAY(cx->arena, struct import_problem, IMPORT_PROBLEMS_MAX)};
    if ((e = price_may_approve(cx)) || (e = csv_open(&im->csv, im->bytes, im->n, &cx->why))) {
        return e;
    }
    im->opened = true;
    im->sku_slots = 2 * lines_in(im->bytes, im->n) + 1;
    if (im->sku_slots > 4 * (size_t)IMPORT_ROWS_MAX) {
        im->sku_slots = 4 * (size_t)IMPORT_ROWS_MAX;
    }
    im->skus = mem_get(im->sku_slots * sizeof *im->skus);
    return judge_heading(im, cx);
}

/* ---- writing ---- */

static enum err write_row(struct import *im, struct ctx *cx, struct judged *row)
{
    const struct product_new *w = &row->wanted;
    struct product_change change = product_change_of(w);
    struct product_id id;
    bool changed;
    enum err e = OK;

    if (!row->exists) {
        return product_put_checked(&id, cx, w, &im->known);
    }
    if (row->revised && (e = product_put_change(cx, &row->now, &change, &changed))) {
        return e;
    }
    if (row->repriced) {
        e = price_put(cx, &(struct price_new){.product = row->now.id,
                                              .price = w->price,
                                              .cost_known = w->cost_known,
                                              .cost = w->cost});
    }
    return e;
}

static enum err import_refused(struct import *im, struct ctx *cx)
{
    return refuse(
        cx, ERR_REFUSED, "import-refused",
        _("%lld dari %lld baris ditolak, jadi tidak ada yang disimpan. Perbaiki baris itu "
          "lalu impor lagi."),
        (long long)im->report->refused, (long long)im->report->rows);
}

/* Judged inside the act, so that nothing changes between judging and writing. */
static enum err import_work(struct ctx *cx, void *arg)
{
    struct import *im = arg;
    enum err e = begin(cx, im);

    while (!e && !im->ended) {
        e = judge_slice(cx, im);
    }
    if (e) {
        return e;
    }
    if (im->report->refused > 0) {
        return import_refused(im, cx);
    }
    for (size_t i = 0; i < im->row_count && !e; i++) {
        e = write_row(im, cx, &im->rows[i]);
    }
    im->report->written = !e;
    return e;
}

/* Nothing is written, so others may work between two slices. */
static enum err dry_run_once(struct import *im, struct ctx *cx)
{
    enum err e = read_run(cx, begin, im);

    while (!e && !im->ended) {
        if (im->options->let_others) {
            im->options->let_others(im->options->others_arg);
        }
        e = read_run(cx, judge_slice, im);
    }
    return e;
}

static enum err dry_run(struct import *im, struct ctx *cx)
{
    enum err e = ERR_AWAY;

    for (int i = 0; i < DRY_RUNS_MAX && e == ERR_AWAY; i++) {
        e = dry_run_once(im, cx);
    }
    return e;
}

enum err import_products(struct import_report *out, struct ctx *cx, const char *bytes, size_t n,
                         const struct import_options *options)
{
    struct import im = {.report = out, .options = options, .bytes = bytes, .n = n};
    enum err e;

    *out = (struct import_report){.rows = 0};
    if (n > IMPORT_BYTES_MAX) {
        return refuse_field(cx, ERR_LIMIT, "file-large", "file",
                            _("Berkas terlalu besar: paling banyak %d MB. Bagi menjadi beberapa "
                              "berkas."),
                            IMPORT_BYTES_MAX / (1024 * 1024));
    }
    e = options->dry_run ? dry_run(&im, cx) : act_run(cx, "product.import", 1, import_work, &im);
    if (e) {
        out->written = false;
    }
    forget_file(&im);
    free(im.rows);
    return e;
}
