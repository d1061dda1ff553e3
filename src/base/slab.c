#include "config.h"

#include "base/slab.h"

#include <string.h>

#define LINE   ((size_t)64) /* pieces begin at a line of the cache */
#define NO_GAP UINT32_MAX

void slab_init(struct slab *slab, void *memory, size_t size)
{
    slab->memory = memory;
    slab->size = size / LINE * LINE;
    slab->count = 0;
}

/* What is free before piece number I, or after the last one. */
static struct slab_piece gap_before(const struct slab *slab, uint32_t i)
{
    return (struct slab_piece){i ? slab->pieces[i - 1].to : 0,
                               i < slab->count ? slab->pieces[i].from : slab->size};
}

/* The first gap for SIZE bytes, or the LAST: the number of the piece after it, or NO_GAP. */
static uint32_t find_gap(const struct slab *slab, size_t size, bool last)
{
    if (slab->count == SLAB_PIECES)
        return NO_GAP;
    for (uint32_t n = 0; n <= slab->count; n++) {
        uint32_t i = last ? slab->count - n : n;
        struct slab_piece gap = gap_before(slab, i);
        if (gap.to - gap.from >= size)
            return i;
    }
    return NO_GAP;
}

/* SIZE in whole lines, at least one: two pieces never begin at one place. */
static size_t whole_lines(size_t size)
{
    return size > SIZE_MAX - LINE ? SIZE_MAX : size ? (size + LINE - 1) / LINE * LINE : LINE;
}

bool slab_fits(const struct slab *slab, size_t size)
{
    return find_gap(slab, whole_lines(size), false) != NO_GAP;
}

static void *take_from_gap(struct slab *slab, size_t size, bool last)
{
    struct slab_piece *pieces = slab->pieces;
    uint32_t i = find_gap(slab, size, last);

    if (i == NO_GAP)
        return NULL;
    struct slab_piece gap = gap_before(slab, i);
    size_t from = last ? gap.to - size : gap.from;
    memmove(pieces + i + 1, pieces + i, (slab->count++ - i) * sizeof *pieces);
    pieces[i] = (struct slab_piece){from, from + size};
    return slab->memory + from;
}

void *slab_take(struct slab *slab, size_t size)
{
    return take_from_gap(slab, whole_lines(size), false);
}

void *slab_take_last(struct slab *slab, size_t size)
{
    return take_from_gap(slab, whole_lines(size), true);
}

void slab_give(struct slab *slab, void *piece)
{
    struct slab_piece *pieces = slab->pieces;
    uint32_t i = 0;

    if (!piece)
        return;
    while (slab->memory + pieces[i].from != piece)
        i++;
    memmove(pieces + i, pieces + i + 1, (--slab->count - i) * sizeof *pieces);
}
