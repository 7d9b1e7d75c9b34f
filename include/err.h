/* What can go wrong, and the sentence that tells a person about it.
 *
 * An expected failure is an `enum err`; the sentence, in the person's language, stands in a
 * `struct why`.  Programmer's mistakes are asserts.  The world's failures (disk full, corrupt file)
 * are errors too, so that a page can say them, and nothing is lost because the store is crash-safe.
 */
#ifndef ERR_H
#define ERR_H

enum err {
    OK = 0,
    ERR_INVALID,   /* the input is malformed: 422 on a page, 400 on the machine interface */
    ERR_REFUSED,   /* well-formed, but a rule says no: 422 */
    ERR_NOT_FOUND, /* 404 */
    ERR_CONFLICT,  /* something else happened first (sold, same key with other content): 409 */
    ERR_FORBIDDEN, /* 403 */
    ERR_LIMIT,     /* larger or more than allowed: 413 */
    ERR_BUSY,      /* held by another process, or too many at once: 503 */
    ERR_FULL,      /* no room on the disk: 507 */
    ERR_IO,        /* the disk, the device or the network failed: 500 */
    ERR_CORRUPT,   /* the store does not hold what it must: 500 */
    ERR_AWAY,      /* the store cannot be reached; nothing was written: 503 */
    ERR_UNKNOWN,   /* a commit was sent and its outcome is not known: ask by key, never guess */
};

enum { WHY_TEXT_MAX = 640, WHY_SLUG_MAX = 48, WHY_FIELD_MAX = 32 };

/* The sentence for the person: what, why, what next. */
struct why {
    enum err code;
    char slug[WHY_SLUG_MAX];   /* stable, for machines: "unit-sold"; the last part of `type` */
    char field[WHY_FIELD_MAX]; /* input field it speaks of, or empty */
    char text[WHY_TEXT_MAX];   /* Indonesian or English, whole sentences */
};

#endif
