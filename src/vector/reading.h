/*
 * reading: the results for one record under one catalog.
 */
#ifndef WHORL_VECTOR_READING_H
#define WHORL_VECTOR_READING_H

#include "vector/passthrough.h"
#include "vector/vector.h"

struct reading {
    struct vector vector;
    struct passthrough passthrough;
};

#endif
