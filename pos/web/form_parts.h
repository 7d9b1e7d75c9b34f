/* Shared by the two decoders of forms. */
#ifndef WEB_FORM_PARTS_H
#define WEB_FORM_PARTS_H

#include "pos/web/form.h"

/* A form being decoded. */
struct form_builder {
    struct ctx *cx;
    const struct form_limits *limits;
    struct form_field *fields;
    size_t count;
};

/* `room` fields at most will be put. */
void form_begin(struct form_builder *b, struct ctx *cx, const struct form_limits *limits,
                size_t room);
/* Checks name and value and takes them; both are in the arena, their NUL not counted, and are
 * changed (line ends). */
NODISCARD enum err form_put(struct form_builder *b, char *name, size_t name_len, char *value,
                            size_t value_len);
NODISCARD enum err form_too_large(struct ctx *cx);
NODISCARD enum err form_malformed(struct ctx *cx);

#endif
