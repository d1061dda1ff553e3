/*
 * lookup: numbers found by the hash of what they stand for.
 *
 * This is what names.h (texts of any length) and keys.h (entries with a key of fixed size)
 * share, and those are what to use: a lookup has no more of a thing than 32 bits of its hash,
 * and whoever has the things compares them.
 *
 * It is a table of open addressing, at most half full. To find a number takes 1.5 places on
 * average, to find that there is none 2.5, and a comparison only where 32 bits of the hash are
 * equal; to add one is O(1) amortized, as the table doubles. It takes 16 to 32 bytes a number.
 * Hashes must have a seed that nobody can guess (hash_seeded()), or whoever chooses the things
 * can have all of them in one place.
 */
#ifndef WHORL_BASE_LOOKUP_H
#define WHORL_BASE_LOOKUP_H

#include <stdint.h>

#include "base/quota.h"

#define LOOKUP_NONE UINT32_MAX

struct lookup_place {
    uint32_t hash;
    uint32_t number; /* + 1; 0 if the place is free */
};

struct lookup {
    struct lookup_place *places;
    uint32_t size; /* of places, a power of 2, or 0 */
};

/* An empty lookup has no memory. */
#define LOOKUP_EMPTY ((struct lookup){NULL, 0})

void lookup_free(struct lookup *lookup, struct quota *quota);

/* Bytes of a lookup with room for ROOM numbers. */
static inline size_t lookup_bytes(uint32_t room)
{
    return 2 * (size_t)room * sizeof(struct lookup_place);
}

/* Have room for ROOM numbers, a power of 2, at least as many as there are. False when memory is
 * out: nothing has changed then. */
bool lookup_grow(struct lookup *lookup, uint32_t room, struct quota *quota)
    __attribute__((warn_unused_result));

/* Where to begin to look for HASH. */
static inline uint32_t lookup_home(const struct lookup *lookup, uint64_t hash)
{
    return (uint32_t)hash & (lookup->size - 1);
}

/* The next number from the place *AT on whose thing may have HASH, *AT being behind it then;
 * LOOKUP_NONE if there is none. There must be room. */
static inline uint32_t lookup_next(const struct lookup *lookup, uint64_t hash, uint32_t *at)
{
    for (;;) {
        struct lookup_place place = lookup->places[*at];
        if (!place.number)
            return LOOKUP_NONE;
        *at = (*at + 1) & (lookup->size - 1);
        if (place.hash == (uint32_t)hash)
            return place.number - 1;
    }
}

/* Add NUMBER, for which there is room, with HASH. */
void lookup_add(struct lookup *lookup, uint64_t hash, uint32_t number);

/* The thing NUMBER, with HASH, which is there, is numbered AS from now on; or is gone. */
void lookup_renumber(struct lookup *lookup, uint64_t hash, uint32_t number, uint32_t as);
void lookup_remove(struct lookup *lookup, uint64_t hash, uint32_t number);

/* Remove all; the room stays. */
void lookup_clear(struct lookup *lookup);

#endif
