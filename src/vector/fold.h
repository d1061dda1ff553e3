/*
 * fold: from the signals of a vector to its groups, identities and counts.
 *
 * Exclusion is done here, and not where signals are normalized, because it depends on another
 * signal of the record: the result of normalizing must depend on the signal's bytes alone.
 */
#ifndef WHORL_VECTOR_FOLD_H
#define WHORL_VECTOR_FOLD_H

#include <stdbool.h>
#include <stdint.h>

struct arena;
struct vector;

/* What is known of a vector of a catalog before it is folded. */
struct fold_known {
    const uint32_t *covered; /* all rows that an @exclude covers */
    uint32_t covered_count;
};

/* Remove the signals that vector->excludes is about. Set groups, ids, coverage and counts from the
 * states and hashes of the others; parts are in ARENA. False when memory is out. */
bool fold_vector(struct vector *vector, struct arena *arena)
    __attribute__((warn_unused_result));

#endif
