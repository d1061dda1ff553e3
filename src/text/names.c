#include "config.h"

#include "text/names.h"

#include <stdlib.h>

#include "base/quota.h"
#include "text/hash.h"

#define FIRST 32 /* names */

void names_init(struct names *names, uint64_t seed, struct quota *quota)
{
    *names = (struct names){.seed = seed, .arena = ARENA_COUNTED(quota)};
}

void names_free(struct names *names)
{
    struct quota *quota = names->arena.quota;

    quota_free(quota, names->items, names->room * sizeof *names->items);
    lookup_free(&names->lookup, quota);
    arena_free(&names->arena);
    names_init(names, names->seed, quota);
}

/* Like names_find(), for a set that has memory. */
static uint32_t find_name(const struct names *names, struct span name, uint64_t hash)
{
    uint32_t at = lookup_home(&names->lookup, hash), number;

    do
        number = lookup_next(&names->lookup, hash, &at);
    while (number != LOOKUP_NONE && !span_equal(names->items[number], name));
    return number;
}

uint32_t names_find(const struct names *names, struct span name)
{
    return names->count ? find_name(names, name, hash_seeded(name, names->seed)) : NAMES_NONE;
}

/* Make room for twice as many names. */
static bool grow_names(struct names *names)
{
    uint32_t room = names->room ? names->room * 2 : FIRST;
    struct quota *quota = names->arena.quota;

    if (names->lookup.size < 2 * room && !lookup_grow(&names->lookup, room, quota))
        return false;
    struct span *items =
        quota_realloc(quota, names->items, names->room * sizeof *items, room * sizeof *items);
    if (!items)
        return false;
    names->items = items;
    names->room = room;
    return true;
}

uint32_t names_add(struct names *names, struct span name)
{
    uint64_t hash = hash_seeded(name, names->seed);
    uint32_t number = names->count ? find_name(names, name, hash) : NAMES_NONE;

    if (number != NAMES_NONE)
        return number;
    if (names->count == names->room && !grow_names(names))
        return NAMES_NONE;
    unsigned char *copy = arena_take(&names->arena, name.n + 1);
    if (!copy)
        return NAMES_NONE;
    if (name.n)
        memcpy(copy, name.p, name.n);
    names->items[names->count] = span_of(copy, name.n);
    lookup_add(&names->lookup, hash, names->count);
    return names->count++;
}
