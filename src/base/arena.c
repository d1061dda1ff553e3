#include "config.h"

#include "base/arena.h"

#include <stdalign.h>
#include <stdint.h>

#include "base/quota.h"

/* Blocks double from FIRST on, so a record of any size settles after a few. */
#define FIRST ((size_t)1 << 18)
#define SMALL ((size_t)1 << 10)
#define ALIGN (alignof(max_align_t))

struct arena_block {
    struct arena_block *next;
    size_t size; /* bytes that can be taken */
    alignas(max_align_t) unsigned char bytes[];
};

/* The next block after the current one with room for SIZE, made if no block has it. Blocks
 * between that are too small stay unused until the next reset. */
static struct arena_block *block_for(struct arena *a, size_t size)
{
    struct arena_block *last = a->now;
    struct arena_block *b = last ? last->next : a->first;

    for (; b; last = b, b = b->next)
        if (b->size >= size)
            return b;

    size_t want = last ? last->size * 2 : a->small ? SMALL : FIRST;
    if (want < size)
        want = size;
    if (want > SIZE_MAX - sizeof *b)
        return NULL;
    b = quota_realloc(a->quota, NULL, 0, sizeof *b + want);
    if (!b)
        return NULL;
    b->next = NULL;
    b->size = want;
    if (last)
        last->next = b;
    else
        a->first = b;
    return b;
}

void *arena_take(struct arena *a, size_t size)
{
    if (size > SIZE_MAX / 4) {
        a->failed = true;
        return NULL;
    }
    size = (size + ALIGN - 1) / ALIGN * ALIGN;
    if (!a->now || a->now->size - a->used < size) {
        struct arena_block *b = block_for(a, size);
        if (!b) {
            a->failed = true;
            return NULL;
        }
        a->now = b;
        a->used = 0;
    }
    void *piece = a->now->bytes + a->used;
    a->used += size;
    return piece;
}

void *arena_take_array(struct arena *a, size_t count, size_t size)
{
    return arena_take(a, size && count > SIZE_MAX / size ? SIZE_MAX : count * size);
}

void arena_trim(struct arena *a, void *piece, size_t used)
{
    size_t start = (size_t)((unsigned char *)piece - a->now->bytes);

    a->used = start + (used + ALIGN - 1) / ALIGN * ALIGN;
}

struct arena_mark arena_mark(const struct arena *a)
{
    return (struct arena_mark){a->now, a->used};
}

void arena_back(struct arena *a, struct arena_mark mark)
{
    a->now = mark.now;
    a->used = mark.used;
}

void arena_reset(struct arena *a)
{
    a->now = NULL;
    a->used = 0;
    a->failed = false;
}

void arena_free(struct arena *a)
{
    for (struct arena_block *b = a->first; b;) {
        struct arena_block *next = b->next;
        quota_free(a->quota, b, sizeof *b + b->size);
        b = next;
    }
    *a = (struct arena){.small = a->small, .quota = a->quota};
}
