/*
 * nearest: which of several words somebody may have meant, for "did you mean".
 *
 * The distance of two words is how many bytes must be added, removed, replaced, or exchanged with
 * the next one, to make one of the other; ASCII case does not count (optimal string alignment).
 */
#ifndef WHORL_TEXT_NEAREST_H
#define WHORL_TEXT_NEAREST_H

#include "base/span.h"

#define NEAREST_BYTES 64 /* a longer word has no distance */

/* The distance of A and B, if it is at most MOST; otherwise more than MOST. */
size_t nearest_distance(struct span a, struct span b, size_t most);

/* A search among words that are offered one by one. */
struct nearest {
    struct span wanted;
    struct span found; /* so far; of those that are equally near the one that came first; */
                       /* empty if none is near enough: a third of the bytes of what is wanted, */
                       /* rounded up, may differ, but not its only one */
    size_t distance;
};

/* Begin the search for WANTED. It and the words must last as long. */
struct nearest nearest_begin(struct span wanted);
void nearest_offer(struct nearest *nearest, struct span word);

#endif
