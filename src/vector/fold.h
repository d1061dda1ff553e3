/*
 * fold: from the signals of a vector to its groups, identities and counts.
 *
 * Exclusion comes here, and not where signals are normalized, because it depends on another
 * signal of the record: what a signal's bytes give must depend on nothing else.
 */
#ifndef WHORL_VECTOR_FOLD_H
#define WHORL_VECTOR_FOLD_H

#include <stdbool.h>

struct arena;
struct vector;

/* Take out the signals that vector->excludes is about, and set groups, ids, coverage and counts
 * from the states and hashes of the others; parts in ARENA. False when memory is out. */
bool fold_vector(struct vector *vector, struct arena *arena)
    __attribute__((warn_unused_result));

#endif
