/*
 * population_results: what the counts say of each group and signal, those that differ most first.
 */
#ifndef WHORL_POPULATION_RESULTS_H
#define WHORL_POPULATION_RESULTS_H

#include "diff/features.h"
#include "population/distance.h"
#include "population/sample.h"

/* A group or signal that both populations have. */
struct population_result {
    const struct diff_feature *feature;
    struct population_distance distance; /* of old and new */
    struct population_distance ordinary; /* of the control and old; records 0 if that is not known */
    uint64_t score;                      /* of the distance, in thousandths, as all scores */
    uint64_t churn;                      /* of the ordinary distance, for samples of these sizes */
    uint64_t beyond;                     /* score less twice the churn; or 0 */
    uint64_t present[2], distinct[2], errors[2]; /* records with a value, values, errors */
    bool differs, expected;
};

/* A group or signal that only one population can have. */
struct population_only {
    const struct diff_feature *feature;
    unsigned side;
    bool expected;
};

struct population_source {
    const struct diff_features *features;
    const struct population_sample *samples; /* POPULATION_INPUTS */
    struct population_counts *counts;        /* finished */
    const struct diff_rules *expect;         /* null if no difference is expected */
    uint64_t threshold;                      /* a score beyond it differs */
};

struct population_results {
    struct population_result *items; /* groups, then signals; the least likely first */
    uint32_t count;
    struct population_only *only; /* those of old first; by kind, then by name */
    uint32_t only_count;
    uint32_t room; /* of each array */
    struct quota *quota;
};

/* Make them of SOURCE, counted against QUOTA. FAULT_NONE, quota_fault(), or STATUS_SYSTEM.
 * population_results_free() must follow in either case. */
struct fault population_results_make(struct population_results *results,
                                     const struct population_source *source,
                                     struct quota *quota) __attribute__((warn_unused_result));
/* How many groups, or signals, were compared, and how many of them differ. */
struct population_compared {
    uint32_t count, differ;
};
struct population_compared population_results_compared(const struct population_results *results,
                                                       enum diff_kind kind);
void population_results_free(struct population_results *results);

#endif
