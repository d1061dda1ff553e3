/*
 * population_counts: how many records of each input have each value of each feature, in bounded
 * memory.
 *
 * Values are counted in a table. When it is full, what was counted goes to a sorter, which writes
 * runs to files when its memory is full (diff/sorter.h), and the table begins anew. The values are
 * given back in order, those of several runs as one. So neither the order of the records nor the
 * memory changes what comes out.
 */
#ifndef WHORL_POPULATION_COUNTS_H
#define WHORL_POPULATION_COUNTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define POPULATION_INPUTS 3 /* old, new, control */

/* A value by its hash, and the records of each input that have it. */
struct population_count {
    uint64_t hash;
    uint32_t feature;
    uint32_t records[POPULATION_INPUTS];
};

struct population_counts;

/* Counts in at most MEMORY bytes, and beyond that in files in DIRECTORY, which must live as long.
 * SEED should be hard to guess. Null when memory is out. */
struct population_counts *population_counts_new(size_t memory, const char *directory,
                                                uint64_t seed)
    __attribute__((warn_unused_result));
void population_counts_free(struct population_counts *counts);

/* A record of INPUT, which has less than 2^32 of them, has the value HASH of FEATURE. 0, or errno,
 * here and below. */
int population_counts_add(struct population_counts *counts, uint32_t feature, uint64_t hash,
                          unsigned input) __attribute__((warn_unused_result));

/* Prepare to give the values back, after the last one was added. */
int population_counts_finish(struct population_counts *counts)
    __attribute__((warn_unused_result));

/* The next value in *COUNT, in the order of features, then of hashes; *MORE is false after the last
 * one. */
int population_counts_next(struct population_counts *counts, struct population_count *count,
                           bool *more) __attribute__((warn_unused_result));

#endif
