/*
 * shapes: the shapes that a worker has, and their skeletons, within a bound; the one not used
 * for longest goes first.
 */
#ifndef WHORL_CACHE_SHAPES_H
#define WHORL_CACHE_SHAPES_H

#include "base/slab.h"
#include "cache/shape.h"

#define SHAPES_MOST 48
#define SHAPES_PART 8 /* a record is kept up to this part of the memory for all */

struct shapes {
    struct slab slab; /* of all that is below */
    size_t longest;   /* bytes of the longest record that is kept */
    struct shape items[SHAPES_MOST];
    void *memory[SHAPES_MOST];                 /* of each; null: there is no shape */
    uint64_t used[SHAPES_MOST];                /* when, by the clock, */
    uint64_t held[SHAPES_MOST];                /* and when it was last not to go */
    struct skeleton *skeletons[SHAPES_MOST];   /* by number; null for none */
    uint32_t newest[SHAPES_MOST];              /* of each skeleton: a shape that has it, */
    uint32_t common[SHAPES_MOST][SHAPES_MOST]; /* and shapes_common() of each two, if known */
    uint32_t by_length[SHAPES_MOST];           /* numbers of those that there are */
    uint32_t count;                            /* of them */
    uint64_t clock;
    uint32_t last;      /* the one used last, SHAPES_MOST if it is gone */
    uint32_t leaf_most; /* no shape has more leaves */
};

/* Begin with none, in the SIZE bytes at MEMORY, aligned for any type. It is touched from both
 * ends, no more of it than shapes need. */
void shapes_init(struct shapes *shapes, void *memory, size_t size);

/* Forget all. */
void shapes_forget(struct shapes *shapes);

/* The number of the shape that RECORD is likely to differ least from, after its length and its
 * first bytes. There must be one. */
uint32_t shapes_nearest(const struct shapes *shapes, struct span record);

/* Shape number I stays until the next one is used. */
void shapes_hold(struct shapes *shapes, uint32_t i);

/* Shape number I is used now. */
void shapes_use(struct shapes *shapes, uint32_t i);

/* shape_common() of any two shapes that have A and B, which are not the same. */
uint32_t shapes_common(struct shapes *shapes, const struct skeleton *a,
                       const struct skeleton *b);

/* The skeleton of SOURCE, if a shape has it; else null. */
struct skeleton *shapes_skeleton(const struct shapes *shapes,
                                 const struct shape_source *source);

/* Is there room for one of RECORD, without that others go? */
bool shapes_room(const struct shapes *shapes, struct span record);

/* Add the shape of SOURCE. Its skeleton is one of theirs, or DRAFT is copied. Older shapes may
 * go for it. False if memory is not to be had. */
bool shapes_add(struct shapes *shapes, const struct shape_source *source,
                struct skeleton *skeleton, const struct skeleton *draft);

#endif
