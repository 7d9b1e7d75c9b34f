/* The one door to jansson: JSON in with limits, canonical JSON out. */
#include <jansson.h>

/* jansson says these as macros; here they are functions of our own. */
#undef json_is_object
#undef json_is_array

#include "inventory/base/json.h"

#include <assert.h>

#include "inventory/base/arena.h"
#include "inventory/base/refuse.h"

/* A jansson value behind our name.  Reading jansson takes a json_t * without const, although it
 * only reads. */
static json_t *inside(const struct json *j)
{
    union {
        const struct json *ours;
        json_t *theirs;
    } value = {.ours = j};

    return value.theirs;
}

/* jansson answers NULL for no memory and for text that is not UTF-8.  Both stop the program: the
 * first is the world's end, the second a mistake of the caller. */
static struct json *made(json_t *j)
{
    if (!j) {
        fputs("etalase: no memory for JSON, or a text in it is not UTF-8\n", stderr);
        abort();
    }
    return (struct json *)j;
}

struct json *json_new_object(void)
{
    return made((json_object)());
}

struct json *json_new_array(void)
{
    return made((json_array)());
}

struct json *json_int(int64_t value)
{
    return made(json_integer(value));
}

struct json *json_text(const char *text)
{
    return made(json_string(text));
}

struct json *json_bool(bool value)
{
    return made(value ? json_true() : json_false());
}

void json_free(struct json *j)
{
    json_decref(inside(j));
}

void json_set(struct json *object, const char *key, struct json *value)
{
    if (json_object_set_new(inside(object), key, inside(value)) != 0) {
        made(NULL);
    }
}

void json_set_int(struct json *object, const char *key, int64_t value)
{
    json_set(object, key, json_int(value));
}

void json_set_text(struct json *object, const char *key, const char *text)
{
    json_set(object, key, json_text(text));
}

void json_set_hex(struct json *object, const char *key, const uint8_t *bytes, size_t n)
{
    struct sbuf hex;

    sbuf_init(&hex, n * 2);
    sbuf_hex(&hex, bytes, n);
    json_set_text(object, key, sbuf_str(&hex));
    sbuf_done(&hex);
}

void json_set_bool(struct json *object, const char *key, bool value)
{
    json_set(object, key, json_bool(value));
}

void json_add(struct json *array, struct json *value)
{
    if (json_array_append_new(inside(array), inside(value)) != 0) {
        made(NULL);
    }
}

/* ---- canonical JSON out ---- */

static int by_bytes(const void *a, const void *b)
{
    const char *const *x = a;
    const char *const *y = b;

    return strcmp(*x, *y);
}

/* The object's keys in the order of their bytes; the array is the caller's to free. */
static const char **sorted_keys(json_t *object, size_t *count)
{
    const char **keys = mem_get(json_object_size(object) * sizeof *keys);
    size_t n = 0;

    for (void *i = json_object_iter(object); i; i = json_object_iter_next(object, i)) {
        keys[n++] = json_object_iter_key(i);
    }
    qsort(keys, n, sizeof *keys, by_bytes);
    *count = n;
    return keys;
}

static void write_escape(struct sbuf *out, char c)
{
    static const char special[] = "\"\\\b\f\n\r\t";
    static const char letter[] = "\"\\bfnrt";
    const char *at = strchr(special, c);

    if (at) {
        sbuf_char(out, '\\');
        sbuf_char(out, letter[at - special]);
    } else {
        sbuf_format(out, "\\u%04x", (unsigned)(unsigned char)c);
    }
}

void json_write_text(struct sbuf *out, const char *text)
{
    sbuf_char(out, '"');
    while (*text) {
        size_t plain = 0;

        while ((unsigned char)text[plain] >= 0x20 && text[plain] != '"' && text[plain] != '\\') {
            plain++;
        }
        sbuf_add(out, text, plain);
        text += plain;
        if (*text) {
            write_escape(out, *text++);
        }
    }
    sbuf_char(out, '"');
}

static void write_value(struct sbuf *out, json_t *j);

static void write_object(struct sbuf *out, json_t *j)
{
    size_t count;
    const char **keys = sorted_keys(j, &count);

    sbuf_char(out, '{');
    for (size_t i = 0; i < count; i++) {
        sbuf_text(out, i > 0 ? "," : "");
        json_write_text(out, keys[i]);
        sbuf_char(out, ':');
        write_value(out, json_object_get(j, keys[i]));
    }
    sbuf_char(out, '}');
    free(keys);
}

static void write_array(struct sbuf *out, json_t *j)
{
    sbuf_char(out, '[');
    for (size_t i = 0; i < json_array_size(j); i++) {
        sbuf_text(out, i > 0 ? "," : "");
        write_value(out, json_array_get(j, i));
    }
    sbuf_char(out, ']');
}

static void write_value(struct sbuf *out, json_t *j)
{
    switch (json_typeof(j)) {
    case JSON_OBJECT: write_object(out, j); break;
    case JSON_ARRAY: write_array(out, j); break;
    case JSON_STRING: json_write_text(out, json_string_value(j)); break;
    case JSON_INTEGER: sbuf_int(out, json_integer_value(j)); break;
    case JSON_TRUE: sbuf_text(out, "true"); break;
    case JSON_FALSE: sbuf_text(out, "false"); break;
    case JSON_NULL: sbuf_text(out, "null"); break;
    case JSON_REAL: assert(false && "a real number never gets in"); break;
    }
}

void json_write(struct sbuf *out, const struct json *j)
{
    write_value(out, inside(j));
}

/* ---- JSON in ---- */

static const char *what_is_wrong(const json_error_t *error)
{
    switch (json_error_code(error)) {
    case json_error_stack_overflow: return "terlalu dalam bersusun";
    case json_error_invalid_utf8: return "bukan UTF-8";
    case json_error_premature_end_of_input: return "isinya terpotong";
    case json_error_end_of_input_expected: return "ada yang tersisa sesudah nilainya";
    case json_error_null_character:
    case json_error_null_byte_in_key: return "ada huruf NUL di dalam teks";
    case json_error_duplicate_key: return "satu nama dipakai dua kali";
    case json_error_numeric_overflow: return "angkanya terlalu besar";
    case json_error_unknown:
    case json_error_out_of_memory:
    case json_error_cannot_open_file:
    case json_error_invalid_argument:
    case json_error_invalid_syntax:
    case json_error_invalid_format:
    case json_error_wrong_type:
    case json_error_null_value:
    case json_error_item_not_found:
    case json_error_index_out_of_range: break;
    }
    return "bukan bentuk JSON yang benar";
}

static enum err refuse_value(struct why *why, const char *name, const char *what)
{
    return why_say(why, ERR_INVALID, "json-malformed",
                   "Isi JSON ditolak: %s (pada \"%.60s\"). Perbaiki lalu kirim lagi.", what, name);
}

/* Checks what jansson lets pass.  `name` is the nearest key above, for the sentence. */
static enum err check(json_t *j, const char *name, int depth, struct why *why)
{
    enum err e = OK;

    if (json_is_real(j)) {
        return refuse_value(why, name, "pecahan tidak dipakai, hanya bilangan bulat dan teks");
    }
    if (json_typeof(j) != JSON_OBJECT && json_typeof(j) != JSON_ARRAY) {
        return OK;
    }
    if (depth > JSON_DEPTH_MAX) {
        return refuse_value(why, name, "terlalu dalam bersusun, paling banyak 16");
    }
    if (json_object_size(j) > JSON_KEYS_MAX) {
        return refuse_value(why, name, "terlalu banyak nama dalam satu objek, paling banyak 1024");
    }
    for (void *i = json_object_iter(j); i && !e; i = json_object_iter_next(j, i)) {
        e = check(json_object_iter_value(i), json_object_iter_key(i), depth + 1, why);
    }
    for (size_t i = 0; i < json_array_size(j) && !e; i++) {
        e = check(json_array_get(j, i), name, depth + 1, why);
    }
    return e;
}

enum err json_parse(struct json **out, const char *bytes, size_t n, struct why *why)
{
    json_error_t error;
    json_t *j = json_loadb(n > 0 ? bytes : "", n, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &error);
    enum err e;

    if (!j) {
        return why_say(why, ERR_INVALID, "json-malformed",
                       "Isi JSON ditolak: %s (baris %d, kolom %d). Perbaiki lalu kirim lagi.",
                       what_is_wrong(&error), error.line, error.column);
    }
    if ((e = check(j, "", 1, why))) {
        json_decref(j);
        return e;
    }
    *out = (struct json *)j;
    return OK;
}

/* ---- reading values ---- */

bool json_is_object(const struct json *j)
{
    return j && json_typeof(inside(j)) == JSON_OBJECT;
}

bool json_is_array(const struct json *j)
{
    return j && json_typeof(inside(j)) == JSON_ARRAY;
}

bool json_is_int(const struct json *j)
{
    return j && json_typeof(inside(j)) == JSON_INTEGER;
}

bool json_is_text(const struct json *j)
{
    return j && json_typeof(inside(j)) == JSON_STRING;
}

const struct json *json_get(const struct json *object, const char *key)
{
    return (const struct json *)json_object_get(inside(object), key);
}

size_t json_count(const struct json *array_or_object)
{
    return json_is_array(array_or_object) ? json_array_size(inside(array_or_object))
                                          : json_object_size(inside(array_or_object));
}

const struct json *json_at(const struct json *array, size_t i)
{
    return (const struct json *)json_array_get(inside(array), i);
}

int64_t json_int_of(const struct json *j)
{
    assert(json_is_int(j));
    return json_integer_value(inside(j));
}

const char *json_text_of(const struct json *j)
{
    assert(json_is_text(j));
    return json_string_value(inside(j));
}

const char *json_key_at(const struct json *object, size_t i)
{
    size_t count;
    const char **keys = sorted_keys(inside(object), &count);
    const char *key = i < count ? keys[i] : NULL;

    free(keys);
    return key;
}
