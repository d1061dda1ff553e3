/*
 * names: a set of texts, each with its number: 0, 1, ... in the order in which they came.
 */
#ifndef WHORL_TEXT_NAMES_H
#define WHORL_TEXT_NAMES_H

#include <stdint.h>

#include "base/arena.h"
#include "base/span.h"

#define NAMES_NONE UINT32_MAX

struct names {
    struct span *items; /* copies, which stay where they are */
    uint32_t count, room;
    uint32_t *index; /* 1 + number, 0 for none */
    uint32_t places; /* of the index, a power of 2, or 0 */
    uint64_t seed;
    struct arena arena;
};

/* Begin with no name and no memory. SEED should be one that nobody can guess. */
void names_init(struct names *names, uint64_t seed);
void names_free(struct names *names);

/* The number of NAME, or NAMES_NONE. */
uint32_t names_find(const struct names *names, struct span name);

/* The number of NAME, a new one if it has none. NAMES_NONE when memory is out. */
uint32_t names_add(struct names *names, struct span name) __attribute__((warn_unused_result));

#endif
