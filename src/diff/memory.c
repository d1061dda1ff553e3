#include "config.h"

#include "diff/memory.h"

#include <stdlib.h>

#include "stream/spill.h"

/* What malloc() may add to a small piece: its header, and rounding up to 16 bytes. */
#define OVERHEAD ((size_t)32)

const char diff_memory_full[] =
    "names, ids, values and rules take more than half of --memory: raise it";

void diff_memory_share(struct diff_memory *memory, size_t all)
{
    size_t join = all / 8 * 3;

    *memory = (struct diff_memory){
        .kept = {.most = all / 2, .full = diff_memory_full},
        .join = join > 2 * SPILL_MEMORY ? join - SPILL_MEMORY : join,
        .moves = all / 8,
    };
}

size_t diff_memory_text_most(const struct diff_memory *memory)
{
    /* The text's buffer doubles, and while it grows the old and the new bytes both exist. */
    return memory->kept.most / 4;
}

struct span diff_memory_copy(struct quota *quota, struct span text)
{
    if (!text.n)
        return span_of(NULL, 0);
    if (text.n > SIZE_MAX - OVERHEAD || !quota_take(quota, text.n + OVERHEAD))
        return SPAN_FAILED;
    unsigned char *copy = malloc(text.n);
    if (!copy) {
        quota_give(quota, text.n + OVERHEAD);
        return SPAN_FAILED;
    }
    memcpy(copy, text.p, text.n);
    return span_of(copy, text.n);
}

void diff_memory_drop(struct quota *quota, struct span copy)
{
    if (copy.n)
        quota_give(quota, copy.n + OVERHEAD);
    free((void *)(uintptr_t)copy.p);
}
