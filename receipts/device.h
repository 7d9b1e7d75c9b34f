/* Where a printer job's bytes go.
 *
 * "Written" is never "printed".  After an error in mid-job nobody knows what came out of the
 * printer: that is "unknown", and whoever prints again marks the second paper as a copy. */
#ifndef RECEIPTS_DEVICE_H
#define RECEIPTS_DEVICE_H

#include <stddef.h>
#include <stdint.h>

#include "attr.h"
#include "err.h"

enum device_outcome {
    DEVICE_WRITTEN, /* every byte was taken */
    DEVICE_UNKNOWN, /* some bytes may have been taken; never repeat by yourself */
    DEVICE_FAILED,  /* nothing left this computer; may be repeated */
};

struct device_job {
    int64_t number;   /* of the print job, 1.. */
    const char *kind; /* "escpos", "png", "pdf": lower-case letters */
    const uint8_t *bytes;
    size_t n;
};

/* The port.  `open` once, then jobs one after the other, then `close`; not shared between threads.
 * Except for DEVICE_WRITTEN, why->code and why->text say what went wrong and what to do. */
struct device {
    enum err (*open)(void *self, struct why *why);
    enum device_outcome (*write_all)(void *self, const struct device_job *job, struct why *why);
    void (*close)(void *self);
    void *self;
};

/* Each job becomes the file DIR/000042.escpos, complete or not there at all: written beside,
 * synced, renamed, the folder synced.  A job written again replaces its file.  ERR_NOT_FOUND: no
 * such folder; ERR_FORBIDDEN: it may not be written; ERR_FULL: no room; ERR_IO: anything else. */
enum { DEVICE_DIR_MAX = 512 };

struct device_file {
    char dir[DEVICE_DIR_MAX];
    int dir_fd;
};

/* `state` stays with the caller while the device is used.  A name longer than DEVICE_DIR_MAX is
 * refused by `open`. */
struct device device_file(struct device_file *state, const char *dir);

#endif
