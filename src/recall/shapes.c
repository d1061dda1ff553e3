#include "config.h"

#include "recall/shapes.h"

#include <stdlib.h>

void shapes_init(struct shapes *shapes)
{
    *shapes = (struct shapes){0};
}

static void drop(struct shapes *shapes, uint32_t i)
{
    shapes->bytes -= shapes->items[i].size;
    free(shapes->items[i].memory);
    shapes->items[i] = (struct shape){0};
    shapes->used[i] = 0;
}

void shapes_forget(struct shapes *shapes)
{
    for (uint32_t i = 0; i < SHAPES_MOST; i++)
        drop(shapes, i);
}

void shapes_free(struct shapes *shapes)
{
    shapes_forget(shapes);
}

uint32_t shapes_last(const struct shapes *shapes)
{
    uint32_t last = 0;

    for (uint32_t i = 1; i < SHAPES_MOST; i++)
        if (shapes->used[i] > shapes->used[last])
            last = i;
    return shapes->used[last] ? last : SHAPES_MOST;
}

void shapes_use(struct shapes *shapes, uint32_t i)
{
    shapes->used[i] = ++shapes->clock;
}

/* The shape not used for longest that is not yet dropped; SHAPES_MOST for none. */
static uint32_t oldest(const struct shapes *shapes)
{
    uint32_t found = SHAPES_MOST;

    for (uint32_t i = 0; i < SHAPES_MOST; i++)
        if (shapes->used[i] && (found == SHAPES_MOST || shapes->used[i] < shapes->used[found]))
            found = i;
    return found;
}

uint32_t shapes_make_room(struct shapes *shapes, size_t size)
{
    uint32_t free_one = 0;

    if (size > SHAPES_BYTES)
        return SHAPES_MOST;
    while (free_one < SHAPES_MOST && shapes->used[free_one])
        free_one++;
    while (free_one == SHAPES_MOST || shapes->bytes + size > SHAPES_BYTES) {
        uint32_t old = oldest(shapes);
        struct shape *shape = &shapes->items[old];
        /* Memory that fits is used again: the system's would have to be cleared first. */
        if (shape->size >= size && shape->size / 2 < size) {
            shapes->used[old] = 0;
            return old;
        }
        drop(shapes, old);
        free_one = old;
    }
    void *memory = malloc(size);
    if (!memory)
        return SHAPES_MOST;
    shapes->items[free_one].memory = memory;
    shapes->items[free_one].size = size;
    shapes->bytes += size;
    return free_one;
}

void shapes_enter(struct shapes *shapes, uint32_t i)
{
    for (uint32_t k = 0; k < SHAPES_MOST; k++)
        if (shapes->used[k])
            shapes->common[i][k] = shapes->common[k][i] =
                shape_common(&shapes->items[i], &shapes->items[k]);
    shapes_use(shapes, i);
}
