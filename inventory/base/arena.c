/* Memory of one request: pieces cut from blocks, all freed together. */
#include "inventory/base/arena.h"

#include <assert.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>

#if defined(__SANITIZE_ADDRESS__)
#define PIECE_IS_BLOCK 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(memory_sanitizer)
#define PIECE_IS_BLOCK 1
#endif
#endif
#ifndef PIECE_IS_BLOCK
#define PIECE_IS_BLOCK 0
#endif

enum { BLOCK_FIRST = 4096, BLOCK_LAST = 256 * 1024, ALIGN = _Alignof(max_align_t) };

struct block {
    struct block *next;
    size_t size, used;
    _Alignas(max_align_t) unsigned char bytes[];
};

struct arena {
    struct block *blocks; /* the one being cut is first */
    size_t max, used, block_size;
};

static _Noreturn void stop(const char *sentence)
{
    fprintf(stderr, "etalase: %s\n", sentence);
    abort();
}

void *mem_get(size_t size)
{
    void *p = calloc(1, size ? size : 1);

    if (!p) {
        stop("the computer has no memory left");
    }
    return p;
}

void *mem_grow(void *old, size_t size)
{
    void *p = realloc(old, size ? size : 1);

    if (!p) {
        stop("the computer has no memory left");
    }
    return p;
}

char *mem_text(const char *text)
{
    size_t n = strlen(text) + 1;

    return memcpy(mem_get(n), text, n);
}

struct arena *arena_new(size_t max)
{
    struct arena *a = mem_get(sizeof *a);

    a->max = max;
    a->block_size = BLOCK_FIRST;
    return a;
}

void arena_free(struct arena *a)
{
    if (!a) {
        return;
    }
    while (a->blocks) {
        struct block *next = a->blocks->next;

        free(a->blocks);
        a->blocks = next;
    }
    free(a);
}

static size_t align_up(size_t size)
{
    return (size + ALIGN - 1) / ALIGN * ALIGN;
}

static struct block *block_add(struct arena *a, size_t size)
{
    struct block *b = mem_get(sizeof *b + size);

    b->size = size;
    b->next = a->blocks;
    a->blocks = b;
    return b;
}

static struct block *block_with_room(struct arena *a, size_t need)
{
    struct block *b = a->blocks;

    if (b && b->size - b->used >= need) {
        return b;
    }
    if (need > a->block_size) {
        return block_add(a, need);
    }
    b = block_add(a, a->block_size);
    if (a->block_size < BLOCK_LAST) {
        a->block_size *= 2;
    }
    return b;
}

void *arena_get(struct arena *a, size_t size)
{
    struct block *b;
    void *piece;

    if (size > a->max - a->used) {
        stop("a request asked for more memory than it may have");
    }
    a->used += size;
    if (PIECE_IS_BLOCK) {
        return block_add(a, size)->bytes;
    }
    b = block_with_room(a, align_up(size ? size : 1));
    piece = b->bytes + b->used;
    b->used += align_up(size ? size : 1);
    return piece;
}

void *arena_array(struct arena *a, size_t count, size_t size)
{
    size_t bytes;

    if (__builtin_mul_overflow(count, size, &bytes)) {
        stop("a request asked for more memory than it may have");
    }
    return arena_get(a, bytes);
}

char *arena_text(struct arena *a, const char *text)
{
    return text ? arena_text_n(a, text, strlen(text)) : arena_get(a, 1);
}

char *arena_text_n(struct arena *a, const char *bytes, size_t n)
{
    char *copy = arena_get(a, n + 1);

    if (n > 0) {
        memcpy(copy, bytes, n);
    }
    return copy;
}

char *arena_format(struct arena *a, const char *format, ...)
{
    va_list args;
    char *text;
    int n;

    va_start(args, format);
    n = vsnprintf(NULL, 0, format, args);
    va_end(args);
    assert(n >= 0);
    text = arena_get(a, (size_t)n + 1);
    va_start(args, format);
    vsnprintf(text, (size_t)n + 1, format, args);
    va_end(args);
    return text;
}

size_t arena_used(const struct arena *a)
{
    return a->used;
}
