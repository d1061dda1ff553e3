/*
 * population_sample: one input of a comparison of populations: which features its records can have,
 * and how many records that are.
 */
#ifndef WHORL_POPULATION_SAMPLE_H
#define WHORL_POPULATION_SAMPLE_H

#include "diff/columns.h"
#include "population/counts.h"

struct row;

/* The records of one schema. */
struct population_schema {
    struct diff_columns columns;
    uint64_t records;
};

struct population_sample {
    struct population_schema *schemas;
    uint32_t count, room;
    uint64_t records;
    uint64_t *errors; /* by feature: records in which it is an error, as far as that is known */
    uint32_t error_room;
    struct quota *quota;
};

void population_sample_free(struct population_sample *sample);

/* Count ROW, of input number INPUT, in COUNTS: all its groups and signals, added to FEATURES, that
 * are not ignored. FAULT_NONE, quota_fault(), or STATUS_SYSTEM. */
struct fault population_sample_add(struct population_sample *sample,
                                   struct diff_features *features,
                                   struct population_counts *counts, unsigned input,
                                   const struct row *row) __attribute__((warn_unused_result));

/* How many records of SAMPLE can have FEATURE, of KIND: those of the catalogs that have it, and those
 * that say nothing of what they do not have. */
uint64_t population_sample_records(const struct population_sample *sample, uint32_t feature,
                                   enum diff_kind kind);

/* In how many of them FEATURE is known to be an error. */
static inline uint64_t population_sample_errors(const struct population_sample *sample,
                                                uint32_t feature)
{
    return feature < sample->error_room ? sample->errors[feature] : 0;
}

#endif
