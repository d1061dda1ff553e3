/*
 * shapes: the shapes that a worker has, within a bound; the one not used for longest goes
 * first.
 */
#ifndef WHORL_RECALL_SHAPES_H
#define WHORL_RECALL_SHAPES_H

#include "recall/shape.h"

#define SHAPES_MOST  64
#define SHAPES_BYTES ((size_t)8 << 20) /* of all together */

struct shapes {
    struct shape items[SHAPES_MOST];
    uint64_t used[SHAPES_MOST];                /* when, by the clock; 0: there is no shape */
    uint32_t common[SHAPES_MOST][SHAPES_MOST]; /* shape_common() of each two */
    uint64_t clock;
    size_t bytes; /* of their memory */
};

/* Begin with none; no memory is taken. */
void shapes_init(struct shapes *shapes);
void shapes_free(struct shapes *shapes);

/* Forget all; the memory is given back. */
void shapes_forget(struct shapes *shapes);

/* The number of the shape that was used last; SHAPES_MOST for none. */
uint32_t shapes_last(const struct shapes *shapes);

/* Shape number I was used now. */
void shapes_use(struct shapes *shapes, uint32_t i);

/* Memory of SIZE bytes for a new shape, whose number is given; older ones may go for it.
 * SHAPES_MOST if it is not to be had. shapes_enter() must follow once it is made. */
uint32_t shapes_make_room(struct shapes *shapes, size_t size)
    __attribute__((warn_unused_result));
void shapes_enter(struct shapes *shapes, uint32_t i);

#endif
