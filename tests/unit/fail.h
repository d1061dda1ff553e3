/*
 * fail: makes calls of the C library fail, a single one or all from one on. The linker replaces the
 * library's functions by these for all of libwhorl. A test that includes this must be linked with
 * -Wl,--wrap= for each function that it uses.
 */
#ifndef WHORL_TESTS_FAIL_H
#define WHORL_TESTS_FAIL_H

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/arena.h"

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *p, size_t size);
void *__real_aligned_alloc(size_t alignment, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *p, size_t size);
void *__wrap_aligned_alloc(size_t alignment, size_t size);

static size_t fail_calls;         /* so far */
static size_t fail_at = SIZE_MAX; /* this one fails, */
static bool fail_on = true;       /* and all after it */

static bool fail_now(void)
{
    size_t call = fail_calls++;

    return call == fail_at || (fail_on && call > fail_at);
}

void *__wrap_malloc(size_t size)
{
    return fail_now() ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t count, size_t size)
{
    return fail_now() ? NULL : __real_calloc(count, size);
}

void *__wrap_realloc(void *p, size_t size)
{
    return fail_now() ? NULL : __real_realloc(p, size);
}

void *__wrap_aligned_alloc(size_t alignment, size_t size)
{
    return fail_now() ? NULL : __real_aligned_alloc(alignment, size);
}


/* Take from ARENA all but about 1 KiB of the memory that it has, so that what needs more must
 * allocate. */
static inline void fail_room(struct arena *arena)
{
    struct arena_mark mark = arena_mark(arena), last = mark;
    bool on = fail_on;

    fail_on = true;
    fail_at = 0;
    for (fail_calls = 1; arena_take(arena, 1024); mark = arena_mark(arena))
        last = mark;
    fail_at = SIZE_MAX;
    fail_on = on;
    arena_back(arena, last);
    arena->failed = false;
}

#endif
