/*
 * reading: the results for one record under one catalog.
 */
#ifndef WHORL_VECTOR_READING_H
#define WHORL_VECTOR_READING_H

#include "json/nodes.h"
#include "vector/passthrough.h"
#include "vector/vector.h"

struct reshape_counts;

struct reading {
    struct json json; /* the record as the catalog has it read (reshape.h), and what each line */
    const struct reshape_counts *reshaped; /* of it met with: only of a record read in full */
    struct vector vector;
    struct passthrough passthrough;
};

#endif
