#include "config.h"

#include "base/lookup.h"

#include <string.h>

#include "base/quota.h"

void lookup_free(struct lookup *lookup, struct quota *quota)
{
    quota_free(quota, lookup->places, lookup->size * sizeof *lookup->places);
    *lookup = LOOKUP_EMPTY;
}

static void put_lookup_place(struct lookup *lookup, struct lookup_place place)
{
    uint32_t at = lookup_home(lookup, place.hash);

    while (lookup->places[at].number)
        at = (at + 1) & (lookup->size - 1);
    lookup->places[at] = place;
}

bool lookup_grow(struct lookup *lookup, uint32_t room, struct quota *quota)
{
    struct lookup old = *lookup;

    if (room > UINT32_MAX / 4)
        return false;
    lookup->places = quota_calloc(quota, 2 * (size_t)room, sizeof *lookup->places);
    if (!lookup->places) {
        *lookup = old;
        return false;
    }
    lookup->size = 2 * room;
    for (uint32_t i = 0; i < old.size; i++)
        if (old.places[i].number)
            put_lookup_place(lookup, old.places[i]);
    lookup_free(&old, quota);
    return true;
}

void lookup_add(struct lookup *lookup, uint64_t hash, uint32_t number)
{
    put_lookup_place(lookup, (struct lookup_place){(uint32_t)hash, number + 1});
}

/* The place of NUMBER, with HASH, which is there. */
static uint32_t lookup_place_of(const struct lookup *lookup, uint64_t hash, uint32_t number)
{
    uint32_t at = lookup_home(lookup, hash);

    while (lookup->places[at].number != number + 1)
        at = (at + 1) & (lookup->size - 1);
    return at;
}

void lookup_renumber(struct lookup *lookup, uint64_t hash, uint32_t number, uint32_t as)
{
    lookup->places[lookup_place_of(lookup, hash, number)].number = as + 1;
}

void lookup_remove(struct lookup *lookup, uint64_t hash, uint32_t number)
{
    uint32_t at = lookup_place_of(lookup, hash, number), mask = lookup->size - 1;

    /* Those after it that would no longer be found move up. */
    for (uint32_t next = (at + 1) & mask; lookup->places[next].number;
         next = (next + 1) & mask) {
        uint32_t from = lookup_home(lookup, lookup->places[next].hash);
        if (((next - from) & mask) < ((next - at) & mask))
            continue;
        lookup->places[at] = lookup->places[next];
        at = next;
    }
    lookup->places[at] = (struct lookup_place){0, 0};
}

void lookup_clear(struct lookup *lookup)
{
    if (lookup->size)
        memset(lookup->places, 0, lookup->size * sizeof *lookup->places);
}
