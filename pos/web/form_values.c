/* Typed values of a checked form, by name. */
#include <assert.h>

#include "pos/web/form.h"

static size_t row_named(const struct inputs *in, const char *name)
{
    size_t i = 0;

    while (i < in->count && strcmp(in->table[i].name, name) != 0) {
        i++;
    }
    assert(i < in->count);
    return i;
}

static const struct input_value *value_of(const struct inputs *in, const char *name,
                                          enum input_type type)
{
    const size_t i = row_named(in, name);

    assert(in->table[i].type == type);
    (void)type;
    return &in->values[in->first[i]];
}

bool input_given(const struct inputs *in, const char *name)
{
    return in->values[in->first[row_named(in, name)]].given;
}

const char *input_text(const struct inputs *in, const char *name)
{
    const size_t i = row_named(in, name);
    const enum input_type type = in->table[i].type;

    assert(type == INPUT_LINE || type == INPUT_TEXT || type == INPUT_CODE ||
           type == INPUT_PASSWORD || type == INPUT_CHOICE || type == INPUT_KEY);
    (void)type;
    return in->values[in->first[i]].text;
}

const char *input_raw(const struct inputs *in, const char *name)
{
    return in->values[in->first[row_named(in, name)]].raw;
}

int64_t input_int(const struct inputs *in, const char *name)
{
    return value_of(in, name, INPUT_INT)->number;
}

struct rupiah input_rupiah(const struct inputs *in, const char *name)
{
    return RUPIAH(value_of(in, name, INPUT_RUPIAH)->number);
}

struct qty input_qty(const struct inputs *in, const char *name)
{
    return (struct qty){value_of(in, name, INPUT_QTY)->number};
}

struct day input_day(const struct inputs *in, const char *name)
{
    return DAY((int32_t)value_of(in, name, INPUT_DAY)->number);
}

bool input_flag(const struct inputs *in, const char *name)
{
    return value_of(in, name, INPUT_FLAG)->number != 0;
}

size_t input_choice(const struct inputs *in, const char *name)
{
    return (size_t)value_of(in, name, INPUT_CHOICE)->number;
}

const uint8_t *input_id(const struct inputs *in, const char *name)
{
    const size_t i = row_named(in, name);

    assert(in->table[i].type == INPUT_ID || in->table[i].type == INPUT_KEY);
    return in->values[in->first[i]].id;
}

size_t input_count(const struct inputs *in, const char *name)
{
    return in->howmany[row_named(in, name)];
}

const struct input_value *input_at(const struct inputs *in, const char *name, size_t i)
{
    const size_t row = row_named(in, name);

    assert(i < in->howmany[row]);
    return &in->values[in->first[row] + i];
}
