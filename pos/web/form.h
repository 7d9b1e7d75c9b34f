/* What browsers send: forms and query strings, decoded with limits, then checked against a table.
 *
 * form_decode() knows only the encoding.  input_check() knows what a page asks for: it gives typed
 * values by name, a sentence for each field that is wrong, and keeps what was typed, so that the
 * page can be shown again with it. */
#ifndef WEB_FORM_H
#define WEB_FORM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "attr.h"
#include "ctx.h"
#include "err.h"
#include "ids.h"
#include "qty.h"
#include "rupiah.h"
#include "when.h"

/* ---- decoding ---- */

enum {
    FORM_BYTES_MAX = 64 * 1024,
    FORM_FIELDS_MAX = 200,
    FORM_NAME_MAX = 64,
    FORM_VALUE_MAX = 8 * 1024,
    UPLOAD_BYTES_MAX = 16 * 1024 * 1024,
};

struct form_limits {
    size_t bytes, fields, name, value;
    bool repeats; /* a name may come more than once (input_check() still refuses it where the
                     table does not say `many`) */
};

/* The limits above, repeats allowed: for routes, whose table decides. */
extern const struct form_limits form_limits_default;

struct form_field {
    const char *name;
    const char *value;
};

struct form {
    const struct form_field *fields; /* in the order they came */
    size_t count;
};

/* application/x-www-form-urlencoded or a query string (without '?'); n may be 0.  Line ends in
 * values become '\n'.  ERR_LIMIT for too much; ERR_INVALID for a bad percent code, NUL, what is not
 * UTF-8, control characters other than line feed and tab, an empty name, or a repeated one unless
 * asked.  Sentence in cx->why.  Everything lives in cx->arena. */
NODISCARD enum err form_decode(struct form *out, struct ctx *cx, const char *bytes, size_t n,
                               const struct form_limits *limits);

/* The first value of that name; NULL: absent. */
const char *form_get(const struct form *form, const char *name);
/* The i-th value of that name; NULL: there are not so many. */
const char *form_nth(const struct form *form, const char *name, size_t i);

/* One uploaded file.  `bytes` points into the body. */
struct upload {
    const char *field; /* NULL: no file was sent */
    const char *filename;
    const char *type; /* what the browser says: never trusted */
    const char *bytes;
    size_t n;
};

/* multipart/form-data with at most one file; other parts become fields under
 * form_limits_default.  `content_type` is the header's value, with the boundary.  The body must
 * outlive *file. */
NODISCARD enum err multipart_decode(struct form *fields, struct upload *file, struct ctx *cx,
                                    const char *content_type, const char *body, size_t n);

/* ---- input tables ---- */

enum input_type {
    INPUT_LINE,     /* one line of text; trimmed; min, max in characters (default 0..200) */
    INPUT_TEXT,     /* several lines; trimmed; (default 0..2000) */
    INPUT_CODE,     /* one word: letters, digits and - _ . / ; upper-cased; (default 1..64) */
    INPUT_PASSWORD, /* as it came, never given back; (default 1..200) */
    INPUT_INT,      /* whole number; min, max (default 0..10^9); "1.250" is refused */
    INPUT_RUPIAH,   /* money_parse(); min, max in rupiah (default 0..RUPIAH_MAX) */
    INPUT_QTY,      /* qty_parse(); min, max in thousandths (default 1..QTY_MAX_MILLI) */
    INPUT_DAY,      /* day_parse(); min, max in days since 1970 (default 1950..2100) */
    INPUT_ID,       /* 32 hex digits */
    INPUT_CHOICE,   /* one of `choices` */
    INPUT_FLAG,     /* a tick box: "1", "on" or "ya"; absent is false, never an error */
    INPUT_KEY,      /* idempotency key: 32 lower-case hex digits */
};

struct input {
    const char *name;
    const char *label; /* `_()` text: what the page calls it, for the sentences */
    enum input_type type;
    bool required;
    bool many;                  /* may come more than once; see input_at() */
    int64_t min, max;           /* both 0: the default of the type */
    const char *const *choices; /* INPUT_CHOICE: values, then NULL */
};

#define INPUT_END                                                                                  \
    {                                                                                              \
        .name = NULL                                                                               \
    }

struct input_value {
    bool given;       /* came, not empty, and right */
    const char *raw;  /* as typed, for showing again; "" when absent, and for passwords */
    const char *text; /* LINE, TEXT, CODE, PASSWORD, CHOICE, KEY: the cleaned text; never NULL */
    int64_t number;   /* INT, RUPIAH, QTY, DAY; FLAG 0 or 1; CHOICE its place in `choices` */
    uint8_t id[ID_BYTES]; /* ID, KEY */
};

struct input_error {
    const char *field;
    const char *text; /* a whole sentence in the person's language */
};

struct inputs {
    const struct input *table;
    size_t count;               /* rows of the table */
    struct input_value *values; /* all, row after row */
    size_t *first, *howmany;    /* of each row in `values`; where none came, howmany is
                                   0 and an empty value stands at `first` */
    struct input_error *errors; /* in the table's order; in cx->arena */
    size_t error_count, error_room;
};

/* Checks every row of the table (ended by INPUT_END); fields that are not in the table are not
 * looked at.  OK, or ERR_INVALID with the list in out->errors and the first of them in cx->why.
 * `out` is filled in both cases. */
NODISCARD enum err input_check(struct inputs *out, struct ctx *cx, const struct input *table,
                               const struct form *form);

/* Values by name.  Asserts that the table has the name, with that type.  What was not given is "",
 * 0, false, nil; ask input_given() where the difference matters. */
bool input_given(const struct inputs *in, const char *name);
const char *input_text(const struct inputs *in, const char *name);
const char *input_raw(const struct inputs *in, const char *name); /* for value="{{..}}" */
int64_t input_int(const struct inputs *in, const char *name);
struct rupiah input_rupiah(const struct inputs *in, const char *name);
struct qty input_qty(const struct inputs *in, const char *name);
struct day input_day(const struct inputs *in, const char *name);
bool input_flag(const struct inputs *in, const char *name);
size_t input_choice(const struct inputs *in, const char *name); /* place in choices */
const uint8_t *input_id(const struct inputs *in, const char *name);
/* For `many`: how many came, and the i-th of them (rows that belong together must be sent by the
 * page with every field, empty ones too). */
size_t input_count(const struct inputs *in, const char *name);
const struct input_value *input_at(const struct inputs *in, const char *name, size_t i);

/* The sentence beside a field; NULL: none. */
const char *input_error(const struct inputs *in, const char *field);
/* Adds what an act refused (cx->why) to the list, at its field, so that a page shows both alike. */
void input_add_why(struct inputs *in, struct ctx *cx);

#endif
