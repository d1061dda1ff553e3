#include "config.h"

#include "text/names.h"

#include <stdlib.h>

#include "text/hash.h"

#define FIRST 32 /* names; the index has twice as many places */

void names_init(struct names *names, uint64_t seed)
{
    *names = (struct names){.seed = seed, .arena = ARENA_EMPTY};
}

void names_free(struct names *names)
{
    free(names->items);
    free(names->index);
    arena_free(&names->arena);
    names_init(names, names->seed);
}

/* The place of NAME in the index, or the free one where it would be. */
static uint32_t place_of(const struct names *names, struct span name)
{
    uint32_t at = (uint32_t)hash_seeded(name, names->seed) & (names->places - 1);

    while (names->index[at] && !span_equal(names->items[names->index[at] - 1], name))
        at = (at + 1) & (names->places - 1);
    return at;
}

uint32_t names_find(const struct names *names, struct span name)
{
    /* No number is NAMES_NONE, which is what 0 in the index makes here. */
    return names->count ? names->index[place_of(names, name)] - 1 : NAMES_NONE;
}

static bool grow(struct names *names)
{
    uint32_t room = names->room ? names->room * 2 : FIRST;

    if (room > UINT32_MAX / 4)
        return false;
    struct span *items = realloc(names->items, room * sizeof *items);
    if (!items)
        return false;
    names->items = items;
    uint32_t *index = calloc((size_t)room * 2, sizeof *index);
    if (!index)
        return false;
    free(names->index);
    names->index = index;
    names->places = room * 2;
    names->room = room;
    for (uint32_t i = 0; i < names->count; i++)
        names->index[place_of(names, names->items[i])] = i + 1;
    return true;
}

uint32_t names_add(struct names *names, struct span name)
{
    if (names->count == names->room && !grow(names))
        return NAMES_NONE;
    uint32_t at = place_of(names, name);
    if (names->index[at])
        return names->index[at] - 1;
    unsigned char *copy = arena_take(&names->arena, name.n + 1);
    if (!copy)
        return NAMES_NONE;
    if (name.n)
        memcpy(copy, name.p, name.n);
    names->items[names->count] = span_of(copy, name.n);
    names->index[at] = ++names->count;
    return names->count - 1;
}
