/* The device that is a folder: each job becomes a file, complete or not there at all. */
#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "inventory/base/refuse.h"
#include "lang.h"
#include "receipts/device.h"

enum { NAME_MAX_BYTES = 64 };

/* What the operating system said, as a sentence about this folder. */
static enum err file_error(const struct device_file *f, int error, struct why *why)
{
    switch (error) {
    case ENOENT:
    case ENOTDIR:
        return why_say(why, ERR_NOT_FOUND, "print-folder-missing",
                       _("Folder cetak %s tidak ada, jadi cetakan tidak tersimpan. Buat folder itu "
                         "atau ubah pengaturan printer, lalu cetak lagi."),
                       f->dir);
    case EACCES:
    case EPERM:
    case EROFS:
        return why_say(why, ERR_FORBIDDEN, "print-folder-forbidden",
                       _("Folder cetak %s tidak boleh ditulisi, jadi cetakan tidak tersimpan. Beri "
                         "izin tulis pada folder itu, lalu cetak lagi."),
                       f->dir);
    case ENOSPC:
    case EDQUOT:
    case EFBIG:
        return why_say(why, ERR_FULL, "print-folder-full",
                       _("Penyimpanan folder cetak %s penuh, jadi cetakan tidak tersimpan. "
                         "Kosongkan ruang, lalu cetak lagi."),
                       f->dir);
    default:
        return why_say(
            why, ERR_IO, "print-folder-failed",
            _("Folder cetak %s gagal ditulisi (galat sistem %d). Periksa penyimpanannya, "
              "lalu cetak lagi."),
            f->dir, error);
    }
}

static enum err file_open(void *self, struct why *why)
{
    struct device_file *f = self;

    if (f->dir[0] == '\0') {
        return why_say(why, ERR_INVALID, "print-folder-name",
                       _("Nama folder cetak kosong atau lebih panjang dari %d bita. Ubah "
                         "pengaturan printer."),
                       DEVICE_DIR_MAX - 1);
    }
    f->dir_fd = open(f->dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (f->dir_fd < 0) {
        return file_error(f, errno, why);
    }
    return OK;
}

/* 0 or the system's error number. */
static int write_whole(int fd, const uint8_t *bytes, size_t n)
{
    for (size_t done = 0; done < n;) {
        ssize_t wrote = write(fd, bytes + done, n - done);
        if (wrote < 0 && errno != EINTR) {
            return errno;
        }
        done += wrote > 0 ? (size_t)wrote : 0;
    }
    return fsync(fd) ? errno : 0;
}

static int write_beside(int dir_fd, const char *name, const struct device_job *job)
{
    int fd = openat(dir_fd, name, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0640);

    if (fd < 0) {
        return errno;
    }
    int error = write_whole(fd, job->bytes, job->n);
    if (close(fd) && !error) {
        error = errno;
    }
    if (error) {
        (void)unlinkat(dir_fd, name, 0);
    }
    return error;
}

static enum device_outcome file_write_all(void *self, const struct device_job *job, struct why *why)
{
    const struct device_file *f = self;
    char name[NAME_MAX_BYTES], beside[NAME_MAX_BYTES + 8];

    assert(job->number > 0);
    assert(job->kind[0] &&
           strspn(job->kind, "abcdefghijklmnopqrstuvwxyz0123456789") == strlen(job->kind));
    (void)snprintf(name, sizeof(name), "%06" PRId64 ".%.16s", job->number, job->kind);
    (void)snprintf(beside, sizeof(beside), ".%s.part", name);
    int error = write_beside(f->dir_fd, beside, job);
    if (!error && renameat(f->dir_fd, beside, f->dir_fd, name)) {
        error = errno;
        (void)unlinkat(f->dir_fd, beside, 0);
    }
    if (error) {
        (void)file_error(f, error, why);
        return DEVICE_FAILED;
    }
    if (fsync(f->dir_fd)) { /* the file is there now, but perhaps not after a power cut */
        (void)file_error(f, errno, why);
        return DEVICE_UNKNOWN;
    }
    return DEVICE_WRITTEN;
}

static void file_close(void *self)
{
    struct device_file *f = self;

    if (f->dir_fd >= 0) {
        (void)close(f->dir_fd);
        f->dir_fd = -1;
    }
}

struct device device_file(struct device_file *state, const char *dir)
{
    *state = (struct device_file){.dir_fd = -1};
    if (strlen(dir) < sizeof(state->dir)) {
        (void)snprintf(state->dir, sizeof(state->dir), "%s", dir);
    }
    return (struct device){
        .open = file_open, .write_all = file_write_all, .close = file_close, .self = state};
}
