/* The one door to jansson: JSON in with limits, canonical JSON out.
 *
 * Canonical: object keys sorted by byte, no blanks, integers and text only (no reals), UTF-8, the
 * shortest escapes.  Values are counted by reference: a value put into an object or array is given
 * away to it; what json_get/json_at return is borrowed from its parent. */
#ifndef BASE_JSON_H
#define BASE_JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "attr.h"
#include "err.h"
#include "inventory/base/sbuf.h"

struct json; /* never defined: a jansson value */

/* jansson exports functions of these two names, so ours are called otherwise when linked. */
#define json_object() json_new_object()
#define json_array()  json_new_array()
struct json *json_new_object(void);
struct json *json_new_array(void);
struct json *json_int(int64_t value);
struct json *json_text(const char *text); /* must be UTF-8 */
struct json *json_bool(bool value);
void json_free(struct json *j); /* drops one reference; NULL is fine */

void json_set(struct json *object, const char *key, struct json *value); /* takes value */
void json_set_int(struct json *object, const char *key, int64_t value);
void json_set_text(struct json *object, const char *key, const char *text);
void json_set_hex(struct json *object, const char *key, const uint8_t *bytes, size_t n);
void json_set_bool(struct json *object, const char *key, bool value);
void json_add(struct json *array, struct json *value); /* takes value */

void json_write(struct sbuf *out, const struct json *j);  /* canonical */
void json_write_text(struct sbuf *out, const char *text); /* the same for one text, in quotes */

enum { JSON_DEPTH_MAX = 16, JSON_KEYS_MAX = 1024 };

/* ERR_INVALID for what is not JSON, has a duplicate key, a real number, a NUL in a text, is deeper
 * than 16, has more than 1024 keys in one object, or has anything after the value; why->text says
 * where.  null, true and false pass.  Owned by the caller. */
NODISCARD enum err json_parse(struct json **out, const char *bytes, size_t n, struct why *why);

bool json_is_object(const struct json *j);
bool json_is_array(const struct json *j);
bool json_is_int(const struct json *j);
bool json_is_text(const struct json *j);
const struct json *json_get(const struct json *object, const char *key); /* NULL: absent */
size_t json_count(const struct json *array_or_object);
const struct json *json_at(const struct json *array, size_t i);
int64_t json_int_of(const struct json *j);      /* asserts json_is_int */
const char *json_text_of(const struct json *j); /* asserts json_is_text */
/* Walks an object's keys: the i-th in sorted order. */
const char *json_key_at(const struct json *object, size_t i);

#endif
