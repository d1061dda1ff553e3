/*
 * fold: from the signals of a vector to its groups, identities and counts, and to its sketch.
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

/* What is known of a vector of a catalog before it is folded. It changes the work, not the
 * results: a group or an identity is as in LIKE if none of its rows has changed, and the same
 * signals are excluded; so are its bits of the sketch. LIKE has a sketch if one is wanted. */
struct fold_known {
    const uint32_t *covered; /* all rows that an @exclude covers */
    uint32_t covered_count;
    const struct vector *like; /* another vector of the catalog: its excludes, and what it is */
                               /* folded to; null for none */
    const uint32_t *changed;   /* the rows that have another state or hash than LIKE had before */
    uint32_t changed_count;    /* it was folded, or may have */
};

/* Remove the signals that vector->excludes is about. Set groups, ids, coverage and counts from the
 * states and hashes of the others, and the sketch if it is wanted; parts are in ARENA. False when memory is out. */
bool fold_vector(struct vector *vector, struct arena *arena)
    __attribute__((warn_unused_result));

#endif
