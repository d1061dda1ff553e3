/*
 * diff_sketches: how far the sketches of records that belong together are from each other.
 */
#ifndef WHORL_DIFF_SKETCHES_H
#define WHORL_DIFF_SKETCHES_H

#include <stdint.h>

struct row;

#define DIFF_DISTANCES 6 /* ranges of distances: 0, 1-8, 9-32, 33-64, 65-128, 129-512 */

/* Pairs of records, and the bits that differ between their sketches, all together. */
struct diff_distance {
    uint64_t pairs, bits;
};

struct diff_sketches {
    struct diff_distance ranges[DIFF_DISTANCES];
};

/* Add the Hamming distance of the sketches of OLD and NEW, if both have one under one label. */
void diff_sketches_add(struct diff_sketches *sketches, const struct row *old,
                       const struct row *new);

/* All of them. */
struct diff_distance diff_sketches_all(const struct diff_sketches *sketches);

/* The range number I in the report, "1-8"; constant. */
const char *diff_sketches_range(int i);

#endif
