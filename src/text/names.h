/*
 * names: a set of texts, each with its number: 0, 1, ... in the order in which they came.
 *
 * The user keeps what belongs to a name in an array, by its number. To find or add a name takes one
 * hash over its bytes, and O(1) comparisons for any names as long as the seed is not guessed. A set
 * takes 32 to 64 bytes for each name, and the name's bytes, aligned (lookup.h, arena.h). All is
 * counted against the quota. An empty set takes nothing.
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

/* Begin without names and without memory. SEED should be hard to guess; QUOTA may be null. */
void names_init(struct names *names, uint64_t seed, struct quota *quota);

/* Begin anew, without names and without memory. */
void names_free(struct names *names);

/* The number of NAME, or NAMES_NONE. */
uint32_t names_find(const struct names *names, struct span name);

/* The number of NAME; a name that has none gets a new one. NAMES_NONE when memory is out, with
 * nothing changed. */
uint32_t names_add(struct names *names, struct span name) __attribute__((warn_unused_result));

#endif
