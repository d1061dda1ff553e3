/*
 * sketch: a few bits that are similar for similar records, whorl-vector(5).
 *
 * Each line @sketch gives the first bits of what the signals of its group vote for: of those rows
 * that are not volatile, are within @ids and have a hash. A bit is 1 if more than half of these
 * hashes have it (SimHash: Charikar, Similarity Estimation Techniques from Rounding Algorithms,
 * 2002). The bits of the lines follow one another, bit j of all in bit j mod 64 of word j / 64.
 */
#ifndef WHORL_VECTOR_SKETCH_H
#define WHORL_VECTOR_SKETCH_H

#include <stdbool.h>

struct arena;
struct vector;

/* Set the sketch of VECTOR, in ARENA, from its hashes. Groups that are not marked in STALE have the
 * bits that they have in LIKE, another vector with a sketch, unless LIKE is null. False when memory
 * is out. */
bool sketch_vector(struct vector *vector, const struct vector *like, const unsigned char *stale,
                   struct arena *arena) __attribute__((warn_unused_result));

#endif
