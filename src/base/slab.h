/*
 * slab: a bounded piece of memory from which pieces of any size are taken and given back, in
 * any order. Whoever keeps what can be done without, as a cache does, gives back the oldest
 * until the new one fits. Memory for all of it is taken at once, in large pages where the
 * system has them: each page costs a fault when it is first touched.
 */
#ifndef WHORL_BASE_SLAB_H
#define WHORL_BASE_SLAB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SLAB_PIECES 512 /* at once */

struct slab {
    unsigned char *memory; /* null for none yet */
    size_t size;
    uint32_t count;
    struct slab_piece {
        size_t from, to;   /* its bytes of memory */
    } pieces[SLAB_PIECES]; /* in order */
};

/* Begin with SIZE bytes, of which nothing is touched. False when memory is out; slab_free() may
 * follow in either case. */
bool slab_init(struct slab *slab, size_t size) __attribute__((warn_unused_result));
void slab_free(struct slab *slab);

/* A piece of SIZE bytes, aligned for any type, not cleared: from the first gap that is as
 * large; null if none is. What is small or stays long is better taken from the last: it would
 * leave gaps between what comes and goes. */
void *slab_take(struct slab *slab, size_t size) __attribute__((warn_unused_result));
void *slab_take_last(struct slab *slab, size_t size) __attribute__((warn_unused_result));

/* Is there a gap for SIZE bytes? */
bool slab_fits(const struct slab *slab, size_t size);

/* Give back PIECE; null is none. */
void slab_give(struct slab *slab, void *piece);

#endif
