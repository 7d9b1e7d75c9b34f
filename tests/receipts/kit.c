/* What the paper tests share. */
#include "kit.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <png.h>

#include "inventory/base/arena.h"
#include "inventory/base/calendar.h"

extern char **environ;

/* ---- samples ---- */

static const char *const address[] = {"Jalan Contoh Raya 1, Kota Contoh", "Telp. (000) 000-0000"};
static const char *const footer[] = {"Terima kasih. Setiap pembelian mendukung",
                                     "pembinaan kemandirian warga binaan."};

struct receipt kit_receipt(void)
{
    static const struct receipt_line lines[] = {
        {.name = "Kain batik burung enggang",
         .code = "A7K2 M9Q XP4",
         .qty_text = "1",
         .unit = "potong",
         .price = {250000},
         .total = {250000}},
        {.name = "Gantungan kunci korek api",
         .code = "KRJ-014",
         .qty_text = "2",
         .unit = "buah",
         .price = {15000},
         .total = {30000}},
    };
    static const struct receipt_tender tenders[] = {{.name = "Tunai", .amount = {300000}}};

    return (struct receipt){
        .demo = true,
        .shop_name = "Galeri Enggang",
        .unit_name = "Lapas Kelas IIA Contoh",
        .address = address,
        .address_count = LENGTH(address),
        .number = "1/632331/2026/000001",
        .day = day_of(2026, 11, 22),
        .at = {INT64_C(1795347725000)}, /* 22 November 2026, 19.42.05 WITA */
        .zone = {480},
        .till = "1",
        .cashier = "Rina",
        .lines = lines,
        .lines_count = LENGTH(lines),
        .total = {280000},
        .tenders = tenders,
        .tenders_count = LENGTH(tenders),
        .change_shown = true,
        .change = {20000},
        .pnbp_shown = true,
        .pnbp = {15300},
        .qr_url = "HTTPS://GALERI.EXAMPLE/STRUK/1/632331/2026/000001",
        .footer = footer,
        .footer_count = LENGTH(footer),
    };
}

struct receipt kit_receipt_full(void)
{
    static const struct receipt_line lines[] = {
        {.name =
             "Meja lipat kayu jati ukir motif pucuk rebung dengan empat kaki besi tempa dan laci",
         .code = "MBL-003",
         .qty_text = "1",
         .unit = "buah",
         .price = {12450000},
         .total = {12450000},
         .note = "pesanan, dilunasi"},
        {.name = "Kain katun polos",
         .qty_text = "26,5",
         .unit = "m",
         .price = {11534},
         .total = {305651},
         .note = "dibulatkan ke rupiah penuh"},
    };
    static const struct receipt_tender tenders[] = {
        {.name = "QRIS", .amount = {12000000}, .reference = "RRN 620212345678"},
        {.name = "Tunai", .amount = {800000}},
    };
    struct receipt r = kit_receipt();

    r.demo = false;
    r.copy = 2;
    r.day = day_of(2026, 11, 21);
    r.lines = lines;
    r.lines_count = LENGTH(lines);
    r.total = RUPIAH(12755651);
    r.tenders = tenders;
    r.tenders_count = LENGTH(tenders);
    r.change = RUPIAH(44349);
    r.pnbp = RUPIAH(1234567);
    r.total_in_words = true;
    r.stamp_reminder = true;
    return r;
}

struct receipt kit_receipt_long(struct receipt_line *lines, size_t count)
{
    struct receipt r = kit_receipt();

    for (size_t i = 0; i < count; i++) {
        lines[i] = r.lines[i % r.lines_count];
    }
    r.lines = lines;
    r.lines_count = count;
    return r;
}

struct label kit_label(void)
{
    return (struct label){.host = "galeri.example",
                          .code = {"A7K2M9QXP4"},
                          .name = "Kain batik tulis burung enggang",
                          .price = {250000},
                          .workshop = "Bengkel Batik",
                          .unit_name = "Lapas Kelas IIA Contoh"};
}

/* ---- a printer ---- */

struct reader {
    const uint8_t *at, *end;
};

static uint8_t next(struct reader *r)
{
    assert_true(r->at < r->end);
    return *r->at++;
}

static void take_raster(struct kit_job *job, struct reader *r)
{
    assert_int_equal(next(r), '0');
    assert_int_equal(next(r), 0); /* normal size */
    size_t stride = next(r);
    stride += (size_t)next(r) * 256;
    int32_t rows = next(r);
    rows += next(r) * 256;
    assert_true(stride > 0 && rows > 0);
    assert_true(job->bands_count < KIT_BANDS_MAX);
    assert_true((size_t)(r->end - r->at) >= stride * (size_t)rows);
    if (!job->dots.rows) {
        job->dots.stride = stride;
        job->dots.width = (int32_t)stride * 8;
    }
    assert_int_equal(job->dots.stride, stride);
    job->bands[job->bands_count++] = rows;
    job->dots.rows = mem_grow(job->dots.rows, stride * (size_t)(job->dots.height + rows));
    memcpy(job->dots.rows + stride * (size_t)job->dots.height, r->at, stride * (size_t)rows);
    job->dots.height += rows;
    r->at += stride * (size_t)rows;
}

static void take_gs(struct kit_job *job, struct reader *r)
{
    switch (next(r)) {
    case 'v': take_raster(job, r); break;
    case 'V':
        assert_int_equal(next(r), 66);
        assert_int_equal(next(r), 0);
        job->cut = true;
        assert_true(r->at == r->end); /* nothing may come after the knife */
        break;
    case '(':
        assert_int_equal(next(r), 'D');
        assert_int_equal(next(r), 3);
        assert_int_equal(next(r), 0);
        assert_int_equal(next(r), 20);
        assert_int_equal(next(r), 1);
        assert_int_equal(next(r), 0);
        assert_int_equal(job->bands_count, 0);
        job->guard = true;
        break;
    default: fail_msg("unknown GS command at byte %d", (int)r->at[-1]);
    }
}

static void take_esc(struct kit_job *job, struct reader *r)
{
    switch (next(r)) {
    case '@':
        assert_int_equal(job->bands_count, 0);
        job->reset = true;
        break;
    case 'd': job->fed_lines += next(r); break;
    case 'p':
        (void)next(r);
        assert_true(next(r) > 0);
        assert_true(next(r) > 0);
        job->drawer = true;
        break;
    default: fail_msg("unknown ESC command %d", (int)r->at[-1]);
    }
}

void kit_decode(struct kit_job *out, const struct sbuf *job)
{
    const uint8_t *bytes = (const uint8_t *)job->bytes;
    struct reader r = {bytes, bytes + job->len};

    *out = (struct kit_job){0};
    while (r.at < r.end) {
        switch (next(&r)) {
        case 0x1b: take_esc(out, &r); break;
        case 0x1d: take_gs(out, &r); break;
        default: fail_msg("byte %d at %td is no command", (int)r.at[-1], r.at - bytes - 1);
        }
    }
}

/* ---- pictures ---- */

static void png_take(png_structp png, png_bytep bytes, size_t n)
{
    struct reader *r = png_get_io_ptr(png);

    if ((size_t)(r->end - r->at) < n) {
        png_error(png, "short");
    }
    memcpy(bytes, r->at, n);
    r->at += n;
}

void kit_png_read(struct kit_png *out, const char *bytes, size_t n)
{
    struct reader r = {(const uint8_t *)bytes, (const uint8_t *)bytes + n};
    png_structp png = png_create_read_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
    png_infop info = png_create_info_struct(png);

    png_set_read_fn(png, &r, png_take);
    png_read_info(png, info);
    assert_int_equal(png_get_color_type(png, info), PNG_COLOR_TYPE_GRAY);
    *out = (struct kit_png){.depth = png_get_bit_depth(png, info),
                            .dots_per_metre = (int32_t)png_get_x_pixels_per_meter(png, info)};
    struct bitmap *b = &out->dots;
    b->width = (int32_t)png_get_image_width(png, info);
    b->height = (int32_t)png_get_image_height(png, info);
    b->stride = (size_t)(b->width + 7) / 8;
    b->rows = mem_get(b->stride * (size_t)b->height);
    png_set_expand_gray_1_2_4_to_8(png);
    uint8_t *row = mem_get((size_t)b->width);
    for (int32_t y = 0; y < b->height; y++) {
        png_read_row(png, row, NULL);
        for (size_t x = 0; x < (size_t)b->width; x++) {
            if (row[x] < 128) {
                b->rows[(size_t)y * b->stride + x / 8] |= (uint8_t)(0x80U >> (x % 8));
            }
        }
    }
    free(row);
    png_destroy_read_struct(&png, &info, NULL);
    assert_true(r.at <= r.end);
}

void kit_same_dots(const struct bitmap *a, const struct bitmap *b)
{
    assert_int_equal(a->width, b->width);
    assert_int_equal(a->height, b->height);
    assert_int_equal(a->stride, b->stride);
    assert_memory_equal(a->rows, b->rows, a->stride * (size_t)a->height);
}

static bool same_dots(const struct bitmap *a, const struct bitmap *b)
{
    return a->width == b->width && a->height == b->height &&
           memcmp(a->rows, b->rows, a->stride * (size_t)a->height) == 0;
}

void kit_golden(const char *name, const struct bitmap *dots)
{
    char path[256], actual[256];
    struct why why;
    struct sbuf png, golden;
    const char *renew = getenv("UPDATE_GOLDEN");

    (void)snprintf(path, sizeof(path), "receipts/golden/%s", name);
    sbuf_init(&png, KIT_BYTES_MAX);
    assert_int_equal(raster_png(&png, dots, 8000, &why), OK);
    if (renew && strcmp(renew, "1") == 0) {
        kit_save(path, png.bytes, png.len);
    }
    sbuf_init(&golden, KIT_BYTES_MAX);
    kit_load(&golden, path);
    struct kit_png was;
    kit_png_read(&was, golden.bytes, golden.len);
    if (!same_dots(&was.dots, dots)) {
        (void)snprintf(actual, sizeof(actual), "%s/actual-%s", KIT_BUILD_FOLDER, name);
        kit_save(actual, png.bytes, png.len);
        fail_msg("%s differs; what came out is %s.  If it is better, run with UPDATE_GOLDEN=1.",
                 path, actual);
    }
    bitmap_done(&was.dots);
    sbuf_done(&golden);
    sbuf_done(&png);
}

/* ---- files and programs ---- */

/* The folders of a test are at most two deep. */
static void remove_tree(const char *path)
{
    char inside[1024];
    DIR *d = opendir(path);

    for (const struct dirent *e = NULL; d && (e = readdir(d)) != NULL;) {
        if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0) {
            continue;
        }
        (void)snprintf(inside, sizeof(inside), "%s/%s", path, e->d_name);
        if (unlink(inside)) {
            remove_tree(inside);
        }
    }
    if (d) {
        (void)closedir(d);
    }
    (void)rmdir(path);
}

static char folder[256];
static pid_t folder_owner;

static void remove_folder(void)
{
    if (getpid() == folder_owner) {
        remove_tree(folder);
    }
}

const char *kit_folder(void)
{
    if (!folder[0]) {
        (void)snprintf(folder, sizeof(folder), "%s/paper-XXXXXX", KIT_BUILD_FOLDER);
        assert_non_null(mkdtemp(folder));
        folder_owner = getpid();
        assert_int_equal(atexit(remove_folder), 0);
    }
    return folder;
}

const char *kit_path(const char *name)
{
    static char paths[64][512];
    static size_t turn;
    char *path = paths[turn++ % LENGTH(paths)];

    (void)snprintf(path, sizeof(paths[0]), "%s/%s", kit_folder(), name);
    return path;
}

void kit_save(const char *path, const void *bytes, size_t n)
{
    FILE *f = fopen(path, "wb");

    assert_non_null(f);
    assert_int_equal(fwrite(bytes, 1, n, f), n);
    assert_int_equal(fclose(f), 0);
}

void kit_load(struct sbuf *out, const char *path)
{
    char part[4096];
    FILE *f = fopen(path, "rb");

    if (!f) {
        fail_msg("%s: %s", path, strerror(errno));
    }
    for (size_t n = 0; (n = fread(part, 1, sizeof(part), f)) > 0;) {
        sbuf_add(out, part, n);
    }
    assert_int_equal(fclose(f), 0);
    assert_false(out->full);
}

void kit_run(struct sbuf *out, const char *const *argv)
{
    posix_spawn_file_actions_t actions;
    int ends[2], status = 0;
    pid_t child = 0;
    char part[4096];

    assert_int_equal(pipe(ends), 0);
    assert_int_equal(posix_spawn_file_actions_init(&actions), 0);
    assert_int_equal(posix_spawn_file_actions_adddup2(&actions, ends[1], 1), 0);
    assert_int_equal(posix_spawn_file_actions_addclose(&actions, ends[0]), 0);
    assert_int_equal(posix_spawn_file_actions_addclose(&actions, ends[1]), 0);
    /* The standard's own missing const. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wcast-qual"
    assert_int_equal(posix_spawnp(&child, argv[0], &actions, NULL, (char *const *)argv, environ),
                     0);
#pragma GCC diagnostic pop
    (void)posix_spawn_file_actions_destroy(&actions);
    (void)close(ends[1]);
    for (ssize_t n = 0; (n = read(ends[0], part, sizeof(part))) > 0;) {
        sbuf_add(out, part, (size_t)n);
    }
    (void)close(ends[0]);
    assert_int_equal(waitpid(child, &status, 0), child);
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
        fail_msg("%s ended with status %d", argv[0], status);
    }
}

void kit_scan(struct sbuf *out, const char *const *paths, size_t count)
{
    const char *argv[72] = {"zbarimg", "--nodbus",  "--quiet",
                            "--raw",   "-Sdisable", "-Sqrcode.enable"};

    assert_true(count + 7 <= LENGTH(argv));
    for (size_t i = 0; i < count; i++) {
        argv[6 + i] = paths[i];
    }
    kit_run(out, argv);
}
