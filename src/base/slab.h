/*
 * slab: a bounded piece of memory from which pieces of any size are taken and given back, in
 * any order. A cache gives back its oldest pieces until the new one fits. The memory itself
 * belongs to the caller that began the slab.
 */
#ifndef WHORL_BASE_SLAB_H
#define WHORL_BASE_SLAB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SLAB_PIECES 512 /* at once */

struct slab {
    unsigned char *memory;
    size_t size;
    uint32_t count;
    struct slab_piece {
        size_t from, to;   /* its bytes of memory */
    } pieces[SLAB_PIECES]; /* in order */
};

/* Begin with the SIZE bytes at MEMORY, aligned for any type, which stay there as long as the
 * slab is used. Nothing in it is touched. */
void slab_init(struct slab *slab, void *memory, size_t size);

/* A piece of SIZE bytes, aligned for any type, not cleared: from the first gap that is as
 * large; null if none is. What is small or stays long is better taken from the last: it would
 * leave gaps between what comes and goes. */
void *slab_take(struct slab *slab, size_t size) __attribute__((warn_unused_result));
void *slab_take_last(struct slab *slab, size_t size) __attribute__((warn_unused_result));

/* Is there a gap for SIZE bytes? */
bool slab_fits(const struct slab *slab, size_t size);

/* Give back PIECE, which may be null. */
void slab_give(struct slab *slab, void *piece);

#endif
