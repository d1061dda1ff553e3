#include "config.h"

#include "base/pages.h"

#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>

#define LARGE ((size_t)1 << 21) /* the size that such pages have on most machines */

void *pages_take(size_t size)
{
    /* What is smaller than a page would take one all the same. */
    if (size < LARGE)
        return malloc(size);
    if (size > SIZE_MAX - LARGE)
        return NULL;
    size = (size + LARGE - 1) / LARGE * LARGE;
    void *memory = aligned_alloc(LARGE, size);
#ifdef MADV_HUGEPAGE
    if (memory)
        (void)madvise(memory, size, MADV_HUGEPAGE); /* without them it is slower, no more */
#endif
    return memory;
}
