/* What goes to printers: bands, the drawer, symbols, and the device that is a folder. */
#include "kit.h"

#include <dirent.h>
#include <pthread.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "inventory/base/arena.h"
#include "receipts/device.h"
#include "receipts/escpos.h"
#include "receipts/qr.h"

/* ---- bands ---- */

static struct bitmap picture(int32_t width, int32_t height)
{
    struct bitmap b = {.width = width, .height = height, .stride = (size_t)(width + 7) / 8};

    b.rows = mem_get(b.stride * (size_t)height);
    memset(b.rows, 0xa5, b.stride * (size_t)height);
    return b;
}

static void bands_end_at_blank_rows(void **state)
{
    (void)state;
    static const struct {
        int32_t height;
        int32_t blank[4]; /* rows; -1: none */
        int32_t bands[4];
    } cases[] = {
        {1, {-1, -1, -1, -1}, {1, 0, 0, 0}},
        {255, {-1, -1, -1, -1}, {255, 0, 0, 0}},
        {256, {-1, -1, -1, -1}, {255, 1, 0, 0}},
        {600, {-1, -1, -1, -1}, {255, 255, 90, 0}},
        {600, {200, -1, -1, -1}, {201, 255, 144, 0}},
        {600, {200, 254, 255, -1}, {255, 1, 255, 89}},
        {600, {0, 100, 300, 599}, {101, 200, 255, 44}},
        {300, {254, 255, -1, -1}, {255, 45, 0, 0}},
    };

    for (size_t i = 0; i < LENGTH(cases); i++) {
        struct bitmap b = picture(384, cases[i].height);
        struct sbuf job;
        struct kit_job printed;
        for (size_t k = 0; k < 4 && cases[i].blank[k] >= 0; k++) {
            memset(b.rows + (size_t)cases[i].blank[k] * b.stride, 0, b.stride);
        }
        sbuf_init(&job, KIT_BYTES_MAX);
        escpos_job(&job, &b, &escpos_default);
        kit_decode(&printed, &job);
        kit_same_dots(&b, &printed.dots);
        for (size_t k = 0; k < printed.bands_count; k++) {
            assert_int_equal(printed.bands[k], cases[i].bands[k]);
        }
        assert_true(printed.bands_count == 4 || cases[i].bands[printed.bands_count] == 0);
        bitmap_done(&printed.dots);
        bitmap_done(&b);
        sbuf_done(&job);
    }
}

static void profile_is_followed(void **state)
{
    (void)state;
    const struct escpos_profile epson = {.guard_drawer = true, .feed_lines = 0, .cut = false};
    struct bitmap b = picture(576, 10);
    struct sbuf job;
    struct kit_job printed;

    sbuf_init(&job, KIT_BYTES_MAX);
    escpos_job(&job, &b, &epson);
    kit_decode(&printed, &job);
    assert_true(printed.reset && printed.guard && !printed.cut);
    assert_int_equal(printed.fed_lines, 0);
    bitmap_done(&printed.dots);
    sbuf_clear(&job);
    escpos_job(&job, &b, &escpos_default);
    assert_memory_equal(job.bytes + job.len - 7, "\x1b\x64\x03\x1d\x56\x42\x00", 7);
    bitmap_done(&b);
    sbuf_done(&job);
}

static void drawer_pulse_is_five_bytes(void **state)
{
    (void)state;
    struct sbuf job;

    sbuf_init(&job, KIT_BYTES_MAX);
    escpos_drawer(&job);
    assert_int_equal(job.len, 5);
    assert_memory_equal(job.bytes, "\x1b\x70\x00\x19\xfa", 5);
    sbuf_done(&job);
}

/* ---- symbols ---- */

static void symbol_versions(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int32_t version;
    } cases[] = {
        {"A", 1},
        {"HTTPS://GALERI.GO.ID/P/7K2M9QXP4D", 2},
        {"HTTPS://GALERI.EXAMPLE.ID/P/A7K2M9QXP4", 2},  /* 38 characters, host of 17 */
        {"HTTPS://GALERI.EXAMPLES.ID/P/A7K2M9QXP4", 3}, /* one more */
        {"https://galeri.example.go.id/b/7K2M9QXP4D", 3},
    };
    struct why why = {0};
    struct qr q;

    for (size_t i = 0; i < LENGTH(cases); i++) {
        assert_int_equal(qr_encode(&q, cases[i].text, &why), OK);
        assert_int_equal(q.version, cases[i].version);
        assert_int_equal(q.width, 17 + 4 * q.version);
        /* The finder pattern's corner: seven black, one white. */
        assert_true(qr_black(&q, 0, 0) && qr_black(&q, 6, 0) && !qr_black(&q, 7, 0));
        qr_done(&q);
    }
    assert_int_equal(qr_encode(&q, "", &why), ERR_LIMIT);
    assert_string_equal(why.slug, "qr-too-long");
    qr_done(&q);
}

static void *encode_some(void *arg)
{
    size_t *wrong = arg;
    struct why why;
    struct qr first = {0}, again = {0};

    *wrong += qr_encode(&first, "HTTPS://GALERI.EXAMPLE/P/A7K2M9QXP4", &why) != OK;
    for (int i = 0; i < 50; i++) {
        *wrong += qr_encode(&again, "HTTPS://GALERI.EXAMPLE/P/A7K2M9QXP4", &why) != OK;
        *wrong += memcmp(first.modules, again.modules, 25 * 25) != 0;
        qr_done(&again);
    }
    qr_done(&first);
    return NULL;
}

static void threads_encode_the_same(void **state)
{
    (void)state;
    pthread_t threads[4];
    size_t wrong[4] = {0};

    for (size_t i = 0; i < LENGTH(threads); i++) {
        assert_int_equal(pthread_create(&threads[i], NULL, encode_some, &wrong[i]), 0);
    }
    for (size_t i = 0; i < LENGTH(threads); i++) {
        assert_int_equal(pthread_join(threads[i], NULL), 0);
        assert_int_equal(wrong[i], 0);
    }
}

/* ---- the folder ---- */

static const uint8_t job_bytes[] = "\x1b@hello\0world";
static const struct device_job job = {
    .number = 42, .kind = "escpos", .bytes = job_bytes, .n = sizeof(job_bytes)};

static size_t files_in(const char *path)
{
    size_t count = 0;
    DIR *d = opendir(path);

    assert_non_null(d);
    for (const struct dirent *e = NULL; (e = readdir(d)) != NULL;) {
        count += strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0;
    }
    (void)closedir(d);
    return count;
}

static void job_becomes_a_file(void **state)
{
    (void)state;
    struct device_file file;
    struct why why = {0};
    struct sbuf back;
    const char *dir = kit_path("jobs");
    struct device_job second = job, empty = job;

    assert_int_equal(mkdir(dir, 0700), 0);
    struct device device = device_file(&file, dir);
    assert_int_equal(device.open(device.self, &why), OK);
    assert_int_equal(device.write_all(device.self, &job, &why), DEVICE_WRITTEN);
    second.number = 1234567;
    second.kind = "pdf";
    assert_int_equal(device.write_all(device.self, &second, &why), DEVICE_WRITTEN);
    empty.number = 7;
    empty.n = 0;
    assert_int_equal(device.write_all(device.self, &empty, &why), DEVICE_WRITTEN);
    assert_int_equal(device.write_all(device.self, &job, &why), DEVICE_WRITTEN); /* again */
    device.close(device.self);
    device.close(device.self); /* twice is fine */
    assert_int_equal(files_in(dir), 3);
    sbuf_init(&back, KIT_BYTES_MAX);
    kit_load(&back, kit_path("jobs/000042.escpos"));
    assert_int_equal(back.len, sizeof(job_bytes));
    assert_memory_equal(back.bytes, job_bytes, sizeof(job_bytes));
    sbuf_clear(&back);
    kit_load(&back, kit_path("jobs/1234567.pdf"));
    assert_int_equal(back.len, sizeof(job_bytes));
    sbuf_done(&back);
}

static void bad_folders_are_said(void **state)
{
    (void)state;
    static char long_name[DEVICE_DIR_MAX + 1];
    struct device_file file;
    struct why why = {0};

    struct device device = device_file(&file, kit_path("nowhere"));
    assert_int_equal(device.open(device.self, &why), ERR_NOT_FOUND);
    assert_non_null(strstr(why.text, "nowhere"));
    kit_save(kit_path("plain"), "x", 1);
    device = device_file(&file, kit_path("plain"));
    assert_int_equal(device.open(device.self, &why), ERR_NOT_FOUND);
    memset(long_name, 'x', sizeof(long_name) - 1);
    device = device_file(&file, long_name);
    assert_int_equal(device.open(device.self, &why), ERR_INVALID);
    device = device_file(&file, "");
    assert_int_equal(device.open(device.self, &why), ERR_INVALID);
    device.close(device.self); /* never opened */
}

/* A file may not grow past this: the system's answer is that of a full disk. */
static void limit_files(rlim_t bytes)
{
    struct rlimit limit;

    assert_int_equal(getrlimit(RLIMIT_FSIZE, &limit), 0);
    limit.rlim_cur = bytes == RLIM_INFINITY ? limit.rlim_max : bytes;
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
}

static void no_room_leaves_the_old_file(void **state)
{
    (void)state;
    struct device_file file;
    struct why why = {0};
    struct sbuf back;
    const char *dir = kit_path("full");
    static uint8_t large[100000];
    const struct device_job larger = {
        .number = 42, .kind = "escpos", .bytes = large, .n = sizeof(large)};

    assert_int_equal(mkdir(dir, 0700), 0);
    struct device device = device_file(&file, dir);
    assert_int_equal(device.open(device.self, &why), OK);
    assert_int_equal(device.write_all(device.self, &job, &why), DEVICE_WRITTEN);
    (void)signal(SIGXFSZ, SIG_IGN);
    limit_files(50000);
    enum device_outcome outcome = device.write_all(device.self, &larger, &why);
    limit_files(RLIM_INFINITY);
    assert_int_equal(outcome, DEVICE_FAILED);
    assert_int_equal(why.code, ERR_FULL);
    assert_non_null(strstr(why.text, "penuh"));
    assert_int_equal(files_in(dir), 1);
    sbuf_init(&back, KIT_BYTES_MAX);
    kit_load(&back, kit_path("full/000042.escpos"));
    assert_int_equal(back.len, sizeof(job_bytes));
    sbuf_done(&back);
    assert_int_equal(device.write_all(device.self, &larger, &why), DEVICE_WRITTEN);
    device.close(device.self);
}

/* Root may write everywhere, so it steps down first; the answer is the exit status. */
static int write_as_nobody(const char *dir)
{
    struct device_file file;
    struct why why = {0};

    if (geteuid() == 0 && (setgid(65534) || setuid(65534))) {
        return 100;
    }
    struct device device = device_file(&file, dir);
    if (device.open(device.self, &why)) {
        return 101;
    }
    enum device_outcome outcome = device.write_all(device.self, &job, &why);
    device.close(device.self);
    return outcome == DEVICE_FAILED ? (int)why.code : 102;
}

static void forbidden_folder_is_said(void **state)
{
    (void)state;
    char dir[] = "/tmp/etalase-paper-XXXXXX"; /* where any user may look */
    int status = 0;

    assert_non_null(mkdtemp(dir));
    assert_int_equal(chmod(dir, 0555), 0);
    (void)fflush(NULL);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        _exit(write_as_nobody(dir));
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(rmdir(dir), 0);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), ERR_FORBIDDEN);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bands_end_at_blank_rows),    cmocka_unit_test(profile_is_followed),
        cmocka_unit_test(drawer_pulse_is_five_bytes), cmocka_unit_test(symbol_versions),
        cmocka_unit_test(threads_encode_the_same),    cmocka_unit_test(job_becomes_a_file),
        cmocka_unit_test(bad_folders_are_said),       cmocka_unit_test(no_room_leaves_the_old_file),
        cmocka_unit_test(forbidden_folder_is_said),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
