/* The one door to gdk-pixbuf: a photo from somebody's phone becomes two plain JPEG files.
 *
 * What comes in is a stranger's: it is known by its first bytes (never by what the browser says),
 * read by the loader of that one format, and refused by the size it announces before any pixel has
 * room.  One picture is read at a time, whoever asks, so that ten phones cannot fill the memory. */
#ifndef BASE_PICTURE_H
#define BASE_PICTURE_H

#include <stddef.h>
#include <stdint.h>

#include "attr.h"
#include "err.h"
#include "ids.h"

enum {
    PICTURE_BYTES_MAX = 16 * 1024 * 1024,
    PICTURE_PIXELS_MAX = 4096 * 3072, /* 12.6 megapixels */
    PICTURE_LARGE_PX = 1280,          /* of the longer side, at most */
    PICTURE_SMALL_PX = 320,
};

struct picture_file {
    uint8_t *bytes; /* JPEG without any metadata */
    size_t n;
    int32_t width, height;
    struct digest digest; /* of the bytes */
};

struct picture {
    struct picture_file large, small;
};

/* JPEG, PNG or WebP; turned upright by its EXIF orientation, what is transparent becomes white.
 * Refuses with a sentence (a `_()` text without fields): picture-empty, picture-large (bytes, or
 * pixels), picture-kind (another format), picture-moving (an animation), picture-broken (cut off or
 * damaged), picture-loader (this computer cannot read that format).
 * OK: owned by the caller, picture_done(). */
NODISCARD enum err picture_take(struct picture *out, const void *bytes, size_t n, struct why *why);
void picture_done(struct picture *p); /* all zero is fine */

#endif
