/*
 * names: a set of texts, each with its number: 0, 1, ... in the order in which they came.
 *
 * The user keeps what belongs to a name in an array, by its number. To find or add a name takes
 * O(1) comparisons, whatever the names are, if nobody can guess the seed, and one look at its
 * bytes to hash them. A set takes 32 to 64 bytes a name and its bytes, aligned (lookup.h,
 * arena.h); all is counted against the quota. An empty set takes none.
 */
#ifndef WHORL_TEXT_NAMES_H
#define WHORL_TEXT_NAMES_H

#include "base/arena.h"
#include "base/lookup.h"
#include "base/span.h"

#define NAMES_NONE LOOKUP_NONE

struct names {
    struct span *items; /* copies, which stay where they are */
    uint32_t count, room;
    struct lookup lookup;
    uint64_t seed;
    struct arena arena;
};

/* Begin with no name and no memory. SEED should be one that nobody can guess; QUOTA may be
 * null. */
void names_init(struct names *names, uint64_t seed, struct quota *quota);

/* Begin anew, with no name and no memory. */
void names_free(struct names *names);

/* The number of NAME, or NAMES_NONE. */
uint32_t names_find(const struct names *names, struct span name);

/* The number of NAME, a new one if it has none. NAMES_NONE when memory is out: nothing has
 * changed then. */
uint32_t names_add(struct names *names, struct span name) __attribute__((warn_unused_result));

#endif
