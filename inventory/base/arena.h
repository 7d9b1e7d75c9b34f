/* Memory of one request: given out piece by piece, freed all at once.
 *
 * Nothing in an arena is freed singly.  Out of memory stops the program (the store is crash-safe).
 * In builds with a sanitizer each piece is its own malloc, so that overruns are seen. */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stddef.h>

#include "attr.h"

struct arena;

/* `max` bytes in all; asking for more stops the program with a sentence on stderr.  Owned by the
 * caller, to be given to arena_free(). */
struct arena *arena_new(size_t max);
void arena_free(struct arena *a);

/* Zeroed, aligned for any type, never NULL. */
void *arena_get(struct arena *a, size_t size);
void *arena_array(struct arena *a, size_t count, size_t size);
char *arena_text(struct arena *a, const char *text); /* a copy; NULL gives "" */
char *arena_text_n(struct arena *a, const char *bytes, size_t n);
char *arena_format(struct arena *a, const char *format, ...) PRINTF_LIKE(2, 3);
size_t arena_used(const struct arena *a);

#define ARENA_NEW(arena, type)          ((type *)arena_get((arena), sizeof(type)))
#define ARENA_ARRAY(arena, type, count) ((type *)arena_array((arena), (count), sizeof(type)))

/* malloc and friends that stop the program when there is no memory. */
void *mem_get(size_t size); /* zeroed */
void *mem_grow(void *old, size_t size);
char *mem_text(const char *text);

#endif
