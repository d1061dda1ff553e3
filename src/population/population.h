/*
 * population: a comparison of the records of two outputs as two populations, without pairs: of each
 * group and signal, how far the distributions of its values are from each other.
 */
#ifndef WHORL_POPULATION_POPULATION_H
#define WHORL_POPULATION_POPULATION_H

#include "diff/catalogs.h"
#include "format/row_input.h"
#include "population/results.h"

struct diff_task;

/* What to compare, and how. */
struct population_task {
    const struct diff_task *diff; /* its paths are POPULATION_INPUTS, or two; `by` and `reveal` are
                                     not used */
    uint64_t threshold;           /* thousandths: a score beyond it differs */
};

struct population {
    const struct population_task *task;
    struct diff_catalogs catalogs;
    struct diff_features features;
    struct population_sample samples[POPULATION_INPUTS];
    struct population_counts *counts;
    struct row_input inputs[POPULATION_INPUTS]; /* read one after another; they own the schemas */
    struct population_results results;
    bool differs; /* something differs that was not expected */
};

/* Compare. False, after a call of the task's tell, if there is nothing to report. population_free()
 * must follow in either case. */
bool population_run(struct population *population, const struct population_task *task)
    __attribute__((warn_unused_result));
void population_free(struct population *population);

/* The catalog of INPUT that follows LAST, null for the first one, in the order of their labels. Null
 * after the last one. */
const struct diff_catalog *population_next_catalog(const struct population *population,
                                                   unsigned input,
                                                   const struct diff_catalog *last);

/* Are records by CATALOG compared? Not if there is a map and it is not in it. */
bool population_compares(const struct population *population,
                         const struct diff_catalog *catalog);

#endif
