/*
 * lookup: the hash table: finds the numbers of things by the hashes of the things.
 *
 * Use it through names.h (texts of any length) or keys.h (entries with a key of fixed size),
 * which are built on it: a lookup has only 32 bits of each hash, and its caller, which has the
 * things, compares them.
 *
 * Three tables outside of cache/ are not built on it, for a reason each. The children of
 * catalog/trie.h are constant, as the program has the built-in catalogs in read-only memory.
 * json/members.c needs one for each object of a record: in the arena, half the size, and given
 * up for sorting when names crowd it. format/dictionary.c forgets entries to stay in its
 * memory.
 *
 * It is a table of open addressing, at most half full. To find a number takes 1.5 places on
 * average, to find that it is not there 2.5, and a comparison only where 32 bits of the hash are
 * equal; to add one is O(1) amortized, as the table doubles. It takes 16 to 32 bytes a number.
 * Hashes must have a seed that nobody can guess (hash_seeded()). Otherwise a person who chooses
 * the things can give all of them one place.
 */
#ifndef WHORL_BASE_LOOKUP_H
#define WHORL_BASE_LOOKUP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct quota;

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

/* The place where the search for HASH begins. */
static inline uint32_t lookup_home(const struct lookup *lookup, uint64_t hash)
{
    return (uint32_t)hash & (lookup->size - 1);
}

/* The next number, from the place *AT on, whose thing may have HASH; *AT becomes the place
 * after it. LOOKUP_NONE if there is no more. The lookup must have room. */
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
